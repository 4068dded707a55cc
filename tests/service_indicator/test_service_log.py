"""The exported log alone gives the printed indicator, in every kind of file, and runs nobody's formulas."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from bot.exporting_service_log import export_service_log
from messages.files.formulas import harmless
from messages.files.service_log import COLUMNS
from models.counting import calendar_loader
from models.errors import Invalid
from models.requests import ClockKind, TrackingRequest
from models.service_figures import read_figures
from tests.service_indicator.histories import History
from tests.service_indicator.plain import indicator, same_figures

FIRST, LAST = date(2026, 10, 1), date(2026, 11, 10)


@pytest.fixture
def history(database):
    history = History(database, 21)
    history.goes_on(220)
    history.is_counted()
    return history


def read_csv(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def read_xlsx(path) -> list[dict[str, str]]:
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [dict(zip(header, map(_text, row), strict=True)) for row in rows]


def _text(cell) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize(("name", "read"), [("log.csv", read_csv), ("log.xlsx", read_xlsx)])
def test_the_indicator_is_reckoned_again_from_the_file_alone(history, tmp_path, name, read):
    path = tmp_path / name
    written = export_service_log(history.database, path, FIRST, LAST, now=history.now)
    rows = read(path)
    assert len(rows) == written > 30
    assert list(rows[0]) == list(COLUMNS)
    with history.database.reading(snapshot=True) as session:
        printed = read_figures(session, FIRST, LAST, now=history.now, calendars=calendar_loader(session))
    for clock in ClockKind:
        plain = indicator(rows, first=FIRST.isoformat(), last=LAST.isoformat(), clock=clock.value)
        assert same_figures(printed[clock].as_json(), plain)


def test_the_file_says_itself_how_each_request_stands(history, tmp_path):
    export_service_log(history.database, tmp_path / "log.csv", FIRST, LAST, now=history.now)
    by_hand = [row for row in history.log() if FIRST.isoformat() <= row["asked_at"][:10] <= LAST.isoformat()]
    exported = read_csv(tmp_path / "log.csv")
    key = ("asked_at", "asked_by", "acknowledge_due_at", "answer_due_at", "rating", "answered_at")
    assert sorted(tuple(row[name] for name in key) for row in exported) == sorted(
        tuple(row[name] for name in key) for row in by_hand
    )
    for row in exported:
        for name in COLUMNS:
            if name.endswith("_at") and row[name]:
                at = datetime.fromisoformat(row[name])
                assert (at.utcoffset(), row[name][19]) == (timedelta(hours=7), ".")


def test_both_kinds_of_file_say_the_same(history, tmp_path):
    for name in ("log.csv", "log.xlsx"):
        export_service_log(history.database, tmp_path / name, FIRST, LAST, now=history.now)
    assert read_csv(tmp_path / "log.csv") == read_xlsx(tmp_path / "log.xlsx")


def test_headers_come_in_thai_too(history, tmp_path):
    export_service_log(history.database, tmp_path / "log.csv", FIRST, LAST, now=history.now, thai=True)
    raw = (tmp_path / "log.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert list(read_csv(tmp_path / "log.csv")[0]) == list(COLUMNS.values())


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(1)", "\t=1"])
def test_a_number_that_looks_like_a_formula_stays_text(history, tmp_path, evil):
    with history.database.transaction() as session:
        session.execute(update(TrackingRequest).values(asked_number=evil, document_id=None))
    for name in ("log.csv", "log.xlsx"):
        export_service_log(history.database, tmp_path / name, FIRST, LAST, now=history.now)
    assert {row["document_number"] for row in read_csv(tmp_path / "log.csv")} == {harmless(evil)}
    assert {row["document_number"].strip() for row in read_xlsx(tmp_path / "log.xlsx")} == {evil.strip()}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("log.pdf", "export_kind_unknown"),
        ("log", "export_kind_unknown"),
        ("missing/log.csv", "export_folder_missing"),
        ("folder.csv", "export_not_written"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(database, tmp_path, name, reason):
    folder = tmp_path / "files"
    (folder / "folder.csv").mkdir(parents=True)
    before = sorted(folder.rglob("*"))
    with pytest.raises(Invalid) as refused:
        export_service_log(database, folder / name, FIRST, LAST, now=datetime(2026, 11, 1, tzinfo=UTC))
    assert refused.value.reason_code == reason
    assert sorted(folder.rglob("*")) == before


def test_an_empty_period_gives_a_header_alone(database, tmp_path):
    for name, read in (("log.csv", read_csv), ("log.xlsx", read_xlsx)):
        path = tmp_path / name
        assert export_service_log(database, path, FIRST, LAST, now=datetime(2026, 11, 1, tzinfo=UTC)) == 0
        assert read(path) == []
