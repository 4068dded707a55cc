"""Whom a shift of the secretariat goes to: โอนเวรให้คุณมานีต่อค่ะ, ให้แก้วรับเวรแทน, hand over my duty to Nok."""

from __future__ import annotations

import re

from bot.understanding.normalize import POLITE

_TITLE = r"(?:(?:คุณ|พี่|น้อง|นางสาว|น\.ส\.|นาง|นาย|เจ๊|ป้า|ลุง|ท่าน|k\.|mr\.?|ms\.?|mrs\.?|khun) ?)?"
_ARRIVES = "(?:มา|เข้า|ช่วย)*"
_TAKES = (
    rf"(?:{_ARRIVES}(?:รับ|อยู่|เข้า|ดู|เฝ้า|ทำ|ต่อ|แทน)(?:เวร|ช่วง|ไม้|หน้าที่|คิว|งาน|ต่อ|แทน|ไป|ไว้)*"
    r"(?:จาก|ของ)?(?:ผม|หนู|ดิฉัน|เรา|ฉัน|พี่)?)"
)
_TAIL_WORD = rf"(?:{_TAKES}|มา|ไป|ที|ได้|แล้วกัน|ละกัน|ก่อน|ก็ได้|นี้|วันนี้|พรุ่งนี้|บ่ายนี้|เช้านี้|{POLITE})"
_TAIL = rf"{_TAIL_WORD}*+"
_NO_SURNAME = (
    rf"(?:{_TAIL_WORD}|ผม|หนู|ดิฉัน|เรา|ฉัน|ต้อง|ติด|จะ|ขอ|พอดี|เพราะ|เนื่อง|เดี๋ยว|ตั้งแต่|ตอน|เวลา|ถึง|ช่วย|โอน|แล้ว|ด่วน"
    r"|please|from|at|until|thanks)"
)
_LETTER = r"[^\s…:.,!?]"
_NAME = (
    rf"(?P<name>{_LETTER}{{2,30}} (?!{_NO_SURNAME}){_LETTER}{{3,30}}?(?= ?{_TAIL}(?: *ขอบคุณ.*)? *$)"
    rf"|{_LETTER}{{2,40}}?)"
)
"""As little as the words behind it allow, so that มานี keeps its มา and ต่อ goes; perhaps with a surname."""

_HANDS = r"(?:โอน|ฝาก|ส่ง(?:ไม้)?(?:ต่อ)?|มอบ(?:หมาย)?|เปลี่ยน(?:มือ)?|ยก|สลับ|แลก|คืน|transfer|ผลัด)"
_TAKES_OVER = rf"{_ARRIVES}(?:รับ|อยู่|เข้า|ดู|เฝ้า|ต่อ)(?:เวร|ช่วง|ไม้|ต่อ|แทน|หน้าที่)"
_HANDS_OVER = r"\b(?:hand|pass|transfer|give|handing|assign)\b[^.]{0,24}\b(?:duty|shift)(?: over)? to"
_END = rf"(?={_TAIL} *(?:[.,!?(…]|$| ))"
_NO_NAME = "(?!ที่|ของ|ต่อ|ด่วน|ออก|ไป|ได้|แล้ว|วันนี้|เช้า|บ่าย|ตอน)"
_WAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_HANDS} ?(?:หน้าที่)?เวร[^:]{{0,30}}?(?:ให้|กับ|แก่|ไปที่|:) ?{_TITLE}{_NAME}{_END}",
        rf"(?:เวร.{{0,30}}|^(?:ขอ)?)ให้ ?{_TITLE}{_NAME}(?= ?{_TAKES_OVER})",
        rf"ฝาก ?(?:ให้ ?)?{_TITLE}{_NAME}(?= ?{_TAKES_OVER})",
        rf"เวร.{{0,30}}โอนให้ ?{_TITLE}{_NAME}{_END}",
        rf"(?:โอน|ฝาก|ส่ง(?:ต่อ)?|มอบ)เวร(?:ต่อ)? ?{_NO_NAME}{_TITLE}{_NAME}(?=(?:แทน|{POLITE})* *$)",
        rf"{_HANDS_OVER} {_TITLE}(?P<name>[^\s.,]+(?: (?!please|from|at|until|for|now|today)[a-zก-๎]+)?)",
    )
)
_NOBODY = re.compile(
    rf"(?:(?:คน|ท่าน|เพื่อน|กะ|ผลัด|เวร)(?:อื่น|ถัดไป|ต่อไป|ใหม่|ใคร)?|ใคร|เขา|{POLITE})(?:ได้|แทน|ก็ได้|{POLITE})*"
)


def find_successor(line: str) -> tuple[int, int] | None:
    """Return where the name of who takes over stands, without คุณ or พี่ before it; None where nobody is named.

    Read it on a line in which a shift is spoken of.
    """
    for way in _WAYS:
        match = way.search(line)
        if match:
            return None if _NOBODY.fullmatch(match["name"]) else match.span("name")
    return None
