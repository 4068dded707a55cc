"""How results, targets and states of indicators are said: the same in cards, lists and reminders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from messages.language import Glossary, Words, either
from messages.lengths import clip
from messages.parts import Tone
from messages.thai import BUDDHIST_ERA, decimal_text, one_line, short_month
from models.indicator_reports import DecisionKind, ReportSource
from models.indicator_terms import Definition, Direction, PlanState, Result, Target, TargetIn, quarter_of
from models.indicator_views import Scope, ScopeKind

MISSING_LABEL = Words("หน่วยงานที่ยังไม่รายงาน", "Units without a report")
GROUPS_LABEL = Words("รายกลุ่มเขต", "By district group")
UNITS_LABEL = Words("รายหน่วยงาน", "By unit")
WHOLE_LABEL = Words("ภาพรวม", "All units")
EVIDENCE_LABEL = Words("หลักฐาน", "Evidence")
OWN_LABEL = Words("ตัวชี้วัดของฉัน", "My indicators")
NOT_REPORTED = Words("ยังไม่มีรายงาน", "No report yet")

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
        None: Words("รอตรวจรับ", "waits for approval"),
        DecisionKind.APPROVED: Words("ตรวจรับแล้ว", "approved"),
        DecisionKind.RETURNED: Words("ส่งกลับแก้ไข", "sent back"),
    }
)


def percent_text(value: Decimal) -> str:
    """A percentage in a card: at most two decimals, half up.

    >>> percent_text(Decimal("60.0849"))
    '60.08 %'
    """
    return f"{decimal_text(value)}{either(' %', '%')}"


def result_text(definition: Definition, result: Result) -> str:
    """A result as its target speaks of it: ``60.08 %``, ``ระดับ 4 (90 %)``, ``1,250 คน``, ``18 คะแนน``."""
    held = definition.target.held_against(result)
    measured_in = definition.target.measured_in
    beside = f" ({percent_text(result.percent)})" if result.percent is not None else ""
    if held is not None:
        main = amount_text(held, measured_in, counted_in(definition))
        return main if measured_in in (TargetIn.PERCENT, TargetIn.COUNT) else f"{main}{beside}"
    if result.percent is not None:
        return percent_text(result.percent)
    return str(NOT_REPORTED) if result.value is None else decimal_text(result.value)


def target_text(target: Target, counted: str = "") -> str:
    """A target in words: ``90 %``, ``ไม่เกิน 5 %``, ``ระดับ 5``, ``50 คน``."""
    amount = amount_text(target.value, target.measured_in, counted)
    return either(f"ไม่เกิน {amount}", f"at most {amount}") if target.direction is Direction.LOWER else amount


def amount_text(value: Decimal, measured_in: TargetIn, counted: str = "") -> str:
    """A figure with what it is measured in."""
    figure = decimal_text(value)
    if measured_in is TargetIn.PERCENT:
        return percent_text(value)
    if measured_in is TargetIn.LEVEL:
        return either(f"ระดับ {figure}", f"level {figure}")
    if measured_in is TargetIn.SCORE:
        return either(f"{figure} คะแนน", f"{figure} points")
    return f"{figure} {counted}".strip()


def fraction_text(definition: Definition, result: Result) -> str:
    """What a percentage is made of, ``1,234 จาก 2,054 ชุมชน``; empty where it is made of nothing that is counted."""
    if result.numerator is None or result.denominator is None:
        return ""
    counts = decimal_text(result.numerator), decimal_text(result.denominator)
    return f"{counts[0]} {either('จาก', 'of')} {counts[1]} {counted_in(definition)}".strip()


def counted_in(definition: Definition) -> str:
    """The word for what is counted, in the catalog's language; empty where nothing is."""
    return str(definition.measure.get("counted_in", ""))


def scope_text(scope: Scope) -> str:
    """What of an indicator is looked at: ``ภาพรวม 50 หน่วยงาน``, ``กลุ่ม กท.กลาง 9 หน่วยงาน``, ``สำนักงานเขตดินแดง``."""
    count = len(scope.units)
    units = either(f"{count} หน่วยงาน", f"{count} unit{'' if count == 1 else 's'}")
    if scope.kind is ScopeKind.WHOLE:
        return either(f"ภาพรวม {units}", f"All {units}") if count > 1 else either("ภาพรวม", "The whole")
    if scope.kind is ScopeKind.UNIT:
        return scope.name
    return f"{group_text(scope.name) if scope.group else scope.name} {units}"


def group_text(code: str) -> str:
    """A district group by its code."""
    return either(f"กลุ่ม {code}", f"Group {code}")


def division_text(number: int) -> str:
    """A division of the Budget Bureau that looks after units."""
    return either(f"กองวิเคราะห์งบประมาณ {number}", f"Budget analysis division {number}")


def year_text(fiscal_year: int) -> str:
    """A fiscal year, ``ปีงบประมาณ 2570``."""
    return either(f"ปีงบประมาณ {fiscal_year}", f"fiscal year {fiscal_year - BUDDHIST_ERA}")


def until_text(until: date | None) -> str:
    """Up to which month figures are looked at; empty where all are."""
    return either(f"ข้อมูลถึงสิ้น {short_month(until)}", f"figures to the end of {short_month(until)}") if until else ""


def months_text(months: tuple[date, ...]) -> str:
    """A period that is reported together: a month, a quarter, a year."""
    if len(months) == 1:
        return short_month(months[0])
    if len(months) == 3:
        return f"{either('ไตรมาส', 'quarter')} {quarter_of(months[0])} ({short_month(months[-1])})"
    return f"{short_month(months[0])} – {short_month(months[-1])}"


def named(code: str, name: str, length: int = 120) -> str:
    """An indicator by code and name, the name cut where it is long."""
    return f"{code} {clip(one_line(name), length)}"
