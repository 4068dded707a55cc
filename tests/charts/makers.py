"""Data of charts: fifty districts with long names and tone marks, a year of months, weeks, indicators of all sorts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from models.chart_data import (
    Aimed,
    PeriodPoint,
    TargetsData,
    TimesData,
    TrendData,
    UnitsData,
    WeekTimes,
    aimed,
    worst_first,
)
from models.indicator_terms import (
    Definition,
    Direction,
    Result,
    Target,
    TargetIn,
    months_of,
    percent_of,
    round_half_up,
)
from models.indicators import plan_state
from models.shares import Share, Spread

AS_OF = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
NAMES = ("ป้อมปราบศัตรูพ่าย", "ราษฎร์บูรณะ", "สัมพันธวงศ์", "บางขุนเทียน", "น้ำผึ้ง", "ดุสิต", "บางรัก", "คลองเตย")
ONE_IN = tuple(f"สำนักงานเขต{NAMES[index % len(NAMES)]}{index or ''}" for index in range(50))


NAME = "ร้อยละของชุมชนที่คัดแยกขยะต้นทาง"


def definition(
    target: Target | None = None, *, code: str = "8308", name: str = NAME, counted_in: str = "ชุมชน"
) -> Definition:
    measure = {"kind": "ratio", "counted_in": counted_in}
    return Definition(code, 2570, name, "HOST", target or Target(Decimal(80)), measure)


def percent_line(name: str, percent: float | None, of: Definition | None = None, plan: int | None = None) -> Aimed:
    """A unit or an indicator with a percentage; None where nothing was reported."""
    made_of = of or definition()
    result = Result() if percent is None else Result(Decimal(str(percent)))
    planned = None if plan is None else Decimal(plan)
    state = plan_state(made_of, planned, result, is_over=False)
    return aimed(name, made_of, result, state, planned=planned)


def units(percents: Sequence[float | None], *, names: Sequence[str] = ONE_IN, plan: int | None = 60) -> UnitsData:
    lines = [percent_line(name, percent, plan=plan) for name, percent in zip(names, percents, strict=False)]
    return UnitsData(definition(), "คัดแยกขยะต้นทาง", worst_first(lines), AS_OF)


def trend(percents: Sequence[float | None], *, over: int, plan: Sequence[int] = ()) -> TrendData:
    """Months from October; those past ``over`` are to come."""
    points = []
    for index, month in enumerate(months_of(2570)):
        told = percents[index] if index < len(percents) else None
        planned = Decimal(plan[index]) if plan else None
        held = None if told is None else Decimal(str(told))
        points.append(PeriodPoint((month,), held, None, planned, index < over))
    last = next((point.percent for point in reversed(points) if point.percent is not None), None)
    latest = Result(last)
    state = plan_state(definition(), points[over - 1].planned, latest, is_over=False)
    return TrendData(definition(), "", tuple(points), latest, state, AS_OF)


def times(weeks: int = 8, *, slow: int | None = None, without: int | None = None) -> TimesData:
    """Weeks of requests, one of them slow, one without any."""
    made = []
    for index in range(weeks):
        monday = date(2026, 9, 28) + timedelta(weeks=index)
        if index == without:
            made.append(WeekTimes(monday))
            continue
        answer = Spread(2400, 9000) if index == slow else Spread(600 + 60 * index, 1500 + 30 * index)
        made.append(WeekTimes(monday, 20, Spread(300, 800), answer, Share(19, 20), Share(16, 20)))
    return TimesData(tuple(made), AS_OF)


def targets() -> TargetsData:
    """A percentage, a level, a count, one where less is better, and one that nothing was reported of."""
    few, level = Target(Decimal(5), direction=Direction.LOWER), Target(Decimal(5), TargetIn.LEVEL)
    made = (
        ("1.1", "การเบิกจ่ายงบลงทุน", Target(Decimal(90)), Result(Decimal("41.5"))),
        ("2.3", "คุณภาพน้ำคลองในพื้นที่ชั้นใน", level, Result(Decimal(60), level=3)),
        ("3.1", "เรื่องร้องเรียนที่เกินกำหนด", few, Result(Decimal("7.25"))),
        ("3.2", "อุบัติเหตุ", few, Result(Decimal("2.5"))),
        ("1.4", "ผู้ใช้บริการ", Target(Decimal(12000), TargetIn.COUNT), Result(value=Decimal(5300))),
        ("7.1", "ต้นไม้ที่ปลูก", Target(Decimal(80)), Result()),
    )
    lines = []
    for code, name, target, result in made:
        of = definition(target, code=code, name=name, counted_in="คน")
        lines.append(aimed(name, of, result, plan_state(of, None, result, is_over=False)))
    return TargetsData(2570, "สำนักสิ่งแวดล้อม", worst_first(lines), AS_OF)


def share(numerator: int, denominator: int) -> Result:
    """A result that is counted."""
    of = Decimal(denominator)
    percent = percent_of(Decimal(numerator), of)
    rounded = None if percent is None else round_half_up(percent)
    return Result(rounded, numerator=Decimal(numerator), denominator=of)
