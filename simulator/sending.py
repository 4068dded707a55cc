"""Reply, push and multicast: how LINE takes messages, counts them and puts them into chats."""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from simulator import answers
from simulator.answers import Answer, refusal
from simulator.calls import Request
from simulator.faults import Faults
from simulator.message_rules import counted, refuse_messages
from simulator.quota import Quota
from simulator.world import BOT, AcceptedKey, World

MOST_RECIPIENTS = 500
USER_ID = re.compile(r"U[0-9a-f]{32}")
AGGREGATION_UNIT = re.compile(r"[a-zA-Z0-9_]{1,30}")
QUOTABLE = frozenset({"text", "textV2", "sticker", "image", "video", "template", "flex"})


@dataclass
class Sending:
    """The three endpoints that put messages into chats. Called with the world's lock held."""

    world: World
    quota: Quota
    faults: Faults

    def reply(self, request: Request, spend_first: bool = False) -> Answer:
        """``POST /v2/bot/message/reply``: free, one use of a young token, no retry key."""
        body = request.json
        if "x-line-retry-key" in request.headers:
            return refusal(400, answers.RETRY_KEY_REFUSED)
        given = body.get("replyToken")
        token = self.world.reply_tokens.get(given) if isinstance(given, str) else None
        to_group = token.chat_id in self.world.groups if token else None
        if wrong := refuse_messages(body.get("messages"), to_group):
            return wrong
        if token is not None and spend_first:
            token.spent = True
        if token is None or not token.valid(self.world.clock()):
            return refusal(400, answers.INVALID_REPLY_TOKEN)
        token.spent = True
        return Answer(200, {"sentMessages": self._deliver(token.chat_id, "reply", body["messages"], request)})

    def push(self, request: Request) -> Answer:
        """``POST /v2/bot/message/push``: to a person or a group, counted by the people it reaches."""
        body, to = request.json, request.json.get("to")
        if wrong := self._before(request, to in self.world.groups if isinstance(to, str) else None):
            return wrong
        if not isinstance(to, str) or not to:
            return counted([("to", "May not be empty")])
        recipients = self.world.audience(to)
        if recipients is None:
            return refusal(400, answers.FAILED_TO_SEND)
        if not self._affordable(recipients):
            return refusal(429, answers.MONTHLY_LIMIT)
        self.quota.used += recipients
        answer = Answer(
            200, {"sentMessages": self._deliver(to, "push", body["messages"], request)}, recipients=recipients
        )
        return self._remember(request, answer)

    def multicast(self, request: Request) -> Answer:
        """``POST /v2/bot/message/multicast``: to at most 500 user ids; those it cannot reach are left out silently."""
        body, to = request.json, request.json.get("to")
        if wrong := self._before(request, False) or _wrong_recipients(to):
            return wrong
        reached = [user_id for user_id in dict.fromkeys(to) if self.world.audience(user_id)]
        if not self._affordable(len(reached)):
            return refusal(429, answers.MONTHLY_LIMIT)
        self.quota.used += len(reached)
        for user_id in reached:
            self._deliver(user_id, "multicast", body["messages"], request)
        return self._remember(request, Answer(200, {}, recipients=len(reached)))

    def _before(self, request: Request, to_group: bool | None) -> Answer | None:
        return (
            self._retry_key(request)
            or refuse_messages(request.json.get("messages"), to_group)
            or _wrong_units(request.json)
        )

    def _retry_key(self, request: Request) -> Answer | None:
        key = request.headers.get("x-line-retry-key")
        if key is None:
            return None
        try:
            uuid.UUID(key)
        except ValueError:
            return refusal(400, answers.RETRY_KEY_INVALID)
        earlier = self.world.accepted_key(key)
        if earlier is None:
            return None
        body = {"message": answers.RETRY_KEY_ACCEPTED} | earlier.body
        return Answer(409, body, {"x-line-accepted-request-id": earlier.request_id})

    def _remember(self, request: Request, answer: Answer) -> Answer:
        if (key := request.headers.get("x-line-retry-key")) and isinstance(answer.body, dict):
            self.world.retry_keys[key] = AcceptedKey(self.world.clock(), request.request_id, dict(answer.body))
        return answer

    def _affordable(self, recipients: int) -> bool:
        return not self.faults.quota_exhausted and self.quota.covers(recipients)

    def _deliver(
        self, chat_id: str, how: str, messages: list[dict[str, Any]], request: Request
    ) -> list[dict[str, str]]:
        """Puts messages into a chat; those to somebody out of reach get ids all the same, as LINE gives them."""
        sent = []
        for message in messages:
            quote_token = secrets.token_urlsafe(24) if message["type"] in QUOTABLE else ""
            if self.world.audience(chat_id):
                message_id = self.world.put_in_chat(
                    chat_id, BOT, how, message, request_id=request.request_id, quote_token=quote_token
                ).id
            else:
                message_id = self.world.new_message_id()
            sent.append({"id": message_id} | ({"quoteToken": quote_token} if quote_token else {}))
        return sent


def _wrong_recipients(to: object) -> Answer | None:
    if not isinstance(to, list) or not to:
        return counted([("to", "May not be empty")])
    if len(to) > MOST_RECIPIENTS:
        return counted([("to", f"Size must be between 1 and {MOST_RECIPIENTS}")])
    for place, user_id in enumerate(to):
        if not isinstance(user_id, str) or not USER_ID.fullmatch(user_id):
            return refusal(400, f"The property, to[{place}], in the request body is invalid (line: -, column: -)")
    return None


def _wrong_units(body: dict[str, Any]) -> Answer | None:
    units = body.get("customAggregationUnits") or []
    if len(units) > 1:
        return counted([("customAggregationUnits", "Size must be between 0 and 1")])
    if not all(isinstance(unit, str) and AGGREGATION_UNIT.fullmatch(unit) for unit in units):
        return counted([("customAggregationUnits[0]", "Must match the pattern ^[a-zA-Z0-9_]{1,30}$")])
    return None
