"""The only module that speaks HTTP to LINE.

Our plain message dicts go through the SDK's own transport (its pool, token and exceptions) without being built into
its models, which cost more than the rest of an answer together. What can happen to a call is an exception tree:

    LINEError
    ├── Retryable         surely not taken; the same call may be tried again
    │   ├── RateLimited   too many calls a second
    │   └── Unauthorized  the channel's token is not accepted (until an operator mends it)
    ├── OutcomeUnknown    nobody knows whether it was taken (time-out, 5xx, broken connection)
    └── GivenUp           LINE will never take it
        ├── QuotaExhausted    the month's messages are used up
        └── TokenSpent        the reply token was used or is too old

Sources: LINE's Messaging API reference, "Response" and "Retrying an API request".
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

import urllib3
from linebot.v3.messaging import ApiClient, ApiException, Configuration

from models.members import LINEProfile

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 8.0
CONTENT_SECONDS = 20.0
"""How long the whole of a photo or file may take, however steadily it trickles."""
DATA_API_URL = "https://api-data.line.me"
_PIECE_BYTES = 64 * 1024
_NOT_REACHED = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)


class LINEError(Exception):
    """A call that LINE did not plainly accept; ``reason`` is a fixed short text for rows and logs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Retryable(LINEError):
    """Surely not taken; the same call may be tried again."""


class RateLimited(Retryable):
    """Too many calls a second (429 with the rate's text)."""


class Unauthorized(Retryable):
    """The channel access token was refused (401)."""


class OutcomeUnknown(LINEError):
    """Nobody knows whether the call was taken."""


class GivenUp(LINEError):
    """LINE will never take this call."""


class QuotaExhausted(GivenUp):
    """The month's messages are used up (429 with the limit's text)."""


class TokenSpent(GivenUp):
    """The reply token was used before or is too old."""


@dataclass(frozen=True)
class QuotaReading:
    """The month's allowance (None: no limit) and the messages used so far."""

    allowance: int | None
    used: int


@dataclass(frozen=True)
class ListedMenu:
    """A rich menu as LINE lists it; whether it has its picture LINE does not say."""

    rich_menu_id: str
    name: str


MENU_GONE = "refused_404"
"""The reason of ``GivenUp`` where LINE has no such rich menu."""
MOST_LINKED_AT_ONCE = 500


class LINEClient(Protocol):
    """What the service asks of LINE. Every call has a time limit."""

    def send_reply(self, reply_token: str, messages: Sequence[dict[str, Any]]) -> str | None:
        """Answer with a reply token; gives LINE's request id."""

    def send_push(self, to: str, messages: Sequence[dict[str, Any]], retry_key: str) -> str | None:
        """Send to one user or group; a call that was taken before counts as taken."""

    def send_multicast(self, to: Sequence[str], messages: Sequence[dict[str, Any]], retry_key: str) -> str | None:
        """Send the same to up to 500 users; a call that was taken before counts as taken."""

    def get_quota(self) -> QuotaReading:
        """Read the month's allowance and use."""

    def get_bot_user_id(self) -> str:
        """The account's own user id: proves that the access token is good."""

    def get_webhook_url(self) -> str | None:
        """The webhook address set for the channel; None where there is none."""

    def get_profile(self, user_id: str) -> LINEProfile | None:
        """What LINE tells of a person; None where it tells nothing (blocked, unknown, no consent)."""

    def fetch_content(self, message_id: str, max_bytes: int) -> bytes:
        """The bytes of an image or file that a person sent; no more than ``max_bytes`` are taken."""

    def list_menus(self) -> list[ListedMenu]:
        """All rich menus of the account, whoever made them; at most ten calls a second."""

    def create_menu(self, menu: dict[str, Any]) -> str:
        """Make a rich menu, without its picture yet; gives its id. At most a hundred calls an hour."""

    def upload_menu_picture(self, rich_menu_id: str, png: bytes) -> None:
        """Give a rich menu its picture, at most 1 MB, once and for all."""

    def delete_menu(self, rich_menu_id: str) -> None:
        """Delete a rich menu; whoever had it has none. One that is gone counts as deleted."""

    def link_menu(self, rich_menu_id: str, user_ids: Sequence[str]) -> None:
        """Give up to 500 people a rich menu with a picture, in place of the one that each had."""

    def unlink_menus(self, user_ids: Sequence[str]) -> None:
        """Take the rich menus of up to 500 people away."""


