"""Asking for one indicator: its card, and the lists that lead on from it."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy.orm import Session

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, answer, read_id, read_offset
from messages import evidence as evidence_view
from messages import indicator_lists as lists
from messages import indicators as view
from models.errors import Invalid, NotFound
from models.evidence import list_evidence_of_reports
from models.indicator_access import may_review, may_see_closely, person_of
from models.indicator_cards import (
    get_indicator_in,
    read_card,
    read_groups,
    read_not_reported,
    read_unit_lines,
    scope_of_group,
    scope_of_unit,
    subject_of,
    whole,
)
from models.indicator_lists import list_names
from models.indicator_terms import ReportedBy
from models.indicator_views import Scope
from models.indicators import Indicator, get_indicator_by_id
from models.machine_figures import record_machine_figures
from models.outbox import Outgoing
from models.periods import Period, PeriodKind, read_period
from models.report_views import get_report, list_last_reports
from models.units import get_unit, units_around


def show_indicator(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show an indicator, of all units or of those that were named; ask which where none was."""
    if "indicator" not in understanding.slots:
        return ask_which(context, "indicator")
    period = _period(context, understanding)
    indicator = get_indicator_in(context.session, str(understanding.slots["indicator"]), context.today, period)
    _compute(context, indicator)
    scope = _named_scope(context.session, indicator, understanding)
    return _card(context, indicator, scope, _until(period, context.today))


