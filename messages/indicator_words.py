"""How figures, results, targets, months and states of indicators are said: one function a fact, for every card.

What is counted, and the names of steps and parts, come in the catalog's language, whatever is spoken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from messages.language import Glossary, Words, counted, either
from messages.lengths import clip
from messages.parts import NOTHING_WRITTEN, Tone
from messages.thai import BUDDHIST_ERA, decimal_text, month_and_year, one_line, percent_text, short_date, short_month
from models.indicator_reports import DecisionKind, ReportSource
from models.indicator_terms import Definition, Direction, Figure, PlanState, Result, Target, TargetIn, quarter_of
from models.indicator_views import Scope, ScopeKind
from models.periods import fiscal_year_of

DISTRICT = "สำนักงานเขต"

MISSING_LABEL = Words("หน่วยงานที่ยังไม่รายงาน", "Units without a report")
GROUPS_LABEL = Words("รายกลุ่มเขต", "By district group")
UNITS_LABEL = Words("รายหน่วยงาน", "By unit")
WHOLE_LABEL = Words("ภาพรวม", "All units")
EVIDENCE_LABEL = Words("หลักฐาน", "Evidence")
OWN_LABEL = Words("ตัวชี้วัดของฉัน", "My indicators")
NOT_REPORTED = Words("ยังไม่มีรายงาน", "No report yet")
NONE_YET = Words("ยังไม่มี", "none yet")
LATE = Words("ล่าช้า", "Late")
NOTE = Words("หมายเหตุ", "Note")
HOST = Words("เจ้าภาพ", "Host")

STATE_WORDS = Glossary(
    {
        PlanState.REACHED: Words("ถึงเป้า", "on target"),
        PlanState.ON_PLAN: Words("ตามแผน", "on plan"),
        PlanState.BEHIND: Words("ช้ากว่าแผน", "behind plan"),
        PlanState.MISSED: Words("ไม่ถึงเป้า", "below target"),
        PlanState.NOT_REPORTED: NOT_REPORTED,
        PlanState.UNPLANNED: Words("ยังไม่ถึงเป้า", "not yet on target"),
    }
)
STATE_TONES = {
    PlanState.REACHED: Tone.GOOD,
    PlanState.ON_PLAN: Tone.GOOD,
    PlanState.BEHIND: Tone.LATE,
    PlanState.MISSED: Tone.LATE,
    PlanState.NOT_REPORTED: Tone.PLAIN,
    PlanState.UNPLANNED: Tone.DUE,
}
SOURCE_WORDS = Glossary(
    {
        ReportSource.CHAT: Words("รายงานในแชต", "reported in the chat"),
        ReportSource.GRID: Words("กรอกในตาราง", "filled in the table"),
        ReportSource.COMMAND: Words("ผู้ดูแลระบบบันทึก", "entered by the administrator"),
        ReportSource.VOUCHERS: Words("คำนวณจากข้อมูลใบขอเบิกเงิน", "computed from payment vouchers"),
        ReportSource.SERVICE_LOG: Words("คำนวณจากบันทึกการให้บริการ", "computed from the service's log"),
    }
)
DECISION_WORDS = Glossary(
    {
        None: Words("รออนุมัติ", "waits for approval"),
        DecisionKind.APPROVED: Words("อนุมัติแล้ว", "approved"),
        DecisionKind.RETURNED: Words("ส่งกลับแก้ไข", "sent back"),
    }
)


# --- figures and results --------------------------------------------------------------------------------------------


def figure_text(definition: Definition, figure: Figure) -> str:
    """What a report says: ``18 จาก 22 ชุมชน``, ``ขั้นที่ 3 สำรวจปัญหา (60 %)``, ``92 คะแนน``, ``LINE OA 50 คน``.

    Args:
        definition: tells what is counted, and the names of steps and parts.
        figure: complete, as it was reported.
    """
    spec = cast("Mapping[str, Any]", definition.measure)
    part = next((one for one in spec.get("parts", ()) if one.get("code") == figure.part), None)
    if part is None:
        return _figure(spec, figure)
    return f"{one_line(part.get('name', figure.part))} {_figure(part.get('measure', {}), figure)}"


def step_text(number: int, name: str = "") -> str:
    """A step by its number from 1 and its name: ``ขั้นที่ 3 สำรวจปัญหา``."""
    return f"{either('ขั้นที่', 'step')} {number} {one_line(name)}".strip()


def result_text(definition: Definition, result: Result, *, nothing: Words = NOT_REPORTED) -> str:
    """A result as its target speaks of it: ``60.08 %``, ``ระดับ 4 (90 %)``, ``1,250 คน``, ``18 คะแนน``.

    Args:
        definition: tells the target and what is counted.
        result: of all units, or of some.
        nothing: what is said of no result.
    """
    held = definition.target.held_against(result)
    measured_in = definition.target.measured_in
    beside = f" ({percent_text(result.percent)})" if result.percent is not None else ""
    if held is not None:
        main = amount_text(held, measured_in, counted_in(definition))
        return main if measured_in in (TargetIn.PERCENT, TargetIn.COUNT) else f"{main}{beside}"
    if result.percent is not None:
        return percent_text(result.percent)
    if result.value is None:
        return str(nothing)
    return _months_passed(definition, result.value) if _kind(definition) == "pass_count" else decimal_text(result.value)


def fraction_text(definition: Definition, result: Result) -> str:
    """What a percentage is made of; empty where it is made of nothing that is counted.

    ``1,234 จาก 2,054 ชุมชน``, ``เฉลี่ยรายเดือน รวม 136 จาก 150 ใบ``, ``ถึงเป้า 3 จาก 4 ส่วน``,
    ``322 จาก 10,000 บาท = 3.22 %``.
    """
    value = percent_text(result.value) if _kind(definition) == "banded" and result.value is not None else ""
    if result.numerator is None or result.denominator is None:
        return value
    counts = f"{_among(result.numerator, result.denominator)} {counted_in(definition)}".strip()
    if _kind(definition) == "composite":
        return either(f"ถึงเป้า {counts} ส่วน", f"{counts} parts on target")
    if _kind(definition) == "monthly_mean":
        return either(f"เฉลี่ยรายเดือน รวม {counts}", f"mean of the months; {counts} in all")
    return f"{counts} = {value}" if value else counts


def becoming_text(definition: Definition, before: Result, after: Result) -> str:
    """What a report makes of a result, with all that it is made of, for who reports.

    ``18 จาก 22 = 81.82 %``, ``60 → 80 %, คะแนน 12 → 16``, ``3.22 %, ระดับ 2, 70 %``; a dash where nothing counts.
    """
    if _kind(definition) in _SAID_AS_MADE_OF:
        said = [words for words in (fraction_text(definition, after),) if words]
        said += [percent_text(after.percent)] if after.percent is not None else []
    elif _kind(definition) == "pass_count" and after.percent is None and after.value is not None:
        said = [_months_passed(definition, after.value)]
    elif after.numerator is not None and after.denominator is not None:
        share = f" = {percent_text(after.percent)}" if after.percent is not None else ""
        said = [_among(after.numerator, after.denominator) + share]
    elif after.percent is not None:
        said = [_turn(before.percent, after.percent) + either(" %", "%")]
    elif after.value is not None:
        said = [f"{_turn(before.value, after.value)} {counted_in(definition)}".strip()]
    else:
        said = []
    if after.level is not None:
        said.append(f"{either('ระดับ', 'level')} {_turn(before.level, after.level)}")
    if after.score is not None:
        said.append(f"{either('คะแนน', 'score')} {_turn(before.score, after.score)}")
    return ", ".join(said) or NOTHING_WRITTEN


def approving_text(definition: Definition, before: Result, after: Result) -> str:
    """From what to what a result of approved figures goes: ``ยังไม่มี → 81.82 %``, ``81.82 % (ไม่เปลี่ยน)``."""
    was, now = (result_text(definition, result, nothing=NONE_YET) for result in (before, after))
    return f"{was} → {now}" if was != now else f"{now} {either('(ไม่เปลี่ยน)', '(unchanged)')}"


def counted_in(definition: Definition) -> str:
    """The word for what is counted, in the catalog's language; empty where nothing is."""
    return str(definition.measure.get("counted_in", ""))


