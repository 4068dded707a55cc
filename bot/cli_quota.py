"""``tidtam quota``: what the month's messages are, what they are planned for, and what was saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import bangkok, json_option, read_settings, show
from bot.clock import SystemClock
from bot.settings import Settings
from models.quota_plan import QuotaPlan, Stage

if TYPE_CHECKING:
    from bot.line import QuotaReading
    from models.quota import Quota
    from models.quota_days import DayCounts

STAGE_WORDS = {
    Stage.FULL: "summaries go out as ordered",
    Stage.MERGED: "daily summaries wait for the weekly ones",
    Stage.PLAIN: "summaries are merged and without pictures, as far as messages last",
    Stage.RIDE: "summaries and news wait for people's next messages, and ride on those replies",
}


@dataclass(frozen=True)
class _Seen:
    """What the command found; ``trouble`` is why LINE was not asked or did not answer, else empty."""

    known: Quota
    plan: QuotaPlan | None
    month: DayCounts
    held_for_room: int
    held_for_hours: int
    parked: int
    trouble: str


@click.command("quota")
@json_option
def quota_command(as_json: bool) -> None:
    """Show the month's message quota: allowance, use, forecast, reserve for promises, and what was saved.

    LINE is asked where the keys are set; otherwise, or where it does not answer, the last reading of the clock stands.
    """
    seen = _look(read_settings(), SystemClock().now())
    show(as_json, _as_json(seen), _lines(seen))


def _look(settings: Settings, now: datetime) -> _Seen:
    from bot.service_calendar import span_of
    from models import holding, outbox_upkeep, quota, quota_days
    from models.outbox import OutboxState
    from models.quota_outlook import read_plan
    from models.service_calendar import latest_version, load_calendar
    from models.session import Database

    database = Database(settings.database_url)
    try:
        reading, trouble = _ask_line(settings)
        with database.reading() as session:
            known = _freshened(quota.get_quota(session), reading, now)
            calendar = load_calendar(session, span_of(settings.service_hours), latest_version(session))
            for_room, for_hours = holding.count_held(session)
            return _Seen(
                known=known,
                plan=read_plan(session, calendar, now, known),
                month=quota_days.find_month(session, now),
                held_for_room=for_room,
                held_for_hours=for_hours,
                parked=outbox_upkeep.count_outbox_by_state(session)[OutboxState.PARKED],
                trouble=trouble,
            )
    finally:
        database.close()


def _ask_line(settings: Settings) -> tuple[QuotaReading | None, str]:
    """What LINE says now, or why it does not."""
    from bot.line import HTTPLINEClient, LINEError

    if not settings.line_channel_access_token:
        return None, "LINE_CHANNEL_ACCESS_TOKEN is not set"
    try:
        return HTTPLINEClient(settings.line_channel_access_token, settings.line_api_url).get_quota(), ""
    except LINEError as error:
        return None, f"LINE does not answer ({error.reason})"


def _freshened(known: Quota, reading: QuotaReading | None, now: datetime) -> Quota:
    if reading is None:
        return known
    return replace(known, allowance=reading.allowance, used=reading.used, checked_at=now, cost_since=0)


def _as_json(seen: _Seen) -> dict[str, Any]:
    known, plan = seen.known, seen.plan
    return {
        "allowance": known.allowance,
        "used": known.used_now,
        "left": known.left,
        "forecast": plan.forecast if plan else None,
        "reserved": plan.reserved if plan else None,
        "stage": plan.stage.value if plan else None,
        "saved": {"replies": seen.month.replies, "rides": seen.month.rides},
        "held": {"for_room": seen.held_for_room, "for_hours": seen.held_for_hours},
        "parked": seen.parked,
        "checked_at": bangkok(known.checked_at) if known.checked_at else None,
        "asked_line": not seen.trouble,
        "trouble": seen.trouble or None,
    }


def _lines(seen: _Seen) -> Iterator[str]:
    known, plan = seen.known, seen.plan
    yield f"{'allowance':16} {_allowance(known)}"
    yield f"{'used':16} {_count(known.used_now)}" + ("" if known.left is None else f", {known.left:,} left")
    if plan is not None:
        yield f"{'forecast':16} {plan.forecast:,} in the whole month"
        yield f"{'reserved':16} {plan.reserved:,} for acknowledgements, answers and escalations"
        yield f"{'stage':16} {plan.stage.value}: {STAGE_WORDS[plan.stage]}"
    yield f"{'saved by replies':16} {seen.month.replies:,} this month"
    yield f"{'saved by rides':16} {seen.month.rides:,} this month"
    held = f"{seen.held_for_room:,} for room, {seen.held_for_hours:,} for people's hours; {seen.parked:,} parked"
    yield f"{'held':16} {held}"
    yield f"{'checked at':16} {bangkok(known.checked_at) if known.checked_at else 'never'}" + (
        f"; the last reading, because {seen.trouble}" if seen.trouble else ""
    )


def _allowance(known: Quota) -> str:
    if known.allowance is None:
        return "not read yet" if known.checked_at is None else "no limit"
    return f"{known.allowance:,} messages a month"


def _count(value: int | None) -> str:
    return "not known" if value is None else f"{value:,}"
