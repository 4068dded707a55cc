"""What LINE accepts as the contents of a Flex message.

Problems carry a JSON pointer inside the contents, as LINE's answers do: ``/body/contents/0/text``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from simulator.checks import Problem, Sent, action, json_bytes, link, media_url

BUBBLE_LARGEST_BYTES = 30 * 1024
CAROUSEL_LARGEST_BYTES = 50 * 1024
CAROUSEL_MOST_BUBBLES = 12
LABEL_LONGEST = 40

INVALID = "invalid property"
REQUIRED = "must be specified"

Check = Callable[[Sent, str], list[Problem]]


def matches(pattern: str) -> Check:
    """A check that the whole text fits ``pattern``."""
    form = re.compile(pattern)
    return lambda value, where: [] if isinstance(value, str) and form.fullmatch(value) else [(where, INVALID)]


def typed(*types: type) -> Check:
    """A check of the JSON type (booleans are no numbers)."""

    def check(value: Sent, where: str) -> list[Problem]:
        wrong_bool = isinstance(value, bool) and bool not in types
        return [(where, INVALID)] if wrong_bool or not isinstance(value, types) else []

    return check


PX = r"\d+(?:\.\d+)?px"
SPACES = "none|xs|sm|md|lg|xl|xxl"
FONT_SIZES = "xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl"
COLOUR = matches("#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?")
SPACE = matches(f"{SPACES}|{PX}")
PADDING = matches(rf"{SPACES}|{PX}|\d+(?:\.\d+)?%")
OFFSET = matches(rf"{SPACES}|-?{PX}|-?\d+(?:\.\d+)?%")
LENGTH = matches(rf"{PX}|\d+(?:\.\d+)?%")
FONT_SIZE = matches(f"{FONT_SIZES}|{PX}")
RATIO = re.compile(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)")
BOOL, TEXT, WHOLE = typed(bool), typed(str), typed(int)
ALIGN = matches("start|center|end")
GRAVITY = matches("top|center|bottom")


def flex_number(value: Sent, where: str) -> list[Problem]:
    """Flex: a whole number, 0 or more."""
    return WHOLE(value, where) or ([(where, INVALID)] if value < 0 else [])


def lines_number(value: Sent, where: str) -> list[Problem]:
    """MaxLines: a whole number, 0 (all lines) or more."""
    return flex_number(value, where)


def aspect_ratio(value: Sent, where: str) -> list[Problem]:
    """Width:height, each 1 to 100000, height at most three times the width."""
    found = RATIO.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return [(where, INVALID)]
    width, height = float(found[1]), float(found[2])
    fits = 1 <= width <= 100_000 and 1 <= height <= 100_000 and height <= 3 * width
    return [] if fits else [(where, INVALID)]


def gradient(value: Sent, where: str) -> list[Problem]:
    """A box's background: a linear gradient."""
    rules: dict[str, Check] = {
        "type": matches("linearGradient"),
        "angle": matches(r"(?:\d|[1-9]\d|[12]\d\d|3[0-5]\d)(?:\.\d+)?deg"),
        "startColor": COLOUR,
        "endColor": COLOUR,
        "centerColor": COLOUR,
        "centerPosition": matches(r"(?:\d{1,2}(?:\.\d+)?|100)%"),
    }
    return _properties(value, where, rules, ("type", "angle", "startColor", "endColor"))


def flex_action(value: Sent, where: str) -> list[Problem]:
    """An action beside the button: the label may be left out."""
    return action(value, where, LABEL_LONGEST, label_required=False, join="/")


def button_action(value: Sent, where: str) -> list[Problem]:
    """A button's action: the label is what the button says."""
    return action(value, where, LABEL_LONGEST, join="/")


def media(value: Sent, where: str) -> list[Problem]:
    """The address of an image or film."""
    return media_url(value, where)


def spans(value: Sent, where: str) -> list[Problem]:
    """A text's contents: a list of spans."""
    return _children(value, where, frozenset({"span"}))


def alternative(value: Sent, where: str) -> list[Problem]:
    """What stands for a film where it cannot play."""
    return component(value, where, frozenset({"box", "image"}))


MARGIN: dict[str, Check] = {"margin": SPACE}
PLACE: dict[str, Check] = {
    "position": matches("relative|absolute"),
    "offsetTop": OFFSET,
    "offsetBottom": OFFSET,
    "offsetStart": OFFSET,
    "offsetEnd": OFFSET,
}
FLEX: dict[str, Check] = {"flex": flex_number}
ACTION: dict[str, Check] = {"action": flex_action}
TYPE: dict[str, Check] = {"type": TEXT}
TEXT_LOOK: dict[str, Check] = {
    "size": FONT_SIZE,
    "weight": matches("regular|bold"),
    "color": COLOUR,
    "style": matches("normal|italic"),
    "decoration": matches("none|underline|line-through"),
}
SHRINK: dict[str, Check] = {"adjustMode": matches("shrink-to-fit"), "scaling": BOOL}

