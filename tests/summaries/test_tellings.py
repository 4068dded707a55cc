"""What a message tells, as the quota runs short and people write or do not: nothing lost, nothing told twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.periods import PeriodKind
from models.quota_plan import Stage
from models.summary_schedule import Due, list_standing
from models.summary_tellings import Telling, fold, is_held, join
from models.working_time import ServiceCalendar

MONDAY = date(2026, 11, 23)
CALENDAR = ServiceCalendar(None)
DAILY = Due(PeriodKind.DAY, MONDAY, date(2026, 11, 20), date(2026, 11, 22))
WEEKLY = Due(PeriodKind.WEEK, MONDAY, date(2026, 11, 16), date(2026, 11, 22))


def days_of(telling) -> set[date]:
    return {telling.first + timedelta(days=number) for number in range((telling.last - telling.first).days + 1)}


def waiting(kind, first, last) -> Telling:
    return Telling(kind, first, last, waited=True)


@given(st.lists(st.tuples(st.sampled_from(Stage), st.booleans()), min_size=5, max_size=45))
def test_every_day_of_every_kind_is_told_once_whenever_the_person_writes(story):
    """A working day has the quota's stage and whether the person writes on it; what is not held goes out at once."""
    held: list[Telling] = []
    gone: list[Telling] = []
    due_days: dict[PeriodKind, set[date]] = {}
    for number, (stage, writes) in enumerate(story):
        due = [
            one
            for one in list_standing(CALENDAR, MONDAY + timedelta(days=number))
            if one.due_on == MONDAY + timedelta(days=number)
        ]
        for one in due:
            due_days.setdefault(one.kind, set()).update(days_of(one))
        if due:
            told = join(due, held)
            cards = fold(told, stage)
            held, went = (list(cards), []) if is_held(told, stage) else ([], cards)
            held = [waiting(one.kind, one.first, one.last) for one in held]
            gone += went
        if writes:
            gone, held = gone + held, []
    for kind, days in due_days.items():
        own = [day for one in (*gone, *held) if one.kind is kind for day in days_of(one)]
        assert len(own) == len(set(own)) and set(own) <= days
        longer = [one for one in (*gone, *held) if any(one.covers(Telling(kind, day, day)) for day in days)]
        assert days - set(own) <= {day for one in longer for day in days_of(one)}


def test_with_quota_the_cards_of_a_morning_stand_together_longest_first():
    tellings = join([DAILY, WEEKLY], [])
    assert [one.kind for one in fold(tellings, Stage.FULL)] == [PeriodKind.WEEK, PeriodKind.DAY]
    assert not is_held(tellings, Stage.FULL)


@pytest.mark.parametrize("stage", [Stage.MERGED, Stage.PLAIN])
def test_as_it_runs_short_the_week_tells_of_its_days_and_a_day_alone_waits(stage):
    tellings = join([DAILY, WEEKLY], [waiting(PeriodKind.DAY, date(2026, 11, 16), date(2026, 11, 19))])
    assert [(one.kind, one.first) for one in fold(tellings, stage)] == [(PeriodKind.WEEK, WEEKLY.first)]
    assert not is_held(tellings, stage)
    assert is_held(join([DAILY], []), stage)


def test_a_day_that_the_week_does_not_reach_is_told_beside_it():
    after_holiday = Due(PeriodKind.DAY, date(2026, 11, 24), date(2026, 11, 20), date(2026, 11, 23))
    tellings = fold(join([after_holiday, WEEKLY], []), Stage.MERGED)
    assert [one.kind for one in tellings] == [PeriodKind.WEEK, PeriodKind.DAY]


def test_the_newer_of_a_kind_begins_where_the_one_that_waits_began():
    earlier = waiting(PeriodKind.DAY, date(2026, 11, 17), date(2026, 11, 19))
    [merged] = join([DAILY], [earlier])
    assert (merged.first, merged.last, merged.due, merged.waited) == (date(2026, 11, 17), DAILY.last, True, True)


def test_at_the_last_stage_everything_waits():
    assert is_held(join([DAILY, WEEKLY], []), Stage.RIDE)
