"""The pictures of the rich menus: six areas, each a drawn sign and its words.

A menu is seen 375 to 430 points wide, a sixth of what it is drawn at: nothing here is thinner than a point then.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from messages.charts.picture import to_png
from messages.charts.svg import Anchor, Weight, canvas, circle, group, path, rect, text_lines
from messages.parts import GREEN, INK, PAPER, TONE_GROUNDS, Tone
from messages.rich_menus import COLUMNS, HEIGHT, MENUS, WIDTH, Area, Bounds, Icon, bounds_of
from models.rich_menus import MenuKind

GAP = 16
"""Between areas, and half of it at the edges: the ground shows where one ends."""
GROUND = "#E4E9ED"
CORNER = 36
LETTERS = 104
LINE_HEIGHT = 1.42
"""Of two lines in large letters; the marks of Sarabun stand clear of each other from 1.35 on."""
LINE_STEP = LETTERS * LINE_HEIGHT
BASELINE = LETTERS * 1.08
"""Below the upper edge of a line of words."""
BELOW_DISC = 36
RAISED = 0.3
"""Where one line of words stands in the room for two: a little above the middle of it."""
DISC = 128
"""Radius of the tinted disc behind a sign."""
SIGN = 3.6
"""Signs are drawn on 48 units."""
STROKE = 3.6

_FIRST = (GREEN, "#23805F", PAPER, PAPER)
_OTHERS = (PAPER, TONE_GROUNDS[Tone.GOOD], GREEN, INK)
"""Colours of an area's ground, of the disc, of the sign on it and of the words."""


