"""Weighted steps: each finished step adds its weight, a step may be partly done; weights add up to 100."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from models.errors import Invalid
from models.indicator_terms import OCTOBER, Figure, FigureKind, Result, Share
from models.measures.adding import latest, looked_at, total, with_percent
from models.measures.base import Measure
from models.measures.checking import HUNDRED, check_kinds, check_percent, check_step
from models.measures.reading import DECIMAL, MONTH, WORDS, list_of, raise_unless, read_decimal


@dataclass(frozen=True)
class WeightedStep:
    """A step: its name, its part of 100 and the calendar month (1 to 12) by whose end it should be finished."""

    name: str
    weight: Decimal
    planned: int | None = None


@dataclass(frozen=True)
class WeightedSteps(Measure):
    """An activity's steps, each reported by itself.

    SPEND-UP-ACT weighs 20, 20, 40, 10, 10; its first step is planned for November, the second for January:

    >>> weights = [(20, 11), (20, 1), (40, None), (10, None), (10, None)]
    >>> steps = WeightedSteps(tuple(WeightedStep("ขั้น", Decimal(weight), month) for weight, month in weights))
    >>> steps.planned_by_steps()
    {11: Decimal('20'), 1: Decimal('40')}

    The first done and the third half done make 20 + 40 × 50 ÷ 100:

    >>> from datetime import date
    >>> said = [(1, 100), (3, 50)]
    >>> figures = [Figure(1, date(2022, 2, 1), step=step, percent=Decimal(percent)) for step, percent in said]
    >>> steps.result(figures, [Share(1)]).percent
    Decimal('40.00')
    """

    KIND: ClassVar[str] = "weighted_steps"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "properties": {"steps": list_of({"name": WORDS, "weight": DECIMAL, "planned": MONTH}, ["name", "weight"])},
        "required": ["steps"],
    }

    steps: tuple[WeightedStep, ...]

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """Read steps whose weights add up to 100."""
        steps = tuple(
            WeightedStep(
                step["name"], read_decimal(step["weight"]), int(step["planned"]) if "planned" in step else None
            )
            for step in spec["steps"]
        )
        weights = sum((step.weight for step in steps), Decimal(0))
        raise_unless(weights == HUNDRED, f"weights of steps add up to {weights}, not 100")
        raise_unless(all(step.weight > 0 for step in steps), "a step has no weight")
        return cls(steps)

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """A step, finished unless a percentage says how far it is.

        Raises:
            Invalid: ``report_wrong_figure``, ``report_figure_missing`` (what), ``report_step_unknown`` (step, steps),
                ``report_negative`` (value), ``report_too_large`` (most),
                ``report_percent_out_of_range`` (percent, least, most).
        """
        check_kinds(figure, FigureKind.STEP, FigureKind.PERCENT, needs=FigureKind.STEP)
        if figure.step is None:
            raise Invalid("report_figure_missing", what=FigureKind.STEP)
        check_step(figure.step, len(self.steps))
        percent = HUNDRED if figure.percent is None else figure.percent
        check_percent(percent)
        return replace(figure, percent=percent)

    def skipped_step(self, figure: Figure, before: Sequence[Figure]) -> int | None:
        """The first earlier step without any figure."""
        known = {each.step for each in before}
        return next((step for step in range(1, self.slot_of(figure)) if step not in known), None)

    def slot_of(self, figure: Figure) -> int:
        """Each step by itself."""
        return figure.step or 0

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """Σ weight × percent ÷ 100 of the latest figure of each step, whichever unit gave it."""
        done = total(self._done(figure) for figure in latest(figures, self.slot_of))
        return with_percent(looked_at(figures, shares), done)

    def planned_by_steps(self) -> dict[int, Decimal]:
        """What should be done by the end of each month that a step is planned for."""
        planned = {step.planned for step in self.steps if step.planned is not None}
        plan: dict[int, Decimal] = {}
        done = Decimal(0)
        for month in sorted(planned, key=lambda each: (each - OCTOBER) % 12):
            done += sum((step.weight for step in self.steps if step.planned == month), Decimal(0))
            plan[month] = done
        return plan

    def _done(self, figure: Figure) -> Decimal:
        percent = HUNDRED if figure.percent is None else figure.percent
        return self.steps[self.slot_of(figure) - 1].weight * percent / 100
