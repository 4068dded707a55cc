"""``tidtam calendar`` as an operator meets it."""

from __future__ import annotations

import pytest

HALF = ("2569-12-30", "half_day", "--opens", "08:30", "--closes", "12:00", "--name", "ครึ่งวัน")


@pytest.fixture
def seeded(tidtam):
    assert tidtam("calendar", "seed", "--year", "2569").status == 0
    return tidtam


def test_a_fresh_installation_has_a_calendar(tidtam):
    assert tidtam("catalog", "load").status == 0
    assert tidtam("calendar", "list", "--json").json != []


def test_an_installation_that_has_its_units_gets_a_calendar_too(tidtam):
    tidtam("catalog", "load")
    assert "calendar: 0 days" in tidtam("catalog", "load", "--if-empty").out


def test_a_year_is_listed_in_either_era(seeded):
    listed = seeded("calendar", "list", "--year", "2569", "--json").json
    assert listed == seeded("calendar", "list", "--year", "2026", "--json").json
    assert listed[0]["day"] == "2026-01-01"
    assert "2026-06-01 Mon  holiday" in seeded("calendar", "list", "--year", "2026").out
    assert "tidtam calendar seed" in seeded("calendar", "list", "--year", "2040").out


def test_seeding_again_changes_nothing(seeded):
    assert seeded("calendar", "seed", "--year", "2026", "--year", "2569", "--json").json["changed"] == 0


def test_a_day_is_set_once(seeded):
    first = seeded("calendar", "set", *HALF, "--json").json
    again = seeded("calendar", "set", *HALF, "--json").json
    assert (first["day"], first["changed"]) == ("2026-12-30", True)
    assert again == {**first, "changed": False}
    days = {day["day"]: day for day in seeded("calendar", "list", "--year", "2026", "--json").json}
    assert days["2026-12-30"] == {
        "day": "2026-12-30",
        "kind": "half_day",
        "opens": "08:30",
        "closes": "12:00",
        "name": "ครึ่งวัน",
        "source": "operator",
        "version": first["version"],
    }


def test_a_day_set_by_hand_can_be_taken_back(seeded):
    seeded("calendar", "set", *HALF)
    seeded("calendar", "set", "30/12/2569", "ordinary")
    assert "ครึ่งวัน" not in seeded("calendar", "list", "--year", "2569").out


def test_the_clock_is_explained(seeded):
    seeded("calendar", "set", *HALF)
    told = seeded("calendar", "explain", "2026-12-30T11:50", "31/12/2569", "--json").json
    assert told["service_hours"] == "08:30-16:30"
    assert (told["service_minutes"], told["elapsed_minutes"], told["working_days"]) == (10, 730, 0)
    assert [(one["reason"], one["counted"], one["minutes"]) for one in told["stretches"]] == [
        ("service_hours", True, 10),
        ("half_day", False, 270),
        ("outside_hours", False, 450),
    ]
    assert told["stretches"][0]["from"] == told["from"] == "2026-12-30T11:50:00+07:00"
    lines = seeded("calendar", "explain", "2026-12-30T11:50", "31/12/2569").out.splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith("10 of 730 minutes count")


def test_an_earlier_version_is_explained_too(seeded):
    version = seeded("calendar", "set", *HALF, "--json").json["version"]
    span = ("2026-12-30T12:00", "2026-12-30T13:00")
    assert seeded("calendar", "explain", *span, "--json").json["service_minutes"] == 0
    assert seeded("calendar", "explain", *span, "--version", str(version - 1), "--json").json["service_minutes"] == 60


def test_without_hours_everything_counts(seeded):
    told = seeded("calendar", "explain", "2026-12-05", "2026-12-06", "--json", SERVICE_HOURS="always").json
    assert (told["service_minutes"], told["service_hours"]) == (24 * 60, "always")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("list", "--year", "26"), "not a year"),
        (("list", "--year", "ปีนี้"), "not a year"),
        (("seed", "--year", "3000"), "not a year"),
        (("set", "31/13/2569", "holiday", "--name", "x"), "cannot read 31/13/2569"),
        (("set", "2026-12-30T09:00", "holiday", "--name", "x"), "has an hour"),
        (("set", "9999-12-31", "holiday", "--name", "x"), "not a year"),
        (("set", "2026-12-30", "half_day", "--name", "x"), "needs both"),
        (("set", "2026-12-30", "half_day", "--opens", "12:00", "--closes", "08:30", "--name", "x"), "before it closes"),
        (("set", "2026-12-30", "half_day", "--opens", "8 โมง", "--closes", "08:30", "--name", "x"), "not an hour"),
        (("set", "2026-12-30", "holiday", "--opens", "08:30", "--closes", "12:00", "--name", "x"), "no hours"),
        (("set", "2026-12-30", "holiday"), "needs a --name"),
        (("explain", "yesterday", "2026-12-30"), "cannot read yesterday"),
        (("explain", "2026-12-30", "2026-12-29"), "lies before"),
        (("explain", "2026-12-30", "2026-12-30T25:00"), "cannot read"),
    ],
)
def test_bad_input_is_refused_in_one_line(tidtam, arguments, says):
    outcome = tidtam("calendar", *arguments)
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (1, "", 1)
    assert says in outcome.err


def test_an_unknown_kind_is_wrong_usage(tidtam):
    assert tidtam("calendar", "set", "2026-12-30", "fete").status == 2
