"""The ways of measuring: one module each, found by the ``kind`` that the catalog names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from models.measures.base import Measure, RestsOnOthers
from models.measures.composite import Composite
from models.measures.plain import PLAIN
from models.measures.reading import read_from, schema_of

__all__ = ["MEASURES", "Measure", "RestsOnOthers", "measure_schema", "read_measure"]

MEASURES: Mapping[str, type[Measure]] = MappingProxyType({**PLAIN, Composite.KIND: Composite})
"""Name in the catalog to way of measuring; one that a composite's part may use, too, is listed in ``PLAIN``."""


def measure_schema() -> dict[str, Any]:
    """The JSON schema of a catalog entry's ``measure``: its ``kind`` and what that kind needs, nothing else."""
    return schema_of(MEASURES)


def read_measure(spec: Mapping[str, Any]) -> Measure:
    """The measure that a catalog entry describes.

    Raises:
        ValueError: there is no such way of measuring, or what it says cannot be.
    """
    return read_from(MEASURES, spec)
