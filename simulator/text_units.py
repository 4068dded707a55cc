"""The two ways LINE counts the length of a text."""

from __future__ import annotations

import unicodedata

ZERO_WIDTH_JOINER = "\u200d"
SARA_AM = "\u0e33"  # a spacing mark to Unicode: น้ำ is one grapheme cluster
LAO_AM = "\u0eb3"


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units: what LINE counts for message texts, altText and postback data."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def grapheme_count(text: str) -> int:
    """Length in grapheme clusters: what LINE counts for labels, template titles and rich menu names.

    Covers combining marks (all Thai vowels and tone marks), emoji with modifiers and joiners, flags, and CR LF.
    Korean letters written as separate jamo are counted one by one, as nobody types them so here.
    """
    if text.isascii() and "\r" not in text:
        return len(text)
    count, previous, flag_open = 0, "", False
    for character in text:
        flag = "\U0001f1e6" <= character <= "\U0001f1ff"
        joined = _extends(character) or previous == ZERO_WIDTH_JOINER or (previous == "\r" and character == "\n")
        closes_flag = flag and flag_open
        if not previous or not (joined or closes_flag):
            count += 1
        flag_open = flag and not closes_flag
        previous = character
    return count


def _extends(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or character in (SARA_AM, LAO_AM, ZERO_WIDTH_JOINER)
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )
