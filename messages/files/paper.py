"""A paper of the office before it is written as Word or PDF: headings, said things, tables, lines left empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from messages.thai import thai_digits

_RUN = re.compile(r"[^\s\u0e00-\u0e4f\u0e5a-\u0e7f]+")
"""What stands together without a space or a Thai letter."""
_LATIN = re.compile(r"[A-Za-z]")
_PERCENT = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?%")


@dataclass(frozen=True)
class Said:
    """A label and what is said under it, line by line; either may be missing.

    ``exact``: digits stay as they are, as in names of files.
    """

    label: str = ""
    lines: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True)
class Table:
    """Rows below a header; ``widths`` in percent of the line, ``centred`` are the columns set in the middle."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    centred: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Blank:
    """Dotted lines to be filled in by hand, below words that say why they are empty."""

    why: str = ""
    lines: int = 2


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    words: str


Block = Said | Table | Blank | Heading


@dataclass(frozen=True)
class Section:
    """A numbered part of a form."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """A whole form.

    Attributes:
        title: its lines, the first one largest.
        facts: what it is of, below the title.
        sections: in order.
        signed_by: what stands in brackets beside the place for a signature.
        footer: below every page, beside the page's number.
        written_at: the instant of which its figures are.
        has_thai_digits: for numbers that the writing program sets itself, as of pages.
    """

    title: tuple[str, ...]
    facts: tuple[Said, ...]
    sections: tuple[Section, ...]
    signed_by: str
    footer: str
    written_at: datetime
    has_thai_digits: bool = False


def with_percent_in_words(words: str) -> str:
    """Percentages as letters write them.

    >>> with_percent_in_words("ระดับ 4 (80 %)")
    'ระดับ 4 (ร้อยละ 80)'
    """
    return _PERCENT.sub(r"ร้อยละ \1", words)


def with_thai_digits(words: str) -> str:
    """Thai digits, but where they stand together with Latin letters, which are codes and names.

    >>> with_thai_digits("ร้อยละ 81.82 ของ PAY-7-DAYS")
    'ร้อยละ ๘๑.๘๒ ของ PAY-7-DAYS'
    """
    return _RUN.sub(lambda found: found[0] if _LATIN.search(found[0]) else thai_digits(found[0]), words)


def in_thai_digits(paper: Paper) -> Paper:
    """The same paper with Thai digits; what is to be left exact stays."""
    return replace(with_words(paper, with_thai_digits, and_exact=False), has_thai_digits=True)


def with_words(paper: Paper, change: Callable[[str], str], *, and_exact: bool = True) -> Paper:
    """The same paper with all its words changed; ``and_exact``: those that keep their digits, too."""
    sections = tuple(
        Section(change(one.heading), tuple(_changed(block, change, and_exact) for block in one.blocks))
        for one in paper.sections
    )
    return replace(
        paper,
        title=tuple(map(change, paper.title)),
        facts=tuple(_changed_said(fact, change, and_exact) for fact in paper.facts),
        sections=sections,
        signed_by=change(paper.signed_by),
        footer=change(paper.footer),
    )


def _changed(block: Block, change: Callable[[str], str], and_exact: bool) -> Block:
    if isinstance(block, Said):
        return _changed_said(block, change, and_exact)
    if isinstance(block, Table):
        rows = tuple(tuple(map(change, row)) for row in block.rows)
        return replace(block, header=tuple(map(change, block.header)), rows=rows)
    if isinstance(block, Blank):
        return replace(block, why=change(block.why))
    return Heading(change(block.words))


def _changed_said(said: Said, change: Callable[[str], str], and_exact: bool) -> Said:
    lines = said.lines if said.exact and not and_exact else tuple(map(change, said.lines))
    return replace(said, label=change(said.label), lines=lines)
