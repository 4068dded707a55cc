"""Calls to LINE: frozen and committed before the first try, and handed out under a lease.

What waits for one recipient is gathered into a ``LineCall`` (at most five messages). A call keeps its body and its
retry key through every try, as LINE asks; its rows are ``sending`` as long as it is open, which is what keeps a
recipient's deliveries in order.

A call goes out with the reply token (free) while that is young, otherwise as a push; rows with the same ``share_key``
that wait for several people go as one multicast.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    ColumnElement,
    Index,
    Row,
    String,
    Table,
    Text,
    bindparam,
    case,
    exists,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import quota
from models.base import Base, BigId, enum_column
from models.holding import hold_back, list_riders, release_held_for
from models.outbox import (
    NOT_BEGUN,
    REFUSED_TOGETHER,
    CallMethod,
    Importance,
    OutboxRow,
    OutboxState,
    ReplyToken,
    dump_messages,
    is_unfinished,
    reason_unless_refused,
)
from models.preference_terms import QuietHours

Waiting: TypeAlias = Row[Any]
"""A row of the outbox as read for a call, not tracked by any session."""

MESSAGES_PER_CALL = 5

RECIPIENTS_PER_MULTICAST = 500

REPLY_TOKEN_LIFE = timedelta(seconds=50)
"""LINE honours a token for 60 s after its delivery to us; what we measure from our receipt keeps 10 s in hand."""

RETRY_KEY_LIFE = timedelta(hours=23)
"""LINE remembers a retry key for 24 h; after that a second try could be a second message."""

LEASE = timedelta(seconds=12)
"""Longer than the time-outs of one call to LINE (3 s to connect, 8 s to answer)."""

RIDE_LIMIT = 20
"""How many rows of one recipient are looked at for one call."""


class CallState(StrEnum):
    """What became of a call."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CLOSED = "closed"  # ended without being accepted; the reason stands beside it


@dataclass(frozen=True)
class SettledCall:
    """A call that was ended without another try, because none could be made as it was.

    ``reason`` tells what became of its rows: ``outcome_unknown_not_repeated`` (dropped), ``outcome_unknown_sent_again``
    and ``reply_token_expired`` (waiting again, for a push), ``retry_key_expired`` (given up).
    """

    id: int
    method: CallMethod
    importance: Importance
    attempts: int
    reason: str


class ClaimLost(Exception):
    """Another worker was quicker; the transaction must be rolled back, and there is nothing more to do."""


class LineCall(Base):
    """One request to LINE, frozen before its first try."""

    __tablename__ = "line_calls"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    method: Mapped[CallMethod] = mapped_column(enum_column(CallMethod))
    recipients: Mapped[str] = mapped_column(Text)
    messages: Mapped[str] = mapped_column(Text)
    importance: Mapped[Importance] = mapped_column(enum_column(Importance))
    reply_token: Mapped[str | None] = mapped_column(String(64))
    token_received_at: Mapped[datetime | None]
    retry_key: Mapped[str | None] = mapped_column(String(36))
    state: Mapped[CallState] = mapped_column(enum_column(CallState), default=CallState.OPEN)
    attempts: Mapped[int] = mapped_column(default=0)
    outcome_unknown: Mapped[bool] = mapped_column(default=False)
    """Whether some try may have arrived although nobody heard so."""
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None] = mapped_column(String(32))
    finished_at: Mapped[datetime | None]
    line_request_id: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(200))
    charged_messages: Mapped[int | None]
    """What the call cost of the month's quota: recipients of a push or multicast, 0 of a reply."""

    __table_args__ = (
        Index(
            "ix_line_calls_open",
            "next_try_at",
            postgresql_where=text("state = 'open'"),
            sqlite_where=text("state = 'open'"),
        ),
    )


@dataclass(frozen=True)
class ClaimedCall:
    """A call that this worker may try now.

    ``outcome_unknown`` tells of earlier tries; ``attempts`` counts this one.
    """

    id: int
    method: CallMethod
    recipients: tuple[str, ...]
    messages: list[dict[str, Any]]
    importance: Importance
    reply_token: str | None
    retry_key: str | None
    attempts: int
    outcome_unknown: bool
    lease_token: str
    created_at: datetime
    answers_from: tuple[datetime, ...] = ()


def charged_messages(call: ClaimedCall) -> int:
    """What a call costs of the month's quota: nothing as a reply, else one message for each recipient."""
    return 0 if call.method is CallMethod.REPLY else len(call.recipients)


