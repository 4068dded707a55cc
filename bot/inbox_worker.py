"""The way of one event: claim, understand, one transaction with the handler, commit, deliver.

Everything here may happen twice. An event is claimed under a lease; whatever its handler changed commits together
with the event's ``done`` and the outbox rows, or not at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from bot.events import Event, read_event
from bot.logs import get_logger
from bot.routes import route_event
from bot.understanding import Understanding
from bot.wiring import Services
from handlers.context import Context
from messages import refusals
from messages.limits import require_sendable
from models import inbox, outbox
from models.errors import Refused
from models.inbox import ClaimedEvent, InboxState, LeaseLost
from models.members import find_member
from models.outbox import Importance, Outgoing, ReplyToken


class WorkersDied(Exception):
    """Every try of an event ended without a word: its leases ran out one after the other."""


@dataclass
class InboxWorker:
    """Answers people; ``deliver`` is told at once whom something waits for."""

    services: Services
    deliver: Callable[[str], None]

    def answer_person(self, person_key: str) -> None:
        """Work through a person's waiting events, in order, until none can be claimed."""
        while (event := self._claim(person_key)) is not None:
            with structlog.contextvars.bound_contextvars(webhook_event_id=event.event_id):
                recipients = self._answer(event)
            for recipient in recipients:
                self.deliver(recipient)

    def _claim(self, person_key: str) -> ClaimedEvent | None:
        with self.services.database.single_statement() as connection:
            return inbox.claim_next_event(connection, person_key, self.services.clock.now())

    def _answer(self, claimed: ClaimedEvent) -> list[str]:
        if claimed.attempts > inbox.MAX_ATTEMPTS:
            return self._record_failure(claimed, WorkersDied())
        started = time.perf_counter()
        try:
            kind, recipients = self._handle(claimed)
        except LeaseLost:
            get_logger().warning("event_taken_over", inbox_event_id=claimed.id)
            return []
        except Exception as error:  # the event stays: tried again later, or dead and visible
            return self._record_failure(claimed, error)
        get_logger().info(
            "event_handled",
            inbox_event_id=claimed.id,
            kind=kind,
            outgoing=len(recipients),
            attempts=claimed.attempts,
            waited_seconds=round((self.services.clock.now() - claimed.received_at).total_seconds(), 3),
            handling_seconds=round(time.perf_counter() - started, 4),
        )
        return recipients

    def _handle(self, claimed: ClaimedEvent) -> tuple[str, list[str]]:
        event = read_event(claimed.raw) if claimed.raw is not None else Event("other")
        understanding = self._understand(event, claimed)
        try:
            with self.services.database.transaction() as session:
                outgoing = self._ask_handler(session, claimed, event, understanding)
                return event.kind, self._finish(session, claimed, event, outgoing)
        except Refused as refused:
            # What the handler had begun is rolled back; the refusal is stored in a transaction of its own.
            get_logger().info("request_refused", inbox_event_id=claimed.id, reason_code=refused.reason_code)
            said = [Outgoing(tuple(refusals.refusal(refused)), importance=Importance.PROMISE)]
            with self.services.database.transaction() as session:
                return event.kind, self._finish(session, claimed, event, said)

    def _understand(self, event: Event, claimed: ClaimedEvent) -> Understanding:
        if event.kind != "text":
            return Understanding(event.kind)
        return self.services.understand(event.text, claimed.event_at)

    def _ask_handler(
        self, session: Session, claimed: ClaimedEvent, event: Event, understanding: Understanding
    ) -> list[Outgoing]:
        if event.user_id is None and event.group_id is None:
            return []
        context = Context(
            session=session,
            now=self.services.clock.now(),
            asked_at=claimed.event_at,
            line_user_id=event.user_id or "",
            registered=find_member(session, event.user_id) if event.user_id else None,
            text=event.text,
            group_id=event.group_id,
            is_unblocked=event.is_unblocked,
            keep_messages_days=self.services.settings.keep_messages.days,
        )
        return route_event(context, event, understanding)

    def _finish(self, session: Session, claimed: ClaimedEvent, event: Event, outgoing: Sequence[Outgoing]) -> list[str]:
        now = self.services.clock.now()
        for item in outgoing:
            require_sendable(item.messages)
        recipients: list[str] = []
        if outgoing and event.chat_id is not None:
            token = ReplyToken(event.reply_token, claimed.received_at) if event.reply_token else None
            recipients = outbox.store_outgoing(
                session,
                outgoing,
                asker=event.chat_id,
                token=token,
                asked_at=claimed.event_at,
                inbox_event_id=claimed.id,
                now=now,
            )
        inbox.finish_event(session, claimed, now, forget_text=_was_not_for_us(event))
        return recipients

    def _record_failure(self, claimed: ClaimedEvent, error: Exception) -> list[str]:
        kind = type(error).__name__
        now = self.services.clock.now()
        try:
            with self.services.database.transaction() as session:
                state = inbox.record_failure(session, claimed, now, kind)
                recipients = self._apologise(session, claimed) if state is InboxState.DEAD else []
        except LeaseLost:
            return []
        get_logger().error(
            "event_failed", inbox_event_id=claimed.id, error=kind, attempts=claimed.attempts, state=state.value
        )
        return recipients

    def _apologise(self, session: Session, claimed: ClaimedEvent) -> list[str]:
        """Tell the person that the question was lost to us, rather than stay silent."""
        try:
            event = read_event(claimed.raw or "null")
        except ValueError:
            return []
        if event.chat_id is None or event.reply_token is None:
            return []
        said = [Outgoing(tuple(refusals.temporary_trouble()), importance=Importance.PROMISE)]
        return outbox.store_outgoing(
            session,
            said,
            asker=event.chat_id,
            token=ReplyToken(event.reply_token, claimed.received_at),
            asked_at=claimed.event_at,
            inbox_event_id=claimed.id,
            now=self.services.clock.now(),
        )


def _was_not_for_us(event: Event) -> bool:
    """What people say to each other in a group is none of our business: it is not kept."""
    return event.group_id is not None and not event.is_mentioned
