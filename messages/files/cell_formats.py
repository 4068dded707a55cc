"""How the cells of a table are written: names of formats that an office chooses from, by what a cell holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from messages.files.tables import Cell
from messages.language import Language, speaking
from messages.thai import BUDDHIST_ERA, long_date, thai_digits
from models.indicator_terms import round_half_up

MOST_DIGITS = 6
THAI_DIGITS = "thai-digits"


class Holds(StrEnum):
    """What a column's cells hold."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


Value = str | int | Decimal | date | None
"""What a cell is made of; nothing stays nothing in every format."""


def buddhist_date(day: date) -> str:
    """A date as offices write it in tables.

    >>> buddhist_date(date(2026, 12, 4))
    '04/12/2569'
    """
    return f"{day:%d/%m}/{day.year + BUDDHIST_ERA}"


def _rounded(places: int) -> Callable[[Decimal], Decimal]:
    return lambda value: round_half_up(value, places)


def _long_in_thai(day: date) -> str:
    with speaking(Language.THAI):
        return long_date(day)


_NUMBER_FORMATS: dict[str, Callable[[Decimal], Decimal]] = {
    f"digits-{places}": _rounded(places) for places in range(MOST_DIGITS + 1)
}
_DATE_FORMATS: dict[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "buddhist": buddhist_date,
    "buddhist-long": _long_in_thai,
}
FORMATS: Mapping[Holds, Sequence[str]] = MappingProxyType(
    {
        Holds.TEXT: (THAI_DIGITS,),
        Holds.NUMBER: (*_NUMBER_FORMATS, THAI_DIGITS),
        Holds.DATE: (*_DATE_FORMATS, THAI_DIGITS),
    }
)
"""Names of formats. A number without one stands as it is, a date without one as ``iso``; Thai digits make a text."""


def cell_of(value: Value, formats: Sequence[str] = ()) -> Cell:
    """A value as it is written.

    >>> cell_of(Decimal("66.665"), ["digits-2"]), cell_of(date(2026, 12, 4)), cell_of(None, ["thai-digits"])
    (Decimal('66.67'), '2026-12-04', None)
    >>> cell_of(date(2026, 12, 4), ["buddhist", "thai-digits"])
    '๐๔/๑๒/๒๕๖๙'
    """
    if value is None or value == "":
        return None
    cell: Cell
    if isinstance(value, date):
        cell = next((_DATE_FORMATS[name] for name in formats if name in _DATE_FORMATS), date.isoformat)(value)
    elif isinstance(value, str):
        cell = value
    else:
        write = next((_NUMBER_FORMATS[name] for name in formats if name in _NUMBER_FORMATS), None)
        cell = write(Decimal(value)) if write else value
    if THAI_DIGITS not in formats:
        return cell
    return thai_digits(f"{cell:f}" if isinstance(cell, Decimal) else str(cell))
