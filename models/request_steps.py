"""What moves a request: asking, acknowledging, answering, handing over, reopening, withdrawing.

Of several officers who tap at the same time the first wins: every step is one conditional UPDATE, and the history event
goes with it. Whoever waits for the same matter is served together: one officer's word acknowledges or answers all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, case, exists, func, insert, literal, null, or_, select, update
from sqlalchemy.orm import Session

from models.documents import BANGKOK, Stage, Urgency
from models.errors import Invalid, NotAllowed
from models.request_timers import RequestTimer, TimerKind
from models.requests import (
    UNANSWERED,
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
from models.service_facts import uncount
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
class Deed:
    """Who did something, and when: LINE's time, our receipt of it, and now."""

    member_id: int
    at: datetime
    received_at: datetime
    now: datetime


@dataclass(frozen=True)
class MachineAnswer:
    """A request that the machine answers: its number, and whether the person is asked to rate it."""

    number: int
    is_invited: bool


@dataclass(frozen=True)
class Taken:
    """What became of an officer's ``รับทราบ``.

    Attributes:
        requests: those taken on by it, the named one among them; empty where somebody was quicker.
        named: the request that was named, as it stands now.
    """

    requests: Sequence[RequestLine]
    named: RequestLine


@dataclass(frozen=True)
class Answered:
    """The requests that one answer ended: of those invited to rate it, and of the others."""

    invited: Sequence[RequestLine]
    others: Sequence[RequestLine]

    @property
    def requests(self) -> list[RequestLine]:
        """All of them, the named one first."""
        return [*self.invited, *self.others]


def letter_matter(document_id: int) -> str:
    """The matter of a letter in the register."""
    return f"letter:{document_id}"


def number_matter(number_key: str) -> str:
    """The matter of a number that the askers do not find in the register."""
    return f"number:{number_key}"


# --- asking ---------------------------------------------------------------------------------------------------------


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
    _record_events(session, [request.id], RequestEventKind.ASKED, _deed_of(question, now))
    _set_timers(session, request, terms)
    return get_request(session, request.id), True


def record_machine_answer(session: Session, question: Question, terms: ServiceTerms, now: datetime) -> MachineAnswer:
    """Record a question that the machine answers at once; LINE's acceptance of the answer sets both time stamps.

    The person is invited to rate it where nobody asked for a rating today.
    """
    values = _values_of(question, terms, question.asked_at, ClockKind.ELAPSED)
    asked = {"person": question.asker_line_id, "day_began": _midnight(now), "invited_now": now}
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
        **_clock_values(terms, started_at, clock),
    }


def _clock_values(terms: ServiceTerms, started_at: datetime, clock: ClockKind) -> dict[str, Any]:
    """The promise frozen on a request: by plain time for a machine's answer, by service hours for an officer's."""
    elapsed = (started_at + terms.acknowledge_within, started_at + terms.answer_within)
    due = elapsed
    if clock is ClockKind.SERVICE and terms.calendar.hours is not None:
        due = (
            terms.calendar.last_instant_within(started_at, terms.acknowledge_within),
            terms.calendar.last_instant_within(started_at, terms.answer_within),
        )
    else:
        clock = ClockKind.ELAPSED
    return {
        "clock": clock,
        "clock_started_at": started_at,
        "acknowledge_within_seconds": int(terms.acknowledge_within.total_seconds()),
        "answer_within_seconds": int(terms.answer_within.total_seconds()),
        "service_hours": terms.hours_text,
        "calendar_version": terms.calendar.version,
        "acknowledge_due_at": due[0],
        "answer_due_at": due[1],
        "elapsed_acknowledge_due_at": elapsed[0],
        "elapsed_answer_due_at": elapsed[1],
        "next_due_at": due[0],
    }


def _set_timers(session: Session, request: TrackingRequest, terms: ServiceTerms) -> None:
    """Write down when the officers are reminded and when the request is late; the calendar is the one frozen on it."""
    started, calendar = request.clock_started_at, terms.calendar
    watched = [
        *((TimerKind.ACKNOWLEDGE_SOON, after) for after in terms.acknowledge_warnings),
        (TimerKind.ACKNOWLEDGE_LATE, terms.acknowledge_within),
        *((TimerKind.ANSWER_SOON, after) for after in terms.answer_warnings),
        (TimerKind.ANSWER_LATE, terms.answer_within),
    ]
    opens = calendar.next_open(started)
    if opens > started:
        watched.insert(0, (TimerKind.HAND_OUT, timedelta(0)))
    for kind, after in watched:
        due = opens if kind is TimerKind.HAND_OUT else calendar.last_instant_within(started, after)
        session.add(
            RequestTimer(
                request_id=request.id,
                round=request.rounds,
                kind=kind,
                after_seconds=int(after.total_seconds()),
                due_at=due,
            )
        )


