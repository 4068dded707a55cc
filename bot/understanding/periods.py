"""Periods as people say them: fiscal years, quarters, months, this and the last; what is relative needs ``today``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.understanding.mentions import Mention
from bot.understanding.months import ERA, MONTH, SURE_MONTH, YEAR, christian_year, month_number

_QUARTER_WORD = r"(?:ไต?ร?มา[สศษตทดซ]์?)"
_BUDGET = r"(?:งบ ?(?:ปร?ะ?มา[ณนญ])?|งปม\.?)"
_LAST = r"(?: ?(?:ที่?แล้ว|ทีแล้ว|ที่ผ่านมา|ก่อนหน้า(?:นี้)?|ก่อน))"

_QUARTERS = {
    said: number
    for number, ways in enumerate(("1 หนึ่ง แรก first 1st", "2 สอง second 2nd", "3 สาม third 3rd"), 1)
    for said in ways.split()
} | dict.fromkeys(("4", "สี่", "สุดท้าย", "fourth", "4th", "final"), 4)
_QUARTER = re.compile(
    rf"(?:(?:{_QUARTER_WORD}|\bquarter|(?<![a-z0-9])q)(?: ?ที่)? ?(?P<quarter>[1-4]|หนึ่ง|สอง|สาม|สี่|แรก|สุดท้าย)(?!\d|\.\d)"
    r"|\b(?P<ordinal>first|second|third|fourth|final|1st|2nd|3rd|4th) quarter)"
    rf"(?: ?[/'-] ?{YEAR}| (?P<bare>25\d\d|20\d\d|6\d)(?!\d|[/.,]\d| ?(?:%|เปอร|บาท|ล้าน|ชุมชน|จาก|แห่ง|ราย|คน)))?"
)
_MONTH_YEARS = (
    re.compile(rf"(?:(?:ประจำ)?เดือน ?)?(?P<month>{MONTH}){ERA} ?{YEAR}"),
    re.compile(rf"(?:ประจำ)?เดือน(?: ?ที่)? ?(?P<month>\d{{1,2}}) ?(?:[/-]|ปี) ?{YEAR}"),
    re.compile(r"(?<![\d/-])(?P<year>(?:19|20|25)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d/-])"),
)
_MONTH_ALONE = re.compile(
    rf"(?:(?:ประจำ)?เดือน ?(?P<month>{MONTH})|(?P<sure>{SURE_MONTH})"
    r"|เดือน(?: ?ที่)? ?(?P<number>1[0-2]|[1-9])(?= *$| (?!(?:ชุมชน|แห่ง|ราย|บาท|ล้าน|คน|จาก|%|/))[ก-๎]))"
    rf"(?: ?(?:ของ)?(?P<last_year>ปี{_LAST}))?"
)
_RANGE_BEFORE = re.compile(rf"(?:{MONTH})(?:{ERA} ?\d{{2,4}})? ?(?:-|ถึง|to|and|และ) ?(?:เดือน ?)?$")
_RANGE_BEHIND = re.compile(rf" ?(?:-|ถึง|to) ?(?:เดือน ?)?{MONTH}")
_FISCAL_YEAR = re.compile(
    rf"(?:(?:(?:ประจำ)?ปี ?{_BUDGET}|{_BUDGET} ?(?:รายจ่าย)? ?(?:ประจำ)?ปี|(?<!ครึ่ง)(?:ประจำ)?ปี"
    r"|fiscal(?: year)?|\byear|\bfy)"
    r" ?(?:พ\.? ?ศ\.? ?|ค\.? ?ศ\.? ?|ที่ ?)?|(?<![ก-๎])(?:พ\. ?ศ\. ?|ค\. ?ศ\. ?|พศ\.? ?)(?=\d{4}))"
    rf"{YEAR}"
)
_NAMED_LAST = re.compile(
    rf"(?P<what>{_QUARTER_WORD}|เดือน|(?<!ครึ่ง)ปี(?: ?{_BUDGET})?){_LAST}"
    r"|\b(?:last|previous) (?:fiscal )?(?P<english>quarter|month|year)"
)
_RECURRING = (
    ("day", re.compile(r"ประจำวัน(?!ที่)|รายวัน|วันนี้|\b(?:daily|today|day)\b")),
    ("week", re.compile(r"สัปดาห์|สัปดาหื|สัปดา|สัปดาห|อาทิตย์|อาทิต|\b(?:weekly|week)\b")),
    ("quarter", re.compile(rf"{_QUARTER_WORD}(?! ?(?:ที่ ?)?\d)|\b(?:quarterly|quarter)\b(?! ?\d)")),
    (
        "month",
        re.compile(r"(?:ประจำ|ราย|ทั้ง)เดือน|เดือน(?= ?(?P<this>นี้)|ล่าสุด)|\b(?:monthly|(?P<this_english>this )?month)\b"),
    ),
    (
        "year",
        re.compile(rf"(?:(?<!รายจ่าย)ประจำ|ราย|ทั้ง)ปี|(?<!ครึ่ง)ปี(?: ?{_BUDGET})? ?(?:นี้|ปัจจุบัน)|\b(?:yearly|annual|year)\b"),
    ),
)
_SUMMED_UP = re.compile(
    rf"(?:สรุป|ภาพรวม)(?:ผล|งาน|ยอด)? ?(?P<what>วัน|เดือน|ปี(?: ?{_BUDGET})?)(?= *(?:(?:หน่อย|ที|ด้วย|นะ|ครับ|คับ|ค่ะ|คะ) *)*$)"
)
"""What is short for รายวัน, รายเดือน and รายปี behind a word that asks for the whole."""


_HAS_DIGIT = re.compile(r"\d").search


def fiscal_year(day: date) -> int:
    """Return the Buddhist fiscal year (1 October to 30 September, named by its end) that a day falls in."""
    return day.year + 543 + (day.month >= 10)


def fiscal_quarter(day: date) -> int:
    """Return the quarter, 1 to 4, of the fiscal year that a day falls in."""
    return (day.month - 10) % 12 // 3 + 1


def find_periods(line: str, today: date | None) -> list[Mention]:
    """Return mentions of kind ``period`` (``FY2568-Q3``, ``2025-05``, ``week``), the most exact first.

    A quarter or a month without its year is read only with ``today``: the quarter of today's fiscal year, the last
    such month that has begun. With เดือนนี้ comes a mention of kind ``month``, the month itself. Half a year, a span of
    months and a fifth quarter are none.
    """
    return (
        _quarters(line, today)
        or list(_months(line, today))
        or list(_fiscal_years(line))
        or list(_last(line, today))
        or list(_recurring(line, today))
        or list(_summed_up(line))
    )


def _quarters(line: str, today: date | None) -> list[Mention]:
    match = _QUARTER.search(line)
    if match is None:
        return []
    years = list(_fiscal_years(line))
    named = _year_of_quarter(match["year"] or match["bare"], years, line, today)
    if named is None:
        return [Mention("unclear_period", "quarter", *match.span())]
    quarter = _QUARTERS[match["quarter"] or match["ordinal"]]
    return [Mention("period", f"FY{named}-Q{quarter}", *match.span()), *years]


def _year_of_quarter(said: str | None, years: list[Mention], line: str, today: date | None) -> int | None:
    if said:
        return christian_year(said) + 543
    if years:
        return int(str(years[0].value)[2:])
    if today is None:
        return None
    last = _NAMED_LAST.search(line)
    return fiscal_year(today) - (last is not None and _what(last) == "year")


def _months(line: str, today: date | None) -> Iterator[Mention]:
    for pattern in _MONTH_YEARS if _HAS_DIGIT(line) else ():
        for match in pattern.finditer(line):
            number = month_number(match["month"])
            if 1 <= number <= 12:
                if not _RANGE_BEFORE.search(line, max(match.start() - 30, 0), match.start()):
                    yield Mention("period", f"{christian_year(match['year'])}-{number:02}", *match.span())
                return
    match_alone = _MONTH_ALONE.search(line) if today else None
    if match_alone and today and not _RANGE_BEHIND.match(line, match_alone.end()):
        number = month_number(match_alone["month"] or match_alone["sure"] or match_alone["number"])
        year = today.year - (match_alone["last_year"] is not None or number > today.month)
        yield Mention("period", f"{year}-{number:02}", *match_alone.span())


def _fiscal_years(line: str) -> Iterator[Mention]:
    for match in _FISCAL_YEAR.finditer(line) if _HAS_DIGIT(line) else ():
        yield Mention("period", f"FY{christian_year(match['year']) + 543}", *match.span())


def _last(line: str, today: date | None) -> Iterator[Mention]:
    match = _NAMED_LAST.search(line)
    if match is None:
        return
    what = _what(match)
    if today is None:
        yield Mention("unclear_period", what, *match.span())
    elif what == "month":
        yield Mention("period", (today.replace(day=1) - timedelta(days=1)).isoformat()[:7], *match.span())
    elif what == "quarter":
        first_month = (today.month - 1) // 3 * 3 + 1
        before = today.replace(month=first_month, day=1) - timedelta(days=1)
        yield Mention("period", f"FY{fiscal_year(before)}-Q{fiscal_quarter(before)}", *match.span())
    else:
        yield Mention("period", f"FY{fiscal_year(today) - 1}", *match.span())


def _what(match: re.Match[str]) -> str:
    said = match["what"] or match["english"]
    if said.startswith(("เดือน", "month")):
        return "month"
    return "year" if said.startswith(("ปี", "year")) else "quarter"


def _recurring(line: str, today: date | None) -> Iterator[Mention]:
    for name, pattern in _RECURRING:
        match = pattern.search(line)
        if match:
            yield Mention("period", name, *match.span())
            if today and match.re.groups and (match["this"] or match["this_english"]):
                yield Mention("month", today.isoformat()[:7], *match.span("this" if match["this"] else "this_english"))
            return


def _summed_up(line: str) -> Iterator[Mention]:
    match = _SUMMED_UP.search(line)
    if match:
        named = {"วัน": "day", "เดือน": "month"}.get(match["what"], "year")
        yield Mention("period", named, *match.span("what"))
