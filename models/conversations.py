"""The service's short memory of what a person speaks about, so that "แล้วเขตบางรักล่ะ" means the same indicator there.

One row a person, replaced by the next matter, over by itself after ten minutes. It lives in the database, so that a
restart forgets nothing; what it holds of a person's words goes with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, Text, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId

REMEMBERED_FOR = timedelta(minutes=10)

CONFIRMATION = "confirmation"
"""What a topic waits for while a change is read back; any later topic takes its place, and the change is left."""


class Conversation(Base):
    """What a person speaks about; ``slots`` and ``choices`` are JSON."""

    __tablename__ = "conversations"

    line_user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    intent: Mapped[str] = mapped_column(String(40))
    slots: Mapped[str] = mapped_column(Text)
    waits_for: Mapped[str | None] = mapped_column(String(40))
    choices: Mapped[str | None] = mapped_column(Text)
    unclear_id: Mapped[int | None] = mapped_column(BigId)
    said_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Topic:
    """What a person speaks about.

    Attributes:
        intent: what was wanted, one of the intents of understanding.
        slots: what was said of it; of a letter that was found also ``document``, its id.
        waits_for: the slot that the person was asked for, e.g. ``document_number``, or ``CONFIRMATION``; None where
            nothing is missing.
        choices: what an unclear text may have meant, as offered: ``{"intent": …, "slots": {…}}``, likeliest first.
        unclear_id: the row of ``unclear_utterances`` that the choices belong to.
        said_at: LINE's time of the text; tells the buttons of one question from those of another.
    """

    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    waits_for: str | None = None
    choices: Sequence[Mapping[str, Any]] = ()
    unclear_id: int | None = None
    said_at: datetime | None = None


_COLUMNS = ("intent", "slots", "waits_for", "choices", "unclear_id", "said_at", "expires_at")


def _upsert(insert: Any) -> Any:
    return insert.on_conflict_do_update(
        index_elements=["line_user_id"], set_={column: insert.excluded[column] for column in _COLUMNS}
    )


_UPSERTS = {
    "sqlite": _upsert(sqlite.insert(Conversation)),
    "postgresql": _upsert(postgresql.insert(Conversation)),
}
"""One statement, since every question is remembered."""


def remember_topic(session: Session, line_user_id: str, topic: Topic, now: datetime) -> None:
    """Keep a topic for the next ten minutes; replaces what was remembered."""
    choices = [dict(choice) for choice in topic.choices]
    row = {
        "line_user_id": line_user_id,
        "intent": topic.intent,
        "slots": _as_json(dict(topic.slots)),
        "waits_for": topic.waits_for,
        "choices": _as_json(choices) if choices else None,
        "unclear_id": topic.unclear_id,
        "said_at": topic.said_at or now,
        "expires_at": now + REMEMBERED_FOR,
    }
    connection = session.connection()
    connection.execute(_UPSERTS[connection.dialect.name], row)


def find_topic(session: Session, line_user_id: str, now: datetime) -> Topic | None:
    """What the person speaks about; None where nothing is remembered or its time is over."""
    row = session.connection().execute(_TOPIC, {"person": line_user_id}).one_or_none()
    if row is None or row.expires_at <= now:
        return None
    choices = json.loads(row.choices) if row.choices else ()
    return Topic(row.intent, json.loads(row.slots), row.waits_for, choices, row.unclear_id, row.said_at)


def forget_topic(session: Session, line_user_id: str) -> None:
    """Forget what the person speaks about."""
    session.execute(delete(Conversation).where(Conversation.line_user_id == line_user_id))


def forget_topics_before(session: Session, now: datetime) -> None:
    """Forget every topic whose time is over."""
    session.execute(delete(Conversation).where(Conversation.expires_at <= now))


_TOPIC = select(Conversation).where(Conversation.line_user_id == bindparam("person"))


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
