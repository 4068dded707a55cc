"""Columns of an office's files, found by their headers however these are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from models.errors import Invalid

Header = TypeVar("Header")


class Columns:
    """The columns of one kind of file."""

    def __init__(self, names: Mapping[str, tuple[str, ...]], required: Sequence[str] = ()) -> None:
        """Take our name of each column with the headers it may have beside it.

        Args:
            names: the first header is the one we call the column by to people.
            required: our names of the columns without which a file cannot be read.
        """
        self.names = names
        self._required = required
        self._by_header = {_key(header): ours for ours, headers in names.items() for header in (ours, *headers)}

    def positions(self, header: Sequence[str | None]) -> dict[str, int]:
        """Our name of each column that a header has, with its position.

        Raises:
            Invalid: ``file_header_repeated`` (column) or ``file_columns_missing`` (columns), in the words of the
                office.
        """
        found: dict[str, int] = {}
        for position, ours in enumerate(map(self._column_of, header)):
            if ours in found:
                raise Invalid("file_header_repeated", column=self.called(ours))
            if ours is not None:
                found[ours] = position
        self.require(found, self._required)
        return found

    def require(self, found: Mapping[str, int], wanted: Sequence[str]) -> None:
        """Let a file go on only with these columns.

        Raises:
            Invalid: ``file_columns_missing`` (columns).
        """
        missing = [self.called(ours) for ours in wanted if ours not in found]
        if missing:
            raise Invalid("file_columns_missing", columns=missing)

    def known(self, header: Sequence[str | None]) -> set[str]:
        """Which of our columns a line could be the header of; empty for a line that is none."""
        return {ours for ours in map(self._column_of, header) if ours}

    def called(self, ours: str) -> str:
        """What people call a column."""
        return self.names[ours][0]

    def _column_of(self, header: str | None) -> str | None:
        return self._by_header.get(_key(header or ""))


def reading(columns: Columns, text_of: Callable[[Header], str | None]) -> Callable[[Sequence[Header]], set[str]]:
    """``columns.known`` for cells of any kind."""
    return lambda header: columns.known([text_of(cell) for cell in header])


def _key(header: str) -> str:
    return re.sub(r"[\s_.*:\"-]", "", header).casefold()
