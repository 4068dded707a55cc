"""What is said in group chats, where many read along: little, as plain text, and in Thai."""

from __future__ import annotations

from datetime import datetime

from messages.language import in_thai
from messages.lengths import clip
from messages.letters import stage_sentence
from messages.limits import Json
from messages.parts import text
from messages.thai import one_line, quoted
from models.documents import LetterLine, LetterView

GROUP_SUBJECT = 120


@in_thai
def joined() -> list[Json]:
    """Greet a group the account was invited to."""
    words = (
        "ติดตาม ของกรุงเทพมหานคร ตอบเรื่องหนังสือราชการในกลุ่มนี้เมื่อถูกกล่าวถึง\n"
        f"ผู้ดูแลระบบกรุณาพิมพ์ {quoted('ผูกกลุ่ม')} ตามด้วยชื่อหน่วยงาน เพื่อเริ่มใช้งาน"
    )
    return [text(words)]


@in_thai
def answer_in_private() -> list[Json]:
    """What was asked is not for everybody in the group."""
    return [text("ขอตอบในแชตส่วนตัว กรุณาเพิ่มบัญชีนี้เป็นเพื่อนแล้วถามอีกครั้ง")]


@in_thai
def group_linked(unit_name: str) -> list[Json]:
    """The group now hears what belongs to a unit."""
    return [text(f"ผูกกลุ่มนี้กับ{unit_name}แล้ว ถามหาหนังสือของหน่วยงานได้โดยกล่าวถึงบัญชีนี้ตามด้วยเลขที่หนังสือ")]


@in_thai
def only_admins_link() -> list[Json]:
    """Somebody else tried to link the group."""
    return [text("เฉพาะผู้ดูแลระบบผูกกลุ่มกับหน่วยงานได้ กรุณาติดต่อผู้ดูแลระบบ")]


@in_thai
def group_letter(letter: LetterView | LetterLine, now: datetime) -> list[Json]:
    """Say where a letter is, short."""
    subject = clip(one_line(letter.subject), GROUP_SUBJECT)
    return [text(f"{letter.number} {stage_sentence(letter)}\nเรื่อง {subject}")]
