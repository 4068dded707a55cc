"""LINE's limits as named numbers, and the check that every message passes before it leaves.

Source, unless a line says otherwise: LINE Developers, "Messaging API reference" (August 2026). Neither LINE's OpenAPI
description nor its SDK checks most of them, and LINE refuses the whole request for one label too long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from messages.lengths import grapheme_length, json_bytes, u16_length

Json: TypeAlias = dict[str, Any]
"""A LINE message or a piece of one, as it is sent."""

MAX_MESSAGES = 5  # message objects in one reply or push
MAX_QUICK_REPLIES = 13
MAX_TEXT_UNITS = 5000  # UTF-16 code units, like the two below
MAX_ALT_TEXT_UNITS = 1500
MAX_DATA_UNITS = 300  # postback data
MAX_ACTION_TEXT = 300  # grapheme clusters: text, displayText and fillInText of an action
MAX_FLEX_LABEL = 40  # grapheme clusters, like the two below
MAX_TEMPLATE_LABEL = 20
MAX_QUICK_REPLY_LABEL = 20
MAX_CLIPBOARD_TEXT = 1000
MAX_URI = 10_000  # of a URI action since 2026-10-27
MAX_MEDIA_URL = 2000
MAX_BUBBLE_BYTES = 30 * 1024  # JSON of one bubble
MAX_CAROUSEL_BYTES = 50 * 1024
MAX_BUBBLES = 12
MAX_SENDER_NAME = 20
MAX_TEMPLATE_TITLE = 40
MAX_BUTTONS_TEXT = 160
MAX_BUTTONS_ACTIONS = 4
MAX_CONFIRM_TEXT = 240
CONFIRM_ACTIONS = 2
MAX_RATIO_SIDE = 100_000
MAX_RATIO_HEIGHT_TO_WIDTH = 3

URI_SCHEMES = frozenset({"http", "https", "line", "tel"})
INPUT_OPTIONS = frozenset({"closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"})
BUBBLE_SIZES = frozenset({"nano", "micro", "deca", "hecto", "kilo", "mega", "giga"})
QUICK_REPLY_ONLY = frozenset({"camera", "cameraRoll", "location"})

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
_RATIO = re.compile(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_HOUR = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_PICKED = {
    "date": re.compile(_DAY),
    "time": re.compile(_HOUR),
    "datetime": re.compile(f"{_DAY}[Tt]{_HOUR}"),
}
_LENGTH = re.compile(r"\d+(?:\.\d+)?(?:px|%)")
_SPACES = frozenset({"none", "xs", "sm", "md", "lg", "xl", "xxl"})
_TEXT_SIZES = frozenset({"xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"})
_BORDERS = frozenset({"none", "light", "normal", "medium", "semi-bold", "bold"})
_PADDINGS = ("paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd")
_OFFSETS = ("offsetTop", "offsetBottom", "offsetStart", "offsetEnd")
_SPACED = frozenset({"margin", "spacing", "cornerRadius", *_PADDINGS, *_OFFSETS})

_CHILDREN = {
    "horizontal": frozenset({"box", "button", "image", "text", "separator", "filler"}),
    "vertical": frozenset({"box", "button", "image", "text", "separator", "filler"}),
    "baseline": frozenset({"icon", "text", "filler"}),
}

Problems: TypeAlias = Iterator[str]


class Unsendable(ValueError):
    """Messages that LINE would refuse; a fault of ours, found before sending.

    Attributes:
        problems: one sentence for each, with the place in the message.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def require_sendable(messages: Sequence[Json]) -> None:
    """Let messages pass that LINE would take.

    Raises:
        Unsendable: with every problem that was found.
    """
    problems = check_messages(messages)
    if problems:
        raise Unsendable(problems)


def check_messages(messages: Sequence[Json]) -> list[str]:
    """List what LINE would refuse in these messages; empty when they may be sent together in one call."""
    problems = list(_count("messages", len(messages), 1, MAX_MESSAGES))
    for index, message in enumerate(messages):
        problems.extend(_message(f"messages[{index}]", message))
    return problems


