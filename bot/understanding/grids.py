"""A pasted table of figures, a line for each unit: ``ดินแดง 18``, ``เขตดุสิต⇥30``, ``สนข.บางรัก: 12/15``.

Above it may stand what it is about (``รายงาน 8308 เดือน พ.ค. 68``) and a line of headings. A row that cannot be used
stays, with the reason; a text that is no table (an address, a complaint, a list of letters) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bot.understanding.figures import read_normalized_figure
from bot.understanding.mentions import Mention, blank
from bot.understanding.normalize import POLITE, normalize
from bot.understanding.periods import find_periods
from bot.understanding.types import Vocabulary

MOST_LINES = 300
"""A longer text is no table of units: the city has fewer."""

LONGEST_ROW = 160
"""Characters of a row; a longer line is prose."""

UNIT_UNKNOWN = "unit_unknown"
FIGURE_MISSING = "figure_missing"
FIGURE_UNREADABLE = "figure_unreadable"

_LEAST_ROWS = 2
_NOTHING: Mapping[str, int | float] = MappingProxyType({})


@dataclass(frozen=True)
class GridRow:
    """One line of a table.

    Attributes:
        line: its number in the text as pasted, from 1.
        text: the line as pasted, without blanks around it.
        unit: official name; None where none is known by what the line begins with.
        slots: its figure by the slots of ``report_progress``, see ``read_figure``; empty where it could not be read.
        problem: ``unit_unknown``, ``figure_missing`` or ``figure_unreadable``; None of a row that can be used.
    """

    line: int
    text: str
    unit: str | None = None
    slots: Mapping[str, int | float] = field(default_factory=lambda: _NOTHING)
    problem: str | None = None


@dataclass(frozen=True)
class Grid:
    """A table: the indicator's code and the month (``2025-05``) where they stand above it, and its rows in order."""

    indicator: str | None
    month: str | None
    rows: tuple[GridRow, ...]


def read_grid(text: str, vocabulary: Vocabulary, *, today: date | None = None) -> Grid | None:
    """Return the table that a text is; None of any other text, also of one about two indicators or two months.

    At least two rows must have a unit and a figure, and be more than half of the lines; not counted are headings,
    totals, greetings, and units behind which nothing stands.

    Args:
        text: as pasted, any string.
        vocabulary: the catalog's words.
        today: the day in Bangkok; without it a month is read only with its year.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not _LEAST_ROWS <= len(lines) <= MOST_LINES:
        return None
    read = [_read_line(number, line, vocabulary, today, is_first=number == lines[0][0]) for number, line in lines]
    first = next((place for place, each in enumerate(read) if each.is_plainly_a_row), len(read))
    above = [each for each in read[:first] if each.is_heading]
    body = [each for place, each in enumerate(read) if not each.is_aside and (place >= first or not each.is_heading)]
    told = [*above, *(each for each in read if each.is_aside or not each.is_heading)]
    indicators, months = _distinct(each.indicator for each in told), _distinct(each.month for each in told)
    if not _is_a_table(body) or max(len(indicators), len(months)) > 1:
        return None
    return Grid(indicators[0] if indicators else None, months[0] if months else None, tuple(each.row for each in body))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: what it is as a row, what it tells of the whole, and whether it may stand above or beside the rows."""

    row: GridRow
    indicator: str | None = None
    month: str | None = None
    is_heading: bool = False
    is_aside: bool = False
    is_empty: bool = False

    @property
    def is_plainly_a_row(self) -> bool:
        """Whether it speaks for a table: a unit and a figure, which is no letter's number (ดินแดง 5301/77)."""
        slots = self.row.slots
        is_part = "denominator" not in slots or slots["numerator"] <= slots["denominator"]
        return self.row.problem is None and is_part and not self.is_heading


def _is_a_table(body: Sequence[_Line]) -> bool:
    plain = sum(each.is_plainly_a_row for each in body)
    return plain >= _LEAST_ROWS and 2 * plain > sum(not each.is_empty for each in body)


def _read_line(number: int, said: str, vocabulary: Vocabulary, today: date | None, *, is_first: bool) -> _Line:
    if len(said) > LONGEST_ROW:
        return _Line(GridRow(number, said, problem=UNIT_UNKNOWN))
    line = normalize(said).text
    names = vocabulary.phrases.find(line)
    unit = next((each for each in names if each.kind == "unit"), None)
    topic = next((each for each in names if each.kind == "indicator"), None)
    if unit is not None and _begins(line, unit, names):
        row = _row_of_a_unit(number, said, str(unit.value), line[unit.end :])
        if topic is not None and topic.start > unit.start and row.problem is None and not is_first:
            topic = None  # a figure that is like a code: ดินแดง 1555
        return _line_of_a_unit(row, line, unit, topic, today)
    return _line_of_no_unit(number, said, line, unit, topic, today)


