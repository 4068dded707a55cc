"""What is asked while somebody reports: steps to choose from, and which number is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class StepChoice:
    """A step that may be reported.

    Attributes:
        number: from 1.
        name: of the catalog.
        percent: what it stands for: in all of a ladder, its weight of weighted steps.
        is_done: whether it was reported as reached or finished.
        is_next: whether it is the first that was not.
    """

    number: int
    name: str
    percent: Decimal
    is_done: bool = False
    is_next: bool = False


@dataclass(frozen=True)
class FigureWanted:
    """Which number is asked for.

    Attributes:
        of: the numerator in the catalog's words; empty where a number stands for itself.
        among: the denominator in words; empty where there is none.
        counted_in: unit word.
        denominator: where it is known.
        is_score: whether a score is asked for, not a number of things.
    """

    of: str = ""
    among: str = ""
    counted_in: str = ""
    denominator: Decimal | None = None
    is_score: bool = False
