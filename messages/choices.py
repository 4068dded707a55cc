"""Asking back: what a text that was not quite understood might mean, each meaning a button.

A button names its choice by number and the question by its time; what the person wrote stays out of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from messages.actions import postback, say
from messages.lengths import clip
from messages.limits import MAX_FLEX_LABEL, Json
from messages.parts import button, card, line, row, small, text
from messages.thai import SHORT_MONTHS, one_line
from messages.words import FOLLOW_LABEL, RATING_WORDS, STAGE_WORDS, TALK_LABEL, UNFOLLOW_LABEL
from models.documents import Stage

WHICH = "ท่านต้องการทำรายการใด"
NONE_OF_THEM = "ไม่ใช่ทั้งหมด"
YES, NO = "ใช่", "ไม่ใช่"
HELP = say("วิธีใช้")
DISTRICT = "สำนักงานเขต"

_PERIODS = {"day": "วันนี้", "week": "สัปดาห์นี้", "month": "เดือนนี้", "quarter": "ไตรมาสนี้", "year": "ปีงบประมาณนี้"}
_FISCAL = re.compile(r"FY(\d{4})(?:-Q([1-4]))?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")

_PLAIN: Mapping[str, object] = {
    "my_requests": "ดูคำขอของฉัน",
    "talk_to_officer": TALK_LABEL,
    "duty_queue": "ดูคิวงาน",
    "end_duty": "ออกเวร",
    "who_is_on_duty": "ดูผู้อยู่เวร",
    "notification_settings": "ตั้งค่าการแจ้งเตือน",
    "delete_my_data": "ลบข้อมูลของฉัน",
    "register": "ลงทะเบียน",
    "help": "ดูวิธีใช้",
}
"""By intent, where there is nothing more to say."""

_WITH_DETAILS = {
    "start_duty": ("เข้าเวร", "until"),
    "hand_over_duty": ("โอนเวรให้", "name"),
    "reopen_request": ("ถามซ้ำคำขอ", "request"),
    "withdraw_request": ("ถอนคำขอ", "request"),
    "acknowledge_request": ("รับทราบคำขอ", "request"),
    "answer_request": ("แจ้งผลคำขอ", "request text"),
    "report_progress": ("รายงาน", "indicator unit step percent value numerator month"),
    "query_indicator": ("ดูผลตัวชี้วัด", "indicator unit group period"),
    "behind_plan": ("ดูงานที่ล่าช้ากว่าแผน", "unit period"),
    "service_kpi": ("ดูสถิติการให้บริการ", "unit period"),
    "summary": ("ดูสรุป", "period"),
    "rate": ("ให้คะแนน", "score"),
}
"""By intent: what is done, and the slots that tell of what, in the order of their saying."""

_OF_A_LETTER: Mapping[str, object] = {
    "track_document": "ถามสถานะ",
    "follow_document": FOLLOW_LABEL,
    "unfollow_document": UNFOLLOW_LABEL,
}


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
    body = [line(WHICH, size="lg", bold=True), small("เลือกหนึ่งรายการ หรือพิมพ์ใหม่ให้ละเอียดขึ้น")]
    alt_text = f"{WHICH} " + " / ".join([*labels, NONE_OF_THEM])
    return [card(alt_text, body, [*buttons, none])]


def is_it(words: str, said: int) -> list[Json]:
    """Ask whether the one likely meaning is right; ``ใช่`` may be typed too."""
    question = f"หมายถึง {words} ใช่หรือไม่"
    yes = postback(YES, "meant", YES, choice=1, said=said)
    no = postback(NO, "none_of_these", NO, said=said)
    return [card(question, [line(question, size="lg", bold=True)], [row([button(no), button(yes, is_main=True)])])]


def too_late() -> list[Json]:
    """A button of an earlier question, or of one whose ten minutes are over."""
    return [text("ปุ่มนี้เป็นของคำถามก่อนหน้าหรือเกิน 10 นาทีแล้ว กรุณาพิมพ์สิ่งที่ต้องการอีกครั้ง", [HELP])]


def chosen_already() -> list[Json]:
    """A second tap below the same question."""
    return [text("ท่านเลือกจากคำถามนี้แล้ว หากต้องการรายการอื่น กรุณาพิมพ์สิ่งที่ต้องการ", [HELP])]


def _choice(words: str, number: int, said: int) -> Json:
    return postback(words, "meant", words, choice=number, said=said)


def _label(intent: str, slots: Mapping[str, Any]) -> str:
    if intent in _OF_A_LETTER:
        if "request" in slots:
            return f"ถามผลคำขอ #{slots['request']}"
        return f"{_OF_A_LETTER[intent]} {_letter(slots) or 'หนังสือ'}"
    if intent == "update_document":
        return _update(slots)
    if intent in _WITH_DETAILS:
        does, names = _WITH_DETAILS[intent]
        return f"{does} {details(slots, names.split())}".strip()
    return str(_PLAIN.get(intent, intent))


def _update(slots: Mapping[str, Any]) -> str:
    stage = slots.get("stage")
    if stage not in set(Stage):
        return f"บันทึกสถานะ {_letter(slots)}".strip()
    return " ".join(part for part in ("บันทึกว่า", _letter(slots), str(STAGE_WORDS[Stage(stage)])) if part)


def _letter(slots: Mapping[str, Any]) -> str:
    if "document_number" in slots:
        return str(slots["document_number"])
    if "receive_number" in slots:
        return f"เลขรับ {slots['receive_number']}"
    return f"เรื่อง {slots['title']}" if "title" in slots else ""


def _detail(name: str, slots: Mapping[str, Any], *, in_full: bool) -> str:
    value = slots[name]
    if name == "unit":
        return str(value) if in_full else str(value).removeprefix(DISTRICT)
    if name in ("period", "month"):
        return period_words(str(value))
    if name == "numerator" and slots.get("denominator") is not None:
        return f"{value} จาก {slots['denominator']}"
    if name == "score":
        return str(RATING_WORDS[value]) if value in RATING_WORDS else ""
    shapes = {"group": "กลุ่ม {}", "request": "#{}", "until": "ถึง {} น.", "step": "ขั้นที่ {}", "percent": "ร้อยละ {}"}
    return shapes.get(name, "{}").format(value)


def period_words(period: str) -> str:
    """A period as people say it: ``FY2570-Q2`` is ไตรมาส 2 ปีงบ 2570; what is unknown stays as it is."""
    fiscal, month = _FISCAL.fullmatch(period), _MONTH.fullmatch(period)
    if fiscal:
        return f"ไตรมาส {fiscal[2]} ปีงบ {fiscal[1]}" if fiscal[2] else f"ปีงบ {fiscal[1]}"
    if month and 1 <= int(month[2]) <= 12:
        return f"{SHORT_MONTHS[int(month[2]) - 1]} {int(month[1]) + 543}"
    return _PERIODS.get(period, period)
