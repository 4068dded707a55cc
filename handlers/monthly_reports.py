"""The month's report (รายงานประจำเดือน): its figures in a card, its two pages behind a button."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding import Understanding
from handlers.context import Context, answer
from messages import monthly_reports as view
from models.counting import calendar_loader
from models.errors import Invalid
from models.monthly_reports import SEES_MONTHLY_REPORT, latest_month_over, read_monthly_report, unit_of_report
from models.monthly_views import ReportAsked
from models.outbox import Outgoing
from models.periods import Period, PeriodKind, read_period
from models.service_facts import hold_still

_ASKS_FOR_REPORT = re.compile(r"รายงาน(?:ผล|สรุป)?\s*ประจ(?:ำ|ํา)\s*เดือน|\bmonthly\s+report\b", re.IGNORECASE)
_SECOND = timedelta(seconds=1)
"""Addresses know whole seconds: the next one, so that what was reported just now is in."""
_THIS_MONTH = re.compile(r"เดือน\s*(?:นี้|ปัจจุบัน)|\bthis\s+month\b", re.IGNORECASE)


def asks_for_report(text: str) -> bool:
    """Whether a text that is understood as a summary means the month's report, which is a file.

    >>> asks_for_report("ขอรายงานประจำเดือนที่แล้ว"), asks_for_report("สรุปเดือนนี้")
    (True, False)
    """
    return _ASKS_FOR_REPORT.search(text) is not None


def show_monthly_report(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show the report of the month that was named, else of the last one that is over.

    Raises:
        NotAllowed: ``role_not_allowed``.
        Invalid: ``period_to_come``.
    """
    context.require_role(SEES_MONTHLY_REPORT)
    session, today = context.session, context.today
    period = read_period(str(understanding.slots.get("period", "")), today)
    month = _month_of(period, context.text, today)
    if month > today:
        raise Invalid("period_to_come")
    as_of = context.now.replace(microsecond=0) + _SECOND
    asked = ReportAsked(month, unit_of_report(session, context.member), as_of)
    hold_still(session)
    report = read_monthly_report(session, asked, context.terms, calendar_loader(session))
    return answer(view.monthly_report(report, context.report_address(asked) if context.report_address else None))


def _month_of(period: Period, text: str, today: date) -> date:
    """The first day of the month that is meant: understanding takes รายงานประจำเดือน by itself for this month's."""
    is_named = period.kind is PeriodKind.MONTH and (not period.is_current or _THIS_MONTH.search(text))
    return period.first if is_named else latest_month_over(today)
