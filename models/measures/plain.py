"""The ways of measuring that rest on nothing but figures; a part of a composite may be any of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.measures.banded import Banded
from models.measures.base import Measure
from models.measures.count import Count
from models.measures.milestones import Milestones
from models.measures.monthly_mean import MonthlyMean
from models.measures.pass_count import PassCount
from models.measures.ratio import Ratio
from models.measures.weighted_steps import WeightedSteps

_ALL: tuple[type[Measure], ...] = (Banded, Count, Milestones, MonthlyMean, PassCount, Ratio, WeightedSteps)

PLAIN: Mapping[str, type[Measure]] = MappingProxyType({measure.KIND: measure for measure in _ALL})
"""Name in the catalog to way of measuring."""
