"""Numbers of letters: whatever way they are typed they are read alike, and nothing else is read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document_numbers import DocumentNumber, parse_document_number, parse_receive_number

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
WIDE_DIGITS = str.maketrans("0123456789/", "０１２３４５６７８９／")

digits = st.text("0123456789", min_size=1, max_size=5)
spaces = st.text(" \u00a0\u200b\t", max_size=3)
numbers = st.builds(
    DocumentNumber,
    agency=st.sampled_from([None, "กท", "มท", "นร", "วท", "ศธ", "กค(กวจ)"]),
    unit_code=st.one_of(digits, st.builds("{}.{}".format, digits, digits.filter(lambda code: len(code) < 5))),
    circular=st.booleans(),
    running=digits,
)


@st.composite
def typings(draw):
    """A number and one of the ways people type it."""
    number = draw(numbers)
    gap = lambda: draw(spaces)  # noqa: E731
    agency = number.agency or ""
    if agency and draw(st.booleans()) and "(" not in agency:
        agency = "".join(f"{letter}." for letter in agency)
    front = draw(st.sampled_from(["", "ที่ ", "ที่", "เลขที่", "หนังสือ ", "หนังสือเลขที่ ", "ด่วนที่สุด ที่ "]))
    mark = draw(st.sampled_from(["ว", "ว.", "ว "])) if number.circular else ""
    typed = f"{gap()}{front}{agency}{gap()}{number.unit_code}{gap()}/{gap()}{mark}{gap()}{number.running}{gap()}"
    return number, typed.translate(draw(st.sampled_from([{}, THAI_DIGITS, WIDE_DIGITS])))


@given(typings())
def test_every_way_of_typing_is_the_same_number(case):
    number, typed = case
    assert parse_document_number(typed) == number


@given(numbers)
def test_the_canonical_form_is_read_back(number):
    assert parse_document_number(number.canonical) == number
    assert parse_document_number(number.key) is not None


@given(numbers, numbers)
def test_keys_differ_where_numbers_differ(one, other):
    def parts(number):
        return number.agency or "กท", number.unit_code, number.circular, int(number.running)

    assert (one.key == other.key) == (parts(one) == parts(other))


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_without_an_error(text):
    number = parse_document_number(text)
    assert number is None or parse_document_number(number.canonical) == number
    parse_receive_number(text)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("กท 1902/1335", "กท 1902/1335"),
        ("ที่ กท ๐๔๐๑/ว ๒๒๓", "กท 0401/ว 223"),
        ("กท0401/ว.223", "กท 0401/ว 223"),
        ("กท 0401 ว223", "กท 0401/ว 223"),
        ("ก.ท. 1902.3/1335", "กท 1902.3/1335"),
        ("1902/1335", "1902/1335"),
        ("กท 1902\\1335.", "กท 1902/1335"),
        ("ว 223", "ว 223"),
    ],
)
def test_canonical_form(typed, canonical):
    assert parse_document_number(typed).canonical == canonical


@pytest.mark.parametrize(
    "text",
    ["", "1335", "กท 1335", "กท 19 02/1335", "กท 1902/13 35", "กท 1902/1335 ถึงไหนแล้ว", "1902-1335", "/1335", "१२/३४"],
)
def test_what_could_be_something_else_is_not_read(text):
    assert parse_document_number(text) is None


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("4521", ("4521", None)),
        ("๐๔๕๒๑", ("4521", None)),
        ("เลขรับ 4521/2568", ("4521", 2025)),
        ("4521/68", ("4521", 2025)),
        ("4521/2025", ("4521", 2025)),
        ("4521/25", None),
        ("กท 1902/1335", None),
    ],
)
def test_receive_numbers(typed, parsed):
    assert parse_receive_number(typed) == parsed
