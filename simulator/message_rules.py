"""What LINE accepts as message objects, and the words it refuses the rest with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from simulator.answers import Answer, refusal
from simulator.checks import EMPTY, Problem, Sent, action, media_url, one_of, size_between, text_between
from simulator.flex_rules import check_contents
from simulator.text_units import grapheme_count

MOST_MESSAGES = 5
TEXT_LONGEST = 5000
ALT_TEXT_LONGEST = 1500
MOST_QUICK_REPLIES = 13
MOST_EMOJIS = 20
QUICK_REPLY_ACTIONS = ("postback", "message", "uri", "datetimepicker", "camera", "cameraRoll", "location", "clipboard")
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
SUBSTITUTION_KEY = re.compile(r"[a-zA-Z0-9_]{1,20}")


def refuse_messages(messages: Sent, to_group: bool | None = None) -> Answer | None:
    """Checks the messages of one call.

    Args:
        messages: what stands under ``messages``.
        to_group: whether the call goes to a group; None when it is not known (the validate endpoints).

    Returns:
        None when LINE would take them; else its 400 answer, in one of its two shapes: counted problems with
        property paths, or the first message whose inside is invalid with JSON pointers.
    """
    problems = size_between(messages, "messages", 1, MOST_MESSAGES)
    if not problems:
        for place, message in enumerate(messages):
            problems += check_message(message, f"messages[{place}]")
    if problems:
        return counted(problems)
    for place, message in enumerate(messages):
        if inner := check_inside(message, to_group):
            details = [{"message": words, "property": where} for where, words in inner]
            return refusal(400, f"A message (messages[{place}])\u00a0in the request body is invalid", details)
    return None


def counted(problems: list[Problem]) -> Answer:
    """LINE's 400 answer that counts the errors of a body."""
    details = [{"message": words, "property": where} for where, words in problems]
    return refusal(400, f"The request body has {len(details)} error(s)", details)


def check_message(message: Sent, where: str) -> list[Problem]:
    """Checks a message object but for the inside of Flex and textV2."""
    if not isinstance(message, dict):
        return [(where, EMPTY)]
    kind = message.get("type")
    if kind not in _MESSAGES:
        return [(f"{where}.type", one_of(_MESSAGES) if kind else EMPTY)]
    return _MESSAGES[kind](message, where) + _common(message, where)


def check_inside(message: dict[str, Any], to_group: bool | None) -> list[Problem]:
    """Checks what LINE refuses with pointers: the contents of Flex, the placeholders of textV2."""
    if message["type"] == "flex":
        return check_contents(message.get("contents"))
    return _substitution(message, to_group) if message["type"] == "textV2" else []


def _common(message: dict[str, Any], where: str) -> list[Problem]:
    problems: list[Problem] = []
    if (sender := message.get("sender")) is not None:
        problems += text_between(sender.get("name"), f"{where}.sender.name", 20, 0, grapheme_count)
        if sender.get("iconUrl") is not None:
            problems += media_url(sender["iconUrl"], f"{where}.sender.iconUrl")
    if (quick := message.get("quickReply")) is not None:
        problems += _quick_reply(quick, f"{where}.quickReply")
    return problems


def _quick_reply(quick: Sent, where: str) -> list[Problem]:
    items = quick.get("items") if isinstance(quick, dict) else None
    if problems := size_between(items, f"{where}.items", 1, MOST_QUICK_REPLIES):
        return problems
    for place, item in enumerate(items or []):
        at = f"{where}.items[{place}]"
        if not isinstance(item, dict):
            problems.append((at, EMPTY))
            continue
        problems += action(item.get("action"), f"{at}.action", 20, kinds=QUICK_REPLY_ACTIONS)
        if item.get("imageUrl") is not None:
            problems += media_url(item["imageUrl"], f"{at}.imageUrl")
    return problems


def _text(message: dict[str, Any], where: str) -> list[Problem]:
    problems = text_between(message.get("text"), f"{where}.text", TEXT_LONGEST, 1)
    emojis = message.get("emojis")
    if problems or not emojis:
        return problems
    problems = size_between(emojis, f"{where}.emojis", 0, MOST_EMOJIS)
    units = message["text"].encode("utf-16-le", "surrogatepass")
    for place, emoji in enumerate(emojis):
        index = emoji.get("index")
        if not isinstance(index, int) or units[2 * index : 2 * index + 2] != b"$\x00":
            problems.append((f"{where}.emojis[{place}].index", "Must point at a $"))
    return problems


def _text_v2(message: dict[str, Any], where: str) -> list[Problem]:
    problems = text_between(message.get("text"), f"{where}.text", TEXT_LONGEST, 1)
    if len(message.get("substitution") or {}) > 100:
        problems.append((f"{where}.substitution", "Size must be between 0 and 100"))
    return problems


def _substitution(message: dict[str, Any], to_group: bool | None) -> list[Problem]:
    substitution, problems = message.get("substitution") or {}, []
    for found in PLACEHOLDER.finditer(message["text"]):
        key = found[1]
        if key is None:
            continue
        if not SUBSTITUTION_KEY.fullmatch(key):
            words = f"The key '{key}' enclosed in '{{}}' does not match the pattern '^[a-zA-Z0-9_]{{1,20}}$'."
            problems.append(("/text", words))
        elif key not in substitution:
            problems.append(("/text", f"The key '{key}' is not specified in the substitution."))
    if to_group is False and any(value.get("type") == "mention" for value in substitution.values()):
        problems.append(("/substitution", "A mention is only allowed in a group chat or a multi-person chat"))
    return problems


