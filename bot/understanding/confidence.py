"""How likely each meaning is: shares of the classifier's log-odds, held against what utterances were meant to say."""

from __future__ import annotations

import math

from bot.understanding.classifier import Classifier
from bot.understanding.intents import UNKNOWN, WITNESSES, believed
from bot.understanding.reading import Reading

TEMPERATURE = 0.85
"""What log-odds are divided by, so that a confidence of 0.8 is right eight times of ten in what was not learnt from;
``python -m tests.understanding.train --check`` tells it."""
UNWITNESSED = 0.8
"""The most that a change is believed which none of its words vouches for, but only the likeness to other sentences."""
HARDLY_LIKELY = 6.0
"""Log-odds behind the likeliest from which on an intent is left out; ``unknown`` never is."""


def weigh(reading: Reading, classifier: Classifier) -> list[tuple[str, float]]:
    """Return the intents with their confidence (0 to 1), the likeliest first; hardly likely ones are left out.

    ``unknown`` is always among them and wins a draw.
    """
    if reading.kind == "empty":
        return [(UNKNOWN, 1.0)]
    odds = classifier.log_odds(reading.signs, reading.outline)
    top = max(odds)
    heard = [
        (intent, math.exp((each - top) / TEMPERATURE))
        for intent, each in zip(classifier.intents, odds, strict=True)
        if top - each < HARDLY_LIKELY or intent == UNKNOWN
    ]
    total = sum(each for _, each in heard)
    shares = [(intent, round(_witnessed(intent, each / total, reading), 4)) for intent, each in heard]
    return sorted(shares, key=lambda each: (each[1], each[0] == UNKNOWN), reverse=True)


def _witnessed(intent: str, share: float, reading: Reading) -> float:
    witnesses = WITNESSES.get(intent)
    told = witnesses is None or witnesses & reading.signs
    return believed(intent, share if told else min(share, UNWITNESSED), reading.signs)
