"""What the simulator's tests share: a clock that stands still, and a bot that talks to a platform."""

from __future__ import annotations

import json
from typing import Any

from simulator.answers import Answer
from simulator.platform import Platform

SECRET, TOKEN = "8c570fa6dd201bb328f1c1eac23a96d8", "token"
SOMCHAI, MALEE, STRANGER = ("U" + letter * 32 for letter in "abc")
NOBODY = "U" + "f" * 32
GROUP = "C" + "d" * 32
TEXT = {"type": "text", "text": "รับทราบ"}


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self, now: float = 1_763_712_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


class Bot:
    """A bot in this process: keeps the webhooks it got, answers ``status``, calls the API."""

    def __init__(self, **options: Any) -> None:
        self.clock = Clock()
        self.status = 200
        self.bodies: list[tuple[bytes, dict[str, str]]] = []
        self.platform = Platform(SECRET, TOKEN, clock=self.clock, deliver=self._deliver, **options)
        self.platform.add_friend(SOMCHAI, "สมชาย")
        self.platform.add_friend(MALEE, "มาลี")
        self.platform.add_person(STRANGER, "คนแปลกหน้า")

    def _deliver(self, raw_body: bytes, headers: dict[str, str]) -> int:
        self.bodies.append((raw_body, headers))
        return self.status

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for raw, _ in self.bodies for event in json.loads(raw)["events"]]

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.platform.handle(method, f"/v2/bot{path}", sent, raw)

    def reply(self, event: dict[str, Any], *messages: dict[str, Any], **headers: str) -> Answer:
        body = {"replyToken": event["replyToken"], "messages": list(messages) or [TEXT]}
        return self.call("POST", "/message/reply", body, **headers)

    def push(self, to: str, *messages: dict[str, Any], **headers: str) -> Answer:
        return self.call("POST", "/message/push", {"to": to, "messages": list(messages) or [TEXT]}, **headers)

    def multicast(self, to: list[str], *messages: dict[str, Any], **headers: str) -> Answer:
        return self.call("POST", "/message/multicast", {"to": to, "messages": list(messages) or [TEXT]}, **headers)

    def texts_to(self, chat_id: str) -> list[str]:
        return [row.message["text"] for row in self.platform.messages_to(chat_id)]


def flex(contents: dict[str, Any], alt_text: str = "การ์ด") -> dict[str, Any]:
    return {"type": "flex", "altText": alt_text, "contents": contents}


def bubble(*body: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": list(body)}} | parts
