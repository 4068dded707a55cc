"""The service indicator: users, acknowledged in time, answered in time, satisfied; pure arithmetic on plain values.

Indicator 5 of the secretariat's plan of FY 2563 measures four parts, each against a target of its own. The text counts
people (จำนวนผู้ใช้บริการ), an office usually means requests: both are reckoned, the text's own first. Where a part is
not decided yet, because neither the deed was done nor its deadline passed, it counts neither way; what was withdrawn
before it was late is left out of the shares, while the person stays a user.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from models.requests import ClockKind
from models.shares import NO_SPREAD, Share, Spread, Tipping

USERS_TARGET = 50
"""People, in a period."""
ACKNOWLEDGED_TARGET = ANSWERED_TARGET = SATISFIED_TARGET = 80
"""Percent."""
LEAST_SATISFIED = 4
"""4 มาก and 5 มากที่สุด count as satisfied."""

_CENT = Decimal("0.01")


class Part(StrEnum):
    """What a person is promised by a time."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"


class Outcome(StrEnum):
    """How a request stands in one part by one clock."""

    IN_TIME = "in_time"
    LATE = "late"
    PENDING = "pending"  # not done and not yet due
    LEFT_OUT = "left_out"  # withdrawn before it was late


class Handled(StrEnum):
    """Whose answers are looked at."""

    ALL = "all"
    HUMAN = "human"  # requests that waited for an officer
    MACHINE = "machine"


def outcome_of(
    *, done_at: datetime | None, due_at: datetime, withdrawn_at: datetime | None, was_late: bool, now: datetime
) -> Outcome:
    """How one part of one request stands.

    Args:
        done_at: when LINE accepted what the asker was told; None where it has not.
        due_at: the last instant in time.
        withdrawn_at: when the asker took the question back.
        was_late: an earlier round of the request was late; that is never made good.
        now: the present.

    >>> from datetime import UTC, timedelta
    >>> due = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
    >>> outcome_of(done_at=due, due_at=due, withdrawn_at=None, was_late=False, now=due).value
    'in_time'
    >>> later = due + timedelta(microseconds=1)
    >>> outcome_of(done_at=None, due_at=due, withdrawn_at=None, was_late=False, now=later).value
    'late'
    """
    if was_late or (done_at or withdrawn_at or now) > due_at:
        return Outcome.LATE
    if done_at is not None:
        return Outcome.IN_TIME
    return Outcome.LEFT_OUT if withdrawn_at is not None else Outcome.PENDING


@dataclass(frozen=True)
class Tally:
    """Requests of one part by one clock: how many are decided, how many of those late, and how many wait."""

    decided: int = 0
    late: int = 0
    pending: int = 0

    @classmethod
    def of(cls, outcome: Outcome) -> Tally:
        """The tally of one request."""
        return _TALLIES[outcome]

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.decided + other.decided, self.late + other.late, self.pending + other.pending)


_TALLIES = {
    Outcome.IN_TIME: Tally(decided=1),
    Outcome.LATE: Tally(decided=1, late=1),
    Outcome.PENDING: Tally(pending=1),
    Outcome.LEFT_OUT: Tally(),
}
NO_TALLY = Tally()


@dataclass(frozen=True)
class CountedRequest:
    """One request as the indicator sees it.

    Attributes:
        asker: who asked; equal texts are one person.
        by_human: whether it ever waited for an officer.
        withdrawn: whether the asker took it back.
        acknowledge: how it stands by the clock that rules it; ``answer`` likewise.
        elapsed_acknowledge: how it stands by plain time; ``elapsed_answer`` likewise.
        acknowledge_seconds: whole seconds by the clock that rules it; None where it was not done. Likewise the others.
        invited: whether the person was asked to rate the answer.
        rating: 1 to 5, the one that stands.
    """

    asker: str
    by_human: bool
    acknowledge: Outcome
    answer: Outcome
    elapsed_acknowledge: Outcome
    elapsed_answer: Outcome
    withdrawn: bool = False
    acknowledge_seconds: int | None = None
    answer_seconds: int | None = None
    elapsed_acknowledge_seconds: int | None = None
    elapsed_answer_seconds: int | None = None
    invited: bool = False
    rating: int | None = None

    def seconds(self, clock: ClockKind, part: Part) -> int | None:
        """Whole seconds that a part took; None where it was not done."""
        own, elapsed = {
            Part.ACKNOWLEDGE: (self.acknowledge_seconds, self.elapsed_acknowledge_seconds),
            Part.ANSWER: (self.answer_seconds, self.elapsed_answer_seconds),
        }[part]
        return own if clock is ClockKind.SERVICE else elapsed