def _count(where: str, length: int, least: int, most: int) -> Problems:
    if not least <= length <= most:
        yield f"{where}: {length} of them, must be {least} to {most}"


def _message(where: str, message: Json) -> Problems:
    check = _MESSAGE_CHECKS.get(str(message.get("type")))
    if check is None:
        yield f"{where}.type: {message.get('type')!r} is not a message we send"
        return
    yield from check(where, message)
    if "quickReply" in message:
        yield from _quick_reply(f"{where}.quickReply", message["quickReply"])
    if "sender" in message:
        yield from _graphemes(f"{where}.sender.name", message["sender"].get("name"), MAX_SENDER_NAME)


def _text_message(where: str, message: Json) -> Problems:
    yield from _units(f"{where}.text", message.get("text"), MAX_TEXT_UNITS)


def _image_message(where: str, message: Json) -> Problems:
    yield from _media(f"{where}.originalContentUrl", message.get("originalContentUrl"))
    yield from _media(f"{where}.previewImageUrl", message.get("previewImageUrl"))


def _template_message(where: str, message: Json) -> Problems:
    yield from _units(f"{where}.altText", message.get("altText"), MAX_ALT_TEXT_UNITS)
    template = message.get("template", {})
    actions = template.get("actions", [])
    inside = f"{where}.template"
    if template.get("type") == "confirm":
        yield from _graphemes(f"{inside}.text", template.get("text"), MAX_CONFIRM_TEXT)
        yield from _count(f"{inside}.actions", len(actions), CONFIRM_ACTIONS, CONFIRM_ACTIONS)
    elif template.get("type") == "buttons":
        yield from _graphemes(f"{inside}.text", template.get("text"), MAX_BUTTONS_TEXT)
        yield from _count(f"{inside}.actions", len(actions), 1, MAX_BUTTONS_ACTIONS)
        if "title" in template:
            yield from _graphemes(f"{inside}.title", template["title"], MAX_TEMPLATE_TITLE)
    else:
        yield f"{inside}.type: {template.get('type')!r} is not a template we send"
    for index, action in enumerate(actions):
        yield from _action(f"{inside}.actions[{index}]", action, MAX_TEMPLATE_LABEL)


def _flex_message(where: str, message: Json) -> Problems:
    yield from _units(f"{where}.altText", message.get("altText"), MAX_ALT_TEXT_UNITS)
    contents = message.get("contents")
    if not isinstance(contents, dict) or contents.get("type") not in ("bubble", "carousel"):
        yield f"{where}.contents: must be a bubble or a carousel"
    elif contents["type"] == "bubble":
        yield from _bubble(f"{where}.contents", contents)
    else:
        yield from _carousel(f"{where}.contents", contents)


def _quick_reply(where: str, quick_reply: Json) -> Problems:
    items = quick_reply.get("items", [])
    yield from _count(f"{where}.items", len(items), 1, MAX_QUICK_REPLIES)
    for index, item in enumerate(items):
        place = f"{where}.items[{index}]"
        if item.get("type") != "action":
            yield f"{place}.type: must be action"
        if "imageUrl" in item:
            yield from _media(f"{place}.imageUrl", item["imageUrl"])
        yield from _action(f"{place}.action", item.get("action"), MAX_QUICK_REPLY_LABEL, in_quick_reply=True)


def _carousel(where: str, carousel: Json) -> Problems:
    bubbles = carousel.get("contents", [])
    yield from _count(f"{where}.contents", len(bubbles), 1, MAX_BUBBLES)
    yield from _size(where, carousel, MAX_CAROUSEL_BYTES)
    if any(left.get("size") != right.get("size") for left, right in pairwise(bubbles)):
        yield f"{where}: bubbles of one carousel must have one size"
    for index, bubble in enumerate(bubbles):
        yield from _bubble(f"{where}.contents[{index}]", bubble)


