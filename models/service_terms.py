"""What the service promises, and the calendar by which it counts: frozen on every request when its clock starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from models.working_time import ServiceCalendar, Span

ALWAYS = "always"


@dataclass(frozen=True)
class ServiceTerms:
    """The promise in force.

    Attributes:
        calendar: hours of service and special days.
        acknowledge_within: the secretariat has seen a request (indicator 5 of the secretariat's plan: 15 minutes).
        answer_within: the asker knows the result or the progress, counted from the question too (30 minutes).
        acknowledge_warnings: when officers are reminded of a request that nobody has taken on, counted alike.
        answer_warnings: when they are reminded of one that is not answered.
        stale_after_working_days: a status older than this is not relied on; an officer looks first.
    """

    calendar: ServiceCalendar
    acknowledge_within: timedelta = timedelta(minutes=15)
    answer_within: timedelta = timedelta(minutes=30)
    acknowledge_warnings: tuple[timedelta, ...] = (timedelta(minutes=8), timedelta(minutes=12))
    answer_warnings: tuple[timedelta, ...] = (timedelta(minutes=22), timedelta(minutes=27))
    stale_after_working_days: int = 3

    @property
    def hours_text(self) -> str:
        """The hours of service as settings write them: ``08:30-16:30``, or ``always``."""
        hours = self.calendar.hours
        return f"{hours.opens:%H:%M}-{hours.closes:%H:%M}" if hours else ALWAYS

    def is_fresh(self, latest_event_at: datetime, now: datetime) -> bool:
        """Whether a letter's last recorded step is recent enough to be given out by the machine."""
        return self.calendar.working_days_between(latest_event_at, now) <= self.stale_after_working_days


def read_hours(text: str) -> Span | None:
    """The hours of service that ``hours_text`` wrote down; None where every instant counts.

    >>> read_hours("08:30-16:30").closes
    datetime.time(16, 30)
    """
    if text == ALWAYS:
        return None
    opens, closes = text.split("-")
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))
