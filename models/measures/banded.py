"""Banded: a value falls in a band; the band gives level, percent and score. Bands belong to a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar, Self

from models.errors import Invalid
from models.indicator_terms import PERCENT_PLACES, Figure, FigureKind, Result, Share, percent_of, round_half_up
from models.measures.adding import add_up, latest_of_all, looked_at, with_percent
from models.measures.base import Measure
from models.measures.checking import check_kinds, check_percent
from models.measures.counting import COUNTING_KEYS, COUNTING_REQUIRED, Counting
from models.measures.reading import DECIMAL, find_decimal, list_of, raise_unless

SMALLEST = Decimal(1).scaleb(-PERCENT_PLACES)
_BAND_KEYS = {
    "up_to": DECIMAL,
    "below": DECIMAL,
    "level": {"type": "integer", "minimum": 1},
    "percent": DECIMAL,
    "score": DECIMAL,
}


@dataclass(frozen=True)
class Band:
    """Values above the band before it, up to and with ``up_to``, or below ``below``; without a bound all the rest."""

    level: int
    percent: Decimal | None = None
    score: Decimal | None = None
    up_to: Decimal | None = None
    below: Decimal | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has no bound."""
        return self.up_to is None and self.below is None

    def reaches(self, value: Decimal) -> bool:
        """Whether a value lies at or under its bound."""
        if self.up_to is not None:
            return value <= self.up_to
        return self.below is None or value < self.below


@dataclass(frozen=True)
class Banded(Measure):
    """CARRY-OVER: money carried over without obligation ÷ budget after transfers × 100, in bands.

    The plan of FY 2565 ends a band at 2.00 and begins the next at 2.01, so it reads values of two decimals: the band
    is chosen on the value rounded half up to two (2.004 lies in the band up to 2.00). What is more than nothing never
    becomes nothing by that: the best band is ร้อยละ 0, the next มากกว่าร้อยละ 0, so 0.004 lies in the second.

    A value beyond the last bound, where no band is open, has level 0 and nothing else. (Of FY 2564's bands only the
    first is written down: ระดับ 5 … ตั้งแต่ร้อยละ 4.00 ลงมา.)

    >>> from datetime import date
    >>> carried = Counting("เงินกันไว้เบิกเหลื่อมปีแบบไม่มีหนี้ผูกพัน", "งบประมาณหลังปรับโอน", "บาท", whole=False)
    >>> of_2565 = Banded(carried, (
    ...     Band(5, Decimal(100), Decimal(20), up_to=Decimal(0)),
    ...     Band(4, Decimal(90), Decimal(18), up_to=Decimal("2.00")),
    ...     Band(3, Decimal(80), Decimal(16), up_to=Decimal("3.00")),
    ...     Band(2, Decimal(70), Decimal(14), below=Decimal("4.00")),
    ...     Band(1, Decimal(60), Decimal(12)),
    ... ))
    >>> figure = Figure(1, date(2022, 9, 1), value=Decimal("3.22"))
    >>> result = of_2565.result([figure], [Share(1)])
    >>> result.level, result.percent, result.score
    (2, Decimal('70.00'), Decimal('14'))
    >>> of_2564 = Banded(carried, (Band(5, Decimal(100), up_to=Decimal("4.00")),))
    >>> of_2564.result([figure], [Share(1)]).level
    5
    """

    KIND: ClassVar[str] = "banded"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "properties": {**COUNTING_KEYS, "bands": list_of(_BAND_KEYS, ["level"])},
        "required": [*COUNTING_REQUIRED, "bands"],
    }

    counting: Counting
    bands: tuple[Band, ...]

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """Read bands with rising bounds, of which only the last may have none."""
        bands = tuple(
            Band(band["level"], **{key: find_decimal(band, key) for key in _BAND_KEYS if key != "level"})
            for band in spec["bands"]
        )
        raise_unless(not any(band.is_open for band in bands[:-1]), "a band that is not the last has no bound")
        raise_unless(all(band.up_to is None or band.below is None for band in bands), "a band has both up_to and below")
        bounds = [_bound(band) for band in bands if not band.is_open]
        raise_unless(all(low < high for low, high in pairwise(bounds)), "bounds of bands do not rise")
        return cls(Counting.read(spec), bands)

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """Counts as of a ratio; or the value itself, said as a number or a percentage, where no denominator is known.

        Where the share has a denominator, a number by itself could be the numerator or the value, and is refused.

        Raises:
            Invalid: as ``Counting.complete``; ``report_percent_out_of_range`` (percent, least, most);
                ``report_percent_differs`` (said, counted) where number and percentage are not the same.
        """
        value = figure.percent if figure.value is None else figure.value
        if figure.numerator is not None or value is None:
            return self.counting.complete(figure, share)
        if share.denominator is not None:
            raise Invalid("report_wrong_figure", said=FigureKind.VALUE, needs=self.counting.of)
        check_kinds(figure, FigureKind.VALUE, FigureKind.PERCENT, needs=self.counting.of)
        check_percent(value)
        if figure.percent not in {None, value}:
            raise Invalid("report_percent_differs", said=figure.percent, counted=value)
        return replace(figure, value=value, percent=None)

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """The band of Σ numerators ÷ Σ denominators × 100; where nobody counted, of the latest value that was said."""
        numerator, denominator = add_up(figures, shares)
        value = self._value(figures, numerator, denominator)
        seen = replace(looked_at(figures, shares), numerator=numerator, denominator=denominator)
        if value is None:
            return seen
        band = next((band for band in self.bands if band.reaches(_as_read(value))), Band(level=0))
        return with_percent(seen, band.percent, value=round_half_up(value), level=band.level, score=band.score)

    @staticmethod
    def _value(figures: Sequence[Figure], numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
        if numerator is not None and denominator is not None:
            return percent_of(numerator, denominator)
        newest = latest_of_all(figures)
        return newest.value if newest else None


def _bound(band: Band) -> tuple[Decimal, bool]:
    """In the order of values: below 2 comes before up to 2."""
    return (band.below, False) if band.below is not None else (band.up_to or Decimal(0), True)


def _as_read(value: Decimal) -> Decimal:
    rounded = round_half_up(value)
    return SMALLEST if value > 0 and not rounded else rounded
