"""The load: webhooks signed before the clock starts, sent over kept-alive raw sockets by one thread.

Closed loop (no ``rate``): every connection sends the next webhook when its answer is there. Open loop: webhooks are
due at a fixed rate whatever the service does, and a time counts from the moment one was due, so that a service that
falls behind cannot hide it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import selectors
import socket
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import orjson

LONGEST_SILENCE_SECONDS = 30
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Webhook:
    """One signed request with one text event; ``expected`` is what a true answer must name."""

    raw: bytes
    reply_token: str
    expected: str


@dataclass
class Load:
    """What came of a load: seconds from first to last, HTTP statuses, seconds of each answer, when each was due."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    answer_seconds: list[float] = field(default_factory=list)
    due_at: dict[str, float] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        return len(self.answer_seconds) / self.seconds

    def require_all_ok(self) -> Load:
        """A figure of failed requests is none."""
        if set(self.statuses) != {200}:
            raise RuntimeError(f"not every webhook was answered with 200: {dict(self.statuses)}")
        return self


def make_webhooks(secret: str, questions: Iterable[tuple[str, str, str]], path: str = "/line/webhook") -> list[Webhook]:
    """Sign one webhook a question; questions are (LINE user id, text, expected)."""
    return [_webhook(secret, path, *question) for question in questions]


def _webhook(secret: str, path: str, user_id: str, text: str, expected: str) -> Webhook:
    token = uuid.uuid4().hex
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": int(time.time() * 1000),
        "webhookEventId": uuid.uuid4().hex[:26].upper(),
        "deliveryContext": {"isRedelivery": False},
        "source": {"type": "user", "userId": user_id},
        "replyToken": token,
        "message": {"type": "text", "id": str(uuid.uuid4().int % 10**18), "quoteToken": "q" * 20, "text": text},
    }
    body = orjson.dumps({"destination": "U" + "d" * 32, "events": [event]})
    signature = base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=utf-8\r\n"
        f"User-Agent: LineBotWebhook/2.0\r\nX-Line-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Webhook(head.encode() + body, token, expected)


def fire(port: int, webhooks: Sequence[Webhook], *, connections: int = 32, rate: float | None = None) -> Load:
    """Send every webhook once; without a rate in a closed loop, else at so many a second.

    Raises:
        RuntimeError: the server closed a connection with a request in work, or was silent for too long.
    """
    with _Wires(port, connections) as wires:
        return _fire(wires, webhooks, rate)


def _fire(wires: _Wires, webhooks: Sequence[Webhook], rate: float | None) -> Load:
    load, started, following = Load(), time.monotonic(), 0
    while following < len(webhooks) or wires.busy:
        due = started + following / rate if rate else 0.0
        while following < len(webhooks) and wires.idle and due <= time.monotonic():
            webhook = webhooks[following]
            load.due_at[webhook.reply_token] = due or time.monotonic()
            wires.send(webhook.raw, load.due_at[webhook.reply_token])
            following += 1
            due = started + following / rate if rate else 0.0
        may_wait = wires.idle and following < len(webhooks)
        for status, since in wires.receive(
            due - time.monotonic() if may_wait else LONGEST_SILENCE_SECONDS, not may_wait
        ):
            load.statuses[status] += 1
            load.answer_seconds.append(time.monotonic() - since)
    load.seconds = time.monotonic() - started
    return load


class _Wires:
    """Kept-alive connections: idle ones, and those that wait for an answer since a moment."""

    def __init__(self, port: int, count: int) -> None:
        self._port, self._selector = port, selectors.DefaultSelector()
        self.idle = [self._open() for _ in range(count)]
        self.busy: dict[socket.socket, float] = {}
        self._partial: dict[socket.socket, bytes] = {}

    def __enter__(self) -> _Wires:
        return self

    def __exit__(self, *_: object) -> None:
        for wire in [*self.idle, *self.busy]:
            wire.close()
        self._selector.close()

    def _open(self) -> socket.socket:
        wire = socket.create_connection(("127.0.0.1", self._port), 5)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(wire, selectors.EVENT_READ)
        return wire

    def send(self, raw: bytes, since: float) -> None:
        wire = self.idle.pop()
        self.busy[wire] = since
        wire.sendall(raw)

    def receive(self, wait_seconds: float, must_come: bool) -> list[tuple[int, float]]:
        """Status and start of every answer that is complete now, after waiting for one so long at most."""
        ready = self._selector.select(max(0.0, wait_seconds))
        if not ready and must_come:
            raise RuntimeError(f"no answer for {wait_seconds:.0f} s")
        return [answer for key, _ in ready if (answer := self._read(key.fileobj)) is not None]  # type: ignore[arg-type]

    def _read(self, wire: socket.socket) -> tuple[int, float] | None:
        data = wire.recv(65536)
        if not data:
            return self._replace(wire)
        data = self._partial.pop(wire, b"") + data
        head, found, body = data.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not found or (length and len(body) < int(length.group(1))):
            self._partial[wire] = data
            return None
        since = self.busy.pop(wire)
        self.idle.append(wire)
        return int(head[9:12]), since

    def _replace(self, wire: socket.socket) -> None:
        """A server may close an idle connection; one with a request in work it may not."""
        self._selector.unregister(wire)
        wire.close()
        if wire in self.busy:
            raise RuntimeError("the server closed a connection with a request in work")
        self.idle.remove(wire)
        self.idle.append(self._open())
