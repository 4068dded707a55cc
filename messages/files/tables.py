"""Tables as files, written row by row: any number of rows takes the same memory.

What a cell holds is never taken for a formula (see ``formulas``); a number that is below zero stays a number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter

from messages.files.formulas import harmless, might_run

Cell = str | int | Decimal | None
"""A text, a number, or None for nothing."""
MOST_XLSX_ROWS = 1_048_575
"""A sheet holds 2^20 rows, the first of them is the header."""

_LINES_AT_ONCE = 1000
_HEADER_HEIGHT, _ROW_HEIGHT = 36, 20
_WIDEST = 34


class TooManyRows(Exception):
    """A sheet does not hold that many rows."""


@dataclass(frozen=True)
class Heading:
    """What stands above the rows: the sheet's name, and the columns' in their order."""

    sheet: str
    columns: Sequence[str]


def write_csv(path: Path, heading: Heading, rows: Iterable[Sequence[Cell]]) -> int:
    """Write UTF-8 with the mark that lets Excel see it; gives how many rows below the header there are."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(harmless, heading.columns))
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last one is the result
            writer.writerow(map(_as_text, row))
    return count


def write_csv_lines(path: Path, heading: Heading, lines: Iterable[str]) -> int:
    """The same of rows that are lines of CSV already, without their ends and not made harmless."""
    left, count = iter(lines), write_csv(path, heading, [])
    with path.open("a", encoding="utf-8", newline="") as file:
        while some := list(islice(left, _LINES_AT_ONCE)):
            count += len(some)
            if might_run("\n".join(some)):
                csv.writer(file).writerows(map(_harmless_row, some))
            else:
                file.write("\r\n".join([*some, ""]))
    return count


def write_xlsx(path: Path, heading: Heading, rows: Iterable[Sequence[Cell]]) -> int:
    """Write one sheet with a header that stays in sight; gives how many rows below it there are.

    Raises:
        TooManyRows: before the first row too many is written.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(heading.sheet)
        sheet.set_default_row(_ROW_HEIGHT)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, _HEADER_HEIGHT, book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"}))
        for column, name in enumerate(heading.columns):
            sheet.set_column(column, column, min(_WIDEST, max(12, len(name) + 2)))
            sheet.write_string(0, column, name)
        for count, row in enumerate(_that_fit(rows), 1):
            _write_row(sheet, count, row)
        sheet.autofilter(0, 0, count, len(heading.columns) - 1)
    return count


def _that_fit(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    for count, row in enumerate(rows):
        if count == MOST_XLSX_ROWS:
            raise TooManyRows
        yield row


def _write_row(sheet: Any, place: int, row: Sequence[Cell]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(place, column, cell)
        elif cell is not None:
            sheet.write_number(place, column, cell)


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _harmless_row(line: str) -> list[str]:
    return [harmless(cell) for cell in next(csv.reader([line]))]
