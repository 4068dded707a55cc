"""The catalog: units and the names of indicators, kept as YAML in the repository and loaded into the database.

Reading and loading are apart: ``read_catalog`` checks every file and gives frozen values or all the errors at once;
``load_catalog`` brings the tables in line with them inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.catalog_files import CatalogError, CatalogFile, read_catalog_file
from models.units import Unit, UnitAlias, UnitKind, normalize_unit_name

__all__ = [
    "Catalog",
    "CatalogChange",
    "CatalogError",
    "CatalogGroup",
    "CatalogIndicator",
    "CatalogUnit",
    "load_catalog",
    "read_catalog",
    "shipped_catalog_paths",
]


@dataclass(frozen=True)
class CatalogGroup:
    """A group of districts (กลุ่มเขต), ``code`` such as ``กท.กลาง``."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class CatalogUnit:
    """A unit; ``parent`` is a unit's code, ``source`` the ``file:line`` it stands at. Aliases hold no double."""

    code: str
    name: str
    kind: UnitKind
    parent: str | None = None
    district_group: str | None = None
    budget_division: int | None = None
    aliases: tuple[str, ...] = ()
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class CatalogIndicator:
    """An indicator's code and names, without its way of measuring."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class Catalog:
    """All that was read, each kind in the order of the files."""

    groups: tuple[CatalogGroup, ...] = ()
    units: tuple[CatalogUnit, ...] = ()
    indicators: tuple[CatalogIndicator, ...] = ()


@dataclass(frozen=True)
class CatalogChange:
    """How many units a loading added, changed and found as they should be."""

    added: int
    updated: int
    unchanged: int


_NAME = {"type": "string", "minLength": 1, "maxLength": 200}
_ALIASES = {"type": "array", "items": _NAME, "uniqueItems": True}
_CODE = {
    "type": "string",
    "pattern": "^[A-Z0-9]+(-[A-Z0-9]+)*$",
    "maxLength": 64,
    "description": "a code is capital letters, digits and single dashes",
}
_GROUP_CODE = {"type": "string", "minLength": 1, "maxLength": 32}


def _list_of(properties: Mapping[str, Any], required: Sequence[str]) -> dict[str, Any]:
    entry = {"type": "object", "additionalProperties": False, "required": [*required], "properties": {**properties}}
    return {"type": "array", "items": entry}


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
                "kind": {"type": "string", "enum": [kind.value for kind in UnitKind]},
                "parent": _CODE,
                "district_group": _GROUP_CODE,
                "budget_division": {"type": "integer", "minimum": 1, "maximum": 6},
                "aliases": _ALIASES,
            },
            ["code", "name", "kind"],
        ),
        "indicators": _list_of({"code": _CODE, "name": _NAME, "aliases": _ALIASES}, ["code", "name"]),
    },
}


def shipped_catalog_paths() -> list[Path]:
    """List the YAML files of the checkout's ``catalog`` directory, by name; empty when there is no checkout."""
    return sorted((Path(__file__).resolve().parent.parent / "catalog").glob("*.yaml"))


def read_catalog(paths: Sequence[Path], *, known_units: Collection[str] = ()) -> Catalog:
    """Read and check the files together; they may refer to each other.

    Args:
        paths: YAML files; one named twice is read once.
        known_units: codes that may be parents although no file has them, such as those in the database.

    Raises:
        CatalogError: with every fault found, each with its file and line; rules across entries are only looked at
            when every file is in order by itself.
    """
    if not paths:
        raise CatalogError(["there is no catalog file to read; name one"])
    files = [read_catalog_file(path, CATALOG_SCHEMA) for path in _once(paths)]
    _raise_if_any(message for file in files for message in file.messages())
    catalog = Catalog(
        tuple(_group(entry, source) for entry, source in _entries(files, "district_groups")),
        tuple(_unit(entry, source) for entry, source in _entries(files, "units")),
        tuple(_indicator(entry, source) for entry, source in _entries(files, "indicators")),
    )
    _raise_if_any(_rule_faults(catalog, frozenset(known_units)))
    return catalog


def _once(paths: Sequence[Path]) -> list[Path]:
    return list({path.resolve(): path for path in reversed(paths)}.values())[::-1]


def _raise_if_any(messages: Iterable[str]) -> None:
    found = list(messages)
    if found:
        raise CatalogError(found)


def _entries(files: Sequence[CatalogFile], section: str) -> Iterator[tuple[dict[str, Any], str]]:
    for file in files:
        for index, entry in enumerate(file.value.get(section, ())):
            yield entry, file.where(section, index)


def _group(entry: dict[str, Any], source: str) -> CatalogGroup:
    return CatalogGroup(entry["code"], entry["name"], tuple(entry.get("aliases", ())), source)


