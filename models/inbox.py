"""The inbox: every event LINE sent, stored before LINE gets its 200, handled in order for each person.

An event waits, is worked on under a lease, and ends ``done`` or ``dead``. The oldest unfinished event of a person is
the only one that can be claimed, which keeps a person's messages in order while people are served side by side. A
lease that ran out (its worker died) makes the event claimable again; what the dead worker had begun was one
transaction and is gone with it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Index,
    String,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models.base import Base, BigId, enum_column

LEASE = timedelta(seconds=10)
"""How long a worker may take over one event. Handling takes milliseconds; a dead worker's event waits this long."""

CONTENT_LEASE = timedelta(seconds=90)
"""How long over one that brings a photo or file: LINE and the store are waited for, each with a limit of its own."""

RETRY_AFTER = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 5, 10, 20, 40, 60))
"""Waits between tries; the try after the last wait is the last."""

MAX_ATTEMPTS = len(RETRY_AFTER) + 1


class InboxState(StrEnum):
    """Where an event is on its way."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    DEAD = "dead"


UNFINISHED = (InboxState.WAITING, InboxState.WORKING)


class InboxEvent(Base):
    """One webhook event. ``raw`` is its JSON as LINE sent it, emptied when the person unsends or its time is over."""

    __tablename__ = "inbox_events"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event_id: Mapped[str] = mapped_column(String(80), unique=True)
    """LINE's ``webhookEventId``, or a digest of the event where it has none."""
    person_key: Mapped[str] = mapped_column(String(80))
    """Who the order is kept for: the user, else the group or room, else the event itself."""
    type: Mapped[str] = mapped_column(String(40))
    message_id: Mapped[str | None] = mapped_column(String(64))
    raw: Mapped[str | None] = mapped_column(Text)
    event_at: Mapped[datetime]
    """LINE's time stamp: the moment a person's clock starts."""
    received_at: Mapped[datetime]
    state: Mapped[InboxState] = mapped_column(enum_column(InboxState), server_default=InboxState.WAITING)
    attempts: Mapped[int] = mapped_column(server_default="0")
    available_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None] = mapped_column(String(32))
    finished_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(200))
    """Kind of the last failure, never its text: exception messages may quote people."""

    __table_args__ = (
        Index(
            "ix_inbox_events_unfinished",
            "person_key",
            "event_at",
            "id",
            postgresql_where=text("state IN ('waiting', 'working')"),
            sqlite_where=text("state IN ('waiting', 'working')"),
        ),
        Index(
            "ix_inbox_events_message_id",
            "message_id",
            postgresql_where=text("message_id IS NOT NULL"),
            sqlite_where=text("message_id IS NOT NULL"),
        ),
        Index(
            "ix_inbox_events_dead",
            "id",
            postgresql_where=text("state = 'dead'"),
            sqlite_where=text("state = 'dead'"),
        ),
    )


@dataclass(frozen=True)
class NewEvent:
    """An event on its way into the inbox, already reduced to what the columns hold."""

    event_id: str
    person_key: str
    type: str
    message_id: str | None
    raw: str
    event_at: datetime
    received_at: datetime


@dataclass(frozen=True)
class ClaimedEvent:
    """An event that this worker holds until its lease runs out."""

    id: int
    event_id: str
    person_key: str
    raw: str | None
    event_at: datetime
    received_at: datetime
    attempts: int
    lease_token: str


class LeaseLost(Exception):
    """Another worker took the event over; whatever this one did must be rolled back."""


_COLUMNS = ("event_id", "person_key", "type", "message_id", "raw", "event_at", "received_at")
_INSERT_POSTGRES = (
    "INSERT INTO inbox_events (event_id, person_key, type, message_id, raw, event_at, received_at, available_at) "
    "SELECT *, received_at FROM json_to_recordset(%(events)s) AS new(event_id text, person_key text, type text, "
    "message_id text, raw text, event_at timestamptz, received_at timestamptz) "
    "ON CONFLICT (event_id) DO NOTHING"
)
_INSERT_SQLITE = sqlite.insert(InboxEvent).on_conflict_do_nothing(index_elements=["event_id"])


