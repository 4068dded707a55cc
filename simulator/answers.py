"""What the platform answers to an API call, with LINE's own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

INVALID_REPLY_TOKEN = "Invalid reply token"
FAILED_TO_SEND = "Failed to send messages"
BAD_TOKEN = "Authentication failed. Confirm that the access token in the authorization header is valid."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."
MONTHLY_LIMIT = "You have reached your monthly limit."
RETRY_KEY_ACCEPTED = "The retry key is already accepted"
RETRY_KEY_REFUSED = "The retry key is not supported by this endpoint"  # LINE's own words are not documented
RETRY_KEY_INVALID = "The retry key is invalid"  # likewise
CONTENT_GONE = "The content is gone"
BAD_GATEWAY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass
class Answer:
    """An answer: ``body`` is a JSON-ready dict or raw bytes of ``content_type``.

    ``delay_seconds`` and ``dropped`` are orders to whoever carries the answer: wait, or cut the connection.
    ``kind`` tells the call's sort for the list of calls (``reply``, ``push``, ``profile``, …); ``recipients`` is how
    many people the quota was charged for.
    """

    status: int
    body: dict[str, Any] | bytes = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    delay_seconds: float = 0.0
    dropped: bool = False
    kind: str = ""
    recipients: int = 0

    @property
    def accepted(self) -> bool:
        """Whether LINE took the call."""
        return 200 <= self.status < 300


def refusal(status: int, message: str, details: list[dict[str, str]] | None = None) -> Answer:
    """An error answer in LINE's shape: ``message`` and, where there are any, ``details``."""
    body: dict[str, Any] = {"message": message}
    if details:
        body["details"] = details
    return Answer(status, body)
