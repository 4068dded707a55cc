"""How people write indicators (ตัวชี้วัด), and what they report of one: step, percent, value, fraction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.mentions import Mention, blank
from bot.understanding.numerals import FIGURES, NUMBER, read_number
from bot.understanding.phrases import Phrase, phrases

_COUNTERS = "ชุมชน|แห่ง|ราย|หน่วยงาน|หน่วย|เรื่อง|ครั้ง|บาท|คน|ฉบับ|โครงการ|กิจกรรม|ใบ|ฎีกา|ศูนย์|ชิ้น|เล่ม|communities|units?|baht"
_TIME_UNITS = r"(?! ?(?:นาที|ชั่วโมง|ชม\.|วัน|สัปดาห์|ปี|โมง|น\.|minutes?|hours?|days?))"
_STEP = re.compile(rf"(?:ขั้น(?:ตอน)?(?: ?ที่)?|ลำดับ(?:ขั้น)?ที่|ระดับ(?: ?ที่)?|\bstep(?: no\.?)?|\blevel) ?(?P<step>{NUMBER})")
_PERCENT = re.compile(
    rf"(?:ร้อยละ|\bpercent) ?(?:ที่ ?)?(?P<after>{NUMBER})"
    rf"|(?P<before>{NUMBER}) ?(?:%|เปอร์เซ็นต์|เปอร์เซนต์|เปอร์เซ็น|เปอร์เซน|เปอเซ็นต์|เปอเซ็น|percent\b|per cent\b)"
)
_FRACTION = re.compile(
    rf"(?P<numerator>{FIGURES})(?: ?(?:{_COUNTERS}))? ?"
    r"(?:/|(?:จาก(?:จำนวน)?(?:ชุมชน)?(?:ทั้งหมด|ทั้งสิ้น)?|ใน(?=จำนวน| ?\d)|\bout of\b|\bof\b|\bfrom\b)"
    r"(?: ?(?:จำนวน|งบ|งบประมาณ))?)"
    rf" ?(?P<denominator>{FIGURES})"
)
_VALUE = re.compile(
    rf"(?P<counted>{NUMBER}) ?(?:{_COUNTERS})|(?<![\d/.,#a-z-])(?P<plain>{FIGURES}){_TIME_UNITS}(?!\d|[/.]\d|-)"
)


def indicator_phrases(code: str, aliases: tuple[str, ...]) -> list[Phrase]:
    """Return every spelling of an indicator: its code with and without hyphens, and its names."""
    return phrases("indicator", code, (code, *aliases))


def find_measures(line: str) -> list[Mention]:
    """Return mentions of kinds ``step``, ``percent``, ``numerator``, ``denominator``, ``value``, at most one of each.

    Read it on a line in which dates, document numbers, units and the indicator are already covered. ``value`` is
    the first number that is nothing else, and none where a fraction was said.
    """
    found = list(_first("step", _STEP, line)) + list(_first("percent", _PERCENT, line))
    line = blank(line, found)
    fraction = _FRACTION.search(line)
    if fraction:
        return found + [
            Mention(part, read_number(fraction[part]), *fraction.span(part)) for part in ("numerator", "denominator")
        ]
    return found + list(_first("value", _VALUE, line))


def _first(kind: str, pattern: re.Pattern[str], line: str) -> Iterator[Mention]:
    match = pattern.search(line)
    if match:
        number = next(text for text in match.groups() if text)
        yield Mention(kind, read_number(number), *match.span())
