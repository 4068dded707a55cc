"""The outbox: what goes out is a row before it is sent.

A handler's messages become ``OutboxRow``s in the same commit as its other changes. ``models.line_calls`` gathers what
waits for a recipient into calls to LINE, ``models.call_outcomes`` records what became of a call, and
``models.outbox_upkeep`` finds what is stuck, counts, and forgets texts.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    bindparam,
    case,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column


class Importance(StrEnum):
    """What a message is worth when it cannot be known whether it arrived."""

    PROMISE = "promise"  # an answer or an acknowledgement: twice is better than not at all
    NEWS = "news"  # something the person asked to be told
    SMALL_TALK = "small_talk"  # a greeting, a hint: not at all is better than twice


class OutboxState(StrEnum):
    """Where a message is on its way out."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"  # the month's quota is used up; goes on when there is quota again, or rides on a reply
    HELD = "held"  # it can wait: for the end of the person's quiet hours, or for room in the quota; or rides on a reply
    GIVEN_UP = "given_up"  # LINE will not take it; the reason stands beside it
    DROPPED = "dropped"  # we chose not to send it; the reason stands beside it


NOT_BEGUN = (OutboxState.WAITING, OutboxState.PARKED, OutboxState.HELD)
"""States of what has not begun to go out."""


REFUSED_TOGETHER = "refused_together"
"""Reason of a row whose call LINE refused: it goes alone from then on, so that a bad row costs no neighbour."""
UNFINISHED = (OutboxState.WAITING, OutboxState.SENDING, OutboxState.PARKED, OutboxState.HELD)
"""States of what is not over, in the order in which the partial index names them."""


def is_unfinished(state: ColumnElement[OutboxState]) -> ColumnElement[bool]:
    """The condition of ``ix_outbox_unfinished``, beside any narrower one, on the state of the outbox or an alias of it.

    It is written out as the index has it, not bound: otherwise SQLite reads through all that was ever sent.
    """
    return state.in_(bindparam("unfinished", UNFINISHED, expanding=True, literal_execute=True, unique=True))


class CallMethod(StrEnum):
    """LINE's three ways of sending that the service uses."""

    REPLY = "reply"
    PUSH = "push"
    MULTICAST = "multicast"


class CountsAs(StrEnum):
    """What LINE's acceptance of a message means for the request that it is about."""

    ACKNOWLEDGEMENT = "acknowledgement"
    ANSWER = "answer"  # and an acknowledgement, where none came before it


@dataclass(frozen=True)
class Outgoing:
    """Something to send, as handlers give it.

    Attributes:
        messages: 1 to 5 LINE message objects.
        to: LINE id of a user or group; None for the chat that asked.
        importance: what to do when nobody can know whether it arrived.
        share_key: rows with the same key hold the same messages and may go out as one multicast.
        answers_question: whether the time from the question to LINE's acceptance is the service's answer time.
        request: number of the request that ``counts_as`` is about.
        counts_as: what the message's acceptance by LINE is for the request.
    """

    messages: tuple[dict[str, Any], ...]
    to: str | None = None
    importance: Importance = Importance.SMALL_TALK
    share_key: str | None = None
    answers_question: bool = False
    request: int | None = None
    counts_as: CountsAs | None = None


@dataclass(frozen=True)
class ReplyToken:
    """LINE's one-use right to answer free of charge."""

    token: str
    received_at: datetime


