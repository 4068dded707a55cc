"""Charts: what they say, what they draw, and that it can be told without colours."""

from __future__ import annotations

import doctest
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from messages.charts import frame, svg
from messages.charts.drawing import draw_chart
from messages.charts.frame import LOOKS, as_of_text, nice_top
from messages.charts.picture import to_png
from messages.charts.svg import Weight, width_of
from messages.language import Language, speaking
from messages.parts import PAPER
from models import chart_data
from models.chart_data import TargetsData, TimesData, aimed, worst_first
from models.indicator_terms import Direction, PlanState, Result, Target, TargetIn
from models.shares import Share, Spread
from tests.charts.makers import (
    AS_OF,
    definition,
    percent_line,
    share,
    targets,
    times,
    trend,
    units,
)
from tests.messages.test_parts import contrast

SVG = "{http://www.w3.org/2000/svg}"
PLAN = [5, 10, 20, 30, 35, 40, 50, 60, 65, 70, 75, 80]
MANY = [12.5, None, 60, 79.99, 80, 100, 55.25, 30, 61, 90] * 5

ALL_KINDS = {
    "units": units(MANY),
    "few units": units([50, None, 90]),
    "one unit": units([70]),
    "no unit reported": units([None] * 50),
    "no units": units([]),
    "trend": trend([3.2, 8, None, 31], over=6, plan=PLAN),
    "no trend": trend([], over=2),
    "times": times(slow=3, without=2),
    "no times": TimesData(times(2, slow=None).weeks[:0], AS_OF),
    "targets": targets(),
    "no targets": TargetsData(2570, "", (), AS_OF),
}


def drawn(data):
    return draw_chart(data, acknowledge_minutes=15, answer_minutes=30)


def pieces(chart, tag):
    return list(ElementTree.fromstring(chart.svg).iter(f"{SVG}{tag}"))


def words(chart):
    return [piece.text or "" for piece in pieces(chart, "text")]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_chart_is_well_formed_dated_and_says_what_it_finds(kind, language):
    with speaking(language):
        chart = drawn(ALL_KINDS[kind])
        assert as_of_text(AS_OF) in words(chart)
        assert chart.alt_text.startswith(chart.title) and as_of_text(AS_OF) in chart.alt_text
    root = ElementTree.fromstring(chart.svg)
    assert (root.get("viewBox"), root.get("font-family")) == ("0 0 1040 780", "Sarabun")
    assert root.get("aria-label", "").startswith(chart.title)
    assert "style" not in chart.svg


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_no_words_leave_the_picture_and_none_are_too_small_for_a_phone(kind):
    """28 units of 1040 are 8 pixels on a phone that shows it 300 pixels wide."""
    for piece in pieces(drawn(ALL_KINDS[kind]), "text"):
        size = float(piece.get("font-size"))
        wide = width_of(piece.text or "", size, Weight(piece.get("font-weight", "400")))
        x = float(piece.get("x"))
        start = x - wide * {"start": 0, "middle": 0.5, "end": 1}[piece.get("text-anchor", "start")]
        assert start >= 0 and start + wide <= 1040.5, piece.text
        assert size >= 27
        assert 20 <= float(piece.get("y")) <= 770


@pytest.mark.parametrize("kind", ["units", "trend", "times", "targets"])
def test_a_picture_has_the_size_that_line_is_told(kind):
    with Image.open(BytesIO(to_png(drawn(ALL_KINDS[kind]).svg, 1040))) as image:
        assert (image.format, image.size) == ("PNG", (1040, 780))


def test_a_long_name_leaves_room_for_the_year():
    long = replace(units([50]), short="ระดับความสำเร็จของการพัฒนา" * 5)
    (title,) = (said for said in words(drawn(long)) if said.startswith("8308"))
    assert title.endswith("… · ปีงบ 2570")


@pytest.mark.parametrize("module", [chart_data, frame, svg])
def test_the_examples_of_the_documentation_are_true(module):
    assert doctest.testmod(module).failed == 0


def test_the_date_of_the_figures_has_a_buddhist_year():
    assert as_of_text(AS_OF) == "ข้อมูล ณ 22 พ.ย. 69 08.30 น."


# --- without colours ------------------------------------------------------------------------------------------------


def test_inks_stand_out_from_paper():
    assert [look for look in LOOKS.values() if contrast(look.ink, PAPER) < 4.5] == []


def test_states_differ_in_shape_and_only_what_reached_its_target_is_full():
    of_a_year_that_runs = [state for state in LOOKS if state is not PlanState.MISSED]  # of one that is over
    assert len({LOOKS[state].shape for state in of_a_year_that_runs}) == len(of_a_year_that_runs)
    hatched = {state for state, look in LOOKS.items() if look.fill.startswith("url(")}
    assert hatched == {PlanState.ON_PLAN, PlanState.UNPLANNED, PlanState.BEHIND, PlanState.MISSED}


def test_full_and_hatched_bars_differ_in_grey():
    def average(percent):
        chart = drawn(units([percent], plan=None))
        (bar,) = [one for one in pieces(chart, "rect") if one.get("stroke") and one.get("height") == "30"]
        place = [float(bar.get(name)) for name in ("x", "y", "width", "height")]
        grey = Image.open(BytesIO(to_png(chart.svg, 1040))).convert("L")
        inside = grey.crop((place[0] + 3, place[1] + 3, place[0] + place[2] - 3, place[1] + place[3] - 3))
        return sum(shade * count for count, shade in inside.getcolors(256)) / (inside.width * inside.height)

    assert abs(average(70) - average(80)) > 40


