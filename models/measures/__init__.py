"""The ways of measuring: one module each, found by the ``kind`` that the catalog names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from models.measures.base import Measure

MEASURES: Mapping[str, type[Measure]] = MappingProxyType({})
"""Name in the catalog to way of measuring."""


def read_measure(spec: Mapping[str, Any]) -> Measure:
    """The measure that a catalog entry describes.

    Raises:
        ValueError: there is no such way of measuring, or what it says cannot be.
    """
    kind = str(spec.get("kind", ""))
    if kind not in MEASURES:
        raise ValueError(f"there is no measure {kind}; known are {', '.join(sorted(MEASURES))}")
    return MEASURES[kind].read({name: value for name, value in spec.items() if name != "kind"})
