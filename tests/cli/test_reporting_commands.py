"""Commands that change indicators, as an operator and outside tools use them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.catalog import shipped_catalog_paths
from models.outbox import OutboxRow
from models.session import Database

COORDINATOR = "U" + "c1" * 16
OFFICER = "U" + "c2" * 16


@pytest.fixture
def city(tidtam):
    """The shipped catalog, a coordinator and an officer of Din Daeng."""
    tidtam("catalog", "load")
    for person, role in ((COORDINATOR, "coordinator"), (OFFICER, "officer")):
        tidtam("members", "add", "--line-user-id", person, "--name", "ผู้ทดสอบ", "--unit", "ดินแดง", "--role", role)
    return tidtam


def test_a_report_counts_and_is_late_after_its_year(city):
    told = city("indicators", "report", "8308", "--numerator", "18", "--by", COORDINATOR, "--json").json
    assert (told["fiscal_year"], told["month"], told["late"]) == (2568, "2025-09", True)
    assert (told["result"]["numerator"], told["result"]["denominator"], told["result"]["percent"]) == (18, 22, 81.82)
    assert (told["whole"]["denominator"], told["whole"]["units_reported"]) == (2004, 1)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--numerator", "999"], "22"),
        (["--numerator", "18", "--unit", "บางรัก"], "สำนักงานเขตบางรัก"),
        (["--numerator", "18", "--by", OFFICER], "role"),
        (["--numerator", "18", "--by", "U" + "00" * 16], "tidtam members add"),
        (["--numerator", "18", "--month", "2025-13"], "2025-13"),
        (["--numerator", "18", "--fiscal-year", "2560"], "2560"),
        (["--step", "2"], "8308"),
        ([], "8308"),
    ],
)
def test_impossible_reports_are_refused_in_one_line(city, options, words):
    by = [] if "--by" in options else ["--by", COORDINATOR]
    refused = city("indicators", "report", "8308", *options, *by)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert words in refused.err or words == "8308"
    assert "report_" not in refused.err


def test_a_year_is_opened_once_and_closed_by_an_act(city):
    opened = city("catalog", "open-year", "2570", "--from", "2568", "8308", "--json").json
    assert opened["opened"] == ["8308"]
    assert city("catalog", "open-year", "2570", "--from", "2568", "8308", "--json").json["opened"] == []
    assert city("catalog", "open-year", "2570", "--from", "2568", "NONE").status == 1
    assert city("catalog", "open-year", "2568", "--from", "2570").status == 1
    assert city("indicators", "close-year", "2568", "--json").json["closed"] == 2
    refused = city("indicators", "report", "8308", "--fiscal-year", "2568", "--numerator", "1", "--by", COORDINATOR)
    assert refused.status == 1
    assert "2568" in refused.err


def test_a_catalog_with_a_typing_error_loads_nothing_and_names_file_and_line(tidtam, tmp_path):
    for path in shipped_catalog_paths():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    wrong = tmp_path / "fy2568.yaml"
    lines = wrong.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if "host: SOCIAL-DEVELOPMENT" in line)
    lines[at] = lines[at].replace("host", "hots")
    wrong.write_text("\n".join(lines), encoding="utf-8")
    outcome = tidtam("catalog", "load", *(str(path) for path in sorted(Path(tmp_path).glob("*.yaml"))))
    assert outcome.status == 1
    assert f"fy2568.yaml:{at + 1}" in outcome.err
    assert tidtam("indicators", "report", "8308", "--numerator", "1", "--by", COORDINATOR).status == 1


def test_an_evaluation_needs_a_figure(city):
    assert city("indicators", "evaluate", "8308", "--percent", "92.5", "--json").json["percent"] == 92.5
    assert city("indicators", "evaluate", "8308").status == 1


def test_vouchers_are_imported_with_their_figures(city, tmp_path):
    city("catalog", "open-year", "2569", "--from", "2563", "PAY-7-DAYS")
    path = tmp_path / "vouchers.csv"
    path.write_text(
        "voucher_number,received_date,paid_date\n1,2026-08-03,2026-08-05\n2,2026-08-03,2026-09-30\n3,x,\n",
        encoding="utf-8",
    )
    report = city("vouchers", "import", str(path), "--json").json
    assert (report["added"], report["figures"], [row["row"] for row in report["rejected"]]) == (2, 1, [4])


def test_the_hosts_reviewers_hear_of_a_report(city, sqlite_url):
    reviewer = "U" + "c3" * 16
    city("members", "add", "--line-user-id", reviewer, "--name", "ผู้ทดสอบ", "--unit", "สพส.", "--role", "reviewer")
    city("indicators", "report", "8308", "--numerator", "18", "--by", COORDINATOR)
    with closing(Database(sqlite_url)) as database, database.reading() as session:
        [(recipient, messages)] = session.execute(select(OutboxRow.recipient, OutboxRow.messages))
    assert (recipient, "81.82" in messages) == (reviewer, True)
