"""Evaluated values: what an evaluator made of an indicator, beside what was reported and what was approved."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.errors import Invalid
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


def record_evaluation(
    session: Session,
    indicator_year_id: int,
    *,
    percent: Decimal | None,
    score: Decimal | None,
    note: str | None,
    now: datetime,
    member_id: int | None = None,
) -> None:
    """Append what an evaluator made of an indicator year.

    Raises:
        Invalid: ``evaluation_empty``; neither a percentage nor a score. ``evaluation_negative``.
    """
    if percent is None and score is None:
        raise Invalid("evaluation_empty")
    if any(figure is not None and figure < 0 for figure in (percent, score)):
        raise Invalid("evaluation_negative")
    session.add(
        Evaluation(
            indicator_year_id=indicator_year_id,
            percent=percent,
            score=score,
            note=note,
            evaluated_by_id=member_id,
            evaluated_at=now,
        )
    )
