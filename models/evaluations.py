"""Evaluated values: what an evaluator made of an indicator, beside what was reported and what was approved."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId
from models.history import append_only


class Evaluation(Base):
    """One evaluation of an indicator year; the newest counts."""

    __tablename__ = "indicator_evaluations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    indicator_year_id: Mapped[int] = mapped_column(ForeignKey("indicator_years.id"), index=True)
    percent: Mapped[Decimal | None]
    score: Mapped[Decimal | None]
    note: Mapped[str | None] = mapped_column(Text)
    evaluated_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    evaluated_at: Mapped[datetime]


append_only(Evaluation)