def menu_picture(kind: MenuKind) -> str:
    """The picture of a menu as SVG, as large as LINE is told it is; the first area stands out as the likeliest."""
    areas = MENUS[kind]
    rows = [areas[first : first + COLUMNS] for first in range(0, len(areas), COLUMNS)]
    most_lines = [max(len(area.lines) for area in row) for row in rows]
    pieces = [
        _area(area, bounds_of(place), is_first=place == 0, most_lines=most_lines[place // COLUMNS])
        for place, area in enumerate(areas)
    ]
    return canvas(WIDTH, HEIGHT, pieces, ground=GROUND, title=", ".join(area.text for area in areas))


@cache
def menu_png(kind: MenuKind) -> bytes:
    """The same as PNG, at most 1 MB; a quarter of a second's work, done once in a process.

    Raises:
        NotDrawn: as ``to_png`` does.
    """
    return to_png(menu_picture(kind), WIDTH)


def _area(area: Area, bounds: Bounds, *, is_first: bool, most_lines: int) -> str:
    """One area; the signs of a row stand at one height, whether one or two lines of words are below them."""
    ground, disc, sign_ink, ink = _FIRST if is_first else _OTHERS
    room = most_lines * LINE_STEP
    middle, top = bounds.x + bounds.width / 2, bounds.y + (bounds.height - 2 * DISC - BELOW_DISC - room) / 2
    baseline = top + 2 * DISC + BELOW_DISC + BASELINE + (room - len(area.lines) * LINE_STEP) * RAISED
    words = text_lines(
        middle,
        baseline,
        area.lines,
        size=LETTERS,
        ink=ink,
        weight=Weight.SEMIBOLD,
        anchor=Anchor.MIDDLE,
        line_height=LINE_HEIGHT,
    )
    sign = group(
        [_SIGNS[area.icon].replace("INK", sign_ink)], x=middle - 24 * SIGN, y=top + DISC - 24 * SIGN, scale=SIGN
    )
    return _tile(bounds, ground) + circle(middle, top + DISC, DISC, fill=disc) + sign + words


def _tile(bounds: Bounds, ground: str) -> str:
    half = GAP / 2
    return rect(bounds.x + half, bounds.y + half, bounds.width - GAP, bounds.height - GAP, fill=ground, radius=CORNER)


def _drawn(*strokes: str, dots: str = "") -> str:
    """Lines of a sign, and what is filled of it; paths on 48 units."""
    lines = "".join(path(stroke, stroke="INK", stroke_width=STROKE) for stroke in strokes)
    return lines + (path(dots, fill="INK") if dots else "")


def _round(x: float, y: float, radius: float) -> str:
    """A circle as a path."""
    return f"M{x - radius} {y}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0z"


_SHEET = "M10 5H27L38 16V43H10Z M26.5 6V16.5H37"
_CALENDAR = "M7 11H41V41H7Z M7 20H41 M15 6V14 M33 6V14"

_SIGNS: Mapping[Icon, str] = MappingProxyType(
    {
        Icon.LETTER: _drawn(f"M29 41H8V7H36V19 M14 15H30 M14 23H21 {_round(31, 30, 8.5)} M37.5 36.5L44 43"),
        Icon.FOLLOWED: _drawn("M12 6H36V42L24 33L12 42Z M18 15H30 M18 22H30"),
        Icon.REQUESTS: _drawn("M5 8H43V34H24L14 42V34H5Z M14 17H34 M14 25H27"),
        Icon.GAUGE: _drawn("M7 37A20 20 0 1 1 41 37 M24 28L33 18", dots=_round(24, 28, 4)),
        Icon.OFFICER: _drawn(
            "M9.5 25V21.5A14.5 14.5 0 0 1 38.5 21.5V25 M5.5 25H13.5V36H5.5Z M34.5 25H42.5V36H34.5Z",
            "M38.5 36C38.5 41 34 43 28 43",
            dots=_round(26, 43, 3),
        ),
        Icon.HELP: _drawn(f"{_round(24, 24, 18)} M18 19C18 11 30 11 30 19C30 24 24 24 24 29", dots=_round(24, 35, 2.6)),
        Icon.QUEUE: _drawn(
            "M18 11H42 M18 24H42 M18 37H42", dots=_round(9, 11, 3.6) + _round(9, 24, 3.6) + _round(9, 37, 3.6)
        ),
        Icon.BEGIN: _drawn("M24 6H40V42H24 M6 24H30 M21 15L30 24L21 33"),
        Icon.PEOPLE: _drawn(
            f"{_round(18, 16, 7.5)} M4 41C4 31 10 28 18 28S32 31 32 41",
            "M31 9A7.5 7.5 0 0 1 31 23 M36 29C41 31 44 35 44 41",
        ),
        Icon.BARS: _drawn("M6 42H42 M12 42V28H18V42 M23 42V18H29V42 M34 42V8H40V42"),
        Icon.REPORT: _drawn("M26 7H8V41H40V24 M14 17H22 M14 25H19 M25 30L26 23L39 8L44 13L31 28Z"),
        Icon.TARGET: _drawn(f"{_round(24, 24, 18)} {_round(24, 24, 9.5)}", dots=_round(24, 24, 3)),
        Icon.BEHIND: _drawn("M6 10L18 22L26 16L41 35 M29 37H41V25"),
        Icon.APPROVE: _drawn(f"{_SHEET} M17 29L22.5 34.5L31.5 24"),
        Icon.MISSING: _drawn(f"{_SHEET} M24 22V30", dots=_round(24, 36, 2.5)),
        Icon.DAY: _drawn(f"{_CALENDAR} M24 26V31L28 34"),
        Icon.MONTH: _drawn(f"{_CALENDAR} M15 35V31 M24 35V25 M33 35V28"),
        Icon.FILE: _drawn(f"{_SHEET} M24 22V36 M18 30.5L24 36.5L30 30.5"),
        Icon.BELL: _drawn(
            "M10 35V33C13 31 13 27 13 22A11 11 0 0 1 35 22C35 27 35 31 38 33V35Z M20 41C21 44 27 44 28 41 M24 6V11"
        ),
    }
)
"""Our own shapes; ``INK`` is the colour of the place where they stand."""
