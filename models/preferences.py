"""What a person wants to be told of without asking, and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import Date, ForeignKey, String, Time, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.errors import Invalid
from models.members import Member
from models.periods import PeriodKind
from models.working_time import BANGKOK

LONGEST_PAUSE = timedelta(days=366)
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
        paused_until: the first day on which news comes again; None where it is not paused. It may have come by now.
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

    def is_paused_on(self, day: date) -> bool:
        """Whether no news is pushed on a day in Bangkok."""
        return self.paused_until is not None and day < self.paused_until


@dataclass(frozen=True)
class Usual:
    """What holds for who has chosen nothing, by the settings."""

    summary_at: time = time(8, 30)
    quiet_hours: QuietHours | None = None


@dataclass(frozen=True)
class Choices:
    """What a person chose; as it stands here, nothing.

    Attributes:
        summaries_off: kinds of summaries that are not wanted.
        summary_at: the hour in Bangkok at which summaries are to come; None: as usual.
        has_own_hours: whether ``quiet_hours`` are the person's own, if none; else they are as usual.
        quiet_hours: in which news waits; None where none.
        paused_until: the first day on which news comes again.
    """

    summaries_off: frozenset[PeriodKind] = frozenset()
    summary_at: time | None = None
    has_own_hours: bool = False
    quiet_hours: QuietHours | None = None
    paused_until: date | None = None

    def under(self, usual: Usual) -> Preferences:
        """What holds for the person."""
        return Preferences(
            summaries_off=self.summaries_off,
            summary_at=self.summary_at or usual.summary_at,
            quiet_hours=self.quiet_hours if self.has_own_hours else usual.quiet_hours,
            paused_until=self.paused_until,
        )

    def with_summaries(self, kinds: Collection[PeriodKind], *, wanted: bool) -> Choices:
        """With these kinds of summaries switched on or off."""
        others = self.summaries_off - set(kinds)
        return replace(self, summaries_off=others if wanted else others | set(kinds))

    def with_summary_at(self, hour: time) -> Choices:
        """With summaries at an hour."""
        return replace(self, summary_at=hour)

    def with_quiet_hours(self, hours: QuietHours | None) -> Choices:
        """With hours in which news waits, or none.

        Raises:
            Invalid: ``quiet_hours_empty`` where they end as they begin.
        """
        if hours is not None and hours.begins == hours.ends:
            raise Invalid("quiet_hours_empty")
        return replace(self, has_own_hours=True, quiet_hours=hours)

    def paused(self, until: date, today: date) -> Choices:
        """With news paused until the day on which it comes again.

        Raises:
            Invalid: ``pause_in_the_past``, also for today; ``pause_too_long`` for more than a year.
        """
        if until <= today:
            raise Invalid("pause_in_the_past")
        if until > today + LONGEST_PAUSE:
            raise Invalid("pause_too_long")
        return replace(self, paused_until=until)

    def resumed(self) -> Choices:
        """Without a pause."""
        return replace(self, paused_until=None)


def find_choices(session: Session, member_id: int) -> Choices:
    """What a person chose."""
    return _choices_of(session.get(NotificationPreferences, member_id))


def store_choices(session: Session, member_id: int, choices: Choices, now: datetime) -> None:
    """Let a person's choices be these from now on."""
    row = session.get(NotificationPreferences, member_id)
    if row is None:
        row = NotificationPreferences(member_id=member_id)
        session.add(row)
    hours = choices.quiet_hours if choices.has_own_hours else None
    row.summaries_off = ",".join(kind.value for kind in PeriodKind if kind in choices.summaries_off)
    row.summary_at = choices.summary_at
    row.has_own_hours = choices.has_own_hours
    row.quiet_from, row.quiet_until = (hours.begins, hours.ends) if hours else (None, None)
    row.paused_until = choices.paused_until
    row.changed_at = now


def preferences_of(row: NotificationPreferences | None, usual: Usual) -> Preferences:
    """What a row says, or the usual without one."""
    return _choices_of(row).under(usual)


def _choices_of(row: NotificationPreferences | None) -> Choices:
    if row is None:
        return Choices()
    has_hours = row.has_own_hours and row.quiet_from is not None and row.quiet_until is not None
    return Choices(
        summaries_off=frozenset(PeriodKind(kind) for kind in row.summaries_off.split(",") if kind),
        summary_at=row.summary_at,
        has_own_hours=row.has_own_hours,
        quiet_hours=QuietHours(row.quiet_from, row.quiet_until) if has_hours else None,
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
