"""Many indicators, each result on its way to its target.

Indicators are measured in percent, levels, scores and counts, and of some less is better. Their bars therefore show how
much of the target is reached (where less is better, target ÷ result), and the figures beside say the result itself.
"""

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
    plan_line,
    strip,
    target_line,
)
from messages.charts.svg import Anchor, Weight, fit, line, text, width_of
from messages.indicator_words import counted_in, target_text, year_text
from messages.language import counted, either
from messages.parts import MUTED, RULE
from messages.thai import decimal_text, one_line
from models.chart_data import Aimed, TargetsData
from models.indicator_terms import PlanState

SHOWN = 5
_TARGET_X = 880
_FULL = Decimal("1.12")
"""Bars end a little beyond the target, however much more was reached."""
_STRIP_TOP = FOOT - 128


def draw_targets(data: TargetsData) -> Chart:
    """The chart, and what it finds: how many reach their targets, and which are furthest from it."""
    title = " · ".join(part for part in (either("ผลเทียบเป้าหมาย", "Results against targets"), data.unit) if part)
    title = f"{title} · {year_text(data.fiscal_year)}"
    if not data.lines:
        return empty_chart(title, either("ยังไม่มีตัวชี้วัด", "There is no indicator yet"), data.as_of)
    shown = data.lines[:SHOWN]
    is_all = len(shown) == len(data.lines)
    bottom = FOOT - 60 if is_all else _STRIP_TOP - 14
    step = min(108.0, (bottom - TOP) / len(shown))
    pieces = [_row(one, TOP + step * index, step) for index, one in enumerate(shown)]
    if not is_all:
        pieces += [line((LEFT, bottom + 3), (RIGHT, bottom + 3), stroke=RULE)]
        pieces += [strip([one.shown_state for one in data.lines], _STRIP_TOP)]
    finding = _finding(data.lines)
    svg = framed(title, finding, pieces, data.as_of, note=_note(shown))
    return Chart(svg, _alt_text(data, title, finding), title)


# --- rows -----------------------------------------------------------------------------------------------------------


def _row(one: Aimed, top: float, step: float) -> str:
    """The name with the result at its right, and the bar below."""
    baseline, height = top + LABEL_SIZE * 1.15, min(24.0, step - 62)
    look = LOOKS[one.shown_state]
    result = figure_of(one)
    target = _target_words(one)
    wide = width_of(result, LABEL_SIZE, Weight.SEMIBOLD) + width_of(target, LABEL_SIZE) + 14
    room = RIGHT - LEFT - 34 - wide - 24
    name = f"{one.definition.code} {one_line(one.name)}"
    pieces = [
        mark(one.shown_state, LEFT + 12, baseline - 11, 11),
        text(LEFT + 34, baseline, fit(name, LABEL_SIZE, room), size=LABEL_SIZE),
        text(RIGHT, baseline, target, size=LABEL_SIZE, ink=MUTED, anchor=Anchor.END),
        text(
            RIGHT - width_of(target, LABEL_SIZE) - 14,
            baseline,
            result,
            size=LABEL_SIZE,
            ink=look.ink,
            weight=Weight.SEMIBOLD,
            anchor=Anchor.END,
        ),
    ]
    return "".join([*pieces, *_bar(one, baseline + 24, height)])


def _bar(one: Aimed, top: float, height: float) -> list[str]:
    track = line((LEFT + 34, top + height), (_x(_FULL), top + height), stroke=RULE)
    if one.progress is None:
        return [track]
    pieces = [track, bar(one, LEFT + 34, top, _x(one.progress) - LEFT - 34, height)]
    if one.planned_progress is not None:
        pieces.append(plan_line(_x(one.planned_progress), top - 6, top + height + 6))
    return [*pieces, target_line(_x(Decimal(1)), top - 8, top + height + 8)]


def _x(progress: Decimal) -> float:
    return LEFT + 34 + float(min(progress, _FULL)) * (_TARGET_X - LEFT - 34)


# --- words ----------------------------------------------------------------------------------------------------------


def _target_words(one: Aimed) -> str:
    whole = target_text(one.definition.target, counted_in(one.definition))
    if one.target is not None and one.target != one.definition.target.value:  # of the unit, in percent
        whole = f"{decimal_text(one.target)}{either(' %', '%')}"
    return either(f"เป้า {whole}", f"target {whole}")


def _finding(lines: Sequence[Aimed]) -> str:
    reached = sum(one.shown_state is PlanState.REACHED for one in lines)
    behind = sum(one.shown_state in (PlanState.BEHIND, PlanState.MISSED) for one in lines)
    found = either(
        f"ถึงเป้า {reached:,} จาก {len(lines):,} ตัวชี้วัด", f"{reached:,} of {counted(len(lines), 'indicator')} on target"
    )
    return f"{found} · {either(f'ช้ากว่าแผน {behind:,}', f'{behind:,} behind')}" if behind else found


def _note(shown: Sequence[Aimed]) -> str:
    has_plan = any(one.planned_progress is not None for one in shown)
    target = either("เส้นหนา = เป้าหมาย", "thick line = target")
    return f"{target} · {either('เส้นประ = แผน', 'broken = plan')}" if has_plan else target


def _alt_text(data: TargetsData, title: str, finding: str) -> str:
    counts = ", ".join(words for _, words in counts_text([one.shown_state for one in data.lines]))
    told = [one for one in data.lines if one.held is not None and one.shown_state is not PlanState.REACHED]
    worst = [f"{one.definition.code} {one_line(one.name)} {figure_of(one)} ({_target_words(one)})" for one in told[:3]]
    last = [f"{either('ห่างเป้ามากที่สุด', 'furthest from target:')} {', '.join(worst)}"] if worst else []
    return " · ".join([f"{title}: {finding}", counts, *last, as_of_text(data.as_of)])
