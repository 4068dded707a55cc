"""Text to meaning, pure: ``understand(text, vocabulary)``. No database, no network, no clock.

The path of a text: ``normalize`` gives it one spelling · ``reading`` lets the slot readers (numbers, dates, titles, the
catalog's phrases, measures, stages) each take its piece · what is left is searched for ``signs`` · ``classifier``
weighs them and the sentence's ``outline`` by what was learnt · ``confidence`` ranks the meanings and says how far to
believe them · the intent keeps the slots that belong to it.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

from bot.understanding.classifier import shipped_classifier
from bot.understanding.confidence import weigh
from bot.understanding.intents import INTENTS, UNKNOWN
from bot.understanding.normalize import normalize
from bot.understanding.reading import Reading, read
from bot.understanding.types import KINDS, IndicatorName, Meaning, Understanding, UnitName, Vocabulary

__all__ = ["INTENTS", "KINDS", "IndicatorName", "Meaning", "Understanding", "UnitName", "Vocabulary", "understand"]

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
        "review_reports": ("indicator", "unit"),
        "who_has_not_reported": ("indicator", "group", "period"),
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
    reading = read(normalize(text), vocabulary, today)
    weighed = weigh(reading, shipped_classifier())
    meanings = [Meaning(intent, _slots_of(intent, reading), confidence) for intent, confidence in weighed]
    best = meanings[0]
    return Understanding(
        best.intent,
        best.slots,
        best.confidence,
        others=tuple(each for each in meanings[1:] if each.intent != UNKNOWN)[:MOST_OTHERS],
        said=MappingProxyType({name: reading.slots[name] for name in _EVERY_SLOT if name in reading.slots}),
        follows_up=reading.follows_up,
        is_bare=reading.is_bare,
        language=reading.language,
        kind=reading.kind if best.intent == UNKNOWN else "",
        guessed=reading.guessed,
        unread=reading.unread,
    )


def _slots_of(intent: str, reading: Reading) -> MappingProxyType[str, Any]:
    return MappingProxyType({name: reading.slots[name] for name in SLOTS.get(intent, ()) if name in reading.slots})


MOST_OTHERS = 3
_EVERY_SLOT = tuple(dict.fromkeys(name for names in SLOTS.values() for name in names))
