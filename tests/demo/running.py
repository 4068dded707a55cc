"""A demo in a process of its own, driven as its page drives it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60  # a crowded machine; on a quiet one it is two
STOP_SECONDS = 10
ANSWER_SECONDS = 10
TRAPS = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "LINE_API_URL": "https://127.0.0.1:1",
    "LINE_CHANNEL_SECRET": "not-the-demo's",
    "SERVICE_HOURS": "nonsense",
}
"""Settings of a service that a demo must not touch."""


def free_ports() -> int:
    """A port that is free together with the next one."""
    while True:
        with closing(socket.create_server(("127.0.0.1", 0))) as first:
            port = first.getsockname()[1]
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except OSError:
                continue
            return port


def launch(folder: Path, port: int, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--port", str(port), *options]
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **TRAPS, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def refusal(folder: Path, port: int) -> tuple[int, str, str]:
    """Start a demo that cannot be; gives exit status, standard output and standard error."""
    process = launch(folder, port)
    said, complained = process.communicate(timeout=START_SECONDS)
    return process.returncode, said, complained


class RunningDemo:
    """Started when its welcome has been read."""

    def __init__(self, folder: Path, *options: str, port: int | None = None) -> None:
        self.folder, self.port = folder, port or free_ports()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = launch(folder, self.port, *options)
        guard = threading.Timer(START_SECONDS, self._process.kill)
        guard.start()
        self.welcome = self._read_welcome()
        guard.cancel()

    def _read_welcome(self) -> str:
        lines = []
        for line in self._process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                return "".join(lines)
        raise AssertionError(self._process.communicate()[1])

    @property
    def code(self) -> str | None:
        """The registration code it printed."""
        found = [line.split()[-1] for line in self.welcome.splitlines() if "ลงทะเบียน" in line]
        return found[0] if found else None

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Send a signal; gives exit status and standard error."""
        self._process.send_signal(how)
        _, complained = self._process.communicate(timeout=STOP_SECONDS)
        return self._process.returncode, complained

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()

    def do(self, verb: str, **arguments: object) -> None:
        body = json.dumps(arguments).encode()
        request = urllib.request.Request(f"{self.url}/simulator/do/{verb}", body, {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=ANSWER_SECONDS).close()

    def seen_by(self, user_id: str) -> list[dict]:
        """What the account sent to somebody: rows with ``how`` and ``message``, oldest first."""
        with urllib.request.urlopen(f"{self.url}/simulator/state?chat={user_id}:0", timeout=ANSWER_SECONDS) as answer:
            rows = json.load(answer)["chats"][user_id]["messages"]
        return [row for row in rows if row["sender"] == "bot"]

    def says(self, user_id: str, text: str) -> dict:
        """Somebody types; gives the next row they see from the account."""
        before = len(self.seen_by(user_id))
        self.do("user_sends", user_id=user_id, text=text)
        return self.wait_for_row(user_id, before)

    def taps(self, user_id: str, label: str) -> dict:
        """Somebody taps the newest button with a label; gives the next row they see."""
        rows = self.seen_by(user_id)
        action = next(each for row in reversed(rows) for each in actions_of(row["message"]) if each["label"] == label)
        self.do("user_taps", user_id=user_id, action=action)
        return self.wait_for_row(user_id, len(rows))

    def wait_for_row(self, user_id: str, number: int) -> dict:
        """The row after so many, as soon as the platform tells of a change."""
        with urllib.request.urlopen(f"{self.url}/simulator/stream", timeout=ANSWER_SECONDS) as changes:
            for line in changes:
                rows = self.seen_by(user_id) if line.startswith(b"data:") else []
                if len(rows) > number:
                    return rows[number]
        raise AssertionError("the platform ended before an answer came")


def actions_of(value: object) -> list[dict]:
    if isinstance(value, list):
        return [action for item in value for action in actions_of(item)]
    if not isinstance(value, dict):
        return []
    own = [value["action"]] if isinstance(value.get("action"), dict) and "label" in value["action"] else []
    return own + [action for item in value.values() for action in actions_of(item)]


def words_of(row: dict) -> str:
    return row["message"].get("altText") or row["message"]["text"]