# --- taking on, answering, passing on -------------------------------------------------------------------------------


def acknowledge_request(session: Session, number: int, deed: Deed) -> Taken:
    """Take a request on, with all that wait for the same matter; the first officer wins.

    The time stamp comes with LINE's acceptance of what the askers are told.

    Raises:
        NotFound: ``request_not_found``.
    """
    named = get_request(session, number)
    taken = list(
        session.execute(
            update(TrackingRequest)
            .where(_is_on_matter_of(named), is_unanswered(), TrackingRequest.state == RequestState.OPEN)
            .values(
                state=RequestState.ACKNOWLEDGED,
                holder_id=deed.member_id,
                acknowledged_by_id=deed.member_id,
                next_due_at=TrackingRequest.answer_due_at,
            )
            .returning(TrackingRequest.id)
            .execution_options(synchronize_session=False)
        ).scalars()
    )
    if number not in taken and named.state is RequestState.OPEN:
        named = get_request(session, number)
    _record_events(session, taken, RequestEventKind.ACKNOWLEDGED, deed)
    return Taken(_lines(session, taken, number), get_request(session, number))


def answer_request(session: Session, number: int, deed: Deed, stage: Stage | None = None) -> Answered:
    """End a request with an answer, and all that wait for the same matter.

    The time stamp comes with LINE's acceptance of what the askers are told. A person is invited to rate it unless one
    was asked today already and has asked nothing since.

    Raises:
        NotFound: ``request_not_found``.
        Invalid: ``request_already_answered`` or ``request_withdrawn`` (number).
    """
    named = get_request(session, number)
    ended = list(
        session.execute(
            update(TrackingRequest)
            .where(_is_on_matter_of(named), is_unanswered())
            .values(
                state=RequestState.ANSWERED,
                holder_id=deed.member_id,
                acknowledged_by_id=func.coalesce(TrackingRequest.acknowledged_by_id, deed.member_id),
                answered_by_id=deed.member_id,
                answered_with=case((TrackingRequest.id == number, null()), else_=literal(number)),
            )
            .returning(TrackingRequest.id)
            .execution_options(synchronize_session=False)
        ).scalars()
    )
    if number not in ended:
        withdrawn = get_request(session, number).state is RequestState.WITHDRAWN
        raise Invalid("request_withdrawn" if withdrawn else "request_already_answered", number=number)
    _record_events(session, ended, RequestEventKind.ANSWERED, deed, stage=stage)
    invited = _invite(session, ended, deed.now)
    lines = _lines(session, ended, number)
    return Answered(
        [line for line in lines if line.number in invited], [line for line in lines if line.number not in invited]
    )


