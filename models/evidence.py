"""Evidence (หลักฐาน): photos and files that coordinators send in the chat for a report.

The bytes lie in a store by their SHA-256, once however often they are sent (``bot.evidence_store``); here is who sent
what, for which report. No transaction spans both, so a third table, a row for each file that may lie in the store,
keeps them true to each other whenever a process is killed:

1. ``hold_file`` before the bytes are put: from then on the sweep knows of the file.
2. ``record_evidence`` within the commit that the sender is told of: only while the file is surely there.
3. ``withdraw_by_message`` when the sender takes it back: nobody sees it from then on, and the file is to be looked at.
4. ``claim_unused_file``, the store's ``delete``, ``forget_file``: for files whose hold ran out and that nothing uses.

Who deletes a file claims it first, and who holds it meanwhile is told to come again: nothing is ever recorded whose
bytes are on their way out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    and_,
    delete,
    exists,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.members import Role

SENDS_EVIDENCE = frozenset({Role.COORDINATOR, Role.ADMIN})
"""Roles that report on indicators; what others send in the chat is not fetched."""
HOLD = timedelta(minutes=3)
"""How long after it was begun a file may still be on its way into a row; longer than any worker's lease."""
DELETING = timedelta(minutes=2)
"""How long who claimed a file may take to delete it; longer than the store's limit."""
FILE_NAME_LONGEST = 200
_AT_ONCE = 500


class EvidenceItem(Base):
    """One photo or file that one message brought."""

    __tablename__ = "evidence_items"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    """Bytes, as kept."""
    content_type: Mapped[str] = mapped_column(String(128))
    file_name: Mapped[str | None] = mapped_column(String(FILE_NAME_LONGEST))
    """As the sender called it; photos have none, and what was taken back has none any more."""
    line_message_id: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    received_at: Mapped[datetime]
    """LINE's time of the message."""
    withdrawn_at: Mapped[datetime | None]
    """When the sender took the message back; nobody is shown it from then on."""
    draft_id: Mapped[int | None] = mapped_column(BigId, index=True)
    """The read-back that it was sent for, until that becomes a report."""


class ReportEvidence(Base):
    """An item of evidence of a report."""

    __tablename__ = "report_evidence"

    report_id: Mapped[int] = mapped_column(ForeignKey("indicator_reports.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence_items.id"), primary_key=True, index=True)


