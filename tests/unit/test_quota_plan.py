"""The quota's plan: worked cases by hand, and laws that hold for any month."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import quota_plan
from models.quota_plan import (
    Habit,
    QuotaPlan,
    Stage,
    SummariesToCome,
    count_working_days_left,
    plan_month,
    start_of_month,
    start_of_next_month,
    warning_due,
)
from models.working_time import DayKind, ServiceCalendar, SpecialDay

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday
WEEKDAYS = ServiceCalendar(None)
HOW_FAR_BACK = list(Stage)
NOTHING = SummariesToCome(0, 0)

counts = st.integers(0, 50_000)
limits = counts | st.none()
habits = st.builds(Habit, counts, counts, st.integers(0, 28))


@st.composite
def months(draw, allowances=limits):
    full = draw(counts)
    return {
        "allowance": draw(allowances),
        "used": draw(counts),
        "habit": draw(habits),
        "working_days_left": draw(st.integers(0, 23)),
        "summaries": SummariesToCome(full, draw(st.integers(0, full))),
    }


def plan(**month) -> QuotaPlan:
    return plan_month(month.pop("allowance"), month.pop("used"), **month)


def test_examples():
    assert doctest.testmod(quota_plan).failed == 0


@given(months(allowances=counts))
def test_the_reserve_lies_between_nothing_and_what_is_left(month):
    planned = plan(**month)
    assert 0 <= planned.reserved <= planned.left
    assert planned.room == planned.left - planned.reserved


@given(months(allowances=counts), counts)
def test_with_more_left_summaries_never_step_back_further(month, more):
    planned, roomier = plan(**month), plan(**month | {"used": max(0, month["used"] - more)})
    assert roomier.room >= planned.room
    assert HOW_FAR_BACK.index(roomier.stage) <= HOW_FAR_BACK.index(planned.stage)


@given(months(allowances=counts))
def test_summaries_go_as_ordered_only_where_there_is_room_for_all(month):
    planned = plan(**month)
    if planned.room < planned.news + planned.summaries.full:
        assert planned.stage is not Stage.FULL
    if planned.stage is Stage.MERGED:
        assert planned.room >= planned.news + planned.summaries.merged
    assert (planned.stage is Stage.RIDE) == (planned.room == 0)


@given(months(allowances=st.none()))
def test_without_a_limit_nothing_steps_back(month):
    planned = plan(**month)
    assert (planned.stage, planned.reserved, planned.room, planned.left) == (Stage.FULL, 0, None, None)
    assert warning_due(planned, NOW, None) is None


@given(months())
def test_the_forecast_is_never_below_what_is_used(month):
    assert plan(**month).forecast >= month["used"]


def test_without_a_habit_a_twentieth_is_kept():
    new = plan_month(300, 280, habit=Habit(0, 0, 1), working_days_left=6, summaries=NOTHING)
    assert (new.reserved, new.room) == (15, 5)


def test_a_plan_without_messages_lets_summaries_ride():
    assert plan_month(0, 0, habit=Habit(0, 0, 1), working_days_left=6, summaries=NOTHING).stage is Stage.RIDE


@pytest.mark.parametrize(
    ("used", "warned", "due"),
    [
        (239, None, None),
        (240, None, "2026-11:80"),
        (284, "2026-11:80", None),
        (285, "2026-11:80", "2026-11:95"),
        (285, None, "2026-11:95"),
        (300, "2026-11:95", None),
        (240, "2026-11:95", None),  # LINE's figure may fall a little
        (240, "2026-10:95", "2026-11:80"),
    ],
)
def test_operators_are_warned_once_a_month_at_each_limit(used, warned, due):
    planned = plan_month(300, used, habit=Habit(0, 0, 1), working_days_left=6, summaries=NOTHING)
    assert warning_due(planned, NOW, warned) == due
    if due:
        assert warning_due(planned, NOW, due) is None


def test_lines_month_turns_two_hours_before_bangkoks():
    before, after = datetime(2026, 11, 30, 14, 59, tzinfo=UTC), datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    assert start_of_next_month(before) == after == start_of_month(after)
    assert start_of_next_month(after) == datetime(2026, 12, 31, 15, 0, tzinfo=UTC)


def test_working_days_left_count_today_and_leave_out_holidays():
    assert count_working_days_left(WEEKDAYS, NOW) == 7
    closed = replace(
        WEEKDAYS, special_days={date(2026, 11, 23): SpecialDay(date(2026, 11, 23), (), "หยุด", DayKind.HOLIDAY)}
    )
    assert count_working_days_left(closed, NOW) == 6
    assert count_working_days_left(WEEKDAYS, datetime(2026, 11, 28, 2, 0, tzinfo=UTC)) == 1  # a Saturday
