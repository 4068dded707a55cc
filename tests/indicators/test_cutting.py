"""Quarters are cut once, by the clock, and stay as they were; what comes later is a correction."""

from __future__ import annotations

import threading
from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from bot.indicator_upkeep import cut_quarters
from models.history import HistoryChangeError
from models.indicator_cuts import IndicatorCut, find_cut, list_cuts, list_quarter_corrections
from models.indicator_reports import DecisionKind
from models.indicator_results import WHOLE, read_results
from models.indicator_terms import Standing
from models.indicators import get_indicator
from models.members import Role
from models.working_time import BANGKOK
from tests.indicators.acting import approve, report, send_back
from tests.indicators.definitions import DRAWN, LADDER, define
from tests.office import OTHER_DISTRICT

DIN_DAENG, BANG_RAK, REVIEWER = (f"U{number:032x}" for number in range(1, 4))
DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)


@pytest.fixture
def quarter(office):
    """Two reports of the first quarter, one of them approved, on its last day."""
    define(office.database, DRAWN, LADDER)
    office.add_member(DIN_DAENG, Role.COORDINATOR)
    office.add_member(BANG_RAK, Role.COORDINATOR, unit=OTHER_DISTRICT)
    office.add_member(REVIEWER, Role.REVIEWER, unit="สำนักพัฒนาสังคม")
    go_to(office, 2026, 12, 31)
    first = told(office, DIN_DAENG, 18, month=DECEMBER)
    office.waits = told(office, BANG_RAK, 10, month=DECEMBER)
    approve(office.database, REVIEWER, office.clock.now(), first)
    return office


def go_to(office, year, month, day, hour=10, minute=0):
    at = datetime(year, month, day, hour, minute, tzinfo=BANGKOK)
    office.clock.advance(seconds=(at - office.clock.now()).total_seconds())


def told(office, by, value, **said):
    return report(office.database, "8308", by, office.clock.now(), value=value, **said)


def cuts(office, code="8308"):
    with office.database.reading() as session:
        return list_cuts(session, get_indicator(session, code, date(2027, 1, 1)).id)


def corrections(office, number=1):
    with office.database.reading() as session:
        indicator = get_indicator(session, "8308", date(2027, 1, 1))
        found = list_quarter_corrections(session, indicator, find_cut(session, indicator.id, number))
    return [(one.report.id, one.is_decision, one.report.decision) for one in found]


def numerators(cut):
    return {key: cut.results[key]["numerator"] for key in cut.results if key[0] == WHOLE}


def test_a_quarter_is_cut_on_the_fifteenth_and_once(quarter, logged):
    go_to(quarter, 2027, 1, 14, 23, 59)
    cut_quarters(quarter.services)
    assert cuts(quarter) == []
    go_to(quarter, 2027, 1, 15, 0, 0)
    cut_quarters(quarter.services)
    (cut,) = cuts(quarter)
    assert (cut.quarter, cut.cut_at) == (1, quarter.clock.now())
    assert numerators(cut) == {(WHOLE, Standing.REPORTED): "28", (WHOLE, Standing.APPROVED): "18"}
    assert [one.quarter for one in cuts(quarter, "PBIS-LEVEL")] == [1]
    for day in (15, 16, 31):
        go_to(quarter, 2027, 1, day, 12)
        cut_quarters(quarter.services)
    assert cuts(quarter) == [cut]
    assert [entry["indicators"] for entry in logged if entry["event"] == "quarters_cut"] == [2]


def test_a_clock_that_slept_for_months_cuts_each_quarter_that_is_over(quarter):
    go_to(quarter, 2027, 10, 14)
    cut_quarters(quarter.services)
    assert [cut.quarter for cut in cuts(quarter)] == [1, 2, 3]
    go_to(quarter, 2027, 10, 15)
    cut_quarters(quarter.services)
    assert [cut.quarter for cut in cuts(quarter)] == [1, 2, 3, 4]


def test_what_comes_after_the_cut_is_listed_and_the_cut_stays(quarter):
    go_to(quarter, 2027, 1, 15)
    cut_quarters(quarter.services)
    (cut,) = cuts(quarter)
    assert corrections(quarter) == []

    go_to(quarter, 2027, 1, 20)
    later = told(quarter, DIN_DAENG, 20, month=DECEMBER)
    told(quarter, BANG_RAK, 12, month=JANUARY)  # of the quarter after
    go_to(quarter, 2027, 1, 21)
    approve(quarter.database, REVIEWER, quarter.clock.now(), quarter.waits)
    go_to(quarter, 2027, 1, 22)
    send_back(quarter.database, REVIEWER, quarter.clock.now(), later)

    assert corrections(quarter) == [(later, False, DecisionKind.RETURNED), (quarter.waits, True, DecisionKind.APPROVED)]
    assert cuts(quarter) == [cut]
    with quarter.database.reading() as session:
        now = read_results(session, get_indicator(session, "8308", JANUARY).id)
    assert now[WHOLE, Standing.APPROVED].numerator == Decimal(28)  # 18 and, since the cut, 10


def test_two_clocks_side_by_side_cut_once(quarter):
    go_to(quarter, 2027, 4, 15)
    ready, troubles = threading.Barrier(2), []

    def clock():
        try:
            ready.wait(10)
            cut_quarters(quarter.services)
        except BaseException as error:
            troubles.append(error)

    clocks = [threading.Thread(target=clock) for _ in range(2)]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join(30)
    assert troubles == []
    with quarter.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(IndicatorCut)) == 4  # two quarters of two indicators


def test_a_cut_is_never_changed(quarter):
    go_to(quarter, 2027, 1, 15)
    cut_quarters(quarter.services)
    with pytest.raises(HistoryChangeError), quarter.database.transaction() as session:
        session.scalars(select(IndicatorCut)).first().results = "[]"
