"""Tables of figures: which rows are taken, and why the others are not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from models.errors import Invalid
from models.indicator_terms import Figure
from models.report_grids import MOST_ROWS, SaidRow, check_rows, is_grid, read_table
from models.reporting import Line

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
UNITS = {"ดินแดง": 1, "ดุสิต": 2}
HEADER = ["หน่วยงาน", "จำนวน", "ทั้งหมด", "เดือน", "ตัวชี้วัด"]


def check(line: Line) -> Figure:
    """A ratio of at most 22."""
    if line.numerator is not None and line.numerator > 22:
        raise Invalid("report_more_than_denominator", numerator=line.numerator, denominator=22)
    return Figure(line.unit, line.month or date(2026, 11, 1), numerator=line.numerator)


def checked(*rows: SaidRow):
    return check_rows(rows, UNITS.get, check)


def reasons(grid):
    return [bad.refused.reason_code for bad in grid.rejected]


def row(unit: str, numerator: str = "1", **said: str) -> SaidRow:
    return SaidRow(f"{unit} {numerator}", unit, {"numerator": numerator, **said})


def numbered(rows):
    """As a file has them, below its header."""
    return list(enumerate(rows, start=2))


def test_good_rows_are_taken_though_others_are_bad():
    grid = checked(row("ดินแดง", "18"), row("เมืองอื่น"), row("ดุสิต", "99"), row("ดุสิต", "20"))
    assert [(line.unit, line.numerator) for line in grid.lines] == [(1, 18), (2, 20)]
    assert reasons(grid) == ["grid_unit_unknown", "report_more_than_denominator"]
    assert [bad.text for bad in grid.rejected] == ["เมืองอื่น 1", "ดุสิต 99"]


def test_a_second_row_of_a_unit_is_not_taken_but_one_of_another_month_is():
    grid = checked(row("ดินแดง"), row("ดินแดง", "2"), row("ดินแดง", "3", month="2026-10-01"))
    assert [line.numerator for line in grid.lines] == [1, 3]
    assert reasons(grid) == ["grid_row_twice"]


def test_a_file_is_read_by_its_headers():
    rows = [["ดินแดง", "1,8", "22", "พ.ย. 2569", "8308"], [None] * 5, ["ดุสิต", "๒๐", None, "10/2569", "8308"]]
    grid = read_table(HEADER, numbered(rows), NOW)
    assert [each.number for each in grid.rows] == [2, 4]
    assert grid.indicator == "8308"
    assert [each.said for each in grid.rows] == [
        {"numerator": "18", "denominator": "22", "month": "2026-11-01"},
        {"numerator": "20", "month": "2026-10-01"},
    ]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["ดินแดง", "สิบแปด"], "grid_figure_unreadable"),
        (["ดินแดง", None], "grid_figure_missing"),
        (["ดินแดง", "18", None, "เดือนหน้า"], "grid_month_unreadable"),
        (["ดินแดง", "NaN"], "grid_figure_unreadable"),
        (["ดินแดง", "18", "22", "พ.ย. 2569", "8308", "054"], "grid_figure_unreadable"),
    ],
)
def test_what_cannot_be_read_stays_with_its_reason(cells, problem):
    grid = read_table(HEADER, numbered([cells]), NOW)
    assert [each.problem for each in grid.rows] == [problem]
    assert reasons(check_rows(grid.rows, UNITS.get, check)) == [problem]


def test_a_file_of_two_indicators_or_without_end_is_refused():
    with pytest.raises(Invalid, match="grid_of_several_indicators"):
        read_table(HEADER, numbered([["ดินแดง", "1", "2", None, "8308"], ["ดุสิต", "1", "2", None, "8309"]]), NOW)
    with pytest.raises(Invalid, match="grid_too_long"):
        read_table(HEADER, numbered([["ดินแดง", "1"]] * (MOST_ROWS + 1)), NOW)


def test_a_header_without_figures_is_no_grid():
    assert is_grid(HEADER) and not is_grid(["หน่วยงาน", "ผู้ติดต่อ"]) and not is_grid(["เลขที่", "จำนวน"])


def test_a_step_is_whole():
    said = [read_table(["เขต", "ขั้นที่"], numbered([["ดินแดง", step]]), NOW).rows[0] for step in ("3", "3.5")]
    assert (said[0].said, said[1].problem) == ({"step": "3"}, "grid_figure_unreadable")
    assert Decimal(said[0].said["step"]) == 3
