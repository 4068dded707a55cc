"""The drawing kit of charts, menus and reports: plain functions that write pieces of SVG, and the measuring of texts.

Pieces are attributes only, no style sheet and no script, so that the same picture stands within a web page under a
strict Content-Security-Policy. Texts stay as they are written and can be searched there; whoever makes pixels of them
passes them through ``as_drawn`` first (``picture.to_png`` does). Sarabun has no glyphs for checks and dots: such marks
are drawn as shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

import fontpkg_sarabun
from PIL import ImageFont

from messages.lengths import graphemes
from messages.parts import INK, PAPER

FAMILY = "Sarabun"
LINE_HEIGHT = 1.6
"""Thai needs it for its marks above and below, in sizes of the letters."""
ELLIPSIS = "…"

Point = tuple[float, float]


class Weight(StrEnum):
    """How thick letters are, as SVG says it."""

    REGULAR = "400"
    SEMIBOLD = "600"
    BOLD = "700"


class Anchor(StrEnum):
    """Which point of a text stands where it is put."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


_FILES = {Weight.REGULAR: "Regular", Weight.SEMIBOLD: "SemiBold", Weight.BOLD: "Bold"}
_MEASURED_AT = 200
"""Pixels; large, so that rounding to whole pixels of the font's hints does not count."""
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")
_BEFORE_ITS_LETTER = "เแโใไ"
"""Vowels that are written before the letter they follow in speech: no line ends with one."""


# --- whole pictures -------------------------------------------------------------------------------------------------


def canvas(
    width: int, height: int, pieces: Iterable[str], *, ground: str = PAPER, title: str = "", definitions: str = ""
) -> str:
    """A whole picture, of so many units and, unless it is scaled, as many pixels.

    Args:
        width: of the picture.
        height: of the picture.
        pieces: what is on it, the lowest first.
        ground: colour of the paper.
        title: what is read out where the picture cannot be seen.
        definitions: patterns that pieces are filled with, of ``hatch``.
    """
    named = f'role="img" aria-label="{_attribute(title)}" ' if title else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {named}viewBox="0 0 {width} {height}" font-family="{FAMILY}">'
    kept = f"<defs>{definitions}</defs>" if definitions else ""
    return "".join([head, kept, rect(0, 0, width, height, fill=ground), *pieces, "</svg>"])


def as_drawn(svg: str) -> str:
    """The picture with every sara am taken apart, as programs need it that draw SVG; it looks the same.

    Some of them (typst, Vega) print the undivided letter over the next one. Never within web pages: browsers draw it
    rightly, and a search would not find the words.

    >>> as_drawn("น้ำ") == "น\u0e4d้า"
    True
    """
    return _SARA_AM.sub("\u0e4d\\1\u0e32", svg)


# --- shapes ---------------------------------------------------------------------------------------------------------


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str,
    radius: float = 0,
    stroke: str = "",
    stroke_width: float = 2,
) -> str:
    """A rectangle from its upper left corner; one without extent is nothing."""
    if width <= 0 or height <= 0:
        return ""
    corner = f' rx="{_n(radius)}"' if radius else ""
    place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
    return f"<rect {place}{corner}{_look(fill, stroke, stroke_width)}/>"


def line(start: Point, end: Point, *, stroke: str, width: float = 2, dashes: str = "") -> str:
    """A straight line; ``dashes`` are lengths as in ``8 6``."""
    ends = f'x1="{_n(start[0])}" y1="{_n(start[1])}" x2="{_n(end[0])}" y2="{_n(end[1])}"'
    return f'<line {ends} stroke="{stroke}" stroke-width="{_n(width)}"{_dashed(dashes)}/>'


def polyline(points: Sequence[Point], *, stroke: str, width: float = 4, dashes: str = "") -> str:
    """A line through points; fewer than two are nothing."""
    if len(points) < 2:
        return ""
    look = f'fill="none" stroke="{stroke}" stroke-width="{_n(width)}"{_dashed(dashes)}'
    return f'<polyline points="{_points(points)}" {look} stroke-linejoin="round" stroke-linecap="round"/>'


def polygon(points: Sequence[Point], *, fill: str, stroke: str = "", stroke_width: float = 2) -> str:
    """A closed shape through points."""
    return f'<polygon points="{_points(points)}"{_look(fill, stroke, stroke_width)}/>'


def path(steps: str, *, fill: str = "none", stroke: str = "", stroke_width: float = 2) -> str:
    """A shape as SVG writes paths; ``steps`` are ours, never somebody's words."""
    ends = ' stroke-linecap="round" stroke-linejoin="round"' if stroke else ""
    return f'<path d="{steps}"{_look(fill, stroke, stroke_width)}{ends}/>'


def circle(x: float, y: float, radius: float, *, fill: str, stroke: str = "", stroke_width: float = 2) -> str:
    """A mark around a point."""
    place = f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"'
    return f"<circle {place}{_look(fill, stroke, stroke_width)}/>"


def square(x: float, y: float, radius: float, *, fill: str, stroke: str = "", stroke_width: float = 2) -> str:
    """A mark around a point, as large to the eye as a circle of this radius."""
    half = radius * 0.89
    return rect(x - half, y - half, 2 * half, 2 * half, fill=fill, stroke=stroke, stroke_width=stroke_width)


