"""Indicators as the chat shows them, the awkward cases among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from messages import evidence, indicator_lists, indicators, monthly_reports
from messages.limits import Json
from models.evidence import EvidenceView
from models.indicator_due import DuePeriod
from models.indicator_lists import BehindLine, BehindPlan, IndicatorName, OwnIndicator
from models.indicator_reports import DecisionKind, Report, ReportSource
from models.indicator_terms import (
    Definition,
    Direction,
    Figure,
    PlanState,
    Result,
    Target,
    TargetIn,
    months_of,
)
from models.indicator_views import (
    Evaluated,
    GroupLine,
    IndicatorCard,
    LatestReport,
    NotReported,
    PartLine,
    Scope,
    ScopeKind,
    StepLine,
    Subject,
    TrendPoint,
    UnitLine,
)
from models.monthly_views import MonthlyNames, MonthlyReport, MonthlyRow, ReportAddress
from models.report_views import ReportLine
from tests.service_indicator.figures import make_report

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY, MONTHS = date(2026, 11, 20), months_of(2570)
COMMUNITIES = "ร้อยละของชุมชนที่มีการเบิกจ่ายงบประมาณตามโครงการชุมชนเข้มแข็งฯ"
NAME = "ความสำเร็จในการดำเนินโครงการพัฒนาระบบสารบรรณอิเล็กทรอนิกส์ " * 4
NOTE = "รอใบเสร็จจากชุมชนที่สิบเก้า และจะส่งเพิ่มเติมภายในเดือนหน้า " * 4
REASON = "ตัวเลขไม่ตรงหลักฐาน"
STEPS = ("จัดทำแนวทาง", "ประชุมชี้แจง", "สำรวจปัญหา", "แก้ไขปัญหา", "รายงานผลต่อผู้บริหาร")
PARTS = ("ผู้ใช้บริการไม่น้อยกว่า 50 คน", "รับทราบภายใน 15 นาที", "ความพึงพอใจ")
DISTRICTS = [f"สำนักงานเขต{name}" for name in ("ดินแดง", "ดุสิต", "บางรัก", "บางแค", "ทุ่งครุ", "พระนคร", "ป้อมปราบศัตรูพ่าย")]
HOST = "สำนักพัฒนาสังคม"
FILE = "ใบเสร็จชุมชนที่หนึ่ง.pdf"
SHORT = "ชุมชนเข้มแข็งฯ"
QUOTED = (
    COMMUNITIES,
    SHORT,
    NAME,
    NOTE,
    REASON,
    *STEPS,
    *PARTS,
    *DISTRICTS,
    HOST,
    FILE,
    "กท.กลาง",
    "กธ.ใต้",
    "ชุมชน",
    "คน",
)

DRAWN = Definition("8308", 2570, COMMUNITIES, "X", Target(Decimal(90)), {"kind": "ratio", "counted_in": "ชุมชน"})
LADDER = Definition("PBIS-LEVEL", 2570, NAME, "X", Target(Decimal(5), TargetIn.LEVEL), {"kind": "milestones"})
COUNTED = replace(DRAWN, target=Target(Decimal(1250), TargetIn.COUNT), measure={"kind": "count", "counted_in": "คน"})
SCORED = replace(LADDER, target=Target(Decimal(80), TargetIn.SCORE))
KEPT_LOW = replace(DRAWN, target=Target(Decimal(5), TargetIn.PERCENT, Direction.LOWER))
WHOLE = Scope(ScopeKind.WHOLE, frozenset(range(1, 8)))
GROUP = Scope(ScopeKind.GROUP, frozenset({1, 2}), "กท.กลาง", group="กท.กลาง")
ONE = Scope(ScopeKind.UNIT, frozenset({1}), DISTRICTS[0], unit=1)
PARTLY = Result(
    Decimal("60.0849"), numerator=Decimal(1234), denominator=Decimal(2054), units_reported=5, month=MONTHS[1]
)

Samples = Iterator[tuple[str, list[Json]]]


def make_unit(number: int, numerator: int | None = 18) -> UnitLine:
    percent = None if numerator is None else Decimal(numerator) * 100 / 22
    held = None if numerator is None else Decimal(numerator)
    result = Result(percent, numerator=held, denominator=Decimal(22), units_reported=int(numerator is not None))
    met = None if numerator is None else numerator >= 20
    return UnitLine(number, DISTRICTS[number - 1], result, Decimal(20), met, "กท.กลาง" if number < 4 else "กธ.ใต้", 6)


UNITS = tuple(make_unit(number, [18, 22, 0, 20, 7, None, None][number - 1]) for number in range(1, 8))
TREND = tuple(
    TrendPoint(month, percent, None)
    for month, percent in zip(MONTHS, [Decimal(0), None, Decimal("20.5"), Decimal(130)] * 3, strict=True)
)


def make_card(**changes: object) -> IndicatorCard:
    made = IndicatorCard(
        year_id=1_234_567_890_123_456,
        definition=DRAWN,
        is_current_year=True,
        host=HOST,
        scope=WHOLE,
        own_target=None,
        reported=PARTLY,
        approved=replace(PARTLY, percent=Decimal("55.2")),
        evaluated=Evaluated(Decimal("58.5"), Decimal("4.125"), None, NOW),
        state=PlanState.BEHIND,
        planned=Decimal(65),
        latest=LatestReport(MONTHS[1], NOW, ReportSource.CHAT),
        trend=TREND,
        units=UNITS,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names what it changes


NOTHING = make_card(
    reported=Result(),
    approved=Result(),
    evaluated=None,
    state=PlanState.NOT_REPORTED,
    planned=None,
    latest=None,
    trend=(),
)
DRAWN_OF_22 = Figure(1, MONTHS[0], numerator=Decimal(18), denominator=Decimal(22))
STEP, POINTS = Figure(1, MONTHS[0], step=3, percent=Decimal(60)), Figure(1, MONTHS[0], value=Decimal("91.572"))
REPORTS = [
    ReportLine(7, DRAWN_OF_22, DISTRICTS[0], NOW, True, NOTE, 2, None, None),
    ReportLine(6, STEP, "", NOW, False, None, 0, DecisionKind.RETURNED, REASON),
    ReportLine(5, POINTS, HOST, NOW, False, None, 0, DecisionKind.APPROVED, None),
]
LADDER_STEPS = tuple(StepLine(name, Decimal(20 * n), None, n < 3) for n, name in enumerate(STEPS, start=1))
WEIGHTED = tuple(
    StepLine(name, percent, Decimal(20), percent == 100)
    for name, percent in zip(STEPS, [Decimal(100), Decimal(50), None, Decimal(100), Decimal(0)], strict=True)
)
COMPOSED = (
    PartLine("users", PARTS[0], Target(Decimal(50), TargetIn.COUNT), Decimal(58), True, None, "คน"),
    PartLine("acknowledged", PARTS[1], Target(Decimal(80)), Decimal("79.99"), False),
    PartLine("satisfied", PARTS[2], Target(Decimal(80)), None, None),
)
WEIGHED = (
    PartLine("a", PARTS[0], None, Decimal("91.572"), None, Decimal(10)),
    PartLine("b", PARTS[1], None, None, None, Decimal(90)),
)
CARDS = {
    **{state.value: make_card(state=state) for state in PlanState if state is not PlanState.NOT_REPORTED},
    "nothing": NOTHING,
    "nothing and behind": replace(NOTHING, state=PlanState.BEHIND, planned=Decimal(20)),
    "nothing approved": make_card(approved=Result(), evaluated=None),
    "approved as reported": make_card(approved=PARTLY),
    "other year to a month": make_card(is_current_year=False, until=MONTHS[5]),
    "group": make_card(scope=GROUP, units=UNITS[:2]),
    "one unit": make_card(scope=ONE, units=UNITS[:1], own_target=Decimal(20)),
    "host alone": make_card(scope=replace(WHOLE, units=frozenset({1})), units=UNITS[:1]),
    "lower is better": make_card(definition=KEPT_LOW),
    "counted": make_card(
        definition=COUNTED,
        reported=Result(value=Decimal(1200), units_reported=5),
        trend=tuple(TrendPoint(month, None, Decimal(n * 100)) for n, month in enumerate(MONTHS)),
    ),
    "scored": make_card(definition=SCORED, reported=Result(Decimal(90), score=Decimal("18.125"), units_reported=1)),
    "ladder": make_card(
        definition=LADDER,
        scope=replace(WHOLE, units=frozenset({1})),
        units=UNITS[:1],
        reported=Result(Decimal(40), level=2, units_reported=1),
        steps=LADDER_STEPS,
    ),
    "ladder not begun": replace(
        NOTHING,
        definition=LADDER,
        units=UNITS[:1],
        steps=tuple(replace(step, is_reached=False) for step in LADDER_STEPS),
    ),
    "weighted": make_card(definition=LADDER, units=UNITS[:1], steps=WEIGHTED),
    "composite": make_card(definition=LADDER, units=UNITS[:1], parts=COMPOSED, trend=()),
    "weighed": make_card(definition=LADDER, units=UNITS[:1], parts=WEIGHED, trend=()),
}


def card_samples() -> Samples:
    for name, shown in CARDS.items():
        yield f"indicators.indicator_card/{name}", indicators.indicator_card(shown)
    yield "indicators.indicator_card/close", indicators.indicator_card(CARDS["one unit"], REPORTS, waiting=1)
    for source in ReportSource:
        shown = make_card(latest=LatestReport(MONTHS[1], NOW, source))
        yield f"indicators.indicator_card/{source.value}", indicators.indicator_card(shown, waiting=12)


def evidence_samples() -> Samples:
    kinds = ("image/jpeg", "image/webp", "application/pdf", "text/csv", "application/unknown")
    pieces = [
        EvidenceView(number, "0" * 64, 250_000 * number, kinds[number % 5], FILE * (number % 3), NOW, 7)
        for number in range(1, 13)
    ]
    report = Report(
        7,
        1,
        Figure(1, MONTHS[0], numerator=Decimal(18)),
        None,
        ReportSource.CHAT,
        None,
        NOW,
        is_late=False,
        corrects_id=None,
    )
    of_one = Subject(1, DRAWN, ONE)
    pages = dict.fromkeys(range(1, 13), f"https://example.org/evidence/{'x' * 90}")
    at_home = dict.fromkeys(range(1, 13), f"http://localhost:8001/evidence/{'x' * 90}")
    yield "evidence.evidence_list/pictures", evidence.evidence_list(of_one, report, pieces, pages)
    yield "evidence.evidence_list/last page", evidence.evidence_list(of_one, report, pieces, pages, 10)
    yield "evidence.evidence_list/at home", evidence.evidence_list(of_one, report, pieces, at_home)
    yield "evidence.evidence_list/without addresses", evidence.evidence_list(of_one, report, pieces[:2], {})
    yield "evidence.evidence_list/none", evidence.evidence_list(of_one, report, [], {})


def list_samples() -> Samples:
    subject = Subject(1, DRAWN, WHOLE, MONTHS[4], SHORT)
    many = [replace(one, unit=number) for number in range(8) for one in UNITS]
    yield "indicator_lists.unit_list/first page", indicator_lists.unit_list(subject, many)
    yield "indicator_lists.unit_list/last page", indicator_lists.unit_list(subject, many, 50)
    groups = [GroupLine("กท.กลาง", None, PARTLY, 2), GroupLine(None, 6, Result(), 0)]
    yield "indicator_lists.group_list/some", indicator_lists.group_list(subject, groups)
    yield "indicator_lists.group_list/none", indicator_lists.group_list(subject, [])
    periods = {"month": MONTHS[:1], "quarter": MONTHS[:3], "year": MONTHS}
    for name, months in periods.items():
        missing = NotReported(subject, DuePeriod(tuple(months), TODAY), tuple(many), 60)
        yield f"indicator_lists.missing_list/{name}", indicator_lists.missing_list(missing, TODAY)
    ever = NotReported(subject, None, UNITS, 7)
    yield "indicator_lists.missing_list/ever", indicator_lists.missing_list(ever, TODAY, 5)
    yield "indicator_lists.missing_list/remind", indicator_lists.missing_list(ever, TODAY, may_remind=True)
    yield "indicator_lists.missing_list/nobody", indicator_lists.missing_list(NotReported(subject, None, (), 7), TODAY)
    names = [IndicatorName(number, f"STUDY-{number}", NAME, SHORT * (number % 2)) for number in range(10)]
    yield "indicator_lists.which_indicator/ten", indicator_lists.which_indicator(names, "indicator")
    yield "indicator_lists.which_indicator/none", indicator_lists.which_indicator([], "indicator_missing")
    yield from _of_many()


def _of_many() -> Samples:
    target = Target(Decimal(90))
    line = BehindLine(1, "8308", NAME, "", None, HOST, Decimal("11.46"), Decimal(20), target)
    lines = (line, replace(line, unit=DISTRICTS[0], unit_id=1, short=SHORT), replace(line, percent=None))
    behind = BehindPlan(2570, MONTHS[0], lines, 25, 3, 40)
    yield "indicator_lists.behind_plan/all", indicator_lists.behind_plan(behind, own_unit=9)
    of_unit = indicator_lists.behind_plan(behind, offset=10, unit=HOST, unit_id=4, own_unit=9)
    yield "indicator_lists.behind_plan/unit", of_unit
    yield "indicator_lists.behind_plan/none", indicator_lists.behind_plan(replace(behind, lines=(), total=0))
    unplanned = BehindPlan(2570, None, (), 0, 0, 0)
    yield "indicator_lists.behind_plan/no plan", indicator_lists.behind_plan(unplanned, unit=HOST, unit_id=4)
    due = DuePeriod(tuple(MONTHS[:1]), date(2026, 11, 5))
    own = OwnIndicator(1, DRAWN, False, DISTRICTS[0], 1, PARTLY, Decimal(20), True, True, due, due.due_on)
    rows = [
        own,
        replace(own, missing=replace(due, due_on=date(2026, 12, 5)), due_on=date(2026, 12, 5)),
        replace(own, missing=None, is_host=True, unit="", unit_id=None, own_target=None, is_met=False),
        replace(own, definition=replace(DRAWN, fiscal_year=2568), missing=None, due_on=None),
        replace(own, missing=None, due_on=None, reports=False, unit="", unit_id=None, result=Result(), is_met=None),
    ]
    yield "indicator_lists.own_indicators/many", indicator_lists.own_indicators(rows * 4, HOST, TODAY)
    yield "indicator_lists.own_indicators/done", indicator_lists.own_indicators(rows[2:], HOST, TODAY)
    yield "indicator_lists.own_indicators/none", indicator_lists.own_indicators([], HOST, TODAY)


def monthly_samples() -> Samples:
    where = ReportAddress("https://office.example.org/reports/" + "x" * 180, NOW + timedelta(days=1))
    reports = {"good": make_monthly(58, 2), "of a unit": make_monthly(43, 9, HOST), "nothing": make_monthly(0, 0)}
    for name, report in reports.items():
        yield f"monthly_reports.monthly_report/{name}", monthly_reports.monthly_report(report, where)
    no_year = replace(reports["good"], rows=())
    yield "monthly_reports.monthly_report/no indicators, no link", monthly_reports.monthly_report(no_year, None)


def make_monthly(people: int, rows: int, unit: str = "") -> MonthlyReport:
    figures = make_report(people, late=people // 9)
    names = MonthlyNames("", HOST, unit)
    made = [MonthlyRow(LADDER, names, Result(), None, Decimal(40), state) for state in (*PlanState, *PlanState)]
    told = MonthlyRow(DRAWN, replace(names, short=SHORT), PARTLY, None, None, PlanState.BEHIND)
    shown = tuple([told, *made][:rows])
    return MonthlyReport(date(2026, 10, 1), NOW, unit, figures, figures, 15, 30, 2570, shown)
