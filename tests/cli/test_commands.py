"""The command line as an operator meets it: what it does, and its one line when it cannot."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.office import DISTRICT

SOMEBODY = "U" + "a" * 32
REGISTER = "number,subject,from_unit,date,stage\nกท 1902/1335,ขออนุมัติจัดจ้างซ่อมลิฟต์,สำนักงานเขตดินแดง,2026-11-02,proposed\n"


@pytest.fixture
def office_files(tidtam, tmp_path):
    assert tidtam("catalog", "load").status == 0
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def one_line(text: str) -> str:
    assert text.count("\n") == 1, text
    return text


def test_the_schema_is_upgraded_once(tidtam, tmp_path):
    fresh = {"DATABASE_URL": f"sqlite:///{tmp_path}/fresh.db"}
    assert tidtam("db", "upgrade", **fresh).out == "migrated\n"
    assert tidtam("db", "upgrade", **fresh).out == "up to date\n"


def test_a_database_without_our_tables_is_named_with_its_remedy(tidtam, tmp_path):
    outcome = tidtam("catalog", "load", DATABASE_URL=f"sqlite:///{tmp_path}/fresh.db")
    assert outcome.status == 1
    assert "tidtam db upgrade" in one_line(outcome.err)


def test_the_catalog_loads_and_loads_again(tidtam):
    first = tidtam("catalog", "load", "--json").json
    assert first["added"] > 50
    assert first["indicators"]["added"] == 17
    again = tidtam("catalog", "load", "--json").json
    assert again == {
        "added": 0,
        "updated": 0,
        "unchanged": first["added"],
        "indicators": {"added": 0, "updated": 0, "unchanged": 17},
    }
    assert tidtam("catalog", "load", "--if-empty", "--json").json["added"] == 0


def test_a_typing_error_in_a_catalog_names_file_and_line(tidtam, tmp_path):
    (tmp_path / "mine.yaml").write_text("units:\n  - code: X\n    nmae: สำนักทดสอบ\n", encoding="utf-8")
    outcome = tidtam("catalog", "load", "mine.yaml")
    assert outcome.status == 1
    assert "mine.yaml:" in outcome.err


def test_members_are_added_and_invited(tidtam, office_files):
    person = ("--line-user-id", SOMEBODY, "--name", "ผู้ทดสอบ", "--unit", "ดินแดง")
    added = tidtam("members", "add", *person, "--role", "officer", "--role", "coordinator", "--json")
    assert added.json == {"line_user_id": SOMEBODY, "unit": DISTRICT, "roles": ["coordinator", "officer"]}

    code = tidtam("members", "invite", "--unit", "ดินแดง", "--role", "officer", "--uses", "3").out.strip()
    assert len(code) == 9
    assert code[4] == "-"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("members", "invite", "--unit", "สำนักที่ไม่มี", "--role", "officer"), "no unit is called"),
        (("members", "invite", "--unit", "ดินแดง", "--role", "officer", "--uses", "0"), "uses must be"),
        (("members", "invite", "--unit", "ดินแดง", "--role", "officer", "--expires", "0d"), "expired already"),
        (
            ("members", "add", "--line-user-id", "someone", "--name", "x", "--unit", "ดินแดง", "--role", "officer"),
            "32 hexadecimal digits",
        ),
        (("documents", "show", "กท 9999/1"), "no letter has this number"),
        (("documents", "stage", "กท 9999/1", "signed"), "no letter has this number"),
        (("documents", "import", "absent.csv"), "absent.csv"),
    ],
)
def test_bad_input_is_refused_in_one_line(tidtam, office_files, arguments, says):
    outcome = tidtam(*arguments)
    assert outcome.status == 1
    assert says in one_line(outcome.err)
    assert outcome.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("members", "invite", "--unit", "ดินแดง"),
        ("members", "invite", "--unit", "ดินแดง", "--role", "boss"),
        ("members", "invite", "--unit", "ดินแดง", "--role", "officer", "--expires", "soon"),
        ("documents", "stage", "กท 1902/1335", "lost"),
        ("no-such-command",),
    ],
)
def test_wrong_usage_exits_with_two(tidtam, office_files, arguments):
    assert tidtam(*arguments).status == 2


def test_letters_are_imported_shown_and_moved(tidtam, office_files):
    first = tidtam("documents", "import", "register.csv", "--json").json
    assert first == {"added": 1, "updated": 0, "unchanged": 0, "rejected": []}
    assert tidtam("documents", "import", "register.csv", "--json").json["unchanged"] == 1

    assert tidtam("documents", "stage", "กท 1902/1335", "signed", "--note", "เรียบร้อย").status == 0
    letter = tidtam("documents", "show", "กท.๑๙๐๒/๑๓๓๕", "--json").json
    assert (letter["stage"], letter["history"][-1]["note"]) == ("signed", "เรียบร้อย")
    assert letter["history"][-1]["at"].endswith("+07:00")


def test_a_step_that_a_letter_cannot_take_is_refused(tidtam, office_files):
    tidtam("documents", "import", "register.csv")
    outcome = tidtam("documents", "stage", "กท 1902/1335", "received")
    assert outcome.status == 1
    assert "proposed" in one_line(outcome.err)


def test_rejected_rows_come_back_in_a_file(tidtam, office_files):
    (office_files / "register.csv").write_text(REGISTER + "กท 5301/77,ทดสอบ,สำนักที่ไม่มี,,\n", encoding="utf-8")
    outcome = tidtam("documents", "import", "register.csv", "--json").json
    assert outcome["added"] == 1
    assert [rejected["row"] for rejected in outcome["rejected"]] == [3]
    assert "5301/77" in (office_files / "register.rejected.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("command", ["web", "worker", "clock"])
def test_a_service_without_lines_keys_does_not_start(tidtam, command):
    outcome = tidtam(command)
    assert outcome.status == 1
    assert "LINE_CHANNEL_SECRET" in one_line(outcome.err)
    assert "LINE_CHANNEL_ACCESS_TOKEN" in outcome.err


def test_a_setting_that_cannot_be_understood_is_named(tidtam):
    outcome = tidtam("catalog", "load", SERVICE_HOURS="half past eight")
    assert outcome.status == 1
    assert "SERVICE_HOURS" in one_line(outcome.err)


def test_a_database_that_is_away_is_one_line(tidtam):
    outcome = tidtam("catalog", "load", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert outcome.status == 1
    assert "DATABASE_URL" in one_line(outcome.err)


def test_the_doctor_says_how_to_mend(tidtam):
    found = {finding["part"]: finding for finding in tidtam("doctor", "--json").json}
    assert found["settings"]["ok"] is False
    assert found["migrations"]["ok"] is True
    assert found["units"]["mend"] == "run: tidtam catalog load"
    assert found["queue"]["ok"] is True
    assert found["evidence"]["ok"] is True
    assert "members add --role secretary" in found["secretaries"]["mend"]
    assert "members add --role supervisor" in found["supervisors"]["mend"]
    assert "calendar seed" in found["calendar"]["mend"]


def test_the_doctor_finds_a_store_that_cannot_be_written_to(tidtam, tmp_path):
    (tmp_path / "evidence").write_text("a file in the way")
    found = {finding["part"]: finding for finding in tidtam("doctor", "--json", EVIDENCE_DIR="evidence").json}
    assert "write there" in found["evidence"]["mend"]


def test_the_doctor_exits_with_one_while_something_is_wrong(tidtam):
    assert tidtam("doctor").status == 1


def test_understanding_needs_no_database(tidtam, monkeypatch):
    lines = "หนังสือ กท 1902/1335 ถึงไหนแล้วคะ\n\nราคาทองวันนี้\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    outcome = tidtam("understand", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [answer["intent"] for answer in answers] == ["track_document", "unknown", "unknown"]
    assert answers[0]["slots"] == {"document_number": "กท 1902/1335"}
    assert set(answers[0]) == {"text", "intent", "slots", "confidence"}