def _line_of_a_unit(row: GridRow, line: str, unit: Mention, topic: Mention | None, today: date | None) -> _Line:
    is_topic_behind = topic is not None and topic.start > unit.start
    month = None if row.problem is None and not is_topic_behind else _month(line, topic, today)
    is_heading = is_topic_behind or month is not None
    is_empty = row.problem == FIGURE_MISSING and not line[unit.end :].strip(_SEPARATORS)
    return _Line(row, str(topic.value) if topic else None, month, is_heading, is_empty=is_empty)


def _line_of_no_unit(
    number: int, said: str, line: str, unit: Mention | None, topic: Mention | None, today: date | None
) -> _Line:
    month = _month(line, topic, today)
    figure = _figure_behind_a_name(_WHICH_ONE.sub("", blank(line, [topic] if topic else [])))
    tells = bool(topic or month) and (not figure or month is not None)
    has_figure = _HAS_FIGURE.search(_ORDINAL.sub("", line)) is not None
    is_aside = unit is None and (_ASIDE.fullmatch(line) is not None or (not has_figure and _is_of_headings(line)))
    row = GridRow(number, said, None, figure, UNIT_UNKNOWN)
    return _Line(row, str(topic.value) if topic else None, month, tells or not has_figure, tells or is_aside)


def _month(line: str, topic: Mention | None, today: date | None) -> str | None:
    if _HAS_MONTH.search(line) is None:
        return None
    periods = find_periods(blank(line, [topic]) if topic else line, today)
    return next((str(each.value) for each in periods if _MONTH.fullmatch(str(each.value))), None)


def _begins(line: str, unit: Mention, names: Sequence[Mention]) -> bool:
    """Whether a line begins with a unit, but for its place in the list, the indicator, and words of reporting."""
    before = [each for each in names if each.kind == "indicator" and each.end <= unit.start]
    return _BEFORE_A_UNIT.fullmatch(blank(line, before)[: unit.start]) is not None


def _row_of_a_unit(number: int, said: str, unit: str, behind: str) -> GridRow:
    figure = behind if _BELOW_ZERO.search(behind) else behind.strip(_SEPARATORS)
    slots = read_normalized_figure(figure)
    if slots is not None:
        return GridRow(number, said, unit, slots)
    return GridRow(number, said, unit, _NOTHING, FIGURE_UNREADABLE if _HAS_FIGURE.search(figure) else FIGURE_MISSING)


def _figure_behind_a_name(line: str) -> Mapping[str, int | float]:
    line = _ORDINAL.sub("", line)
    name = _NAME.match(line)
    return (read_normalized_figure(line[name.end() :].strip(_SEPARATORS)) if name else None) or _NOTHING


def _is_of_headings(line: str) -> bool:
    return _HEADINGS.search(line) is not None or not any(map(str.isalnum, line))


def _distinct(values: Iterator[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value is not None))


_SEPARATORS = " \t,:;|=-\"'"
_BELOW_ZERO = re.compile(r"[^ก-๎a-z]-\d")
_MONTH = re.compile(r"\d{4}-\d{2}")
_HAS_MONTH = re.compile(
    r"เดือน|[ก-๎]\.|คม|ยน|พันธ์|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา|[a-z]{3}|\d-\d"
)
_HAS_FIGURE = re.compile(r"\d|ร้อยละ|สิบ|พัน|หมื่น|แสน|ล้าน|หนึ่ง|สอง|สาม(?!เสน)|สี่|ห้า|หก|เจ็ด|แปด|เก้า")
_ORDINAL = re.compile(r"^[\s|*•·(\[\"-]*\d{1,3}(?:[.)\]]|(?=[ |,]))[\s|.,\"-]*(?=[^\d\s])")
_BEFORE_A_UNIT = re.compile(
    r"[\s|*•·(\[\"'-]*+(?:\d{1,3}(?:[.)\]]|(?=[ |,\"-])))?+"
    r"(?:[\s|.,:;\"'\0*•-]|รายงาน|ส่งผลงาน|ส่งผล|ส่ง|ผลงาน|ผล|ตัวชี้วัด|ของ|ขอ|kr|kpi|report|unit)*+"
)
_WHICH_ONE = re.compile(r"(?:ปี|งบ|พ\.? ?ศ\.?|ไตรมาส|ครั้ง|วันที่|ณ|\bfy|\bq)[^\d]{0,12}\d{1,4}")
"""A year, a quarter, a day: numbers above a table that are no figures."""
_NAME = re.compile(r"[^\d]{2,}?(?=[ :,|=-]*[\d]|[ :,|=-]+(?:ร้อยละ|ยังไม่มี|ไม่มี))")
_ASIDE = re.compile(
    rf"(?:[^\w\u0e00-\u0e7f]|{POLITE})*(?:(?:ขอบคุณ|ขอบพระคุณ|thanks?|thank you).{{0,40}}"
    rf"|(?:รวม|ยอดรวม|ทั้งหมด|ทั้งสิ้น|total|sum)(?![ก-๎]*เขต).{{0,40}}|(?:สวัสดี|เรียน|hello|dear).{{0,60}})?"
)
_HEADINGS = re.compile(r"หน่วย|ลำดับ|จำนวน|สำนักงานเขต|^เขต|ผลงาน|\b(?:units?|districts?|amount|number|count)\b")
