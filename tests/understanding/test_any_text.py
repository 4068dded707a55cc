"""Whatever is typed, understanding answers, the same each time, and with work that grows no faster than the text."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import INTENTS, SLOTS, understand
from bot.understanding.reading import READ_CHARACTERS
from bot.understanding.signs import COMBINED, SIGNS
from tests.understanding.score import shipped_words

PIECES = st.sampled_from(
    [
        *(
            "กท 1902/1335",
            "เรื่อง",
            "ขออนุมัติ",
            "ถึงไหน",
            "แล้ว",
            "หรือยัง",
            "ครับ",
            "ค่ะ",
            "#42",
            "8308",
            "ดินแดง",
            "18",
            "/",
            ".",
        ),
        *(
            "ไตรมาส",
            "3",
            "ปี",
            "68",
            "ต.ค.",
            "ลงนาม",
            "เสนอ",
            "คืน",
            "รายงาน",
            "ร้อยละ",
            "สิบ",
            "จาก",
            "K7M4-9QXR",
            "ลงทะเบียน",
        ),
        *("a", "\n", " ", "\u200b", "🙂", "ํ", "่", "เเ", "ไม่", "ใช่", "มาก", "\ud800", "\0", "(", "\\"),
    ]
)
ANYTHING = st.one_of(st.text(max_size=5000), st.lists(PIECES, max_size=300).map("".join))


@given(ANYTHING)
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_alike_each_time_in_plain_values(text):
    first = understand(text, shipped_words())
    assert understand(text, shipped_words()) == first
    assert first.intent in INTENTS
    assert 0 <= first.confidence <= 1
    assert set(first.slots) <= set(SLOTS.get(first.intent, ()))
    json.dumps(dict(first.slots)).encode()


def _work(text: str) -> int:
    """Count the lines of Python that run; patterns are one line each, so they are tested by their shape below."""
    steps = 0

    def count(frame, event, _):
        nonlocal steps
        steps += event == "line"
        return count

    sys.settrace(count)
    try:
        understand(text, shipped_words())
    finally:
        sys.settrace(None)
    return steps


HARD = ["ก", "ครับ", "กท 1902/1335 ", "เสนอ", "ดินแดง ", "#4 ", "๑", "ํา", "\u200b ", "11/10/2564 ", "8308 18 "]


@pytest.mark.parametrize("piece", HARD)
def test_work_does_not_grow_beyond_what_is_read(piece):
    understand("8308", shipped_words())
    short, long = (piece * READ_CHARACTERS)[:READ_CHARACTERS], (piece * 5000)[:5000]
    assert _work(long) < 8 * _work(short) + 1000


def test_words_far_behind_the_part_that_is_read_change_nothing():
    text = "ราคาทองวันนี้ " + "ก" * 2 + "ข ค " * READ_CHARACTERS
    assert understand(text + "กท 1902/1335 ถึงไหน", shipped_words()) == understand(text, shipped_words())


def test_every_combined_sign_is_made_of_signs_that_can_be_noticed():
    assert {sign for _, needed, against in COMBINED for sign in needed | against} <= SIGNS
