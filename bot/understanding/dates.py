"""Days as people say them, Buddhist or common era; pure: what is relative needs ``today``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.understanding.mentions import Mention
from bot.understanding.months import ERA, MONTH, YEAR, christian_year, month_number
from bot.understanding.numerals import NUMBER, read_number

_NO_DIGIT_BEFORE = r"(?<!\d)(?<!\d[/.,])(?<!ร้อยละ)(?<!ร้อยละ )"
_BETWEEN = r"(?:st|nd|rd|th)?[ /-]?(?:of |เดือน ?)?"

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NO_DIGIT_BEFORE}(?P<day>\d{{1,2}}){_BETWEEN}(?P<month>{MONTH}){ERA} ?{YEAR}",
        r"(?<![\d/-])(?<!\d\.)(?P<year>(?:19|20|2[456])\d\d)(?P<mark>[/-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d/-])",
        rf"(?<![\d/-])(?<!\d\.)(?P<day>\d{{1,2}}) ?(?P<mark>[/.-]) ?(?P<month>\d{{1,2}}) ?(?P=mark) ?{YEAR}",
        rf"(?P<month>{MONTH}) ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>20\d\d|25\d\d)(?![\d/])",
    )
)
_DAY_AND_MONTH = re.compile(
    rf"{_NO_DIGIT_BEFORE}(?P<day>\d{{1,2}}) ?(?:เดือน ?)?(?P<month>{MONTH})(?! ?\d(?!\d?[.:]\d\d))"
    r"|(?:วันที่|ลงวัน|ลว\.?|dated) ?(?P<spoken_day>\d{1,2}) ?/ ?(?P<spoken_month>\d{1,2})(?![\d/.])"
)
_DAY_OF_ANY_YEAR = 2024
"""A leap year: 29 February alone may be meant, 31 February never."""

_OF_A_LETTER = r"(?:ลงวันที่|ลงวัน|ลว\.|ฉบับ|หนังสือ|เอกสาร|ของ|\bdated|\bof|\bfrom)(?: ?(?:ของ|เมื่อ(?!วาน)|ที่ลง(?:วันที่)?))? ?"
_DAYS_AGO = {"วันนี้": 0, "today": 0, "เมื่อวานนี้": 1, "เมื่อวาน": 1, "yesterday": 1, "เมื่อวานซืน": 2, "วานซืน": 2}
_WEEKDAYS = (
    (r"จันทร์?", "monday"),
    (r"อังคาร", "tuesday"),
    (r"พุธ", "wednesday"),
    (r"พฤหัส(?:บดี|ฯ)?", "thursday"),
    (r"ศุกร์?", "friday"),
    (r"เสาร์?", "saturday"),
    (r"(?<=วัน)อาทิตย์", "sunday"),
)
_WEEKDAY = "|".join(f"{thai}|{english}" for thai, english in _WEEKDAYS)
WEEKDAY = "|".join(f"{thai.removeprefix('(?<=วัน)')}|{english}" for thai, english in _WEEKDAYS)
"""Pattern of a day of the week where no other word is expected."""
_WEEKDAY_PATTERNS = [re.compile(f"{thai.removeprefix('(?<=วัน)')}|{english}") for thai, english in _WEEKDAYS]
_RELATIVE_DAY = re.compile(
    rf"{_OF_A_LETTER}(?P<said>(?P<word>เมื่อวานซืน|วานซืน|เมื่อวานนี้|เมื่อวาน|วันนี้|yesterday|today)"
    rf"|(?:last )?(?:วัน)?(?P<weekday>{_WEEKDAY}) ?(?P<this>นี้)?(?:ที่แล้ว|ที่ผ่านมา|ก่อน)?"
    rf"|(?P<days>{NUMBER}) ?(?:วัน ?(?:ก่อน|ที่แล้ว|ที่ผ่านมา)|days? ago))"
)
_MOST_DAYS_AGO = 366


def find_dates(line: str, today: date | None) -> list[Mention]:
    """Return mentions of kind ``date`` (ISO text), in the order of their kinds of writing.

    What is written like a date and is none (31 ก.พ. 2568) comes as kind ``no_date``, so that nobody reads its pieces.
    """
    found = [_mention(match) for pattern in _DATES for match in pattern.finditer(line)] if _HAS_DIGIT(line) else []
    return found + list(_without_year(line, today)) + (list(_relative_days(line, today)) if today else [])


_HAS_DIGIT = re.compile(r"\d").search


def _mention(match: re.Match[str]) -> Mention:
    day = _day(christian_year(match["year"]), match["month"], match["day"])
    return Mention("date", day.isoformat(), *match.span()) if day else Mention("no_date", match[0], *match.span())


def weekday_number(text: str) -> int:
    """Return the number of a day of the week, Monday 0, from its name (a match of ``WEEKDAY``)."""
    return next(at for at, pattern in enumerate(_WEEKDAY_PATTERNS) if pattern.fullmatch(text))


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, month_number(month), int(day))
    except ValueError:
        return None


def _without_year(line: str, today: date | None) -> Iterator[Mention]:
    """Give the last such day that has come, and what is no day in any year."""
    for match in _DAY_AND_MONTH.finditer(line):
        day, month = match["day"] or match["spoken_day"], match["month"] or match["spoken_month"]
        if _day(_DAY_OF_ANY_YEAR, month, day) is None:
            yield Mention("no_date", match[0], *match.span())
        elif today and (spoken := _last_such_day(today, month, day)):
            yield Mention("date", spoken.isoformat(), *match.span())


def _last_such_day(today: date, month: str, day: str) -> date | None:
    this_year = _day(today.year, month, day)
    return this_year if this_year and this_year <= today else _day(today.year - 1, month, day)


def _relative_days(line: str, today: date) -> Iterator[Mention]:
    for match in _RELATIVE_DAY.finditer(line):
        ago = _days_ago(match, today)
        if ago is not None:
            yield Mention("date", (today - timedelta(days=ago)).isoformat(), *match.span("said"))


def _days_ago(match: re.Match[str], today: date) -> int | None:
    """Return how many days before today; None where the day is still to come or is no whole number of days."""
    if match["word"]:
        return _DAYS_AGO[match["word"]]
    if match["days"]:
        number = read_number(match["days"])
        return number if isinstance(number, int) and number <= _MOST_DAYS_AGO else None
    since = today.weekday() - weekday_number(match["weekday"])
    if match["this"]:
        return since if since >= 0 else None
    return since % 7 or 7
