"""Reports that were read back and wait for the person's word, or for what is still missing.

A draft is kept for an hour. What it would change is computed anew when it is confirmed: a draft that another report has
overtaken is read back again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.evidence import EvidenceItem

DRAFT_KEPT_FOR = timedelta(hours=1)


class ReportDraft(Base):
    """What somebody is about to report; ``lines`` is JSON."""

    __tablename__ = "report_drafts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    indicator_year_id: Mapped[int] = mapped_column(ForeignKey("indicator_years.id"))
    lines: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    latest_report_id: Mapped[int] = mapped_column(BigId)
    """The newest report of the indicator year when this was read back; 0 where there was none."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    recorded_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Draft:
    """A draft as handlers take it.

    Attributes:
        id: of the row.
        member_id: whose it is.
        indicator_year_id: which indicator.
        lines: what is to be reported, each as said: ``{"unit": id, "month": "2025-05", "numerator": "18"}``.
        note: the reporter's words.
        latest_report_id: the newest report of the indicator year when it was read back, 0 for none.
        is_recorded: whether it was confirmed.
        is_over: whether its hour is past.
    """

    id: int
    member_id: int
    indicator_year_id: int
    lines: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    note: str | None = None
    latest_report_id: int = 0
    is_recorded: bool = False
    is_over: bool = False


def create_draft(
    session: Session,
    *,
    member_id: int,
    indicator_year_id: int,
    lines: Sequence[Mapping[str, Any]],
    note: str | None,
    latest_report_id: int,
    now: datetime,
) -> int:
    """Keep what somebody is about to report; gives the draft's id."""
    draft = ReportDraft(
        member_id=member_id,
        indicator_year_id=indicator_year_id,
        lines=json.dumps([dict(line) for line in lines], ensure_ascii=False),
        note=note,
        latest_report_id=latest_report_id,
        created_at=now,
        expires_at=now + DRAFT_KEPT_FOR,
    )
    session.add(draft)
    session.flush()  # its id goes into the buttons
    return draft.id


def find_draft(session: Session, draft_id: int, member_id: int, now: datetime) -> Draft | None:
    """A person's own draft; None where there is none of theirs."""
    row = session.scalar(select(ReportDraft).where(ReportDraft.id == draft_id, ReportDraft.member_id == member_id))
    return None if row is None else _draft(row, now)


def find_open_draft(session: Session, member_id: int, now: datetime) -> Draft | None:
    """The newest draft of a person that waits for a word; None where none does."""
    waiting = (ReportDraft.member_id == member_id, ReportDraft.recorded_at.is_(None), ReportDraft.expires_at > now)
    row = session.scalar(select(ReportDraft).where(*waiting).order_by(ReportDraft.id.desc()).limit(1))
    return None if row is None else _draft(row, now)


def change_draft(
    session: Session, draft_id: int, *, lines: Sequence[Mapping[str, Any]], note: str | None, latest_report_id: int
) -> None:
    """Let a draft say something else."""
    told = json.dumps([dict(line) for line in lines], ensure_ascii=False)
    values = {"lines": told, "note": note, "latest_report_id": latest_report_id}
    session.execute(update(ReportDraft).where(ReportDraft.id == draft_id).values(**values))


def take_draft(session: Session, draft_id: int, now: datetime) -> bool:
    """Mark a draft as recorded; False where it was before, so that a second ยืนยัน changes nothing."""
    waiting = (ReportDraft.id == draft_id, ReportDraft.recorded_at.is_(None))
    taken = session.execute(update(ReportDraft).where(*waiting).values(recorded_at=now).returning(ReportDraft.id))
    return taken.one_or_none() is not None


def drop_open_drafts(session: Session, member_id: int) -> None:
    """Forget what a person was about to report; evidence that was sent for it waits for another report."""
    is_open = (ReportDraft.member_id == member_id, ReportDraft.recorded_at.is_(None))
    of_them = EvidenceItem.draft_id.in_(select(ReportDraft.id).where(*is_open))
    session.execute(update(EvidenceItem).where(of_them).values(draft_id=None))
    session.execute(delete(ReportDraft).where(*is_open))


def forget_drafts_before(session: Session, now: datetime) -> None:
    """Forget every draft whose hour was over a day ago; evidence of drafts that are gone belongs to none any more."""
    session.execute(delete(ReportDraft).where(ReportDraft.expires_at <= now - timedelta(days=1)))
    is_of_one_gone = (EvidenceItem.draft_id.is_not(None), EvidenceItem.draft_id.not_in(select(ReportDraft.id)))
    session.execute(update(EvidenceItem).where(*is_of_one_gone).values(draft_id=None))


def _draft(row: ReportDraft, now: datetime) -> Draft:
    return Draft(
        row.id,
        row.member_id,
        row.indicator_year_id,
        tuple(json.loads(row.lines)),
        row.note,
        row.latest_report_id,
        row.recorded_at is not None,
        row.expires_at <= now,
    )
