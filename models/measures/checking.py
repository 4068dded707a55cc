"""What can be wrong with a figure that somebody reports."""

from __future__ import annotations

from decimal import Decimal

from models.errors import Invalid
from models.indicator_terms import Figure, FigureKind

HUNDRED = Decimal(100)
MOST = Decimal(10) ** 15
"""Larger than any budget in baht; what is larger is a slip, and could not be added up exactly."""


def check_kinds(figure: Figure, *taken: FigureKind, needs: object) -> None:
    """See that a figure says nothing that the measure does not take.

    Args:
        figure: as given.
        taken: what the measure takes.
        needs: what should be said instead: a ``FigureKind`` or the catalog's own words.

    Raises:
        Invalid: ``report_wrong_figure``, with ``said`` and ``needs``.
    """
    for kind in FigureKind:
        if kind not in taken and getattr(figure, kind) not in {None, ""}:
            raise Invalid("report_wrong_figure", said=kind, needs=needs)


def check_size(*values: Decimal | None) -> None:
    """See that nothing is below zero, or larger than anything can be.

    Raises:
        Invalid: ``report_too_large``, with ``most``; ``report_negative``, with ``value``.
    """
    for value in values:
        if value is not None and abs(value) > MOST:
            raise Invalid("report_too_large", most=MOST)
        if value is not None and value < 0:
            raise Invalid("report_negative", value=value)


def check_whole(counted_in: str, *values: Decimal | None) -> None:
    """See that things are counted in whole numbers.

    Raises:
        Invalid: ``report_not_whole``, with ``value`` and ``counted_in``.
    """
    for value in values:
        if value is not None and value != value.to_integral_value():
            raise Invalid("report_not_whole", value=value, counted_in=counted_in)


def check_percent(percent: Decimal) -> None:
    """See that a percentage lies within 0 and 100.

    Raises:
        Invalid: as ``check_size``, or ``report_percent_out_of_range`` with ``percent``, ``least``, ``most``.
    """
    check_size(percent)
    if percent > HUNDRED:
        raise Invalid("report_percent_out_of_range", percent=percent, least=Decimal(0), most=HUNDRED)


def check_step(step: int, steps: int) -> None:
    """See that there is such a step.

    Raises:
        Invalid: ``report_step_unknown``, with ``step`` and ``steps``.
    """
    if not 1 <= step <= steps:
        raise Invalid("report_step_unknown", step=step, steps=steps)
