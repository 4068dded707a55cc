"""What the figures cost: the indicator over a year of requests, folding them into facts, and the officers' queue.

The same 500 people ask 10,000 and 1,000,000 times in a year; four of five questions are answered by the machine. The
requests are put in by one INSERT … SELECT, and folded by the product's own job. The peer is the plain way: one
aggregate over the rows of the year, grouped by person, which gives the shares but no percentile.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bench import office, runs
from bench.figures import Row, span
from bot.catalog import load_catalog, read_catalog, shipped_catalog_paths
from bot.migrating import upgrade_database
from bot.understanding import Understanding
from handlers import queues
from handlers.context import Context
from models.counting import calendar_loader
from models.members import Role, add_member, find_member
from models.requests import ClockKind
from models.service_facts import count_settled
from models.service_figures import read_figures
from models.service_terms import ServiceTerms
from models.session import Database
from models.units import get_unit
from models.working_time import ServiceCalendar

PEOPLE = 500
FEW, MANY = 10_000, 1_000_000
OPEN = 10_000
AIM_MS, GROWTH_AIM, QUEUE_AIM_MS = 300, 2.0, 50
FIRST, LAST = date(2025, 10, 1), date(2026, 9, 30)
MONDAY = datetime(2025, 10, 6, 1, 30, tzinfo=UTC)  # 08.30 in Bangkok
WEEKS = 51
NOW = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
ROUNDS = 9


def measure(kind: str, *, quick: bool) -> list[Row]:
    """The rows of one kind of database."""
    many = 100_000 if quick else MANY
    rows = []
    with opened(kind) as few, opened(kind) as much:
        fold(few, FEW)
        seconds = fold(much, many)
        rows.append(Row(f"{kind}: requests folded into facts", f"{many / seconds:.0f} a second", "", "", None))
        year = {FEW: [], many: [], "rows": []}
        for _ in range(ROUNDS):
            year[FEW].append(milliseconds(lambda: whole_year(few)))
            year[many].append(milliseconds(lambda: whole_year(much)))
        year["rows"] = [milliseconds(lambda: plain_aggregate(much)) for _ in range(3)]
        check(much)
    of_many, of_few = statistics.median(year[many]), statistics.median(year[FEW])
    ratio, by_rows = of_many / of_few, statistics.median(year["rows"])
    what = f"{kind}: the indicator of a year by both clocks"
    rows += [
        Row(
            f"{what}, {many:,} requests", f"{of_many:.0f} ms", span(year[many], 0), f"≤ {AIM_MS} ms", of_many <= AIM_MS
        ),
        Row(
            f"{what}, ÷ that of {FEW:,}",
            f"{ratio:.2f} ({of_few:.0f} ms)",
            span(year[FEW], 0),
            "≤ 2",
            ratio <= GROWTH_AIM,
        ),
        Row(f"{what}, ÷ one aggregate over the rows", f"1 : {by_rows / of_many:.1f}", span(year["rows"], 0), "", None),
    ]
    return [*rows, queue_row(kind)]


@contextmanager
def opened(kind: str) -> Iterator[Database]:
    """A migrated database with the shipped units and nothing else."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(runs.postgresql_database() if kind == "postgresql" else runs.sqlite_file(folder))
        database = Database(url)
        stack.callback(database.close)
        upgrade_database(database)
        with database.transaction() as session:
            load_catalog(session, read_catalog(shipped_catalog_paths()), datetime.now(UTC))
        yield database


def fold(database: Database, requests: int) -> float:
    """Put answered requests in and fold them; gives the seconds of folding."""
    insert_requests(database, requests, state="answered")
    began, folded = time.perf_counter(), 0
    while folded < requests:
        with database.transaction() as session:
            folded += count_settled(session, calendar_loader(session), NOW, limit=2000)
    took = time.perf_counter() - began
    analyse(database)
    print(f"    {requests} folded in {took:.0f} s", file=sys.stderr)
    return took


