"""Composite: parts with targets of their own, weighed or counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from models.errors import Invalid
from models.indicator_terms import (
    NET_PLACES,
    Direction,
    Figure,
    PartResult,
    Result,
    Share,
    Target,
    TargetIn,
    percent_of,
    round_half_up,
)
from models.measures.adding import looked_at, total, with_percent
from models.measures.base import Measure
from models.measures.checking import HUNDRED
from models.measures.plain import PLAIN
from models.measures.reading import (
    DECIMAL,
    WORDS,
    find_decimal,
    list_of,
    raise_unless,
    read_decimal,
    read_from,
    schema_of,
)

_PART_KEYS: Mapping[str, Any] = {
    "code": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 32},
    "name": WORDS,
    "target": DECIMAL,
    "target_in": {"enum": [each.value for each in TargetIn]},
    "direction": {"enum": [each.value for each in Direction]},
    "weight": DECIMAL,
    "measure": schema_of(PLAIN),
    "indicator": WORDS,
}


@dataclass(frozen=True)
class Part:
    """A part: measured by itself (``measure``), or an indicator of its own (``indicator``, its code)."""

    code: str
    name: str
    measure: Measure | None = None
    indicator: str = ""
    target: Target | None = None
    weight: Decimal | None = None


@dataclass(frozen=True)
class Composite(Measure):
    """Parts of an indicator, all with a weight or all without.

    Without weights (LINE-TRACKING, 1555): parts that meet their targets ÷ all parts × 100; a part that nobody has
    reported is not met, and None among the parts. The percentage is None while there is no part at all.

    With weights (the yearly appraisal): ``score`` is Σ result × weight ÷ 100, three decimals; ``percent`` is what that
    is of all weights together, so both are the same where weights add up to 100. A part weighs with its percentage
    before rounding, or, where it has none, with its value (points of 100 that others gave).

    >>> from datetime import date
    >>> from models.measures.count import Count
    >>> points = Count("คะแนน", whole=False)
    >>> appraisal = Composite((Part("innovation", "นวัตกรรม", points, weight=Decimal(10)),))
    >>> said = Figure(1, date(2021, 9, 1), part="innovation", value=Decimal("91.572"))
    >>> appraisal.result([said], [Share(1)]).score
    Decimal('9.157')

    A composite is reported as running; a part measured month by month is still counted so.

    Attributes:
        parts: in the order of the catalog, which is that of a result's parts.
        others: results of the indicators that parts name, by code.
    """

    KIND: ClassVar[str] = "composite"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "properties": {"parts": list_of(_PART_KEYS, ["code", "name"])},
        "required": ["parts"],
    }

    parts: tuple[Part, ...]
    others: Mapping[str, Result] = field(default_factory=dict)

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        """Read parts, each with a measure or an indicator; with targets where they have no weights."""
        parts = tuple(_read_part(part) for part in spec["parts"])
        raise_unless(len({part.code for part in parts}) == len(parts), "two parts have the same code")
        for part in parts:
            raise_unless((part.measure is None) == bool(part.indicator), f"{part.code} needs a measure or an indicator")
            raise_unless(bool(part.target or part.weight), f"{part.code} needs a target or a weight")
        weights = [part.weight for part in parts if part.weight is not None]
        raise_unless(len(weights) in {0, len(parts)}, "only some parts have a weight")
        raise_unless(sum(weights, Decimal(0)) <= HUNDRED, "weights of parts add up to more than 100")
        return cls(parts)

    def rests_on(self) -> tuple[str, ...]:
        """Codes of the indicators that parts name."""
        return tuple(part.indicator for part in self.parts if part.indicator)

    def given(self, results: Mapping[str, Result]) -> Composite:
        """The same with results of those indicators."""
        return replace(self, others=results)

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        """A figure of one part, as its measure takes it; the part goes without saying where there is only one.

        The share's denominator is not used: it is not said of which part it would be.

        Raises:
            Invalid: as the part's measure; ``report_part_missing`` (parts), ``report_part_unknown`` (said, parts),
                ``report_part_measured_elsewhere`` (part, indicator).
        """
        part, measure = self._measured(figure)
        completed = measure.complete(replace(figure, part=""), Share(share.unit), _of(part, before))
        return replace(completed, part=part.code)

    def skipped_step(self, figure: Figure, before: Sequence[Figure]) -> int | None:
        """As the part's measure says."""
        part, measure = self._measured(figure)
        return measure.skipped_step(figure, _of(part, before))

    def slot_of(self, figure: Figure) -> int:
        """As the part's measure says; 0 of a part that is no longer there."""
        measure = next((part.measure for part in self.parts if part.code == figure.part), None)
        return measure.slot_of(figure) if measure else 0

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """The parts' results together; see the class."""
        return self._result(figures, shares, [self._part_result(part, figures, shares) for part in self.parts])

    def unit_result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        """The same of one unit or a group; ``others`` should then be of the same units."""
        found = [self._part_result(part, figures, shares, of_all=False) for part in self.parts]
        return self._result(figures, shares, found)

    def _part_result(
        self, part: Part, figures: Sequence[Figure], shares: Sequence[Share], *, of_all: bool = True
    ) -> Result:
        mine = _of(part, figures)
        if part.measure is None:
            return self.others.get(part.indicator, Result())
        measure = part.measure.result if of_all else part.measure.unit_result
        return measure(mine, [Share(share.unit) for share in shares]) if mine else Result()

    def _result(self, figures: Sequence[Figure], shares: Sequence[Share], found: Sequence[Result]) -> Result:
        parts = tuple(_shown(part, result) for part, result in zip(self.parts, found, strict=True))
        seen = replace(looked_at(figures, shares), parts=parts)
        months = [result.month for result in (seen, *found) if result.month is not None]
        seen = replace(seen, month=max(months, default=None))
        if not any(result.is_reported for result in found):
            return seen
        return self._weighed(seen, found) if self.parts[0].weight is not None else _counted(seen)

    def _weighed(self, seen: Result, found: Sequence[Result]) -> Result:
        weights = [part.weight or Decimal(0) for part in self.parts]
        pairs = zip(weights, map(_points, found), strict=True)
        net = total(weight * points / 100 for weight, points in pairs if points is not None)
        if net is None:
            return seen
        score = round_half_up(net, NET_PLACES)
        return with_percent(seen, percent_of(net, sum(weights, Decimal(0))), score=score)

    def _measured(self, figure: Figure) -> tuple[Part, Measure]:
        own = [part for part in self.parts if part.measure is not None]
        part = next((part for part in self.parts if part.code == figure.part), None)
        if part is None and not figure.part and len(own) == 1:
            part = own[0]
        names = tuple(part.name for part in own)
        if part is None and not figure.part:
            raise Invalid("report_part_missing", parts=names)
        if part is None:
            raise Invalid("report_part_unknown", said=figure.part, parts=names)
        if part.measure is None:
            raise Invalid("report_part_measured_elsewhere", part=part.name, indicator=part.indicator)
        return part, part.measure


