"""Tables of figures as they come into the chat: read before the transaction opens, into values that rules take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.tables import NumberedCells, open_table
from bot.understanding import Vocabulary
from bot.understanding.grids import FIGURE_MISSING, FIGURE_UNREADABLE, UNIT_UNKNOWN, read_grid
from handlers.context import ReceivedContent
from models.columns import reading
from models.errors import Invalid, Refused
from models.letter_rows import text_of
from models.report_grids import COLUMNS, NumberedRow, SaidGrid, SaidRow, is_grid, read_table


def read_pasted(text: str, vocabulary: Vocabulary, today: date) -> SaidGrid | None:
    """The table of figures that somebody pasted; None of every other text."""
    if "\n" not in text.strip():
        return None
    grid = read_grid(text, vocabulary, today=today)
    if grid is None:
        return None
    month = {"month": f"{grid.month}-01"} if grid.month else {}
    rows = [
        SaidRow(
            row.text,
            row.unit or "",
            {name: str(value) for name, value in row.slots.items()} | month,
            _PROBLEMS[row.problem] if row.problem else "",
        )
        for row in grid.rows
    ]
    return SaidGrid(grid.indicator or "", tuple(rows))


def read_file(content: ReceivedContent, now: datetime) -> SaidGrid | Refused | None:
    """The table of figures that a file is, or why its rows cannot be read; None of every other file.

    Args:
        content: as received; only files with ``table_bytes`` are looked at.
        now: the present, for years of two digits.
    """
    if content.table_bytes is None:
        return None
    with TemporaryDirectory(prefix="tidtam-table-") as folder:
        path = Path(folder) / "table"
        path.write_bytes(content.table_bytes)
        return _read(path, now)


def as_texts(rows: Iterable[NumberedCells]) -> Iterator[NumberedRow]:
    """The rows of a file with their cells as texts."""
    for number, cells in rows:
        yield number, [text_of(cell) for cell in cells]


_PROBLEMS = {
    UNIT_UNKNOWN: "grid_unit_unknown",
    FIGURE_MISSING: "grid_figure_missing",
    FIGURE_UNREADABLE: "grid_figure_unreadable",
}


def _read(path: Path, now: datetime) -> SaidGrid | Refused | None:
    try:
        with open_table(path, reading(COLUMNS, text_of)) as table:
            header = [text_of(cell) for cell in table.header]
            if not is_grid(header):
                return None
            return read_table(header, as_texts(table.rows), now)
    except Invalid as refused:
        return refused if refused.reason_code.startswith("grid_") else None
