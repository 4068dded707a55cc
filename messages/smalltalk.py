"""Greetings, help, and what to say when a message cannot be used."""

from __future__ import annotations

from collections.abc import Collection

from messages.actions import postback, say
from messages.following import followed_tap
from messages.language import Glossary, Words, either
from messages.limits import MAX_QUICK_REPLIES, Json
from messages.parts import card, line, small, stack, text
from messages.words import EXAMPLE_CODE, EXAMPLE_NUMBER, FOLLOW, HELP_LABEL, MY_REQUESTS_LABEL, TALK_LABEL
from models.audiences import PARTS_OF_ROLES
from models.members import ANSWERS_REQUESTS, KEEPS_THE_REGISTER, SEES_SERVICE_FIGURES, Role

EVERYBODY = frozenset(Role)
APPROVES_REPORTS = frozenset({Role.REVIEWER, Role.ADMIN})
SEES_SUMMARIES = frozenset(PARTS_OF_ROLES) | {Role.ADMIN}

REPORTS = frozenset({Role.COORDINATOR, Role.ADMIN})
"""Roles that report on indicators."""
_WORK_QUEUE = Words("คิวงาน", "Queue")

HELP: tuple[tuple[frozenset[Role], Words, Words], ...] = (
    (EVERYBODY, Words("ถามหาหนังสือ", "Ask for a letter"), Words(EXAMPLE_NUMBER, EXAMPLE_NUMBER)),
    (EVERYBODY, Words("ถามด้วยเลขรับ", "Ask by receive number"), Words("เลขรับ 4521", "Receive number 4521")),
    (
        EVERYBODY,
        Words("ให้แจ้งเมื่อเปลี่ยนสถานะ", "Be told when its status changes"),
        Words(f"{FOLLOW.thai} {EXAMPLE_NUMBER}", f"{FOLLOW.english} {EXAMPLE_NUMBER}"),
    ),
    (EVERYBODY, Words("ดูคำขอของฉัน", "See my requests"), MY_REQUESTS_LABEL),
    (EVERYBODY, Words("ให้คะแนนคำตอบล่าสุด", "Rate the last answer"), Words("พอใจมาก", "Satisfied")),
    (
        EVERYBODY,
        Words("เลือกว่าจะรับแจ้งเรื่องใด เมื่อใด", "Choose what you are told, and when"),
        Words("ตั้งค่าการแจ้งเตือน", "Notification settings"),
    ),
    (EVERYBODY, Words("ดูผลตัวชี้วัด", "See an indicator"), Words("ตัวชี้วัด 8308", "KPI 8308 result")),
    (EVERYBODY, Words("ดูงานที่ช้ากว่าแผน", "See what is behind plan"), Words("ตัวชี้วัดที่ช้ากว่าแผน", "Behind plan")),
    (KEEPS_THE_REGISTER, Words("ดูคำขอที่รอแจ้งผล", "See requests to be answered"), _WORK_QUEUE),
    (KEEPS_THE_REGISTER, Words("รับทราบคำขอ", "Acknowledge a request"), Words("รับทราบ #42", "Acknowledge #42")),
    (
        KEEPS_THE_REGISTER,
        Words("แจ้งผล", "Answer"),
        Words("#42 เสนอผู้บริหารแล้ว", "#42 Submitted to the Deputy this morning"),
    ),
    (
        KEEPS_THE_REGISTER,
        Words("เข้าเวร หรือระบุเวลาออก", "Start duty, or say until when"),
        Words("เข้าเวรถึง 16.30", "Start duty until 16:30"),
    ),
    (KEEPS_THE_REGISTER, Words("ดูผู้อยู่เวร", "See who is on duty"), Words("ใครอยู่เวร", "Who is on duty")),
    (
        REPORTS,
        Words("รายงานผลตัวชี้วัด", "Report on an indicator"),
        Words("รายงาน 8308 18 จาก 22", "Report 8308 18 of 22"),
    ),
    (
        SEES_SERVICE_FIGURES,
        Words("ดูตัวชี้วัดการให้บริการ", "See the service indicator"),
        Words("สถิติการให้บริการ", "Service indicator"),
    ),
    (
        SEES_SUMMARIES,
        Words("ดูสรุปของวัน สัปดาห์ เดือน ไตรมาส หรือปี", "See a summary of a day, week, month, quarter or year"),
        Words("สรุปเดือนนี้", "Summary this month"),
    ),
    (
        KEEPS_THE_REGISTER,
        Words("บันทึกสถานะ", "Record a stage"),
        Words(f"{EXAMPLE_NUMBER} ลงนามแล้ว", f"{EXAMPLE_NUMBER} has been signed"),
    ),
    (
        APPROVES_REPORTS,
        Words("ดูรายงานที่รออนุมัติ", "See reports to approve"),
        Words("รายงานที่รออนุมัติ", "Reports waiting for approval"),
    ),
)
"""What may be typed: for whom, what it does, an example."""

