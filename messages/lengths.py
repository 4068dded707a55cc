"""Measuring and cutting texts the way LINE counts them.

Texts, altText and data are counted in UTF-16 code units; labels and display texts in grapheme clusters. Source: LINE
Developers, "Character counting in a text".
"""

from __future__ import annotations

import json
import unicodedata


def u16_length(text: str) -> int:
    """Length in UTF-16 code units, as LINE counts texts, altText and data."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def grapheme_length(text: str) -> int:
    """Number of grapheme clusters, as LINE counts labels and display texts."""
    return len(graphemes(text))


def graphemes(text: str) -> list[str]:
    """Split a text into what a reader calls characters; joined again they are the text.

    Follows Unicode's UAX #29 for what Thai, Latin and emoji need (marks, sara am, joined emoji, flags); Hangul written
    in single jamo and conjuncts of Indian scripts are counted letter by letter, which can only count too many.
    """
    clusters: list[str] = []
    for character in text:
        if clusters and _joins(clusters[-1], character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def clip(text: str, most: int) -> str:
    """Cut a text to at most this many grapheme clusters, the last of them an ellipsis where something was cut."""
    if len(text) <= most:  # clusters are never more than characters, and counting them costs
        return text
    clusters = graphemes(text)
    return text if len(clusters) <= most else "".join(clusters[: most - 1]).rstrip() + "…"


def clip_units(text: str, most: int) -> str:
    """Cut a text to at most this many UTF-16 units, never inside a character; cut texts end with an ellipsis."""
    if u16_length(text) <= most:
        return text
    kept, used = [], 1
    for cluster in graphemes(text):
        used += u16_length(cluster)
        if used > most:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + "…"


def json_bytes(value: object) -> int:
    """Size of a piece of JSON as it is sent: compact, UTF-8."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def _joins(cluster: str, character: str) -> bool:
    last = cluster[-1]
    if (last, character) == ("\r", "\n"):
        return True
    if unicodedata.category(last) in ("Cc", "Zl", "Zp"):
        return False
    if _is_flag_half(character):
        return len(cluster) == 1 and _is_flag_half(last)
    if last == "\u200d":
        return _is_pictograph(character) and _is_pictograph(cluster[0])
    return _extends(character)


def _extends(character: str) -> bool:
    marks = unicodedata.category(character) in ("Mn", "Me", "Mc") or character in "\u0e33\u0eb3\u200c\u200d"
    return marks or "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_pictograph(character: str) -> bool:
    return "\U0001f000" <= character <= "\U0001faff" or unicodedata.category(character) == "So"
