"""The catalog's definitions of indicators in one fiscal year: from a file's values to frozen ones, and their rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.catalog_files import CatalogFile, Route, check, nearest
from bot.catalog_schema import kind_schema, measure_schema
from bot.catalog_values import CatalogDefinition, OwnShare
from models.indicator_definitions import default_plan, in_fiscal_order
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
from models.measures.base import Measure

HIGHEST_TARGETS = {TargetIn.PERCENT: Decimal(100), TargetIn.LEVEL: Decimal(5)}

Fault = tuple[Route, str]
"""What is wrong, and where in the entry."""


@dataclass(frozen=True)
class Surroundings:
    """What definitions may refer to: codes of units, indicators' code to name, and the ways of measuring."""

    units: frozenset[str]
    indicators: Mapping[str, str]
    measures: Mapping[str, type[Measure]]


def check_definitions(file: CatalogFile, measures: Mapping[str, type[Measure]]) -> None:
    """Hold the measures of a file that is in order otherwise against their own schemas, and note their faults."""
    if file.faults:
        return
    if ("fiscal_year" in file.value) != ("definitions" in file.value):
        missing = "fiscal_year" if "definitions" in file.value else "definitions"
        file.faults.append((1, f"{missing} is missing; definitions stand below the fiscal_year they are of"))
    for index in range(len(file.value.get("definitions", ()))):
        _check_measure(file, ("definitions", index, "measure"), measures)


def _check_measure(file: CatalogFile, route: Route, measures: Mapping[str, type[Measure]]) -> None:
    before = len(file.faults)
    check(file, route, kind_schema(measures))
    if len(file.faults) == before:
        check(file, route, measure_schema(measures[file.at(route)["kind"]]))


def read_definitions(files: Sequence[CatalogFile], around: Surroundings) -> tuple[CatalogDefinition, ...]:
    """Give the definitions of files that keep to the schema; what breaks a rule is noted in ``CatalogFile.faults``."""
    found: list[CatalogDefinition] = []
    for file in files:
        for index, entry in enumerate(file.value.get("definitions", ())):
            definition, faults = _read(entry, file.value["fiscal_year"], file.where("definitions", index), around)
            found.append(definition)
            _note(file, index, faults)
    _note_across(files, found)
    return tuple(found)


def _note(file: CatalogFile, index: int, faults: Sequence[Fault]) -> None:
    code = file.value["definitions"][index]["code"]
    file.faults += [(file.line(("definitions", index, *route)), f"{code}: {text}") for route, text in faults]


def _read(
    entry: Mapping[str, Any], fiscal_year: int, source: str, around: Surroundings
) -> tuple[CatalogDefinition, list[Fault]]:
    shares = _shares(entry)
    plan = {int(month): _decimal(percent) for month, percent in entry.get("plan", {}).items()}
    by_steps, faults = _plan_by_steps(entry["measure"], around.measures)
    definition = Definition(
        code=entry["code"],
        fiscal_year=fiscal_year,
        name=entry.get("name") or around.indicators.get(entry["code"], ""),
        host=entry["host"],
        target=_target(entry),
        measure=entry["measure"],
        kind=SuccessKind(entry["kind"]),
        supports=entry.get("supports", {}),
        definition=entry.get("definition", ""),
        formula=entry.get("formula", ""),
        reporting=_reporting(entry.get("reporting", {})),
        plan=in_fiscal_order(by_steps or plan),
        channel=entry.get("channel", ""),
        follow_up=tuple(entry.get("follow_up", ())),
        weight=_decimal(entry["weight"]) if "weight" in entry else None,
        budget=_decimal(entry["budget"]) if "budget" in entry else None,
    )
    if by_steps and plan:
        faults.append((("plan",), "the plan already follows from the months of the steps; take plan out"))
    faults += [*_reference_faults(entry, around), *_share_faults(entry), *_own_faults(definition, plan)]
    return CatalogDefinition(definition, shares, source), faults


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))


def _target(entry: Mapping[str, Any]) -> Target:
    measured_in = TargetIn(entry.get("target_in", TargetIn.PERCENT))
    return Target(_decimal(entry["target"]), measured_in, Direction(entry.get("direction", Direction.HIGHER)))


def _reporting(entry: Mapping[str, Any]) -> Reporting:
    usual = Reporting()
    return Reporting(
        frequency=Frequency(entry.get("frequency", usual.frequency)),
        due_day=entry.get("due_day", usual.due_day),
        by=ReportedBy(entry.get("by", usual.by)),
        source=entry.get("source", usual.source),
        evidence=EvidenceAsked(entry.get("evidence", usual.evidence)),
        evidence_of=entry.get("evidence_of", usual.evidence_of),
    )


def _shares(entry: Mapping[str, Any]) -> dict[str, OwnShare]:
    units = entry.get("units") or [{"unit": entry["host"]}]
    return {share["unit"]: (_amount(share, "denominator"), _amount(share, "target")) for share in units}


