"""What can wait: news that is not pushed now, for the person's sake or the month's quota's.

It is held, never dropped, and rides free of charge on the person's next reply if that comes first; what waits for the
quota rides on the next push too. Answers and acknowledgements, deadlines and escalations are promises, and never held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, case, exists, func, select, update
from sqlalchemy.orm import Session

from models import quota
from models.outbox import Importance, OutboxRow, OutboxState, reason_unless_refused
from models.periods import PeriodKind
from models.preference_terms import QuietHours
from models.preferences import find_rest_ends
from models.quota_plan import Stage
from models.summary_notices import SummaryNotice

QUIET = "quiet_hours"
RESERVE = "quota_reserve"


def hold_back(
    session: Session, rows: Sequence[Row[Any]], now: datetime, quiet_hours: QuietHours | None
) -> list[Row[Any]]:
    """Hold those of some waiting rows that may not be pushed now; gives the others, in their order.

    Args:
        session: an open transaction.
        rows: of the outbox, waiting; all of one recipient together cost one message of the quota.
        now: the present.
        quiet_hours: of people who have chosen none.
    """
    news = [row for row in rows if row.importance is Importance.NEWS]
    if not news:
        return list(rows)
    rests = find_rest_ends(session, {row.recipient for row in news}, now, quiet_hours)
    resting = [row for row in news if row.recipient in rests]
    awake = [row for row in news if row.recipient not in rests]
    too_many = _beyond(quota.room_for_news(session), awake) if awake else []
    _hold(session, resting, QUIET, rests)
    _hold(session, too_many, RESERVE, {})
    held = {row.id for row in (*resting, *too_many)}
    return [row for row in rows if row.id not in held]


def list_riders(
    session: Session, held: Sequence[Row[Any]], now: datetime, quiet_hours: QuietHours | None
) -> list[Row[Any]]:
    """Those of one recipient's held rows that a push may take along, which costs nothing: what waits for room only.

    What waits for the end of quiet hours rides on replies: somebody who writes is awake.
    """
    riders = [row for row in held if row.hold_until is None]
    if not riders or find_rest_ends(session, {row.recipient for row in riders}, now, quiet_hours):
        return []
    return riders


def release_held(session: Session, now: datetime) -> list[str]:
    """Let go what waited for an hour that has come; gives the recipients, each once."""
    return _release(session, OutboxRow.hold_until <= now)


def release_held_for(session: Session, recipient: str) -> None:
    """Let go what waits for an hour of a person who has changed the hours; what may still not be pushed is held again.

    What waits for room in the month's quota waits on.
    """
    _release(session, OutboxRow.recipient == recipient, OutboxRow.hold_until.is_not(None))


def release_for_room(session: Session, room: int | None, stage: Stage = Stage.FULL) -> list[str]:
    """Let go what waits for the quota, the oldest first, as much as there is room for; None: all of it.

    What is already on its way into that room counts: rows are not let go only to be held again at once.

    Args:
        session: an open transaction.
        room: messages that news may cost now; each row is taken to cost one.
        stage: of now; while summaries are merged, daily ones go on waiting for a longer one.

    Returns:
        the recipients, each once.
    """
    waiting = (
        select(OutboxRow.id)
        .where(OutboxRow.state == OutboxState.HELD, OutboxRow.hold_until.is_(None))
        .order_by(OutboxRow.id)
    )
    if stage is not Stage.FULL:
        waiting = waiting.where(~_TELLS_OF_A_DAY | _TELLS_OF_MORE)
    if room is not None:
        waiting = waiting.limit(max(0, room - _count_waiting_news(session)))
    return _release(session, OutboxRow.id.in_(waiting))


def count_held(session: Session) -> tuple[int, int]:
    """How many rows wait for room in the quota, and for somebody's hour."""
    for_room = func.count(case((OutboxRow.hold_until.is_(None), 1)))
    counted = session.execute(select(for_room, func.count()).where(OutboxRow.state == OutboxState.HELD)).one()
    return counted[0], counted[1] - counted[0]


def _beyond(room: int | None, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The rows of recipients for whom there is no room."""
    if room is None:
        return []
    told = set(list(dict.fromkeys(row.recipient for row in rows))[:room])
    return [row for row in rows if row.recipient not in told]


def _count_waiting_news(session: Session) -> int:
    waiting = select(func.count()).where(
        OutboxRow.state == OutboxState.WAITING, OutboxRow.importance == Importance.NEWS
    )
    return session.scalar(waiting) or 0


def _hold(session: Session, rows: Sequence[Row[Any]], reason: str, until: Mapping[str, datetime]) -> None:
    if not rows:
        return
    held = (
        update(OutboxRow)
        .where(OutboxRow.id == bindparam("held"), OutboxRow.state == OutboxState.WAITING)
        .values(state=OutboxState.HELD, hold_until=bindparam("until"), reason=reason_unless_refused(reason))
    )
    session.connection().execute(held, [{"held": row.id, "until": until.get(row.recipient)} for row in rows])


def _release(session: Session, *conditions: ColumnElement[bool]) -> list[str]:
    released = session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == OutboxState.HELD, *conditions)
        .values(state=OutboxState.WAITING, hold_until=None, reason=reason_unless_refused(None))
        .returning(OutboxRow.recipient)
        .execution_options(synchronize_session=False)
    )
    return sorted(set(released.scalars()))


_OF_ROW = SummaryNotice.outbox_id == OutboxRow.id
_TELLS_OF_A_DAY = exists().where(_OF_ROW, SummaryNotice.kind == PeriodKind.DAY)
_TELLS_OF_MORE = exists().where(_OF_ROW, SummaryNotice.kind != PeriodKind.DAY)
