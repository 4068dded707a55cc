"""Greetings, help, and what to say when a message cannot be used."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from messages.actions import postback, say
from messages.choices import details
from messages.following import FOLLOWED
from messages.limits import MAX_QUICK_REPLIES, Json
from messages.parts import card, line, small, stack, text
from messages.words import EXAMPLE_CODE, EXAMPLE_NUMBER, FOLLOW_LABEL, TALK_LABEL
from models.members import ANSWERS_REQUESTS, KEEPS_THE_REGISTER, SEES_SERVICE_FIGURES, Role

EVERYBODY = frozenset(Role)

HELP: tuple[tuple[frozenset[Role], str, str], ...] = (
    (EVERYBODY, "ถามหาหนังสือ", EXAMPLE_NUMBER),
    (EVERYBODY, "ถามด้วยเลขรับ", "เลขรับ 4521"),
    (EVERYBODY, "ให้แจ้งเมื่อเปลี่ยนสถานะ", f"{FOLLOW_LABEL} {EXAMPLE_NUMBER}"),
    (EVERYBODY, "ดูคำขอของฉัน", "คำขอของฉัน"),
    (EVERYBODY, "ให้คะแนนคำตอบล่าสุด", "พอใจมาก"),
    (KEEPS_THE_REGISTER, "ดูคำขอที่รอแจ้งผล", "คิวงาน"),
    (KEEPS_THE_REGISTER, "รับทราบคำขอ", "รับทราบ #42"),
    (KEEPS_THE_REGISTER, "แจ้งผล", "#42 เสนอผู้บริหารแล้ว"),
    (KEEPS_THE_REGISTER, "เข้าเวร หรือระบุเวลาออก", "เข้าเวรถึง 16.30"),
    (KEEPS_THE_REGISTER, "ดูผู้อยู่เวร", "ใครอยู่เวร"),
    (SEES_SERVICE_FIGURES, "ดูตัวชี้วัดการให้บริการ", "สถิติการให้บริการ"),
    (KEEPS_THE_REGISTER, "บันทึกสถานะ", f"{EXAMPLE_NUMBER} ลงนามแล้ว"),
)
"""What may be typed: for whom, what it does, an example."""

_COMMON_TAPS = (FOLLOWED, say("คำขอของฉัน"), say("วิธีใช้"))

_UNUSABLE = {
    "sticker": "ขอบคุณสำหรับสติกเกอร์",
    "image": "ยังอ่านข้อความในรูปภาพไม่ได้",
    "video": "ยังดูวิดีโอไม่ได้",
    "audio": "ยังฟังข้อความเสียงไม่ได้",
    "file": "ยังอ่านไฟล์ในแชตไม่ได้",
    "location": "ไม่ต้องใช้ตำแหน่งที่ตั้งในการติดตามหนังสือ",
}
"""By the message types of LINE's webhook."""

_NOT_YET = {
    "report_progress": "การรายงานผลตัวชี้วัด",
    "query_indicator": "การดูผลตัวชี้วัด",
    "behind_plan": "การดูงานที่ล่าช้ากว่าแผน",
    "summary": "สรุปสำหรับผู้บริหาร",
    "notification_settings": "การตั้งค่าการแจ้งเตือน",
}
"""By intent; what stands here is not open yet, and nobody is told to type it."""

_NAMED = ("indicator", "unit", "group", "period")
"""What a person reads again of what was understood, so that they see that it was."""

_TO_TYPE: tuple[tuple[frozenset[Role], str, str], ...] = (
    (ANSWERS_REQUESTS, "duty_queue", "ดูคำขอที่รอ พิมพ์ คิวงาน"),
    (frozenset({Role.COORDINATOR}), "report_progress", "รายงานผล พิมพ์ เช่น รายงาน 8308 18 จาก 22"),
    (frozenset({Role.MANAGER}), "summary", "ดูสรุป พิมพ์ เช่น สรุปเดือนนี้"),
    (SEES_SERVICE_FIGURES, "service_kpi", "ดูผลการให้บริการ พิมพ์ สถิติการให้บริการ"),
    (EVERYBODY, "track_document", f"ถามหาหนังสือ พิมพ์เลขที่ เช่น {EXAMPLE_NUMBER}"),
)
"""What a person of a role most likely wants, the first that is open: for whom, its intent, how it is said."""


def welcome() -> list[Json]:
    """Greet a stranger who added the account: what it is, how to come in."""
    words = (
        "ยินดีต้อนรับสู่ ติดตาม ของกรุงเทพมหานคร\n"
        "ใช้ถามว่าหนังสือราชการถึงขั้นใดแล้ว และรับแจ้งเมื่อสถานะเปลี่ยน\n"
        f"กรุณาพิมพ์รหัสลงทะเบียนที่ได้รับจากผู้ดูแลระบบ เช่น\nลงทะเบียน {EXAMPLE_CODE}"
    )
    return [text(words)]


