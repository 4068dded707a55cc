"""Count: a number of things, added up over units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from models.errors import Invalid
from models.indicator_terms import Figure, FigureKind, Result, Share
from models.measures.adding import latest, looked_at, total
from models.measures.base import Measure
from models.measures.checking import check_kinds, check_size, check_whole
from models.measures.reading import WORDS, read_whole


@dataclass(frozen=True)
class Count(Measure):
    """So many of something, such as the deliverables of 1555 (at least 1 ชิ้นงาน). There is no percentage.

    Attributes:
        counted_in: unit word.
        whole: whether only whole numbers are possible; points given by a committee (91.572) are not.
    """

    KIND: ClassVar[str] = "count"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "properties": {"counted_in": WORDS, "whole": {"type": "boolean"}},
        "required": ["counted_in"],
    }

    counted_in: str
    whole: bool = True

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """Read what is counted."""
        return cls(spec["counted_in"], read_whole(spec))

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """A number of things.

        Raises:
            Invalid: ``report_wrong_figure``, ``report_figure_missing`` (what), ``report_negative`` (value),
                ``report_too_large`` (most), ``report_not_whole`` (value, counted_in).
        """
        check_kinds(figure, FigureKind.VALUE, needs=FigureKind.VALUE)
        if figure.value is None:
            raise Invalid("report_figure_missing", what=FigureKind.VALUE)
        check_size(figure.value)
        if self.whole:
            check_whole(self.counted_in, figure.value)
        return figure

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """The latest number of each unit, added up, as ``value``."""
        return replace(looked_at(figures, shares), value=total(figure.value for figure in latest(figures)))
