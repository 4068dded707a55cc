"""Dates and hours as Thai offices write them.

Pure, and strict: what could be read in two ways is not read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from models.documents import BANGKOK

OLDEST_YEAR = 1957
"""No register goes further back; an older year is a slip."""

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("มกราคม", "มกรา", "มค", "jan", "january"),
            ("กุมภาพันธ์", "กุมภา", "กพ", "feb", "february"),
            ("มีนาคม", "มีนา", "มีค", "mar", "march"),
            ("เมษายน", "เมษา", "เมย", "apr", "april"),
            ("พฤษภาคม", "พฤษภา", "พค", "may"),
            ("มิถุนายน", "มิถุนา", "มิย", "jun", "june"),
            ("กรกฎาคม", "กรกฎา", "กค", "jul", "july"),
            ("สิงหาคม", "สิงหา", "สค", "aug", "august"),
            ("กันยายน", "กันยา", "กย", "sep", "september"),
            ("ตุลาคม", "ตุลา", "ตค", "oct", "october"),
            ("พฤศจิกายน", "พฤศจิกา", "พย", "nov", "november"),
            ("ธันวาคม", "ธันวา", "ธค", "dec", "december"),
        ),
        start=1,
    )
    for name in names
}


def parse_written_moment(text: str, now: datetime) -> datetime | date | None:
    """Read a date as offices write it, with or without an hour.

    Day before month, Buddhist or common-era years, months in Thai or English, full or short, or ISO; ``09.30 น.`` or
    ``9:30``. Two digits of a year are Buddhist (68 is 2568) and must lie within the last twenty years; anything that
    could be read in two ways is not read.

    Returns:
        An aware datetime (Bangkok time where no offset was written) when an hour was told, else a date, else None.
    """
    return _parse_moment(text, now.astimezone(BANGKOK).year)


def read_real_date(cell: date) -> datetime | date | None:
    """Take a spreadsheet's own date; an office that types 2568 into it made a date of the year 2568.

    Returns:
        The date, or an aware datetime, in the common era; None for a day that the year does not have.
    """
    year = _common_era(cell.year, cell.year)
    try:
        moment = cell.replace(year=year or 0)
    except ValueError:  # 29 February of a year that has none
        return None
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=BANGKOK)
    return moment


def instant_of(moment: datetime | date, *, end_of_day: bool = False) -> datetime:
    """A moment as an aware instant; a date without an hour is its first minute, or its last."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(23, 59) if end_of_day else time(), BANGKOK)


_DATES = (
    re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})(?P<gap>[-/.])(?P<month>\d{1,2})(?P=gap)(?P<year>\d{4}|\d{2})"),
    re.compile(r"(?P<day>\d{1,2})[\s-]*(?P<month>[ก-ฮเแโใไะ-ู็-์.]{2,14}|[A-Za-z]{3,9})[\s.,-]*(?P<year>\d{4}|\d{2})"),
)
_ERA = re.compile(r"\s*[พค]\.\s?ศ\.?")
_TIME = re.compile(
    r"[T\s,]\s*(?:เวลา)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?:น\.?|นาฬิกา)?(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)


@lru_cache(maxsize=4096)
def _parse_moment(text: str, year_now: int) -> datetime | date | None:
    plain = _ERA.sub(" ", unicodedata.normalize("NFC", text).translate(_THAI_DIGITS)).strip()
    plain = plain.removeprefix("วันที่").strip()
    match = next((found for found in (shape.match(plain) for shape in _DATES) if found), None)
    on = _date_from(match, year_now) if match else None
    if match is None or on is None or match.end() == len(plain):
        return on
    clock = _TIME.fullmatch(plain, match.end())
    return _at(on, clock) if clock else None


def _date_from(match: re.Match[str], year_now: int) -> date | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month.replace(".", "").casefold())
    year = _common_era(int(match["year"]), year_now)
    try:
        return date(year or 0, number or 0, int(match["day"]))
    except ValueError:
        return None


def _common_era(year: int, year_now: int) -> int | None:
    """Turn a written year into the common era; None for two digits that point further than twenty years back."""
    if year < 100:
        year += 2500 - 543
        return year if year_now - 20 <= year <= year_now + 1 else None
    year = year - 543 if year >= 2400 else year
    return year if year >= OLDEST_YEAR else None


def _at(on: date, clock: re.Match[str]) -> datetime | None:
    try:
        at = time(int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0), tzinfo=_zone(clock["offset"]))
    except ValueError:
        return None
    return datetime.combine(on, at)


def _zone(offset: str | None) -> timezone:
    if offset is None:
        return BANGKOK
    if offset == "Z":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