def welcome_back(name: str) -> list[Json]:
    """Greet a member who unblocked the account."""
    return [text(f"{_called('ยินดีต้อนรับกลับ', name)} ท่านลงทะเบียนไว้แล้ว ถามหาหนังสือได้ทันที", _COMMON_TAPS)]


def greeting(name: str) -> list[Json]:
    """Answer a greeting; an unknown (empty) name is left out."""
    return [text(f"{_called('สวัสดี', name)} ต้องการติดตามหนังสือฉบับใด พิมพ์เลขที่ เช่น {EXAMPLE_NUMBER}", _COMMON_TAPS)]


def thanks() -> list[Json]:
    """Answer thanks."""
    return [text("ด้วยความยินดี หากมีหนังสือฉบับอื่นที่ต้องการติดตาม พิมพ์เลขที่ได้ทันที")]


def help_for(roles: Collection[Role]) -> list[Json]:
    """Show what a person of these roles may type, with taps to try."""
    lines = [(does, example) for who, does, example in HELP if _is_for(who, roles)]
    body = [line("พิมพ์ได้ดังนี้", size="lg", bold=True), small("พิมพ์ตามที่พูดก็ได้ ใช้เลขไทยหรือเลขอารบิกได้")]
    body += [stack([small(does), line(example, bold=True)], margin="md") for does, example in lines]
    alt_text = "พิมพ์ได้ดังนี้ " + " / ".join(f"{does}: {example}" for does, example in lines)
    return [card(alt_text, body, quick_replies=examples_for(roles))]


def examples_for(roles: Collection[Role]) -> list[Json]:
    """Taps that try what a person of these roles can do; at most 13 actions."""
    taps = [
        FOLLOWED,
        say("คำขอของฉัน"),
        postback(TALK_LABEL, "talk", TALK_LABEL),
        say("วิธีใช้"),
    ]
    if KEEPS_THE_REGISTER & set(roles):
        taps.insert(0, say("คิวงาน"))
    return taps[:MAX_QUICK_REPLIES]


def not_understood(roles: Collection[Role]) -> list[Json]:
    """Say in one line that nothing was understood, and what a person of these roles could type."""
    example = next(
        (says for who, intent, says in _TO_TYPE if intent not in _NOT_YET and _is_for(who, roles)), _TO_TYPE[-1][2]
    )
    return [text(f"ขออภัย ยังไม่เข้าใจข้อความนี้ หากต้องการ{example}", examples_for(roles))]


def not_yet_available(intent: str, slots: Mapping[str, Any] | None = None) -> list[Json]:
    """Say that something was understood, and of what, and that it is not open yet."""
    named = details(slots or {}, _NAMED, in_full=True)
    what = f"{_NOT_YET.get(intent, 'บริการส่วนนี้')} {named} " if named else _NOT_YET.get(intent, "บริการส่วนนี้")
    return [text(f"{what}ยังไม่เปิดให้ใช้ในแชต ขณะนี้ใช้ติดตามหนังสือได้ พิมพ์ วิธีใช้ เพื่อดูตัวอย่าง", [say("วิธีใช้")])]


def unusable(kind: str) -> list[Json]:
    """Answer a message that is not text; ``kind`` is LINE's message type."""
    why = _UNUSABLE.get(kind, "ยังอ่านข้อความชนิดนี้ไม่ได้")
    return [text(f"{why} กรุณาพิมพ์เลขที่หนังสือ เช่น {EXAMPLE_NUMBER}", [say("วิธีใช้")])]


def cancelled() -> list[Json]:
    """What was begun is dropped."""
    return [text("ยกเลิกแล้ว ไม่มีการเปลี่ยนแปลง")]


def nothing_to_confirm() -> list[Json]:
    """A word such as "confirm" came without a question before it, or too late."""
    return [text("ไม่มีรายการที่รอยืนยัน กรุณาทำรายการใหม่อีกครั้ง", [say("วิธีใช้")])]


def confirmed_too_late() -> list[Json]:
    """A confirmation came after its ten minutes."""
    return [text("เกิน 10 นาทีแล้ว จึงไม่ได้บันทึกรายการที่รอยืนยัน หากยังต้องการ กรุณาพิมพ์รายการใหม่อีกครั้ง", [say("วิธีใช้")])]


def confirmed_after_another_matter() -> list[Json]:
    """A confirmation came after the person had gone on to something else."""
    words = "รายการที่รอยืนยันถูกยกเลิกไปแล้วเมื่อท่านทำเรื่องอื่นต่อ จึงไม่ได้บันทึก หากยังต้องการ กรุณาพิมพ์รายการใหม่อีกครั้ง"
    return [text(words, [say("วิธีใช้")])]


def _called(words: str, name: str) -> str:
    return f"{words} คุณ{name.strip()}" if name.strip() else words


def _is_for(who: frozenset[Role], roles: Collection[Role]) -> bool:
    return who is EVERYBODY or bool(who & set(roles))
