"""Importing an office's register of letters from a file, and writing back what was not taken.

Nothing is written, neither row nor file, unless the whole file could be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from operator import itemgetter
from pathlib import Path

from bot.tables import NumberedCells, RejectedFile, open_table
from messages.imports import import_sentence
from models.errors import Invalid
from models.imports import ROWS_AT_ONCE, ImportReport, LetterImport, Rejection, start_letter_import
from models.letter_rows import Cell, LetterRow, RememberedUnits, columns_of, read_letter_row, text_of
from models.session import Database
from models.units import UnitDirectory


def import_documents(database: Database, path: Path, now: datetime) -> ImportReport:
    """Import a register of letters from a CSV (UTF-8) or a spreadsheet.

    Good rows go in, in one transaction; the others are written beside the file as ``<name>.rejected.csv`` with the
    reason in a last column, to be corrected and imported in their turn. In that file a cell that a spreadsheet would
    run as a formula begins with an apostrophe, which an import takes away again.

    Args:
        database: opened here for the one transaction.
        path: the file.
        now: time of events for which a row tells none.

    Returns:
        Counts of rows, and the rejected ones in the order of the file; ``as_json()`` has the contract's shape.

    Raises:
        Invalid: the file cannot be taken at all, and nothing was changed: ``file_not_found``, ``file_not_readable``,
            ``file_empty``, ``file_not_utf8``, ``rejected_file_not_written`` (all with path), ``file_kind_unknown``
            (path, kind), ``file_damaged`` (path, row), ``file_header_repeated`` (column), ``file_columns_missing``
            (columns), ``import_is_running``.
    """
    with open_table(path) as table, RejectedFile(path, table.header) as rejected:
        columns = columns_of(table.header)
        with database.transaction() as session:
            reader = _RowReader(columns, len(table.header), RememberedUnits(UnitDirectory.load(session)), now)
            letters = start_letter_import(session, now)
            rejections = list(_import_rows(table.rows, reader, letters, rejected))
            rejected.close()
        rejected.publish()
    return ImportReport(letters.added, letters.updated, letters.unchanged, rejections)


def _import_rows(
    rows: Iterator[NumberedCells], reader: _RowReader, letters: LetterImport, rejected: RejectedFile
) -> Iterator[Rejection]:
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        good, refused = _read_chunk(chunk, reader)
        refused += letters.apply(good)
        cells = dict(chunk)
        for number, reason in sorted(refused, key=itemgetter(0)):
            rejection = Rejection(number, import_sentence(reason))
            rejected.add(cells[number], rejection.reason)
            yield rejection


def _read_chunk(
    chunk: list[NumberedCells], reader: _RowReader
) -> tuple[list[tuple[int, LetterRow]], list[tuple[int, Invalid]]]:
    good: list[tuple[int, LetterRow]] = []
    refused: list[tuple[int, Invalid]] = []
    for number, cells in chunk:
        try:
            good.append((number, reader.read(cells)))
        except Invalid as reason:
            refused.append((number, reason))
    return good, refused


@dataclass(frozen=True)
class _RowReader:
    """Reads the rows of one file."""

    columns: dict[str, int]
    width: int
    units: RememberedUnits
    now: datetime

    def read(self, cells: list[Cell]) -> LetterRow:
        if any(text_of(cell) for cell in cells[self.width :]):
            raise Invalid("row_too_wide", width=self.width)
        told = {column: cells[at] for column, at in self.columns.items() if at < len(cells)}
        return read_letter_row(told, self.units, self.now)
