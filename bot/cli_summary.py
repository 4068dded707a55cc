"""``tidtam summary``: what somebody would be told, as text and as the messages themselves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import Failed, bangkok, json_option, open_database, read_day, read_settings, show
from bot.clock import SystemClock
from models.documents import BANGKOK
from models.members import Role
from models.periods import PeriodKind, read_period

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.audiences import Audience
    from models.indicator_terms import Result
    from models.summary_terms import ServiceSummary, Summary, SummaryLine

_ROLES = click.Choice([Role.MANAGER.value, Role.SUPERVISOR.value, Role.REVIEWER.value, Role.COORDINATOR.value])


@click.group("summary")
def summary_group() -> None:
    """Summaries: what managers, supervisors, reviewers and coordinators are told."""


@summary_group.command("preview")
@click.option("--period", "kind", required=True, type=click.Choice([kind.value for kind in PeriodKind]))
@click.option("--unit", "unit_text", default=None, help="official name, short form or code; default: the whole city")
@click.option("--role", "role_text", default=Role.MANAGER.value, show_default=True, type=_ROLES)
@click.option("--person", "line_user_id", default=None, help="LINE user id: what this person would be told")
@click.option("--on", "day_text", default=None, help="a day of the period; default: today")
@json_option
def preview_command(
    kind: str, unit_text: str | None, role_text: str, line_user_id: str | None, day_text: str | None, as_json: bool
) -> None:
    """Show the summary of a period as it would be sent now, as LINE for PC shows it; nothing is sent.

    The period is the one in which the day lies; what waits, is behind or overdue is as of now.
    """
    from messages.language import Language, speaking
    from messages.summaries import all_well, summary_card

    now = SystemClock().now()
    today = now.astimezone(BANGKOK).date()
    day = read_day(day_text) if day_text else today
    if day > today:
        raise Failed(f"{day} is still to come")
    with open_database() as database, database.reading(snapshot=True) as session:
        audience, english = _audience(session, line_user_id, unit_text, Role(role_text))
        summary = _read(session, audience, PeriodKind(kind), day, now)
    with speaking(Language.ENGLISH if english else Language.THAI):
        card = summary_card(summary)
        told = card if summary.is_news else all_well(summary)
    value = summary_json(summary) | {"messages": told, "if_asked": card}
    lines = [_text_of(message) for message in told]
    if not summary.is_news:
        lines = ["no news; nothing is sent, but once a week:", *lines, "if asked for:", *map(_text_of, card)]
    show(as_json, value, lines)


def _audience(session: Session, line_user_id: str | None, unit_text: str | None, role: Role) -> tuple[Audience, bool]:
    """Whose summary it is, and whether it is in English."""
    from models.audiences import audience_of, find_audience, find_city_units
    from models.members import get_member
    from models.units import get_unit

    if line_user_id is not None:
        member = get_member(session, line_user_id)
        found = find_audience(session, member)
        if found is None:
            raise Failed(f"{line_user_id} has no role that is told summaries")
        return found, member.reads_english
    if unit_text is None and role in (Role.REVIEWER, Role.COORDINATOR):
        raise Failed(f"a {role} is told of a unit's matters; name it with --unit")
    unit_id = get_unit(session, unit_text).id if unit_text is not None else 0
    sees_city = unit_text is None or unit_id in find_city_units(session)
    audience = audience_of({role}, unit_id, sees_city=sees_city)
    if audience is None:
        raise Failed(f"a {role} is told no summary")
    return audience, False


def _read(session: Session, audience: Audience, kind: PeriodKind, day: date, now: datetime) -> Summary:
    from bot.service_calendar import span_of
    from models.counting import calendar_loader
    from models.service_calendar import load_calendar
    from models.summary_facts import SummaryFacts

    period = read_period(kind.value, day)
    calendar = load_calendar(session, span_of(read_settings().service_hours))
    loader = calendar_loader(session)
    facts = SummaryFacts.load(session, kind, period.first, period.last, now=now, calendar=calendar, calendars=loader)
    return facts.summary_for(audience)


def _text_of(message: dict[str, Any]) -> str:
    return str(message.get("altText") or message.get("text", ""))


# --- JSON -----------------------------------------------------------------------------------------------------------


def summary_json(summary: Summary) -> dict[str, Any]:
    """A summary's values; figures that are not known are None, never zero."""
    return {
        "period": summary.kind.value,
        "from": summary.first.isoformat(),
        "to": summary.last.isoformat(),
        "as_of": bangkok(summary.as_of),
        "parts": sorted(summary.parts),
        "unit": summary.unit or None,
        "is_news": summary.is_news,
        "decisions": summary.decisions,
        "behind_plan": summary.behind,
        "fiscal_year": summary.fiscal_year,
        "lines": [_line_json(line) for line in summary.lines],
        "left_out": summary.left_out,
        "service": _service_json(summary.service) if summary.service else None,
        "chart": summary.chart.as_values() if summary.chart else None,
        "quarter_cut": bangkok(summary.cut.cut_at) if summary.cut else None,
    }


def _line_json(line: SummaryLine) -> dict[str, Any]:
    return {
        "matter": line.matter.value,
        "asks_decision": line.asks_decision,
        "is_new": line.is_new,
        "count": line.count,
        "indicator": line.indicator.code if line.indicator else None,
        "indicators": line.indicators if line.indicator or line.matter.value == "approve" else None,
        "unit": line.unit or None,
        "percent": _number(line.percent),
        "planned": _number(line.planned),
        "before": _percent(line.before),
        "after": _percent(line.after),
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "months": [f"{month:%Y-%m}" for month in line.months],
        "since": bangkok(line.since) if line.since else None,
        "units": list(line.units),
        "requests": list(line.requests),
        "share": _number(line.share.percent) if line.share else None,
    }


def _service_json(service: ServiceSummary) -> dict[str, Any]:
    ahead = service.projection
    return {
        "figures": service.report.as_json(),
        "before": service.before.as_json() if service.before else None,
        "late_now": service.late_now,
        "late_requests": list(service.late_numbers),
        "projection": {
            "month": f"{ahead.month:%Y-%m}",
            "working_days_past": ahead.days_past,
            "working_days": ahead.days_all,
            "requests": ahead.requests,
            "users": ahead.users,
        }
        if ahead
        else None,
    }


def _percent(result: Result | None) -> float | None:
    return None if result is None else _number(result.percent)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