@dataclass(frozen=True)
class PersonTotals:
    """What requests of one person add up to; those answered by the machine and those that waited apart or together."""

    requests: int = 0
    withdrawn: int = 0
    acknowledge: Tally = NO_TALLY
    answer: Tally = NO_TALLY
    elapsed_acknowledge: Tally = NO_TALLY
    elapsed_answer: Tally = NO_TALLY
    invited: int = 0
    invited_rated: int = 0
    """Invitations that were followed."""
    ratings: int = 0
    satisfied: int = 0
    score_sum: int = 0

    @classmethod
    def of(cls, request: CountedRequest) -> PersonTotals:
        """The totals of one request."""
        rating = request.rating
        return cls(
            requests=1,
            withdrawn=int(request.withdrawn),
            acknowledge=Tally.of(request.acknowledge),
            answer=Tally.of(request.answer),
            elapsed_acknowledge=Tally.of(request.elapsed_acknowledge),
            elapsed_answer=Tally.of(request.elapsed_answer),
            invited=int(request.invited),
            invited_rated=int(request.invited and rating is not None),
            ratings=int(rating is not None),
            satisfied=int(rating is not None and rating >= LEAST_SATISFIED),
            score_sum=rating or 0,
        )

    def __add__(self, other: PersonTotals) -> PersonTotals:
        return PersonTotals(*(getattr(self, name) + getattr(other, name) for name in _TOTALS))

    def tally(self, clock: ClockKind, part: Part) -> Tally:
        """One part; by the service clock what the machine answered is measured by plain time."""
        if clock is ClockKind.SERVICE:
            return self.acknowledge if part is Part.ACKNOWLEDGE else self.answer
        return self.elapsed_acknowledge if part is Part.ACKNOWLEDGE else self.elapsed_answer


_TOTALS = tuple(one.name for one in fields(PersonTotals))
_COUNTS = tuple(one.name for one in fields(PersonTotals) if isinstance(one.default, int))
_PARTS = tuple(one.name for one in fields(PersonTotals) if isinstance(one.default, Tally))
People = Mapping[tuple[str, bool], PersonTotals]
"""By person and by whether the requests waited for an officer."""


def sum_of(many: Iterable[PersonTotals]) -> PersonTotals:
    """What many totals add up to, without a thing made for every step."""
    many = list(many)
    sums: dict[str, Any] = {name: sum([getattr(totals, name) for totals in many]) for name in _COUNTS}
    for name in _PARTS:
        tallies = [getattr(totals, name) for totals in many]
        sums[name] = Tally(
            sum([tally.decided for tally in tallies]),
            sum([tally.late for tally in tallies]),
            sum([tally.pending for tally in tallies]),
        )
    return PersonTotals(**sums)


# --- shares ---------------------------------------------------------------------------------------------------------


Spreads = Mapping[tuple[Part, Handled], Spread]


