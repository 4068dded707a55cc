"""The clock of a request: the promise frozen on it, and the timers that watch it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.request_timers import RequestTimer, TimerKind
from models.requests import ClockKind, TrackingRequest
from models.service_terms import ServiceTerms


def clock_values(terms: ServiceTerms, started_at: datetime, clock: ClockKind) -> dict[str, Any]:
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


def set_timers(session: Session, request: TrackingRequest, terms: ServiceTerms) -> None:
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
