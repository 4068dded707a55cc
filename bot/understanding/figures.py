"""The figure of a bare answer to "กี่ชุมชน": ``18``, ``๑๘ ชุมชน``, ``18 จาก 22``, ``ร้อยละ 60``, ``1.2 ล้าน``, ``ยังไม่มี``.

Read strictly, for it is recorded: beside the figure nothing may stand but its unit of counting, politeness, and the
few words that people put around a figure. Doubtful is unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.understanding.indicators import COUNTERS, find_measures
from bot.understanding.mentions import BLANK, blank
from bot.understanding.normalize import POLITE, normalize
from bot.understanding.numerals import NUMBER, read_number

LONGEST_FIGURE = 80
"""Characters of an answer that is a figure and nothing else."""

Figures = Mapping[str, int | float]
"""Slots of ``report_progress``: ``numerator`` and ``denominator``, ``value``, ``percent`` or ``step``."""

_EDGES = " .,;:|=()[]\"'*ๆ"
_PLAIN = re.compile(r"(?:0|[1-9]\d{0,11})")
_FRACTION = re.compile(r"(0|[1-9]\d{0,8}) ?/ ?([1-9]\d{0,8})")
_NONE_YET = re.compile(rf"(?:ยัง ?)?ไม่มี(?: ?เลย| ?สัก ?{COUNTERS}| ?{COUNTERS}| ?ค่ะ)*|none(?: yet)?|nil|zero")
_WORDS_AROUND = re.compile(
    rf"(?:{POLITE}|{COUNTERS}|{BLANK}|[ .,;:|=()\[\]\"'*/%]|ตอนนี้|ขณะนี้|ถึงวันนี้|รวม|ทั้งหมด|ทั้งสิ้น|จำนวน|มี|เป็น|คิดเป็น|อยู่ที่"
    r"|ได้|แล้ว|ไป|ทำ|เบิก(?:จ่าย)?|จ่าย|เสร็จ|ผ่าน|ครบ|ดำเนินการ|แค่|เพียง|จาก|ใน|และ|ผม|หนู|ดิฉัน|ขอบคุณ(?:มาก)?"
    r"|(?:out of|of|from|the|all|so far|done|now|only|it is|we have)\b)*+"
)
_LEADING_ZERO = re.compile(r"(?<![\d.,])0\d")


def read_figure(text: str) -> Figures | None:
    """Return the figure that a text is, by the slots of ``report_progress``; None where it is anything else.

    What was said in full is kept in full: ``18 จาก 22 (ร้อยละ 81.8)`` has three slots. That there is none yet is 0.

    >>> dict(read_figure("๑๘ ชุมชนค่ะ")), dict(read_figure("18 จาก 22")), dict(read_figure("1.2 ล้าน"))
    ({'value': 18}, {'numerator': 18, 'denominator': 22}, {'value': 1200000})
    >>> read_figure("น่าจะสัก 18"), read_figure("-5"), read_figure("02-245-5121")
    (None, None, None)
    """
    return read_normalized_figure(normalize(text).text) if len(text) <= LONGEST_FIGURE else None


def read_normalized_figure(line: str) -> Figures | None:
    """Like ``read_figure``, of a text that is normalised already."""
    said = line.strip(_EDGES)
    if len(said) > LONGEST_FIGURE:
        return None
    if _PLAIN.fullmatch(said):
        return MappingProxyType({"value": int(said)})
    fraction = _FRACTION.fullmatch(said)
    if fraction:
        return MappingProxyType({"numerator": int(fraction[1]), "denominator": int(fraction[2])})
    if _NONE_YET.fullmatch(_POLITE.sub("", said).strip(_EDGES)):
        return MappingProxyType({"value": 0})
    return _measured(said) if not _LEADING_ZERO.search(said) else None


def _measured(said: str) -> Figures | None:
    found = find_measures(said)
    if found:
        if not _WORDS_AROUND.fullmatch(blank(said, found)):
            return None
        return MappingProxyType({each.kind: each.value for each in found if not isinstance(each.value, str)})
    aloud = _POLITE.sub("", said).strip(_EDGES)
    return MappingProxyType({"value": read_number(aloud)}) if _ALOUD.fullmatch(aloud) else None


_POLITE = re.compile(POLITE)
_ALOUD = re.compile(NUMBER)
