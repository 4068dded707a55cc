"""Planning the month's messages: what is kept for promises, and how far summaries step back for them. Pure.

Promises (acknowledgements, answers, deadlines and escalations) come first. What they are likely to need until the
month's end is reserved; news and summaries have the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from models.working_time import ServiceCalendar

LINE_MONTH_ZONE = timezone(timedelta(hours=9))
"""LINE counts its months in UTC+9 (delivery and insight figures are given so)."""

MARGIN_PERCENT = 25
"""What is kept for promises beyond what habit says they need."""

LEAST_RESERVE_PERCENT = 5
"""What is kept of the allowance in any case, though nothing was ever promised."""

WARN_AT_PERCENT = (80, 95)
"""Parts of the allowance at which operators are told that it goes to its end."""


class Stage(StrEnum):
    """How far summaries step back, so that a promise in time is never touched."""

    FULL = "full"  # as ordered
    MERGED = "merged"  # a person's summaries of one day go as one message, and daily ones wait for weekly ones
    PLAIN = "plain"  # the same without pictures, as long as there is room
    RIDE = "ride"  # none is pushed: they wait for the person's next message, and ride on that reply


@dataclass(frozen=True)
class Habit:
    """Messages that the plan was charged for over some working days, summaries apart."""

    promises: int
    news: int
    working_days: int


@dataclass(frozen=True)
class SummariesToCome:
    """What the summaries of the rest of the month cost: as ordered, and with the daily ones in the weekly ones."""

    full: int
    merged: int


@dataclass(frozen=True)
class QuotaPlan:
    """The month's messages as planned.

    Attributes:
        allowance: messages a month; None where there is no limit.
        used: messages used.
        reserved: kept for promises, out of what is left; 0 where there is no limit.
        promises: expected until the month's end.
        news: the same, summaries apart.
        summaries: what is still to come.
        stage: how far summaries step back.
    """

    allowance: int | None
    used: int
    reserved: int
    promises: int
    news: int
    summaries: SummariesToCome
    stage: Stage

    @property
    def left(self) -> int | None:
        """Messages left; None where there is no limit."""
        return None if self.allowance is None else max(0, self.allowance - self.used)

    @property
    def room(self) -> int | None:
        """Messages that news and summaries may cost; None where there is no limit."""
        return None if self.left is None else self.left - self.reserved

    @property
    def forecast(self) -> int:
        """What the whole month would cost with summaries as ordered."""
        return self.used + self.promises + self.news + self.summaries.full

    @property
    def used_percent(self) -> int | None:
        """Whole percents of the allowance that are used, rounded down; None where there is no limit or no allowance."""
        return self.used * 100 // self.allowance if self.allowance else None


def plan_month(
    allowance: int | None, used: int, *, habit: Habit, working_days_left: int, summaries: SummariesToCome
) -> QuotaPlan:
    """Plan the rest of the month.

    Args:
        allowance: messages a month; None where there is no limit.
        used: of them, by now.
        habit: of late.
        working_days_left: in LINE's month, today included.
        summaries: still to come this month.

    >>> usual, to_come = Habit(promises=40, news=20, working_days=20), SummariesToCome(full=50, merged=10)
    >>> plan = plan_month(300, 150, habit=usual, working_days_left=10, summaries=to_come)
    >>> plan.reserved, plan.room, plan.forecast, plan.stage  # 20 promises and a quarter more
    (25, 125, 230, <Stage.FULL: 'full'>)
    >>> plan_month(300, 240, habit=usual, working_days_left=10, summaries=to_come).stage
    <Stage.MERGED: 'merged'>
    >>> plan_month(300, 280, habit=usual, working_days_left=10, summaries=to_come).stage
    <Stage.RIDE: 'ride'>
    """
    promises = _expected(habit.promises, habit, working_days_left)
    news = _expected(habit.news, habit, working_days_left)
    left = None if allowance is None else max(0, allowance - used)
    reserved = 0 if left is None else min(left, _reserve(allowance or 0, promises))
    stage = Stage.FULL if left is None else _stage(left - reserved, news, summaries)
    return QuotaPlan(allowance, used, reserved, promises, news, summaries, stage)


def warning_due(plan: QuotaPlan, now: datetime, warned: str | None) -> str | None:
    """The warning that operators have not had this month, such as ``2026-11:80``; None where none is due.

    Args:
        plan: of now.
        now: the present.
        warned: the last one they had.
    """
    percent = plan.used_percent
    reached = [limit for limit in WARN_AT_PERCENT if percent is not None and percent >= limit]
    if not reached:
        return None
    month, had = f"{now.astimezone(LINE_MONTH_ZONE):%Y-%m}", (warned or "").partition(":")
    if had[0] == month and int(had[2]) >= reached[-1]:
        return None
    return f"{month}:{reached[-1]}"


def start_of_month(now: datetime) -> datetime:
    """The instant at which LINE's month began."""
    local = now.astimezone(LINE_MONTH_ZONE)
    return datetime(local.year, local.month, 1, tzinfo=LINE_MONTH_ZONE)


def start_of_next_month(now: datetime) -> datetime:
    """The instant at which LINE's next month begins."""
    return start_of_month(start_of_month(now) + timedelta(days=32))


def count_working_days_left(calendar: ServiceCalendar, now: datetime) -> int:
    """Working days in what is left of LINE's month, today included until LINE's midnight."""
    yesterday = now.astimezone(LINE_MONTH_ZONE).date() - timedelta(days=1)
    return calendar.working_days_between(yesterday, start_of_next_month(now).date() - timedelta(days=1))


def _expected(count: int, habit: Habit, working_days_left: int) -> int:
    """What comes in the rest of the month at the habit's rate, rounded up."""
    return -(-count * working_days_left // max(1, habit.working_days))


def _reserve(allowance: int, promises: int) -> int:
    with_margin = -(-promises * (100 + MARGIN_PERCENT) // 100)
    return max(with_margin, -(-allowance * LEAST_RESERVE_PERCENT // 100))


def _stage(room: int, news: int, summaries: SummariesToCome) -> Stage:
    if room <= 0:
        return Stage.RIDE
    if room >= news + summaries.full:
        return Stage.FULL
    return Stage.MERGED if room >= news + summaries.merged else Stage.PLAIN
