"""Reading the month's report: the service as its figures say, indicators as their cards of the month do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.audiences import find_city_units
from models.counting import CalendarLoader
from models.evidence import list_reports_with_evidence
from models.indicator_names import short_names
from models.indicator_reports import Report, counting, list_reports_of
from models.indicator_results import given, read_others, result_of
from models.indicator_terms import EvidenceAsked, Result, Standing, month_later
from models.indicator_views import meets_target
from models.indicators import Indicator, list_indicators, state_by
from models.members import Member, Role
from models.monthly_views import MonthlyNames, MonthlyReport, MonthlyRow, ReportAsked, worst_first
from models.periods import fiscal_year_of
from models.requests import ClockKind
from models.service_figures import read_figures
from models.service_terms import ServiceTerms
from models.units import get_unit_names, unit_and_below
from models.working_time import BANGKOK

SEES_MONTHLY_REPORT = frozenset({Role.MANAGER, Role.SUPERVISOR, Role.ADMIN})
_AT_ONCE = 50
"""Indicators whose reports are held in memory together."""


def unit_of_report(session: Session, member: Member) -> int | None:
    """The unit whose indicators a member's report shows; None: all.

    A manager's is that of the unit, but where the secretariat belongs to it; who looks after the service or the
    installation sees all. (Results are for every member; this is what concerns whom.)
    """
    if member.roles & {Role.SUPERVISOR, Role.ADMIN} or member.unit_id in find_city_units(session):
        return None
    return member.unit_id


def read_monthly_report(
    session: Session, asked: ReportAsked, terms: ServiceTerms, calendars: CalendarLoader
) -> MonthlyReport:
    """The report of a month.

    Figures of the service are those of now, open requests looked at as of the instant asked for; what was reported on
    indicators after it is left out.

    Args:
        session: sees one state of the tables (see ``service_figures``).
        asked: which one.
        terms: what the service promises, and by which clock it is measured.
        calendars: of ``counting.calendar_loader``.
    """
    first, last = asked.month, month_later(asked.month) - timedelta(days=1)
    figures = read_figures(session, first, last, now=asked.as_of, calendars=calendars)
    is_always = terms.calendar.hours is None
    headline, other = (ClockKind.ELAPSED, ClockKind.SERVICE) if is_always else (ClockKind.SERVICE, ClockKind.ELAPSED)
    return MonthlyReport(
        month=asked.month,
        as_of=asked.as_of,
        unit="" if asked.unit is None else get_unit_names(session, {asked.unit}).get(asked.unit, ""),
        service=figures[headline],
        other=figures[other],
        acknowledge_minutes=terms.acknowledge_within // timedelta(minutes=1),
        answer_minutes=terms.answer_within // timedelta(minutes=1),
        fiscal_year=fiscal_year_of(asked.month),
        rows=tuple(sorted(_rows(session, asked), key=worst_first)),
    )


def latest_month_over(today: date) -> date:
    """First day of the last month that is over."""
    return month_later(today.replace(day=1), -1)


def _rows(session: Session, asked: ReportAsked) -> Iterator[MonthlyRow]:
    """A row for each indicator, as its card of the month says; in a few queries for fifty of them."""
    units = None if asked.unit is None else unit_and_below(session, asked.unit)
    everything = list_indicators(session, fiscal_year_of(asked.month))
    wanted = [(one, part) for one in everything if (part := _part(one, asked.unit, units)) is None or part]
    ids = {one.host_unit_id for one, _ in wanted} | ({asked.unit} if asked.unit else set())
    names, shorts = get_unit_names(session, ids), short_names(session, {one.code for one, _ in wanted})
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        reports = list_reports_of(session, [one.id for one, _ in some], known_before=asked.as_of)
        for indicator, part in some:
            told = [report for report in reports[indicator.id] if report.figure.month <= asked.month]
            result = _result(session, indicator, part, told, asked)
            unit = "" if part is None or asked.unit is None else names[asked.unit]
            host, short = names[indicator.host_unit_id], shorts.get(indicator.code, "")
            yield _row(indicator, part, result, asked, MonthlyNames(short, host, unit))


def _part(indicator: Indicator, unit: int | None, units: Collection[int] | None) -> frozenset[int] | None:
    """The units whose part is shown: None for the whole, to its host and to who sees all; empty for none."""
    if unit is None or units is None or indicator.host_unit_id in units:
        return None
    return frozenset({unit} if unit in indicator.shares else indicator.shares.keys() & units)


def _result(
    session: Session, indicator: Indicator, part: frozenset[int] | None, reports: Sequence[Report], asked: ReportAsked
) -> Result:
    """Reported by all units or by some; ``reports`` are of the months that are looked at."""
    known = given(indicator, read_others(session, indicator, asked.as_of, asked.month)[Standing.REPORTED])
    own = [report for report in reports if part is None or report.figure.unit in part]
    counted = counting(own, known.measure, Standing.REPORTED)
    needs_evidence = indicator.definition.reporting.evidence is EvidenceAsked.REQUIRED
    with_evidence = list_reports_with_evidence(session, [one.id for one in counted]) if needs_evidence else frozenset()
    return result_of(known, counted, with_evidence, part)


def _row(
    indicator: Indicator, part: frozenset[int] | None, result: Result, asked: ReportAsked, names: MonthlyNames
) -> MonthlyRow:
    share = indicator.shares[next(iter(part))] if part and len(part) == 1 else None
    own_target = share.target if share else None
    target = indicator.definition.target
    is_met = meets_target(target, share, result) if share and own_target is not None else target.is_met_by(result)
    day = min(asked.as_of.astimezone(BANGKOK).date(), month_later(asked.month))
    planned, is_over = indicator.planned_by(day), day >= month_later(indicator.months[-1])
    state = state_by(is_met, planned, result, is_over=is_over)
    return MonthlyRow(indicator.definition, names, result, own_target, planned, state)
