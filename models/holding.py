"""What can wait: news that is not pushed now, for the person's sake or the month's quota's.

It is held, never dropped, and rides on the person's next reply free of charge if that comes first. Answers and
acknowledgements, deadlines and escalations are promises, and never held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from models import quota
from models.outbox import Importance, OutboxRow, OutboxState
from models.preferences import QuietHours, find_rest_ends

QUIET = "quiet_hours"
RESERVE = "quota_reserve"


def hold_back(
    session: Session, rows: Sequence[Row[Any]], now: datetime, quiet_hours: QuietHours | None
) -> list[Row[Any]]:
    """Hold those of some waiting rows that may not be pushed now; gives the others, in their order.

    Args:
        session: an open transaction.
        rows: of the outbox, waiting, each for one recipient; each would cost one message of the quota.
        now: the present.
        quiet_hours: of people who have chosen none.
    """
    news = [row for row in rows if row.importance is Importance.NEWS]
    if not news:
        return list(rows)
    rests = find_rest_ends(session, {row.recipient for row in news}, now, quiet_hours)
    resting = [row for row in news if row.recipient in rests]
    _hold(session, resting, QUIET, rests)
    awake = [row for row in news if row.recipient not in rests]
    room = quota.room_for_news(session) if awake else None
    _hold(session, [] if room is None else awake[room:], RESERVE, {})
    held = {row.id for row in resting} | ({row.id for row in awake[room:]} if room is not None else set())
    return [row for row in rows if row.id not in held]


def release_held(session: Session, now: datetime) -> list[str]:
    """Let go what waited for an hour that has come; gives the recipients, each once."""
    return _release(session, OutboxRow.hold_until <= now)


def release_for_room(session: Session, room: int | None) -> list[str]:
    """Let go what waits for the quota, the oldest first, as much as there is room for; None: all of it."""
    waiting = (
        select(OutboxRow.id)
        .where(OutboxRow.state == OutboxState.HELD, OutboxRow.hold_until.is_(None))
        .order_by(OutboxRow.id)
    )
    if room is not None:
        waiting = waiting.limit(max(0, room))
    return _release(session, OutboxRow.id.in_(waiting))


def _hold(session: Session, rows: Sequence[Row[Any]], reason: str, until: Mapping[str, datetime]) -> None:
    if not rows:
        return
    held = (
        update(OutboxRow)
        .where(OutboxRow.id == bindparam("held"), OutboxRow.state == OutboxState.WAITING)
        .values(state=OutboxState.HELD, hold_until=bindparam("until"), reason=reason)
    )
    session.connection().execute(held, [{"held": row.id, "until": until.get(row.recipient)} for row in rows])


def _release(session: Session, condition: Any) -> list[str]:
    released = session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == OutboxState.HELD, condition)
        .values(state=OutboxState.WAITING, hold_until=None, reason=None)
        .returning(OutboxRow.recipient)
        .execution_options(synchronize_session=False)
    )
    return sorted(set(released.scalars()))