def _media(*names: str) -> Callable[[dict[str, Any], str], list[Problem]]:
    return lambda message, where: [p for name in names for p in media_url(message.get(name), f"{where}.{name}")]


def _audio(message: dict[str, Any], where: str) -> list[Problem]:
    problems = media_url(message.get("originalContentUrl"), f"{where}.originalContentUrl")
    return problems if isinstance(message.get("duration"), int) else [*problems, (f"{where}.duration", EMPTY)]


def _sticker(message: dict[str, Any], where: str) -> list[Problem]:
    return [(f"{where}.{name}", EMPTY) for name in ("packageId", "stickerId") if not message.get(name)]


def _location(message: dict[str, Any], where: str) -> list[Problem]:
    problems = [p for name in ("title", "address") for p in text_between(message.get(name), f"{where}.{name}", 100, 1)]
    missing = [name for name in ("latitude", "longitude") if not isinstance(message.get(name), int | float)]
    return problems + [(f"{where}.{name}", EMPTY) for name in missing]


def _flex(message: dict[str, Any], where: str) -> list[Problem]:
    problems = text_between(message.get("altText"), f"{where}.altText", ALT_TEXT_LONGEST, 1)
    return problems if message.get("contents") else [*problems, (f"{where}.contents", EMPTY)]


def _imagemap(message: dict[str, Any], where: str) -> list[Problem]:
    return (
        media_url(message.get("baseUrl"), f"{where}.baseUrl")
        + text_between(message.get("altText"), f"{where}.altText", ALT_TEXT_LONGEST, 1)
        + size_between(message.get("actions"), f"{where}.actions", 0, 50)
    )


def _coupon(message: dict[str, Any], where: str) -> list[Problem]:
    return text_between(message.get("couponId"), f"{where}.couponId", 100, 1)


def _template(message: dict[str, Any], where: str) -> list[Problem]:
    problems = text_between(message.get("altText"), f"{where}.altText", ALT_TEXT_LONGEST, 1)
    template = message.get("template")
    if not isinstance(template, dict) or template.get("type") not in _TEMPLATES:
        return [*problems, (f"{where}.template.type", one_of(_TEMPLATES))]
    return problems + _TEMPLATES[template["type"]](template, f"{where}.template")


def _card(card: dict[str, Any], where: str, text_longest: int) -> list[Problem]:
    image = card.get("thumbnailImageUrl")
    longest = 60 if image or card.get("title") else text_longest
    problems = text_between(card.get("text"), f"{where}.text", longest, 1, grapheme_count)
    problems += text_between(card.get("title"), f"{where}.title", 40, 0, grapheme_count)
    problems += media_url(image, f"{where}.thumbnailImageUrl") if image is not None else []
    if card.get("defaultAction") is not None:
        problems += action(card["defaultAction"], f"{where}.defaultAction", 20, label_required=False)
    return problems


def _actions(card: dict[str, Any], where: str, fewest: int, most: int) -> list[Problem]:
    problems = size_between(card.get("actions"), f"{where}.actions", fewest, most)
    for place, each in enumerate(card.get("actions") or []):
        problems += action(each, f"{where}.actions[{place}]", 20)
    return problems


def _buttons(template: dict[str, Any], where: str) -> list[Problem]:
    return _card(template, where, 160) + _actions(template, where, 1, 4)


def _confirm(template: dict[str, Any], where: str) -> list[Problem]:
    text = text_between(template.get("text"), f"{where}.text", 240, 1, grapheme_count)
    return text + _actions(template, where, 2, 2)


def _carousel(template: dict[str, Any], where: str) -> list[Problem]:
    columns = template.get("columns")
    problems = size_between(columns, f"{where}.columns", 1, 10)
    columns = columns if isinstance(columns, list) else []
    for place, column in enumerate(columns):
        at = f"{where}.columns[{place}]"
        problems += _card(column, at, 120) + _actions(column, at, 1, 3)
    if len({len(column.get("actions") or []) for column in columns}) > 1:
        problems.append((f"{where}.columns", "The number of actions must be the same in every column"))
    return problems


def _image_carousel(template: dict[str, Any], where: str) -> list[Problem]:
    columns = template.get("columns")
    problems = size_between(columns, f"{where}.columns", 1, 10)
    for place, column in enumerate(columns if isinstance(columns, list) else []):
        at = f"{where}.columns[{place}]"
        problems += media_url(column.get("imageUrl"), f"{at}.imageUrl")
        problems += action(column.get("action"), f"{at}.action", 12, label_required=False)
    return problems


_TEMPLATES: dict[str, Callable[[dict[str, Any], str], list[Problem]]] = {
    "buttons": _buttons,
    "confirm": _confirm,
    "carousel": _carousel,
    "image_carousel": _image_carousel,
}
_MESSAGES: dict[str, Callable[[dict[str, Any], str], list[Problem]]] = {
    "text": _text,
    "textV2": _text_v2,
    "sticker": _sticker,
    "image": _media("originalContentUrl", "previewImageUrl"),
    "video": _media("originalContentUrl", "previewImageUrl"),
    "audio": _audio,
    "location": _location,
    "imagemap": _imagemap,
    "template": _template,
    "flex": _flex,
    "coupon": _coupon,
}
