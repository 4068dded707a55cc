"""Figures that the service computes itself: vouchers paid in time, and its own service from its own log.

They are appended as reports without a reporter, only where they differ from what counts, and wait for the host's word
as any report does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy.orm import Session

from models.counting import CalendarLoader, calendar_loader
from models.indicator_reports import Report, ReportSource, list_reports, slot_of
from models.indicator_terms import Figure, month_later
from models.indicators import Indicator, list_indicators_by_machine
from models.reporting import hold_indicator, record_reports
from models.requests import ClockKind
from models.service_figures import read_figures
from models.service_kpi import ServiceKPI
from models.shares import Share as People
from models.vouchers import list_vouchers, monthly_figures
from models.working_time import BANGKOK, ServiceCalendar

SETTLED_BY_DAY = 5
"""Of the next month: by then what was asked in a month is answered, rated, and cut."""
Source = Callable[[Session, Indicator, ServiceCalendar, date, datetime], list[Figure]]


def record_machine_figures(
    session: Session,
    calendar: ServiceCalendar,
    *,
    now: datetime,
    today: date,
    indicator_year_id: int | None = None,
    source: ReportSource | None = None,
) -> int:
    """Bring the reports of every open indicator that the service computes in line with what it knows.

    A figure that the host sent back is told again only when it has changed.

    Args:
        session: the caller's transaction.
        calendar: tells working days, and by which clock the service is measured.
        now: the present.
        today: in Bangkok.
        indicator_year_id: only of this one.
        source: only of those that come from there.

    Returns:
        how many reports were appended.
    """
    appended = 0
    for known in list_indicators_by_machine(session, today):
        if indicator_year_id in (None, known.id) and source in (None, known.definition.reporting.source):
            indicator = hold_indicator(session, known.id)
            appended += _bring_in_line(session, indicator, calendar, today, now)
    return appended


def list_computed(session: Session, today: date) -> list[int]:
    """Ids of the indicator years whose figures the service computes and that take reports."""
    return [indicator.id for indicator in list_indicators_by_machine(session, today)]


def _bring_in_line(
    session: Session, indicator: Indicator, calendar: ServiceCalendar, today: date, now: datetime
) -> int:
    source = ReportSource(indicator.definition.reporting.source)
    reports = list_reports(session, indicator.id)
    if source is ReportSource.SERVICE_LOG and any(_day_of(report) == today for report in reports):
        return 0  # its figures move with every question; one report a day tells enough
    figures = SOURCES[source](session, indicator, calendar, today, now)
    told = {slot_of(report.figure, indicator.measure): report.figure for report in reports}  # sent back or not
    changed = [figure for figure in figures if told.get(slot_of(figure, indicator.measure)) != figure]
    if changed:
        record_reports(
            session, indicator, changed, member_id=None, source=source, note=None, at=now, now=now, today=today
        )
    return len(changed)


def _day_of(report: Report) -> date:
    return report.reported_at.astimezone(BANGKOK).date()


def _of_vouchers(
    session: Session, indicator: Indicator, calendar: ServiceCalendar, today: date, now: datetime
) -> list[Figure]:
    first, last = indicator.months[0], month_later(indicator.months[-1]) - timedelta(days=1)
    unit = indicator.host_unit_id
    figures = monthly_figures(list_vouchers(session, unit, first, last), calendar, unit, today)
    return [figure for figure in figures if month_later(figure.month) <= today]


def _of_service_log(
    session: Session, indicator: Indicator, calendar: ServiceCalendar, today: date, now: datetime
) -> list[Figure]:
    """The year up to the end of its running or last month; different people cannot be added up over months.

    In the first days of a month the one before is told once more, as it ended.
    """
    latest = indicator.latest_month(today)
    months = [latest] if today.day > SETTLED_BY_DAY else [month_later(latest, -1), latest]
    clock = ClockKind.ELAPSED if calendar.hours is None else ClockKind.SERVICE
    loader: CalendarLoader = calendar_loader(session)
    told: list[Figure] = []
    for month in months:
        if month in indicator.months:
            last = month_later(month) - timedelta(days=1)
            figures = read_figures(session, indicator.months[0], last, now=now, calendars=loader)[clock]
            told += _parts(figures, indicator.host_unit_id, month) if figures.requests else []
    return told


def _parts(figures: ServiceKPI, unit: int, month: date) -> list[Figure]:
    shares = {
        "acknowledged": figures.acknowledged.people,
        "answered": figures.answered.people,
        "satisfied": figures.satisfied,
    }
    users = Figure(unit, month, "users", value=Decimal(figures.users))
    return [users, *(_share(unit, month, part, share) for part, share in shares.items() if share.of)]


def _share(unit: int, month: date, part: str, share: People) -> Figure:
    return Figure(unit, month, part, numerator=Decimal(share.good), denominator=Decimal(share.of))


SOURCES: Mapping[ReportSource, Source] = MappingProxyType(
    {ReportSource.VOUCHERS: _of_vouchers, ReportSource.SERVICE_LOG: _of_service_log}
)
