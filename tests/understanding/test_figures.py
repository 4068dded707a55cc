"""A figure alone, as an answer to กี่ชุมชน: read in every spelling, and nothing doubtful taken for one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.figures import LONGEST_FIGURE, read_figure

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

FIGURES = [
    ("18", {"value": 18}),
    ("๑๘ ชุมชน", {"value": 18}),
    ("18 ชุมชนค่ะ", {"value": 18}),
    ("ตอนนี้ได้ 18 ชุมชนแล้วครับ", {"value": 18}),
    ("สิบแปด", {"value": 18}),
    ("สิบแปดค่ะ", {"value": 18}),
    ("three", {"value": 3}),
    ("ครบ 22 ชุมชน", {"value": 22}),
    ("18 จาก 22", {"numerator": 18, "denominator": 22}),
    ("๑๔ ใน ๑๗", {"numerator": 14, "denominator": 17}),
    ("14/15", {"numerator": 14, "denominator": 15}),
    ("5 ชุมชนจาก 7 ชุมชน", {"numerator": 5, "denominator": 7}),
    ("18 out of 22 communities", {"numerator": 18, "denominator": 22}),
    ("ทั้งหมด 22 ได้ 18", {"numerator": 18, "denominator": 22}),
    ("0/22", {"numerator": 0, "denominator": 22}),
    ("ร้อยละ 60", {"percent": 60}),
    ("60%", {"percent": 60}),
    ("75.5 %", {"percent": 75.5}),
    ("18 จาก 22 (ร้อยละ 81.8)", {"numerator": 18, "denominator": 22, "percent": 81.8}),
    ("ขั้นที่ 3", {"step": 3}),
    ("1.2 ล้าน", {"value": 1_200_000}),
    ("3 แสน 5 หมื่น", {"value": 350_000}),
    ("1,204.50 บาท", {"value": 1204.5}),
    ("ได้ 18 ค่ะ ขอบคุณค่ะ", {"value": 18}),
    ("ยังไม่มี", {"value": 0}),
    ("ยังไม่มีเลยค่ะ", {"value": 0}),
    ("ไม่มีครับ", {"value": 0}),
    ("0", {"value": 0}),
    ("ศูนย์", {"value": 0}),
    ("none yet", {"value": 0}),
]


@pytest.mark.parametrize(("said", "slots"), FIGURES)
def test_a_figure_is_read_as_it_was_said(said, slots):
    assert read_figure(said) == slots


@pytest.mark.parametrize(
    "said",
    [
        *("", " ", "-", "?", "ค่ะ", "ครบ", "ยัง", "ไม่", "ไม่ทราบ", "ไม่มีใครรู้", "ยังไม่มีข้อมูล 18"),
        *("-5", "ลบ 5", "18-20", "18 หรือ 19", "น่าจะ 18", "ประมาณ 18", "18+3", "18,22", "22 ชุมชน เบิกแล้ว 18"),
        *("02-245-5121", "022455121", "12/6/68", "กท 5301/77", "#42", "5 วัน", "10.30 น.", "18 คน 20 แห่ง", "1e5"),
        *("8308 ดินแดง 18", "เป้า 20", "ภายใน 7 วัน", "18" * LONGEST_FIGURE),
    ],
)
def test_what_is_doubtful_is_no_figure(said):
    assert read_figure(said) is None


AROUND = st.sampled_from(["{}", " {} ", "{}ค่ะ", "{} ครับ", "ได้ {}", "ตอนนี้ {} ค่ะ", "({})", "{}."])


@given(
    st.integers(0, 999_999_999), AROUND, st.sampled_from(["{}", "{:,}"]), st.booleans(), st.sampled_from(["", " ชุมชน"])
)
def test_a_count_reads_back_the_same_in_every_spelling(count, around, form, thai, counted):
    said = around.format(form.format(count) + counted)
    assert read_figure(said.translate(THAI_DIGITS) if thai else said) == {"value": count}


@given(
    st.integers(0, 9999), st.integers(1, 9999), AROUND, st.sampled_from(["{}/{}", "{} / {}", "{} จาก {}", "{}จาก{}"])
)
def test_a_part_of_a_whole_reads_back_the_same(part, whole, around, form):
    said = around.format(form.format(part, whole))
    assert read_figure(said) == {"numerator": part, "denominator": whole}


@given(st.integers(0, 10_000), AROUND, st.sampled_from(["ร้อยละ {}", "{}%", "{} %", "{} เปอร์เซ็นต์"]))
def test_a_percentage_reads_back_the_same(hundredths, around, form):
    percent = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    assert read_figure(around.format(form.format(percent))) == {"percent": float(Fraction(percent))}


@given(st.text(alphabet=st.one_of(st.sampled_from("0123456789๐๑๙.,/%- กขคจากร้อยละ"), st.characters()), max_size=40))
def test_any_text_is_a_figure_or_none(text):
    found = read_figure(text)
    if found is not None:
        assert found.keys() <= {"value", "numerator", "denominator", "percent", "step"}
        assert all(isinstance(value, int | float) and value >= 0 for value in found.values())
        assert ("numerator" in found) == ("denominator" in found)
