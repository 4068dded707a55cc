"""Which intent fits best: a sum of weights over what was noticed, then a confidence over all intents.

``WEIGHTS`` is the whole of the judgement: for each intent the signs that speak for it and, below zero, against it.
A sign is a cue of ``cues``, the presence of a slot (``document_number``), or one of the combined signs that
``reading`` derives (``told``: a stage was stated, not asked). Weights are log-odds: a difference of 1 makes one
intent 2.7 times as likely as another; ``UNKNOWN_WEIGHT`` is what an intent must beat to be believed at all.
"""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet
from types import MappingProxyType

UNKNOWN = "unknown"
UNKNOWN_WEIGHT = 2.0

WEIGHTS: MappingProxyType[str, dict[str, float]] = MappingProxyType(
    {
        "track_document": {
            "document_number": 4.5,
            "receive_number": 4.5,
            "title": 4.5,
            "date": 0.5,
            "letter": 1.5,
            "where": 1.6,
            "asks": 0.4,
            "asks_yet": 1.5,
            "asked": 2.4,
            "status": 1.2,
            "track": 2.6,
            "follow": -1.5,
            "request_asked": 9.0,
            "what_became": 1.2,
            "letter_late": 4.0,
            "if": -1.0,
            "tell_me": -1.0,
            "list_mine": -5.0,
            "asked_became": 5.0,
            "indicator": -2.0,
            "mine": -1.0,
            "indicator_word": -2.0,
        },
        "follow_document": {
            "follow": 5.0,
            "list_mine": -4.0,
            "notify_on_document": 9.0,
            "follow_if": 6.5,
            "tell_me": 0.5,
            "letter": 0.3,
            "document_number": 2.0,
            "asks": -0.5,
            "indicator": -3.0,
            "request": -3.0,
        },
        "unfollow_document": {"unfollow": 8.0, "document_number": 2.0, "notify_document": 7.0},
        "my_requests": {
            "mine": 6.5,
            "all_mine": 5.0,
            "list_mine": 6.0,
            "asked_before": 1.6,
            "asked_became": -3.0,
            "withdraw": -3.0,
            "document_number": -3.0,
            "unfollow": -3.0,
            "indicator_word": -3.0,
        },
        "talk_to_officer": {"officer": 6.5, "all_officer": 5.0, "document_number": -1.0},
        "duty_queue": {"duty": 5.0, "all_duty": 5.0, "behind": -1.0, "document_number": -3.0, "title": -2.0},
        "start_duty": {
            "start_duty": 7.0,
            "duty_until": 6.0,
            "until": 0.5,
            "denied": -5.0,
            "if": -4.0,
            "to_come": -5.0,
            "asks": -6.0,
            "who_on_duty": -4.0,
            "hand_over_duty": -3.0,
        },
        "end_duty": {
            "end_duty": 7.0,
            "denied": -5.0,
            "if": -4.0,
            "to_come": -5.0,
            "asks": -6.0,
            "who_on_duty": -2.0,
        },
        "who_is_on_duty": {
            "who_on_duty": 8.0,
            "duty_word": 1.9,
            "duty_asked": 2.0,
            "asks": 0.5,
            "duty": -3.0,
            "all_duty": -3.0,
        },
        "hand_over_duty": {"hand_over_duty": 8.0, "asks": -2.0, "request": -4.0, "denied": -5.0, "if": -4.0},
        "reopen_request": {
            "no_answer": 6.0,
            "ask_again": 3.5,
            "request_no_answer": 12.0,
            "indicator": -2.0,
            "document_number": -1.0,
        },
        "withdraw_request": {"withdraw": 7.0, "request_withdrawn": 12.0, "delete": -4.0},
        "acknowledge_request": {"request_acknowledged": 12.0, "all_acknowledge": 4.5, "denied": -7.0, "asks": -3.0},
        "answer_request": {"request": 3.0, "request_told": 8.0, "request_first": 2.0, "answer": 0.8, "asks_yet": -2.0},
        "update_document": {
            "document_told": 8.5,
            "told": 2.6,
            "document_update": 7.0,
            "update": 1.8,
            "set_status": 2.5,
            "asks": -3.0,
            "where": -3.0,
            "asks_yet": -3.0,
            "denied": -4.0,
            "if": -5.0,
            "unclear_told": -6.0,
            "indicator": -2.0,
            "notify_on_document": -4.0,
        },
        "report_progress": {
            "report": 2.8,
            "indicator": 1.0,
            "indicator_measured": 5.0,
            "measure": 0.8,
            "indicator_reported": 2.0,
            "indicator_sent": 3.5,
            "indicator_achieved": 4.5,
            "reported_measure": 3.5,
            "asks": -3.0,
            "asks_yet": -5.0,
            "amount": -4.0,
            "shows_report": -4.0,
            "denied": -4.0,
            "if": -4.0,
            "to_come": -5.0,
            "hearsay": -3.0,
            "service": -3.0,
            "report_recurring": -3.0,
            "recurring": -1.0,
            "summary": -3.0,
            "document_number": -2.0,
            "behind": -2.0,
        },
        "query_indicator": {
            "indicator": 3.5,
            "indicator_word": 3.0,
            "amount": 1.0,
            "asks": 0.7,
            "where": 0.7,
            "status": 0.7,
            "shows_report": 1.5,
            "asks_figure": 2.0,
            "asks_yet": 1.0,
            "unit": 0.3,
            "results": 1.0,
            "unit_results": 1.5,
            "group": 1.5,
            "period": 0.4,
            "document_number": -2.0,
            "service": -2.0,
            "behind": -1.0,
            "summary": 0.2,
        },
        "behind_plan": {
            "behind": 5.0,
            "slow_plan": 6.0,
            "indicator_word": 0.5,
            "asks": 0.3,
            "document_number": -3.0,
            "title": -3.0,
            "letter": -3.5,
        },
        "service_kpi": {
            "service": 5.5,
            "satisfaction": 2.2,
            "amount": 0.8,
            "period": 0.8,
            "asks": 0.5,
            "indicator_word": 0.5,
            "rate": -3.0,
            "document_number": -2.0,
        },
        "summary": {
            "summary": 4.5,
            "denied": -4.0,
            "period": 0.5,
            "report_recurring": 4.5,
            "indicator": -2.0,
            "document_number": -2.0,
            "title": -2.0,
        },
        "rate": {"score": 5.5, "score_unclear": 2.8, "rate": 4.5},
        "register": {"code": 7.0, "register": 5.0, "document_number": -2.0, "receive_number": -4.0},
        "notification_settings": {
            "notify": 5.0,
            "notify_off": 1.5,
            "follow_if": -3.0,
            "follow": -2.0,
            "document_number": -1.0,
        },
        "delete_my_data": {"delete": 6.5},
        "help": {"help": 4.8, "how_to": 3.5, "letter": -1.5, "all_help": 5.5, "document_number": -2.0},
        "greet": {"greet": 3.2, "all_greet": 4.5},
        "thanks": {"thanks": 3.6},
        "confirm": {"all_confirm": 6.0},
        "decline": {"starts_no": 3.0, "all_decline": 6.0},
        "cancel": {"all_cancel": 6.0, "cancel": 3.2},
        UNKNOWN: {"elsewhere": 3.5, "denied_alone": 1.5},
    }
)

