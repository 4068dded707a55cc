"""What a text is like: naive Bayes over the characters of utterances of which the meaning is known.

It knows nothing of letters or indicators, only which runs of one to three characters people used for what. So it errs
in other places than the rules: it was never told a reason, but has heard how people talk.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

LONGEST_RUN = 3
HEARD_CHARACTERS = 300
"""How much of a text is listened to; the longest example has fewer."""
SMOOTHING = 0.01
"""What a run counts for an intent that was never told with it; one that is heard counts some 0.1. Of 0.001 to 0.1 this
told most of files that nothing was learnt from."""


class Likeness:
    """Counts its examples once; a text then takes time in proportion to its length."""

    def __init__(self, examples: Iterable[tuple[str, str]]) -> None:
        """Learn from pairs of a normalised text and its intent; from none, nothing is like anything."""
        heard = [(_runs(text), intent) for text, intent in examples]
        texts_with = Counter(run for runs, _ in heard for run in runs)
        self._rarity = {run: 1 + math.log((1 + len(heard)) / (1 + count)) for run, count in texts_with.items()}
        told: dict[str, Counter[str]] = defaultdict(Counter)
        for runs, intent in heard:
            for run, weight in self._weights(runs):
                told[intent][run] += weight  # type: ignore[assignment]  # a Counter of fractions
        said = Counter(intent for _, intent in heard)
        self._prior = {intent: math.log(count / len(heard)) for intent, count in said.items()}
        self._unheard = {
            intent: math.log(SMOOTHING / (weights.total() + SMOOTHING * len(self._rarity)))
            for intent, weights in told.items()
        }
        self._more: dict[str, list[tuple[str, float]]] = {run: [] for run in self._rarity}
        for intent, weights in told.items():
            for run, weight in weights.items():
                self._more[run].append((intent, math.log((weight + SMOOTHING) / SMOOTHING)))

    def shares(self, text: str) -> Mapping[str, float]:
        """Return every intent of the examples with its share (0 to 1) in what a normalised text is like."""
        weights = self._weights(_runs(text))
        whole = sum(weight for _, weight in weights)
        summed = {intent: prior + whole * self._unheard.get(intent, 0.0) for intent, prior in self._prior.items()}
        for run, weight in weights:
            for intent, more in self._more[run]:
                summed[intent] += weight * more
        top = max(summed.values(), default=0.0)
        raised = {intent: math.exp(each - top) for intent, each in summed.items()}
        total = sum(raised.values())
        return MappingProxyType({intent: each / total for intent, each in raised.items()})

    def _weights(self, runs: Counter[str]) -> list[tuple[str, float]]:
        """Weigh runs by how rare they are; long texts count as much as short ones, and runs never heard not at all."""
        rarity = self._rarity
        weights = [(run, (1 + math.log(times)) * rarity[run]) for run, times in runs.items() if run in rarity]
        length = math.sqrt(sum(weight * weight for _, weight in weights)) or 1.0
        return [(run, weight / length) for run, weight in weights]


def _runs(text: str) -> Counter[str]:
    """Count them; how a text begins and how it ends are runs of their own, and all digits are one."""
    line = "".join("0" if character.isdigit() else character for character in f"^{text[:HEARD_CHARACTERS]}$")
    runs: Counter[str] = Counter(line)
    for length in range(2, LONGEST_RUN + 1):
        runs.update([line[place : place + length] for place in range(len(line) - length + 1)])
    return runs
