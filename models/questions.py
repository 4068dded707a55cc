"""Asking: how a question becomes a request, for the officers or answered by the machine at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, case, exists, insert, null, select
from sqlalchemy.orm import Session

from models.documents import Urgency
from models.request_clocks import clock_values, set_timers
from models.request_history import Deed, midnight_before, record_events
from models.requests import (
    ClockKind,
    RequestEvent,
    RequestEventKind,
    RequestLine,
    RequestState,
    TrackingRequest,
    as_lines,
    get_request,
    is_unanswered,
)
from models.service_terms import ServiceTerms


@dataclass(frozen=True)
class Question:
    """A question as it was asked.

    Attributes:
        asker_line_id: who asked.
        member_id: the same person's registration.
        unit_id: the person's unit.
        asked_at: LINE's time of it.
        received_at: when the webhook brought it.
        text: the words, for the officers; empty where only a button was tapped.
        document_id: the letter it is about, as far as the person may know of it.
        asked_number: the number that was said, in our spelling.
        matter_key: see ``letter_matter`` and ``number_matter``.
        urgency: the letter's.
    """

    asker_line_id: str
    member_id: int
    unit_id: int
    asked_at: datetime
    received_at: datetime
    text: str = ""
    document_id: int | None = None
    asked_number: str | None = None
    matter_key: str | None = None
    urgency: Urgency = Urgency.NORMAL


@dataclass(frozen=True)
class MachineAnswer:
    """A request that the machine answers: its number, and whether the person is asked to rate it."""

    number: int
    is_invited: bool


def letter_matter(document_id: int) -> str:
    """The matter of a letter in the register."""
    return f"letter:{document_id}"


def number_matter(number_key: str) -> str:
    """The matter of a number that the askers do not find in the register."""
    return f"number:{number_key}"


def open_request(session: Session, question: Question, terms: ServiceTerms, now: datetime) -> tuple[RequestLine, bool]:
    """Put a question before the officers and start its clock, with the timers that watch it.

    A person who asks again for what an officer still owes keeps the request, and its clock.

    Returns:
        the request, and whether it is new.
    """
    known = _unanswered_on_same_matter(session, question)
    if known is not None:
        return known, False
    values = _values_of(question, terms, question.asked_at, ClockKind.SERVICE)
    request = TrackingRequest(**values, state=RequestState.OPEN, waits_for_human=True)
    session.add(request)
    session.flush()  # the event and the timers need the number
    record_events(session, [request.id], RequestEventKind.ASKED, _deed_of(question, now))
    set_timers(session, request, terms)
    return get_request(session, request.id), True


def record_machine_answer(session: Session, question: Question, terms: ServiceTerms, now: datetime) -> MachineAnswer:
    """Record a question that the machine answers at once; LINE's acceptance of the answer sets both time stamps.

    The person is invited to rate it where nobody asked for a rating today.
    """
    values = _values_of(question, terms, question.asked_at, ClockKind.ELAPSED)
    asked = {"person": question.asker_line_id, "day_began": midnight_before(now), "invited_now": now}
    told = values | asked | {"state": RequestState.ANSWERED, "waits_for_human": False}
    row = session.connection().execute(_NEW_MACHINE_REQUEST, told).one()
    deed = _deed_of(question, now)
    event = {"request_id": row.id, "at": deed.at, "received_at": deed.received_at, "recorded_at": now}
    kinds = (RequestEventKind.ASKED, RequestEventKind.ACKNOWLEDGED, RequestEventKind.ANSWERED)
    members = (question.member_id, None, None)
    session.connection().execute(
        _NEW_EVENT, [event | {"kind": kind, "member_id": member} for kind, member in zip(kinds, members, strict=True)]
    )
    return MachineAnswer(row.id, row.invited_at is not None)


def _unanswered_on_same_matter(session: Session, question: Question) -> RequestLine | None:
    same = (
        TrackingRequest.matter_key == question.matter_key
        if question.matter_key is not None
        else and_(TrackingRequest.matter_key.is_(None), TrackingRequest.question == question.text)
    )
    query = select(TrackingRequest).where(
        TrackingRequest.asker_line_id == question.asker_line_id, same, is_unanswered()
    )
    return next(iter(as_lines(session.scalars(query.order_by(TrackingRequest.id).limit(1)))), None)


def _values_of(question: Question, terms: ServiceTerms, started_at: datetime, clock: ClockKind) -> dict[str, Any]:
    return {
        "asker_line_id": question.asker_line_id,
        "unit_id": question.unit_id,
        "document_id": question.document_id,
        "asked_number": question.asked_number,
        "matter_key": question.matter_key,
        "question": question.text,
        "urgency": question.urgency,
        "is_most_urgent": question.urgency is Urgency.MOST_URGENT,
        "asked_at": question.asked_at,
        "received_at": question.received_at,
        **clock_values(terms, started_at, clock),
    }


def _deed_of(question: Question, now: datetime) -> Deed:
    return Deed(question.member_id, question.asked_at, question.received_at, now)


_REQUESTS, _EVENTS = cast(Table, TrackingRequest.__table__), cast(Table, RequestEvent.__table__)
_OTHER = _REQUESTS.alias("other")
_WAS_INVITED_TODAY = exists().where(
    _OTHER.c.asker_line_id == bindparam("person"), _OTHER.c.invited_at >= bindparam("day_began")
)
_NEW_MACHINE_REQUEST = (
    insert(_REQUESTS)
    .values(
        invited_at=case((_WAS_INVITED_TODAY, null()), else_=bindparam("invited_now", type_=_REQUESTS.c.invited_at.type))
    )
    .returning(_REQUESTS.c.id, _REQUESTS.c.invited_at)
)
_NEW_EVENT = insert(_EVENTS)
