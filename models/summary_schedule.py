"""When summaries are due, and which days each tells of: the days of a kind follow each other without gap or overlap.

All of it is a pure function of the calendar, of days in Bangkok. A day without work has no summary; what happened on
it is told on the next working day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.indicator_cuts import CUT_ON_DAY
from models.periods import PeriodKind, read_period
from models.working_time import LONGEST_CLOSURE_DAYS, ServiceCalendar

LONGEST_FIRST = (PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY)
AFTER_A_CUT = frozenset({PeriodKind.QUARTER, PeriodKind.YEAR})
"""Kinds that show results as they were cut."""
STANDS_FOR: Mapping[PeriodKind, int] = {
    PeriodKind.DAY: 0,
    PeriodKind.WEEK: 2,
    PeriodKind.MONTH: 5,
    PeriodKind.QUARTER: 10,
    PeriodKind.YEAR: 10,
}
"""Working days for which a summary is still told that was not told on its day: the clock stood still, or the cut."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Due:
    """A summary that is due.

    Attributes:
        kind: which.
        due_on: the working day in Bangkok on which it goes out.
        first: the first day that it tells of.
        last: the last one.
    """

    kind: PeriodKind
    due_on: date
    first: date
    last: date


def kinds_due(calendar: ServiceCalendar, day: date) -> tuple[PeriodKind, ...]:
    """The kinds of summaries that go out on a day, longest first; none on a day without work.

    >>> [kind.value for kind in kinds_due(ServiceCalendar(None), date(2027, 2, 1))]  # a Monday
    ['month', 'week', 'day']
    """
    if not calendar.is_working_day(day):
        return ()
    return tuple(kind for kind in LONGEST_FIRST if _first_chance(kind, day) > _working_day_before(calendar, day))


def period_told_of(kind: PeriodKind, due_on: date, calendar: ServiceCalendar) -> tuple[date, date]:
    """The first and the last day that the summary of a kind tells of which goes out on a working day.

    >>> monday = date(2026, 11, 23)
    >>> [str(day) for day in period_told_of(PeriodKind.DAY, monday, ServiceCalendar(None))]
    ['2026-11-20', '2026-11-22']
    """
    if kind is PeriodKind.DAY:
        return _working_day_before(calendar, due_on), due_on - _ONE_DAY
    if kind is PeriodKind.WEEK:
        monday = _monday_of(due_on)
        # A week without any work has no summary of its own: the next one tells of it too.
        return _monday_of(_working_day_before(calendar, monday)), monday - _ONE_DAY
    last = _start_of(kind, due_on) - _ONE_DAY
    return _start_of(kind, last), last


def list_standing(calendar: ServiceCalendar, day: date) -> tuple[Due, ...]:
    """What may be told on a working day, longest first: what is due, and of each longer kind what was due just before.

    Of every kind there is at most one; none on a day without work.
    """
    if not calendar.is_working_day(day):
        return ()
    standing: dict[PeriodKind, Due] = {}
    for working_days_ago, due_on in enumerate(_working_days_back(calendar, day)):
        for kind in kinds_due(calendar, due_on):
            if working_days_ago <= STANDS_FOR[kind] and kind not in standing:
                standing[kind] = Due(kind, due_on, *period_told_of(kind, due_on, calendar))
    return tuple(standing[kind] for kind in LONGEST_FIRST if kind in standing)


def _working_days_back(calendar: ServiceCalendar, day: date) -> Iterator[date]:
    for _ in range(max(STANDS_FOR.values()) + 1):
        yield day
        day = _working_day_before(calendar, day)


def _first_chance(kind: PeriodKind, day: date) -> date:
    """The newest day up to this one from which on the next working day is that of a kind."""
    if kind is PeriodKind.DAY:
        return day
    if kind is PeriodKind.WEEK:
        return _monday_of(day)
    begins = _start_of(kind, day)
    if kind is PeriodKind.MONTH:
        return begins
    cut = begins.replace(day=CUT_ON_DAY)
    return cut if cut <= day else _start_of(kind, begins - _ONE_DAY).replace(day=CUT_ON_DAY)


def _working_day_before(calendar: ServiceCalendar, day: date) -> date:
    before = (day - _ONE_DAY * back for back in range(1, LONGEST_CLOSURE_DAYS))
    return next((one for one in before if calendar.is_working_day(one)), day - _ONE_DAY)


def _monday_of(day: date) -> date:
    return day - _ONE_DAY * day.weekday()


def _start_of(kind: PeriodKind, day: date) -> date:
    return read_period(kind.value, day).first
