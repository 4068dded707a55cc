"""Looking after the outbox: what is stuck, what is parked, how much there is, and texts whose time is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from models.line_calls import CallState, LineCall
from models.outbox import NOT_BEGUN, OutboxRow, OutboxState, is_unfinished, reason_unless_refused

_IS_UNFINISHED = is_unfinished(cast(Table, OutboxRow.__table__).c.state)


def release_parked(session: Session) -> list[str]:
    """Let all parked rows wait for delivery again; gives their recipients, each once."""
    released = session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == OutboxState.PARKED)
        .values(state=OutboxState.WAITING, reason=reason_unless_refused(None))
        .returning(OutboxRow.recipient)
        .execution_options(synchronize_session=False)
    )
    return sorted(set(released.scalars()))


def list_recipients_due(session: Session, now: datetime, overdue: timedelta, limit: int = 500) -> list[str]:
    """Recipients with a row or an open call that could be taken up and should have been by now, the oldest row first.

    Left out are those whose open call is in another worker's hands or waits for its next try: nothing can be done for
    them, and in an outage of LINE they are many.
    """
    late = now - overdue
    stuck = and_(
        OutboxRow.state == OutboxState.SENDING,
        LineCall.next_try_at <= now,
        or_(LineCall.lease_until.is_(None), LineCall.lease_until <= now),
    )
    forgotten = and_(OutboxRow.state == OutboxState.WAITING, OutboxRow.created_at <= late, ~_has_call_in_hand(now))
    query = (
        select(OutboxRow.recipient)
        .outerjoin(LineCall, LineCall.id == OutboxRow.call_id)
        .where(_IS_UNFINISHED, OutboxRow.state.in_((OutboxState.WAITING, OutboxState.SENDING)), or_(stuck, forgotten))
        .group_by(OutboxRow.recipient)
        .order_by(func.min(OutboxRow.id))
        .limit(limit)
    )
    return list(session.scalars(query))


def _has_call_in_hand(now: datetime) -> ColumnElement[bool]:
    other, call = aliased(OutboxRow), aliased(LineCall)
    return exists().where(
        other.recipient == OutboxRow.recipient,
        is_unfinished(cast(Any, other.state)),
        other.state == OutboxState.SENDING,
        call.id == other.call_id,
        or_(call.next_try_at > now, call.lease_until > now),
    )


def forget_recipient(session: Session, recipient: str) -> None:
    """Empty the texts of everything sent to a person; the rows and their time stamps stay."""
    for table in (OutboxRow, LineCall):
        owned = (
            OutboxRow.recipient == recipient
            if table is OutboxRow
            else LineCall.id.in_(select(OutboxRow.call_id).where(OutboxRow.recipient == recipient))
        )
        finished = table.state.not_in(("waiting", "sending", "parked", "held", "open"))
        session.execute(
            update(table).where(owned, finished).values(messages="[]").execution_options(synchronize_session=False)
        )


def forget_texts_before(session: Session, before: datetime) -> None:
    """Empty the texts of what was finished before an instant."""
    unfinished = (*NOT_BEGUN, OutboxState.SENDING)
    rows = update(OutboxRow).where(OutboxRow.created_at < before, OutboxRow.state.not_in(unfinished))
    calls = update(LineCall).where(LineCall.created_at < before, LineCall.state != CallState.OPEN)
    for emptied in (rows, calls):
        session.execute(emptied.values(messages="[]").execution_options(synchronize_session=False))


def count_outbox_by_state(session: Session) -> dict[OutboxState, int]:
    """Number of rows in every state, 0 included."""
    counted = dict(session.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all())
    return {state: counted.get(state, 0) for state in OutboxState}


def oldest_outgoing_at(session: Session) -> datetime | None:
    """When the row that has waited longest for delivery was stored; None where nothing waits."""
    unfinished = (OutboxState.WAITING, OutboxState.SENDING)
    oldest = select(func.min(OutboxRow.created_at)).where(_IS_UNFINISHED, OutboxRow.state.in_(unfinished))
    return session.scalar(oldest)


def answer_time_histogram(session: Session, bounds: Sequence[float]) -> tuple[list[int], float]:
    """Count answers by the seconds from the question to LINE's acceptance.

    Args:
        session: an open session.
        bounds: upper bounds in seconds, rising.

    Returns:
        how many took at most each bound, then all of them (one more value than bounds), and the sum of seconds.
    """
    seconds = _seconds_between(session, OutboxRow.asked_at, OutboxRow.sent_at)
    at_most = [func.count(case((seconds <= bound, 1))) for bound in bounds]
    query = select(*at_most, func.count(), func.coalesce(func.sum(seconds), 0.0)).where(
        OutboxRow.asked_at.is_not(None), OutboxRow.sent_at.is_not(None)
    )
    *counts, total = session.execute(query).one()
    return list(counts), float(total)


def _seconds_between(session: Session, start: Any, end: Any) -> ColumnElement[Any]:
    if session.get_bind().dialect.name == "sqlite":
        return (func.julianday(end) - func.julianday(start)) * 86400.0
    return func.extract("epoch", end) - func.extract("epoch", start)
