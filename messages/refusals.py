"""The words for everything the rules turn down: one sentence that says what is wrong and what to do.

A sentence may name facts of the refusal in braces; where a fact is missing, the general sentence of the code's family
is said instead, never half a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from messages import indicator_refusals
from messages.actions import postback
from messages.language import Glossary, Words, either
from messages.lengths import clip
from messages.limits import Json
from messages.parts import text
from messages.thai import decimal_text, join_words, month_and_year, one_line, short_moment
from messages.words import EXAMPLE_CODE, EXAMPLE_NUMBER, FIGURE_WORDS, ROLE_WORDS, STAGE_WORDS, TALK_LABEL
from models.documents import Stage
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.indicator_terms import FigureKind
from models.members import Role

SHOWN_FACT = 100

SENTENCES = Glossary(
    {
        # letters
        "letter_not_found": Words(
            "ไม่พบหนังสือที่ถาม กรุณาตรวจสอบเลขที่หรือชื่อเรื่อง แล้วพิมพ์ใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
            "Letter not found. Please check its number or title and type it again, or choose “Talk to an officer”.",
        ),
        "letter_changed_meanwhile": Words(
            "สถานะของหนังสือเปลี่ยนเป็น “{stage}” ไปก่อนแล้ว กรุณาเปิดหนังสือดูอีกครั้งก่อนบันทึก",
            "The letter's stage has changed to “{stage}” meanwhile. Please open the letter again before you record.",
        ),
        "stage_not_reachable": Words(
            "บันทึกจาก “{from_stage}” เป็น “{to_stage}” ไม่ได้ กรุณาตรวจสอบสถานะปัจจุบันของหนังสือก่อนบันทึก",
            "“{to_stage}” cannot be recorded after “{from_stage}”. Please check where the letter is before you record.",
        ),
        "stage_unknown": Words(
            "ไม่พบขั้นที่ระบุ กรุณาเลือกจากปุ่มบันทึกสถานะ",
            "That stage is not known. Please choose from the button “Record stage”.",
        ),
        "note_too_long": Words(
            "หมายเหตุยาวเกินไป กรุณาพิมพ์ไม่เกิน 200 ตัวอักษร",
            "The note is too long. Please type 200 characters at most.",
        ),
        "document_number_unreadable": Words(
            f"อ่านเลขที่หนังสือไม่ได้ กรุณาพิมพ์ เช่น {EXAMPLE_NUMBER}",
            f"The letter's number cannot be read. Please type it like {EXAMPLE_NUMBER}",
        ),
        # requests
        "request_not_found": Words(
            "ไม่พบคำขอ #{number} กรุณาตรวจสอบเลขคำขอ",
            "Request #{number} was not found. Please check its number.",
        ),
        "request_already_answered": Words(
            "คำขอ #{number} แจ้งผลแล้ว กรุณาเปิดคิวงานเพื่อดูคำขออื่น",
            "Request #{number} has been answered. Please open the queue to see others.",
        ),
        "request_withdrawn": Words(
            "ผู้ถามถอนคำขอ #{number} แล้ว ไม่ต้องแจ้งผล",
            "Request #{number} was withdrawn by its asker and needs no answer.",
        ),
        "request_of_another": Words(
            "ไม่พบคำขอ #{number} ของท่าน พิมพ์ คำขอของฉัน เพื่อดูคำขอที่ถามไว้",
            "You have no request #{number}. Type My requests to see what you asked.",
        ),
        "answer_empty": Words(
            "ยังไม่มีข้อความคำตอบ กรุณาพิมพ์ #เลขคำขอ ตามด้วยคำตอบ",
            "There is no answer yet. Please type # with the request's number and then the answer.",
        ),
        "answer_too_long": Words(
            "คำตอบยาวเกินไป กรุณาย่อให้สั้นลงแล้วส่งใหม่",
            "The answer is too long. Please shorten it and send it again.",
        ),
        # satisfaction
        "rating_out_of_range": Words(
            "กรุณาให้คะแนน 1 ถึง 5 โดย 5 คือพึงพอใจมากที่สุด",
            "Please give a mark from 1 to 5; 5 is very high satisfaction.",
        ),
        "request_not_answered": Words(
            "คำขอ #{number} ยังไม่ได้แจ้งผล ให้คะแนนได้เมื่อท่านได้รับคำตอบแล้ว",
            "Request #{number} is not answered yet. You may rate it once you have an answer.",
        ),
        "rating_is_final": Words(
            "คะแนนของคำขอ #{number} เปลี่ยนไม่ได้แล้ว เพราะเปลี่ยนได้ภายในหนึ่งวันหลังให้คะแนน",
            "The mark of request #{number} cannot be changed any more; that is possible within one day of giving it.",
        ),
        "follow_up_not_found": Words(
            "ไม่มีเรื่องความไม่พึงพอใจของคำขอ #{number} ที่รอดูแล กรุณาตรวจสอบเลขคำขอ",
            "No matter of dissatisfaction with request #{number} is open. Please check the request's number.",
        ),
        # duty
        "colleague_not_available": Words(
            "โอนให้ผู้นี้ไม่ได้แล้ว กรุณาเลือกเจ้าหน้าที่คนอื่น",
            "It cannot be handed over to this person any more. Please choose another officer.",
        ),
        "not_on_duty": Words(
            "ท่านยังไม่ได้เข้าเวร จึงไม่มีเวรให้โอนหรือออก พิมพ์ ใครอยู่เวร เพื่อดูผู้อยู่เวร",
            "You are not on duty, so there is no duty to hand over or to end. Type Who is on duty to see who is.",
        ),
        "shift_ends_before_now": Words(
            "เวลา {until} ผ่านไปแล้ว กรุณาระบุเวลาที่ยังไม่ถึง เช่น เข้าเวรถึง 16.30",
            "{until} has passed already. Please give an hour that is still to come, such as Start duty until 16:30",
        ),
        # what people are told without asking
        "quiet_hours_empty": Words(
            "ช่วงห้ามรบกวนต้องเริ่มและสิ้นสุดคนละเวลา กรุณาระบุ เช่น ห้ามรบกวน 20.00-07.00",
            "Quiet hours must not end as they begin. Please type for example Quiet hours 20:00-07:00",
        ),
        "pause_in_the_past": Words(
            "พักข่าวได้ถึงวันที่ยังมาไม่ถึงเท่านั้น กรุณาระบุวันใหม่ เช่น พักแจ้งเตือน 1 สัปดาห์",
            "News can be paused only until a day to come. Please name one, such as Pause for 1 week",
        ),
        "pause_too_long": Words(
            "พักข่าวได้ไม่เกินหนึ่งปี กรุณาระบุวันที่ใกล้กว่านี้",
            "News can be paused for a year at most. Please name an earlier day.",
        ),
        # members
        "role_missing": Words(
            "ไม่ได้ระบุบทบาท กรุณาระบุอย่างน้อยหนึ่งบทบาท",
            "No role was given. Please give at least one.",
        ),
        "line_user_id_malformed": Words(
            "รหัสผู้ใช้ LINE ไม่ถูกต้อง ต้องขึ้นต้นด้วย U ตามด้วยตัวเลขและอักษร 32 ตัว",
            "The LINE user id is wrong: it must be U and then 32 digits and letters.",
        ),
        "uses_out_of_range": Words(
            "จำนวนครั้งที่ใช้รหัสได้ต้องอยู่ระหว่าง 1 ถึง 1,000",
            "A code may be used 1 to 1,000 times.",
        ),
        "expiry_in_the_past": Words(
            "วันหมดอายุผ่านไปแล้ว กรุณาระบุวันในอนาคต",
            "The day of expiry has passed. Please give a day to come.",
        ),
        "invitation_used_up": Words(
            "รหัสนี้หมดอายุหรือถูกใช้ครบแล้ว กรุณาขอรหัสใหม่จากผู้ดูแลระบบ",
            "This code has expired or was used up. Please ask your administrator for a new one.",
        ),
        "unit_not_found": Words(
            "ไม่พบหน่วยงาน “{text}” กรุณาพิมพ์ชื่อเต็ม เช่น สำนักงานเขตดินแดง",
            "The unit “{text}” was not found. Please type its full Thai name.",
        ),
        "period_to_come": Words(
            "ช่วงเวลาที่ระบุยังมาไม่ถึง กรุณาระบุช่วงที่ผ่านมาหรือปัจจุบัน เช่น สรุปเดือนนี้",
            "That period has not begun. Please name one that has, such as Summary this month.",
        ),
        # who asks
        "not_registered": Words(
            f"บริการนี้สำหรับผู้ที่ลงทะเบียนแล้ว กรุณาพิมพ์รหัสที่ได้รับจากผู้ดูแลระบบ เช่น ลงทะเบียน {EXAMPLE_CODE}",
            f"This service is for registered persons. Please type your administrator's code: Register {EXAMPLE_CODE}",
        ),
        "role_not_allowed": Words(
            "บทบาทของท่านทำรายการนี้ไม่ได้ หากจำเป็น กรุณาติดต่อผู้ดูแลระบบ",
            "Your role does not allow this. If you need it, please ask your administrator.",
        ),
        # taps
        "postback_unreadable": Words(
            "ปุ่มนี้ใช้ไม่ได้แล้ว กรุณาถามใหม่อีกครั้ง",
            "This button works no longer. Please ask again.",
        ),
        **indicator_refusals.SENTENCES,
    }
)

DEFAULTS: Glossary[type[Refused]] = Glossary(
    {
        NotFound: Words(
            "ไม่พบสิ่งที่ถามในระบบ กรุณาตรวจสอบแล้วถามใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
            "What you asked for was not found. Please check it and ask again, or choose “Talk to an officer”.",
        ),
        NotAllowed: Words(
            "บทบาทของท่านทำรายการนี้ไม่ได้ หากจำเป็น กรุณาเลือกขอคุยกับเจ้าหน้าที่",
            "Your role does not allow this. If you need it, please choose “Talk to an officer”.",
        ),
        Invalid: Words(
            "ข้อมูลที่ส่งมาใช้ไม่ได้ กรุณาตรวจสอบแล้วส่งใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
            "What was sent cannot be used. Please check it and send it again, or choose “Talk to an officer”.",
        ),
        Refused: Words(
            "ทำรายการนี้ไม่ได้ กรุณาลองใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
            "This cannot be done. Please try again, or choose “Talk to an officer”.",
        ),
    }
)
"""For codes without a sentence of their own, by family."""


def refusal(error: Refused) -> list[Json]:
    """Say why something was turned down and what to do instead; never fails, whatever the error carries."""
    sentence = sentence_of(error)
    return [text(sentence, [postback(TALK_LABEL, "talk", TALK_LABEL)] if str(TALK_LABEL) in sentence else [])]


def temporary_trouble() -> list[Json]:
    """Something of ours failed; the person may try again."""
    words = either(
        "ขออภัย ระบบขัดข้องชั่วคราว กรุณาส่งใหม่อีกครั้งในอีกสักครู่",
        "We are sorry: there is a passing fault. Please send it again in a moment.",
    )
    return [text(words)]


def sentence_of(error: Refused) -> str:
    """Say in one sentence why something was turned down and what to do instead."""
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
    if isinstance(value, FigureKind):
        return FIGURE_WORDS[value]
    if isinstance(value, date):  # a day without an hour is a month that reports name by its first day
        return short_moment(value) if isinstance(value, datetime) else month_and_year(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return join_words([_in_words(item) for item in value])
    return clip(one_line(str(value)), SHOWN_FACT)
