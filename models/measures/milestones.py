"""Milestones: reaching a step gives its cumulative percentage and, where the ladder has them, a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar, Self

from models.errors import Invalid
from models.indicator_terms import Figure, FigureKind, Result, Share
from models.measures.adding import latest_of_all, looked_at, with_percent
from models.measures.base import Measure
from models.measures.checking import HUNDRED, check_kinds, check_percent, check_step
from models.measures.reading import DECIMAL, WORDS, find_decimal, list_of, raise_unless, read_decimal


@dataclass(frozen=True)
class Milestone:
    """A step of the ladder: what is done, the percent it stands for in all, and its score where there is one."""

    name: str
    percent: Decimal
    score: Decimal | None = None


@dataclass(frozen=True)
class Milestones(Measure):
    """A ladder such as BUD-CRITERIA's (20, 40, 60, 80, 100) or PBIS-PROC's with scores (4, 8, 12, 16, 20).

    The level is the number of the highest step reached. A percentage may lie between steps: the result form of
    PBIS-PROC reports 75.00, which is level 3 with score 12. What lies below the first step was reported, so its level
    is 0 and its score 0, where the ladder has scores: None would say that nobody has reported.

    >>> ladder = Milestones(tuple(Milestone(f"ขั้นที่ {n}", Decimal(20 * n), Decimal(4 * n)) for n in range(1, 6)))
    >>> from datetime import date
    >>> form = ladder.result([Figure(1, date(2021, 6, 1), percent=Decimal("75.00"))], [Share(1)])
    >>> form.percent, form.level, form.score
    (Decimal('75.00'), 3, Decimal('12'))
    """

    KIND: ClassVar[str] = "milestones"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "properties": {"steps": list_of({"name": WORDS, "percent": DECIMAL, "score": DECIMAL}, ["name", "percent"])},
        "required": ["steps"],
    }

    steps: tuple[Milestone, ...]

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """Read a ladder that rises to 100 at most, with a score at every step or at none."""
        steps = tuple(
            Milestone(step["name"], read_decimal(step["percent"]), find_decimal(step, "score"))
            for step in spec["steps"]
        )
        percents = [Decimal(0), *(step.percent for step in steps)]
        raise_unless(all(low < high for low, high in pairwise(percents)), "percents of steps do not rise from above 0")
        raise_unless(percents[-1] <= HUNDRED, "the last step is more than 100 percent")
        raise_unless(len({step.score is None for step in steps}) == 1, "only some steps have a score")
        return cls(steps)

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """A step, or how many percent of the ladder; the other is filled in (no step below the first).

        Raises:
            Invalid: ``report_wrong_figure``, ``report_figure_missing`` (what), ``report_step_unknown`` (step, steps),
                ``report_negative`` (value), ``report_too_large`` (most),
                ``report_percent_out_of_range`` (percent, least, most),
                ``report_step_and_percent_differ`` (step, percent): the percentage belongs to another step.
        """
        check_kinds(figure, FigureKind.STEP, FigureKind.PERCENT, needs=FigureKind.STEP)
        if figure.step is not None:
            check_step(figure.step, len(self.steps))
        if figure.percent is not None:
            check_percent(figure.percent)
        percent = self._percent(figure)
        if percent is None:
            raise Invalid("report_figure_missing", what=FigureKind.STEP)
        level = self._level(percent)
        if figure.step not in {None, level}:
            raise Invalid("report_step_and_percent_differ", step=figure.step, percent=percent)
        return replace(figure, step=level or None, percent=percent)

    def skipped_step(self, figure: Figure, before: Sequence[Figure]) -> int | None:
        """The step after the highest ever reported, where a figure lies more than one step above that."""
        reached = max((self._level(self._percent(each)) for each in before), default=0)
        return reached + 1 if self._level(self._percent(figure)) > reached + 1 else None

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """What the latest figure says; the documents know one reporter only, and no mean of several."""
        newest = latest_of_all(figures)
        seen = looked_at(figures, shares)
        if newest is None:
            return seen
        percent = self._percent(newest)
        level = self._level(percent)
        return with_percent(seen, percent, level=level, score=self._score(level))

    def _percent(self, figure: Figure) -> Decimal | None:
        if figure.percent is not None or figure.step is None:
            return figure.percent
        return self.steps[figure.step - 1].percent

    def _level(self, percent: Decimal | None) -> int:
        return sum(percent is not None and step.percent <= percent for step in self.steps)

    def _score(self, level: int) -> Decimal | None:
        if level:
            return self.steps[level - 1].score
        return None if self.steps[0].score is None else Decimal(0)
