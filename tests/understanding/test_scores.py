"""Marks for an answer: the five words in a sentence, stars counted and drawn."""

from __future__ import annotations

import pytest

from bot.understanding import understand
from tests.understanding.score import shipped_words

FIVE = {"น้อยที่สุด": 1, "น้อย": 2, "ปานกลาง": 3, "มาก": 4, "มากที่สุด": 5}


def _score(text: str) -> object:
    return understand(text, shipped_words()).said.get("score")


@pytest.mark.parametrize("word", FIVE)
def test_each_of_the_five_words_is_read_in_its_sentence(word):
    for frame in (
        "ความพึงพอใจระดับ{}ค่ะ",
        "ให้คะแนนระดับ{}ค่ะ",
        "ให้{}เลยค่ะ รอนาน",
        "{}เลยครับ รอครึ่งวัน",
        "เลือก {} ค่ะ",
        "ความพึงพอใจต่อคำตอบ: {}",
    ):
        assert _score(frame.format(word)) == FIVE[word], frame


@pytest.mark.parametrize("count", range(1, 6))
def test_stars_are_counted(count):
    for text in ("⭐" * count, "★" * count, f"ให้ดาว{count}ดวง", f"เอาไป {count} ดาวครับ"):
        assert _score(text) == count, text


@pytest.mark.parametrize("text", ["⭐ กท 1902/1335 ถึงไหนแล้ว", "⭐⭐⭐⭐⭐⭐", "หนังสือค้างมาก", "ให้มาก่อนนะ"])
def test_what_is_no_mark(text):
    assert _score(text) is None
