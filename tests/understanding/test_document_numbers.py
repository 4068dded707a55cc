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
    agency = draw(st.sampled_from(["กท", "กท.", "ก.ท.", "กทม.", "กทม", "กทใ"]))
    mark = draw(st.sampled_from(["ว", "ว ", "ว.", "ว. "])) if circular else ""
    front = draw(st.sampled_from(["", "ที่ ", "ที่", "หนังสือ ", "หนังสือเลขที่ ", "เลขที่ ", "\u200b", "#", "เรื่องที่ส่ง "]))
    slash = draw(SPACE) + draw(st.sampled_from(["/", "/", "/", "\\", "-", "ทับ"])) + draw(SPACE)
    year = draw(st.sampled_from(["", "", "/2568", "/68", " / 2568"]))
    text = f"{front}{agency}{draw(SPACE)}{unit}{slash}{mark}{running}{year}"
    if draw(st.booleans()):
        text = text.translate(THAI_DIGITS)
    return text, f"กท {unit}/{'ว ' if circular else ''}{running}"


@given(
    spelled_numbers(), st.sampled_from(["{}", "{} ถึงไหนแล้วคะ", "ขอติดตาม {} หน่อยครับ", "ติดตามต่อ {}", "{} ปลัดลงนามแล้ว"])
)
def test_a_number_in_any_spelling_reads_back_the_same(number, sentence):
    text, canonical = number
    assert understand(sentence.format(text), shipped_words()).said.get("document_number") == canonical


@given(spelled_numbers())
def test_what_understanding_gives_the_register_reads_as_the_same_number(number):
    _, canonical = number
    parsed = parse_document_number(canonical)
    assert parsed is not None
    assert parsed.canonical == canonical


@given(st.from_regex(r"[0-9]{4}", fullmatch=True), RUNNING)
def test_a_number_without_agency_stays_as_typed(unit, running):
    for text in (f"{unit}/{running}", f"หนังสือ {unit} / {running} ถึงไหน", f"where is {unit}/{running}"):
        assert understand(text, shipped_words()).said.get("document_number") == f"{unit}/{running}"


@given(st.lists(spelled_numbers(), min_size=2, max_size=4), st.sampled_from([" ", ", ", " และ ", "\n", " กับ "]))
def test_of_several_numbers_the_first_counts(numbers, between):
    text = between.join(text for text, _ in numbers)
    assert understand(f"ขอติดตาม {text} ค่ะ", shipped_words()).said.get("document_number") == numbers[0][1], text


RECEIVE_WORDS = (
    *("เลขรับ", "เลขรับที่", "รับที่", "เลขที่รับ", "เลขทะเบียนรับ", "ทะเบียนรับเลขที่", "ลงรับเลขที่", "ลงรับที่", "เลขลงรับ", "หมายเลขรับ"),
    *("ลขรับ", "เลขรับ:", "receive no.", "received no."),
)


@given(
    st.from_regex(r"[1-9][0-9]{0,6}", fullmatch=True),
    st.sampled_from(RECEIVE_WORDS),
    st.sampled_from([("", ""), ("/68", "/2568"), ("/2568", "/2568"), (" / 2567", "/2567")]),
    st.booleans(),
)
def test_a_receive_number_is_its_digits_with_the_year_said_behind_a_slash(number, words, year, thai):
    said = f"{number}{year[0]}"
    said = said.translate(THAI_DIGITS) if thai else said
    slots = understand(f"{words} {said} ถึงไหนแล้ว", shipped_words()).slots
    assert dict(slots) == {"receive_number": f"{number}{year[1]}"}


@given(
    st.integers(1, 10**6),
    st.sampled_from(["#{}", "# {}", "คำขอ {}", "คำขอ #{}", "คำขอเบอร์ {}", "เคส {}", "request {}"]),
)
def test_a_request_is_told_by_its_sign_or_by_a_word_that_makes_it_sure(number, form):
    said = f"{form.format(number)} ถึงไหนแล้ว"
    assert understand(said, shipped_words()).slots == {"request": number}
    assert "request" not in understand(f"เบอร์ {number}", shipped_words()).said


