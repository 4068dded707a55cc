"""No text that somebody wrote runs in a spreadsheet, in whichever way it takes a CSV file apart."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from messages.files import tables
from messages.files.formulas import harmless, might_run
from messages.files.tables import Heading, TooManyRows, write_csv, write_csv_lines, write_xlsx

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
EVIL = [
    *('=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1"),
    *("\u00a0=1", "\ufeff=1", "＝1", "a;=1", "a\t@x", "a\n+1", 'a";=1', '"=1', "'=1", "a; -1", "\tx", "=1,=2"),
]
TEXTS = st.text(st.sampled_from([*SIGNS, *" \t\r\n;,|\"'\u200bก๑a1"]), max_size=8)
SHEET = Heading("sheet", ["one", "two"])


def cells_as_taken_apart(path, delimiter: str) -> list[str]:
    text = path.read_bytes().decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]


def runs(cell: str) -> bool:
    return cell.strip(' \u00a0\u200b\ufeff\t\r\n"').startswith(SIGNS)


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_of_a_csv_file_begins_a_formula(tmp_path, evil):
    path = tmp_path / "table.csv"
    assert write_csv(path, Heading("sheet", [evil, "two"]), [[evil, "ปกติ"], ["ก", evil]]) == 2
    for delimiter in ",;\t":
        assert not [cell for cell in cells_as_taken_apart(path, delimiter) if runs(cell)]
    assert not any(cell.startswith(("\t", "\r")) for cell in cells_as_taken_apart(path, ","))


@pytest.mark.parametrize("evil", EVIL)
def test_lines_that_the_database_wrote_are_made_harmless_too(tmp_path, evil):
    quoted = '"' + evil.replace('"', '""') + '"'
    write_csv_lines(tmp_path / "lines.csv", SHEET, [f"1,{quoted}", '2,"ปกติ"'])
    write_csv(tmp_path / "cells.csv", SHEET, [[1, evil], [2, "ปกติ"]])
    assert cells_as_taken_apart(tmp_path / "lines.csv", ",") == cells_as_taken_apart(tmp_path / "cells.csv", ",")


@given(TEXTS)
def test_what_is_passed_over_as_harmless_is(text):
    quoted = '"' + text.replace('"', '""') + '"'
    if not might_run(f"1,{quoted},x"):
        assert harmless(text) == text


@given(TEXTS)
def test_only_apostrophes_are_added(text):
    left = iter(harmless(text))
    assert all(letter in left for letter in text)
    assert harmless(text).replace("'", "") == text.replace("'", "")
    for part in (
        harmless(text).replace(";", "\n").replace("|", "\n").replace("\t", "\n").replace("\r", "\n").split("\n")
    ):
        assert not part.strip(' \u200b"').startswith(SIGNS)


def test_ordinary_texts_stay_as_they_are():
    for text in ("กท 1902/1335 - สำเนา", "a=b", "1+1", "เขตดินแดง; เขตดุสิต", "2026-11-20T09:00:00+07:00", ""):
        assert harmless(text) == text


def test_numbers_below_zero_stay_numbers(tmp_path):
    rows = [[-5, Decimal("-0.25")], [0, None]]
    write_csv(tmp_path / "n.csv", SHEET, rows)
    assert (tmp_path / "n.csv").read_text("utf-8-sig").splitlines()[1:] == ["-5,-0.25", "0,"]
    write_xlsx(tmp_path / "n.xlsx", SHEET, rows)
    assert CalamineWorkbook.from_path(tmp_path / "n.xlsx").get_sheet_by_index(0).to_python()[1:] == [
        [-5, -0.25],
        [0, ""],
    ]


def test_every_text_of_a_sheet_is_stored_as_text(tmp_path):
    path = tmp_path / "table.xlsx"
    write_xlsx(path, Heading("sheet", ["=1+1", "two"]), [[evil, "http://example.org"] for evil in EVIL])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in archive.namelist() if "hyperlink" in name.lower()]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert sheet.count('t="inlineStr"') + sheet.count('t="s"') == 2 * (len(EVIL) + 1)


def test_a_sheet_takes_no_more_rows_than_it_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_XLSX_ROWS", 3)
    assert write_xlsx(tmp_path / "fits.xlsx", SHEET, [[1, 2]] * 3) == 3
    with pytest.raises(TooManyRows):
        write_xlsx(tmp_path / "more.xlsx", SHEET, [[1, 2]] * 4)