def _bubble(where: str, bubble: Json) -> Problems:
    yield from _size(where, bubble, MAX_BUBBLE_BYTES)
    yield from _one_of(where, bubble, "size", BUBBLE_SIZES)
    blocks = [block for block in ("header", "hero", "body", "footer") if block in bubble]
    if not blocks:
        yield f"{where}: must have a header, hero, body or footer"
    for block in blocks:
        place = f"{where}.{block}"
        allowed = ("box", "image") if block == "hero" else ("box",)
        if not isinstance(bubble[block], dict) or bubble[block].get("type") not in allowed:
            yield f"{place}: must be {' or '.join(allowed)}"
        elif bubble[block].get("position") == "absolute":
            yield f"{place}: the first box of a block cannot be absolute"
        else:
            yield from _component(place, bubble[block])
    if "action" in bubble:
        yield from _action(f"{where}.action", bubble["action"], MAX_FLEX_LABEL)


def _component(where: str, component: Json) -> Problems:
    kind = str(component.get("type"))
    if kind not in _COMPONENTS:
        yield f"{where}.type: {kind!r} is not a component we send"
        return
    allowed, check = _COMPONENTS[kind]
    for name in sorted(set(component) - allowed - {"type"}):
        yield f"{where}.{name}: {kind} has no such property"
    yield from _spacing(where, component)
    for name in ("color", "backgroundColor", "borderColor"):
        if name in component and not _COLOUR.fullmatch(str(component[name])):
            yield f"{where}.{name}: must be #RRGGBB or #RRGGBBAA"
    if "action" in component:
        yield from _action(f"{where}.action", component["action"], MAX_FLEX_LABEL, label_required=kind == "button")
    yield from check(where, component)


def _spacing(where: str, component: Json) -> Problems:
    for name, value in component.items():
        if name in _SPACED and value not in _SPACES and not _LENGTH.fullmatch(str(value)):
            yield f"{where}.{name}: must be a keyword or a length"
    for name in ("margin", "spacing"):
        if str(component.get(name)).endswith("%"):
            yield f"{where}.{name}: cannot be a percentage"
    for name in ("width", "maxWidth", "height", "maxHeight"):
        value = component.get(name)
        if value is not None and component["type"] == "box" and not _LENGTH.fullmatch(str(value)):
            yield f"{where}.{name}: must be a length"
    flex = component.get("flex", 0)
    if not isinstance(flex, int) or flex < 0:
        yield f"{where}.flex: must be a whole number from 0"


def _box(where: str, box: Json) -> Problems:
    layout = box.get("layout")
    if layout not in _CHILDREN or not isinstance(box.get("contents"), list):
        yield f"{where}: must have a layout and contents"
        return
    if "borderWidth" in box and box["borderWidth"] not in _BORDERS and not _LENGTH.fullmatch(str(box["borderWidth"])):
        yield f"{where}.borderWidth: must be a keyword or a length"
    for index, child in enumerate(box["contents"]):
        place = f"{where}.contents[{index}]"
        if not isinstance(child, dict) or child.get("type") not in _CHILDREN[layout]:
            yield f"{place}: {layout} boxes cannot hold {child.get('type') if isinstance(child, dict) else child!r}"
            continue
        if layout == "baseline" and {"gravity", "offsetBottom"} & set(child):
            yield f"{place}: gravity and offsetBottom do not work in baseline boxes"
        yield from _component(place, child)


def _flex_text(where: str, text: Json) -> Problems:
    spans = text.get("contents", [])
    if not spans and not _is_text(text.get("text")):
        yield f"{where}.text: must be non-empty text"
    for index, span in enumerate(spans):
        if span.get("type") != "span" or not isinstance(span.get("text"), str):
            yield f"{where}.contents[{index}]: must be a span with text"
    yield from _one_of(where, text, "size", _TEXT_SIZES, or_length=True)
    yield from _one_of(where, text, "weight", frozenset({"regular", "bold"}))
    yield from _one_of(where, text, "align", frozenset({"start", "center", "end"}))
    yield from _one_of(where, text, "gravity", frozenset({"top", "center", "bottom"}))


