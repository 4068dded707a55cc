"""Tracking requests that a person has to answer, with their append-only history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.errors import NotFound


class RequestState(StrEnum):
    """Where a request is."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


class RequestEventKind(StrEnum):
    """What can happen to a request."""

    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


class TrackingRequest(Base):
    """One question for the secretariat; ``id`` is the number people see (``#42``)."""

    __tablename__ = "requests"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asker_line_id: Mapped[str] = mapped_column(String(64), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    question: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    state: Mapped[RequestState] = mapped_column(enum_column(RequestState), default=RequestState.OPEN)

    __table_args__ = (Index("ix_requests_state", "state", "asked_at"),)


class RequestEvent(Base):
    """One thing that happened to a request; appended, never changed."""

    __tablename__ = "request_events"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    kind: Mapped[RequestEventKind] = mapped_column(enum_column(RequestEventKind))
    at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))


@dataclass(frozen=True)
class RequestLine:
    """A request as lists show it."""

    number: int
    unit_id: int
    asker_line_id: str
    document_id: int | None
    question: str
    asked_at: datetime
    state: RequestState


def open_request(
    session: Session,
    *,
    asker_line_id: str,
    member_id: int,
    unit_id: int,
    document_id: int | None,
    question: str,
    asked_at: datetime,
) -> RequestLine:
    """Open a request, or give the person's request on the same matter that is still unanswered."""
    same_matter = select(TrackingRequest).where(
        TrackingRequest.asker_line_id == asker_line_id,
        TrackingRequest.document_id == document_id,
        TrackingRequest.question == question,
        TrackingRequest.state != RequestState.ANSWERED,
    )
    request = session.scalar(same_matter.limit(1))
    if request is None:
        request = TrackingRequest(
            asker_line_id=asker_line_id,
            unit_id=unit_id,
            document_id=document_id,
            question=question,
            asked_at=asked_at,
            state=RequestState.OPEN,
        )
        session.add(request)
        session.flush()  # the event below needs the number
        _record(session, request.id, RequestEventKind.ASKED, asked_at, member_id)
    return _line(request)


def acknowledge_request(session: Session, number: int, member_id: int, now: datetime) -> tuple[RequestLine, bool]:
    """Take a request on; the second value tells whether this was the first to do so.

    Raises:
        NotFound: ``request_not_found``.
    """
    return _advance(session, number, (RequestState.OPEN,), RequestEventKind.ACKNOWLEDGED, member_id, now)


def answer_request(session: Session, number: int, member_id: int, now: datetime) -> tuple[RequestLine, bool]:
    """Mark a request answered; the second value tells whether this was the first answer.

    Raises:
        NotFound: ``request_not_found``.
    """
    unanswered = (RequestState.OPEN, RequestState.ACKNOWLEDGED)
    return _advance(session, number, unanswered, RequestEventKind.ANSWERED, member_id, now)


def list_open_requests(session: Session, limit: int = 50) -> list[RequestLine]:
    """Requests not yet answered, the oldest first."""
    query = (
        select(TrackingRequest)
        .where(TrackingRequest.state != RequestState.ANSWERED)
        .order_by(TrackingRequest.asked_at, TrackingRequest.id)
        .limit(limit)
    )
    return [_line(request) for request in session.scalars(query)]


def list_requests_of(session: Session, asker_line_id: str, limit: int = 10) -> list[RequestLine]:
    """A person's own requests, the newest first."""
    query = (
        select(TrackingRequest)
        .where(TrackingRequest.asker_line_id == asker_line_id)
        .order_by(TrackingRequest.id.desc())
        .limit(limit)
    )
    return [_line(request) for request in session.scalars(query)]


def find_event_at(session: Session, number: int, kind: RequestEventKind) -> datetime | None:
    """When something first happened to a request; None where it has not."""
    query = select(RequestEvent.at).where(RequestEvent.request_id == number, RequestEvent.kind == kind)
    return session.scalar(query.order_by(RequestEvent.id).limit(1))


def _advance(
    session: Session,
    number: int,
    from_states: tuple[RequestState, ...],
    kind: RequestEventKind,
    member_id: int,
    now: datetime,
) -> tuple[RequestLine, bool]:
    changed = session.execute(
        update(TrackingRequest)
        .where(TrackingRequest.id == number, TrackingRequest.state.in_(from_states))
        .values(state=RequestState(kind.value))
        .returning(TrackingRequest.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    request = session.get(TrackingRequest, number, populate_existing=True)
    if request is None:
        raise NotFound("request_not_found", number=number)
    if changed is not None:
        _record(session, number, kind, now, member_id)
    return _line(request), changed is not None


def _record(session: Session, number: int, kind: RequestEventKind, at: datetime, member_id: int) -> None:
    session.add(RequestEvent(request_id=number, kind=kind, at=at, member_id=member_id))


def _line(request: TrackingRequest) -> RequestLine:
    return RequestLine(
        request.id,
        request.unit_id,
        request.asker_line_id,
        request.document_id,
        request.question,
        request.asked_at,
        request.state,
    )


def forget_questions(session: Session, asker_line_id: str) -> None:
    """Empty the words of a person's requests; the rows stay, for the figures."""
    session.execute(
        update(TrackingRequest)
        .where(TrackingRequest.asker_line_id == asker_line_id)
        .values(question="")
        .execution_options(synchronize_session=False)
    )
