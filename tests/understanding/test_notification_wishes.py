"""What is to be changed of what a person is told without asking, in each way that it is said."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.notification_wishes import (
    KINDS,
    NIGHT,
    NOON_BREAK,
    OUTSIDE_OFFICE_HOURS,
    AsUsual,
    NotQuiet,
    NoWeekends,
    Pause,
    Quiet,
    Resume,
    SummaryHour,
    SwitchSummaries,
    read_wishes,
)

FRIDAY = date(2026, 11, 20)
ALL = frozenset(KINDS)


def off(*kinds):
    return SwitchSummaries(frozenset(kinds), wanted=False)


def on(*kinds):
    return SwitchSummaries(frozenset(kinds), wanted=True)


ALL_OFF = SwitchSummaries(ALL, wanted=False, of_everything=True)
ALL_ON = SwitchSummaries(ALL, wanted=True, of_everything=True)


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("ปิดสรุปรายวัน", [off("day")]),
        ("เปิดสรุปรายสัปดาห์ครับ", [on("week")]),
        ("ไม่ต้องส่งสรุปรายวันแล้ว", [off("day")]),
        ("ขอยกเลิกรับสรุปประจำเดือน", [off("month")]),
        ("ปิดสรุปรายวันกับรายสัปดาห์", [off("day", "week")]),
        ("ปิดรายวัน เปิดรายสัปดาห์", [off("day"), on("week")]),
        ("ปิดสรุปรายวัน แต่เปิดสรุปรายเดือน", [off("day"), on("month")]),
        ("รายวันไม่ต้องส่ง รายเดือนส่งได้", [off("day"), on("month")]),
        ("เอาแค่สรุปรายสัปดาห์", [off("day", "month", "quarter", "year"), on("week")]),
        ("ปิดสรุปทั้งหมด", [ALL_OFF]),
        ("ปิดแจ้งเตือนทั้งหมด", [ALL_OFF]),
        ("เปิดแจ้งเตือน", [Resume(), ALL_ON]),
        ("daily summary off", [off("day")]),
        ("turn off the weekly summary", [off("week")]),
        ("daily off, weekly on", [off("day"), on("week")]),
        ("daily off weekly on", [off("day"), on("week")]),
        ("ส่งสรุปเวลา 9 โมง", [SummaryHour(time(9))]),
        ("ส่งสรุปตอน ๐๙.๓๐ น.", [SummaryHour(time(9, 30))]),
        ("อยากได้สรุปรายวันตอน 8 โมงครึ่ง", [on("day"), SummaryHour(time(8, 30))]),
        ("change summary time to 7:45", [SummaryHour(time(7, 45))]),
        ("ห้ามรบกวน 20.00-07.00", [Quiet(time(20), time(7))]),
        ("ห้ามรบกวนตั้งแต่ 2 ทุ่มครึ่งถึง 6 โมง", [Quiet(time(20, 30), time(6))]),
        ("do not disturb from 8 pm to 7 am", [Quiet(time(20), time(7))]),
        ("ไม่อยากให้เตือนตอนกลางคืน", [Quiet(*NIGHT)]),
        ("no notifications at night", [Quiet(*NIGHT)]),
        ("แจ้งเตือนเฉพาะเวลาทำงาน", [Quiet(*OUTSIDE_OFFICE_HOURS)]),
        ("ไม่ต้องเด้งแจ้งเตือนช่วงพักเที่ยงได้ไหม", [Quiet(*NOON_BREAK)]),
        ("อย่าส่งแจ้งเตือนหลังหกโมงเย็น", [Quiet(time(18), NIGHT[1])]),
        ("อย่าส่งแจ้งเตือนก่อน 8 โมง", [Quiet(NIGHT[0], time(8))]),
        ("ยกเลิกห้ามรบกวน", [NotQuiet()]),
        ("no quiet hours", [NotQuiet()]),
        ("เสาร์อาทิตย์อย่าเตือน", [NoWeekends()]),
        ("ยกเลิกพักการแจ้งเตือน", [Resume()]),
        ("กลับมาทำงานแล้ว", [Resume()]),
        ("resume notifications", [Resume()]),
        ("เปิดแจ้งเตือนกลับมาเหมือนเดิม", [AsUsual()]),
        ("notifications back to normal", [AsUsual()]),
    ],
)
def test_a_wish_is_read(words, wishes):
    assert list(read_wishes(words, FRIDAY)) == wishes


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("หยุดแจ้งเตือนถึง 15 ธ.ค.", date(2026, 12, 16)),
        ("หยุดแจ้งเตือนถึง 15/12", date(2026, 12, 16)),
        ("หยุดแจ้งเตือนถึง 15 ธันวาคม 2569", date(2026, 12, 16)),
        ("หยุดแจ้งเตือนถึง 3 ม.ค.", date(2027, 1, 4)),
        ("pause until 15 Dec", date(2026, 12, 15)),
        ("pause until December 15", date(2026, 12, 15)),
        ("pause through 15 Dec", date(2026, 12, 16)),
        ("พักการแจ้งเตือน 1 สัปดาห์", date(2026, 11, 27)),
        ("งดแจ้งเตือนสามวัน", date(2026, 11, 23)),
        ("หยุดแจ้งเตือนครึ่งเดือน", date(2026, 12, 5)),
        ("pause notifications for 2 weeks", date(2026, 12, 4)),
        ("ผมลาพักร้อนถึงศุกร์", date(2026, 11, 28)),
        ("I'm on leave until Friday", date(2026, 11, 27)),
        ("mute until Monday", date(2026, 11, 23)),
        ("พักแจ้งเตือนถึงวันที่ 15", date(2026, 12, 16)),
        ("พักแจ้งเตือนถึงสิ้นเดือน", date(2026, 12, 1)),
        ("ลาพักร้อน กลับมาทำงาน 1 ธ.ค.", date(2026, 12, 1)),
        ("หยุดแจ้งเตือนถึง 1 พ.ย.", date(2026, 11, 2)),  # just passed: refused, rather than taken for next year's
    ],
)
def test_until_when_a_pause_lasts_is_read(words, until):
    assert read_wishes(words, FRIDAY) == (Pause(until),)


@pytest.mark.parametrize(
    "words",
    [
        "ตั้งค่าการแจ้งเตือน",
        "ปิดแจ้งเตือนทั้งหมดยังไงคะ",
        "ปิดแจ้งเตือนตรงไหน",
        "how do I turn off notifications",
        "อย่าปิดแจ้งเตือน",
        "don't pause notifications",
        "ไม่ได้รับแจ้งเตือนเลย",
        "ทำไมไม่แจ้งเตือน",
        "ลาพักร้อน 1-5 ธ.ค.",
        "หยุดแจ้งเตือนถึง 31 ก.พ.",
        "ขอรับแจ้งเตือนวันละครั้งพอครับ ตั้งให้หน่อย",
        "ห้ามรบกวน 25.00-07.00",
        "ปิดเสียงแจ้งเตือน",
        "",
    ],
)
def test_what_is_asked_or_not_sure_is_no_wish(words):
    assert read_wishes(words, FRIDAY) == ()


@given(st.text(max_size=80), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_any_text_is_read_without_failing(words, today):
    read_wishes(words, today)
    read_wishes(f"พักแจ้งเตือนถึง {words}", today)


@given(st.times(), st.times(), st.sampled_from(["ห้ามรบกวน {}-{}", "ห้ามรบกวน {} ถึง {} น.", "quiet hours {} to {}"]))
def test_every_span_of_hours_is_read_as_written(begins, ends, words):
    begins, ends = begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0)
    wishes = read_wishes(words.format(f"{begins:%H.%M}", f"{ends:%H.%M}"), FRIDAY)
    assert wishes == (() if begins == ends else (Quiet(begins, ends),))


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 300))
def test_every_day_to_come_is_read_with_its_year_and_without(today, ahead):
    day = date.fromordinal(today.toordinal() + ahead)
    after = date.fromordinal(day.toordinal() + 1)
    month = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
    said = f"พักแจ้งเตือนถึง {day.day} {month[day.month - 1]}"
    assert read_wishes(f"{said} {day.year + 543}", today) == (Pause(after),)
    assert read_wishes(said, today) == (Pause(after),)