def show_who_has_not_reported(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show which units of an indicator have not reported; ask which indicator where none was named."""
    if "indicator" not in understanding.slots:
        return ask_which(context, "indicator_missing")
    period, today = _period(context, understanding), context.today
    indicator = get_indicator_in(context.session, str(understanding.slots["indicator"]), today, period)
    scope = _named_scope(context.session, indicator, understanding)
    until = _until(period, today)
    missing = read_not_reported(context.session, indicator, scope, today=today, until=until)
    return answer(lists.missing_list(missing, today, may_remind=_may_remind(context, indicator)))


def ask_which(context: Context, action: str) -> list[Outgoing]:
    """Ask which indicator is meant, with those of the person's own unit to choose from."""
    units = units_around(context.session, context.member.unit_id)
    own = list_names(context.session, units, context.today, lists.MOST_ASKED)
    return answer(lists.which_indicator(own, action))


def _compute(context: Context, indicator: Indicator) -> None:
    """Bring figures that the service computes itself in line with what it knows now."""
    if indicator.definition.reporting.by is ReportedBy.MACHINE:
        record_machine_figures(
            context.session,
            context.terms.calendar,
            now=context.now,
            today=context.today,
            indicator_year_id=indicator.id,
        )


# --- buttons --------------------------------------------------------------------------------------------------------


def open_indicator(context: Context, tapped: Understanding) -> list[Outgoing]:
    """Show what a button leads to, and remember it as what the person speaks about."""
    indicator, scope, until = _tapped(context, tapped)
    said = {"indicator": indicator.code, "unit": scope.name if scope.unit else None, "group": scope.group}
    topics.remember(context, "query_indicator", {name: value for name, value in said.items() if value is not None})
    return _card(context, indicator, scope, until)


def list_units(context: Context, tapped: Understanding) -> list[Outgoing]:
    """List the units of an indicator with their results."""
    indicator, scope, until = _tapped(context, tapped)
    lines = read_unit_lines(context.session, indicator, scope, until=until)
    return answer(lists.unit_list(subject_of(context.session, indicator, scope, until), lines, read_offset(tapped)))


def list_groups(context: Context, tapped: Understanding) -> list[Outgoing]:
    """List the results by group of units."""
    indicator, _, until = _tapped(context, tapped)
    lines = read_groups(context.session, indicator, until=until)
    return answer(lists.group_list(subject_of(context.session, indicator, whole(indicator), until), lines))


def list_missing(context: Context, tapped: Understanding) -> list[Outgoing]:
    """List the units that have not reported, and remember of which indicator."""
    indicator, scope, until = _tapped(context, tapped)
    topics.remember(context, "who_has_not_reported", {"indicator": indicator.code})
    missing = read_not_reported(context.session, indicator, scope, today=context.today, until=until)
    may_remind = _may_remind(context, indicator)
    return answer(lists.missing_list(missing, context.today, read_offset(tapped), may_remind=may_remind))


def list_evidence(context: Context, tapped: Understanding) -> list[Outgoing]:
    """List the evidence of a report, for those who may see it.

    Raises:
        NotFound: ``report_not_found``, also for those who may not.
    """
    report = get_report(context.session, read_id(tapped, "report"))
    indicator = get_indicator_by_id(context.session, report.indicator_year_id)
    unit = report.figure.unit
    if not may_see_closely(context.session, person_of(context.session, context.member), indicator, [unit]):
        raise NotFound("report_not_found")
    scope = scope_of_unit(context.session, indicator, unit)
    lines = list_evidence_of_reports(context.session, [report.id]).get(report.id, [])
    address = context.evidence_address
    links = {one.id: address(one.id) for one in lines} if address else {}
    subject, offset = subject_of(context.session, indicator, scope, None), read_offset(tapped)
    return answer(evidence_view.evidence_list(subject, report, lines, links, offset))


# --- parts ----------------------------------------------------------------------------------------------------------


def read_until(tapped: Understanding) -> date | None:
    """The last month that is looked at, where a button names one.

    Raises:
        Invalid: ``postback_unreadable``.
    """
    if "until" not in tapped.slots:
        return None
    found = re.fullmatch(r"(2\d{3})-(0[1-9]|1[0-2])", str(tapped.slots["until"]))
    if found is None:
        raise Invalid("postback_unreadable")
    return date(int(found[1]), int(found[2]), 1)


def _card(context: Context, indicator: Indicator, scope: Scope, until: date | None) -> list[Outgoing]:
    session = context.session
    shown = read_card(session, indicator, scope, today=context.today, until=until)
    is_close = may_see_closely(session, person_of(session, context.member), indicator, scope.units)
    unit = next(iter(scope.units)) if len(scope.units) == 1 else None
    reports = list_last_reports(session, indicator.id, unit) if is_close and unit is not None else []
    return answer(view.indicator_card(shown, reports, waiting=shown.waiting if is_close else None))


def _named_scope(session: Session, indicator: Indicator, understanding: Understanding) -> Scope:
    unit, group = understanding.slots.get("unit"), understanding.slots.get("group")
    if unit is not None:
        return scope_of_unit(session, indicator, get_unit(session, str(unit)).id)
    return whole(indicator) if group is None else scope_of_group(session, indicator, str(group))


def _tapped(context: Context, tapped: Understanding) -> tuple[Indicator, Scope, date | None]:
    indicator = get_indicator_by_id(context.session, read_id(tapped, "year"))
    until = read_until(tapped)
    if "unit" in tapped.slots:
        return indicator, scope_of_unit(context.session, indicator, read_id(tapped, "unit")), until
    if "group" in tapped.slots:
        return indicator, scope_of_group(context.session, indicator, str(tapped.slots["group"])), until
    return indicator, whole(indicator), until


def _may_remind(context: Context, indicator: Indicator) -> bool:
    """Whether ``handlers.indicator_reminders`` would let the person remind the units of an indicator."""
    if indicator.closed_at is not None or indicator.definition.reporting.by is ReportedBy.MACHINE:
        return False
    return may_review(context.session, person_of(context.session, context.member), indicator)


def _period(context: Context, understanding: Understanding) -> Period | None:
    name = understanding.slots.get("period")
    return None if name is None else read_period(str(name), context.today)


def _until(period: Period | None, today: date) -> date | None:
    """The last month of a period that is a part of its fiscal year; None where all of the year is meant."""
    if period is None or period.kind is PeriodKind.YEAR:
        return None
    return min(period.last, today).replace(day=1)
