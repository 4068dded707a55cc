"""Asking for many indicators: what is behind plan, and those of one's own unit."""

from __future__ import annotations

from datetime import date, timedelta

from bot.understanding import Understanding
from handlers.context import Context, answer, read_id, read_offset
from handlers.indicators import read_until
from messages import indicator_lists as view
from models.errors import Invalid
from models.indicator_lists import find_latest_year, list_behind_plan, list_own_indicators
from models.indicator_terms import month_later
from models.outbox import Outgoing
from models.periods import fiscal_year_of, read_period
from models.units import get_unit, get_unit_name, unit_and_below, units_around

_FIRST_YEAR = 2500


def show_behind_plan(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what is behind plan, of all units or of one; of a period by what was planned to its end."""
    slots, today = understanding.slots, context.today
    period = read_period(str(slots["period"]), today) if "period" in slots else None
    unit = get_unit(context.session, str(slots["unit"])).id if "unit" in slots else None
    fiscal_year = period.fiscal_year if period else _latest_year(context)
    day = min(today, period.last + timedelta(days=1)) if period else today
    return _behind(context, fiscal_year, unit, day)


def list_behind(context: Context, tapped: Understanding) -> list[Outgoing]:
    """The next page of what is behind plan, or that of one's own unit.

    Raises:
        Invalid: ``postback_unreadable``.
    """
    today, until, fiscal_year = context.today, read_until(tapped), read_id(tapped, "fiscal_year")
    if not _FIRST_YEAR <= fiscal_year <= fiscal_year_of(today):
        raise Invalid("postback_unreadable")
    unit = read_id(tapped, "unit") if "unit" in tapped.slots else None
    return _behind(context, fiscal_year, unit, min(today, month_later(until)) if until else today, read_offset(tapped))


def show_own_indicators(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show the indicators in which the person's unit takes part, with what is due."""
    unit, today = context.member.unit_id, context.today
    lines = list_own_indicators(context.session, units_around(context.session, unit), today)
    return answer(view.own_indicators(lines, get_unit_name(context.session, unit), today, read_offset(understanding)))


def _latest_year(context: Context) -> int:
    today = context.today
    return find_latest_year(context.session, today) or fiscal_year_of(today)


def _behind(context: Context, fiscal_year: int, unit: int | None, day: date, offset: int = 0) -> list[Outgoing]:
    session = context.session
    units = None if unit is None else unit_and_below(session, unit)
    behind = list_behind_plan(session, fiscal_year, day, units, offset=offset)
    name = get_unit_name(session, unit) if unit is not None and units else ""
    return answer(view.behind_plan(behind, offset=offset, unit=name, unit_id=unit, own_unit=context.member.unit_id))
