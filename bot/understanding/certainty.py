"""When to act on what was understood, when to ask back, when to give help: thresholds on a calibrated confidence."""

from __future__ import annotations

from enum import StrEnum

from bot.understanding.intents import UNKNOWN, WITNESSES
from bot.understanding.types import Understanding


class Certainty(StrEnum):
    """What may be done with an understanding."""

    SURE = "sure"
    UNSURE = "unsure"
    LOST = "lost"


WRITES = frozenset(WITNESSES)
"""Intents that change something; they need more confidence than those that only look something up."""

SURE_TO_WRITE = 0.85
SURE_TO_READ = 0.6
WORTH_ASKING = 0.15
"""Least confidence of a meaning that is offered as a button."""


def certainty_of(understanding: Understanding) -> Certainty:
    """Return whether to act, to offer what it might be, or to help."""
    if understanding.intent != UNKNOWN:
        needed = SURE_TO_WRITE if understanding.intent in WRITES else SURE_TO_READ
        return Certainty.SURE if understanding.confidence >= needed else Certainty.UNSURE
    if any(other.confidence >= WORTH_ASKING for other in understanding.others):
        return Certainty.UNSURE
    return Certainty.LOST
