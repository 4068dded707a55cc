"""What a report still lacks, by the way its indicator is measured, and what can be chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from models.indicator_terms import Figure, Share
from models.measures.banded import Banded
from models.measures.base import Measure
from models.measures.composite import Composite, Part
from models.measures.count import Count
from models.measures.milestones import Milestones
from models.measures.monthly_mean import MonthlyMean
from models.measures.pass_count import PassCount
from models.measures.ratio import Ratio
from models.measures.weighted_steps import WeightedSteps
from models.report_terms import FigureWanted, StepChoice
from models.reporting import Line

HUNDRED = Decimal(100)


class Lacking(StrEnum):
    """What is asked next."""

    PART = "part"
    STEP = "step"
    FIGURE = "figure"


def list_parts(measure: Measure) -> list[Part]:
    """The parts of a composite that are reported by themselves; empty for all other measures."""
    return [part for part in measure.parts if part.measure is not None] if isinstance(measure, Composite) else []


def find_lacking(measure: Measure, share: Share, line: Line) -> Lacking | None:
    """What has to be asked before a report can be checked; None where enough was said to say yes or no."""
    parts = list_parts(measure)
    if len(parts) > 1 and line.part not in {part.code for part in parts}:
        return Lacking.PART
    kind, own = _plain(measure, share, line.part)
    if isinstance(kind, WeightedSteps):
        return Lacking.STEP if line.step is None else None
    if isinstance(kind, Milestones):
        return None if line.step is not None or _says_figure(line) else Lacking.STEP
    if not _says_figure(line):
        return Lacking.FIGURE
    wants_denominator = isinstance(kind, Ratio | MonthlyMean) and line.percent is None
    is_known = line.denominator is not None or own.denominator is not None
    return Lacking.FIGURE if wants_denominator and not is_known else None


def list_steps(measure: Measure, before: Sequence[Figure], part: str = "") -> list[StepChoice]:
    """The steps of a ladder or an activity, in order; empty where there are none.

    Args:
        measure: of the indicator.
        before: the unit's figures that count now.
        part: of a composite.
    """
    kind, _ = _plain(measure, Share(0), part)
    mine = [figure for figure in before if figure.part == part]
    if isinstance(kind, Milestones):
        reached = max((figure.step or 0 for figure in mine), default=0)
        steps = [(step.name, step.percent, number <= reached) for number, step in enumerate(kind.steps, start=1)]
    elif isinstance(kind, WeightedSteps):
        done = {figure.step for figure in mine if figure.percent == HUNDRED}
        steps = [(step.name, step.weight, number in done) for number, step in enumerate(kind.steps, start=1)]
    else:
        return []
    following = next((number for number, (*_, is_done) in enumerate(steps, start=1) if not is_done), None)
    return [StepChoice(number, *step, is_next=number == following) for number, step in enumerate(steps, start=1)]


def figure_wanted(measure: Measure, share: Share, part: str = "") -> FigureWanted:
    """What is counted, in words."""
    kind, own = _plain(measure, share, part)
    if isinstance(kind, Ratio | MonthlyMean | Banded):
        counting = kind.counting
        return FigureWanted(counting.of, counting.among, counting.counted_in, own.denominator)
    if isinstance(kind, PassCount):
        return FigureWanted(counted_in=kind.counted_in, is_score=True)
    return FigureWanted(counted_in=kind.counted_in) if isinstance(kind, Count) else FigureWanted()


def _says_figure(line: Line) -> bool:
    return any(said is not None for said in (line.percent, line.value, line.numerator))


def _plain(measure: Measure, share: Share, part: str) -> tuple[Measure, Share]:
    """The measure that takes a figure, with the share as it takes it: a composite hands over to its part's."""
    parts = list_parts(measure)
    found = next((one for one in parts if one.code == part), parts[0] if parts else None)
    return (found.measure, Share(share.unit)) if found and found.measure else (measure, share)
