"""The Procfile's processes as real processes, with a local LINE in this one that counts what arrives.

Everything stands on free ports of this machine and is ended with the test: ``Installation`` starts, kills and restarts
web, worker and clock; ``Questions`` asks at a steady rate, each question for a letter of its own, so that every answer
tells which question it belongs to.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import urllib3
from sqlalchemy import func, select

from bot.catalog import load_catalog
from bot.clock import SystemClock
from bot.importing import import_documents
from models.inbox import UNFINISHED, InboxEvent
from models.members import Role, add_member
from models.outbox import OutboxRow
from models.session import Database
from models.units import get_unit
from simulator.platform import Platform
from simulator.server import create_app as create_line
from simulator.server import serve
from tests.conftest import missing
from tests.office import DISTRICT, SECRET, TOKEN, shipped_catalog
from tests.support import LOADED_AT

TIDTAM = Path(sys.executable).parent / "tidtam"
FIRST_LETTER = 20001
_NUMBER = re.compile(r"กท 1902/(2\d{4})")


def free_port() -> int:
    """A port outside the range that outgoing connections take theirs from.

    Otherwise somebody who knocks at a killed server's port may be given that very port, and it is taken.
    """
    for port in random.sample(range(20_000, 32_000), 200):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise AssertionError("no free port from 20000 to 32000")


def wait_for(what: str, is_so: Callable[[], bool], seconds: float = 60, pause_seconds: float = 0.02) -> float:
    """Wait until something is so and give how long it took; a failure names it."""
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < seconds, f"{what}: not within {seconds} s"
        time.sleep(pause_seconds)
    return time.monotonic() - started


class RedisServer:
    """A Redis of our own, kept in memory only."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        if shutil.which("redis-server") is None:
            missing("redis-server")
        self.start()

    def start(self) -> None:
        """Start it, empty."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, cwd=self._folder, stdout=subprocess.DEVNULL)
        wait_for("redis-server listening", self._is_listening, 20)

    def kill(self) -> None:
        """End it at once, with all it knew."""
        self.process.kill()
        self.process.wait()

    def hang(self) -> None:
        """From now on it takes connections and answers nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End of ``hang``."""
        self.process.send_signal(signal.SIGCONT)

    def flush(self) -> None:
        """Forget everything."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
            connection.sendall(b"FLUSHALL\r\n")
            assert connection.recv(16).startswith(b"+OK")

    def _is_listening(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 0.5).close()
        except OSError:
            return False
        return True


