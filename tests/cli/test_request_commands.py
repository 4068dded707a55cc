"""``tidtam requests`` and ``tidtam kpi`` as an operator meets them."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from models.session import Database
from tests.service_indicator.histories import ASKERS, OFFICER, History
from tests.service_indicator.plain import LATE, indicator, same_figures, standing
from tests.support import FakeClock

CONTRACT = {
    *("request", "document_number", "asked_by", "unit", "asked_at", "received_at", "acknowledged_at"),
    *("acknowledged_by", "answered_at", "answered_by", "handled_by", "late", "elapsed_minutes", "service_minutes"),
    "rating",
}
OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")


@pytest.fixture
def history(sqlite_url, monkeypatch):
    """An office with two months behind it; the commands run at its own time."""
    database = Database(sqlite_url)
    history = History(database, 7)
    history.goes_on(160)
    for module in ("bot.cli_requests", "bot.cli_kpi", "bot.cli_export"):
        monkeypatch.setattr(f"{module}.SystemClock", lambda: FakeClock(history.now))
    yield history
    database.close()


def test_requests_are_listed_newest_first_under_the_contract_s_names(tidtam, history):
    listed = tidtam("requests", "list", "--json").json
    assert len(listed) == len(history.log()) > 20
    assert all(set(row) >= CONTRACT for row in listed)
    assert [row["asked_at"] for row in listed] == sorted((row["asked_at"] for row in listed), reverse=True)
    assert all(row["asked_at"].endswith("+07:00") for row in listed)
    assert {row["asked_by"] for row in listed} <= set(ASKERS)
    by_machine = [row for row in listed if row["handled_by"] == "machine" and row["answered_at"]]
    assert by_machine
    assert {(row["acknowledged_by"], row["answered_by"]) for row in by_machine} == {("machine", "machine")}
    by_officers = [row for row in listed if row["handled_by"] == "human" and row["answered_at"]]
    assert {row["answered_by"] for row in by_officers} == {OFFICER}
    for row in listed:
        assert (row["elapsed_minutes"]["answer"] is None) == (row["answered_at"] is None)
        assert set(row["elapsed_minutes"]) == set(row["service_minutes"]) == {"acknowledge", "answer"}


def test_what_is_late_is_what_the_plain_count_says(tidtam, history):
    rows = {row["asked_at"] + row["asked_by"]: row for row in history.log()}
    listed = tidtam("requests", "list", "--json").json
    for row in listed:
        plain = rows[row["asked_at"] + row["asked_by"]]
        late = [part for part in ("acknowledge", "answer") if standing(plain, part, "service") == LATE]
        assert row["late"] == late
    for clock, name in (("service", "late"), ("elapsed", "late_elapsed")):
        only_late = tidtam("requests", "list", "--late", "--clock", clock, "--json").json
        assert [row["request"] for row in only_late] == [row["request"] for row in listed if row[name]]


def test_lists_are_narrowed_by_day_and_to_what_is_open(tidtam, history):
    listed = tidtam("requests", "list", "--json").json
    some_day = listed[len(listed) // 2]["asked_at"][:10]
    on_day = tidtam("requests", "list", "--from", some_day, "--to", some_day, "--json").json
    assert on_day == [row for row in listed if row["asked_at"][:10] == some_day]
    opened = tidtam("requests", "list", "--open", "--json").json
    assert opened == [row for row in listed if row["state"] in ("open", "acknowledged")]
    assert len(tidtam("requests", "list").out.splitlines()) == len(listed)


def test_a_request_is_shown_with_its_history(tidtam, history):
    number = tidtam("requests", "list", "--json").json[0]["request"]
    told = tidtam("requests", "show", str(number), "--json").json
    assert told["history"][0]["kind"] == "asked"
    assert set(told["history"][0]) >= {"at", "received_at", "recorded_at", "by"}
    assert f"#{number}" in tidtam("requests", "show", str(number)).out
    missing = tidtam("requests", "show", "999")
    assert (missing.status, missing.err) == (1, "tidtam: there is no request #999; see: tidtam requests list\n")


def test_every_request_can_be_explained_and_the_stretches_add_up(tidtam, history):
    for row in tidtam("requests", "list", "--json").json:
        told = tidtam("requests", "explain", str(row["request"]), "--json").json
        stretches = told["stretches"]
        for before, after in itertools.pairwise(stretches):
            assert before["to"] == after["from"]
        counted = sum(stretch["minutes"] for stretch in stretches if stretch["counted"])
        assert stretches == [] or abs(stretches[-1]["service_minutes"] - counted) < 0.01 * len(stretches)
        for part in ("acknowledge", "answer"):
            assert (told["parts"][part]["verdict"] == "late") == (part in row["late"])
            for clock in ("service_minutes", "elapsed_minutes"):
                if row[clock][part] is not None:
                    assert told["parts"][part][clock] == row[clock][part]


def test_an_explanation_can_go_minute_by_minute(tidtam, history):
    rows = tidtam("requests", "list", "--json").json
    number = next(row["request"] for row in rows if row["answered_at"] and 3 < row["elapsed_minutes"]["answer"] < 600)
    told = tidtam("requests", "explain", str(number), "--minutes", "--json").json
    assert [minute["minute"] for minute in told["minutes"]] == list(range(1, len(told["minutes"]) + 1))
    assert told["minutes"][-1]["service_minutes"] == told["parts"]["answer"]["service_minutes"]
    lines = tidtam("requests", "explain", str(number), "--minutes").out.splitlines()
    assert len(lines) > len(told["minutes"])
    assert lines[-1].startswith("answer: within 30 min")


@pytest.mark.parametrize("clock", ["service", "elapsed"])
def test_the_indicator_is_what_the_plain_count_says(tidtam, history, clock):
    told = tidtam("kpi", "service", *OCTOBER, "--clock", clock, "--json").json
    assert same_figures(told, indicator(history.log(), first="2026-10-01", last="2026-10-31", clock=clock))
    assert told["other_clock"]["clock"] != clock
    assert told["cut"] is None


def test_the_headline_goes_by_the_office_s_hours(tidtam, history):
    assert tidtam("kpi", "service", "--json").json["clock"] == "service"
    assert tidtam("kpi", "service", "--json", SERVICE_HOURS="always").json["clock"] == "elapsed"


def test_the_indicator_can_be_read_at_a_terminal(tidtam, history):
    told = tidtam("kpi", "service", *OCTOBER).out
    for words in ("users", "acknowledged in time", "answered in time", "satisfied", "target 80", "by the other clock"):
        assert words in told


def test_a_month_is_cut_once_and_never_silently(tidtam, history):
    early = tidtam("kpi", "cut", "2026-10") if history.now < datetime(2026, 10, 31, 17, tzinfo=UTC) else None
    assert early is None or (early.status, "is not over yet" in early.err) == (1, True)
    history.now = max(history.now, datetime(2026, 11, 3, tzinfo=UTC))
    before = tidtam("kpi", "service", *OCTOBER, "--json").json
    assert tidtam("kpi", "corrections", "2026-10").status == 1
    assert tidtam("kpi", "cut", "2569-10", "--json").json["month"] == "2026-10"
    assert "cut already" in tidtam("kpi", "cut", "2026-10").err
    history.now += timedelta(minutes=1)
    history.goes_on(60)

    told = tidtam("kpi", "service", *OCTOBER, "--json").json
    assert {name: told["cut"]["figures"][name] for name in before if name in told["cut"]["figures"]} == {
        name: value for name, value in before.items() if name not in ("other_clock", "cut")
    }
    corrections = tidtam("kpi", "corrections", "2026-10", "--json").json
    assert told["cut"]["corrections"] == len(corrections) > 0
    assert "corrections since" in tidtam("kpi", "service", *OCTOBER).out
    listed = {row["request"] for row in tidtam("requests", "list", *OCTOBER, "--json").json}
    assert {correction["request"] for correction in corrections} <= listed
    assert len(tidtam("kpi", "corrections", "2026-10").out.splitlines()) == len(corrections) + 1


def test_facts_are_rebuilt_and_nothing_changes(tidtam, history):
    history.is_counted()
    before = tidtam("kpi", "service", *OCTOBER, "--json").json
    told = tidtam("kpi", "rebuild", "--json").json
    assert told["counted"] >= told["forgotten"] > 0
    assert tidtam("kpi", "service", *OCTOBER, "--json").json == before


def test_the_log_is_exported(tidtam, history, tmp_path):
    told = tidtam("export", "service-log", *OCTOBER, "--out", "log.xlsx", "--json").json
    assert told == {"file": "log.xlsx", "requests": len(tidtam("requests", "list", *OCTOBER, "--json").json)}
    assert (tmp_path / "log.xlsx").read_bytes().startswith(b"PK")
    assert tidtam("export", "service-log", *OCTOBER, "--out", "log.csv", "--thai").status == 0
    assert "เวลาที่ถาม" in (tmp_path / "log.csv").read_text(encoding="utf-8-sig").splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("kpi", "service", "--from", "2026-10-02", "--to", "2026-10-01"), "runs backwards"),
        (("kpi", "service", "--from", "yesterday"), "is not a day"),
        (("kpi", "cut", "2026-13"), "is not a month"),
        (("requests", "list", "--from", "2026-10-02", "--to", "2026-10-01"), "runs backwards"),
        (("export", "service-log", *OCTOBER, "--out", "log.pdf"), "must end in .csv or .xlsx"),
        (("export", "service-log", *OCTOBER, "--out", "nowhere/log.csv"), "there is no folder nowhere"),
        (("export", "service-log", "--from", "2026-10-02", "--to", "2026-10-01", "--out", "a.csv"), "runs backwards"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tidtam, history, arguments, words):
    refused = tidtam(*arguments)
    assert refused.status == 1
    assert words in refused.err
    assert refused.err.count("\n") == 1
