"""The plain values of indicators: what is reported, what comes of it, and how an indicator is defined in one year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from models.periods import BUDDHIST_ERA

OCTOBER = 10
PERCENT_PLACES = 2
NET_PLACES = 3
"""Weighted scores have three decimals, as in the Budget Bureau's appraisal (91.572 with weight 10 is 9.157)."""


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


class TargetIn(StrEnum):
    """What a target is compared with."""

    PERCENT = "percent"
    LEVEL = "level"
    COUNT = "count"
    SCORE = "score"


class SuccessKind(StrEnum):
    """Kind of success (ระดับความสำเร็จ)."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    ACTIVITY = "activity"


class Frequency(StrEnum):
    """How often a report is due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class ReportedBy(StrEnum):
    """Who reports."""

    UNITS = "units"
    HOST = "host"
    MACHINE = "machine"


class EvidenceAsked(StrEnum):
    """Whether a report needs evidence."""

    NONE = "none"
    ASKED = "asked"
    REQUIRED = "required"


class Standing(StrEnum):
    """Whose word a result rests on."""

    REPORTED = "reported"
    APPROVED = "approved"


class FigureKind(StrEnum):
    """What can be said in a report, named as in ``Figure``; for refusals that say what is missing or not taken."""

    PART = "part"
    STEP = "step"
    PERCENT = "percent"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class PlanState(StrEnum):
    """How a result stands against the plan and the target."""

    REACHED = "reached"  # the target is met
    ON_PLAN = "on_plan"  # at least what was planned by now
    BEHIND = "behind"  # less than what was planned by now
    MISSED = "missed"  # the year is over and the target is not met
    NOT_REPORTED = "not_reported"
    UNPLANNED = "unplanned"  # there is no plan to compare with, and the year goes on


def round_half_up(value: Decimal, places: int = PERCENT_PLACES) -> Decimal:
    """The one rounding rule: half up, once, at the end.

    >>> round_half_up(Decimal("81.8181")), round_half_up(Decimal("0.125"))
    (Decimal('81.82'), Decimal('0.13'))
    """
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent_of(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """Numerator ÷ denominator × 100, unrounded; None of nothing.

    >>> round_half_up(percent_of(Decimal(18), Decimal(22)))
    Decimal('81.82')
    """
    return numerator * 100 / denominator if denominator else None


@dataclass(frozen=True)
class Figure:
    """What was reported of one slot.

    Attributes:
        unit: id of the unit.
        month: first day of the month it speaks of.
        part: code of a composite's part; empty for all others.
        step: number of a step, from 1.
        percent: how far a step is, or the whole ladder.
        value: a figure by itself: a score, a count, a value of a band.
        numerator: what is counted.
        denominator: among how many.
    """

    unit: int
    month: date
    part: str = ""
    step: int | None = None
    percent: Decimal | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Share:
    """A supporting unit's part of an indicator: its own denominator and target, where it has them."""

    unit: int
    denominator: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True)
class PartResult:
    """What came of a composite's part; ``value`` is None where nothing was reported."""

    code: str
    value: Decimal | None
    is_met: bool | None


@dataclass(frozen=True)
class Result:
    """What a measure makes of figures. Percentages 0 to 100 and more are rounded to two decimals.

    Attributes:
        percent: the result as a percentage; None where nothing was reported, or the measure knows none.
        value: what the percentage or level was read from, e.g. the value of a band, or a count.
        score: points, where the measure gives any.
        level: from 1, where the measure gives any; 0 where something was reported that reaches no level.
        numerator: added up over units.
        denominator: added up over units; of those that have one, reported or not.
        units_reported: how many units have a figure.
        units_expected: how many should have.
        month: the latest month that is spoken of.
        parts: of a composite.
        exact_percent: ``percent`` before it was rounded, to be weighed once more; not to be shown, nor compared.
    """

    percent: Decimal | None = None
    value: Decimal | None = None
    score: Decimal | None = None
    level: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    units_reported: int = 0
    units_expected: int = 0
    month: date | None = None
    parts: tuple[PartResult, ...] = ()
    exact_percent: Decimal | None = field(default=None, compare=False, repr=False)

    @property
    def is_reported(self) -> bool:
        """Whether there is anything at all; nothing reported is not zero."""
        return any(held is not None for held in (self.percent, self.value, self.score, self.level))


@dataclass(frozen=True)
class Target:
    """What a result should reach."""

    value: Decimal
    measured_in: TargetIn = TargetIn.PERCENT
    direction: Direction = Direction.HIGHER

    def held_against(self, result: Result) -> Decimal | None:
        """The part of a result that the target speaks of; None where it was not reported."""
        found = {
            TargetIn.PERCENT: result.percent,
            TargetIn.LEVEL: None if result.level is None else Decimal(result.level),
            TargetIn.COUNT: result.value,
            TargetIn.SCORE: result.score,
        }
        return found[self.measured_in]

    def is_met_by(self, result: Result) -> bool | None:
        """Whether a result reaches the target; None where nothing was reported."""
        held = self.held_against(result)
        if held is None:
            return None
        return held <= self.value if self.direction is Direction.LOWER else held >= self.value


@dataclass(frozen=True)
class Reporting:
    """When, by whom and with what proof an indicator is reported."""

    frequency: Frequency = Frequency.MONTHLY
    due_day: int = 5
    by: ReportedBy = ReportedBy.UNITS
    source: str = ""
    evidence: EvidenceAsked = EvidenceAsked.NONE
    evidence_of: str = ""


@dataclass(frozen=True)
class Definition:
    """An indicator in one fiscal year.

    Attributes:
        code: of the catalog.
        fiscal_year: Buddhist.
        name: the official name.
        host: code of the unit that owns it.
        target: of the whole.
        measure: ``{"kind": …}`` and what that measure needs, as in the catalog.
        plan: month (1 to 12) to the percent that should be reached by its end.
        supports: of which plan, ``{"side": …, "issue": …, "goal": …}``.
    """

    code: str
    fiscal_year: int
    name: str
    host: str
    target: Target
    measure: Mapping[str, object]
    kind: SuccessKind = SuccessKind.OUTPUT
    supports: Mapping[str, str] = field(default_factory=dict)
    definition: str = ""
    formula: str = ""
    reporting: Reporting = Reporting()
    plan: Mapping[int, Decimal] = field(default_factory=dict)
    channel: str = ""
    follow_up: Sequence[str] = ()
    weight: Decimal | None = None
    budget: Decimal | None = None


def first_month(fiscal_year: int) -> date:
    """The first of October in which a fiscal year begins.

    >>> first_month(2568)
    datetime.date(2024, 10, 1)
    """
    return date(fiscal_year - BUDDHIST_ERA - 1, OCTOBER, 1)


def months_of(fiscal_year: int) -> list[date]:
    """The twelve months of a fiscal year, October first."""
    begins = first_month(fiscal_year)
    return [month_later(begins, count) for count in range(12)]


def month_later(month: date, count: int = 1) -> date:
    """The first day of the month so many months later.

    >>> month_later(date(2024, 12, 1)), month_later(date(2025, 1, 1), -1)
    (datetime.date(2025, 1, 1), datetime.date(2024, 12, 1))
    """
    months = month.year * 12 + month.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def quarter_of(month: date) -> int:
    """The quarter of the fiscal year, 1 to 4.

    >>> quarter_of(date(2024, 10, 1)), quarter_of(date(2025, 9, 1))
    (1, 4)
    """
    return (month.month - OCTOBER) % 12 // 3 + 1