# --- the report -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PartFigures:
    """Acknowledged in time, or answered in time.

    ``people`` comes first as in the indicator's text: people all of whose decided requests were in time, of people who
    have a decided one.
    """

    people: Share
    requests: Share
    human: Share
    machine: Share
    pending: int
    target: int
    spreads: Mapping[Handled, Spread] = field(default_factory=dict)

    def spread(self, handled: Handled = Handled.ALL) -> Spread:
        """How long it took."""
        return self.spreads.get(handled, NO_SPREAD)

    @property
    def people_tipping(self) -> Tipping:
        """In late requests of people who were in time so far, or in further people in time."""
        return self.people.tipping(self.target, by_turning=True)

    @property
    def requests_tipping(self) -> Tipping:
        """In further requests."""
        return self.requests.tipping(self.target)


@dataclass(frozen=True)
class ServiceKPI:
    """The service indicator of a period by one clock.

    Attributes:
        first: first day, in Bangkok.
        last: last day, included.
        clock: by which the shares are: ``service`` measures what the machine answered by plain time.
        counted_at: the instant at which open requests were looked at.
        users: different people who asked.
        requests: all that were asked, those withdrawn and those that wait included.
        satisfied: people all of whose standing ratings are 4 or 5, of people who rated.
        satisfied_ratings: ratings of 4 or 5 of all.
        responses: invitations to rate that were followed.
    """

    first: date
    last: date
    clock: ClockKind
    counted_at: datetime
    users: int
    requests: int
    withdrawn: int
    human_requests: int
    acknowledged: PartFigures
    answered: PartFigures
    satisfied: Share
    satisfied_ratings: Share
    score_sum: int
    responses: Share

    @property
    def mean_score(self) -> Decimal | None:
        """1 to 5 with two decimals; None where nobody rated."""
        if not self.satisfied_ratings.of:
            return None
        return (Decimal(self.score_sum) / self.satisfied_ratings.of).quantize(_CENT, ROUND_HALF_UP)

    @property
    def users_missing(self) -> int:
        """People that are missing to the target; 0 where it is reached."""
        return max(0, USERS_TARGET - self.users)

    @property
    def satisfied_tipping(self) -> Tipping:
        """In low ratings of people who were satisfied so far, or in further satisfied people."""
        return self.satisfied.tipping(SATISFIED_TARGET, by_turning=True)

    def as_json(self) -> dict[str, Any]:
        """The figures under the contract's names, and more beside them; percentages are numbers or None."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "clock": self.clock.value,
            "users": {"value": self.users, "target": USERS_TARGET, "missing": self.users_missing},
            "acknowledged_in_time": _part_json(self.acknowledged),
            "answered_in_time": _part_json(self.answered),
            "satisfied": {
                "people_percent": _number(self.satisfied.percent),
                "ratings": self.satisfied_ratings.of,
                "target": SATISFIED_TARGET,
                "people": self.satisfied.of,
                "people_satisfied": self.satisfied.good,
                "ratings_percent": _number(self.satisfied_ratings.percent),
                "mean_score": _number(self.mean_score),
                "invitations": self.responses.of,
                "response_percent": _number(self.responses.percent),
                "tipping": {"people": _tipping_json(self.satisfied_tipping)},
            },
            "requests": self.requests,
            "median_acknowledge_seconds": self.acknowledged.spread().median,
            "p95_acknowledge_seconds": self.acknowledged.spread().p95,
            "median_answer_seconds": self.answered.spread().median,
            "p95_answer_seconds": self.answered.spread().p95,
            "requests_for_humans": self.human_requests,
            "withdrawn": self.withdrawn,
        }


def compute_kpi(
    *, first: date, last: date, clock: ClockKind, counted_at: datetime, people: People, spreads: Spreads
) -> ServiceKPI:
    """Reckon the indicator from what each person's requests add up to and from how long they took."""
    human = sum_of(totals for (_, by_human), totals in people.items() if by_human)
    whole = human + sum_of(totals for (_, by_human), totals in people.items() if not by_human)
    persons: dict[str, PersonTotals] = {}
    for (asker, _), totals in people.items():
        persons[asker] = persons[asker] + totals if asker in persons else totals
    raters = [totals for totals in persons.values() if totals.ratings]
    parts = {
        part: _part_figures(part, clock, persons.values(), whole, human, spreads, target)
        for part, target in ((Part.ACKNOWLEDGE, ACKNOWLEDGED_TARGET), (Part.ANSWER, ANSWERED_TARGET))
    }
    return ServiceKPI(
        first=first,
        last=last,
        clock=clock,
        counted_at=counted_at,
        users=sum(totals.requests > 0 for totals in persons.values()),
        requests=whole.requests,
        withdrawn=whole.withdrawn,
        human_requests=human.requests,
        acknowledged=parts[Part.ACKNOWLEDGE],
        answered=parts[Part.ANSWER],
        satisfied=Share(sum(totals.satisfied == totals.ratings for totals in raters), len(raters)),
        satisfied_ratings=Share(whole.satisfied, whole.ratings),
        score_sum=whole.score_sum,
        responses=Share(whole.invited_rated, whole.invited),
    )