def _button(where: str, button: Json) -> Problems:
    if "action" not in button:
        yield f"{where}.action: a button must do something"
    yield from _one_of(where, button, "style", frozenset({"primary", "secondary", "link"}))
    yield from _one_of(where, button, "height", frozenset({"sm", "md"}))


def _image(where: str, image: Json) -> Problems:
    yield from _media(f"{where}.url", image.get("url"))
    ratio = _RATIO.fullmatch(str(image.get("aspectRatio", "1:1")))
    if ratio is None:
        yield f"{where}.aspectRatio: must be width:height"
        return
    width, height = float(ratio[1]), float(ratio[2])
    if not (1 <= width <= MAX_RATIO_SIDE and 1 <= height <= MAX_RATIO_SIDE):
        yield f"{where}.aspectRatio: sides must be 1 to {MAX_RATIO_SIDE}"
    elif height > MAX_RATIO_HEIGHT_TO_WIDTH * width:
        yield f"{where}.aspectRatio: at most {MAX_RATIO_HEIGHT_TO_WIDTH} times as high as wide"


def _nothing_more(where: str, component: Json) -> Problems:
    yield from ()


def _action(
    where: str, action: object, label_most: int, *, label_required: bool = True, in_quick_reply: bool = False
) -> Problems:
    kind = action.get("type") if isinstance(action, dict) else None
    if not isinstance(action, dict) or kind not in _ACTION_FIELDS:
        yield f"{where}: {kind!r} is not an action we send"
        return
    if kind in QUICK_REPLY_ONLY and not in_quick_reply:
        yield f"{where}: {kind} works in quick replies only"
    if label_required or "label" in action:
        yield from _graphemes(f"{where}.label", action.get("label"), label_most)
    required, check = _ACTION_FIELDS[kind]
    for name in required:
        if not _is_text(action.get(name)):
            yield f"{where}.{name}: must be non-empty text"
    yield from check(where, action)


def _postback(where: str, action: Json) -> Problems:
    yield from _units(f"{where}.data", action.get("data"), MAX_DATA_UNITS)
    for name in ("displayText", "fillInText"):
        if name in action:
            yield from _graphemes(f"{where}.{name}", action[name], MAX_ACTION_TEXT)
    yield from _one_of(where, action, "inputOption", INPUT_OPTIONS)
    if "fillInText" in action and action.get("inputOption") != "openKeyboard":
        yield f"{where}.fillInText: only together with openKeyboard"


def _picker(where: str, action: Json) -> Problems:
    yield from _units(f"{where}.data", action.get("data"), MAX_DATA_UNITS)
    form = _PICKED.get(str(action.get("mode")))
    if form is None:
        yield f"{where}.mode: must be one of {', '.join(_PICKED)}"
        return
    for name in ("initial", "min", "max"):
        if name in action and not form.fullmatch(str(action[name])):
            yield f"{where}.{name}: {action[name]!r} is not of the form of a {action['mode']}"


def _message_action(where: str, action: Json) -> Problems:
    yield from _graphemes(f"{where}.text", action.get("text"), MAX_ACTION_TEXT)


def _uri_action(where: str, action: Json) -> Problems:
    uri = str(action.get("uri", ""))
    if urlsplit(uri).scheme not in URI_SCHEMES:
        yield f"{where}.uri: scheme must be one of {', '.join(sorted(URI_SCHEMES))}"
    if len(uri) > MAX_URI:
        yield f"{where}.uri: {len(uri)} characters, at most {MAX_URI}"


