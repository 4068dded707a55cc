"""Webhook events as LINE builds them: pure functions from values to dicts."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Any

from simulator.text_units import utf16_length

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(milliseconds: int) -> str:
    """A ULID: 26 characters, the first ten of them the time, so that ids sort by it."""
    number = (milliseconds << 80) | secrets.randbits(80)
    return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(125, -5, -5))


def signature(channel_secret: str, raw_body: bytes) -> str:
    """The ``x-line-signature`` of a body: Base64 of HMAC-SHA256 over its raw bytes."""
    return base64.b64encode(hmac.new(channel_secret.encode(), raw_body, hashlib.sha256).digest()).decode()


def webhook_body(destination: str, events: list[dict[str, Any]], escaped: bool) -> bytes:
    """The body of one webhook; ``escaped`` writes all but ASCII as JSON escapes, as LINE does at times."""
    body = {"destination": destination, "events": events}
    return json.dumps(body, ensure_ascii=escaped, separators=(",", ":")).encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Place:
    """Where something happens: between a person and the bot, or in a group."""

    user_id: str | None
    group_id: str | None = None

    @property
    def chat_id(self) -> str:
        """The chat's id: the group's, or the person's."""
        return self.group_id or self.user_id or ""

    def source(self) -> dict[str, str]:
        """The event's ``source``."""
        if self.group_id is None:
            return {"type": "user", "userId": self.user_id or ""}
        source = {"type": "group", "groupId": self.group_id}
        return source | ({"userId": self.user_id} if self.user_id else {})


def build_event(
    kind: str, place: Place, at_seconds: float, reply_token: str | None, parts: dict[str, Any], *, standby: bool = False
) -> dict[str, Any]:
    """An event of ``kind`` with the common properties and ``parts``; no ``replyToken`` where there is none."""
    milliseconds = round(at_seconds * 1000)
    event: dict[str, Any] = {
        "type": kind,
        "mode": "standby" if standby else "active",
        "timestamp": milliseconds,
        "webhookEventId": ulid(milliseconds),
        "deliveryContext": {"isRedelivery": False},
        "source": place.source(),
    }
    if reply_token is not None:
        event["replyToken"] = reply_token
    return event | parts


def text_content(text: str, mention: dict[str, Any] | None = None) -> dict[str, Any]:
    """The inside of a text message."""
    return {"type": "text", "text": text} | ({"mention": mention} if mention else {})


def mention_of(text: str, name: str, user_id: str, is_self: bool) -> dict[str, Any]:
    """The ``mention`` of ``@name``, which ``text`` contains."""
    start = text.index(f"@{name}")
    mentionee = {
        "index": utf16_length(text[:start]),
        "length": utf16_length(name) + 1,
        "type": "user",
        "userId": user_id,
        "isSelf": is_self,
    }
    return {"mentionees": [mentionee]}


def sticker_content(package_id: str, sticker_id: str) -> dict[str, Any]:
    """The inside of a sticker message."""
    return {"type": "sticker", "packageId": package_id, "stickerId": sticker_id, "stickerResourceType": "STATIC"}


def media_content(kind: str, duration_ms: int | None = None) -> dict[str, Any]:
    """The inside of an image, video or audio message whose bytes LINE keeps."""
    content: dict[str, Any] = {"type": kind, "contentProvider": {"type": "line"}}
    return content | ({"duration": duration_ms} if duration_ms is not None else {})


def file_content(file_name: str, size_bytes: int) -> dict[str, Any]:
    """The inside of a file message."""
    return {"type": "file", "fileName": file_name, "fileSize": size_bytes}


def location_content(latitude: float, longitude: float, title: str, address: str) -> dict[str, Any]:
    """The inside of a location message."""
    return {"type": "location", "title": title, "address": address, "latitude": latitude, "longitude": longitude}