def triangle(
    x: float,
    y: float,
    radius: float,
    *,
    fill: str,
    stroke: str = "",
    stroke_width: float = 2,
    points_down: bool = False,
) -> str:
    """A mark around a point, as large to the eye as a circle of this radius."""
    reach = radius * (1.15 if points_down else -1.15)
    corners = [(x - 1.15 * radius, y - 0.75 * reach), (x + 1.15 * radius, y - 0.75 * reach), (x, y + reach)]
    return polygon(corners, fill=fill, stroke=stroke, stroke_width=stroke_width)


def diamond(x: float, y: float, radius: float, *, fill: str, stroke: str = "", stroke_width: float = 2) -> str:
    """A mark around a point, as large to the eye as a circle of this radius."""
    reach = radius * 1.25
    corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
    return polygon(corners, fill=fill, stroke=stroke, stroke_width=stroke_width)


def group(pieces: Iterable[str], *, x: float = 0, y: float = 0, scale: float = 1) -> str:
    """Pieces moved to a place, and made larger or smaller, together."""
    return f'<g transform="translate({_n(x)} {_n(y)}) scale({scale:g})">{"".join(pieces)}</g>'


def hatch(ink: str, ground: str, *, step: float = 12, width: float = 4) -> tuple[str, str]:
    """Slanted lines to fill shapes with, that are told from a plain colour without seeing colours.

    Returns:
        What to give as ``fill``, and the definition that the canvas needs once; equal hatches have equal names.
    """
    name = f"hatch-{ink[1:]}-{ground[1:]}-{step:g}-{width:g}"
    size = f'width="{step:g}" height="{step:g}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    lines = f'{rect(0, 0, step, step, fill=ground)}<rect width="{width:g}" height="{step:g}" fill="{ink}"/>'
    return f"url(#{name})", f'<pattern id="{name}" {size}>{lines}</pattern>'


# --- texts ----------------------------------------------------------------------------------------------------------


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float,
    ink: str = INK,
    weight: Weight = Weight.REGULAR,
    anchor: Anchor = Anchor.START,
    halo: str = "",
) -> str:
    """Words on a baseline; whatever they are, they are words and no markup.

    ``halo`` is a colour that keeps them apart from lines behind them.
    """
    aligned = "" if anchor is Anchor.START else f' text-anchor="{anchor}"'
    thick = "" if weight is Weight.REGULAR else f' font-weight="{weight}"'
    place = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"'
    around = f' stroke="{halo}" stroke-width="10" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return f'<text {place}{thick}{aligned} fill="{ink}"{around}>{escape(_printable(words))}</text>'


def text_lines(
    x: float,
    y: float,
    lines: Sequence[str],
    *,
    size: float,
    ink: str = INK,
    weight: Weight = Weight.REGULAR,
    anchor: Anchor = Anchor.START,
    line_height: float = LINE_HEIGHT,
) -> str:
    """Lines below each other, the first on the baseline ``y``."""
    rows = enumerate(lines)
    step = size * line_height
    return "".join(text(x, y + n * step, words, size=size, ink=ink, weight=weight, anchor=anchor) for n, words in rows)


def width_of(words: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """How wide words stand in Sarabun, in the units of the canvas."""
    return _width(as_drawn(_printable(words)), weight) * size


def fit(words: str, size: float, room: float, weight: Weight = Weight.REGULAR) -> str:
    """As much of the words as has room, with an ellipsis where something was cut off; never cut within a character."""
    words = _printable(words)
    if width_of(words, size, weight) <= room:
        return words
    clusters = graphemes(words)
    kept = _count_that_fits(clusters, lambda some: width_of(_ended(some), size, weight) <= room)
    return _ended("".join(clusters[:kept])) if kept else ""


def font_files() -> list[Path]:
    """The files of the weights that the kit writes in."""
    folder = Path(str(fontpkg_sarabun.ROOT)) / "files"
    return [folder / f"{FAMILY}-{name}.ttf" for name in _FILES.values()]


# --- parts ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _width(words: str, weight: Weight) -> float:
    """In sizes of the letters."""
    return float(_font(weight).getlength(words)) / _MEASURED_AT


@lru_cache
def _font(weight: Weight) -> ImageFont.FreeTypeFont:
    path_of = dict(zip(_FILES, font_files(), strict=True))
    return ImageFont.truetype(path_of[weight], _MEASURED_AT, layout_engine=ImageFont.Layout.RAQM)


def _count_that_fits(clusters: Sequence[str], fits: Callable[[str], bool]) -> int:
    """How many characters can be kept: found by halving, for longer texts are wider."""
    low, high = 0, len(clusters)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits("".join(clusters[:middle])) else (low, middle - 1)
    return low


def _ended(words: str) -> str:
    return words.rstrip().rstrip(_BEFORE_ITS_LETTER).rstrip() + ELLIPSIS


def _printable(words: str) -> str:
    """Without what XML cannot hold, such as half characters and control characters."""
    return _NOT_IN_XML.sub("", words)


def _attribute(words: str) -> str:
    return escape(_printable(words), {'"': "&quot;", "\n": " "})


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _look(fill: str, stroke: str, stroke_width: float) -> str:
    border = f' stroke="{stroke}" stroke-width="{_n(stroke_width)}"' if stroke else ""
    return f' fill="{fill}"{border}'


def _dashed(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _n(value: float) -> str:
    """A number with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")
