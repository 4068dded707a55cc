"""The outline of a sentence: its words with one sign for every slot, so that what is wanted shows apart from of what.

"หนังสือ กท 1902/1335 ถึงไหนแล้วคะ" and "หนังสือ กท 0401/ว 223 ถึงไหนแล้วครับ" have one outline, ``^หนังสือDถึงไหนแล้ว$``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from types import MappingProxyType

from bot.understanding.mentions import BLANK, Mention
from bot.understanding.normalize import without_politeness

SIGN_OF = MappingProxyType(
    {
        "document_number": "D",
        "receive_number": "R",
        "request": "Q",
        "date": "T",
        "period": "P",
        "unclear_period": "P",
        "unit": "U",
        "group": "G",
        "indicator": "I",
        "title": "L",
        "code": "C",
        "value": "N",
        "numerator": "N",
        "denominator": "N",
        "step": "S",
        "percent": "%",
    }
)
"""Capitals, of which a normalised line has none, by kind of mention."""
_OTHER = "X"
HEAD, TAIL = 80, 120
"""Of a long text the beginning and the end are looked at: a greeting opens it, and what is wanted closes it."""
LONGEST_RUN = 3

_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"(?<![a-z]) +| +(?![a-z])")


def outline_of(line: str, mentions: Iterable[Mention]) -> str:
    """Return the outline of a normalised line: mentions as one sign each, other figures as ``9``, no polite ends."""
    signs = list(line)
    for mention in mentions:
        signs[mention.start : mention.end] = [BLANK] * (mention.end - mention.start)
    for mention in mentions:
        signs[mention.start] = SIGN_OF.get(mention.kind, _OTHER)
    said = without_politeness(_DIGITS.sub("9", "".join(signs).replace(BLANK, "")))
    outline = _SPACES.sub("", said)
    return f"^{outline if len(outline) <= HEAD + TAIL else outline[:HEAD] + outline[-TAIL:]}$"


def runs_of(outline: str) -> set[str]:
    """Return every run of one to ``LONGEST_RUN`` characters in a outline."""
    return {
        outline[place : place + length]
        for length in range(1, LONGEST_RUN + 1)
        for place in range(len(outline) - length + 1)
    }


def weight_of_a_run(runs: set[str]) -> float:
    """Return what each of so many runs counts: together as much in a long text as in a short one."""
    return 1 / math.sqrt(len(runs) or 1)
