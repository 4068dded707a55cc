"""The webhook: raw body → signature → stored events → 200.

Nothing slow happens here, and nobody looks inside an event beyond the columns of its row. Requests that arrive
together are stored together (``GroupCommit``): one thread takes everything that waits into one transaction, so that
under load the price of a commit is shared, and alone nobody waits.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from flask import Blueprint, Response, request

from bot.clock import Clock
from bot.logs import get_logger
from models.inbox import NewEvent, store_events
from models.session import Database

MAX_BODY_BYTES = 1024 * 1024
_PLAIN_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_PLAIN_TYPE = re.compile(r"[0-9A-Za-z_]{1,40}")
_OLDEST_EVENT = timedelta(days=30)
_NEWEST_EVENT = timedelta(minutes=5)


class BadBody(Exception):
    """The signed body is not a webhook of LINE's form."""


class NotStored(Exception):
    """The group that an event went with was given up before the database had its say."""


@dataclass(eq=False)
class _Ticket:
    """The events of one request on their way, and the place where its thread waits for them."""

    events: Sequence[NewEvent]
    leads: bool = False
    is_stored: bool = False
    error: Exception = field(default_factory=NotStored)
    called: threading.Event = field(default_factory=threading.Event)


@dataclass
class GroupCommit:
    """Stores the events of requests that arrive together in one transaction.

    Who comes while nobody commits leads: takes along everything that waits. Who comes meanwhile waits to be called,
    with the events stored or as the leader of the next group; nobody waits for a second commit.

    Attributes:
        database: where the inbox is.
        after_commit: called with the keys of the people whose events were stored, once a group.
    """

    database: Database
    after_commit: Callable[[list[str]], None]
    _waiting: list[_Ticket] = field(default_factory=list)
    _is_led: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def store(self, events: Sequence[NewEvent]) -> None:
        """Return when the events are stored durably.

        Raises:
            Exception: whatever kept the database from storing them; nothing of them was stored then.
        """
        ticket = _Ticket(events)
        self._enter(ticket)
        if not ticket.leads:
            ticket.called.wait()
        if ticket.leads:
            self._lead()
        if not ticket.is_stored:
            raise ticket.error

    def _enter(self, ticket: _Ticket) -> None:
        with self._lock:
            self._waiting.append(ticket)
            ticket.leads, self._is_led = not self._is_led, True

    def _lead(self) -> None:
        with self._lock:
            tickets, self._waiting = self._waiting, []
        try:
            if not self._committed(tickets) and len(tickets) > 1:
                for ticket in tickets:  # one that cannot be stored must not cost its neighbours
                    self._committed([ticket])
        finally:
            self._hand_over(tickets)
        stored = [event.person_key for ticket in tickets if ticket.is_stored for event in ticket.events]
        if stored:
            self.after_commit(list(dict.fromkeys(stored)))

    def _hand_over(self, tickets: Sequence[_Ticket]) -> None:
        with self._lock:
            successor = self._waiting[0] if self._waiting else None
            self._is_led = successor is not None
        if successor is not None:
            successor.leads = True
            successor.called.set()
        for ticket in tickets:
            ticket.called.set()

    def _committed(self, tickets: Sequence[_Ticket]) -> bool:
        try:
            with self.database.single_statement() as connection:
                store_events(connection, [event for ticket in tickets for event in ticket.events])
        except Exception as error:  # told to every request of the group, which answers 503
            for ticket in tickets:
                ticket.error = error
            return False
        for ticket in tickets:
            ticket.is_stored = True
        return True


def create_webhook(secret: str, clock: Clock, inbox: GroupCommit) -> Blueprint:
    """The blueprint of ``POST /line/webhook``."""
    blueprint = Blueprint("webhook", __name__)

    @blueprint.post("/line/webhook")
    def receive() -> Response:
        return _receive(secret, clock, inbox)

    return blueprint


def _receive(secret: str, clock: Clock, inbox: GroupCommit) -> Response:
    if (request.content_length or 0) > MAX_BODY_BYTES:
        return _say(413, "body over 1 MiB")
    body = request.stream.read(MAX_BODY_BYTES + 1)
    if len(body) > MAX_BODY_BYTES:
        return _say(413, "body over 1 MiB")
    if not is_signed(secret, body, request.headers.get("X-Line-Signature")):
        return _say(401, "signature missing or wrong")
    try:
        events = read_webhook(body, clock.now())
    except BadBody as error:
        return _say(400, str(error))
    try:
        if events:
            inbox.store(events)
    except Exception as error:  # LINE sends again what was not stored
        get_logger().error("webhook_not_stored", events=len(events), error=type(error).__name__)
        return _say(503, "not stored; send again")
    return _say(200, "ok")


def is_signed(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether LINE signed exactly these bytes: base64 of HMAC-SHA256 with the channel secret, constant time."""
    if not signature:
        return False
    expected = base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256))
    return hmac.compare_digest(expected, signature.encode("utf-8", "surrogateescape"))


def read_webhook(body: bytes, received_at: datetime) -> list[NewEvent]:
    """Reduce a webhook body to inbox rows, one for each event, whatever is odd about one of them.

    Raises:
        BadBody: the body is not a JSON object with a list of events.
    """
    content = _parse(body)
    events = content.get("events") if isinstance(content, dict) else None
    if not isinstance(events, list):
        raise BadBody("events missing")
    return [_new_event(event, received_at) for event in events]


def _parse(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:  # lone surrogates are legal JSON escapes that the fast reader refuses
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadBody("not JSON") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _new_event(event: Any, received_at: datetime) -> NewEvent:
    raw = _dump(event)
    fields = event if isinstance(event, dict) else {}
    event_id = _plain(fields.get("webhookEventId"), _PLAIN_ID) or f"digest-{hashlib.sha256(raw.encode()).hexdigest()}"
    source, message = fields.get("source"), fields.get("message")
    return NewEvent(
        event_id=event_id,
        person_key=_person_key(source) or event_id,
        type=_plain(fields.get("type"), _PLAIN_TYPE) or "malformed",
        message_id=_plain(message.get("id"), _PLAIN_ID) if isinstance(message, dict) else None,
        raw=raw,
        event_at=_instant(fields.get("timestamp"), received_at),
        received_at=received_at,
    )


def _person_key(source: Any) -> str | None:
    """Whose order the event belongs to: the user's own in a chat of two, the group's in a group."""
    if not isinstance(source, dict):
        return None
    for name in ("groupId", "roomId", "userId"):
        found = _plain(source.get(name), _PLAIN_ID)
        if found:
            return found
    return None


def _plain(value: Any, form: re.Pattern[str]) -> str | None:
    return value if isinstance(value, str) and form.fullmatch(value) else None


def _instant(timestamp: Any, received_at: datetime) -> datetime:
    """LINE's time stamp (milliseconds since 1970); our receipt where there is none to believe."""
    if isinstance(timestamp, bool) or not isinstance(timestamp, (int, float)):
        return received_at
    try:
        at = datetime.fromtimestamp(timestamp / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return received_at
    return at if received_at - _OLDEST_EVENT <= at <= received_at + _NEWEST_EVENT else received_at


def _dump(event: Any) -> str:
    try:
        return orjson.dumps(event).decode()
    except (TypeError, ValueError):  # integers over 64 bits, lone surrogates
        pass
    try:
        return json.dumps(event)
    except RecursionError:  # nested too deeply to be LINE's; its neighbours are stored all the same
        return "null"


def _say(status: int, text: str) -> Response:
    return Response(text + "\n", status, mimetype="text/plain")
