"""Charts as they are asked for: what one shows, as of when. Small enough to stand in an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum


class ChartKind(StrEnum):
    """What a chart shows."""

    UNITS = "units"  # one indicator: each unit's result against its target
    TREND = "trend"  # one indicator: the result by month or quarter, against plan and target
    TIMES = "times"  # the service: minutes to acknowledge and to answer by week, against the promises
    TARGETS = "targets"  # many indicators: each result against its target


@dataclass(frozen=True)
class ChartAsked:
    """A chart that somebody is to see.

    Attributes:
        kind: what it shows.
        as_of: nothing that came later is shown, so that the picture says what the message beside it says.
        indicator_year: id of the indicator's year, of ``UNITS`` and ``TREND``.
        unit: id of the unit whose indicators are shown, with those below it, of ``TARGETS``; None: of all units.
        until: last day of the period that is looked at; today in Bangkok at ``as_of`` without.
    """

    kind: ChartKind
    as_of: datetime
    indicator_year: int | None = None
    unit: int | None = None
    until: date | None = None

    def as_values(self) -> list[str | int | None]:
        """What stands in an address; ``as_of`` to the second."""
        until = None if self.until is None else self.until.isoformat()
        return [self.kind.value, int(self.as_of.timestamp()), self.indicator_year, self.unit, until]

    @classmethod
    def from_values(cls, values: Sequence[str | int | None]) -> ChartAsked:
        """Read what ``as_values`` wrote.

        Raises:
            ValueError, TypeError: it was written by an older version.
        """
        kind, as_of, indicator_year, unit, until = values
        return cls(
            kind=ChartKind(str(kind)),
            as_of=datetime.fromtimestamp(int(as_of or 0), UTC),
            indicator_year=None if indicator_year is None else int(indicator_year),
            unit=None if unit is None else int(unit),
            until=None if until is None else date.fromisoformat(str(until)),
        )
