"""The calendar's table: versions that never change, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from models.errors import Invalid
from models.history import HistoryChangeError
from models.service_calendar import (
    OPERATOR,
    CalendarChange,
    latest_version,
    list_days,
    load_calendar,
    record_day,
    record_holidays,
)
from models.working_time import DayKind, Span

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOURS = Span(time(8, 30), time(16, 30))
MONDAY = date(2026, 12, 7)
SATURDAY = date(2026, 12, 12)
LIST = "list 1"


def record(database, day=MONDAY, kind=DayKind.HOLIDAY, *, name="วันหยุด", source=OPERATOR, **hours):
    with database.transaction() as session:
        return record_day(session, day, kind, name=name, source=source, now=NOW, **hours)


def take_over(database, holidays, *, years=(2026,), source=LIST):
    with database.transaction() as session:
        return record_holidays(session, years, holidays, source=source, now=NOW)


def load(database, hours=HOURS, version=None):
    with database.reading() as session:
        return load_calendar(session, hours, version)


def days_of_2026(database):
    with database.reading() as session:
        return list_days(session, date(2026, 1, 1), date(2026, 12, 31))


def test_an_empty_calendar_is_the_weekly_rule(database):
    calendar = load(database)
    assert (calendar.version, dict(calendar.special_days)) == (0, {})
    assert calendar.is_working_day(MONDAY)
    assert not calendar.is_working_day(SATURDAY)


def test_each_kind_of_day_is_loaded_as_recorded(database):
    record(database, MONDAY, DayKind.SPECIAL_HOLIDAY)
    record(database, SATURDAY, DayKind.WORKING_DAY)
    record(database, date(2026, 12, 30), DayKind.HALF_DAY, opens=time(8, 30), closes=time(12))

    calendar = load(database)
    hours = {day: len(calendar.spans_on(day)) for day in (MONDAY, SATURDAY)}
    assert hours == {MONDAY: 0, SATURDAY: 1}
    assert calendar.special_days[date(2026, 12, 30)].spans == (Span(time(8, 30), time(12)),)


def test_an_earlier_version_stays_what_it_was(database):
    before = record(database, MONDAY)
    record(database, MONDAY, DayKind.ORDINARY, name="")
    after = record(database, SATURDAY, DayKind.WORKING_DAY)

    assert not load(database, version=before).is_working_day(MONDAY)
    assert load(database).is_working_day(MONDAY)
    assert load(database, version=0).special_days == {}
    assert load(database).version == load(database, version=after).version == after


def test_saying_the_same_again_changes_nothing(database):
    half = {"opens": time(8, 30), "closes": time(12)}
    assert record(database, MONDAY, DayKind.HALF_DAY, **half) is not None
    assert record(database, MONDAY, DayKind.HALF_DAY, name="  วันหยุด ", **half) is None
    assert record(database, SATURDAY, DayKind.ORDINARY, name="") is None
    assert record(database, MONDAY, DayKind.HALF_DAY, name="อีกชื่อ", **half) is not None


def test_always_keeps_working_days_apart_from_holidays(database):
    record(database)
    calendar = load(database, hours=None)
    assert not calendar.is_working_day(MONDAY)
    assert calendar.is_open_at(NOW)


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("calendar_day_out_of_range", {"day": date(2569, 1, 1)}),
        ("calendar_hours_missing", {"kind": DayKind.HALF_DAY}),
        ("calendar_hours_missing", {"kind": DayKind.WORKING_DAY, "opens": time(9)}),
        ("calendar_hours_not_wanted", {"opens": time(9), "closes": time(10)}),
        ("calendar_hours_not_wanted", {"kind": DayKind.ORDINARY, "closes": time(10)}),
        ("calendar_hours_backwards", {"kind": DayKind.HALF_DAY, "opens": time(12), "closes": time(12)}),
        ("calendar_hours_backwards", {"kind": DayKind.WORKING_DAY, "opens": time(12), "closes": time(0)}),
        ("calendar_name_missing", {"name": "  "}),
        ("calendar_name_too_long", {"name": "ก" * 201}),
    ],
)
def test_a_day_that_cannot_be_is_refused(database, reason, change):
    with pytest.raises(Invalid) as refused:
        record(database, **change)
    assert refused.value.reason_code == reason
    assert load(database).version == 0


def test_rows_are_never_altered(database):
    record(database)
    with pytest.raises(HistoryChangeError), database.transaction() as session:
        session.scalars(select(CalendarChange)).one().name = "อีกชื่อ"
    with pytest.raises(HistoryChangeError), database.transaction() as session:
        session.delete(session.scalars(select(CalendarChange)).one())


def test_a_list_of_days_is_in_order_and_without_what_was_taken_back(database):
    record(database, SATURDAY, DayKind.WORKING_DAY)
    record(database, MONDAY)
    record(database, date(2026, 12, 8))
    record(database, date(2026, 12, 8), DayKind.ORDINARY, name="")
    record(database, date(2027, 1, 1))
    assert [(day.day, day.kind) for day in days_of_2026(database)] == [
        (MONDAY, DayKind.HOLIDAY),
        (SATURDAY, DayKind.WORKING_DAY),
    ]


class TestHolidayLists:
    def test_a_list_is_taken_over_once(self, database):
        assert take_over(database, {MONDAY: "วันหยุด", SATURDAY: "วันหยุด"}) == 2
        assert take_over(database, {MONDAY: "วันหยุด", SATURDAY: "วันหยุด"}, source="list 2") == 0
        assert [day.source for day in days_of_2026(database)] == [LIST, LIST]

    def test_a_newer_list_renames_moves_and_takes_back(self, database):
        take_over(database, {MONDAY: "วันหยุด", SATURDAY: "วันหยุด"})
        moved = date(2026, 12, 8)
        assert take_over(database, {MONDAY: "อีกชื่อ", moved: "วันหยุด"}, source="list 2") == 3
        assert [(day.day, day.name) for day in days_of_2026(database)] == [(MONDAY, "อีกชื่อ"), (moved, "วันหยุด")]

    def test_what_an_operator_said_stays(self, database):
        record(database, MONDAY, DayKind.HALF_DAY, opens=time(8, 30), closes=time(12))
        take_over(database, {SATURDAY: "วันหยุด"})
        record(database, SATURDAY, DayKind.ORDINARY, name="")
        assert take_over(database, {MONDAY: "วันหยุด", SATURDAY: "วันหยุด"}) == 0
        assert [day.kind for day in days_of_2026(database)] == [DayKind.HALF_DAY]

    def test_an_operator_may_hold_what_a_list_said(self, database):
        take_over(database, {MONDAY: "วันหยุด"})
        assert record(database, MONDAY) is not None
        assert take_over(database, {}, source="list 2") == 0
        assert [day.source for day in days_of_2026(database)] == [OPERATOR]

    def test_other_years_are_left_alone(self, database):
        take_over(database, {MONDAY: "วันหยุด"})
        new_year = date(2028, 1, 1)
        assert take_over(database, {new_year: "วันหยุด", date(2027, 1, 1): "วันหยุด"}, years=(2025, 2028)) == 1
        assert [day.day for day in days_of_2026(database)] == [MONDAY]
        assert take_over(database, {}, years=()) == 0

    def test_two_at_once_fill_the_calendar_once(self, database):
        """Without one waiting for the other both would find the table empty."""
        changed, together = [], Barrier(2)

        def fill():
            together.wait()
            changed.append(take_over(database, {MONDAY: "วันหยุด", SATURDAY: "วันหยุด"}))

        threads = [Thread(target=fill) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(changed) == [0, 2]
        with database.reading() as session:
            assert len(session.scalars(select(CalendarChange)).all()) == 2
            assert latest_version(session) == 2
