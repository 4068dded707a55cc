"""What charts read: as it was known at an instant, and as the cards say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from models.chart_facts import SHOWN_WEEKS, read_chart
from models.chart_terms import ChartAsked, ChartKind
from models.counting import calendar_loader
from models.errors import NotFound
from models.indicator_terms import PlanState
from models.indicators import get_indicator
from models.members import Role
from models.requests import ClockKind
from models.service_figures import read_figures
from models.service_kpi import Handled
from models.units import get_unit
from tests.indicators.acting import add_person, report, send_back
from tests.indicators.definitions import COMMUNITIES, DRAWN, LADDER, define
from tests.office import SECRETARIAT

DIN_DAENG, BANG_RAK = "สำนักงานเขตดินแดง", "สำนักงานเขตบางรัก"
OFFICER, SECRETARY = f"U{1:032x}", f"U{2:032x}"
OCTOBER, DECEMBER, JANUARY = date(2026, 10, 1), date(2026, 12, 1), date(2027, 1, 1)
PLANNED = replace(DRAWN, plan={12: Decimal(15), 3: Decimal(40)})


def at(month: int, day: int = 5, year: int = 2027) -> datetime:
    return datetime(year, month, day, 3, tzinfo=UTC)


@pytest.fixture
def people(units):
    return {
        DIN_DAENG: add_person(units, DIN_DAENG, Role.COORDINATOR, number=1),
        BANG_RAK: add_person(units, BANG_RAK, Role.COORDINATOR, number=2),
        "reviewer": add_person(units, "สำนักพัฒนาสังคม", Role.REVIEWER, number=4),
    }


@pytest.fixture
def city(units, people):
    define(units, PLANNED, LADDER)
    report(units, "8308", people[DIN_DAENG], at(11, year=2026), value=10, month=OCTOBER)
    report(units, "8308", people[DIN_DAENG], at(1), value=16, month=DECEMBER)
    report(units, "8308", people[BANG_RAK], at(2), value=15, month=JANUARY)
    return units


def chart(database, kind, as_of, *, code="8308", **asked):
    with database.reading() as session:
        year = get_indicator(session, code, as_of.date()).id if kind in (ChartKind.UNITS, ChartKind.TREND) else None
        if "unit" in asked:
            asked["unit"] = get_unit(session, asked["unit"]).id
        return read_chart(session, ChartAsked(kind, as_of, indicator_year=year, **asked))


# --- indicators -----------------------------------------------------------------------------------------------------


def test_units_come_worst_first_with_their_own_targets(city):
    data = chart(city, ChartKind.UNITS, at(2, 10))
    assert [(one.name, one.state) for one in data.units[:2]] == [
        (DIN_DAENG, PlanState.ON_PLAN),
        (BANG_RAK, PlanState.REACHED),
    ]
    assert [one.held for one in data.units[2:]] == [None] * 3
    worst = data.units[0]
    assert (round(worst.held, 2), round(worst.target, 2), worst.planned) == (
        Decimal("72.73"),
        Decimal("90.91"),
        Decimal(15),
    )
    assert worst.result.percent == Decimal("72.73")
    assert len(data.units) == len(COMMUNITIES)


def test_what_came_later_changes_no_chart(city, people):
    asked = [(kind, at(1, 20)) for kind in (ChartKind.UNITS, ChartKind.TREND, ChartKind.TARGETS)]
    before = [chart(city, kind, when) for kind, when in asked]
    late = report(city, "8308", people[DIN_DAENG], at(2, 2), value=22, month=JANUARY)
    send_back(city, people["reviewer"], at(2, 3), late)
    report(city, "8308", people[DIN_DAENG], at(2, 4), value=21, month=DECEMBER, note="แก้ไข")
    assert [chart(city, kind, when) for kind, when in asked] == before
    assert chart(city, ChartKind.UNITS, at(2, 10)) != before[0]


def test_months_without_a_report_and_months_to_come_differ(city):
    points = chart(city, ChartKind.TREND, at(2, 10)).points
    assert [point.held is None for point in points[:4]] == [False, True, False, False]
    assert [point.is_over for point in points] == [True] * 4 + [False] * 8
    assert [point.planned for point in points[:6]] == [None, None, 15, 15, 15, 40]


def test_a_chart_of_an_earlier_month_ends_there(city):
    data = chart(city, ChartKind.TREND, at(2, 10), until=date(2026, 12, 31))
    assert [point.held for point in data.points[3:]] == [None] * 9
    assert [point.is_over for point in data.points[2:4]] == [True, False]
    assert data.latest.numerator == 16


def test_targets_of_all_and_of_a_unit_that_takes_part(city):
    of_all = chart(city, ChartKind.TARGETS, at(2, 10))
    assert (of_all.fiscal_year, of_all.unit) == (2570, "")
    found = {one.definition.code: one for one in of_all.lines}
    assert found["8308"].result.numerator == 31
    assert found["PBIS-LEVEL"].held is None
    of_unit = chart(city, ChartKind.TARGETS, at(2, 10), unit=DIN_DAENG)
    assert of_unit.unit == DIN_DAENG
    assert [one.result.numerator for one in of_unit.lines if one.definition.code == "8308"] == [16]
    hosted = chart(city, ChartKind.TARGETS, at(2, 10), unit="สำนักพัฒนาสังคม")
    assert [one.result.numerator for one in hosted.lines if one.definition.code == "8308"] == [31]


def test_stored_and_recomputed_results_are_one(city, people):
    """As of today they are read as stored, as of yesterday they are computed from the history."""
    as_stored = chart(city, ChartKind.TARGETS, at(2, 10))
    computed = chart(city, ChartKind.TARGETS, at(2, 10), until=date(2027, 2, 10))
    report(city, "8308", people[BANG_RAK], at(2, 12), value=14, month=date(2027, 2, 1))
    assert chart(city, ChartKind.TARGETS, at(2, 10)).lines == as_stored.lines == computed.lines


def test_an_indicator_that_is_not_there_is_not_found(units):
    with units.reading() as session:
        for year in (None, 999_999):
            with pytest.raises(NotFound):
                read_chart(session, ChartAsked(ChartKind.UNITS, at(2), indicator_year=year))


# --- the service ----------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    return office


def is_asked_and_answered(desk, number, *, acknowledged_after, answered_after):
    desk.says(OFFICER, f"กท 9999/{number} ถึงไหนแล้ว")
    desk.clock.advance(minutes=acknowledged_after)
    desk.taps(SECRETARY, "รับทราบ")
    desk.clock.advance(minutes=answered_after - acknowledged_after)
    desk.says(SECRETARY, f"#{number} เสนอรองปลัดแล้วเมื่อเช้า")


def weeks(desk, as_of, **asked):
    return chart(desk.database, ChartKind.TIMES, as_of, **asked).weeks


def test_a_weeks_times_are_those_of_the_service_indicator(desk, clock):
    desk.add_letter()
    desk.says(OFFICER, "กท 1902/1335 ถึงไหนแล้ว")  # the machine answers: not an officer's time
    is_asked_and_answered(desk, 2, acknowledged_after=4, answered_after=9)
    clock.advance(hours=1)
    is_asked_and_answered(desk, 3, acknowledged_after=20, answered_after=40)
    now = clock.now() + timedelta(hours=1)
    week = weeks(desk, now)[-1]
    with desk.database.reading(snapshot=True) as session:
        first = date(2026, 11, 16)
        shown = read_figures(session, first, date(2026, 11, 22), now=now, calendars=calendar_loader(session))
    own = shown[ClockKind.SERVICE]
    assert (week.monday, week.requests) == (first, 2)
    assert (week.acknowledge, week.answer) == (
        own.acknowledged.spread(Handled.HUMAN),
        own.answered.spread(Handled.HUMAN),
    )
    assert (week.acknowledged, week.answered) == (own.acknowledged.human, own.answered.human)


def test_what_was_done_after_the_instant_was_not_done_then(desk, clock):
    desk.says(OFFICER, "กท 9999/1 ถึงไหนแล้ว")
    clock.advance(minutes=4)
    desk.taps(SECRETARY, "รับทราบ")
    clock.advance(minutes=1)
    as_of = clock.now()
    before = weeks(desk, as_of)
    assert before[-1].acknowledge.median == 240 and before[-1].answer.median is None
    clock.advance(minutes=5)
    desk.says(SECRETARY, "#1 เสนอรองปลัดแล้วเมื่อเช้า")
    is_asked_and_answered(desk, 2, acknowledged_after=1, answered_after=2)
    assert weeks(desk, as_of) == before
    assert weeks(desk, clock.now() + timedelta(seconds=1))[-1].requests == 2


def test_eight_weeks_end_with_the_one_that_is_looked_at(desk, clock):
    is_asked_and_answered(desk, 1, acknowledged_after=4, answered_after=9)
    later = clock.now() + timedelta(weeks=3)
    shown = weeks(desk, later, until=date(2026, 11, 22))
    assert [week.monday for week in shown] == [
        date(2026, 11, 16) - timedelta(weeks=back) for back in reversed(range(SHOWN_WEEKS))
    ]
    assert [week.requests for week in shown] == [0] * 7 + [1]
    assert weeks(desk, later, until=date(2026, 11, 15))[-1].requests == 0
