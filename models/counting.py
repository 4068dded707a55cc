"""Requests as the indicator counts them: how each stands by either clock, and how long it took."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, Table, and_, case, literal_column, or_, select, text
from sqlalchemy.orm import Session

from models.requests import ClockKind, RequestState, TrackingRequest
from models.service_calendar import load_calendar
from models.service_kpi import CountedRequest, Outcome, Part, outcome_of
from models.service_terms import read_hours
from models.working_time import BANGKOK, ServiceCalendar

CalendarLoader = Callable[[int, str], ServiceCalendar]
"""The calendar at a version, with the hours as settings write them."""


def calendar_loader(session: Session) -> CalendarLoader:
    """Read each calendar once; for one transaction."""
    known: dict[tuple[int, str], ServiceCalendar] = {}

    def load(version: int, hours_text: str) -> ServiceCalendar:
        key = version, hours_text
        if key not in known:
            known[key] = load_calendar(session, read_hours(hours_text), version)
        return known[key]

    return load


_REQUESTS = cast(Table, TrackingRequest.__table__)
IS_COUNTED: ColumnElement[bool] = literal_column("requests.is_counted")
IS_NOT_COUNTED = text("NOT requests.is_counted")
"""Written as the partial index ``ix_requests_not_counted`` has it, so that SQLite uses it."""

_COLUMNS = (
    *("id", "asker_line_id", "waits_for_human", "state", "asked_at", "clock", "clock_started_at", "service_hours"),
    *("calendar_version", "acknowledge_due_at", "answer_due_at", "elapsed_acknowledge_due_at"),
    *("elapsed_answer_due_at", "acknowledged_at", "answered_at", "withdrawn_at", "earlier_late_acknowledge"),
    *("earlier_late_answer", "earlier_late_elapsed_acknowledge", "earlier_late_elapsed_answer", "invited_at", "rating"),
    *("acknowledge_seconds", "answer_seconds", "elapsed_acknowledge_seconds", "elapsed_answer_seconds", "is_counted"),
)


def select_countable() -> Select[Any]:
    """The columns of requests that ``as_counted`` reads."""
    return select(*(_REQUESTS.c[name] for name in _COLUMNS))


def as_counted(row: Row[Any] | TrackingRequest, calendars: CalendarLoader, now: datetime) -> CountedRequest:
    """A request as the indicator sees it at an instant."""
    seconds = _kept_seconds(row) if row.is_counted else seconds_of(row, calendars)
    return CountedRequest(
        asker=row.asker_line_id,
        by_human=row.waits_for_human,
        withdrawn=row.state is RequestState.WITHDRAWN,
        acknowledge=outcome(row, ClockKind.SERVICE, Part.ACKNOWLEDGE, now),
        answer=outcome(row, ClockKind.SERVICE, Part.ANSWER, now),
        elapsed_acknowledge=outcome(row, ClockKind.ELAPSED, Part.ACKNOWLEDGE, now),
        elapsed_answer=outcome(row, ClockKind.ELAPSED, Part.ANSWER, now),
        invited=row.invited_at is not None,
        rating=row.rating,
        **seconds,
    )


def outcome(row: Row[Any] | TrackingRequest, clock: ClockKind, part: Part, now: datetime) -> Outcome:
    """How a part of a request stands: by the clock that rules it (``service``), or by plain time."""
    elapsed = clock is ClockKind.ELAPSED
    if part is Part.ACKNOWLEDGE:
        done_at = row.acknowledged_at
        due_at = row.elapsed_acknowledge_due_at if elapsed else row.acknowledge_due_at
        was_late = row.earlier_late_elapsed_acknowledge if elapsed else row.earlier_late_acknowledge
    else:
        done_at = row.answered_at
        due_at = row.elapsed_answer_due_at if elapsed else row.answer_due_at
        was_late = row.earlier_late_elapsed_answer if elapsed else row.earlier_late_answer
    ended_at = row.withdrawn_at if row.state is RequestState.WITHDRAWN else None
    return outcome_of(done_at=done_at, due_at=due_at, withdrawn_at=ended_at, was_late=was_late, now=now)


def seconds_of(row: Row[Any] | TrackingRequest, calendars: CalendarLoader) -> dict[str, int | None]:
    """How long the latest round took in whole seconds, rounded down; by the clock that rules it and by plain time."""
    rules = None
    if row.clock is ClockKind.SERVICE and row.acknowledged_at is not None:
        rules = calendars(row.calendar_version, row.service_hours)
    lengths: dict[str, int | None] = {}
    for part, done_at in ((Part.ACKNOWLEDGE, row.acknowledged_at), (Part.ANSWER, row.answered_at)):
        elapsed = own = None
        if done_at is not None:
            elapsed = own = max(0, int((done_at - row.clock_started_at).total_seconds()))
            if rules is not None:
                own = int(rules.service_time(row.clock_started_at, done_at).total_seconds())
        lengths |= {f"{part}_seconds": own, f"elapsed_{part}_seconds": elapsed}
    return lengths


def _kept_seconds(row: Row[Any] | TrackingRequest) -> dict[str, int | None]:
    return {
        "acknowledge_seconds": row.acknowledge_seconds,
        "answer_seconds": row.answer_seconds,
        "elapsed_acknowledge_seconds": row.elapsed_acknowledge_seconds,
        "elapsed_answer_seconds": row.elapsed_answer_seconds,
    }


def month_of(at: datetime) -> date:
    """First day of the month of an instant, in Bangkok."""
    return at.astimezone(BANGKOK).date().replace(day=1)


def month_after(month: date) -> date:
    """First day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def start_of(day: date) -> datetime:
    """Midnight in Bangkok at which a day begins."""
    return datetime.combine(day, time.min, BANGKOK)


def late_condition(clock: ClockKind, part: Part, now: datetime) -> ColumnElement[bool]:
    """The same as ``outcome(…) is Outcome.LATE``, for the database to sort out."""
    prefix = "elapsed_" if clock is ClockKind.ELAPSED else ""
    columns = _REQUESTS.c
    done_at = columns.acknowledged_at if part is Part.ACKNOWLEDGE else columns.answered_at
    due_at = columns[f"{prefix}{part}_due_at"]
    waits = and_(done_at.is_(None), columns.state != RequestState.WITHDRAWN)
    given_up = and_(done_at.is_(None), columns.state == RequestState.WITHDRAWN, columns.withdrawn_at > due_at)
    was_late = columns[f"earlier_late_{prefix}{part}"]
    return or_(was_late, done_at > due_at, given_up, and_(waits, due_at < now))


def outcome_expression(clock: ClockKind, part: Part, now: datetime) -> ColumnElement[str]:
    """The same as ``outcome(…)``, reckoned by the database."""
    done_at = _REQUESTS.c.acknowledged_at if part is Part.ACKNOWLEDGE else _REQUESTS.c.answered_at
    return case(
        (late_condition(clock, part, now), Outcome.LATE.value),
        (done_at.is_not(None), Outcome.IN_TIME.value),
        (_REQUESTS.c.state == RequestState.WITHDRAWN, Outcome.LEFT_OUT.value),
        else_=Outcome.PENDING.value,
    )
