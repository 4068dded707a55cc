"""The cut of a quarter: results as they were then, kept for good; what changes later is a correction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId
from models.history import append_only


class IndicatorCut(Base):
    """An indicator year at the cut of a quarter; ``results`` is JSON, the ids tell what was known."""

    __tablename__ = "indicator_cuts"
    __table_args__ = (UniqueConstraint("indicator_year_id", "quarter"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    indicator_year_id: Mapped[int] = mapped_column(ForeignKey("indicator_years.id"))
    quarter: Mapped[int]
    cut_at: Mapped[datetime]
    last_report_id: Mapped[int] = mapped_column(BigId)
    last_decision_id: Mapped[int] = mapped_column(BigId)
    results: Mapped[str] = mapped_column(Text)


append_only(IndicatorCut)