class HTTPLINEClient:
    """LINE over HTTP, one connection pool for the whole process; safe to share between threads."""

    def __init__(
        self,
        access_token: str,
        api_url: str,
        data_api_url: str = DATA_API_URL,
        *,
        pool_size: int = 32,
        content_seconds: float = CONTENT_SECONDS,
    ) -> None:
        configuration = Configuration(access_token=access_token, host=api_url)
        configuration.retries = False  # retries are the outbox's business: it keeps the key and the order
        configuration.connection_pool_maxsize = pool_size
        self._client = _PlainClient(configuration)
        self._token, self._data_api_url = access_token, data_api_url
        self._content_seconds = content_seconds

    def send_reply(self, reply_token: str, messages: Sequence[dict[str, Any]]) -> str | None:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        return self._send("reply", {"replyToken": reply_token, "messages": list(messages)}, None)

    def send_push(self, to: str, messages: Sequence[dict[str, Any]], retry_key: str) -> str | None:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        return self._send("push", {"to": to, "messages": list(messages)}, retry_key)

    def send_multicast(self, to: Sequence[str], messages: Sequence[dict[str, Any]], retry_key: str) -> str | None:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        return self._send("multicast", {"to": list(to), "messages": list(messages)}, retry_key)

    def get_quota(self) -> QuotaReading:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        plan = self._get("/v2/bot/message/quota")
        used = self._get("/v2/bot/message/quota/consumption")
        return QuotaReading(plan.get("value") if plan.get("type") == "limited" else None, int(used["totalUsage"]))

    def get_bot_user_id(self) -> str:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        return str(self._get("/v2/bot/info")["userId"])

    def get_webhook_url(self) -> str | None:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        try:
            found = self._get("/v2/bot/channel/webhook/endpoint")
        except GivenUp:
            return None
        return str(found["endpoint"]) if found.get("active") and found.get("endpoint") else None

    def get_profile(self, user_id: str) -> LINEProfile | None:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        try:
            found = self._get(f"/v2/bot/profile/{user_id}")
        except GivenUp:
            return None
        name, language = found.get("displayName"), found.get("language")
        return LINEProfile(str(name) if name else None, str(language) if language else None)

    def fetch_content(self, message_id: str, max_bytes: int) -> bytes:
        """See ``LINEClient``. Fetching changes nothing, so whatever may pass may be tried again.

        Raises:
            Retryable: ``content_not_ready`` while LINE prepares it, or named by what failed on the way.
            GivenUp: ``content_gone`` where it was taken back or its time at LINE is over, ``content_too_big``.
        """
        ends_at = time.monotonic() + self._content_seconds
        try:
            with self._open_content(message_id) as response:
                _require_content(response, max_bytes)
                return _read_pieces(response, max_bytes, ends_at)
        except urllib3.exceptions.HTTPError as error:
            raise Retryable(type(error).__name__) from error

    def list_menus(self) -> list[ListedMenu]:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        found = self._get("/v2/bot/richmenu/list")
        return [ListedMenu(str(menu["richMenuId"]), str(menu.get("name", ""))) for menu in found["richmenus"]]

    def create_menu(self, menu: dict[str, Any]) -> str:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        return str(_json_of(self._ask("POST", "/v2/bot/richmenu", menu))["richMenuId"])

    def upload_menu_picture(self, rich_menu_id: str, png: bytes) -> None:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        path = f"/v2/bot/richmenu/{quote(rich_menu_id, safe='')}/content"
        try:
            response = self._call_data_api("POST", path, png, {"Content-Type": "image/png"})
        except _NOT_REACHED as error:
            raise Retryable("not_reached") from error
        except urllib3.exceptions.HTTPError as error:
            raise OutcomeUnknown(type(error).__name__) from error
        if response.status != 200:
            raise _translate(response.status, response.data.decode("utf-8", "replace"))

    def delete_menu(self, rich_menu_id: str) -> None:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        try:
            self._ask("DELETE", f"/v2/bot/richmenu/{quote(rich_menu_id, safe='')}", None)
        except GivenUp as error:
            if error.reason != MENU_GONE:
                raise

    def link_menu(self, rich_menu_id: str, user_ids: Sequence[str]) -> None:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells; ``GivenUp`` with ``MENU_GONE`` where there is no such menu.
        """
        body = {"richMenuId": rich_menu_id, "userIds": list(user_ids)}
        self._ask("POST", "/v2/bot/richmenu/bulk/link", body)

    def unlink_menus(self, user_ids: Sequence[str]) -> None:
        """See ``LINEClient``.

        Raises:
            LINEError: as the module tells.
        """
        self._ask("POST", "/v2/bot/richmenu/bulk/unlink", {"userIds": list(user_ids)})

    def _open_content(self, message_id: str) -> urllib3.BaseHTTPResponse:
        # The SDK's own way holds the whole in memory before anybody can ask how much it is.
        return self._call_data_api("GET", f"/v2/bot/message/{quote(message_id, safe='')}/content", preload=False)

    def _call_data_api(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        preload: bool = True,
    ) -> urllib3.BaseHTTPResponse:
        answered: urllib3.BaseHTTPResponse = self._client.rest_client.pool_manager.request(
            method,
            f"{self._data_api_url}{path}",
            body=body,
            headers={"Authorization": f"Bearer {self._token}", **(headers or {})},
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS),
            preload_content=preload,
            redirect=False,
            retries=False,
        )
        return answered

    def _send(self, kind: str, body: dict[str, Any], retry_key: str | None) -> str | None:
        headers = {"Content-Type": "application/json"}
        if retry_key is not None:
            headers["X-Line-Retry-Key"] = retry_key
        try:
            response = self._call("POST", f"/v2/bot/message/{kind}", headers, body)
        except ApiException as error:
            if error.status == 409:  # LINE took this key before: the message is there
                return _header(error, "x-line-accepted-request-id")
            raise _translated(error) from error
        return _request_id(response)

    def _get(self, path: str) -> dict[str, Any]:
        return _json_of(self._ask("GET", path, None))

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if body is not None else {})
        try:
            return self._call(method, path, headers, body)
        except ApiException as error:
            raise _translated(error) from error

    def _call(self, method: str, path: str, headers: dict[str, str], body: dict[str, Any] | None) -> Any:
        try:
            return self._client.call_api(
                path,
                method,
                header_params=headers,
                body=body,
                auth_settings=["Bearer"],
                response_types_map={},
                _return_http_data_only=False,
                _request_timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
            )
        except _NOT_REACHED as error:
            raise Retryable("not_reached") from error
        except urllib3.exceptions.HTTPError as error:
            raise OutcomeUnknown(type(error).__name__) from error


class _PlainClient(ApiClient):  # type: ignore[misc]  # the SDK is untyped
    """The SDK's client without its walk through every body for models of its own: ours are plain JSON already."""

    def sanitize_for_serialization(self, obj: Any) -> Any:
        return obj


