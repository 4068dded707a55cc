"""Asking: how a question becomes a request, for the officers or answered by the machine at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    CTE,
    ColumnElement,
    Insert,
    Table,
    and_,
    bindparam,
    case,
    exists,
    insert,
    literal,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy import cast as cast_type
from sqlalchemy.orm import Session

from models.base import UTCDateTime
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
    asked = {
        "person": question.asker_line_id,
        "asker": question.member_id,
        "day_began": midnight_before(now),
        "now": now,
        "told": RequestState.ANSWERED,
        "waits": False,
    }
    values = asked | _bound(_values_of(question, terms, question.asked_at, ClockKind.ELAPSED))
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        row = connection.execute(_ANSWERED_AT_ONCE, values).one()
    else:
        row = connection.execute(_NEW_MACHINE_REQUEST, values).one()
        connection.execute(_EVENTS_OF, values | {"number": row.id})
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


def _bound(values: dict[str, Any]) -> dict[str, Any]:
    """Values under names that no column has: a value named like a column would be set by itself."""
    return {f"the_{name}": value for name, value in values.items()}


_REQUESTS, _EVENTS = cast(Table, TrackingRequest.__table__), cast(Table, RequestEvent.__table__)
_OTHER = _REQUESTS.alias("other")
_WAS_INVITED_TODAY = exists().where(
    _OTHER.c.asker_line_id == bindparam("person"), _OTHER.c.invited_at >= bindparam("day_began")
)
_NOW = bindparam("now", type_=UTCDateTime())
_ASKED_VALUES = (
    *("asker_line_id", "unit_id", "document_id", "asked_number", "matter_key", "question", "urgency"),
    *("is_most_urgent", "asked_at", "received_at", "clock", "clock_started_at", "acknowledge_within_seconds"),
    *("answer_within_seconds", "service_hours", "calendar_version", "acknowledge_due_at", "answer_due_at"),
    *("elapsed_acknowledge_due_at", "elapsed_answer_due_at", "next_due_at"),
)
_NEW_MACHINE_REQUEST = (
    insert(_REQUESTS)
    .values(
        {name: bindparam(f"the_{name}", type_=_REQUESTS.c[name].type) for name in _ASKED_VALUES}
        | {"state": bindparam("told", type_=_REQUESTS.c.state.type), "waits_for_human": bindparam("waits")}
        | {"invited_at": case((_WAS_INVITED_TODAY, null()), else_=_NOW)}
    )
    .returning(_REQUESTS.c.id, _REQUESTS.c.invited_at)
)
_AT_ONCE = (RequestEventKind.ASKED, RequestEventKind.ACKNOWLEDGED, RequestEventKind.ANSWERED)
"""What a machine's answer is in a request's history; the first is the person's, the others are nobody's."""


def _events_of(number: ColumnElement[int], asked: CTE | None = None) -> Insert:
    """Append what a machine's answer is, in its order, in one statement; ``asked`` is where the number comes from."""
    kind_type, member_type = _EVENTS.c.kind.type, _EVENTS.c.member_id.type
    asker = bindparam("asker", type_=member_type)
    steps = [
        select(
            literal(place).label("place"),
            literal(kind, kind_type).label("kind"),
            (asker if place == 0 else cast_type(null(), member_type)).label("member_id"),
        )
        for place, kind in enumerate(_AT_ONCE)
    ]
    step = union_all(*steps).subquery("step")
    stamps = (bindparam(f"the_{name}", type_=UTCDateTime()) for name in ("asked_at", "received_at"))
    rows = select(number, step.c.kind, step.c.member_id, *stamps, _NOW).order_by(step.c.place)
    if asked is not None:
        rows = rows.select_from(step.join(asked, true()))
    columns = ("request_id", "kind", "member_id", "at", "received_at", "recorded_at")
    return insert(_EVENTS).from_select(columns, rows)


_EVENTS_OF = _events_of(bindparam("number", type_=_EVENTS.c.request_id.type))
_ASKED = _NEW_MACHINE_REQUEST.cte("asked")
_ANSWERED_AT_ONCE = select(_ASKED.c.id, _ASKED.c.invited_at).add_cte(
    _events_of(_ASKED.c.id, _ASKED).returning(_EVENTS.c.id).cte("told_events")
)
"""PostgreSQL does all of it in one statement, which saves the asker a round trip."""
