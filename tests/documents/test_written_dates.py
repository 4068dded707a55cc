"""Dates as offices write them: Buddhist years, Thai months, spreadsheet dates; nothing that reads two ways."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.written_dates import parse_written_moment, read_real_date

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BANGKOK = timezone(timedelta(hours=7))
SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
FULL = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
FULL_NAMES = FULL.split()
WAYS = [
    lambda on: on.isoformat(),
    lambda on: f"{on.day}/{on.month}/{on.year + 543}",
    lambda on: f"{on.day:02}-{on.month:02}-{on.year}",
    lambda on: f"{on.day}.{on.month}.{(on.year + 543) % 100:02}",
    lambda on: f"{on.day} {SHORT[on.month - 1]} {on.year + 543}",
    lambda on: f"{on.day}{SHORT[on.month - 1]}{(on.year + 543) % 100:02}",
    lambda on: f"วันที่ {on.day} {FULL_NAMES[on.month - 1]} พ.ศ. {on.year + 543}",
]


@given(st.dates(date(2010, 1, 1), date(2027, 6, 1)), st.sampled_from(WAYS), st.booleans())
def test_every_way_of_writing_is_the_same_day(on, way, in_thai_digits):
    text = way(on)
    if in_thai_digits:
        text = text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert parse_written_moment(text, NOW) == on


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_without_an_error(text):
    parse_written_moment(text, NOW)


@pytest.mark.parametrize(
    "text",
    ["30/10/2568 09:30", "30 ต.ค. 2568 เวลา 09.30 น.", "2025-10-30T09:30:00+07:00", "2025-10-30T02:30Z"],
)
def test_hours_are_bangkok_time_unless_told(text):
    assert parse_written_moment(text, NOW) == datetime(2025, 10, 30, 9, 30, tzinfo=BANGKOK)


@pytest.mark.parametrize("text", ["30/10/25", "30/13/2568", "29/2/2568", "3010", "30/10/2568 25:00", "พรุ่งนี้", "1/2/456"])
def test_what_reads_two_ways_or_is_no_day_is_not_read(text):
    assert parse_written_moment(text, NOW) is None


def test_spreadsheet_dates_may_carry_buddhist_years():
    assert read_real_date(date(2568, 10, 30)) == date(2025, 10, 30)
    assert read_real_date(datetime.fromisoformat("2025-10-30 09:30")) == datetime(2025, 10, 30, 9, 30, tzinfo=BANGKOK)
    assert read_real_date(date(2568, 2, 29)) is None
