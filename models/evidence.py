"""Evidence of reports: what was sent, kept once by its digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId


class EvidenceItem(Base):
    """A photo or file that somebody sent; ``withdrawn_at`` is set where it was taken back."""

    __tablename__ = "evidence_items"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    content_type: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str | None] = mapped_column(String(200))
    line_message_id: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    received_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    draft_id: Mapped[int | None] = mapped_column(BigId, index=True)


class ReportEvidence(Base):
    """Which evidence belongs to a report."""

    __tablename__ = "report_evidence"

    report_id: Mapped[int] = mapped_column(ForeignKey("indicator_reports.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence_items.id"), primary_key=True, index=True)


def list_reports_with_evidence(session: Session, report_ids: Sequence[int]) -> frozenset[int]:
    """Those of these reports to which evidence belongs that was not taken back."""
    found: set[int] = set()
    for start in range(0, len(report_ids), 500):
        query = select(ReportEvidence.report_id).join(EvidenceItem, EvidenceItem.id == ReportEvidence.evidence_id)
        some = report_ids[start : start + 500]
        found.update(
            session.scalars(query.where(ReportEvidence.report_id.in_(some), EvidenceItem.withdrawn_at.is_(None)))
        )
    return frozenset(found)
