"""The Huey application and its few tasks: ids in, nothing else.

Huey gives a task at most once, so a task is never the record, only a wake-up: what must happen is a row, and the
worker's sweep finds rows whose wake-up was lost. That is also why a queue that cannot be reached is no reason to
refuse an event: the row is stored, the sweep answers it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import orjson
from huey import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import RedisStorage, SqliteStorage
from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from bot.logs import get_logger

QUEUE_NAME = "tidtam"
POLL_SECONDS = 0.01
"""How often an idle thread looks into the SQLite queue; Redis needs no looking, it hands over."""
PAUSE_AFTER_FAILURE_SECONDS = 1.0
REDIS_TIMEOUT_SECONDS = 3.0
"""For threads that wait for work; the longest wait inside Redis is one second."""
WAKE_TIMEOUT_SECONDS = 0.3
"""For those who wake: LINE waits two seconds for the webhook's answer, and the rows make up for a lost wake-up."""


class WakeQueue(Protocol):
    """Wakes workers; a lost wake-up costs time, never work."""

    def wake_people(self, person_keys: Sequence[str]) -> None:
        """Have the inboxes of these people looked at."""

    def wake_recipients(self, recipients: Sequence[str]) -> None:
        """Have what waits for these recipients delivered."""

    def ping(self) -> None:
        """Raise when the queue cannot be reached."""


class NullQueue:
    """Wakes nobody: commands that only change rows, and tests that drive the worker by hand."""

    def wake_people(self, person_keys: Sequence[str]) -> None:
        """Do nothing."""

    def wake_recipients(self, recipients: Sequence[str]) -> None:
        """Do nothing."""

    def ping(self) -> None:
        """Always reachable."""


class HueyQueue:
    """Wake-ups through Huey, on Redis or on a SQLite file."""

    def __init__(self, huey: Huey) -> None:
        self.huey = huey
        self._people = _WakeUp(huey, "answer_people")
        self._recipients = _WakeUp(huey, "deliver_to_recipients")

    def handle_with(self, answer: Callable[[str], None], deliver: Callable[[str], None]) -> None:
        """Say what the tasks do in this process; before the consumer starts."""
        self._people.handle_with(answer)
        self._recipients.handle_with(deliver)

    def wake_people(self, person_keys: Sequence[str]) -> None:
        """Queue one task for these people."""
        self._people.queue(person_keys)

    def wake_recipients(self, recipients: Sequence[str]) -> None:
        """Queue one task for these recipients."""
        self._recipients.queue(recipients)

    def ping(self) -> None:
        """Ask the queue's store for its size; raises what the store raises."""
        self.huey.storage.queue_size()


class _WakeUp:
    """One kind of task: a list of keys, and what is done with each."""

    def __init__(self, huey: Huey, name: str) -> None:
        self._handle: Callable[[str], None] | None = None
        self._paused_until = 0.0
        self._lock = threading.Lock()
        self._task = huey.task(name=name)(self._run)

    def handle_with(self, handle: Callable[[str], None]) -> None:
        self._handle = handle

    def queue(self, keys: Sequence[str]) -> None:
        """Give the task; for a second after the store did not answer, nobody tries."""
        if not keys or time.monotonic() < self._paused_until:
            return
        try:
            self._task(list(keys))
        except Exception as error:  # the rows are stored; the sweep finds them
            self._paused_until = time.monotonic() + PAUSE_AFTER_FAILURE_SECONDS
            get_logger().warning("wake_up_lost", keys=len(keys), error=type(error).__name__)

    def _run(self, keys: list[str]) -> None:
        if self._handle is None:
            return
        for key in keys:
            self._handle(key)


class _JSONSerializer(Serializer):  # type: ignore[misc]  # huey is untyped
    """Tasks are ids, so JSON holds them; a store that others can write to must not be able to run code here."""

    def _serialize(self, data: Any) -> bytes:
        return orjson.dumps(list(data))

    def _deserialize(self, data: bytes) -> Message:
        return Message(*orjson.loads(data))


class _NeverRevoked(Huey):  # type: ignore[misc]  # huey is untyped
    """Tasks are never revoked, so asking the store about it each time is saved."""

    def is_revoked(self, task: Any, timestamp: Any = None, peek: bool = True) -> bool:
        return False


class _HastyRedisStorage(RedisStorage):  # type: ignore[misc]  # huey is untyped
    """Waits patiently for tasks, gives and counts them hastily: a Redis that hangs must not hold up a webhook."""

    def __init__(self, name: str, url: str) -> None:
        super().__init__(name, connection_pool=_redis_pool(url, REDIS_TIMEOUT_SECONDS))
        self._hasty = Redis(connection_pool=_redis_pool(url, WAKE_TIMEOUT_SECONDS))

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        self._hasty.lpush(self.queue_key, data)

    def queue_size(self) -> int:
        return int(self._hasty.llen(self.queue_key))


def open_queue(redis_url: str | None, queue_file: Path, name: str = QUEUE_NAME) -> HueyQueue:
    """Open the queue on Redis where there is one, else on a file that this machine's processes share."""
    storage: dict[str, Any]
    if redis_url:
        storage = {"storage_class": _HastyRedisStorage, "url": redis_url}
    else:
        queue_file.parent.mkdir(parents=True, exist_ok=True)
        storage = {"storage_class": SqliteStorage, "filename": str(queue_file), "fsync": False}
    return HueyQueue(_NeverRevoked(name, results=False, serializer=_JSONSerializer(), **storage))


def _redis_pool(url: str, timeout_seconds: float) -> ConnectionPool:
    """Connections that are tried once more when they broke (Redis was restarted), not when they were slow."""
    return ConnectionPool.from_url(
        url,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=WAKE_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
        health_check_interval=30,
    )
