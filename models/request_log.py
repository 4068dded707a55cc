"""Requests as rows for lists and files: every time stamp, how each was counted, and what telling the asker cost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, Table, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.counting import CalendarLoader, late_condition, outcome, start_of
from models.line_calls import LineCall
from models.members import Member
from models.outbox import CallMethod, CountsAs, OutboxRow, OutboxState
from models.requests import UNANSWERED, ClockKind, RequestEvent, RequestState, TrackingRequest
from models.service_kpi import Outcome, Part
from models.units import Unit
from models.visibility import OPERATOR, find_letter_numbers
from models.working_time import BANGKOK

ROWS_AT_ONCE = 500
MACHINE = "machine"


@dataclass(frozen=True)
class Telling:
    """One message that told an asker: when we sent it, when LINE accepted it, how, and its part of the month's quota.

    ``sent_at`` is when the call to LINE was begun; ``cost`` is 0 for a reply and 1 for a push or multicast.
    """

    sent_at: datetime
    accepted_at: datetime
    method: CallMethod
    cost: int


@dataclass(frozen=True)
class Length:
    """How long a part took, in both ways of counting; None where it was not done.

    ``service`` counts hours of service only, whatever clock rules the request; ``counted_seconds`` are whole seconds by
    the clock that rules it.
    """

    elapsed: timedelta | None
    service: timedelta | None
    counted_seconds: int | None

    @property
    def elapsed_seconds(self) -> int | None:
        """Whole seconds of plain time, rounded down."""
        return None if self.elapsed is None else int(self.elapsed.total_seconds())


NOT_DONE = Length(None, None, None)


@dataclass(frozen=True)
class RequestRow:
    """One request with all that is known of it.

    Attributes:
        request: the columns of its row, all but the words that were asked.
        document_number: the letter's in the register, where it is of ordinary secrecy; else the number as asked.
        unit: the asker's.
        acknowledged_by: ``machine``, a LINE user id, or None where it was not done or the officer is gone.
        lengths: of the latest round, by part.
        outcomes: how each part stands, by clock (``service`` is the clock that rules the request).
        tellings: the message of the latest round that counts as the acknowledgement, and the one that is the answer.
    """

    request: Row[Any]
    document_number: str | None
    unit: str
    acknowledged_by: str | None
    answered_by: str | None
    holder: str | None
    lengths: dict[Part, Length]
    outcomes: dict[tuple[ClockKind, Part], Outcome]
    tellings: dict[Part, Telling]
    counted_at: datetime

    @property
    def handled_by(self) -> str:
        """``human`` where it ever waited for an officer."""
        return "human" if self.request.waits_for_human else MACHINE

    def late(self, clock: ClockKind = ClockKind.SERVICE) -> list[str]:
        """The parts that are late, by the clock that rules the request or by plain time."""
        return [part.value for part in Part if self.outcomes[clock, part] is Outcome.LATE]

    def as_json(self) -> dict[str, Any]:
        """The row under the contract's names, and more beside them; times in Bangkok, to the microsecond."""
        request = self.request
        return {
            "request": request.id,
            "document_number": self.document_number,
            "asked_by": request.asker_line_id,
            "unit": self.unit,
            "asked_at": iso(request.asked_at),
            "received_at": iso(request.received_at),
            "acknowledged_at": iso(request.acknowledged_at),
            "acknowledged_by": self.acknowledged_by,
            "answered_at": iso(request.answered_at),
            "answered_by": self.answered_by,
            "handled_by": self.handled_by,
            "late": self.late(),
            "elapsed_minutes": {part.value: _minutes(self.lengths[part].elapsed) for part in Part},
            "service_minutes": {part.value: _minutes(self.lengths[part].service) for part in Part},
            "rating": request.rating,
            "state": request.state.value,
            "urgency": request.urgency.value,
            "held_by": self.holder,
            "late_elapsed": self.late(ClockKind.ELAPSED),
            "clock": request.clock.value,
            "clock_started_at": iso(request.clock_started_at),
            "acknowledge_due_at": iso(request.acknowledge_due_at),
            "answer_due_at": iso(request.answer_due_at),
            "service_hours": request.service_hours,
            "calendar_version": request.calendar_version,
            "rounds": request.rounds,
            "first_acknowledged_at": iso(request.first_acknowledged_at),
            "first_answered_at": iso(request.first_answered_at),
            "withdrawn_at": iso(self.withdrawn_at),
            "rated_at": iso(request.rated_at),
            "answered_with": request.answered_with,
            "told": {part.value: _telling_json(self.tellings.get(part)) for part in Part},
        }

    @property
    def withdrawn_at(self) -> datetime | None:
        """When the asker took it back, where that stands."""
        return self.request.withdrawn_at if self.request.state is RequestState.WITHDRAWN else None


