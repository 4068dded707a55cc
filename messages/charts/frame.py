"""What all charts share: their size, title, finding, footnote, and how states look without colour.

A chart of 1040 units across is shown 300 pixels wide on a phone: letters are 30 units high and more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from messages.charts.svg import (
    Anchor,
    Weight,
    canvas,
    circle,
    diamond,
    fit,
    hatch,
    line,
    rect,
    square,
    text,
    triangle,
    width_of,
)
from messages.indicator_words import STATE_WORDS, result_text, short_year_text
from messages.language import either
from messages.parts import DUE, GREEN, INK, LATE, MUTED, PAPER, RULE
from messages.thai import bangkok_date, clock_time, day_and_month, one_line, year
from models.chart_data import Aimed
from models.indicator_terms import Definition, PlanState

WIDTH, HEIGHT = 1040, 780
LEFT, RIGHT = 40, WIDTH - 40
TITLE_SIZE, FINDING_SIZE, LABEL_SIZE, NOTE_SIZE = 38, 36, 32, 30
TOP = 142
"""Where the drawing begins below title and finding."""
FOOT = HEIGHT - 24
"""Baseline of the footnote."""

_SOFT_GREEN, _SOFT_DUE, _SOFT_LATE = "#BFDFD2", "#F6DFB4", "#F6CDC9"
GREEN_HATCH, _GREEN_LINES = hatch(GREEN, _SOFT_GREEN)
DUE_HATCH, _DUE_LINES = hatch(DUE, _SOFT_DUE)
LATE_HATCH, _LATE_LINES = hatch(LATE, _SOFT_LATE, step=10, width=5)
_AXIS_ENDS = tuple(Decimal(end) / 10 for end in (10, 12, 16, 20, 24, 32, 40, 60, 80, 100))
HATCHES = _GREEN_LINES + _DUE_LINES + _LATE_LINES


@dataclass(frozen=True)
class Chart:
    """A picture: ``svg`` with words that can be searched, ``alt_text`` with the finding, ``title`` of what."""

    svg: str
    alt_text: str
    title: str


@dataclass(frozen=True)
class Look:
    """How a state is drawn: what its bar is filled with, its ink, and the shape of its mark."""

    fill: str
    ink: str
    shape: str


LOOKS = {
    PlanState.REACHED: Look(GREEN, GREEN, "circle"),
    PlanState.ON_PLAN: Look(GREEN_HATCH, GREEN, "square"),
    PlanState.UNPLANNED: Look(DUE_HATCH, DUE, "diamond"),
    PlanState.BEHIND: Look(LATE_HATCH, LATE, "triangle"),
    PlanState.MISSED: Look(LATE_HATCH, LATE, "triangle"),
    PlanState.NOT_REPORTED: Look(PAPER, MUTED, "ring"),
}
"""A bar that is full reached its target, a hatched one did not; colours say the same once more."""


def framed(title: str, finding: str, pieces: Iterable[str], as_of: datetime, *, ink: str = INK, note: str = "") -> str:
    """The whole picture.

    Args:
        title: of what it is.
        finding: what it says, in a few words.
        pieces: the drawing, between ``TOP`` and the footnote.
        as_of: when the figures were so.
        ink: of the finding.
        note: at the lower left.
    """
    date_of_figures = as_of_text(as_of)
    room = RIGHT - LEFT - width_of(date_of_figures, NOTE_SIZE) - 30
    frame = [
        text(LEFT, 56, _fitted_title(title), size=TITLE_SIZE, ink=INK),
        text(
            LEFT,
            112,
            fit(finding, FINDING_SIZE, RIGHT - LEFT, Weight.BOLD),
            size=FINDING_SIZE,
            ink=ink,
            weight=Weight.BOLD,
        ),
        *pieces,
        text(LEFT, FOOT, fit(note, NOTE_SIZE, room), size=NOTE_SIZE, ink=MUTED),
        text(RIGHT, FOOT, date_of_figures, size=NOTE_SIZE, ink=MUTED, anchor=Anchor.END),
    ]
    return canvas(WIDTH, HEIGHT, frame, title=f"{title}: {finding}", definitions=HATCHES)


def _fitted_title(title: str) -> str:
    """A long name is cut, not what stands behind the last dot: the year."""
    name, dot, year_words = title.rpartition(" · ")
    rest = f"{dot}{year_words}"
    return f"{fit(name, TITLE_SIZE, RIGHT - LEFT - width_of(rest, TITLE_SIZE))}{rest}"


def empty_chart(title: str, why: str, as_of: datetime) -> Chart:
    """A picture that says why there is nothing to see."""
    box = rect(LEFT, TOP + 20, RIGHT - LEFT, 500, fill=PAPER, stroke=RULE, radius=16)
    words = text(WIDTH / 2, 420, why, size=FINDING_SIZE, ink=MUTED, anchor=Anchor.MIDDLE)
    svg = framed(title, why, [box, words], as_of, ink=MUTED)
    return Chart(svg, f"{title}: {why} ({as_of_text(as_of)})", title)


def as_of_text(at: datetime) -> str:
    """When figures were so: ``ข้อมูล ณ 22 พ.ย. 69 08.30 น.``."""
    day = f"{day_and_month(at)} {short_year(at)}"
    return either(f"ข้อมูล ณ {day} {clock_time(at)}", f"As of {day}, {clock_time(at)}")


def short_year(day: date | datetime) -> str:
    """The year's last two digits, where there is little room."""
    return f"{year(bangkok_date(day)) % 100:02}"


