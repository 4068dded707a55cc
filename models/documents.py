"""Official letters (หนังสือราชการ): what the register holds and how a letter moves through its life.

Reading letters on behalf of people goes through ``models.visibility``, which knows who may see what; this module only
keeps them. A letter above ordinary secrecy is a number, a secrecy and a stage here and nothing else: what is not held
cannot leak.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.errors import Invalid, NotFound
from models.history import append_only

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")


class Urgency(StrEnum):
    """How fast a letter must be acted on (ชั้นความเร็ว)."""

    NORMAL = "normal"  # ปกติ
    URGENT = "urgent"  # ด่วน
    VERY_URGENT = "very_urgent"  # ด่วนมาก
    MOST_URGENT = "most_urgent"  # ด่วนที่สุด


class Secrecy(StrEnum):
    """Who may know of a letter (ชั้นความลับ); nothing above ``NORMAL`` is ever shown, not even that it exists."""

    NORMAL = "normal"  # ปกติ
    CONFIDENTIAL = "confidential"  # ลับ
    SECRET = "secret"  # ลับมาก
    TOP_SECRET = "top_secret"  # ลับที่สุด


class Stage(StrEnum):
    """Where a letter is in its life, in order; ``RETURNED`` is the one step aside."""

    RECEIVED = "received"  # รับเรื่อง
    SCREENING = "screening"  # กลั่นกรอง/ตรวจสอบ
    PROPOSED = "proposed"  # เสนอผู้บริหารพิจารณา
    SIGNED = "signed"  # ลงนาม/สั่งการแล้ว
    DISPATCHED = "dispatched"  # ส่งคืนหน่วยงาน
    RETURNED = "returned"  # ส่งคืนแก้ไข


NEXT_STAGES: dict[Stage, frozenset[Stage]] = {
    Stage.RECEIVED: frozenset({Stage.SCREENING, Stage.PROPOSED, Stage.SIGNED, Stage.DISPATCHED}),
    Stage.SCREENING: frozenset({Stage.PROPOSED, Stage.SIGNED, Stage.DISPATCHED, Stage.RETURNED}),
    Stage.PROPOSED: frozenset({Stage.SIGNED, Stage.DISPATCHED, Stage.RETURNED}),
    Stage.SIGNED: frozenset({Stage.DISPATCHED}),
    Stage.DISPATCHED: frozenset(),
    Stage.RETURNED: frozenset({Stage.RECEIVED}),
}
"""Where a letter may go from each stage. Forward steps may be skipped: a register misses some."""


class Document(Base):
    """A letter. Its number is not unique over years; number and date together are."""

    __tablename__ = "documents"
    __table_args__ = (Index("uq_documents_number_key_document_date", "number_key", "document_date", unique=True),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number_raw: Mapped[str] = mapped_column(String(100))
    """As the register wrote it."""
    number: Mapped[str] = mapped_column(String(100))
    """As we show it: ``DocumentNumber.canonical``."""
    number_key: Mapped[str] = mapped_column(String(100))
    number_without_agency_key: Mapped[str] = mapped_column(String(100), index=True)
    document_date: Mapped[date | None]
    dated_on: Mapped[date] = mapped_column(index=True)
    """The letter's date, else the day it was received, else the day we heard of it: what lists are sorted by."""
    subject: Mapped[str | None] = mapped_column(Text)
    subject_key: Mapped[str | None] = mapped_column(Text)
    """``subject_key_of(subject)``, what searches look in."""
    from_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    """Null only for letters above ordinary secrecy."""
    addressee: Mapped[str | None] = mapped_column(Text)
    addressee_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    """The unit that ``addressee`` names, where it names one."""
    urgency: Mapped[Urgency] = mapped_column(enum_column(Urgency))
    secrecy: Mapped[Secrecy] = mapped_column(enum_column(Secrecy))
    due_at: Mapped[datetime | None]
    """The hour a letter marked ด่วนภายใน must arrive by."""
    stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    stage_since: Mapped[datetime]
    latest_event_at: Mapped[datetime]
    created_at: Mapped[datetime]


