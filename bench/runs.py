"""Starting and ending what is measured: processes as in the Procfile, a database and a Redis database of our own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import redis
from sqlalchemy import create_engine

from bench import office
from models.session import Database

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/13")
SECRET, TOKEN = "bench-channel-secret", "bench-access-token"
START_SECONDS, STOP_SECONDS = 30, 12


@dataclass
class Bench:
    """One measured installation: its folder, its environment and the processes started for it."""

    folder: Path
    stack: ExitStack
    environment: dict[str, str]
    line_port: int
    ports: dict[str, int] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, *names: str) -> None:
        """Start processes by their Procfile names (``worker 2`` is one more), and wait until those that listen do."""
        for name in names:
            port = self.ports.setdefault(name, free_port())
            command = [str(Path(sys.executable).with_name("tidtam")), name.split()[0]]
            self.run(name, command, port if name == "web" else None, {"PORT": str(port)})

    def start_peer(self, name: str) -> None:
        """Start a peer app on the product's web server."""
        self.ports[name] = free_port()
        self.run(name, [sys.executable, "-m", "bench.peers", name, str(self.ports[name])], self.ports[name])

    def run(self, name: str, command: list[str], port: int | None, more: dict[str, str] | None = None) -> None:
        """Start a command; it is ended with the bench, or before by ``stop``."""
        log = self.stack.enter_context((self.folder / f"{name}.log").open("ab"))
        environment = {**os.environ, **self.environment, **(more or {})}
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        self.stack.callback(stop, process)
        self.processes[name] = process
        if port is not None:
            wait_for(lambda: is_listening(port), f"{name} listens", process)

    def stop(self, *names: str) -> None:
        for name in names:
            stop(self.processes.pop(name))

    def control(self, words: str) -> dict[str, Any]:
        """Tell the LINE stand-in something; gives what it received so far."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.line_port}/control/{words}", timeout=5) as answer:
            return orjson.loads(answer.read())


@contextmanager
def opened(kind: str, folder: Path, letters: int) -> Iterator[Bench]:
    """An office on ``postgresql`` (with Redis) or ``sqlite`` (with the queue's file), and the LINE stand-in."""
    with ExitStack() as stack:
        url = stack.enter_context(postgresql_database() if kind == "postgresql" else sqlite_file(folder))
        database = Database(url)
        office.fill(database, letters)
        database.close()
        line_port = free_port()
        environment = {
            "DATABASE_URL": url,
            "REDIS_URL": stack.enter_context(redis_database()) if kind == "postgresql" else "",
            "QUEUE_FILE": str(folder / f"queue-{uuid.uuid4().hex[:8]}.db"),
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "LINE_API_URL": f"http://127.0.0.1:{line_port}",
            "LINE_DATA_API_URL": f"http://127.0.0.1:{line_port}",
            "LOG_FORMAT": "json",
        }
        bench = Bench(folder, stack, environment, line_port)
        bench.run("line", [sys.executable, "-m", "bench.mock_line", str(line_port)], line_port)
        yield bench


@contextmanager
def postgresql_database() -> Iterator[str]:
    """A new database, dropped in the end."""
    name = f"tidtam_bench_{uuid.uuid4().hex[:12]}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()


@contextmanager
def sqlite_file(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / uuid.uuid4().hex}.db"


@contextmanager
def redis_database() -> Iterator[str]:
    """A logical database of Redis that must be empty, emptied in the end."""
    client = redis.Redis.from_url(REDIS)
    if client.dbsize():
        raise SystemExit(f"{REDIS} is not empty; name another with BENCH_REDIS_URL")
    try:
        yield REDIS
    finally:
        client.flushdb()
        client.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def wait_for(condition: Callable[[], bool], what: str, process: subprocess.Popen[bytes] | None = None) -> None:
    """Look every 50 ms until something holds.

    Raises:
        RuntimeError: the time is over, or the process it depends on ended.
    """
    end = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > end or (process is not None and process.poll() is not None):
            raise RuntimeError(f"not in time: {what}")
        time.sleep(0.05)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process as an operator would; what does not listen is killed with its group."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