# --- targets --------------------------------------------------------------------------------------------------------


def target_text(target: Target, unit_word: str = "") -> str:
    """A target in words: ``90 %``, ``ไม่เกิน 5 %``, ``ระดับ 5``, ``50 คน``."""
    amount = amount_text(target.value, target.measured_in, unit_word)
    return either(f"ไม่เกิน {amount}", f"at most {amount}") if target.direction is Direction.LOWER else amount


def named_target(words: str) -> str:
    """A target that is called one: ``เป้าหมาย 90 %``."""
    return f"{either('เป้าหมาย', 'target')} {words}"


def own_target_text(value: Decimal) -> str:
    """A unit's own target beside its result, in what is counted there: ``เป้า 20``."""
    return f"{either('เป้า', 'target')} {decimal_text(value)}"


def amount_text(value: Decimal, measured_in: TargetIn, unit_word: str = "") -> str:
    """A figure with what it is measured in."""
    figure = decimal_text(value)
    if measured_in is TargetIn.PERCENT:
        return percent_text(value)
    if measured_in is TargetIn.LEVEL:
        return either(f"ระดับ {figure}", f"level {figure}")
    if measured_in is TargetIn.SCORE:
        return points_text(value)
    return f"{figure} {unit_word}".strip()


def points_text(value: Decimal) -> str:
    """A score, with up to three decimals, as weighted scores have."""
    return either(f"{decimal_text(value, 3)} คะแนน", f"{decimal_text(value, 3)} points")


