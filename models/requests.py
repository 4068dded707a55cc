"""Tracking requests (ติดตาม): every question about a letter, with its clock and its append-only history.

A request keeps the promise that was in force when its clock started: targets, hours of service and the calendar's
version. ``acknowledged_at`` and ``answered_at`` are LINE's acceptance of what the asker was told; what counts as an
acknowledgement or an answer stands beside the outgoing row (``models.outbox.CountsAs``). ``models.request_steps`` moves
requests; this module keeps them and reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    bindparam,
    case,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.documents import Stage, Urgency
from models.errors import NotFound
from models.history import append_only


class RequestState(StrEnum):
    """Where a request is. ``ANSWERED`` and ``WITHDRAWN`` end it; ``ANSWERED`` may open again."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


UNANSWERED = (RequestState.OPEN, RequestState.ACKNOWLEDGED)


class RequestEventKind(StrEnum):
    """What can happen to a request."""

    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    RATED = "rated"
    HANDED_OVER = "handed_over"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


class ClockKind(StrEnum):
    """How minutes are counted."""

    SERVICE = "service"  # inside service hours only
    ELAPSED = "elapsed"  # every minute


_IS_UNANSWERED = text("state IN ('open', 'acknowledged')")
_IS_NOT_COUNTED = text("NOT is_counted")
_IS_ANSWERED_WITH = text("answered_with IS NOT NULL")
_IS_INVITED = text("invited_at IS NOT NULL")