@dataclass(frozen=True)
class Wanted:
    """Which requests to list: all conditions hold; days are in Bangkok, both included."""

    first: date | None = None
    last: date | None = None
    open_only: bool = False
    late_only: bool = False
    """Late in some part by the clock that rules the request, or by plain time where ``late_by`` says so."""
    late_by: ClockKind = ClockKind.SERVICE
    number: int | None = None


def list_request_rows(
    session: Session, wanted: Wanted, *, now: datetime, calendars: CalendarLoader, oldest_first: bool = False
) -> Iterator[RequestRow]:
    """Requests, newest first by the time of asking, read a few hundred at a time: any number of them fits."""
    order = (_REQUESTS.c.asked_at, _REQUESTS.c.id)
    query = _select(wanted, now).order_by(*(order if oldest_first else (column.desc() for column in order)))
    found = session.execute(query.execution_options(yield_per=ROWS_AT_ONCE))
    for rows in found.partitions():
        yield from _complete(session, rows, now, calendars)


def count_requests(session: Session, wanted: Wanted, now: datetime) -> int:
    """How many requests ``list_request_rows`` would give."""
    return session.execute(select(func.count()).select_from(_REQUESTS).where(*_conditions(wanted, now))).scalar_one()


def find_request_row(session: Session, number: int, *, now: datetime, calendars: CalendarLoader) -> RequestRow | None:
    """One request; None where there is none."""
    return next(list_request_rows(session, Wanted(number=number), now=now, calendars=calendars), None)


def list_history(session: Session, number: int) -> list[dict[str, Any]]:
    """A request's events, the oldest first: LINE's time, our receipt, our recording, and who did it."""
    member, receiver = aliased(Member), aliased(Member)
    query = (
        select(RequestEvent, member.line_user_id, receiver.line_user_id)
        .outerjoin(member, member.id == RequestEvent.member_id)
        .outerjoin(receiver, receiver.id == RequestEvent.to_member_id)
        .where(RequestEvent.request_id == number)
        .order_by(RequestEvent.id)
    )
    return [
        {
            "kind": event.kind.value,
            "at": iso(event.at),
            "received_at": iso(event.received_at),
            "recorded_at": iso(event.recorded_at),
            "by": by,
            "to": to,
            "stage": event.stage.value if event.stage else None,
            "score": event.score,
        }
        for event, by, to in session.execute(query)
    ]


def list_tellings(session: Session, number: int) -> list[dict[str, Any]]:
    """Everything that told the asker of a request and counts: our sending, LINE's acceptance, its kind and cost."""
    rows = session.execute(_select_tellings([number])).all()
    return [{"counts_as": row.counts_as.value, **(_telling_json(_telling_of(row)) or {})} for row in rows]


def iso(at: datetime | None) -> str | None:
    """An instant in Bangkok as ISO 8601 with microseconds."""
    return at.astimezone(BANGKOK).isoformat(timespec="microseconds") if at is not None else None


_REQUESTS = cast(Table, TrackingRequest.__table__)
_OUTBOX, _CALLS = cast(Table, OutboxRow.__table__), cast(Table, LineCall.__table__)


def _select(wanted: Wanted, now: datetime) -> Select[*tuple[Any, ...]]:
    acknowledger, answerer, holder = aliased(Member), aliased(Member), aliased(Member)
    query: Select[*tuple[Any, ...]] = (
        select(
            *(column for column in _REQUESTS.c if column.name != "question"),
            Unit.name.label("unit"),
            acknowledger.line_user_id.label("acknowledger"),
            answerer.line_user_id.label("answerer"),
            holder.line_user_id.label("holder"),
        )
        .select_from(_REQUESTS)
        .join(Unit, Unit.id == _REQUESTS.c.unit_id)
        .outerjoin(acknowledger, acknowledger.id == _REQUESTS.c.acknowledged_by_id)
        .outerjoin(answerer, answerer.id == _REQUESTS.c.answered_by_id)
        .outerjoin(holder, holder.id == _REQUESTS.c.holder_id)
        .where(*_conditions(wanted, now))
    )
    return query


