"""The month's report in the chat: what it says in a few lines, and where its two pages are found."""

from __future__ import annotations

from datetime import date

from messages.actions import open_page, say
from messages.indicator_words import STATE_TONES, STATE_WORDS, named, result_text
from messages.language import Words, either
from messages.limits import Json
from messages.parts import Tone, button, card, chip, headline, line, row, rule, small, stack
from messages.service import part_rows
from messages.thai import month_and_year, short_moment
from models.indicator_terms import PlanState
from models.monthly_views import MonthlyReport, MonthlyRow, ReportAddress

COMMAND = Words("รายงานประจำเดือน", "Monthly report")
OPEN_REPORT = Words("เปิดรายงาน (PDF)", "Open the report (PDF)")
_PREVIOUS_MONTH = Words("เดือนที่แล้ว", "last month")
_NO_ADDRESS = Words(
    "ระบบนี้ยังไม่ได้ตั้งค่าลิงก์สำหรับเปิดไฟล์ จึงแสดงเฉพาะตัวเลข",
    "This installation has no addresses for files yet, so these are the figures alone.",
)
LINK_NOT_FOUND = Words("ไม่พบรายงาน", "There is no such report.")
LINK_OVER = Words(
    "ลิงก์นี้หมดอายุแล้ว พิมพ์ “รายงานประจำเดือน” เพื่อขอใหม่",
    "This link is over. Type “monthly report” for a new one.",
)
LINK_BUSY = Words("มีผู้เปิดรายงานพร้อมกันหลายคน กรุณาเปิดใหม่อีกครั้ง", "Many are opening reports. Please try again.")
_WORST = 3
_TO_FOLLOW = frozenset({PlanState.MISSED, PlanState.BEHIND, PlanState.NOT_REPORTED})


def month_title(month: date) -> str:
    """What the report is called: ``รายงานประจำเดือนตุลาคม 2569``."""
    return either(f"รายงานประจำเดือน{month_and_year(month)}", f"Monthly report, {month_and_year(month)}")


def states_text(report: MonthlyReport) -> str:
    """How many indicators stand how: ``18 ตัวชี้วัด: ช้ากว่าแผน 3 ยังไม่มีรายงาน 4 ถึงเป้า 11``."""
    total = len(report.rows)
    if not total:
        return either("ยังไม่มีตัวชี้วัดในปีงบประมาณนี้", "There are no indicators in this fiscal year yet.")
    counts = either(" ", ", ").join(f"{STATE_WORDS[state]} {count:,}" for state, count in report.counts)
    return either(f"{total:,} ตัวชี้วัด: {counts}", f"{total:,} indicators: {counts}")


def monthly_report(report: MonthlyReport, where: ReportAddress | None) -> list[Json]:
    """Say what the report says, and lead to its pages; ``where`` is None where this installation has no addresses."""
    first, tone = _finding(report)
    service = _service_lines(report)
    worst = [one for one in report.rows if one.state in _TO_FOLLOW][:_WORST]
    until = either("เปิดได้ถึง", "Opens until")
    opens = f"{until} {short_moment(where.open_until)}" if where else str(_NO_ADDRESS)
    body = [
        headline(first, tone),
        small(month_title(report.month)),
        *(line(words, margin="sm") for words in service),
        rule("lg"),
        line(states_text(report), bold=True, margin="md"),
        *map(_worst_line, worst),
        small(_as_of(report), margin="md"),
        small(opens, margin="sm"),
    ]
    footer = [button(open_page(OPEN_REPORT, where.address), is_main=True)] if where else []
    spoken = [f"{month_title(report.month)}: {first}", *service, states_text(report), *map(_spoken, worst)]
    alt_text = " / ".join([*spoken, _as_of(report), opens])
    return [card(alt_text, body, footer, quick_replies=[_of_last_month()])]


def _finding(report: MonthlyReport) -> tuple[str, Tone]:
    if not report.service.requests:
        return either("ไม่มีผู้ติดตามหนังสือในเดือนนี้", "Nobody asked for a letter in this month."), Tone.PLAIN
    rows = list(part_rows(report.service, report.acknowledge_minutes, report.answer_minutes))
    reached = sum(one.tone is Tone.GOOD for one in rows)
    words = either(f"บริการถึงเป้าหมาย {reached} จาก {len(rows)} ข้อ", f"Service: {reached} of {len(rows)} targets reached")
    return words, Tone.GOOD if reached == len(rows) else Tone.DUE


def _service_lines(report: MonthlyReport) -> list[str]:
    if not report.service.requests:
        return []
    rows = part_rows(report.service, report.acknowledge_minutes, report.answer_minutes)
    return [f"{one.label} {one.value} {one.state}" for one in rows]


def _worst_line(one: MonthlyRow) -> Json:
    name = line(_name(one, one.names.short), max_lines=2) | {"flex": 1, "gravity": "center"}
    state = stack([chip(STATE_WORDS[one.state], STATE_TONES[one.state])]) | {"flex": 0, "justifyContent": "center"}
    return stack([row([name, state]), small(result_text(one.definition, one.result))], margin="md")


def _spoken(one: MonthlyRow) -> str:
    return f"{_name(one, '')} {STATE_WORDS[one.state]} {result_text(one.definition, one.result)}"


def _name(one: MonthlyRow, short: str) -> str:
    """By its short name where it is shown and has one; with the unit where it is a unit's part."""
    name = named(one.definition.code, short or one.definition.name)
    return f"{name} · {one.names.unit}" if one.names.unit else name


def _as_of(report: MonthlyReport) -> str:
    scope = report.unit or either("ทุกหน่วยงาน", "all units")
    as_of = either("ข้อมูล ณ", "as of")
    return f"{either('ตัวชี้วัดของ', 'Indicators of ')}{scope} · {as_of} {short_moment(report.as_of)}"


def _of_last_month() -> Json:
    return say(_PREVIOUS_MONTH, f"{COMMAND}{either('ที่แล้ว', ', last month')}")