def _read_part(spec: Mapping[str, Any]) -> Part:
    target = find_decimal(spec, "target")
    measured_in = TargetIn(spec.get("target_in", TargetIn.PERCENT))
    direction = Direction(spec.get("direction", Direction.HIGHER))
    return Part(
        code=spec["code"],
        name=spec["name"],
        measure=read_from(PLAIN, spec["measure"]) if "measure" in spec else None,
        indicator=spec.get("indicator", ""),
        target=None if target is None else Target(target, measured_in, direction),
        weight=read_decimal(spec["weight"]) if "weight" in spec else None,
    )


def _of(part: Part, figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.part == part.code]


def _points(result: Result) -> Decimal | None:
    """What a part weighs with: its percentage, unrounded where that is known, else its value."""
    return next((held for held in (result.exact_percent, result.percent, result.value) if held is not None), None)


def _shown(part: Part, result: Result) -> PartResult:
    if part.target is None:
        return PartResult(part.code, result.value if result.percent is None else result.percent, None)
    return PartResult(part.code, part.target.held_against(result), part.target.is_met_by(result))


def _counted(seen: Result) -> Result:
    met = Decimal(sum(part.is_met is True for part in seen.parts))
    of = Decimal(len(seen.parts))
    return with_percent(seen, percent_of(met, of), numerator=met, denominator=of)
