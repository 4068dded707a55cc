"""Free text is passed on in the person's own words: their digits, their spaces, their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import understand
from tests.understanding.score import shipped_words

THAI_WORDS = st.lists(
    st.sampled_from(["เสนอแล้ว", "๑๒", "นํ้า", "เเก้", "รอ  ลงนาม", "(ด่วน)", "ครับ", "OK", "A4", "วันนี้", "#9"]),
    min_size=1,
    max_size=6,
)


@given(THAI_WORDS)
def test_an_answer_is_quoted_letter_by_letter(words):
    text = " ".join(words)
    got = understand(f"#42 {text}", shipped_words())
    if got.intent == "answer_request" and "text" in got.slots:
        assert got.slots["text"] == text


@pytest.mark.parametrize(
    ("said", "slot", "words"),
    [
        ("#๔๒   เสนอ  รองปลัดแล้ว ๒ ฉบับ ", "text", "เสนอ  รองปลัดแล้ว ๒ ฉบับ"),
        ("แจ้งผล #42: ลงนามเเล้วค่ะ", "text", "ลงนามเเล้วค่ะ"),
        ("#42 line one\nline two", "text", "line one\nline two"),
        ("กท 5301/77 ส่งคืนแก้ไข ขาดหน้า ๓ นํ้าเลอะ", "note", "ขาดหน้า ๓ นํ้าเลอะ"),
        ("กท 5301/77 ตีกลับ เพราะแนบผิดฉบับ", "note", "แนบผิดฉบับ"),
        ("เรื่อง ขออนุมัติซื้อ Tablet ๑๐ เครื่อง ถึงไหนแล้วคะ", "title", "ขออนุมัติซื้อ Tablet ๑๐ เครื่อง"),
    ],
)
def test_text_note_and_title_keep_the_persons_own_words(said, slot, words):
    assert understand(said, shipped_words()).slots[slot] == words


def test_a_long_answer_is_quoted_to_its_end():
    text = "เสนอรองปลัดแล้ว " * 250 + "จบ"
    assert understand(f"#42 {text}", shipped_words()).slots["text"] == text


@pytest.mark.parametrize(
    "said", ["กท 5301/77 ลงนามแล้วเมื่อเช้านี้ค่ะ", "กท 5301/77 ลงนามแล้ว 10.30 น.", "กท 5301/77 ลงนามแล้ว ค่ะ"]
)
def test_a_mere_time_or_polite_word_is_no_note(said):
    assert dict(understand(said, shipped_words()).slots) == {"document_number": "กท 5301/77", "stage": "signed"}
