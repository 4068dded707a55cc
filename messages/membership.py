"""Registration, the privacy notice, and leaving."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from messages.actions import postback, say
from messages.limits import Json
from messages.parts import button, card, headline, line, row, rule, small, stack, text
from messages.smalltalk import examples_for
from messages.thai import join_words, quoted, short_moment
from messages.words import CANCEL_LABEL, CONFIRM_LABEL, EXAMPLE_CODE, ROLE_WORDS
from models.members import Role


def how_to_register() -> list[Json]:
    """Tell a stranger how to come in."""
    words = (
        f"บริการนี้สำหรับเจ้าหน้าที่กรุงเทพมหานครที่ลงทะเบียนแล้ว\nกรุณาพิมพ์รหัสลงทะเบียนที่ได้รับจากผู้ดูแลระบบ เช่น\nลงทะเบียน {EXAMPLE_CODE}"
    )
    return [text(words)]


def ask_for_code() -> list[Json]:
    """Ask for the registration code."""
    return [text(f"กรุณาพิมพ์รหัสลงทะเบียน 8 ตัวที่ได้รับจากผู้ดูแลระบบ เช่น {EXAMPLE_CODE}")]


def privacy_notice(unit_name: str, *, keep_days: int, **params: object) -> list[Json]:
    """Say what is kept, for how long and how to have it deleted, and ask for consent.

    Args:
        unit_name: the unit that the code belongs to.
        keep_days: how many days the texts of messages are kept.
        params: come back with ``accept_privacy`` and ``decline_privacy``, for example which invitation it was.
    """
    question = f"ลงทะเบียนในนาม{unit_name}"
    points = _privacy_points(keep_days)
    body = [small("ลงทะเบียนในนาม"), line(unit_name, size="lg", bold=True), rule("md")]
    body += [stack([small(name), line(words)], margin="md") for name, words in points]
    decline = button(postback("ไม่ยอมรับ", "decline_privacy", "ไม่ยอมรับ", **params))
    accept = button(postback("ยอมรับ", "accept_privacy", "ยอมรับ", **params), is_main=True)
    told = " ".join(f"{name}: {words}" for name, words in points)
    return [card(f"{question} โปรดอ่านก่อนใช้บริการ {told} เลือกยอมรับหรือไม่ยอมรับ", body, [row([decline, accept])])]


def _privacy_points(keep_days: int) -> tuple[tuple[str, str], ...]:
    """What the privacy notice says; the law wants purpose, duration and rights before anything is kept."""
    return (
        ("เก็บอะไร", "บัญชี LINE หน่วยงาน บทบาท ข้อความในแชต และเวลาที่ใช้บริการ"),
        ("ใช้ทำอะไร", "ตอบเรื่องที่ถาม แจ้งความคืบหน้า และวัดผลการให้บริการ"),
        ("เก็บนานเท่าใด", f"ข้อความ {keep_days} วัน ข้อมูลอื่นจนกว่าจะขอลบ หลังลบเหลือเพียงหลักฐานการยอมรับและตัวเลขสถิติ"),
        ("ขอลบอย่างไร", "พิมพ์ “ลบข้อมูลของฉัน” ได้ทุกเมื่อ"),
    )


def registered(name: str, unit_name: str, roles: Collection[Role]) -> list[Json]:
    """Welcome a new member and offer what to try; an unknown (empty) name is left out."""
    title = "ลงทะเบียนแล้ว"
    who = [part for part in (name.strip(), unit_name) if part]
    as_what = f"ในฐานะ{join_words(_role_words(roles))}"
    body = [headline(title), *[line(part) for part in who], small(as_what)]
    body.append(line("ถามได้ทันที โดยพิมพ์เลขที่หนังสือ เลขรับ หรือชื่อเรื่อง", margin="lg"))
    return [card(f"{title} {' '.join(who)} {as_what} พิมพ์เลขที่หนังสือเพื่อถามได้ทันที", body, quick_replies=examples_for(roles))]


def wrong_code(tries_left: int) -> list[Json]:
    """The code is not one of ours; how often it may still be tried."""
    rest = f"ลองได้อีก {tries_left} ครั้ง" if tries_left else "ครบจำนวนครั้งที่ลองได้แล้ว กรุณาลองใหม่ภายหลัง"
    return [text(f"รหัสไม่ถูกต้องหรือหมดอายุ กรุณาตรวจสอบกับผู้ดูแลระบบ {rest}")]


def code_expired() -> list[Json]:
    """The code was good once."""
    return [text("รหัสนี้หมดอายุหรือถูกใช้ครบแล้ว กรุณาขอรหัสใหม่จากผู้ดูแลระบบ")]


def door_shut(until: datetime) -> list[Json]:
    """Too many wrong codes."""
    return [text(f"พิมพ์รหัสไม่ถูกต้องหลายครั้ง กรุณาลองใหม่หลัง {short_moment(until)}")]


def already_registered(unit_name: str) -> list[Json]:
    """A member typed a code again."""
    return [text(f"ท่านลงทะเบียนในนาม{unit_name}อยู่แล้ว ถามหาหนังสือได้ทันที", examples_for([Role.OFFICER]))]


def privacy_declined() -> list[Json]:
    """The person stays a stranger; only the decision is kept."""
    return [text("ไม่ได้ลงทะเบียน ระบบบันทึกไว้เพียงว่าท่านไม่ยอมรับ หากเปลี่ยนใจ กรุณาพิมพ์รหัสลงทะเบียนอีกครั้ง")]


def confirm_deletion() -> list[Json]:
    """Ask before a person's data is deleted."""
    title = "ลบข้อมูลของท่านใช่หรือไม่"
    told = "ระบบจะลบการลงทะเบียน การติดตาม และข้อความทั้งหมด เรียกคืนไม่ได้ และต้องลงทะเบียนใหม่จึงจะใช้บริการได้"
    cancel = button(postback(CANCEL_LABEL, "cancel", CANCEL_LABEL))
    confirm = button(postback(CONFIRM_LABEL, "delete_data", CONFIRM_LABEL), is_main=True)
    return [
        card(f"{title} {told}", [line(title, size="lg", bold=True), line(told, margin="md")], [row([cancel, confirm])])
    ]


def deletion_requested() -> list[Json]:
    """The wish is taken down and will be carried out."""
    return [text("รับคำขอลบข้อมูลแล้ว เมื่อลบเสร็จจะแจ้งให้ทราบทางนี้")]


def data_deleted() -> list[Json]:
    """The person is a stranger again."""
    words = (
        f"ลบข้อมูลของท่านแล้ว เหลือเพียงหลักฐานการยอมรับและตัวเลขสถิติ หากต้องการใช้บริการอีก กรุณาพิมพ์ {quoted('ลงทะเบียน')} ตามด้วยรหัส"
    )
    return [text(words, [say("ลงทะเบียน")])]


def _role_words(roles: Collection[Role]) -> list[str]:
    return [words for role, words in ROLE_WORDS.items() if role in roles]
