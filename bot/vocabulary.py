"""The catalog's words as understanding wants them: units, groups and indicators with everything people call them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.catalog import Catalog, CatalogIndicator, CatalogUnit, read_catalog, shipped_word_paths
from bot.understanding.types import IndicatorName, UnitName, Vocabulary
from models.indicator_names import list_names
from models.units import Unit, UnitAlias


def vocabulary_from_catalog(catalog: Catalog) -> Vocabulary:
    """Give the words of a catalog as read from its files, in their order; needs no database."""
    units = tuple(_unit_name(unit) for unit in catalog.units)
    return Vocabulary(units, _groups(catalog), _indicators(catalog))


def vocabulary_from_database(session: Session, words: Catalog | None = None) -> Vocabulary:
    """Give units and indicators as the database has them; groups, which have no table, from ``words``.

    Where the database has no indicator they are those of ``words``, too. Reads whole tables and, without ``words``,
    the shipped files: call it once and keep the value until the catalog is loaded again.

    Raises:
        CatalogError: without ``words``, when the shipped files cannot be read.
    """
    words = words or read_catalog(shipped_word_paths())
    aliases: dict[int, list[str]] = {}
    for row in session.scalars(select(UnitAlias).order_by(UnitAlias.id)):
        aliases.setdefault(row.unit_id, []).append(row.alias)
    units = session.scalars(select(Unit).order_by(Unit.id))
    names = tuple(UnitName(unit.name, tuple(aliases.get(unit.id, ())), unit.district_group) for unit in units)
    stored = tuple(IndicatorName(one.code, (one.name, *one.aliases)) for one in list_names(session))
    return Vocabulary(names, _groups(words), stored or _indicators(words))


def _unit_name(unit: CatalogUnit) -> UnitName:
    return UnitName(unit.name, unit.aliases, unit.district_group)


def _groups(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({group.code: (group.name, *group.aliases) for group in catalog.groups})


def _indicators(catalog: Catalog) -> tuple[IndicatorName, ...]:
    return tuple(_indicator_name(indicator) for indicator in catalog.indicators)


def _indicator_name(indicator: CatalogIndicator) -> IndicatorName:
    return IndicatorName(indicator.code, (indicator.name, *indicator.aliases))
