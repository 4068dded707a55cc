"""Summaries on demand (สรุปวันนี้ / สัปดาห์ / เดือน / ไตรมาส / ปี), for those who are told them anyway."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.understanding import Understanding
from handlers.context import Context, answer
from messages import summaries as view
from models.audiences import find_audience
from models.counting import calendar_loader
from models.errors import Invalid
from models.outbox import Outgoing
from models.periods import Period, PeriodKind, read_period
from models.service_facts import hold_still
from models.summary_facts import SummaryFacts

USUAL = PeriodKind.WEEK
"""What is shown where no period was named: a day often has no news, and a month is long past deciding."""

_YESTERDAY = re.compile(r"เมื่อวาน|\byesterday", re.IGNORECASE)
_LAST_WEEK = re.compile(r"(?:สัปดาห์|อาทิตย์) ?(?:ที่แล้ว|ที่ผ่านมา|ก่อน)|\b(?:last|previous) week", re.IGNORECASE)
"""These two have no name among periods (``day`` and ``week`` are the running ones), and are read here alone."""


def show_summary(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what the person's audience is told of the period that was named, else of this week.

    Others hear who sees summaries, and what they can ask instead.

    Raises:
        Invalid: ``period_to_come``.
    """
    session, today = context.session, context.today
    audience = find_audience(session, context.member)
    if audience is None:
        return answer(view.not_for_role())
    period = _read_period(context, understanding)
    if period.first > today:
        raise Invalid("period_to_come")
    hold_still(session)
    facts = SummaryFacts.load(
        session,
        period.kind,
        period.first,
        period.last,
        now=context.now,
        calendar=context.terms.calendar,
        calendars=calendar_loader(session),
    )
    summary = facts.summary_for(audience)
    picture = context.chart_address(summary.chart) if summary.chart else None
    return answer(view.summary_card(summary, picture, offers_periods=True))


def _read_period(context: Context, understanding: Understanding) -> Period:
    for said, kind, days in ((_YESTERDAY, PeriodKind.DAY, 1), (_LAST_WEEK, PeriodKind.WEEK, 7)):
        if said.search(context.text):
            return replace(read_period(kind, context.today - timedelta(days=days)), is_current=False)
    return read_period(str(understanding.slots.get("period", USUAL)), context.today)
