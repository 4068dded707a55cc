"""Definitions of indicators as text for their rows, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from models.indicator_terms import (
    Definition,
    Direction,
    EvidenceAsked,
    Frequency,
    ReportedBy,
    Reporting,
    SuccessKind,
    Target,
    TargetIn,
)


def definition_as_json(definition: Definition) -> str:
    """A definition as JSON with sorted keys; decimals are texts, so that nothing is lost."""
    return json.dumps(asdict(definition), ensure_ascii=False, sort_keys=True, default=_text)


def definition_from_json(text: str) -> Definition:
    """The definition that ``definition_as_json`` wrote."""
    told: dict[str, Any] = json.loads(text)
    return Definition(
        **told
        | {
            "target": _target(told["target"]),
            "kind": SuccessKind(told["kind"]),
            "reporting": _reporting(told["reporting"]),
            "plan": {int(month): Decimal(percent) for month, percent in told["plan"].items()},
            "follow_up": tuple(told["follow_up"]),
            "weight": _decimal(told["weight"]),
            "budget": _decimal(told["budget"]),
        }
    )


def _target(told: dict[str, Any]) -> Target:
    return Target(Decimal(told["value"]), TargetIn(told["measured_in"]), Direction(told["direction"]))


def _reporting(told: dict[str, Any]) -> Reporting:
    read = {
        "frequency": Frequency(told["frequency"]),
        "by": ReportedBy(told["by"]),
        "evidence": EvidenceAsked(told["evidence"]),
    }
    return Reporting(**told | read)


def _decimal(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"{type(value).__name__} has no place in a definition")
