"""What was not understood, counted by kind: no text and no person is kept, so that it may be kept for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column


class Outcome(StrEnum):
    """How a text came to be unclear."""

    UNSURE = "unsure"
    """Two or three meanings were offered."""
    LOST = "lost"
    """Nothing was recognised; one line of help was given."""
    DECLINED = "declined"
    """A change was read back, and the person said no."""


class UnclearUtterance(Base):
    """One text that was not understood at once. ``chosen`` is what the person then tapped; nothing else changes."""

    __tablename__ = "unclear_utterances"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(index=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    kind: Mapped[str] = mapped_column(String(60))
    candidates: Mapped[str] = mapped_column(String(200))
    """The intents that were offered, likeliest first, with commas between them."""
    chosen: Mapped[str | None] = mapped_column(String(40))


def record_unclear(session: Session, outcome: Outcome, kind: str, candidates: Sequence[str], heard_at: datetime) -> int:
    """Count a text that was not understood and return its id, for ``record_choice``."""
    row = UnclearUtterance(heard_at=heard_at, outcome=outcome, kind=kind, candidates=",".join(candidates))
    session.add(row)
    session.flush()  # the buttons of the question carry its id
    return row.id


def record_choice(session: Session, unclear_id: int, intent: str) -> None:
    """Note which of the offered meanings was right; the first choice stays."""
    session.execute(
        update(UnclearUtterance)
        .where(UnclearUtterance.id == unclear_id, UnclearUtterance.chosen.is_(None))
        .values(chosen=intent)
    )
