"""``tidtam export``: what the files say is what the screen says, and letters above ordinary secrecy are not there."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import insert

from models.document_numbers import parse_document_number
from models.documents import Document, DocumentEvent, DocumentReceipt, Secrecy, Stage, Urgency
from models.members import Role
from models.session import Database
from models.units import get_unit
from tests.indicators.acting import add_person, approve, report
from tests.indicators.definitions import DRAWN, LADDER, define

DISTRICT = "สำนักงานเขตดินแดง"
OCTOBER, NOVEMBER = datetime(2026, 11, 4, 3, tzinfo=UTC), datetime(2026, 12, 4, 3, tzinfo=UTC)
YEAR = ("--fiscal-year", "2570")


@pytest.fixture
def database(sqlite_url):
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def office(tidtam, database):
    assert tidtam("catalog", "load").status == 0
    define(database, DRAWN, LADDER)
    coordinator = add_person(database, DISTRICT, Role.COORDINATOR, number=1)
    reviewer = add_person(database, "สำนักพัฒนาสังคม", Role.REVIEWER, number=2)
    first = report(database, "8308", coordinator, OCTOBER, value=10, month=date(2026, 10, 1))
    report(database, "8308", coordinator, NOVEMBER, value=18, month=date(2026, 11, 1), note="=1+1")
    approve(database, reviewer, NOVEMBER, first)
    return tidtam


def read(path: Path | str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(path).read_bytes().decode("utf-8-sig"), newline="")))


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def test_indicators_in_the_file_are_those_on_the_screen(office):
    told = office("export", "indicators", *YEAR, "--out", "indicators.csv", "--json").json
    rows = read("indicators.csv")
    assert told == {"file": "indicators.csv", "rows": len(rows)}
    assert {row["code"] for row in rows} >= {"8308", "PBIS-LEVEL"}
    for code in ("8308", "PBIS-LEVEL"):
        shown = office("indicators", "show", code, *YEAR, "--json").json
        units = [(None, shown)] + [
            (one["unit"], office("indicators", "show", code, *YEAR, "--unit", one["unit"], "--json").json)
            for one in shown["units"]
        ]
        for unit, card in units:
            row = next(one for one in rows if (one["code"], one["unit"] or None) == (code, unit))
            for standing in ("reported", "approved"):
                for name in ("percent", "value", "level", "score", "numerator", "denominator"):
                    expected = card[standing][name] if card[standing] else None
                    assert number(row[f"{standing}_{name}"]) == expected
            assert (row["state"], row["as_of"] or None, row["source"] or None) == (
                card["state"],
                card["as_of"],
                card["source"],
            )
            assert number(row["planned_percent"]) == card["planned_percent"]
            assert (row["host"], number(row["target"])) == (card["host"], card["target"]["value"])


def test_policy_tracking_holds_the_approved_figures_of_the_screen(office):
    assert office("export", "policy-tracking", *YEAR, "--out", "p.csv").status == 0
    rows = read("p.csv")
    approved = [row for row in rows if row["result"]]
    shown = office("indicators", "show", "8308", *YEAR, "--unit", DISTRICT, "--json").json["approved"]
    assert [(row["code"], row["unit"], row["period begins"]) for row in approved] == [("8308", DISTRICT, "01/10/2569")]
    assert (float(approved[0]["numerator"]), float(approved[0]["denominator"])) == (
        shown["numerator"],
        shown["denominator"],
    )
    assert float(approved[0]["result"]) == shown["percent"]
    assert approved[0]["approved by"] == "สำนักพัฒนาสังคม"
    waiting = next(row for row in rows if (row["unit"], row["period begins"]) == (DISTRICT, "01/11/2569"))
    assert (waiting["status"], waiting["numerator"], waiting["result"]) == ("waits for approval", "", "")
    assert (waiting["evidence"], waiting["evidence links (7 days)"]) == ("", "")


def test_an_office_s_own_mapping_in_thai_as_a_sheet(office, tmp_path):
    (tmp_path / "own.yaml").write_text(
        "sheet_thai: ผลงาน\n"
        "columns:\n"
        "  - {header: =code, header_thai: รหัส, field: code, format: thai-digits}\n"
        "  - {header: status, header_thai: สถานะ, field: status}\n"
        "  - {header: r, header_thai: ผล, field: result, format: digits-1}\n"
    )
    told = office("export", "policy-tracking", *YEAR, "--mapping", "own.yaml", "--out", "p.xlsx", "--thai", "--json")
    book = CalamineWorkbook.from_path(tmp_path / "p.xlsx")
    header, *rows = book.get_sheet_by_name("ผลงาน").to_python()
    assert (header, len(rows)) == (["รหัส", "สถานะ", "ผล"], told.json["rows"])
    assert ["๘๓๐๘", "อนุมัติแล้ว", 45.5] in rows
    assert {row[1] for row in rows} >= {"อนุมัติแล้ว", "รออนุมัติ"}
    office("export", "policy-tracking", *YEAR, "--mapping", "own.yaml", "--out", "p.csv")
    assert next(iter(read("p.csv")[0])) == "'=code"


def test_links_to_evidence_open_for_seven_days(office, database):
    from itsdangerous import URLSafeSerializer

    from models.evidence import NewEvidence, attach_to_report, hold_file, record_evidence

    with database.transaction() as session:
        new = NewEvidence(hold_file(session.connection(), "ab" * 32, OCTOBER), 10, "image/jpeg", None, "m1")
        unit = get_unit(session, DISTRICT).id
        item = record_evidence(session, new, member_id=1, unit_id=unit, received_at=OCTOBER, now=OCTOBER)
        attach_to_report(session, [item.id], 1)
    settings = {"SECRET_KEY": "k" * 40, "PUBLIC_URL": "https://tidtam.example.org"}
    before = datetime.now(UTC).timestamp()
    assert office("export", "policy-tracking", *YEAR, "--out", "p.csv", **settings).status == 0
    row = next(row for row in read("p.csv") if row["evidence"])
    assert row["evidence"] == f"#{item.id} image/jpeg sha256:abababababab"
    address, token = row["evidence links (7 days)"].rsplit("/", 1)
    assert address == "https://tidtam.example.org/evidence"
    _, payload = URLSafeSerializer("k" * 40, "evidence").loads_unsafe(token)
    assert payload[0] == item.id
    assert 0 <= payload[1] - int(before) - 7 * 24 * 3600 < 600


def add_letter(session, number: str, secrecy: Secrecy, subject: str, on: date) -> int:
    at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    parsed = parse_document_number(number)
    values = {"number_raw": number, "number": parsed.canonical, "number_key": parsed.key}
    values |= {
        "number_without_agency_key": parsed.key_without_agency,
        "dated_on": on,
        "document_date": on,
        "urgency": Urgency.URGENT,
        "secrecy": secrecy,
    }
    values |= {"stage": Stage.SIGNED, "stage_since": at, "latest_event_at": at, "created_at": at, "subject": subject}
    values |= {"from_unit_id": get_unit(session, DISTRICT).id, "addressee": "ปลัดกรุงเทพมหานคร"}
    letter = session.execute(insert(Document).values(values)).inserted_primary_key[0]
    receipt = {"receive_number": "4521", "receive_year": 2026, "received_at": at}
    session.execute(insert(DocumentReceipt).values(document_id=letter, **receipt))
    for before, after, note in ((None, Stage.RECEIVED, None), (Stage.RECEIVED, Stage.SIGNED, "@note")):
        event = {"at": at, "recorded_at": at, "from_stage": before, "to_stage": after, "note": note}
        session.execute(insert(DocumentEvent).values(document_id=letter, recorded_by="cli", **event))
    return letter


def test_documents_are_those_of_ordinary_secrecy_alone(office, database):
    with database.transaction() as session:
        add_letter(session, "กท 1902/1", Secrecy.NORMAL, "=HYPERLINK(1)", date(2026, 11, 2))
        add_letter(session, "กท 1902/2", Secrecy.NORMAL, "ขออนุมัติ", date(2026, 11, 20))
        for place, secrecy in enumerate(Secrecy):
            if secrecy is not Secrecy.NORMAL:
                add_letter(session, f"กท 7777/{place}", secrecy, "ลับเฉพาะ", date(2026, 11, 3))
    told = office("export", "documents", "--out", "d.csv", "--json")
    rows = read("d.csv")
    assert told.json == {"file": "d.csv", "rows": 2}
    assert [row["number"] for row in rows] == ["กท 1902/1", "กท 1902/2"]
    text = Path("d.csv").read_text(encoding="utf-8-sig")
    assert "7777" not in text
    assert "ลับ" not in text
    assert (rows[0]["subject"], rows[0]["last_event_note"]) == ("'=HYPERLINK(1)", "'@note")
    shown = office("documents", "show", "กท 1902/2", "--json").json
    row = rows[1]
    for name in ("number", "date", "subject", "from_unit", "addressee", "urgency", "stage", "stage_since"):
        assert row[name] == shown[name]
    assert (row["receive_numbers"], int(row["document"])) == (", ".join(shown["receive_numbers"]), shown["id"])
    assert (row["last_event_at"], row["last_event_note"]) == (shown["history"][-1]["at"], "'@note")
    one = office("export", "documents", "--from", "2026-11-03", "--to", "30/11/2569", "--out", "d.xlsx", "--thai")
    assert one.out == "1 rows written to d.xlsx\n"
    header, only = CalamineWorkbook.from_path("d.xlsx").get_sheet_by_index(0).to_python()
    assert ("เลขที่หนังสือ" in header, "ลงนาม/สั่งการแล้ว" in only, "ด่วน" in only) == (True, True, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("indicators", *YEAR, "--out", "a.pdf"), "must end in .csv or .xlsx"),
        (("indicators", *YEAR, "--out", "nowhere/a.csv"), "there is no folder nowhere"),
        (("indicators", "--fiscal-year", "2026", "--out", "a.csv"), "no indicator is defined in fiscal year 2026"),
        (("policy-tracking", "--fiscal-year", "2026", "--out", "a.csv"), "no indicator is defined in fiscal year 2026"),
        (("policy-tracking", *YEAR, "--mapping", "no.yaml", "--out", "a.csv"), "no.yaml: there is no such file"),
        (("policy-tracking", *YEAR, "--mapping", "bad.yaml", "--out", "a.csv"), "bad.yaml:2: unknown field cod; did"),
        (("documents", "--from", "2026-11-03", "--to", "2026-11-01", "--out", "a.csv"), "runs backwards"),
        (("documents", "--from", "soon", "--out", "a.csv"), "soon is not a day"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_leaves_no_file(office, tmp_path, arguments, words):
    (tmp_path / "bad.yaml").write_text("columns:\n  - {header: a, header_thai: ก, field: cod}\n")
    before = sorted(tmp_path.glob("**/*.*"))
    refused = office("export", *arguments)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert words in refused.err
    assert [path for path in sorted(tmp_path.glob("**/*.*")) if not re.search(r"\.db(-\w+)?$", path.name)] == [
        path for path in before if not re.search(r"\.db(-\w+)?$", path.name)
    ]
