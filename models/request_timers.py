"""Timers of requests: rows that say when the secretariat is to be reminded, and when a request is late."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, enum_column


class TimerKind(StrEnum):
    """What is due."""

    HAND_OUT = "hand_out"  # the service opens: those on duty get the card of a request that came before
    ACKNOWLEDGE_SOON = "acknowledge_soon"
    ACKNOWLEDGE_LATE = "acknowledge_late"
    ANSWER_SOON = "answer_soon"
    ANSWER_LATE = "answer_late"


class TimerOutcome(StrEnum):
    """What became of a timer."""

    FIRED = "fired"
    NOT_NEEDED = "not_needed"  # acknowledged, answered, withdrawn or reopened before
    SUPERSEDED = "superseded"  # a weightier one of the same request was due at the same time


_IS_WAITING = text("settled_at IS NULL")


class RequestTimer(Base):
    """One thing to do at an instant; settled once, by whichever clock comes first."""

    __tablename__ = "request_timers"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    round: Mapped[int]
    """The request's round that it belongs to; a reopening makes the earlier ones moot."""
    kind: Mapped[TimerKind] = mapped_column(enum_column(TimerKind))
    after_seconds: Mapped[int]
    """How far into the request, by the clock that rules it."""
    due_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[TimerOutcome | None] = mapped_column(enum_column(TimerOutcome))

    __table_args__ = (
        Index("ix_request_timers_waiting", "due_at", postgresql_where=_IS_WAITING, sqlite_where=_IS_WAITING),
    )
