"""So many of so many: how a numerator and its denominator are named in the catalog, reported and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Self

from models.errors import Invalid
from models.indicator_terms import Figure, FigureKind, Share, percent_of, round_half_up
from models.measures.checking import check_kinds, check_size, check_whole
from models.measures.reading import WORDS, read_whole

COUNTING_KEYS: Mapping[str, Any] = {"of": WORDS, "among": WORDS, "counted_in": WORDS, "whole": {"type": "boolean"}}
_MOST_PLACES = 9
COUNTING_REQUIRED = ["of", "among", "counted_in"]


@dataclass(frozen=True)
class Counting:
    """What is counted, among what.

    Attributes:
        of: the numerator in words.
        among: the denominator in words.
        counted_in: unit word (ลักษณนาม), ``บาท`` of money.
        whole: whether only whole numbers are possible; money has satang.
    """

    of: str
    among: str
    counted_in: str
    whole: bool = True

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """Read from a catalog entry that has ``COUNTING_KEYS``."""
        return cls(spec["of"], spec["among"], spec["counted_in"], read_whole(spec))

    def complete(self, figure: Figure, share: Share) -> Figure:
        """Check a numerator and find its denominator.

        A number by itself is the numerator. None of none (0 of 0) is a report, too: of a month without vouchers, of a
        unit that has nothing to count. A percentage said beside the counts is only compared with them.

        Raises:
            Invalid: ``report_wrong_figure`` (said, needs), ``report_figure_missing`` (what), ``report_negative``
                (value), ``report_too_large`` (most), ``report_not_whole`` (value, counted_in),
                ``report_denominator_missing`` (what), ``report_denominator_differs`` (said, known),
                ``report_more_than_denominator`` (numerator, denominator, counted_in), ``report_percent_differs`` (said,
                counted).
        """
        numerator = self._numerator(figure)
        check_size(numerator, figure.denominator, figure.percent)
        if self.whole:
            check_whole(self.counted_in, numerator, figure.denominator)
        denominator = self._denominator(figure, share)
        if numerator > denominator:
            raise Invalid(
                "report_more_than_denominator",
                numerator=numerator,
                denominator=denominator,
                counted_in=self.counted_in,
            )
        _check_said_percent(figure.percent, numerator, denominator)
        return replace(figure, value=None, percent=None, numerator=numerator, denominator=denominator)

    def _numerator(self, figure: Figure) -> Decimal:
        numerator = figure.value if figure.numerator is None else figure.numerator
        other = FigureKind.VALUE if figure.numerator is None else FigureKind.PERCENT
        if numerator is None:
            check_kinds(figure, FigureKind.DENOMINATOR, needs=self.of)
            raise Invalid("report_figure_missing", what=self.of)
        check_kinds(figure, FigureKind.NUMERATOR, FigureKind.DENOMINATOR, FigureKind.PERCENT, other, needs=self.of)
        return numerator

    def _denominator(self, figure: Figure, share: Share) -> Decimal:
        said, known = figure.denominator, share.denominator
        if said is not None and known is not None and said != known:
            raise Invalid("report_denominator_differs", said=said, known=known)
        found = said if known is None else known
        if found is None:
            raise Invalid("report_denominator_missing", what=self.among)
        return found


def _check_said_percent(said: Decimal | None, numerator: Decimal, denominator: Decimal) -> None:
    """Whoever says 18 of 22 is 81.82 percent, or 81.8, or 82, is right; 85 is a slip in one of the three."""
    counted = percent_of(numerator, denominator)
    if said is None or counted is None:
        return
    exponent = said.as_tuple().exponent
    places = min(-exponent, _MOST_PLACES) if isinstance(exponent, int) and exponent < 0 else 0
    if round_half_up(counted, places) != said:
        raise Invalid("report_percent_differs", said=said, counted=round_half_up(counted))
