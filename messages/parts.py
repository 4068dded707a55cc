"""The visual language of the chat: its tokens, and the pieces that cards are put together from.

Every colour that carries a meaning stands beside a word or a shape that says the same. All words stand out from their
grounds by 4.5 : 1 or more (``tests/messages/test_parts.py`` reckons it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from messages.lengths import clip, clip_units
from messages.limits import MAX_ALT_TEXT_UNITS, MAX_FLEX_LABEL, MAX_TEXT_UNITS, Json

INK = "#1B2430"
MUTED = "#56616E"
GREEN = "#0A6B4A"
DUE = "#8A5000"
LATE = "#AE241C"
PAPER = "#FFFFFF"
RULE = "#DCE2E7"
FAINT = "#B4BEC8"
"""For shapes only, too pale for words."""


class Tone(StrEnum):
    """What a coloured word means."""

    PLAIN = "plain"
    GOOD = "good"
    DUE = "due"
    LATE = "late"


TONE_INKS = {Tone.PLAIN: MUTED, Tone.GOOD: GREEN, Tone.DUE: DUE, Tone.LATE: LATE}
TONE_GROUNDS = {Tone.PLAIN: "#EDF0F3", Tone.GOOD: "#E3F1EB", Tone.DUE: "#FCF0DC", Tone.LATE: "#FBE8E6"}

NOTHING_WRITTEN = "–"
"""Stands where a text is empty: LINE refuses empty texts."""


class StepState(StrEnum):
    """Where a step of a way stands."""

    DONE = "done"
    CURRENT = "current"
    RETURNED = "returned"
    TO_COME = "to_come"


@dataclass(frozen=True)
class Step:
    """One row of a timeline; ``when`` stands at its right."""

    label: str
    state: StepState
    when: str = ""


@dataclass(frozen=True)
class Bar:
    """One column of a row of bars; ``filled`` is 0 to 100, None where there is nothing to show, which is not zero."""

    label: str
    filled: int | None


@dataclass(frozen=True)
class _Mark:
    size: str
    fill: str | None
    border: str | None
    ink: str


BARS_HEIGHT = 48
_LEAST_BAR = 2
"""So that a reported zero is seen, unlike a month that was not reported."""
_LINE_SPACING = {"xs": "3px", "sm": "3px", "md": "4px"}
"""LINE sets lines 1.4 times their size apart; Thai needs 1.6 for its marks above and below."""

_MARKS = {
    StepState.DONE: _Mark("8px", GREEN, None, INK),
    StepState.CURRENT: _Mark("14px", GREEN, "#BFDFD2", GREEN),
    StepState.RETURNED: _Mark("14px", DUE, "#F1D9B0", DUE),
    StepState.TO_COME: _Mark("8px", PAPER, FAINT, MUTED),
}


def text(words: str, quick_replies: Sequence[Json] = ()) -> Json:
    """A plain text message, cut to LINE's length; ``quick_replies`` are actions."""
    return with_quick_replies({"type": "text", "text": clip_units(words, MAX_TEXT_UNITS)}, quick_replies)


def card(alt_text: str, body: Sequence[Json], footer: Sequence[Json] = (), quick_replies: Sequence[Json] = ()) -> Json:
    """A Flex bubble; ``alt_text`` says the same as the card, for the notification and the list of chats."""
    bubble: Json = {"type": "bubble", "size": "mega", "body": stack(body) | {"paddingAll": "16px"}}
    if footer:
        bubble["body"] |= {"paddingBottom": "8px"}
        bubble["footer"] = stack(footer, spacing="xs") | {
            "paddingAll": "16px",
            "paddingTop": "8px",
            "paddingBottom": "10px",
        }
    message = {"type": "flex", "altText": clip_units(alt_text, MAX_ALT_TEXT_UNITS), "contents": bubble}
    return with_quick_replies(message, quick_replies)


def with_quick_replies(message: Json, actions: Sequence[Json]) -> Json:
    """The message with these actions offered below the chat; LINE shows those of the last message only."""
    if not actions:
        return message
    return message | {"quickReply": {"items": [{"type": "action", "action": action} for action in actions]}}


def headline(words: str, tone: Tone = Tone.GOOD) -> Json:
    """A card's first line: the answer."""
    return line(words, size="xl", bold=True, colour=TONE_INKS[tone], max_lines=2)


def line(
    words: str,
    *,
    size: str = "sm",
    colour: str = INK,
    bold: bool = False,
    max_lines: int | None = None,
    margin: str | None = None,
) -> Json:
    """Words that wrap; ``max_lines`` ends them with an ellipsis."""
    piece: Json = {
        "type": "text",
        "text": words.strip() or NOTHING_WRITTEN,
        "size": size,
        "color": colour,
        "wrap": True,
    }
    if size in _LINE_SPACING:
        piece["lineSpacing"] = _LINE_SPACING[size]
    if bold:
        piece["weight"] = "bold"
    if max_lines:
        piece["maxLines"] = max_lines
    if margin:
        piece["margin"] = margin
    return piece


def small(words: str, *, max_lines: int | None = None, margin: str | None = None) -> Json:
    """What an answer rests on: since when, from where."""
    return line(words, size="xs", colour=MUTED, max_lines=max_lines, margin=margin)


