"""The title of a letter in a question about it: ``เรื่อง<ชื่อเรื่อง> ถึงไหนแล้ว``."""

from __future__ import annotations

import re

from bot.understanding.mentions import BLANK, Mention
from bot.understanding.normalize import POLITE, without_polite_tail

_NO_TITLE = (
    "ที่|ของ|นี้|นั้น|เดิม|ค้าง|ราว|ร้องเรียน|ไหน|ใหน|อะไร|ไป|มา|กลับ|คืน|แล้ว|ถึง|หน่อย|ให้|ด้วย|ต่อ|อยู่|ใด|หรือ|ตอนนี้|เงียบ"
    "|ว่าไง|ว่ายังไง|ว่าอย่างไร|ยัง|เข้า|ส่ง|ล่าสุด|เก่า|ใหม่|ด่วน(?!พิเศษ)|ลับ|ค่ะ|คะ|ครับ|คับ|ใกล้|เป็น(?:ไง|ยังไง|อย่างไร)"
)
_BEGINNING_OF_A_TITLE = "ขอ(?!ง)|แจ้ง|เชิญ|รายงาน|โครงการ|การ"
_START = re.compile(
    rf"(?:(?<!รับ)|(?<=ครับ))(?<!กี่)(?<!ส่ง)(?<!มี)(?<!ได้)(?<!ต้น)(?<!เจ้าของ)(?<!รวม)(?:ชื่อ)?เรื่อง ?:?(?! ?(?:{_NO_TITLE})) ?"
    rf"|(?P<tracked>(?:ติดตาม|ตาม)หนังสือ(?:ราชการ)?) ?(?={_BEGINNING_OF_A_TITLE})"
    rf"|หนังสือ(?:ราชการ)? ?(?={_BEGINNING_OF_A_TITLE}|\")"
    r"|(?P<english>\b(?:about|regarding|titled?|subject:?|re:|(?<=letter )on) (?:the )?)"
)
_PLACE = (
    r"(?:อยู่|ไป|ค้าง)(?:อยู่|ที่|ถึง|ขั้น(?:ตอน)?|กับ|ตรง|ส่วน|โต๊ะ){0,3}(?:[ไใ]หน|ใด|ใคร)|(?:ผล)?เป็น(?:ประการ)?ใด"
    r"|ถึง(?:ขั้น(?:ตอน)?)?(?:ที่)?(?:[ไใ]หน|ใคร)|ขั้น(?:ตอน)?[ไใ]หน"
)
_OR_NOT = "หรือยัง|หรือไม่|หรือเปล่า|หรือป่าว|รึเปล่า|รึป่าว|รึยัง|แล้วยัง|ไหม|มั้ย|มั๊ย"
_ASK = rf"(?:{_PLACE}|{_OR_NOT}|ยังไง|อย่างไร|เมื่อไร|เมื่อไหร่|ยัง|\?)"
_ACT = (
    "(?:ลงนา[มน]|เ[ซช][็้]?นต?์?|สั่งการ|อนุมัติ|เห็นชอบ|เสนอ|พิจารณา|เสร็จ|ผ่าน|ได้|ดำเนินการ|ส่งคืน|ส่งกลับ|ออก|ตอบ|ตรวจ|ตีกลับ"
    "|กลับมา|กลั่นกรอง)"
)
_WHO = r"(?:(?:ท่าน)?(?:รอง)?(?:ปลัด|ผู้บริหาร|ผู้ว่า|ผอ\.?)(?:ฯ|กทม\.?)?|ท่าน(?:รอง)?)"
_LEAD = (
    rf"(?:ตอนนี้|ขณะนี้|ปัจจุบัน|ป่านนี้|สถานะ|ความ|คืบหน้า|เป็น|ไป|ถึง|จะ|มี|อยู่|ถูก|{_WHO}|{_ACT}|หน่วยงาน|เขต|เรียบร้อย|แล้ว|มา|แก้ไข|แก้|มือ|หน้าห้อง|ห้อง|โต๊ะ|ผล"
    r"|(?:ไม่|อยาก|ขอ)ทราบ|ว่า|ขั้นตอน| )"
)
_AFTER = rf"(?:แล้ว|แร้ว|บ้าง|แน่|กัน|ตอนนี้|เอ่ย|น้า+|น้อ|พี่|อ่ะ|อะ|ง่ะ|ล่ะ|เนี่ย|{POLITE}|ค้า+|[ .?!ๆ]|is it|now)"
_LEADS = (
    rf" {_LEAD}{{0,12}}|(?:ได้)?(?:{_WHO})?{_ACT}(?:{_WHO})?(?:ไป|มา)?(?:แล้ว)?|ถึง(?:มือ|ห้อง|หน้าห้อง|โต๊ะ)?{_WHO}(?:แล้ว)?"
    r"|(?:ไป|เป็น|คืบหน้า|ดำเนินการ|ตอนนี้){0,3}|เสร็จ|แล้ว"
)
_QUESTION_TAIL = re.compile(rf"(?:{_LEADS}){_ASK}(?:{_ASK}|{_AFTER})*+$")
_SURE_QUESTION = re.compile(rf"(?:{_LEADS})(?:{_PLACE}|หรือยัง|รึยัง|แล้วยัง)")
"""Where this is asked a title has ended, whatever is said behind it."""
_STATUS_TAIL = re.compile(rf" (?:สถานะ|ความคืบหน้า|คืบหน้า|ขอทราบ)[^{BLANK}]{{0,30}}$")
_TOLD_TAIL = re.compile(rf" (?:{_WHO})? ?{_ACT}(?:หน่วยงาน|แก้ไข|เรียบร้อย| ){{0,3}}แล้ว{_AFTER}*+$")
_STOP = re.compile(
    rf'{BLANK}| ?(?:ลงวันที่|ลงวัน|ลว\.|เลขที่|เลขรับ|ที่ ?{BLANK})| (?:ของ|จาก)(?:เขต|สำนัก|สนง|สนข)|["]'
    r"| ?(?:ครับ|คับ|ค่ะ|คะ|นะคะ|นะครับ)(?= |$)| (?:จึง|รบกวน|ไม่ทราบ|ขอทราบ|อยากทราบ|ขอสอบถาม)"
    r"| ?ให้(?:หน่อย|ที(?= |$)|ด้วย)| ?(?:ที่ส่ง|ส่งไป|ส่งมา|ไปตั้งแต่|ตั้งแต่วัน|ที่เสนอไป)"
    r"| (?:ไป|ส่ง|ยื่น|เสนอ)(?:ไป|มา|ให้|แล้ว|นาน|เมื่อ|ตั้งแต่|ตั้ง|หลาย)"
)
_ENGLISH_STOP = re.compile(r"[,?]| (?:has|have|had|is|was|did|does|been|signed|where|what|status|please|pls|now|yet)\b")
_SHORTEST = 4
_LONGEST = 300


def find_title(line: str) -> list[Mention]:
    """Return one mention of kind ``title``, its value normalised, or none; quote its span for the person's own words.

    Read it on a line in which numbers of letters are covered already.
    """
    return next((found for start in _START.finditer(line) if (found := _from(start, line))), [])


def _from(start: re.Match[str], line: str) -> list[Mention]:
    begin = start.end() + (line[start.end() : start.end() + 1] == '"')
    rest = line[begin : begin + _LONGEST]
    stops = [_STOP.search(rest), _ENGLISH_STOP.search(rest) if start["english"] else None]
    stop = min((match.start() for match in stops if match), default=len(rest))
    end = begin + len(_without_question(rest[:stop]))
    asked = end < begin + len(rest) or start["tracked"] or "เรื่อง" in start[0]
    title = line[begin:end].strip()
    return [Mention("title", title, begin, end)] if asked and len(title) >= _SHORTEST else []


def _without_question(text: str) -> str:
    question = _SURE_QUESTION.search(text, _SHORTEST - 1)
    text = text[: question.start()] if question else text
    for tail in (_QUESTION_TAIL, _STATUS_TAIL, _TOLD_TAIL):
        text = tail.sub("", text, count=1)
    return without_polite_tail(text)