class TrackingRequest(Base):
    """One question; ``id`` is the number people see (``#42``)."""

    __tablename__ = "requests"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asker_line_id: Mapped[str] = mapped_column(String(64), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    asked_number: Mapped[str | None] = mapped_column(String(100))
    """The number that was asked for, in our spelling, where a number was said; known to the register or not."""
    matter_key: Mapped[str | None] = mapped_column(String(120))
    """What several people may wait for together, ``letter:17`` or ``number:1902/1335``; None where nobody can join."""
    question: Mapped[str] = mapped_column(Text)
    urgency: Mapped[Urgency] = mapped_column(enum_column(Urgency), default=Urgency.NORMAL)
    """The letter's, when it was asked for."""
    asked_at: Mapped[datetime]
    """LINE's time of the question."""
    received_at: Mapped[datetime]
    """When the webhook brought it."""
    state: Mapped[RequestState] = mapped_column(enum_column(RequestState), default=RequestState.OPEN)
    waits_for_human: Mapped[bool] = mapped_column(default=True)
    """Whether it ever waited for an officer; False where the machine's answer stood."""

    clock: Mapped[ClockKind] = mapped_column(enum_column(ClockKind), default=ClockKind.SERVICE)
    """The clock that rules this request."""
    clock_started_at: Mapped[datetime]
    """The question, or the latest reopening."""
    acknowledge_within_seconds: Mapped[int]
    answer_within_seconds: Mapped[int]
    service_hours: Mapped[str] = mapped_column(String(20))
    calendar_version: Mapped[int]
    acknowledge_due_at: Mapped[datetime]
    """The last instant in time by the clock that rules; what comes later is late."""
    answer_due_at: Mapped[datetime]
    elapsed_acknowledge_due_at: Mapped[datetime]
    """The same by the plain clock."""
    elapsed_answer_due_at: Mapped[datetime]
    next_due_at: Mapped[datetime]
    """The deadline that comes next, what the queue is sorted by."""
    is_most_urgent: Mapped[bool] = mapped_column(default=False)

    holder_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    """The officer who has it in hand."""
    acknowledged_at: Mapped[datetime | None]
    """When LINE accepted the acknowledgement, or the answer where none came before it."""
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    answered_with: Mapped[int | None] = mapped_column(BigId)
    """The request whose answer this one got along with others; None where it was answered by itself."""
    withdrawn_at: Mapped[datetime | None]

    rounds: Mapped[int] = mapped_column(default=1)
    """1, and one more for every reopening."""
    first_acknowledged_at: Mapped[datetime | None]
    """Of the first round, once there was another."""
    first_answered_at: Mapped[datetime | None]
    earlier_late_acknowledge: Mapped[bool] = mapped_column(default=False)
    """An earlier round was acknowledged late by the clock that ruled it."""
    earlier_late_answer: Mapped[bool] = mapped_column(default=False)
    earlier_late_elapsed_acknowledge: Mapped[bool] = mapped_column(default=False)
    earlier_late_elapsed_answer: Mapped[bool] = mapped_column(default=False)

    invited_at: Mapped[datetime | None]
    """When the person was asked to rate the answer."""
    rating: Mapped[int | None]
    """1 to 5, the one that stands."""
    rated_at: Mapped[datetime | None]
    """When it was first rated."""

    is_counted: Mapped[bool] = mapped_column(default=False)
    """Whether the facts of ``models.service_facts`` hold it; the four lengths below are set then."""
    acknowledge_seconds: Mapped[int | None]
    """Whole seconds of the latest round by the clock that rules, rounded down."""
    answer_seconds: Mapped[int | None]
    elapsed_acknowledge_seconds: Mapped[int | None]
    elapsed_answer_seconds: Mapped[int | None]

    __table_args__ = (
        Index(
            "ix_requests_queue",
            "is_most_urgent",
            "next_due_at",
            "id",
            postgresql_where=_IS_UNANSWERED,
            sqlite_where=_IS_UNANSWERED,
        ),
        Index("ix_requests_matter", "matter_key", postgresql_where=_IS_UNANSWERED, sqlite_where=_IS_UNANSWERED),
        Index("ix_requests_asked_at", "asked_at"),
        Index(
            "ix_requests_answered_with",
            "answered_with",
            postgresql_where=_IS_ANSWERED_WITH,
            sqlite_where=_IS_ANSWERED_WITH,
        ),
        Index("ix_requests_not_counted", "asked_at", postgresql_where=_IS_NOT_COUNTED, sqlite_where=_IS_NOT_COUNTED),
        Index(
            "ix_requests_invited",
            "asker_line_id",
            "invited_at",
            postgresql_where=_IS_INVITED,
            sqlite_where=_IS_INVITED,
        ),
    )


class RequestEvent(Base):
    """One thing that happened to a request; appended, never changed."""

    __tablename__ = "request_events"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    kind: Mapped[RequestEventKind] = mapped_column(enum_column(RequestEventKind))
    at: Mapped[datetime]
    """LINE's time of the question, tap or words that did it."""
    received_at: Mapped[datetime]
    """When the webhook brought that."""
    recorded_at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    """Who did it; None for the machine."""
    to_member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    """Who has it after a hand-over."""
    stage: Mapped[Stage | None] = mapped_column(enum_column(Stage))
    """What the answer says of the letter, where it names a stage."""
    score: Mapped[int | None]
    """1 to 5 of a rating."""


@dataclass(frozen=True)
class RequestLine:
    """A request as lists and cards show it; the deadlines are those of the clock that rules."""

    number: int
    asker_line_id: str
    unit_id: int
    document_id: int | None
    asked_number: str | None
    matter_key: str | None
    question: str
    urgency: Urgency
    asked_at: datetime
    state: RequestState
    waits_for_human: bool
    acknowledge_due_at: datetime
    answer_due_at: datetime
    next_due_at: datetime
    holder_id: int | None
    acknowledged_at: datetime | None
    answered_at: datetime | None
    answered_with: int | None
    rounds: int
    rating: int | None
    rated_at: datetime | None


def is_unanswered() -> ColumnElement[bool]:
    """The condition that the partial indexes of ``TrackingRequest`` carry.

    Its values stand in the statement as they stand in the index: SQLite takes a partial index only where it reads the
    same condition, not where values are sent beside it.
    """
    return TrackingRequest.state.in_(bindparam("unanswered", UNANSWERED, expanding=True, literal_execute=True))


def get_request(session: Session, number: int) -> RequestLine:
    """Give a request.

    Raises:
        NotFound: ``request_not_found`` (number).
    """
    request = session.get(TrackingRequest, number, populate_existing=True)
    if request is None:
        raise NotFound("request_not_found", number=number)
    return as_line(request)


def list_open_requests(session: Session, limit: int = 10, offset: int = 0) -> list[RequestLine]:
    """Requests not yet answered: ด่วนที่สุด before all, then the nearest deadline first."""
    query = (
        select(TrackingRequest)
        .where(is_unanswered())
        .order_by(TrackingRequest.is_most_urgent.desc(), TrackingRequest.next_due_at, TrackingRequest.id)
        .limit(limit)
        .offset(offset)
    )
    return [as_line(request) for request in session.scalars(query)]


def count_open_requests(session: Session) -> dict[RequestState, int]:
    """How many requests wait to be acknowledged, and how many of those acknowledged to be answered; 0 included."""
    counted = dict(
        session.execute(
            select(TrackingRequest.state, func.count()).where(is_unanswered()).group_by(TrackingRequest.state)
        ).all()
    )
    return {state: counted.get(state, 0) for state in UNANSWERED}


def count_late_open_requests(session: Session, now: datetime) -> tuple[int, int]:
    """Of the unanswered requests how many are late to be acknowledged, and how many to be answered.

    One that LINE's acceptance made late counts among the first as well, until it is answered.
    """
    done_at = func.coalesce(TrackingRequest.acknowledged_at, now)
    to_acknowledge = func.count(case((done_at > TrackingRequest.acknowledge_due_at, 1)))
    to_answer = func.count(case((TrackingRequest.answer_due_at < now, 1)))
    counted = session.execute(select(to_acknowledge, to_answer).where(is_unanswered())).one()
    return counted[0], counted[1]


def list_requests_on_matter(session: Session, matter_key: str | None) -> list[RequestLine]:
    """Unanswered requests of everybody who waits for one matter, the oldest first; empty without a matter."""
    if matter_key is None:
        return []
    query = select(TrackingRequest).where(TrackingRequest.matter_key == matter_key, is_unanswered())
    return [as_line(request) for request in session.scalars(query.order_by(TrackingRequest.id))]


def list_requests_held_by(session: Session, member_id: int) -> list[RequestLine]:
    """Unanswered requests that an officer has in hand, the nearest deadline first."""
    query = select(TrackingRequest).where(TrackingRequest.holder_id == member_id, is_unanswered())
    return [as_line(request) for request in session.scalars(query.order_by(TrackingRequest.next_due_at))]


def list_requests_of(session: Session, asker_line_id: str, limit: int = 10) -> list[RequestLine]:
    """A person's own requests, those that wait first, then the newest."""
    waits = case((is_unanswered(), 0), else_=1)
    query = (
        select(TrackingRequest)
        .where(TrackingRequest.asker_line_id == asker_line_id)
        .order_by(waits, TrackingRequest.id.desc())
        .limit(limit)
    )
    return [as_line(request) for request in session.scalars(query)]


def find_own_request(session: Session, asker_line_id: str, answered_with: int) -> RequestLine | None:
    """The person's request that was answered with a given one, or is that one itself; None where there is none."""
    query = select(TrackingRequest).where(
        TrackingRequest.asker_line_id == asker_line_id,
        (TrackingRequest.id == answered_with) | (TrackingRequest.answered_with == answered_with),
    )
    request = session.scalars(query.order_by(TrackingRequest.id.desc()).limit(1)).first()
    return as_line(request) if request is not None else None


def find_event(session: Session, number: int, kind: RequestEventKind) -> RequestEvent | None:
    """The latest event of a kind; None where there was none."""
    query = select(RequestEvent).where(RequestEvent.request_id == number, RequestEvent.kind == kind)
    return session.scalar(query.order_by(RequestEvent.id.desc()).limit(1))


def list_events(session: Session, number: int) -> Sequence[RequestEvent]:
    """A request's history, the oldest first."""
    return session.scalars(
        select(RequestEvent).where(RequestEvent.request_id == number).order_by(RequestEvent.id)
    ).all()


def forget_questions(session: Session, asker_line_id: str) -> None:
    """Empty the words of a person's requests; the rows stay, for the figures."""
    session.execute(
        update(TrackingRequest)
        .where(TrackingRequest.asker_line_id == asker_line_id)
        .values(question="")
        .execution_options(synchronize_session=False)
    )


def forget_questions_before(session: Session, before: datetime) -> None:
    """Empty the words of requests asked before an instant; the rows stay."""
    session.execute(
        update(TrackingRequest)
        .where(TrackingRequest.asked_at < before, TrackingRequest.question != "")
        .values(question="")
        .execution_options(synchronize_session=False)
    )


def as_line(request: TrackingRequest) -> RequestLine:
    """The request as plain values."""
    return RequestLine(
        number=request.id,
        asker_line_id=request.asker_line_id,
        unit_id=request.unit_id,
        document_id=request.document_id,
        asked_number=request.asked_number,
        matter_key=request.matter_key,
        question=request.question,
        urgency=request.urgency,
        asked_at=request.asked_at,
        state=request.state,
        waits_for_human=request.waits_for_human,
        acknowledge_due_at=request.acknowledge_due_at,
        answer_due_at=request.answer_due_at,
        next_due_at=request.next_due_at,
        holder_id=request.holder_id,
        acknowledged_at=request.acknowledged_at,
        answered_at=request.answered_at,
        answered_with=request.answered_with,
        rounds=request.rounds,
        rating=request.rating,
        rated_at=request.rated_at,
    )


def as_lines(requests: Iterable[TrackingRequest]) -> list[RequestLine]:
    """Several requests as plain values."""
    return [as_line(request) for request in requests]


append_only(RequestEvent)
