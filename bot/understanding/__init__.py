"""Text to meaning, pure: ``understand(text, vocabulary)``. No database, no network, no clock.

The path of a text: ``normalize`` gives it one spelling · ``reading`` lets the slot readers (numbers, dates, titles, the
catalog's phrases, measures, stages) each take its piece · what is left is searched for ``cues`` · ``intents`` weighs
all signs · the intent keeps the slots that belong to it.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from bot.understanding.intents import INTENTS, decide
from bot.understanding.normalize import normalize
from bot.understanding.reading import read
from bot.understanding.types import IndicatorName, Understanding, UnitName, Vocabulary

__all__ = ["INTENTS", "IndicatorName", "Understanding", "UnitName", "Vocabulary", "understand"]

SLOTS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "track_document": ("document_number", "receive_number", "document_date", "title", "request"),
        "follow_document": ("document_number",),
        "unfollow_document": ("document_number",),
        "start_duty": ("until",),
        "hand_over_duty": ("name",),
        "reopen_request": ("request",),
        "withdraw_request": ("request",),
        "acknowledge_request": ("request",),
        "answer_request": ("request", "text"),
        "update_document": ("document_number", "receive_number", "stage", "note"),
        "report_progress": (
            "indicator",
            "unit",
            "step",
            "percent",
            "value",
            "numerator",
            "denominator",
            "month",
        ),
        "query_indicator": ("indicator", "unit", "group", "period"),
        "behind_plan": ("unit", "period"),
        "service_kpi": ("unit", "period"),
        "summary": ("period",),
        "rate": ("score",),
        "register": ("code",),
    }
)
"""The slots that each intent may carry; an intent not named here carries none."""


def understand(text: str, vocabulary: Vocabulary, *, today: date | None = None) -> Understanding:
    """Return what a text means; the same text, vocabulary and day give the same answer, and no text an error.

    Args:
        text: what a person typed, any string; beyond 1,000 characters only quotes are taken from it.
        vocabulary: the catalog's words; what is worked out of it once is kept with it.
        today: the day in Bangkok on which it was said. Without it nothing relative is read: no เมื่อวาน, no quarter or
            month without its year.

    Returns:
        The intent, the slots of it that were said (``SLOTS``) and a confidence from 0 to 1.
    """
    reading = read(normalize(text), vocabulary.phrases, today)
    intent, confidence = decide(reading.signs)
    slots = {name: reading.slots[name] for name in SLOTS.get(intent, ()) if name in reading.slots}
    return Understanding(intent, MappingProxyType(slots), confidence)