def add_up(requests: Iterable[CountedRequest]) -> dict[tuple[str, bool], PersonTotals]:
    """What requests add up to, by person and by whether they waited for an officer."""
    people: dict[tuple[str, bool], PersonTotals] = {}
    for request in requests:
        key = request.asker, request.by_human
        totals = PersonTotals.of(request)
        people[key] = people[key] + totals if key in people else totals
    return people


def spreads_of(requests: Sequence[CountedRequest], clock: ClockKind) -> dict[tuple[Part, Handled], Spread]:
    """How long requests took, by part and by who handled them."""
    kept = {Handled.ALL: (True, False), Handled.HUMAN: (True,), Handled.MACHINE: (False,)}
    return {
        (part, handled): Spread.of(
            seconds
            for request in requests
            if request.by_human in groups and (seconds := request.seconds(clock, part)) is not None
        )
        for part in Part
        for handled, groups in kept.items()
    }


def _part_figures(
    part: Part,
    clock: ClockKind,
    persons: Iterable[PersonTotals],
    whole: PersonTotals,
    human: PersonTotals,
    spreads: Spreads,
    target: int,
) -> PartFigures:
    tallies = [tally for totals in persons if (tally := totals.tally(clock, part)).decided]
    of_all, of_human = whole.tally(clock, part), human.tally(clock, part)
    by_machine = Share(
        (of_all.decided - of_all.late) - (of_human.decided - of_human.late), of_all.decided - of_human.decided
    )
    return PartFigures(
        people=Share(sum(not tally.late for tally in tallies), len(tallies)),
        requests=_in_time(of_all),
        human=_in_time(of_human),
        machine=by_machine,
        pending=of_all.pending,
        target=target,
        spreads={handled: spreads.get((part, handled), NO_SPREAD) for handled in Handled},
    )


def _in_time(tally: Tally) -> Share:
    return Share(tally.decided - tally.late, tally.decided)


def _part_json(part: PartFigures) -> dict[str, Any]:
    return {
        "people_percent": _number(part.people.percent),
        "requests_percent": _number(part.requests.percent),
        "target": part.target,
        "by_human_percent": _number(part.human.percent),
        "by_machine_percent": _number(part.machine.percent),
        "people": part.people.of,
        "people_in_time": part.people.good,
        "requests": part.requests.of,
        "requests_in_time": part.requests.good,
        "requests_by_human": part.human.of,
        "pending": part.pending,
        "by_human_seconds": _spread_json(part.spread(Handled.HUMAN)),
        "by_machine_seconds": _spread_json(part.spread(Handled.MACHINE)),
        "tipping": {"people": _tipping_json(part.people_tipping), "requests": _tipping_json(part.requests_tipping)},
    }


def _spread_json(spread: Spread) -> dict[str, Any]:
    return {"median": spread.median, "p95": spread.p95}


def _tipping_json(tipping: Tipping) -> dict[str, Any]:
    return {"bad_until_below": tipping.bad_until_below, "good_until_reached": tipping.good_until_reached}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
