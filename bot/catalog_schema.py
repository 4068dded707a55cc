"""What may stand in a catalog file, as JSON schema: units, names of indicators, and definitions of one fiscal year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from models.indicator_terms import Direction, EvidenceAsked, Frequency, ReportedBy, SuccessKind, TargetIn
from models.measures.base import Measure
from models.units import UnitKind

SOURCES = ("vouchers", "service_log")
"""What the service can compute figures from without a person."""

CARD_NAME_LENGTH = 30

_NAME = {"type": "string", "minLength": 1, "maxLength": 200}
_LONG_NAME = {"type": "string", "minLength": 1, "maxLength": 500}
_TEXT = {"type": "string", "minLength": 1, "maxLength": 2000}
_ALIASES = {"type": "array", "items": _NAME, "uniqueItems": True}
_CODE = {
    "type": "string",
    "pattern": "^[A-Z0-9]+(-[A-Z0-9]+)*$",
    "maxLength": 64,
    "description": "a code is capital letters, digits and single dashes",
}
_GROUP_CODE = {"type": "string", "minLength": 1, "maxLength": 32}
_AMOUNT = {"type": "number", "minimum": 0}
_PERCENT = {"type": "number", "minimum": 0, "maximum": 100}


def _object(properties: Mapping[str, Any], required: Sequence[str] = ()) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": [*required], "properties": {**properties}}


def _list_of(properties: Mapping[str, Any], required: Sequence[str]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties, required)}


def _one_of(words: type[StrEnum] | Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "enum": [str(word) for word in words]}


_REPORTING = _object(
    {
        "frequency": _one_of(Frequency),
        "due_day": {"type": "integer", "minimum": 1, "maximum": 28},
        "by": _one_of(ReportedBy),
        "source": _one_of(SOURCES),
        "evidence": _one_of(EvidenceAsked),
        "evidence_of": _TEXT,
    }
)

_DEFINITION = {
    "code": _CODE,
    "name": _LONG_NAME,
    "host": _CODE,
    "kind": _one_of(SuccessKind),
    "supports": _object({"side": _LONG_NAME, "issue": _LONG_NAME, "goal": _LONG_NAME}),
    "definition": _TEXT,
    "formula": _TEXT,
    "measure": {"type": "object"},
    "target": _AMOUNT,
    "target_in": _one_of(TargetIn),
    "direction": _one_of(Direction),
    "units": {**_list_of({"unit": _CODE, "denominator": _AMOUNT, "target": _AMOUNT}, ["unit"]), "minItems": 1},
    "plan": {**_object({f"{month:02}": _PERCENT for month in range(1, 13)}), "minProperties": 1},
    "reporting": _REPORTING,
    "channel": _NAME,
    "follow_up": {"type": "array", "items": _LONG_NAME, "uniqueItems": True},
    "weight": _PERCENT,
    "budget": _AMOUNT,
}

CATALOG_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "district_groups": _list_of({"code": _GROUP_CODE, "name": _NAME, "aliases": _ALIASES}, ["code", "name"]),
        "units": _list_of(
            {
                "code": _CODE,
                "name": _NAME,
                "kind": _one_of(UnitKind),
                "parent": _CODE,
                "district_group": _GROUP_CODE,
                "budget_division": {"type": "integer", "minimum": 1, "maximum": 6},
                "aliases": _ALIASES,
            },
            ["code", "name", "kind"],
        ),
        "indicators": _list_of(
            {
                "code": _CODE,
                "name": _NAME,
                "short": {"type": "string", "minLength": 1, "maxLength": CARD_NAME_LENGTH},
                "aliases": _ALIASES,
            },
            ["code", "name"],
        ),
        "fiscal_year": {"type": "integer", "minimum": 2500, "maximum": 2700},
        "definitions": _list_of(_DEFINITION, ["code", "host", "kind", "measure", "target"]),
    },
}
"""A whole file; a measure's own keys are held against ``measure_schema``."""


def kind_schema(measures: Mapping[str, type[Measure]]) -> dict[str, Any]:
    """Of a measure: its kind must be known."""
    return {"type": "object", "required": ["kind"], "properties": {"kind": _one_of(sorted(measures))}}


def measure_schema(measure: type[Measure]) -> dict[str, Any]:
    """Of a measure whose kind is known: ``kind`` and the keys it has itself, no others."""
    own = dict(measure.SCHEMA)
    properties = {"kind": {"type": "string"}, **own.get("properties", {})}
    return {"type": "object", "additionalProperties": False, **own, "properties": properties}