# --- units ----------------------------------------------------------------------------------------------------------


def test_the_worst_units_are_named_and_all_are_counted():
    chart = drawn(units(MANY))
    said = words(chart)
    assert "ถึงเป้า 15 จาก 50 หน่วยงาน · 8 อันดับท้าย" in said
    assert "ป้อมปราบศัตรูพ่าย" in said and "12.5 %" in said
    assert {"ถึงเป้า 15", "ตามแผน 15", "ช้ากว่าแผน 15", "ยังไม่รายงาน 5"} <= set(said)
    assert "ท้ายสุด ป้อมปราบศัตรูพ่าย 12.5 %" in chart.alt_text
    assert "ยังไม่รายงาน 5" in chart.alt_text


def test_what_was_not_reported_is_neither_zero_nor_worst():
    some = units([0, None, 90])
    assert [one.held for one in some.units] == [Decimal(0), Decimal(90), None]
    said = words(drawn(some))
    assert said.count("ยังไม่รายงาน") == 1 and "0 %" in said


def test_a_share_with_a_target_of_its_own_is_drawn_in_percent():
    """20 of 22 communities."""
    one = aimed("ดินแดง", definition(), share(18, 22), PlanState.UNPLANNED, own_target=Decimal(20))
    assert (round(one.held, 2), round(one.target, 2)) == (Decimal("81.82"), Decimal("90.91"))


def test_where_less_is_better_the_highest_is_worst():
    few = definition(Target(Decimal(5), direction=Direction.LOWER))
    lines = worst_first([percent_line(str(value), value, few) for value in (4, 12, 0, 7)])
    assert [one.name for one in lines] == ["12", "7", "4", "0"]
    assert lines[-1].progress > 1
    assert lines[0].progress < lines[1].progress < 1 <= lines[2].progress


def test_markup_in_a_units_name_is_a_name():
    named = units([50], names=["<script>alert(1)</script>"])
    chart = drawn(named)
    assert "<script" not in chart.svg
    assert any(said.startswith("<script>") for said in words(chart))


# --- trend ----------------------------------------------------------------------------------------------------------


def test_months_without_a_report_are_gaps():
    chart = drawn(trend([10, 20, None, 40, 50], over=5))
    results = [one for one in pieces(chart, "polyline") if one.get("stroke-width") == "7"]
    assert len(results) == 2  # October to November and January to February, and nothing across December
    assert "ยังไม่รายงาน" in words(chart) and "ยังไม่รายงาน 1 งวด" in chart.alt_text


def test_months_to_come_are_not_called_missing():
    chart = drawn(trend([10, 20], over=2))
    assert "ยังไม่รายงาน" not in words(chart)
    assert "ต.ค. 2569 10 % → พ.ย. 2569 20 %" in chart.alt_text


def test_a_target_in_another_measure_has_no_line():
    level = replace(trend([20, 40], over=2), definition=definition(Target(Decimal(5), TargetIn.LEVEL)))
    assert level.target is None
    assert replace(level, definition=definition()).target == 80


# --- times ----------------------------------------------------------------------------------------------------------


def test_weeks_that_kept_the_promise_have_no_figures_and_those_beyond_it_do():
    said = words(drawn(times(slow=3)))
    assert "150" in said and "25" not in said
    assert "สัปดาห์ล่าสุด รับทราบทัน 95 % แจ้งผลทัน 80 %" in said


def test_the_promises_are_those_of_the_office():
    chart = draw_chart(times(), acknowledge_minutes=20, answer_minutes=45)
    assert {"รับทราบใน 20 นาที", "แจ้งผลใน 45 นาที", "20", "45"} <= set(words(chart))


def test_a_week_that_only_began_to_be_answered_is_drawn():
    week = replace(times().weeks[0], answer=Spread(), answered=Share(0, 0))
    assert "แจ้งผลทัน –" in " ".join(words(drawn(TimesData((week,), AS_OF))))


# --- targets --------------------------------------------------------------------------------------------------------


def test_indicators_of_different_measures_stand_on_one_way_to_the_target():
    found = {one.definition.code: one for one in targets().lines}
    assert round(found["1.1"].progress, 3) == Decimal("0.461")
    assert found["2.3"].progress == Decimal("0.6")
    assert round(found["3.1"].progress, 2) == Decimal("0.69")
    assert found["3.2"].progress > 1
    assert found["7.1"].progress is None
    said = words(drawn(targets()))
    assert {"ระดับ 3 (60 %)", "เป้า ระดับ 5", "7.25 %", "เป้า ไม่เกิน 5 %", "5,300 คน", "เป้า 12,000 คน"} <= set(said)


def test_a_target_of_nothing_is_reached_by_nothing():
    none = definition(Target(Decimal(0), direction=Direction.LOWER))
    assert [percent_line("", value, none).progress for value in (0, 3)] == [1, 0]


def test_a_plan_in_percent_stands_beside_percentages_only():
    count = definition(Target(Decimal(50), TargetIn.COUNT))
    one = aimed("", count, Result(value=Decimal(20)), PlanState.ON_PLAN, planned=Decimal(40))
    assert one.planned is None


@pytest.mark.parametrize("value", ["0.004", "1", "61", "80", "99.99", "100", "100.01", "12345.6"])
def test_an_axis_holds_its_figures_and_wastes_less_than_half(value):
    end = nice_top(Decimal(value))
    assert Decimal(value) <= end <= Decimal(value) * 2
