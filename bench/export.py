"""What a service log costs as a CSV file: a year of 1,000,000 requests with all that told their askers.

Four of five were answered by the machine, with one message; the others were acknowledged first. All but those that
reached past closing time are folded into facts. The peer is the plain way to a file of a table: the driver's own cursor
over ``SELECT *`` of the requests alone, and ``csv.writer``; it decides nothing, joins nothing and leaves times in UTC.
"""

from __future__ import annotations

import csv
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench import indicator
from bench.figures import Row, span
from bot.exporting_service_log import export_service_log
from models.session import Database

MANY, FEW = 1_000_000, 100_000
AIM_PER_SECOND, GROWTH_AIM_MB = 30_000, 20
FIRST, LAST = indicator.FIRST, indicator.LAST
ROUNDS = 3


def measure(kind: str, *, quick: bool) -> list[Row]:
    """The rows of one kind of database."""
    count = FEW if quick else MANY
    with indicator.opened(kind) as database, tempfile.TemporaryDirectory() as folder:
        indicator.insert_requests(database, count, state="answered", counted=True)
        insert_tellings(database)
        indicator.analyse(database)
        ours, peers = [], []
        path = Path(folder) / "log.csv"
        tenth = peak_mb(lambda: export(database, path, FIRST + (LAST - FIRST) / 10))
        peaks = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            peaks.append(peak_mb(lambda: export(database, path, LAST, count)))
            ours.append(count / (time.perf_counter() - began))
            began = time.perf_counter()
            plain_file(database, path)
            peers.append(count / (time.perf_counter() - began))
    return as_rows(f"{kind}: {count:,} requests as CSV", ours, peers, tenth, max(peaks))


def as_rows(what: str, ours: list[float], peers: list[float], tenth: float, whole: float) -> list[Row]:
    middle, ratio = statistics.median(ours), [our / peer for our, peer in zip(ours, peers, strict=True)]
    spread = f"{min(ours):.0f}–{max(ours):.0f}"
    aim = f"≥ {AIM_PER_SECOND:,} a second"
    grew = f"{whole - tenth:+.1f} MB ({tenth:.0f} → {whole:.0f})"
    return [
        Row(what, f"{middle:.0f} rows a second", spread, aim, middle >= AIM_PER_SECOND),
        Row(f"{what}, ÷ a plain SELECT *", f"{statistics.median(ratio):.2f}", span(ratio), "", None),
        Row(f"{what}, peak of a tenth → of all", grew, "", f"≤ {GROWTH_AIM_MB} MB", whole - tenth <= GROWTH_AIM_MB),
    ]


def export(database: Database, path: Path, last: date, expected: int | None = None) -> None:
    written = export_service_log(database, path, FIRST, last, now=indicator.NOW)
    if not written or expected not in (None, written):
        raise RuntimeError(f"{written} requests were written, not {expected}")


def plain_file(database: Database, path: Path) -> None:
    with database.reading() as session, path.open("w", encoding="utf-8", newline="") as file:
        driver: Any = session.connection().connection.driver_connection
        cursor = driver.cursor() if database.is_sqlite else driver.cursor(name="plain")
        cursor.execute("SELECT * FROM requests")
        writer = csv.writer(file)
        while rows := cursor.fetchmany(1000):
            writer.writerows(rows)
        cursor.close()


def insert_tellings(database: Database) -> None:
    """What told the askers: an answer by reply from the machine, else an acknowledgement and an answer by push."""
    calls = (
        "INSERT INTO line_calls (id, method, recipients, messages, importance, state, attempts, outcome_unknown,"
        " created_at, next_try_at) SELECT id * 2 + {which}, {method}, '[]', '[]', 'promise', 'accepted', 1, FALSE,"
        " {at}, {at} FROM requests {those}"
    )
    rows = (
        "INSERT INTO outbox (id, recipient, messages, message_count, importance, state, request_id, counts_as, call_id,"
        " created_at, sent_at, sent_as) SELECT id * 2 + {which}, asker_line_id, '[]', 1, 'promise', 'sent', id,"
        " {counts_as}, id * 2 + {which}, {at}, {at}, {method} FROM requests {those}"
    )
    method = "CASE WHEN waits_for_human THEN 'push' ELSE 'reply' END"
    answers = {"which": 0, "method": method, "at": "answered_at", "those": "", "counts_as": "'answer'"}
    first = {"which": 1, "method": "'reply'", "at": "acknowledged_at", "those": "WHERE waits_for_human"}
    with database.transaction() as session:
        if not database.is_sqlite:
            session.execute(text("SET LOCAL statement_timeout = 0"))
        for told in (answers, {**first, "counts_as": "'acknowledgement'"}):
            session.execute(text(calls.format(**told)))
            session.execute(text(rows.format(**told)))


def peak_mb(work: Callable[[], object]) -> float:
    """The most memory that this process had in a piece of work, in MB."""
    Path("/proc/self/clear_refs").write_text("5")  # begins the peak anew
    work()
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
