"""What a person wants to be told of without asking, and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Date, ForeignKey, String, Time, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.members import Member
from models.periods import PeriodKind
from models.working_time import BANGKOK

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuietHours:
    """Hours in Bangkok in which news waits, from ``begins`` until just before ``ends``; they may span midnight.

    >>> nights = QuietHours(time(20), time(7))
    >>> nights.ends_after(datetime(2026, 11, 20, 23, 30, tzinfo=BANGKOK))
    datetime.datetime(2026, 11, 21, 7, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=25200), 'Asia/Bangkok'))
    >>> nights.ends_after(datetime(2026, 11, 20, 12, 0, tzinfo=BANGKOK)) is None
    True
    """

    begins: time
    ends: time

    def ends_after(self, now: datetime) -> datetime | None:
        """When the quiet hours that an instant lies in are over; None where it lies in none."""
        local = now.astimezone(BANGKOK)
        clock = local.time()
        if self.begins <= self.ends:
            is_quiet, is_tomorrow = self.begins <= clock < self.ends, False
        else:
            is_quiet, is_tomorrow = clock >= self.begins or clock < self.ends, clock >= self.begins
        if not is_quiet:
            return None
        return datetime.combine(local.date() + (_ONE_DAY if is_tomorrow else timedelta()), self.ends, BANGKOK)


class NotificationPreferences(Base):
    """What a person chose; who has chosen nothing has no row."""

    __tablename__ = "notification_preferences"

    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    summaries_off: Mapped[str] = mapped_column(String(60), default="")
    """Values of ``PeriodKind`` whose summaries are not wanted, separated by commas."""
    summary_at: Mapped[time | None] = mapped_column(Time)
    """The hour in Bangkok at which summaries come; None: the installation's."""
    has_own_hours: Mapped[bool] = mapped_column(default=False)
    """Whether the quiet hours are the person's own: then none stand where ``quiet_from`` is empty."""
    quiet_from: Mapped[time | None] = mapped_column(Time)
    quiet_until: Mapped[time | None] = mapped_column(Time)
    paused_until: Mapped[date | None] = mapped_column(Date)
    """The first day in Bangkok on which news comes again."""
    changed_at: Mapped[datetime]


@dataclass(frozen=True)
class Preferences:
    """What a person is told of without asking, and when.

    Attributes:
        summaries_off: kinds of summaries that are not wanted.
        summary_at: the hour in Bangkok at which summaries come.
        quiet_hours: in which news waits; None where none.
        paused_until: the first day on which news comes again; None where it is not paused.
    """

    summaries_off: frozenset[PeriodKind]
    summary_at: time
    quiet_hours: QuietHours | None
    paused_until: date | None

    def rests_until(self, now: datetime) -> datetime | None:
        """When news may be pushed to the person again; None where it may now."""
        local = now.astimezone(BANGKOK)
        at = now
        if self.paused_until is not None and local.date() < self.paused_until:
            at = datetime.combine(self.paused_until, time(), BANGKOK)
        ends = self.quiet_hours.ends_after(at) if self.quiet_hours else None
        until = ends or at
        return until if until > now else None


@dataclass(frozen=True)
class Usual:
    """What holds for who has chosen nothing, by the settings."""

    summary_at: time = time(8, 30)
    quiet_hours: QuietHours | None = None


def preferences_of(row: NotificationPreferences | None, usual: Usual) -> Preferences:
    """What a row says, or the usual without one."""
    if row is None:
        return Preferences(frozenset(), usual.summary_at, usual.quiet_hours, None)
    own = QuietHours(row.quiet_from, row.quiet_until) if row.quiet_from and row.quiet_until else None
    return Preferences(
        summaries_off=frozenset(PeriodKind(kind) for kind in row.summaries_off.split(",") if kind),
        summary_at=row.summary_at or usual.summary_at,
        quiet_hours=own if row.has_own_hours else usual.quiet_hours,
        paused_until=row.paused_until,
    )


def find_preferences(session: Session, member_id: int, usual: Usual) -> Preferences:
    """What a person chose, or the usual."""
    return preferences_of(session.get(NotificationPreferences, member_id), usual)


def find_rest_ends(
    session: Session, recipients: Collection[str], now: datetime, quiet_hours: QuietHours | None
) -> dict[str, datetime]:
    """Of these recipients those to whom no news is pushed now, and until when.

    Groups and strangers have no row and keep no hours.

    Args:
        session: any.
        recipients: LINE ids.
        now: the present.
        quiet_hours: of members who have chosen none.
    """
    query = (
        select(Member.line_user_id, NotificationPreferences)
        .outerjoin(NotificationPreferences, NotificationPreferences.member_id == Member.id)
        .where(Member.line_user_id.in_(recipients))
    )
    usual = Usual(quiet_hours=quiet_hours)
    found = {person: preferences_of(row, usual).rests_until(now) for person, row in session.execute(query)}
    return {person: until for person, until in found.items() if until is not None}