def insert_requests(database: Database, count: int, *, state: str, counted: bool = False) -> None:
    """Requests on working days between 08.30 and 15.55, whose askers, lengths and ratings follow from their number.

    Those that are counted come in the order of their numbers, and have their seconds beside them but for those that
    were answered after closing time.
    """
    instant = "datetime({}, 'unixepoch') || '.000000'" if database.is_sqlite else "to_timestamp({})"
    second = f"(:monday + 604800 * (n % {WEEKS}) + 86400 * (n % 5) + 23 * (n * 7919 % 1161))"
    if counted:
        day, within = f"((n - 1) * {WEEKS * 5} / :count)", f"((n - 1) * {WEEKS * 5} % :count * 26703 / :count)"
        second = f"(:monday + 604800 * ({day} / 5) + 86400 * ({day} % 5) + {within})"
    wait = "(CASE WHEN n % 5 > 0 THEN 1 + n % 7 ELSE 30 + n * 31 % 1100 END)"
    answered = f"({wait} + CASE WHEN n % 5 > 0 THEN 0 ELSE 60 + n * 17 % 1300 END)"
    human = "(n % 5 = 0)"
    is_open = state == "open"
    values = {
        "id": "n",
        "asker_line_id": _line_id(database, f"(n * 7 % {PEOPLE})"),
        "unit_id": "1",
        "question": "''",
        "urgency": "'normal'",
        "is_most_urgent": "(n % 50 = 0)",
        "asked_at": instant.format(second),
        "received_at": instant.format(second),
        "state": f"'{state}'",
        "waits_for_human": "TRUE" if is_open else human,
        "clock": "'service'" if is_open else f"CASE WHEN {human} THEN 'service' ELSE 'elapsed' END",
        "clock_started_at": instant.format(second),
        "acknowledge_within_seconds": "900",
        "answer_within_seconds": "1800",
        "service_hours": ":hours",
        "calendar_version": "0",
        "acknowledge_due_at": instant.format(f"({second} + 900)"),
        "answer_due_at": instant.format(f"({second} + 1800)"),
        "elapsed_acknowledge_due_at": instant.format(f"({second} + 900)"),
        "elapsed_answer_due_at": instant.format(f"({second} + 1800)"),
        "next_due_at": instant.format(f"({second} + 900)"),
        "acknowledged_at": "NULL" if is_open else instant.format(f"({second} + {wait})"),
        "answered_at": "NULL" if is_open else instant.format(f"({second} + {answered})"),
        "rounds": "1",
        "earlier_late_acknowledge": "FALSE",
        "earlier_late_answer": "FALSE",
        "earlier_late_elapsed_acknowledge": "FALSE",
        "earlier_late_elapsed_answer": "FALSE",
        "rating": "CASE WHEN n % 9 = 0 THEN 1 + n * 13 % 5 END",
        "invited_at": "NULL",
        "is_counted": "FALSE",
    }
    if counted:
        values["is_counted"] = f"({within} + {answered} <= 28800)"
        values |= {f"{prefix}acknowledge_seconds": wait for prefix in ("", "elapsed_")}
        values |= {f"{prefix}answer_seconds": answered for prefix in ("", "elapsed_")}
    if database.is_sqlite:
        numbers = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)"
        source = "numbers"
    else:
        numbers, source = "", "(SELECT generate_series(1, cast(:count AS bigint)) AS n) AS numbers"
    statement = (
        f"INSERT INTO requests ({', '.join(values)}) {numbers} SELECT {', '.join(values.values())} FROM {source}"
    )
    bound = {"count": count, "monday": int(MONDAY.timestamp()), "hours": "08:30-16:30"}
    with database.transaction() as session:
        if not database.is_sqlite:
            session.execute(text("SET LOCAL statement_timeout = 0"))
        session.execute(text(statement), bound)


def _line_id(database: Database, number: str) -> str:
    return f"'U' || printf('%032x', {number})" if database.is_sqlite else f"'U' || lpad(to_hex({number}), 32, '0')"


def analyse(database: Database) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE")


def whole_year(database: Database) -> dict:
    with database.reading(snapshot=True) as session:
        return read_figures(session, FIRST, LAST, now=NOW, calendars=calendar_loader(session))


def plain_aggregate(database: Database) -> list:
    """The shares without facts: one pass over the year's rows; SQLite is kept from taking them in another order."""
    in_order = "NOT INDEXED" if database.is_sqlite else ""
    query = text(
        "SELECT asker_line_id, waits_for_human, count(*), count(rating),"
        " sum(CASE WHEN acknowledged_at > acknowledge_due_at THEN 1 ELSE 0 END),"
        " sum(CASE WHEN answered_at > answer_due_at THEN 1 ELSE 0 END),"
        " sum(CASE WHEN acknowledged_at > elapsed_acknowledge_due_at THEN 1 ELSE 0 END),"
        " sum(CASE WHEN answered_at > elapsed_answer_due_at THEN 1 ELSE 0 END),"
        " sum(CASE WHEN rating >= 4 THEN 1 ELSE 0 END)"
        f" FROM requests {in_order} WHERE asked_at >= :first AND asked_at < :after"
        " GROUP BY asker_line_id, waits_for_human"
    )
    start, after = datetime(2025, 9, 30, 17, tzinfo=UTC), datetime(2026, 9, 30, 17, tzinfo=UTC)
    if database.is_sqlite:
        bound = {"first": f"{start:%Y-%m-%d %H:%M:%S}.000000", "after": f"{after:%Y-%m-%d %H:%M:%S}.000000"}
    else:
        bound = {"first": start, "after": after}
    with database.reading() as session:
        return list(session.execute(query, bound).all())


def check(database: Database) -> None:
    """Both ways must count the same requests and the same late ones; anything else fails the run."""
    report = whole_year(database)[ClockKind.SERVICE]
    rows = plain_aggregate(database)
    mine = (report.requests, report.answered.requests.of - report.answered.requests.good, report.satisfied_ratings.good)
    plain = (sum(row[2] for row in rows), sum(row[5] for row in rows), sum(row[8] for row in rows))
    if mine != plain or not report.answered.spread().p95:
        raise RuntimeError(f"the indicator says {mine}, the rows say {plain}")


def queue_row(kind: str) -> Row:
    """``คิวค้าง`` through its handler, with many open requests."""
    with opened(kind) as database:
        insert_requests(database, OPEN, state="open")
        analyse(database)
        with database.transaction() as session:
            unit = get_unit(session, office.district_names()[0]).id
            add_member(
                session,
                line_user_id=office.line_user_id(9999),
                name="ผู้ใช้ทดสอบ",
                unit_id=unit,
                roles=[Role.SECRETARY],
                now=NOW,
            )
        took = [milliseconds(lambda: show_queue(database)) for _ in range(ROUNDS * 3)][ROUNDS:]
    middle = statistics.median(took)
    what = f"{kind}: คิวค้าง with {OPEN:,} open requests, in the handler"
    return Row(what, f"{middle:.0f} ms", span(took, 0), f"≤ {QUEUE_AIM_MS} ms", middle <= QUEUE_AIM_MS)


def show_queue(database: Database) -> None:
    with database.transaction() as session:
        person = office.line_user_id(9999)
        context = Context(
            session=session,
            now=NOW,
            asked_at=NOW - timedelta(seconds=1),
            received_at=NOW,
            line_user_id=person,
            registered=find_member(session, person),
            terms=ServiceTerms(ServiceCalendar(None)),
        )
        if not queues.show_queue(context, Understanding("duty_queue", {})):
            raise RuntimeError("the queue was not shown")


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