COMPONENTS: dict[str, dict[str, Check]] = {
    "box": TYPE
    | MARGIN
    | PLACE
    | FLEX
    | ACTION
    | {
        "layout": matches("horizontal|vertical|baseline"),
        "contents": typed(list),
        "backgroundColor": COLOUR,
        "borderColor": COLOUR,
        "borderWidth": matches(f"none|light|normal|medium|semi-bold|bold|{PX}"),
        "cornerRadius": SPACE,
        "width": LENGTH,
        "maxWidth": LENGTH,
        "height": LENGTH,
        "maxHeight": LENGTH,
        "spacing": SPACE,
        "paddingAll": PADDING,
        "paddingTop": PADDING,
        "paddingBottom": PADDING,
        "paddingStart": PADDING,
        "paddingEnd": PADDING,
        "justifyContent": matches("flex-start|center|flex-end|space-between|space-around|space-evenly"),
        "alignItems": matches("flex-start|center|flex-end"),
        "background": gradient,
    },
    "text": TYPE
    | MARGIN
    | PLACE
    | FLEX
    | ACTION
    | TEXT_LOOK
    | SHRINK
    | {
        "text": TEXT,
        "contents": spans,
        "align": ALIGN,
        "gravity": GRAVITY,
        "wrap": BOOL,
        "lineSpacing": matches(PX),
        "maxLines": lines_number,
    },
    "span": TYPE | TEXT_LOOK | {"text": TEXT},
    "button": TYPE
    | MARGIN
    | PLACE
    | FLEX
    | SHRINK
    | {
        "action": button_action,
        "style": matches("link|primary|secondary"),
        "color": COLOUR,
        "height": matches("sm|md"),
        "gravity": GRAVITY,
    },
    "image": TYPE
    | MARGIN
    | PLACE
    | FLEX
    | ACTION
    | {
        "url": media,
        "size": matches(rf"{FONT_SIZES}|full|{PX}|\d+(?:\.\d+)?%"),
        "aspectRatio": aspect_ratio,
        "aspectMode": matches("fit|cover"),
        "backgroundColor": COLOUR,
        "align": ALIGN,
        "gravity": GRAVITY,
        "animated": BOOL,
    },
    "icon": TYPE | MARGIN | PLACE | {"url": media, "size": FONT_SIZE, "aspectRatio": aspect_ratio, "scaling": BOOL},
    "video": TYPE
    | ACTION
    | {"url": media, "previewUrl": media, "altContent": alternative, "aspectRatio": aspect_ratio},
    "separator": TYPE | MARGIN | {"color": COLOUR},
    "filler": TYPE | FLEX,
}
NEEDED: dict[str, tuple[str, ...]] = {
    "box": ("layout", "contents"),
    "button": ("action",),
    "image": ("url",),
    "icon": ("url",),
    "video": ("url", "previewUrl", "altContent"),
}
IN_BOX = frozenset({"box", "button", "image", "text", "separator", "filler"})
IN_BASELINE = frozenset({"icon", "text", "filler"})
HEROES = frozenset({"box", "image", "video"})
BLOCK_STYLE: dict[str, Check] = {"backgroundColor": COLOUR, "separator": BOOL, "separatorColor": COLOUR}
BUBBLE_SIZES = "nano|micro|deca|hecto|kilo|mega|giga"


def check_contents(contents: Sent) -> list[Problem]:
    """Checks a Flex message's contents: a bubble, or a carousel of at most 12 bubbles of one size."""
    if not isinstance(contents, dict):
        return [("/", REQUIRED)]
    if contents.get("type") == "bubble":
        return check_bubble(contents, "")
    if contents.get("type") == "carousel":
        return check_carousel(contents)
    return [("/type", INVALID)]