# --- units ----------------------------------------------------------------------------------------------------------


def scope_text(scope: Scope) -> str:
    """What of an indicator is looked at: ``ภาพรวม 50 หน่วยงาน``, ``กลุ่ม กท.กลาง 9 หน่วยงาน``, ``สำนักงานเขตดินแดง``."""
    count = len(scope.units)
    units = units_text(count)
    if scope.kind is ScopeKind.WHOLE:
        return either(f"ภาพรวม {units}", f"All {units}") if count > 1 else either("ภาพรวม", "The whole")
    if scope.kind is ScopeKind.UNIT:
        return scope.name
    return f"{group_text(scope.name) if scope.group else scope.name} {units}"


def units_text(count: int) -> str:
    """How many units."""
    return either(f"{count:,} หน่วยงาน", counted(count, "unit"))


def not_reported_text(count: int) -> str:
    """How many units have not reported."""
    return either(f"ยังไม่รายงาน {units_text(count)}", f"{units_text(count)} not reported")


def short_unit(name: str) -> str:
    """A unit as people call it: ``ดินแดง`` for สำนักงานเขตดินแดง, all others in full."""
    return name.removeprefix(DISTRICT)


def group_text(code: str) -> str:
    """A district group by its code."""
    return either(f"กลุ่ม {code}", f"Group {code}")


def division_text(number: int) -> str:
    """A division of the Budget Bureau that looks after units."""
    return either(f"กองวิเคราะห์งบประมาณ {number}", f"Budget analysis division {number}")


# --- years and months -----------------------------------------------------------------------------------------------


def year_text(fiscal_year: int) -> str:
    """A fiscal year as the reader counts years; it is given as a Buddhist year.

    >>> year_text(2570)
    'ปีงบประมาณ 2570'
    """
    return either(f"ปีงบประมาณ {fiscal_year}", f"fiscal year {fiscal_year - BUDDHIST_ERA}")


def short_year_text(fiscal_year: int) -> str:
    """A fiscal year beside a code, where there is little room, as it may be typed too: ``ปีงบ 2570``."""
    return either(f"ปีงบ {fiscal_year}", f"FY {fiscal_year - BUDDHIST_ERA}")


def period_text(months: Sequence[date]) -> str:
    """One month, the three of a quarter or the twelve of a fiscal year, as they are named.

    >>> period_text([date(2026, 11, 1)])
    'เดือนพฤศจิกายน 2569'
    >>> period_text([date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)])
    'ไตรมาส 1 ปีงบประมาณ 2570'
    """
    if len(months) == 1:
        return f"{either('เดือน', '')}{month_and_year(months[0])}"
    year = year_text(fiscal_year_of(months[0]))
    if len(months) == 3:
        quarter = quarter_of(months[0])
        return f"{either(f'ไตรมาส {quarter}', f'quarter {quarter} of')} {year}"
    return year


