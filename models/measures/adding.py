"""Figures put together: the latest of each, added up over units."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from models.indicator_terms import Figure, Result, Share, round_half_up


def unit_of(figure: Figure) -> int:
    """Whose figure it is."""
    return figure.unit


def latest(figures: Iterable[Figure], each: Callable[[Figure], Hashable] = unit_of) -> list[Figure]:
    """The figure of the latest month of each unit, or of what ``each`` tells apart; of one month the last."""
    found: dict[Hashable, Figure] = {}
    for figure in figures:
        held = found.get(each(figure))
        if held is None or figure.month >= held.month:
            found[each(figure)] = figure
    return list(found.values())


def latest_of_all(figures: Iterable[Figure]) -> Figure | None:
    """The figure of the latest month, whoever gave it."""
    return next(iter(latest(figures, lambda _: None)), None)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """What there is added up; None of nothing."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def add_up(figures: Sequence[Figure], shares: Sequence[Share]) -> tuple[Decimal | None, Decimal | None]:
    """Numerators and denominators of the latest figure of each unit, added up.

    A share's own denominator belongs to the whole whether the unit has reported or not: 8308 is held against all
    2,004 communities from the first day. Where a share has none, the unit's denominator is the one it reported.
    """
    counted = [figure for figure in latest(figures) if figure.numerator is not None]
    known = {share.unit: share.denominator for share in shares if share.denominator is not None}
    said = [figure.denominator for figure in counted if figure.unit not in known]
    return total(figure.numerator for figure in counted), total([*known.values(), *said])


def looked_at(figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
    """A result that says only who has reported and of which month."""
    return Result(
        units_reported=len({figure.unit for figure in figures}),
        units_expected=len(shares),
        month=max((figure.month for figure in figures), default=None),
    )


def with_percent(result: Result, exact: Decimal | None, **others: Any) -> Result:
    """The result with a percentage, rounded here and nowhere before, and whatever else it says."""
    percent = None if exact is None else round_half_up(exact)
    return replace(result, percent=percent, exact_percent=exact, **others)
