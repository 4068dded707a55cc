"""Tables as files, written row by row: any number of rows takes the same memory.

What a cell holds is never taken for a formula: spreadsheets run a text that begins like one (``=``, ``+``, ``-``,
``@``) when they open a CSV file, so an apostrophe goes before it there; in XLSX a text is stored as text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

Cell = str | int | None
MOST_XLSX_ROWS = 1_048_575
"""A sheet holds 2^20 rows, the first of them is the header."""

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_HEADER_HEIGHT, _ROW_HEIGHT = 36, 20
_WIDEST = 34


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write UTF-8 with the mark that lets Excel see it; gives how many rows below the header there are."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last one is the result
            writer.writerow([_as_text(cell) for cell in row])
    return count


def write_xlsx(path: Path, sheet_name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write one sheet with a header that stays in sight; gives how many rows below it there are."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(sheet_name)
        sheet.set_default_row(_ROW_HEIGHT)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, _HEADER_HEIGHT, book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"}))
        for column, name in enumerate(header):
            sheet.set_column(column, column, min(_WIDEST, max(12, len(name) + 2)))
            sheet.write_string(0, column, name)
        for count, row in enumerate(rows, 1):
            _write_row(sheet, count, row)
        sheet.autofilter(0, 0, count, len(header) - 1)
    return count


def _write_row(sheet: Any, place: int, row: Sequence[Cell]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(place, column, cell)
        elif cell:
            sheet.write_string(place, column, cell)


def _as_text(cell: Cell) -> str:
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