def until_text(until: date | None) -> str:
    """Up to which month figures are looked at; empty where all are."""
    return either(f"ข้อมูลถึงสิ้น {short_month(until)}", f"figures to the end of {short_month(until)}") if until else ""


def due_text(due_on: date, today: date) -> tuple[str, Tone]:
    """How a report that is missing stands against its day: ``ครบกำหนด 5 ธ.ค. 2569``, ``พ้นกำหนดเมื่อ 5 ธ.ค. 2569``."""
    if due_on < today:
        return past_due_text(due_on), Tone.LATE
    if due_on == today:
        return either("ครบกำหนดวันนี้", "due today"), Tone.LATE
    day = short_date(due_on)
    return either(f"ครบกำหนด {day}", f"due {day}"), Tone.DUE


def past_due_text(due_on: date) -> str:
    """By when something was due that is late."""
    return either(f"พ้นกำหนดเมื่อ {short_date(due_on)}", f"was due {short_date(due_on)}")


# --- names and evidence ---------------------------------------------------------------------------------------------


def named(code: str, name: str, length: int = 120) -> str:
    """An indicator by code and name, the name cut where it is long."""
    return f"{code} {clip(one_line(name), length)}"


def evidence_text(count: int) -> str:
    """How many photos and files belong to a report: ``หลักฐาน 3 รายการ``; empty where none does."""
    return either(f"{EVIDENCE_LABEL} {count:,} รายการ", f"{counted(count, 'piece')} of evidence") if count else ""


def capped_text() -> str:
    """What a report without the evidence that it must have counts for; to be put behind a sentence."""
    return either(" หากไม่มีหลักฐาน ผลนับได้ไม่เกิน 99.99 %", ". Without evidence the result is 99.99% at most")


# --- parts ----------------------------------------------------------------------------------------------------------


_SAID_AS_MADE_OF = frozenset({"banded", "composite", "monthly_mean"})
"""Ways of measuring whose percentage is not that of the counts beside it."""


def _kind(definition: Definition) -> str:
    return str(definition.measure.get("kind", ""))


def _months_passed(definition: Definition, months: Decimal) -> str:
    """How often a member passed its bar, and how often it must: ``ผ่านเกณฑ์ 2 เดือน (ต้อง 4)``."""
    needed = definition.measure.get("times", "")
    passed = decimal_text(months)
    return either(f"ผ่านเกณฑ์ {passed} เดือน (ต้อง {needed})", f"passed in {passed} months (of {needed} needed)")


def _figure(spec: Mapping[str, Any], figure: Figure) -> str:
    unit_word = spec.get("counted_in", "")
    if figure.step is not None:
        return _step(spec, figure.step, figure.percent)
    if figure.numerator is not None:
        return f"{_among(figure.numerator, figure.denominator)} {unit_word}".strip()
    if figure.value is not None:
        return _value(spec, figure.value)
    return NOTHING_WRITTEN if figure.percent is None else percent_text(figure.percent)


def _step(spec: Mapping[str, Any], number: int, percent: Decimal | None) -> str:
    steps = spec.get("steps", ())
    said = step_text(number, steps[number - 1].get("name", "") if 0 < number <= len(steps) else "")
    return said if percent is None or percent == 100 else f"{said} ({percent_text(percent)})"


def _value(spec: Mapping[str, Any], value: Decimal) -> str:
    if spec.get("kind") == "count":
        return f"{decimal_text(value, 3)} {spec.get('counted_in', '')}".strip()
    return points_text(value) if spec.get("kind") == "pass_count" else percent_text(value)


def _among(numerator: Decimal, denominator: Decimal | None) -> str:
    of = f" {either('จาก', 'of')} {decimal_text(denominator)}" if denominator is not None else ""
    return f"{decimal_text(numerator)}{of}"


def _turn(before: Decimal | int | None, after: Decimal | int) -> str:
    if before is None or before == after:
        return decimal_text(after)
    return f"{decimal_text(before)} → {decimal_text(after)}"
