"""A letter's title ends where the question, the day, the sender or politeness begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import understand
from tests.understanding.score import shipped_words

TITLES = st.sampled_from(
    [
        "ขออนุมัติขยายเวลาก่อสร้างเขื่อนริมคลอง",
        "ขอความอนุเคราะห์รถดูดเลน",
        "แต่งตั้งคณะกรรมการตรวจรับพัสดุ",
        "การโอนงบประมาณรายจ่าย",
        "รายงานผลการตรวจสอบอาคารสูง",
        "ขอเชิญประชุมคณะทำงานแก้ปัญหาน้ำท่วม",
        "ขอใช้เงินสะสมจ่ายขาด",
        "ขออนุมัติซื้อ Tablet ๑๐ ชุด",
    ]
)
TIGHT = (
    *("เรื่อง{}ถึงไหนแล้วน้า", "เรื่อง{}เซ็นยังคะ", "ตามเรื่อง{}หน่อยค่ะ", "เรื่อง{}อยู่ขั้นตอนไหนคะ", "เรื่อง{}ลงนามหรือยังครับพี่"),
    *("หนังสือเรื่อง{}ถึงใหนแล้วคะ", "เรื่อง{}"),
)
SPACED = (
    *("เรื่อง {} ถึงไหนแล้วครับ", "หนังสือเรื่อง {} ท่านเซ็นหรือยังครับพี่", "เรื่อง {} ตอนนี้อยู่ที่ใครคะ", "เรื่อง: {} ถึงใหนแร้วคะ"),
    *("สอบถามหนังสือเรื่อง {} ค่ะ", 'เรื่อง "{}" ปลัดลงนามหรือยังคะ', "เรื่อง “{}” ถึงไหน", "เรื่อง {} ลงวันที่ 5 พ.ย. 68 ลงนามหรือยัง"),
    *("ผมส่งหนังสือเรื่อง {} ไปตั้งแต่อาทิตย์ก่อนแล้ว ไม่ทราบว่าถึงไหนแล้วครับ", "เรื่อง {} ของเขตดินแดง ถึงไหนแล้ว"),
    *("กท 0401/225 เรื่อง {} ถึงไหนแล้ว", "เรื่อง {} กท 0401/225 ถึงไหนแล้ว", "เรื่อง {} รบกวนเช็คให้หน่อยค่ะ"),
)


@given(TITLES, st.sampled_from(TIGHT + SPACED))
def test_a_title_is_quoted_alone_out_of_any_sentence(title, sentence):
    assert understand(sentence.format(title), shipped_words()).said.get("title") == title


@pytest.mark.parametrize(
    "said",
    [
        *("เรื่องนี้ถึงไหนแล้วคะ", "เรื่องที่ส่งไปถึงไหน", "ได้เรื่องว่าไงบ้างคะ", "รับเรื่องแล้ว", "มีเรื่องค้างกี่เรื่อง", "เรื่องเงียบไปเลย"),
        *("เรื่องถึงไหนแล้ว", "เรื่องยังไม่ได้คืน", "คืนเรื่องให้เขตแล้ว", "ส่งเรื่องไปแล้ว", "เรื่องล่าสุดถึงไหน"),
    ],
)
def test_a_letter_spoken_of_is_no_title(said):
    assert "title" not in understand(said, shipped_words()).said
