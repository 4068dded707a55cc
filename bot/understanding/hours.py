"""Hours of the clock as they are said: 12.00, เที่ยง, บ่ายสาม, 4 โมงเย็น, สองทุ่ม."""

from __future__ import annotations

import re

from bot.understanding.numerals import NUMBER, read_number

_UNTIL = r"(?:จน)?ถึง(?:เวลา|ประมาณ)? ?|\b(?:until|till|to) "
_HOUR = re.compile(
    rf"(?:{_UNTIL})(?:(?P<clock>\d{{1,2}})[.:](?P<minutes>\d{{2}})(?!\d)"
    rf"|(?P<noon>เที่ยง(?!คืน)|\bnoon\b)|(?P<one>บ่ายโมง)|บ่าย ?(?P<afternoon>{NUMBER})(?: ?โมง)?"
    rf"|(?P<evening>{NUMBER}) ?โมงเย็น|(?P<night>{NUMBER}) ?ทุ่ม|(?P<morning>{NUMBER}) ?โมง(?:เช้า)?"
    r"|(?P<hour>\d{1,2})(?= ?(?:น\.?|นาฬิกา|$)))"
)
_LATER = {"afternoon": 12, "evening": 12, "night": 18, "morning": 0, "hour": 0}


def find_until(line: str) -> str | None:
    """Return until when, ``16:30``; None where no hour of a day is said.

    >>> find_until("เข้าเวรถึง 12.00"), find_until("เข้าเวรถึงบ่ายสาม"), find_until("เข้าเวรถึง 25.00")
    ('12:00', '15:00', None)
    """
    match = _HOUR.search(line)
    if match is None:
        return None
    hour, minutes = _read(match)
    return f"{hour:02}:{minutes:02}" if hour <= 23 and minutes <= 59 else None


def _read(match: re.Match[str]) -> tuple[int, int]:
    if match["clock"]:
        return int(match["clock"]), int(match["minutes"])
    if match["noon"]:
        return 12, 0
    if match["one"]:
        return 13, 0
    name = next(name for name in _LATER if match[name])
    return int(read_number(match[name])) + _LATER[name], 0
