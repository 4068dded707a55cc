"""The month's messages: counted by recipients, replies free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass
class Quota:
    """``limit`` messages a month (None: no limit) of which ``used`` are gone."""

    limit: int | None = None
    used: int = 0

    def covers(self, recipients: int) -> bool:
        """Whether one more delivery to so many people fits."""
        return self.limit is None or self.used + recipients <= self.limit

    def as_json(self) -> dict[str, Any]:
        """LINE's answer to ``GET /v2/bot/message/quota``."""
        return {"type": "none"} if self.limit is None else {"type": "limited", "value": self.limit}
