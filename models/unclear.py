"""What was not understood, counted by kind: no text and no person is kept, so that it may be kept for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.inbox import InboxEvent
from models.working_time import BANGKOK

NONE_OF_THEM = "none"
"""Chosen instead of an intent where the person said that none of the offered meanings was right."""


class Outcome(StrEnum):
    """How a text came to be unclear."""

    UNSURE = "unsure"
    """Two or three meanings were offered."""
    LOST = "lost"
    """Nothing was recognised; one line of help was given."""
    DECLINED = "declined"
    """A change was read back, and the person said no."""


class UnclearUtterance(Base):
    """One text that was not understood at once. ``chosen`` is what the person then tapped; nothing else changes."""

    __tablename__ = "unclear_utterances"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(index=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    kind: Mapped[str] = mapped_column(String(60))
    candidates: Mapped[str] = mapped_column(String(200))
    """The intents that were offered, likeliest first, with commas between them."""
    chosen: Mapped[str | None] = mapped_column(String(40))


@dataclass(frozen=True)
class UnclearReport:
    """What was not understood at once in a period.

    Attributes:
        messages: all messages that people sent, of any kind, in the chat of two or in a group.
        lost: how many texts of which kind nothing was recognised in.
        unsure: how often which meanings were offered, and how often each was then chosen; of those that nobody chose
            from, ``""``.
        declined: how many changes of which intent were read back and then not wanted.
    """

    messages: int
    lost: Counter[str]
    unsure: dict[tuple[str, ...], Counter[str]]
    declined: Counter[str]

    def as_json(self) -> dict[str, Any]:
        """The report as plain JSON values, the commonest first; ``chosen`` has ``null`` for no choice."""
        offered = sorted(self.unsure.items(), key=lambda item: (-item[1].total(), item[0]))
        return {
            "messages": self.messages,
            "lost": {"total": self.lost.total(), "by_kind": _commonest_first(self.lost)},
            "unsure": {
                "total": sum(chosen.total() for chosen in self.unsure.values()),
                "by_candidates": [
                    {
                        "candidates": list(candidates),
                        "times": chosen.total(),
                        "chosen": {intent: times for intent, times in _commonest_first(chosen).items() if intent},
                        "no_choice": chosen[""],
                    }
                    for candidates, chosen in offered
                ],
            },
            "declined": {"total": self.declined.total(), "by_intent": _commonest_first(self.declined)},
        }


def record_unclear(session: Session, outcome: Outcome, kind: str, candidates: Sequence[str], heard_at: datetime) -> int:
    """Count a text that was not understood and return its id, for ``record_choice``."""
    row = UnclearUtterance(heard_at=heard_at, outcome=outcome, kind=kind, candidates=",".join(candidates))
    session.add(row)
    session.flush()  # the buttons of the question carry its id
    return row.id


def record_choice(session: Session, unclear_id: int, intent: str) -> None:
    """Note which of the offered meanings was right; the first choice stays."""
    session.execute(
        update(UnclearUtterance)
        .where(UnclearUtterance.id == unclear_id, UnclearUtterance.chosen.is_(None))
        .values(chosen=intent)
    )


def count_unclear(session: Session) -> dict[tuple[Outcome, str], int]:
    """How many texts were unclear since the beginning, by outcome and kind."""
    query = select(UnclearUtterance.outcome, UnclearUtterance.kind, func.count())
    rows = session.execute(query.group_by(UnclearUtterance.outcome, UnclearUtterance.kind))
    return {(outcome, kind): count for outcome, kind, count in rows}


def read_unclear(session: Session, first: date, last: date) -> UnclearReport:
    """What was unclear from the first to the last day in Bangkok, both included."""
    row = UnclearUtterance
    within = _within(row.heard_at, first, last)
    counted = session.execute(
        select(row.outcome, row.kind, row.candidates, row.chosen, func.count())
        .where(within)
        .group_by(row.outcome, row.kind, row.candidates, row.chosen)
    )
    messages = select(func.count()).where(InboxEvent.type == "message", _within(InboxEvent.event_at, first, last))
    report = UnclearReport(session.scalar(messages) or 0, Counter(), {}, Counter())
    for outcome, kind, candidates, chosen, times in counted:
        if outcome is Outcome.LOST:
            report.lost[kind] += times
        elif outcome is Outcome.DECLINED:
            report.declined[kind] += times
        else:
            report.unsure.setdefault(tuple(candidates.split(",")), Counter())[chosen or ""] += times
    return report


def _within(column: Any, first: date, last: date) -> ColumnElement[bool]:
    begins = datetime.combine(first, time.min, BANGKOK)
    return and_(column >= begins, column < datetime.combine(last + timedelta(days=1), time.min, BANGKOK))


def _commonest_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