def _indicator(entry: dict[str, Any], source: str) -> CatalogIndicator:
    return CatalogIndicator(entry["code"], entry["name"], tuple(entry.get("aliases", ())), source)


def _unit(entry: dict[str, Any], source: str) -> CatalogUnit:
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


def _rule_faults(catalog: Catalog, known_units: frozenset[str]) -> Iterator[str]:
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


def load_catalog(session: Session, catalog: Catalog) -> CatalogChange:
    """Bring the unit tables in line with the catalog, by code; flushes, and leaves the commit to the caller.

    Units of the catalog get exactly its aliases, also where another unit held one before. Units that the catalog does
    not name stay as they are. Loading the same catalog again changes nothing.

    Raises:
        CatalogError: a name in the catalog belongs to a unit in the database that the catalog does not name, or a
            parent is in neither. Nothing has been changed then.
    """
    stored = {unit.code: unit for unit in session.scalars(select(Unit))}
    rows = list(session.scalars(select(UnitAlias)))
    _raise_if_any(_clashes(catalog, stored))
    before = _stored_states(stored.values(), rows)
    changed = [unit for unit in catalog.units if before.get(unit.code) != _state(unit)]
    kept = _drop_aliases(session, catalog, {unit.id: unit.code for unit in stored.values()}, rows)
    _store_units(session, changed, stored)
    for unit in changed:
        stored[unit.code].parent_id = stored[unit.parent].id if unit.parent else None
        session.add_all(
            UnitAlias(unit_id=stored[unit.code].id, alias=text) for text in unit.aliases if text not in kept
        )
    session.flush()
    added = sum(unit.code not in before for unit in changed)
    return CatalogChange(added, len(changed) - added, len(catalog.units) - len(changed))


def _clashes(catalog: Catalog, stored: Mapping[str, Unit]) -> Iterator[str]:
    in_catalog = {unit.code for unit in catalog.units}
    others = [unit for unit in stored.values() if unit.code not in in_catalog]
    taken = {normalize_unit_name(text): unit.code for unit in others for text in (unit.code, unit.name)}
    for unit in catalog.units:
        for text in (unit.code, unit.name, *unit.aliases):
            if owner := taken.get(normalize_unit_name(text)):
                yield f"{unit.source}: {unit.code}: {text} is the name of unit {owner} in the database; use its code"
        if unit.parent and unit.parent not in in_catalog and unit.parent not in stored:
            yield f"{unit.source}: {unit.code}: there is no unit {unit.parent} to be its parent"


_State = tuple[str, UnitKind, str | None, str | None, int | None, frozenset[str]]


def _state(unit: CatalogUnit) -> _State:
    return (unit.name, unit.kind, unit.parent, unit.district_group, unit.budget_division, frozenset(unit.aliases))


def _stored_states(units: Collection[Unit], rows: Sequence[UnitAlias]) -> dict[str, _State]:
    codes = {unit.id: unit.code for unit in units}
    aliases: dict[int, set[str]] = {unit.id: set() for unit in units}
    for row in rows:
        aliases[row.unit_id].add(row.alias)
    return {
        unit.code: (
            unit.name,
            unit.kind,
            codes.get(unit.parent_id or 0),
            unit.district_group,
            unit.budget_division,
            frozenset(aliases[unit.id]),
        )
        for unit in units
    }


def _drop_aliases(
    session: Session, catalog: Catalog, codes: Mapping[int, str], rows: Sequence[UnitAlias]
) -> frozenset[str]:
    """Delete the aliases the catalog gives to another unit or to none; return those that stay."""
    owners = {normalize_unit_name(text): unit.code for unit in catalog.units for text in (unit.name, *unit.aliases)}
    wanted = {unit.code: frozenset(unit.aliases) for unit in catalog.units}
    kept = set()
    for row in rows:
        code = codes[row.unit_id]
        if row.alias in wanted[code] if code in wanted else normalize_unit_name(row.alias) not in owners:
            kept.add(row.alias)
        else:
            session.delete(row)
    session.flush()  # an alias must leave its old unit before the new one can take it
    return frozenset(kept)


def _store_units(session: Session, changed: Sequence[CatalogUnit], stored: dict[str, Unit]) -> None:
    renamed = [stored[unit.code] for unit in changed if unit.code in stored and stored[unit.code].name != unit.name]
    for row in renamed:
        row.name = f"~{row.code}"
    session.flush()  # names are unique: two units that swap theirs must both let go first
    for unit in changed:
        row = stored.get(unit.code) or Unit(code=unit.code)
        row.name, row.kind = unit.name, unit.kind
        row.district_group, row.budget_division = unit.district_group, unit.budget_division
        stored[unit.code] = row
        session.add(row)
    session.flush()  # parents and aliases need the ids
