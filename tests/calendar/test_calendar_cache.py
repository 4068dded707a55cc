"""The calendar that a process works with: read seldom, and never old for long."""

from __future__ import annotations

from datetime import date, time
from threading import Event, Thread

import pytest
from sqlalchemy import event

from bot.service_calendar import CalendarCache, span_of
from bot.settings import ServiceHours
from models.service_calendar import OPERATOR, record_day
from models.working_time import DayKind, Span

DAY = date(2026, 12, 7)


@pytest.fixture
def cache(database, clock) -> CalendarCache:
    return CalendarCache(database, Span(time(8, 30), time(16, 30)), clock)


@pytest.fixture
def statements(database) -> list[str]:
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    return seen


def declare(database, clock, kind=DayKind.HOLIDAY):
    with database.transaction() as session:
        record_day(session, DAY, kind, name="วันหยุด", source=OPERATOR, now=clock.now())


def selects(statements: list[str]) -> int:
    found = sum(statement.startswith("SELECT") for statement in statements)
    statements.clear()
    return found


def test_a_change_is_seen_after_five_seconds(cache, database, clock):
    assert cache.current().is_working_day(DAY)
    declare(database, clock)
    clock.advance(seconds=4.9)
    assert cache.current().is_working_day(DAY)
    clock.advance(seconds=0.1)
    assert not cache.current().is_working_day(DAY)


def test_an_unchanged_calendar_costs_one_statement_in_five_seconds(cache, clock, statements):
    first = cache.current()
    statements.clear()
    for _ in range(10):
        assert cache.current() is first
    assert selects(statements) == 0
    clock.advance(seconds=5)
    assert cache.current() is first
    assert selects(statements) == 1


def test_a_clock_set_back_does_not_keep_an_old_calendar(cache, database, clock):
    cache.current()
    declare(database, clock)
    clock.advance(hours=-1)
    assert not cache.current().is_working_day(DAY)


def test_while_one_looks_the_others_go_on(cache, database, clock):
    """A thread inside a transaction must not wait for one that waits for a connection."""
    known = cache.current()
    clock.advance(seconds=6)
    inside, leave = Event(), Event()

    def hold(*_):
        inside.set()
        leave.wait(10)

    event.listen(database.engine, "before_cursor_execute", hold, once=True)
    looking = Thread(target=cache.current)
    looking.start()
    assert inside.wait(10)
    assert cache.current() is known
    leave.set()
    looking.join()


def test_services_have_the_calendar_of_the_settings(office):
    calendar = office.services.service_calendar()
    assert calendar.hours == span_of(office.services.settings.service_hours)
    assert office.services.service_calendar() is calendar


def test_hours_of_the_settings():
    assert span_of(None) is None
    assert span_of(ServiceHours(time(9), time(17))) == Span(time(9), time(17))
