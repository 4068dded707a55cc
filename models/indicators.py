"""Indicators by fiscal year: how each is defined, which units take part with what of their own, and what was planned.

A definition belongs to its year; a change of a band or a target in one year leaves the others as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.errors import Invalid, NotFound
from models.indicator_definitions import definition_as_json, definition_from_json
from models.indicator_terms import Definition, PlanState, ReportedBy, Result, Share, month_later, months_of
from models.measures import RestsOnOthers, read_measure
from models.measures.base import Measure
from models.periods import fiscal_year_of


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
    host_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
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
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
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
    if definition.target.is_met_by(result):
        return PlanState.REACHED
    if planned is not None and (result.percent is None or result.percent < planned) and not is_over:
        return PlanState.BEHIND
    if not result.is_reported:
        return PlanState.NOT_REPORTED
    if is_over:
        return PlanState.MISSED
    return PlanState.UNPLANNED if planned is None else PlanState.ON_PLAN


@dataclass(frozen=True)
class DefinedIndicator:
    """What the catalog says of an indicator in one year, with the ids of its units."""

    definition: Definition
    host_unit_id: int
    shares: Sequence[Share] = ()


@dataclass(frozen=True)
class DefinitionChange:
    """How many indicator years a loading added, changed and found as they should be; ``changed`` are their ids."""

    added: int
    updated: int
    unchanged: int
    changed_ids: Sequence[int] = ()


# --- storing --------------------------------------------------------------------------------------------------------


def store_definitions(session: Session, defined: Sequence[DefinedIndicator], now: datetime) -> DefinitionChange:
    """Bring the tables in line with what the catalog says of these indicator years; others stay as they are.

    Loading the same again changes nothing. Results are not computed anew here: see ``indicator_results``.

    Raises:
        Invalid: ``indicator_year_is_closed`` (code, fiscal_year); a definition of a closed year would change.
    """
    stored = {(row.code, row.fiscal_year): row for row in session.scalars(select(IndicatorYear))}
    shares = _stored_shares(session)
    written = {key: _Written.of(one) for one in defined if (key := (one.definition.code, one.definition.fiscal_year))}
    changed = [key for key, one in written.items() if not _is_stored(stored.get(key), shares, one)]
    _refuse_closed(stored, changed)
    new = [key for key in changed if key not in stored]
    for key in changed:
        row = stored.setdefault(key, IndicatorYear(code=key[0], fiscal_year=key[1], created_at=now))
        row.host_unit_id, row.definition, row.changed_at = written[key].host_unit_id, written[key].text, now
        row.reported_by, row.opened_from = written[key].reported_by, None
        row.rests_on = f",{','.join(written[key].rests_on)}," if written[key].rests_on else None
        session.add(row)
    session.flush()  # shares and plans need the ids
    ids = {key: stored[key].id for key in changed}
    _replace_parts(session, {ids[key]: written[key] for key in changed})
    return DefinitionChange(len(new), len(changed) - len(new), len(written) - len(changed), list(ids.values()))


def open_year(
    session: Session, fiscal_year: int, from_year: int, codes: Collection[str], now: datetime
) -> list[Indicator]:
    """Open indicators for a fiscal year with an earlier year's definitions; those that are there already stay.

    Args:
        session: the caller's transaction.
        fiscal_year: Buddhist, to open.
        from_year: Buddhist, to take the definitions from.
        codes: which; all of that year where empty.
        now: the present.

    Returns:
        those opened now, by code.

    Raises:
        Invalid: ``open_year_from_later``; an earlier year's definitions are needed.
        NotFound: ``indicator_year_not_found`` (code, fiscal_year); nothing was opened.
    """
    if from_year >= fiscal_year:
        raise Invalid("open_year_from_later", fiscal_year=fiscal_year, from_year=from_year)
    earlier = {one.code: one for one in list_indicators(session, from_year)}
    missing = [code for code in (codes or [""]) if code not in earlier and (codes or not earlier)]
    if missing:
        raise NotFound("indicator_year_not_found", code=missing[0] or "-", fiscal_year=from_year)
    there = set(session.scalars(select(IndicatorYear.code).where(IndicatorYear.fiscal_year == fiscal_year)))
    wanted = [one for code, one in sorted(earlier.items()) if code not in there and (not codes or code in codes)]
    taken_over = [
        DefinedIndicator(replace(one.definition, fiscal_year=fiscal_year), one.host_unit_id, _own_shares(one))
        for one in wanted
    ]
    change = store_definitions(session, taken_over, now)
    session.execute(update(IndicatorYear).where(IndicatorYear.id.in_(change.changed_ids)).values(opened_from=from_year))
    return _load(session, IndicatorYear.id.in_(change.changed_ids))


def close_year(session: Session, fiscal_year: int, now: datetime) -> int:
    """Take no more reports of a fiscal year; gives how many indicators were closed now.

    Raises:
        NotFound: ``fiscal_year_not_found``.
    """
    if session.scalar(select(IndicatorYear.id).where(IndicatorYear.fiscal_year == fiscal_year).limit(1)) is None:
        raise NotFound("fiscal_year_not_found", fiscal_year=fiscal_year)
    still_open = (IndicatorYear.fiscal_year == fiscal_year, IndicatorYear.closed_at.is_(None))
    closed = session.execute(update(IndicatorYear).where(*still_open).values(closed_at=now).returning(IndicatorYear.id))
    return len(closed.all())


# --- finding --------------------------------------------------------------------------------------------------------


def find_indicator(session: Session, code: str, today: date, fiscal_year: int | None = None) -> Indicator | None:
    """An indicator in a fiscal year; without one in the current year where it exists there, else in its latest."""
    years = list(
        session.scalars(
            select(IndicatorYear.fiscal_year)
            .where(IndicatorYear.code == code)
            .order_by(IndicatorYear.fiscal_year.desc())
        )
    )
    current = fiscal_year_of(today)
    wanted = fiscal_year or (current if current in years else next(iter(years), None))
    if wanted not in years:
        return None
    return _load(session, IndicatorYear.code == code, IndicatorYear.fiscal_year == wanted)[0]


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
    found = _load(session, IndicatorYear.id == indicator_year_id)
    if not found:
        raise NotFound("indicator_not_found", code=str(indicator_year_id))
    return found[0]


def list_indicators(session: Session, fiscal_year: int) -> list[Indicator]:
    """Every indicator of a fiscal year, by code."""
    return _load(session, IndicatorYear.fiscal_year == fiscal_year)


def list_indicators_of_units(session: Session, unit_ids: Collection[int], fiscal_year: int) -> list[Indicator]:
    """The indicators of a year in which one of these units takes part, as host or by a share, by code."""
    supported = select(IndicatorShare.indicator_year_id).where(IndicatorShare.unit_id.in_(unit_ids))
    takes_part = IndicatorYear.host_unit_id.in_(unit_ids) | IndicatorYear.id.in_(supported)
    return _load(session, IndicatorYear.fiscal_year == fiscal_year, takes_part)


def list_current_indicators(session: Session, today: date) -> list[Indicator]:
    """Every indicator that is open, in the current fiscal year where it exists there, else in its latest, by code."""
    years: dict[str, int] = {}
    current = fiscal_year_of(today)
    rows = session.execute(select(IndicatorYear.code, IndicatorYear.fiscal_year).order_by(IndicatorYear.fiscal_year))
    for code, fiscal_year in rows:
        if years.get(code) != current:
            years[code] = fiscal_year
    found = _load(session, IndicatorYear.fiscal_year.in_(set(years.values())))
    return [one for one in found if years[one.code] == one.fiscal_year]


def list_indicators_by_machine(session: Session, today: date) -> list[Indicator]:
    """The indicators whose figures the service computes, of fiscal years that have begun and are not closed."""
    begun = IndicatorYear.fiscal_year <= fiscal_year_of(today)
    return _load(session, IndicatorYear.reported_by == ReportedBy.MACHINE, IndicatorYear.closed_at.is_(None), begun)


def list_indicators_rested_on(session: Session, indicator: Indicator) -> list[Indicator]:
    """The indicators of the same year whose results this one needs, by code."""
    codes = _rests_on(indicator.measure)
    if not codes:
        return []
    return _load(session, IndicatorYear.code.in_(codes), IndicatorYear.fiscal_year == indicator.fiscal_year)


def list_indicators_resting_on(session: Session, indicator: Indicator) -> list[Indicator]:
    """The indicators of the same year that need this one's results, by code."""
    needs_some = (IndicatorYear.fiscal_year == indicator.fiscal_year, IndicatorYear.rests_on.is_not(None))
    return _load(session, *needs_some, IndicatorYear.rests_on.contains(f",{indicator.code},", autoescape=True))


