"""When a person wants to be told without asking, and of what: values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from models.errors import Invalid
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
        if not self.hold(clock):
            return None
        return datetime.combine(local.date() + (_ONE_DAY if clock >= self.ends else timedelta()), self.ends, BANGKOK)

    def hold(self, clock: time) -> bool:
        """Whether news waits at an hour of the clock."""
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


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

    def with_summary_at(self, hour: time | None) -> Choices:
        """With summaries at an hour, or at the usual one."""
        return replace(self, summary_at=hour)

    def with_quiet_hours(self, hours: QuietHours | None) -> Choices:
        """With hours in which news waits, or none.

        Raises:
            Invalid: ``quiet_hours_empty`` where they end as they begin.
        """
        if hours is not None and hours.begins == hours.ends:
            raise Invalid("quiet_hours_empty")
        return replace(self, has_own_hours=True, quiet_hours=hours)

    def with_usual_hours(self) -> Choices:
        """With the usual quiet hours."""
        return replace(self, has_own_hours=False, quiet_hours=None)

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
