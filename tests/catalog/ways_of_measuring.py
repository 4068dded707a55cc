"""Ways of measuring that are as small as the catalog's reader lets them be."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Self

from models.indicator_terms import Figure, Result, Share

_TEXT = {"type": "string", "minLength": 1}
_RATIO = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"kind": {"enum": ["ratio"]}, "of": _TEXT, "among": _TEXT},
    "required": ["kind", "of", "among"],
}


class Share100:
    """Has two words, and no steps."""

    KIND: ClassVar[str] = "ratio"
    SCHEMA: ClassVar[Mapping[str, Any]] = {"properties": {"of": _TEXT, "among": _TEXT}, "required": ["of", "among"]}
    BY_MONTH: ClassVar[bool] = False

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self.spec = spec

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        return cls(spec)

    def complete(self, figure: Figure, share: Share, before: Sequence[Figure]) -> Figure:
        return figure

    def slot_of(self, figure: Figure) -> Hashable:
        return None

    def result(self, figures: Sequence[Figure], shares: Sequence[Share]) -> Result:
        return Result()

    def planned_by_steps(self) -> Mapping[int, Any]:
        return {}


class Steps(Share100):
    """Has steps that may be planned, and a rule that no schema can say."""

    KIND = "steps"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "properties": {
            "steps": {
                "type": "array",
                "minItems": 2,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["weight"],
                    "properties": {
                        "weight": {"type": ["number", "string"], "exclusiveMinimum": 0},
                        "planned": {"type": "string"},
                    },
                },
            }
        },
        "required": ["steps"],
    }

    @classmethod
    def read(cls, spec: Mapping[str, Any]) -> Self:
        together = sum(step["weight"] for step in spec["steps"])
        if together != 100:
            raise ValueError(f"weights add up to {together}, not 100")
        return cls(spec)

    def planned_by_steps(self) -> Mapping[int, Any]:
        plan, reached = {}, Decimal(0)
        for step in self.spec["steps"]:
            reached += Decimal(str(step["weight"]))
            if "planned" in step:
                plan[int(step["planned"])] = reached
        return plan


class Parts(Share100):
    """Has parts, each an indicator or a measure."""

    KIND = "composite"
    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "properties": {
            "parts": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"indicator": {"type": "string"}, "measure": _RATIO},
                },
            }
        },
        "required": ["parts"],
    }


WAYS = {way.KIND: way for way in (Share100, Steps, Parts)}
