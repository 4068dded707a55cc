"""What the demo knows of indicators: a year that is over, the running one so far, and vouchers.

The figures are invented, by a rule that gives the same ones each time; districts, steps and bands are the catalog's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from models.documents import BANGKOK
from models.indicator_access import Person, person_of
from models.indicator_reports import DecisionKind, ReportSource
from models.indicator_terms import Figure, Share, month_later
from models.indicator_years import open_year
from models.indicators import Indicator, find_indicator, list_current_indicators
from models.machine_figures import record_machine_figures
from models.members import get_member
from models.periods import fiscal_year_of
from models.reporting import hold_indicator, record_reports
from models.reviewing import decide
from models.units import get_unit
from models.vouchers import VoucherRow, add_vouchers
from models.working_time import ServiceCalendar

COMMUNITIES = "8308"
LADDER = "PBIS-LEVEL"
CARRIED_OVER = "CARRY-OVER"
PAID_IN_TIME = "PAY-7-DAYS"
LEFT_TO_REPORT = "สำนักงานเขตดินแดง"
"""Its report of the running month is left to who tries the demo."""


def add_indicators(
    session: Session, reporter_id: str, reviewer_id: str, calendar: ServiceCalendar, now: datetime
) -> None:
    """Open the running fiscal year and fill it and an earlier one with reports.

    Args:
        session: an open transaction, in which the catalog and the people are.
        reporter_id: LINE user id of who reported, anybody.
        reviewer_id: of an administrator, who approved.
        calendar: tells working days.
        now: the present.
    """
    today = now.astimezone(BANGKOK).date()
    reporter = get_member(session, reporter_id).id
    reviewer = person_of(session, get_member(session, reviewer_id))
    _open_running_year(session, today, now)
    told = _Told(session, reporter, reviewer, now)
    _tell_communities(told, today)
    _tell_steps(told, today)
    carried_over = find_indicator(session, CARRIED_OVER, today, 2564)
    if carried_over is not None:
        host = carried_over.host_unit_id
        told.of(carried_over, [Figure(host, carried_over.months[-1], value=Decimal("3.22"))], today)
    _add_vouchers(session, today, now)
    record_machine_figures(session, calendar, now=now, today=today)


class _Told:
    """Reports that were made and approved at the end of their months."""

    def __init__(self, session: Session, reporter: int, reviewer: Person, now: datetime) -> None:
        self.session = session
        self._reporter, self._reviewer, self._now = reporter, reviewer, now

    def of(self, indicator: Indicator, figures: Sequence[Figure], today: date, *, waiting: int = 0) -> None:
        """Append figures of one month; the last ``waiting`` of them still wait for the host."""
        held = hold_indicator(self.session, indicator.id)
        at = min(datetime.combine(month_later(figures[0].month), datetime.min.time(), UTC), self._now)
        told_on = min(today, month_later(figures[0].month))
        ids = record_reports(
            self.session,
            held,
            figures,
            member_id=self._reporter,
            source=ReportSource.GRID,
            note=None,
            at=at,
            now=at,
            today=told_on,
        )
        approved = ids[: len(ids) - waiting]
        decide(self.session, approved, DecisionKind.APPROVED, self._reviewer, reason=None, now=at)


def _open_running_year(session: Session, today: date, now: datetime) -> None:
    running = fiscal_year_of(today)
    for indicator in list_current_indicators(session, today):
        if indicator.fiscal_year < running:
            open_year(session, running, indicator.fiscal_year, [indicator.code], now)


def _tell_communities(told: _Told, today: date) -> None:
    over = find_indicator(told.session, COMMUNITIES, today, 2568)
    running = find_indicator(told.session, COMMUNITIES, today)
    left = get_unit(told.session, LEFT_TO_REPORT).id
    if over is not None:
        for month, done in zip(over.months[2::3], (15, 40, 70, 94), strict=True):
            told.of(over, list(_drawn(over, month, done)), today)
    if running is not None and running is not over:
        for month in running.months:
            if month <= today:
                done = 8 + 7 * running.months.index(month)
                figures = [
                    one for one in _drawn(running, month, done) if one.unit != left or month_later(month) <= today
                ]
                told.of(running, figures[:-8], today, waiting=3)


def _drawn(indicator: Indicator, month: date, percent: int) -> Iterator[Figure]:
    """Communities that drew the budget by a month, about so many percent, in some districts more than in others."""
    for number, share in enumerate(indicator.shares.values()):
        yield _counted(share, month, max(5, min(100, percent + number % 7 * 3 - 9)))


def _counted(share: Share, month: date, percent: int) -> Figure:
    among = share.denominator or Decimal(0)
    return Figure(share.unit, month, numerator=among * percent // 100, denominator=among)


def _tell_steps(told: _Told, today: date) -> None:
    ladder = find_indicator(told.session, LADDER, today)
    if ladder is not None:
        first = Figure(ladder.host_unit_id, ladder.months[0], step=1, percent=Decimal(20))
        told.of(ladder, [first], today)


def _add_vouchers(session: Session, today: date, now: datetime) -> None:
    """Vouchers of the last hundred days, most of them paid within the week."""
    indicator = find_indicator(session, PAID_IN_TIME, today)
    if indicator is None:
        return
    rows = []
    for number in range(1, 101):
        received_on = today - timedelta(days=number)
        paid_on = received_on + timedelta(days=14 if number % 9 == 0 else 5)
        rows.append(VoucherRow(f"ก {number:03}", received_on, paid_on if paid_on <= today else None))
    add_vouchers(session, indicator.host_unit_id, rows, now)
