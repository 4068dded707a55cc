"""What a catalog holds, as frozen values: groups of districts, units, names of indicators, definitions by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from models.indicator_terms import Definition
from models.indicator_years import DefinitionChange
from models.units import UnitKind

OwnShare = tuple[Decimal | None, Decimal | None]
"""A unit's own denominator and target."""


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
    """An indicator's code and names over the years; ``short`` is for cards, empty where the catalog gives none."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    short: str = ""
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class CatalogDefinition:
    """An indicator in one fiscal year.

    Attributes:
        definition: what it is and how it is measured; the plan by month also where it follows from the steps.
        shares: code of each unit that reports to its own denominator and target, None where it has none. The host
            alone where the file names no units.
        source: ``file:line``.
    """

    definition: Definition
    shares: Mapping[str, OwnShare]
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class Catalog:
    """All that was read, each kind in the order of the files."""

    groups: tuple[CatalogGroup, ...] = ()
    units: tuple[CatalogUnit, ...] = ()
    indicators: tuple[CatalogIndicator, ...] = ()
    definitions: tuple[CatalogDefinition, ...] = ()


@dataclass(frozen=True)
class CatalogChange:
    """How many units a loading added, changed and found as they should be; ``indicators`` says so of definitions."""

    added: int
    updated: int
    unchanged: int
    indicators: DefinitionChange = field(default_factory=lambda: DefinitionChange(0, 0, 0))
