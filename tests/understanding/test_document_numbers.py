"""A number in any spelling reads back the same, and only numbers are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import understand
from models.document_numbers import parse_document_number
from tests.understanding.score import shipped_words

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
SPACE = st.sampled_from(["", " ", "  "])
UNIT_CODES = st.from_regex(r"[0-9]{4}(\.[1-9])?", fullmatch=True)
RUNNING = st.from_regex(r"[1-9][0-9]{0,4}", fullmatch=True)


@st.composite
def spelled_numbers(draw):
    """A number of a city letter as somebody might type it, and the one form it should be read as."""
    unit, running, circular = draw(UNIT_CODES), draw(RUNNING), draw(st.booleans())
    agency = draw(st.sampled_from(["กท", "กท.", "ก.ท.", "กทม."]))
    mark = draw(st.sampled_from(["ว", "ว ", "ว.", "ว. "])) if circular else ""
    front = draw(st.sampled_from(["", "ที่ ", "ที่", "หนังสือ ", "หนังสือเลขที่ ", "เลขที่ ", "\u200b"]))
    slash = draw(SPACE) + "/" + draw(SPACE)
    text = f"{front}{agency}{draw(SPACE)}{unit}{slash}{mark}{running}"
    if draw(st.booleans()):
        text = text.translate(THAI_DIGITS)
    return text, f"กท {unit}/{'ว ' if circular else ''}{running}"


@given(
    spelled_numbers(), st.sampled_from(["{}", "{} ถึงไหนแล้วคะ", "ขอติดตาม {} หน่อยครับ", "ติดตามต่อ {}", "{} ปลัดลงนามแล้ว"])
)
def test_a_number_in_any_spelling_reads_back_the_same(number, sentence):
    text, canonical = number
    assert understand(sentence.format(text), shipped_words()).slots.get("document_number") == canonical


@given(spelled_numbers())
def test_what_understanding_gives_the_register_reads_as_the_same_number(number):
    _, canonical = number
    parsed = parse_document_number(canonical)
    assert parsed is not None
    assert parsed.canonical == canonical


@given(st.from_regex(r"[0-9]{4}", fullmatch=True), RUNNING)
def test_a_number_without_agency_stays_as_typed(unit, running):
    for text in (f"{unit}/{running}", f"หนังสือ {unit} / {running} ถึงไหน", f"where is {unit}/{running}"):
        assert understand(text, shipped_words()).slots.get("document_number") == f"{unit}/{running}"


@given(
    st.from_regex(r"[1-9][0-9]{0,6}", fullmatch=True),
    st.sampled_from(["เลขรับ", "เลขรับที่", "รับที่", "เลขทะเบียนรับ", "receive no."]),
)
def test_a_receive_number_is_its_digits(number, words):
    for said in (number, number.translate(THAI_DIGITS)):
        slots = understand(f"{words} {said} ถึงไหนแล้ว", shipped_words()).slots
        assert dict(slots) == {"receive_number": number}


@given(st.text(alphabet=st.characters(exclude_categories=["Nd", "Cs"]), max_size=80))
def test_text_without_digits_never_yields_a_number(text):
    slots = understand(text, shipped_words()).slots
    assert not {"document_number", "receive_number", "request", "value", "document_date"} & set(slots)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("กค (กวจ) 0405.2/ว 119 ถึงไหน", "กค(กวจ) 0405.2/ว 119"),
        ("กท 0401/(ว) 223", "กท 0401/ว 223"),
        ("หนังสือเวียน ว 223 ถึงไหน", "ว 223"),
        ("มท 0808/ว 1234", "มท 0808/ว 1234"),
        ("กท 1902\\1335", "กท 1902/1335"),
        ("กท 1902 1335 ถึงไหน", "กท 1902/1335"),
    ],
)
def test_other_agencies_and_slips(said, number):
    assert understand(said, shipped_words()).slots["document_number"] == number
    assert parse_document_number(number).canonical == number


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("K7M4-9QXR", "K7M4-9QXR"),
        ("k7m4 9qxr", "K7M4-9QXR"),
        ("ลงทะเบียน k7m49qxr", "K7M4-9QXR"),
        ("ลงทะเบียน KMXR-QXRT", "KMXR-QXRT"),
        ("ลงทะเบียน K0M4-9QXR", None),
        ("ลงทะเบียน", None),
    ],
)
def test_registration_codes(said, code):
    got = understand(said, shipped_words())
    assert (got.intent, got.slots.get("code")) == ("register", code)


@pytest.mark.parametrize("said", ["12345678", "password", "2345-6789", "they want"])
def test_what_only_looks_like_a_code_registers_nobody(said):
    assert understand(said, shipped_words()).intent == "unknown"
