"""The words for everything the rules turn down: one sentence that says what is wrong and what to do.

A sentence may name facts of the refusal in braces; where a fact is missing, the general sentence of the code's family
is said instead, never half a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from messages.actions import postback
from messages.lengths import clip
from messages.limits import Json
from messages.parts import text
from messages.thai import decimal_text, join_words, one_line, short_moment
from messages.words import EXAMPLE_CODE, EXAMPLE_NUMBER, ROLE_WORDS, STAGE_WORDS, TALK_LABEL
from models.documents import Stage
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.members import Role

SHOWN_FACT = 100

SENTENCES: dict[str, str] = {
    # letters
    "letter_not_found": "ไม่พบหนังสือที่ถาม กรุณาตรวจสอบเลขที่หรือชื่อเรื่อง แล้วพิมพ์ใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
    "letter_changed_meanwhile": "สถานะของหนังสือเปลี่ยนเป็น “{stage}” ไปก่อนแล้ว กรุณาเปิดหนังสือดูอีกครั้งก่อนบันทึก",
    "stage_not_reachable": "บันทึกจาก “{from_stage}” เป็น “{to_stage}” ไม่ได้ กรุณาตรวจสอบสถานะปัจจุบันของหนังสือก่อนบันทึก",
    "stage_unknown": "ไม่พบขั้นที่ระบุ กรุณาเลือกจากปุ่มบันทึกสถานะ",
    "note_too_long": "หมายเหตุยาวเกินไป กรุณาพิมพ์ไม่เกิน 200 ตัวอักษร",
    "document_number_unreadable": f"อ่านเลขที่หนังสือไม่ได้ กรุณาพิมพ์ เช่น {EXAMPLE_NUMBER}",
    # requests
    "request_not_found": "ไม่พบคำขอ #{number} กรุณาตรวจสอบเลขคำขอ",
    "request_already_answered": "คำขอ #{number} แจ้งผลแล้ว กรุณาเปิดคิวงานเพื่อดูคำขออื่น",
    "request_withdrawn": "ผู้ถามถอนคำขอ #{number} แล้ว ไม่ต้องแจ้งผล",
    "request_of_another": "ไม่พบคำขอ #{number} ของท่าน พิมพ์ คำขอของฉัน เพื่อดูคำขอที่ถามไว้",
    "answer_empty": "ยังไม่มีข้อความคำตอบ กรุณาพิมพ์ #เลขคำขอ ตามด้วยคำตอบ",
    "answer_too_long": "คำตอบยาวเกินไป กรุณาย่อให้สั้นลงแล้วส่งใหม่",
    # satisfaction
    "rating_out_of_range": "กรุณาให้คะแนน 1 ถึง 5 โดย 5 คือพึงพอใจมากที่สุด",
    "request_not_answered": "คำขอ #{number} ยังไม่ได้แจ้งผล ให้คะแนนได้เมื่อท่านได้รับคำตอบแล้ว",
    "rating_is_final": "คะแนนของคำขอ #{number} เปลี่ยนไม่ได้แล้ว เพราะเปลี่ยนได้ภายในหนึ่งวันหลังให้คะแนน",
    "follow_up_not_found": "ไม่มีเรื่องความไม่พึงพอใจของคำขอ #{number} ที่รอดูแล กรุณาตรวจสอบเลขคำขอ",
    # duty
    "colleague_not_available": "โอนให้ผู้นี้ไม่ได้แล้ว กรุณาเลือกเจ้าหน้าที่คนอื่น",
    "not_on_duty": "ท่านยังไม่ได้เข้าเวร จึงไม่มีเวรให้โอนหรือออก พิมพ์ ใครอยู่เวร เพื่อดูผู้อยู่เวร",
    "shift_ends_before_now": "เวลา {until} ผ่านไปแล้ว กรุณาระบุเวลาที่ยังไม่ถึง เช่น เข้าเวรถึง 16.30",
    # members
    "role_missing": "ไม่ได้ระบุบทบาท กรุณาระบุอย่างน้อยหนึ่งบทบาท",
    "line_user_id_malformed": "รหัสผู้ใช้ LINE ไม่ถูกต้อง ต้องขึ้นต้นด้วย U ตามด้วยตัวเลขและอักษร 32 ตัว",
    "uses_out_of_range": "จำนวนครั้งที่ใช้รหัสได้ต้องอยู่ระหว่าง 1 ถึง 1,000",
    "expiry_in_the_past": "วันหมดอายุผ่านไปแล้ว กรุณาระบุวันในอนาคต",
    "invitation_used_up": "รหัสนี้หมดอายุหรือถูกใช้ครบแล้ว กรุณาขอรหัสใหม่จากผู้ดูแลระบบ",
    "unit_not_found": "ไม่พบหน่วยงาน “{text}” กรุณาพิมพ์ชื่อเต็ม เช่น สำนักงานเขตดินแดง",
    # who asks
    "not_registered": f"บริการนี้สำหรับผู้ที่ลงทะเบียนแล้ว กรุณาพิมพ์รหัสที่ได้รับจากผู้ดูแลระบบ เช่น ลงทะเบียน {EXAMPLE_CODE}",
    "role_not_allowed": "บทบาทของท่านทำรายการนี้ไม่ได้ หากจำเป็น กรุณาติดต่อผู้ดูแลระบบ",
    # taps
    "postback_unreadable": "ปุ่มนี้ใช้ไม่ได้แล้ว กรุณาถามใหม่อีกครั้ง",
}

DEFAULTS: dict[type[Refused], str] = {
    NotFound: "ไม่พบสิ่งที่ถามในระบบ กรุณาตรวจสอบแล้วถามใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
    NotAllowed: "บทบาทของท่านทำรายการนี้ไม่ได้ หากจำเป็น กรุณาเลือกขอคุยกับเจ้าหน้าที่",
    Invalid: "ข้อมูลที่ส่งมาใช้ไม่ได้ กรุณาตรวจสอบแล้วส่งใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
    Refused: "ทำรายการนี้ไม่ได้ กรุณาลองใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
}
"""For codes without a sentence of their own, by family."""


def refusal(error: Refused) -> list[Json]:
    """Say why something was turned down and what to do instead; never fails, whatever the error carries."""
    sentence = _sentence(error)
    return [text(sentence, [postback(TALK_LABEL, "talk", TALK_LABEL)] if TALK_LABEL in sentence else [])]


def temporary_trouble() -> list[Json]:
    """Something of ours failed; the person may try again."""
    return [text("ขออภัย ระบบขัดข้องชั่วคราว กรุณาส่งใหม่อีกครั้งในอีกสักครู่")]


def _sentence(error: Refused) -> str:
    sentence = SENTENCES.get(error.reason_code)
    facts = {name: _in_words(value) for name, value in error.facts.items()}
    try:
        return sentence.format_map(facts) if sentence else _default(error)
    except (KeyError, IndexError):
        return _default(error)


def _default(error: Refused) -> str:
    return next(words for family, words in DEFAULTS.items() if isinstance(error, family))


def _in_words(value: object) -> str:
    if isinstance(value, Stage | Role):
        return STAGE_WORDS[value] if isinstance(value, Stage) else ROLE_WORDS[value]
    if isinstance(value, datetime):
        return short_moment(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return join_words([_in_words(item) for item in value])
    return clip(one_line(str(value)), SHOWN_FACT)
