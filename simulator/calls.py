"""The calls of the bot: what arrives, and what is kept of it for tests and for the phone page's list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass
class Request:
    """An API call as it arrived; header names in lower case, ``query`` with one value a name."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""
    query: Mapping[str, str] = field(default_factory=dict)
    request_id: str = ""

    @cached_property
    def json(self) -> Any:
        """The body as JSON; ``ValueError`` when it is none."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Call:
    """A call that was answered.

    ``kind`` is ``reply``, ``push``, ``multicast`` or another endpoint's name; ``recipients`` is what the quota was
    charged; ``at`` is seconds since 1970; a ``status`` of 0 means that the connection was cut; ``sent`` and
    ``answered`` are JSON or None.
    """

    number: int
    at: float
    method: str
    path: str
    kind: str
    status: int
    duration_ms: float
    request_id: str
    retry_key: str | None
    recipients: int
    sent: Any
    answered: Any
    fault: str | None = None
