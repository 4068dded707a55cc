"""Satisfaction (ความพึงพอใจ): one question after an answer, and what follows a bad mark."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId


class RatingFollowUp(Base):
    """A rating of 1 or 2 that the supervisor looks into."""

    __tablename__ = "rating_follow_ups"

    request_id: Mapped[int] = mapped_column(BigId, ForeignKey("requests.id"), primary_key=True, autoincrement=False)
    score: Mapped[int]
    opened_at: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(Text)
    """What the person said of it; kept as long as other texts."""
    words_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
