"""Lists over many indicators: what is behind plan, and what somebody's unit takes part in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from models.indicator_definitions import name_and_target_from_json
from models.indicator_due import DuePeriod, latest_period, list_periods, units_not_reported
from models.indicator_names import short_names
from models.indicator_reports import DecisionKind, IndicatorReport, ReportDecision
from models.indicator_results import WHOLE, IndicatorResult
from models.indicator_terms import Definition, ReportedBy, Result, Share, Standing, Target, first_month, month_later
from models.indicator_views import meets_target
from models.indicators import Indicator, IndicatorPlan, IndicatorShare, IndicatorYear, load_indicators
from models.periods import fiscal_year_of
from models.units import get_unit_names

LIST_ROWS = 10

_Columns = TypeVarTuple("_Columns")


@dataclass(frozen=True)
class BehindLine:
    """An indicator, or a unit's part of one, that has less than was planned by now.

    Attributes:
        year_id: of the indicator year.
        code: of the indicator.
        name: in this year.
        unit: official name of the unit whose part it is; empty for the whole.
        unit_id: likewise; None for the whole.
        host: official name.
        percent: reached; None where nothing was reported.
        planned: percent.
        target: of the whole.
        short: the indicator's short name; empty where it has none.
    """

    year_id: int
    code: str
    name: str
    unit: str
    unit_id: int | None
    host: str
    percent: Decimal | None
    planned: Decimal
    target: Target
    short: str = ""


@dataclass(frozen=True)
class BehindPlan:
    """What is behind plan.

    Attributes:
        fiscal_year: Buddhist.
        month: the last month whose plan is over; None before any.
        lines: one page, those furthest behind first and those without any report last.
        total: of how many lines.
        not_reported: how many of them nothing was reported of.
        planned: how many have a plan by now at all.
    """

    fiscal_year: int
    month: date | None
    lines: tuple[BehindLine, ...]
    total: int
    not_reported: int
    planned: int


@dataclass(frozen=True)
class IndicatorName:
    """An indicator to choose: id of its year's row, code, name, and short name where it has one."""

    year_id: int
    code: str
    name: str
    short: str = ""


@dataclass(frozen=True)
class OwnIndicator:
    """An indicator in which somebody's unit takes part.

    Attributes:
        year_id: of its row.
        definition: in this year.
        is_host: whether the unit owns it; the result is then that of the whole.
        unit: official name of the unit whose part it is; empty for the whole.
        unit_id: likewise; None for the whole.
        result: reported.
        own_target: of the unit's share.
        is_met: whether the result reaches the target; None where nothing is known.
        reports: whether one of the units reports on it.
        missing: the latest period that is over, where it was not reported.
        due_on: by when the next report is due: of what is missing, else of the period after; None where none is.
        short: the indicator's short name; empty where it has none.
    """

    year_id: int
    definition: Definition
    is_host: bool
    unit: str
    unit_id: int | None
    result: Result
    own_target: Decimal | None
    is_met: bool | None
    reports: bool
    missing: DuePeriod | None
    due_on: date | None
    short: str = ""

    @property
    def code(self) -> str:
        """Of the indicator."""
        return self.definition.code

    @property
    def name(self) -> str:
        """Of the indicator in this year."""
        return self.definition.name


def find_latest_year(session: Session, today: date) -> int | None:
    """The current fiscal year, or the latest before it that has indicators; None where none has."""
    query = select(func.max(IndicatorYear.fiscal_year)).where(IndicatorYear.fiscal_year <= fiscal_year_of(today))
    return session.scalar(query)


# --- behind plan ----------------------------------------------------------------------------------------------------


def list_behind_plan(
    session: Session,
    fiscal_year: int,
    today: date,
    unit_ids: Collection[int] | None = None,
    *,
    offset: int = 0,
    limit: int = LIST_ROWS,
) -> BehindPlan:
    """What of a year has less than was planned by the end of the last month, from the stored results.

    Args:
        session: any.
        fiscal_year: Buddhist.
        today: decides what should have been reached; after the year's end all of it.
        unit_ids: only what these units host, and their own parts of what others host.
        offset: how many lines came before this page.
        limit: of the page.
    """
    month = min(month_later(today.replace(day=1), -1), month_later(first_month(fiscal_year), 11))
    if month < first_month(fiscal_year):
        return BehindPlan(fiscal_year, None, (), 0, 0, 0)
    rows = _planned_rows(session, fiscal_year, month, unit_ids)
    behind = sorted(_behind(session, rows), key=_worst_first)
    missing = sum(not row.units_reported for row in behind)
    page = _behind_lines(session, behind[offset : offset + limit])
    return BehindPlan(fiscal_year, month, page, len(behind), missing, len(rows))


