"""Definitions of indicators as text to be stored, and the plan by month that follows from a measure's steps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.indicator_terms import (
    OCTOBER,
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
from models.measures.base import Measure


def default_plan(measure: Measure) -> dict[int, Decimal]:
    """The plan that follows from the months of a measure's steps: month to percent, October first; else empty."""
    return in_fiscal_order({month: Decimal(str(percent)) for month, percent in measure.planned_by_steps().items()})


def in_fiscal_order(plan: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """A plan with its months from October to September.

    >>> list(in_fiscal_order({1: Decimal(40), 9: Decimal(90), 11: Decimal(20)}))
    [11, 1, 9]
    """
    return dict(sorted(plan.items(), key=lambda item: (item[0] - OCTOBER) % 12))


def definition_as_json(definition: Definition) -> str:
    """A definition as text; the same definition gives the same text, so that a change can be seen.

    Keys are sorted and decimals are strings without zeros at their end. What is in ``measure`` must be what a catalog
    file can hold: text, numbers, true, false, nothing, lists and mappings with text as keys.

    Raises:
        TypeError, ValueError: ``measure`` holds anything else.
    """
    target, reporting = definition.target, definition.reporting
    value = {
        "code": definition.code,
        "fiscal_year": definition.fiscal_year,
        "name": definition.name,
        "host": definition.host,
        "kind": definition.kind,
        "supports": dict(definition.supports),
        "definition": definition.definition,
        "formula": definition.formula,
        "measure": definition.measure,
        "target": {"value": _text(target.value), "in": target.measured_in, "direction": target.direction},
        "reporting": {
            "frequency": reporting.frequency,
            "due_day": reporting.due_day,
            "by": reporting.by,
            "source": reporting.source,
            "evidence": reporting.evidence,
            "evidence_of": reporting.evidence_of,
        },
        "plan": {f"{month:02}": _text(percent) for month, percent in definition.plan.items()},
        "channel": definition.channel,
        "follow_up": list(definition.follow_up),
        "weight": _text(definition.weight),
        "budget": _text(definition.budget),
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, default=_plain)


def _text(amount: Decimal | None) -> str | None:
    text = format(amount, "f") if amount is not None else None
    return text.rstrip("0").rstrip(".") if text and "." in text else text


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a measure cannot hold a {type(value).__name__}")


def definition_from_json(text: str) -> Definition:
    """The definition that ``definition_as_json`` wrote.

    Raises:
        ValueError, KeyError: the text is not one of its.
    """
    value: dict[str, Any] = json.loads(text)
    return Definition(
        code=value["code"],
        fiscal_year=value["fiscal_year"],
        name=value["name"],
        host=value["host"],
        kind=SuccessKind(value["kind"]),
        supports=value["supports"],
        definition=value["definition"],
        formula=value["formula"],
        measure=value["measure"],
        target=_target(value["target"]),
        reporting=_reporting(value["reporting"]),
        plan=in_fiscal_order({int(month): Decimal(percent) for month, percent in value["plan"].items()}),
        channel=value["channel"],
        follow_up=tuple(value["follow_up"]),
        weight=_amount(value["weight"]),
        budget=_amount(value["budget"]),
    )


def name_and_target_from_json(text: str) -> tuple[str, Target]:
    """The name and the target alone, for long lists: reading all of a definition takes several times as long."""
    value: dict[str, Any] = json.loads(text)
    return value["name"], _target(value["target"])


def _target(value: Mapping[str, Any]) -> Target:
    return Target(Decimal(value["value"]), TargetIn(value["in"]), Direction(value["direction"]))


def _reporting(value: Mapping[str, Any]) -> Reporting:
    return Reporting(
        frequency=Frequency(value["frequency"]),
        due_day=value["due_day"],
        by=ReportedBy(value["by"]),
        source=value["source"],
        evidence=EvidenceAsked(value["evidence"]),
        evidence_of=value["evidence_of"],
    )


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
