"""Files with rows: reading CSV and spreadsheets, and writing back what was not taken.

What a file is, its content tells and not its name. Rows are read as they are needed.
"""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Self, TextIO, TypeAlias, cast

import python_calamine

from models.errors import Invalid
from models.letter_rows import Cell, known_columns, text_of

NumberedCells: TypeAlias = tuple[int, list[Cell]]
KnownColumns: TypeAlias = Callable[[Sequence[Cell]], Collection[str]]

REASON_COLUMN = "reason"
_HEAD_BYTES = 8192
_SPREADSHEET_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OTHER_KINDS = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF", b"\x1f\x8b": "GZIP"}
_SEPARATORS = ",;\t"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Table:
    """A table of a file: its header, which is row 1, and the numbered rows below, read once in order."""

    header: list[Cell]
    rows: Iterator[tuple[int, list[Cell]]]


class RejectedFile:
    """The rows that were not taken, as a CSV that is there in full when it is there at all."""

    def __init__(self, path: Path, header: list[Cell]) -> None:
        self.path = path.with_name(f"{path.stem}.rejected.csv")
        self._width = len(header)
        self._reason_at = [at for at, cell in enumerate(header) if text_of(cell) == REASON_COLUMN]
        self._part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        self._header = header
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)

    def add(self, cells: list[Cell], reason: str) -> None:
        """Write one row; the first one opens the file and writes the header."""
        try:
            if self._file is None:
                self._refuse_folder_in_its_place()
                self._file = self._part.open("w", encoding="utf-8-sig", newline="")
                self._write(self._header, REASON_COLUMN)
            self._write(cells, reason)
        except OSError as error:
            raise Invalid("rejected_file_not_written", path=str(self.path)) from error

    def close(self) -> None:
        """Finish writing; nothing is seen of it yet."""
        try:
            if self._file is not None:
                self._file.close()
        except OSError as error:
            raise Invalid("rejected_file_not_written", path=str(self.path)) from error

    def publish(self) -> None:
        """Put the file in its place, once what it says is true."""
        try:
            if self._file is not None:
                self._part.replace(self.path)
        except OSError as error:
            raise Invalid("rejected_file_not_written", path=str(self.path)) from error

    def _refuse_folder_in_its_place(self) -> None:
        if self.path.is_dir():
            raise IsADirectoryError(str(self.path))

    def _write(self, cells: list[Cell], reason: str) -> None:
        padded = [*cells, *[None] * (self._width - len(cells))]
        kept = [_as_text(cell) for at, cell in enumerate(padded) if at not in self._reason_at]
        width = self._width - len(self._reason_at)
        csv.writer(cast(TextIO, self._file)).writerow([*kept[:width], reason, *kept[width:]])


def _as_text(cell: Cell) -> str:
    """A cell as text that an import reads alike and that a spreadsheet does not run."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    text = (text_of(cell) or "") if isinstance(cell, float) else "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _without_guard(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text


@contextmanager
def open_table(path: Path, known: KnownColumns = known_columns) -> Iterator[Table]:
    """Open a CSV (UTF-8, with or without BOM; commas, semicolons or tabs) or the first sheet of a spreadsheet.

    Empty rows are passed over but counted. Cells of a CSV are text, those of a spreadsheet keep their kind. ``known``
    tells which of the columns looked for a header has, from which a CSV's separator is told.

    Raises:
        Invalid: the ``file_…`` reasons of ``import_documents``, while the rows are read as well.
    """
    head = _head_of(path)
    if head.startswith(_SPREADSHEET_SIGNATURES):
        yield _table(path, _spreadsheet_rows(path))
        return
    _refuse_what_is_no_text(path, head)
    with path.open(encoding="utf-8-sig", newline="") as text:
        yield _table(path, _csv_rows(path, text, _separator_of(head, known)))


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise Invalid("file_not_found", path=str(path)) from error
    except OSError as error:
        raise Invalid("file_not_readable", path=str(path)) from error
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise Invalid("file_empty", path=str(path))
    return head


def _refuse_what_is_no_text(path: Path, head: bytes) -> None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Invalid("file_not_utf8", path=str(path))
    kind = next((kind for signature, kind in _OTHER_KINDS.items() if head.startswith(signature)), None)
    if kind or b"\0" in head:
        raise Invalid("file_kind_unknown", path=str(path), kind=kind or "-")


def _table(path: Path, records: Iterator[list[Cell]]) -> Table:
    header = next(records, None)
    if header is None:
        raise Invalid("file_empty", path=str(path))
    numbered = enumerate(records, start=2)
    return Table(header, ((number, cells) for number, cells in numbered if any(map(text_of, cells))))


def _separator_of(head: bytes, known: KnownColumns) -> str:
    """The separator under which the header shows most columns that we know."""
    first_line = head.decode("utf-8-sig", errors="replace").splitlines()[0]
    return max(_SEPARATORS, key=lambda separator: len(known(first_line.split(separator))))


def _csv_rows(path: Path, text: TextIO, separator: str) -> Iterator[list[Cell]]:
    reader = csv.reader(text, delimiter=separator, strict=True)
    rows_read = 0
    try:
        for record in reader:
            rows_read += 1
            yield [_without_guard(cell) for cell in record]
    except UnicodeDecodeError as error:
        raise Invalid("file_not_utf8", path=str(path)) from error
    except csv.Error as error:
        raise Invalid("file_damaged", path=str(path), row=rows_read + 1) from error


def _spreadsheet_rows(path: Path) -> Iterator[list[Cell]]:
    try:
        book = python_calamine.load_workbook(path)
        sheets = [sheet for sheet in book.sheets_metadata if sheet.visible == python_calamine.SheetVisibleEnum.Visible]
        rows = book.get_sheet_by_name(sheets[0].name).iter_rows() if sheets else iter([])
    except (python_calamine.CalamineError, OSError) as error:
        raise Invalid("file_kind_unknown", path=str(path), kind="-") from error
    return map(list[Cell], rows)
