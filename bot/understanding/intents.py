"""The intents that a text may have, and which signs vouch for those that change something."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from types import MappingProxyType

UNKNOWN = "unknown"

INTENTS: tuple[str, ...] = (
    "track_document",
    "follow_document",
    "unfollow_document",
    "my_requests",
    "talk_to_officer",
    "duty_queue",
    "start_duty",
    "end_duty",
    "who_is_on_duty",
    "hand_over_duty",
    "reopen_request",
    "withdraw_request",
    "acknowledge_request",
    "answer_request",
    "update_document",
    "report_progress",
    "review_reports",
    "who_has_not_reported",
    "my_indicators",
    "query_indicator",
    "behind_plan",
    "service_kpi",
    "summary",
    "rate",
    "register",
    "notification_settings",
    "delete_my_data",
    "help",
    "greet",
    "thanks",
    "confirm",
    "decline",
    "cancel",
    UNKNOWN,
)
"""Every intent that ``understand`` can give, ``unknown`` the last."""

WITNESSES: MappingProxyType[str, frozenset[str]] = MappingProxyType(
    {
        "follow_document": frozenset({"follow", "follow_if", "notify", "notify_on", "notify_on_document"}),
        "unfollow_document": frozenset({"unfollow", "notify_document"}),
        "start_duty": frozenset({"start_duty", "duty_until"}),
        "end_duty": frozenset({"end_duty"}),
        "hand_over_duty": frozenset({"hand_over_duty"}),
        "reopen_request": frozenset({"no_answer", "ask_again", "request_no_answer"}),
        "withdraw_request": frozenset({"withdraw", "request_withdrawn"}),
        "acknowledge_request": frozenset({"request_acknowledged", "all_acknowledge"}),
        "answer_request": frozenset({"request"}),
        "update_document": frozenset({"told", "document_told", "document_update", "set_status"}),
        "report_progress": frozenset(
            {
                "report",
                "indicator_measured",
                "indicator_reported",
                "indicator_sent",
                "indicator_achieved",
                "reported_measure",
            }
        ),
        "rate": frozenset({"score", "score_unclear", "rate"}),
        "register": frozenset({"code", "register"}),
        "delete_my_data": frozenset({"delete"}),
    }
)
"""Signs of which one must have been noticed before a change is believed: what a text sounds like is not enough."""

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
