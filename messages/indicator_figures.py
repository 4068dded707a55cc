"""What was reported of an indicator and what came of it, in words; numbers as ``messages.thai`` writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from messages.language import either
from messages.thai import decimal_text, month_and_year, percent
from models.indicator_terms import Definition, Figure, Result, TargetIn, quarter_of
from models.periods import BUDDHIST_ERA, fiscal_year_of

_Spec = Mapping[str, Any]


def figure_words(definition: Definition, figure: Figure) -> str:
    """What a report says: ``ชุมชนที่เบิกจ่ายงบประมาณ 18 จาก 22 ชุมชน``, ``ขั้นที่ 3 สำรวจปัญหา ร้อยละ 60``.

    Args:
        definition: tells what is counted, and the names of steps and parts.
        figure: complete, as it was reported.
    """
    spec = cast("_Spec", definition.measure)
    part = next((one for one in spec.get("parts", ()) if one.get("code") == figure.part), None)
    if part is None:
        return _figure(spec, figure)
    return f"{part.get('name', figure.part)} {_figure(part.get('measure', {}), figure)}"


def result_words(definition: Definition, result: Result) -> str:
    """A result in what the target speaks of: ``ร้อยละ 81.82``, ``ระดับ 3``, ``12 เรื่อง``; ยังไม่มี where there is none."""
    measured_in, held = definition.target.measured_in, definition.target.held_against(result)
    if held is None and result.percent is not None:
        measured_in, held = TargetIn.PERCENT, result.percent
    if held is None:
        return either("ยังไม่มี", "none yet")
    if measured_in is TargetIn.PERCENT:
        return percent(held)
    number = decimal_text(held, places=3)
    if measured_in is TargetIn.LEVEL:
        return either(f"ระดับ {number}", f"level {number}")
    if measured_in is TargetIn.SCORE:
        return either(f"{number} คะแนน", f"{number} points")
    return f"{number} {definition.measure.get('counted_in', '')}".strip()


def period_words(months: Sequence[date]) -> str:
    """One month, the three of a quarter or the twelve of a fiscal year, as they are named.

    >>> period_words([date(2026, 11, 1)])
    'เดือนพฤศจิกายน 2569'
    >>> period_words([date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)])
    'ไตรมาส 1 ปีงบประมาณ 2570'
    """
    if len(months) == 1:
        return f"{either('เดือน', '')}{month_and_year(months[0])}"
    year_words = fiscal_year_words(fiscal_year_of(months[0]))
    if len(months) == 3:
        quarter = quarter_of(months[0])
        return f"{either(f'ไตรมาส {quarter}', f'quarter {quarter} of')} {year_words}"
    return year_words


def fiscal_year_words(fiscal_year: int) -> str:
    """A fiscal year as the reader counts years; it is given as a Buddhist year."""
    return either(f"ปีงบประมาณ {fiscal_year}", f"fiscal year {fiscal_year - BUDDHIST_ERA}")


def _figure(spec: _Spec, figure: Figure) -> str:
    said = [_step(spec, figure.step)] if figure.step is not None else []
    if figure.numerator is not None:
        said.append(_counted(spec, figure.numerator, figure.denominator))
    if figure.percent is not None:
        said.append(percent(figure.percent))
    if figure.value is not None:
        said.append(_value(spec, figure.value))
    return " ".join(said) or either("ไม่มีตัวเลข", "no figure")


def _step(spec: _Spec, number: int) -> str:
    steps = spec.get("steps", ())
    name = steps[number - 1].get("name", "") if 0 < number <= len(steps) else ""
    return f"{either('ขั้นที่', 'step')} {number} {name}".strip()


def _counted(spec: _Spec, numerator: Decimal, denominator: Decimal | None) -> str:
    of, counted_in = spec.get("of", ""), spec.get("counted_in", "")
    amount = decimal_text(numerator)
    among = "" if denominator is None else f" {either('จาก', 'of')} {decimal_text(denominator)}"
    return f"{of} {amount}{among} {counted_in}".strip()


def _value(spec: _Spec, value: Decimal) -> str:
    number = decimal_text(value, places=3)
    if spec.get("kind") == "count":
        return f"{number} {spec.get('counted_in', '')}".strip()
    if spec.get("kind") == "pass_count":
        return either(f"{number} คะแนน", f"{number} points")
    return either(f"ค่า {number}", f"value {number}")