_UNUSABLE = Glossary(
    {
        "sticker": Words("ขอบคุณสำหรับสติกเกอร์", "Thank you for the sticker."),
        "image": Words("ยังอ่านข้อความในรูปภาพไม่ได้", "Pictures cannot be read yet."),
        "video": Words("ยังดูวิดีโอไม่ได้", "Videos cannot be watched yet."),
        "audio": Words("ยังฟังข้อความเสียงไม่ได้", "Voice messages cannot be heard yet."),
        "file": Words("ยังอ่านไฟล์ในแชตไม่ได้", "Files in the chat cannot be read yet."),
        "location": Words("ไม่ต้องใช้ตำแหน่งที่ตั้งในการติดตามหนังสือ", "A location is not needed to track letters."),
    }
)
"""By the message types of LINE's webhook."""

_TO_TYPE: tuple[tuple[frozenset[Role], Words], ...] = (
    (
        ANSWERS_REQUESTS,
        Words("ดูคำขอที่รอ พิมพ์ คิวงาน", "To see the requests that wait, type Queue"),
    ),
    (
        frozenset({Role.COORDINATOR}),
        Words("รายงานผล พิมพ์ เช่น รายงาน 8308 18 จาก 22", "To report, type for example Report 8308 18 of 22"),
    ),
    (
        frozenset({Role.MANAGER}),
        Words("ดูสรุป พิมพ์ เช่น สรุปเดือนนี้", "To see a summary, type for example Summary this month"),
    ),
    (
        SEES_SERVICE_FIGURES,
        Words("ดูผลการให้บริการ พิมพ์ สถิติการให้บริการ", "To see how the service fares, type Service indicator"),
    ),
    (
        EVERYBODY,
        Words(
            f"ถามหาหนังสือ พิมพ์เลขที่ เช่น {EXAMPLE_NUMBER}",
            f"To ask for a letter, type its number, such as {EXAMPLE_NUMBER}",
        ),
    ),
)
"""What a person of a role most likely wants, the first that fits: for whom, how it is said."""


def welcome() -> list[Json]:
    """Greet a stranger who added the account: what it is, how to come in."""
    words = either(
        "ยินดีต้อนรับสู่ ติดตาม ของกรุงเทพมหานคร\n"
        "ใช้ถามว่าหนังสือราชการถึงขั้นใดแล้ว และรับแจ้งเมื่อสถานะเปลี่ยน\n"
        f"กรุณาพิมพ์รหัสลงทะเบียนที่ได้รับจากผู้ดูแลระบบ เช่น\nลงทะเบียน {EXAMPLE_CODE}",
        "Welcome to Tidtam of the Bangkok Metropolitan Administration.\n"
        "Ask here where an official letter is, and be told when its status changes.\n"
        f"Please type the registration code from your administrator, such as\nRegister {EXAMPLE_CODE}",
    )
    return [text(words)]


def welcome_back(name: str) -> list[Json]:
    """Greet a member who unblocked the account."""
    words = either(
        f"{_called('ยินดีต้อนรับกลับ', name)} ท่านลงทะเบียนไว้แล้ว ถามหาหนังสือได้ทันที",
        f"{_addressed('Welcome back', name)}. You are registered and may ask for letters at once.",
    )
    return [text(words, _common_taps())]


def greeting(name: str) -> list[Json]:
    """Answer a greeting; an unknown (empty) name is left out."""
    words = either(
        f"{_called('สวัสดี', name)} ต้องการติดตามหนังสือฉบับใด พิมพ์เลขที่ เช่น {EXAMPLE_NUMBER}",
        f"{_addressed('Hello', name)}. Which letter would you like to track? Type its number, such as {EXAMPLE_NUMBER}",
    )
    return [text(words, _common_taps())]


def thanks() -> list[Json]:
    """Answer thanks."""
    words = either(
        "ด้วยความยินดี หากมีหนังสือฉบับอื่นที่ต้องการติดตาม พิมพ์เลขที่ได้ทันที",
        "You are welcome. To track another letter, just type its number.",
    )
    return [text(words)]


