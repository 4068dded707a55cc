"""What became of a call to LINE, and what that means for its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from models.base import UTCDateTime
from models.line_calls import (
    CallState,
    ClaimedCall,
    LineCall,
    back_to_waiting,
    charged_messages,
    set_rows,
)
from models.outbox import REFUSED_TOGETHER, CountsAs, OutboxRow, OutboxState, is_unfinished
from models.requests import RequestState, TrackingRequest

LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class Acceptance:
    """What was recorded of an accepted call.

    Attributes:
        is_first: False where another worker's word already stands.
        more_waits: whether something else for its recipients waits or is on its way. Their own wake-ups found them
            taken, so whoever sent this call looks again; what slips in between is the sweep's.
    """

    is_first: bool
    more_waits: bool


def record_accepted(on: Session | Connection, call: ClaimedCall, now: datetime, request_id: str | None) -> Acceptance:
    """LINE took the call, or had taken it earlier: what it told askers of their requests counts from now.

    On PostgreSQL this is one statement, which needs no transaction of more. No value is called as a column is:
    SQLAlchemy would set that column too.
    """
    connection = on.connection() if isinstance(on, Session) else on
    told = {
        "held_id": call.id,
        "held_by": call.lease_token,
        "now": now,
        "accepted_as": request_id,
        "charged": charged_messages(call),
        "sent_as_method": call.method,
    }
    if connection.dialect.name == "postgresql":
        sent = connection.execute(_ACCEPT_AT_ONCE, told).all()
        return Acceptance(bool(sent), any(row.more_waits for row in sent) or not sent)
    if connection.execute(_ACCEPT_CALL, told).first() is None:
        return Acceptance(is_first=False, more_waits=True)
    connection.execute(_SENT_ROWS, told)
    for settle in _SETTLE_REQUESTS:
        connection.execute(settle, {"held_id": call.id, "now": now})
    more_waits = connection.execute(_MORE_WAITS_FOR, {"held_id": call.id, "all": call.recipients}).scalar_one()
    return Acceptance(is_first=True, more_waits=bool(more_waits))


_CALLS, _ROWS = cast(Table, LineCall.__table__), cast(Table, OutboxRow.__table__)
_REQUESTS = cast(Table, TrackingRequest.__table__)
_INSTANT = UTCDateTime()
_ACCEPT_CALL = (
    update(_CALLS)
    .where(
        _CALLS.c.id == bindparam("held_id"),
        _CALLS.c.state == CallState.OPEN,
        _CALLS.c.lease_token == bindparam("held_by"),
    )
    .values(
        state=CallState.ACCEPTED,
        finished_at=bindparam("now"),
        lease_until=None,
        line_request_id=bindparam("accepted_as"),
        charged_messages=bindparam("charged"),
        reason=None,
    )
    .returning(_CALLS.c.id)
)
_SENT = {"state": OutboxState.SENT, "sent_at": bindparam("now"), "sent_as": bindparam("sent_as_method")}
_SENT_ROWS = (
    update(_ROWS).where(_ROWS.c.call_id == bindparam("held_id"), _ROWS.c.state == OutboxState.SENDING).values(**_SENT)
)
_OTHERS = _ROWS.alias("others")
_IS_ANOTHER = and_(
    is_unfinished(_OTHERS.c.state),
    _OTHERS.c.state.in_((OutboxState.WAITING, OutboxState.SENDING)),
    or_(_OTHERS.c.call_id.is_(None), _OTHERS.c.call_id != bindparam("held_id")),
)
_MORE_WAITS_FOR = select(exists().where(_OTHERS.c.recipient.in_(bindparam("all", expanding=True)), _IS_ANOTHER))
_ACCEPTED = _ACCEPT_CALL.cte("accepted")
_SENT_NOW = (
    update(_ROWS)
    .where(_ROWS.c.call_id == _ACCEPTED.c.id, _ROWS.c.state == OutboxState.SENDING)
    .values(**_SENT)
    .returning(_ROWS.c.recipient, _ROWS.c.request_id, _ROWS.c.counts_as)
    .cte("sent")
)
_TOLD = (
    select(_SENT_NOW.c.request_id, func.bool_or(_SENT_NOW.c.counts_as == CountsAs.ANSWER).label("is_answer"))
    .where(_SENT_NOW.c.request_id.is_not(None))
    .group_by(_SENT_NOW.c.request_id)
    .subquery("told")
)
_ANSWERED = _REQUESTS.c.state == RequestState.ANSWERED
_TAKEN_ON = _REQUESTS.c.state.in_((RequestState.ACKNOWLEDGED, RequestState.ANSWERED))
"""An acceptance that comes in after the asker reopened the request is of the round before, and changes nothing."""
_SETTLED = (
    update(_REQUESTS)
    .where(_REQUESTS.c.id == _TOLD.c.request_id, _TAKEN_ON)
    .values(
        acknowledged_at=func.coalesce(_REQUESTS.c.acknowledged_at, bindparam("now", type_=_INSTANT)),
        answered_at=case(
            (
                and_(_TOLD.c.is_answer, _ANSWERED),
                func.coalesce(_REQUESTS.c.answered_at, bindparam("now", type_=_INSTANT)),
            ),
            else_=_REQUESTS.c.answered_at,
        ),
    )
    .returning(_REQUESTS.c.id)
    .cte("settled")
)
_ACCEPT_AT_ONCE = (
    select(exists().where(_OTHERS.c.recipient == _SENT_NOW.c.recipient, _IS_ANOTHER).label("more_waits"))
    .select_from(_SENT_NOW)
    .add_cte(_SETTLED)
)
_ROWS_OF_CALL = select(_ROWS.c.request_id).where(
    _ROWS.c.call_id == bindparam("held_id"), _ROWS.c.request_id.is_not(None)
)
_SETTLE_REQUESTS = (
    update(_REQUESTS)
    .where(_REQUESTS.c.id.in_(_ROWS_OF_CALL), _REQUESTS.c.acknowledged_at.is_(None), _TAKEN_ON)
    .values(acknowledged_at=bindparam("now", type_=_INSTANT)),
    update(_REQUESTS)
    .where(
        _REQUESTS.c.id.in_(_ROWS_OF_CALL.where(_ROWS.c.counts_as == CountsAs.ANSWER)),
        _REQUESTS.c.answered_at.is_(None),
        _ANSWERED,
    )
    .values(answered_at=bindparam("now", type_=_INSTANT)),
)
"""The same for SQLite, which has no UPDATE inside a statement."""


def record_try_later(
    session: Session, call: ClaimedCall, now: datetime, reason: str, *, wait: timedelta, outcome_unknown: bool
) -> None:
    """Leave the call open for another try; ``outcome_unknown`` where this try may have arrived."""
    session.execute(
        update(LineCall)
        .where(*_held(call))
        .values(
            next_try_at=now + wait,
            lease_until=None,
            lease_token=None,
            outcome_unknown=call.outcome_unknown or outcome_unknown,
            reason=reason[:200],
        )
        .execution_options(synchronize_session=False)
    )


def record_given_up(session: Session, call: ClaimedCall, now: datetime, reason: str) -> None:
    """LINE will never take this call: its row ends with the reason; of several rows each is tried alone first."""
    if not _close(session, call, CallState.CLOSED, now, reason=reason[:200]):
        return
    if _count_rows(session, call.id) > 1:
        back_to_waiting(session, call.id, reason=REFUSED_TOGETHER)
    else:
        set_rows(session, call.id, state=OutboxState.GIVEN_UP, reason=reason[:200])


def record_parked(session: Session, call: ClaimedCall, now: datetime, reason: str) -> None:
    """The month's quota is used up: the rows wait outside the queue until there is quota again."""
    if _close(session, call, CallState.CLOSED, now, reason=reason[:200]):
        set_rows(session, call.id, state=OutboxState.PARKED, reason=reason[:200], call_id=None)


def record_token_spent(session: Session, call: ClaimedCall, now: datetime) -> None:
    """The reply token was refused although no try can have used it: the rows wait again, for a push."""
    if _close(session, call, CallState.CLOSED, now, reason="reply_token_refused"):
        back_to_waiting(session, call.id)


def retry_wait(attempts: int) -> timedelta:
    """How long to wait after a number of tries: 1, 2, 4 … seconds, five minutes at most."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


def _close(session: Session, call: ClaimedCall, state: CallState, now: datetime, **values: object) -> bool:
    closed = session.execute(
        update(LineCall)
        .where(*_held(call))
        .values(state=state, finished_at=now, lease_until=None, **values)
        .returning(LineCall.id)
        .execution_options(synchronize_session=False)
    )
    return closed.one_or_none() is not None


def _held(call: ClaimedCall) -> tuple[ColumnElement[bool], ...]:
    return (LineCall.id == call.id, LineCall.state == CallState.OPEN, LineCall.lease_token == call.lease_token)


def _count_rows(session: Session, on_call: int) -> int:
    counted = select(func.count()).where(OutboxRow.call_id == on_call, OutboxRow.state == OutboxState.SENDING)
    return session.scalar(counted) or 0
