"""Each unit's result against its target: the worst in full, all of them as small marks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from messages.charts.frame import (
    FOOT,
    LABEL_SIZE,
    LEFT,
    LOOKS,
    RIGHT,
    TOP,
    Chart,
    as_of_text,
    bar,
    counts_text,
    empty_chart,
    figure_of,
    framed,
    mark,
    nice_top,
    plan_line,
    strip,
    target_line,
    title_of,
)
from messages.charts.svg import Anchor, Weight, fit, line, text
from messages.indicator_words import counted_in, short_unit, target_text, units_text, until_text
from messages.language import either
from messages.parts import MUTED, RULE
from models.chart_data import Aimed, UnitsData
from models.indicator_terms import PlanState

SHOWN = 8
"""Rows; more would be too small to read on a phone."""
_NAME_END, _BAR_START, _BAR_END = 358, 372, 846
_STRIP_TOP = FOOT - 128


def draw_units(data: UnitsData) -> Chart:
    """The chart, and what it finds: how many reach their targets, and who is last and first."""
    title = title_of(data.definition, data.short)
    if not any(one.held is not None for one in data.units):
        return empty_chart(title, either("ยังไม่มีหน่วยงานใดรายงาน", "No unit has reported yet"), data.as_of)
    shown = data.units[:SHOWN]
    is_all = len(shown) == len(data.units)
    bottom = FOOT - 60 if is_all else _STRIP_TOP - 16
    pieces = [_rows(shown, TOP, bottom)]
    if not is_all:
        pieces += [line((LEFT, bottom + 4), (RIGHT, bottom + 4), stroke=RULE)]
        pieces += [strip([one.shown_state for one in data.units], _STRIP_TOP)]
    finding = _finding(data)
    svg = framed(title, finding + _shown_words(data), pieces, data.as_of, note=_note(data))
    return Chart(svg, _alt_text(data, title, finding), title)


# --- rows -----------------------------------------------------------------------------------------------------------


def _rows(shown: Sequence[Aimed], top: float, bottom: float) -> str:
    step = min(88.0, (bottom - top) / len(shown))
    end = _end_of_axis(shown)
    return "".join(_row(one, top + step * index, step, end) for index, one in enumerate(shown))


def _row(one: Aimed, top: float, step: float, end: Decimal) -> str:
    middle, height = top + step / 2, min(30.0, step - 22)
    baseline = middle + LABEL_SIZE * 0.33
    name = text(LEFT + 34, baseline, fit(short_unit(one.name), LABEL_SIZE, _NAME_END - LEFT - 34), size=LABEL_SIZE)
    pieces = [mark(one.shown_state, LEFT + 12, middle, 11), name]
    if one.held is None:
        words = either("ยังไม่รายงาน", "no report yet")
        return "".join([*pieces, text(_BAR_START, baseline, words, size=LABEL_SIZE, ink=MUTED)])
    figure = fit(figure_of(one), LABEL_SIZE, RIGHT - _BAR_END - 12, Weight.SEMIBOLD)
    pieces += [
        bar(one, _BAR_START, middle - height / 2, _x(one.held, end) - _BAR_START, height),
        *_aims(one, top, step, end),
        text(
            RIGHT,
            baseline,
            figure,
            size=LABEL_SIZE,
            weight=Weight.SEMIBOLD,
            anchor=Anchor.END,
            ink=LOOKS[one.shown_state].ink,
        ),
    ]
    return "".join(pieces)


def _aims(one: Aimed, top: float, step: float, end: Decimal) -> list[str]:
    """As high as the row, so that equal ones of all rows are one line."""
    planned = [] if one.planned is None else [plan_line(_x(one.planned, end), top + 3, top + step)]
    return planned + ([] if one.target is None else [target_line(_x(one.target, end), top, top + step + 1)])


def _end_of_axis(shown: Sequence[Aimed]) -> Decimal:
    figures = [figure for one in shown for figure in (one.held, one.target, one.planned) if figure is not None]
    return nice_top(max(figures, default=Decimal(1)))


def _x(value: Decimal, end: Decimal) -> float:
    share = min(Decimal(1), max(Decimal(), value / end))
    return _BAR_START + float(share) * (_BAR_END - _BAR_START)


# --- words ----------------------------------------------------------------------------------------------------------


def _finding(data: UnitsData) -> str:
    reached = sum(one.shown_state is PlanState.REACHED for one in data.units)
    units = units_text(len(data.units))
    return either(f"ถึงเป้า {reached:,} จาก {units}", f"{reached:,} of {units} on target")


def _shown_words(data: UnitsData) -> str:
    return "" if len(data.units) <= SHOWN else f" · {either(f'{SHOWN} อันดับท้าย', f'the last {SHOWN}')}"


def _note(data: UnitsData) -> str:
    """What the lines across the bars are."""
    aims = {one.target for one in data.units}
    whole = target_text(data.definition.target, counted_in(data.definition))
    if aims == {data.definition.target.value}:
        target = either(f"เส้นหนา = เป้า {whole}", f"line = target {whole}")
    else:
        target = either("เส้นหนา = เป้าของหน่วยงาน", "line = own target") if aims != {None} else ""
    has_plan = any(one.planned is not None for one in data.units)
    return " · ".join(part for part in (target, either("ประ = แผน", "broken = plan") if has_plan else "") if part)


def _alt_text(data: UnitsData, title: str, finding: str) -> str:
    told = [one for one in data.units if one.held is not None]
    counts = ", ".join(words for _, words in counts_text([one.shown_state for one in data.units]))
    last = either(f"ท้ายสุด {_named(told[0])}", f"last {_named(told[0])}")
    first = [either(f"ดีที่สุด {_named(told[-1])}", f"first {_named(told[-1])}")] if len(told) > 1 else []
    until = [words for words in (until_text(data.until),) if words]
    return " · ".join([f"{title}: {finding}", counts, last, *first, *until, as_of_text(data.as_of)])


def _named(one: Aimed) -> str:
    return f"{short_unit(one.name)} {figure_of(one)}"
