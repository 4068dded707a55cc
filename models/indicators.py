"""Indicators by fiscal year: how each is defined, which units take part with what of their own, and what was planned.

A definition belongs to its year; a change of a band or a target in one year leaves the others as they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.errors import Invalid, NotFound
from models.indicator_definitions import definition_from_json
from models.indicator_terms import Definition, PlanState, ReportedBy, Result, Share, month_later, months_of
from models.measures import RestsOnOthers, read_measure
from models.measures.base import Measure
from models.periods import fiscal_year_of
from models.units import Unit


class IndicatorYear(Base):
    """An indicator in one fiscal year; ``definition`` is JSON."""

    __tablename__ = "indicator_years"
    __table_args__ = (
        UniqueConstraint("code", "fiscal_year"),
        Index("ix_indicator_years_year", "fiscal_year", "code"),
        Index("ix_indicator_years_rests_on", "fiscal_year", "rests_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(64))
    fiscal_year: Mapped[int]
    host_unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), index=True)
    definition: Mapped[str] = mapped_column(Text)
    reported_by: Mapped[ReportedBy] = mapped_column(enum_column(ReportedBy))
    rests_on: Mapped[str | None] = mapped_column(String(400))
    """Codes of the indicators of the year whose results it needs, each between commas; None where it needs none."""
    opened_from: Mapped[int | None]
    """The fiscal year whose definition was taken over; None where the catalog has one for this year."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class IndicatorShare(Base):
    """A supporting unit of an indicator year, with its own denominator and target where it has them."""

    __tablename__ = "indicator_shares"

    indicator_year_id: Mapped[int] = mapped_column(ForeignKey("indicator_years.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), primary_key=True, index=True)
    denominator: Mapped[Decimal | None]
    target: Mapped[Decimal | None]


class IndicatorPlan(Base):
    """The percent that should be reached by the end of a month."""

    __tablename__ = "indicator_plans"

    indicator_year_id: Mapped[int] = mapped_column(ForeignKey("indicator_years.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    percent: Mapped[Decimal]


@dataclass(frozen=True)
class Indicator:
    """An indicator in one fiscal year, as rules and messages take it.

    Attributes:
        id: of the row.
        definition: how it is defined in this year.
        measure: its way of measuring.
        host_unit_id: id of the unit that owns it.
        shares: of each unit that reports, in the catalog's order; of the host alone where no unit supports it.
        closed_at: when the year was closed for it.
        opened_from: the year whose definition was taken over.
    """

    id: int
    definition: Definition
    measure: Measure
    host_unit_id: int
    shares: Mapping[int, Share]
    closed_at: datetime | None = None
    opened_from: int | None = None

    @property
    def code(self) -> str:
        """The catalog's code."""
        return self.definition.code

    @property
    def fiscal_year(self) -> int:
        """The Buddhist year."""
        return self.definition.fiscal_year

    @cached_property
    def months(self) -> list[date]:
        """The months of its fiscal year."""
        return months_of(self.fiscal_year)

    def latest_month(self, today: date) -> date:
        """The month of a day, or the year's last where the year is over.

        Raises:
            Invalid: ``report_year_to_come``; the fiscal year has not begun.
        """
        month = today.replace(day=1)
        if month < self.months[0]:
            raise Invalid("report_year_to_come", fiscal_year=self.fiscal_year)
        return min(month, self.months[-1])

    def planned_by(self, day: date) -> Decimal | None:
        """The percent planned to be reached by the end of the last month that is over; None before any."""
        planned = [
            self.definition.plan[month.month]
            for month in self.months
            if month.month in self.definition.plan and month_later(month) <= day
        ]
        return max(planned, default=None)

    def state_of(self, result: Result, today: date) -> PlanState:
        """How a result of the whole stands on a day."""
        return plan_state(
            self.definition, self.planned_by(today), result, is_over=today >= month_later(self.months[-1])
        )


def plan_state(definition: Definition, planned: Decimal | None, result: Result, *, is_over: bool) -> PlanState:
    """How a result stands against the target, and against what is planned by now.

    Args:
        definition: of the indicator year.
        planned: percent; None where nothing is planned yet.
        result: reported or approved.
        is_over: whether the fiscal year is over.
    """
    return state_by(definition.target.is_met_by(result), planned, result, is_over=is_over)


def state_by(is_met: bool | None, planned: Decimal | None, result: Result, *, is_over: bool) -> PlanState:
    """How a result stands whose target was looked at already: of a unit with a target of its own."""
    if is_met:
        return PlanState.REACHED
    if planned is not None and (result.percent is None or result.percent < planned) and not is_over:
        return PlanState.BEHIND
    if not result.is_reported:
        return PlanState.NOT_REPORTED
    if is_over:
        return PlanState.MISSED
    return PlanState.UNPLANNED if planned is None else PlanState.ON_PLAN


def find_indicator(session: Session, code: str, today: date, fiscal_year: int | None = None) -> Indicator | None:
    """An indicator in a fiscal year; without one in the current year where it exists there, else in its latest.

    A year that is still to come counts only where there is no other.
    """
    years = list(
        session.scalars(
            select(IndicatorYear.fiscal_year)
            .where(IndicatorYear.code == code)
            .order_by(IndicatorYear.fiscal_year.desc())
        )
    )
    begun = [year for year in years if year <= fiscal_year_of(today)]
    wanted = fiscal_year or next(iter([*begun, *years]), None)
    if wanted not in years:
        return None
    return load_indicators(session, IndicatorYear.code == code, IndicatorYear.fiscal_year == wanted)[0]


def list_years_of(session: Session, code: str) -> list[int]:
    """The fiscal years in which an indicator is defined, oldest first."""
    query = select(IndicatorYear.fiscal_year).where(IndicatorYear.code == code)
    return list(session.scalars(query.order_by(IndicatorYear.fiscal_year)))


def get_indicator(session: Session, code: str, today: date, fiscal_year: int | None = None) -> Indicator:
    """An indicator as ``find_indicator`` finds it.

    Raises:
        NotFound: ``indicator_not_found`` (code), or ``indicator_year_not_found`` (code, fiscal_year).
    """
    found = find_indicator(session, code, today, fiscal_year)
    if found is None and fiscal_year is not None and find_indicator(session, code, today) is not None:
        raise NotFound("indicator_year_not_found", code=code, fiscal_year=fiscal_year)
    if found is None:
        raise NotFound("indicator_not_found", code=code)
    return found


def get_indicator_by_id(session: Session, indicator_year_id: int) -> Indicator:
    """An indicator year by the id of its row.

    Raises:
        NotFound: ``indicator_not_found``.
    """
    found = load_indicators(session, IndicatorYear.id == indicator_year_id)
    if not found:
        raise NotFound("indicator_not_found", code=str(indicator_year_id))
    return found[0]


def has_indicators(session: Session, fiscal_year: int) -> bool:
    """Whether any indicator is defined in a fiscal year."""
    return bool(session.scalar(select(exists().where(IndicatorYear.fiscal_year == fiscal_year))))


def list_indicators(session: Session, fiscal_year: int) -> list[Indicator]:
    """Every indicator of a fiscal year, by code."""
    return load_indicators(session, IndicatorYear.fiscal_year == fiscal_year)


def list_current_indicators(session: Session, today: date) -> list[Indicator]:
    """Every indicator that is open, in the current fiscal year where it exists there, else in its latest, by code."""
    years: dict[str, int] = {}
    current = fiscal_year_of(today)
    rows = session.execute(select(IndicatorYear.code, IndicatorYear.fiscal_year).order_by(IndicatorYear.fiscal_year))
    for code, fiscal_year in rows:
        if fiscal_year <= current or code not in years:
            years[code] = fiscal_year
    found = load_indicators(session, IndicatorYear.fiscal_year.in_(set(years.values())))
    return [one for one in found if years[one.code] == one.fiscal_year]


def list_indicators_by_machine(session: Session, today: date) -> list[Indicator]:
    """The indicators whose figures the service computes, of fiscal years that have begun and are not closed."""
    begun = IndicatorYear.fiscal_year <= fiscal_year_of(today)
    return load_indicators(
        session, IndicatorYear.reported_by == ReportedBy.MACHINE, IndicatorYear.closed_at.is_(None), begun
    )


def list_indicators_rested_on(session: Session, indicator: Indicator) -> list[Indicator]:
    """The indicators of the same year whose results this one needs, by code."""
    codes = codes_rested_on(indicator.measure)
    if not codes:
        return []
    return load_indicators(session, IndicatorYear.code.in_(codes), IndicatorYear.fiscal_year == indicator.fiscal_year)


def list_indicators_resting_on(session: Session, indicator: Indicator) -> list[Indicator]:
    """The indicators of the same year that need this one's results, by code."""
    needs_some = (IndicatorYear.fiscal_year == indicator.fiscal_year, IndicatorYear.rests_on.is_not(None))
    return load_indicators(
        session, *needs_some, IndicatorYear.rests_on.contains(f",{indicator.code},", autoescape=True)
    )


def lock_indicator(session: Session, indicator_year_id: int) -> None:
    """Let nobody else change this indicator year's reports until the transaction ends."""
    session.execute(select(IndicatorYear.id).where(IndicatorYear.id == indicator_year_id).with_for_update())


def load_indicators(session: Session, *conditions: ColumnElement[bool]) -> list[Indicator]:
    """The indicator years that fulfil every condition on ``IndicatorYear``, by year and code."""
    rows = session.execute(
        select(
            IndicatorYear.id,
            IndicatorYear.definition,
            IndicatorYear.host_unit_id,
            IndicatorYear.closed_at,
            IndicatorYear.opened_from,
        )
        .where(*conditions)
        .order_by(IndicatorYear.fiscal_year, IndicatorYear.code)
    ).all()
    shares = _shares_of(session, [row.id for row in rows])
    return [
        Indicator(
            row.id,
            *_read(row.definition),
            row.host_unit_id,
            shares.get(row.id) or {row.host_unit_id: Share(row.host_unit_id)},
            row.closed_at,
            row.opened_from,
        )
        for row in rows
    ]


def _shares_of(session: Session, ids: Sequence[int]) -> dict[int, dict[int, Share]]:
    found: dict[int, dict[int, Share]] = {}
    for start in range(0, len(ids), 500):
        query = select(
            IndicatorShare.indicator_year_id,
            IndicatorShare.unit_id,
            IndicatorShare.denominator,
            IndicatorShare.target,
        ).where(IndicatorShare.indicator_year_id.in_(ids[start : start + 500]))
        for year_id, unit_id, denominator, target in session.execute(query.order_by(IndicatorShare.unit_id)):
            found.setdefault(year_id, {})[unit_id] = Share(unit_id, denominator, target)
    return found


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Definition, Measure]:
    """A definition with its measure; definitions change rarely, and reading one takes longer than asking for it."""
    definition = definition_from_json(text)
    return definition, read_measure(definition.measure)


def codes_rested_on(measure: Measure) -> tuple[str, ...]:
    """Codes of the indicators whose results a measure needs; empty for most."""
    return tuple(measure.rests_on()) if isinstance(measure, RestsOnOthers) else ()
