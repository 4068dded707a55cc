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
        self._signs: Mapping[str, Sequence[int]] = learnt["signs"]
        self._runs: Mapping[str, Sequence[int]] = learnt["runs"]

    @property
    def signs(self) -> AbstractSet[str]:
        """The signs that count for something."""
        return self._signs.keys()

    def log_odds(self, signs: AbstractSet[str], outline: str) -> list[float]:
        """Return the log-odds of every intent, in the order of ``intents``, up to one number common to all."""
        runs = runs_of(outline)
        summed = [0] * len(self.intents)
        for run in runs:
            _add(summed, self._runs.get(run, ()))
        share = weight_of_a_run(runs)
        of_signs = list(self._bias)
        for sign in signs:
            _add(of_signs, self._signs.get(sign, ()))
        return [(share * by_runs + by_signs) / SCALE for by_runs, by_signs in zip(summed, of_signs, strict=True)]


@cache
def shipped_classifier() -> Classifier:
    """The weights that come with the product, read once."""
    return Classifier(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def _add(summed: list[int], weights: Sequence[int]) -> None:
    for place in range(0, len(weights), 2):
        summed[weights[place]] += weights[place + 1]
