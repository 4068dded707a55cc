"""What a tap does: building and reading actions.

A postback's data is a query string, ``action=follow&document=17``. Thai letters stay as they are (LINE allows 300
UTF-16 units, percent-encoding would need nine for each letter); only what a query string itself uses is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from urllib.parse import parse_qsl, quote_plus

from messages.language import Said
from messages.lengths import clip, u16_length
from messages.limits import MAX_ACTION_TEXT, MAX_DATA_UNITS, Json
from models.errors import Invalid

ACTIONS = (
    *("track", "show", "more", "follow", "unfollow", "followed", "talk"),
    *("stages", "set_stage", "record_stage", "cancel"),
    *("acknowledge", "answer", "write_answer", "tell_stage", "answer_stage", "answer_not_found"),
    *("hand_over", "hand_over_to", "withdraw", "queue"),
    *("start_duty", "end_duty", "hand_over_duty", "hand_over_duty_to"),
    *("rate", "explain", "skip_words", "close_follow_up", "reopen"),
    *("show_report", "waiting_reports", "approve_report", "confirm_approve_all", "approve_all"),
    *("return_report", "send_back", "remind_units", "send_reminders"),
    *("accept_privacy", "decline_privacy", "delete_data"),
    *("notification_settings", "notify_summary", "notify_at", "notify_quiet", "notify_not_quiet"),
    *("notify_pause", "notify_resume", "notify_usual", "notify_as_before"),
    *("meant", "none_of_these"),
    *("indicator", "indicator_units", "indicator_groups", "indicator_missing"),
    *("behind_plan", "own_indicators", "report_evidence"),
    *("report", "report_indicators", "tell_figure", "tell_reason", "confirm_report", "skip_evidence"),
    *("add_note", "tell_note", "attach_evidence", "evidence_of", "report_table"),
)
"""Names of the postback actions that messages carry; ``bot.routes`` knows each."""

_ESCAPED = frozenset(" &=%+#;\r\n\t")


def postback(label: Said, action: str, display_text: Said | None = None, **params: object) -> Json:
    """A tap that comes back as an event.

    Args:
        label: what stands on the button; at most 40 characters in Flex, 20 in a quick reply.
        action: one of ``ACTIONS``.
        display_text: what appears in the chat as said by the person; nothing without it.
        params: what ``read_postback`` gives back, as text; ``None`` is left out.
    """
    built: Json = {"type": "postback", "label": str(label), "data": postback_data(action, **params)}
    if display_text:
        built["displayText"] = clip(str(display_text), MAX_ACTION_TEXT)
    return built


def postback_filling_in(label: Said, action: str, fill_in: str, **params: object) -> Json:
    """A tap that also opens the keyboard with a text begun, such as ``#42 ``."""
    return postback(label, action, None, **params) | {"inputOption": "openKeyboard", "fillInText": fill_in}


def pick_time(label: Said, action: str, shown: time, **params: object) -> Json:
    """A tap that asks for an hour, ``shown`` at first; it comes back as a postback with ``picked``, ``09:00``."""
    picker: Json = {"type": "datetimepicker", "label": str(label), "data": postback_data(action, **params)}
    return picker | {"mode": "time", "initial": f"{shown:%H:%M}"}


def pick_date(label: Said, action: str, first: date, last: date, **params: object) -> Json:
    """A tap that asks for a day between two, the first shown; it comes back with ``picked``, ``2026-12-15``."""
    picker: Json = {"type": "datetimepicker", "label": str(label), "data": postback_data(action, **params)}
    days = {"initial": first.isoformat(), "min": first.isoformat(), "max": last.isoformat()}
    return picker | {"mode": "date"} | days


def postback_data(action: str, **params: object) -> str:
    """The data of a postback, ``action=show&document=17``."""
    pairs = {"action": action} | {name: str(value) for name, value in params.items() if value is not None}
    return "&".join(f"{name}={_escape(value)}" for name, value in pairs.items())


def fits_postback(action: str, **params: object) -> bool:
    """Whether these parameters fit into what LINE carries in a postback."""
    return u16_length(postback_data(action, **params)) <= MAX_DATA_UNITS


def say(label: Said, text: Said | None = None) -> Json:
    """A tap that says something in the person's name; without ``text`` the label itself."""
    return {"type": "message", "label": str(label), "text": str(text or label)}


def open_page(label: Said, address: str) -> Json:
    """A tap that opens a page or a picture in the phone's browser."""
    return {"type": "uri", "label": str(label), "uri": address}


def read_postback(data: str) -> tuple[str, dict[str, str]]:
    """Read a postback's data back into its action and parameters.

    Raises:
        Invalid: ``postback_unreadable``; it was not written by ``postback``, or names a thing twice.
    """
    try:
        pairs = parse_qsl(data, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError as error:
        raise Invalid("postback_unreadable") from error
    params: Mapping[str, str] = dict(pairs)
    action = params.get("action", "")
    if not action or len(params) != len(pairs):
        raise Invalid("postback_unreadable")
    return action, {name: value for name, value in params.items() if name != "action"}


def _escape(value: str) -> str:
    return "".join(quote_plus(character) if character in _ESCAPED else character for character in value)