def check_carousel(carousel: dict[str, Any]) -> list[Problem]:
    """Checks a carousel and its bubbles."""
    bubbles = carousel.get("contents")
    if not isinstance(bubbles, list) or not 1 <= len(bubbles) <= CAROUSEL_MOST_BUBBLES:
        return [("/contents", f"size must be between 1 and {CAROUSEL_MOST_BUBBLES}")]
    problems = [p for place, bubble in enumerate(bubbles) for p in check_bubble(bubble, f"/contents/{place}")]
    if len({bubble.get("size", "mega") for bubble in bubbles if isinstance(bubble, dict)}) > 1:
        problems.append(("/contents", "all bubbles in a carousel must have the same size"))
    if any(
        isinstance(b, dict) and isinstance(b.get("hero"), dict) and b["hero"].get("type") == "video" for b in bubbles
    ):
        problems.append(("/contents", "a bubble with a video is not allowed in a carousel"))
    if json_bytes(carousel) > CAROUSEL_LARGEST_BYTES:
        problems.append(("/", f"carousel must not be larger than {CAROUSEL_LARGEST_BYTES} bytes"))
    return problems


def check_bubble(bubble: Sent, where: str) -> list[Problem]:
    """Checks one bubble; ``where`` is its pointer, empty when it stands alone."""
    if not isinstance(bubble, dict):
        return [(where or "/", "cannot contain null elements")]
    rules: dict[str, Check] = {
        "type": matches("bubble"),
        "size": matches(BUBBLE_SIZES),
        "direction": matches("ltr|rtl"),
        "header": _block,
        "hero": lambda value, at: component(value, at, HEROES),
        "body": _block,
        "footer": _block,
        "styles": _styles,
        "action": flex_action,
    }
    problems = _properties(bubble, where, rules, ("type",))
    if not any(name in bubble for name in ("header", "hero", "body", "footer")):
        problems.append((where or "/", "bubble must have at least one block"))
    if json_bytes(bubble) > BUBBLE_LARGEST_BYTES:
        problems.append((where or "/", f"bubble must not be larger than {BUBBLE_LARGEST_BYTES} bytes"))
    return problems


def component(value: Sent, where: str, allowed: frozenset[str]) -> list[Problem]:
    """Checks one component and what is inside it."""
    if not isinstance(value, dict):
        return [(where, "cannot contain null elements" if value is None else INVALID)]
    kind = value.get("type")
    if kind not in allowed:
        return [(f"{where}/type", INVALID)]
    problems = _properties(value, where, COMPONENTS[kind], NEEDED.get(kind, ()))
    if kind == "box":
        problems += _inside_box(value, where)
    if kind in {"text", "span"}:
        problems += _words(value, where)
    if kind == "video" and isinstance(value.get("action"), dict):
        problems += link(value["action"].get("uri"), f"{where}/action/uri")
    return problems


def _block(value: Sent, where: str) -> list[Problem]:
    problems = component(value, where, frozenset({"box"}))
    first = value["contents"][0] if isinstance(value, dict) and value.get("contents") else None
    if isinstance(first, dict) and first.get("position") == "absolute":
        problems.append((f"{where}/contents/0/position", INVALID))
    return problems


def _styles(value: Sent, where: str) -> list[Problem]:
    if not isinstance(value, dict):
        return [(where, INVALID)]
    blocks = dict.fromkeys(("header", "hero", "body", "footer"), lambda v, at: _properties(v, at, BLOCK_STYLE, ()))
    return _properties(value, where, blocks, ())


def _inside_box(box: dict[str, Any], where: str) -> list[Problem]:
    contents, baseline = box.get("contents"), box.get("layout") == "baseline"
    problems = _children(contents, f"{where}/contents", IN_BASELINE if baseline else IN_BOX)
    if baseline and isinstance(contents, list):
        for place, child in enumerate(contents):
            barred = {"gravity", "offsetBottom"} & set(child if isinstance(child, dict) else ())
            problems += [(f"{where}/contents/{place}/{name}", INVALID) for name in sorted(barred)]
    return problems


def _children(value: Sent, where: str, allowed: frozenset[str]) -> list[Problem]:
    if not isinstance(value, list):
        return []
    if any(child is None for child in value):
        return [(where, "cannot contain null elements")]
    return [problem for place, child in enumerate(value) for problem in component(child, f"{where}/{place}", allowed)]


def _words(value: dict[str, Any], where: str) -> list[Problem]:
    if value.get("type") == "text" and value.get("contents"):
        return []
    text = value.get("text")
    return [] if isinstance(text, str) and text else [(f"{where}/text", "must be non-empty text")]


def _properties(value: Sent, where: str, rules: dict[str, Check], needed: tuple[str, ...]) -> list[Problem]:
    if not isinstance(value, dict):
        return [(where, INVALID)]
    problems = [(f"{where}/{name}", REQUIRED) for name in needed if value.get(name) is None]
    for name, content in value.items():
        check = rules.get(name)
        if check is None:
            problems.append((f"{where}/{name}", "unknown field"))
        elif content is not None:
            problems += check(content, f"{where}/{name}")
    return problems
