"""Whom a shift goes to, in the ways officers hand it over."""

from __future__ import annotations

import pytest

from bot.understanding.normalize import normalize
from bot.understanding.successors import find_successor


def _named(text: str) -> str | None:
    place = find_successor(normalize(text).text)
    return normalize(text).quote(*place) if place else None


@pytest.mark.parametrize("name", ["มานี", "ต้อม", "วิ", "Nok", "ใบเตย", "สมหญิง ใจดี"])
@pytest.mark.parametrize("title", ["", "คุณ", "พี่"])
def test_a_name_is_told_from_the_words_around_it(title, name):
    given = f"{title}{name}"
    for text in (
        f"โอนเวรให้{given}ต่อค่ะ",
        f"ฝากเวรให้ {given} หน่อยครับ",
        f"ขอโอนเวรที่เหลือของวันนี้ให้ {given} ค่ะ ขอบคุณค่ะ",
        f"เปลี่ยนเวรให้{given}มารับต่อที",
        f"ให้ {given} รับเวรต่อจากหนู",
        f"มอบเวรต่อ: {given}",
    ):
        assert _named(text) == name, text


@pytest.mark.parametrize(
    ("text", "name"), [("hand over my duty to Nok", "Nok"), ("ฝาก ขนมผิง อยู่เวรแทน โอนให้เลย", "ขนมผิง")]
)
def test_other_ways(text, name):
    assert _named(text) == name


@pytest.mark.parametrize(
    "text", ["ขอโอนเวรค่ะ", "ขอส่งเวรต่อค่ะ", "อยากโอนเวรออก ติดธุระด่วน", "ขอส่งเวรให้คนอื่นแทนค่ะ", "ไม่ว่างแล้ว ขอโอนเวรด่วนครับ"]
)
def test_nobody_named_is_nobody(text):
    assert _named(text) is None
