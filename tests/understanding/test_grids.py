"""A pasted table reads back row by row, whatever its separators; what is no table is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.grids import (
    FIGURE_MISSING,
    FIGURE_UNREADABLE,
    LONGEST_ROW,
    MOST_LINES,
    UNIT_UNKNOWN,
    Grid,
    read_grid,
)
from tests.understanding.score import shipped_words

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
TODAY = date(2025, 6, 11)
DISTRICT = "สำนักงานเขต"
DISTRICTS = [unit.name.removeprefix(DISTRICT) for unit in shipped_words().units if unit.name.startswith(DISTRICT)]


def _read(*lines: str) -> Grid | None:
    return read_grid("\n".join(lines), shipped_words(), today=TODAY)


def _rows(grid: Grid | None) -> list[tuple[int, str | None, dict[str, int | float], str | None]]:
    assert grid is not None
    return [(row.line, row.unit and row.unit.removeprefix(DISTRICT), dict(row.slots), row.problem) for row in grid.rows]


def test_each_line_may_be_written_in_its_own_way():
    grid = _read(
        "รายงาน 8308 เดือน พ.ค. 68",
        "หน่วยงาน\tจำนวน",
        "ดินแดง 18",
        "เขตดุสิต\t๓๐",
        "",
        "สนข.บางรัก: 12/15",
        "4. พญาไท 20 จาก 22 ชุมชนค่ะ",
        "ห้วยขวาง - 1,204",
        "| วัฒนา | ร้อยละ 60 |",
        "รวม 90",
        "ขอบคุณค่ะ",
    )
    assert grid and (grid.indicator, grid.month) == ("8308", "2025-05")
    assert _rows(grid) == [
        (3, "ดินแดง", {"value": 18}, None),
        (4, "ดุสิต", {"value": 30}, None),
        (6, "บางรัก", {"numerator": 12, "denominator": 15}, None),
        (7, "พญาไท", {"numerator": 20, "denominator": 22}, None),
        (8, "ห้วยขวาง", {"value": 1204}, None),
        (9, "วัฒนา", {"percent": 60}, None),
    ]
    assert grid.rows[2].text == "สนข.บางรัก: 12/15"


def test_wrong_rows_stay_with_the_reason():
    grid = _read(
        "1. ดินแดง 18",
        "2. บางรัก -",
        "3. ดุสิต -5",
        "4. ดินแกง 7",
        "5. พญาไท 12",
        "6. ราชเทวี น่าจะ 3",
        "7. วัฒนา ยังไม่ส่ง",
        "8. สาทร 4",
        "9. ปทุมวัน 5",
        "10. บางนา 5",
        "11. บางซื่อ 02-245-5121",
        "12. จอมทอง 6",
    )
    assert [(line, problem) for line, _, _, problem in _rows(grid) if problem] == [
        (2, FIGURE_MISSING),
        (3, FIGURE_UNREADABLE),
        (4, UNIT_UNKNOWN),
        (6, FIGURE_UNREADABLE),
        (7, FIGURE_MISSING),
        (11, FIGURE_UNREADABLE),
    ]
    assert _rows(grid)[3] == (4, None, {"value": 7}, UNIT_UNKNOWN)


@pytest.mark.parametrize(
    ("heading", "indicator", "month"),
    [
        ("8308", "8308", None),
        ("รายงาน 8308", "8308", None),
        ("ส่งผลชุมชนเข้มแข็งค่ะ", "8308", None),
        ("รายงาน 8308 เดือน พ.ค. 68", "8308", "2025-05"),
        ("รายงาน 8308 ปีงบประมาณ 2568 เดือนพฤษภาคม 2568", "8308", "2025-05"),
        ("8308 เดือน เม.ย.", "8308", "2025-04"),
        ("ข้อมูล ณ วันที่ 31 พ.ค. 68", None, "2025-05"),
        ("สำนักพัฒนาสังคม รายงาน 8308 พ.ค. 68", "8308", "2025-05"),
        ("เขตดินแดง รายงานเดือน พ.ค. 68", None, "2025-05"),
        ("report 8308 May 2025", "8308", "2025-05"),
        ("สวัสดีค่ะ", None, None),
        ("หน่วยงาน | จำนวน", None, None),
        ("|---|---|", None, None),
        ("", None, None),
    ],
)
def test_what_stands_above_tells_of_the_whole(heading, indicator, month):
    grid = _read(heading, "ดินแดง 18", "บางรัก 14")
    assert grid and (grid.indicator, grid.month) == (indicator, month)
    assert _rows(grid) == [(2, "ดินแดง", {"value": 18}, None), (3, "บางรัก", {"value": 14}, None)]


def test_a_month_without_its_year_needs_the_day():
    grid = read_grid("8308 เดือน เม.ย.\nดินแดง 18\nบางรัก 14", shipped_words())
    assert grid and (grid.indicator, grid.month) == ("8308", None)


def test_the_indicator_may_stand_in_each_row_or_below():
    assert _rows(_read("รายงาน 8308 ดินแดง 18", "รายงาน 8308 บางรัก 14"))[0] == (1, "ดินแดง", {"value": 18}, None)
    below = _read("ดินแดง 18", "บางรัก 14", "8308 พ.ค. 68")
    assert below and (below.indicator, below.month, len(below.rows)) == ("8308", "2025-05", 2)


def test_a_misspelt_unit_behind_the_indicator_is_not_lost():
    assert _rows(_read("8308 ดินแกง 18", "8308 ดินแดง 5", "8308 บางรัก 4"))[0] == (1, None, {"value": 18}, UNIT_UNKNOWN)


def test_a_figure_that_is_like_a_code_is_a_figure():
    grid = _read("8308", "ดินแดง 1555", "บางรัก 14", "ดุสิต 3")
    assert grid and grid.indicator == "8308"
    assert _rows(grid)[0] == (2, "ดินแดง", {"value": 1555}, None)


def test_a_list_with_many_units_that_have_nothing_is_a_table_still():
    grid = _read("ดินแดง -", "บางรัก", "ดุสิต 4", "พญาไท -", "สาทร 5", "บางนา |")
    assert [problem for *_, problem in _rows(grid)] == [FIGURE_MISSING] * 2 + [
        None,
        FIGURE_MISSING,
        None,
        FIGURE_MISSING,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ดินแดง 18",
        "รายงาน 8308 เขตดินแดง 18 จาก 22 ชุมชน",
        "รายงาน 8308\nดินแดง 18",
        "ดินแดง\nบางรัก",
        "สำนักงานเขตดินแดง\n99 ถนนมิตรไมตรี\nแขวงดินแดง เขตดินแดง 10400\nโทร 02-245-5121",
        "เขตดินแดง ไฟดับ 3 วันแล้วไม่มีใครมาดู\nเขตบางรัก น้ำท่วม 2 วัน\nช่วยด้วย",
        "กท 5301/77\nกท 1902/1335\nกท 7403/1002",
        "1. กท 5301/77 เขตดินแดง\n2. กท 1902/1335 เขตบางรัก",
        "เขตดินแดง 5301/77\nเขตดุสิต 1902/1335",
        "ดินแดง 02-245-5121\nบางรัก 02-236-1395",
        "สอบถามค่ะ\nหนังสือเขตดินแดง 2 ฉบับ\nหนังสือเขตบางรัก 3 ฉบับ\nถึงไหนแล้ว",
        "รายงาน 8308\nดินแดง 18\nกันเงิน\nบางรัก 20",
        "8308 พ.ค. 68\nดินแดง 18\nบางรัก 20\nเดือน มิ.ย. 68",
        "ดินแดง 18\nบางรัก 14\n" + "ขอเล่าเรื่อง 1 เรื่อง\n" * 3,
    ],
)
def test_what_is_no_table(text):
    assert read_grid(text, shipped_words(), today=TODAY) is None


def test_a_text_longer_than_any_table_is_none():
    row = "ดินแดง 18\n"
    assert read_grid(row * MOST_LINES, shipped_words()) is not None
    assert read_grid(row * (MOST_LINES + 1), shipped_words()) is None
    grid = _read("ดินแดง 18", "บางรัก 14", "ดุสิต 18 " + "ก" * LONGEST_ROW)
    assert _rows(grid)[2][1:] == (None, {}, UNIT_UNKNOWN)


UNITS = st.sampled_from(DISTRICTS)
NAMES = st.sampled_from(["{}", "เขต{}", "สนข.{}", "สำนักงานเขต{}", "เขต {}"])
BETWEEN = st.sampled_from([" ", "\t", ": ", ":", " - ", " | ", ", ", " = ", "   "])
BEFORE = st.sampled_from(["", "- ", "• ", "| ", "{number}. ", "{number}) ", "{number}\t"])
BEHIND = st.sampled_from(["", " ", " ค่ะ", " |", " ชุมชน", " ชุมชนครับ"])
ENDS = st.sampled_from(["\n", "\r\n", "\n\n"])


@st.composite
def cells(draw) -> tuple[str, dict[str, int]]:
    part, whole = draw(st.integers(0, 99_999)), draw(st.integers(1, 99_999))
    if draw(st.booleans()):
        return draw(st.sampled_from(["{}", "{:,}"])).format(part), {"value": part}
    part = min(part, whole)
    form = draw(st.sampled_from(["{}/{}", "{} จาก {}", "{}จาก{}"]))
    return form.format(part, whole), {"numerator": part, "denominator": whole}


@settings(max_examples=150)
@given(st.data(), st.lists(UNITS, min_size=2, max_size=12), st.booleans(), ENDS)
def test_rows_read_back_the_same_in_every_spelling(data, units, thai, end):
    lines, wanted = [], []
    for number, unit in enumerate(units, 1):
        figure, slots = data.draw(cells())
        before = data.draw(BEFORE).format(number=number)
        line = before + data.draw(NAMES).format(unit) + data.draw(BETWEEN) + figure + data.draw(BEHIND)
        lines.append(line.translate(THAI_DIGITS) if thai else line)
        wanted.append((unit, slots, None))
    grid = read_grid(end.join(["รายงาน 8308 เดือน พ.ค. 68", *lines]), shipped_words())
    assert grid and (grid.indicator, grid.month) == ("8308", "2025-05")
    assert [row[1:] for row in _rows(grid)] == wanted, lines


PIECES = st.sampled_from(
    [
        "ดินแดง",
        "เขตบางรัก",
        "8308",
        "18",
        "-",
        " ",
        "\t",
        "|",
        "/",
        "จาก",
        "22",
        "พ.ค.",
        "68",
        "%",
        "๑",
        "ค่ะ",
        "รวม",
        "ขอ",
    ]
)


@settings(max_examples=300)
@given(st.lists(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=6).map("".join), max_size=8).map("\n".join))
def test_any_text_is_a_table_or_none(text):
    grid = read_grid(text, shipped_words(), today=TODAY)
    assert read_grid(text, shipped_words(), today=TODAY) == grid
    if grid is None:
        return
    good = [row for row in grid.rows if row.problem is None]
    assert len(good) >= 2
    assert all(row.unit and row.slots for row in good)
    assert all(row.text.strip() for row in grid.rows)
    assert [row.line for row in grid.rows] == sorted({row.line for row in grid.rows})
