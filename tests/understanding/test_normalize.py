"""Spellings that look alike become one, and every place in the normalised text leads back to the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import normalize as in_pythainlp_order

from bot.understanding.normalize import normalize, without_politeness
from bot.understanding.numerals import read_number

THAI_AND_LATIN = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B),
        st.sampled_from(" \u200b\u00a0\n.,/#-AaZz09๑🙂"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=200,
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("๐๑๒๓๔๕๖๗๘๙", "0123456789"),
        ("１９０２／１３３５", "1902/1335"),
        ("นํ้า น้ํา นํา", "น้ำ น้ำ นำ"),
        ("เเล้ว", "แล้ว"),
        ("ท่ี", "ที่"),
        ("ที่ี่", "ที่"),
        ("แล้้้ว", "แล้ว"),
        ("แล้วววว", "แล้ว"),
        ("ครัชชช", "ครัช"),
        ("หนังสือออ", "หนังสือ"),
        ("ค่าาา", "ค่า"),
        ("ขา่ว", "ข่าว"),
        ("ไไป เเเล้ว", "ไป แล้ว"),
        ("ดี้๊", "ดี๊"),
        ("่กา ่ที่ a ่ b", "กา ที่ a b"),
        ("พ ุ่ม ค ่ะ", "พุ่ม ค่ะ"),
        ("ขอบคุณณณณ", "ขอบคุณ"),
        ("นานๆ", "นานๆ"),
        ("1000", "1000"),
        ("กท\u200b 1902\u00a0\u00a0/ 1335", "กท 1902 / 1335"),
        ("HELLO – “Hi”", 'hello - "hi"'),
        ("a👍b", "a b"),
    ],
)
def test_slips_of_the_keyboard_are_mended(typed, plain):
    assert normalize(typed).text == plain


@given(THAI_AND_LATIN)
def test_every_place_leads_back_to_the_original(text):
    utterance = normalize(text)
    assert len(utterance.sources) == len(utterance.text) + 1
    assert list(utterance.sources) == sorted(utterance.sources)
    assert utterance.original == unicodedata.normalize("NFC", text)
    assert utterance.sources[-1] == len(utterance.original)


@given(THAI_AND_LATIN)
def test_normal_text_has_single_spaces_and_no_digits_but_arabic(text):
    plain = normalize(text).text
    assert "  " not in plain
    assert "\u200b" not in plain
    assert "\0" not in plain
    assert all(character in "0123456789" for character in plain if unicodedata.category(character) == "Nd")


OFFICE_WORDS = st.lists(
    st.sampled_from(
        [
            *("หนังสือ", "เลขที่", "กท", "1902/1335", "ถึงไหนแล้ว", "นํ้า", "น้ํา", "นํา", "เเล้ว", "ท่ี", "ที่ี่"),
            *("แล้้ว", "ค่าา", "ขา่ว", "ไไป", "สิท์ธิ", "กรุ๊ป", "ครับ", "ๆ", "ฯ", "(ด่วน)"),
        ]
    ),
    min_size=1,
    max_size=12,
)


@given(OFFICE_WORDS, st.booleans())
def test_thai_is_put_in_order_as_pythainlp_does_it(words, spaced):
    """Digits, lower case and letters held down are ours alone; marks and vowels are one agreement."""
    text = (" " if spaced else "").join(words)
    assert normalize(text).text == in_pythainlp_order(text)


def test_lone_surrogates_are_text_like_any_other():
    assert normalize("กท \ud800 1902").text.endswith("1902")


@pytest.mark.parametrize("said", ["ใช่ค่ะ", "ใช่นะคะ", " ใช่  ครับผม!", "เอ่อ ใช่", "ครับ ใช่", "ใช่ ๆ"])
def test_polite_words_at_the_ends_are_set_aside(said):
    assert without_politeness(normalize(said).text) == "ใช่"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("0", 0),
        ("1,806", 1806),
        ("75.50", 75.5),
        ("2.5 ล้าน", 2_500_000),
        ("สิบแปด", 18),
        ("ยี่สิบเอ็ด", 21),
        ("หนึ่งร้อยห้า", 105),
        ("สองพันสี่", 2004),
        ("สามล้านสองแสน", 3_200_000),
        ("สิบล้าน", 10_000_000),
        ("three", 3),
    ],
)
def test_numbers_in_figures_and_words(said, value):
    assert read_number(said) == value
    assert isinstance(read_number(said), type(value))
