"""Thai government holidays (วันหยุดราชการ) with their substitution days, from the ``holidays`` library.

The library knows what was declared before its release; a special holiday that the cabinet declares later is set by hand
with ``tidtam calendar set``, and no list changes a day set by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib.metadata import version

from sqlalchemy.orm import Session

from models.service_calendar import record_holidays
from models.session import Database
from models.working_time import BANGKOK

_INSTEAD = "ชดเชย"
"""How the library's name of a substitution day begins."""

_NOT_OF_THE_GOVERNMENT = frozenset({"วันแรงงานแห่งชาติ", "วันเด็กแห่งชาติ"})
"""Offices work on Labour Day and on its substitution day; Children's Day is always a Saturday and closes nothing."""

_ONE_NAME_IS_ENOUGH = (
    "วันเฉลิมพระชนมพรรษาสมเด็จพระบรมราชชนนีพันปีหลวง",  # the day stays, under its other name, วันแม่แห่งชาติ
    "วันคล้ายวันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระบรมชนกาธิเบศร",  # วันชาติ and วันพ่อแห่งชาติ, one day
)
_SHORT_NAMES = {
    "วันพระบาทสมเด็จพระพุทธยอดฟ้าจุฬาโลกมหาราช": "วันจักรี",
    "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระปรเมนทร": "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว",
    "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าสุทิดา": "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี",
}
"""How the library's name begins, and the name that calendars print."""


@cache
def thai_government_holidays(year: int) -> tuple[tuple[date, str], ...]:
    """The government's holidays of a year of the common era, in order, with their Thai names.

    The first call of a process takes half a second (the library is large): not inside a transaction.
    """
    import holidays  # noqa: PLC0415 - half a second that only a process that fills the calendar should spend

    found = holidays.country_holidays("TH", years=year, categories=("public", "government"), language="th")
    named = ((day, _name(found[day])) for day in sorted(found) if day.year == year)
    return tuple((day, name) for day, name in named if name)


def seed_holidays(session: Session, years: Iterable[int], now: datetime) -> int:
    """Bring whole years of the calendar in line with the library; days that an operator set stay as they are.

    Returns:
        How many days changed.
    """
    years = sorted(set(years))
    listed = dict(entry for year in years for entry in thai_government_holidays(year))
    return record_holidays(session, years, listed, source=f"holidays {version('holidays')}", now=now)


def fill_calendar(database: Database, years: Iterable[int], now: datetime) -> int:
    """Do the same in a transaction of its own, opened once the library is loaded; gives how many days changed."""
    years = sorted(set(years))
    for year in years:
        thai_government_holidays(year)
    with database.transaction() as session:
        return seed_holidays(session, years, now)


def years_to_seed(now: datetime) -> range:
    """Two years back, so that what was asked lately can be measured, this year, and the next one."""
    year = now.astimezone(BANGKOK).year
    return range(year - 2, year + 2)


def _name(listed: str) -> str:
    """The library's name of a day in our words; empty where government offices work."""
    names = [name for name in listed.split("; ") if _is_wanted(name)]
    if names and all(name.startswith(_INSTEAD) for name in names):
        return f"วันหยุด{_INSTEAD}" + " และ".join(_short(name.removeprefix(_INSTEAD)) for name in names)
    return " และ".join(_short(name) for name in names)


def _is_wanted(name: str) -> bool:
    name = name.removeprefix(_INSTEAD)
    return name not in _NOT_OF_THE_GOVERNMENT and not name.startswith(_ONE_NAME_IS_ENOUGH)


def _short(name: str) -> str:
    return next((short for start, short in _SHORT_NAMES.items() if name.startswith(start)), name)
