"""Timers of requests: rows that say when the secretariat is to be reminded, and when a request is late.

A timer is settled once, in the transaction that stores what it says: whichever clock takes it first, and whatever is
killed meanwhile. What it finds the request to be decides whether it says anything at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, and_, case, exists, func, or_, select, text, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models.base import Base, BigId, enum_column
from models.members import Member
from models.requests import UNANSWERED, ClockKind, RequestLine, RequestState, TrackingRequest, as_line


class TimerKind(StrEnum):
    """What is due."""

    HAND_OUT = "hand_out"  # the service opens: those on duty get the card of a request that came before
    ACKNOWLEDGE_SOON = "acknowledge_soon"
    ACKNOWLEDGE_LATE = "acknowledge_late"
    ANSWER_SOON = "answer_soon"
    ANSWER_LATE = "answer_late"


class TimerOutcome(StrEnum):
    """What became of a timer."""

    FIRED = "fired"
    NOT_NEEDED = "not_needed"  # acknowledged, answered, withdrawn or reopened before
    SUPERSEDED = "superseded"  # a weightier one of the same request was due at the same time


ABOUT_ACKNOWLEDGING = (TimerKind.ACKNOWLEDGE_SOON, TimerKind.ACKNOWLEDGE_LATE)
ABOUT_ANSWERING = (TimerKind.ANSWER_SOON, TimerKind.ANSWER_LATE)
SAYS_LATE = (TimerKind.ACKNOWLEDGE_LATE, TimerKind.ANSWER_LATE)

_IS_WAITING = text("settled_at IS NULL")
_HAS_FIRED = text("outcome = 'fired'")
_INSTANT = timedelta(microseconds=1)


class RequestTimer(Base):
    """One thing to do at an instant; settled once, by whichever clock comes first."""

    __tablename__ = "request_timers"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    round: Mapped[int]
    """The request's round that it belongs to; a reopening makes the earlier ones moot."""
    kind: Mapped[TimerKind] = mapped_column(enum_column(TimerKind))
    after_seconds: Mapped[int]
    """How far into the request, by the clock that rules it."""
    due_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[TimerOutcome | None] = mapped_column(enum_column(TimerOutcome))

    __table_args__ = (
        Index("ix_request_timers_waiting", "due_at", postgresql_where=_IS_WAITING, sqlite_where=_IS_WAITING),
        Index("ix_request_timers_fired", "kind", postgresql_where=_HAS_FIRED, sqlite_where=_HAS_FIRED),
    )


@dataclass(frozen=True)
class DueTimer:
    """A timer that fired, and its request as it stands.

    Attributes:
        id: of the timer.
        kind: what is due.
        due_at: the instant; for what says late it is the last one in time.
        after: how far into the request, by the clock that rules it; of what says late, the promise.
        clock: that clock.
        request: the request.
        holder_line_id: LINE id of the officer who has it in hand; None where nobody has, or who blocked the account.
        holder_name: that officer's name; empty where nobody has it.
    """

    id: int
    kind: TimerKind
    due_at: datetime
    after: timedelta
    clock: ClockKind
    request: RequestLine
    holder_line_id: str | None
    holder_name: str


