"""What the clock does for the month's message quota: asks LINE, plans, lets go what there is room for, and warns."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.logs import get_logger
from bot.wiring import Services
from messages.limits import require_sendable
from messages.quota import quota_warning
from models import outbox, outbox_upkeep, quota, quota_days
from models.holding import release_for_room
from models.members import Role, list_line_ids_with_role
from models.outbox import Importance, Outgoing
from models.quota_outlook import read_plan
from models.quota_plan import QuotaPlan, warning_due

MOST_AT_ONCE = 100
"""Rounds of counting before other jobs have their turn."""


def read_quota(services: Services) -> None:
    """Ask LINE for the month's allowance and use; where there is room again, let parked messages go on."""
    now = services.clock.now()
    with services.database.reading() as session:
        last_call_id = quota.find_last_finished_call(session)
    reading = services.line.get_quota()
    with services.database.transaction() as session:
        has_room_again = quota.record_quota(session, reading.allowance, reading.used, now, last_call_id)
        released = outbox_upkeep.release_parked(session) if has_room_again else []
    services.queue.wake_recipients(released)


def release_parked_when_month_turns(services: Services) -> None:
    """Let parked messages go on when LINE counts a new month; what is held waits for LINE to tell the new one's use."""
    now = services.clock.now()
    with services.database.reading() as session:
        is_over = quota.is_new_month(quota.get_quota(session), now)
    if not is_over:
        return
    with services.database.transaction() as session:
        quota.record_new_month(session)
        released = outbox_upkeep.release_parked(session)
    services.queue.wake_recipients(released)


def plan_quota(services: Services) -> None:
    """Plan the rest of the month, let go what there is room for now, and warn operators where it runs short."""
    now, calendar = services.clock.now(), services.service_calendar()
    _count_calls(services, now)
    with services.database.transaction() as session:
        quota.lock_state(session)
        known = quota.get_quota(session)
        plan = read_plan(session, calendar, now, known)
        if plan is None:
            return
        quota.record_plan(session, plan, now)
        released = release_for_room(session, plan.room, plan.stage) if quota.push_allowed(session, now) else []
        warned = _warn(session, plan, now)
    services.queue.wake_recipients([*released, *warned])
    if known.stage is not plan.stage:
        get_logger().info("quota_stage", stage=plan.stage.value, left=plan.left, reserved=plan.reserved)
    if released:
        get_logger().info("held_news_released", recipients=len(released), room=plan.room)


def _count_calls(services: Services, now: datetime) -> None:
    for _ in range(MOST_AT_ONCE):
        with services.database.transaction() as session:
            counted = quota_days.count_ended_calls(session, now)
        if counted < quota_days.COUNTED_AT_ONCE:
            return


def _warn(session: Session, plan: QuotaPlan, now: datetime) -> list[str]:
    """Tell operators what they have not been told this month; gives the recipients to wake."""
    due = warning_due(plan, now, quota.find_warning(session))
    if due is None:
        return []
    quota.record_warning(session, due)
    admins = list_line_ids_with_role(session, [Role.ADMIN])
    get_logger().warning(
        "quota_warning",
        used_percent=plan.used_percent,
        used=plan.used,
        allowance=plan.allowance,
        forecast=plan.forecast,
        stage=plan.stage.value,
        told=len(admins),
    )
    messages = tuple(quota_warning(plan))
    require_sendable(messages)
    told = [Outgoing(messages, to=admin, importance=Importance.PROMISE, share_key=f"quota:{due}") for admin in admins]
    return outbox.store_outgoing(session, told, asker="", token=None, asked_at=now, inbox_event_id=None, now=now)
