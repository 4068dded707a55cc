"""What every way of measuring can do. One frozen value is the measure of one indicator in one year."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, ClassVar, Protocol, Self

from models.indicator_terms import Figure, Result, Share


class Measure(Protocol):
    """A way of measuring, with what the catalog says of it for one indicator.

    Attributes:
        KIND: its name in the catalog.
        SCHEMA: JSON schema (properties, required) of its own keys in the catalog, without ``kind``.
        BY_MONTH: whether each month stands for itself, so that a month must be over to be reported; else the latest
            month's figure of a unit is its result so far.
    """

    KIND: ClassVar[str]
    SCHEMA: ClassVar[Mapping[str, Any]]
    BY_MONTH: ClassVar[bool]

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """The measure of a catalog entry that keeps to ``SCHEMA``.

        Raises:
            ValueError: what the schema cannot say is broken, e.g. weights that do not add up to 100.
        """

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """Check a figure before it is reported, and fill in what goes without saying, e.g. the share's denominator.

        Args:
            figure: as the person gave it.
            share: of the unit.
            before: the figures that count now of this unit, at most one a slot, by month.

        Raises:
            Invalid: it cannot be; see ``messages.refusals`` for the reasons (``report_…``).
        """

    def skipped_step(self, figure: Figure, before: Sequence[Figure]) -> int | None:
        """The first step that a complete figure passes over without a report; None where it passes over none."""

    def slot_of(self, figure: Figure) -> Hashable:
        """What of a unit's figures of one part and month the figure speaks of; a later one takes the place of it."""

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """What comes of figures.

        Args:
            figures: one of each slot, oldest first.
            shares: the units that are looked at, all or one or a group; figures of others are not among ``figures``.
        """

    def planned_by_steps(self) -> Mapping[int, Any]:
        """Calendar month (1 to 12) to the percent planned by its end, where steps have a month; else empty."""


ReadMeasure = Callable[[Mapping[str, Any]], Measure]
