"""``tidtam summary preview``: what anyone would be told, as values and as messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.members import Role
from models.session import Database
from tests.indicators.acting import add_person, report

DISTRICT, HOST = "สำนักงานเขตดินแดง", "สำนักพัฒนาสังคม"


@pytest.fixture
def office(tidtam, sqlite_url):
    assert tidtam("catalog", "load").status == 0
    database = Database(sqlite_url)
    add_person(database, DISTRICT, Role.MANAGER, number=1)
    add_person(database, DISTRICT, Role.OFFICER, number=2)
    database.close()
    return tidtam


def test_without_a_unit_it_is_what_a_manager_of_the_city_reads(office):
    told = office("summary", "preview", "--period", "month", "--json").json
    assert (told["period"], told["unit"], told["parts"]) == ("month", None, ["overview", "service"])
    assert told["service"]["figures"]["requests"] == 0
    assert told["service"]["figures"]["answered_in_time"]["people_percent"] is None
    assert "ทุกหน่วยงาน" in told["messages"][0].get("altText", told["messages"][0].get("text"))


def test_an_indicators_figure_is_that_of_indicators_show(office, sqlite_url):
    database = Database(sqlite_url)
    coordinator = add_person(database, DISTRICT, Role.COORDINATOR, number=3)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    office("catalog", "open-year", str((yesterday + timedelta(hours=7)).year + 543 + (yesterday.month >= 10)))
    report(database, "8308", coordinator, datetime.now(UTC), numerator=18)
    database.close()
    told = office("summary", "preview", "--period", "day", "--unit", HOST, "--json").json
    moved = next(line for line in told["lines"] if line["matter"] == "moved")
    shown = office("indicators", "show", "8308", "--json").json
    assert moved["after"] == shown["reported"]["percent"] is not None


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (("--role", "supervisor"), ["service"]),
        (("--role", "reviewer", "--unit", HOST), ["indicators"]),
        (("--role", "coordinator", "--unit", "ดินแดง"), ["due"]),
        (("--person", f"U{1:032x}"), ["overview", "service"]),
        (("--unit", "ดินแดง"), ["overview", "service"]),
    ],
)
def test_anyones_can_be_looked_at(office, options, parts):
    shown = office("summary", "preview", "--period", "week", *options)
    assert shown.status == 0 and shown.out.strip()
    assert office("summary", "preview", "--period", "week", *options, "--json").json["parts"] == parts


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--unit", "สำนักไม่มีอยู่จริง"), "no unit is called"),
        (("--role", "coordinator"), "name it with --unit"),
        (("--person", f"U{2:032x}"), "has no role that is told summaries"),
        (("--person", f"U{9:032x}"), "is not registered"),
        (("--on", "2999-01-31"), "still to come"),
        (("--on", "someday"), "is not a day"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_line(office, options, complaint):
    refused = office("summary", "preview", "--period", "week", *options)
    assert refused.status == 1
    assert complaint in refused.err and refused.err.count("\n") == 1


def test_a_week_gone_by_is_named_by_its_days(office):
    told = office("summary", "preview", "--period", "week", "--on", "2026-10-07", "--json").json
    assert (told["from"], told["to"]) == ("2026-10-05", "2026-10-11")
