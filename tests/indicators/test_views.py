"""What can be seen of indicators: results as of a month and as known on a day, trends, ranks, lists over many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import event

from models.errors import NotFound
from models.indicator_cards import (
    get_indicator_in,
    read_card,
    read_groups,
    read_not_reported,
    scope_of_group,
    scope_of_unit,
    whole,
)
from models.indicator_lists import list_behind_plan, list_own_indicators
from models.indicator_results import WHOLE, read_results
from models.indicator_terms import Direction, PlanState, Result, Share, Standing, Target, TargetIn
from models.indicator_views import UnitLine, meets_target, ranked
from models.indicators import get_indicator
from models.periods import read_period
from models.units import get_unit
from tests.indicators.acting import approve, report, send_back
from tests.indicators.definitions import DRAWN, LADDER, define

TODAY = date(2027, 2, 10)
OCTOBER, NOVEMBER, DECEMBER, JANUARY = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
DIN_DAENG, BANG_RAK = "สำนักงานเขตดินแดง", "สำนักงานเขตบางรัก"
PLANNED = replace(DRAWN, plan={12: Decimal(15), 3: Decimal(40)})
SCORES = replace(
    DRAWN,
    code="CENTRES",
    measure={
        "kind": "monthly_mean",
        "of": "รายการที่ทันเวลา",
        "among": "รายการทั้งหมด",
        "counted_in": "รายการ",
    },
    host="BUDGET",
)
PARTS = replace(
    DRAWN,
    code="SERVICE",
    host="BUDGET",
    target=Target(Decimal(100)),
    measure={
        "kind": "composite",
        "parts": [
            {
                "code": "users",
                "name": "ผู้ใช้บริการ",
                "target": 50,
                "target_in": "count",
                "measure": {"kind": "count", "counted_in": "คน"},
            },
            {
                "code": "pieces",
                "name": "ชิ้นงาน",
                "target": 1,
                "target_in": "count",
                "measure": {"kind": "count", "counted_in": "ชิ้น"},
            },
        ],
    },
)


def at(month: int, day: int = 5, year: int = 2026) -> datetime:
    return datetime(year, month, day, 3, tzinfo=UTC)


@pytest.fixture
def city(people, units):
    define(units, PLANNED, LADDER, SCORES, PARTS)
    report(units, "8308", people["din_daeng"], at(11), value=10, month=OCTOBER)
    first = report(units, "8308", people["din_daeng"], at(1, year=2027), value=16, month=DECEMBER)
    approve(units, people["reviewer"], at(1, 6, 2027), first)
    report(units, "8308", people["bang_rak"], at(2, year=2027), value=15, month=JANUARY)
    return units


def card(database, code="8308", *, today=TODAY, unit=None, group=None, **asked):
    with database.reading() as session:
        indicator = get_indicator(session, code, today)
        scope = whole(indicator)
        if unit is not None:
            scope = scope_of_unit(session, indicator, get_unit(session, unit).id)
        if group is not None:
            scope = scope_of_group(session, indicator, group)
        return read_card(session, indicator, scope, today=today, **asked)


def test_the_whole_is_what_is_stored_and_says_where_it_comes_from(city):
    shown = card(city)
    with city.reading() as session:
        kept = read_results(session, shown.year_id)
    assert (shown.reported, shown.approved) == (kept[WHOLE, Standing.REPORTED], kept[WHOLE, Standing.APPROVED])
    assert (shown.reported.numerator, shown.reported.denominator) == (31, 157)
    assert (shown.state, shown.planned) == (PlanState.ON_PLAN, 15)
    assert (shown.latest.month, shown.latest.reported_at) == (JANUARY, at(2, year=2027))
    assert (shown.waiting, shown.met_count, len(shown.not_reported)) == (2, 1, 3)
    assert [one.name for one in shown.best] == [BANG_RAK, DIN_DAENG]
    assert shown.last == []


def test_a_card_takes_few_queries_however_many_units_there_are(city):
    statements = []
    event.listen(city.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    card(city)
    assert len([one for one in statements if one.startswith("SELECT")]) <= 8


def test_a_trend_has_a_hole_where_nothing_was_reported(city):
    trend = [(point.month, point.percent) for point in card(city, unit=DIN_DAENG).trend]
    assert trend == [(OCTOBER, Decimal("45.45")), (NOVEMBER, None), (DECEMBER, Decimal("72.73"))]
    assert [point.percent for point in card(city).trend] == [
        Decimal("6.37"),
        None,
        Decimal("10.19"),
        Decimal("19.75"),
    ]


def test_a_month_that_stands_for_itself_has_its_own_point(city, people):
    for month, numerator in ((OCTOBER, 90), (NOVEMBER, 70)):
        report(city, "CENTRES", people["budget"], at(2, year=2027), month=month, numerator=numerator, denominator=100)
    shown = card(city, "CENTRES")
    assert [point.percent for point in shown.trend] == [Decimal("90.00"), Decimal("70.00")]
    assert shown.reported.percent == Decimal("80.00")


def test_a_month_that_is_named_is_known_by_figures_up_to_it(city):
    shown = card(city, until=NOVEMBER)
    assert (shown.reported.numerator, shown.planned, shown.latest.month) == (10, None, OCTOBER)
    assert shown.state is PlanState.UNPLANNED
    assert card(city, until=DECEMBER).state is PlanState.BEHIND


def test_a_day_is_known_by_what_was_reported_and_decided_until_then(city, people):
    before = datetime(2027, 1, 5, 17, tzinfo=UTC)  # midnight in Bangkok
    shown = card(city, today=date(2027, 1, 5), known_before=before)
    assert (shown.reported.numerator, shown.approved.is_reported) == (16, False)
    assert card(city, known_before=datetime(2027, 1, 7, tzinfo=UTC)).approved.numerator == 16
    assert not card(city, known_before=at(10)).reported.is_reported


def test_a_report_sent_back_is_not_looked_at(city, people):
    wrong = report(city, "8308", people["din_daeng"], at(2, 6, 2027), value=22, month=JANUARY)
    send_back(city, people["reviewer"], at(2, 7, 2027), wrong)
    shown = card(city, unit=DIN_DAENG)
    assert (shown.reported.numerator, shown.latest.month, shown.own_target) == (16, DECEMBER, 20)


def test_a_unit_is_held_against_its_own_target_and_a_group_against_the_whole(city):
    assert card(city, unit=BANG_RAK).state is PlanState.REACHED
    group = card(city, group="กท.กลาง")
    assert (group.reported.numerator, group.reported.denominator, len(group.units)) == (16, 65, 2)
    assert group.state is PlanState.ON_PLAN


def test_groups_are_of_districts_and_of_divisions(city):
    with city.reading() as session:
        lines = read_groups(session, get_indicator(session, "8308", TODAY))
    told = [(one.district_group or one.budget_division, one.result.numerator, one.not_reported) for one in lines]
    assert told == [("กท.กลาง", 16, 1), ("กท.ใต้", 15, 0), ("กธ.ใต้", None, 2), (1, 16, 1), (2, 15, 0), (6, None, 2)]


@pytest.mark.parametrize(
    ("today", "until", "missing", "months"),
    [
        (TODAY, None, ["ดินแดง", "ดุสิต", "ทุ่งครุ", "บางแค"], (JANUARY,)),
        (TODAY, NOVEMBER, ["ดุสิต", "ทุ่งครุ", "บางแค"], (NOVEMBER,)),
        (date(2027, 11, 1), None, ["ดุสิต", "ทุ่งครุ", "บางแค"], None),
    ],
)
def test_who_has_not_reported_of_a_month_or_of_a_year_that_is_over(city, today, until, missing, months):
    with city.reading() as session:
        indicator = get_indicator(session, "8308", today)
        told = read_not_reported(session, indicator, whole(indicator), today=today, until=until)
    assert sorted(one.name.removeprefix("สำนักงานเขต") for one in told.units) == missing
    assert (told.period.months if told.period else None, told.expected) == (months, 5)


def test_ladders_and_parts_show_what_they_are_made_of(city, people):
    report(city, "PBIS-LEVEL", people["budget"], at(2, year=2027), percent=45, note="ทำสองขั้นพร้อมกัน")
    assert [step.is_reached for step in card(city, "PBIS-LEVEL").steps] == [True, True, False, False, False]
    report(city, "SERVICE", people["budget"], at(2, year=2027), part="users", value=58, month=JANUARY)
    parts = card(city, "SERVICE").parts
    assert [(part.code, part.value, part.is_met) for part in parts] == [("users", 58, True), ("pieces", None, None)]


def test_a_year_without_the_indicator_says_which_years_have_it(city):
    with city.reading() as session, pytest.raises(NotFound) as refused:
        get_indicator_in(session, "8308", TODAY, read_period("FY2566", TODAY))
    assert refused.value.reason_code == "indicator_only_in_years"
    assert (refused.value.facts["fiscal_year"], refused.value.facts["years"]) == (2566, ["2568", "2570"])


def test_what_is_behind_plan_is_read_from_what_is_stored(city):
    with city.reading() as session:
        now = list_behind_plan(session, 2570, TODAY)
        later = list_behind_plan(session, 2570, date(2027, 4, 2))
        own = list_behind_plan(session, 2570, date(2027, 4, 2), [get_unit(session, DIN_DAENG).id])
        assert list_behind_plan(session, 2570, date(2026, 10, 5)).total == 0
    assert [(line.code, line.percent, line.planned) for line in now.lines] == [("PBIS-LEVEL", None, 40)]
    assert [(line.code, line.percent) for line in later.lines] == [("8308", Decimal("19.75")), ("PBIS-LEVEL", None)]
    assert (later.total, later.not_reported, later.planned, later.month) == (2, 1, 2, date(2027, 3, 1))
    assert own.total == 0  # 72.73 of a planned 40


def test_ones_own_indicators_begin_with_what_is_to_be_reported(city, people):
    with city.reading() as session:
        units = {get_unit(session, DIN_DAENG).id}
        lines = list_own_indicators(session, units, TODAY)
        budget = list_own_indicators(session, {get_unit(session, "สำนักงบประมาณกรุงเทพมหานคร").id}, TODAY)
    due = [(one.code, one.missing.months, one.due_on) for one in lines if one.missing]
    assert due == [("8308", (JANUARY,), date(2027, 2, 5))]
    assert (lines[0].unit, lines[0].result.percent, lines[0].is_met) == (DIN_DAENG, Decimal("72.73"), False)
    assert [one.code for one in budget if one.missing] == ["PBIS-LEVEL", "CENTRES", "SERVICE"]
    assert all(one.is_host for one in budget if one.missing)
    assert "CARRY-OVER" in {one.code for one in budget if one.due_on is None}  # of a year that is over


def test_lower_is_better_where_the_target_says_so():
    target = Target(Decimal(5), TargetIn.PERCENT, Direction.LOWER)
    lines = [
        UnitLine(n, str(n), Result(percent=Decimal(p), units_reported=1), None, None)
        for n, p in ((1, 4), (2, 9), (3, 0))
    ]
    assert [line.unit for line in ranked(target, [*lines, UnitLine(4, "4", Result(), None, None)])] == [3, 1, 2]
    assert meets_target(target, Share(1), Result(percent=Decimal(5)))


@pytest.mark.parametrize(("passed", "is_met"), [(1, True), (0, False)])
def test_one_centre_of_many_has_no_percentage_but_passes_or_not(passed, is_met):
    result = Result(value=Decimal(3), numerator=Decimal(passed), denominator=Decimal(1), units_reported=1)
    assert meets_target(Target(Decimal(80)), Share(1), result) is is_met
