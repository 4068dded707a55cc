"""Keeping to a pace: so many calls a second, evenly spaced, over all threads of a process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

MULTICASTS_PER_SECOND = 100.0
"""LINE takes 200 multicasts a second of a channel: two workers side by side stay within. Its other ways of sending
take 2,000, which no worker of ours reaches."""


@dataclass
class Pace:
    """Hands out turns, each a fixed time after the one before; who comes late for a turn that is over has the next."""

    per_second: float = MULTICASTS_PER_SECOND
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next_turn: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_for_turn(self) -> None:
        """Come back when it is this caller's turn."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next_turn)
            self._next_turn = turn + 1 / self.per_second
        if turn > now:
            self.sleep(turn - now)
