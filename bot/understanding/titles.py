"""The title of a letter in a question about it: ``เรื่อง<ชื่อเรื่อง> ถึงไหนแล้ว``."""

from __future__ import annotations

import re

from bot.understanding.mentions import BLANK, Mention
from bot.understanding.normalize import POLITE, without_polite_tail

_NO_TITLE = "ที่|ของ|นี้|นั้น|เดิม|ค้าง|ราว|ร้องเรียน|ไหน|อะไร|ไป|มา|กลับ|คืน|แล้ว|ถึง|หน่อย|ให้|ด้วย|ต่อ|อยู่|ใด|หรือ|ตอนนี้|เงียบ"
_BEGINNING_OF_A_TITLE = "ขอ(?!ง)|แจ้ง|เชิญ|รายงาน|โครงการ|การ"
_START = re.compile(
    rf"(?<!รับ)(?<!ส่ง)(?<!มี)(?<!ต้น)(?<!เจ้าของ)(?<!รวม)(?:ชื่อ)?เรื่อง ?:?(?! ?(?:{_NO_TITLE})) ?"
    rf"|(?P<tracked>(?:ติดตาม|ตาม)หนังสือ(?:ราชการ)?) ?(?={_BEGINNING_OF_A_TITLE})"
    rf"|หนังสือ(?:ราชการ)? ?(?={_BEGINNING_OF_A_TITLE}|\")"
    r"|\b(?:about|regarding|titled|subject:?|re:) (?:the )?"
)
_PLACE = r"(?:อยู่|ไป)(?:ที่|ถึง|ขั้น(?:ตอน)?){0,3}(?:ไหน|ใด|ใคร)|ถึง(?:ขั้น(?:ตอน)?)?(?:ที่)?ไหน"
_OR_NOT = "หรือยัง|หรือไม่|หรือเปล่า|รึเปล่า|รึยัง|แล้วยัง|ไหม|มั้ย|มั๊ย"
_ASK = rf"(?:{_PLACE}|{_OR_NOT}|ยังไง|อย่างไร|เมื่อไร|เมื่อไหร่|ยัง|\?)"
_ACT = "(?:ลงนาม|เซ็นต์|เซ็น|เซน|สั่งการ|อนุมัติ|เห็นชอบ|เสนอ|พิจารณา|เสร็จ|ผ่าน|ได้|ดำเนินการ|ส่งคืน|ส่งกลับ|ออก|ตอบ)"
_WHO = r"(?:ท่าน)?(?:รอง)?(?:ปลัด|ผู้บริหาร|ผู้ว่า)(?:ฯ|กทม\.?)?"
_LEAD = rf"(?:ตอนนี้|ขณะนี้|ปัจจุบัน|สถานะ|ความ|คืบหน้า|เป็น|ไป|ถึง|จะ|มี|{_WHO}|{_ACT}|หน่วยงาน|เรียบร้อย|แล้ว| )"
_AFTER = rf"(?:แล้ว|บ้าง|แน่|กัน|ตอนนี้|{POLITE}|[ .?!ๆ]|is it|now)"
_QUESTION_TAIL = re.compile(
    rf"(?: {_LEAD}{{0,12}}|(?:{_WHO})?(?:เซ็นต์|เซ็น|ลงนาม)(?:แล้ว)?|ถึง{_WHO}(?:แล้ว)?"
    rf"|(?:ไป|เป็น|คืบหน้า|ดำเนินการ){{0,2}}|เสร็จ|แล้ว){_ASK}(?:{_ASK}|{_AFTER})*+$"
)
_STATUS_TAIL = re.compile(rf" (?:สถานะ|ความคืบหน้า|คืบหน้า|ขอทราบ)[^{BLANK}]{{0,30}}$")
_TOLD_TAIL = re.compile(rf" (?:{_WHO})? ?{_ACT}(?:หน่วยงาน|แก้ไข|เรียบร้อย| ){{0,3}}แล้ว{_AFTER}*+$")
_STOP = re.compile(rf'{BLANK}| ?(?:ลงวันที่|ลงวัน|ลว\.|เลขที่|เลขรับ|ที่ ?{BLANK})| (?:ของ|จาก)(?:เขต|สำนัก|สนง|สนข)|["]')
_SHORTEST = 4
_LONGEST = 300


def find_title(line: str) -> list[Mention]:
    """Return one mention of kind ``title``, its value normalised, or none; quote its span for the person's own words.

    Read it on a line in which numbers of letters are covered already.
    """
    start = _START.search(line)
    if start is None:
        return []
    begin = start.end() + (line[start.end() : start.end() + 1] == '"')
    rest = line[begin : begin + _LONGEST]
    stop = _STOP.search(rest)
    end = begin + len(_without_question(rest[: stop.start()] if stop else rest))
    asked = end < begin + len(rest) or start["tracked"] or "เรื่อง" in start[0]
    title = line[begin:end].strip()
    return [Mention("title", title, begin, end)] if asked and len(title) >= _SHORTEST else []


def _without_question(text: str) -> str:
    for tail in (_QUESTION_TAIL, _STATUS_TAIL, _TOLD_TAIL):
        text = tail.sub("", text, count=1)
    return without_polite_tail(text)
