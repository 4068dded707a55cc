"""The service's own figures (สถิติการให้บริการ), for those who answer for it."""

from __future__ import annotations

from datetime import timedelta

from bot.understanding import Understanding
from handlers.context import Context, answer
from messages import service as view
from messages.service import CutNote
from models.counting import calendar_loader
from models.members import SEES_SERVICE_FIGURES
from models.month_cuts import find_cut_of_period, list_corrections
from models.outbox import Outgoing
from models.periods import read_period
from models.requests import ClockKind
from models.service_facts import hold_still
from models.service_figures import read_figures


def show_service_figures(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show the service indicator of the period that was named, else of this month."""
    context.require_role(SEES_SERVICE_FIGURES)
    today = context.today
    period = read_period(str(understanding.slots.get("period", "")), today)
    session, calendars = context.session, calendar_loader(context.session)
    hold_still(session)
    figures = read_figures(session, period.first, period.last, now=context.now, calendars=calendars)
    cut = find_cut_of_period(session, period.first, period.last)
    headline = ClockKind.ELAPSED if context.terms.calendar.hours is None else ClockKind.SERVICE
    other = ClockKind.SERVICE if headline is ClockKind.ELAPSED else ClockKind.ELAPSED
    note = CutNote(cut.cut_at, cut.figures[headline], len(list_corrections(session, cut, context.now))) if cut else None
    return answer(
        view.service_figures(
            period,
            figures[headline],
            figures[other],
            acknowledge_minutes=context.terms.acknowledge_within // timedelta(minutes=1),
            answer_minutes=context.terms.answer_within // timedelta(minutes=1),
            today=today,
            cut=note,
            unit_asked=str(understanding.slots.get("unit", "")),
        )
    )
