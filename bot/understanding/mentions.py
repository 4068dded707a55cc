"""A mention: a piece of a line that one of the slot readers recognised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BLANK = "\0"
"""Stands where a mention was read, so that no later reader reads it again. Normalising leaves no such character."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What was read (``kind`` and ``value``) and where: ``line[start:end]``."""

    kind: str
    value: str | int | float
    start: int
    end: int


def blank(line: str, mentions: Iterable[Mention]) -> str:
    """Return the line with every mention covered by ``BLANK``; its length does not change."""
    for mention in mentions:
        line = line[: mention.start] + BLANK * (mention.end - mention.start) + line[mention.end :]
    return line
