"""Figures: medians over rounds, percentiles, the table, and what machine they come from."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

SHOWN_VERSIONS = ("flask", "granian", "gunicorn", "line-bot-sdk", "sqlalchemy", "psycopg", "redis", "huey", "pythainlp")


@dataclass(frozen=True)
class Row:
    """One line of the table; ``good`` is None where the figure is information only."""

    what: str
    figure: str
    spread: str
    aim: str
    good: bool | None

    def cells(self) -> tuple[str, ...]:
        return (self.what, self.figure, self.spread, self.aim, {True: "yes", False: "no", None: ""}[self.good])


def ratio_row(what: str, ours: Sequence[float], peers: Sequence[float], aim: float) -> Row:
    """Ours ÷ peer's, round by round; the median counts."""
    ratios = [our / peer for our, peer in zip(ours, peers, strict=True)]
    middle = statistics.median(ratios)
    figure = f"{middle:.2f} ({statistics.median(ours):.0f} / {statistics.median(peers):.0f} per second)"
    return Row(what, figure, span(ratios), f"≥ {aim:g}", middle >= aim)


def span(values: Sequence[float], digits: int = 2) -> str:
    return f"{min(values):.{digits}f}–{max(values):.{digits}f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * share // 1).__int__() - 1))]


def as_table(rows: Sequence[Row]) -> str:
    head = ("what", "figure", "spread", "aim", "reached")
    lines = [head, tuple("---" for _ in head), *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def machine() -> str:
    """Processor, cores, memory, system, load, and the versions that matter."""
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    memory = next((int(line.split()[1]) / 2**20 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    packages = ", ".join(f"{name} {version(name)}" for name in SHOWN_VERSIONS)
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; {packages}; load average at the start {os.getloadavg()[0]:.1f}"
    )


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