def _conditions(wanted: Wanted, now: datetime) -> Iterator[ColumnElement[bool]]:
    if wanted.number is not None:
        yield _REQUESTS.c.id == wanted.number
    if wanted.first is not None:
        yield _REQUESTS.c.asked_at >= start_of(wanted.first)
    if wanted.last is not None:
        yield _REQUESTS.c.asked_at < start_of(wanted.last + timedelta(days=1))
    if wanted.open_only:
        yield _REQUESTS.c.state.in_(UNANSWERED)
    if wanted.late_only:
        yield or_(*(late_condition(wanted.late_by, part, now) for part in Part))


def _complete(
    session: Session, rows: Sequence[Row[Any]], now: datetime, calendars: CalendarLoader
) -> Iterator[RequestRow]:
    numbers = find_letter_numbers(session, OPERATOR, {row.document_id for row in rows if row.document_id})
    tellings = _tellings(session, [row.id for row in rows])
    for row in rows:
        lengths = {
            Part.ACKNOWLEDGE: _length(row, row.acknowledged_at, calendars),
            Part.ANSWER: _length(row, row.answered_at, calendars),
        }
        yield RequestRow(
            request=row,
            document_number=numbers.get(row.document_id or 0, row.asked_number),
            unit=row.unit,
            acknowledged_by=_by(row, row.acknowledged_at, row.acknowledger),
            answered_by=_by(row, row.answered_at, row.answerer),
            holder=row.holder,
            lengths=lengths,
            outcomes={(clock, part): outcome(row, clock, part, now) for clock in ClockKind for part in Part},
            tellings=_of_latest_round(row, tellings.get(row.id, ())),
            counted_at=now,
        )


def _by(request: Row[Any], done_at: datetime | None, officer: str | None) -> str | None:
    if done_at is None:
        return None
    return officer if request.waits_for_human else MACHINE


def _length(request: Row[Any], done_at: datetime | None, calendars: CalendarLoader) -> Length:
    if done_at is None:
        return NOT_DONE
    calendar = calendars(request.calendar_version, request.service_hours)
    elapsed = max(timedelta(0), done_at - request.clock_started_at)
    service = calendar.service_time(request.clock_started_at, done_at)
    counted = service if request.clock is ClockKind.SERVICE else elapsed
    return Length(elapsed, service, int(counted.total_seconds()))


def _select_tellings(numbers: Collection[int]) -> Select[Any]:
    return (
        select(
            _OUTBOX.c.request_id,
            _OUTBOX.c.counts_as,
            _OUTBOX.c.sent_at,
            _OUTBOX.c.sent_as,
            _CALLS.c.created_at.label("begun_at"),
        )
        .join(_CALLS, _CALLS.c.id == _OUTBOX.c.call_id)
        .where(
            _OUTBOX.c.request_id.in_(numbers),
            _OUTBOX.c.counts_as.is_not(None),
            _OUTBOX.c.state == OutboxState.SENT,
        )
        .order_by(_OUTBOX.c.sent_at, _OUTBOX.c.id)
    )


def _tellings(session: Session, numbers: Collection[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in session.execute(_select_tellings(numbers)):
        found.setdefault(row.request_id, []).append(row)
    return found


def _of_latest_round(request: Row[Any], rows: Sequence[Row[Any]]) -> dict[Part, Telling]:
    """The first word of the latest round that reached the asker, and the first answer."""
    told: dict[Part, Telling] = {}
    for row in rows:
        if row.sent_at < request.clock_started_at:
            continue
        told.setdefault(Part.ACKNOWLEDGE, _telling_of(row))
        if row.counts_as is CountsAs.ANSWER:
            told.setdefault(Part.ANSWER, _telling_of(row))
    return told


def _telling_of(row: Row[Any]) -> Telling:
    return Telling(row.begun_at, row.sent_at, row.sent_as, 0 if row.sent_as is CallMethod.REPLY else 1)


def _telling_json(telling: Telling | None) -> dict[str, Any] | None:
    if telling is None:
        return None
    return {
        "sent_at": iso(telling.sent_at),
        "accepted_at": iso(telling.accepted_at),
        "method": telling.method.value,
        "cost": telling.cost,
    }


def _minutes(length: timedelta | None) -> float | None:
    """Minutes with two decimals."""
    return None if length is None else round(length / timedelta(minutes=1), 2)