def _amount(share: Mapping[str, Any], key: str) -> Decimal | None:
    return _decimal(share[key]) if key in share else None


def _plan_by_steps(
    spec: Mapping[str, Any], measures: Mapping[str, type[Measure]]
) -> tuple[dict[int, Decimal], list[Fault]]:
    own = {name: value for name, value in spec.items() if name != "kind"}
    try:
        return default_plan(measures[spec["kind"]].read(own)), []
    except ValueError as error:
        return {}, [(("measure",), f"measure {spec['kind']}: {error}")]


def _reference_faults(entry: Mapping[str, Any], around: Surroundings) -> Iterator[Fault]:
    code, host = entry["code"], entry["host"]
    if code not in around.indicators:
        yield ("code",), f"there is no indicator {code}; {nearest(code, around.indicators)}name it in indicators.yaml"
    if host not in around.units:
        yield ("host",), f"there is no unit {host} to be its host; {nearest(host, around.units)}".rstrip("; ")
    for index, share in enumerate(entry.get("units", ())):
        if share["unit"] not in around.units:
            text = f"there is no unit {share['unit']} to report; {nearest(share['unit'], around.units)}"
            yield ("units", index), text.rstrip("; ")


def _share_faults(entry: Mapping[str, Any]) -> Iterator[Fault]:
    seen = set()
    for index, share in enumerate(entry.get("units", ())):
        if share["unit"] in seen:
            yield ("units", index), f"{share['unit']} is among units twice; keep one"
        seen.add(share["unit"])
        if share.get("target", 0) > share.get("denominator", share.get("target", 0)):
            text = f"{share['unit']} should reach {share['target']}, which is more than all its {share['denominator']}"
            yield ("units", index), text


def _own_faults(definition: Definition, plan: Mapping[int, Decimal]) -> Iterator[Fault]:
    target, reporting = definition.target, definition.reporting
    highest = HIGHEST_TARGETS.get(target.measured_in, target.value)
    if target.value > highest:
        yield ("target",), f"target cannot be {target.value}; a {target.measured_in} goes up to {highest}"
    if (reporting.by is ReportedBy.MACHINE) != bool(reporting.source):
        yield ("reporting",), "source says what a machine counts; by: machine and source go together"
    if reporting.evidence_of and reporting.evidence is EvidenceAsked.NONE:
        yield ("reporting",), "evidence_of is given, but no evidence is asked for; add evidence: asked or required"
    reached = Decimal(0)
    for month, percent in in_fiscal_order(plan).items():
        if percent < reached:
            text = f"plan falls from {reached} to {percent} in {month:02}; it says what should be reached by then"
            yield ("plan", f"{month:02}"), text
        reached = percent


def _note_across(files: Sequence[CatalogFile], found: Sequence[CatalogDefinition]) -> None:
    """Note definitions given twice, and composites of what is not there."""
    first: dict[tuple[int, str], CatalogDefinition] = {}
    for entry in found:
        first.setdefault(_key(entry.definition), entry)
    entries = iter(found)
    for file in files:
        for index in range(len(file.value.get("definitions", ()))):
            entry = next(entries)
            earlier = first[_key(entry.definition)]
            if earlier is not entry:
                year = entry.definition.fiscal_year
                _note(file, index, [((), f"is already defined for {year} at {earlier.source}; keep one")])
            _note(file, index, list(_part_faults(entry.definition, first)))


def _key(definition: Definition) -> tuple[int, str]:
    return definition.fiscal_year, definition.code


def _part_faults(definition: Definition, known: Mapping[tuple[int, str], CatalogDefinition]) -> Iterator[Fault]:
    year = definition.fiscal_year
    for index, code in _indicators_within(definition):
        route = ("measure", "parts", index, "indicator")
        if (year, code) not in known:
            in_year = [other for fiscal_year, other in known if fiscal_year == year]
            yield route, f"there is no indicator {code} in {year}; {nearest(code, in_year)}".rstrip("; ")
        elif _leads_to(code, definition, known):
            yield route, f"{code} leads back to {definition.code}; an indicator cannot be part of itself"


def _indicators_within(definition: Definition) -> Iterator[tuple[int, str]]:
    parts: Any = definition.measure.get("parts", ())
    return ((index, part["indicator"]) for index, part in enumerate(parts) if "indicator" in part)


def _leads_to(code: str, wanted: Definition, known: Mapping[tuple[int, str], CatalogDefinition]) -> bool:
    """Tell whether an indicator is another one, or is made of it through any number of composites."""
    waiting, seen = [code], set()
    while waiting:
        code = waiting.pop()
        if code == wanted.code:
            return True
        entry = known.get((wanted.fiscal_year, code))
        if entry and code not in seen:
            seen.add(code)
            waiting += [within for _, within in _indicators_within(entry.definition)]
    return False
