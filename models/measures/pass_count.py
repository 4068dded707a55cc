"""Pass count: members that pass a monthly bar often enough ÷ all members × 100."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from models.errors import Invalid
from models.indicator_terms import Figure, FigureKind, Result, Share, percent_of
from models.measures.adding import looked_at, with_percent
from models.measures.base import Measure
from models.measures.checking import check_kinds, check_size
from models.measures.reading import DECIMAL, MONTH, WHOLE, WORDS, find_decimal, raise_unless, read_decimal


@dataclass(frozen=True)
class PassCount(Measure):
    """INFO-CENTRE: 80 points or more in at least 4 of the 6 months January to June; passing centres × 100 ÷ 72.

    Each member unit has a figure of its own for each month, its score.

    Attributes:
        bar: the score that passes a month.
        months: calendar months that count.
        times: how many of them must be passed.
        members: how many there are, reported or not.
        counted_in: unit word of a member.
        scored_in: unit word of a score.
        full_score: the highest score there is; None where it is not known.

    >>> from datetime import date
    >>> centres = PassCount(Decimal(80), (1, 2, 3, 4, 5, 6), 4, 72, "ศูนย์")
    >>> figures = [Figure(unit, date(2020, month, 1), value=Decimal(80)) for unit in range(9) for month in range(1, 5)]
    >>> result = centres.result(figures, [Share(unit) for unit in range(72)])
    >>> result.numerator, result.denominator, result.percent
    (Decimal('9'), Decimal('72'), Decimal('12.50'))
    """

    KIND: ClassVar[str] = "pass_count"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "properties": {
            "bar": DECIMAL,
            "months": {"type": "array", "items": MONTH, "minItems": 1, "uniqueItems": True},
            "times": WHOLE,
            "members": WHOLE,
            "counted_in": WORDS,
            "scored_in": WORDS,
            "full_score": DECIMAL,
        },
        "required": ["bar", "months", "times", "members", "counted_in"],
    }
    BY_MONTH: ClassVar[bool] = True

    bar: Decimal
    months: tuple[int, ...]
    times: int
    members: int
    counted_in: str
    scored_in: str = ""
    full_score: Decimal | None = None

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """Read the bar and how often it must be passed, which is not more often than there are months."""
        months = tuple(int(month) for month in spec["months"])
        raise_unless(spec["times"] <= len(months), f"{spec['times']} times cannot be passed in {len(months)} months")
        bar, full_score = read_decimal(spec["bar"]), find_decimal(spec, "full_score")
        raise_unless(full_score is None or bar <= full_score, "the bar is higher than the full score")
        scored_in = spec.get("scored_in", "")
        return cls(bar, months, spec["times"], spec["members"], spec["counted_in"], scored_in, full_score)

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """The score of a member in a month that counts.

        Raises:
            Invalid: ``report_wrong_figure``, ``report_figure_missing`` (what), ``report_negative`` (value),
                ``report_too_large`` (most), ``report_score_too_high`` (value, most), ``report_month_not_measured``
                (month).
        """
        check_kinds(figure, FigureKind.VALUE, needs=FigureKind.VALUE)
        if figure.value is None:
            raise Invalid("report_figure_missing", what=FigureKind.VALUE)
        check_size(figure.value)
        if self.full_score is not None and figure.value > self.full_score:
            raise Invalid("report_score_too_high", value=figure.value, most=self.full_score)
        if figure.month.month not in self.months:
            raise Invalid("report_month_not_measured", month=figure.month)
        return figure

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """Members that pass so far ÷ all members × 100."""
        return self._result(figures, shares, Decimal(self.members))

    def unit_result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """Of a group: members of it that pass ÷ members of it × 100. Of one: how many months it passed, as ``value``.

        One member has no percentage; its numerator is 1 where it passes already, else 0, of 1.
        """
        found = self._result(figures, shares, Decimal(len(shares)))
        if len(shares) != 1 or not figures:
            return found
        return replace(found, percent=None, exact_percent=None, value=Decimal(self._passed(figures).total()))

    def _result(self, figures: Sequence[Figure], shares: Sequence[Share], members: Decimal) -> Result:
        seen = replace(looked_at(figures, shares), denominator=members)
        if not figures:
            return seen
        passing = Decimal(sum(months >= self.times for months in self._passed(figures).values()))
        return with_percent(seen, percent_of(passing, members), numerator=passing)

    def _passed(self, figures: Sequence[Figure]) -> Counter[int]:
        """How many months each unit passed."""
        return Counter(
            figure.unit
            for figure in figures
            if figure.month.month in self.months and figure.value is not None and figure.value >= self.bar
        )
