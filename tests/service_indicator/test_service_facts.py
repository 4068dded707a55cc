"""Facts and rows together are always the whole: the same figures as reckoned plainly, at any moment of any history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.counting import calendar_loader, month_after, start_of
from models.errors import Invalid
from models.requests import ClockKind
from models.service_facts import bucket_bounds, bucket_of, count_settled, forget_month, hold_still, list_months, uncount
from models.service_figures import read_figures
from tests.service_indicator.histories import History, count_counted
from tests.service_indicator.plain import indicator, same_figures

PERIODS = [
    ("2026-10-01", "2026-10-31"),
    ("2026-09-01", "2026-12-31"),
    ("2026-10-05", "2026-10-20"),
    ("2026-09-30", "2026-10-02"),
    ("2026-10-07", "2026-11-30"),
    ("2026-09-01", "2026-10-09"),
    ("2027-01-01", "2027-01-31"),
]


def figures_of(database, first, last, now):
    with database.reading(snapshot=True) as session:
        return read_figures(
            session, date.fromisoformat(first), date.fromisoformat(last), now=now, calendars=calendar_loader(session)
        )


def assert_all_agree(history: History) -> None:
    rows = history.log()
    for first, last in PERIODS:
        figures = figures_of(history.database, first, last, history.now)
        for clock in ClockKind:
            plain = indicator(rows, first=first, last=last, clock=clock.value)
            told = figures[clock].as_json()
            assert same_figures(told, plain), (first, last, clock, plain, told)


@pytest.mark.parametrize("seed", range(4))
def test_facts_and_rows_are_the_whole_at_any_moment(database, seed):
    history = History(database, seed)
    for _ in range(6):
        history.goes_on(25)
        assert_all_agree(history)
    counted = count_counted(database)
    assert counted > 0
    with database.transaction() as session:
        calendars = calendar_loader(session)
        while count_settled(session, calendars, history.now, limit=7):
            pass
    assert count_counted(database) >= counted
    assert_all_agree(history)


def test_facts_can_be_thrown_away_and_made_again(database):
    history = History(database, 11)
    history.goes_on(150)
    history.is_counted()
    with database.transaction() as session:
        thrown_away = sum(forget_month(session, month) for month in list_months(session))
    assert thrown_away > 0
    assert count_counted(database) == 0
    assert_all_agree(history)
    with database.transaction() as session:
        assert count_settled(session, calendar_loader(session), history.now) >= thrown_away
    assert_all_agree(history)


def test_a_request_is_taken_out_once(database):
    history = History(database, 3)
    history.goes_on(120)
    history.is_counted()
    before = count_counted(database)
    with database.transaction() as session:
        numbers = [number for number in range(1, 40) if uncount(session, number)]
        assert not any(uncount(session, number) for number in range(1, 40))
    assert count_counted(database) == before - len(numbers)
    assert_all_agree(history)


def test_an_earlier_round_that_was_late_stays_late_whatever_comes_after(database):
    history = History(database, 5)
    history.goes_on(200)
    late = [row for row in history.log() if row["earlier_late_answer"] == "yes"]
    assert late
    assert_all_agree(history)


def test_a_whole_month_is_read_from_facts_alone(database):
    history = History(database, 8)
    history.goes_on(250)
    month = date(2026, 10, 1)
    with database.transaction() as session:
        while count_settled(session, calendar_loader(session), history.now):
            pass
    with database.reading() as session:
        counted = session.connection().exec_driver_sql("SELECT count(*) FROM service_person_months").scalar_one()
    assert counted > 0
    assert start_of(month_after(month)) == start_of(date(2026, 11, 1))
    assert_all_agree(history)


def test_facts_can_be_held_still(database):
    with database.transaction() as session:
        hold_still(session)
        assert count_settled(session, calendar_loader(session), _now()) == 0


def test_a_period_runs_forwards(database):
    with pytest.raises(Invalid) as refused:
        figures_of(database, "2026-10-02", "2026-10-01", _now())
    assert refused.value.reason_code == "period_backwards"


def test_every_second_lies_in_its_stretch():
    for seconds in [*range(3000), *(2**power + more for power in range(12, 25) for more in (-1, 0, 1))]:
        low, high = bucket_bounds(bucket_of(seconds))
        assert low <= seconds <= high
        assert bucket_of(low) == bucket_of(high) == bucket_of(seconds)
        assert bucket_of(high + 1) == bucket_of(seconds) + 1


def _now():
    return start_of(date(2026, 11, 20)) + timedelta(hours=9)
