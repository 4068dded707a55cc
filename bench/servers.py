"""Which web server: gunicorn's threaded worker beside granian, both two processes of eight threads, the real app.

Interleaved, round by round: an app that only answers, one that verifies and parses, and the product storing durably.
The figures and the choice are told in ``docs/web-server.md``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections import defaultdict
from itertools import islice
from pathlib import Path

from bench import office, runs
from bench.figures import Row, percentile, span
from bench.load import Load, fire, make_webhooks
from bot.server import BACKLOG, THREADS_PER_PROCESS

APPS = {"hello": "bench.peers:create_hello()", "verify": "bench.peers:create_verify()", "web": "bot.app:create_app()"}
COUNTS = {"hello": 8000, "verify": 8000, "web": 4000}
NAMES = {"hello": "answer only", "verify": "verify and parse", "web": "store durably"}


def measure(*, quick: bool) -> list[Row]:
    """Ratios of granian to gunicorn, on PostgreSQL."""
    rounds, scale = (1, 0.3) if quick else (3, 1.0)
    with tempfile.TemporaryDirectory() as folder, runs.opened("postgresql", Path(folder), 2000) as bench:
        for name in ("hello", "verify"):
            bench.start_peer(name)
        bench.start("web")
        for name in APPS:
            _start_gunicorn(bench, name)
        loads = _interleaved(bench, rounds, scale)
    return [_row(name, loads[name], loads[f"gunicorn {name}"]) for name in APPS]


def _start_gunicorn(bench: runs.Bench, name: str) -> None:
    port = bench.ports[f"gunicorn {name}"] = runs.free_port()
    options = ["-k", "gthread", "-w", "2", "--threads", str(THREADS_PER_PROCESS), "--backlog", str(BACKLOG)]
    command = [
        str(Path(sys.executable).with_name("gunicorn")),
        *options,
        "--keep-alive",
        "60",
        "--log-level",
        "warning",
    ]
    bench.run(f"gunicorn {name}", [*command, "-b", f"127.0.0.1:{port}", APPS[name]], port)


def _interleaved(bench: runs.Bench, rounds: int, scale: float) -> dict[str, list[Load]]:
    loads: dict[str, list[Load]] = defaultdict(list)
    supply = office.questions(2000)
    for turn in range(rounds + 1):
        for app in APPS:
            for name in (app, f"gunicorn {app}"):
                count = int(COUNTS[app] * scale) if turn else 300
                webhooks = make_webhooks(runs.SECRET, islice(supply, count))
                load = fire(bench.ports[name], webhooks).require_all_ok()
                if turn:
                    loads[name].append(load)
                    print(f"    {name:16} {load.per_second:7.0f}/s", file=sys.stderr)
    return loads


def _row(app: str, granian: list[Load], gunicorn: list[Load]) -> Row:
    ratios = [ours.per_second / theirs.per_second for ours, theirs in zip(granian, gunicorn, strict=True)]
    figure = f"{statistics.median(ratios):.2f} ({_figures(granian)} / {_figures(gunicorn)})"
    return Row(f"granian ÷ gunicorn gthread, {NAMES[app]}", figure, span(ratios), "", None)


def _figures(loads: list[Load]) -> str:
    rate = statistics.median(load.per_second for load in loads)
    p99 = statistics.median(percentile(load.answer_seconds, 0.99) for load in loads)
    return f"{rate:.0f} per second, p99 {p99 * 1000:.0f} ms"
