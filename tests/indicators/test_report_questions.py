"""What a report still lacks, by the way its indicator is measured."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.indicator_terms import Figure, Share
from models.measures import read_measure
from models.report_questions import Lacking, figure_wanted, find_lacking, list_parts, list_steps
from models.reporting import Line

MONTH = date(2026, 11, 1)
COUNTED = {"of": "ชุมชนที่เบิกจ่าย", "among": "ชุมชนทั้งหมด", "counted_in": "ชุมชน"}
RATIO = read_measure({"kind": "ratio", **COUNTED})
BANDED = read_measure({"kind": "banded", **COUNTED, "bands": [{"up_to": 0, "level": 5}, {"level": 1}]})
LADDER = read_measure({"kind": "milestones", "steps": [{"name": f"ขั้น {n}", "percent": 20 * n} for n in range(1, 6)]})
STEPS = read_measure({"kind": "weighted_steps", "steps": [{"name": "เริ่ม", "weight": 40}, {"name": "จบ", "weight": 60}]})
COUNT = {"kind": "count", "counted_in": "คน"}
PARTS = [
    {"code": "users", "name": "ผู้ใช้", "target": 50, "target_in": "count", "measure": COUNT},
    {
        "code": "steps",
        "name": "งาน",
        "target": 100,
        "measure": {"kind": "milestones", "steps": [{"name": "ก", "percent": 9}]},
    },
    {"code": "other", "name": "อื่น", "target": 100, "indicator": "STUDY-1555"},
]
COMPOSITE = read_measure({"kind": "composite", "parts": PARTS})
DIN_DAENG, UNKNOWN_TOTAL = Share(1, Decimal(22), Decimal(20)), Share(1)


def line(**said: object) -> Line:
    return Line(1, **said)


@pytest.mark.parametrize(
    ("measure", "share", "said", "lacking"),
    [
        (RATIO, DIN_DAENG, {}, Lacking.FIGURE),
        (RATIO, DIN_DAENG, {"value": Decimal(18)}, None),
        (RATIO, UNKNOWN_TOTAL, {"value": Decimal(18)}, Lacking.FIGURE),
        (RATIO, UNKNOWN_TOTAL, {"numerator": Decimal(18), "denominator": Decimal(22)}, None),
        (BANDED, UNKNOWN_TOTAL, {"value": Decimal("2.5")}, None),
        (LADDER, UNKNOWN_TOTAL, {}, Lacking.STEP),
        (LADDER, UNKNOWN_TOTAL, {"percent": Decimal(60)}, None),
        (STEPS, UNKNOWN_TOTAL, {"percent": Decimal(50)}, Lacking.STEP),
        (STEPS, UNKNOWN_TOTAL, {"step": 1}, None),
        (COMPOSITE, UNKNOWN_TOTAL, {"value": Decimal(5)}, Lacking.PART),
        (COMPOSITE, UNKNOWN_TOTAL, {"part": "other"}, Lacking.PART),
        (COMPOSITE, UNKNOWN_TOTAL, {"part": "users"}, Lacking.FIGURE),
        (COMPOSITE, UNKNOWN_TOTAL, {"part": "steps"}, Lacking.STEP),
    ],
)
def test_what_is_asked_next(measure, share, said, lacking):
    assert find_lacking(measure, share, line(**said)) is lacking


def test_the_next_step_of_a_ladder_is_the_one_above_the_highest_reached():
    steps = list_steps(LADDER, [Figure(1, MONTH, step=2, percent=Decimal(40))])
    assert [step.is_done for step in steps] == [True, True, False, False, False]
    assert [step.number for step in steps if step.is_next] == [3]


def test_a_weighted_step_that_is_half_done_is_next():
    steps = list_steps(STEPS, [Figure(1, MONTH, step=1, percent=Decimal(50))])
    assert [(step.is_done, step.is_next) for step in steps] == [(False, True), (False, False)]


def test_a_part_has_its_own_steps_and_words():
    assert [part.code for part in list_parts(COMPOSITE)] == ["users", "steps"]
    assert [step.name for step in list_steps(COMPOSITE, [], "steps")] == ["ก"]
    assert figure_wanted(COMPOSITE, DIN_DAENG, "users").counted_in == "คน"


def test_the_total_that_is_known_is_said():
    assert figure_wanted(RATIO, DIN_DAENG).denominator == 22
    assert figure_wanted(RATIO, UNKNOWN_TOTAL).denominator is None
