"""Which intent is how likely, by weights learnt from labelled utterances: multinomial logistic regression.

It weighs two kinds of evidence: the signs that the rules noticed (a slot, a cue, one of ``intents.COMBINED``), and the
runs of characters in the outline of the sentence. ``python -m tests.understanding.train`` learns the weights anew and
writes them; understanding itself only adds them up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import Any

from bot.understanding.outlines import runs_of, weight_of_a_run

WEIGHTS = Path(__file__).with_name("weights.json")
SCALE = 100
"""Weights are kept as whole hundredths."""


class Classifier:
    """Weights ready to be added up.

    Args:
        learnt: ``intents``: their names in order; ``bias``: a number for each; ``signs`` and ``runs``: for each the
            places of intents and what it counts for them, in turns: ``[0, 123, 7, -40]``. Numbers are hundredths.
    """

    def __init__(self, learnt: Mapping[str, Any]) -> None:
        self.intents: tuple[str, ...] = tuple(learnt["intents"])
        self._bias: Sequence[int] = learnt["bias"]
        self._signs = {sign: _pairs(row) for sign, row in learnt["signs"].items()}
        self._runs = {run: _pairs(row) for run, row in learnt["runs"].items()}

    @property
    def signs(self) -> AbstractSet[str]:
        """The signs that count for something."""
        return self._signs.keys()

    def log_odds(self, signs: AbstractSet[str], outline: str) -> list[float]:
        """Return the log-odds of every intent, in the order of ``intents``, up to one number common to all."""
        runs = runs_of(outline)
        by_runs = _sum(self._runs, runs, [0] * len(self.intents))
        by_signs = _sum(self._signs, signs, list(self._bias))
        share = weight_of_a_run(runs)
        return [(share * run + sign) / SCALE for run, sign in zip(by_runs, by_signs, strict=True)]


@cache
def shipped_classifier() -> Classifier:
    """The weights that come with the product, read once."""
    return Classifier(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def _pairs(row: Sequence[int]) -> tuple[tuple[int, int], ...]:
    return tuple(zip(row[::2], row[1::2], strict=True))


def _sum(weights: Mapping[str, Sequence[tuple[int, int]]], noticed: AbstractSet[str], summed: list[int]) -> list[int]:
    for each in noticed:
        for place, weight in weights.get(each, ()):
            summed[place] += weight
    return summed
