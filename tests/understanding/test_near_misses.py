"""Slips are read where one word is clearly nearest; where two are, or it is a number, nothing is guessed."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.understanding import understand
from bot.understanding.normalize import normalize
from tests.understanding.score import read_samples, shipped_words

WORDS = shipped_words()
DISTRICTS = [unit.name.removeprefix("สำนักงานเขต") for unit in WORDS.units if unit.name.startswith("สำนักงานเขต")]


def _meant(text: str) -> list[str]:
    line = normalize(text).text
    return [miss.spelling for miss in WORDS.near_misses.find(WORDS.words.cut(line), WORDS.words.own)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ขอทราบสถาณะ", "สถานะ"),
        ("ตัวชีวัดเขตบางแค", "ตัวชี้วัด"),
        ("งานที่ล่าชา", "ล่าช้า"),
        ("ขอสรปุหน่อย", "สรุป"),
        ("ติดตมหนังสือ", "ติดตาม"),
        ("ปลัดลงนานแล้ว", "ลงนาม"),
        ("ออกกเวรค่ะ", "ออกเวร"),
        ("ขอลงทะเบียร", "ลงทะเบียน"),
        ("รายงารประจำเดือน", "รายงาน"),
        ("ไตรมาศนี้", "ไตรมาส"),
    ],
)
def test_slips_of_the_offices_words_are_read(typed, meant):
    assert meant in _meant(typed)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("เขตบางรัด", "บางรัก"),
        ("เขตราชบูรณะ", "ราษฎร์บูรณะ"),
        ("เขตราชฏร์บูรณะ", "ราษฎร์บูรณะ"),
        ("วังทองหล่าง", "วังทองหลาง"),
        ("เขตบางพัด", "บางพลัด"),
        ("สนข.บางกอกนอย", "บางกอกน้อย"),
    ],
)
def test_slips_of_units_are_read_and_named_as_guessed(typed, unit):
    got = understand(f"8308 {typed} ได้เท่าไร", WORDS)
    assert (got.slots["unit"], got.guessed) == (f"สำนักงานเขต{unit}", ("unit",))


@pytest.mark.parametrize("typed", ["เขตบางกอก", "เขตคลอง", "เขตเรา", "เขตไหน", "เขตปกครอง", "เขตหนอง"])
def test_what_is_like_several_units_or_none_is_not_guessed(typed):
    got = understand(f"8308 {typed} ได้เท่าไร", WORDS)
    assert ("unit" in got.slots, got.guessed) == (False, ())


def test_what_is_spelt_right_is_not_guessed():
    for district in DISTRICTS:
        assert understand(f"8308 เขต{district} ได้เท่าไร", WORDS).guessed == ()
    said = [sample.text for sample in read_samples() if _meant(sample.text)]
    assert len(said) < 40, said


@given(st.sampled_from(DISTRICTS), st.data())
def test_one_slip_gives_the_unit_that_was_meant_or_none(district, data):
    at = data.draw(st.integers(1, len(district) - 1))
    letter = data.draw(st.sampled_from(["", "ก", "่", "ั", "น", district[at - 1]]))
    got = understand(f"8308 เขต{district[:at]}{letter}{district[at + 1 :]} ได้เท่าไร", WORDS)
    named = got.slots.get("unit")
    assert named is None or OSA.distance(named.removeprefix("สำนักงานเขต"), district) <= 2 or district.endswith("วัฒนา")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_numbers_are_never_guessed(unit, running):
    got = understand(f"เขตบางรัด {unit}/{running} 830{unit % 10}", WORDS)
    assert not {"document_number", "value", "numerator", "percent", "receive_number"} & set(got.guessed)


@given(st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=300))
@settings(max_examples=50)
def test_near_misses_stand_in_order_and_apart(text):
    line = normalize(text).text
    found = WORDS.near_misses.find(WORDS.words.cut(line), WORDS.words.own)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize("piece", ["บางรัด", "สถาณะ ", "กขค", "ก็่้", "asdf ", "เขตราชบูรณ"])
def test_nonsense_costs_no_more_than_a_moment(piece):
    text = (piece * 5000)[:5000]
    understand(text, WORDS)
    began = time.thread_time()
    understand(text, WORDS)
    assert time.thread_time() - began < 0.1
