"""The month's message quota as LINE last told it, and whether it is used up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId

LINE_MONTH_ZONE = timezone(timedelta(hours=9))
"""LINE counts its months in UTC+9 (delivery and insight figures are given so)."""


class QuotaState(Base):
    """One row: allowance and use. ``allowance`` is None where the plan has no limit."""

    __tablename__ = "quota_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    allowance: Mapped[int | None]
    used: Mapped[int | None]
    checked_at: Mapped[datetime | None]
    exhausted_until: Mapped[datetime | None]
    last_call_id: Mapped[int | None] = mapped_column(BigId)
    """The newest call to LINE when ``used`` was read: what later ones cost is not in it yet."""
    reserved: Mapped[int | None]
    """Messages kept for promises until the month's end, as planned last; None where nothing was planned."""
    forecast: Mapped[int | None]
    """What the whole month is expected to cost."""
    stage: Mapped[str | None] = mapped_column(String(16))
    """How far summaries step back for promises (``quota_plan.Stage``)."""
    planned_at: Mapped[datetime | None]
    warned: Mapped[str | None] = mapped_column(String(16))
    """The last warning of operators: month and percent, ``2026-11:80``."""


@dataclass(frozen=True)
class Quota:
    """The month's quota.

    Attributes:
        allowance: messages a month; None where unlimited or not yet read.
        used: messages used; None where not yet read.
        exhausted_until: no push is tried before this instant; None while there is quota.
    """

    allowance: int | None
    used: int | None
    checked_at: datetime | None
    exhausted_until: datetime | None

    @property
    def left(self) -> int | None:
        """Messages left this month; None where unknown or unlimited."""
        if self.allowance is None or self.used is None:
            return None
        return max(0, self.allowance - self.used)


def get_quota(session: Session) -> Quota:
    """What is known of the quota now."""
    row = session.get(QuotaState, 1)
    if row is None:
        return Quota(None, None, None, None)
    return Quota(row.allowance, row.used, row.checked_at, row.exhausted_until)


def record_quota(session: Session, allowance: int | None, used: int, now: datetime) -> bool:
    """Store what LINE says; gives whether there are messages left, so that whatever is parked may go on.

    Not only the moment at which messages come back counts: a worker that had asked just before parks just after.
    """
    row = _row(session)
    row.allowance, row.used, row.checked_at = allowance, used, now
    has_room = allowance is None or used < allowance
    if has_room:
        row.exhausted_until = None
    return has_room


def record_exhausted(session: Session, now: datetime) -> None:
    """LINE refused a push for the month's limit: no push before the next month or a better reading."""
    row = _row(session)
    row.exhausted_until = start_of_next_month(now)


def record_new_month(session: Session) -> None:
    """A new month began: pushes are tried again, and what was used is not known until LINE tells."""
    row = _row(session)
    row.exhausted_until, row.used = None, None


def push_allowed(session: Session, now: datetime) -> bool:
    """Whether a push may be tried."""
    row = session.get(QuotaState, 1)
    return row is None or row.exhausted_until is None or row.exhausted_until <= now


def room_for_news(session: Session) -> int | None:
    """Messages that news may cost now without touching the reserve for promises; None where there is no limit.

    Where LINE has not told the use, or nothing was planned yet, there is no limit that we know of.
    """
    row = session.get(QuotaState, 1)
    if row is None or row.allowance is None or row.used is None or row.reserved is None:
        return None
    return max(0, row.allowance - row.used - row.reserved)


def start_of_next_month(now: datetime) -> datetime:
    """The instant at which LINE's next month begins."""
    local = now.astimezone(LINE_MONTH_ZONE)
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)
    return datetime(year, month, 1, tzinfo=LINE_MONTH_ZONE)


def _row(session: Session) -> QuotaState:
    row = session.get(QuotaState, 1)
    if row is None:
        row = QuotaState(id=1)
        session.add(row)
    return row