def _planned_rows(
    session: Session, fiscal_year: int, month: date, unit_ids: Collection[int] | None
) -> Sequence[Row[Any]]:
    planned = (
        select(IndicatorPlan.indicator_year_id, func.max(IndicatorPlan.percent).label("percent"))
        .join(IndicatorYear, IndicatorYear.id == IndicatorPlan.indicator_year_id)
        .where(IndicatorYear.fiscal_year == fiscal_year, IndicatorPlan.month <= month)
        .group_by(IndicatorPlan.indicator_year_id)
        .subquery()
    )
    results = (
        IndicatorResult.percent,
        IndicatorResult.value,
        IndicatorResult.score,
        IndicatorResult.level,
        IndicatorResult.numerator,
        IndicatorResult.units_reported,
    )
    columns = (IndicatorYear.id, IndicatorYear.code, IndicatorYear.host_unit_id, planned.c.percent.label("planned"))
    of_whole = (
        select(*columns, literal(WHOLE).label("unit"), literal(None).label("denominator"), literal(None).label("own"))
        .add_columns(*results)
        .join(planned, planned.c.indicator_year_id == IndicatorYear.id)
        .outerjoin(IndicatorResult, _result_of(literal(WHOLE)))
    )
    if unit_ids is None:
        return session.execute(of_whole).all()
    hosted = session.execute(of_whole.where(IndicatorYear.host_unit_id.in_(unit_ids))).all()
    of_units = (
        select(*columns, IndicatorShare.unit_id.label("unit"), IndicatorShare.denominator)
        .add_columns(IndicatorShare.target.label("own"), *results)
        .join(planned, planned.c.indicator_year_id == IndicatorYear.id)
        .join(IndicatorShare, IndicatorShare.indicator_year_id == IndicatorYear.id)
        .outerjoin(IndicatorResult, _result_of(IndicatorShare.unit_id))
        .where(IndicatorShare.unit_id.in_(unit_ids), IndicatorYear.host_unit_id.not_in(unit_ids))
    )
    return [*hosted, *session.execute(of_units)]


def _result_of(unit: Any) -> ColumnElement[bool]:
    return and_(
        IndicatorResult.indicator_year_id == IndicatorYear.id,
        IndicatorResult.unit_id == unit,
        IndicatorResult.standing == Standing.REPORTED,
    )


