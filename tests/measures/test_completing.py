"""What a report may say of each way of measuring, what goes without saying, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from messages.refusals import DEFAULTS, refusal
from models.errors import Invalid
from models.indicator_terms import Figure, FigureKind, Share
from models.measures import read_measure
from tests.measures import entries
from tests.measures.entries import SOLE, complete, figure

DIN_DAENG = Share(1, Decimal(22), Decimal(20))


def refused(entry, said: Figure, share: Share = SOLE) -> tuple[str, dict[str, object]]:
    """The reason and its facts; there is a sentence that says them all."""
    with pytest.raises(Invalid) as error:
        read_measure(entry).complete(said, share, [])
    assert refusal(error.value)[0]["text"] not in DEFAULTS.values()
    return error.value.reason_code, error.value.facts


@pytest.mark.parametrize(
    ("entry", "said", "share", "completed"),
    [
        (entries.COMMUNITIES_8308, {"value": 18}, DIN_DAENG, {"numerator": 18, "denominator": 22}),
        (entries.COMMUNITIES_8308, {"numerator": 18}, DIN_DAENG, {"numerator": 18, "denominator": 22}),
        (
            entries.COMMUNITIES_8308,
            {"numerator": 18, "denominator": 22},
            DIN_DAENG,
            {"numerator": 18, "denominator": 22},
        ),
        (
            entries.COMMUNITIES_8308,
            {"numerator": 18, "denominator": 22, "percent": "81.82"},
            DIN_DAENG,
            {"numerator": 18, "denominator": 22},
        ),
        (
            entries.COMMUNITIES_8308,
            {"numerator": 18, "denominator": 22, "percent": 82},
            DIN_DAENG,
            {"numerator": 18, "denominator": 22},
        ),
        (
            entries.COMMUNITIES_8308,
            {"numerator": 0, "denominator": 0, "percent": 0},
            SOLE,
            {"numerator": 0, "denominator": 0},
        ),
        (
            entries.DISBURSE,
            {"numerator": "1.25", "denominator": "2.50"},
            SOLE,
            {"numerator": "1.25", "denominator": "2.50"},
        ),
        (entries.PAY_7_DAYS, {"value": 46, "denominator": 50}, SOLE, {"numerator": 46, "denominator": 50}),
        (entries.CARRY_OVER_2565, {"value": "3.22"}, SOLE, {"value": "3.22"}),
        (entries.CARRY_OVER_2565, {"percent": "3.22"}, SOLE, {"value": "3.22"}),
        (entries.CARRY_OVER_2565, {"percent": "3.22", "value": "3.22"}, SOLE, {"value": "3.22"}),
        (
            entries.CARRY_OVER_2565,
            {"numerator": 3},
            Share(1, Decimal(100)),
            {"numerator": 3, "denominator": 100},
        ),
        (entries.BUD_CRITERIA, {"step": 3}, SOLE, {"step": 3, "percent": 60}),
        (entries.BUD_CRITERIA, {"percent": 60}, SOLE, {"step": 3, "percent": 60}),
        (entries.BUD_CRITERIA, {"percent": 75}, SOLE, {"step": 3, "percent": 75}),
        (entries.BUD_CRITERIA, {"step": 3, "percent": 75}, SOLE, {"step": 3, "percent": 75}),
        (entries.BUD_CRITERIA, {"percent": 10}, SOLE, {"step": None, "percent": 10}),
        (entries.TOILET, {"step": 3}, SOLE, {"step": 3, "percent": 100}),
        (entries.TOILET, {"step": 3, "percent": 50}, SOLE, {"step": 3, "percent": 50}),
        (entries.INFO_CENTRE, {"at": 1, "value": "79.5"}, SOLE, {"at": 1, "value": "79.5"}),
        (entries.POINTS, {"value": "91.572"}, SOLE, {"value": "91.572"}),
        (
            entries.LINE_TRACKING,
            {"part": "satisfied", "numerator": 9, "denominator": 10},
            SOLE,
            {"part": "satisfied", "numerator": 9, "denominator": 10},
        ),
        (entries.STUDY_AND_DELIVERABLES, {"value": 1}, SOLE, {"value": 1, "part": "deliverables"}),
    ],
)
def test_what_goes_without_saying_is_filled_in(entry, said, share, completed):
    assert complete(read_measure(entry), figure(**said), share) == figure(**completed)


COUNTS = entries.COMMUNITIES_8308
OF, AMONG = COUNTS["of"], COUNTS["among"]


@pytest.mark.parametrize(
    ("entry", "said", "share", "reason", "facts"),
    [
        (
            {**entries.INFO_CENTRE, "full_score": 100},
            {"at": 1, "value": "100.5"},
            SOLE,
            "report_score_too_high",
            {"value": Decimal("100.5"), "most": 100},
        ),
        (COUNTS, {}, DIN_DAENG, "report_figure_missing", {"what": OF}),
        (COUNTS, {"denominator": 22}, DIN_DAENG, "report_figure_missing", {"what": OF}),
        (
            COUNTS,
            {"value": 23},
            DIN_DAENG,
            "report_more_than_denominator",
            {"numerator": 23, "denominator": 22, "counted_in": "ชุมชน"},
        ),
        (
            COUNTS,
            {"numerator": 18, "denominator": 20},
            DIN_DAENG,
            "report_denominator_differs",
            {"said": 20, "known": 22},
        ),
        (COUNTS, {"value": 18}, SOLE, "report_denominator_missing", {"what": AMONG}),
        (COUNTS, {"value": -1}, DIN_DAENG, "report_negative", {"value": -1}),
        (COUNTS, {"value": 10**40}, DIN_DAENG, "report_too_large", {"most": 10**15}),
        (entries.BUD_CRITERIA, {"percent": 10**40}, SOLE, "report_too_large", {"most": 10**15}),
        (entries.CARRY_OVER_2565, {"value": -(10**40)}, SOLE, "report_too_large", {"most": 10**15}),
        (
            COUNTS,
            {"numerator": 18, "denominator": 22, "percent": "81." + "8" * 40},
            DIN_DAENG,
            "report_percent_differs",
            {"said": Decimal("81." + "8" * 40), "counted": Decimal("81.82")},
        ),
        (COUNTS, {"value": "18.5"}, DIN_DAENG, "report_not_whole", {"value": Decimal("18.5"), "counted_in": "ชุมชน"}),
        (COUNTS, {"step": 3}, DIN_DAENG, "report_wrong_figure", {"said": FigureKind.STEP, "needs": OF}),
        (COUNTS, {"percent": 80}, DIN_DAENG, "report_wrong_figure", {"said": FigureKind.PERCENT, "needs": OF}),
        (COUNTS, {"value": 1, "part": "x"}, DIN_DAENG, "report_wrong_figure", {"said": FigureKind.PART, "needs": OF}),
        (
            COUNTS,
            {"value": 18, "numerator": 18},
            DIN_DAENG,
            "report_wrong_figure",
            {"said": FigureKind.VALUE, "needs": OF},
        ),
        (
            COUNTS,
            {"numerator": 18, "denominator": 22, "percent": 85},
            DIN_DAENG,
            "report_percent_differs",
            {"said": 85, "counted": Decimal("81.82")},
        ),
        (
            entries.DISBURSE,
            {"value": 5},
            SOLE,
            "report_denominator_missing",
            {"what": "งบประมาณหลังปรับโอน"},
        ),
        (
            entries.PAY_7_DAYS,
            {"percent": 90},
            SOLE,
            "report_wrong_figure",
            {"said": FigureKind.PERCENT, "needs": entries.PAY_7_DAYS["of"]},
        ),
        (
            entries.CARRY_OVER_2565,
            {"value": 3},
            Share(1, Decimal(100)),
            "report_wrong_figure",
            {"said": FigureKind.VALUE, "needs": entries.CARRY_OVER_2565["of"]},
        ),
        (
            entries.CARRY_OVER_2565,
            {"value": 101},
            SOLE,
            "report_percent_out_of_range",
            {"percent": 101, "least": 0, "most": 100},
        ),
        (
            entries.CARRY_OVER_2565,
            {"value": 3, "percent": 4},
            SOLE,
            "report_percent_differs",
            {"said": 4, "counted": 3},
        ),
        (entries.CARRY_OVER_2565, {}, SOLE, "report_figure_missing", {"what": entries.CARRY_OVER_2565["of"]}),
        (entries.BUD_CRITERIA, {}, SOLE, "report_figure_missing", {"what": FigureKind.STEP}),
        (entries.BUD_CRITERIA, {"step": 6}, SOLE, "report_step_unknown", {"step": 6, "steps": 5}),
        (entries.BUD_CRITERIA, {"step": 0}, SOLE, "report_step_unknown", {"step": 0, "steps": 5}),
        (
            entries.BUD_CRITERIA,
            {"percent": 101},
            SOLE,
            "report_percent_out_of_range",
            {"percent": 101, "least": 0, "most": 100},
        ),
        (entries.BUD_CRITERIA, {"percent": -5}, SOLE, "report_negative", {"value": -5}),
        (
            entries.BUD_CRITERIA,
            {"step": 3, "percent": 50},
            SOLE,
            "report_step_and_percent_differ",
            {"step": 3, "percent": 50},
        ),
        (
            entries.BUD_CRITERIA,
            {"value": 3},
            SOLE,
            "report_wrong_figure",
            {"said": FigureKind.VALUE, "needs": FigureKind.STEP},
        ),
        (
            entries.TOILET,
            {"value": 3},
            SOLE,
            "report_wrong_figure",
            {"said": FigureKind.VALUE, "needs": FigureKind.STEP},
        ),
        (entries.TOILET, {"percent": 50}, SOLE, "report_figure_missing", {"what": FigureKind.STEP}),
        (entries.TOILET, {"step": 6}, SOLE, "report_step_unknown", {"step": 6, "steps": 5}),
        (
            entries.TOILET,
            {"step": 1, "percent": "100.01"},
            SOLE,
            "report_percent_out_of_range",
            {"percent": Decimal("100.01"), "least": 0, "most": 100},
        ),
        (
            entries.INFO_CENTRE,
            {"at": 7, "value": 80},
            SOLE,
            "report_month_not_measured",
            {"month": date(2025, 7, 1)},
        ),
        (entries.INFO_CENTRE, {"at": 1}, SOLE, "report_figure_missing", {"what": FigureKind.VALUE}),
        (entries.INFO_CENTRE, {"at": 1, "value": -1}, SOLE, "report_negative", {"value": -1}),
        (
            entries.INFO_CENTRE,
            {"at": 1, "percent": 80},
            SOLE,
            "report_wrong_figure",
            {"said": FigureKind.PERCENT, "needs": FigureKind.VALUE},
        ),
        (entries.POINTS, {}, SOLE, "report_figure_missing", {"what": FigureKind.VALUE}),
        (
            {"kind": "count", "counted_in": "คน"},
            {"value": "1.5"},
            SOLE,
            "report_not_whole",
            {"value": Decimal("1.5"), "counted_in": "คน"},
        ),
        (
            entries.LINE_TRACKING,
            {"value": 60},
            SOLE,
            "report_part_missing",
            {"parts": ("จำนวนผู้ใช้บริการ", "แจ้งรับทราบ", "แจ้งผล", "ความพึงพอใจ")},
        ),
        (
            entries.STUDY_AND_DELIVERABLES,
            {"part": "x", "value": 1},
            SOLE,
            "report_part_unknown",
            {"said": "x", "parts": ("ชิ้นงาน",)},
        ),
        (
            entries.STUDY_AND_DELIVERABLES,
            {"part": "study", "percent": 20},
            SOLE,
            "report_part_measured_elsewhere",
            {"part": "ผลการศึกษา", "indicator": "STUDY-1555"},
        ),
        (
            entries.LINE_TRACKING,
            {"part": "users", "numerator": 5},
            SOLE,
            "report_wrong_figure",
            {"said": FigureKind.NUMERATOR, "needs": FigureKind.VALUE},
        ),
        (
            entries.LINE_TRACKING,
            {"part": "answered", "value": 5},
            DIN_DAENG,
            "report_denominator_missing",
            {"what": "ผู้ใช้บริการทั้งหมด"},
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_facts(entry, said, share, reason, facts):
    assert refused(entry, figure(**said), share) == (reason, facts)


def test_a_skipped_step_has_words_for_the_caller_who_asks_for_a_reason():
    assert refusal(Invalid("report_step_skipped", step=3, missing=2))[0]["text"] not in DEFAULTS.values()


@pytest.mark.parametrize(
    ("entry", "before", "said", "missing"),
    [
        (entries.BUD_CRITERIA, [], {"step": 1}, None),
        (entries.BUD_CRITERIA, [], {"percent": 10}, None),
        (entries.BUD_CRITERIA, [], {"step": 2}, 1),
        (entries.BUD_CRITERIA, [{"step": 1}], {"step": 2}, None),
        (entries.BUD_CRITERIA, [{"step": 1}], {"percent": 75}, 2),
        (entries.BUD_CRITERIA, [{"step": 3}, {"step": 1}], {"step": 4}, None),
        (entries.BUD_CRITERIA, [{"step": 3}], {"step": 1}, None),
        (entries.TOILET, [], {"step": 1}, None),
        (entries.TOILET, [{"step": 1}], {"step": 4}, 2),
        (entries.TOILET, [{"step": 1}, {"step": 2, "percent": 50}], {"step": 3}, None),
        (entries.TOILET, [{"step": 2}], {"step": 3}, 1),
        (entries.COMMUNITIES_8308, [], {"numerator": 1, "denominator": 2}, None),
        (entries.APPRAISAL, [{"part": "innovation", "value": 1}], {"part": "database", "step": 2}, 1),
        (entries.APPRAISAL, [{"part": "database", "step": 1}], {"part": "database", "step": 2}, None),
        (entries.APPRAISAL, [], {"part": "innovation", "value": 1}, None),
    ],
)
def test_a_step_below_that_was_never_reported_is_named(entry, before, said, missing):
    measure = read_measure(entry)
    completed = [measure.complete(figure(at, **each), SOLE, []) for at, each in enumerate(before, 1)]
    assert measure.skipped_step(measure.complete(figure(9, **said), SOLE, completed), completed) == missing


def test_only_steps_with_weights_have_slots_of_their_own():
    assert read_measure(entries.TOILET).slot_of(figure(step=3)) == 3
    assert read_measure(entries.BUD_CRITERIA).slot_of(figure(step=3)) == 0
    appraisal = read_measure(entries.APPRAISAL)
    assert appraisal.slot_of(figure(part="database", step=3)) == 3
    assert appraisal.slot_of(figure(part="innovation", value=3)) == 0
    assert appraisal.slot_of(figure(part="no longer there", step=3)) == 0