def help_for(roles: Collection[Role]) -> list[Json]:
    """Show what a person of these roles may type, with taps to try."""
    lines = [(does, example) for who, does, example in HELP if _is_for(who, roles)]
    title = either("พิมพ์ได้ดังนี้", "You may type")
    freely = either("พิมพ์ตามที่พูดก็ได้ ใช้เลขไทยหรือเลขอารบิกได้", "Plain sentences are fine, in Thai or in English")
    body = [line(title, size="lg", bold=True), small(freely)]
    body += [stack([small(str(does)), line(str(example), bold=True)], margin="md") for does, example in lines]
    alt_text = f"{title}{either(' ', ': ')}" + " / ".join(f"{does}: {example}" for does, example in lines)
    return [card(alt_text, body, quick_replies=examples_for(roles))]


def examples_for(roles: Collection[Role]) -> list[Json]:
    """Taps that try what a person of these roles can do; at most 13 actions."""
    taps = [
        followed_tap(),
        say(MY_REQUESTS_LABEL),
        postback(TALK_LABEL, "talk", TALK_LABEL),
        say(HELP_LABEL),
    ]
    if KEEPS_THE_REGISTER & set(roles):
        taps.insert(0, say(_WORK_QUEUE))
    return taps[:MAX_QUICK_REPLIES]


def not_understood(roles: Collection[Role]) -> list[Json]:
    """Say in one line that nothing was understood, and what a person of these roles could type."""
    example = next((says for who, says in _TO_TYPE if _is_for(who, roles)))
    words = either(f"ขออภัย ยังไม่เข้าใจข้อความนี้ หากต้องการ{example}", f"Sorry, this was not understood. {example}")
    return [text(words, examples_for(roles))]


def unusable(kind: str) -> list[Json]:
    """Answer a message that is not text; ``kind`` is LINE's message type."""
    why = _UNUSABLE.get(kind) or either("ยังอ่านข้อความชนิดนี้ไม่ได้", "Messages of this kind cannot be read yet.")
    how = either("กรุณาพิมพ์เลขที่หนังสือ เช่น", "Please type the letter's number, such as")
    return [text(f"{why} {how} {EXAMPLE_NUMBER}", [say(HELP_LABEL)])]


def cancelled() -> list[Json]:
    """What was begun is dropped."""
    return [text(either("ยกเลิกแล้ว ไม่มีการเปลี่ยนแปลง", "Cancelled. Nothing has changed."))]


def nothing_to_confirm() -> list[Json]:
    """A word such as "confirm" came without a question before it, or too late."""
    words = either("ไม่มีรายการที่รอยืนยัน กรุณาทำรายการใหม่อีกครั้ง", "Nothing waits to be confirmed. Please begin again.")
    return [text(words, [say(HELP_LABEL)])]


def confirmed_too_late() -> list[Json]:
    """A confirmation came after its ten minutes."""
    words = either(
        "เกิน 10 นาทีแล้ว จึงไม่ได้บันทึกรายการที่รอยืนยัน หากยังต้องการ กรุณาพิมพ์รายการใหม่อีกครั้ง",
        "More than ten minutes have passed, so nothing was recorded. If you still want it, please type it again.",
    )
    return [text(words, [say(HELP_LABEL)])]


def confirmed_after_another_matter() -> list[Json]:
    """A confirmation came after the person had gone on to something else."""
    words = either(
        "รายการที่รอยืนยันถูกยกเลิกไปแล้วเมื่อท่านทำเรื่องอื่นต่อ จึงไม่ได้บันทึก หากยังต้องการ กรุณาพิมพ์รายการใหม่อีกครั้ง",
        "What waited to be confirmed was dropped when you went on to another matter, so nothing was recorded. "
        "If you still want it, please type it again.",
    )
    return [text(words, [say(HELP_LABEL)])]


def _common_taps() -> list[Json]:
    return [followed_tap(), say(MY_REQUESTS_LABEL), say(HELP_LABEL)]


def _addressed(words: str, name: str) -> str:
    return f"{words}, {name.strip()}" if name.strip() else words


def _called(words: str, name: str) -> str:
    return f"{words} คุณ{name.strip()}" if name.strip() else words


def _is_for(who: frozenset[Role], roles: Collection[Role]) -> bool:
    return who is EVERYBODY or bool(who & set(roles))
