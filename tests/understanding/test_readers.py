"""Every reader takes any line, gives back places inside it, and its work does not grow faster than the line."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import dates, document_numbers, hours, indicators, periods, registration, stages, titles
from bot.understanding.normalize import normalize

TODAY = date(2025, 6, 11)
READERS = {
    "requests": document_numbers.find_request_numbers,
    "receive numbers": document_numbers.find_receive_numbers,
    "sure document numbers": document_numbers.find_sure_document_numbers,
    "likely document numbers": document_numbers.find_likely_document_numbers,
    "codes": registration.find_codes,
    "dates": lambda line: dates.find_dates(line, TODAY),
    "periods": lambda line: periods.find_periods(line, TODAY),
    "titles": titles.find_title,
    "measures": indicators.find_measures,
    "stages": stages.find_stages,
}
PIECES = (
    *(
        "เสนอ",
        "1",
        "1 ",
        "1/",
        "1,111",
        "1.",
        "กท ",
        "กท 1902/1335 ",
        "ก.ท.",
        " ",
        "5 พ.ย. ",
        "พ.ย. ",
        "ไตรมาส",
        "ปี ",
        "เดือน ",
        "เรื่อง",
    ),
    *(
        "เรื่อง ขอ",
        "ถึงไหน",
        "ไป เป็น ถึง มี จะ แล้ว ",
        "ลงรับ ",
        "เลขรับ",
        "สิบ",
        "ล้าน",
        "1 ล้าน ",
        "ร้อยละ ",
        "18 จาก ",
        "มี 1 ",
        "ขั้นที่ 1,",
    ),
    *(
        "ไม่ได้",
        "คืน",
        "ท่านรอง",
        "ส่งกลับ",
        "อยู่ระหว่าง",
        "รอการ",
        "k7m4-",
        "ลงทะเบียน ",
        "#1 ",
        "ว 1 ",
        "ว1/",
        "about ",
        "\0",
        "ม",
        "ก.",
    ),
)


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_a_reader_takes_any_line_and_points_into_it(text):
    line = normalize(text).text
    for name, reader in READERS.items():
        for mention in reader(line):
            assert 0 <= mention.start < mention.end <= len(line), name
    hours.find_until(line)
    stages.told_stage(line)
