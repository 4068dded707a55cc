"""Asking back: what a text that was not quite understood might mean, each meaning a button.

A button names its choice by number and the question by its time; what the person wrote stays out of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from messages.actions import postback, say
from messages.indicator_words import short_year_text
from messages.language import Glossary, Words, either
from messages.lengths import clip
from messages.limits import MAX_FLEX_LABEL, Json
from messages.parts import button, card, line, row, small, text
from messages.thai import BUDDHIST_ERA, ENGLISH_MONTHS, SHORT_MONTHS, one_line, quoted
from messages.words import FOLLOW, HELP_LABEL, RATING_WORDS, STAGE_WORDS, TALK_LABEL, UNFOLLOW_LABEL
from models.documents import Stage

WHICH = Words("ท่านต้องการทำรายการใด", "Which of these would you like?")
NONE_OF_THEM = Words("ไม่ใช่ทั้งหมด", "None of these")
YES, NO = Words("ใช่", "Yes"), Words("ไม่ใช่", "No")
DISTRICT = "สำนักงานเขต"

_PERIODS = Glossary(
    {
        "day": Words("วันนี้", "today"),
        "week": Words("สัปดาห์นี้", "this week"),
        "month": Words("เดือนนี้", "this month"),
        "quarter": Words("ไตรมาสนี้", "this quarter"),
        "year": Words("ปีงบประมาณนี้", "this fiscal year"),
    }
)
_FISCAL = re.compile(r"FY(\d{4})(?:-Q([1-4]))?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")

_PLAIN = Glossary(
    {
        "my_requests": Words("ดูคำขอของฉัน", "See my requests"),
        "my_indicators": Words("ดูตัวชี้วัดของฉัน", "See my indicators"),
        "talk_to_officer": TALK_LABEL,
        "duty_queue": Words("ดูคิวงาน", "See the queue"),
        "end_duty": Words("ออกเวร", "End duty"),
        "who_is_on_duty": Words("ดูผู้อยู่เวร", "See who is on duty"),
        "notification_settings": Words("ตั้งค่าการแจ้งเตือน", "Notification settings"),
        "delete_my_data": Words("ลบข้อมูลของฉัน", "Delete my data"),
        "register": Words("ลงทะเบียน", "Register"),
        "help": Words("ดูวิธีใช้", "See the help"),
    }
)
"""By intent, where there is nothing more to say."""

_WITH_DETAILS = {
    "start_duty": (Words("เข้าเวร", "Start duty"), "until"),
    "hand_over_duty": (Words("โอนเวรให้", "Hand over duty to"), "name"),
    "reopen_request": (Words("ถามซ้ำคำขอ", "Ask again about request"), "request"),
    "withdraw_request": (Words("ถอนคำขอ", "Withdraw request"), "request"),
    "acknowledge_request": (Words("รับทราบคำขอ", "Acknowledge request"), "request"),
    "answer_request": (Words("แจ้งผลคำขอ", "Answer request"), "request text"),
    "report_progress": (Words("รายงาน", "Report"), "indicator unit step percent value numerator month"),
    "review_reports": (Words("ดูรายงานที่รออนุมัติ", "See reports waiting for approval"), "indicator unit"),
    "who_has_not_reported": (Words("ดูว่าใครยังไม่รายงาน", "See who has not reported"), "indicator group period"),
    "query_indicator": (Words("ดูผลตัวชี้วัด", "See results of"), "indicator unit group period"),
    "behind_plan": (Words("ดูงานที่ล่าช้ากว่าแผน", "See what is behind plan"), "unit period"),
    "service_kpi": (Words("ดูสถิติการให้บริการ", "See the service indicator"), "unit period"),
    "summary": (Words("ดูสรุป", "See the summary"), "period"),
    "rate": (Words("ให้คะแนน", "Rate"), "score"),
}
"""By intent: what is done, and the slots that tell of what, in the order of their saying."""

_OF_A_LETTER = Glossary(
    {
        "track_document": Words("ถามสถานะ", "Status of"),
        "follow_document": FOLLOW,
        "unfollow_document": UNFOLLOW_LABEL,
    }
)
_SHAPES = Glossary(
    {
        "group": Words("กลุ่ม {}", "group {}"),
        "request": Words("#{}", "#{}"),
        "until": Words("ถึง {} น.", "until {}"),
        "step": Words("ขั้นที่ {}", "step {}"),
        "percent": Words("ร้อยละ {}", "{}%"),
    }
)


def label(intent: str, slots: Mapping[str, Any]) -> str:
    """What a meaning is called on a button: ``ถามสถานะ กท 5301/77``; at most 40 characters.

    Args:
        intent: of understanding.
        slots: what was said of it, by the names of understanding; what a meaning does not carry is left out.
    """
    return clip(one_line(_label(intent, slots)), MAX_FLEX_LABEL)


def details(slots: Mapping[str, Any], names: Sequence[str], *, in_full: bool = False) -> str:
    """What was said, in the order of the names: ``8308 ดินแดง ไตรมาส 2 ปีงบ 2570``; units in full where asked for."""
    said = [_detail(name, slots, in_full=in_full) for name in names if slots.get(name) is not None]
    return " ".join(part for part in said if part)


def which_one(labels: Sequence[str], said: int) -> list[Json]:
    """Ask which of two or three meanings is right.

    Args:
        labels: see ``label``, the likeliest first.
        said: the question's time in milliseconds, which the buttons carry beside the number of their choice.
    """
    buttons = [
        button(_choice(words, number, said), is_main=number == 1) for number, words in enumerate(labels, start=1)
    ]
    none = button(postback(NONE_OF_THEM, "none_of_these", NONE_OF_THEM, said=said))
    how = either("เลือกหนึ่งรายการ หรือพิมพ์ใหม่ให้ละเอียดขึ้น", "Choose one, or type it again with more detail")
    body = [line(str(WHICH), size="lg", bold=True), small(how)]
    alt_text = f"{WHICH} " + " / ".join([*labels, str(NONE_OF_THEM)])
    return [card(alt_text, body, [*buttons, none])]


def is_it(words: str, said: int) -> list[Json]:
    """Ask whether the one likely meaning is right; ``ใช่`` may be typed too."""
    question = either(f"หมายถึง {words} ใช่หรือไม่", f"Did you mean {quoted(words)}?")
    yes = postback(YES, "meant", YES, choice=1, said=said)
    no = postback(NO, "none_of_these", NO, said=said)
    return [card(question, [line(question, size="lg", bold=True)], [row([button(no), button(yes, is_main=True)])])]


def too_late() -> list[Json]:
    """A button of an earlier question, or of one whose ten minutes are over."""
    words = either(
        "ปุ่มนี้เป็นของคำถามก่อนหน้าหรือเกิน 10 นาทีแล้ว กรุณาพิมพ์สิ่งที่ต้องการอีกครั้ง",
        "This button belongs to an earlier question, or its ten minutes are over. Please type what you want again.",
    )
    return [text(words, [say(HELP_LABEL)])]


def chosen_already() -> list[Json]:
    """A second tap below the same question."""
    words = either(
        "ท่านเลือกจากคำถามนี้แล้ว หากต้องการรายการอื่น กรุณาพิมพ์สิ่งที่ต้องการ",
        "You have chosen from this question already. For something else, please type what you want.",
    )
    return [text(words, [say(HELP_LABEL)])]


def _choice(words: str, number: int, said: int) -> Json:
    return postback(words, "meant", words, choice=number, said=said)


def _label(intent: str, slots: Mapping[str, Any]) -> str:
    if intent in _OF_A_LETTER:
        if "request" in slots:
            return f"{either('ถามผลคำขอ', 'Outcome of request')} #{slots['request']}"
        return f"{_OF_A_LETTER[intent]} {_letter(slots) or either('หนังสือ', 'a letter')}"
    if intent == "update_document":
        return _update(slots)
    if intent in _WITH_DETAILS:
        does, names = _WITH_DETAILS[intent]
        return f"{does} {details(slots, names.split())}".strip()
    return _PLAIN.get(intent, intent)


def _update(slots: Mapping[str, Any]) -> str:
    stage = slots.get("stage")
    if stage not in set(Stage):
        return f"{either('บันทึกสถานะ', 'Record the stage of')} {_letter(slots) or either('', 'a letter')}".strip()
    words = (either("บันทึกว่า", "Record"), _letter(slots), either("", "as"), STAGE_WORDS[Stage(stage)])
    return " ".join(part for part in words if part)


def _letter(slots: Mapping[str, Any]) -> str:
    if "document_number" in slots:
        return str(slots["document_number"])
    if "receive_number" in slots:
        return f"{either('เลขรับ', 'receive no.')} {slots['receive_number']}"
    return either(f"เรื่อง {slots['title']}", quoted(str(slots["title"]))) if "title" in slots else ""


def _detail(name: str, slots: Mapping[str, Any], *, in_full: bool) -> str:
    value = slots[name]
    if name == "unit":
        return str(value) if in_full else str(value).removeprefix(DISTRICT)
    if name in ("period", "month"):
        return period_words(str(value))
    if name == "numerator" and slots.get("denominator") is not None:
        return f"{value} {either('จาก', 'of')} {slots['denominator']}"
    if name == "score":
        return RATING_WORDS.get(value, "")
    return _SHAPES.get(name, "{}").format(value)


def period_words(period: str) -> str:
    """A period as people say it: ``FY2570-Q2`` is ไตรมาส 2 ปีงบ 2570; what is unknown stays as it is."""
    fiscal, month = _FISCAL.fullmatch(period), _MONTH.fullmatch(period)
    if fiscal:
        fiscal_year = short_year_text(int(fiscal[1]))
        return f"{either('ไตรมาส', 'quarter')} {fiscal[2]} {fiscal_year}" if fiscal[2] else fiscal_year
    if month and 1 <= int(month[2]) <= 12:
        year, index = int(month[1]), int(month[2]) - 1
        return either(f"{SHORT_MONTHS[index]} {year + BUDDHIST_ERA}", f"{ENGLISH_MONTHS[index]} {year}")
    return _PERIODS.get(period, period)