_CALLS, _ROWS = cast(Table, LineCall.__table__), cast(Table, OutboxRow.__table__)
_ON_THE_WAY_FIRST = case({OutboxState.SENDING.value: 0, OutboxState.WAITING.value: 1}, value=_ROWS.c.state, else_=2)
_UNFINISHED = (
    select(_ROWS)
    .where(_ROWS.c.recipient == bindparam("to"), is_unfinished(_ROWS.c.state))
    .order_by(_ON_THE_WAY_FIRST, _ROWS.c.id)
    .limit(RIDE_LIMIT)
)
"""What is on its way first, then what waits, then what is parked or held: any number of those hides nothing."""
_NEW_CALL = insert(_CALLS).returning(_CALLS.c.id)
_TAKE_ROWS = (
    update(_ROWS)
    .where(
        _ROWS.c.id.in_(bindparam("ids", expanding=True)),
        _ROWS.c.state.in_(NOT_BEGUN),
    )
    .values(
        state=OutboxState.SENDING,
        call_id=bindparam("call"),
        reply_token=None,
        token_received_at=None,
        hold_until=None,
    )
    .returning(_ROWS.c.id)
)


def claim_call(
    session: Session,
    recipient: str,
    now: datetime,
    *,
    push_allowed: bool | None = None,
    quiet_hours: QuietHours | None = None,
) -> ClaimedCall | SettledCall | None:
    """Take the next call to a recipient: an open one whose time has come, or a new one from what waits.

    Nothing is given while another worker holds a call to the recipient or a retry is not due, so that order holds. A
    ``SettledCall`` is only to be told of; there may be more to claim after it. While the month's quota is used up, rows
    that need a push are parked; news that may not be pushed now is held (``models.holding``).

    Args:
        session: an open transaction.
        recipient: LINE id of a user or group.
        now: the present.
        push_allowed: whether there is quota; None to ask for it where a push is needed.
        quiet_hours: of people who have chosen none.

    Raises:
        ClaimLost: another worker took the same rows; roll back.
    """
    rows = session.connection().execute(_UNFINISHED, {"to": recipient}).all()
    if any(row.hold_until is not None and row.hold_until <= now for row in rows if row.state is OutboxState.HELD):
        release_held_for(session, recipient)  # before what came after it, whenever the clock gets round to it
        rows = session.connection().execute(_UNFINISHED, {"to": recipient}).all()
    sending = [row for row in rows if row.state is OutboxState.SENDING]
    if sending:
        return _reclaim(session, sending, now)
    waiting = [row for row in rows if row.state is OutboxState.WAITING]
    token = _freshest_token(waiting, now)
    if token is not None:
        chosen = _fitting(_waiting_before_parked(rows))
        return _open_call(session, sorted(chosen, key=lambda row: row.id), CallMethod.REPLY, now, token)
    if not waiting:
        return None
    if not (quota.push_allowed(session, now) if push_allowed is None else push_allowed):
        _park(session, waiting, "monthly_quota")
        return None
    held = [row for row in rows if row.state is OutboxState.HELD]
    return _open_push(session, hold_back(session, waiting, now, quiet_hours), held, now, quiet_hours)


def _open_push(
    session: Session,
    waiting: Sequence[Waiting],
    held: Sequence[Waiting],
    now: datetime,
    quiet_hours: QuietHours | None,
) -> ClaimedCall | None:
    if not waiting:
        return None
    if waiting[0].share_key is not None and waiting[0].reason != REFUSED_TOGETHER:
        return _open_shared_call(session, waiting, held, now, quiet_hours)
    return _open_own_push(session, waiting, held, now, quiet_hours)


def _open_own_push(
    session: Session,
    waiting: Sequence[Waiting],
    held: Sequence[Waiting],
    now: datetime,
    quiet_hours: QuietHours | None,
) -> ClaimedCall:
    """A push to one recipient, with what else fits into it: it costs one message whatever is in it."""
    chosen = _fitting([*waiting, *list_riders(session, held, now, quiet_hours)])
    return _open_call(session, sorted(chosen, key=lambda row: row.id), CallMethod.PUSH, now)


def _freshest_token(rows: Iterable[Waiting], now: datetime) -> ReplyToken | None:
    """The youngest token that is still good; it moves from its row to the call about to be opened."""
    young = [row for row in rows if row.token_received_at and row.token_received_at > now - REPLY_TOKEN_LIFE]
    row = max(young, key=lambda row: row.token_received_at, default=None)
    return ReplyToken(row.reply_token, row.token_received_at) if row is not None and row.reply_token else None


def _waiting_before_parked(rows: Sequence[Waiting]) -> list[Waiting]:
    """What is parked or held for the person rides along on a reply, free of charge, where there is room."""
    return sorted(rows, key=lambda row: (row.state is not OutboxState.WAITING, row.id))


