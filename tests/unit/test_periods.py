"""Periods that people name, as days."""

from __future__ import annotations

import doctest
import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import periods
from models.periods import PeriodKind, read_period

FRIDAY = date(2026, 11, 20)


def test_the_examples_hold():
    assert doctest.testmod(periods).failed == 0


@pytest.mark.parametrize(
    ("name", "first", "last", "is_current"),
    [
        ("day", "2026-11-20", "2026-11-20", True),
        ("week", "2026-11-16", "2026-11-22", True),
        ("month", "2026-11-01", "2026-11-30", True),
        ("", "2026-11-01", "2026-11-30", True),
        ("quarter", "2026-10-01", "2026-12-31", True),
        ("year", "2026-10-01", "2027-09-30", True),
        ("2026-10", "2026-10-01", "2026-10-31", False),
        ("2024-02", "2024-02-01", "2024-02-29", False),
        ("FY2568", "2024-10-01", "2025-09-30", False),
        ("FY2570", "2026-10-01", "2027-09-30", True),
        ("FY2568-Q1", "2024-10-01", "2024-12-31", False),
        ("FY2568-Q4", "2025-07-01", "2025-09-30", False),
        ("2026-13", "2026-11-01", "2026-11-30", True),
        ("FY9999999", "2026-11-01", "2026-11-30", True),
    ],
)
def test_a_name_is_days(name, first, last, is_current):
    period = read_period(name, FRIDAY)
    assert (period.first.isoformat(), period.last.isoformat(), period.is_current) == (first, last, is_current)


@given(st.dates(date(2001, 1, 1), date(2199, 12, 31)))
def test_today_lies_in_every_running_period_and_quarters_make_the_year(today):
    for kind in PeriodKind:
        period = read_period(kind.value, today)
        assert period.first <= today <= period.last
        assert period.is_current
    year = read_period("year", today)
    quarters = [read_period(f"FY{year.fiscal_year}-Q{number}", today) for number in range(1, 5)]
    assert [quarter.quarter for quarter in quarters] == [1, 2, 3, 4]
    assert (quarters[0].first, quarters[-1].last) == (year.first, year.last)
    for before, after in itertools.pairwise(quarters):
        assert before.last + timedelta(days=1) == after.first
