"""What the demo's summaries tell of the service: letters that were asked for in the past weeks, some answered late.

Invented by a rule that gives the same each time; nobody of the demo asked them, so no chat shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.documents import BANGKOK
from models.request_clocks import clock_values
from models.requests import ClockKind, RequestState, TrackingRequest
from models.service_terms import ServiceTerms
from models.units import list_units

DAYS = 45
A_DAY = 3
ASKERS = 29
_OPENS = timedelta(hours=8, minutes=40)


def add_past_requests(session: Session, terms: ServiceTerms, now: datetime) -> None:
    """Fill the weeks before today with answered requests: most by the machine, some by officers, a few of them late.

    Args:
        session: an open transaction, in which the units are.
        terms: what is promised.
        now: the present; today is left to who tries the demo.
    """
    units = [unit.id for unit in list_units(session)]
    session.execute(insert(TrackingRequest), list(_requests(terms, units, now)))


def _requests(terms: ServiceTerms, units: list[int], now: datetime) -> Iterator[dict[str, Any]]:
    midnight = now.astimezone(BANGKOK).replace(hour=0, minute=0, second=0, microsecond=0)
    number = 0
    for back in range(DAYS, 0, -1):
        day = midnight - timedelta(days=back)
        if not terms.calendar.is_working_day(day.date()):
            continue
        for turn in range(A_DAY):
            number += 1
            asked_at = day + _OPENS + timedelta(minutes=number * 53 % 400 + turn)
            yield _request(number, asked_at, terms, units[number % len(units)])


def _request(number: int, asked_at: datetime, terms: ServiceTerms, unit_id: int) -> dict[str, Any]:
    by_human = number % 3 == 0
    acknowledged_after = timedelta(minutes=2 + number % 11, seconds=number % 60) if by_human else timedelta(seconds=2)
    is_late = number % 15 == 0
    answered_after = acknowledged_after + timedelta(minutes=37 if is_late else number % 14)
    answered_at = asked_at + (answered_after if by_human else acknowledged_after)
    is_rated = number % 4 == 0
    return {
        "asker_line_id": f"U{'de' * 14}{number * 7 % ASKERS:04x}",
        "unit_id": unit_id,
        "question": "",
        "asked_at": asked_at,
        "received_at": asked_at,
        "state": RequestState.ANSWERED,
        "waits_for_human": by_human,
        **clock_values(terms, asked_at, ClockKind.SERVICE if by_human else ClockKind.ELAPSED),
        "acknowledged_at": asked_at + acknowledged_after,
        "answered_at": answered_at,
        "invited_at": answered_at if number % 2 == 0 else None,
        "rating": (5, 4, 5, 3)[number // 4 % 4] if is_rated else None,
        "rated_at": answered_at if is_rated else None,
    }
