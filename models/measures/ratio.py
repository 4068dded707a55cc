"""Ratio: numerator ÷ denominator × 100, reported by each unit and added up over units, never averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from models.indicator_terms import Figure, Result, Share, percent_of
from models.measures.adding import add_up, looked_at, with_percent
from models.measures.base import Measure
from models.measures.counting import COUNTING_KEYS, COUNTING_REQUIRED, Counting


@dataclass(frozen=True)
class Ratio(Measure):
    """8308: จำนวนชุมชนที่เข้าร่วมโครงการฯและมีการเบิกจ่ายงบประมาณ × 100 ÷ จำนวนชุมชนทั้งหมดในพื้นที่.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> ratio = Ratio(Counting("ชุมชนที่เบิกจ่ายงบประมาณ", "ชุมชนทั้งหมด", "ชุมชน"))
    >>> din_daeng = Share(1, Decimal(22), Decimal(20))
    >>> figure = ratio.complete(Figure(1, date(2025, 9, 1), value=Decimal(18)), din_daeng, [])
    >>> ratio.result([figure], [din_daeng]).percent
    Decimal('81.82')
    """

    KIND: ClassVar[str] = "ratio"
    SCHEMA: ClassVar[Mapping[str, Any]] = {"properties": {**COUNTING_KEYS}, "required": COUNTING_REQUIRED}

    counting: Counting

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """Read what is counted."""
        return cls(Counting.read(spec))

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """A numerator, with the share's denominator or the one that is said; see ``Counting.complete``."""
        return self.counting.complete(figure, share)

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """Σ numerators ÷ Σ denominators × 100; see ``add_up`` for the denominators of those who have not reported."""
        numerator, denominator = add_up(figures, shares)
        percent = None if numerator is None or denominator is None else percent_of(numerator, denominator)
        return with_percent(looked_at(figures, shares), percent, numerator=numerator, denominator=denominator)
