"""The worker process: Huey's threads, and the sweep that makes up for lost wake-ups.

The sweep looks at the rows themselves, not at the queue, and runs what it finds on threads of its own: answers go on
while Redis is empty, stopped or unreachable, later by no more than one sweep.
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from huey.consumer import Consumer

from bot.delivery import Delivery
from bot.inbox_worker import InboxWorker
from bot.logs import get_logger
from bot.news import tell_followers
from bot.stopping import exit_after
from bot.tasks import POLL_SECONDS, HueyQueue
from bot.wiring import Services
from models import inbox, outbox_upkeep

SWEEP_EVERY_SECONDS = 1.0
OVERDUE = timedelta(seconds=0.7)
"""How long a row may wait for its own wake-up before the sweep takes it: with the sweep's second, less than two."""
SWEEP_THREADS = 8
STOP_SECONDS = 8
THREAD_SWITCH_SECONDS = 0.02
"""Threads here wait for the database and LINE anyway; being interrupted every 5 ms costs a tenth of the throughput."""
RETRY_QUEUE_SECONDS = 0.5
"""How often an idle thread asks again for a Redis that does not answer; meanwhile the sweep works."""


@dataclass
class Sweep:
    """Finds rows whose wake-up was lost, and runs them."""

    services: Services
    inbox_worker: InboxWorker
    delivery: Delivery
    overdue: timedelta = OVERDUE
    _busy: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run_once(self, submit: Callable[[Callable[[], None]], object]) -> int:
        """Hand out everything that is overdue now; gives how many people and recipients that were."""
        now = self.services.clock.now()
        with self.services.database.reading() as session:
            people = inbox.list_people_waiting(session, now, self.overdue)
            recipients = outbox_upkeep.list_recipients_due(session, now, self.overdue)
        for recipient in tell_followers(self.services):
            self.delivery.deliver_to(recipient)
        answered = sum(self._hand_out(submit, "inbox", self.inbox_worker.answer_person, key) for key in people)
        return answered + sum(self._hand_out(submit, "outbox", self.delivery.deliver_to, key) for key in recipients)

    def _hand_out(
        self, submit: Callable[[Callable[[], None]], object], kind: str, work: Callable[[str], None], key: str
    ) -> bool:
        name = f"{kind}:{key}"
        with self._lock:
            if name in self._busy:
                return False
            self._busy.add(name)
        submit(lambda: self._run(name, work, key))
        return True

    def _run(self, name: str, work: Callable[[str], None], key: str) -> None:
        try:
            work(key)
        except Exception as error:  # the row stays as it is; the next sweep finds it again
            get_logger().error("sweep_failed", error=type(error).__name__)
        finally:
            with self._lock:
                self._busy.discard(name)


def build_worker(services: Services) -> tuple[InboxWorker, Delivery, Sweep]:
    """The parts of a worker, wired to each other."""
    delivery = Delivery(services)
    inbox_worker = InboxWorker(services, delivery.deliver_to)
    return inbox_worker, delivery, Sweep(services, inbox_worker, delivery)


def run_worker(services: Services, queue: HueyQueue, threads: int) -> None:
    """Run until SIGTERM or SIGINT; what is in work is finished first, within eight seconds.

    What takes longer is cut off, as by a crash: an event or a call whose lease runs out is taken up again.
    """
    sys.setswitchinterval(THREAD_SWITCH_SECONDS)
    inbox_worker, delivery, sweep = build_worker(services)
    queue.handle_with(inbox_worker.answer_person, delivery.deliver_to)
    services.warm_up()
    gc.freeze()  # what was read so far stays for good: the collector need not look through it again and again
    stopping = threading.Event()
    sweeper = threading.Thread(target=run_sweep, args=(sweep, stopping), name="sweep", daemon=True)
    consumer = open_consumer(queue, threads, stopping.set)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    get_logger().info("worker_started", threads=threads)
    sweeper.start()
    try:
        consumer.run()
    finally:
        stopping.set()
        exit_after(STOP_SECONDS / 8)
        sweeper.join(STOP_SECONDS)
        get_logger().info("worker_stopped")


class _TellingConsumer(Consumer):  # type: ignore[misc]  # huey is untyped
    """Huey's consumer, telling at once that it is to stop, so that all stop side by side."""

    on_stop: Callable[[], None]

    def stop(self, graceful: bool = False) -> None:
        self.on_stop()
        super().stop(graceful=graceful)


def open_consumer(queue: HueyQueue, threads: int, on_stop: Callable[[], None] = lambda: None) -> Consumer:
    """Huey's consumer with our timing: no schedule, no periodic tasks, idle threads that look often.

    Redis hands tasks over by itself, so there the delays only matter while it is away.
    """
    waits_in_store = queue.huey.storage.blocking
    consumer = _TellingConsumer(
        queue.huey,
        workers=threads,
        periodic=False,
        initial_delay=RETRY_QUEUE_SECONDS if waits_in_store else POLL_SECONDS,
        max_delay=RETRY_QUEUE_SECONDS if waits_in_store else POLL_SECONDS * 4,
        backoff=1.2,
        scheduler_interval=60,
        shutdown_timeout=STOP_SECONDS,
        graceful_signal="TERM",
    )
    consumer.on_stop = on_stop
    return consumer


def run_sweep(sweep: Sweep, stopping: threading.Event) -> None:
    """Sweep every second until told to stop."""
    with ThreadPoolExecutor(SWEEP_THREADS, thread_name_prefix="sweep") as pool:
        while not stopping.wait(SWEEP_EVERY_SECONDS):
            try:
                sweep.run_once(pool.submit)
            except Exception as error:  # the database may be away; the next sweep tries again
                get_logger().error("sweep_failed", error=type(error).__name__)
