"""Columns of tables whose rows are values of ours: what each is called, and how its cell is read from a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from messages.files.cell_formats import Value, cell_of
from messages.files.tables import Cell, Heading
from messages.language import either
from messages.thai import BANGKOK

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: the name that programs rely on, what it is called in Thai, and its value in a row."""

    name: str
    thai: str
    value: Callable[[Row], Value]
    formats: Sequence[str] = ()


def heading_of(sheet: str, sheet_thai: str, columns: Sequence[Column[Row]]) -> Heading:
    """What stands above the rows, in the language that is spoken."""
    return Heading(either(sheet_thai, sheet), [either(column.thai, column.name) for column in columns])


def cells_of(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[list[Cell]]:
    """The rows as cells, one by one."""
    for row in rows:
        yield [cell_of(column.value(row), column.formats) for column in columns]


def moment_text(at: datetime | None) -> str | None:
    """An instant in Bangkok as ISO 8601, to the second."""
    return at.astimezone(BANGKOK).isoformat(timespec="seconds") if at else None
