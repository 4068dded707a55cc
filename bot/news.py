"""Telling followers: letters that moved since their followers were last told become outbox rows."""

from __future__ import annotations

from bot.wiring import Services
from handlers.following import stage_news
from messages.limits import require_sendable
from models import follows, outbox


def tell_followers(services: Services) -> list[str]:
    """Store what followers are to hear of letters that moved, however they moved (chat, command, file).

    Each follow is marked as told in the transaction that stores its message, so that nobody hears twice.

    Returns:
        recipients to wake.
    """
    with services.database.reading() as session:
        if not follows.has_news(session):
            return []
    wake: list[str] = []
    now = services.clock.now()
    with services.database.transaction() as session:
        for news in follows.take_news(session):
            outgoing = stage_news(session, news.document_id, news.event_id, news.line_user_ids, now)
            for item in outgoing:
                require_sendable(item.messages)
            wake += outbox.store_outgoing(
                session, outgoing, asker="", token=None, asked_at=now, inbox_event_id=None, now=now
            )
    return wake
