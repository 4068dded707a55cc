"""The catalog: units, the names of indicators and their definitions by fiscal year, kept as YAML in the repository.

Reading and loading are apart: ``read_catalog`` checks every file and gives frozen values or all the errors at once;
``load_catalog`` brings the tables in line with them inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.catalog_definitions import Surroundings, check_definitions, read_definitions
from bot.catalog_files import CatalogError, CatalogFile, raise_if_any, read_catalog_file
from bot.catalog_loading import load_catalog
from bot.catalog_schema import CATALOG_SCHEMA
from bot.catalog_units import read_group, read_indicator, read_unit, rule_faults
from bot.catalog_values import (
    Catalog,
    CatalogChange,
    CatalogDefinition,
    CatalogGroup,
    CatalogIndicator,
    CatalogUnit,
    OwnShare,
)
from models.measures import MEASURES
from models.measures.base import Measure

__all__ = [
    "Catalog",
    "CatalogChange",
    "CatalogDefinition",
    "CatalogError",
    "CatalogGroup",
    "CatalogIndicator",
    "CatalogUnit",
    "OwnShare",
    "load_catalog",
    "read_catalog",
    "shipped_catalog_paths",
    "shipped_word_paths",
]

_NONE: Mapping[str, str] = MappingProxyType({})


def shipped_catalog_paths() -> list[Path]:
    """List the YAML files of the checkout's ``catalog`` directory, by name; empty when there is no checkout."""
    return sorted((Path(__file__).resolve().parent.parent / "catalog").glob("*.yaml"))


def shipped_word_paths() -> list[Path]:
    """Those of them that say what things are called, without the definitions by fiscal year."""
    return [path for path in shipped_catalog_paths() if not path.name.startswith("fy")]


def read_catalog(
    paths: Sequence[Path],
    *,
    known_units: Collection[str] = (),
    known_indicators: Mapping[str, str] = _NONE,
    measures: Mapping[str, type[Measure]] = MEASURES,
) -> Catalog:
    """Read and check the files together; they may refer to each other.

    Args:
        paths: YAML files; one named twice is read once.
        known_units: codes that may be parents, hosts or supporting units although no file has them, such as those in
            the database.
        known_indicators: code to name of indicators that may be defined although no file names them.
        measures: the ways of measuring, by the kind that the files name.

    Raises:
        CatalogError: with every fault found, each with its file and line; rules across entries are only looked at
            when every file is in order by itself.
    """
    if not paths:
        raise CatalogError(["there is no catalog file to read; name one"])
    files = [read_catalog_file(path, CATALOG_SCHEMA) for path in _once(paths)]
    for file in files:
        check_definitions(file, measures)
    raise_if_any(message for file in files for message in file.messages())
    catalog = _units_and_names(files)
    names = {**known_indicators, **{indicator.code: indicator.name for indicator in catalog.indicators}}
    units = frozenset(known_units) | {unit.code for unit in catalog.units}
    definitions = read_definitions(files, Surroundings(units, names, measures))
    faults = [*rule_faults(catalog, known_units), *(message for file in files for message in file.messages())]
    raise_if_any(faults)
    return Catalog(catalog.groups, catalog.units, catalog.indicators, definitions)


def _once(paths: Sequence[Path]) -> list[Path]:
    return list({path.resolve(): path for path in reversed(paths)}.values())[::-1]


def _units_and_names(files: Sequence[CatalogFile]) -> Catalog:
    return Catalog(
        tuple(read_group(entry, source) for entry, source in _entries(files, "district_groups")),
        tuple(read_unit(entry, source) for entry, source in _entries(files, "units")),
        tuple(read_indicator(entry, source) for entry, source in _entries(files, "indicators")),
    )


def _entries(files: Sequence[CatalogFile], section: str) -> Iterator[tuple[dict[str, Any], str]]:
    for file in files:
        for index, entry in enumerate(file.value.get(section, ())):
            yield entry, file.where(section, index)