def title_of(definition: Definition, short: str) -> str:
    """An indicator as charts call it: its code, its short name where it has one, and its year."""
    name = one_line(short or definition.name)
    return f"{definition.code} {name} · {short_year_text(definition.fiscal_year)}"


def figure_of(one: Aimed) -> str:
    """A result as its card says it."""
    return result_text(one.definition, one.result)


def mark(state: PlanState, x: float, y: float, radius: float) -> str:
    """The shape of a state around a point."""
    look = LOOKS[state]
    if look.shape == "triangle":
        return triangle(x, y, radius, fill=look.ink, points_down=True)
    if look.shape == "ring":
        return circle(x, y, radius - 1.5, fill=PAPER, stroke=look.ink, stroke_width=3)
    if look.shape == "diamond":
        return diamond(x, y, radius, fill=look.ink)
    return (circle if look.shape == "circle" else square)(x, y, radius, fill=look.ink)


def bar(one: Aimed, x: float, y: float, width: float, height: float) -> str:
    """A bar as its state looks; a reported zero is a sliver."""
    look = LOOKS[one.shown_state]
    return rect(x, y, max(4.0, width), height, fill=look.fill, stroke=look.ink, stroke_width=2)


def target_line(x: float, top: float, bottom: float) -> str:
    """A line that a result should reach, thick enough to be seen small."""
    return line((x, top), (x, bottom), stroke=INK, width=5)


def plan_line(x: float, top: float, bottom: float) -> str:
    """Where the plan is by now: thinner than the target, and broken."""
    return line((x, top), (x, bottom), stroke=MUTED, width=4, dashes="6 5")


def counts_text(states: Sequence[PlanState]) -> list[tuple[PlanState, str]]:
    """How many there are of each state, in the strip's order."""
    counts = Counter(states)
    order = (PlanState.REACHED, PlanState.ON_PLAN, PlanState.UNPLANNED, PlanState.BEHIND, PlanState.MISSED)
    shown = (*order, PlanState.NOT_REPORTED)
    return [(state, f"{_short_word(state)} {counts[state]:,}") for state in shown if counts[state]]


def strip(states: Sequence[PlanState], y: float) -> str:
    """One small mark for each of many, and below how many there are of each state: 90 units high."""
    order = [state for state, _ in counts_text(states)]
    step = min(30.0, (RIGHT - LEFT) / max(1, len(states)))
    radius = min(10.0, step * 0.42)
    placed = enumerate(sorted(states, key=order.index))
    marks = [mark(state, LEFT + step * (index + 0.5), y + 12, radius) for index, state in placed]
    return "".join([*marks, legend(counts_text(states), y + 66)])


def legend(entries: Sequence[tuple[PlanState, str]], y: float) -> str:
    """Marks with their words, on one baseline."""
    pieces, x = [], float(LEFT)
    words_wide = sum(width_of(words, LABEL_SIZE) for _, words in entries)
    room = RIGHT - LEFT - 28 * len(entries)
    gap = min(32.0, max(14.0, (room - words_wide) / max(1, len(entries) - 1)))
    size = LABEL_SIZE * min(1.0, (room - gap * (len(entries) - 1)) / max(1.0, words_wide))
    for state, words in entries:
        pieces += [mark(state, x + 10, y - 11, 10), text(x + 28, y, words, size=size, ink=LOOKS[state].ink)]
        x += 28 + width_of(words, size) + gap
    return "".join(pieces)


def nice_top(value: Decimal) -> Decimal:
    """The end of an axis: the next figure at or above one whose quarters are short to write.

    >>> nice_top(Decimal(83)), nice_top(Decimal("0.3")), nice_top(Decimal(0))
    (Decimal('100'), Decimal('0.32'), Decimal('1'))
    """
    if value <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(value.adjusted())
    return next(step * power for step in _AXIS_ENDS if step * power >= value).normalize() + 0


def _short_word(state: PlanState) -> str:
    return either("ยังไม่รายงาน", "no report") if state is PlanState.NOT_REPORTED else STATE_WORDS[state]
