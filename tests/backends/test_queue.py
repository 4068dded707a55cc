"""The queue on both its stores: one body of tests."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator

import pytest

from bot.tasks import HueyQueue, open_queue
from bot.worker import open_consumer

DEADLINE_SECONDS = 10


@pytest.fixture(params=["file", "redis"])
def queue(request, tmp_path) -> Iterator[HueyQueue]:
    """An empty queue of its own on each store."""
    name = f"test{uuid.uuid4().hex}"
    url = request.getfixturevalue("redis_url") if request.param == "redis" else None
    opened = open_queue(url, tmp_path / "queue.db", name)
    yield opened
    opened.huey.storage.flush_all()


class Heard:
    """Collects what tasks were given, and waits for a number of them."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._changed = threading.Condition()

    def __call__(self, key: str) -> None:
        with self._changed:
            self.keys.append(key)
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[str]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.keys) >= count, DEADLINE_SECONDS), self.keys
            return sorted(self.keys)


@pytest.fixture
def consume(queue):
    """Start worker threads on the queue; they end with the test."""
    started = []

    def start(answer, deliver):
        queue.handle_with(answer, deliver)
        consumer = open_consumer(queue, 2)
        consumer.scheduler.start()
        for _, thread in consumer.worker_threads:
            thread.start()
        started.append(consumer)

    yield start
    for consumer in started:
        consumer.stop(graceful=True)


def test_wake_ups_arrive_with_their_ids(queue, consume):
    people, recipients = Heard(), Heard()
    queue.wake_people(["U1", "U2"])
    queue.wake_recipients(["U3"])
    consume(people, recipients)

    assert people.wait_for(2) == ["U1", "U2"]
    assert recipients.wait_for(1) == ["U3"]


def test_one_failing_key_does_not_end_the_workers(queue, consume):
    heard = Heard()

    def fail_first(key: str) -> None:
        if key == "bad":
            raise RuntimeError("as ordered")
        heard(key)

    consume(fail_first, heard)
    queue.wake_people(["bad"])
    queue.wake_people(["good"])

    assert heard.wait_for(1) == ["good"]


def test_nothing_is_queued_for_nobody(queue):
    queue.wake_people([])
    assert queue.huey.storage.queue_size() == 0


def test_what_stands_in_the_store_is_json(queue):
    queue.wake_people(["U1"])
    (task,) = queue.huey.storage.enqueued_items()
    assert bytes(task).startswith(b"[")
    assert b"U1" in bytes(task)


def test_a_store_that_is_away_costs_a_wake_up_and_nothing_else(tmp_path, logged):
    queue = open_queue("redis://127.0.0.1:1/0", tmp_path / "queue.db")
    queue.wake_people(["U1"])
    queue.wake_people(["U2"])

    assert [entry["event"] for entry in logged] == ["wake_up_lost"]
    with pytest.raises(Exception, match="refused"):
        queue.ping()