def chip(words: str, tone: Tone) -> Json:
    """A short word on a tinted ground, such as an urgency."""
    label = {"type": "text", "text": words, "size": "xs", "color": TONE_INKS[tone], "weight": "bold", "align": "center"}
    return {
        "type": "box",
        "layout": "vertical",
        "flex": 0,
        "contents": [label],
        "backgroundColor": TONE_GROUNDS[tone],
        "cornerRadius": "4px",
        "paddingStart": "8px",
        "paddingEnd": "8px",
        "paddingTop": "2px",
        "paddingBottom": "2px",
    }


def rule(margin: str = "lg") -> Json:
    """A hairline between two matters."""
    return {"type": "separator", "color": RULE, "margin": margin}


def row(children: Sequence[Json], *, layout: str = "horizontal", spacing: str = "sm") -> Json:
    """Pieces side by side."""
    return {"type": "box", "layout": layout, "contents": list(children), "spacing": spacing}


def stack(children: Sequence[Json], *, spacing: str = "none", margin: str | None = None) -> Json:
    """Pieces below each other."""
    box: Json = {"type": "box", "layout": "vertical", "contents": list(children), "spacing": spacing}
    return box | {"margin": margin} if margin else box


def panel(children: Sequence[Json], *, margin: str = "lg") -> Json:
    """Pieces below each other on a tinted ground: somebody else's words."""
    box = stack(children, spacing="xs", margin=margin)
    return box | {"backgroundColor": TONE_GROUNDS[Tone.PLAIN], "cornerRadius": "8px", "paddingAll": "12px"}


def tappable(piece: Json, action: Json) -> Json:
    """A box that does something when it is tapped."""
    return piece | {"action": action}


def button(action: Json, *, is_main: bool = False) -> Json:
    """A button across the card; one of them is the main one."""
    label = clip(str(action["label"]), MAX_FLEX_LABEL)
    look = {"style": "primary", "color": GREEN} if is_main else {"style": "link", "color": GREEN}
    return {
        "type": "button",
        "action": action | {"label": label},
        "height": "sm",
        "adjustMode": "shrink-to-fit",
        **look,
    }


def links(actions: Sequence[Json]) -> Json:
    """Lesser choices side by side, in one size of letters whatever their lengths."""
    return row([_link(action) for action in actions])


def timeline(steps: Sequence[Step]) -> Json:
    """A way with its steps below each other, drawn as dots on a line."""
    last = len(steps) - 1
    rows = [_step(step, _bar(steps, index), _bar(steps, index + 1)) for index, step in enumerate(steps)]
    return stack(rows) | {"margin": "lg"} if last >= 0 else stack([])


def bars(columns: Sequence[Bar], *, margin: str = "md") -> Json:
    """Columns on one baseline, each with a letter or two below; their words stand in the text beside them."""
    towers = row([_tower(column) for column in columns], spacing="xs")
    labels = [_bar_label(column.label) for column in columns]
    return stack([towers, rule("none"), row(labels, spacing="xs")], margin=margin)


def _tower(column: Bar) -> Json:
    tower: Json = {"type": "box", "layout": "vertical", "contents": [], "height": f"{BARS_HEIGHT}px", "flex": 1}
    if column.filled is None:
        return tower
    height = max(_LEAST_BAR, BARS_HEIGHT * column.filled // 100)
    bar: Json = {"type": "box", "layout": "vertical", "contents": [], "height": f"{height}px", "backgroundColor": GREEN}
    return tower | {"contents": [bar | {"cornerRadius": "2px"}], "justifyContent": "flex-end"}


def _bar_label(words: str) -> Json:
    label: Json = {"type": "text", "text": words.strip() or NOTHING_WRITTEN, "size": "xxs", "color": MUTED}
    return label | {"align": "center", "flex": 1}


def _link(action: Json) -> Json:
    label = line(clip(str(action["label"]), MAX_FLEX_LABEL), colour=GREEN, bold=True) | {"align": "center"}
    box = stack([label]) | {"paddingTop": "10px", "paddingBottom": "10px", "flex": 1}
    return tappable(box, action)


def _bar(steps: Sequence[Step], index: int) -> str | None:
    """Colour of the line above the step at this index; none above the first and below the last."""
    if index in (0, len(steps)):
        return None
    return RULE if steps[index].state is StepState.TO_COME else GREEN


def _step(step: Step, above: str | None, below: str | None) -> Json:
    mark = _MARKS[step.state]
    is_now = step.state in (StepState.CURRENT, StepState.RETURNED)
    label = line(step.label, colour=mark.ink, bold=is_now) | {"gravity": "center", "flex": 1}
    cells = [_rail(mark, above, below), _padded(label)]
    if step.when:
        when = {"type": "text", "text": step.when, "size": "xs", "color": MUTED, "align": "end", "gravity": "center"}
        cells.append(when | {"flex": 0})
    return row(cells, spacing="md")


def _padded(piece: Json) -> Json:
    return stack([piece]) | {"paddingTop": "3px", "paddingBottom": "3px", "flex": 1}


def _rail(mark: _Mark, above: str | None, below: str | None) -> Json:
    dot: Json = {"type": "box", "layout": "vertical", "contents": [], "width": mark.size, "height": mark.size}
    dot |= {"cornerRadius": "7px", "backgroundColor": mark.fill or PAPER, "flex": 0}
    if mark.border:
        dot |= {"borderColor": mark.border, "borderWidth": "3px" if mark.size == "14px" else "2px"}
    return stack([_bar_piece(above), dot, _bar_piece(below)]) | {"width": "14px", "alignItems": "center"}


def _bar_piece(colour: str | None) -> Json:
    bar: Json = {"type": "box", "layout": "vertical", "contents": [], "width": "2px", "flex": 1}
    return bar | {"backgroundColor": colour} if colour else bar
