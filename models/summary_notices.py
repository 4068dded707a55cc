"""Who was told which summary: once for a person, a kind and a day, whatever is killed and whoever else runs."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, enum_column
from models.periods import PeriodKind


class NoticeOutcome(StrEnum):
    """What became of a summary that was due."""

    TOLD = "told"  # a message was stored for it
    QUIET = "quiet"  # there was no news
    PAUSED = "paused"  # the person had paused notifications


class SummaryNotice(Base):
    """One summary that was due to one person."""

    __tablename__ = "summary_notices"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[PeriodKind] = mapped_column(enum_column(PeriodKind))
    due_on: Mapped[date] = mapped_column(Date)
    """The day in Bangkok on which it was due."""
    first_on: Mapped[date] = mapped_column(Date)
    """First day that it tells of."""
    last_on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[NoticeOutcome] = mapped_column(enum_column(NoticeOutcome))
    outbox_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("outbox.id"))
    """The row that carries it; of several due together all name the same."""
    noted_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("member_id", "kind", "due_on"),
        Index("ix_summary_notices_outbox", "outbox_id"),
    )
