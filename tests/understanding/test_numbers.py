"""A number in any of its spellings reads back the same, beside the words that say what it measures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import understand
from bot.understanding.indicators import find_measures
from bot.understanding.numerals import NUMBER, read_number
from tests.understanding.score import shipped_words

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
PLACES = ((100_000, "แสน"), (10_000, "หมื่น"), (1_000, "พัน"), (100, "ร้อย"))


def _in_words(number: int) -> str:
    """Write a number as it is read aloud, by the rules of the Royal Society: สิบเอ็ด, ยี่สิบ, ล้าน again and again."""
    if number == 0:
        return "ศูนย์"
    if number >= 1_000_000:
        rest = number % 1_000_000
        return _in_words(number // 1_000_000) + "ล้าน" + (_in_words(rest) if rest else "")
    said = ""
    for place, word in PLACES:
        said += DIGITS[number // place] + word if number >= place else ""
        number %= place
    tens, ones = divmod(number, 10)
    said += ("ยี่" if tens == 2 else DIGITS[tens] if tens > 1 else "") + "สิบ" if tens else ""
    return said + ("เอ็ด" if ones == 1 and said else DIGITS[ones])


def _in_scales(number: int, space: str) -> str:
    """Write a number as figures before each scale: 3 แสน 5 หมื่น; only where nothing is left below a hundred."""
    parts = []
    for place, word in ((1_000_000, "ล้าน"), *PLACES):
        if number >= place:
            parts.append(f"{number // place}{space}{word}")
        number %= place
    return space.join(parts)


def _spellings(number: int) -> list[str]:
    spellings = [str(number), f"{number:,}", _in_words(number)]
    if number and number % 100 == 0:
        spellings += [_in_scales(number, " "), _in_scales(number, "")]
    if number >= 100_000 and number % 100_000 == 0:
        spellings += [f"{number / 1_000_000:g} ล้าน" if number < 10**11 else str(number), f"{number / 100_000:g} แสน"]
    return spellings


NUMBERS = st.one_of(st.integers(0, 999), st.integers(0, 10**9), st.integers(1, 10**4).map(lambda few: few * 100_000))


@given(NUMBERS)
def test_a_number_in_any_of_its_spellings_reads_back_the_same(number):
    for said in _spellings(number):
        found = re.fullmatch(NUMBER, said)
        assert found, said
        assert read_number(said) == number, said


@given(NUMBERS, st.booleans())
def test_an_amount_is_read_out_of_a_report_in_any_spelling(number, thai):
    for said in _spellings(number):
        text = f"รายงาน CARRY-OVER เขตดินแดง {said.translate(THAI_DIGITS) if thai else said} บาท"
        assert understand(text, shipped_words()).slots.get("value") == number, text


PERCENT_FORMS = (
    *(
        "{}%",
        "{} %",
        "ร้อยละ {}",
        "ร้อยล่ะ {}",
        "ร้อย ละ {}",
        "{} เปอร์เซ็นต์",
        "{}เปอร์เซนต์",
        "{} เปอร์เซ็น",
        "{} เปอเซ็น",
        "{} เปอเซนต์",
    ),
    *("{} เปอร์", "คิดเป็นร้อยละ {}", "{} percent"),
)


@given(st.decimals(0, 100, places=2), st.sampled_from(PERCENT_FORMS), st.booleans())
def test_a_percentage_is_read_in_any_form_and_is_no_value_beside(percent, form, thai):
    said = form.format(str(percent).translate(THAI_DIGITS) if thai else percent)
    slots = understand(f"รายงาน PBIS-LEVEL {said}", shipped_words()).slots
    assert dict(slots) == {"indicator": "PBIS-LEVEL", "percent": float(percent)}


FRACTION_FORMS = (
    *("{}/{}", "{} / {}", "{} จาก {}", "{}จาก{}", "{} ใน {} ชุมชน", "{} ชุมชน จากทั้งหมด {} ชุมชน", "{} จากจำนวน {} ชุมชน"),
    *("{} out of {}", "{} of {}", "{} ชุมชนจาก {}"),
)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(FRACTION_FORMS), st.integers(0, 2))
def test_a_part_and_its_whole_are_read_in_any_form(part, whole, form, style):
    write = (str, lambda number: f"{number:,}", lambda number: str(number).translate(THAI_DIGITS))[style]
    slots = understand(f"รายงาน 8308 เขตดินแดง {form.format(write(part), write(whole))}", shipped_words()).slots
    assert (slots.get("numerator"), slots.get("denominator"), "value" in slots) == (part, whole, False)


@pytest.mark.parametrize(
    ("said", "measures"),
    [
        ("3,450 ล้าน จาก 4,600 ล้าน", {"numerator": 3_450_000_000, "denominator": 4_600_000_000}),
        ("3.2 จาก 4.5 ล้าน", {"numerator": 3_200_000, "denominator": 4_500_000}),
        ("1,500,000 จาก 4.5 ล้าน", {"numerator": 1_500_000, "denominator": 4_500_000}),
        ("จากทั้งหมด 22 ชุมชน เบิกแล้ว 18 ชุมชน", {"numerator": 18, "denominator": 22}),
        ("สิบแปดชุมชนจากยี่สิบสองชุมชน", {"numerator": 18, "denominator": 22}),
        ("18/22 คิดเป็นร้อยละ 81.82", {"numerator": 18, "denominator": 22, "percent": 81.82}),
        ("ขั้นที่ 3 ร้อยละ 50", {"step": 3, "percent": 50}),
        ("ขั้นที่ 3/5", {"step": 3}),
        ("ขั้นที่ 1-3 เสร็จ", {"step": 3}),
        ("ขั้นตอนที่สาม เสร็จแล้ว", {"step": 3}),
        ("ขั้นแรกเสร็จแล้ว", {"step": 1}),
        ("ทำครบ 3 ขั้นแล้ว", {"step": 3}),
        ("step 3 done", {"step": 3}),
        ("ขั้นตอนสุดท้าย", {}),
        ("ร้อยละเจ็ดสิบห้าจุดห้า", {"percent": 75.5}),
        ("ทำไปได้ครึ่งหนึ่งแล้ว", {"percent": 50}),
        ("เป้า 90 ทำได้ 85", {"value": 85}),
        ("เบิกจ่ายไปแล้ว 16 ชุมชน", {"value": 16}),
        ("ภายใน 7 วัน", {}),
        ("-5%", {}),
        ("ติดลบ 5 บาท", {}),
        ("ลบ 5", {}),
        ("สามารถ เรียบร้อย ห้ามสัมพันธ์ ผูกพันบาท", {}),
        ("081-234-5678", {}),
        ("เริ่ม 10.30 น.", {}),
    ],
)
def test_what_is_reported_is_told_from_what_only_has_figures(said, measures):
    assert {mention.kind: mention.value for mention in find_measures(said)} == measures


WORDS_WITHOUT_NUMBERS = st.lists(
    st.sampled_from(
        [
            *(
                "เรียน",
                "ขอติดตาม",
                "หนังสือ",
                "เลขรับ",
                "กท",
                "ที่",
                "ว",
                "เลขที่",
                "ลงวันที่",
                "คำขอ",
                "#",
                "รับทราบ",
                "แจ้งผล",
                "/",
            ),
            *(
                "รายงาน",
                "8308".translate(str.maketrans("8308", "กขคง")),
                "ร้อยละ",
                "ขั้นที่",
                "จาก",
                "เขตดินแดง",
                "ล่าสุด",
                "เดือน",
                "ไตรมาส",
                "ปี",
            ),
            *(
                "เรียบร้อย",
                "สามารถ",
                "ห้าม",
                "ผูกพัน",
                "เก้าอี้",
                "ชุมชน",
                "เปอร์เซ็นต์",
                "พ.ย.",
                "มค",
                "ก.พ.",
                "วันจันทร์",
                " ",
                ".",
                "-",
            ),
        ]
    ),
    max_size=14,
).map("".join)


@given(WORDS_WITHOUT_NUMBERS)
def test_a_text_without_a_number_yields_none(text):
    said = understand(text, shipped_words()).said
    assert not {"document_number", "receive_number", "request", "document_date", "step", "percent"} & set(said)
    assert not {"value", "numerator", "denominator", "score", "until", "month"} & set(said)
