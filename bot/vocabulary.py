"""The catalog's words as understanding wants them: units, groups and indicators with everything people call them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.catalog import Catalog, CatalogIndicator, CatalogUnit, read_catalog, shipped_catalog_paths
from bot.understanding.types import IndicatorName, UnitName, Vocabulary
from models.units import Unit, UnitAlias

EXAMPLES = Path(__file__).resolve().parent.parent / "catalog" / "examples.tsv"
"""What people said and the intent they meant; written by ``python -m tests.understanding.calibrate --write``."""


def read_examples(path: Path = EXAMPLES) -> tuple[tuple[str, str], ...]:
    """Give utterances with their intents in the file's order; none where there is no checkout."""
    if not path.exists():
        return ()
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").split("\n") if line)
    return tuple((text, intent) for intent, text in rows)


def vocabulary_from_catalog(catalog: Catalog) -> Vocabulary:
    """Give the words of a catalog as read from its files, in their order; needs no database."""
    units = tuple(_unit_name(unit) for unit in catalog.units)
    return Vocabulary(units, _groups(catalog), _indicators(catalog), read_examples())


def vocabulary_from_database(session: Session, words: Catalog | None = None) -> Vocabulary:
    """Give the units as the database has them; groups and indicators, which have no table of names, from ``words``.

    Reads the whole table and, without ``words``, the shipped files: call it once and keep the value until the
    catalog is loaded again.

    Raises:
        CatalogError: without ``words``, when the shipped files cannot be read.
    """
    words = words or read_catalog(shipped_catalog_paths())
    aliases: dict[int, list[str]] = {}
    for row in session.scalars(select(UnitAlias).order_by(UnitAlias.id)):
        aliases.setdefault(row.unit_id, []).append(row.alias)
    units = session.scalars(select(Unit).order_by(Unit.id))
    names = tuple(UnitName(unit.name, tuple(aliases.get(unit.id, ())), unit.district_group) for unit in units)
    return Vocabulary(names, _groups(words), _indicators(words), read_examples())


def _unit_name(unit: CatalogUnit) -> UnitName:
    return UnitName(unit.name, unit.aliases, unit.district_group)


def _groups(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({group.code: (group.name, *group.aliases) for group in catalog.groups})


def _indicators(catalog: Catalog) -> tuple[IndicatorName, ...]:
    return tuple(_indicator_name(indicator) for indicator in catalog.indicators)


def _indicator_name(indicator: CatalogIndicator) -> IndicatorName:
    return IndicatorName(indicator.code, (indicator.name, *indicator.aliases))
