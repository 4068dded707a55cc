"""Hours of the clock as they are said: 12.00, เที่ยง, บ่ายสาม, 4 โมงเย็น, สองทุ่ม, 08.30-16.30."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.understanding.numerals import NUMBER, read_number

_FROM = r"(?<!\d)(?:\d{1,2}[.:]\d{2} ?(?:น\.?)? ?- ?|\d{1,2} ?- ?(?=\d{1,2}(?:[.:]\d\d| ?น)))"
_UNTIL = (
    rf"(?:(?:จน)?ถึง(?:เวลา|ประมาณ|ราว)? ?|{_FROM}|ออก(?:เวร)? ?(?:ตอน|เวลา) ?|ออก(?:เวร)? ?(?=\d{{1,2}}[.:]\d\d)"
    r"|เลิก(?:ตอน|เวลา)? ?"
    r"|\b(?:until|till|til|to) )"
)
_HALF = r"(?: ?(?P<half>ครึ่ง))?"
_CLOCK = (
    r"(?:(?P<clock>\d{1,2})[.:](?P<minutes>\d{2})(?!\d)(?: ?(?P<clock_half_day>[ap]\.?m\b))?"
    rf"|(?:(?P<noon>เที่ยง(?:วัน|ตรง)?(?!คืน)|\bnoon\b)|(?P<one>บ่าย ?โมง)|บ่าย ?(?P<afternoon>{NUMBER})(?: ?โมง)?"
    rf"|(?P<evening>{NUMBER}) ?โมง ?เย็น|(?P<night>{NUMBER}) ?ทุ่ม|(?P<morning>{NUMBER}) ?โมง ?เช้า"
    rf"|(?P<oclock>{NUMBER}) ?โมง){_HALF}"
    r"|(?P<hour>\d{1,2})(?: ?(?P<half_day>[ap]\.?m\b)|(?= ?(?:น\.?|นาฬิกา|$|ครับ|ค่ะ|คะ|นะ))))"
)
_HOUR = re.compile(_UNTIL + _CLOCK)
_ANY_HOUR = re.compile(
    rf"(?<![\d.:/])(?:(?P<midnight>เที่ยง ?คืน|\bmidnight\b)|ตี ?(?P<dawn>{NUMBER})|{_CLOCK}"
    r"|(?P<begin>\d{1,2})(?= ?(?:-|ถึง|to) ?\d{1,2}(?![\d/])))"
)
_LATER = {"afternoon": 12, "evening": 12, "night": 18, "morning": 0, "hour": 0}
_EARLIEST_MORNING = 7
"""1 to 6 โมง without เช้า is of the afternoon, as people say it."""


@dataclass(frozen=True)
class Hour:
    """An hour of the clock as it was said, and where; ``is_vague`` where it may as well be of the morning (6 โมง)."""

    at: time
    start: int
    end: int
    is_vague: bool = False


def find_until(line: str) -> str | None:
    """Return until when, ``16:30``; None where no hour of a day is said.

    >>> find_until("เข้าเวรถึง 12.00"), find_until("เข้าเวรถึงบ่ายสาม"), find_until("เข้าเวรถึง 25.00")
    ('12:00', '15:00', None)
    >>> find_until("เข้าเวร 08.30-16.30 น."), find_until("เข้าเวรถึง 4 โมงครึ่ง"), find_until("on duty until 4 pm")
    ('16:30', '16:30', '16:00')
    """
    match = _HOUR.search(line)
    if match is None:
        return None
    hour, minutes = _read(match)
    return f"{hour:02}:{minutes:02}" if isinstance(hour, int) and hour <= 23 and minutes <= 59 else None


def find_hours(line: str) -> list[Hour]:
    """Return every hour of a day that is said, in order.

    >>> [str(hour.at) for hour in find_hours("ห้ามรบกวน 2 ทุ่มครึ่งถึง 7 โมงเช้า")]
    ['20:30:00', '07:00:00']
    >>> [str(hour.at) for hour in find_hours("ตี 5 เที่ยงคืน 8-17 น. 9:15 pm 25.00")]
    ['05:00:00', '00:00:00', '08:00:00', '17:00:00', '21:15:00']
    """
    return [hour for match in _ANY_HOUR.finditer(line) if (hour := _hour_in(match)) is not None]


def _hour_in(match: re.Match[str]) -> Hour | None:
    hour, minutes = _read_any(match)
    if not isinstance(hour, int) or hour > 23 or minutes > 59:
        return None
    is_vague = match["oclock"] is not None and read_number(match["oclock"]) < _EARLIEST_MORNING
    return Hour(time(hour, minutes), *match.span(), is_vague)


def _read_any(match: re.Match[str]) -> tuple[int | float, int]:
    if match["midnight"]:
        return 0, 0
    if match["dawn"] or match["begin"]:
        return read_number(match["dawn"] or match["begin"]), 0
    return _read(match)


def _read(match: re.Match[str]) -> tuple[int | float, int]:
    if match["clock"]:
        return _of_half_day(int(match["clock"]), match["clock_half_day"]), int(match["minutes"])
    half = 30 if match["half"] else 0
    if match["noon"]:
        return 12, half
    if match["one"]:
        return 13, half
    if match["oclock"]:
        hour = read_number(match["oclock"])
        return hour + (12 if hour < _EARLIEST_MORNING else 0), half
    name = next(name for name in _LATER if match[name])
    return _of_half_day(read_number(match[name]) + _LATER[name], match["half_day"]), half


def _of_half_day(hour: int | float, said: str | None) -> int | float:
    return hour + 12 if said and said[0] == "p" and hour < 12 else hour
