"""Small checks shared by the rules of messages, Flex and rich menus.

A problem is a pair ``(property, message)`` in LINE's words; no problem is an empty list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from simulator.text_units import grapheme_count, utf16_length

Problem = tuple[str, str]
Sent: TypeAlias = Any  # a JSON value as somebody sent it, not yet checked

EMPTY = "May not be empty"
URI_LONGEST = 10_000  # 1,000 until 27 October 2026
URL_LONGEST = 2_000  # addresses of media
DATETIME_FORMS = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "time": re.compile(r"\d{2}:\d{2}"),
    "datetime": re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}"),
}
INPUT_OPTIONS = ("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")


def one_of(values: Iterable[str]) -> str:
    """LINE's words for a value outside a list."""
    return f"Must be one of the following values: [{', '.join(values)}]"


def text_between(
    value: Sent, where: str, longest: int, shortest: int = 0, count: Callable[[str], int] = utf16_length
) -> list[Problem]:
    """Checks a text's length; absent or empty is a problem where ``shortest`` is above 0."""
    if value is None or value == "":
        return [(where, EMPTY)] if shortest else []
    if not isinstance(value, str):
        return [(where, "Must be a string")]
    if not shortest <= count(value) <= longest:
        return [(where, f"Length must be between {shortest if shortest > 1 else 0} and {longest}")]
    return []


def size_between(value: Sent, where: str, smallest: int, largest: int) -> list[Problem]:
    """Checks a list's length."""
    if not isinstance(value, list):
        return [(where, EMPTY)]
    if not smallest <= len(value) <= largest:
        return [(where, f"Size must be between {smallest} and {largest}")]
    return []


def media_url(value: Sent, where: str) -> list[Problem]:
    """Checks the address of an image, sound or film: HTTPS, at most 2,000 characters.

    Plain HTTP to this machine is taken too, which LINE would refuse: a demo's pictures have no other address.
    """
    if problems := text_between(value, where, URL_LONGEST, 1):
        return problems
    parts = urlsplit(value)
    local = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
    return [] if parts.scheme == "https" or local else [(where, "invalid uri scheme")]


def link(value: Sent, where: str) -> list[Problem]:
    """Checks the address of a URI action: http, https, line or tel."""
    if problems := text_between(value, where, URI_LONGEST, 1):
        return problems
    return [] if urlsplit(value).scheme in {"http", "https", "line", "tel"} else [(where, "invalid uri scheme")]


def json_bytes(value: Sent) -> int:
    """Size of a value as compact UTF-8 JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def action(
    value: Sent,
    where: str,
    label_longest: int,
    *,
    label_required: bool = True,
    kinds: tuple[str, ...] = (),
    join: str = ".",
) -> list[Problem]:
    """Checks an action object.

    Args:
        value: the action as sent.
        where: its property path.
        label_longest: the longest label in grapheme clusters.
        label_required: whether the label must be there.
        join: what stands between path and property: ``.`` or, inside Flex, ``/``.
        kinds: the allowed types; empty allows all but camera, cameraRoll, location and richmenuswitch.
    """
    if not isinstance(value, dict):
        return [(where, EMPTY)]
    allowed = kinds or ("postback", "message", "uri", "datetimepicker", "clipboard")
    kind = value.get("type")
    if kind not in allowed:
        return [(f"{where}{join}type", one_of(allowed))]
    at = f"{where}{join}".__add__
    problems = text_between(value.get("label"), at("label"), label_longest, int(label_required), grapheme_count)
    return problems + _ACTIONS[kind](value, at)


def _postback(value: dict[str, Any], at: Callable[[str], str]) -> list[Problem]:
    problems = text_between(value.get("data"), at("data"), 300, 1)
    for name in ("displayText", "text", "fillInText"):
        problems += text_between(value.get(name), at(name), 300, 0, grapheme_count)
    if value.get("inputOption", INPUT_OPTIONS[0]) not in INPUT_OPTIONS:
        problems.append((at("inputOption"), one_of(INPUT_OPTIONS)))
    if value.get("fillInText") and value.get("inputOption") != "openKeyboard":
        problems.append((at("fillInText"), "Is only valid with the inputOption openKeyboard"))
    return problems


def _datetime(value: dict[str, Any], at: Callable[[str], str]) -> list[Problem]:
    problems = text_between(value.get("data"), at("data"), 300, 1)
    form = DATETIME_FORMS.get(value.get("mode", ""))
    if form is None:
        return [*problems, (at("mode"), one_of(DATETIME_FORMS))]
    for name in ("initial", "min", "max"):
        if name in value and not form.fullmatch(str(value[name])):
            problems.append((at(name), "Invalid date format"))
    return problems


def _nothing(value: dict[str, Any], at: Callable[[str], str]) -> list[Problem]:
    return []


_ACTIONS: dict[str, Callable[[dict[str, Any], Callable[[str], str]], list[Problem]]] = {
    "postback": _postback,
    "message": lambda value, at: text_between(value.get("text"), at("text"), 300, 1, grapheme_count),
    "uri": lambda value, at: link(value.get("uri"), at("uri")),
    "datetimepicker": _datetime,
    "clipboard": lambda value, at: text_between(value.get("clipboardText"), at("clipboardText"), 1000, 1),
    "richmenuswitch": lambda value, at: (
        text_between(value.get("richMenuAliasId"), at("richMenuAliasId"), 32, 1)
        + text_between(value.get("data"), at("data"), 300, 1)
    ),
    "camera": _nothing,
    "cameraRoll": _nothing,
    "location": _nothing,
}
