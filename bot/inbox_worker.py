"""The way of one event: claim, understand, fetch what it brings, one transaction with the handler, commit, deliver.

Everything here may happen twice. An event is claimed under a lease; whatever its handler changed commits together
with the event's ``done`` and the outbox rows, or not at all. The call that carries the answer is claimed in that same
transaction, which saves one; LINE is asked after the commit, as ever.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog
from sqlalchemy.orm import Session

from bot import report_tables
from bot.events import Event, read_event
from bot.line import LINEError
from bot.logs import get_logger
from bot.receiving import delete_withdrawn_files, receive_content
from bot.routes import route_event
from bot.understanding import Understanding
from bot.wiring import Services
from handlers.context import Context, ReceivedContent
from messages import refusals
from messages.language import Language, speaking
from messages.limits import require_sendable
from models import inbox, line_calls, outbox
from models.errors import Refused
from models.inbox import ClaimedEvent, InboxState, LeaseLost
from models.line_calls import ClaimedCall, ClaimLost, SettledCall
from models.members import Member, find_member
from models.outbox import Importance, Outgoing, ReplyToken
from models.report_grids import SaidGrid
from models.working_time import BANGKOK


class WorkersDied(Exception):
    """Every try of an event ended without a word: its leases ran out one after the other."""


@dataclass(frozen=True)
class Answered:
    """What the handling of one event left to do, once it is committed.

    Attributes:
        recipients: whom something waits for.
        asker: the recipient that ``call`` goes to, where there is one.
        call: what was claimed for the asker already.
        more_events: whether the person may have another event to work on.
    """

    recipients: Sequence[str] = ()
    asker: str | None = None
    call: ClaimedCall | SettledCall | None = None
    more_events: bool = True


@dataclass(frozen=True)
class Heard:
    """What there is to an event before the transaction opens: what it is, what it means, what it brings or lists."""

    event: Event
    understanding: Understanding
    content: ReceivedContent | Refused | None
    grid: SaidGrid | Refused | None = None


class Deliver(Protocol):
    """Sends what waits for a recipient; see ``Delivery.deliver_to``."""

    def __call__(self, recipient: str, claimed: ClaimedCall | SettledCall | None = None) -> None:
        """Send; ``claimed`` is the first call, where the caller claimed it already."""


@dataclass
class InboxWorker:
    """Answers people; ``deliver`` is told at once whom something waits for."""

    services: Services
    deliver: Deliver

    def answer_person(self, person_key: str) -> None:
        """Work through a person's waiting events, in order, until none can be claimed."""
        more_events = True
        while more_events and (event := self._claim(person_key)) is not None:
            with structlog.contextvars.bound_contextvars(webhook_event_id=event.event_id):
                answered = self._answer(event)
            for recipient in sorted(answered.recipients, key=lambda recipient: recipient != answered.asker):
                self.deliver(recipient, answered.call if recipient == answered.asker else None)
            more_events = answered.more_events

    def _claim(self, person_key: str) -> ClaimedEvent | None:
        with self.services.database.single_statement() as connection:
            return inbox.claim_next_event(connection, person_key, self.services.clock.now())

    def _answer(self, claimed: ClaimedEvent) -> Answered:
        if claimed.attempts > inbox.MAX_ATTEMPTS:
            return self._record_failure(claimed, WorkersDied())
        started = time.perf_counter()
        try:
            kind, answered = self._handle(claimed)
        except LeaseLost:
            get_logger().warning("event_taken_over", inbox_event_id=claimed.id)
            return Answered()
        except Exception as error:  # the event stays: tried again later, or dead and visible
            return self._record_failure(claimed, error)
        get_logger().info(
            "event_handled",
            inbox_event_id=claimed.id,
            kind=kind,
            outgoing=len(answered.recipients),
            attempts=claimed.attempts,
            waited_seconds=round((self.services.clock.now() - claimed.received_at).total_seconds(), 3),
            handling_seconds=round(time.perf_counter() - started, 4),
        )
        return answered

    def _handle(self, claimed: ClaimedEvent) -> tuple[str, Answered]:
        event = read_event(claimed.raw) if claimed.raw is not None else Event("other")
        content = receive_content(self.services, claimed, event)
        heard = Heard(event, self._understand(event, claimed), content, self._read_table(event, content, claimed))
        answered = self._handle_heard(claimed, heard)
        if event.kind == "unsend":
            delete_withdrawn_files(self.services)
        return event.kind, answered

    def _handle_heard(self, claimed: ClaimedEvent, heard: Heard) -> Answered:
        event = heard.event
        try:
            try:
                return self._handle_once(claimed, heard, claim_call=True)
            except ClaimLost:  # another worker began to send the person something else; it will go on with ours
                return self._handle_once(claimed, heard, claim_call=False)
        except Refused as refused:
            # What the handler had begun is rolled back; the refusal is stored in a transaction of its own.
            get_logger().info("request_refused", inbox_event_id=claimed.id, reason_code=refused.reason_code)
            with self.services.database.transaction() as session:
                with speaking(_listen(_find_asker(session, event), event, heard.understanding)):
                    said = [Outgoing(tuple(refusals.refusal(refused)), importance=Importance.PROMISE)]
                return self._finish(session, claimed, event, said)

    def _handle_once(self, claimed: ClaimedEvent, heard: Heard, *, claim_call: bool) -> Answered:
        with self.services.database.transaction() as session:
            outgoing = self._ask_handler(session, claimed, heard)
            return self._finish(session, claimed, heard.event, outgoing, claim_call=claim_call)

    def _understand(self, event: Event, claimed: ClaimedEvent) -> Understanding:
        if event.kind != "text":
            return Understanding(event.kind)
        return self.services.understand(event.text, claimed.event_at)

    def _read_table(
        self, event: Event, content: ReceivedContent | Refused | None, claimed: ClaimedEvent
    ) -> SaidGrid | Refused | None:
        if isinstance(content, ReceivedContent):
            return report_tables.read_file(content, claimed.event_at)
        if event.kind != "text" or event.group_id is not None:
            return None
        today = claimed.event_at.astimezone(BANGKOK).date()
        return report_tables.read_pasted(event.text, self.services.vocabulary, today)

    def _ask_handler(self, session: Session, claimed: ClaimedEvent, heard: Heard) -> list[Outgoing]:
        event = heard.event
        if event.user_id is None and event.group_id is None:
            return []
        asker = _find_asker(session, event)
        context = Context(
            session=session,
            now=self.services.clock.now(),
            asked_at=claimed.event_at,
            received_at=claimed.received_at,
            line_user_id=event.user_id or "",
            registered=asker,
            text=event.text,
            group_id=event.group_id,
            is_unblocked=event.is_unblocked,
            keep_messages_days=self.services.settings.keep_messages.days,
            terms=self.services.terms(),
            review_news_at=self.services.settings.review_news,
            content=heard.content,
            grid=heard.grid,
            evidence_address=self.services.evidence_address,
            chart_address=self.services.chart_address,
            usual=self.services.settings.usual,
            report_address=self.services.report_address,
        )
        with speaking(_listen(asker, event, heard.understanding)):
            return route_event(context, event, heard.understanding)

    def _finish(
        self,
        session: Session,
        claimed: ClaimedEvent,
        event: Event,
        outgoing: Sequence[Outgoing],
        *,
        claim_call: bool = False,
    ) -> Answered:
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
        asker = event.chat_id if claim_call and event.chat_id in recipients else None
        quiet_hours = self.services.settings.quiet_hours
        call = line_calls.claim_call(session, asker, now, quiet_hours=quiet_hours) if asker else None
        more_events = inbox.finish_event(session, claimed, now, forget_text=_was_not_for_us(event))
        return Answered(recipients, asker if call else None, call, more_events)

    def _record_failure(self, claimed: ClaimedEvent, error: Exception) -> Answered:
        kind = error.reason if isinstance(error, LINEError) else type(error).__name__
        now = self.services.clock.now()
        try:
            with self.services.database.transaction() as session:
                state = inbox.record_failure(session, claimed, now, kind)
                recipients = self._apologise(session, claimed) if state is InboxState.DEAD else []
        except LeaseLost:
            return Answered()
        get_logger().error(
            "event_failed", inbox_event_id=claimed.id, error=kind, attempts=claimed.attempts, state=state.value
        )
        return Answered(recipients)

    def _apologise(self, session: Session, claimed: ClaimedEvent) -> list[str]:
        """Tell the person that the question was lost to us, rather than stay silent."""
        try:
            event = read_event(claimed.raw or "null")
        except ValueError:
            return []
        if event.chat_id is None or event.reply_token is None:
            return []
        with speaking(_language_of(_find_asker(session, event), event)):
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


def _find_asker(session: Session, event: Event) -> Member | None:
    return find_member(session, event.user_id) if event.user_id else None


def _listen(asker: Member | None, event: Event, understanding: Understanding) -> Language:
    """Note the language of what was said, and give the one it is answered in."""
    if asker is not None and event.group_id is None:
        asker.hear(understanding.language)
    return _language_of(asker, event)


def _language_of(asker: Member | None, event: Event) -> Language:
    """Strangers, of whom nothing is known, and groups, where many read along, are answered in Thai."""
    if asker is None or event.group_id is not None or not asker.reads_english:
        return Language.THAI
    return Language.ENGLISH


def _was_not_for_us(event: Event) -> bool:
    """What people say to each other in a group is none of our business: it is not kept."""
    return event.group_id is not None and not event.is_mentioned