def _fitting(rows: Sequence[Waiting]) -> list[Waiting]:
    """The first rows whose messages fit into one call together."""
    chosen = list(rows[:1])
    for row in rows[1:]:
        if REFUSED_TOGETHER in (row.reason, chosen[0].reason):
            break
        if sum(other.message_count for other in chosen) + row.message_count > MESSAGES_PER_CALL:
            break
        chosen.append(row)
    return chosen


def _open_call(
    session: Session,
    rows: Sequence[Waiting],
    method: CallMethod,
    now: datetime,
    token: ReplyToken | None = None,
) -> ClaimedCall:
    values = {
        "method": method,
        "reply_token": token.token if token else None,
        "token_received_at": token.received_at if token else None,
        "retry_key": None if method is CallMethod.REPLY else str(uuid.uuid4()),
    }
    return _freeze(session, rows, [rows[0].recipient], _merged(rows), now, values)


def _open_shared_call(
    session: Session,
    waiting: Sequence[Waiting],
    held: Sequence[Waiting],
    now: datetime,
    quiet_hours: QuietHours | None,
) -> ClaimedCall | None:
    """One multicast for everybody for whom this content is the next thing to hear.

    Where that is the recipient alone, what else waits goes with it: two pushes would cost two messages.
    """
    head = waiting[0]
    earlier = _ROWS.alias()
    blocked = exists().where(
        earlier.c.recipient == _ROWS.c.recipient,
        earlier.c.id < _ROWS.c.id,
        is_unfinished(earlier.c.state),
        earlier.c.state.in_((OutboxState.WAITING, OutboxState.SENDING)),
    )
    rows = session.execute(
        select(_ROWS)
        .where(_ROWS.c.share_key == head.share_key, _ROWS.c.state == OutboxState.WAITING, ~blocked)
        .where(_ROWS.c.reason.is_distinct_from(REFUSED_TOGETHER))
        .order_by(_ROWS.c.id)
        .limit(RECIPIENTS_PER_MULTICAST)
    ).all()
    rows = _affordable(session, hold_back(session, rows, now, quiet_hours))
    if not rows:
        return None
    recipients = list(dict.fromkeys(row.recipient for row in rows))
    if recipients == [head.recipient]:
        return _open_own_push(session, waiting, held, now, quiet_hours)
    values = {
        "method": CallMethod.MULTICAST if len(recipients) > 1 else CallMethod.PUSH,
        "reply_token": None,
        "token_received_at": None,
        "retry_key": str(uuid.uuid4()),
    }
    return _freeze(session, rows, recipients, json.loads(head.messages), now, values)


def _affordable(session: Session, rows: list[Waiting]) -> list[Waiting]:
    """As many as the month's messages are enough for: LINE takes a multicast as a whole or not at all.

    At least one is tried, because LINE's word counts and not what we reckon.
    """
    left = quota.find_left(session)
    return rows if left is None else rows[: max(1, left)]


def _freeze(
    session: Session,
    rows: Sequence[Waiting],
    recipients: Sequence[str],
    messages: list[dict[str, Any]],
    now: datetime,
    values: dict[str, Any],
) -> ClaimedCall:
    """Insert a call with a fresh lease and move its rows to sending."""
    body = rows[0].messages if len(rows) == 1 else dump_messages(messages)
    values |= {"importance": _weightiest(rows), "attempts": 1, "outcome_unknown": False, "created_at": now}
    stored = {"recipients": json.dumps(recipients), "messages": body, "state": CallState.OPEN}
    lease_token = secrets.token_hex(8)
    lease = {"next_try_at": now, "lease_until": now + LEASE, "lease_token": lease_token}
    call_id = session.connection().execute(_NEW_CALL, {**values, **stored, **lease}).scalar_one()
    _take_rows(session, [row.id for row in rows], call_id)
    return ClaimedCall(
        id=call_id,
        method=values["method"],
        recipients=tuple(recipients),
        messages=messages,
        importance=values["importance"],
        reply_token=values["reply_token"],
        retry_key=values["retry_key"],
        attempts=1,
        outcome_unknown=False,
        lease_token=lease_token,
        created_at=now,
        answers_from=_answers_from(rows),
    )


def _take_rows(session: Session, ids: Sequence[int], call_id: int) -> None:
    """Move rows to sending, all or none: of two workers who saw the same rows one must stand back."""
    taken = session.connection().execute(_TAKE_ROWS, {"ids": ids, "call": call_id}).all()
    if len(taken) != len(ids):
        raise ClaimLost


