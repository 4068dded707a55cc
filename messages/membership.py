"""Registration, the privacy notice, and leaving."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from messages.actions import postback, say
from messages.language import Words, either
from messages.limits import Json
from messages.parts import button, card, headline, line, row, rule, small, stack, text
from messages.smalltalk import examples_for
from messages.thai import join_words, quoted, short_moment
from messages.words import CANCEL, CANCEL_LABEL, CONFIRM, CONFIRM_LABEL, EXAMPLE_CODE, ROLE_WORDS
from models.members import Role

ACCEPT_LABEL, DECLINE_LABEL = Words("ยอมรับ", "Accept"), Words("ไม่ยอมรับ", "Decline")


def how_to_register() -> list[Json]:
    """Tell a stranger how to come in."""
    words = either(
        f"บริการนี้สำหรับเจ้าหน้าที่กรุงเทพมหานครที่ลงทะเบียนแล้ว\nกรุณาพิมพ์รหัสลงทะเบียนที่ได้รับจากผู้ดูแลระบบ เช่น\nลงทะเบียน {EXAMPLE_CODE}",
        "This service is for registered officers of the Bangkok Metropolitan Administration.\n"
        f"Please type the registration code from your administrator, such as\nRegister {EXAMPLE_CODE}",
    )
    return [text(words)]


def ask_for_code() -> list[Json]:
    """Ask for the registration code."""
    words = either(
        f"กรุณาพิมพ์รหัสลงทะเบียน 8 ตัวที่ได้รับจากผู้ดูแลระบบ เช่น {EXAMPLE_CODE}",
        f"Please type the registration code of 8 characters from your administrator, such as {EXAMPLE_CODE}",
    )
    return [text(words)]


def privacy_notice(unit_name: str, *, keep_days: int, **params: object) -> list[Json]:
    """Say what is kept, for how long and how to have it deleted, and ask for consent.

    Args:
        unit_name: the unit that the code belongs to.
        keep_days: how many days the texts of messages are kept.
        params: come back with ``accept_privacy`` and ``decline_privacy``, for example which invitation it was.
    """
    under = Words("ลงทะเบียนในนาม", "Register under")
    points = _privacy_points(keep_days)
    body = [small(str(under)), line(unit_name, size="lg", bold=True), rule("md")]
    body += [stack([small(name), line(words)], margin="md") for name, words in points]
    decline = button(postback(DECLINE_LABEL, "decline_privacy", DECLINE_LABEL, **params))
    accept = button(postback(ACCEPT_LABEL, "accept_privacy", ACCEPT_LABEL, **params), is_main=True)
    told = " ".join(f"{name}: {words}" for name, words in points)
    alt_text = either(
        f"{under}{unit_name} โปรดอ่านก่อนใช้บริการ {told} เลือกยอมรับหรือไม่ยอมรับ",
        f"{under} {unit_name}. Please read this before you use the service. {told} Choose Accept or Decline.",
    )
    return [card(alt_text, body, [row([decline, accept])])]


def _privacy_points(keep_days: int) -> tuple[tuple[str, str], ...]:
    """What the privacy notice says; the law wants purpose, duration and rights before anything is kept."""
    points = (
        (
            Words("เก็บอะไร", "What is kept"),
            Words(
                "บัญชี LINE หน่วยงาน บทบาท ข้อความและไฟล์ที่ส่งในแชต และเวลาที่ใช้บริการ",
                "Your LINE account, unit, roles, messages and files in the chat, and the times you use the service.",
            ),
        ),
        (
            Words("ใช้ทำอะไร", "What for"),
            Words(
                "ตอบเรื่องที่ถาม แจ้งความคืบหน้า และวัดผลการให้บริการ",
                "To answer what you ask, to tell of progress, and to measure the service.",
            ),
        ),
        (
            Words("เก็บนานเท่าใด", "For how long"),
            Words(
                f"ข้อความ {keep_days} วัน ข้อมูลอื่นจนกว่าจะขอลบ หลังลบเหลือเพียงหลักฐานการยอมรับ ตัวเลขสถิติ "
                "และรายงานตัวชี้วัดที่ส่งแล้วโดยไม่มีชื่อผู้รายงาน",
                f"Messages for {keep_days} days, the rest until you ask to have it deleted. After that only the proof "
                "of consent stays, statistics, and reports on indicators without the name of who sent them.",
            ),
        ),
        (
            Words("ขอลบอย่างไร", "How to have it deleted"),
            Words("พิมพ์ “ลบข้อมูลของฉัน” ได้ทุกเมื่อ", "Type “Delete my data” at any time."),
        ),
    )
    return tuple((str(name), str(words)) for name, words in points)


def registered(name: str, unit_name: str, roles: Collection[Role]) -> list[Json]:
    """Welcome a new member and offer what to try; an unknown (empty) name is left out."""
    title = either("ลงทะเบียนแล้ว", "You are registered")
    who = [part for part in (name.strip(), unit_name) if part]
    as_what = f"{either('ในฐานะ', 'as ')}{join_words(_role_words(roles))}"
    body = [headline(title), *[line(part) for part in who], small(as_what)]
    ask = either(
        "ถามได้ทันที โดยพิมพ์เลขที่หนังสือ เลขรับ หรือชื่อเรื่อง",
        "You may ask at once: type a letter's number, its receive number, or words of its title.",
    )
    body.append(line(ask, margin="lg"))
    alt_text = either(
        f"{title} {' '.join(who)} {as_what} พิมพ์เลขที่หนังสือเพื่อถามได้ทันที",
        f"{title}: {', '.join(who)}, {as_what}. Type a letter's number to ask at once.",
    )
    return [card(alt_text, body, quick_replies=examples_for(roles))]


def wrong_code(tries_left: int) -> list[Json]:
    """The code is not one of ours; how often it may still be tried."""
    more = either(f"ลองได้อีก {tries_left} ครั้ง", f"Tries left: {tries_left}.")
    no_more = either("ครบจำนวนครั้งที่ลองได้แล้ว กรุณาลองใหม่ภายหลัง", "No tries are left. Please try again later.")
    wrong = either(
        "รหัสไม่ถูกต้องหรือหมดอายุ กรุณาตรวจสอบกับผู้ดูแลระบบ",
        "The code is wrong or has expired. Please check with your administrator.",
    )
    return [text(f"{wrong} {more if tries_left else no_more}")]


def code_expired() -> list[Json]:
    """The code was good once."""
    words = either(
        "รหัสนี้หมดอายุหรือถูกใช้ครบแล้ว กรุณาขอรหัสใหม่จากผู้ดูแลระบบ",
        "This code has expired or was used up. Please ask your administrator for a new one.",
    )
    return [text(words)]


def door_shut(until: datetime) -> list[Json]:
    """Too many wrong codes."""
    words = either(
        f"พิมพ์รหัสไม่ถูกต้องหลายครั้ง กรุณาลองใหม่หลัง {short_moment(until)}",
        f"Several wrong codes were typed. Please try again after {short_moment(until)}.",
    )
    return [text(words)]


def already_registered(unit_name: str) -> list[Json]:
    """A member typed a code again."""
    words = either(
        f"ท่านลงทะเบียนในนาม{unit_name}อยู่แล้ว ถามหาหนังสือได้ทันที",
        f"You are registered under {unit_name} already and may ask for letters at once.",
    )
    return [text(words, examples_for([Role.OFFICER]))]


def privacy_declined() -> list[Json]:
    """The person stays a stranger; only the decision is kept."""
    words = either(
        "ไม่ได้ลงทะเบียน ระบบบันทึกไว้เพียงว่าท่านไม่ยอมรับ หากเปลี่ยนใจ กรุณาพิมพ์รหัสลงทะเบียนอีกครั้ง",
        "You are not registered; only that you declined is kept. If you change your mind, type the code again.",
    )
    return [text(words)]


def confirm_deletion() -> list[Json]:
    """Ask before a person's data is deleted."""
    title = either("ลบข้อมูลของท่านใช่หรือไม่", "Delete your data?")
    told = either(
        "ระบบจะลบการลงทะเบียน การติดตาม และข้อความทั้งหมด เรียกคืนไม่ได้ และต้องลงทะเบียนใหม่จึงจะใช้บริการได้",
        "Your registration, the letters you follow and all your messages will be deleted. This cannot be undone; "
        "to use the service again you must register anew.",
    )
    cancel = button(postback(CANCEL_LABEL, "cancel", CANCEL))
    confirm = button(postback(CONFIRM_LABEL, "delete_data", CONFIRM), is_main=True)
    return [
        card(f"{title} {told}", [line(title, size="lg", bold=True), line(told, margin="md")], [row([cancel, confirm])])
    ]


def deletion_requested() -> list[Json]:
    """The wish is taken down and will be carried out."""
    words = either(
        "รับคำขอลบข้อมูลแล้ว เมื่อลบเสร็จจะแจ้งให้ทราบทางนี้",
        "Your wish to have your data deleted is noted. You will be told here when it is done.",
    )
    return [text(words)]


def data_deleted() -> list[Json]:
    """The person is a stranger again."""
    register = Words("ลงทะเบียน", "Register")
    words = either(
        "ลบข้อมูลของท่านแล้ว เหลือเพียงหลักฐานการยอมรับและตัวเลขสถิติ "
        f"หากต้องการใช้บริการอีก กรุณาพิมพ์ {quoted(str(register))} ตามด้วยรหัส",
        "Your data is deleted; only the proof of consent and statistics stay. "
        f"To use the service again, please type {quoted(str(register))} and a code.",
    )
    return [text(words, [say(register)])]


def _role_words(roles: Collection[Role]) -> list[str]:
    return [words for role, words in ROLE_WORDS.items() if role in roles]