def _json_of(response: Any) -> dict[str, Any]:
    found = json.loads(response.raw_data)
    if not isinstance(found, dict):
        raise OutcomeUnknown("odd_answer")
    return found


def _translated(error: ApiException) -> LINEError:
    return _translate(int(error.status or 0), error.body if isinstance(error.body, str) else "")


def _translate(status: int, body: str) -> LINEError:
    if status == 401:
        return Unauthorized("unauthorized")
    if status == 429:
        return QuotaExhausted("monthly_quota") if "monthly limit" in body else RateLimited("rate_limit")
    if status == 400 and "Invalid reply token" in body:
        return TokenSpent("reply_token_refused")
    if 400 <= status < 500:
        return GivenUp(f"refused_{status}")
    return OutcomeUnknown(f"answer_{status}")


def _require_content(response: urllib3.BaseHTTPResponse, max_bytes: int) -> None:
    status = response.status
    if status in (404, 410):
        raise GivenUp("content_gone")
    if status == 202:
        raise Retryable("content_not_ready")
    if status == 401:
        raise Unauthorized("unauthorized")
    if status == 429:
        raise RateLimited("rate_limit")
    if 400 <= status < 500:
        raise GivenUp(f"refused_{status}")
    if status != 200:
        raise Retryable(f"answer_{status}")
    if (response.length_remaining or 0) > max_bytes:
        raise GivenUp("content_too_big")


def _read_pieces(response: urllib3.BaseHTTPResponse, max_bytes: int, ends_at: float) -> bytes:
    data = bytearray()
    while piece := response.read1(_PIECE_BYTES):  # one read of the socket: a trickle cannot outlast the limit
        data += piece
        if len(data) > max_bytes:
            raise GivenUp("content_too_big")
        if time.monotonic() > ends_at:
            raise Retryable("content_too_slow")
    return bytes(data)


def _request_id(response: Any) -> str | None:
    headers = response.headers or {}
    return next((value for name, value in headers.items() if name.lower() == "x-line-request-id"), None)


def _header(error: ApiException, name: str) -> str | None:
    value = error.headers.get(name) if error.headers else None
    return str(value) if value else None