def _reclaim(session: Session, rows: Sequence[Waiting], now: datetime) -> ClaimedCall | SettledCall | None:
    call = session.get(LineCall, rows[0].call_id)
    if call is None or call.state is not CallState.OPEN or call.next_try_at > now:
        return None
    if call.lease_until is not None and call.lease_until > now:
        return None
    # A lease that ran out means that its worker died between asking LINE and telling us.
    unknown = call.outcome_unknown or call.lease_until is not None
    if _too_old_to_try(call, now):
        return _settle_unsendable(session, call, now, unknown)
    token = secrets.token_hex(8)
    taken = session.execute(
        update(LineCall)
        .where(*_unchanged(call))
        .values(attempts=LineCall.attempts + 1, lease_token=token, lease_until=now + LEASE, outcome_unknown=unknown)
        .returning(LineCall.attempts)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if taken is None:
        return None
    return ClaimedCall(
        id=call.id,
        method=call.method,
        recipients=tuple(json.loads(call.recipients)),
        messages=json.loads(call.messages),
        importance=call.importance,
        reply_token=call.reply_token,
        retry_key=call.retry_key,
        attempts=taken,
        outcome_unknown=unknown,
        lease_token=token,
        created_at=call.created_at,
        answers_from=_answers_from(rows),
    )


def _too_old_to_try(call: LineCall, now: datetime) -> bool:
    if call.method is CallMethod.REPLY:
        return call.token_received_at is None or call.token_received_at <= now - REPLY_TOKEN_LIFE
    return call.created_at <= now - RETRY_KEY_LIFE


def _settle_unsendable(session: Session, call: LineCall, now: datetime, unknown: bool) -> SettledCall | None:
    """Decide for the person about a call that cannot be tried again as it is; None where somebody else was quicker."""
    reason = _reason_to_settle(call, unknown)
    settled = session.execute(
        update(LineCall)
        .where(*_unchanged(call))
        .values(state=CallState.CLOSED, finished_at=now, lease_until=None, outcome_unknown=unknown, reason=reason)
        .returning(LineCall.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if settled is None:
        return None
    if reason == "retry_key_expired":
        set_rows(session, call.id, state=OutboxState.GIVEN_UP, reason=reason)
    elif reason == "outcome_unknown_not_repeated":
        set_rows(session, call.id, state=OutboxState.DROPPED, reason=reason)
    else:
        back_to_waiting(session, call.id, reason=reason)
    return SettledCall(call.id, call.method, call.importance, call.attempts, reason)


def _reason_to_settle(call: LineCall, unknown: bool) -> str:
    if call.method is not CallMethod.REPLY:
        return "retry_key_expired"
    if not unknown:
        return "reply_token_expired"
    small_talk = call.importance is Importance.SMALL_TALK
    return "outcome_unknown_not_repeated" if small_talk else "outcome_unknown_sent_again"


def _unchanged(call: LineCall) -> tuple[ColumnElement[bool], ...]:
    """That nobody took or ended the call since it was read."""
    return (
        LineCall.id == call.id,
        LineCall.state == CallState.OPEN,
        LineCall.lease_token.is_not_distinct_from(call.lease_token),
    )


def _park(session: Session, rows: Iterable[Waiting], reason: str) -> None:
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_([row.id for row in rows]), OutboxRow.state == OutboxState.WAITING)
        .values(state=OutboxState.PARKED, reason=reason_unless_refused(reason))
        .execution_options(synchronize_session=False)
    )


def _answers_from(rows: Iterable[Waiting]) -> tuple[datetime, ...]:
    return tuple(row.asked_at for row in rows if row.asked_at is not None)


def _merged(rows: Sequence[Waiting]) -> list[dict[str, Any]]:
    """The messages of several rows in order; LINE shows quick replies of the last message only, so they move there."""
    messages: list[dict[str, Any]] = [message for row in rows for message in json.loads(row.messages)]
    last = messages[-1]
    if "quickReply" not in last:
        for message in reversed(messages[:-1]):
            if "quickReply" in message:
                last["quickReply"] = message["quickReply"]
                break
    return messages


def _weightiest(rows: Sequence[Waiting]) -> Importance:
    present = {row.importance for row in rows}
    return next(importance for importance in Importance if importance in present)


def back_to_waiting(session: Session, call_id: int, reason: str | None = None) -> None:
    """Let the rows of a closed call wait again, without the token that call carried."""
    set_rows(
        session,
        call_id,
        state=OutboxState.WAITING,
        reply_token=None,
        token_received_at=None,
        call_id=None,
        reason=reason,
    )


def set_rows(session: Session, on_call: int, **values: object) -> None:
    """Change the rows that a call carries, as far as they are still on their way."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.call_id == on_call, OutboxRow.state == OutboxState.SENDING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
