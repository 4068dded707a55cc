"""Until when a shift lasts, in each way that people say an hour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.hours import find_until


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("เข้าเวรถึง 12.00", "12:00"),
        ("เข้าเวรถึง 16:30 น.", "16:30"),
        ("เข้าเวรถึงเที่ยง", "12:00"),
        ("เข้าเวรถึงบ่ายโมง", "13:00"),
        ("เข้าเวรจนถึงบ่ายสาม", "15:00"),
        ("เข้าเวรถึง 4 โมงเย็น", "16:00"),
        ("เข้าเวรถึงสองทุ่ม", "20:00"),
        ("เข้าเวรถึง 12", "12:00"),
        ("เข้าเวรถึงสิบโมง", "10:00"),
        ("on duty until 16:30", "16:30"),
        ("เข้าเวร", None),
        ("เข้าเวรถึง 25.00", None),
        ("เข้าเวรถึง 12.75", None),
        ("เข้าเวรถึงสองร้อยทุ่ม", None),
        ("เข้าเวร 08.30-16.30", "16:30"),
        ("เข้าเวร 8-16 น.", "16:00"),
        ("เข้าเวร 1-2", None),
        ("เข้าเวรถึง 4 โมง", "16:00"),
        ("เข้าเวรถึงสี่โมงครึ่ง", "16:30"),
        ("เข้าเวรถึงเที่ยงครึ่ง", "12:30"),
        ("on duty until 4:30 pm", "16:30"),
        ("เข้าเวรถึง 5 พ.ย.", None),
    ],
)
def test_the_end_of_a_shift_is_read(words, hour):
    assert find_until(words) == hour


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from([".", ":"]),
    st.sampled_from(["ถึง ", "ถึง", "08.30-", "8.30 - ", "until "]),
)
def test_an_hour_of_the_clock_reads_back_the_same(hour, minutes, mark, word):
    assert find_until(f"เข้าเวร {word}{hour}{mark}{minutes:02} น.") == f"{hour:02}:{minutes:02}"
