"""What moves a request: acknowledging, answering, handing over, reopening, withdrawing.

Of several officers who tap at the same time the first wins: every step is one conditional UPDATE, and the history event
goes with it. Whoever waits for the same matter is served together: one officer's word acknowledges or answers all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, literal, null, or_, select, update
from sqlalchemy.orm import Session

from models.documents import Stage
from models.errors import Invalid, NotAllowed
from models.request_clocks import clock_values, set_timers
from models.request_history import Deed, midnight_before, record_events
from models.requests import (
    UNANSWERED,
    ClockKind,
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
    record_events(session, taken, RequestEventKind.ACKNOWLEDGED, deed)
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
    record_events(session, ended, RequestEventKind.ANSWERED, deed, stage=stage)
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
    record_events(session, [number], RequestEventKind.HANDED_OVER, deed, to_member_id=to_member_id)
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
    for name, value in clock_values(terms, deed.at, ClockKind.SERVICE).items():
        setattr(request, name, value)
    session.flush()  # the lines read below come from the database
    record_events(session, [number], RequestEventKind.REOPENED, deed)
    set_timers(session, request, terms)
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
        record_events(session, [number], RequestEventKind.WITHDRAWN, deed)
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
        .where(TrackingRequest.asker_line_id == bindparam("asker"), TrackingRequest.invited_at >= midnight_before(now))
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
