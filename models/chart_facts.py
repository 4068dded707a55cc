"""Reading what a chart shows, as it was known at an instant: the picture says what the message beside it said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import Row, Table
from sqlalchemy.orm import Session

from models.chart_data import (
    Aimed,
    ChartData,
    PeriodPoint,
    TargetsData,
    TimesData,
    TrendData,
    UnitsData,
    WeekTimes,
    aimed,
    worst_first,
)
from models.chart_terms import ChartAsked, ChartKind
from models.counting import as_counted, calendar_loader, select_countable, start_of
from models.indicator_cards import read_card, scope_of_unit, whole
from models.indicator_due import list_periods
from models.indicator_lists import find_latest_year
from models.indicator_names import short_names
from models.indicator_results import WHOLE, IndicatorResult, fresh_results, read_whole_results
from models.indicator_terms import Result, Standing, first_month, month_later
from models.indicator_views import IndicatorCard, UnitLine
from models.indicators import Indicator, get_indicator_by_id, list_indicators, plan_state, state_by
from models.requests import ClockKind, RequestState, TrackingRequest
from models.service_kpi import NO_TALLY, CountedRequest, Handled, Part, Tally, spreads_of
from models.shares import Share
from models.units import get_unit_names, unit_and_below
from models.working_time import BANGKOK

SHOWN_WEEKS = 8
_REQUESTS = cast(Table, TrackingRequest.__table__)


def read_chart(session: Session, asked: ChartAsked) -> ChartData:
    """What a chart shows.

    Raises:
        NotFound: ``indicator_not_found``, also where a chart of an indicator names none.
    """
    if asked.kind is ChartKind.TIMES:
        return read_times(session, asked)
    if asked.kind is ChartKind.TARGETS:
        return read_targets(session, asked)
    indicator = get_indicator_by_id(session, asked.indicator_year or 0)
    card = _card_of(session, indicator, asked)
    return _trend_of(indicator, card, asked) if asked.kind is ChartKind.TREND else _units_of(card, asked)


# --- one indicator --------------------------------------------------------------------------------------------------


def _card_of(session: Session, indicator: Indicator, asked: ChartAsked) -> IndicatorCard:
    until, today = _last_month(asked), asked.as_of.astimezone(BANGKOK).date()
    return read_card(session, indicator, whole(indicator), today=today, until=until, known_before=asked.as_of)


def _last_month(asked: ChartAsked) -> date | None:
    return None if asked.until is None else asked.until.replace(day=1)


def _units_of(card: IndicatorCard, asked: ChartAsked) -> UnitsData:
    is_over = _is_over(card, asked)
    lines = [_unit(card, line, is_over=is_over) for line in card.units]
    return UnitsData(card.definition, card.short, worst_first(lines), asked.as_of, card.until)


def _unit(card: IndicatorCard, line: UnitLine, *, is_over: bool) -> Aimed:
    planned = None if is_over else card.planned
    state = state_by(line.is_met, planned, line.result, is_over=is_over)
    return aimed(line.name, card.definition, line.result, state, own_target=line.target, planned=planned)


def _is_over(card: IndicatorCard, asked: ChartAsked) -> bool:
    return _day_of(asked) >= month_later(first_month(card.definition.fiscal_year), 12)


def _trend_of(indicator: Indicator, card: IndicatorCard, asked: ChartAsked) -> TrendData:
    found = {point.month: point for point in card.trend}
    day = _day_of(asked)
    points = []
    for period in list_periods(indicator):
        point = next((found[month] for month in reversed(period.months) if month in found), None)
        percent, value = (point.percent, point.value) if point else (None, None)
        planned = indicator.planned_by(period.ends_on)
        points.append(PeriodPoint(period.months, percent, value, planned, period.ends_on <= day))
    return TrendData(card.definition, card.short, tuple(points), card.reported, card.state, asked.as_of, card.until)


def _day_of(asked: ChartAsked) -> date:
    """The day as of which it is asked, or the first after the period that is looked at."""
    today = asked.as_of.astimezone(BANGKOK).date()
    return today if asked.until is None else min(today, month_later(asked.until.replace(day=1)))


# --- many indicators ------------------------------------------------------------------------------------------------


def read_targets(session: Session, asked: ChartAsked) -> TargetsData:
    """The indicators of the year that runs: those that a unit and those below it host, and their parts of others.

    What was not touched since ``as_of`` is taken from the stored results, all else is computed from the history.
    """
    day = asked.until or asked.as_of.astimezone(BANGKOK).date()
    fiscal_year = find_latest_year(session, day)
    if fiscal_year is None:
        return TargetsData(0, "", (), asked.as_of)
    units = None if asked.unit is None else unit_and_below(session, asked.unit)
    name = "" if asked.unit is None else get_unit_names(session, {asked.unit}).get(asked.unit, "")
    indicators = [one for one in list_indicators(session, fiscal_year) if _takes_part(one, units)]
    shorts = short_names(session, [one.code for one in indicators])
    lines = [_line(session, one, shorts.get(one.code, ""), units, asked) for one in indicators]
    return TargetsData(fiscal_year, name, worst_first(lines), asked.as_of)


def _takes_part(indicator: Indicator, units: frozenset[int] | None) -> bool:
    return units is None or indicator.host_unit_id in units or not units.isdisjoint(indicator.shares)


def _line(session: Session, indicator: Indicator, short: str, units: frozenset[int] | None, asked: ChartAsked) -> Aimed:
    day, name = _day_of(asked), short or indicator.definition.name
    is_over = day >= month_later(indicator.months[-1])
    planned = indicator.planned_by(day)
    if asked.unit is None or units is None or indicator.host_unit_id in units:
        result = _whole_result(session, indicator, asked)
        state, own_target = plan_state(indicator.definition, planned, result, is_over=is_over), None
    else:
        today, scope = asked.as_of.astimezone(BANGKOK).date(), scope_of_unit(session, indicator, asked.unit)
        card = read_card(session, indicator, scope, today=today, until=_last_month(asked), known_before=asked.as_of)
        result, state, own_target = card.reported, card.state, card.own_target
    shown_plan = None if is_over else planned
    return aimed(name, indicator.definition, result, state, own_target=own_target, planned=shown_plan)


def _whole_result(session: Session, indicator: Indicator, asked: ChartAsked) -> Result:
    until, key = _last_month(asked), (indicator.id, WHOLE, Standing.REPORTED)
    stored = session.get(IndicatorResult, key)
    if stored is not None and stored.computed_at < asked.as_of and (until is None or (stored.month or until) <= until):
        return read_whole_results(session, Standing.REPORTED, [indicator.id])[indicator.id]
    return fresh_results(session, indicator, asked.as_of, until)[WHOLE, Standing.REPORTED]


# --- the service ----------------------------------------------------------------------------------------------------


def read_times(session: Session, asked: ChartAsked) -> TimesData:
    """The requests that waited for an officer, by week of asking, eight weeks up to the one looked at.

    One pass over their rows: facts are kept by month, and what came after ``as_of`` is left out here. What was opened
    again since then is the one thing that is not known any more as it was.
    """
    last_day = asked.until or asked.as_of.astimezone(BANGKOK).date()
    latest = last_day - timedelta(days=last_day.weekday())
    mondays = [latest - timedelta(weeks=back) for back in reversed(range(SHOWN_WEEKS))]
    end = min(start_of(last_day + timedelta(days=1)), asked.as_of)
    asked_at, calendars = _REQUESTS.c.asked_at, calendar_loader(session)
    within = (_REQUESTS.c.waits_for_human, asked_at >= start_of(mondays[0]), asked_at < end)
    by_week: dict[date, list[CountedRequest]] = {monday: [] for monday in mondays}
    for row in session.connection().execute(select_countable().where(*within)):
        day = row.asked_at.astimezone(BANGKOK).date()
        counted = as_counted(_as_known(row, asked.as_of), calendars, asked.as_of)
        by_week[day - timedelta(days=day.weekday())].append(counted)
    return TimesData(tuple(_week(monday, requests) for monday, requests in by_week.items()), asked.as_of)


def _as_known(row: Row[Any], as_of: datetime) -> Row[Any]:
    """The row without what was done later."""
    dones = ("acknowledged_at", "answered_at", "withdrawn_at")
    later = [name for name in dones if getattr(row, name) is not None and getattr(row, name) > as_of]
    if not later:
        return row
    known = dict(row._mapping) | dict.fromkeys(later) | {"is_counted": False}  # its seconds are reckoned anew
    if "withdrawn_at" in later:
        known["state"] = RequestState.OPEN
    return cast("Row[Any]", SimpleNamespace(**known))


def _week(monday: date, requests: Sequence[CountedRequest]) -> WeekTimes:
    spreads = spreads_of(requests, ClockKind.SERVICE)
    return WeekTimes(
        monday,
        len(requests),
        spreads[Part.ACKNOWLEDGE, Handled.ALL],
        spreads[Part.ANSWER, Handled.ALL],
        _in_time(Tally.of(request.acknowledge) for request in requests),
        _in_time(Tally.of(request.answer) for request in requests),
    )


def _in_time(tallies: Iterable[Tally]) -> Share:
    together = sum(tallies, NO_TALLY)
    return Share(together.decided - together.late, together.decided)
