"""How people write indicators (ตัวชี้วัด), and what they report of one: step, percent, value, fraction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.mentions import Mention, blank
from bot.understanding.numerals import FIGURES, NUMBER, read_number
from bot.understanding.phrases import Phrase, phrases

COUNTERS = (
    r"(?:ชุมชน|แห่ง|ราย|หน่วยงาน|หน่วย|เรื่อง|ครั้ง|บาท|คน|ฉบับ|โครงการ|กิจกรรม|ใบ|ฎีกา|ศูนย์|ชิ้น|เล่ม|ครัวเรือน|คำขอ"
    r"|comm?unit(?:ies|y)|centres?|units?|baht)"
)
"""Pattern of what is counted: ชุมชน, แห่ง, บาท."""
_NO_COUNT = r"(?! ?(?:นาที|ชั่วโมง|ชม\.|วัน|สัปดาห์|เดือน|ปี|โมง|ทุ่ม|น\.|minutes?|hours?|days?|weeks?))"
_NOT_A_RESULT = (
    "(?<!เป้า)(?<!เป้า )(?<!เป้าหมาย)(?<!เป้าหมาย )(?<!ภายใน)(?<!ภายใน )"
    "(?:(?<!ที่)(?<!ที่ )|(?<=อยู่ที่)|(?<=อยู่ที่ )|(?<=ปิดที่ )|(?<=ปิดที่))"
)
"""A target, a place in an order and a time limit are numbers of the indicator, not what is reported."""

_MORE_STEPS = rf"(?: ?(?:,|-|และ|ถึง|กับ|to|and) ?(?P<last>{NUMBER})(?! ?(?:{COUNTERS}|%)))?"
_STEP = re.compile(
    rf"(?:ขั้?น(?:ตอน)?(?: ?ที่?่?)?|ลำดับ(?:ขั้น)?ที่|ระดับ(?: ?ที่)?|\bstep(?: ?no\.?)?|\blevel) ?"
    rf"(?P<step>{NUMBER}|แรก|หนึง)(?![.,]\d){_MORE_STEPS}"
    rf"|(?:ครบ|เสร็จ(?:แล้ว|ไป)?|ทำ(?:ได้|ไป|แล้ว)) ?(?P<done>{NUMBER}) ?ขั้น"
)
_PERCENT_WORD = r"(?:%|เปอร?์? ?(?:เซ็?น?ต?ท?์?)|เปอร์|percent\b|per cent\b|pct\b)"
_PERCENT = re.compile(
    rf"(?:(?<!เรียบ)ร้?อย ?ล่?ะ|\bpercent) ?(?:ที่ ?)?[:=]? ?(?P<after>{NUMBER})"
    rf"|{_NOT_A_RESULT}(?P<before>{NUMBER}) ?{_PERCENT_WORD}"
    r"|(?:ได้|ไป|แล้ว|เสร็จ) ?(?P<half>ครึ่ง(?:หนึ่ง|ทาง|นึง))"
)
_ALL = r"(?:จำนวน|ชุมชน|งบประมาณ|งบ|ทั้งหมด|ทั้งสิ้น|ทั้งปี| )"
_OUT_OF = rf"(?:/|,? ?ทั้งหมด|(?:จาก|ใน)(?:{_ALL}){{0,4}}|\bout of\b(?: the| all)?|\bof\b(?: the| all)?|\bfrom\b)"
_FRACTION = re.compile(rf"(?P<numerator>{NUMBER}) ?{COUNTERS}? ?{_OUT_OF} ?(?P<denominator>{NUMBER})(?![/.]\d)")
_WHOLE_FIRST = re.compile(
    rf"(?:จาก|ทั้งหมด|ทั้งสิ้น|มี) ?{_ALL}{{0,4}}(?P<denominator>{NUMBER}) ?{COUNTERS}?(?!\d)[^\d\0]{{0,40}}?"
    rf"(?:แล้ว|ได้|เสร็จ|ทัน|ผ่าน|จ่าย)(?:แล้ว|ไป|จำนวน| ){{0,3}}(?P<numerator>{NUMBER})"
)
_VALUE = re.compile(
    rf"{_NOT_A_RESULT}(?P<counted>{NUMBER}) ?{COUNTERS}"
    rf"|(?<![\d/.,#a-z-]){_NOT_A_RESULT}(?P<plain>{FIGURES}){_NO_COUNT}(?!\d|[/.]\d|-)"
)
_MAY_MEASURE = re.compile(
    r"[\d%]|ร[้]?อย|เปอร|ขั[้]?น|ลำดับ|ระดับ|ครึ่ง|สิบ|พัน|หมื่น|แสน|ล้าน|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|ศูนย์|จาก"
    r"|percent|per cent|step|level| of |from"
)
"""Signs that a number may be there at all, looked for first: most lines tell none."""

_SCALE_BEHIND = re.compile(r"[\d,.]+( ?[ก-๙]+)")


def indicator_phrases(code: str, aliases: tuple[str, ...]) -> list[Phrase]:
    """Return every spelling of an indicator: its code with and without hyphens, its names, and those said shorter."""
    return phrases("indicator", code, (code, *aliases, *(short for name in aliases for short in _shorter(name))))


def _shorter(name: str) -> list[str]:
    """Return a name as it is said in haste: งบ for งบประมาณ, without the words that only join the others."""
    hasty = dict.fromkeys(
        joined.replace("งบประมาณ", budget) for joined in (name, _JOINS.sub("", name)) for budget in ("งบประมาณ", "งบ")
    )
    return [each for each in hasty if len(each) >= _SHORTEST_HASTY]


_JOINS = re.compile(r"(?:(?<!ภาย)ใน|ของ)(?:การ)?|^การ")
_SHORTEST_HASTY = 9


def find_measures(line: str) -> list[Mention]:
    """Return mentions of kinds ``step``, ``percent``, ``numerator``, ``denominator``, ``value``, at most one of each.

    Read it on a line in which dates, document numbers, units and the indicator are already covered. ``value`` is
    the first number that is nothing else, and none where a fraction was said.
    """
    if not _MAY_MEASURE.search(line):
        return []
    found = list(_steps(line)) + list(_percents(line))
    line = blank(line, found)
    fraction = _FRACTION.search(line) or _WHOLE_FIRST.search(line)
    if fraction:
        return [
            *found,
            Mention("numerator", _numerator(fraction), *fraction.span("numerator")),
            Mention("denominator", read_number(fraction["denominator"]), *fraction.span("denominator")),
        ]
    value = _VALUE.search(line)
    if value:
        found.append(Mention("value", read_number(value["counted"] or value["plain"]), *value.span()))
    return found


def _steps(line: str) -> Iterator[Mention]:
    match = _STEP.search(line)
    if match:
        said = match["last"] or match["step"] or match["done"]
        number = 1 if said in ("แรก", "หนึง") else read_number(said)
        if isinstance(number, int):
            yield Mention("step", number, *match.span())


def _percents(line: str) -> Iterator[Mention]:
    match = _PERCENT.search(line)
    if match:
        number = 50 if match["half"] else read_number(match["after"] or match["before"])
        yield Mention("percent", number, *match.span())


def _numerator(fraction: re.Match[str]) -> int | float:
    """Return the part of the whole; in ``3.2 จาก 4.5 ล้าน`` both are millions."""
    part, whole = fraction["numerator"], fraction["denominator"]
    scale = _SCALE_BEHIND.fullmatch(whole)
    if scale and part.replace(",", "").replace(".", "").isdigit():
        figures = read_number(whole[: scale.start(1)])
        if read_number(part) <= figures:
            return read_number(part + scale[1])
    return read_number(part)
