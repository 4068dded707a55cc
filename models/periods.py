"""Periods as people name them, turned into days in Bangkok: today, this week, a month, a quarter, a fiscal year.

The fiscal year (ปีงบประมาณ) runs from 1 October to 30 September and has the Buddhist year in which it ends; its first
quarter is October to December.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

BUDDHIST_ERA = 543
_OCTOBER = 10
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_FISCAL = re.compile(r"FY(\d{4})(?:-Q([1-4]))?")


class PeriodKind(StrEnum):
    """What a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """Days in Bangkok, both included; ``is_current`` where today is one of them."""

    kind: PeriodKind
    first: date
    last: date
    is_current: bool

    @property
    def fiscal_year(self) -> int:
        """The Buddhist year of the fiscal year in which it begins."""
        return fiscal_year_of(self.first)

    @property
    def quarter(self) -> int:
        """1 to 4, of the fiscal year."""
        return (self.first.month - _OCTOBER) % 12 // 3 + 1


def fiscal_year_of(day: date) -> int:
    """The fiscal year of a day.

    >>> fiscal_year_of(date(2024, 10, 1)), fiscal_year_of(date(2025, 9, 30))
    (2568, 2568)
    """
    return day.year + BUDDHIST_ERA + (day.month >= _OCTOBER)


def read_period(name: str, today: date) -> Period:
    """The days of a period as understanding names it: ``month``, ``2025-05``, ``FY2568``, ``FY2568-Q3``.

    What cannot be read is this month.

    >>> period = read_period("FY2568-Q2", date(2026, 11, 20))
    >>> period.first.isoformat(), period.last.isoformat(), period.quarter
    ('2025-01-01', '2025-03-31', 2)
    """
    kind, first, after = _named(name) or _running(name, today)
    return Period(kind, first, after - timedelta(days=1), is_current=first <= today < after)


def _named(name: str) -> tuple[PeriodKind, date, date] | None:
    month, fiscal = _MONTH.fullmatch(name), _FISCAL.fullmatch(name)
    try:
        if month:
            first = date(int(month[1]), int(month[2]), 1)
            return PeriodKind.MONTH, first, _months_later(first, 1)
        if fiscal:
            begins = date(int(fiscal[1]) - BUDDHIST_ERA - 1, _OCTOBER, 1)
            if fiscal[2] is None:
                return PeriodKind.YEAR, begins, _months_later(begins, 12)
            first = _months_later(begins, 3 * (int(fiscal[2]) - 1))
            return PeriodKind.QUARTER, first, _months_later(first, 3)
    except ValueError:  # no such month or year
        return None
    return None


def _running(name: str, today: date) -> tuple[PeriodKind, date, date]:
    month = today.replace(day=1)
    if name == PeriodKind.DAY:
        return PeriodKind.DAY, today, today + timedelta(days=1)
    if name == PeriodKind.WEEK:
        monday = today - timedelta(days=today.weekday())
        return PeriodKind.WEEK, monday, monday + timedelta(days=7)
    if name == PeriodKind.QUARTER:
        first = _months_later(month, -((today.month - 1) % 3))
        return PeriodKind.QUARTER, first, _months_later(first, 3)
    if name == PeriodKind.YEAR:
        first = _months_later(month, -((today.month - _OCTOBER) % 12))
        return PeriodKind.YEAR, first, _months_later(first, 12)
    return PeriodKind.MONTH, month, _months_later(month, 1)


def _months_later(month: date, count: int) -> date:
    months = month.year * 12 + month.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
