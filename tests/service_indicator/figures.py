"""Indicators of all sorts, for looking at cards."""

from __future__ import annotations

from datetime import UTC, date, datetime

from models.requests import ClockKind
from models.service_kpi import CountedRequest, Outcome, ServiceKPI, add_up, compute_kpi, spreads_of

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
COUNTED_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def make_requests(people: int, *, late: int = 0, pending: int = 0, human_share: int = 3, rate: int = 2):
    """Two requests a person; the first ``late`` people have a late one, the next ``pending`` one that waits."""
    for person in range(people):
        for turn in range(2):
            by_human = (person + turn) % human_share == 0
            outcome = Outcome.IN_TIME
            if turn == 0 and person < late + pending:
                outcome, by_human = (Outcome.LATE if person < late else Outcome.PENDING), True
            seconds = None if outcome is Outcome.PENDING else (60 + person * 17 if by_human else 2 + person % 3)
            yield CountedRequest(
                asker=f"U{person}",
                by_human=by_human,
                acknowledge=Outcome.IN_TIME if outcome is Outcome.LATE and person % 2 else outcome,
                answer=outcome,
                elapsed_acknowledge=outcome,
                elapsed_answer=Outcome.LATE if person % 7 == 0 else outcome,
                acknowledge_seconds=seconds,
                answer_seconds=None if seconds is None else seconds * 2,
                elapsed_acknowledge_seconds=seconds,
                elapsed_answer_seconds=None if seconds is None else seconds * 3,
                invited=turn == 1,
                rating=(5, 4, 4, 2)[person % 4] if turn == 1 and person % rate == 0 else None,
            )


def make_report(people: int = 43, clock: ClockKind = ClockKind.SERVICE, **more: int) -> ServiceKPI:
    requests = list(make_requests(people, **more))
    return compute_kpi(
        first=FIRST,
        last=LAST,
        clock=clock,
        counted_at=COUNTED_AT,
        people=add_up(requests),
        spreads=spreads_of(requests, clock),
    )
