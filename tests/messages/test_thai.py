from __future__ import annotations

import doctest
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages import language, thai
from messages.language import Language, speaking

NOW = datetime(2026, 11, 21, 3, 30, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2400, 12, 31))
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2400, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware


def test_examples_in_the_docstrings():
    assert doctest.testmod(thai).failed == 0
    assert doctest.testmod(language).failed == 0


@given(st.text(st.sampled_from("0123456789 กท/ว.")))
def test_digits_survive_the_way_to_thai_and_back(text):
    assert thai.arabic_digits(thai.thai_digits(text)) == text
    assert not re.search("[0-9]", thai.thai_digits(text))


def test_digits_leave_the_rest_alone():
    assert thai.arabic_digits("ที่ กท ๐๔๐๑/ว ๒๒๓") == "ที่ กท 0401/ว 223"
    assert thai.thai_digits("พ.ศ. 2569") == "พ.ศ. ๒๕๖๙"


@given(DAYS)
def test_dates_can_be_read_back(day):
    for written, months in ((thai.short_date(day), thai.SHORT_MONTHS), (thai.long_date(day), thai.LONG_MONTHS)):
        number, month, year = written.split(" ")
        assert date(int(year) - 543, months.index(month) + 1, int(number)) == day
    assert thai.short_date(day).startswith(thai.day_and_month(day))
    assert thai.full_date(day).endswith(thai.long_date(day))


@given(MOMENTS)
def test_instants_are_told_in_bangkok(at):
    day, month, year, clock, _ = thai.short_moment(at).split(" ")
    local = at + timedelta(hours=7)
    assert (int(day), thai.SHORT_MONTHS.index(month) + 1, int(year) - 543) == (local.day, local.month, local.year)
    assert clock == f"{local.hour:02}.{local.minute:02}"


def test_the_day_changes_at_midnight_in_bangkok():
    before, after = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert thai.short_moment(before) == "31 ธ.ค. 2569 23.59 น."
    assert thai.short_moment(after) == "1 ม.ค. 2570 00.00 น."


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW, "วันนี้ 10.30 น."),
        (NOW - timedelta(hours=10, minutes=30), "วันนี้ 00.00 น."),
        (NOW - timedelta(hours=10, minutes=31), "เมื่อวาน 23.59 น."),
        (NOW + timedelta(hours=13, minutes=30), "พรุ่งนี้ 00.00 น."),
        (NOW - timedelta(days=2), "19 พ.ย. 2569 10.30 น."),
        (NOW + timedelta(days=2), "23 พ.ย. 2569 10.30 น."),
    ],
)
def test_near_days_have_words(at, said):
    assert thai.moment(at, NOW) == said


def test_an_instant_without_a_zone_is_refused():
    for tell in (thai.clock_time, thai.short_date, thai.short_moment):
        with pytest.raises(ValueError, match="time zone"):
            tell(datetime(2026, 11, 21, 10, 30))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "ไม่ถึง 1 นาที"),
        (1, "1 นาที"),
        (59, "59 นาที"),
        (60, "1 ชั่วโมง"),
        (61, "1 ชั่วโมง 1 นาที"),
        (24 * 60, "1 วัน"),
        (24 * 60 + 1, "1 วัน"),  # the smaller of two named units is hours
        (25 * 60 + 59, "1 วัน 1 ชั่วโมง"),
    ],
)
def test_durations_name_two_units_at_most(minutes, said):
    assert thai.duration(minutes) == said


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0"),
        ("100", "100"),
        ("87.50", "87.5"),
        ("66.665", "66.67"),  # half goes up
        ("66.6649", "66.66"),
        ("0.005", "0.01"),
        ("-0.004", "0"),
        ("1234567.891", "1,234,567.89"),
        ("1E+3", "1,000"),
    ],
)
def test_figures_have_two_decimals_at_most(value, written):
    assert thai.decimal_text(Decimal(value)) == written
    assert thai.percent_text(Decimal(value)) == f"{written} %"


@given(st.decimals(0, 10**9, places=3))
def test_figures_are_near_what_they_say(value):
    assert abs(Decimal(thai.decimal_text(value).replace(",", "")) - value) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["ก"], "ก"), (["ก", "ข"], "ก และข"), (["ก", "ข", "ค"], "ก ข และค")]
)
def test_lists_are_joined_as_in_a_sentence(items, said):
    assert thai.join_words(items) == said


@given(st.text())
def test_one_line_is_one_line(text):
    assert len(thai.one_line(text).splitlines()) <= 1


FRIDAY = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "in_english"),
    [
        (lambda: thai.short_date(NOW), "21 Nov 2026"),
        (lambda: thai.full_date(NOW), "Saturday 21 November 2026"),
        (lambda: thai.short_moment(FRIDAY), "20 Nov 2026, 09:15"),
        (lambda: thai.moment(FRIDAY, NOW), "yesterday 09:15"),
        (lambda: thai.within(NOW, NOW), "by 10:30"),
        (lambda: thai.within(FRIDAY, NOW), "by Friday 20 Nov, 09:15"),
        (lambda: thai.when(NOW, NOW), "at 10:30"),
        (lambda: thai.when(FRIDAY, NOW), "on Friday 20 Nov, 09:15"),
        (lambda: thai.duration(65), "1 hour 5 minutes"),
        (lambda: thai.duration(0), "less than a minute"),
        (lambda: thai.percent_text(Decimal("87.5")), "87.5%"),
        (lambda: thai.join_words(["a", "b", "c"]), "a, b and c"),
    ],
)
def test_english_readers_get_christian_years_and_their_own_words(said, in_english):
    with speaking(Language.ENGLISH):
        assert said() == in_english
