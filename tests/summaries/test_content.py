"""What summaries tell: by role and unit, from reports as they are recorded, and the same as the lists say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from messages.summaries import all_well, summary_card
from models.audiences import Audience, SummaryPart, audience_of, list_audiences
from models.chart_terms import ChartKind
from models.indicator_lists import list_behind_plan, list_own_indicators
from models.indicator_years import close_year
from models.members import Role, record_blocked
from models.periods import PeriodKind
from models.review_queue import list_what_waits
from models.summary_terms import MOST_LINES, Matter
from models.units import get_unit, unit_and_below, units_around
from tests.indicators.acting import add_person, approve, report, send_back, stored
from tests.indicators.definitions import COMMUNITIES, DRAWN, LADDER, define
from tests.summaries.conftest import load_facts

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday, 09.00 in Bangkok
TODAY, LAST_WEEK = date(2026, 11, 20), NOW - timedelta(days=9)
HOST, DISTRICT, OTHER = "สำนักพัฒนาสังคม", "สำนักงานเขตดินแดง", "สำนักงานเขตบางรัก"
PLANNED = replace(DRAWN, plan={10: Decimal(60), 12: Decimal(90)})
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def city(units):
    """8308 with a plan, reported by two districts: one before this week and approved, one in it and waiting."""
    define(units, PLANNED, LADDER)
    with units.transaction() as session:
        for year in (2563, 2564, 2565, 2568):
            close_year(session, year, NOW)
    din_daeng = add_person(units, DISTRICT, Role.COORDINATOR, number=1)
    bang_rak = add_person(units, OTHER, Role.COORDINATOR, number=2)
    reviewer = add_person(units, HOST, Role.REVIEWER, number=3)
    first = report(units, "8308", din_daeng, LAST_WEEK, numerator=18, month=OCTOBER)
    approve(units, reviewer, LAST_WEEK, first)
    report(units, "8308", bang_rak, NOW - timedelta(hours=1), numerator=5, month=OCTOBER)
    return units


def of(told, matter):
    return [line for line in told.lines if line.matter is matter]


def read_with(database, ask):
    with database.reading() as session:
        return ask(session)


# --- managers -------------------------------------------------------------------------------------------------------


def test_a_manager_reads_what_is_to_be_decided_first_then_the_worst(city, summary):
    told = summary(DISTRICT, Role.MANAGER, now=NOW, sees_city=True)
    matters = [line.matter for line in told.lines]
    assert matters[0] is Matter.APPROVE
    assert matters == sorted(matters, key=list(Matter).index)
    assert len(matters) <= MOST_LINES
    assert told.is_news


def test_what_is_behind_is_what_the_list_says(city, summary):
    for unit, sees_city in ((HOST, False), (DISTRICT, False), (OTHER, False), (DISTRICT, True)):
        told = summary(unit, Role.MANAGER, now=NOW, sees_city=sees_city)
        with city.reading() as session:
            scope = None if sees_city else unit_and_below(session, get_unit(session, unit).id)
            listed = list_behind_plan(session, 2570, TODAY, scope)
        assert told.behind == listed.total, unit
        said = [(line.indicator.code, line.unit, line.percent, line.planned) for line in of(told, Matter.BEHIND)]
        assert said == [(one.code, one.unit, one.percent, one.planned) for one in listed.lines][: len(said)]
        assert told.plan_month == listed.month


def test_a_figure_is_that_of_the_stored_result(city, summary):
    line = of(summary(HOST, Role.MANAGER, now=NOW), Matter.MOVED)[0]
    assert line.after == stored(city, "8308", NOW)
    assert (line.before.percent, line.after.percent) == (Decimal("11.46"), Decimal("14.65"))


def test_a_manager_of_a_unit_sees_nothing_of_another(city, summary):
    told = summary(DISTRICT, Role.MANAGER, now=NOW)
    assert OTHER not in str(told) and told.unit == DISTRICT
    assert not of(told, Matter.APPROVE)  # the reports of others do not wait for this unit


def test_many_matters_are_counted_and_seven_shown(city, summary):
    define(city, *(replace(LADDER, code=f"PLAN-{number}") for number in range(12)))
    told = summary(HOST, Role.MANAGER, now=NOW, sees_city=True)
    assert len(told.lines) == MOST_LINES
    assert told.behind == 14
    assert told.left_out > 0
    assert f"อีก {told.left_out} เรื่อง" in summary_card(told)[0]["altText"]


# --- host offices ---------------------------------------------------------------------------------------------------


def test_a_reviewer_reads_what_waits_as_the_list_of_it_says(city, summary):
    waiting = of(summary(HOST, Role.REVIEWER, now=NOW), Matter.APPROVE)[0]
    listed = read_with(city, list_what_waits)
    assert waiting.count == sum(len(one.reports) for one in listed) == 1
    assert waiting.since == NOW - timedelta(hours=1)


def test_a_report_that_another_took_the_place_of_waits_no_longer(city, summary):
    report(city, "8308", f"U{2:032x}", NOW, numerator=6, month=OCTOBER)
    assert of(summary(HOST, Role.REVIEWER, now=NOW), Matter.APPROVE)[0].count == 1
    newest = report(city, "8308", f"U{2:032x}", NOW, numerator=7, month=OCTOBER)
    approve(city, f"U{3:032x}", NOW, newest)
    assert of(summary(HOST, Role.REVIEWER, now=NOW), Matter.APPROVE) == []


def test_units_that_did_not_report_in_time_are_counted_and_named(city, summary):
    line = of(summary(HOST, Role.REVIEWER, now=NOW), Matter.MISSING)[0]
    assert (line.indicator.code, line.count, line.months) == ("8308", 3, (OCTOBER,))
    assert line.due_on == date(2026, 11, 5)
    assert set(line.units) == set(COMMUNITIES) - {DISTRICT, OTHER}
    later = of(summary(HOST, Role.REVIEWER, now=NOW + timedelta(days=20)), Matter.MISSING)[0]
    assert (later.count, later.months) == (5, (date(2026, 11, 1),))


# --- coordinators ---------------------------------------------------------------------------------------------------


def test_a_coordinator_reads_what_is_due_as_the_list_of_ones_own_says(city, summary):
    later = NOW + timedelta(days=20)
    told = summary(DISTRICT, Role.COORDINATOR, now=later)
    with city.reading() as session:
        own = list_own_indicators(session, units_around(session, get_unit(session, DISTRICT).id), later.date())
    listed = [(one.code, one.due_on) for one in own if one.missing is not None]
    assert (
        [(line.indicator.code, line.due_on) for line in of(told, Matter.REPORT)]
        == listed
        == [("8308", date(2026, 12, 5))]
    )


def test_what_is_due_in_the_coming_days_is_told_before_it_is_late(city, summary):
    told = summary(DISTRICT, Role.COORDINATOR, now=datetime(2026, 11, 30, 2, tzinfo=UTC))
    assert [(line.matter, line.due_on) for line in told.lines] == [(Matter.DUE, date(2026, 12, 5))]


def test_a_report_that_was_sent_back_is_to_be_mended_until_it_is_reported_anew(city, summary):
    wrong = report(city, "8308", f"U{2:032x}", NOW, numerator=6, month=OCTOBER)
    send_back(city, f"U{3:032x}", NOW, wrong, reason="ตัวเลขไม่ตรง")
    line = of(summary(OTHER, Role.COORDINATOR, now=NOW), Matter.MEND)[0]
    assert (line.unit, line.reason, line.is_new) == (OTHER, "ตัวเลขไม่ตรง", True)
    assert of(summary(DISTRICT, Role.COORDINATOR, now=NOW), Matter.MEND) == []
    report(city, "8308", f"U{2:032x}", NOW, numerator=7, month=OCTOBER)
    assert of(summary(OTHER, Role.COORDINATOR, now=NOW), Matter.MEND) == []


# --- news -----------------------------------------------------------------------------------------------------------


def test_what_stands_as_it_did_is_no_news_of_a_day_but_of_a_week(city, summary):
    quiet = NOW + timedelta(days=4)  # a Tuesday after nothing happened
    day = summary(HOST, Role.MANAGER, now=quiet, kind=PeriodKind.DAY)
    assert day.behind and not day.is_news
    assert summary(HOST, Role.MANAGER, now=quiet, kind=PeriodKind.WEEK).is_news
    assert summary(HOST, Role.MANAGER, now=NOW, kind=PeriodKind.DAY).is_news  # Bang Rak reported


def test_a_new_months_plan_makes_what_is_behind_news_again(city, summary):
    first = datetime(2026, 12, 1, 2, tzinfo=UTC)
    told = summary(
        HOST, Role.MANAGER, now=first, kind=PeriodKind.DAY, first=date(2026, 11, 30), last=date(2026, 11, 30)
    )
    assert told.is_news


def test_a_week_without_anything_is_one_line(units, summary):
    with units.transaction() as session:
        for year in (2563, 2564, 2565, 2568):
            close_year(session, year, NOW)
    told = summary(HOST, Role.REVIEWER, now=NOW)
    assert not told.is_news
    assert len(all_well(told)) == 1
    assert "ไม่มีเรื่องเกินกำหนด" in all_well(told)[0]["text"]


# --- pictures -------------------------------------------------------------------------------------------------------


def test_a_picture_stands_where_it_is_faster(city, summary):
    week = summary(HOST, Role.MANAGER, now=NOW).chart
    assert (week.kind, week.as_of) == (ChartKind.UNITS, NOW)
    assert summary(HOST, Role.MANAGER, now=NOW, kind=PeriodKind.MONTH).chart.kind is ChartKind.TARGETS
    assert summary(DISTRICT, Role.COORDINATOR, now=NOW).chart is None


def test_an_indicator_of_one_unit_that_is_behind_is_drawn_as_its_way_so_far(city, summary):
    budget = "สำนักงบประมาณกรุงเทพมหานคร"
    coordinator = add_person(city, budget, Role.COORDINATOR, number=4)
    report(city, "PBIS-LEVEL", coordinator, NOW, step=1, month=OCTOBER)
    february = datetime(2027, 2, 2, 2, 0, tzinfo=UTC)
    assert summary(budget, Role.MANAGER, now=february).chart.kind is ChartKind.TREND


# --- audiences ------------------------------------------------------------------------------------------------------


def test_people_of_like_roles_and_units_are_one_audience(units):
    for number, unit in enumerate((DISTRICT, DISTRICT, OTHER), start=1):
        add_person(units, unit, Role.MANAGER, number=number)
    add_person(units, DISTRICT, Role.MANAGER, number=4)
    add_person(units, "ส่วนเลขานุการ", Role.SECRETARY, number=5)
    add_person(units, "ส่วนเลขานุการ", Role.MANAGER, number=6)
    add_person(units, DISTRICT, Role.OFFICER, number=7)
    with units.transaction() as session:
        record_blocked(session, f"U{4:032x}", NOW)
    found = read_with(units, list_audiences)
    sizes = sorted((audience.unit_id is None, len(people)) for audience, people in found.items())
    assert sizes == [(False, 1), (False, 2), (True, 1)]


@pytest.mark.parametrize(
    ("roles", "parts"),
    [
        ({Role.SUPERVISOR}, {SummaryPart.SERVICE}),
        ({Role.MANAGER, Role.REVIEWER}, {SummaryPart.SERVICE, SummaryPart.OVERVIEW}),
        ({Role.REVIEWER, Role.COORDINATOR}, {SummaryPart.INDICATORS, SummaryPart.DUE}),
    ],
)
def test_roles_give_parts(roles, parts):
    assert audience_of(roles, 7, sees_city=False).parts == parts


def test_officers_are_told_nothing_and_a_city_managers_own_duties_stay(units):
    assert audience_of({Role.OFFICER, Role.SECRETARY}, 7, sees_city=True) is None
    both = audience_of({Role.MANAGER, Role.COORDINATOR}, 7, sees_city=True)
    assert (both.unit_id, both.overview_unit_id) == (7, None)


def test_the_tables_are_read_once_however_many_are_told(city):
    asked = []
    event.listen(city.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    facts = load_facts(city, NOW)
    count = len(asked)
    parts = frozenset({SummaryPart.SERVICE, SummaryPart.OVERVIEW, SummaryPart.DUE})
    for unit_id in facts.names:
        facts.summary_for(Audience(parts, unit_id))
    assert len(asked) == count < 60