def store_events(connection: Connection, events: Sequence[NewEvent]) -> None:
    """Insert events in one statement, so that it needs no transaction of more; an id that is there changes nothing.

    The hottest write of the service: PostgreSQL gets all events as one JSON value, so that one prepared statement of
    one round trip serves any number of them, and nothing but that value is converted.
    """
    rows = [{name: getattr(new, name) for name in _COLUMNS} for new in events]
    if connection.dialect.name == "postgresql":
        as_json = json.dumps(rows, ensure_ascii=False, default=datetime.isoformat)
        connection.exec_driver_sql(_INSERT_POSTGRES, {"events": as_json})
        return
    connection.execute(_INSERT_SQLITE, [row | {"available_at": row["received_at"]} for row in rows])


_EVENTS = cast(Table, InboxEvent.__table__)
_OLDEST_OF_PERSON = text(
    "SELECT id FROM inbox_events WHERE person_key = :person AND state IN ('waiting', 'working') "
    "ORDER BY event_at, id LIMIT 1"
).columns(_EVENTS.c.id)
_CLAIM = (
    update(_EVENTS)
    .where(
        _EVENTS.c.id == _OLDEST_OF_PERSON.scalar_subquery(),
        or_(
            and_(_EVENTS.c.state == InboxState.WAITING, _EVENTS.c.available_at <= bindparam("now")),
            and_(_EVENTS.c.state == InboxState.WORKING, _EVENTS.c.lease_until <= bindparam("now")),
        ),
    )
    .values(
        state=InboxState.WORKING,
        attempts=_EVENTS.c.attempts + 1,
        lease_until=bindparam("until"),
        lease_token=bindparam("token"),
    )
    .returning(
        *(_EVENTS.c[name] for name in ("id", "event_id", "person_key", "raw", "event_at", "received_at", "attempts"))
    )
)


def claim_next_event(on: Session | Connection, person_key: str, now: datetime) -> ClaimedEvent | None:
    """Take a person's oldest unfinished event, if nobody works on it and its wait is over.

    One conditional UPDATE, so that it needs no transaction of more: of two workers the second finds the row changed
    and gets nothing. A row without text (``raw`` emptied by an unsend that overtook it) is still given out, to be
    finished.
    """
    token = secrets.token_hex(8)
    row = on.execute(_CLAIM, {"person": person_key, "now": now, "until": now + LEASE, "token": token}).one_or_none()
    return None if row is None else ClaimedEvent(**row._mapping, lease_token=token)


def extend_lease(connection: Connection, event: ClaimedEvent, now: datetime) -> None:
    """Hold an event for as long as fetching what it brings may take, in one statement.

    Raises:
        LeaseLost: somebody else holds the event now.
    """
    held = {"held_id": event.id, "held_by": event.lease_token, "until": now + CONTENT_LEASE}
    if connection.execute(_HELD_LONGER, held).one_or_none() is None:
        raise LeaseLost


def list_people_waiting(session: Session, now: datetime, overdue: timedelta, limit: int = 500) -> list[str]:
    """Keys of people with an event that should have been taken up by now, the longest waiting first.

    Args:
        session: an open session.
        now: the present.
        overdue: how long an event may wait for its own wake-up before the sweep calls it lost.
        limit: the most keys to give.
    """
    late = now - overdue
    due = or_(
        and_(InboxEvent.state == InboxState.WAITING, InboxEvent.available_at <= late),
        and_(InboxEvent.state == InboxState.WORKING, InboxEvent.lease_until <= now),
    )
    # A later event of a person whose oldest one is in work or waits for another try cannot be taken up either.
    query = select(InboxEvent.person_key).where(InboxEvent.state.in_(UNFINISHED), due, ~_has_an_older_one())
    grouped = query.group_by(InboxEvent.person_key).order_by(func.min(InboxEvent.id)).limit(limit)
    return list(session.scalars(grouped))


def finish_event(session: Session, event: ClaimedEvent, now: datetime, *, forget_text: bool = False) -> bool:
    """Mark an event done, within the transaction that holds what it led to.

    Returns:
        whether the person has another unfinished event, whose own wake-up may have found the person taken.

    Raises:
        LeaseLost: somebody else holds the event now; the caller's transaction must not commit.
    """
    return _change_held(session, event, _DONE_AND_FORGOTTEN if forget_text else _DONE, finished=now)


