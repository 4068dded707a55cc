"""``tidtam indicators cuts`` and ``corrections``: what was kept of a quarter, and what came after."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.indicator_cuts import cut_quarter
from models.indicators import get_indicator
from models.members import Role
from models.session import Database
from tests.indicators.acting import add_person, approve, report
from tests.indicators.definitions import DRAWN, define

DISTRICT = "สำนักงานเขตดินแดง"
DECEMBER, CUT, LATER, LAST = (datetime(2027, 1, day, 3, tzinfo=UTC) for day in (4, 15, 20, 21))


@pytest.fixture
def quarter(tidtam, sqlite_url):
    """8308 of FY2570, cut with one report that waits; approved and corrected afterwards."""
    assert tidtam("catalog", "load").status == 0
    database = Database(sqlite_url)
    define(database, DRAWN)
    coordinator = add_person(database, DISTRICT, Role.COORDINATOR, number=1)
    reviewer = add_person(database, "สำนักพัฒนาสังคม", Role.REVIEWER, number=2)
    first = report(database, "8308", coordinator, DECEMBER, value=10, month=date(2026, 12, 1))
    with database.transaction() as session:
        cut_quarter(session, get_indicator(session, "8308", date(2027, 1, 1)), 1, CUT)
    approve(database, reviewer, LATER, first)
    report(database, "8308", coordinator, LAST, value=18, month=date(2026, 12, 1))
    database.close()
    return tidtam


def test_a_cut_is_shown_as_it_was_with_how_much_came_since(quarter):
    (cut,) = quarter("indicators", "cuts", "8308", "--fiscal-year", "2570", "--json").json
    assert (cut["quarter"], cut["cut_at"], cut["corrections"]) == (1, "2027-01-15T10:00:00+07:00", 2)
    assert (cut["reported"]["numerator"], cut["reported"]["percent"], cut["reported"]["units_reported"]) == (
        10,
        6.37,
        1,
    )
    assert cut["approved"]["numerator"] is None
    own = next(one for one in cut["units"] if one["unit"] == DISTRICT)
    assert own["reported"]["denominator"] == 22
    told = quarter("indicators", "cuts", "8308", "--fiscal-year", "2570").out
    assert "quarter 1  2027-01-15T10:00:00+07:00  reported 6.37% of 1 units, approved nothing; 2 corrections" in told


def test_corrections_are_listed_oldest_first(quarter):
    options = ("--quarter", "1", "--fiscal-year", "2570")
    decided, reported = quarter("indicators", "corrections", "8308", *options, "--json").json
    assert (decided["kind"], decided["decision"], decided["numerator"]) == ("decision", "approved", 10)
    assert decided["at"] == "2027-01-20T10:00:00+07:00"
    assert (reported["kind"], reported["decision"], reported["numerator"]) == ("report", None, 18)
    assert (reported["unit"], reported["month"]) == (DISTRICT, "2026-12")
    told = quarter("indicators", "corrections", "8308", *options).out.splitlines()
    assert told[0].endswith("was cut 2027-01-15T10:00:00+07:00; 2 since")
    assert told[2].endswith("สำนักงานเขตดินแดง 2026-12: numerator 18 denominator 22  waits")


def test_what_is_not_cut_is_said(quarter):
    refused = quarter("indicators", "corrections", "8308", "--quarter", "2", "--fiscal-year", "2570")
    assert (refused.status, refused.err) == (
        1,
        "tidtam: quarter 2 of 8308 FY2570 is not cut yet; see: tidtam indicators cuts 8308\n",
    )
    assert "no quarter is cut yet" in quarter("indicators", "cuts", "8308", "--fiscal-year", "2568").out
    assert quarter("indicators", "cuts", "8308", "--fiscal-year", "2568", "--json").json == []
    assert quarter("indicators", "corrections", "8308", "--quarter", "5").status == 2
