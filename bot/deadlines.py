"""Deadlines to the second: timers that are due become outbox rows, exactly once whatever is killed.

A timer is settled in the transaction that stores what it says. The clock looks for the next instant and sleeps up to
it; which of several clocks takes a timer does not matter. The worker sends.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.logs import get_logger
from bot.wiring import Services
from handlers.deadlines import tell_of_deadlines
from handlers.shifts import relief_news
from messages.limits import require_sendable
from models import duty_shifts, outbox
from models.outbox import Outgoing
from models.request_timers import DueTimer, next_due_at, take_due_timers
from models.working_time import ServiceCalendar

LONGEST_SLEEP = timedelta(seconds=0.5)
"""A timer that comes in meanwhile, from a request that was old on arrival, waits no longer than this."""
SHORTEST_SLEEP = timedelta(seconds=0.2)
"""Timers within this time of each other go out together: one push to a person, not one for each request."""
BATCH = 2000
JUST_NOW = timedelta(seconds=5)
"""What was due in the last moments of service goes out although the office has closed meanwhile."""


class Deadlines:
    """Runs the timers of requests.

    What is due while the office is closed waits until it opens, and is told then as it stands: after a stop of the
    clock into the evening, or on a day that was declared a holiday after the deadline was promised. The deadline
    itself stays what it was.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._next_due_at: datetime | None = None

    def run_due(self) -> list[str]:
        """Store what is to be told now and wake those who are told: of deadlines, and of duty that has begun.

        Returns:
            recipients woken; of those who share a multicast one.
        """
        now, calendar = self._services.clock.now(), self._services.service_calendar()
        spoken_at = moment_of_service(calendar, now)
        is_open = calendar.is_open_at(spoken_at)
        with self._services.database.reading() as session:
            self._next_due_at = next_due_at(session, is_open=is_open)
            has_reliefs = duty_shifts.has_reliefs(session, now)
        wake: list[str] = []
        if self._next_due_at is not None and self._next_due_at <= now:
            with self._services.database.transaction() as session:
                fired = take_due_timers(session, now, BATCH, is_open=is_open)
                told = _compose(session, fired, calendar, spoken_at)
                wake += _store(session, told, now)
            self._services.queue.wake_recipients(wake)
            _log(fired, len(told), now)
        return [*wake, *self._tell_reliefs(calendar, now)] if has_reliefs else wake

    def _tell_reliefs(self, calendar: ServiceCalendar, now: datetime) -> list[str]:
        with self._services.database.transaction() as session:
            wake = _store(session, relief_news(session, calendar, now), now)
        self._services.queue.wake_recipients(wake)
        return wake

    def seconds_to_sleep(self) -> float:
        """How long nothing is due, as far as the last run knows."""
        if self._next_due_at is None:
            return LONGEST_SLEEP.total_seconds()
        left = self._next_due_at - self._services.clock.now()
        return min(max(left, SHORTEST_SLEEP), LONGEST_SLEEP).total_seconds()


def run_deadlines(deadlines: Deadlines, stopping: threading.Event) -> None:
    """Run what is due, at its instant, until told to stop."""
    while not stopping.is_set():
        seconds = LONGEST_SLEEP.total_seconds()
        try:
            deadlines.run_due()
            seconds = deadlines.seconds_to_sleep()
        except Exception as error:  # the database may be away; the timers wait in it
            get_logger().error("deadlines_failed", error=type(error).__name__)
        stopping.wait(seconds)


def moment_of_service(calendar: ServiceCalendar, now: datetime) -> datetime:
    """The instant by which deadlines are told: the present, or a moment before where the office has just closed."""
    return now if calendar.is_open_at(now) or not calendar.is_open_at(now - JUST_NOW) else now - JUST_NOW


def _store(session: Session, outgoing: Sequence[Outgoing], now: datetime) -> list[str]:
    return outbox.store_outgoing(session, outgoing, asker="", token=None, asked_at=now, inbox_event_id=None, now=now)


def _compose(session: Session, fired: Sequence[DueTimer], calendar: ServiceCalendar, now: datetime) -> list[Outgoing]:
    try:
        outgoing = tell_of_deadlines(session, fired, calendar, now)
        for item in outgoing:
            require_sendable(item.messages)
        return outgoing
    except SQLAlchemyError:
        raise
    except Exception as error:  # told in plain words instead: no request may hold up the deadlines of all others
        get_logger().error("deadlines_told_plainly", error=type(error).__name__)
        return tell_of_deadlines(session, fired, calendar, now, plainly=True)


def _log(fired: Sequence[DueTimer], told: int, now: datetime) -> None:
    if fired:
        latest = max((now - timer.due_at).total_seconds() for timer in fired)
        kinds = Counter(timer.kind.value for timer in fired)
        get_logger().info("deadlines_told", recipients=told, late_seconds=round(latest, 3), **kinds)
    if fired and not told:
        get_logger().warning("deadlines_without_recipient", timers=len(fired))
