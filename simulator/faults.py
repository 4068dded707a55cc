"""Troubles that a test or the phone page can order from the platform, each named by a verb."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

SENDING = frozenset({"reply", "push", "multicast"})


@dataclass(frozen=True)
class Fault:
    """One ordered trouble.

    ``kind`` is ``fail`` (answer with ``status``), ``drop`` (cut the connection), ``rate`` (429) or ``token``
    (spend the reply token first). ``accepted``: LINE takes the messages before the trouble shows.
    ``endpoint`` is ``reply``, ``push``, ``multicast``, another endpoint's name, ``any``, or None for any that sends.
    """

    kind: str
    endpoint: str | None = None
    status: int = 500
    accepted: bool = False
    html: bool = False

    def strikes(self, endpoint: str) -> bool:
        """Whether this trouble is meant for a call to ``endpoint``."""
        if self.endpoint is None:
            return endpoint == "reply" if self.kind == "token" else endpoint in SENDING
        return self.endpoint in {"any", endpoint}


class Faults:
    """The queue of ordered troubles and the lasting ones. Safe to use from several threads."""

    def __init__(self, on_change: Callable[[], None] = lambda: None) -> None:
        self._lock = threading.Lock()
        self._queue: list[Fault] = []
        self._slow: dict[str | None, float] = {}
        self._on_change = on_change
        self.quota_exhausted = False
        self.unknown_fields = False

    def fail_next(
        self, status: int = 500, accepted: bool = False, endpoint: str | None = None, html: bool = False, count: int = 1
    ) -> None:
        """The next ``count`` calls answer ``status``; with ``accepted`` the messages are delivered all the same."""
        self._order(Fault("fail", endpoint, status, accepted, html), count)

    def drop_next(self, accepted: bool = False, endpoint: str | None = None, count: int = 1) -> None:
        """The next ``count`` calls lose their connection, after accepting or before."""
        self._order(Fault("drop", endpoint, 0, accepted), count)

    def rate_limit_next(self, count: int = 1, endpoint: str | None = None) -> None:
        """The next ``count`` calls answer 429 with the rate limit's words."""
        self._order(Fault("rate", endpoint, 429), count)

    def spend_next_token(self) -> None:
        """The next reply finds its token already spent: 400 ``Invalid reply token``."""
        self._order(Fault("token", "reply", 400), 1)

    def bad_gateway_next(self, endpoint: str | None = None, count: int = 1) -> None:
        """The next ``count`` calls answer 502 with a page of HTML, as a proxy before LINE would."""
        self._order(Fault("fail", endpoint, 502, html=True), count)

    def slow(self, seconds: float, endpoint: str | None = None) -> None:
        """Answers take ``seconds`` longer from now on; 0 ends it. The messages are accepted before the wait."""
        with self._lock:
            self._slow.pop(endpoint, None)
            if seconds > 0:
                self._slow[endpoint] = seconds
        self._on_change()

    def exhaust_quota(self, exhausted: bool = True) -> None:
        """The month's messages are used up (429 with the monthly words) until called with False."""
        self.quota_exhausted = exhausted
        self._on_change()

    def add_unknown_fields(self, wanted: bool = True) -> None:
        """Events and answers carry properties nobody has heard of, as LINE may add without notice."""
        self.unknown_fields = wanted
        self._on_change()

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._queue.clear()
            self._slow.clear()
            self.quota_exhausted = self.unknown_fields = False
        self._on_change()

    def take(self, endpoint: str) -> Fault | None:
        """The oldest ordered trouble that strikes ``endpoint``, taken from the queue; None when all is well."""
        if not self._queue:
            return None
        with self._lock:
            for place, fault in enumerate(self._queue):
                if fault.strikes(endpoint):
                    return self._queue.pop(place)
        return None

    def delay_seconds(self, endpoint: str) -> float:
        """How long an answer of ``endpoint`` is held back."""
        if not self._slow:
            return 0.0
        with self._lock:
            everywhere = self._slow.get(None, 0.0) if endpoint in SENDING else 0.0
            return max(everywhere, self._slow.get(endpoint, 0.0), self._slow.get("any", 0.0))

    def as_json(self) -> dict[str, Any]:
        """The troubles in force: ``waiting`` (faults), ``slow_seconds``, ``quota_exhausted``, ``unknown_fields``."""
        with self._lock:
            return {
                "waiting": [asdict(fault) for fault in self._queue],
                "slow_seconds": max(self._slow.values(), default=0.0),
                "quota_exhausted": self.quota_exhausted,
                "unknown_fields": self.unknown_fields,
            }

    def _order(self, fault: Fault, count: int) -> None:
        with self._lock:
            self._queue.extend([fault] * count)
        self._on_change()