def _clipboard(where: str, action: Json) -> Problems:
    yield from _units(f"{where}.clipboardText", action.get("clipboardText"), MAX_CLIPBOARD_TEXT)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _units(where: str, text: object, most: int) -> Problems:
    yield from _measured(where, text, most, u16_length)


def _graphemes(where: str, text: object, most: int) -> Problems:
    yield from _measured(where, text, most, grapheme_length)


def _measured(where: str, text: object, most: int, measure: Callable[[str], int]) -> Problems:
    if not isinstance(text, str) or not text.strip():
        yield f"{where}: must be non-empty text"
    elif 2 * len(text) > most and measure(text) > most:  # a character has two units at most, and one cluster
        yield f"{where}: {measure(text)} characters, at most {most}"
    elif _HALF_CHARACTER.search(text):
        yield f"{where}: holds half a character"


def _one_of(
    where: str, holder: Mapping[str, Any], name: str, allowed: frozenset[str], *, or_length: bool = False
) -> Problems:
    value = holder.get(name)
    if value is None or value in allowed or (or_length and _LENGTH.fullmatch(str(value))):
        return
    yield f"{where}.{name}: {value!r} is not one of {', '.join(sorted(allowed))}"


def _media(where: str, url: object) -> Problems:
    """Plain http of this machine is for the local LINE of a demo; for LINE itself nobody makes such addresses."""
    if not isinstance(url, str) or not (urlsplit(url).scheme == "https" or _is_of_this_machine(url)):
        yield f"{where}: must be an https address"
    elif len(url) > MAX_MEDIA_URL:
        yield f"{where}: {len(url)} characters, at most {MAX_MEDIA_URL}"
    elif not url.isascii():
        yield f"{where}: must be percent-encoded"


def _is_of_this_machine(url: str) -> bool:
    where = urlsplit(url)
    return where.scheme == "http" and where.hostname in ("localhost", "127.0.0.1")


def _size(where: str, container: Json, most: int) -> Problems:
    size = json_bytes(container)
    if size > most:
        yield f"{where}: {size} bytes, at most {most}"


_Check: TypeAlias = Callable[[str, Json], Problems]

_MESSAGE_CHECKS: dict[str, _Check] = {
    "text": _text_message,
    "image": _image_message,
    "template": _template_message,
    "flex": _flex_message,
}
_ACTION_FIELDS: dict[str, tuple[tuple[str, ...], _Check]] = {
    "postback": (("data",), _postback),
    "message": (("text",), _message_action),
    "uri": (("uri",), _uri_action),
    "clipboard": (("clipboardText",), _clipboard),
    "datetimepicker": (("data", "mode"), _picker),
    "camera": ((), _nothing_more),
    "cameraRoll": ((), _nothing_more),
    "location": ((), _nothing_more),
}
_PLACED = frozenset({"position", "margin", "flex", *_OFFSETS})
_COMPONENTS: dict[str, tuple[frozenset[str], _Check]] = {
    "box": (
        _PLACED
        | {"layout", "contents", "backgroundColor", "borderColor", "borderWidth", "cornerRadius", "width", "maxWidth"}
        | {"height", "maxHeight", "spacing", "justifyContent", "alignItems", "background", "action", *_PADDINGS},
        _box,
    ),
    "text": (
        _PLACED
        | {"text", "contents", "size", "weight", "color", "style", "decoration", "align", "gravity", "wrap"}
        | {"lineSpacing", "maxLines", "adjustMode", "scaling", "action"},
        _flex_text,
    ),
    "button": (_PLACED | {"action", "style", "color", "height", "gravity", "adjustMode", "scaling"}, _button),
    "image": (
        _PLACED
        | {"url", "size", "aspectRatio", "aspectMode", "backgroundColor", "align", "gravity", "animated", "action"},
        _image,
    ),
    "icon": (_PLACED | {"url", "size", "aspectRatio", "scaling"}, _image),
    "separator": (frozenset({"color", "margin"}), _nothing_more),
    "filler": (frozenset({"flex"}), _nothing_more),
}
