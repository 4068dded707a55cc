"""The intents that a text may have, and which signs vouch for those that change something."""

from __future__ import annotations

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
        "follow_document": frozenset({"follow", "notify", "notify_on", "notify_on_document"}),
        "unfollow_document": frozenset({"unfollow", "notify_document"}),
        "start_duty": frozenset({"start_duty"}),
        "end_duty": frozenset({"end_duty"}),
        "hand_over_duty": frozenset({"hand_over_duty"}),
        "reopen_request": frozenset({"no_answer", "request_no_answer"}),
        "withdraw_request": frozenset({"withdraw", "request_withdrawn"}),
        "acknowledge_request": frozenset({"request_acknowledged", "all_acknowledge"}),
        "answer_request": frozenset({"request"}),
        "update_document": frozenset({"told", "document_told", "document_update", "set_status"}),
        "report_progress": frozenset({"report", "indicator_measured", "indicator_reported"}),
        "rate": frozenset({"score", "score_unclear", "rate"}),
        "register": frozenset({"code", "register"}),
        "delete_my_data": frozenset({"delete"}),
    }
)
"""Signs of which one must have been noticed before a change is believed: what a text sounds like is not enough."""