def record_failure(session: Session, event: ClaimedEvent, now: datetime, kind: str) -> InboxState:
    """Put a failed event back to wait, or lay it down as dead after the last try.

    Returns:
        the state the event has now.
    """
    if event.attempts >= MAX_ATTEMPTS:
        dead = {"state": InboxState.DEAD, "finished_at": now, "lease_until": None, "failure": kind[:200]}
        _change_held(session, event, _HELD.values(**dead))
        return InboxState.DEAD
    wait = RETRY_AFTER[event.attempts - 1]
    waiting = {
        "state": InboxState.WAITING,
        "available_at": now + wait,
        "lease_until": None,
        "failure": kind[:200],
    }
    _change_held(session, event, _HELD.values(**waiting))
    return InboxState.WAITING


def forget_message(session: Session, message_id: str) -> int:
    """Remove the text of a message that its sender took back; gives the number of events emptied."""
    emptied = session.execute(
        update(InboxEvent)
        .where(InboxEvent.message_id == message_id)
        .values(raw=None)
        .returning(InboxEvent.id)
        .execution_options(synchronize_session=False)
    )
    return len(emptied.all())


def forget_person(session: Session, person_key: str) -> None:
    """Remove the texts of everything a person sent."""
    session.execute(
        update(InboxEvent)
        .where(InboxEvent.person_key == person_key, InboxEvent.raw.is_not(None))
        .values(raw=None)
        .execution_options(synchronize_session=False)
    )


def forget_texts_before(session: Session, before: datetime, limit: int = 5000) -> int:
    """Empty the texts of finished events received before an instant; rows and time stamps stay."""
    ids = (
        select(InboxEvent.id)
        .where(InboxEvent.raw.is_not(None), InboxEvent.state.not_in(UNFINISHED), InboxEvent.received_at < before)
        .limit(limit)
    )
    emptied = session.execute(
        update(InboxEvent)
        .where(InboxEvent.id.in_(ids))
        .values(raw=None)
        .returning(InboxEvent.id)
        .execution_options(synchronize_session=False)
    )
    return len(emptied.all())


def count_events_by_state(session: Session) -> dict[InboxState, int]:
    """Number of events in every state, 0 included."""
    counted = dict(session.execute(select(InboxEvent.state, func.count()).group_by(InboxEvent.state)).all())
    return {state: counted.get(state, 0) for state in InboxState}


def oldest_waiting_at(session: Session) -> datetime | None:
    """When the event that has waited longest was received; None where nothing waits."""
    return session.scalar(select(func.min(InboxEvent.received_at)).where(InboxEvent.state.in_(UNFINISHED)))


def _has_an_older_one() -> ColumnElement[bool]:
    older = aliased(InboxEvent)
    return exists().where(
        older.person_key == InboxEvent.person_key,
        older.state.in_(UNFINISHED),
        tuple_(older.event_at, older.id) < tuple_(InboxEvent.event_at, InboxEvent.id),
    )


_OTHERS = _EVENTS.alias("others")
_HELD = (
    update(_EVENTS)
    .where(
        _EVENTS.c.id == bindparam("held_id"),
        _EVENTS.c.lease_token == bindparam("held_by"),
        _EVENTS.c.state == InboxState.WORKING,
    )
    .returning(
        exists()
        .where(
            _OTHERS.c.person_key == _EVENTS.c.person_key,
            _OTHERS.c.state.in_(UNFINISHED),
            _OTHERS.c.id != bindparam("held_id"),
        )
        .correlate(_EVENTS)
    )
)


_HELD_LONGER = _HELD.values(lease_until=bindparam("until"))
_DONE = _HELD.values(state=InboxState.DONE, finished_at=bindparam("finished"), lease_until=None)
_DONE_AND_FORGOTTEN = _DONE.values(raw=None)


def _change_held(session: Session, event: ClaimedEvent, statement: Update, **values: object) -> bool:
    """Set columns of an event that this worker holds; tells whether the person has another unfinished one."""
    held = {"held_id": event.id, "held_by": event.lease_token}
    changed = session.connection().execute(statement, {**held, **values})
    row = changed.one_or_none()
    if row is None:
        raise LeaseLost
    return bool(row[0])
