"""How likely each meaning is: shares of the classifier's log-odds, held against what utterances were meant to say."""

from __future__ import annotations

import math

from bot.understanding.classifier import Classifier
from bot.understanding.intents import UNKNOWN, WITNESSES, believed
from bot.understanding.reading import Reading

TEMPERATURE = 0.8
"""What log-odds are divided by, so that a confidence of 0.8 is right eight times of ten in what was not learnt from;
``python -m tests.understanding.train --check`` tells it."""
UNWITNESSED = 0.8
"""The most that a change is believed which none of its words vouches for, but only the likeness to other sentences."""
LEAST_SHARE = 0.0005


def weigh(reading: Reading, classifier: Classifier) -> list[tuple[str, float]]:
    """Return the intents with their confidence (0 to 1), the likeliest first; hardly likely ones are left out.

    ``unknown`` is always among them and wins a draw.
    """
    if reading.kind == "empty":
        return [(UNKNOWN, 1.0)]
    odds = dict(zip(classifier.intents, classifier.log_odds(reading.signs, reading.outline), strict=True))
    top = max(odds.values())
    raised = {intent: math.exp((each - top) / TEMPERATURE) for intent, each in odds.items()}
    total = sum(raised.values())
    worth_saying = [intent for intent, each in raised.items() if each >= LEAST_SHARE * total or intent == UNKNOWN]
    shares = [(intent, round(_witnessed(intent, raised[intent] / total, reading), 4)) for intent in worth_saying]
    return sorted(shares, key=lambda each: (each[1], each[0] == UNKNOWN), reverse=True)


def _witnessed(intent: str, share: float, reading: Reading) -> float:
    witnesses = WITNESSES.get(intent)
    told = witnesses is None or witnesses & reading.signs
    return believed(intent, share if told else min(share, UNWITNESSED), reading.signs)
