"""How many webhooks a second are taken durably, beside the SDK's echo pattern and a bare verify, interleaved."""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench import office, runs
from bench.figures import Row, ratio_row, span
from bench.load import fire, make_webhooks

CONNECTIONS = 32
LINE_MS_AND_AIMS = ((0, 1.5), (50, 8.0), (150, 20.0))
VERIFY_AIM = 0.45
Rates = dict[str, list[float]]


def measure(kind: str, *, quick: bool) -> list[Row]:
    """The rows of one kind of database."""
    rounds, scale = (1, 0.3) if quick else (3, 1.0)
    with tempfile.TemporaryDirectory() as folder, runs.opened(kind, Path(folder), 2000) as bench:
        for name in ("verify", "echo"):
            bench.start_peer(name)
        bench.start("web")
        supply = office.questions(2000)
        for name in ("verify", "echo", "web"):
            _rate(bench, name, 0, 200, supply)
        rates = _interleaved(bench, rounds, scale, supply)
        bench.start("worker")
        _rate(bench, "web", 0, 100, supply)
        rates["with worker"] = [_rate(bench, "web", 0, int(2000 * scale), supply)]
        return _rows(kind, rates)


def _interleaved(bench: runs.Bench, rounds: int, scale: float, supply: Iterator[tuple[str, str, str]]) -> Rates:
    """Each round: verify, then ours beside echo at each of LINE's answer times."""
    rates: Rates = defaultdict(list)
    for _ in range(rounds):
        rates["verify"].append(_rate(bench, "verify", 0, int(8000 * scale), supply))
        for line_ms, count in ((0, 3000), (50, 900), (150, 400)):
            rates[f"web {line_ms}"].append(_rate(bench, "web", line_ms, int(5000 * scale), supply))
            rates[f"echo {line_ms}"].append(_rate(bench, "echo", line_ms, int(count * scale), supply))
    return rates


def _rate(bench: runs.Bench, name: str, line_ms: int, count: int, supply: Iterator[tuple[str, str, str]]) -> float:
    bench.control(f"latency/{line_ms}")
    bench.control("reset")
    webhooks = make_webhooks(runs.SECRET, islice(supply, count))
    load = fire(bench.ports[name], webhooks, connections=CONNECTIONS).require_all_ok()
    print(f"    {name:7} LINE {line_ms:3} ms  {load.per_second:7.0f}/s", file=sys.stderr)
    return load.per_second


def _rows(kind: str, rates: Rates) -> list[Row]:
    rows = [
        ratio_row(
            f"{kind}: webhooks taken durably ÷ SDK echo inline, LINE at {line_ms} ms",
            rates[f"web {line_ms}"],
            rates[f"echo {line_ms}"],
            aim,
        )
        for line_ms, aim in LINE_MS_AND_AIMS
    ]
    rows.append(
        ratio_row(
            f"{kind}: webhooks taken durably ÷ bare verify and parse", rates["web 0"], rates["verify"], VERIFY_AIM
        )
    )
    taken, beside = rates["web 0"], rates["with worker"]
    figure = f"{beside[0]:.0f} per second"
    rows.append(Row(f"{kind}: webhooks taken while a worker answers them", figure, span(taken, 0), "", None))
    return rows