def lock_indicator(session: Session, indicator_year_id: int) -> None:
    """Let nobody else change this indicator year's reports until the transaction ends."""
    session.execute(select(IndicatorYear.id).where(IndicatorYear.id == indicator_year_id).with_for_update())


# --- parts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Written:
    """A definition as its rows hold it."""

    host_unit_id: int
    reported_by: ReportedBy
    rests_on: tuple[str, ...]
    text: str
    shares: tuple[Share, ...]
    plan: tuple[tuple[date, Decimal], ...]

    @classmethod
    def of(cls, defined: DefinedIndicator) -> _Written:
        definition = defined.definition
        months = months_of(definition.fiscal_year)
        plan = tuple((month, definition.plan[month.month]) for month in months if month.month in definition.plan)
        text = definition_as_json(definition)
        rests_on = _rests_on(read_measure(definition.measure))
        return cls(defined.host_unit_id, definition.reporting.by, rests_on, text, tuple(defined.shares), plan)


def _rests_on(measure: Measure) -> tuple[str, ...]:
    return tuple(measure.rests_on()) if isinstance(measure, RestsOnOthers) else ()


def _is_stored(row: IndicatorYear | None, shares: Mapping[int, tuple[Share, ...]], written: _Written) -> bool:
    if row is None or row.definition != written.text or row.host_unit_id != written.host_unit_id:
        return False
    return set(shares.get(row.id, ())) == set(written.shares)


