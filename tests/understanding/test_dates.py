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


SLIPS = {2: "กุมภาพัน", 4: "เมศายน", 5: "พฤศภาคม", 7: "กรกฏาคม", 11: "พฤษจิกายน"}


def _styles(day: date) -> list[str]:
    buddhist, month, short = day.year + 543, day.month - 1, SHORT[day.month - 1]
    bare, two = short.replace(".", ""), f"{(day.year + 543) % 100:02}"
    return [
        f"{day.day} {FULL[month]} {buddhist}",
        f"{day.day} {FULL[month]} พ.ศ. {buddhist}",
        f"{day.day} เดือน {FULL[month]} พ.ศ. {buddhist}",
        f"{day.day} {FULL[month]} ค.ศ. {day.year}",
        f"{day.day}{FULL[month]}{buddhist}",
        f"{day.day} {SLIPS.get(day.month, FULL[month])} {buddhist}",
        f"{day.day} {short} {two}",
        f"{day.day}{short}{two}",
        f"{day.day} {short.replace('.', '. ')}{buddhist}",
        f"{day.day} {short.rstrip('.')} {two}",
        f"{day.day} {short} ปี {two}",
        f"{day.day} {bare} {two}",
        f"{day.day}{bare}{buddhist}",
        f"{day.day}/{day.month}/{buddhist}",
        f"{day.day} / {day.month} / {buddhist}",
        f"{day.day}/{short}/{two}",
        f"{day:%d/%m}/{two}",
        f"{day.day}-{day.month}-{buddhist}",
        f"{day.day}.{day.month}.{two}",
        day.isoformat(),
        f"{buddhist}-{day:%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%d %b %Y}",
        f"{day.day}-{day:%b}-{day.year}",
        f"{day.day}th of {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ]


@given(
    DAYS, st.integers(0, len(_styles(TODAY)) - 1), st.sampled_from(["ลงวันที่ ", "ลงวันที่", "ลว. ", "ลว."]), st.booleans()
)
def test_a_date_in_any_style_reads_back_the_same(day, style, word, in_thai_digits):
    said = _styles(day)[style]
    said = said.translate(THAI_DIGITS) if in_thai_digits else said
    for rest in (" ถึงไหนแล้ว", " 16.30 น. ถึงไหนแล้ว", " เรื่องนี้ถึงไหนแล้ว"):
        slots = understand(f"หนังสือ กท 1902/1335 {word}{said}{rest}", shipped_words(), today=TODAY).slots
        assert dict(slots) == {"document_number": "กท 1902/1335", "document_date": day.isoformat()}, said


@given(DAYS, st.integers(0, len(_styles(TODAY)) - 1), st.integers(32, 99))
def test_an_impossible_day_is_never_turned_into_something_else(day, style, number):
    said = _styles(day)[style].replace(f"{day:%d}", str(number), 1).replace(str(day.day), str(number), 1)
    for text in (f"หนังสือลงวันที่ {said}", f"8308 ดินแดง {said}", said):
        read = understand(text, shipped_words(), today=TODAY).said
        if str(number) in said and said.count(str(number)) == 1:
            assert "document_number" not in read, text
            assert read.get("document_date") != day.isoformat(), text


@pytest.mark.parametrize("said", ["31 ก.พ. 2568", "31 ก.พ.", "29 ก.พ. 68", "32/1/2568", "1/13/2568", "0 ม.ค. 68"])
def test_an_impossible_day_is_no_date_and_its_pieces_are_nothing(said):
    for text in (f"หนังสือ กท 1902/1335 ลงวันที่ {said}", f"รายงาน 8308 {said}"):
        read = understand(text, shipped_words(), today=TODAY).said
        assert not {"document_date", "period", "month", "value", "numerator"} & set(read), text


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
        f"ไตรมาศ {quarter}/{year % 100:02}",
        f"ไตรมาส{quarter}/{year}",
        f"Q{quarter} ปี {year % 100:02}",
        f"ไตรมาส{'แรก' if quarter == 1 else 'สุดท้าย' if quarter == 4 else quarter} ปีงบประมาณ {year}",
        f"quarter {quarter} of fiscal year {year - 543}",
    ):
        assert understand(f"8308 {said}", shipped_words()).said.get("period") == f"FY{year}-Q{quarter}", said