def hand_over(session: Session, number: int, to_member_id: int, deed: Deed) -> RequestLine:
    """Give an unanswered request into another officer's hands; its clock goes on.

    Raises:
        NotFound: ``request_not_found``.
        Invalid: ``request_already_answered`` or ``request_withdrawn`` (number).
    """
    moved = session.execute(
        update(TrackingRequest)
        .where(TrackingRequest.id == number, is_unanswered())
        .values(holder_id=to_member_id)
        .returning(TrackingRequest.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    named = get_request(session, number)
    if moved is None:
        withdrawn = named.state is RequestState.WITHDRAWN
        raise Invalid("request_withdrawn" if withdrawn else "request_already_answered", number=number)
    _record_events(session, [number], RequestEventKind.HANDED_OVER, deed, to_member_id=to_member_id)
    return named


def reopen_request(
    session: Session, number: int, asker_line_id: str, terms: ServiceTerms, deed: Deed
) -> tuple[RequestLine, bool]:
    """Put an answered request before the officers again, on the asker's word that the answer was no help.

    Its clock starts anew; what the earlier round took, and whether it was late, stays.

    Returns:
        the request, and whether it was reopened by this (False where it waits already).

    Raises:
        NotFound: ``request_not_found``.
        NotAllowed: ``request_of_another`` where somebody else asked it.
    """
    uncount(session, number)
    request = session.get(TrackingRequest, number, populate_existing=True, with_for_update=True)
    if request is None or request.asker_line_id != asker_line_id:
        raise NotAllowed("request_of_another", number=number)
    if request.state in UNANSWERED:
        return get_request(session, number), False
    _close_round(request, deed.now)
    for name, value in _clock_values(terms, deed.at, ClockKind.SERVICE).items():
        setattr(request, name, value)
    session.flush()  # the lines read below come from the database
    _record_events(session, [number], RequestEventKind.REOPENED, deed)
    _set_timers(session, request, terms)
    return get_request(session, number), True


def withdraw_request(session: Session, number: int, asker_line_id: str, deed: Deed) -> bool:
    """Take a question back on its asker's word; False where it had ended already.

    Raises:
        NotAllowed: ``request_of_another``.
    """
    request = session.get(TrackingRequest, number, populate_existing=True)
    if request is None or request.asker_line_id != asker_line_id:
        raise NotAllowed("request_of_another", number=number)
    ended = session.execute(
        update(TrackingRequest)
        .where(TrackingRequest.id == number, is_unanswered())
        .values(state=RequestState.WITHDRAWN, withdrawn_at=deed.at)
        .returning(TrackingRequest.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if ended is not None:
        _record_events(session, [number], RequestEventKind.WITHDRAWN, deed)
    return ended is not None


def _close_round(request: TrackingRequest, now: datetime) -> None:
    request.first_acknowledged_at = request.first_acknowledged_at or request.acknowledged_at
    request.first_answered_at = request.first_answered_at or request.answered_at
    acknowledged_at = request.acknowledged_at or request.withdrawn_at
    answered_at = request.answered_at or request.withdrawn_at
    request.earlier_late_acknowledge |= _is_late(acknowledged_at, request.acknowledge_due_at, now)
    request.earlier_late_answer |= _is_late(answered_at, request.answer_due_at, now)
    request.earlier_late_elapsed_acknowledge |= _is_late(acknowledged_at, request.elapsed_acknowledge_due_at, now)
    request.earlier_late_elapsed_answer |= _is_late(answered_at, request.elapsed_answer_due_at, now)
    request.rounds += 1
    request.state = RequestState.OPEN
    request.waits_for_human = True
    request.holder_id = request.acknowledged_by_id = request.answered_by_id = None
    request.acknowledged_at = request.answered_at = request.withdrawn_at = None
    request.answered_with = request.invited_at = None
    request.is_counted = False


def _is_late(done_at: datetime | None, due_at: datetime, now: datetime) -> bool:
    return (done_at or now) > due_at


def _is_on_matter_of(named: RequestLine) -> Any:
    itself = TrackingRequest.id == named.number
    return itself if named.matter_key is None else or_(itself, TrackingRequest.matter_key == named.matter_key)


def _invite(session: Session, numbers: Sequence[int], now: datetime) -> set[int]:
    """Mark the requests whose askers are to rate the answer; one per person."""
    latest = (
        select(func.max(TrackingRequest.invited_at))
        .where(TrackingRequest.asker_line_id == bindparam("asker"), TrackingRequest.invited_at >= _midnight(now))
        .scalar_subquery()
    )
    invited: set[int] = set()
    for request in session.scalars(select(TrackingRequest).where(TrackingRequest.id.in_(numbers))):
        asked_last = session.scalar(select(latest), {"asker": request.asker_line_id})
        if asked_last is None or asked_last < request.clock_started_at:
            request.invited_at = now
            invited.add(request.id)
    session.flush()  # lines are read from the database next
    return invited


def _lines(session: Session, numbers: Sequence[int], first: int) -> list[RequestLine]:
    query = select(TrackingRequest).where(TrackingRequest.id.in_(numbers))
    found = as_lines(session.scalars(query.execution_options(populate_existing=True)))
    return sorted(found, key=lambda line: (line.number != first, line.number))


def _record_events(
    session: Session,
    numbers: Sequence[int],
    kind: RequestEventKind,
    deed: Deed,
    *,
    to_member_id: int | None = None,
    stage: Stage | None = None,
) -> None:
    for number in numbers:
        session.add(
            RequestEvent(
                request_id=number,
                kind=kind,
                at=deed.at,
                received_at=deed.received_at,
                recorded_at=deed.now,
                member_id=deed.member_id,
                to_member_id=to_member_id,
                stage=stage,
            )
        )


def _deed_of(question: Question, now: datetime) -> Deed:
    return Deed(question.member_id, question.asked_at, question.received_at, now)


def _midnight(now: datetime) -> datetime:
    return now.astimezone(BANGKOK).replace(hour=0, minute=0, second=0, microsecond=0)


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
