"""Figures and results of indicators in a few words: ``18 จาก 22 ชุมชน``, ``60 → 80 %, คะแนน 12 → 16``."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from messages.indicator_words import percent_text, target_text
from messages.language import either
from messages.parts import NOTHING_WRITTEN
from messages.thai import decimal_text, one_line
from models.indicator_terms import Figure, Result, Target

DISTRICT = "สำนักงานเขต"


@dataclass(frozen=True)
class FigureNames:
    """What the numbers of an indicator are called: unit word, names of steps from 1, names of parts by code."""

    counted_in: str = ""
    steps: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportedLine:
    """A unit's figure and what it makes.

    Attributes:
        unit: official name.
        said: the complete figure.
        words: what its numbers are called.
        before: the unit's result without it.
        after: with it.
        target: of the unit, in what is counted; None where it has none of its own.
        replaces: the figure of the same slot whose place it takes.
    """

    unit: str
    said: Figure
    words: FigureNames
    before: Result
    after: Result
    target: Decimal | None = None
    replaces: Figure | None = None


@dataclass(frozen=True)
class Whole:
    """The result of all units together, before and after; ``units`` is how many report."""

    before: Result
    after: Result
    target: Target
    units: int = 1
    counted_in: str = ""


def short_unit(name: str) -> str:
    """A unit as people call it: ``ดินแดง`` for สำนักงานเขตดินแดง, all others in full."""
    return name.removeprefix(DISTRICT)


def figure_words(figure: Figure, names: FigureNames) -> str:
    """What was reported: ``18 จาก 22 ชุมชน``, ``ขั้นที่ 3 สำรวจปัญหา``, ``92 คะแนน``."""
    part = f"{one_line(names.parts.get(figure.part, figure.part))} " if figure.part else ""
    if figure.step is not None and figure.step <= len(names.steps):
        return part + _step_words(figure, names)
    if figure.numerator is not None:
        of = f" {either('จาก', 'of')} {decimal_text(figure.denominator)}" if figure.denominator is not None else ""
        return f"{part}{decimal_text(figure.numerator)}{of} {names.counted_in}".strip()
    if figure.value is not None:
        return f"{part}{decimal_text(figure.value)} {names.counted_in}".strip()
    return f"{part}{percent_words(figure.percent)}"


def result_words(before: Result, after: Result, counted_in: str) -> str:
    """What a result becomes: ``18 จาก 22 = 81.82 %``, ``60 → 80 %, คะแนน 12 → 16``; a dash where nothing counts."""
    if after.numerator is not None and after.denominator is not None:
        counts = f"{decimal_text(after.numerator)} {either('จาก', 'of')} {decimal_text(after.denominator)}"
        said = [counts + (f" = {percent_words(after.percent)}" if after.percent is not None else "")]
    elif after.percent is not None:
        said = [_turn(before.percent, after.percent) + either(" %", "%")]
    elif after.value is not None:
        said = [f"{_turn(before.value, after.value)} {counted_in}".strip()]
    else:
        said = []
    if after.level is not None:
        said.append(f"{either('ระดับ', 'level')} {_turn(_decimal(before.level), Decimal(after.level))}")
    if after.score is not None:
        said.append(f"{either('คะแนน', 'score')} {_turn(before.score, after.score)}")
    return ", ".join(said) or NOTHING_WRITTEN


def target_words(target: Target, counted_in: str) -> str:
    """What should be reached: ``เป้าหมาย 90 %``, ``เป้าหมาย ระดับ 5``, ``เป้าหมาย ไม่เกิน 5 %``."""
    return f"{either('เป้าหมาย', 'target')} {target_text(target, counted_in)}"


def percent_words(value: Decimal | None) -> str:
    """A percentage in a card; a dash of nothing."""
    return NOTHING_WRITTEN if value is None else percent_text(value)


def _step_words(figure: Figure, names: FigureNames) -> str:
    step = figure.step or 1
    said = f"{either('ขั้นที่', 'step')} {step} {one_line(names.steps[step - 1])}"
    is_partly = figure.percent is not None and figure.percent != 100
    return f"{said} ({percent_words(figure.percent)})" if is_partly else said


def _turn(before: Decimal | None, after: Decimal) -> str:
    if before is None or before == after:
        return decimal_text(after)
    return f"{decimal_text(before)} → {decimal_text(after)}"


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
