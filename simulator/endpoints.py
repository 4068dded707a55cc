"""LINE's addresses and what answers at each: one table, and the small endpoints that belong nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from simulator.answers import CONTENT_GONE, Answer, refusal
from simulator.calls import Request
from simulator.message_rules import counted, refuse_messages
from simulator.sending import USER_ID
from simulator.webhook_sender import NO_ANSWER, http_transport
from simulator.world import Content, Group

if TYPE_CHECKING:
    from simulator.platform import Platform

WEBHOOK_URL_LONGEST = 500
VALIDATED = ("reply", "push", "multicast", "narrowcast", "broadcast")


@dataclass(frozen=True)
class Endpoint:
    """An address: ``name`` is the call's kind; ``answer`` gets the platform, the request and the path's parts."""

    name: str
    method: str
    path: re.Pattern[str]
    answer: Callable[..., Answer]


def get_profile(platform: Platform, request: Request, user_id: str) -> Answer:
    """A friend's profile, or that of somebody who wrote; 404 for everybody else and for those who block."""
    person = platform.world.people.get(user_id)
    if person is None or person.blocked or not (person.friend or person.wrote_at is not None):
        return refusal(404, "Not found")
    told = {"language": person.language, "pictureUrl": person.picture_url}
    body = {"displayName": person.display_name, "userId": user_id}
    return Answer(200, body | {name: value for name, value in told.items() if value})


def get_info(platform: Platform, request: Request) -> Answer:
    """The bot itself."""
    body = {
        "userId": platform.bot_user_id,
        "basicId": "@tidtam",
        "displayName": platform.bot_name,
        "chatMode": "bot",
        "markAsReadMode": "auto",
    }
    return Answer(200, body)


def get_quota(platform: Platform, request: Request) -> Answer:
    """The month's limit."""
    return Answer(200, platform.quota.as_json())


def get_consumption(platform: Platform, request: Request) -> Answer:
    """How much of the month's limit is gone."""
    return Answer(200, {"totalUsage": platform.quota.used})


def validate_messages(platform: Platform, request: Request, kind: str) -> Answer:
    """Whether a reply, push, … of these messages would be taken."""
    if kind not in VALIDATED:
        return refusal(404, "Not found")
    return refuse_messages(request.json.get("messages")) or Answer(200)


def start_loading(platform: Platform, request: Request) -> Answer:
    """The loading sign in a chat of one person: 5 to 60 seconds in steps of five, 20 when not said."""
    chat_id, seconds = request.json.get("chatId"), request.json.get("loadingSeconds", 20)
    if not isinstance(chat_id, str) or not USER_ID.fullmatch(chat_id):
        words = "Only user id is acceptable, please confirm if there are any group/room ids or illegal ids."
        return counted([("chatId", words)])
    if not isinstance(seconds, int) or not 5 <= seconds <= 60:
        return counted([("loadingSeconds", "Must be between 5 and 60")])
    if seconds % 5:
        return counted([("loadingSeconds", "must be a multiple of five")])
    if chat_id in platform.world.people:
        platform.world.loading_until[chat_id] = platform.world.clock() + seconds
        platform.world.note_change()
    return Answer(202)


def mark_as_read(platform: Platform, request: Request) -> Answer:
    """Marks everything up to a message as read."""
    row = platform.world.read_tokens.get(request.json.get("markAsReadToken", ""))
    if row is None:
        return refusal(400, "Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.")
    platform.mark_read_until(row)
    return Answer(200)


def _content(platform: Platform, message_id: str) -> Content | Answer:
    content = platform.world.contents.get(message_id)
    if content is None:
        return refusal(404, "not found")
    return refusal(410, CONTENT_GONE) if content.gone else content


def get_content(platform: Platform, request: Request, message_id: str) -> Answer:
    """What a person sent: 202 while it is prepared, 410 once it was unsent."""
    content = _content(platform, message_id)
    if isinstance(content, Answer):
        return content
    return Answer(200, content.data, content_type=content.content_type) if content.ready else Answer(202, b"")


def get_transcoding(platform: Platform, request: Request, message_id: str) -> Answer:
    """How far the preparation of a sound or film is."""
    content = _content(platform, message_id)
    if isinstance(content, Answer):
        return content
    if not content.content_type.startswith(("audio/", "video/")):
        return refusal(400, "The message is not an audio or video message")
    return Answer(200, {"status": "succeeded" if content.ready else "processing"})


def _group(platform: Platform, group_id: str) -> Group | Answer:
    if not group_id.startswith("C"):
        return refusal(400, "The value for the 'groupId' parameter is invalid")
    group = platform.world.groups.get(group_id)
    return group if group is not None and group.bot_in else refusal(404, "Not found")


def group_summary(platform: Platform, request: Request, group_id: str) -> Answer:
    """A group's name."""
    group = _group(platform, group_id)
    return group if isinstance(group, Answer) else Answer(200, {"groupId": group_id, "groupName": group.name})


def group_count(platform: Platform, request: Request, group_id: str) -> Answer:
    """How many people are in a group, the bot not counted."""
    group = _group(platform, group_id)
    return group if isinstance(group, Answer) else Answer(200, {"count": len(group.members)})


def group_member(platform: Platform, request: Request, group_id: str, user_id: str) -> Answer:
    """The profile of a group's member, friend or not."""
    group = _group(platform, group_id)
    if isinstance(group, Answer):
        return group
    person = platform.world.people.get(user_id)
    if user_id not in group.members or person is None:
        return refusal(404, "Not found")
    return Answer(200, {"displayName": person.display_name, "userId": user_id})