@given(st.integers(2544, 2579), st.integers(1, 12))
def test_a_month_in_any_style_reads_back_the_same(year, month):
    for said in (
        f"เดือน{FULL[month - 1]} {year}",
        f"{SHORT[month - 1]} {year % 100:02}",
        f"เดือน {month}/{year}",
        f"{year - 543}-{month:02}",
        f"{SHORT[month - 1].replace('.', '')}{year % 100:02}",
        f"ประจำเดือน {SHORT[month - 1]}{year % 100:02}",
        f"เดือน{SHORT[month - 1].replace('.', '')} {year}",
    ):
        assert understand(f"8308 {said}", shipped_words()).said.get("period") == f"{year - 543}-{month:02}", said


RELATIVE = [
    ("8308 ไตรมาส 3", "FY2568-Q3"),
    ("8308 ไตรมาสที่แล้ว", "FY2568-Q2"),
    ("8308 เดือนที่แล้ว", "2025-05"),
    ("8308 เดือนพฤษภาคม", "2025-05"),
    ("8308 เดือนกรกฎาคม", "2024-07"),
    ("8308 ปีที่แล้ว", "FY2567"),
]


RELATIVE += [
    ("8308 ไตรมาศ 3", "FY2568-Q3"),
    ("8308 ไตรมาสแรก", "FY2568-Q1"),
    ("8308 ไตรมาสสุดท้าย", "FY2568-Q4"),
    ("8308 ไตรมาส 2 ปีที่แล้ว", "FY2567-Q2"),
    ("8308 เดือนก่อน", "2025-05"),
    ("8308 เดือน พ.ค. ปีที่แล้ว", "2024-05"),
    ("8308 last quarter", "FY2568-Q2"),
    ("8308 ปีงบประมาณที่ผ่านมา", "FY2567"),
]


@pytest.mark.parametrize(("said", "period"), RELATIVE)
def test_relative_periods_need_a_day(said, period):
    assert understand(said, shipped_words(), today=TODAY).said["period"] == period
    assert "period" not in understand(said, shipped_words()).slots


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("สรุปวัน", "day"),
        ("สรุปวันนี้", "day"),
        ("สรุปสัปดาห์", "week"),
        ("สรุปเดือน", "month"),
        ("สรุปเดือนค่ะ", "month"),
        ("สรุปไตรมาส", "quarter"),
        ("สรุปปี", "year"),
        ("สรุปปีงบ", "year"),
        ("สรุปปีงบประมาณ", "year"),
        ("ขอภาพรวมปีหน่อยครับ", "year"),
        ("สรุปปี 2568", "FY2568"),
    ],
)
def test_a_summary_names_its_period_in_a_word(said, period):
    heard = understand(said, shipped_words(), today=TODAY)
    assert (heard.intent, heard.slots.get("period")) == ("summary", period)


@pytest.mark.parametrize("said", ["สรุปครึ่งปี", "สรุปวันหยุด", "สรุปเดือนหน้า", "สรุปปีใหม่"])
def test_what_only_begins_like_a_period_is_none(said):
    assert "period" not in understand(said, shipped_words(), today=TODAY).slots


def test_yesterdays_letter_needs_a_day():
    said = "หนังสือของเมื่อวาน กท 0401/15 ถึงไหนแล้ว"
    assert understand(said, shipped_words(), today=TODAY).said["document_date"] == "2025-06-10"
    assert "document_date" not in understand(said, shipped_words()).slots


def test_today_as_the_time_of_asking_is_no_date_of_the_letter():
    slots = understand("กท 0401/15 วันนี้จะเซ็นไหม", shipped_words(), today=TODAY).slots
    assert dict(slots) == {"document_number": "กท 0401/15"}


FISCAL_YEARS = (
    "ปีงบ {}",
    "ปีงบประมาณ พ.ศ. {}",
    "ปี {}",
    "งบปี {}",
    "ประจำปี {}",
    "FY{}",
    "fiscal year {}",
    "ปี งปม. {}",
    "พ.ศ. {}",
)


