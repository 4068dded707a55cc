"""Samples of everything the chat can say, with the awkward cases among them; other tests use them too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from messages import (
    answering,
    asking,
    choices,
    deadlines,
    decisions,
    documents,
    duty,
    evidence,
    following,
    groups,
    indicator_lists,
    indicator_reminders,
    indicators,
    membership,
    monthly_reports,
    preferences,
    queues,
    quota,
    rating,
    refusals,
    report_drafts,
    report_evidence,
    report_grids,
    reporting,
    reviewing,
    service,
    shifts,
    smalltalk,
    summaries,
    tracking,
)
from messages.language import Language, either, in_thai, speaking
from messages.limits import Json
from messages.report_drafts import ReportedLine, Whole
from messages.words import RATING_WORDS
from models.documents import LetterLine, LetterStep, LetterView, Stage, Urgency, next_stages
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.indicator_reports import DecisionKind, Report, ReportSource
from models.indicator_terms import Direction, EvidenceAsked, Figure, Result, Target, TargetIn
from models.members import Role
from models.periods import PeriodKind, read_period
from models.preference_terms import Choices, Preferences, QuietHours
from models.quota_plan import QuotaPlan, SummariesToCome
from models.quota_plan import Stage as QuotaStage
from models.report_terms import FigureWanted, StepChoice
from models.requests import ClockKind, RequestLine, RequestState
from tests.indicators.definitions import DRAWN, LADDER
from tests.messages import indicator_samples, summary_samples
from tests.service_indicator.figures import make_report

COMPOSERS = (
    answering,
    asking,
    choices,
    deadlines,
    decisions,
    documents,
    duty,
    evidence,
    following,
    groups,
    indicator_reminders,
    indicator_lists,
    indicators,
    membership,
    preferences,
    monthly_reports,
    queues,
    quota,
    rating,
    refusals,
    reviewing,
    report_drafts,
    report_evidence,
    report_grids,
    reporting,
    service,
    shifts,
    smalltalk,
    summaries,
    tracking,
)

NOW = datetime(2026, 11, 21, 3, 30, tzinfo=UTC)  # 10.30 น. in Bangkok
SINCE = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)

SUBJECT = "ขออนุมัติเปลี่ยนแปลงงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. 2570"
STACKED = "ปู่ญี่ปุ่นซื้อกุ้งปิ้งที่ฏุ๋มฎู้ ฝนนี้ฟ้าเป็นใจ ให้ผู้ที่มุ่งมั่นทุ่มเทได้รู้ว่า น้ำใส่ตุ่มนั้นยังไม่เต็ม"
ENDLESS = ("ขอความอนุเคราะห์ข้อมูลประกอบการพิจารณาจัดทำแผนพัฒนากรุงเทพมหานครระยะยี่สิบปี" * 5)[:300]
UNBROKEN = "ก" * 300
UNIT = "สำนักงบประมาณกรุงเทพมหานคร"
LONG_UNIT = "กลุ่มงานวิเคราะห์งบประมาณด้านบริหารจัดการและความปลอดภัย สำนักงานงบประมาณด้านพัฒนาเมือง สำนักงบประมาณกรุงเทพมหานคร"
SECTION = "ส่วนเลขานุการ"
FILE_NAME = "รายงานผล 8308.pdf"
QUESTION = "หนังสือ กท 1902/1335 ถึงไหนแล้วคะ ต้องใช้ประกอบการประชุมวันจันทร์นี้"
LONG_NOTE = "ขอให้แก้ไขรายละเอียดประกอบแบบรูปรายการและแนบใบเสนอราคาเพิ่มเติมอีกหนึ่งรายก่อนเสนอใหม่"

QUOTED = (
    "ก" * 5000,
    *("กท 1902/1335", "กท 0401/ว 223", "กท 1902.04/ศสบ", "ก&ข=ค%", "งบประมาณ", "ขออนุมัติ โครงการ พัฒนา"),
    *("สำนักงานเขตดินแดง", "กท.กลาง", "กธ.ใต้", "กลาง", "ใต้", "กธ"),
    *(DRAWN.name, LADDER.name, *(str(value) for value in DRAWN.measure.values()), "สำนักพัฒนาสังคม"),
    *(step["name"] for step in LADDER.measure["steps"]),
    *indicator_samples.QUOTED,
    "บางรัก 99",
    *("สมหญิง ตัวอย่าง", "สมศรี ตัวอย่าง", "สมชาย ตัวอย่าง", "เสนอรองปลัดแล้วเมื่อเช้า"),
)
"""What samples quote beside the texts above."""

LENGTHY = replace(DRAWN, name=ENDLESS)

MEANINGS = (
    ("track_document", {"document_number": "กท 5301/77"}),
    ("track_document", {"receive_number": "4521/2569"}),
    ("track_document", {"title": ENDLESS}),
    ("track_document", {"request": 42}),
    ("track_document", {}),
    ("follow_document", {"document_number": "กท 5301/77"}),
    ("unfollow_document", {}),
    ("update_document", {"document_number": "กท 1902.04/12345", "stage": "proposed"}),
    ("update_document", {"stage": "signed"}),
    ("update_document", {}),
    ("report_progress", {"indicator": "8308", "unit": "สำนักงานเขตดินแดง", "numerator": 18, "denominator": 22}),
    ("query_indicator", {"indicator": "BUD-CRITERIA", "unit": LONG_UNIT, "period": "2026-10"}),
    ("query_indicator", {"group": "กธ.ใต้", "period": "FY2570-Q2"}),
    ("review_reports", {"indicator": "BUD-CRITERIA", "unit": LONG_UNIT}),
    ("who_has_not_reported", {"indicator": "8308", "group": "กธ.ใต้", "period": "2026-10"}),
    ("my_indicators", {}),
    ("service_kpi", {"period": "week"}),
    ("answer_request", {"request": 42, "text": QUESTION}),
    ("rate", {"score": 4}),
    ("start_duty", {"until": "16:30"}),
    ("hand_over_duty", {"name": "สมหญิง ตัวอย่าง"}),
    ("talk_to_officer", {}),
)
"""What texts may mean, for buttons."""

WAY = (Stage.RECEIVED, Stage.SCREENING, Stage.PROPOSED, Stage.SIGNED, Stage.DISPATCHED)


def steps_to(stage: Stage, note: str | None = None) -> tuple[LetterStep, ...]:
    """Steps of a letter that went the ordinary way up to a stage, a day each; ``RETURNED`` comes from screening."""
    way = (Stage.RECEIVED, Stage.SCREENING, Stage.RETURNED) if stage is Stage.RETURNED else WAY[: WAY.index(stage) + 1]
    days = reversed(range(len(way)))
    steps = [
        LetterStep(s, SINCE - timedelta(days=d), None, s is Stage.RETURNED) for s, d in zip(way, days, strict=True)
    ]
    steps[-1] = replace(steps[-1], note=note)
    return tuple(steps)


def make_letter(stage: Stage = Stage.PROPOSED, note: str | None = None, **changes: object) -> LetterView:
    letter = LetterView(
        id=17,
        number="กท 1902/1335",
        subject=SUBJECT,
        urgency=Urgency.NORMAL,
        stage=stage,
        stage_since=SINCE,
        from_unit=UNIT,
        addressee="ปลัดกรุงเทพมหานคร",
        receive_numbers=("4521/2569",),
        document_date=date(2026, 11, 17),
        due_at=None,
        steps=steps_to(stage, note),
        latest_event_id=99,
    )
    return replace(letter, **changes)


def make_line(index: int = 0, **changes: object) -> LetterLine:
    stages = list(Stage)
    line = LetterLine(
        id=index + 1,
        number=f"กท 1902/{1335 + index}",
        subject=SUBJECT,
        from_unit=UNIT,
        stage=stages[index % len(stages)],
        stage_since=SINCE - timedelta(days=index * 3),
        document_date=date(2026, 11, 17) if index % 2 else None,
        urgency=list(Urgency)[index % 4],
    )
    return replace(line, **changes)


def make_request(number: int = 42, state: RequestState = RequestState.OPEN, question: str = QUESTION) -> RequestLine:
    asked_at = SINCE + timedelta(minutes=number)
    due = {"acknowledge_due_at": asked_at + timedelta(minutes=15), "answer_due_at": asked_at + timedelta(minutes=30)}
    is_answered = state is RequestState.ANSWERED
    return RequestLine(
        number=number,
        asker_line_id="U" + "0" * 32,
        unit_id=7,
        document_id=None,
        asked_number=None,
        matter_key=None,
        question=question,
        urgency=Urgency.NORMAL,
        asked_at=asked_at,
        state=state,
        waits_for_human=True,
        **due,
        next_due_at=due["acknowledge_due_at" if state is RequestState.OPEN else "answer_due_at"],
        holder_id=None if state is RequestState.OPEN else 3,
        acknowledged_at=None if state is RequestState.OPEN else asked_at + timedelta(minutes=4),
        answered_at=asked_at + timedelta(minutes=9) if is_answered else None,
        answered_with=None,
        rounds=1,
        rating=None,
        rated_at=None,
    )


TWICE_AROUND = (
    *steps_to(Stage.RETURNED, LONG_NOTE),
    LetterStep(Stage.RECEIVED, SINCE + timedelta(hours=2), None, False),
    LetterStep(Stage.PROPOSED, SINCE + timedelta(hours=4), None, False),
)

LETTERS: dict[str, LetterView] = {
    **{f"stage {stage}": make_letter(stage) for stage in Stage},
    **{f"urgency {urgency}": make_letter(urgency=urgency) for urgency in Urgency},
    "stacked marks": make_letter(subject=STACKED, from_unit=LONG_UNIT, urgency=Urgency.MOST_URGENT),
    "endless subject": make_letter(subject=ENDLESS, note=LONG_NOTE),
    "unbroken subject": make_letter(subject=UNBROKEN),
    "several lines": make_letter(subject="ขออนุมัติ\nโครงการ\r\n\tพัฒนา"),
    "nothing optional": make_letter(addressee=None, receive_numbers=(), document_date=None),
    "no history": make_letter(steps=()),
    "many receptions": make_letter(receive_numbers=("4521/2569", "118/2569", "77")),
    "due today": make_letter(due_at=NOW + timedelta(hours=3), urgency=Urgency.MOST_URGENT),
    "overdue": make_letter(due_at=NOW - timedelta(hours=3), urgency=Urgency.MOST_URGENT),
    "overdue but signed": make_letter(Stage.SIGNED, due_at=NOW - timedelta(hours=3)),
    "returned with reason": make_letter(Stage.RETURNED, LONG_NOTE),
    "came back": make_letter(steps=TWICE_AROUND, stage_since=SINCE + timedelta(hours=4)),
    "last year": make_letter(stage_since=SINCE - timedelta(days=400)),
    "circular": make_letter(number="กท 0401/ว 223"),
    "long number": make_letter(number="กท 1902.04/ศสบ/12345678901234567890", urgency=Urgency.VERY_URGENT),
}
LINES = [make_line(index) for index in range(10)]
HEAVY_LINES = [make_line(index, subject=ENDLESS) for index in range(10)]
REQUESTS = [make_request(40 + index, list(RequestState)[index % 3]) for index in range(10)]
OPEN_REQUESTS = [r for r in REQUESTS if r.state is not RequestState.ANSWERED]


def walk(node: Any) -> Iterator[Json]:
    """Every object inside a message, outermost first."""
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from walk(child)


def samples_in(language: Language) -> list[tuple[str, list[Json]]]:
    """Name (``module.composer/case``) and messages of each sample, as somebody who reads this language gets them."""
    with speaking(language):
        return _samples()


def _samples() -> list[tuple[str, list[Json]]]:
    return [
        *_tracking(),
        *_following(),
        *_documents(),
        *_duty(),
        *_answering(),
        *_queues(),
        *_shifts(),
        *_reviewing(),
        *_indicator_reminders(),
        *_deadlines(),
        *_rating(),
        *_membership(),
        *_service(),
        *indicator_samples.card_samples(),
        *indicator_samples.evidence_samples(),
        *indicator_samples.list_samples(),
        *indicator_samples.monthly_samples(),
        *summary_samples.summary_samples(),
        *_reporting(),
        *_reporting_more(),
        *_smalltalk(),
        *_preferences(),
        *_choices(),
        *_groups(),
        *_quota(),
        *_evidence(),
        *_refusals(),
    ]


Samples = Iterator[tuple[str, list[Json]]]


def _tracking() -> Samples:
    for name, letter in LETTERS.items():
        yield (
            f"tracking.answer_card/{name}",
            tracking.answer_card(letter, is_following=False, now=NOW, can_update=False),
        )
    letter = make_letter(Stage.SCREENING, LONG_NOTE, subject=ENDLESS, urgency=Urgency.URGENT)
    yield "tracking.last_known", tracking.last_known(letter, NOW)
    yield "tracking.answer_card/keeper", tracking.answer_card(letter, is_following=False, now=NOW, can_update=True)
    yield "tracking.answer_card/following", tracking.answer_card(letter, is_following=True, now=NOW, can_update=False)
    pages = {"ten of 25": (LINES, 25, 0), "last page": (LINES[:5], 25, 20), "two": (LINES[:2], 2, 0)}
    pages |= {"heavy": (HEAVY_LINES, 10, 0), "more than ten": ([*LINES, *LINES], 1234, 0), "none": ([], 0, 0)}
    for name, (lines, total, offset) in pages.items():
        shown = tracking.letter_list(lines, total=total, offset=offset, query_kind="title", now=NOW, query="งบประมาณ")
        yield f"tracking.letter_list/{name}", shown
    unfit = tracking.letter_list(LINES, total=25, offset=0, query_kind="title", now=NOW, query=ENDLESS)
    yield "tracking.letter_list/query too long for a button", unfit
    for name, query in {
        "number": "กท 1902/9999",
        "none": None,
        "long": ENDLESS * 3,
        "blank": "  ",
        "odd": "ก&ข=ค%",
    }.items():
        yield f"tracking.letter_not_found/{name}", tracking.letter_not_found(query)
        yield f"tracking.not_in_register/{name}", tracking.not_in_register(query or "กท 1/1")
    yield "tracking.ask_for_number", tracking.ask_for_number()


def _following() -> Samples:
    yield "following.following_started", following.following_started("กท 1902/1335")
    yield "following.following_ended", following.following_ended("กท 1902/1335")
    yield "following.not_following", following.not_following("กท 1902/1335")
    for name, letter in LETTERS.items():
        yield f"following.stage_changed/{name}", following.stage_changed(letter, NOW)
    for name, lines in {"ten": LINES, "heavy": HEAVY_LINES * 3, "one": LINES[:1], "none": []}.items():
        yield f"following.followed_list/{name}", following.followed_list(lines, NOW)


def _documents() -> Samples:
    for stage in Stage:
        yield f"documents.stage_choices/{stage}", documents.stage_choices(make_letter(stage), next_stages(stage))
    for name, note in {"no note": None, "note": LONG_NOTE, "too long": ENDLESS, "blank": " "}.items():
        letter = make_letter(urgency=Urgency.URGENT)
        yield f"documents.confirm_stage/{name}", documents.confirm_stage(letter, Stage.SIGNED, note)
    yield "documents.confirm_stage/return", documents.confirm_stage(make_letter(), Stage.RETURNED, LONG_NOTE)
    for name, letter in LETTERS.items():
        yield f"documents.stage_recorded/{name}", documents.stage_recorded(letter, NOW)
    yield "documents.people_wait", documents.people_wait(make_letter(), 42, 3)
    for stage in Stage:
        yield f"documents.nothing_changed/{stage}", documents.nothing_changed(make_letter(stage))


def _deadlines() -> Samples:
    def due(request: RequestLine, **changes: object) -> deadlines.DueRequest:
        return replace(deadlines.DueRequest(request, UNIT, "กท 1902/1335", minutes_left=7), **changes)

    open_one, taken = make_request(42), make_request(43, RequestState.ACKNOWLEDGED)
    heavy = replace(make_request(1_234_567, question=ENDLESS * 4), matter_key="letter:17")
    awkward = due(heavy, unit_name=LONG_UNIT, letter_number="", holder=STACKED)
    several = [due(make_request(number), minutes_left=number - 40) for number in range(40, 65)]
    cases = {
        "one": [due(open_one)],
        "one in hand": [due(taken)],
        "only tapped": [due(replace(open_one, question=""), letter_number="")],
        "awkward": [awkward],
        "same matter": [awkward, due(replace(open_one, matter_key="letter:17"))],
        "ten and more": several,
        "heavy": [replace(awkward, request=replace(heavy, number=n, matter_key=None)) for n in range(90_000, 90_030)],
    }
    within = timedelta(minutes=15), timedelta(minutes=30)
    for name, rows in cases.items():
        yield f"deadlines.not_acknowledged/{name}", deadlines.not_acknowledged(rows, NOW)
        yield f"deadlines.not_answered/{name}", deadlines.not_answered(rows, SINCE)
        yield f"deadlines.waiting_at_opening/{name}", deadlines.waiting_at_opening(rows, NOW)
        yield f"deadlines.overdue/{name}", deadlines.overdue([replace(r, late_to_acknowledge=within[0]) for r in rows])
    both = {"late_to_acknowledge": within[0], "late_to_answer": within[1]}
    ways = {
        "both": due(open_one, **both),
        "answer": due(taken, late_to_answer=within[1], holder="สมหญิง ใจดี"),
        "not accepted": due(replace(taken, acknowledged_at=None), late_to_acknowledge=within[0]),
        "answer not accepted": due(replace(taken, state=RequestState.ANSWERED), late_to_answer=within[1]),
        "answered": due(make_request(44, RequestState.ANSWERED), **both),
    }
    for name, row in ways.items():
        yield f"deadlines.overdue/{name}", deadlines.overdue([row])
    yield "deadlines.requests_due", deadlines.requests_due(range(1, 1500))


def _duty() -> Samples:
    opened, taken = make_request(42), make_request(42, RequestState.ACKNOWLEDGED)
    monday = NOW + timedelta(days=2)
    yield "asking.passed_to_officers/now", asking.passed_to_officers(opened, SINCE)
    yield (
        "asking.passed_to_officers/closed",
        asking.passed_to_officers(replace(opened, answer_due_at=monday), NOW, monday),
    )
    yield "asking.passed_to_officers/late already", asking.passed_to_officers(opened, NOW)
    for name, section in {"waits": "", "in hand": LONG_UNIT}.items():
        yield f"asking.asked_already/{name}", asking.asked_already(opened, SINCE, section)
        yield f"asking.asked_already/{name}, late", asking.asked_already(opened, NOW, section)
    yield (
        "asking.acknowledged_to_asker/one",
        asking.acknowledged_to_asker(asking.one_request(42, None), SECTION, NOW, SINCE),
    )
    yield "asking.acknowledged_to_asker/late", asking.acknowledged_to_asker("กท 1902/1335", LONG_UNIT, SINCE, NOW)
    yield "asking.withdrawn", asking.withdrawn(42)
    for state in (None, RequestState.ANSWERED, RequestState.WITHDRAWN):
        yield f"asking.nothing_to_withdraw/{state}", asking.nothing_to_withdraw(42 if state else None, state)
    yield "asking.which_to_withdraw", asking.which_to_withdraw(OPEN_REQUESTS * 3, [ENDLESS] * len(OPEN_REQUESTS) * 3)
    yield "asking.reopened/now", asking.reopened(opened, SINCE)
    yield "asking.reopened/closed", asking.reopened(replace(opened, answer_due_at=monday), NOW, monday)
    yield "asking.nothing_to_reopen", asking.nothing_to_reopen()
    others = duty.OtherAskers(12, 3)
    for name, letter in LETTERS.items():
        urgent = replace(opened, urgency=letter.urgency, document_id=17)
        yield f"duty.request_card/{name}", duty.request_card(urgent, UNIT, letter, SINCE, others=others)
    urgent = replace(opened, urgency=Urgency.MOST_URGENT, asked_number="กท 1902/9999")
    endless = replace(make_request(1_234_567, question=ENDLESS * 4), urgency=Urgency.VERY_URGENT)
    again = {"mark": duty.ASKED_AGAIN, "answered_before": f"{SECTION}แจ้งผล กท 1902/1335 {ENDLESS}"}
    yield "duty.request_card/unknown", duty.request_card(urgent, UNIT, None, SINCE)
    yield "duty.request_card/heavy", duty.request_card(endless, LONG_UNIT, None, NOW, others=others, **again)
    yield "duty.request_card/only tapped", duty.request_card(replace(opened, question=""), UNIT, None, SINCE)
    yield "duty.request_card/lines", duty.request_card(replace(opened, question="ก\nข\n\nค"), UNIT, None, SINCE)
    moved = duty.request_card(
        taken, UNIT, make_letter(), SINCE, mark="โอนจาก สมหญิง ตัวอย่าง", others=duty.OtherAskers(1, 1)
    )
    yield "duty.request_card/handed over", moved
    tomorrow = replace(opened, acknowledge_due_at=monday, answer_due_at=monday)
    yield "duty.request_card/another day", duty.request_card(tomorrow, UNIT, make_letter(), NOW)
    yield "duty.acknowledged/one", duty.acknowledged(taken, "กท 1902/1335", 1, SINCE)
    yield "duty.acknowledged/several", duty.acknowledged(taken, ENDLESS, 20, SINCE)
    for waiting in (0, 7):
        yield f"duty.which_to_acknowledge/{waiting}", duty.which_to_acknowledge(waiting)
    for is_own in (True, False):
        yield f"duty.taken_already/{is_own}", duty.taken_already(taken, "สมหญิง ตัวอย่าง", SINCE, NOW, is_own=is_own)
    yield "duty.ended_already/answered", duty.ended_already(make_request(42, RequestState.ANSWERED), "สมหญิง", SINCE)
    yield "duty.ended_already/withdrawn", duty.ended_already(make_request(42, RequestState.WITHDRAWN))
    people = [(index, f"{STACKED} {index}", index < 2) for index in range(20)]
    for name, colleagues in {"many": people, "none": []}.items():
        yield f"duty.whom_to_hand_to/{name}", duty.whom_to_hand_to(42, colleagues)
    for count in (1, 20):
        yield f"duty.handed_over/{count}", duty.handed_over(42, "สมหญิง ตัวอย่าง", count)
    yield "duty.withdrawn_to_holder", duty.withdrawn_to_holder(taken, "กท 1902/1335")
    yield "duty.confirm_answer/one", duty.confirm_answer(taken, make_letter(), Stage.SIGNED, 1)
    yield "duty.confirm_answer/heavy", duty.confirm_answer(taken, make_letter(subject=ENDLESS), Stage.RETURNED, 20)


def _answering() -> Samples:
    request = make_request(42, RequestState.ACKNOWLEDGED)
    for stage in Stage:
        yield (
            f"answering.answer_choices/{stage}",
            answering.answer_choices(request, "กท 1902/1335", make_letter(stage), 1),
        )
        yield (
            f"answering.stage_in_words/{stage}",
            answering.words_answer(asking.one_request(42, None), answering.stage_in_words(stage), UNIT),
        )
    yield "answering.answer_choices/unknown", answering.answer_choices(request, QUESTION, None, 20)
    yield "answering.ask_for_words", answering.ask_for_words(42)
    for name, letter in LETTERS.items():
        yield f"answering.stage_answer/{name}", answering.stage_answer(letter, SECTION, NOW)
    told = answering.words_answer("กท 1902/1335", "เสนอรองปลัดแล้วเมื่อเช้า", SECTION)
    yield "answering.words_answer/short", told
    yield "answering.words_answer/longest", answering.words_answer("กท 1902/1335", "ก" * 5000, LONG_UNIT)
    yield "answering.with_invitation", answering.with_invitation(told, 42)
    yield "answering.with_way_back", answering.with_way_back(answering.stage_answer(make_letter(), SECTION, NOW), 42)
    for people in (1, 20):
        yield f"answering.answer_recorded/{people}", answering.answer_recorded("กท 1902/1335", people)
    yield "answering.answer_recorded/letter", answering.answer_recorded("กท 1902/1335", 1, make_letter())
    not_recorded = answering.answer_recorded("กท 1902/1335", 1, not_recorded=Stage.RECEIVED)
    yield "answering.answer_recorded/not recorded", not_recorded


def _queues() -> Samples:
    names = queues.QueueNames({7: UNIT}, {17: "กท 1902/1335"}, {3: "สมหญิง ตัวอย่าง"})
    long_names = queues.QueueNames({7: LONG_UNIT}, {}, {3: STACKED})
    counts = {RequestState.OPEN: 12, RequestState.ACKNOWLEDGED: 9_988}
    urgent = [replace(r, urgency=u, document_id=17) for r in OPEN_REQUESTS[:2] for u in Urgency]
    heavy = [replace(make_request(n, question=ENDLESS), urgency=Urgency.MOST_URGENT) for n in range(50)]
    yield "queues.request_queue/urgencies", queues.request_queue(urgent, counts, names, NOW)
    yield "queues.request_queue/early", queues.request_queue(OPEN_REQUESTS, counts, names, SINCE)
    yield "queues.request_queue/heavy", queues.request_queue(heavy, counts, long_names, NOW, offset=20)
    yield "queues.request_queue/none", queues.request_queue([], {}, names, NOW)
    yield "queues.request_queue/past the end", queues.request_queue([], counts, names, NOW, offset=10_000)
    yield "queues.my_requests/ten", queues.my_requests(REQUESTS, {}, SINCE)
    yield "queues.my_requests/late", queues.my_requests(REQUESTS, {}, NOW)
    yield "queues.my_requests/heavy", queues.my_requests(heavy, {}, NOW)
    yield "queues.my_requests/none", queues.my_requests([], {}, NOW)


def _rating() -> Samples:
    yield "rating.invitation", [rating.invitation(42)]
    for score in RATING_WORDS:
        for before in dict.fromkeys((None, score, 1)):
            yield f"rating.thanks/{score} after {before}", rating.thanks(42, score, before)
    yield "rating.ask_for_words", rating.ask_for_words(42, 1, NOW)
    yield "rating.words_passed_on", rating.words_passed_on(42)
    yield "rating.words_skipped", rating.words_skipped()
    yield "rating.nothing_to_rate", rating.nothing_to_rate()
    by_section = {"unit_name": UNIT, "letter_number": "กท 1902/1335", "answered_by": SECTION, "is_machine": False}
    by_machine = {"unit_name": LONG_UNIT, "answered_by": None, "is_machine": True}
    yield "rating.dissatisfied/mark", rating.dissatisfied(42, 1, **by_section)
    yield "rating.dissatisfied/machine", rating.dissatisfied(42, 2, **by_machine)
    for name, words in {"words": "ช้ามาก\nตอบไม่ตรง", "stacked": STACKED, "endless": UNBROKEN + ENDLESS}.items():
        yield f"rating.dissatisfied/{name}", rating.dissatisfied(42, 2, **by_section, words=words)
    yield "rating.dissatisfied/unknown officer", rating.dissatisfied(42, 2, **(by_section | {"answered_by": None}))
    yield "rating.follow_up_closed", rating.follow_up_closed(42)
    yield "rating.follow_up_closed_before", rating.follow_up_closed_before(42)


def _shifts() -> Samples:
    queue = queues.request_queue(OPEN_REQUESTS[:2], {RequestState.OPEN: 2}, queues.QueueNames(), SINCE)
    in_thai_queue = in_thai(queues.request_queue)(OPEN_REQUESTS[:2], {RequestState.OPEN: 2}, queues.QueueNames(), SINCE)
    midnight = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    yield "shifts.shift_started/alone", shifts.shift_started(SINCE + timedelta(hours=7), [], SINCE)
    yield "shifts.shift_started/with others", shifts.shift_started(midnight, ["สมศรี ตัวอย่าง", STACKED], SINCE, queue)
    in_hand = shifts.still_in_hand([(request, ENDLESS) for request in REQUESTS * 2], SINCE)
    yield "shifts.shift_ended/others left", shifts.shift_ended(["สมศรี ตัวอย่าง"], is_supervisor_told=False)
    for is_told in (True, False):
        ended = shifts.shift_ended([], is_supervisor_told=is_told, in_hand=in_hand)
        yield f"shifts.shift_ended/nobody left {is_told}", ended
    yield "shifts.still_in_hand/many", in_hand
    yield "shifts.still_in_hand/one", shifts.still_in_hand([(REQUESTS[1], "กท 1902/1335")], SINCE)
    for waiting in (0, 12):
        yield f"shifts.nobody_left/{waiting}", shifts.nobody_left("สมหญิง ตัวอย่าง", SINCE, waiting)
    noon = SINCE + timedelta(hours=3)
    present = [shifts.OnDuty("สมหญิง ตัวอย่าง", ends_at=noon), shifts.OnDuty(STACKED, ends_at=midnight)]
    later = [shifts.OnDuty("สมศรี ตัวอย่าง", noon, noon + timedelta(hours=4))]
    known = {"is_rostered": True, "is_open": True}
    yield "shifts.who_is_on_duty/roster", shifts.who_is_on_duty(present, later, SINCE, **known)
    yield "shifts.who_is_on_duty/later only", shifts.who_is_on_duty([], later, SINCE, **known)
    everybody = [shifts.OnDuty(f"สมศรี {index}") for index in range(30)]
    for is_open in (True, False):
        at = {"is_rostered": False, "is_open": is_open}
        yield f"shifts.who_is_on_duty/everybody {is_open}", shifts.who_is_on_duty(everybody, [], SINCE, **at)
        yield f"shifts.who_is_on_duty/nobody {is_open}", shifts.who_is_on_duty([], [], SINCE, **at)
    people = [(index, f"{STACKED} {index}") for index in range(20)]
    for name, colleagues in {"many": people, "none": []}.items():
        yield f"shifts.whom_to_hand_shift/{name}", shifts.whom_to_hand_shift(colleagues)
    yield "shifts.shift_handed_over", shifts.shift_handed_over("สมศรี ตัวอย่าง", midnight, SINCE, in_hand)
    yield "shifts.shift_received/open", shifts.shift_received("สมหญิง ตัวอย่าง", midnight, SINCE, in_thai_queue)
    yield "shifts.shift_received/nothing open", shifts.shift_received("สมหญิง ตัวอย่าง", midnight, SINCE)
    yield "shifts.relief", shifts.relief(noon, SINCE, in_thai_queue)


def make_shown(index: int = 1, **changes: object) -> reviewing.ShownReport:
    """A report of 18 communities of 22, waiting; what does not fit the report is of the card."""
    of_card = {
        name: changes.pop(name) for name in ("definition", "unit_name", "evidence", "decided_by") & changes.keys()
    }
    figure = Figure(7, date(2026, 11, 1), numerator=Decimal(18), denominator=Decimal(22))
    report = Report(index, 3, figure, None, ReportSource.CHAT, 5, SINCE, is_late=False, corrects_id=None)
    return reviewing.ShownReport(
        **{"report": replace(report, **changes), "definition": DRAWN, "unit_name": UNIT} | of_card
    )


def _reviewing() -> Samples:
    waiting, decided_by = make_shown(), either("เพื่อนร่วมงานจากสำนักพัฒนาสังคม", "a colleague สำนักพัฒนาสังคม")
    decided = {"decision": DecisionKind.APPROVED, "decided_at": NOW, "decided_by_id": 9, "decided_by": decided_by}
    back = decided | {"decision": DecisionKind.RETURNED, "reason": LONG_NOTE}
    figures = {
        "step": {"step": 2, "percent": Decimal(40)},
        "unknown step": {"step": 9},
        "value": {"value": Decimal("1234.567")},
        "nothing": {},
    }
    awkward = make_shown(
        note=ENDLESS * 4, unit_name=LONG_UNIT, evidence=12, is_late=True, corrects_id=1, definition=LENGTHY
    )
    nothing, some = Result(), Result(percent=Decimal("81.8181"), level=3, score=Decimal("12.5"), value=Decimal(7))
    first, both = reviewing.Consequence(nothing, some, nothing, some), reviewing.Consequence(some, some)
    cases = {"one": waiting, "awkward": awkward, "approved": make_shown(**decided), "returned": make_shown(**back)}
    cases["computed"] = make_shown(source=ReportSource.VOUCHERS, reported_by_id=None)
    for name, values in figures.items():
        figure = Figure(7, date(2026, 10, 1), **values)
        cases[f"ladder {name}"] = make_shown(figure=figure, definition=LADDER)
    for name, target_in in {"count": TargetIn.COUNT, "score": TargetIn.SCORE}.items():
        measure = {"kind": "count" if name == "count" else "pass_count", "counted_in": "ชุมชน"}
        definition = replace(DRAWN, target=Target(Decimal(5), target_in), measure=measure)
        cases[name] = make_shown(figure=Figure(7, date(2026, 10, 1), value=Decimal(4)), definition=definition)
    for name, shown in cases.items():
        yield f"reviewing.report_card/{name}", reviewing.report_card(shown, first)
    yield "reviewing.report_card/own", reviewing.report_card(waiting, both, is_own=True)
    several = [make_shown(number, is_late=number % 3 == 0, evidence=number % 2) for number in range(40, 90)]
    heavy = [replace(awkward, report=replace(awkward.report, id=number)) for number in range(90_000, 90_050)]
    for name, rows in {"two": several[:2], "many": several, "heavy": heavy}.items():
        yield f"reviewing.reports_card/{name}", reviewing.reports_card(rows, 3, both)
        yield f"decisions.confirm_approval/{name}", decisions.confirm_approval(rows, 3, both)
        yield f"decisions.approved_to_reporter/{name}", decisions.approved_to_reporter(rows, UNIT)
        groups_shown = [
            reviewing.WaitingGroup(3, rows[0].definition, rows, len(rows)),
            reviewing.WaitingGroup(4, LADDER, [cases["ladder step"]], 1),
        ]
        yield f"reviewing.digest/{name}", reviewing.digest(groups_shown * 6)
        for offset in (0, 10, len(rows)):
            yield f"reviewing.waiting_list/{name} {offset}", reviewing.waiting_list(groups_shown, offset=offset)
    yield "reviewing.waiting_list/none", reviewing.waiting_list([])
    yield "decisions.approved_to_reporter/one", decisions.approved_to_reporter([awkward], UNIT)
    for name, shown in cases.items():
        yield f"decisions.ask_reason/{name}", decisions.ask_reason(shown)
        yield f"decisions.returned_to_reporter/{name}", decisions.returned_to_reporter(shown, UNIT, LONG_NOTE)
    done = decisions.Outcome([waiting], whole=some)
    outcomes = {
        "one": (DecisionKind.APPROVED, done),
        "several": (DecisionKind.APPROVED, replace(done, done=several)),
        "returned": (DecisionKind.RETURNED, replace(done, whole=None)),
        "before": (DecisionKind.APPROVED, decisions.Outcome(before=[cases["approved"], cases["returned"]] * 4)),
        "own": (DecisionKind.APPROVED, replace(done, own=several[:2])),
        "overtaken": (DecisionKind.APPROVED, decisions.Outcome(overtaken=[awkward], newer_id=8)),
    }
    for name, (kind, came) in outcomes.items():
        yield f"decisions.outcome/{name}", decisions.outcome(kind, came, LONG_NOTE)
    yield "decisions.nothing_to_approve", decisions.nothing_to_approve()


def _indicator_reminders() -> Samples:
    month, quarter = (date(2026, 11, 1),), tuple(date(2026, number, 1) for number in (10, 11, 12))
    due = indicator_reminders.DueReport("8308", DRAWN.name, (UNIT,), month, date(2026, 12, 5))
    rows = {
        "one": [due],
        "several": [due, replace(due, code="PBIS-LEVEL", months=quarter, unit_names=(UNIT, SECTION, LONG_UNIT))],
        "many": [replace(due, code=f"83{number}", name=ENDLESS, unit_names=(LONG_UNIT, UNIT)) for number in range(25)],
    }
    for name, shown in rows.items():
        yield f"indicator_reminders.reports_due/{name}", indicator_reminders.reports_due(shown, date(2026, 12, 1))
        today = date(2026, 12, 5 if name == "one" else 9)
        yield (
            f"indicator_reminders.reminded_by_host/{name}",
            indicator_reminders.reminded_by_host(shown[-1], UNIT, today),
        )
    missing = indicator_reminders.Missing("8308", DRAWN.name, month, date(2026, 12, 5), 12, 9)
    year = tuple(date(2026, 10, 1) + timedelta(days=31 * number) for number in range(12))
    cases = {
        "all there": missing,
        "nobody at some": replace(missing, without_coordinator=(UNIT, SECTION), months=quarter),
        "nobody at many": replace(missing, without_coordinator=(LONG_UNIT,) * 50, months=year, name=ENDLESS),
        "all reported": replace(missing, units=0, people=0),
    }
    for name, one in cases.items():
        yield f"indicator_reminders.confirm_reminder/{name}", indicator_reminders.confirm_reminder(one, 3)
        yield f"indicator_reminders.reminders_sent/{name}", indicator_reminders.reminders_sent(one)
        yield f"indicator_reminders.reminded_before/{name}", indicator_reminders.reminded_before(one, NOW)
        yield f"indicator_reminders.nobody_to_remind/{name}", indicator_reminders.nobody_to_remind(one)


def _membership() -> Samples:
    yield "membership.how_to_register", membership.how_to_register()
    yield "membership.ask_for_code", membership.ask_for_code()
    yield "membership.privacy_notice", membership.privacy_notice(UNIT, keep_days=90, invitation=12)
    yield "membership.privacy_notice/long", membership.privacy_notice(LONG_UNIT, keep_days=365)
    yield "membership.registered/named", membership.registered("สมชาย ตัวอย่าง", UNIT, frozenset({Role.OFFICER}))
    yield "membership.registered/all roles", membership.registered("", LONG_UNIT, frozenset(Role))
    yield "membership.wrong_code/some", membership.wrong_code(3)
    yield "membership.wrong_code/none", membership.wrong_code(0)
    yield "membership.code_expired", membership.code_expired()
    yield "membership.door_shut", membership.door_shut(NOW)
    yield "membership.already_registered", membership.already_registered(UNIT)
    yield "membership.privacy_declined", membership.privacy_declined()
    yield "membership.confirm_deletion", membership.confirm_deletion()
    yield "membership.deletion_requested", membership.deletion_requested()
    yield "membership.data_deleted", membership.data_deleted()


def _service() -> Samples:
    today = date(2026, 11, 20)
    promise = {"acknowledge_minutes": 15, "answer_minutes": 30, "today": today}
    cut = service.CutNote(NOW, make_report(58, late=2).as_json(), 2)
    for name, people in (("nothing", {"people": 0}), ("one", {"people": 1}), ("good", {"people": 60, "late": 2})):
        report, other = make_report(**people), make_report(clock=ClockKind.ELAPSED, **people)
        for period in ("day", "week", "month", "quarter", "year", "2026-10", "FY2569", "FY2569-Q4"):
            shown = service.service_figures(read_period(period, today), report, other, **promise)
            yield f"service.service_figures/{name} {period}", shown
    bad = {"people": 12_345, "late": 9_999, "pending": 2_000}
    report, other = make_report(clock=ClockKind.ELAPSED, **bad), make_report(**bad)
    month = read_period("2026-10", today)
    shown = service.service_figures(month, report, other, **promise, cut=cut, unit_asked=LONG_UNIT)
    yield "service.service_figures/bad and cut", shown
    running = service.service_figures(read_period("year", today), report, other, **promise, unit_asked=UNIT)
    yield "service.service_figures/bad and running", running
    empty = service.service_figures(month, make_report(0), make_report(0), **promise, unit_asked=LONG_UNIT)
    yield "service.service_figures/nothing of a unit", empty


def make_read_back(*lines: ReportedLine, **changes: object) -> report_drafts.ReadBack:
    lines = lines or (COMMUNITIES_REPORTED,)
    whole = Whole(
        Result(Decimal("59.98"), numerator=Decimal(1202), denominator=Decimal(2004)),
        Result(Decimal("60.08"), numerator=Decimal(1204), denominator=Decimal(2004)),
        50,
    )
    return replace(
        report_drafts.ReadBack(7, reporting.Named(3, "8308", COMMUNITIES), OF_COMMUNITIES, lines, whole), **changes
    )


def _reporting() -> Samples:
    named = reporting.Named(3, "8308", COMMUNITIES)
    past = reporting.Named(4, "BUD-CRITERIA", ENDLESS, 2568)
    said = {"unit": "1234", "month": "2026-10-01", "part": "a" * 32, "numerator": "1" * 15, "denominator": "1" * 15}
    for name, (found, total) in {"none": ([], 0), "one": ([named], 1), "ten": ([past] * 12, 30)}.items():
        yield f"reporting.which_indicator/{name}", reporting.which_indicator(found, total, 0, said)
    units = [reporting.Choice(name, said) for name in ("สำนักงานเขตดินแดง", LONG_UNIT) * 25]
    for count in (2, 13, 50):
        yield f"reporting.which_unit/{count}", reporting.which_unit(past, units[:count])
    yield "reporting.which_part", reporting.which_part(named, [reporting.Choice(ENDLESS, said)] * 6)
    steps = [StepChoice(n, ENDLESS if n > 3 else STACKED, Decimal(20 * n), n == 1, n == 2) for n in range(1, 7)]
    rows = [reporting.step_choice(step, said) for step in steps]
    yield "reporting.which_step", reporting.which_step(past, LONG_UNIT, rows)
    for name, wanted in {
        "known": FigureWanted(COMMUNITIES, COMMUNITY, COMMUNITY, Decimal(22)),
        "both": FigureWanted(COMMUNITIES, COMMUNITY, COMMUNITY),
        "count": FigureWanted(counted_in=COMMUNITY),
        "score": FigureWanted(counted_in=COMMUNITY, is_score=True),
    }.items():
        for again in (False, True):
            asked = reporting.which_figure(named, LONG_UNIT, date(2026, 10, 1), wanted, is_again=again)
            yield f"reporting.which_figure/{name} {again}", asked
    for required in (False, True):
        asked = report_evidence.ask_for_evidence(7, COMMUNITIES if required else "", is_required=required)
        yield f"report_evidence.ask_for_evidence/{required}", asked
    yield "report_drafts.ask_for_note", report_drafts.ask_for_note()
    yield "report_evidence.how_to_attach", report_evidence.how_to_attach(past)
    yield "reporting.step_skipped", reporting.step_skipped(4, 2, ENDLESS, said)
    for name, report in READ_BACKS.items():
        for anew in (False, True):
            yield f"report_drafts.read_back/{name} {anew}", report_drafts.read_back(report, is_anew=anew)
        yield f"report_drafts.recorded/{name}", report_drafts.recorded(report, 9, LONG_UNIT)
    yield "report_drafts.recorded_before", report_drafts.recorded_before()
    yield "report_drafts.draft_is_over", report_drafts.draft_is_over()


def _reporting_more() -> Samples:
    past = reporting.Named(4, "BUD-CRITERIA", ENDLESS, 2568)
    yield "report_evidence.attached", report_evidence.attached(past, LONG_UNIT, 3)
    for count in (0, 1, 20):
        yield f"report_evidence.which_report/{count}", report_evidence.which_report([(9, past, LONG_UNIT)] * count)
    rejected = [report_grids.Rejected("บางรัก 99", Invalid("grid_figure_missing"))]
    long = [report_grids.Rejected(f"{ENDLESS[:60]} 99", Invalid("grid_unit_unknown", text=ENDLESS))] * 300
    for name, rows in {"one": rejected, "many": rejected * 12, "all bad": long}.items():
        yield (
            f"report_drafts.read_back/rejected {name}",
            report_drafts.read_back(READ_BACKS["many units"], rejected=rows),
        )
        yield f"report_grids.nothing_taken/{name}", report_grids.nothing_taken(past, rows)
        yield f"report_grids.told_rejected/{name}", report_grids.told_rejected(past, rows)
    for count in (0, 2, 20):
        yield f"report_grids.which_of_table/{count}", report_grids.which_of_table([past] * count, 50)
    yield "report_grids.table_is_gone", report_grids.table_is_gone()
    yield "report_evidence.nothing_to_attach", report_evidence.nothing_to_attach()


COMMUNITY = "ชุมชน"
COMMUNITIES = "ร้อยละของชุมชนที่มีการเบิกจ่ายงบประมาณตามโครงการชุมชนเข้มแข็งพัฒนาตนเอง"
COMMUNITIES_REPORTED = ReportedLine(
    "สำนักงานเขตดินแดง",
    Figure(1, date(2026, 11, 1), numerator=Decimal(18), denominator=Decimal(22)),
    Result(),
    Result(Decimal("81.82"), numerator=Decimal(18), denominator=Decimal(22)),
    target=Decimal(20),
    replaces=Figure(1, date(2026, 11, 1), numerator=Decimal(12), denominator=Decimal(22)),
)
STEP_REPORTED = ReportedLine(
    LONG_UNIT,
    Figure(1, date(2026, 11, 1), step=3, percent=Decimal(50)),
    Result(Decimal(20), level=1, score=Decimal(4)),
    Result(Decimal("62.5"), level=3, score=Decimal(12)),
)
PART_REPORTED = ReportedLine(
    UNIT,
    Figure(1, date(2026, 11, 1), part="users", value=Decimal(50)),
    Result(),
    Result(value=Decimal(50)),
)
OF_COMMUNITIES = replace(DRAWN, measure={"kind": "ratio", "counted_in": COMMUNITY})
OF_STEPS = replace(
    LADDER,
    target=Target(Decimal(5), TargetIn.LEVEL),
    measure={"kind": "milestones", "steps": [{"name": ENDLESS}, {"name": ENDLESS}, {"name": STACKED}]},
)
OF_PARTS = replace(
    DRAWN,
    target=Target(Decimal(5), TargetIn.COUNT, Direction.LOWER),
    measure={
        "kind": "composite",
        "parts": [{"code": "users", "name": "LINE OA", "measure": {"kind": "count", "counted_in": COMMUNITY}}],
    },
)
READ_BACKS = {
    "replaces": make_read_back(),
    "late, evidence demanded": make_read_back(
        due_on=date(2026, 11, 5), evidence_asked=EvidenceAsked.REQUIRED, evidence_of=ENDLESS, note=ENDLESS
    ),
    "with evidence": make_read_back(evidence=3, evidence_asked=EvidenceAsked.ASKED),
    "many units": make_read_back(*[COMMUNITIES_REPORTED] * 48),
    "step of last year": make_read_back(
        STEP_REPORTED,
        indicator=reporting.Named(4, "BUD-CRITERIA", ENDLESS, 2568),
        definition=OF_STEPS,
        whole=Whole(STEP_REPORTED.before, STEP_REPORTED.after),
    ),
    "part, at most": make_read_back(
        PART_REPORTED,
        definition=OF_PARTS,
        whole=Whole(Result(), Result(value=Decimal(50))),
    ),
}


def _smalltalk() -> Samples:
    yield "smalltalk.welcome", smalltalk.welcome()
    for name in ("สมชาย ตัวอย่าง", "", " "):
        yield f"smalltalk.welcome_back/{name!r}", smalltalk.welcome_back(name)
        yield f"smalltalk.greeting/{name!r}", smalltalk.greeting(name)
    yield "smalltalk.thanks", smalltalk.thanks()
    for roles in ((), (Role.OFFICER,), tuple(Role)):
        yield f"smalltalk.help_for/{len(roles)} roles", smalltalk.help_for(roles)
        yield f"smalltalk.not_understood/{len(roles)} roles", smalltalk.not_understood(roles)
    for kind in ("sticker", "image", "video", "audio", "file", "location", "hologram"):
        yield f"smalltalk.unusable/{kind}", smalltalk.unusable(kind)
    yield "smalltalk.cancelled", smalltalk.cancelled()
    yield "smalltalk.nothing_to_confirm", smalltalk.nothing_to_confirm()
    yield "smalltalk.confirmed_too_late", smalltalk.confirmed_too_late()
    yield "smalltalk.confirmed_after_another_matter", smalltalk.confirmed_after_another_matter()


NIGHT = QuietHours(time(20), time(7))
PREFERENCES = {
    "usual": Preferences(frozenset(), time(8, 30), NIGHT, None),
    "no quiet hours": Preferences(frozenset({PeriodKind.DAY, PeriodKind.YEAR}), time(9, 15), None, None),
    "paused": Preferences(frozenset({PeriodKind.WEEK}), time(6), QuietHours(time(18, 30), time(8)), date(2026, 12, 15)),
    "nothing": Preferences(frozenset(PeriodKind), time(8, 30), NIGHT, None),
}


def _preferences() -> Samples:
    today = date(2026, 11, 20)
    for name, chosen in PREFERENCES.items():
        for gets in (True, False):
            shown = preferences.settings(chosen, today, gets_summaries=gets, has_chosen=name != "usual")
            yield f"preferences.settings/{name}, {gets}", shown
            for other, before in PREFERENCES.items():
                words = preferences.changed(before, chosen, today, gets_summaries=gets)
                yield f"preferences.changed/{other} to {name}, {gets}", preferences.confirmed(words, FEW, MANY)
    for note in (preferences.WEEKENDS, preferences.NO_SUMMARIES, preferences.SO_ALREADY):
        noted = preferences.settings(PREFERENCES["usual"], today, gets_summaries=False, has_chosen=False, note=note)
        yield f"preferences.settings/{note.english[:12]}", noted
    yield "preferences.confirmed/back", preferences.confirmed(str(preferences.SO_ALREADY), MANY, FEW)


FEW = Choices()
MANY = Choices(frozenset(PeriodKind), time(23, 59), True, QuietHours(time(22, 45), time(6, 15)), date(2027, 11, 20))


def _evidence() -> Samples:
    for name in (None, FILE_NAME, "ก" * 200, " \n", "{0}"):
        yield f"evidence.received/{(name or '')[:10]!r}", evidence.received(name)


def _choices() -> Samples:
    labels = [choices.label(intent, slots) for intent, slots in MEANINGS]
    for first in range(len(labels)):
        some = [labels[(first + more) % len(labels)] for more in range(3)]
        yield f"choices.which_one/{first}", choices.which_one(some, 1_795_000_000_000)
        yield f"choices.is_it/{first}", choices.is_it(labels[first], 1_795_000_000_000)
    yield "choices.too_late", choices.too_late()
    yield "choices.chosen_already", choices.chosen_already()


def _groups() -> Samples:
    yield "groups.joined", groups.joined()
    yield "groups.answer_in_private", groups.answer_in_private()
    yield "groups.group_linked", groups.group_linked(LONG_UNIT)
    yield "groups.only_admins_link", groups.only_admins_link()
    for name, letter in LETTERS.items():
        yield f"groups.group_letter/{name}", groups.group_letter(letter, NOW)


def _quota() -> Samples:
    short = QuotaPlan(300, 285, 15, 61, 20, SummariesToCome(40, 10), QuotaStage.RIDE)
    yield "quota.quota_warning/nearly gone", quota.quota_warning(short)
    for stage in QuotaStage:
        plan = QuotaPlan(35_000, 28_034, 4_125, 3_300, 912, SummariesToCome(12_345, 2_500), stage)
        yield f"quota.quota_warning/{stage}", quota.quota_warning(plan)


def _refusals() -> Samples:
    for code in refusals.SENTENCES:
        yield f"refusals.refusal/{code}", refusals.refusal(Invalid(code))
    for error in (NotFound("never heard"), NotAllowed("never heard"), Invalid("never heard"), Refused("never heard")):
        yield f"refusals.refusal/{type(error).__name__}", refusals.refusal(error)
    full = Invalid("stage_not_reachable", from_stage=Stage.SIGNED, to_stage=Stage.RECEIVED)
    yield "refusals.refusal/with facts", refusals.refusal(full)
    yield "refusals.refusal/long fact", refusals.refusal(NotFound("unit_not_found", text=ENDLESS, suggestions=[]))
    yield "refusals.temporary_trouble", refusals.temporary_trouble()