def group_members(platform: Platform, request: Request, group_id: str) -> Answer:
    """Only verified accounts may list members."""
    return refusal(403, "Access to this API is not available for your account")


def leave_group(platform: Platform, request: Request, group_id: str) -> Answer:
    """The bot leaves a group; no event comes of it."""
    group = _group(platform, group_id)
    if isinstance(group, Answer):
        return group
    group.bot_in = False
    platform.world.note_change()
    return Answer(200)


def get_webhook(platform: Platform, request: Request) -> Answer:
    """The webhook address in force."""
    if platform.webhook_url is None:
        return refusal(404, "Webhook endpoint not found")
    return Answer(200, {"endpoint": platform.webhook_url, "active": True})


def put_webhook(platform: Platform, request: Request) -> Answer:
    """Sets the webhook address. LINE wants HTTPS; here plain HTTP to this machine is taken too."""
    url = request.json.get("endpoint")
    parts = urlsplit(url if isinstance(url, str) else "")
    local = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
    if not (parts.scheme == "https" or local) or not parts.hostname or len(url) > WEBHOOK_URL_LONGEST:
        return refusal(400, "Invalid webhook endpoint URL")
    platform.use_webhook(url)
    return Answer(200)


def test_webhook(platform: Platform, request: Request) -> Answer:
    """Sends an empty webhook and tells what came back. The world is not locked meanwhile."""
    url = (request.json if request.body else {}).get("endpoint")
    status = platform.webhooks.probe(http_transport(url) if url else None)
    reason = "COULD_NOT_CONNECT" if status == NO_ANSWER else "OK" if 200 <= status < 300 else "ERROR_STATUS_CODE"
    at = datetime.fromtimestamp(platform.world.clock(), UTC).isoformat(timespec="milliseconds")
    body = {"success": reason == "OK", "timestamp": at, "statusCode": status, "reason": reason, "detail": str(status)}
    return Answer(200, body)


def _menus(name: str) -> Callable[..., Answer]:
    return lambda platform, request, *parts: getattr(platform.rich_menus, name)(request, *parts)


BOT_PATH = "/v2/bot"
# Kind, method, path under /v2/bot with {} for a part, what answers. Earlier rows win.
_TABLE: list[tuple[str, str, str, Callable[..., Answer]]] = [
    ("validate", "POST", "/message/validate/{}", validate_messages),
    ("quota", "GET", "/message/quota", get_quota),
    ("consumption", "GET", "/message/quota/consumption", get_consumption),
    ("content", "GET", "/message/{}/content", get_content),
    ("content", "GET", "/message/{}/content/preview", get_content),
    ("transcoding", "GET", "/message/{}/content/transcoding", get_transcoding),
    ("profile", "GET", "/profile/{}", get_profile),
    ("info", "GET", "/info", get_info),
    ("loading", "POST", "/chat/loading/start", start_loading),
    ("markAsRead", "POST", "/chat/markAsRead", mark_as_read),
    ("group", "GET", "/group/{}/summary", group_summary),
    ("group", "GET", "/group/{}/members/count", group_count),
    ("group", "GET", "/group/{}/members/ids", group_members),
    ("group", "GET", "/group/{}/member/{}", group_member),
    ("group", "POST", "/group/{}/leave", leave_group),
    ("webhook", "GET", "/channel/webhook/endpoint", get_webhook),
    ("webhook", "PUT", "/channel/webhook/endpoint", put_webhook),
    ("webhookTest", "POST", "/channel/webhook/test", test_webhook),
    ("richMenu", "POST", "/richmenu", _menus("create")),
    ("richMenu", "POST", "/richmenu/validate", _menus("validate")),
    ("richMenu", "GET", "/richmenu/list", _menus("list_menus")),
    ("richMenu", "POST", "/richmenu/bulk/link", _menus("bulk_link")),
    ("richMenu", "POST", "/richmenu/bulk/unlink", _menus("bulk_unlink")),
    ("richMenu", "POST", "/richmenu/alias", _menus("create_alias")),
    ("richMenu", "GET", "/richmenu/alias/list", _menus("list_aliases")),
    ("richMenu", "POST", "/richmenu/alias/{}", _menus("update_alias")),
    ("richMenu", "GET", "/richmenu/alias/{}", _menus("get_alias")),
    ("richMenu", "DELETE", "/richmenu/alias/{}", _menus("delete_alias")),
    ("richMenu", "POST", "/richmenu/{}/content", _menus("upload")),
    ("richMenu", "GET", "/richmenu/{}/content", _menus("download")),
    ("richMenu", "GET", "/richmenu/{}", _menus("get")),
    ("richMenu", "DELETE", "/richmenu/{}", _menus("delete")),
    ("richMenu", "POST", "/user/all/richmenu/{}", _menus("set_default")),
    ("richMenu", "GET", "/user/all/richmenu", _menus("get_default")),
    ("richMenu", "DELETE", "/user/all/richmenu", _menus("clear_default")),
    ("richMenu", "POST", "/user/{}/richmenu/{}", _menus("link")),
    ("richMenu", "GET", "/user/{}/richmenu", _menus("linked")),
    ("richMenu", "DELETE", "/user/{}/richmenu", _menus("unlink")),
]
ENDPOINTS = [
    Endpoint(name, method, re.compile(BOT_PATH + path.replace("{}", "([^/]+)")), answer)
    for name, method, path, answer in _TABLE
]


def find_endpoint(method: str, path: str) -> tuple[Endpoint, tuple[str, ...]] | None:
    """The endpoint of an address and the parts of its path, or None."""
    for endpoint in ENDPOINTS:
        if endpoint.method == method and (found := endpoint.path.fullmatch(path)):
            return endpoint, found.groups()
    return None
