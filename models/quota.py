"""The month's message quota: what LINE last told, what was charged since, and what was planned with it.

LINE is asked every few minutes. What calls cost in between is counted from their rows, so that news never takes what
is kept for promises, whichever worker sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, case, column, func, literal, select, table
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, UTCDateTime
from models.quota_plan import QuotaPlan, Stage, start_of_month, start_of_next_month

PLENTY = 5_000
"""Room at which nobody waits for another: more than ten workers can take at one moment, 500 people in a call each."""


class QuotaState(Base):
    """One row: allowance and use. ``allowance`` is None where the plan has no limit."""

    __tablename__ = "quota_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    allowance: Mapped[int | None]
    used: Mapped[int | None]
    checked_at: Mapped[datetime | None]
    exhausted_until: Mapped[datetime | None]
    last_call_id: Mapped[int | None] = mapped_column(BigId)
    """The newest call that was over when ``used`` was read: what later ones cost may not be in it yet."""
    reserved: Mapped[int | None]
    """Messages kept for promises until the month's end, as planned last; None where nothing was planned."""
    forecast: Mapped[int | None]
    """What the whole month is expected to cost."""
    stage: Mapped[str | None] = mapped_column(String(16))
    """How far summaries step back for promises (``quota_plan.Stage``)."""
    planned_at: Mapped[datetime | None]
    warned: Mapped[str | None] = mapped_column(String(16))
    """The last warning of operators: month and percent, ``2026-11:80``."""
    counted_call_id: Mapped[int | None] = mapped_column(BigId)
    """The newest call that ``models.quota_days`` counted; all before it are over."""


_CALLS = table(
    "line_calls",
    column("id"),
    column("method"),
    column("state"),
    column("recipients"),
    column("charged_messages"),
    column("finished_at", UTCDateTime()),
)
"""The few columns of ``models.line_calls`` that matter here: that module asks this one for room."""
_COMMAS = func.length(_CALLS.c.recipients) - func.length(func.replace(_CALLS.c.recipients, ",", ""))
_WILL_COST = case((_CALLS.c.method == "reply", 0), else_=_COMMAS + 1)
"""A JSON list of LINE ids, which have no commas."""


@dataclass(frozen=True)
class Quota:
    """The month's quota.

    Attributes:
        allowance: messages a month; None where unlimited or not yet read.
        used: messages used by the last reading; None where not yet read this month.
        exhausted_until: no push is tried before this instant; None while there is quota.
        cost_since: what was charged since then, and what calls on their way will be.
        reserved: kept for promises; None where nothing was planned.
        forecast: what the whole month is expected to cost; None where nothing was planned.
        stage: how far summaries step back; None where nothing was planned.
    """

    allowance: int | None
    used: int | None
    checked_at: datetime | None
    exhausted_until: datetime | None
    cost_since: int = 0
    reserved: int | None = None
    forecast: int | None = None
    stage: Stage | None = None

    @property
    def used_now(self) -> int | None:
        """Messages used, with what was charged since LINE told; None where LINE has not told."""
        return None if self.used is None else self.used + self.cost_since

    @property
    def left(self) -> int | None:
        """Messages left this month; None where unknown or unlimited."""
        if self.allowance is None or self.used_now is None:
            return None
        return max(0, self.allowance - self.used_now)


def get_quota(session: Session) -> Quota:
    """What is known of the quota now."""
    row = session.get(QuotaState, 1)
    if row is None:
        return Quota(None, None, None, None)
    return Quota(
        allowance=row.allowance,
        used=row.used,
        checked_at=row.checked_at,
        exhausted_until=row.exhausted_until,
        cost_since=_cost_since(session, row),
        reserved=row.reserved,
        forecast=row.forecast,
        stage=Stage(row.stage) if row.stage else None,
    )


def find_last_finished_call(session: Session) -> int:
    """The newest call such that it and all before it are over; 0 where there is none. Asked before LINE is."""
    oldest_open = session.scalar(select(func.min(_CALLS.c.id)).where(_CALLS.c.state == "open"))
    if oldest_open is not None:
        return int(oldest_open) - 1
    return session.scalar(select(func.max(_CALLS.c.id))) or 0


