"""A random year of reports, corrections and decisions: what is stored is always what the history gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.indicator_results import WHOLE
from models.indicator_terms import Standing, months_of, round_half_up
from models.units import get_unit
from tests.indicators.acting import approve, report, send_back, stored_and_fresh
from tests.indicators.definitions import COMMUNITIES, DRAWN, LADDER, YEAR, define

MONTHS = months_of(YEAR)
UNITS = list(COMMUNITIES)
END = datetime(2027, 9, 20, 2, 0, tzinfo=UTC)
RUNS = count(1)

reports = st.tuples(st.just("report"), st.sampled_from(UNITS), st.sampled_from(MONTHS), st.integers(0, 15))
decisions = st.tuples(st.sampled_from(["approve", "send_back"]), st.integers(0, 30))
years = st.lists(st.one_of(reports, reports, decisions), min_size=3, max_size=25)
some = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(year=years)
@some
def test_stored_results_are_those_of_the_history(units, people, year):
    code = f"8308-{next(RUNS)}"
    define(units, replace(DRAWN, code=code))
    told = act(units, people, code, year)
    kept, fresh = stored_and_fresh(units, code, date(2027, 9, 20))
    assert kept == (fresh if told else {})
    for standing in Standing:
        assert_is_added_up(units, kept, told, standing)


def act(database, people, code, year):
    """Do what a year brings; gives ``[unit, month, number, decision]`` of each report, in order."""
    told, at = [], END
    for kind, *what in year:
        at += timedelta(minutes=1)
        if kind == "report":
            unit, month, number = what
            report(database, code, people["host"], at, unit=unit, month=month, value=number)
            told.append([unit, month, number, None, _last_id(database)])
            continue
        if not told:
            continue
        entry = told[what[0] % len(told)]
        decided = (approve if kind == "approve" else send_back)(database, people["reviewer"], at, entry[4]).decided
        if decided:
            entry[3] = kind
    return told


def _last_id(database):
    from sqlalchemy import func, select

    from models.indicator_reports import IndicatorReport

    with database.reading() as session:
        return session.scalar(select(func.max(IndicatorReport.id)))


def assert_is_added_up(database, kept, told, standing):
    """The whole, added up here in the plainest way."""
    counts = {"approve"} if standing is Standing.APPROVED else {"approve", None}
    slots = {(unit, month): number for unit, month, number, decision, _ in told if decision in counts}
    latest = {unit: number for (unit, _), number in sorted(slots.items(), key=lambda slot: slot[0][1])}
    whole = kept.get((WHOLE, standing))
    if not latest:
        assert whole is None or not whole.is_reported
        return
    all_of_them = sum(total for total, _ in COMMUNITIES.values())
    assert whole.numerator == sum(latest.values())
    assert whole.percent == round_half_up(Decimal(100 * sum(latest.values())) / all_of_them)
    with database.reading() as session:
        for unit, number in latest.items():
            assert kept[get_unit(session, unit).id, standing].numerator == number


@given(steps=st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.sampled_from(MONTHS)), min_size=1, max_size=8))
@some
def test_a_ladder_climbs_and_falls_as_it_is_told(units, people, steps):
    code = f"LADDER-{next(RUNS)}"
    define(units, replace(LADDER, code=code))
    for step, is_approved, month in steps:
        number = report(units, code, people["budget"], END, step=step, month=month, note="เหตุผล")
        if is_approved:
            approve(units, people["budget_reviewer"], END, number)
    kept, fresh = stored_and_fresh(units, code, date(2027, 9, 20))
    assert kept == fresh
    newest = {month: step for step, _, month in steps}
    assert kept[WHOLE, Standing.REPORTED].level == newest[max(newest)]
