"""The calendar that a process works with, read again when it changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.settings import ServiceHours
from models.service_calendar import latest_version, load_calendar
from models.session import Database
from models.working_time import ServiceCalendar, Span

LOOK_AGAIN_AFTER = timedelta(seconds=5)


def span_of(hours: ServiceHours | None) -> Span | None:
    """The hours of service as the clock takes them; None where every instant counts."""
    return None if hours is None else Span(hours.opens, hours.closes)


@dataclass(frozen=True)
class _Known:
    calendar: ServiceCalendar
    looked_at: datetime


class CalendarCache:
    """Keeps the newest calendar; safe to share between threads.

    A change is seen within five seconds. While one thread looks for it the others go on with what they have, so nobody
    who holds a transaction ever waits for another's.
    """

    def __init__(self, database: Database, hours: Span | None, clock: Clock) -> None:
        self._database = database
        self._hours = hours
        self._clock = clock
        self._known: _Known | None = None
        self._looking = threading.Lock()

    def current(self) -> ServiceCalendar:
        """The calendar as it is, give or take five seconds."""
        known, now = self._known, self._clock.now()
        if known is None:
            with self._looking:
                return self._look(self._known, now)
        if abs(now - known.looked_at) < LOOK_AGAIN_AFTER or not self._looking.acquire(blocking=False):
            return known.calendar
        try:
            return self._look(known, now)
        finally:
            self._looking.release()

    def _look(self, known: _Known | None, now: datetime) -> ServiceCalendar:
        self._known = _Known(self._read(known), now)
        return self._known.calendar

    def _read(self, known: _Known | None) -> ServiceCalendar:
        with self._database.reading() as session:
            version = latest_version(session)
            if known is not None and known.calendar.version == version:
                return known.calendar
            return load_calendar(session, self._hours, version)
