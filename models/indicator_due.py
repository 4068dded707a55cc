"""When reports are due, and which units have not reported: by month, quarter or year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.indicator_terms import Frequency, month_later
from models.indicators import Indicator

_MONTHS_IN = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}


@dataclass(frozen=True)
class DuePeriod:
    """Months that are reported together.

    Attributes:
        months: the first days of its months, one, three or twelve.
        due_on: the day by which the report is due, in the month after.
    """

    months: tuple[date, ...]
    due_on: date

    @property
    def ends_on(self) -> date:
        """The first day after it."""
        return month_later(self.months[-1])


def list_periods(indicator: Indicator) -> list[DuePeriod]:
    """The periods of an indicator's year, in order."""
    length = _MONTHS_IN[indicator.definition.reporting.frequency]
    parts = [tuple(indicator.months[start : start + length]) for start in range(0, 12, length)]
    return [DuePeriod(months, month_later(months[-1]).replace(day=_due_day(indicator))) for months in parts]


def due_on(indicator: Indicator, month: date) -> date:
    """The day by which a month's report is due: of the month after it, its quarter or its year.

    A monthly report of May with due day 5 is due on 5 June, a quarterly one on 5 July, a yearly one on 5 October.
    """
    return next(period.due_on for period in list_periods(indicator) if month in period.months)


def latest_period(indicator: Indicator, today: date) -> DuePeriod:
    """The latest period that is over, or the first where none is."""
    over = [period for period in list_periods(indicator) if period.ends_on <= today]
    return over[-1] if over else list_periods(indicator)[0]


def units_not_reported(indicator: Indicator, reported: Iterable[tuple[int, date]], period: DuePeriod) -> list[int]:
    """The units from which no report of a period counts, in the indicator's order.

    Where the latest month's figure is the result so far, a report of a later month says what the earlier one would.

    Args:
        indicator: of which.
        reported: units and months of its reports that count (see ``indicator_reports.counting``).
        period: of its year.
    """
    until = period.months[-1] if indicator.measure.BY_MONTH else indicator.months[-1]
    units = {unit for unit, month in reported if period.months[0] <= month <= until}
    return [unit for unit in indicator.shares if unit not in units]


def _due_day(indicator: Indicator) -> int:
    return indicator.definition.reporting.due_day