def record_quota(
    session: Session, allowance: int | None, used: int, now: datetime, last_call_id: int | None = None
) -> bool:
    """Store what LINE says; gives whether there are messages left, so that whatever is parked may go on.

    Not only the moment at which messages come back counts: a worker that had asked just before parks just after.

    Args:
        session: an open transaction.
        allowance: messages a month; None where there is no limit.
        used: of them.
        now: just before LINE was asked.
        last_call_id: of ``find_last_finished_call``, before LINE was asked.
    """
    row = lock_state(session)
    row.allowance, row.used, row.checked_at, row.last_call_id = allowance, used, now, last_call_id
    has_room = allowance is None or used < allowance
    if has_room:
        row.exhausted_until = None
    return has_room


def record_exhausted(session: Session, now: datetime) -> None:
    """LINE refused a push for the month's limit: no push before the next month or a better reading."""
    lock_state(session).exhausted_until = start_of_next_month(now)


def is_new_month(known: Quota, now: datetime) -> bool:
    """Whether what is known of the quota is of a month that is over."""
    if known.exhausted_until is not None:
        return known.exhausted_until <= now
    return known.used is not None and known.checked_at is not None and known.checked_at < start_of_month(now)


def record_new_month(session: Session) -> None:
    """A new month began: pushes are tried again, and what was used is not known until LINE tells."""
    row = lock_state(session)
    row.exhausted_until, row.used, row.last_call_id = None, None, None
    row.reserved, row.forecast, row.stage, row.planned_at = None, None, None, None


def record_plan(session: Session, plan: QuotaPlan, now: datetime) -> None:
    """Store what was planned."""
    row = lock_state(session)
    row.reserved, row.forecast, row.stage, row.planned_at = plan.reserved, plan.forecast, plan.stage.value, now


def find_warning(session: Session) -> str | None:
    """The last warning that operators had."""
    row = session.get(QuotaState, 1)
    return row.warned if row is not None else None


def record_warning(session: Session, warned: str) -> None:
    """Operators are told; ``warned`` is what ``quota_plan.warning_due`` gave."""
    lock_state(session).warned = warned


def push_allowed(session: Session, now: datetime) -> bool:
    """Whether a push may be tried."""
    row = session.get(QuotaState, 1)
    return row is None or row.exhausted_until is None or row.exhausted_until <= now


def find_stage(session: Session) -> Stage:
    """How far summaries step back now; not at all where nothing was planned yet."""
    row = session.get(QuotaState, 1)
    return Stage(row.stage) if row is not None and row.stage else Stage.FULL


def find_left(session: Session) -> int | None:
    """Messages left this month; None where there is no limit that we know of."""
    row = session.get(QuotaState, 1)
    if row is None or row.allowance is None or row.used is None:
        return None
    return max(0, row.allowance - row.used - _cost_since(session, row))


def room_for_news(session: Session) -> int | None:
    """Messages that news may cost now without touching the reserve for promises; None where there is no limit.

    Where LINE has not told the use, or nothing was planned yet, there is no limit that we know of. Where room is short,
    the caller holds the quota's row until its transaction ends: of workers that claim news side by side each sees what
    those before it took, and together they take no more than there is.
    """
    row = session.get(QuotaState, 1)
    if row is None or row.allowance is None or row.used is None or row.reserved is None:
        return None
    if row.allowance - row.used - row.reserved < PLENTY:
        row = lock_state(session)
    return _room(session, row)


def lock_state(session: Session) -> QuotaState:
    """The quota's row, nobody else's until the transaction ends; made where there is none."""
    session.flush()  # reading the row anew would forget what was changed and not yet written
    row = session.get(QuotaState, 1, with_for_update=True, populate_existing=True)
    if row is None:
        row = QuotaState(id=1)
        session.add(row)
    return row


def _room(session: Session, row: QuotaState) -> int | None:
    if row.allowance is None or row.used is None or row.reserved is None:
        return None
    return max(0, row.allowance - row.used - row.reserved - _cost_since(session, row))


def _cost_since(session: Session, row: QuotaState) -> int:
    """What calls that ended since LINE was asked were charged, and what those on their way will cost."""
    on_the_way = select(func.sum(_WILL_COST)).where(_CALLS.c.state == "open").scalar_subquery()
    return int(session.scalar(select(func.coalesce(on_the_way, 0) + func.coalesce(_ended_since(row), 0))) or 0)


def _ended_since(row: QuotaState) -> ColumnElement[int]:
    if row.last_call_id is None or row.checked_at is None:
        return literal(0)
    ended = select(func.sum(_CALLS.c.charged_messages)).where(
        _CALLS.c.id > row.last_call_id, _CALLS.c.finished_at >= row.checked_at
    )
    return ended.scalar_subquery()
