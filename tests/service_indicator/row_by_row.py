"""The service log made row by row from what ``requests list`` reads: the yardstick of the quick way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from random import Random
from typing import Any

from sqlalchemy import insert, select

from messages.files.service_log import COLUMNS
from models.counting import calendar_loader
from models.line_calls import CallState, LineCall
from models.outbox import CallMethod, CountsAs, Importance, OutboxRow, OutboxState
from models.request_log import RequestRow, Wanted, iso, list_request_rows
from models.requests import ClockKind, TrackingRequest
from models.service_kpi import Part
from models.session import Database
from tests.service_indicator.histories import History


def rows_of(database: Database, first: date, last: date, now: datetime) -> list[list[Any]]:
    with database.reading(snapshot=True) as session:
        found = list_request_rows(
            session, Wanted(first, last), now=now, calendars=calendar_loader(session), oldest_first=True
        )
        return [[values[name] for name in COLUMNS] for values in (dict(_values(row)) for row in found)]


def _values(row: RequestRow) -> Iterator[tuple[str, Any]]:
    request = row.request
    yield from {
        "request": request.id,
        "state": request.state.value,
        "asked_by": request.asker_line_id,
        "unit": row.unit,
        "document_number": row.document_number,
        "urgency": request.urgency.value,
        "handled_by": row.handled_by,
        "clock": request.clock.value,
        "acknowledged_by": row.acknowledged_by,
        "answered_by": row.answered_by,
        "withdrawn_at": iso(row.withdrawn_at),
        "counted_at": iso(row.counted_at),
    }.items()
    for name in ("service_hours", "calendar_version", "rounds", "rating"):
        yield name, getattr(request, name)
    for part in Part:
        yield f"{part}_within_seconds", getattr(request, f"{part}_within_seconds")
        yield f"{part}_seconds", row.lengths[part].counted_seconds
        yield f"elapsed_{part}_seconds", row.lengths[part].elapsed_seconds
        yield f"{part}_outcome", row.outcomes[ClockKind.SERVICE, part].value
        yield f"elapsed_{part}_outcome", row.outcomes[ClockKind.ELAPSED, part].value
        yield f"earlier_late_{part}", _yes(getattr(request, f"earlier_late_{part}"))
        yield f"earlier_late_elapsed_{part}", _yes(getattr(request, f"earlier_late_elapsed_{part}"))
        told, prefix = row.tellings.get(part), "acknowledgement" if part is Part.ACKNOWLEDGE else "answer"
        yield f"{prefix}_sent_at", iso(told.sent_at) if told else None
        yield f"{prefix}_method", told.method.value if told else None
        yield f"{prefix}_cost", told.cost if told else None
    for name in COLUMNS:
        if name.endswith("_at") and name not in ("withdrawn_at", "counted_at") and not name.endswith("_sent_at"):
            yield name, iso(getattr(request, name))


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def tell_at_random(history: History, seed: int) -> None:
    """Messages of every kind about some requests, before and after their clocks started, some of them never sent."""
    chance = Random(seed)
    with history.database.transaction() as session:
        for request in session.scalars(select(TrackingRequest)).all():
            for _ in range(chance.randint(0, 4)):
                after = chance.choice([-3600, -1, 0, 0, 1, 59, 600])
                at = request.clock_started_at.replace(microsecond=chance.choice([0, 1, 999_999]))
                at = at.fromtimestamp(at.timestamp() + after, at.tzinfo)
                method = chance.choice(list(CallMethod))
                call = session.execute(
                    insert(LineCall).values(
                        method=method,
                        recipients="[]",
                        messages="[]",
                        importance=Importance.PROMISE,
                        state=CallState.ACCEPTED,
                        created_at=at,
                        next_try_at=at,
                    )
                )
                session.execute(
                    insert(OutboxRow).values(
                        recipient=request.asker_line_id,
                        messages="[]",
                        message_count=1,
                        importance=Importance.PROMISE,
                        state=chance.choice(
                            [OutboxState.SENT, OutboxState.SENT, OutboxState.SENT, OutboxState.GIVEN_UP]
                        ),
                        request_id=request.id,
                        counts_as=chance.choice([None, *CountsAs]),
                        call_id=call.inserted_primary_key[0],
                        created_at=at,
                        sent_at=at,
                        sent_as=method,
                    )
                )


def ask_about_letters(history: History, letters: list[int], seed: int) -> None:
    """Let some requests be about letters, some of them secret, and others name a number in words."""
    chance = Random(seed)
    with history.database.transaction() as session:
        for request in session.scalars(select(TrackingRequest)).all():
            request.document_id = chance.choice([None, *letters])
            request.asked_number = chance.choice([None, "กท 1/2", 'กท 3, "ด่วน"', "=1+1", "-5", "ก;=2", "\n@x", " ＝3"])
