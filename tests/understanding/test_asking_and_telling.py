"""A change is never made because somebody asked for it, denied it, wished for it or had heard of it."""

from __future__ import annotations

import pytest

from bot.understanding import understand
from bot.understanding.certainty import WRITES, Certainty, certainty_of
from bot.understanding.intents import DOUBTS
from bot.understanding.signs import SIGNS
from tests.understanding.score import shipped_words

SAID = [
    ("กท 5301/77 ปลัดลงนามแล้ว", "update_document"),
    ("กท 5301/77 ตีกลับ เพราะยังไม่ได้ลงนามครบ", "update_document"),
    ("8308 บางรัก 14 ชุมชน", "report_progress"),
    ("รับทราบ #42 ค่ะ", "acknowledge_request"),
    ("ขอเข้าเวรค่ะ", "start_duty"),
    ("ให้ 5 คะแนนค่ะ", "rate"),
    ("รบกวนลบข้อมูลของดิฉันให้หน่อยได้ไหมคะ", "delete_my_data"),
]
NOT_SAID = {
    "asked": [
        "ปลัดลงนาม กท 5301/77 แล้วหรือยัง",
        "กท 5301/77 ปลัดลงนามแล้วใช่ไหม",
        "กท 5301/77 ท่านเซ็นแล้วม้าย",
        "กท 5301/77 ตีกลับเปล่าคะ จะได้รีบแก้",
        "ไม่แน่ใจว่า กท 5301/77 เซ็นแล้ว",
        "กท 5301/77 รอเซ็นอยู่หรือตีกลับไปแล้วคะ",
        "I'd like to know whether กท 5301/77 has been proposed",
        "กท 5301/77 ลงนามแล้วป่ะ",
        "กท 5301/77 ปลัดเซ็นแล้วไม้",
        "กท 5301/77 ส่งคืนแล้วใช่มะ",
        "กท 5301/77 ส่งคืนวันไหน",
        "8308 บางรักได้กี่เปอร์เซ็นต์",
        "8308 บางรัก 14 ชุมชนใช่ไหม",
        "8308 บางรัก 14 ชุมชนหรือ 15 ชุมชน",
        "รับทราบ #42 หรือยัง",
        "ใครรับทราบ #42",
        "ถอนคำขอ #42 ยังไง",
        "เข้าเวรกี่โมง",
        "ให้คะแนนกี่ดาวดี",
        "has กท 5301/77 been signed",
    ],
    "denied": [
        "กท 5301/77 ยังไม่ได้ส่งคืน",
        "กท 5301/77 อย่าเพิ่งส่งคืน",
        "ไม่ต้องรายงาน 8308 เขตบางรัก",
        "ยังไม่ได้รายงาน 8308 บางรัก 14 ชุมชน",
        "ยังไม่ได้ติดตาม กท 5301/77",
        "ยังไม่รับทราบ #42",
        "อย่าลบข้อมูลของฉัน",
        "ไม่ต้องถอนคำขอ #42",
        "ยังไม่ออกเวร",
        "กท 5301/77 has not been signed",
        "don't report 8308",
    ],
    "not yet, or only if": [
        "ถ้าปลัดเซ็น กท 5301/77 แล้วต้องส่งที่ไหน",
        "กท 5301/77 พรุ่งนี้น่าจะลงนาม",
        "เดี๋ยวจะรายงาน 8308 บางรัก 14 ชุมชน",
        "ถ้าให้ 5 คะแนนจะได้อะไร",
        "i will report 8308 บางรัก 14 tomorrow",
    ],
    "wished": [
        "กท 5301/77 ต้องส่งคืนภายในวันนี้",
        "อยากให้ปลัดเซ็น กท 5301/77 เร็วๆ",
        "ช่วยเสนอ กท 5301/77 ให้ปลัดลงนามด้วย",
    ],
    "somebody else's words": [
        "พี่เขาบอกว่า กท 5301/77 ปลัดลงนามแล้ว",
        "ได้ยินว่า 8308 บางรัก 14 ชุมชน",
    ],
}


@pytest.mark.parametrize(("text", "intent"), SAID)
def test_what_is_plainly_said_is_believed(text, intent):
    heard = understand(text, shipped_words())
    assert (heard.intent, certainty_of(heard)) == (intent, Certainty.SURE), heard


@pytest.mark.parametrize(("why", "text"), [(why, text) for why, texts in NOT_SAID.items() for text in texts])
def test_what_is_not_plainly_said_changes_nothing_at_once(why, text):
    heard = understand(text, shipped_words())
    assert heard.intent not in WRITES or certainty_of(heard) is not Certainty.SURE, (why, heard)


def test_every_change_names_the_signs_that_cast_doubt_on_it():
    assert DOUBTS.keys() | {"answer_request"} == WRITES
    assert frozenset().union(*DOUBTS.values()) <= SIGNS
