"""The month's report (รายงานประจำเดือน) as plain values; ``monthly_reports`` reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from models.chart_data import WORST_FIRST
from models.indicator_terms import Definition, PlanState, Result
from models.service_kpi import ServiceKPI

MONTH = "month"
"""Kind of report, as it stands in an address."""


@dataclass(frozen=True)
class ReportAsked:
    """A month's report that somebody is to see.

    Attributes:
        month: first day.
        unit: id of the unit whose indicators are shown, with those below it; None: of all.
        as_of: what was reported on indicators later is not shown.
    """

    month: date
    unit: int | None
    as_of: datetime

    def as_values(self) -> list[str | int | None]:
        """What stands in an address; ``as_of`` to the second."""
        return [MONTH, self.month.isoformat(), self.unit, int(self.as_of.timestamp())]

    @classmethod
    def from_values(cls, values: Sequence[str | int | None]) -> ReportAsked:
        """Read what ``as_values`` wrote.

        Raises:
            ValueError, TypeError: it was written by another version.
        """
        kind, month, unit, as_of = values
        if kind != MONTH:
            raise ValueError(f"{kind} is no kind of report")
        at = datetime.fromtimestamp(int(as_of or 0), UTC)
        return cls(date.fromisoformat(str(month)), None if unit is None else int(unit), at)


@dataclass(frozen=True)
class ReportAddress:
    """Where a report is found, and until when."""

    address: str
    open_until: datetime


@dataclass(frozen=True)
class MonthlyNames:
    """What a row is of.

    Attributes:
        short: the indicator's short name; empty where it has none.
        host: official name.
        unit: whose part it is, where it is not the whole; empty else.
    """

    short: str
    host: str
    unit: str


@dataclass(frozen=True)
class MonthlyRow:
    """An indicator at the end of the month, as its card of that month says.

    Attributes:
        definition: in its year.
        names: of it, its host and the unit.
        result: reported, of the months up to this one.
        own_target: of the unit's share, where it is of one that has one.
        planned: percent planned by the end of the month; None where nothing is.
        state: of the result.
    """

    definition: Definition
    names: MonthlyNames
    result: Result
    own_target: Decimal | None
    planned: Decimal | None
    state: PlanState


@dataclass(frozen=True)
class MonthlyReport:
    """A month at a glance.

    Attributes:
        month: first day.
        as_of: of when its figures are.
        unit: official name of the unit whose indicators are shown; empty where all are.
        service: the service indicator by the clock that the office goes by, of all units.
        other: by the other clock.
        acknowledge_minutes: the promise.
        answer_minutes: likewise.
        fiscal_year: whose indicators are shown; Buddhist.
        rows: the worst first.
    """

    month: date
    as_of: datetime
    unit: str
    service: ServiceKPI
    other: ServiceKPI
    acknowledge_minutes: int
    answer_minutes: int
    fiscal_year: int
    rows: tuple[MonthlyRow, ...]

    @property
    def counts(self) -> list[tuple[PlanState, int]]:
        """How many indicators stand how, the worst first; states of none left out."""
        counted = Counter(row.state for row in self.rows)
        return [(state, counted[state]) for state in WORST_FIRST if counted[state]]


def worst_first(row: MonthlyRow) -> tuple[int, Decimal, str, str]:
    """How rows are put in order: by state as in charts, then by how much is missing to the plan or the target.

    What nothing was reported of comes last, also where it is behind plan by that: nobody knows how bad it is.
    """
    state = row.state if row.result.is_reported else PlanState.NOT_REPORTED
    by_plan = state in (PlanState.BEHIND, PlanState.NOT_REPORTED)
    goal = row.planned if by_plan else row.definition.target.value
    held = row.result.percent if by_plan else row.definition.target.held_against(row.result)
    missing = abs((goal or Decimal(0)) - (held or Decimal(0)))
    return WORST_FIRST.index(state), -missing, row.definition.code, row.names.unit
