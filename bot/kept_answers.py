"""Answers that are made once and kept while there is room: for what many phones fetch within minutes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable


class KeptAnswers:
    """Bytes by key, the longest unused forgotten first; safe to share between threads.

    Who asks for what is being made waits for it instead of making it again; other keys are made meanwhile.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept of a key, or else what ``make`` gives; its exceptions are the caller's, and nothing is kept."""
        with self._lock:
            if (found := self._found(key)) is not None:
                return found
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if (found := self._found(key)) is not None:
                    return found
            try:
                made = make()
                self._keep(key, made)
            finally:
                with self._lock:
                    self._making.pop(key, None)
            return made

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return self._size

    def _found(self, key: str) -> bytes | None:
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def _keep(self, key: str, made: bytes) -> None:
        if len(made) > self._most_bytes:
            return
        with self._lock:
            self._size += len(made) - len(self._kept.pop(key, b""))
            self._kept[key] = made
            while self._size > self._most_bytes:
                _, forgotten = self._kept.popitem(last=False)
                self._size -= len(forgotten)