INTENTS: tuple[str, ...] = tuple(WEIGHTS)
"""Every intent that ``understand`` can give, ``unknown`` the last."""


_DOUBTS = frozenset(
    {"asks", "asks_yet", "where", "amount", "if", "denied", "hearsay", "to_come", "wished", "or", "how_to"}
)
DOUBTS: MappingProxyType[str, frozenset[str]] = MappingProxyType(
    {
        "start_duty": _DOUBTS,
        "end_duty": _DOUBTS,
        "hand_over_duty": _DOUBTS,
        "acknowledge_request": _DOUBTS,
        "update_document": _DOUBTS,
        "report_progress": _DOUBTS,
        "rate": _DOUBTS,
        "delete_my_data": _DOUBTS,
        "register": frozenset({"denied", "done", "if", "asks_yet"}),
        "follow_document": frozenset({"hearsay", "how_to", "asks_yet"}),
        "unfollow_document": frozenset({"hearsay", "how_to", "asks_yet"}),
        "reopen_request": frozenset({"how_to", "if", "to_come"}),
        "withdraw_request": frozenset({"asks", "if", "to_come", "not_withdrawn"}),
    }
)
"""For each intent that changes something the signs that it may not be meant: asked, denied, only wished, not yet so.

Where they stand nothing may be done at once, however much speaks for the intent."""


MOST_DOUBTED = 0.5
"""Most confidence of a change where its signs are mixed."""


def believed(intent: str, confidence: float, signs: AbstractSet[str]) -> float:
    """Return a confidence, lowered for a change beside words that it is asked, denied, wished for or not yet so."""
    doubts = DOUBTS.get(intent, frozenset()) & signs
    if doubts - {"asks"} if "politely" in signs else doubts:
        return min(confidence, MOST_DOUBTED)
    return confidence


_WEIGHTS_OF_SIGN = {
    sign: [(intent, weights[sign]) for intent, weights in WEIGHTS.items() if sign in weights]
    for sign in dict.fromkeys(sign for weights in WEIGHTS.values() for sign in weights)
}


def scores(signs: AbstractSet[str]) -> dict[str, float]:
    """Return the sum of weights of each intent that anything speaks for, and ``unknown`` with its fixed weight."""
    summed: dict[str, float] = {}
    for sign in sorted(signs):
        for intent, weight in _WEIGHTS_OF_SIGN.get(sign, ()):
            summed[intent] = summed.get(intent, 0.0) + weight
    return {intent: weight for intent, weight in sorted(summed.items()) if weight > 0} | {
        UNKNOWN: UNKNOWN_WEIGHT + summed.get(UNKNOWN, 0.0)
    }


def rank(signs: AbstractSet[str]) -> list[tuple[str, float]]:
    """Return every intent that anything speaks for with its share (0 to 1) among all, the likeliest first.

    ``unknown`` is always among them and wins a draw.
    """
    weighed = scores(signs)
    top = max(weighed.values())
    shares = {intent: math.exp(weight - top) for intent, weight in weighed.items()}
    total = sum(shares.values())
    ranked = sorted(weighed, key=lambda intent: (weighed[intent], intent == UNKNOWN), reverse=True)
    return [(intent, round(shares[intent] / total, 4)) for intent in ranked]
