"""Days, months and periods as people say them, Buddhist or common era; pure: what is relative needs ``today``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.understanding.mentions import Mention
from bot.understanding.numerals import read_number

_MONTHS = (
    (r"มกรา(?:คม)?|ม\.? ?ค\.?", "jan(?:uary)?"),
    (r"กุมภา(?:พันธ์?)?|ก\.? ?พ\.?", "feb(?:ruary)?"),
    (r"มีนา(?:คม)?|มี\.? ?ค\.?", "mar(?:ch)?"),
    (r"เมษา(?:ยน)?|เม\.? ?ย\.?", "apr(?:il)?"),
    (r"พฤษภา(?:คม)?|พ\.? ?ค\.?", "may"),
    (r"มิถุนา(?:ยน)?|มิ\.? ?ย\.?", "june?"),
    (r"กร[กฎ]ฎา(?:คม)?|กรกฏา(?:คม)?|ก\.? ?ค\.?", "july?"),
    (r"สิงหา(?:คม)?|ส\.? ?ค\.?", "aug(?:ust)?"),
    (r"กันยา(?:ยน)?|ก\.? ?ย\.?", "sept?(?:ember)?"),
    (r"ตุลา(?:คม)?|ต\.? ?ค\.?", "oct(?:ober)?"),
    (r"พฤศจิกา(?:ยน)?|พ\.? ?ย\.?", "nov(?:ember)?"),
    (r"ธันวา(?:คม)?|ธ\.? ?ค\.?", "dec(?:ember)?"),
)
_MONTH = "(?:" + "|".join(f"(?:{thai})|(?:{english})(?![a-z])\\.?" for thai, english in _MONTHS) + ")"
_MONTH_PATTERNS = [re.compile(f"{thai}|(?:{english})\\.?") for thai, english in _MONTHS]
_SURE_MONTH = (
    r"(?:มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|กรกฏา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)(?:คม|ยน|พันธ์?)?"
    r"|(?<![ก-๎])(?:[มกพสตธ]|มี)\. ?ค\.|(?<![ก-๎])ก\. ?พ\.|(?<![ก-๎])(?:เม|มิ|[กพ])\. ?ย\."
    r"|\b(?:january|february|april|june|july|august|september|october|november|december)\b"
)
_ERA = r"(?: ?(?:พ\.? ?ศ\.? ?|ค\.? ?ศ\.? ?|ปี ?|, ?|/ ?|' ?|-))?"
_COUNTED = r" ?(?:%|เปอร์|percent|บาท|ล้าน|ชุมชน|แห่ง|ราย|หน่วยงาน|ฉบับ|เรื่อง|ครั้ง|ใบ|คน)"
_YEAR = rf"(?P<year>\d{{4}}(?!\d|[/.]\d| ?บาท)|[0-7]\d(?!\d|[/.]\d|{_COUNTED}))"

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<day>\d{{1,2}})[ -]?(?:เดือน ?)?(?P<month>{_MONTH}){_ERA} ?{_YEAR}",
        r"(?<![\d/.-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d/-])",
        rf"(?<![\d/.-])(?P<day>\d{{1,2}}) ?(?P<mark>[/.-]) ?(?P<month>\d{{1,2}}) ?(?P=mark) ?{_YEAR}",
        rf"(?P<month>{_MONTH}) ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})(?!\d)",
    )
)
_DAY_AND_MONTH = re.compile(rf"(?<![\d/.])(?P<day>\d{{1,2}}) ?(?:เดือน ?)?(?P<month>{_MONTH})(?! ?\d)")
_DAYS_AGO = {"วันนี้": 0, "today": 0, "เมื่อวานนี้": 1, "เมื่อวาน": 1, "yesterday": 1, "เมื่อวานซืน": 2, "วานซืน": 2}
_RELATIVE_DAY = re.compile(
    r"(?:ลงวันที่|ลงวัน|ลว\.|ฉบับ|หนังสือ|เอกสาร|ส่ง(?:ไป|มา)?|ของ|dated|sent|of|from) ?(?:เมื่อ ?)?"
    r"(?P<word>เมื่อวานซืน|วานซืน|เมื่อวานนี้|เมื่อวาน|วันนี้|yesterday|today)"
)
_MONTH_YEARS = (
    re.compile(rf"(?:(?:ประจำ)?เดือน ?)?(?P<month>{_MONTH}){_ERA} ?{_YEAR}"),
    re.compile(rf"(?:ประจำ)?เดือน(?:ที่)? ?(?P<month>\d{{1,2}}) ?[/-] ?{_YEAR}"),
    re.compile(r"(?<![\d/-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d/-])"),
)
_MONTH_ALONE = re.compile(rf"(?:(?:ประจำ)?เดือน ?(?P<month>{_MONTH})|(?P<sure>{_SURE_MONTH}))")

_QUARTER = re.compile(
    r"(?:ไตรมาส|\bquarter|(?<![a-z0-9])q)(?: ?ที่)? ?(?P<quarter>[1-4]|หนึ่ง|สอง|สาม|สี่)(?![\d.])"
    rf"(?: ?[/-] ?{_YEAR}| (?P<bare>25\d\d|20\d\d)(?![\d/]))?"
)
_FISCAL_YEAR = re.compile(
    r"(?:(?:ประจำ)?ปี ?งบ ?(?:ประมาณ)?|งบ(?:ประมาณ)? ?ปี|(?:ประจำ)?ปี|fiscal year|\byear|\bfy)"
    rf" ?(?:พ\.? ?ศ\.? ?|ค\.? ?ศ\.? ?|ที่ ?)?{_YEAR}"
)
_NAMED_LAST = re.compile(
    r"(?P<what>ไตรมาส|เดือน|ปี(?:งบประมาณ|งบ)?)(?:ที่แล้ว|ที่ผ่านมา|ก่อน)|last (?P<english>quarter|month|year)"
)
_RECURRING = (
    ("day", re.compile(r"ประจำวัน(?!ที่)|รายวัน|วันนี้|\b(?:daily|today|day)\b")),
    ("week", re.compile(r"สัปดาห์|สัปดาหื|สัปดา|อาทิตย์|\b(?:weekly|week)\b")),
    ("quarter", re.compile(r"ไตรมาส|\b(?:quarterly|quarter)\b")),
    ("month", re.compile(r"(?:ประจำ|ราย|ทั้ง)เดือน|เดือน(?:นี้|ล่าสุด)|\b(?:monthly|month)\b")),
    ("year", re.compile(r"(?:ประจำ|ราย|ทั้ง)ปี|ปี(?:งบประมาณ|งบ)?นี้|\b(?:yearly|annual|year)\b")),
)
_NEWEST_TWO_DIGIT_CE = 42
_OLDEST_FOUR_DIGIT_BE = 2400


def christian_year(year: str) -> int:
    """Return the common-era year of two or four digits, read as Buddhist where that is the likelier.

    >>> christian_year("2564"), christian_year("64"), christian_year("2021"), christian_year("25")
    (2021, 2021, 2021, 2025)
    """
    number = int(year)
    if len(year) == 2:
        return 2000 + number if number <= _NEWEST_TWO_DIGIT_CE else 2500 + number - 543
    return number - 543 if number >= _OLDEST_FOUR_DIGIT_BE else number


def fiscal_year(day: date) -> int:
    """Return the Buddhist fiscal year (1 October to 30 September, named by its end) that a day falls in."""
    return day.year + 543 + (day.month >= 10)


def fiscal_quarter(day: date) -> int:
    """Return the quarter, 1 to 4, of the fiscal year that a day falls in."""
    return (day.month - 10) % 12 // 3 + 1


def find_dates(line: str, today: date | None) -> list[Mention]:
    """Return mentions of kind ``date`` (ISO text), in the order of their kinds of writing; impossible days are none."""
    found = [
        Mention("date", day.isoformat(), match.start(), match.end())
        for pattern in _DATES
        for match in pattern.finditer(line)
        if (day := _day(christian_year(match["year"]), match["month"], match["day"]))
    ]
    return found + list(_relative_days(line, today)) if today else found


def find_periods(line: str, today: date | None) -> list[Mention]:
    """Return mentions of kind ``period`` (``FY2568-Q3``, ``2025-05``, ``week``), the most exact first.

    A quarter or a month without its year is read only with ``today``: the quarter of today's fiscal year, the last
    such month that has begun.
    """
    return (
        _quarters(line, today)
        or list(_months(line, today))
        or list(_fiscal_years(line))
        or list(_last(line, today))
        or list(_recurring(line))
    )


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, _month_number(month), int(day))
    except ValueError:
        return None


def _month_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(number for number, pattern in enumerate(_MONTH_PATTERNS, 1) if pattern.fullmatch(text))


def _relative_days(line: str, today: date) -> Iterator[Mention]:
    for match in _RELATIVE_DAY.finditer(line):
        day = today - timedelta(days=_DAYS_AGO[match["word"]])
        yield Mention("date", day.isoformat(), *match.span("word"))
    for match in _DAY_AND_MONTH.finditer(line):
        spoken = _day(today.year, match["month"], match["day"])
        if spoken and spoken > today:
            spoken = _day(today.year - 1, match["month"], match["day"])
        if spoken:
            yield Mention("date", spoken.isoformat(), *match.span())


def _quarters(line: str, today: date | None) -> list[Mention]:
    match = _QUARTER.search(line)
    if match is None:
        return []
    year = match["year"] or match["bare"]
    found = list(_fiscal_years(line))
    if year:
        named = christian_year(year) + 543
    elif found:
        named = int(str(found[0].value)[2:])
    elif today:
        named = fiscal_year(today)
    else:
        return [Mention("unclear_period", "quarter", *match.span())]
    return [Mention("period", f"FY{named}-Q{read_number(match['quarter'])}", *match.span()), *found]


def _months(line: str, today: date | None) -> Iterator[Mention]:
    for pattern in _MONTH_YEARS:
        for match in pattern.finditer(line):
            number = _month_number(match["month"])
            if 1 <= number <= 12:
                yield Mention("period", f"{christian_year(match['year'])}-{number:02}", *match.span())
                return
    match_alone = _MONTH_ALONE.search(line) if today else None
    if match_alone and today:
        number = _month_number(match_alone["month"] or match_alone["sure"])
        yield Mention("period", f"{today.year - (number > today.month)}-{number:02}", *match_alone.span())


def _fiscal_years(line: str) -> Iterator[Mention]:
    for match in _FISCAL_YEAR.finditer(line):
        yield Mention("period", f"FY{christian_year(match['year']) + 543}", *match.span())


def _last(line: str, today: date | None) -> Iterator[Mention]:
    match = _NAMED_LAST.search(line)
    if match is None:
        return
    what = match["what"] or match["english"]
    if today is None:
        yield Mention("unclear_period", what, *match.span())
    elif what in ("เดือน", "month"):
        yield Mention("period", (today.replace(day=1) - timedelta(days=1)).isoformat()[:7], *match.span())
    elif what in ("ไตรมาส", "quarter"):
        first_month = (today.month - 1) // 3 * 3 + 1
        before = today.replace(month=first_month, day=1) - timedelta(days=1)
        yield Mention("period", f"FY{fiscal_year(before)}-Q{fiscal_quarter(before)}", *match.span())
    else:
        yield Mention("period", f"FY{fiscal_year(today) - 1}", *match.span())


def _recurring(line: str) -> Iterator[Mention]:
    for name, pattern in _RECURRING:
        match = pattern.search(line)
        if match:
            yield Mention("period", name, *match.span())
            return
