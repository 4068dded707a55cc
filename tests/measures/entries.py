"""Catalog entries of ``measure`` as the documents have them, and figures of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from models.indicator_terms import Figure, Share
from models.measures import Measure, read_measure

UNIT = 1
SOLE = Share(UNIT)

COMMUNITIES_8308 = {
    "kind": "ratio",
    "of": "ชุมชนที่เบิกจ่ายงบประมาณ",
    "among": "ชุมชนทั้งหมด",
    "counted_in": "ชุมชน",
}
DISBURSE = {"kind": "ratio", "of": "เงินที่เบิกจ่ายจริง", "among": "งบประมาณหลังปรับโอน", "counted_in": "บาท"}
CARRY_OVER_2565 = {
    "kind": "banded",
    "of": "เงินกันไว้เบิกเหลื่อมปีแบบไม่มีหนี้ผูกพัน",
    "among": "งบประมาณหลังปรับโอน",
    "counted_in": "บาท",
    "bands": [
        {"up_to": 0, "level": 5, "percent": 100, "score": 20},
        {"up_to": "2.00", "level": 4, "percent": 90, "score": 18},
        {"up_to": "3.00", "level": 3, "percent": 80, "score": 16},
        {"below": "4.00", "level": 2, "percent": 70, "score": 14},
        {"level": 1, "percent": 60, "score": 12},
    ],
}
CARRY_OVER_2564 = {**CARRY_OVER_2565, "bands": [{"up_to": "4.00", "level": 5, "percent": 100}]}
PAY_7_DAYS = {
    "kind": "monthly_mean",
    "of": "ใบขอเบิกเงินที่จ่ายภายใน 7 วันทำการ",
    "among": "ใบขอเบิกเงินที่ได้รับ",
    "counted_in": "ฉบับ",
}
INFO_CENTRE = {
    "kind": "pass_count",
    "bar": 80,
    "months": ["01", "02", "03", "04", "05", "06"],
    "times": 4,
    "members": 72,
    "counted_in": "ศูนย์",
}
PEOPLE = {"of": "ผู้ใช้บริการที่ได้รับภายในเวลา", "among": "ผู้ใช้บริการทั้งหมด", "counted_in": "คน"}
LINE_TRACKING = {
    "kind": "composite",
    "parts": [
        {
            "code": "users",
            "name": "จำนวนผู้ใช้บริการ",
            "target": 50,
            "target_in": "count",
            "measure": {"kind": "count", "counted_in": "คน"},
        },
        *(
            {"code": code, "name": name, "target": 80, "measure": {"kind": "ratio", **PEOPLE}}
            for code, name in (("acknowledged", "แจ้งรับทราบ"), ("answered", "แจ้งผล"), ("satisfied", "ความพึงพอใจ"))
        ),
    ],
}
STUDY_AND_DELIVERABLES = {
    "kind": "composite",
    "parts": [
        {"code": "study", "name": "ผลการศึกษา", "target": 100, "indicator": "STUDY-1555"},
        {
            "code": "deliverables",
            "name": "ชิ้นงาน",
            "target": 1,
            "target_in": "count",
            "measure": {"kind": "count", "counted_in": "ชิ้นงาน"},
        },
    ],
}
POINTS = {"kind": "count", "counted_in": "คะแนน", "whole": False}
STEPS_OF_DATABASE = {
    "kind": "weighted_steps",
    "steps": [{"name": f"ขั้นที่ {number}", "weight": weight} for number, weight in enumerate((25, 10, 20, 20, 25), 1)],
}
APPRAISAL = {
    "kind": "composite",
    "parts": [
        {"code": "innovation", "name": "นวัตกรรม", "weight": 10, "measure": POINTS},
        {"code": "disbursed", "name": "การเบิกจ่าย", "weight": 10, "measure": POINTS},
        {"code": "database", "name": "ฐานข้อมูล", "weight": 10, "measure": STEPS_OF_DATABASE},
    ],
}


def ladder(*percents: object, scores: tuple[object, ...] = ()) -> dict[str, Any]:
    """Milestones at these percents."""
    steps: list[dict[str, Any]] = [{"name": f"ขั้นที่ {at}", "percent": percent} for at, percent in enumerate(percents)]
    for step, score in zip(steps, scores, strict=False):
        step["score"] = score
    return {"kind": "milestones", "steps": steps}


def weights(*each: object, planned: tuple[str | None, ...] = ()) -> dict[str, Any]:
    """Weighted steps, some with the month they are planned for."""
    steps: list[dict[str, Any]] = [{"name": f"ขั้นที่ {at}", "weight": weight} for at, weight in enumerate(each)]
    for step, month in zip(steps, planned, strict=False):
        if month:
            step["planned"] = month
    return {"kind": "weighted_steps", "steps": steps}


BUD_CRITERIA = ladder(20, 40, 60, 80, 100)
PBIS_PROC = ladder(20, 40, 60, 80, 100, scores=(4, 8, 12, 16, 20))
PBIS_LEVEL = ladder(20, 40, 60, 80, 100, scores=(6, 12, 18, 24, 30))
INTEGRATED_BUDGET = ladder(60, 70, 80, 90, 100, scores=(12, 14, 16, 18, 20))
TOILET = weights(10, 10, 30, 30, 20)
INFO_CENTRE_ACT = weights(5, 5, 70, 10, 10)
SPEND_UP_ACT = weights(20, 20, 40, 10, 10, planned=("11", "01"))
STUDY_1555 = weights(20, 20, 40, 20)
E_SARABAN = weights(40, 20, 15, 15, 5, 5)
ALL_ENTRIES = (
    *(COMMUNITIES_8308, DISBURSE, CARRY_OVER_2565, CARRY_OVER_2564, PAY_7_DAYS, INFO_CENTRE, LINE_TRACKING),
    *(STUDY_AND_DELIVERABLES, POINTS, APPRAISAL, BUD_CRITERIA, PBIS_PROC, PBIS_LEVEL, INTEGRATED_BUDGET, TOILET),
    *(INFO_CENTRE_ACT, SPEND_UP_ACT, STUDY_1555, E_SARABAN),
)


def month(number: int, fiscal_year: int = 2568) -> date:
    """The month of a fiscal year by its calendar number."""
    return date(fiscal_year - 543 - (number >= 10), number, 1)


def figure(at: int = 9, unit: int = UNIT, part: str = "", step: int | None = None, **numbers: object) -> Figure:
    """A figure of a calendar month; numbers are written as in the catalog."""
    exact = {name: None if number is None else Decimal(str(number)) for name, number in numbers.items()}
    return Figure(unit, month(at), part=part, step=step, **exact)


def complete(measure: Measure, said: Figure, share: Share = SOLE, before: tuple[Figure, ...] = ()) -> Figure:
    """A figure completed once, which stays as it is when it is completed again."""
    completed = measure.complete(said, share, before)
    assert measure.complete(completed, share, before) == completed
    return completed


def measured(entry: dict[str, Any], *said: Figure, shares: tuple[Share, ...] = (SOLE,)):
    """The result of figures, completed one after the other, of an entry."""
    measure = read_measure(entry)
    by_unit = {share.unit: share for share in shares}
    return measure.result([complete(measure, each, by_unit[each.unit]) for each in said], shares)
