"""What charts show, as plain values: ``chart_facts`` reads them, ``messages.charts`` draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from models.indicator_terms import Definition, Direction, PlanState, Result, TargetIn, percent_of
from models.shares import NO_SPREAD, Share, Spread

WORST_FIRST = (
    PlanState.MISSED,
    PlanState.BEHIND,
    PlanState.UNPLANNED,
    PlanState.ON_PLAN,
    PlanState.REACHED,
    PlanState.NOT_REPORTED,
)
"""In which order states are looked at; what nothing is known of comes last, for it is not worst."""


@dataclass(frozen=True)
class Aimed:
    """A result beside what it should reach: of a unit, or of an indicator.

    Attributes:
        name: of the unit or the indicator.
        definition: of the indicator in its year.
        result: reported; without any figure where nothing was reported.
        state: against target and plan.
        held: the figure that is drawn; None where nothing was reported.
        target: what it should reach, in the same measure; None where it has none of its own.
        planned: what was planned by now, in the same measure; None before any.
    """

    name: str
    definition: Definition
    result: Result
    state: PlanState
    held: Decimal | None
    target: Decimal | None
    planned: Decimal | None = None

    @property
    def is_lower_better(self) -> bool:
        """Whether the result should stay below its target."""
        return self.definition.target.direction is Direction.LOWER

    @property
    def shown_state(self) -> PlanState:
        """Its state; where nothing was reported that alone is said, also of what is behind plan by it."""
        return PlanState.NOT_REPORTED if self.held is None else self.state

    @property
    def progress(self) -> Decimal | None:
        """How much of the target is reached, 1 and more where it is; None where nothing can be compared.

        Where less is better it is target ÷ result, so that a longer bar is the better one there, too.

        >>> from models.indicator_terms import Target
        >>> target = Target(Decimal(5), direction=Direction.LOWER)
        >>> few = Definition("1", 2570, "", "", target, {})
        >>> Aimed("", few, Result(Decimal(10)), PlanState.BEHIND, Decimal(10), Decimal(5)).progress
        Decimal('0.5')
        """
        return self._share_of_target(self.held)

    @property
    def planned_progress(self) -> Decimal | None:
        """Where the plan lies on the way to the target."""
        return self._share_of_target(self.planned)

    def _share_of_target(self, value: Decimal | None) -> Decimal | None:
        if value is None or self.target is None:
            return None
        part, whole = (self.target, value) if self.is_lower_better else (value, self.target)
        if whole <= 0:  # nothing late of at most five, or nothing wanted
            return Decimal(2 if part > whole else int(part == whole))
        return max(Decimal(), part / whole)


@dataclass(frozen=True)
class UnitsData:
    """Each unit's result of one indicator; ``units`` worst first, ``until`` as in ``IndicatorCard``."""

    definition: Definition
    short: str
    units: tuple[Aimed, ...]
    as_of: datetime
    until: date | None = None


@dataclass(frozen=True)
class PeriodPoint:
    """A month or quarter of a trend.

    Attributes:
        months: the first days of its months.
        percent: None where nothing was reported.
        value: likewise, of what is no percentage.
        planned: percent planned by its end; None where nothing is.
        is_over: whether its last day is past.
    """

    months: tuple[date, ...]
    percent: Decimal | None
    value: Decimal | None
    planned: Decimal | None
    is_over: bool

    @property
    def held(self) -> Decimal | None:
        """What is drawn; None where nothing was reported, which is not zero."""
        return self.value if self.percent is None else self.percent


@dataclass(frozen=True)
class TrendData:
    """One indicator by month or quarter; ``latest`` is the result so far, ``state`` how that stands."""

    definition: Definition
    short: str
    points: tuple[PeriodPoint, ...]
    latest: Result
    state: PlanState
    as_of: datetime
    until: date | None = None

    @property
    def is_in_percent(self) -> bool:
        """Whether the line is of percentages, so that the plan can stand beside it."""
        told = [point for point in self.points if point.held is not None]
        return all(point.percent is not None for point in told)

    @property
    def target(self) -> Decimal | None:
        """The target, where it is of the same measure as the line."""
        target = self.definition.target
        measured_in = TargetIn.PERCENT if self.is_in_percent else TargetIn.COUNT
        return target.value if target.measured_in is measured_in else None


NO_SHARE = Share(0, 0)


@dataclass(frozen=True)
class WeekTimes:
    """How quickly officers served in a week that begins on a Monday; lengths by the service's clock, in seconds."""

    monday: date
    requests: int = 0
    acknowledge: Spread = NO_SPREAD
    answer: Spread = NO_SPREAD
    acknowledged: Share = NO_SHARE
    answered: Share = NO_SHARE


@dataclass(frozen=True)
class TimesData:
    """Weeks, the oldest first, the last of which may still run."""

    weeks: tuple[WeekTimes, ...]
    as_of: datetime


@dataclass(frozen=True)
class TargetsData:
    """Many indicators of a fiscal year; ``lines`` worst first, ``unit`` empty for all."""

    fiscal_year: int
    unit: str
    lines: tuple[Aimed, ...]
    as_of: datetime


ChartData: TypeAlias = UnitsData | TrendData | TimesData | TargetsData


def aimed(
    name: str,
    definition: Definition,
    result: Result,
    state: PlanState,
    *,
    own_target: Decimal | None = None,
    planned: Decimal | None = None,
) -> Aimed:
    """Put a result and its target into one measure.

    A target of a unit that speaks of what is counted (20 of its 22 communities) becomes a percentage with the result.

    Args:
        name: of the unit or the indicator.
        definition: of the indicator.
        result: of all units, or of some.
        state: against target and plan.
        own_target: of the unit, where it has one.
        planned: percent.
    """
    target = definition.target
    held, same_plan = target.held_against(result), planned if target.measured_in is TargetIn.PERCENT else None
    if own_target is not None:
        aim = None if result.denominator is None else percent_of(own_target, result.denominator)
        if aim is None or result.numerator is None:
            return Aimed(name, definition, result, state, held, own_target, same_plan)
        return Aimed(name, definition, result, state, _percent(result), aim, planned)
    if held is not None or not result.is_reported:
        return Aimed(name, definition, result, state, held, target.value, same_plan)
    percent = _percent(result)
    if percent is None:
        return Aimed(name, definition, result, state, result.value, None)
    aim = target.value if target.measured_in is TargetIn.PERCENT else None
    return Aimed(name, definition, result, state, percent, aim, planned)


def worst_first(lines: list[Aimed]) -> tuple[Aimed, ...]:
    """By state, then by how little of the target is reached; equal ones keep their order."""
    return tuple(sorted(lines, key=_rank))


def _rank(one: Aimed) -> tuple[int, bool, Decimal, Decimal]:
    sign = -1 if one.is_lower_better else 1
    way = one.progress
    return WORST_FIRST.index(one.shown_state), way is None, way or Decimal(), sign * (one.held or Decimal())


def _percent(result: Result) -> Decimal | None:
    if result.numerator is None or not result.denominator:
        return result.percent
    return percent_of(result.numerator, result.denominator)