class DocumentReceipt(Base):
    """One reception of a letter; every office it passes may give it a number of its own."""

    __tablename__ = "document_receipts"
    __table_args__ = (Index("ix_document_receipts_receive_number_receive_year", "receive_number", "receive_year"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    receive_number: Mapped[str] = mapped_column(String(50))
    """Arabic digits without leading zeros."""
    receive_year: Mapped[int | None]
    """Calendar year of the common era in which the number was given; null where the register did not tell."""
    received_at: Mapped[datetime | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))


class DocumentEvent(Base):
    """One step of a letter's life. Rows are added and never changed or removed."""

    __tablename__ = "document_events"
    __table_args__ = (Index("ix_document_events_document_id_id", "document_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    at: Mapped[datetime]
    """When it happened, as far as known."""
    recorded_at: Mapped[datetime]
    from_stage: Mapped[Stage | None] = mapped_column(enum_column(Stage))
    """Null for the first event of a letter."""
    to_stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    """The same as ``from_stage`` where only a note was added."""
    note: Mapped[str | None] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(String(64))
    """``import``, ``cli`` or ``line:<member id>``."""


@dataclass(frozen=True)
class LetterStep:
    """One step of a letter's history, as people see it."""

    stage: Stage
    at: datetime
    note: str | None
    is_return: bool
    """The letter was sent back for correction."""


@dataclass(frozen=True)
class LetterView:
    """One letter with its history, oldest step first; ``latest_event_id`` guards against acting on an old picture.

    ``receive_numbers`` carry their Buddhist year where it is known: ``4521/2568``, in the order of reception.
    """

    id: int
    number: str
    subject: str
    urgency: Urgency
    stage: Stage
    stage_since: datetime
    from_unit: str
    addressee: str | None
    receive_numbers: tuple[str, ...]
    document_date: date | None
    due_at: datetime | None
    steps: tuple[LetterStep, ...]
    latest_event_id: int


@dataclass(frozen=True)
class LetterLine:
    """One letter as a line of a list; ``addressee`` and ``due_at`` are for the card, where it is the only one."""

    id: int
    number: str
    subject: str
    from_unit: str
    stage: Stage
    stage_since: datetime
    document_date: date | None
    urgency: Urgency
    addressee: str | None = None
    due_at: datetime | None = None


_NOT_COMPARED = re.compile("[^\\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|_")  # Thai marks are no word characters to re
_TONE_INSIDE_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b])\u0e32")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def subject_key_of(text: str) -> str:
    """Fold a subject or a searched word to what is compared: no spaces or punctuation, small letters, Arabic digits.

    Thai marks are kept. Both sides of a comparison go through here, so that ``ํา`` finds ``ำ`` and ``เเ`` finds ``แ``.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_THAI_DIGITS).replace("เเ", "แ")
    ordered = _TONE_INSIDE_SARA_AM.sub("\\1\u0e4d\u0e32", folded)
    return _NOT_COMPARED.sub("", ordered)


def may_move(from_stage: Stage, to_stage: Stage) -> bool:
    """Tell whether a letter's life leads from one stage to the other."""
    return to_stage in NEXT_STAGES[from_stage]


def next_stages(stage: Stage) -> list[Stage]:
    """Stages that a letter can reach from here, in the order of its life."""
    return [candidate for candidate in Stage if candidate in NEXT_STAGES[stage]]


def record_stage(
    session: Session,
    document_id: int,
    to_stage: Stage,
    *,
    at: datetime,
    note: str | None,
    recorded_by: str,
    expected_event_id: int | None = None,
) -> DocumentEvent:
    """Append that a letter reached a stage, and move it there.

    The same stage with nothing new in the note changes nothing and gives the latest event back, so that a redelivered
    command is harmless; the same stage with a new note appends the note. The row is locked until the caller commits.

    Args:
        session: an open transaction; flushed here so that the event has its id.
        document_id: a letter that the person was shown through ``models.visibility``.
        to_stage: the stage reached.
        at: when, aware.
        note: words for the requester, or nothing.
        recorded_by: ``import``, ``cli`` or ``line:<member id>``.
        expected_event_id: the ``latest_event_id`` the person was looking at.

    Raises:
        NotFound: ``letter_not_found``: no such letter, or one above ordinary secrecy.
        Invalid: ``letter_changed_meanwhile`` or ``stage_not_reachable`` (from_stage, to_stage).
    """
    letter = _locked_letter(session, document_id)
    latest = _latest_event(session, document_id)
    if expected_event_id is not None and latest.id != expected_event_id:
        raise Invalid("letter_changed_meanwhile", stage=letter.stage)
    note = note.strip() or None if note else None
    if to_stage == letter.stage and note in (None, latest.note):
        return latest
    if to_stage != letter.stage and not may_move(letter.stage, to_stage):
        raise Invalid("stage_not_reachable", from_stage=letter.stage, to_stage=to_stage)
    if to_stage != letter.stage:
        letter.stage, letter.stage_since = to_stage, at
    letter.latest_event_at = at
    return _append_event(session, latest, to_stage, at=at, note=note, recorded_by=recorded_by)


def _locked_letter(session: Session, document_id: int) -> Document:
    letter = session.scalar(
        select(Document)
        .where(Document.id == document_id, Document.secrecy == Secrecy.NORMAL)
        .with_for_update(key_share=True)  # others may go on referring to the letter
        .execution_options(populate_existing=True)
    )
    if letter is None:
        raise NotFound("letter_not_found")
    return letter


def _latest_event(session: Session, document_id: int) -> DocumentEvent:
    events = select(DocumentEvent).where(DocumentEvent.document_id == document_id)
    return session.scalars(events.order_by(DocumentEvent.id.desc()).limit(1)).one()


def _append_event(
    session: Session, latest: DocumentEvent, to_stage: Stage, *, at: datetime, note: str | None, recorded_by: str
) -> DocumentEvent:
    appended = DocumentEvent(
        document_id=latest.document_id,
        at=at,
        recorded_at=at,
        from_stage=latest.to_stage,
        to_stage=to_stage,
        note=note,
        recorded_by=recorded_by,
    )
    session.add(appended)
    session.flush()  # the caller needs the event's id
    return appended


append_only(DocumentEvent)
