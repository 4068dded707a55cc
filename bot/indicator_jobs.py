"""What the clock does for indicators: reminders of reports that are due, and the reviewers' digest.

What is told is noted in the transaction that stores the messages: a clock that is killed half way has told nothing,
and of two clocks side by side one tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.logs import get_logger
from bot.wiring import Services
from handlers.indicator_reminders import remind_of_due_reports, review_digest
from messages.limits import require_sendable
from models import outbox
from models.outbox import Outgoing


def remind_coordinators(services: Services) -> None:
    """Remind coordinators of reports that are due."""
    now, calendar = services.clock.now(), services.service_calendar()
    with services.database.transaction() as session:
        told = remind_of_due_reports(session, calendar, now)
        wake = _store(session, told, now)
    services.queue.wake_recipients(wake)
    if told:
        get_logger().info("reports_due_told", recipients=len(told))


def tell_reviewers(services: Services) -> None:
    """Tell reviewers together what waits for them, where this installation has an hour for it."""
    hour = services.settings.review_news
    if hour is None:
        return
    now, calendar = services.clock.now(), services.service_calendar()
    with services.database.transaction() as session:
        told = review_digest(session, hour, calendar, now)
        wake = _store(session, told, now)
    services.queue.wake_recipients(wake)
    if told:
        get_logger().info("review_digest_told", recipients=len(told))


def _store(session: Session, told: Sequence[Outgoing], now: datetime) -> list[str]:
    for one in told:
        require_sendable(one.messages)
    return outbox.store_outgoing(session, told, asker="", token=None, asked_at=now, inbox_event_id=None, now=now)
