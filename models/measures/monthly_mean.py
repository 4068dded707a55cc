"""Monthly mean: a percentage for each month, then the plain mean of the months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Self

from models.indicator_terms import Figure, Result, Share
from models.measures.adding import looked_at, total, with_percent
from models.measures.base import Measure
from models.measures.counting import COUNTING_KEYS, COUNTING_REQUIRED, Counting


@dataclass(frozen=True)
class MonthlyMean(Measure):
    """PAY-7-DAYS: หาค่าเฉลี่ยรวม 2 เดือน (90+92 = 182/2 เดือน) สามารถทำได้ร้อยละ 91.

    >>> mean = MonthlyMean(Counting("ใบขอเบิกเงินที่จ่ายภายใน 7 วันทำการ", "ใบขอเบิกเงินที่ได้รับ", "ฉบับ"))
    >>> months = [(date(2019, 10, 1), 90, 100), (date(2019, 11, 1), 46, 50)]
    >>> figures = [Figure(1, month, numerator=Decimal(paid), denominator=Decimal(all_)) for month, paid, all_ in months]
    >>> mean.result(figures, [Share(1)]).percent
    Decimal('91.00')
    """

    KIND: ClassVar[str] = "monthly_mean"
    SCHEMA: ClassVar[Mapping[str, Any]] = {"properties": {**COUNTING_KEYS}, "required": COUNTING_REQUIRED}
    BY_MONTH: ClassVar[bool] = True

    counting: Counting

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """Read what is counted."""
        return cls(Counting.read(spec))

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """The month's numerator and denominator; see ``Counting.complete``."""
        return self.counting.complete(figure, share)

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """The mean over months of Σ numerators ÷ Σ denominators × 100; a month in which nothing came in is none.

        ``numerator`` and ``denominator`` are those of all months together; their ratio is not the mean.
        """
        return with_percent(
            looked_at(figures, shares),
            _mean(_months(figures)),
            numerator=total(figure.numerator for figure in figures),
            denominator=total(figure.denominator for figure in figures),
        )


def _months(figures: Sequence[Figure]) -> list[Fraction]:
    """Percent of each month; kept as fractions, so that thirds do not shift a half before it is rounded."""
    sums: dict[date, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for figure in figures:
        sums[figure.month][0] += figure.numerator or 0
        sums[figure.month][1] += figure.denominator or 0
    return [Fraction(part) * 100 / Fraction(whole) for part, whole in sums.values() if whole]


def _mean(months: Sequence[Fraction]) -> Decimal | None:
    if not months:
        return None
    mean = sum(months, Fraction(0)) / len(months)
    return Decimal(mean.numerator) / Decimal(mean.denominator)
