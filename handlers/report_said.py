"""What somebody has said of a report so far: plain texts, which fit into a button, a draft and a remembered topic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import InvalidOperation
from typing import Any

from bot.understanding.figures import read_figure
from models.errors import Invalid
from models.reporting import FIGURES, Line

Said = dict[str, str]
"""``unit`` (id), ``month`` (ISO, its first day), ``part`` and the figures, each only where it was said."""

_NAMES = ("unit", "month", "part", *FIGURES)


def said_in_slots(slots: Mapping[str, Any]) -> Said:
    """What understanding read of a report, without the indicator and the unit, which it names in words."""
    said = {name: str(slots[name]) for name in FIGURES if slots.get(name) is not None}
    if slots.get("month"):
        said["month"] = f"{slots['month']}-01"
    return said


def slots_of(said: Mapping[str, str]) -> dict[str, Any]:
    """The way back, for a topic."""
    slots: dict[str, Any] = {name: said[name] for name in FIGURES if name in said}
    return slots | ({"month": said["month"][:7]} if "month" in said else {})


def said_in_button(params: Mapping[str, str]) -> Said:
    """What a button carries of a report."""
    return {name: params[name] for name in _NAMES if name in params}


def read_line(said: Mapping[str, str]) -> Line:
    """The line of a report whose unit is known.

    Raises:
        Invalid: ``postback_unreadable``.
    """
    try:
        return Line.from_json(said)
    except (ValueError, KeyError, InvalidOperation) as error:
        raise Invalid("postback_unreadable") from error


def read_month(said: Mapping[str, str]) -> date | None:
    """The month that was said; raises as ``read_line``."""
    try:
        return date.fromisoformat(said["month"]) if "month" in said else None
    except ValueError as error:
        raise Invalid("postback_unreadable") from error


def figure_in(text: str) -> Said | None:
    """The figure that a text consists of: ``18``, ``18 ชุมชน``, ``18 จาก 22``, ``ร้อยละ 81.5``; None of other texts.

    >>> figure_in("๑,๒๐๔ จาก 2,004 ชุมชน")
    {'numerator': '1204', 'denominator': '2004'}
    """
    figure = read_figure(text)
    return None if figure is None else {name: str(value) for name, value in figure.items()}
