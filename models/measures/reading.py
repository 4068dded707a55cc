"""What the ways of measuring have in common where they read the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from models.measures.base import Measure

DECIMAL: Mapping[str, Any] = {
    "type": ["number", "string"],
    "minimum": 0,
    "pattern": r"^[0-9]+(\.[0-9]+)?$",
    "description": "a number is written 90 or 91.572, without commas or signs",
}
WORDS: Mapping[str, Any] = {"type": "string", "minLength": 1}
MONTH: Mapping[str, Any] = {
    "type": "string",
    "pattern": "^(0[1-9]|1[0-2])$",
    "description": "a month is two digits in quotes, 01 to 12",
}
WHOLE: Mapping[str, Any] = {"type": "integer", "minimum": 1}
BAHT = "บาท"


def list_of(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    """The schema of at least one entry with these keys and no others."""
    return {"type": "array", "minItems": 1, "items": entry_of(properties, required)}


def entry_of(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    """The schema of a mapping with these keys and no others."""
    return {"type": "object", "additionalProperties": False, "properties": {**properties}, "required": required}


def schema_of(measures: Mapping[str, type[Measure]]) -> dict[str, Any]:
    """The schema of a ``measure:`` entry that is one of these; each kind knows its own keys only."""
    kinds = {"kind": {"enum": sorted(measures)}}
    own = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": entry_of({"kind": {}, **measure.SCHEMA["properties"]}, [*measure.SCHEMA["required"]]),
        }
        for kind, measure in sorted(measures.items())
    ]
    return {"type": "object", "properties": kinds, "required": ["kind"], "allOf": own}


def read_from(measures: Mapping[str, type[Measure]], spec: Mapping[str, Any]) -> Measure:
    """The measure that an entry describes, one of these.

    Raises:
        ValueError: there is no such way of measuring here, or what it says cannot be.
    """
    kind = str(spec.get("kind", ""))
    if kind not in measures:
        raise ValueError(f"there is no measure {kind}; known are {', '.join(sorted(measures))}")
    return measures[kind].read({name: value for name, value in spec.items() if name != "kind"})


def read_decimal(value: object) -> Decimal:
    """A number of the catalog, exactly as it is written.

    Raises:
        ValueError: it is none.
    """
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{value} is not a number") from None
    if not number.is_finite():
        raise ValueError(f"{value} is not a number")
    return number


def find_decimal(spec: Mapping[str, Any], key: str) -> Decimal | None:
    """A number that may be left out."""
    return None if spec.get(key) is None else read_decimal(spec[key])


def read_whole(spec: Mapping[str, Any]) -> bool:
    """Whether only whole numbers can be counted: as the entry says (``whole``), else of all but money."""
    return bool(spec.get("whole", spec["counted_in"] != BAHT))


def raise_unless(holds: bool, fault: str) -> None:
    """Raise ``ValueError(fault)`` where something does not hold."""
    if not holds:
        raise ValueError(fault)
