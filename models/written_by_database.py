"""Text that the database writes: an instant, and a line of a CSV file. A million of them cost less there than here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class bangkok_text(FunctionElement[str]):  # noqa: N801 - it reads as a function of SQL
    """An instant in Bangkok as ISO 8601 with microseconds, as ``request_log.iso`` writes it; NULL stays NULL."""

    type = String()
    inherit_cache = True

    def __init__(self, at: ColumnElement[Any]) -> None:
        super().__init__(at)


@compiles(bangkok_text, "postgresql")
def _instant_on_postgresql(element: bangkok_text, compiler: Any, **options: Any) -> str:
    at = compiler.process(element.clauses, **options)
    return f"to_char({at} AT TIME ZONE '-07', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+07:00\"')"


@compiles(bangkok_text, "sqlite")
def _instant_on_sqlite(element: bangkok_text, compiler: Any, **options: Any) -> str:
    """Of ``2026-11-20 02:00:59.999999`` in UTC, as SQLite keeps it; seconds stay as they are, it would round them."""
    at = compiler.process(element.clauses, **options)
    return f"strftime('%Y-%m-%dT%H:%M:', substr({at}, 1, 16), '+7 hours') || substr({at}, 18) || '+07:00'"


class _filled_in(FunctionElement[str]):  # noqa: N801 - likewise
    """A template whose ``%s`` are filled in, with nothing for NULL."""

    type = String()
    inherit_cache = True


@compiles(_filled_in, "postgresql")
def _filled_in_on_postgresql(element: _filled_in, compiler: Any, **options: Any) -> str:
    return f"format({compiler.process(element.clauses, **options)})"


@compiles(_filled_in, "sqlite")
def _filled_in_on_sqlite(element: _filled_in, compiler: Any, **options: Any) -> str:
    return f"printf({compiler.process(element.clauses, **options)})"


def csv_line(cells: Sequence[ColumnElement[Any]]) -> ColumnElement[str]:
    """One line of CSV without its end.

    Cells stand as they are: whatever may hold a comma, a quotation mark or the end of a line goes through
    ``csv_quoted``. PostgreSQL takes at most 99 of them.
    """
    return _filled_in(",".join(["%s"] * len(cells)), *cells)


def csv_quoted(cell: ColumnElement[Any]) -> ColumnElement[str]:
    """A text between quotation marks; NULL stays NULL, which a line shows as nothing."""
    return '"' + func.replace(cell, '"', '""', type_=String()) + '"'