def _behind(session: Session, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Those with less than planned; who has reached the target is not behind, whatever the plan says."""
    less = [row for row in rows if row.percent is None or row.percent < row.planned]
    told = _names_and_targets(session, {row.id for row in less if row.units_reported})
    return [row for row in less if not row.units_reported or not _is_met(row, told[row.id][1])]


def _is_met(row: Row[Any], target: Target) -> bool | None:
    result = Result(row.percent, row.value, row.score, row.level, row.numerator)
    return meets_target(target, Share(row.unit, row.denominator, row.own), result)


def _worst_first(row: Row[Any]) -> tuple[bool, Decimal, str, int]:
    is_missing = row.percent is None
    return is_missing, -(row.planned if is_missing else row.planned - row.percent), row.code, row.unit


def _behind_lines(session: Session, rows: Sequence[Row[Any]]) -> tuple[BehindLine, ...]:
    told, shorts = (
        _names_and_targets(session, {row.id for row in rows}),
        short_names(session, {row.code for row in rows}),
    )
    names = get_unit_names(session, {row.host_unit_id for row in rows} | {row.unit for row in rows if row.unit})
    return tuple(
        BehindLine(
            row.id,
            row.code,
            told[row.id][0],
            names.get(row.unit, ""),
            row.unit or None,
            names[row.host_unit_id],
            row.percent,
            row.planned,
            told[row.id][1],
            shorts.get(row.code, ""),
        )
        for row in rows
    )


def _names_and_targets(session: Session, year_ids: Collection[int]) -> dict[int, tuple[str, Target]]:
    ids, found = sorted(year_ids), {}
    for start in range(0, len(ids), 500):
        query = select(IndicatorYear.id, IndicatorYear.definition)
        for year_id, text in session.execute(query.where(IndicatorYear.id.in_(ids[start : start + 500]))):
            found[year_id] = name_and_target_from_json(text)
    return found


# --- one's own ------------------------------------------------------------------------------------------------------


def list_names(session: Session, unit_ids: Collection[int], today: date, limit: int) -> list[IndicatorName]:
    """The first indicators in which one of these units takes part, by code, each in its latest year."""
    query = _of_units(select(IndicatorYear.id, IndicatorYear.code, IndicatorYear.definition), unit_ids, today)
    rows = session.execute(query.limit(limit)).all()
    shorts = short_names(session, [row.code for row in rows])
    return [
        IndicatorName(year_id, code, name_and_target_from_json(text)[0], shorts.get(code, ""))
        for year_id, code, text in rows
    ]


def list_own_indicators(session: Session, unit_ids: Collection[int], today: date) -> list[OwnIndicator]:
    """The indicators in which one of these units takes part, each in its latest year; what is to be reported first.

    Of a fiscal year that is over nothing is said to be due.

    Args:
        session: any.
        unit_ids: somebody's unit with those above and below it.
        today: decides what should have been reported.
    """
    ids = list(session.scalars(_of_units(select(IndicatorYear.id), unit_ids, today)))
    indicators = load_indicators(session, IndicatorYear.id.in_(ids))
    results, months = _stored(session, ids, unit_ids), _reported_months(session, ids, unit_ids)
    names = get_unit_names(session, unit_ids)
    lines = [_own(one, unit_ids, results, months.get(one.id, ()), names, today) for one in indicators]
    shorts = short_names(session, [line.code for line in lines])
    lines = [replace(line, short=shorts.get(line.code, "")) for line in lines]
    return sorted(lines, key=lambda line: (line.missing is None, line.due_on or date.max, line.code))


def _of_units(query: Select[*_Columns], unit_ids: Collection[int], today: date) -> Select[*_Columns]:
    latest = (
        select(IndicatorYear.code, func.max(IndicatorYear.fiscal_year).label("fiscal_year"))
        .where(IndicatorYear.fiscal_year <= fiscal_year_of(today))
        .group_by(IndicatorYear.code)
        .subquery()
    )
    is_latest = and_(latest.c.code == IndicatorYear.code, latest.c.fiscal_year == IndicatorYear.fiscal_year)
    supported = select(IndicatorShare.indicator_year_id).where(IndicatorShare.unit_id.in_(unit_ids))
    takes_part = or_(IndicatorYear.host_unit_id.in_(unit_ids), IndicatorYear.id.in_(supported))
    return query.join(latest, is_latest).where(takes_part).order_by(IndicatorYear.code)


def _own(
    indicator: Indicator,
    unit_ids: Collection[int],
    results: Mapping[tuple[int, int], Result],
    months: Collection[tuple[int, date]],
    names: Mapping[int, str],
    today: date,
) -> OwnIndicator:
    own = [unit for unit in indicator.shares if unit in unit_ids]
    is_host = indicator.host_unit_id in unit_ids
    unit = None if is_host or len(own) != 1 else own[0]
    result = results.get((indicator.id, WHOLE if unit is None else unit), Result())
    share = Share(WHOLE) if unit is None else indicator.shares[unit]
    reports = _report_themselves(indicator, own, is_host=is_host)
    missing = _missing(indicator, own, months, today) if reports else None
    return OwnIndicator(
        year_id=indicator.id,
        definition=indicator.definition,
        is_host=is_host,
        unit="" if unit is None else names[unit],
        unit_id=unit,
        result=result,
        own_target=share.target,
        is_met=meets_target(indicator.definition.target, share, result),
        reports=reports,
        missing=missing,
        due_on=(missing.due_on if missing else _next_due(indicator, today)) if reports else None,
    )


def _report_themselves(indicator: Indicator, own: Sequence[int], *, is_host: bool) -> bool:
    by = indicator.definition.reporting.by
    if by is ReportedBy.HOST:
        return is_host
    return by is ReportedBy.UNITS and bool(own)


def _missing(
    indicator: Indicator, own: Collection[int], months: Iterable[tuple[int, date]], today: date
) -> DuePeriod | None:
    period = latest_period(indicator, today)
    is_over = indicator.fiscal_year < fiscal_year_of(today)
    if period.ends_on > today or is_over or indicator.closed_at is not None:
        return None
    without = units_not_reported(indicator, months, period)
    is_missing = any(unit in own for unit in without) if own else bool(without)
    return period if is_missing else None


def _next_due(indicator: Indicator, today: date) -> date | None:
    return next((period.due_on for period in list_periods(indicator) if period.ends_on > today), None)


def _stored(session: Session, year_ids: Sequence[int], unit_ids: Collection[int]) -> dict[tuple[int, int], Result]:
    columns = (
        IndicatorResult.percent,
        IndicatorResult.value,
        IndicatorResult.score,
        IndicatorResult.level,
        IndicatorResult.numerator,
        IndicatorResult.denominator,
        IndicatorResult.units_reported,
        IndicatorResult.units_expected,
        IndicatorResult.month,
    )
    query = select(IndicatorResult.indicator_year_id, IndicatorResult.unit_id, *columns).where(
        IndicatorResult.standing == Standing.REPORTED,
        IndicatorResult.unit_id.in_([WHOLE, *unit_ids]),
    )
    found: dict[tuple[int, int], Result] = {}
    for start in range(0, len(year_ids), 500):
        some = query.where(IndicatorResult.indicator_year_id.in_(year_ids[start : start + 500]))
        found |= {(year_id, unit): Result(*told) for year_id, unit, *told in session.execute(some)}
    return found


def _reported_months(
    session: Session, year_ids: Sequence[int], unit_ids: Collection[int]
) -> dict[int, set[tuple[int, date]]]:
    query = (
        select(IndicatorReport.indicator_year_id, IndicatorReport.unit_id, IndicatorReport.month)
        .outerjoin(ReportDecision, ReportDecision.report_id == IndicatorReport.id)
        .where(
            IndicatorReport.unit_id.in_(unit_ids),
            or_(ReportDecision.decision.is_(None), ReportDecision.decision != DecisionKind.RETURNED),
        )
        .distinct()
    )
    found: dict[int, set[tuple[int, date]]] = {}
    for start in range(0, len(year_ids), 500):
        some = query.where(IndicatorReport.indicator_year_id.in_(year_ids[start : start + 500]))
        for year_id, unit, month in session.execute(some):
            found.setdefault(year_id, set()).add((unit, month))
    return found
