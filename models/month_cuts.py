"""Cuts: the figures of a month as they stood when it was closed; what changes later is listed as a correction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Text, and_, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.counting import CalendarLoader, month_after, month_of, outcome, start_of
from models.errors import Invalid
from models.members import Member
from models.requests import ClockKind, RequestEvent, RequestEventKind, TrackingRequest
from models.service_figures import read_figures
from models.service_kpi import Outcome, Part

CUT_AFTER = timedelta(days=2, minutes=10)
"""A month is cut by itself on the third day of the next one, at 00.10 in Bangkok."""

_ACCEPTANCES = {Part.ACKNOWLEDGE: RequestEventKind.ACKNOWLEDGED, Part.ANSWER: RequestEventKind.ANSWERED}


class MonthCut(Base):
    """The figures of a month as they stood when it was closed; a row is never changed."""

    __tablename__ = "service_month_cuts"

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    cut_at: Mapped[datetime]
    figures: Mapped[str] = mapped_column(Text)
    """The indicator by each clock, as JSON: ``{"service": {…}, "elapsed": {…}}``."""


@dataclass(frozen=True)
class Cut:
    """A month, when it was cut, and the indicator as it stood by each clock, under the contract's names."""

    month: date
    cut_at: datetime
    figures: dict[ClockKind, dict[str, Any]]


@dataclass(frozen=True)
class Correction:
    """Something that happened to a request of a month after the month was cut.

    Attributes:
        request: its number.
        kind: an event's kind; ``accepted`` where LINE took an earlier word only now; ``became_late`` where a deadline
            that lay ahead at the cut passed.
        at: when it happened.
        recorded_at: when we wrote it down.
        by: LINE user id of who did it; None for the machine, LINE, time, or somebody whose registration is gone.
        detail: the score of a rating, the stage of an answer, or the part that is meant; empty where there is none.
    """

    request: int
    kind: str
    at: datetime
    recorded_at: datetime
    by: str | None
    detail: str


def find_cut(session: Session, month: date) -> Cut | None:
    """The cut of a month, given by its first day; None where there is none yet."""
    row = session.get(MonthCut, month)
    if row is None:
        return None
    figures = {ClockKind(name): told for name, told in json.loads(row.figures).items()}
    return Cut(row.month, row.cut_at, figures)


def find_cut_of_period(session: Session, first: date, last: date) -> Cut | None:
    """The cut where a period is exactly one month that has one."""
    is_month = first.day == 1 and month_after(first) == last + timedelta(days=1)
    return find_cut(session, first) if is_month else None


def is_due(session: Session, now: datetime) -> date | None:
    """The month before, where the time to cut it has come and that is not done; None too where nothing was asked."""
    this_month = month_of(now)
    month = month_of(start_of(this_month) - timedelta(days=1))
    if now < start_of(this_month) + CUT_AFTER or find_cut(session, month) is not None:
        return None
    earliest = select(TrackingRequest.id).where(TrackingRequest.asked_at < start_of(this_month)).limit(1)
    return month if session.scalar(earliest) is not None else None


def cut_month(session: Session, month: date, *, now: datetime, calendars: CalendarLoader) -> bool:
    """Keep a month's figures as they stand; False where somebody did so already.

    Raises:
        Invalid: ``month_not_over`` (month).
    """
    after = month_after(month)
    if now < start_of(after):
        raise Invalid("month_not_over", month=f"{month:%Y-%m}")
    if find_cut(session, month) is not None:
        return False
    figures = read_figures(session, month, after - timedelta(days=1), now=now, calendars=calendars)
    values = {
        "month": month,
        "cut_at": now,
        "figures": json.dumps({clock.value: report.as_json() for clock, report in figures.items()}),
    }
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    added = session.execute(insert(MonthCut).values(values).on_conflict_do_nothing().returning(MonthCut.month))
    return added.first() is not None


def list_corrections(session: Session, cut: Cut, now: datetime) -> list[Correction]:
    """What happened to requests of a month after its cut, the oldest first."""
    events = _list_events(session, cut)
    told = {(correction.request, correction.kind) for correction in events}
    rest = [
        correction
        for correction in _list_silent_changes(session, cut, now)
        if (correction.request, correction.kind) not in told
    ]
    rest = [_as_acceptance(correction) for correction in rest]
    return sorted([*events, *rest], key=lambda one: (one.recorded_at, one.request))


def _asked_in(month: date) -> Any:
    return and_(TrackingRequest.asked_at >= start_of(month), TrackingRequest.asked_at < start_of(month_after(month)))


def _list_events(session: Session, cut: Cut) -> list[Correction]:
    query = (
        select(RequestEvent, Member.line_user_id)
        .join(TrackingRequest, TrackingRequest.id == RequestEvent.request_id)
        .outerjoin(Member, Member.id == RequestEvent.member_id)
        .where(_asked_in(cut.month), RequestEvent.recorded_at > cut.cut_at)
    )
    return [
        Correction(
            request=event.request_id,
            kind=event.kind.value,
            at=event.at,
            recorded_at=event.recorded_at,
            by=by,
            detail=str(event.score or event.stage or ""),
        )
        for event, by in session.execute(query)
    ]


def _list_silent_changes(session: Session, cut: Cut, now: datetime) -> list[Correction]:
    """What changes a figure without an event: LINE's acceptance of an earlier word, and a deadline that passes."""
    changed = or_(
        TrackingRequest.acknowledged_at > cut.cut_at,
        TrackingRequest.answered_at > cut.cut_at,
        TrackingRequest.acknowledge_due_at > cut.cut_at,
        TrackingRequest.answer_due_at > cut.cut_at,
    )
    found: list[Correction] = []
    for request in session.scalars(select(TrackingRequest).where(_asked_in(cut.month), changed)):
        for part, done_at, due_at in (
            (Part.ACKNOWLEDGE, request.acknowledged_at, request.acknowledge_due_at),
            (Part.ANSWER, request.answered_at, request.answer_due_at),
        ):
            if done_at is not None and done_at > cut.cut_at:
                found.append(Correction(request.id, _ACCEPTANCES[part].value, done_at, done_at, None, part.value))
            if due_at > cut.cut_at and outcome(request, ClockKind.SERVICE, part, now) is Outcome.LATE:
                found.append(Correction(request.id, "became_late", due_at, due_at, None, part.value))
    return found


def _as_acceptance(correction: Correction) -> Correction:
    if correction.kind == "became_late":
        return correction
    return Correction(
        correction.request, "accepted", correction.at, correction.recorded_at, correction.by, correction.detail
    )
