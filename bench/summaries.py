"""A week's summaries for a whole city: 5,000 people in 500 units, each unit with its own indicators' news.

The office is the shipped catalog with 500 units below it; 100 indicators of 70 units each are defined and reported.
Every unit has two managers and eight coordinators, so that there are a thousand different messages. The clock's job
runs in this process, on a Monday at 8.30; a ``tidtam worker`` delivers beside it as in the Procfile, while LINE answers
after 50 ms. A person told twice or not at all fails the run.

* built: from the job's start until the last message is stored;
* sent: recipients a second, from the first multicast that LINE accepted to the last, with LINE's 200 multicasts a
  second of a channel kept to;
* memory: how much the process grew from the first batch of people to the last.

The peer is the plain way: one push after the other through the LINE SDK, of the same messages.
"""

from __future__ import annotations

import itertools
import json
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, PushMessageRequest
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from bench import runs
from bench.city import CITY_YEAR, analyse
from bench.figures import Row
from bot.settings import load_settings
from bot.summary_jobs import send_summaries
from bot.wiring import Services, build_services
from models.indicator_reports import DecisionKind, IndicatorReport, ReportDecision, ReportSource
from models.indicator_results import store_results
from models.indicator_terms import Definition, Frequency, ReportedBy, Reporting, Share, Target
from models.indicator_years import DefinedIndicator, store_definitions
from models.indicators import list_indicators
from models.members import Member, MemberRole, Role
from models.outbox import OutboxRow, OutboxState
from models.session import Database
from models.units import Unit, UnitKind

MONDAY = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
"""8.30 in Bangkok."""
REPORTED = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
REGISTERED = datetime(2026, 10, 1, tzinfo=UTC)
PEOPLE_OF_A_UNIT = (*[Role.MANAGER] * 2, *[Role.COORDINATOR] * 8)
LINE_SECONDS = 0.05
INDICATORS, UNITS_OF_ONE = 100, 70
BUILT_AIM_SECONDS, SENT_AIM, GROWTH_AIM_MB = 30, 400, 60
LONGEST_WAIT_SECONDS = 120
PEER_PUSHES = 100


class StandingClock:
    """A clock that stands at the hour of the summaries."""

    def now(self) -> datetime:
        return MONDAY


@dataclass(frozen=True)
class Sent:
    """What one run took and did."""

    built_seconds: float
    sent_seconds: float
    recipients: int
    calls: int
    before_mb: float
    grown_mb: float


def measure(kind: str, *, quick: bool) -> list[Row]:
    """The rows of one kind of database."""
    units = 50 if quick else 500
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        bench = stack.enter_context(runs.opened(kind, Path(folder), 50))
        bench.environment |= {"QUIET_HOURS": "none", "PUBLIC_URL": "https://tidtam.example"}
        database = Database(bench.environment["DATABASE_URL"])
        stack.callback(database.close)
        people = _fill(database, units)
        bench.control(f"latency/{round(LINE_SECONDS * 1000)}")
        bench.start("worker")
        log = Path(folder) / "worker.log"
        runs.wait_for(lambda: "worker_started" in log.read_text(), "worker works", bench.processes["worker"])
        sent = _send(bench, database, people)
        return _rows(kind, units, people, sent, _peer(bench, database))


def _rows(kind: str, units: int, people: int, sent: Sent, peer: float) -> list[Row]:
    what = f"{kind}: a week's summaries of {people:,} people in {units} units"
    rate = sent.recipients / sent.sent_seconds
    growth = f"{sent.grown_mb:.0f} MB above {sent.before_mb:.0f} MB"
    return [
        Row(
            f"{what}, built",
            f"{sent.built_seconds:.1f} s",
            "",
            f"≤ {BUILT_AIM_SECONDS} s",
            sent.built_seconds <= BUILT_AIM_SECONDS,
        ),
        Row(
            f"{what}, sent, LINE after {LINE_SECONDS * 1000:.0f} ms",
            f"{rate:.0f} recipients a second",
            f"{sent.calls:,} calls, {sent.calls / sent.sent_seconds:.0f} a second",
            f"≥ {SENT_AIM}",
            rate >= SENT_AIM,
        ),
        Row(
            f"{what}, memory",
            growth,
            "from the first 500 people",
            f"≤ {GROWTH_AIM_MB} MB",
            sent.grown_mb <= GROWTH_AIM_MB,
        ),
        Row(
            f"{kind}: the same ÷ a push each through the SDK",
            f"{rate / peer:.1f} ({rate:.0f} / {peer:.1f} a second)",
            "",
            "",
            None,
        ),
    ]


# --- the city -------------------------------------------------------------------------------------------------------


def _fill(database: Database, units: int) -> int:
    """Units with their people, and indicators with the reports of a month; gives how many people."""
    with database.transaction() as session:
        session.execute(delete(MemberRole))
        session.execute(delete(Member))
        top = session.scalars(select(func.min(Unit.id))).one()
        added = [{"code": f"BENCH-{n:03}", "name": f"สำนักงานที่ {n:03}", "parent_id": top} for n in range(units)]
        session.execute(insert(Unit), [unit | {"kind": UnitKind.OFFICE} for unit in added])
        ids = list(session.scalars(select(Unit.id).where(Unit.code.startswith("BENCH-")).order_by(Unit.id)))
        people = _add_people(session, ids)
        store_definitions(session, list(_indicators(ids)), REGISTERED)
        _report(session)
    analyse(database)
    return people