@given(st.integers(2550, 2575), st.sampled_from(FISCAL_YEARS), st.booleans())
def test_a_fiscal_year_in_any_style_reads_back_the_same(year, style, thai):
    said = style.format(str(year).translate(THAI_DIGITS) if thai else year)
    assert understand(f"8308 {said}", shipped_words()).said.get("period") == f"FY{year}", said
    short = style.format(year % 100)
    if style != "พ.ศ. {}":
        assert understand(f"8308 {short}", shipped_words()).said.get("period") == f"FY{year}", short


@pytest.mark.parametrize(
    "said",
    ["ครึ่งปีแรก", "ครึ่งปีแรก 68", "ครึ่งปี 68", "6 เดือนแรก", "ไตรมาส 5", "ม.ค.-มี.ค. 68", "ม.ค. ถึง มี.ค.", "ปีการศึกษา 2567/68"],
)
def test_what_is_no_period_we_know_is_none(said):
    assert "period" not in understand(f"8308 {said}", shipped_words(), today=TODAY).said


@pytest.mark.parametrize("said", ["ก.พ.ร.", "ส.ค.ส.", "สมคิด 68", "ตุลาการ", "ป้องกันยาเสพติด", "มีนายก", "คนกค", "กพร 68"])
def test_what_only_begins_like_a_month_is_none(said):
    assert not {"period", "document_date"} & set(understand(f"8308 {said}", shipped_words(), today=TODAY).said)


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("8308 บางนา พ.ค. 21 จาก 25", {"month": "2025-05", "numerator": 21, "denominator": 25}),
        ("รายงาน 8308 บางนา 25/30 เดือน มิ.ย. 68", {"month": "2025-06", "numerator": 25, "denominator": 30}),
        ("8308 บางนา ร้อยละ 91.5 เดือนกันยายน 2568", {"month": "2025-09", "percent": 91.5}),
        ("8308 บางนา เดือนนี้ 16 ชุมชน", {"month": "2025-06", "value": 16}),
    ],
)
def test_a_month_does_not_take_the_figures_beside_it(said, slots):
    read = understand(said, shipped_words(), today=TODAY).slots
    assert dict(read) == {"indicator": "8308", "unit": "สำนักงานเขตบางนา"} | slots


WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


@given(DAYS, st.integers(0, 6), st.sampled_from(["ฉบับวัน{}ที่แล้ว", "ของวัน{}ที่ผ่านมา", "หนังสือวัน{}ก่อน", "ลงวันที่วัน{}"]))
def test_a_letters_weekday_is_the_last_one_before_today(today, weekday, form):
    said = understand(f"กท 0401/15 {form.format(WEEKDAYS[weekday])}", shipped_words(), today=today).said
    day = date.fromisoformat(said["document_date"])
    assert day.weekday() == weekday
    assert timedelta(days=1) <= today - day <= timedelta(days=7)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("หนังสือของเมื่อวาน", "2025-06-10"),
        ("ฉบับเมื่อวานซืน", "2025-06-09"),
        ("หนังสือเมื่อ 3 วันก่อน", "2025-06-08"),
        ("ฉบับสองวันก่อน", "2025-06-09"),
        ("หนังสือวันจันทร์นี้", "2025-06-09"),
        ("ลงวันที่ 5/11", "2024-11-05"),
        ("letter dated yesterday", "2025-06-10"),
        ("หนังสือวันศุกร์นี้", None),
        ("หนังสือที่ส่งไปเมื่อวาน", None),
        ("ส่งไปวันศุกร์ที่แล้ว", None),
    ],
)
def test_the_day_of_a_letter_as_said_today(said, day):
    assert understand(said, shipped_words(), today=TODAY).said.get("document_date") == day
    assert "document_date" not in understand(said, shipped_words()).said


@given(DAYS)
def test_quarters_follow_each_other_and_the_fiscal_year_turns_in_october(day):
    after = day + timedelta(days=1)
    step = (fiscal_year(after) * 4 + fiscal_quarter(after)) - (fiscal_year(day) * 4 + fiscal_quarter(day))
    turns = after.day == 1 and after.month in (1, 4, 7, 10)
    assert step == (1 if turns else 0)
    assert (fiscal_year(after) != fiscal_year(day)) == (after.month == 10 and after.day == 1)
