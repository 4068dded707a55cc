"""What stands behind the lines of summaries about indicators: plain values by unit, before they are told to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from models.indicator_due import DuePeriod
from models.indicator_terms import Figure, Result
from models.indicators import Indicator
from models.summary_terms import NamedIndicator


@dataclass(frozen=True)
class Behind:
    """An indicator, or a unit's part of one, with less than was planned by now; ``unit_id`` is 0 for the whole."""

    indicator: Indicator
    unit_id: int
    percent: Decimal | None
    planned: Decimal
    is_new: bool

    @cached_property
    def rank(self) -> tuple[bool, Decimal, str, int]:
        """The furthest behind first, those without any report last; as the list of what is behind plan."""
        gap = self.planned if self.percent is None else self.planned - self.percent
        return self.percent is None, -gap, self.indicator.code, self.unit_id


@dataclass(frozen=True)
class Missing:
    """A period of an indicator that units have not reported."""

    indicator: Indicator
    period: DuePeriod
    units: tuple[int, ...]


@dataclass(frozen=True)
class SentBack:
    """A report that was sent back and not reported anew."""

    indicator: Indicator
    figure: Figure
    reason: str
    at: datetime


@dataclass(frozen=True)
class Waits:
    """The reports of an indicator year that wait for its host: how many, since when, how many came in the period."""

    host_unit_id: int
    count: int
    since: datetime
    new: int


@dataclass(frozen=True)
class Moved:
    """An indicator that was reported on, or decided of; the results are None where they were not looked at."""

    indicator: Indicator
    reports: int
    before: Result | None = None
    after: Result | None = None


@dataclass(frozen=True)
class IndicatorFacts:
    """Everything that any summary of a period says of indicators.

    Attributes:
        fiscal_year: Buddhist; None where there are no indicators.
        plan_month: the last month whose plan the results are held against; None before any.
        behind_of_hosts: by host, the furthest behind first; ``behind_of_parts`` by supporting unit.
        missing_of_hosts: overdue, by host; ``to_report`` by the unit that is to report, overdue or due soon.
        sent_back: by the unit that reported.
        waits: by host, those whose reports wait longest first.
        moved: by host, those with most news first.
        shorts: short names by code.
    """

    fiscal_year: int | None
    plan_month: date | None
    behind_of_hosts: Mapping[int, Sequence[Behind]] = field(default_factory=dict)
    behind_of_parts: Mapping[int, Sequence[Behind]] = field(default_factory=dict)
    missing_of_hosts: Mapping[int, Sequence[Missing]] = field(default_factory=dict)
    to_report: Mapping[int, Sequence[Missing]] = field(default_factory=dict)
    sent_back: Mapping[int, Sequence[SentBack]] = field(default_factory=dict)
    waits: Mapping[int, Sequence[Waits]] = field(default_factory=dict)
    moved: Mapping[int, Sequence[Moved]] = field(default_factory=dict)
    shorts: Mapping[str, str] = field(default_factory=dict)

    def named(self, indicator: Indicator) -> NamedIndicator:
        """An indicator as a line names it."""
        return NamedIndicator(indicator.id, indicator.definition, self.shorts.get(indicator.code, ""))


def flat(lists: Iterable[Sequence[Behind]]) -> list[Behind]:
    """Lines of several units, the furthest behind first."""
    return sorted((line for lines in lists for line in lines), key=lambda line: line.rank)
