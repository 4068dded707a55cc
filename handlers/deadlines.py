"""Deadlines of requests: who is told of a timer that fired, and what."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from handlers.context import Messages, tell
from handlers.duty import card_for
from messages import deadlines as view
from messages.deadlines import DueRequest
from models import duty_shifts, visibility
from models.outbox import Importance, Outgoing
from models.request_timers import SAYS_LATE, DueTimer, TimerKind
from models.requests import ClockKind
from models.units import get_unit_names
from models.visibility import OPERATOR
from models.working_time import ServiceCalendar

WAITED = "นอกเวลา"
"""The mark of a request that came while the office was closed."""
_MINUTE = timedelta(minutes=1)


def tell_of_deadlines(
    session: Session, timers: Sequence[DueTimer], calendar: ServiceCalendar, now: datetime, *, plainly: bool = False
) -> list[Outgoing]:
    """What goes out for timers that fired together: one push for each person, however many requests it speaks of.

    Reminders go to those on duty, of an answer also to the officer who has the request in hand; what is late goes to
    the supervisors, or to the admins where there is none.

    Args:
        session: an open transaction.
        timers: of ``take_due_timers``.
        calendar: of now.
        now: the present.
        plainly: name the requests in a line of text instead of showing them.
    """
    timers_of: dict[str, dict[int, DueTimer]] = defaultdict(dict)
    for timer, recipients in _with_recipients(session, timers, calendar, now):
        for recipient in recipients:
            timers_of[recipient][timer.id] = timer
    people_with: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for recipient, by_id in timers_of.items():
        people_with[tuple(by_id)].append(recipient)
    rows = {} if plainly else _rows(session, timers, calendar, now)
    outgoing: list[Outgoing] = []
    for ids, people in people_with.items():
        mine = [timer for timer in timers if timer.id in set(ids)]
        numbers = sorted({timer.request.number for timer in mine})
        messages = view.requests_due(numbers) if plainly else _messages(session, mine, rows, now)
        outgoing += tell(people, messages, f"deadlines:{ids[0]}:{len(outgoing)}", Importance.PROMISE)
    return outgoing


def _with_recipients(
    session: Session, timers: Sequence[DueTimer], calendar: ServiceCalendar, now: datetime
) -> Iterable[tuple[DueTimer, Sequence[str]]]:
    supervisors = duty_shifts.who_stands_in(session).line_user_ids
    on_duty = duty_shifts.who_to_tell(session, calendar, now).line_user_ids
    for timer in timers:
        if timer.kind in SAYS_LATE:
            yield timer, supervisors
        elif timer.kind is TimerKind.ANSWER_SOON and timer.holder_line_id is not None:
            yield timer, [*on_duty, timer.holder_line_id]
        else:
            yield timer, on_duty


def _rows(
    session: Session, timers: Sequence[DueTimer], calendar: ServiceCalendar, now: datetime
) -> dict[int, DueRequest]:
    """What a card says of each timer's request, by timer."""
    requests = [timer.request for timer in timers]
    unit_names = get_unit_names(session, {request.unit_id for request in requests})
    about = {request.document_id for request in requests if request.document_id is not None}
    letter_numbers = visibility.find_letter_numbers(session, OPERATOR, about)
    return {
        timer.id: DueRequest(
            request=timer.request,
            unit_name=unit_names.get(timer.request.unit_id, ""),
            letter_number=letter_numbers.get(timer.request.document_id or 0, ""),
            minutes_left=_minutes_left(timer, calendar, now),
            late_to_acknowledge=timer.after if timer.kind is TimerKind.ACKNOWLEDGE_LATE else None,
            late_to_answer=timer.after if timer.kind is TimerKind.ANSWER_LATE else None,
            holder=timer.holder_name,
        )
        for timer in timers
    }


def _minutes_left(timer: DueTimer, calendar: ServiceCalendar, now: datetime) -> int:
    """Minutes until the part that the timer is about is late, begun ones counted."""
    request = timer.request
    due_at = request.answer_due_at if timer.kind is TimerKind.ANSWER_SOON else request.acknowledge_due_at
    left = calendar.service_time(now, due_at) if timer.clock is ClockKind.SERVICE else due_at - now
    return max(0, math.ceil(left / _MINUTE))


def _messages(session: Session, timers: Sequence[DueTimer], rows: dict[int, DueRequest], now: datetime) -> Messages:
    """One card for each kind of news, the gravest first."""

    def of(*kinds: TimerKind) -> list[DueRequest]:
        return [rows[timer.id] for timer in timers if timer.kind in kinds]

    late, unanswered = _merged(of(*SAYS_LATE)), of(TimerKind.ANSWER_SOON)
    unacknowledged, waiting = of(TimerKind.ACKNOWLEDGE_SOON), of(TimerKind.HAND_OUT)
    return [
        *(view.overdue(late) if late else []),
        *(view.not_answered(unanswered, now) if unanswered else []),
        *(view.not_acknowledged(unacknowledged, now) if unacknowledged else []),
        *(_handed_out(session, waiting, now) if waiting else []),
    ]


def _handed_out(session: Session, waiting: Sequence[DueRequest], now: datetime) -> Messages:
    """The card that an officer would have got at once, or a list where several came."""
    if len(waiting) > 1:
        return view.waiting_at_opening(waiting, now)
    return card_for(session, waiting[0].request, now, mark=WAITED)


def _merged(rows: Sequence[DueRequest]) -> list[DueRequest]:
    """One row for each request, late in one part or in both."""
    merged: dict[int, DueRequest] = {}
    for row in rows:
        known = merged.setdefault(row.request.number, row)
        merged[row.request.number] = replace(
            known,
            late_to_acknowledge=known.late_to_acknowledge or row.late_to_acknowledge,
            late_to_answer=known.late_to_answer or row.late_to_answer,
        )
    return list(merged.values())
