"""Sends webhooks as LINE does: signed, two seconds for an answer, again when asked and not answered with 2xx."""

from __future__ import annotations

import copy
import heapq
import itertools
import random
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import urllib3

from simulator.events import signature, webhook_body
from simulator.world import KEPT_EVENTS, ChatMessage, World

Deliver = Callable[[bytes, dict[str, str]], int]

ANSWER_WITHIN_SECONDS = 2.0
NO_ANSWER = 0  # the status of a webhook nobody answered
REDELIVERY_DELAYS_SECONDS = (1.0, 5.0, 30.0)  # LINE does not tell its own


@dataclass(frozen=True)
class Delivery:
    """One webhook sent: its events' ids, the bot's status (0: no answer in time), whether it was a redelivery."""

    event_ids: tuple[str, ...]
    status: int
    redelivered: bool
    at: float


@dataclass(order=True)
class _Due:
    at: float
    place: int
    batch: list[dict[str, Any]] = field(compare=False)
    attempt: int = field(compare=False)
    redelivery: bool = field(compare=False)


def http_transport(url: str, timeout_seconds: float = ANSWER_WITHIN_SECONDS) -> Deliver:
    """A transport that posts to ``url``; answers 0 when there is no answer within the time."""
    pool = urllib3.PoolManager(retries=False, timeout=timeout_seconds)

    def deliver(raw_body: bytes, headers: dict[str, str]) -> int:
        try:
            return pool.request("POST", url, body=raw_body, headers=headers).status
        except urllib3.exceptions.HTTPError:
            return NO_ANSWER

    return deliver


