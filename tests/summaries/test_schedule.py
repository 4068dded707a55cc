"""When summaries are due: every day is told of once by every kind, whatever the calendar."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.periods import PeriodKind
from models.summary_schedule import STANDS_FOR, Due, kinds_due, list_standing, period_told_of
from models.working_time import DayKind, ServiceCalendar, SpecialDay

FIRST = date(2026, 10, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(365)]
ORDINARY = ServiceCalendar(None)


def calendar_with(holidays=(), working_days=()) -> ServiceCalendar:
    special = {day: SpecialDay(day, (), "วันหยุด", DayKind.HOLIDAY) for day in holidays}
    special |= {day: SpecialDay(day, (), "วันทำการชดเชย", DayKind.WORKING_DAY) for day in working_days}
    return ServiceCalendar(None, special)


@st.composite
def calendars(draw) -> ServiceCalendar:
    """A year and a half with closures of up to twelve days and some Saturdays at work."""
    around = st.integers(-60, 420).map(lambda offset: FIRST + timedelta(days=offset))
    closures = draw(st.lists(st.tuples(around, st.integers(1, 12)), max_size=12))
    holidays = {first + timedelta(days=number) for first, length in closures for number in range(length)}
    return calendar_with(holidays, draw(st.lists(around, max_size=6)))


def dues_of(calendar, first=FIRST - timedelta(days=40), days=480) -> list[Due]:
    every = (first + timedelta(days=number) for number in range(days))
    return [Due(kind, day, *period_told_of(kind, day, calendar)) for day in every for kind in kinds_due(calendar, day)]


@settings(max_examples=40)
@given(calendars())
def test_every_day_is_told_of_once_by_each_kind_and_only_on_working_days(calendar):
    dues = dues_of(calendar)
    assert all(calendar.is_working_day(due.due_on) and due.last < due.due_on for due in dues)
    for kind in (PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH):
        told = Counter(
            due.first + timedelta(days=number)
            for due in dues
            if due.kind is kind
            for number in range((due.last - due.first).days + 1)
        )
        assert [day for day in DAYS if told[day] != 1] == []


@settings(max_examples=40)
@given(calendars())
def test_what_stands_is_what_was_due_last_and_nothing_stands_longer_than_it_may(calendar):
    dues = dues_of(calendar)
    for day in DAYS[::23]:
        standing = list_standing(calendar, day)
        assert bool(standing) == calendar.is_working_day(day)
        for due in standing:
            assert due == max(
                (one for one in dues if one.kind is due.kind and one.due_on <= day), key=lambda d: d.due_on
            )
            assert calendar.working_days_between(due.due_on, day) <= STANDS_FOR[due.kind]


@pytest.mark.parametrize(
    ("day", "holidays", "kinds"),
    [
        ((2026, 11, 20), [], "day"),  # a Friday
        ((2026, 11, 21), [], ""),
        ((2026, 11, 23), [], "week day"),
        ((2026, 12, 7), [date(2026, 12, 7)], ""),  # the substitution day of 5 December
        ((2026, 12, 8), [date(2026, 12, 7)], "week day"),
        ((2026, 12, 1), [], "month day"),
        ((2027, 1, 4), [date(2027, 1, 1)], "month week day"),
        ((2027, 1, 15), [], "quarter day"),
        ((2027, 1, 18), [], "week day"),
        ((2027, 5, 17), [], "week day"),
        ((2026, 10, 15), [], "year quarter day"),
        ((2026, 10, 16), [date(2026, 10, 15)], "year quarter day"),
        ((2026, 11, 16), [], "week day"),
    ],
)
def test_the_kinds_of_a_day(day, holidays, kinds):
    assert [kind.value for kind in kinds_due(calendar_with(holidays), date(*day))] == kinds.split()


@pytest.mark.parametrize(
    ("kind", "due_on", "first", "last"),
    [
        (PeriodKind.DAY, (2026, 11, 24), (2026, 11, 23), (2026, 11, 23)),
        (PeriodKind.DAY, (2026, 12, 8), (2026, 12, 4), (2026, 12, 7)),  # nothing of the long weekend is lost
        (PeriodKind.WEEK, (2026, 12, 8), (2026, 11, 30), (2026, 12, 6)),
        (PeriodKind.MONTH, (2026, 12, 1), (2026, 11, 1), (2026, 11, 30)),
        (PeriodKind.QUARTER, (2027, 1, 15), (2026, 10, 1), (2026, 12, 31)),
        (PeriodKind.YEAR, (2027, 10, 15), (2026, 10, 1), (2027, 9, 30)),
    ],
)
def test_the_days_that_a_summary_tells_of(kind, due_on, first, last):
    calendar = calendar_with([date(2026, 12, 7)])
    assert period_told_of(kind, date(*due_on), calendar) == (date(*first), date(*last))


def test_a_week_without_work_is_told_of_by_the_next():
    closed = calendar_with([date(2027, 4, 12) + timedelta(days=number) for number in range(5)])
    assert period_told_of(PeriodKind.WEEK, date(2027, 4, 19), closed) == (date(2027, 4, 5), date(2027, 4, 18))


def test_a_monthly_one_that_was_missed_is_told_within_five_working_days_and_a_daily_one_is_not():
    missed = Due(PeriodKind.MONTH, date(2026, 12, 1), date(2026, 11, 1), date(2026, 11, 30))
    assert missed in list_standing(ORDINARY, date(2026, 12, 8))
    assert missed not in list_standing(ORDINARY, date(2026, 12, 9))
    daily = [due for due in list_standing(ORDINARY, date(2026, 12, 2)) if due.kind is PeriodKind.DAY]
    assert [due.due_on for due in daily] == [date(2026, 12, 2)]