class OutboxRow(Base):
    """Messages for one recipient, from one cause."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(64))
    messages: Mapped[str] = mapped_column(Text)
    message_count: Mapped[int]
    importance: Mapped[Importance] = mapped_column(enum_column(Importance))
    state: Mapped[OutboxState] = mapped_column(enum_column(OutboxState), default=OutboxState.WAITING)
    reply_token: Mapped[str | None] = mapped_column(String(64))
    token_received_at: Mapped[datetime | None]
    share_key: Mapped[str | None] = mapped_column(String(80))
    asked_at: Mapped[datetime | None]
    """LINE's time of the question that this answers; None where it answers none."""
    inbox_event_id: Mapped[int | None] = mapped_column(ForeignKey("inbox_events.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"))
    """The request that this tells the asker of, where that counts."""
    counts_as: Mapped[CountsAs | None] = mapped_column(enum_column(CountsAs))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("line_calls.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    """When LINE accepted it, as far as we can know."""
    sent_as: Mapped[CallMethod | None] = mapped_column(enum_column(CallMethod))
    hold_until: Mapped[datetime | None]
    """When a held row goes on; None where it waits for room in the month's quota, or for the person's next message."""
    reason: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        Index(
            "ix_outbox_unfinished",
            "recipient",
            "id",
            postgresql_where=text("state IN ('waiting', 'sending', 'parked', 'held')"),
            sqlite_where=text("state IN ('waiting', 'sending', 'parked', 'held')"),
        ),
        Index(
            "ix_outbox_shared",
            "share_key",
            postgresql_where=text("state = 'waiting' AND share_key IS NOT NULL"),
            sqlite_where=text("state = 'waiting' AND share_key IS NOT NULL"),
        ),
        Index("ix_outbox_call", "call_id"),
        Index(
            "ix_outbox_request",
            "request_id",
            postgresql_where=text("request_id IS NOT NULL"),
            sqlite_where=text("request_id IS NOT NULL"),
        ),
        Index(
            "ix_outbox_held",
            "hold_until",
            postgresql_where=text("state = 'held'"),
            sqlite_where=text("state = 'held'"),
        ),
        Index(
            "ix_outbox_answers",
            "sent_at",
            postgresql_where=text("asked_at IS NOT NULL"),
            sqlite_where=text("asked_at IS NOT NULL"),
        ),
    )


def store_outgoing(
    session: Session,
    outgoing: Sequence[Outgoing],
    *,
    asker: str,
    token: ReplyToken | None,
    asked_at: datetime,
    inbox_event_id: int | None,
    now: datetime,
) -> list[str]:
    """Store what a handler wants sent; the reply token goes with the first row for the asker.

    Returns:
        recipients to wake, each once; of rows that share a multicast only the first.
    """
    wake: dict[str, None] = {}
    shared: set[str] = set()
    for item in outgoing:
        recipient = item.to or asker
        usable = token if recipient == asker else None
        values = _values(item, recipient, usable, now)
        asked = asked_at if item.answers_question else None
        session.connection().execute(_NEW_ROW, {**values, "asked_at": asked, "inbox_event_id": inbox_event_id})
        if usable is not None:
            token = None
        if item.share_key is None or item.share_key not in shared:
            wake[recipient] = None
        if item.share_key is not None:
            shared.add(item.share_key)
    return list(wake)


_OUTBOX = cast(Table, OutboxRow.__table__)
_NEW_ROW = insert(_OUTBOX)


def _values(item: Outgoing, recipient: str, token: ReplyToken | None, now: datetime) -> dict[str, object]:
    return {
        "recipient": recipient,
        "messages": dump_messages(item.messages),
        "message_count": len(item.messages),
        "importance": item.importance,
        "state": OutboxState.WAITING,
        "reply_token": token.token if token else None,
        "token_received_at": token.received_at if token else None,
        "share_key": item.share_key,
        "request_id": item.request,
        "counts_as": item.counts_as,
        "created_at": now,
    }


@dataclass(frozen=True)
class SharedContent:
    """News that several people are told alike.

    Attributes:
        messages: 1 to 5 LINE message objects as ``dump_messages`` writes them.
        message_count: how many.
        share_key: the same for the same messages, so that they go out as one multicast.
        held_for: why it is not pushed but waits for the person's next message or for room; None where it goes out.
    """

    messages: str
    message_count: int
    share_key: str
    held_for: str | None = None


def share_content(subject: str, messages: Sequence[dict[str, Any]], held_for: str | None = None) -> SharedContent:
    """Messages on a subject, made once for all who are told them."""
    text = dump_messages(messages)
    key = f"{subject}:{sha256(text.encode()).hexdigest()[:48]}"
    return SharedContent(text, len(messages), key, held_for)


SHORT_INSERTS = {"insertmanyvalues_page_size": 50}
"""Rows of one statement: psycopg reads a statement in a time that grows with the square of its parameters."""


def store_shared(session: Session, news: Mapping[str, SharedContent], now: datetime) -> dict[str, int]:
    """Store news for many, one row each; gives the rows' ids by recipient.

    Args:
        session: an open transaction.
        news: by recipient.
        now: the present.
    """
    if not news:
        return {}
    rows = [_shared_values(recipient, content, now) for recipient, content in news.items()]
    inserting = _NEW_ROW.returning(_OUTBOX.c.recipient, _OUTBOX.c.id)
    stored = session.connection().execute(inserting, rows, execution_options=SHORT_INSERTS)
    return dict(stored.all())


def _shared_values(recipient: str, content: SharedContent, now: datetime) -> dict[str, object]:
    return {
        "recipient": recipient,
        "messages": content.messages,
        "message_count": content.message_count,
        "importance": Importance.NEWS,
        "state": OutboxState.WAITING if content.held_for is None else OutboxState.HELD,
        "share_key": content.share_key,
        "reason": content.held_for,
        "created_at": now,
    }


def lock_not_begun(session: Session, ids: Collection[int]) -> set[int]:
    """Those of some rows that have not begun to go out, locked until the transaction ends."""
    rows = select(OutboxRow.id).where(OutboxRow.id.in_(ids), OutboxRow.state.in_(NOT_BEGUN)).order_by(OutboxRow.id)
    return set(session.scalars(rows.with_for_update())) if ids else set()


def drop_rows(session: Session, ids: Collection[int], reason: str) -> None:
    """Not send what has not begun to go out."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids), OutboxRow.state.in_(NOT_BEGUN))
        .values(state=OutboxState.DROPPED, reason=reason)
        .execution_options(synchronize_session=False)
    )


def cancel_waiting(session: Session, recipient: str, reason: str) -> None:
    """Drop what has not begun to go out to a recipient (the person blocked the account or left)."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.recipient == recipient, is_unfinished(_OUTBOX.c.state), OutboxRow.state.in_(NOT_BEGUN))
        .values(state=OutboxState.DROPPED, reason=reason)
        .execution_options(synchronize_session=False)
    )


def reason_unless_refused(reason: str | None) -> ColumnElement[str | None]:
    """The new reason of a row that waits or goes on, but that one which must go alone stays so."""
    return case((OutboxRow.reason == REFUSED_TOGETHER, REFUSED_TOGETHER), else_=reason)


def find_told(session: Session, request: int, counts_as: CountsAs) -> list[dict[str, Any]]:
    """The messages in which an asker was last told this of a request; empty where nothing was, or its text is gone."""
    rows = select(OutboxRow.messages).where(OutboxRow.request_id == request, OutboxRow.counts_as == counts_as)
    told = session.scalar(rows.order_by(OutboxRow.id.desc()).limit(1))
    return list(json.loads(told)) if told else []


def dump_messages(messages: Sequence[dict[str, Any]]) -> str:
    """Messages as the JSON that rows and calls keep."""
    return json.dumps(list(messages), ensure_ascii=False, separators=(",", ":"))