class Installation:
    """One installation of the service on a migrated, empty database."""

    def __init__(self, folder: Path, database_url: str, redis_url: str | None, *, letters: int, people: int) -> None:
        self.folder = folder
        self.database = Database(database_url)
        self.port = free_port()
        self.line = Platform(
            SECRET,
            TOKEN,
            webhook_url=f"http://127.0.0.1:{self.port}/line/webhook",
            background=True,
        )
        self._line_server = serve(create_line(self.line), self.line)
        self.people = [f"U{place:032x}" for place in range(people)]
        self._prepare(letters)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._environment = {
            "PATH": os.environ["PATH"],
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "LINE_API_URL": self._line_server.url,
            "LINE_DATA_API_URL": self._line_server.url,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url or "",
            "QUEUE_FILE": str(folder / "queue.db"),
            "EVIDENCE_DIR": str(folder / "evidence"),
            "SECRET_KEY": "for tests",
            "SERVICE_HOURS": "always",  # whatever the hour that the tests run at
            "PORT": str(self.port),
            "LOG_FORMAT": "json",
        }

    def start(self, *names: str) -> None:
        """Start processes by the Procfile's names (``worker-2`` is a second worker) and wait until they work."""
        for name in names:
            self.launch(name)
        for name in names:
            wait_for(f"{name} working", lambda name=name: self._works(name))

    def surround(self, **variables: str) -> None:
        """Give the processes started from now on more of an environment."""
        self._environment |= variables

    def launch(self, name: str) -> None:
        """Start a process; it works some time later."""
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            [TIDTAM, name.partition("-")[0]],
            env=self._environment,
            cwd=self.folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()

    def kill(self, name: str) -> None:
        """kill -9, the whole group, as a supervisor or the machine does it; it must have lived until then."""
        process = self.processes.pop(name)
        assert process.poll() is None, (self.folder / f"{name}.log").read_text()[-2000:]
        self._kill_group(process)

    def stop(self, name: str) -> tuple[float, int]:
        """SIGTERM; gives the seconds until the process was gone, and its exit status."""
        process = self.processes.pop(name)
        started = time.monotonic()
        process.terminate()
        try:
            status = process.wait(30)
        finally:
            self._kill_group(process)
        return time.monotonic() - started, status

    def logged(self, name: str) -> list[dict]:
        """What a process logged, over all its lives."""
        lines = (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def unfinished(self) -> int:
        """Events not handled and messages not sent."""
        with self.database.reading() as session:
            events = select(func.count()).select_from(InboxEvent).where(InboxEvent.state.in_((*UNFINISHED, "dead")))
            outgoing = select(func.count()).select_from(OutboxRow).where(OutboxRow.state != "sent")
            return (session.scalar(events) or 0) + (session.scalar(outgoing) or 0)

    def close(self) -> None:
        """End everything."""
        for process in self.processes.values():
            self._kill_group(process)
        self.line.close()
        self._line_server.stop()
        self.database.close()

    def _prepare(self, letters: int) -> None:
        register = self.folder / "register.csv"
        rows = [f"กท 1902/{FIRST_LETTER + n},ขออนุมัติจัดซื้อครุภัณฑ์,{DISTRICT},proposed" for n in range(letters)]
        register.write_text("\n".join(["number,subject,from_unit,stage", *rows]), encoding="utf-8")
        with self.database.transaction() as session:
            load_catalog(session, shipped_catalog(), LOADED_AT)
        now = SystemClock().now()
        report = import_documents(self.database, register, now)
        assert report.added == letters, report.rejected[:3]
        with self.database.transaction() as session:
            unit_id = get_unit(session, DISTRICT).id
            for user_id in self.people:
                self.line.add_friend(user_id, "ผู้ทดสอบ")
                add_member(
                    session, line_user_id=user_id, name="ผู้ทดสอบ", unit_id=unit_id, roles=(Role.OFFICER,), now=now
                )

    def _works(self, name: str) -> bool:
        process = self.processes[name]
        assert process.poll() is None, (self.folder / f"{name}.log").read_text()[-2000:]
        if name.startswith("web"):
            return self._answers_ready()
        started = f"{name.partition('-')[0]}_started"
        return any(entry.get("event") == started for entry in self.logged(name))

    def _answers_ready(self) -> bool:
        try:
            return (
                urllib3.request("GET", f"http://127.0.0.1:{self.port}/readyz", retries=False, timeout=2).status == 200
            )
        except urllib3.exceptions.HTTPError:
            return False

    @staticmethod
    def _kill_group(process: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def _numbers_in(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


class Questions:
    """Asks for one letter after the other, each once, by turns of the people."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._line = installation.line
        self.asked_at: dict[int, float] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def ask(self) -> int:
        """Ask for the next letter; gives its number."""
        number = FIRST_LETTER + len(self.asked_at)
        person = self._installation.people[len(self.asked_at) % len(self._installation.people)]
        self.asked_at[number] = time.time()
        self._line.user_sends(person, f"หนังสือ กท 1902/{number} ถึงไหนแล้ว")
        return number

    def start(self, per_second: int) -> None:
        """Ask at a steady rate from a thread, until ``stop``; what was not taken is sent again every second."""
        self._thread = threading.Thread(target=self._run, args=(per_second,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._stopping.set()
        assert self._thread is not None
        self._thread.join(10)

    def answered_at(self) -> dict[int, list[float]]:
        """For each letter the times at which an answer about it arrived."""
        found: dict[int, list[float]] = {}
        for person in self._installation.people:
            for row in self._line.messages_to(person):
                for number in _numbers_in(row.message.get("altText") or row.message.get("text", "")):
                    found.setdefault(int(number), []).append(row.at)
        return found

    def wait_until_settled(self, seconds: float = 90) -> None:
        """Wait until LINE has delivered every event and nothing is left to do in the rows."""

        def settled() -> bool:
            if self._line.webhooks.redeliver_failed():
                return False
            return len(self.answered_at()) >= len(self.asked_at) and self._installation.unfinished() == 0

        wait_for("everything answered", settled, seconds, pause_seconds=0.5)

    def result(self) -> Result:
        """What became of the questions."""
        return Result(self.asked_at, self.answered_at())

    def _run(self, per_second: int) -> None:
        next_at = time.monotonic()
        while not self._stopping.is_set():
            if len(self.asked_at) % per_second == 0:
                self._line.webhooks.redeliver_failed()
            self.ask()
            next_at += 1 / per_second
            self._stopping.wait(max(0.0, next_at - time.monotonic()))


class Result:
    """Counts and delays of questions and their answers."""

    def __init__(self, asked_at: dict[int, float], answered_at: dict[int, list[float]]) -> None:
        self.answers = Counter(len(answered_at.get(number, [])) for number in asked_at)
        self.questions = len(asked_at)
        firsts = {number: min(times) for number, times in answered_at.items()}
        self.delays = sorted(firsts[number] - at for number, at in asked_at.items() if number in firsts)

    @property
    def is_exactly_once(self) -> bool:
        return self.answers == Counter({1: self.questions})

    def __str__(self) -> str:
        lost, doubled = self.answers[0], sum(count for times, count in self.answers.items() if times > 1)
        middle, last = statistics.median(self.delays), self.delays[-1]
        p95 = self.delays[int(len(self.delays) * 0.95)]
        return (
            f"{self.questions} questions: {self.answers[1]} answered once, {lost} not, {doubled} more than once; "
            f"seconds to the answer: median {middle:.2f}, 95 % {p95:.2f}, longest {last:.2f}"
        )