def _indicators(units: list[int]) -> Iterator[DefinedIndicator]:
    """A hundred indicators in the full city; each is of 70 neighbouring units, and the first of them is the host."""
    count = max(10, INDICATORS * len(units) // 500)
    for number in range(count):
        first = number * len(units) // count
        several = [units[(first + place) % len(units)] for place in range(min(UNITS_OF_ONE, len(units)))]
        definition = Definition(
            code=f"BENCH-{number:03}",
            fiscal_year=CITY_YEAR,
            name=f"ร้อยละความสำเร็จของโครงการที่ {number}",
            host=f"BENCH-{first:03}",
            target=Target(Decimal(90)),
            measure={"kind": "ratio", "of": "งานที่แล้วเสร็จ", "among": "งานทั้งหมด", "counted_in": "งาน"},
            reporting=Reporting(Frequency.MONTHLY, 5, ReportedBy.UNITS),
            plan={10: Decimal(10), 12: Decimal(30), 3: Decimal(50), 9: Decimal(90)},
        )
        yield DefinedIndicator(definition, several[0], [Share(one, Decimal(20), Decimal(18)) for one in several])


def _add_people(session: Session, units: list[int]) -> int:
    members = [
        {"line_user_id": f"U{unit:028x}{place:04x}", "name": "-", "unit_id": unit, "registered_at": REGISTERED}
        for unit in units
        for place in range(len(PEOPLE_OF_A_UNIT))
    ]
    session.execute(insert(Member), members)
    ids = dict(session.execute(select(Member.line_user_id, Member.id)).all())
    roles = [
        {"member_id": ids[one["line_user_id"]], "role": role}
        for one, role in zip(members, itertools.cycle(PEOPLE_OF_A_UNIT), strict=False)
    ]
    session.execute(insert(MemberRole), roles)
    return len(members)


def _report(session: Session) -> None:
    """Every third unit is behind, every tenth has not reported October; reports came in the week that is told of."""
    indicators = [one for one in list_indicators(session, CITY_YEAR) if one.code.startswith("BENCH-")]
    rows = [
        {
            "indicator_year_id": indicator.id,
            "unit_id": share.unit,
            "month": indicator.months[0],
            "part": "",
            "numerator": Decimal(1 if place % 3 == 0 else 5),
            "denominator": share.denominator,
            "source": ReportSource.GRID,
            "reported_at": REPORTED,
            "is_late": False,
        }
        for indicator in indicators
        for place, share in enumerate(indicator.shares.values())
        if place % 10
    ]
    session.execute(insert(IndicatorReport), rows)
    reports = session.scalars(select(IndicatorReport.id)).all()
    decisions = [{"report_id": one, "decision": DecisionKind.APPROVED, "decided_at": REPORTED} for one in reports[::2]]
    session.execute(insert(ReportDecision), decisions)
    for indicator in indicators:
        store_results(session, indicator, REPORTED)


# --- the run --------------------------------------------------------------------------------------------------------


def _send(bench: runs.Bench, database: Database, people: int) -> Sent:
    services = _services(bench)
    watch = _Watch(bench, database, people)
    before, began = _memory_mb(), time.perf_counter()
    watch.start()
    send_summaries(services)
    built = time.perf_counter() - began
    watch.join(LONGEST_WAIT_SECONDS)
    services.close()
    return Sent(
        built, watch.sent_seconds, people, _check(bench, people), watch.after_first_mb or before, watch.grown_mb
    )


def _services(bench: runs.Bench) -> Services:
    settings = load_settings(bench.environment, env_file=Path("no-such-file"))
    return replace(build_services(settings), clock=StandingClock())


def _check(bench: runs.Bench, people: int) -> int:
    """How many calls LINE accepted.

    Raises:
        RuntimeError: somebody was told twice, or not at all.
    """
    pushes = bench.control("received")["pushes"].values()
    told = Counter(to for recipients, _ in pushes for to in recipients)
    if len(told) != people or max(told.values()) > 1:
        raise RuntimeError(f"{people} people, {len(told)} told, {sum(told.values())} messages")
    return len(pushes)


class _Watch(threading.Thread):
    """Looks twenty times a second how far it is, and how large this process is."""

    def __init__(self, bench: runs.Bench, database: Database, people: int) -> None:
        super().__init__(daemon=True)
        self._bench, self._database, self._people = bench, database, people
        self.sent_seconds = 0.0
        self.after_first_mb = self._most_mb = 0.0

    @property
    def grown_mb(self) -> float:
        return max(0.0, self._most_mb - self.after_first_mb)

    def run(self) -> None:
        first = last = 0.0
        end = time.monotonic() + LONGEST_WAIT_SECONDS
        while time.monotonic() < end:
            sent, stored = self._count()
            now = time.monotonic()
            first = first or (now if sent else 0.0)
            if stored and not self.after_first_mb:
                self.after_first_mb = _memory_mb()
            self._most_mb = max(self._most_mb, _memory_mb())
            if sent == self._people:
                last = now
                break
            time.sleep(0.05)
        self.sent_seconds = (last or end) - first

    def _count(self) -> tuple[int, int]:
        with self._database.reading() as session:
            counted = dict(session.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all())
        return counted.get(OutboxState.SENT, 0), sum(counted.values())


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _peer(bench: runs.Bench, database: Database) -> float:
    """Recipients a second of one push after the other, of messages that were sent."""
    with database.reading() as session:
        texts = session.scalars(select(OutboxRow.messages).order_by(OutboxRow.id).limit(PEER_PUSHES)).all()
    configuration = Configuration(access_token="bench", host=bench.environment["LINE_API_URL"])
    began = time.perf_counter()
    with ApiClient(configuration) as client:
        api = MessagingApi(client)
        for number, messages in enumerate(texts):
            asked = {"to": f"U{number:032x}", "messages": json.loads(messages)}
            api.push_message(PushMessageRequest.from_dict(asked))
    return len(texts) / (time.perf_counter() - began)
