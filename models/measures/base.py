"""What every way of measuring can do. One frozen value is the measure of one indicator in one year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

from models.indicator_terms import Figure, Result, Share


class Measure(Protocol):
    """A way of measuring, with what the catalog says of it for one indicator.

    What most ways of measuring answer alike stands here; the others say their own.

    Attributes:
        KIND: its name in the catalog.
        SCHEMA: JSON schema (properties, required) of its own keys in the catalog, without ``kind``.
        BY_MONTH: whether each month stands for itself, so that a month must be over to be reported; else the latest
            month's figure of a unit is its result so far, and may be less than the one before.
    """

    KIND: ClassVar[str]
    SCHEMA: ClassVar[Mapping[str, Any]]
    BY_MONTH: ClassVar[bool] = False

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """The measure of a catalog entry that keeps to ``SCHEMA``.

        Raises:
            ValueError: what the schema cannot say is broken, e.g. weights that do not add up to 100.
        """

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """Check a figure before it is reported, and fill in what goes without saying, e.g. the share's denominator.

        A completed figure is completed again without a change.

        Args:
            figure: as the person gave it.
            share: of the unit.
            before: the figures that count now of this unit, at most one a slot, by month.

        Raises:
            Invalid: it cannot be; see ``messages.refusals`` for the reasons (``report_…``).
        """

    def skipped_step(self, figure: Figure, before: Sequence[Figure]) -> int | None:
        """The first step below a figure's that was never reported; None where none was skipped.

        Not a fault by itself: the caller asks for a reason (``report_step_skipped`` with ``step`` and ``missing``).

        Args:
            figure: completed.
            before: as for ``complete``.
        """
        return None

    def slot_of(self, figure: Figure) -> int:
        """What of a unit's figures of one part and month it is: the step where each has its own, else 0.

        A later figure of the same slot takes the place of it.
        """
        return 0

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """What comes of all figures of an indicator.

        Args:
            figures: completed, one of each slot, oldest month first; of units among ``shares`` only.
            shares: all units that should report.
        """

    def unit_result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """What comes of the figures of one unit or of a group of them; ``shares`` are theirs, at least one."""
        return self.result(figures, shares)

    def planned_by_steps(self) -> Mapping[int, Decimal]:
        """Calendar month (1 to 12, October first) to the percent planned by its end; empty where steps have none."""
        return {}


@runtime_checkable
class RestsOnOthers(Protocol):
    """A measure that needs results of other indicators of the year."""

    def rests_on(self) -> Sequence[str]:
        """Codes of the indicators; empty where there is none."""

    def given(self, results: Mapping[str, Result]) -> Measure:
        """The measure with the results of those indicators, by code; one that is missing was not reported."""
