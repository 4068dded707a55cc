"""How likely each meaning is, and how far the likeliest may be believed.

The rules' weights decide where they explain every word of a text. Where they leave some unread, or find nothing in
words, what the text is like has a say too. The likeliest meaning then gets the confidence that meanings with as much
behind them earned when they were held against what was meant; the others get what remains, each the less the further
it is behind.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.intents import UNKNOWN, scores
from bot.understanding.reading import Reading

SAY_OF_LIKENESS = 0.8
"""What a difference in likeness counts for beside one of the rules' weights. Found on files of utterances that neither
the rules nor the likeness had been made from; a little less than was best there, as the rules go on getting better."""
LEAST_LIKENESS = 0.001
"""A meaning that nothing is like is no less likely than this, so that the rules can still be heard."""
USUAL_LIKENESS = 0.99
"""What is taken for granted where there are no examples to be like."""
LONGEST_LEAD = 8.0
WORTH_OF_LEAD = 0.4
"""How much of its log-odds a meaning that comes behind really is behind; the rules' weights are too sure."""


@dataclass(frozen=True)
class Evidence:
    """What stands behind the likeliest meaning.

    Attributes:
        lead: log-odds by which it goes before the next, 0 to ``LONGEST_LEAD``.
        likeness: log-odds that utterances like this one meant it.
        explained: whether every word of the text was.
        unknown: whether it is that nothing is meant.
    """

    lead: float
    likeness: float
    explained: bool
    unknown: bool

    def features(self) -> tuple[float, ...]:
        """Return the numbers that ``COEFFICIENTS`` weigh, in their order."""
        both = self.lead * self.likeness
        return (1.0, self.lead, self.likeness, both, float(self.explained), float(self.unknown))


# Written by `python -m tests.understanding.calibrate`, which tells how.
COEFFICIENTS = (-0.403, 0.422, -0.185, 0.072, 3.452, -0.503)
"""Of nothing, lead, likeness, lead times likeness, explained, unknown."""


def weigh(reading: Reading, likeness: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return every intent that anything speaks for with its confidence (0 to 1), the likeliest first.

    ``unknown`` is always among them and wins a draw.

    Args:
        reading: what was read in the text.
        likeness: shares of what the text is like; empty where nothing was learnt.
    """
    if reading.kind == "empty":
        return [(UNKNOWN, 1.0)]
    weighed = combine(reading, likeness)
    best = confidence_of(evidence_of(reading, weighed, likeness))
    top = weighed[0][1]
    behind = [math.exp(WORTH_OF_LEAD * (weight - top)) for _, weight in weighed[1:]]
    most = min(best, (1 - best) / sum(behind)) if behind else 0.0
    shares = [best, *(most * share for share in behind)]
    return [(intent, round(share, 4)) for (intent, _), share in zip(weighed, shares, strict=True)]


def combine(reading: Reading, likeness: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return every intent that anything speaks for with its weight (log-odds), the likeliest first."""
    weights = scores(reading.signs)
    finds_nothing = reading.kind == "words" and weights[UNKNOWN] == max(weights.values())
    if reading.unread or finds_nothing:
        for intent, share in likeness.items():
            weights[intent] = weights.get(intent, 0.0) + SAY_OF_LIKENESS * math.log(max(share, LEAST_LIKENESS))
    return sorted(weights.items(), key=lambda each: (each[1], each[0] == UNKNOWN), reverse=True)


def evidence_of(reading: Reading, weighed: Sequence[tuple[str, float]], likeness: Mapping[str, float]) -> Evidence:
    """Return what stands behind the first of what ``combine`` returned."""
    best, top = weighed[0]
    lead = top - weighed[1][1] if len(weighed) > 1 else LONGEST_LEAD
    heard = likeness.get(best, LEAST_LIKENESS) if likeness else USUAL_LIKENESS
    share = min(max(heard, LEAST_LIKENESS), 1 - LEAST_LIKENESS)
    return Evidence(
        lead=min(lead, LONGEST_LEAD),
        likeness=math.log(share / (1 - share)),
        explained=not reading.unread,
        unknown=best == UNKNOWN,
    )


def confidence_of(evidence: Evidence, coefficients: Sequence[float] = COEFFICIENTS) -> float:
    """Return how many of a hundred meanings with this behind them were meant, as a share."""
    summed = sum(weight * value for weight, value in zip(coefficients, evidence.features(), strict=True))
    return 1 / (1 + math.exp(-summed))