class WebhookSender:
    """Delivers events through a transport, in the caller's thread or (``background``) in one of its own.

    ``escape`` is ``alternate`` (every second body escapes non-ASCII), ``always`` or ``never``.
    ``automatic_redelivery`` sends again, up to three times, what was not answered with 2xx: at once in the caller's
    thread, after 1, 5 and 30 seconds in the background.
    """

    def __init__(self, world: World, channel_secret: str, destination: str, deliver: Deliver | None) -> None:
        self.world = world
        self.deliver = deliver
        self.escape = "alternate"
        self.automatic_redelivery = False
        self.deliveries: list[Delivery] = []
        self._secret, self._destination = channel_secret, destination
        self._events: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._held: list[dict[str, Any]] | None = None
        self._failed: list[str] = []
        self._unread: dict[str, ChatMessage] = {}
        self._bodies, self._places = itertools.count(), itertools.count()
        self._due: list[_Due] = []
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._busy = self._stopping = False

    def send(self, event: dict[str, Any], message: ChatMessage | None = None) -> None:
        """Sends an event, or keeps it while webhooks are held back; its ``message`` is read once the bot took it."""
        with self.world.lock:
            if message is not None:
                self._unread[event["webhookEventId"]] = message
            self._events[event["webhookEventId"]] = event
            while len(self._events) > KEPT_EVENTS:
                self._events.popitem(last=False)
            if self._held is not None:
                self._held.append(event)
                return
        self._schedule([event], attempt=0, redelivery=False)

    def hold(self) -> None:
        """Keeps events back until ``release``."""
        with self.world.lock:
            self._held = self._held or []

    def release(self, shuffle: random.Random | None = None, per_body: int = 1) -> None:
        """Sends the events kept back, ``per_body`` in one webhook, in their order or shuffled."""
        with self.world.lock:
            events, self._held = self._held or [], None
        if shuffle is not None:
            shuffle.shuffle(events)
        for start in range(0, len(events), per_body):
            self._schedule(events[start : start + per_body], attempt=0, redelivery=False)

    def redeliver(self, event_id: str | None = None) -> None:
        """Sends an event again with ``isRedelivery`` true, same id and reply token; default the last one."""
        self._schedule([self.event(event_id)], attempt=len(REDELIVERY_DELAYS_SECONDS), redelivery=True)

    def redeliver_failed(self, shuffle: random.Random | None = None) -> int:
        """Redelivers every event whose last webhook was not answered with 2xx; returns how many."""
        with self.world.lock:
            failed, self._failed = self._failed, []
        if shuffle is not None:
            shuffle.shuffle(failed)
        for event_id in failed:
            self.redeliver(event_id)
        return len(failed)

    def duplicate(self, event_id: str | None = None) -> None:
        """Sends an event again exactly as it was, without the redelivery mark; default the last one."""
        self._schedule([self.event(event_id)], attempt=len(REDELIVERY_DELAYS_SECONDS), redelivery=False)

    def event(self, event_id: str | None = None) -> dict[str, Any]:
        """The event of an id, default the last one; ``LookupError`` when there is none."""
        with self.world.lock:
            if event_id is None and self._events:
                return next(reversed(self._events.values()))
            if event_id is not None and event_id in self._events:
                return self._events[event_id]
        raise LookupError("No such event was sent: send a message first, or check the webhookEventId.")

    def probe(self, deliver: Deliver | None = None) -> int:
        """Sends a body without events, as the console's Verify button does; returns the status (0: no answer)."""
        chosen = deliver or self.deliver
        return chosen(*self._signed([])) if chosen else NO_ANSWER

    def start_background(self) -> None:
        """From now on webhooks leave from a thread of the platform's own."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="line-webhooks", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ends the background thread; what is still due is not sent."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(ANSWER_WITHIN_SECONDS + 1)

    def wait_until_idle(self, timeout_seconds: float = 5.0) -> bool:
        """Waits until nothing is due now or under way in the background; False when the time is up first."""
        with self._wake:
            return self._wake.wait_for(lambda: not self._busy and not self._due, timeout_seconds)

    def _schedule(self, batch: list[dict[str, Any]], attempt: int, redelivery: bool, delay_seconds: float = 0) -> None:
        if self._thread is None:
            self._attempt(batch, attempt, redelivery)
            return
        due = _Due(self.world.clock() + delay_seconds, next(self._places), batch, attempt, redelivery)
        with self._wake:
            heapq.heappush(self._due, due)
            self._wake.notify_all()

    def _run(self) -> None:
        while (due := self._next_due()) is not None:
            try:
                self._attempt(due.batch, due.attempt, due.redelivery)
            finally:
                with self._wake:
                    self._busy = False
                    self._wake.notify_all()

    def _next_due(self) -> _Due | None:
        with self._wake:
            while not self._stopping:
                wait = self._due[0].at - self.world.clock() if self._due else None
                if wait is not None and wait <= 0:
                    self._busy = True
                    return heapq.heappop(self._due)
                self._wake.wait(wait)
            return None

    def _attempt(self, batch: list[dict[str, Any]], attempt: int, redelivery: bool) -> None:
        events = copy.deepcopy(batch)
        with self.world.lock:
            now = self.world.clock()
            for event in events:
                event["deliveryContext"] = {"isRedelivery": redelivery}
                if token := self.world.reply_tokens.get(event.get("replyToken", "")):
                    token.delivered_at = now
        status = self.deliver(*self._signed(events)) if self.deliver else NO_ANSWER
        ids = tuple(event["webhookEventId"] for event in events)
        with self.world.lock:
            self.deliveries.append(Delivery(ids, status, redelivery, now))
            self.world.note_change()
        if 200 <= status < 300:
            self._mark_read(ids)
        else:
            self._again(batch, attempt)

    def _mark_read(self, event_ids: tuple[str, ...]) -> None:
        """A bot without the chat mode reads at once: what it took shows as read."""
        with self.world.lock:
            for event_id in event_ids:
                if (row := self._unread.pop(event_id, None)) and not row.read:
                    row.read = True
                    self.world.touch(row)

    def _again(self, batch: list[dict[str, Any]], attempt: int) -> None:
        if not self.automatic_redelivery or attempt >= len(REDELIVERY_DELAYS_SECONDS):
            with self.world.lock:
                self._failed += [event["webhookEventId"] for event in batch]
            return
        self._schedule(batch, attempt + 1, redelivery=True, delay_seconds=REDELIVERY_DELAYS_SECONDS[attempt])

    def _signed(self, events: list[dict[str, Any]]) -> tuple[bytes, dict[str, str]]:
        escaped = self.escape == "always" or (self.escape == "alternate" and next(self._bodies) % 2 == 1)
        raw = webhook_body(self._destination, events, escaped)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": signature(self._secret, raw),
        }
        return raw, headers
