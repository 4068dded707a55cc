"""What can be seen of one indicator: results of the whole, of a group or of one unit, and what they rest on.

Plain values; ``indicator_cards`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from models.indicator_due import DuePeriod
from models.indicator_reports import ReportSource
from models.indicator_terms import Definition, Direction, PlanState, Result, Share, Target, percent_of

SHOWN_UNITS = 3
"""How many of the best and of the last units a card names."""


class ScopeKind(StrEnum):
    """What of an indicator is looked at."""

    WHOLE = "whole"
    GROUP = "group"
    UNIT = "unit"


@dataclass(frozen=True)
class Scope:
    """Some units of an indicator.

    Attributes:
        kind: all of them, some, or one.
        units: their ids.
        name: official name of the unit, or code of the group; empty for the whole.
        unit: id of the unit that was asked for.
        group: code of the district group that was asked for.
    """

    kind: ScopeKind
    units: frozenset[int]
    name: str = ""
    unit: int | None = None
    group: str | None = None


@dataclass(frozen=True)
class UnitLine:
    """A unit of an indicator with its result; ``target`` is its own share's, ``is_met`` None where nothing is known.

    ``district_group`` is a code such as ``กท.กลาง``, ``budget_division`` 1 to 6.
    """

    unit: int
    name: str
    result: Result
    target: Decimal | None
    is_met: bool | None
    district_group: str | None = None
    budget_division: int | None = None


@dataclass(frozen=True)
class TrendPoint:
    """A month or the end of a quarter; ``percent`` and ``value`` are None where nothing was reported."""

    month: date
    percent: Decimal | None
    value: Decimal | None


@dataclass(frozen=True)
class PartLine:
    """A composite's part: its target where it has one, else its weight; ``value`` is None where nothing is known."""

    code: str
    name: str
    target: Target | None
    value: Decimal | None
    is_met: bool | None
    weight: Decimal | None = None
    counted_in: str = ""


@dataclass(frozen=True)
class StepLine:
    """A step of a ladder; ``percent`` is what reaching it gives, or how far it is where steps have weights."""

    name: str
    percent: Decimal | None
    weight: Decimal | None
    is_reached: bool


@dataclass(frozen=True)
class LatestReport:
    """The latest report that counts: of which month, when, and from where."""

    month: date
    reported_at: datetime
    source: ReportSource


@dataclass(frozen=True)
class Evaluated:
    """What an evaluator made of it."""

    percent: Decimal | None
    score: Decimal | None
    note: str | None
    evaluated_at: datetime


@dataclass(frozen=True)
class IndicatorCard:
    """An indicator year, or some units of it, at a glance.

    Attributes:
        year_id: of its row.
        definition: in this year.
        is_current_year: whether the fiscal year runs on the day asked of.
        host: official name.
        scope: what is looked at.
        own_target: of the share, where one unit is looked at that has one.
        reported: by the latest reports that were not sent back.
        approved: by approved reports.
        evaluated: by an evaluator, of the whole; None where there was none.
        state: of the reported result.
        planned: percent planned by now; None before any.
        latest: None where nothing was reported.
        trend: up to the latest month, oldest first.
        units: every unit looked at, in the indicator's order.
        parts: of a composite.
        steps: of a ladder of one unit.
        waiting: reports that wait to be decided of.
        until: the last month whose figures are looked at, where one was asked for.
        short: the indicator's short name; empty where it has none.
    """

    year_id: int
    definition: Definition
    is_current_year: bool
    host: str
    scope: Scope
    own_target: Decimal | None
    reported: Result
    approved: Result
    evaluated: Evaluated | None
    state: PlanState
    planned: Decimal | None
    latest: LatestReport | None
    trend: tuple[TrendPoint, ...]
    units: tuple[UnitLine, ...]
    parts: tuple[PartLine, ...] = ()
    steps: tuple[StepLine, ...] = ()
    waiting: int = 0
    until: date | None = None
    short: str = ""

    @property
    def subject(self) -> Subject:
        """What lists that lead on from here are of."""
        return Subject(self.year_id, self.definition, self.scope, self.until, self.short)

    @property
    def not_reported(self) -> list[UnitLine]:
        """The units without any figure."""
        return [line for line in self.units if not line.result.units_reported]

    @property
    def best(self) -> list[UnitLine]:
        """The first three of those that reported; empty for a single unit."""
        return self._ranked()[:SHOWN_UNITS]

    @property
    def last(self) -> list[UnitLine]:
        """The last three, the last one first, without those among the best."""
        return self._ranked()[SHOWN_UNITS:][::-1][:SHOWN_UNITS]

    @property
    def met_count(self) -> int:
        """How many units reached their own targets."""
        return sum(line.is_met is True for line in self.units)

    def _ranked(self) -> list[UnitLine]:
        return ranked(self.definition.target, self.units) if len(self.units) > 1 else []


@dataclass(frozen=True)
class GroupLine:
    """The units of a district group, or of a division of the Budget Bureau, together; either is None."""

    district_group: str | None
    budget_division: int | None
    result: Result
    not_reported: int


@dataclass(frozen=True)
class Subject:
    """What a list is of: some units of an indicator year, up to a month where one was asked for.

    ``short`` is the indicator's short name, empty where it has none.
    """

    year_id: int
    definition: Definition
    scope: Scope
    until: date | None = None
    short: str = ""


@dataclass(frozen=True)
class NotReported:
    """The units from which a report is missing.

    Attributes:
        subject: of what.
        period: what should have been reported; None where the whole year so far is looked at.
        units: those that did not.
        expected: of how many.
    """

    subject: Subject
    period: DuePeriod | None
    units: tuple[UnitLine, ...]
    expected: int


def ranked(target: Target, lines: Iterable[UnitLine]) -> list[UnitLine]:
    """The units that reported, best first; which way is better is the target's to say."""
    sign = 1 if target.direction is Direction.LOWER else -1

    def rank(line: UnitLine) -> tuple[Decimal, Decimal]:
        result = line.result
        known = (target.held_against(result), result.percent, result.numerator, result.value)
        first = next((figure for figure in known if figure is not None), Decimal())
        return sign * first, -(result.percent or result.value or Decimal())

    return sorted((line for line in lines if line.result.is_reported), key=rank)


def meets_target(target: Target, share: Share, result: Result) -> bool | None:
    """Whether a unit reaches its own target, or the indicator's where it has none; None where nothing is known.

    A share with a denominator has a target in what is counted: 20 of 22 communities.

    Args:
        target: of the indicator.
        share: of the unit.
        result: of the unit.
    """
    if not result.is_reported:
        return None
    aim, held = share.target, target.held_against(result)
    if aim is None:
        aim = target.value
        if held is None and result.numerator is not None and result.denominator:  # one centre of those that pass
            held = percent_of(result.numerator, result.denominator)
    elif share.denominator is not None and result.numerator is not None:
        held = result.numerator
    if held is None:
        return None
    return held <= aim if target.direction is Direction.LOWER else held >= aim
