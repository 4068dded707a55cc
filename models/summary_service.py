"""What a summary says of the service: a period beside the one before, what is late now, what the month comes to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models.counting import CalendarLoader, month_after
from models.periods import PeriodKind, read_period
from models.requests import ClockKind, RequestState, TrackingRequest
from models.service_figures import read_figures
from models.service_kpi import ServiceKPI
from models.summary_terms import Projection, ServiceSummary
from models.working_time import BANGKOK, ServiceCalendar

SHOWN_NUMBERS = 5
"""How many of the requests that are late a summary names."""
LEAST_DAYS = 3
"""Working days of a month before a pace says anything."""
_ONE_DAY = timedelta(days=1)


def read_service(
    session: Session,
    kind: PeriodKind,
    first: date,
    last: date,
    *,
    now: datetime,
    calendar: ServiceCalendar,
    calendars: CalendarLoader,
) -> ServiceSummary:
    """Read how the service fared; arguments and the session as of ``service_figures.read_figures``.

    Args:
        session: sees one state of the tables.
        kind: of the period.
        first: first day, in Bangkok.
        last: last day, included.
        now: whether what is not done yet is late.
        calendar: tells working days, and by which clock the office goes.
        calendars: of ``counting.calendar_loader``.
    """
    clock = headline_clock(calendar)

    def figures(since: date, until: date) -> ServiceKPI:
        return read_figures(session, since, until, now=now, calendars=calendars)[clock]

    today = now.astimezone(BANGKOK).date()
    before_first, before_last = period_before(kind, first, min(last, max(first, today)), calendar)
    before = figures(before_first, before_last)
    late_now, numbers = _late_now(session, now)
    month = today.replace(day=1)
    past = figures(month, today - _ONE_DAY) if _is_telling(calendar, month, today) else None
    return ServiceSummary(
        report=figures(first, last),
        before=before if before.requests else None,
        before_first=before_first,
        before_last=before_last,
        late_now=late_now,
        late_numbers=numbers,
        projection=None if past is None else project(past, month, today, calendar),
    )


def headline_clock(calendar: ServiceCalendar) -> ClockKind:
    """The clock that the office goes by."""
    return ClockKind.ELAPSED if calendar.hours is None else ClockKind.SERVICE


def period_before(kind: PeriodKind, first: date, last: date, calendar: ServiceCalendar) -> tuple[date, date]:
    """The days that a period is compared with: of the period before, as many as have passed of this one.

    A day is compared with the working day before it and the days off between; the first twenty days of a month with
    the first twenty of the month before.

    >>> office = ServiceCalendar(None)
    >>> [day.isoformat() for day in period_before(PeriodKind.DAY, date(2026, 11, 23), date(2026, 11, 23), office)]
    ['2026-11-20', '2026-11-22']
    >>> [day.isoformat() for day in period_before(PeriodKind.MONTH, date(2026, 3, 1), date(2026, 3, 30), office)]
    ['2026-02-01', '2026-02-28']
    """
    before_last = first - _ONE_DAY
    if kind is PeriodKind.DAY:
        before_first = next(
            (day for back in range(1, 15) if calendar.is_working_day(day := first - back * _ONE_DAY)), before_last
        )
        return before_first, before_last
    before_first = read_period(kind.value, before_last).first
    whole = read_period(kind.value, first).last
    return before_first, before_last if last >= whole else min(before_last, before_first + (last - first))


def project(past: ServiceKPI, month: date, today: date, calendar: ServiceCalendar) -> Projection:
    """What a month comes to at the pace of its working days up to yesterday.

    Args:
        past: of the month up to yesterday.
        month: first day.
        today: in that month.
        calendar: tells working days.
    """
    days_past, days_all = _working_days(calendar, month, today), _working_days(calendar, month, month_after(month))
    return Projection(
        month, days_past, days_all, *(_at_pace(so_far, days_past, days_all) for so_far in (past.requests, past.users))
    )


def _at_pace(so_far: int, days_past: int, days_all: int) -> int:
    """Half up, in whole numbers."""
    return (2 * so_far * days_all + days_past) // (2 * days_past)


def _is_telling(calendar: ServiceCalendar, month: date, today: date) -> bool:
    return _working_days(calendar, month, today) >= LEAST_DAYS


def _working_days(calendar: ServiceCalendar, first: date, after: date) -> int:
    return calendar.working_days_between(first - _ONE_DAY, after - _ONE_DAY)


def _late_now(session: Session, now: datetime) -> tuple[int, tuple[int, ...]]:
    """How many requests are open and late by the clock that rules them, and the numbers of the first."""
    is_open = TrackingRequest.state.in_([RequestState.OPEN, RequestState.ACKNOWLEDGED])
    unseen = and_(TrackingRequest.acknowledged_at.is_(None), TrackingRequest.acknowledge_due_at < now)
    is_late = and_(is_open, or_(unseen, TrackingRequest.answer_due_at < now))
    count = session.scalar(select(func.count()).select_from(TrackingRequest).where(is_late)) or 0
    first = select(TrackingRequest.id).where(is_late).order_by(TrackingRequest.answer_due_at, TrackingRequest.id)
    return count, tuple(session.scalars(first.limit(SHOWN_NUMBERS))) if count else ()
