"""``tidtam indicators list`` and ``show``: figures as JSON numbers, what is not reported as null."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.members import Role
from models.session import Database
from tests.indicators.acting import add_person, approve, report
from tests.indicators.definitions import DRAWN, LADDER, define

DISTRICT = "สำนักงานเขตดินแดง"
OCTOBER, NOVEMBER = datetime(2026, 11, 4, 3, tzinfo=UTC), datetime(2026, 12, 4, 3, tzinfo=UTC)


@pytest.fixture
def office(tidtam, sqlite_url):
    assert tidtam("catalog", "load").status == 0
    database = Database(sqlite_url)
    define(database, DRAWN, LADDER)
    coordinator = add_person(database, DISTRICT, Role.COORDINATOR, number=1)
    reviewer = add_person(database, "สำนักพัฒนาสังคม", Role.REVIEWER, number=2)
    first = report(database, "8308", coordinator, OCTOBER, value=10, month=date(2026, 10, 1))
    report(database, "8308", coordinator, NOVEMBER, value=18, month=date(2026, 11, 1))
    approve(database, reviewer, NOVEMBER, first)
    database.close()
    return tidtam


def test_an_indicator_is_shown_with_everything_it_rests_on(office):
    shown = office("indicators", "show", "8308", "--fiscal-year", "2570", "--json").json
    assert shown["host"] == "สำนักพัฒนาสังคม"
    assert shown["measure"] == "ratio"
    assert shown["unit"] is None
    assert shown["target"] == {"value": 90, "in": "percent", "direction": "higher"}
    assert shown["reported"] == {
        "percent": 11.46,
        "value": None,
        "score": None,
        "level": None,
        "numerator": 18,
        "denominator": 157,
        "units_reported": 1,
        "units_expected": 5,
        "month": "2026-11",
    }
    assert shown["approved"]["percent"] == 6.37
    assert (shown["evaluated"], shown["planned_percent"], shown["parts"]) == (None, None, [])
    assert (shown["as_of"], shown["source"]) == ("2026-12-04T10:00:00+07:00", "chat")
    assert shown["trend"] == [{"month": "2026-10", "percent": 6.37}, {"month": "2026-11", "percent": 11.46}]
    assert len(shown["not_reported"]) == 4
    own = next(one for one in shown["units"] if one["unit"] == DISTRICT)
    assert own == {
        "unit": DISTRICT,
        "percent": 81.82,
        "value": None,
        "numerator": 18,
        "denominator": 22,
        "target": 20,
        "met": False,
    }


def test_a_day_shows_what_was_known_at_its_end(office):
    before = office("indicators", "show", "8308", "--as-of", "2026-11-04", "--unit", "ดินแดง", "--json").json
    assert (before["unit"], before["reported"]["numerator"], before["approved"]) == (DISTRICT, 10, None)
    earlier = office("indicators", "show", "8308", "--as-of", "3/11/2569", "--fiscal-year", "2570", "--json").json
    assert (earlier["reported"], earlier["state"], earlier["as_of"]) == (None, "not_reported", None)


def test_people_read_the_same(office):
    lines = office("indicators", "show", "8308", "--fiscal-year", "2570").out
    assert "reported       11.46% (18 of 157; 1 of 5 units)" in lines
    assert f"{DISTRICT}: 81.82% 18/22 target 20 not met" in lines
    assert "สำนักงานเขตบางรัก: not reported target 14" in lines


def test_a_year_is_listed(office):
    rows = office("indicators", "list", "--fiscal-year", "2570", "--json").json
    assert [(row["code"], row["units"]) for row in rows] == [("8308", 5), ("PBIS-LEVEL", 1)]
    assert rows[0]["reported"]["percent"] == 11.46
    assert rows[1]["reported"] is None
    assert "PBIS-LEVEL" in office("indicators", "list").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["NO-SUCH"], "there is no indicator NO-SUCH"),
        (["8308", "--fiscal-year", "2566"], "8308 is not defined in fiscal year 2566"),
        (["8308", "--unit", "สำนักอนามัย", "--fiscal-year", "2570"], "สำนักอนามัย takes no part in 8308"),
        (["8308", "--as-of", "yesterday"], "is not a day such as"),
    ],
)
def test_what_there_is_not_is_refused_in_a_line(office, arguments, words):
    refused = office("indicators", "show", *arguments)
    assert (refused.status, refused.out) == (1, "")
    assert words in refused.err
