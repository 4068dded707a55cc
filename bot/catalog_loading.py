"""The catalog brought into the database: units, what indicators are called, and how they are defined by year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.catalog_files import CatalogError, raise_if_any
from bot.catalog_values import Catalog, CatalogChange, CatalogDefinition, CatalogUnit
from models.errors import Invalid
from models.indicator_names import Called, store_names
from models.indicator_reports import list_reported
from models.indicator_results import store_results
from models.indicator_terms import Share
from models.indicator_years import DefinedIndicator, DefinitionChange, store_definitions
from models.indicators import get_indicator_by_id
from models.units import Unit, UnitAlias, UnitKind, normalize_unit_name


def load_catalog(session: Session, catalog: Catalog, now: datetime) -> CatalogChange:
    """Bring the tables in line with the catalog, by code; flushes, and leaves the commit to the caller.

    Units of the catalog get exactly its aliases, also where another unit held one before. What the catalog does not
    name stays as it is. Loading the same catalog again changes nothing. Where a definition changed, the results of its
    year are computed anew.

    Raises:
        CatalogError: a name in the catalog belongs to a unit in the database that the catalog does not name, a unit
            is in neither, or a definition of a closed year would change. The caller's transaction must not be kept.
    """
    units = load_units(session, catalog)
    store_names(session, [Called(one.code, one.name, one.short, one.aliases) for one in catalog.indicators])
    return replace(units, indicators=_load_definitions(session, catalog.definitions, now))


def _load_definitions(session: Session, read: Sequence[CatalogDefinition], now: datetime) -> DefinitionChange:
    ids = {code: unit_id for unit_id, code in session.execute(select(Unit.id, Unit.code))}
    raise_if_any(_missing_units(read, ids))
    try:
        change = store_definitions(session, [_defined(one, ids) for one in read], now)
    except Invalid as closed:
        where = next(one.source for one in read if _is_of(one, closed.facts))
        year = closed.facts["fiscal_year"]
        raise CatalogError([f"{where}: fiscal year {year} is closed for it; its definition cannot change"]) from closed
    for indicator_year_id in list_reported(session, change.changed_ids):
        store_results(session, get_indicator_by_id(session, indicator_year_id), now)
    return change


def _missing_units(read: Sequence[CatalogDefinition], ids: Mapping[str, int]) -> Iterator[str]:
    for one in read:
        for code in (one.definition.host, *one.shares):
            if code not in ids:
                yield f"{one.source}: {one.definition.code}: there is no unit {code}"


def _defined(one: CatalogDefinition, ids: Mapping[str, int]) -> DefinedIndicator:
    shares = [Share(ids[code], *own) for code, own in one.shares.items()]
    return DefinedIndicator(one.definition, ids[one.definition.host], shares)


def _is_of(one: CatalogDefinition, facts: Mapping[str, object]) -> bool:
    return (one.definition.code, one.definition.fiscal_year) == (facts["code"], facts["fiscal_year"])


def load_units(session: Session, catalog: Catalog) -> CatalogChange:
    """Bring the unit tables in line with the catalog; see ``load_catalog``."""
    stored = {unit.code: unit for unit in session.scalars(select(Unit))}
    rows = list(session.scalars(select(UnitAlias)))
    raise_if_any(_clashes(catalog, stored))
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