@st.composite
def other_numbers(draw):
    """What has the shape of a letter's number, or nearly, and is something else."""
    part, whole = draw(st.integers(1, 99)), draw(st.integers(100, 9999))
    day, month = draw(st.integers(1, 28)), draw(st.integers(1, 12))
    year = draw(st.integers(2550, 2575))
    return draw(
        st.sampled_from(
            [
                *(f"{day}/{month}/{year}", f"{day}/{month}/{year % 100}", f"{year - 543}-{month:02}-{day:02}"),
                *(f"วันที่ {day}/{month}", f"ไตรมาส {part % 4 + 1}/{year}", f"ไตรมาสที่ {part % 4 + 1}/{year % 100}"),
                *(f"รายงาน 8308 {part}/{whole}", f"{part}/{whole} ชุมชน", f"{whole}/{whole + part} คน"),
                *(f"ราคา {whole}/{whole}", f"{whole:,}/{whole:,} บาท", f"วงเงิน {whole}/{whole} บาท"),
                *(
                    f"โทร 02-{whole:03}-{whole:04}",
                    f"โทร {whole:04}/{part}",
                    f"08{part:02}{whole:04}",
                    f"บ้านเลขที่ {whole}/{part}",
                ),
                *(f"เลขที่ {whole}/{part} ถนนดินสอ", f"{day % 12}.30-16.30 น.", f"เวลา 0{day % 9}.30/16.30"),
                *(f"ประชุมครั้งที่ {part}/{year}", f"คำสั่งที่ {part}/{year}", f"ปี {year}/{(year + 1) % 100}"),
                *(f"กท {whole:04}", f"{whole:04}", f"/{whole}", f"ร้อยละ {part}/{whole}", f"Q{part % 4 + 1}/{year}"),
            ]
        )
    )


@given(other_numbers(), st.sampled_from(["{}", "{} ถึงไหนแล้ว", "สวัสดีค่ะ {} ค่ะ"]), st.booleans())
def test_dates_parts_money_telephones_and_houses_are_no_letters(number, sentence, thai):
    text = sentence.format(number)
    said = understand(text.translate(THAI_DIGITS) if thai else text, shipped_words()).said
    assert not {"document_number", "receive_number"} & set(said), (text, said)


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
        ("กท 1902.1335 ถึงไหน", "กท 1902/1335"),
        ("กท 1902/1335 ลว. 5 พ.ย. 68", "กท 1902/1335"),
        ("พี่ๆ 6703 ทับ 90 เซ็นยัง", "6703/90"),
        ("ว๘๙ ท่านปลัดเซ็นยังคะ", "ว 89"),
        ("แจ้งเตือนเมื่อว 118 ลงนาม", "ว 118"),
        ("1902/1335 กับ กท 1902/1336", "1902/1335"),
        ("สงม 1902/1335", "1902/1335"),
    ],
)
def test_other_agencies_and_slips(said, number):
    assert understand(said, shipped_words()).said["document_number"] == number
    assert parse_document_number(number).canonical == number


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("K7M4-9QXR", "K7M4-9QXR"),
        ("k7m4 9qxr", "K7M4-9QXR"),
        ("รหัส K7M4 - 9QXR ค่ะ", "K7M4-9QXR"),
        ("ลงทะเบียน k7m49qxr", "K7M4-9QXR"),
        ("ลงทะเบียน KMXR-QXRT", "KMXR-QXRT"),
        ("ลงทะเบียน K0M4-9QXR", None),
        ("ลงทะเบียน", None),
    ],
)
def test_registration_codes(said, code):
    got = understand(said, shipped_words())
    assert (got.intent, got.said.get("code")) == ("register", code)


@pytest.mark.parametrize("said", ["12345678", "password", "2345-6789", "they want"])
def test_what_only_looks_like_a_code_registers_nobody(said):
    assert understand(said, shipped_words()).intent == "unknown"
