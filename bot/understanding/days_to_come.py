"""Days to come, as people say until when something lasts; pure: what is relative needs ``today``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.dates import WEEKDAY, find_dates, weekday_number
from bot.understanding.months import ERA, MONTH, month_number
from bot.understanding.numerals import NUMBER, read_number

_SPAN = re.compile(
    rf"(?P<count>{NUMBER}|ครึ่ง|\ban?\b)? ?(?P<unit>วัน(?!ที่|นี้|หยุด|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์)|สัปดาห์|อาทิตย์|เดือน|ปี"
    r"|\bdays?\b|\bweeks?\b|\bmonths?\b|\byears?\b)(?! ?หน้า)"
)
_SPAN_DAYS = {"วัน": 1, "d": 1, "สัปดาห์": 7, "อาทิตย์": 7, "w": 7, "เดือน": 30, "m": 30, "ปี": 365, "y": 365}
BACK_ON = re.compile(rf"กลับ(?:มา)?(?:ทำงาน)? ?(?=(?:วัน|อีกครั้ง)? ?(?:ที่ ?)?(?:\d|{WEEKDAY}|พรุ่งนี้|มะรืน))|\bback on ")
"""Words before the day of somebody's return."""
_UNTIL = re.compile(rf"(?:จน)?(?P<through>ถึง|\bthrough )|\b(?:until|till|til|to) ?|{BACK_ON.pattern}")
_NAMED_DAY = re.compile(
    rf"(?:วัน)?(?P<weekday>{WEEKDAY})(?P<next> ?(?:หน้า|สัปดาห์หน้า|อาทิตย์หน้า))?|(?P<tomorrow>พรุ่งนี้|\btomorrow\b)"
    r"|(?P<day_after>มะรืน(?:นี้)?)|(?P<next_week>(?:สัปดาห์|อาทิตย์)หน้า|\bnext week\b)"
    r"|(?P<month_end>สิ้นเดือน(?:นี้)?|\bend of (?:the |this )?month\b)|(?P<next_month>เดือนหน้า|\bnext month\b)"
    r"|(?P<new_year>ปีใหม่|\bnew year\b)|(?:วันที่|ที่|\bthe) ?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d./:])"
    r"|\bnext (?P<next_weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_WITHOUT_YEAR = re.compile(
    rf"(?:วันที่|วัน|\bthe)? ?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?: ?(?:เดือน ?|of )?(?P<month>{MONTH}|(?<=\d)/\d{{1,2}}))"
    rf"|(?P<first_month>{MONTH}) ?(?P<second_day>\d{{1,2}})(?:st|nd|rd|th)?)"
    rf"(?!{ERA} ?(?:\d{{4}}|\d\d(?!\d?[.:]\d))|[/\d])"
)
_LEAD = 8
"""Letters that may stand before a written day: วันที่, วัน."""
_JUST_PASSED = timedelta(days=60)


def says_a_day(line: str, today: date) -> bool:
    """Whether a line says any day, or how long."""
    return bool(find_dates(line, today)) or _SPAN.search(line) is not None or _NAMED_DAY.search(line) is not None


def day_of_return(line: str, today: date) -> date | None:
    """Return the first day after what is said to last: after ถึง and through the next, after until that day itself.

    >>> day_of_return("ลาถึง 15 ธ.ค.", date(2026, 11, 20)), day_of_return("until 15 dec", date(2026, 11, 20))
    (datetime.date(2026, 12, 16), datetime.date(2026, 12, 15))
    """
    marks = list(_UNTIL.finditer(line))
    if not marks:
        return None
    rest = line[marks[-1].end() :]
    day = _day_to_come(rest.strip(), today)
    if day is None:
        return None
    return day + timedelta(days=1) if marks[-1]["through"] else day


def _day_to_come(said: str, today: date) -> date | None:
    match = _WITHOUT_YEAR.match(said)
    if match:
        month = match["month"] or match["first_month"]
        return _next_such(int(match["day"] or match["second_day"]), month_number(month.removeprefix("/")), today)
    written = [mention for mention in find_dates(said, None) if mention.kind == "date" and mention.start <= _LEAD]
    if written:
        return date.fromisoformat(str(written[0].value))
    named = _NAMED_DAY.match(said)
    return _named_day(named, today) if named else None


def _next_such(day: int, month: int, today: date) -> date | None:
    """The next day of this name; but one that has just passed is taken for what was said, a slip of the person."""
    this = _on(today.year, month, day)
    if this is not None and this >= today - _JUST_PASSED:
        return this
    return _on(today.year + 1, month, day)


def _named_day(match: re.Match[str], today: date) -> date | None:
    name = next(name for name, value in match.groupdict().items() if value and name != "next")
    if name in ("weekday", "next_weekday"):
        days = (weekday_number(match[name]) - today.weekday()) % 7 or 7
        days += 7 if match["next"] and days + today.weekday() < 7 else 0
        return today + timedelta(days=days)
    if name == "day":
        return _next_day_of_month(int(match["day"]), today)
    first_of_next = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return {
        "tomorrow": today + timedelta(days=1),
        "day_after": today + timedelta(days=2),
        "next_week": today + timedelta(days=7 - today.weekday()),
        "month_end": first_of_next - timedelta(days=1),
        "next_month": first_of_next,
        "new_year": date(today.year + 1, 1, 1),
    }.get(name)


def _next_day_of_month(day: int, today: date) -> date | None:
    this = _on(today.year, today.month, day)
    if this is not None and this >= today:
        return this
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _on(following.year, following.month, day)


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_said(line: str) -> int | None:
    """Return for how many days something is to last, at most 366; None where that is not said.

    >>> days_said("พัก 2 สัปดาห์"), days_said("ครึ่งเดือน"), days_said("for a week"), days_said("ทั้งวัน")
    (14, 15, 7, 1)
    """
    spans = list(_SPAN.finditer(line))
    if len(spans) != 1:
        return None
    unit = spans[0]["unit"]
    days = _SPAN_DAYS.get(unit) or _SPAN_DAYS[unit[0]]
    count = spans[0]["count"]
    if count is None:
        return days if re.search(r"ทั้ง ?$|\bfor (?:the )?$|\bthis $|สัก ?$", line[: spans[0].start()]) else None
    if count == "ครึ่ง":
        return days // 2 or None
    number = 1 if count in ("a", "an") else read_number(count)
    return int(number) * days if isinstance(number, int) and 0 < number * days <= 366 else None
