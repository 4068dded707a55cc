"""The Messaging API as the bot calls it: who may, what trouble is ordered, what answers, what is recorded."""

from __future__ import annotations

import itertools
import json
import time
import uuid
from collections import deque
from typing import TYPE_CHECKING

from simulator import answers
from simulator.answers import Answer, refusal
from simulator.calls import Call, Request
from simulator.endpoints import find_endpoint
from simulator.faults import SENDING, Fault
from simulator.sending import Sending

if TYPE_CHECKING:
    from simulator.platform import Platform

BODY_LARGEST_BYTES = 2 * 1024 * 1024
KEPT_CALLS = 10_000
SENDING_PATH = "/v2/bot/message/"
UNFRIENDLY_FIELD = {"futureProperty": {"since": "tomorrow"}}  # nobody has heard of it


class MessagingAPI:
    """Answers calls one after another under the world's lock."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._world, self._faults = platform.world, platform.faults
        self._sending = Sending(platform.world, platform.quota, platform.faults)
        self._calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self._numbers = itertools.count(1)

    def recorded(self) -> list[Call]:
        """The calls answered so far, oldest first."""
        with self._world.lock:
            return list(self._calls)

    def handle(self, request: Request) -> Answer:
        """Answers and records one call."""
        started = time.perf_counter()
        request.headers = {name.lower(): value for name, value in request.headers.items()}
        request.request_id = str(uuid.uuid4())
        kind = _kind(request)
        fault: Fault | None = None
        answer = self._refuse_early(request)
        if answer is None:
            fault = self._faults.take(kind)
            answer = self._answer(request, kind, fault)
            answer.delay_seconds = self._faults.delay_seconds(kind)
        answer.kind = kind
        answer.headers.setdefault("x-line-request-id", request.request_id)
        if self._faults.unknown_fields and isinstance(answer.body, dict):
            answer.body = answer.body | UNFRIENDLY_FIELD
        self._record(request, answer, fault, (time.perf_counter() - started) * 1000)
        return answer

    def _refuse_early(self, request: Request) -> Answer | None:
        if request.headers.get("authorization") != f"Bearer {self._platform.access_token}":
            return refusal(401, answers.BAD_TOKEN)
        if len(request.body) > BODY_LARGEST_BYTES:
            return refusal(413, "The request body is larger than 2 MB")
        return None

    def _answer(self, request: Request, kind: str, fault: Fault | None) -> Answer:
        if fault is None or fault.kind == "token":
            return self._obey(request, kind, spend_first=fault is not None)
        if fault.kind == "rate":
            return refusal(429, answers.RATE_LIMIT)
        true_answer = self._obey(request, kind) if fault.accepted else None
        if true_answer is not None and not true_answer.accepted:
            return true_answer
        return _troubled(fault, true_answer.recipients if true_answer else 0)

    def _obey(self, request: Request, kind: str, spend_first: bool = False) -> Answer:
        if kind == "webhookTest":  # calls the bot, which may call back: the world must not be locked
            return self._found(request)
        if wrong := _wrong_body(request, kind):
            return wrong
        with self._world.lock:
            if kind == "reply":
                return self._sending.reply(request, spend_first)
            if kind == "push":
                return self._sending.push(request)
            return self._sending.multicast(request) if kind == "multicast" else self._found(request)

    def _found(self, request: Request) -> Answer:
        found = find_endpoint(request.method, request.path)
        if found is None:
            return refusal(404, "Not found")
        endpoint, parts = found
        return endpoint.answer(self._platform, request, *parts)

    def _record(self, request: Request, answer: Answer, fault: Fault | None, duration_ms: float) -> None:
        is_json = request.headers.get("content-type", "").startswith("application/json")
        try:
            sent = request.json if is_json and request.body else None
        except ValueError:
            sent = None
        with self._world.lock:
            call = Call(
                number=next(self._numbers),
                at=self._world.clock(),
                method=request.method,
                path=request.path,
                kind=answer.kind,
                status=answer.status,
                duration_ms=duration_ms + answer.delay_seconds * 1000,
                request_id=request.request_id,
                retry_key=request.headers.get("x-line-retry-key"),
                recipients=answer.recipients,
                sent=sent,
                answered=answer.body if isinstance(answer.body, dict) else None,
                fault=fault.kind if fault else None,
            )
            self._calls.append(call)
            self._world.note_change()


def _kind(request: Request) -> str:
    if request.method == "POST" and request.path.startswith(SENDING_PATH):
        name = request.path[len(SENDING_PATH) :]
        if name in SENDING:
            return name
    found = find_endpoint(request.method, request.path)
    return found[0].name if found else "unknown"


def _troubled(fault: Fault, recipients: int) -> Answer:
    if fault.kind == "drop":
        return Answer(0, b"", dropped=True, recipients=recipients)
    if fault.html:
        return Answer(fault.status, answers.BAD_GATEWAY_PAGE, content_type="text/html", recipients=recipients)
    return Answer(fault.status, {"message": "Internal server error"}, recipients=recipients)


def _wrong_body(request: Request, kind: str) -> Answer | None:
    """Refuses a body that is not JSON where JSON is wanted."""
    if request.method not in {"POST", "PUT"} or (kind == "richMenu" and request.path.endswith("/content")):
        return None
    if not request.body and kind in {"group", "richMenu"}:
        return None
    content_type = request.headers.get("content-type", "")
    if not content_type.startswith("application/json"):
        return refusal(400, f"The content type, {content_type}, is not supported")
    try:
        usable = isinstance(request.json, dict)
    except json.JSONDecodeError as wrong:
        words = f"The request body could not be parsed as JSON (line: {wrong.lineno}, column: {wrong.colno})"
        return refusal(400, words)
    except UnicodeDecodeError:
        usable = False
    return None if usable else refusal(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
