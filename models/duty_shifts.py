"""Duty (เวร): who of the secretariat is there to take requests on, and until when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, enum_column


class ShiftSource(StrEnum):
    """How a shift came about."""

    CHAT = "chat"  # the officer typed เข้าเวร
    ROSTER = "roster"  # the roster file
    HAND_OVER = "hand_over"  # taken over from a colleague


class DutyShift(Base):
    """One officer on duty from an instant up to another."""

    __tablename__ = "duty_shifts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """The first instant after it."""
    source: Mapped[ShiftSource] = mapped_column(enum_column(ShiftSource))
    created_at: Mapped[datetime]
    relieved_at: Mapped[datetime | None]
    """When those who began with this shift were told of what is open; None while that is to do."""

    __table_args__ = (Index("ix_duty_shifts_ends_at", "ends_at", "starts_at"),)
