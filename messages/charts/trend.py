"""One indicator by month or quarter, against its plan and its target; what was not reported is a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from messages.charts.frame import (
    HEIGHT,
    LABEL_SIZE,
    LOOKS,
    NOTE_SIZE,
    RIGHT,
    TOP,
    Chart,
    as_of_text,
    empty_chart,
    framed,
    nice_top,
    title_of,
)
from messages.charts.svg import Anchor, Point, Weight, circle, line, polyline, square, text, width_of
from messages.indicator_words import STATE_WORDS, counted_in, result_text, target_text, until_text
from messages.language import either
from messages.parts import GREEN, INK, MUTED, PAPER, RULE
from messages.thai import decimal_text, percent_text, short_month
from models.chart_data import PeriodPoint, TrendData
from models.indicator_terms import quarter_of

_X_START, _X_END = 130, RIGHT - 20
_Y_TOP, _Y_BOTTOM = TOP + 70, HEIGHT - 132
_TICKS = 4


def draw_trend(data: TrendData) -> Chart:
    """The chart, and what it finds: the result so far, how it stands, and from where it came."""
    title = title_of(data.definition, data.short)
    if not any(point.held is not None for point in data.points):
        return empty_chart(title, either("ยังไม่มีผลรายงวด", "There is no result by period yet"), data.as_of)
    top = _top_of_axis(data)
    finding = f"{result_text(data.definition, data.latest)} {STATE_WORDS[data.state]}"
    pieces = [*_grid(data, top), *_months(data), *_plan(data, top), *_target(data, top), *_results(data, top)]
    pieces += [_legend(data)]
    svg = framed(title, finding, pieces, data.as_of, ink=LOOKS[data.state].ink)
    return Chart(svg, _alt_text(data, title, finding), title)


# --- drawing --------------------------------------------------------------------------------------------------------


def _top_of_axis(data: TrendData) -> Decimal:
    figures = [point.held for point in data.points] + [data.target]
    figures += [point.planned for point in data.points] if data.is_in_percent else []
    top = nice_top(max((figure for figure in figures if figure is not None), default=Decimal(1)))
    return Decimal(100) if data.is_in_percent and 60 < top < 100 else top


def _grid(data: TrendData, top: Decimal) -> Iterator[str]:
    for tick in range(_TICKS + 1):
        value = top * tick / _TICKS
        y = _y(value, top)
        yield line((_X_START - 8, y), (RIGHT, y), stroke=MUTED if tick == 0 else RULE)
        words = percent_text(value) if data.is_in_percent else decimal_text(value)
        yield text(_X_START - 18, y + 10, words, size=NOTE_SIZE, ink=MUTED, anchor=Anchor.END)


def _months(data: TrendData) -> Iterator[str]:
    for index, point in enumerate(data.points):
        words = _period_word(point)
        yield text(_x(data, index), _Y_BOTTOM + 40, words, size=NOTE_SIZE, ink=MUTED, anchor=Anchor.MIDDLE)
        if point.held is None and point.is_over:
            yield circle(_x(data, index), _Y_BOTTOM, 9, fill=PAPER, stroke=MUTED, stroke_width=3)


def _plan(data: TrendData, top: Decimal) -> Iterator[str]:
    if not data.is_in_percent:
        return
    way = [(_x(data, n), _y(one.planned, top)) for n, one in enumerate(data.points) if one.planned is not None]
    yield polyline(way, stroke=MUTED, width=4, dashes="4 10")
    yield from (square(x, y, 6, fill=MUTED) for x, y in way)


def _target(data: TrendData, top: Decimal) -> Iterator[str]:
    if data.target is None:
        return
    y = _y(data.target, top)
    yield line((_X_START, y), (RIGHT, y), stroke=INK, width=4, dashes="22 10")


def _results(data: TrendData, top: Decimal) -> Iterator[str]:
    placed = [None if one.held is None else (_x(data, n), _y(one.held, top)) for n, one in enumerate(data.points)]
    yield from (polyline([left, right], stroke=GREEN, width=7) for left, right in pairwise(placed) if left and right)
    yield from (circle(*place, 11, fill=GREEN, stroke=PAPER, stroke_width=3) for place in placed if place)
    yield from _figures(data, [place for place in placed if place])


def _figures(data: TrendData, placed: Sequence[Point]) -> Iterator[str]:
    """The first and the last figure stand above their points; where the plan or the top is near, below at the right."""
    told = [point for point in data.points if point.held is not None]
    for index in sorted({0, len(told) - 1}):
        (x, y), held, planned = placed[index], told[index].held or Decimal(), told[index].planned
        is_under_plan = data.is_in_percent and planned is not None and planned >= held
        is_below = y < _Y_TOP + 40 or (is_under_plan and y < _Y_BOTTOM - 70)
        words = _figure(data, held)
        half = width_of(words, LABEL_SIZE, Weight.BOLD) / 2
        middle = min(max(x + (half + 8 if is_below else 0), _X_START + half), RIGHT - half)
        yield _bold(words, middle, y + 48 if is_below else y - 24)


def _bold(words: str, x: float, y: float) -> str:
    return text(x, y, words, size=LABEL_SIZE, ink=GREEN, weight=Weight.BOLD, anchor=Anchor.MIDDLE, halo=PAPER)


def _legend(data: TrendData) -> str:
    """What each line is, above the drawing."""
    y, x, pieces = TOP + 20, 40.0, []
    target = target_text(data.definition.target, counted_in(data.definition))
    entries = [(either("ผล", "result"), GREEN, "")]
    if data.target is not None:
        entries.append((either(f"เป้า {target}", f"target {target}"), INK, "22 10"))
    if data.is_in_percent and any(point.planned is not None for point in data.points):
        entries.append((either("แผน", "plan"), MUTED, "4 10"))
    for words, ink, dashes in entries:
        pieces += [polyline([(x, y - 11), (x + 58, y - 11)], stroke=ink, width=5, dashes=dashes)]
        pieces += [text(x + 70, y, words, size=LABEL_SIZE, ink=ink)]
        x += 70 + width_of(words, LABEL_SIZE) + 40
    if any(point.held is None and point.is_over for point in data.points):
        pieces += [circle(x + 10, y - 11, 9, fill=PAPER, stroke=MUTED, stroke_width=3)]
        pieces += [text(x + 32, y, either("ยังไม่รายงาน", "no report"), size=LABEL_SIZE, ink=MUTED)]
    return "".join(pieces)


def _x(data: TrendData, index: int) -> float:
    step = (_X_END - _X_START) / len(data.points)
    return _X_START + step * (index + 0.5)


def _y(value: Decimal, top: Decimal) -> float:
    share = min(Decimal(1), max(Decimal(), value / top))
    return _Y_BOTTOM - float(share) * (_Y_BOTTOM - _Y_TOP)


# --- words ----------------------------------------------------------------------------------------------------------


def _period_word(point: PeriodPoint) -> str:
    if len(point.months) == 3:
        return either(f"ไตรมาส {quarter_of(point.months[0])}", f"Q{quarter_of(point.months[0])}")
    if len(point.months) == 12:
        return either("ทั้งปี", "year")
    return short_month(point.months[0]).split()[0]


def _figure(data: TrendData, value: Decimal) -> str:
    return percent_text(value) if data.is_in_percent else decimal_text(value)


def _alt_text(data: TrendData, title: str, finding: str) -> str:
    told = [point for point in data.points if point.held is not None]
    ends = [told[0], told[-1]] if len(told) > 1 else told
    way = " → ".join(f"{_named_period(one)} {_figure(data, one.held or Decimal())}" for one in ends)
    missing = sum(point.held is None and point.is_over for point in data.points)
    gaps = [either(f"ยังไม่รายงาน {missing} งวด", f"{missing} periods not reported")] if missing else []
    target = target_text(data.definition.target, counted_in(data.definition))
    until = [words for words in (until_text(data.until),) if words]
    aim = either(f"เป้า {target}", f"target {target}")
    return " · ".join([f"{title}: {finding}", aim, way, *gaps, *until, as_of_text(data.as_of)])


def _named_period(point: PeriodPoint) -> str:
    return short_month(point.months[-1]) if len(point.months) == 1 else _period_word(point)
