"""Tables of figures, a row for each unit: which rows can be reported, and why the others cannot.

A table comes pasted into the chat or as a file; both are ``SaidGrid`` here. Good rows count though others are bad.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from models.columns import Columns
from models.errors import Invalid, Refused
from models.indicator_terms import Figure
from models.reporting import FIGURES, Line
from models.written_dates import parse_written_moment

NumberedRow: TypeAlias = tuple[int, Sequence[str | None]]

MOST_ROWS = 300
"""There are fewer units; a longer table is another kind of file."""

COLUMNS = Columns(
    {
        "unit": ("หน่วยงาน", "เขต", "สำนักงานเขต", "ชื่อหน่วยงาน", "unit", "district"),
        "indicator": ("ตัวชี้วัด", "รหัส", "รหัสตัวชี้วัด", "code"),
        "month": ("เดือน",),
        "numerator": ("จำนวน", "ผล", "ผลงาน", "ทำได้", "ตัวตั้ง", "ผลการดำเนินงาน"),
        "denominator": ("ทั้งหมด", "จำนวนทั้งหมด", "ตัวหาร"),
        "value": ("คะแนน", "ค่า", "score"),
        "percent": ("ร้อยละ", "เปอร์เซ็นต์", "%"),
        "step": ("ขั้น", "ขั้นที่"),
    },
    required=("unit",),
)


@dataclass(frozen=True)
class SaidRow:
    """A row as it was sent.

    Attributes:
        text: all of it, to be read again by the person.
        unit: as written, or the official name.
        said: ``month`` (ISO, first day) and figures as ``Line.as_json`` has them.
        problem: reason code of what could not be read; empty where all was.
        number: of the row in its file, whose header is row 1; 0 of what was pasted.
    """

    text: str
    unit: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    number: int = 0


@dataclass(frozen=True)
class SaidGrid:
    """A table: the indicator's code where it was said, empty otherwise, and its rows in order."""

    indicator: str
    rows: tuple[SaidRow, ...]


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be reported, and why; ``number`` as ``SaidRow`` has it."""

    text: str
    refused: Refused
    number: int = 0


@dataclass(frozen=True)
class CheckedGrid:
    """What may be reported, as said and completed, and what not, all in the order of the table."""

    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]
    rejected: tuple[BadRow, ...]


def check_rows(
    rows: Iterable[SaidRow], find_unit: Callable[[str], int | None], check: Callable[[Line], Figure]
) -> CheckedGrid:
    """Sort the rows of a table.

    Args:
        rows: as sent.
        find_unit: id of a unit by its name; None of an unknown one.
        check: the rules for one line; raises ``Refused`` where it cannot be reported.

    A second row of the same unit, month and step is not taken: nobody can tell which of the two is meant.
    """
    lines: list[Line] = []
    figures: list[Figure] = []
    rejected: list[BadRow] = []
    taken: set[tuple[int, date, str, int | None]] = set()
    for row in rows:
        try:
            line = _line(row, find_unit)
            figure = check(line)
            slot = (figure.unit, figure.month, figure.part, line.step)
            if slot in taken:
                raise Invalid("grid_row_twice", unit=row.unit)
        except Refused as refused:
            rejected.append(BadRow(row.text, refused, row.number))
            continue
        taken.add(slot)
        lines.append(line)
        figures.append(figure)
    return CheckedGrid(tuple(lines), tuple(figures), tuple(rejected))


def is_grid(header: Sequence[str | None]) -> bool:
    """Whether a file's header is that of a table of figures: a unit, and something that was counted."""
    known = COLUMNS.known(header)
    return "unit" in known and bool(known & set(FIGURES))


def read_table(
    header: Sequence[str | None], rows: Iterable[NumberedRow], now: datetime, most: int = MOST_ROWS
) -> SaidGrid:
    """Read the rows of a file.

    Args:
        header: for which ``is_grid`` holds.
        rows: each with its number; cells as texts, ``None`` where empty. What stands beyond the header makes a row
            unreadable: ``1,234`` without quotation marks is two cells.
        now: the present, for years of two digits.
        most: rows that are taken.

    Raises:
        Invalid: ``file_header_repeated``, ``grid_too_long`` (most), ``grid_of_several_indicators``.
    """
    positions = COLUMNS.positions(header)
    read: list[SaidRow] = []
    codes: set[str] = set()
    for number, cells in rows:
        told = {ours: (cells[at] or "").strip() for ours, at in positions.items() if at < len(cells) and cells[at]}
        if not told:
            continue
        if len(read) == most:
            raise Invalid("grid_too_long", most=most)
        codes |= {told["indicator"]} if told.get("indicator") else set()
        text = " ".join(cell.strip() for cell in cells if cell)
        is_too_wide = any(cells[len(header) :])
        row = SaidRow(text, told.get("unit", ""), problem=_UNREADABLE) if is_too_wide else _said_row(text, told, now)
        read.append(replace(row, number=number))
    if len(codes) > 1:
        raise Invalid("grid_of_several_indicators")
    return SaidGrid(next(iter(codes), ""), tuple(read))


def _said_row(text: str, told: Mapping[str, str], now: datetime) -> SaidRow:
    said: dict[str, str] = {}
    for name in FIGURES:
        if name in told:
            figure = _figure(told[name], is_whole=name == "step")
            if figure is None:
                return SaidRow(text, told.get("unit", ""), problem=_UNREADABLE)
            said[name] = figure
    if not said:
        return SaidRow(text, told.get("unit", ""), problem="grid_figure_missing")
    if "month" in told:
        month = _month(told["month"], now)
        if month is None:
            return SaidRow(text, told.get("unit", ""), problem="grid_month_unreadable")
        said["month"] = month.isoformat()
    return SaidRow(text, told.get("unit", ""), said)


def _line(row: SaidRow, find_unit: Callable[[str], int | None]) -> Line:
    unit = find_unit(row.unit) if row.unit else None
    if unit is None:
        raise Invalid("grid_unit_unknown", text=row.unit or row.text)
    if row.problem:
        raise Invalid(row.problem)
    return Line.from_json({**row.said, "unit": unit})


def _figure(text: str, *, is_whole: bool) -> str | None:
    plain = text.translate(_THAI_DIGITS).replace(",", "").removesuffix("%").strip()
    try:
        figure = Decimal(plain)
    except InvalidOperation:
        return None
    if not figure.is_finite() or (is_whole and figure != int(figure)):
        return None
    return str(int(figure)) if is_whole else f"{figure:f}"


def _month(text: str, now: datetime) -> date | None:
    numbers = _NUMBERS.fullmatch(text.translate(_THAI_DIGITS))
    written = f"1/{numbers[1]}/{numbers[2]}" if numbers else text
    candidates = (written, f"1 {written}", f"{written}-01")
    read = (parse_written_moment(candidate, now) for candidate in candidates)
    found = next((day for day in read if day is not None), None)
    return None if found is None else date(found.year, found.month, 1)


_UNREADABLE = "grid_figure_unreadable"
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_NUMBERS = re.compile(r"(\d{1,2})\s*/\s*(\d{4})")
