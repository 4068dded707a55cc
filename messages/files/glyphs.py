"""Sarabun for files: where it lies, which characters it has, and text that can be set in it.

A PDF/A file may hold no character that its font cannot draw, and XML no control characters: either would cost the
whole file. What people typed is therefore cleaned before it goes into one.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

import fontpkg_sarabun

UNKNOWN = "?"
"""Stands for a character that Sarabun has not, such as an emoji or a Chinese letter."""

_SPACES = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")


def font_folder() -> Path:
    """Where the font's files lie."""
    return Path(fontpkg_sarabun.ROOT) / "files"


def plain_text(words: str) -> str:
    r"""A text that XML takes: line breaks as ``\n``, other white space as a space, nothing that is not seen.

    >>> plain_text("ก\x07ข\r\nค\u200bง")
    'กข\nคง'
    """
    words = _SPACES.sub(" ", _LINE_ENDS.sub("\n", words))
    return "".join(one for one in words if one == "\n" or unicodedata.category(one) not in _UNSEEN)


def settable_text(words: str) -> str:
    """A text all of whose characters Sarabun can draw, ``?`` for those it cannot.

    >>> settable_text("ผ่าน ☑ 80 %")
    'ผ่าน ? 80 %'
    """
    known = characters()
    return "".join(one if one == "\n" or ord(one) in known else UNKNOWN for one in plain_text(words))


@cache
def characters() -> frozenset[int]:
    """Code points that Sarabun draws, from the font's own table of characters (OpenType ``cmap``, format 4)."""
    data = next(font_folder().rglob("*Regular.ttf")).read_bytes()
    table = data[_table(data, b"cmap") :]
    count = struct.unpack_from(">H", table, 2)[0]
    starts = {struct.unpack_from(">I", table, 8 + 8 * index)[0] for index in range(count)}
    start = next(start for start in starts if struct.unpack_from(">H", table, start)[0] == 4)
    return frozenset(_mapped(table[start:]))


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Categories of Unicode: controls, formats such as zero width spaces, halves of pairs, private and unassigned."""


def _table(data: bytes, name: bytes) -> int:
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if tag == name:
            return int(offset)
    raise ValueError(f"the font has no table {name.decode()}")


def _mapped(table: bytes) -> set[int]:
    """Code points whose glyph is not the empty box."""
    segments = struct.unpack_from(">H", table, 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{segments}{kind}", table, at + 2 * segments * place)
        for place, (kind, at) in enumerate((("H", 14), ("H", 16), ("h", 16), ("H", 16)))
    )
    offsets_at = 16 + 6 * segments
    found = set()
    for index, offset in enumerate(offsets):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            at = offsets_at + 2 * index + offset + 2 * (code - starts[index])
            glyph = struct.unpack_from(">H", table, at)[0] if offset else code + deltas[index] & 0xFFFF
            if glyph:
                found.add(code)
    return found