class EvidenceFile(Base):
    """Bytes that may lie in the store."""

    __tablename__ = "evidence_files"
    __table_args__ = (
        Index(
            "ix_evidence_files_check_at",
            "check_at",
            postgresql_where=text("check_at IS NOT NULL"),
            sqlite_where=text("check_at IS NOT NULL"),
        ),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    check_at: Mapped[datetime | None]
    """When to look whether anything uses it; None while something surely does."""
    deleting_until: Mapped[datetime | None]
    """Until when somebody is deleting it."""

    def is_being_deleted(self, now: datetime) -> bool:
        """Whether somebody took it to delete it, and has time left to."""
        return self.deleting_until is not None and self.deleting_until > now


class FileBusy(Exception):
    """The file is being deleted, or its hold ran out: what was begun with it is to be begun again."""


@dataclass(frozen=True)
class Held:
    """A file that may be put into the store and recorded until ``until``."""

    sha256: str
    until: datetime


@dataclass(frozen=True)
class NewEvidence:
    """An item on its way into the table."""

    held: Held
    size: int
    content_type: str
    file_name: str | None
    line_message_id: str


@dataclass(frozen=True)
class EvidenceView:
    """An item as it is shown; ``report_id`` None while it belongs to no report."""

    id: int
    sha256: str
    size: int
    content_type: str
    file_name: str | None
    received_at: datetime
    report_id: int | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as one."""
        return self.content_type.startswith("image/")


_FILES = cast(Table, EvidenceFile.__table__)


def hold_file(connection: Connection, sha256: str, now: datetime) -> Held:
    """Note that a file is about to be put into the store, in one statement.

    Raises:
        FileBusy: the same bytes are being deleted at this moment.
    """
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    new = insert(_FILES).values(sha256=sha256, check_at=now + HOLD, deleting_until=None)
    held = new.on_conflict_do_update(
        index_elements=["sha256"],
        set_={"check_at": new.excluded.check_at, "deleting_until": None},
        where=or_(_FILES.c.deleting_until.is_(None), _FILES.c.deleting_until <= now),
    )
    if connection.execute(held.returning(_FILES.c.sha256)).one_or_none() is None:
        raise FileBusy
    return Held(sha256, now + HOLD)


def record_evidence(
    session: Session, new: NewEvidence, *, member_id: int, unit_id: int, received_at: datetime, now: datetime
) -> EvidenceItem:
    """Store what a message brought, once; for a message that is known already, what is stored of it.

    Raises:
        FileBusy: the hold ran out, and the file may be gone from the store.
    """
    known = session.scalar(select(EvidenceItem).where(EvidenceItem.line_message_id == new.line_message_id))
    if known is not None:
        return known
    _use(session, new.held, now)
    item = EvidenceItem(
        sha256=new.held.sha256,
        size=new.size,
        content_type=new.content_type,
        file_name=(new.file_name or "")[:FILE_NAME_LONGEST] or None,
        line_message_id=new.line_message_id,
        member_id=member_id,
        unit_id=unit_id,
        received_at=received_at,
    )
    session.add(item)
    session.flush()  # callers link the item by its id
    return item


def find_evidence(session: Session, evidence_id: int) -> EvidenceView | None:
    """An item; None where there is none, or where it was taken back."""
    query = select(EvidenceItem).where(EvidenceItem.id == evidence_id, EvidenceItem.withdrawn_at.is_(None))
    item = session.scalar(query)
    return None if item is None else _view(item)


def list_evidence_of_reports(session: Session, report_ids: Collection[int]) -> dict[int, list[EvidenceView]]:
    """What was sent for reports and not taken back, by report, in the order it was sent; reports with none left out."""
    query = (
        select(EvidenceItem, ReportEvidence.report_id)
        .join(ReportEvidence, ReportEvidence.evidence_id == EvidenceItem.id)
        .where(ReportEvidence.report_id.in_(report_ids), EvidenceItem.withdrawn_at.is_(None))
        .order_by(EvidenceItem.received_at, EvidenceItem.id)
    )
    found: dict[int, list[EvidenceView]] = {}
    for item, report_id in session.execute(query):
        found.setdefault(report_id, []).append(_view(item, report_id))
    return found


def list_reports_with_evidence(session: Session, report_ids: Sequence[int]) -> frozenset[int]:
    """Those of these reports to which evidence belongs that was not taken back."""
    found: set[int] = set()
    for start in range(0, len(report_ids), _AT_ONCE):
        query = select(ReportEvidence.report_id).join(EvidenceItem, EvidenceItem.id == ReportEvidence.evidence_id)
        some = report_ids[start : start + _AT_ONCE]
        found.update(
            session.scalars(query.where(ReportEvidence.report_id.in_(some), EvidenceItem.withdrawn_at.is_(None)))
        )
    return frozenset(found)


def list_reports_proved_by(session: Session, message_id: str) -> list[int]:
    """Ids of the reports that what a message brought is evidence of."""
    query = select(ReportEvidence.report_id).join(EvidenceItem, EvidenceItem.id == ReportEvidence.evidence_id)
    return list(session.scalars(query.where(EvidenceItem.line_message_id == message_id)))


def list_evidence_of_draft(session: Session, draft_id: int) -> list[EvidenceView]:
    """What was sent for a draft and not taken back, in the order it was sent."""
    query = select(EvidenceItem).where(EvidenceItem.draft_id == draft_id, EvidenceItem.withdrawn_at.is_(None))
    return [_view(item) for item in session.scalars(query.order_by(EvidenceItem.received_at, EvidenceItem.id))]


def find_unattached(session: Session, member_id: int, since: datetime) -> list[EvidenceView]:
    """What a member sent since an instant that belongs to no draft and no report and was not taken back, in order."""
    query = _unattached().where(EvidenceItem.member_id == member_id, EvidenceItem.received_at >= since)
    return [_view(item) for item in session.scalars(query.order_by(EvidenceItem.received_at, EvidenceItem.id))]


def attach_to_draft(session: Session, evidence_ids: Collection[int], draft_id: int) -> int:
    """Let items belong to a draft; gives how many of them do now. What was taken back or reported already stays out."""
    changed = session.execute(
        update(EvidenceItem)
        .where(EvidenceItem.id.in_(evidence_ids), EvidenceItem.withdrawn_at.is_(None), ~_is_reported())
        .values(draft_id=draft_id)
        .returning(EvidenceItem.id)
        .execution_options(synchronize_session="fetch")
    )
    return len(changed.all())


def attach_to_report(session: Session, evidence_ids: Collection[int], report_id: int) -> int:
    """Let items be evidence of a report; gives how many are new to it. What was taken back stays out.

    An item may belong to several reports: one photo shows what two indicators count.
    """
    has_it = exists().where(ReportEvidence.evidence_id == EvidenceItem.id, ReportEvidence.report_id == report_id)
    query = select(EvidenceItem.id).where(
        EvidenceItem.id.in_(evidence_ids), EvidenceItem.withdrawn_at.is_(None), ~has_it
    )
    new = list(session.scalars(query.order_by(EvidenceItem.id)))
    session.add_all(ReportEvidence(report_id=report_id, evidence_id=evidence_id) for evidence_id in new)
    session.flush()  # a second call within the transaction must find them
    return len(new)


def withdraw_by_message(session: Session, message_id: str, now: datetime) -> str | None:
    """Let nobody see any more what a message brought, and let its file be deleted.

    Returns:
        the SHA-256 of a file that nothing uses any more; None where the message brought none, was taken back before,
        or others sent the same file.
    """
    item = session.scalar(
        select(EvidenceItem).where(EvidenceItem.line_message_id == message_id, EvidenceItem.withdrawn_at.is_(None))
    )
    return None if item is None else _withdraw(session, item, now)


def withdraw_unattached_of(session: Session, member_id: int, now: datetime) -> None:
    """Withdraw what a member sent that belongs to no draft and no report."""
    for item in session.scalars(_unattached().where(EvidenceItem.member_id == member_id)).all():
        _withdraw(session, item, now)


def withdraw_unattached_before(session: Session, before: datetime, now: datetime, limit: int = 500) -> int:
    """Withdraw what came before an instant and belongs to no draft and no report, the oldest; gives how many items.

    Items of drafts that are gone belong to none: ``models.report_drafts`` lets go of them.
    """
    oldest = _unattached().where(EvidenceItem.received_at < before).order_by(EvidenceItem.received_at, EvidenceItem.id)
    items = session.scalars(oldest.limit(limit)).all()
    for item in sorted(items, key=lambda item: item.sha256):  # one order of locks for two clocks
        _withdraw(session, item, now)
    return len(items)


def list_files_to_check(session: Session, now: datetime, limit: int = 100) -> list[str]:
    """SHA-256 of files whose time to be looked at has come, the longest waiting first."""
    is_free = or_(EvidenceFile.deleting_until.is_(None), EvidenceFile.deleting_until <= now)
    query = select(EvidenceFile.sha256).where(EvidenceFile.check_at <= now, is_free)
    return list(session.scalars(query.order_by(EvidenceFile.check_at).limit(limit)))


def claim_unused_file(session: Session, sha256: str, now: datetime) -> bool:
    """Take a file to delete it, where nothing uses or holds it; gives whether it was taken.

    A file that is used needs no further looking at, which is noted.
    """
    file = _lock(session, sha256)
    if file is None or file.check_at is None or file.check_at > now or file.is_being_deleted(now):
        return False
    if _is_used(session, sha256):
        file.check_at = file.deleting_until = None
        return False
    file.deleting_until = now + DELETING
    return True


def forget_file(session: Session, sha256: str) -> None:
    """Note that a claimed file is gone from the store."""
    session.execute(delete(_FILES).where(_FILES.c.sha256 == sha256, _FILES.c.deleting_until.is_not(None)))


def _lock(session: Session, sha256: str) -> EvidenceFile | None:
    """The row of a file as it is now, and nobody else changes it until the transaction ends."""
    return session.get(EvidenceFile, sha256, with_for_update=True, populate_existing=True)


def _use(session: Session, held: Held, now: datetime) -> None:
    """Let a file that was put into the store stay there; the holds of others who put it meanwhile stay as they are."""
    file = _lock(session, held.sha256)
    if file is None or file.deleting_until is not None:
        raise FileBusy
    if file.check_at is not None and (file.check_at <= now or file.check_at == held.until):
        file.check_at = None


def _withdraw(session: Session, item: EvidenceItem, now: datetime) -> str | None:
    file = _lock(session, item.sha256)
    item.withdrawn_at, item.file_name = now, None
    session.flush()  # the next statement counts what is left
    if file is None:
        return None
    file.check_at = file.check_at or now
    return None if _is_used(session, item.sha256) else item.sha256


def _is_used(session: Session, sha256: str) -> bool:
    living = exists().where(EvidenceItem.sha256 == sha256, EvidenceItem.withdrawn_at.is_(None))
    return bool(session.scalar(select(living)))


def _is_reported() -> ColumnElement[bool]:
    return exists().where(ReportEvidence.evidence_id == EvidenceItem.id)


def _unattached() -> Select[EvidenceItem]:
    is_nobodys = and_(EvidenceItem.draft_id.is_(None), ~_is_reported())
    return select(EvidenceItem).where(is_nobodys, EvidenceItem.withdrawn_at.is_(None))


def _view(item: EvidenceItem, report_id: int | None = None) -> EvidenceView:
    return EvidenceView(
        id=item.id,
        sha256=item.sha256,
        size=item.size,
        content_type=item.content_type,
        file_name=item.file_name,
        received_at=item.received_at,
        report_id=report_id,
    )