def _refuse_closed(stored: Mapping[tuple[str, int], IndicatorYear], changed: Iterable[tuple[str, int]]) -> None:
    for key in changed:
        if key in stored and stored[key].closed_at is not None:
            raise Invalid("indicator_year_is_closed", code=key[0], fiscal_year=key[1])


def _stored_shares(session: Session) -> dict[int, tuple[Share, ...]]:
    found: dict[int, list[Share]] = {}
    columns = (IndicatorShare.indicator_year_id, IndicatorShare.unit_id)
    for year_id, unit_id, denominator, target in session.execute(
        select(*columns, IndicatorShare.denominator, IndicatorShare.target)
    ):
        found.setdefault(year_id, []).append(Share(unit_id, denominator, target))
    return {year_id: tuple(shares) for year_id, shares in found.items()}


def _replace_parts(session: Session, written: Mapping[int, _Written]) -> None:
    ids = list(written)
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        session.execute(delete(IndicatorShare).where(IndicatorShare.indicator_year_id.in_(some)))
        session.execute(delete(IndicatorPlan).where(IndicatorPlan.indicator_year_id.in_(some)))
    shares = [
        {"indicator_year_id": key, "unit_id": share.unit, "denominator": share.denominator, "target": share.target}
        for key, one in written.items()
        for share in one.shares
    ]
    plans = [
        {"indicator_year_id": key, "month": month, "percent": percent}
        for key, one in written.items()
        for month, percent in one.plan
    ]
    if shares:
        session.execute(insert(IndicatorShare), shares)
    if plans:
        session.execute(insert(IndicatorPlan), plans)


def _own_shares(indicator: Indicator) -> tuple[Share, ...]:
    """The shares as the catalog gave them: none where the host alone reports."""
    own = tuple(indicator.shares.values())
    return () if own == (Share(indicator.host_unit_id),) else own


def _load(session: Session, *conditions: object) -> list[Indicator]:
    rows = session.execute(
        select(
            IndicatorYear.id,
            IndicatorYear.definition,
            IndicatorYear.host_unit_id,
            IndicatorYear.closed_at,
            IndicatorYear.opened_from,
        )
        .where(*conditions)  # type: ignore[arg-type]  # conditions are SQL expressions of this module
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