def take_due_timers(session: Session, now: datetime, limit: int, *, is_open: bool = True) -> list[DueTimer]:
    """Settle what is due and give what is to be told of, the earliest first.

    Of several clocks each takes timers that no other takes. A timer of an earlier round, or of what was done before, is
    settled without being given. So is one that a later one of the same request and the same part, due as well, makes
    superfluous: after a long stop the officers hear of the latest only.

    Args:
        session: an open transaction; what the timers say is stored in it.
        now: the present. What says late is due after its instant, which is still in time; the others at theirs.
        limit: most timers settled at once.
        is_open: False holds the timers of requests ruled by the hours of service, until the office opens.
    """
    chosen = (
        select(RequestTimer.id)
        .where(RequestTimer.settled_at.is_(None), _is_due(RequestTimer, now), *_unless_held(is_open))
        .order_by(RequestTimer.due_at, RequestTimer.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    settled = session.execute(
        update(RequestTimer)
        .where(RequestTimer.id.in_(select(chosen.c.id)), RequestTimer.settled_at.is_(None))
        .values(settled_at=now, outcome=_outcome(now))
        .returning(RequestTimer.id, RequestTimer.outcome)
        .execution_options(synchronize_session=False)
    ).all()
    return _fired(session, [row.id for row in settled if row.outcome is TimerOutcome.FIRED])


def next_due_at(session: Session, *, is_open: bool = True) -> datetime | None:
    """The first instant at which ``take_due_timers`` takes something, be it past; None while nothing waits.

    Args:
        session: reading is enough.
        is_open: as in ``take_due_timers``.
    """
    first = session.execute(
        select(RequestTimer.due_at, RequestTimer.kind)
        .where(RequestTimer.settled_at.is_(None), *_unless_held(is_open))
        .order_by(RequestTimer.due_at)
        .limit(1)
    ).one_or_none()
    if first is None:
        return None
    due_at: datetime = first.due_at
    return due_at + _INSTANT if first.kind in SAYS_LATE else due_at


def count_fired_timers(session: Session) -> dict[TimerKind, int]:
    """How many timers of each kind said something so far, 0 included; read from the index of those alone."""
    counted: dict[TimerKind, int] = dict(
        session.execute(select(RequestTimer.kind, func.count()).where(_HAS_FIRED).group_by(RequestTimer.kind)).all()
    )
    return {kind: counted.get(kind, 0) for kind in TimerKind}


def _is_due(timer: Any, now: datetime) -> ColumnElement[bool]:
    return and_(timer.due_at <= now, or_(timer.due_at < now, timer.kind.not_in(SAYS_LATE)))


def _unless_held(is_open: bool) -> Sequence[ColumnElement[bool]]:
    if is_open:
        return ()
    runs_always = exists().where(
        TrackingRequest.id == RequestTimer.request_id, TrackingRequest.clock == ClockKind.ELAPSED
    )
    return (runs_always,)


def _outcome(now: datetime) -> ColumnElement[str]:
    return case(
        (~_is_needed(), TimerOutcome.NOT_NEEDED.value),
        (_is_superseded(now), TimerOutcome.SUPERSEDED.value),
        else_=TimerOutcome.FIRED.value,
    )


def _is_needed() -> ColumnElement[bool]:
    """That the request still is what the timer warns of; who is served when LINE has accepted it counts from then."""
    kind, request = RequestTimer.kind, TrackingRequest
    is_open = request.state == RequestState.OPEN
    is_withdrawn = request.state == RequestState.WITHDRAWN
    return exists().where(
        request.id == RequestTimer.request_id,
        request.rounds == RequestTimer.round,
        or_(
            and_(kind.in_((TimerKind.HAND_OUT, TimerKind.ACKNOWLEDGE_SOON)), is_open),
            and_(kind == TimerKind.ANSWER_SOON, request.state.in_(UNANSWERED)),
            and_(
                kind == TimerKind.ACKNOWLEDGE_LATE,
                ~is_withdrawn,
                _is_late(request.acknowledged_at, request.acknowledge_due_at),
            ),
            and_(kind == TimerKind.ANSWER_LATE, ~is_withdrawn, _is_late(request.answered_at, request.answer_due_at)),
        ),
    )


def _is_late(done_at: Any, due_at: Any) -> ColumnElement[bool]:
    return or_(done_at.is_(None), done_at > due_at)


def _is_superseded(now: datetime) -> ColumnElement[bool]:
    other = aliased(RequestTimer)
    same_part = or_(
        *(and_(RequestTimer.kind.in_(part), other.kind.in_(part)) for part in (ABOUT_ACKNOWLEDGING, ABOUT_ANSWERING))
    )
    return exists().where(
        other.request_id == RequestTimer.request_id,
        other.round == RequestTimer.round,
        other.after_seconds > RequestTimer.after_seconds,
        same_part,
        _is_due(other, now),
    )


def _fired(session: Session, ids: Sequence[int]) -> list[DueTimer]:
    if not ids:
        return []
    query = (
        select(RequestTimer, TrackingRequest, Member.line_user_id, Member.name, Member.blocked_at)
        .join(TrackingRequest, TrackingRequest.id == RequestTimer.request_id)
        .outerjoin(Member, Member.id == TrackingRequest.holder_id)
        .where(RequestTimer.id.in_(ids))
        .order_by(RequestTimer.due_at, RequestTimer.id)
    )
    return [
        DueTimer(
            id=timer.id,
            kind=timer.kind,
            due_at=timer.due_at,
            after=timedelta(seconds=timer.after_seconds),
            clock=request.clock,
            request=as_line(request),
            holder_line_id=holder if blocked_at is None else None,
            holder_name=name or "",
        )
        for timer, request, holder, name, blocked_at in session.execute(query)
    ]
