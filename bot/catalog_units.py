"""The catalog's groups, units and names of indicators: from a file's values to frozen ones, and their rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.catalog_values import Catalog, CatalogGroup, CatalogIndicator, CatalogUnit
from models.units import UnitKind, normalize_unit_name


def read_group(entry: dict[str, Any], source: str) -> CatalogGroup:
    """Give a checked entry of ``district_groups`` its form."""
    return CatalogGroup(entry["code"], entry["name"], tuple(entry.get("aliases", ())), source)


def read_indicator(entry: dict[str, Any], source: str) -> CatalogIndicator:
    """Give a checked entry of ``indicators`` its form."""
    aliases, short = tuple(entry.get("aliases", ())), entry.get("short", "")
    return CatalogIndicator(entry["code"], entry["name"], aliases, short, source)


def read_unit(entry: dict[str, Any], source: str) -> CatalogUnit:
    """Give a checked entry of ``units`` its form; a district has its short forms too."""
    kind = UnitKind(entry["kind"])
    short_forms = _district_short_forms(entry["name"]) if kind is UnitKind.DISTRICT else ()
    return CatalogUnit(
        code=entry["code"],
        name=entry["name"],
        kind=kind,
        parent=entry.get("parent"),
        district_group=entry.get("district_group"),
        budget_division=entry.get("budget_division"),
        aliases=tuple(dict.fromkeys((*short_forms, *entry.get("aliases", ())))),
        source=source,
    )


def _district_short_forms(name: str) -> tuple[str, ...]:
    bare = name.removeprefix("สำนักงานเขต")
    return (bare, f"เขต{bare}", f"สนข.{bare}", f"สนง.เขต{bare}")


def rule_faults(catalog: Catalog, known_units: Collection[str]) -> Iterator[str]:
    """Find what is wrong across groups, units and names of indicators, as ``file:line: …``."""
    yield from _name_faults(catalog.groups, str.casefold)
    yield from _name_faults(catalog.units, normalize_unit_name)
    yield from _name_faults(catalog.indicators, str.casefold)
    groups = {group.code for group in catalog.groups}
    units = {unit.code: unit for unit in catalog.units}
    for unit in catalog.units:
        yield from (f"{unit.source}: {unit.code}: {fault}" for fault in _unit_faults(unit, units, groups, known_units))


def _name_faults(
    entries: Sequence[CatalogGroup] | Sequence[CatalogUnit] | Sequence[CatalogIndicator], key_of: Callable[[str], str]
) -> Iterator[str]:
    """Find codes, names and aliases by which more than one entry could be meant."""
    owners: dict[str, CatalogGroup | CatalogUnit | CatalogIndicator] = {}
    for entry in entries:
        for text in (entry.code, entry.name, *entry.aliases):
            key = key_of(text)
            owner = owners.setdefault(key, entry)
            if not key:
                yield f"{entry.source}: {entry.code}: {text} has no letter or digit to be known by"
            elif owner is not entry:
                yield f"{entry.source}: {entry.code}: {text} already stands for {owner.code} at {owner.source}"


def _unit_faults(
    unit: CatalogUnit, units: Mapping[str, CatalogUnit], groups: Collection[str], known_units: Collection[str]
) -> Iterator[str]:
    if unit.kind is UnitKind.DISTRICT:
        yield from _district_faults(unit, groups)
    elif unit.district_group:
        yield "only districts belong to a district group; take district_group out"
    if unit.kind in (UnitKind.DEPARTMENT, UnitKind.DISTRICT):
        if unit.parent:
            yield f"a {unit.kind.value} has no parent; take parent out"
    elif not unit.parent:
        yield "an office or section needs a parent, the code of the unit above"
    elif unit.parent not in units and unit.parent not in known_units:
        yield f"there is no unit {unit.parent} to be its parent"
    elif _stands_above_itself(unit, units):
        yield "its parents lead back to itself"


def _district_faults(unit: CatalogUnit, groups: Collection[str]) -> Iterator[str]:
    if not unit.name.startswith("สำนักงานเขต"):
        yield "a district's name begins with สำนักงานเขต"
    if not unit.district_group:
        yield "a district needs its district_group"
    elif unit.district_group not in groups:
        yield f"there is no district group {unit.district_group}"


def _stands_above_itself(unit: CatalogUnit, units: Mapping[str, CatalogUnit]) -> bool:
    above: CatalogUnit | None = unit
    for _ in units:
        above = units.get(above.parent or "") if above else None
        if above is unit:
            return True
    return False
