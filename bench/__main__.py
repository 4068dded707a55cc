"""Measures the hot paths against their peers and prints one table.

    make bench                              everything, about half an hour
    make bench ARGS=--quick                 everything small, about eight minutes: does it run, is the order right
    make bench ARGS="taking --on sqlite"    one benchmark on one database
    make bench ARGS="servers answering"     several

PostgreSQL is reached at TEST_POSTGRES_URL (default: user postgres on 127.0.0.1:5432), Redis at BENCH_REDIS_URL
(default: logical database 13 on 127.0.0.1:6379, which must be empty). What is made there is removed in the end.
"""

from __future__ import annotations

import argparse
import signal
import sys

from bench import (
    answering,
    charts,
    city,
    deadlines,
    export,
    forms,
    importing,
    indicator,
    servers,
    summaries,
    taking,
    understanding,
)
from bench.figures import Row, as_table, machine

BENCHMARKS = (
    "taking",
    "answering",
    "deadlines",
    "indicator",
    "city",
    "forms",
    "import",
    "summaries",
    "export",
    "servers",
    "understanding",
    "charts",
)
ALONE = {"servers": servers.measure, "understanding": understanding.measure, "charts": charts.measure}
"""Those in which no database takes part."""
DATABASES = ("postgresql", "sqlite")


def main() -> None:
    arguments = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("benchmarks", nargs="*", help=f"of {', '.join(BENCHMARKS)}; none: all")
    arguments.add_argument("--on", choices=DATABASES, help="one kind of database only")
    arguments.add_argument("--quick", action="store_true", help="small and rough")
    given = arguments.parse_args()
    unknown = set(given.benchmarks) - set(BENCHMARKS)
    if unknown:
        arguments.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started and made is removed
    print(f"machine: {machine()}")
    print(f"command: python -m bench {' '.join(sys.argv[1:])}".rstrip())
    rows = [row for name in given.benchmarks or BENCHMARKS for row in run(name, given.on, quick=given.quick)]
    print(f"\n{as_table(rows)}")


def run(name: str, only: str | None, *, quick: bool) -> list[Row]:
    """The rows of one benchmark."""
    print(f"  {name}", file=sys.stderr)
    if name in ALONE:
        return ALONE[name](quick=quick)
    modules = {
        "taking": taking,
        "answering": answering,
        "deadlines": deadlines,
        "indicator": indicator,
        "city": city,
        "forms": forms,
        "import": importing,
        "summaries": summaries,
        "export": export,
    }
    measure = modules[name].measure
    return [row for kind in DATABASES if only in (None, kind) for row in measure(kind, quick=quick)]


if __name__ == "__main__":
    main()
