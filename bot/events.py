"""Reading one stored webhook event into a frozen value; whatever is odd about it becomes a kind, never an error.

Shapes: LINE's Messaging API reference, "Webhook event objects".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import orjson

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True)
class Event:
    """What the service needs of a webhook event.

    Attributes:
        kind: ``text``, ``postback``, ``follow``, ``unfollow``, ``unsend``, ``join``, ``leave``, the kind of another
            message (``sticker``, ``image``, …) or ``other``.
        user_id: who did it; None where LINE does not say.
        group_id: the group or room it happened in; None in a chat of two.
        reply_token: None where the event has none or must not be answered (standby).
        text: the text of a message; empty for every other kind.
        postback: the data of a postback; empty for every other kind.
        picked: the day or hour that was picked with a postback, ``2026-12-15``, ``09:00``; empty where none was.
        message_id: id of the message sent or taken back.
        is_mentioned: whether the account itself was mentioned.
        is_unblocked: whether a follow is a return after blocking.
        file_name: what the sender calls a file; None for every other kind.
        is_from_line: whether LINE keeps the bytes of an image, film, sound or file; else they lie at an address of
            somebody's, which is not asked.
    """

    kind: str
    user_id: str | None = None
    group_id: str | None = None
    reply_token: str | None = None
    text: str = ""
    postback: str = ""
    picked: str = ""
    message_id: str | None = None
    is_mentioned: bool = False
    is_unblocked: bool = False
    file_name: str | None = None
    is_from_line: bool = False

    @property
    def chat_id(self) -> str | None:
        """Where an answer goes."""
        return self.group_id or self.user_id


def read_event(raw: str) -> Event:
    """Read an event's JSON; fields of an unexpected type or form count as absent."""
    event = _load(raw)
    if not isinstance(event, dict):
        return Event("other")
    source, message = _part(event, "source"), _part(event, "message")
    active = event.get("mode", "active") == "active"
    return Event(
        kind=_kind(event, message),
        user_id=_id(source, "userId"),
        group_id=_id(source, "groupId") or _id(source, "roomId"),
        reply_token=_id(event, "replyToken") if active else None,
        text=_without_mention_of_us(message) if message.get("type") == "text" else "",
        postback=_text(_part(event, "postback"), "data"),
        picked=_picked(_part(_part(event, "postback"), "params")),
        message_id=_id(message, "id") or _id(_part(event, "unsend"), "messageId"),
        is_mentioned=any(_mentions_of_us(message)),
        is_unblocked=_part(event, "follow").get("isUnblocked") is True,
        file_name=_text(message, "fileName") or None,
        is_from_line=message.get("type") == "file" or _part(message, "contentProvider").get("type") == "line",
    )


def _load(raw: str) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        pass
    try:  # lone surrogates and infinite numbers, which the webhook stored as they came
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _kind(event: dict[str, Any], message: dict[str, Any]) -> str:
    kind = _text(event, "type")
    if event.get("mode", "active") != "active" and kind != "unsend":  # what is taken back goes, whoever is to answer
        return "standby"
    if kind == "message":
        return _text(message, "type") or "other"
    return kind if kind in ("postback", "follow", "unfollow", "unsend", "join", "leave") else "other"


def _mentions_of_us(message: dict[str, Any]) -> list[tuple[int, int]]:
    mentionees = _part(message, "mention").get("mentionees")
    ours = [
        mention
        for mention in (mentionees if isinstance(mentionees, list) else [])
        if isinstance(mention, dict) and mention.get("isSelf") is True
    ]
    return [(_count(mention, "index"), _count(mention, "length")) for mention in ours]


def _without_mention_of_us(message: dict[str, Any]) -> str:
    """The text without ``@account``; LINE counts positions in UTF-16 units."""
    units = _text(message, "text").encode("utf-16-le", "surrogatepass")
    for index, length in sorted(_mentions_of_us(message), reverse=True):
        units = units[: index * 2] + units[(index + length) * 2 :]
    return units.decode("utf-16-le", "replace").strip()


def _count(owner: dict[str, Any], name: str) -> int:
    value = owner.get(name)
    return value if isinstance(value, int) and value >= 0 else 0


def _part(owner: dict[str, Any], name: str) -> dict[str, Any]:
    part = owner.get(name)
    return part if isinstance(part, dict) else {}


def _picked(params: dict[str, Any]) -> str:
    return _text(params, "date") or _text(params, "time") or _text(params, "datetime")


def _id(owner: dict[str, Any], name: str) -> str | None:
    value = owner.get(name)
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def _text(owner: dict[str, Any], name: str) -> str:
    """A text without what no database and no message can hold: NUL, and halves of characters."""
    value = owner.get(name)
    if not isinstance(value, str):
        return ""
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
