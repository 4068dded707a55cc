"""A date or period in any style reads back the same; what is relative is read only with a day to relate it to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import understand
from bot.understanding.periods import fiscal_quarter, fiscal_year
from tests.understanding.score import shipped_words

FULL = [
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
]
SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
DAYS = st.dates(date(2001, 1, 1), date(2036, 12, 31))
TODAY = date(2025, 6, 11)


def _styles(day: date) -> list[str]:
    buddhist, month = day.year + 543, day.month - 1
    return [
        f"{day.day} {FULL[month]} {buddhist}",
        f"{day.day} {FULL[month]} พ.ศ. {buddhist}",
        f"{day.day} {SHORT[month]} {buddhist % 100:02}",
        f"{day.day}{SHORT[month].replace('.', '')}{buddhist}",
        f"{day.day}/{day.month}/{buddhist}",
        f"{day:%d/%m}/{buddhist % 100:02}",
        f"{day.day}-{day.month}-{buddhist}",
        day.isoformat(),
        f"{day:%d %b %Y}",
        f"{day:%B} {day.day}, {day.year}",
    ]


@given(DAYS, st.integers(0, 9), st.booleans())
def test_a_date_in_any_style_reads_back_the_same(day, style, in_thai_digits):
    said = _styles(day)[style]
    said = said.translate(THAI_DIGITS) if in_thai_digits else said
    slots = understand(f"หนังสือ กท 1902/1335 ลงวันที่ {said} ถึงไหนแล้ว", shipped_words()).slots
    assert dict(slots) == {"document_number": "กท 1902/1335", "document_date": day.isoformat()}


@pytest.mark.parametrize("said", ["31 ก.พ. 2568", "32/1/2568", "1/13/2568", "0 ม.ค. 68"])
def test_an_impossible_day_is_no_date(said):
    assert "document_date" not in understand(f"หนังสือ กท 1902/1335 ลงวันที่ {said}", shipped_words()).slots


@given(st.integers(2544, 2579), st.integers(1, 4))
def test_a_quarter_in_any_style_reads_back_the_same(year, quarter):
    word = ["หนึ่ง", "สอง", "สาม", "สี่"][quarter - 1]
    for said in (
        f"ไตรมาส {quarter} ปี {year % 100:02}",
        f"ไตรมาสที่ {quarter} ปีงบประมาณ พ.ศ. {year}",
        f"ไตรมาส{word} ปีงบ {year}",
        f"ปี {year} ไตรมาส {quarter}",
        f"Q{quarter}/{year}",
        f"q{quarter} fy{year}",
        f"FY{year}-Q{quarter}",
        f"quarter {quarter} of fiscal year {year - 543}",
    ):
        assert understand(f"8308 {said}", shipped_words()).slots.get("period") == f"FY{year}-Q{quarter}", said


@given(st.integers(2544, 2579), st.integers(1, 12))
def test_a_month_in_any_style_reads_back_the_same(year, month):
    for said in (
        f"เดือน{FULL[month - 1]} {year}",
        f"{SHORT[month - 1]} {year % 100:02}",
        f"เดือน {month}/{year}",
        f"{year - 543}-{month:02}",
    ):
        assert understand(f"8308 {said}", shipped_words()).slots.get("period") == f"{year - 543}-{month:02}", said


RELATIVE = [
    ("8308 ไตรมาส 3", "FY2568-Q3"),
    ("8308 ไตรมาสที่แล้ว", "FY2568-Q2"),
    ("8308 เดือนที่แล้ว", "2025-05"),
    ("8308 เดือนพฤษภาคม", "2025-05"),
    ("8308 เดือนกรกฎาคม", "2024-07"),
    ("8308 ปีที่แล้ว", "FY2567"),
]


@pytest.mark.parametrize(("said", "period"), RELATIVE)
def test_relative_periods_need_a_day(said, period):
    assert understand(said, shipped_words(), today=TODAY).slots["period"] == period
    assert "period" not in understand(said, shipped_words()).slots


def test_yesterdays_letter_needs_a_day():
    said = "หนังสือของเมื่อวาน กท 0401/15 ถึงไหนแล้ว"
    assert understand(said, shipped_words(), today=TODAY).slots["document_date"] == "2025-06-10"
    assert "document_date" not in understand(said, shipped_words()).slots


def test_today_as_the_time_of_asking_is_no_date_of_the_letter():
    slots = understand("กท 0401/15 วันนี้จะเซ็นไหม", shipped_words(), today=TODAY).slots
    assert dict(slots) == {"document_number": "กท 0401/15"}


@given(DAYS)
def test_quarters_follow_each_other_and_the_fiscal_year_turns_in_october(day):
    after = day + timedelta(days=1)
    step = (fiscal_year(after) * 4 + fiscal_quarter(after)) - (fiscal_year(day) * 4 + fiscal_quarter(day))
    turns = after.day == 1 and after.month in (1, 4, 7, 10)
    assert step == (1 if turns else 0)
    assert (fiscal_year(after) != fiscal_year(day)) == (after.month == 10 and after.day == 1)
