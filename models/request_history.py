"""Appending to a request's history: who did what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.documents import BANGKOK, Stage
from models.requests import RequestEvent, RequestEventKind


@dataclass(frozen=True)
class Deed:
    """Who did something, and when: LINE's time, our receipt of it, and now."""

    member_id: int
    at: datetime
    received_at: datetime
    now: datetime


def record_events(
    session: Session,
    numbers: Sequence[int],
    kind: RequestEventKind,
    deed: Deed,
    *,
    to_member_id: int | None = None,
    stage: Stage | None = None,
) -> None:
    """Append the same event to several requests, on somebody's word."""
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


def midnight_before(now: datetime) -> datetime:
    """When the day of an instant began, in Bangkok."""
    return now.astimezone(BANGKOK).replace(hour=0, minute=0, second=0, microsecond=0)
