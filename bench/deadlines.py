"""How late a deadline is told, with two clock processes side by side, beside two plainer ways of keeping time.

Requests are made whose 15 minutes end at random instants of one minute. ``tidtam clock`` runs twice and ``tidtam
worker`` once, as in the Procfile. A time runs from the deadline to LINE's acceptance of the push that names it to the
supervisor. A deadline told twice or never fails the run.

The peers keep the same instants, on the same machine and a database of the same kind, and end with a committed row:
``memory`` sleeps in an event loop (exact, shares nothing, forgets all when it is killed), ``poll`` looks once a minute
as a cron job does.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select, text

from bench import office, runs
from bench.figures import Row, percentile
from models.members import Role, add_member, find_member
from models.outbox import OutboxRow
from models.questions import Question, open_request
from models.request_timers import RequestTimer, TimerOutcome
from models.service_terms import ServiceTerms
from models.session import Database
from models.units import get_unit
from models.working_time import ServiceCalendar

P99_AIM_SECONDS, MOST_AIM_SECONDS = 1.0, 2.0
POLL_SECONDS = 60
LEAD_SECONDS = 4
LONGEST_WAIT_SECONDS = 30
SUPERVISOR = "U" + "e" * 32
SECRETARIAT = "ส่วนเลขานุการ"
TERMS = ServiceTerms(ServiceCalendar(None), acknowledge_warnings=(), answer_warnings=())
_TOLD = re.compile(r"เกินกำหนดแล้ว ([\d,]+) คำขอ")
"""What a card of several requests says; a card of one names no count."""


@dataclass(frozen=True)
class Told:
    """Seconds from each deadline until a clock took it, and until LINE accepted it; how many LINE heard of; pushes."""

    taken: list[float]
    accepted: list[float]
    heard: int
    pushes: int


def measure(kind: str, *, quick: bool) -> list[Row]:
    """The rows of one kind of database."""
    count, span_seconds = (200, 12.0) if quick else (1000, 60.0)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        bench = stack.enter_context(runs.opened(kind, Path(folder), 200))
        bench.environment["SERVICE_HOURS"] = "always"
        database = Database(bench.environment["DATABASE_URL"])
        stack.callback(database.close)
        _add_people(database)
        bench.start("worker", "clock", "clock 2")
        for name in ("clock", "clock 2"):
            log = Path(folder) / f"{name}.log"
            runs.wait_for(lambda log=log: "clock_started" in log.read_text(), f"{name} works", bench.processes[name])
        due = _ask(database, count, span_seconds)
        peers = stack.enter_context(_Peers(kind, Path(folder), due))
        told = _wait(bench, database, due)
        return _rows(kind, span_seconds, told, peers.memory(), peers.polled())


def _rows(kind: str, span_seconds: float, told: Told, memory: Sequence[float], polled: Sequence[float]) -> list[Row]:
    count = len(told.accepted)
    what = f"{kind}: deadline → push accepted, {count:,} within {span_seconds:.0f} s, two clocks"
    p50, p99, most = (percentile(told.accepted, share) for share in (0.5, 0.99, 1.0))
    taken = f"taken by a clock {percentile(told.taken, 0.99):.2f} s late"
    heard = f"{told.heard - count} twice or not, in {told.pushes} pushes"
    ratio = p99 / percentile(polled, 0.99)
    beside = f"{p99 / max(percentile(memory, 0.99), 1e-6):.0f} × timers in memory ({_ms(percentile(memory, 0.99))})"
    return [
        Row(f"{what}, p50", _ms(p50), heard, "", None),
        Row(f"{what}, p99", _ms(p99), taken, f"≤ {P99_AIM_SECONDS:g} s", p99 <= P99_AIM_SECONDS),
        Row(f"{what}, longest", _ms(most), "", f"≤ {MOST_AIM_SECONDS:g} s", most <= MOST_AIM_SECONDS),
        Row(
            f"{kind}: lateness p99 ÷ a poll once a minute",
            f"{ratio:.3f} ({p99:.2f} / {percentile(polled, 0.99):.1f} s)",
            beside,
            "≤ 0.05",
            ratio <= 0.05,
        ),
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _add_people(database: Database) -> None:
    with database.transaction() as session:
        unit = get_unit(session, SECRETARIAT).id
        now = datetime.now(UTC)
        add_member(session, line_user_id=SUPERVISOR, name="หัวหน้า", unit_id=unit, roles=[Role.SUPERVISOR], now=now)


def _ask(database: Database, count: int, span_seconds: float) -> list[float]:
    """Open requests that become late at random instants, soon; gives these instants (seconds since 1970), in order."""
    chance = random.Random(42)
    offsets = sorted(chance.uniform(0, span_seconds) for _ in range(count))
    with database.transaction() as session:
        first = time.time() + LEAD_SECONDS + count / 100
        due = [first + offset for offset in offsets]
        members = [find_member(session, office.line_user_id(number)) for number in range(office.MEMBERS)]
        for number, at in enumerate(due):
            member = members[number % len(members)]
            asked = datetime.fromtimestamp(at, UTC) - TERMS.acknowledge_within
            question = Question(member.line_user_id, member.id, member.unit_id, asked, asked, text=f"คำถามที่ {number}")
            open_request(session, question, TERMS, asked)
    if time.time() > due[0] - 1:
        raise RuntimeError("the first deadline was over before the requests were stored; the machine is too busy")
    return due


def _wait(bench: runs.Bench, database: Database, due: Sequence[float]) -> Told:
    time.sleep(max(0.0, due[-1] - time.time()))
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while _heard(bench) < len(due) and time.monotonic() < end:
        time.sleep(0.25)
    time.sleep(2)  # what would come twice comes by now
    told = _read(database, _heard(bench), len(bench.control("received")["pushes"]))
    print(
        f"    {len(due)} deadlines: taken p99 {percentile(told.taken, 0.99) * 1000:.0f} ms, "
        f"accepted p50 {percentile(told.accepted, 0.5) * 1000:.0f} p99 {percentile(told.accepted, 0.99) * 1000:.0f} ms",
        file=sys.stderr,
    )
    if told.heard != len(due) or len(told.accepted) != len(due):
        raise RuntimeError(f"{len(due)} deadlines, {len(told.accepted)} told, {told.heard} heard of")
    return told


def _heard(bench: runs.Bench) -> int:
    """How many requests LINE was told of as late."""
    pushes = bench.control("received")["pushes"].values()
    texts = [words for to, texts in pushes if SUPERVISOR in to for words in texts if "เกินกำหนด" in words]
    return sum(int(found[1].replace(",", "")) if (found := _TOLD.search(words)) else 1 for words in texts)


def _read(database: Database, heard: int, pushes: int) -> Told:
    with database.reading() as session:
        rows = select(OutboxRow.created_at, OutboxRow.sent_at).where(OutboxRow.recipient == SUPERVISOR)
        sent = {row.created_at: row.sent_at for row in session.execute(rows) if row.sent_at is not None}
        fired = select(RequestTimer.due_at, RequestTimer.settled_at)
        timers = session.execute(fired.where(RequestTimer.outcome == TimerOutcome.FIRED)).all()
    taken = [(timer.settled_at - timer.due_at) / timedelta(seconds=1) for timer in timers]
    accepted = [(sent[t.settled_at] - t.due_at) / timedelta(seconds=1) for t in timers if t.settled_at in sent]
    return Told(taken, accepted, heard, pushes)


class _Peers:
    """Both peers at their work in threads of this process; each notes how late it committed a row for a deadline."""

    def __init__(self, kind: str, folder: Path, due: Sequence[float]) -> None:
        self._due, self._stack = due, ExitStack()
        opened = runs.postgresql_database() if kind == "postgresql" else runs.sqlite_file(folder)
        self._database = Database(self._stack.enter_context(opened))
        self._memory: list[float] = []
        self._polled: list[float] = []

    def __enter__(self) -> _Peers:
        with self._database.transaction() as session:
            session.execute(text("CREATE TABLE told (peer TEXT, number INTEGER)"))
        self._threads = [
            threading.Thread(target=run, daemon=True) for run in (lambda: asyncio.run(self._sleep()), self._poll)
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
        self._stack.close()

    def memory(self) -> list[float]:
        self._threads[0].join()
        return self._memory

    def polled(self) -> list[float]:
        self._threads[1].join()
        return self._polled

    async def _sleep(self) -> None:
        for number, at in enumerate(self._due):
            await asyncio.sleep(max(0.0, at - time.time()))
            self._store("memory", [number])
            self._memory.append(time.time() - at)

    def _poll(self) -> None:
        """Looks at the full minute of the machine's clock, as cron does."""
        left = list(enumerate(self._due))
        while left:
            time.sleep(POLL_SECONDS - time.time() % POLL_SECONDS)
            now = time.time()
            ready = [(number, at) for number, at in left if at <= now]
            self._store("poll", [number for number, _ in ready])
            self._polled += [time.time() - at for _, at in ready]
            left = left[len(ready) :]

    def _store(self, peer: str, numbers: Sequence[int]) -> None:
        with self._database.transaction() as session:
            for number in numbers:
                session.execute(text("INSERT INTO told VALUES (:peer, :number)"), {"peer": peer, "number": number})
