"""Every worked example of the documents, as the documents have it."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from decimal import Decimal

import pytest

from models import indicator_terms, measures
from models.indicator_terms import PartResult, Result, Share, Target, TargetIn, round_half_up
from models.measures import MEASURES, read_measure
from tests.measures import entries
from tests.measures.communities import COMMUNITIES, TOTAL_COMMUNITIES, TOTAL_TARGET
from tests.measures.entries import SOLE, complete, figure, measured

MODULES = [
    importlib.import_module(f"models.measures.{found.name}") for found in pkgutil.iter_modules(measures.__path__)
]
DISTRICTS = tuple(Share(unit, Decimal(of), Decimal(target)) for unit, (_, of, target) in enumerate(COMMUNITIES, 1))


@pytest.mark.parametrize("module", [indicator_terms, *MODULES], ids=lambda module: module.__name__)
def test_the_examples_in_the_code_hold(module):
    assert doctest.testmod(module).failed == 0


def test_every_way_of_measuring_is_registered_under_its_name():
    assert {kind: measure.KIND for kind, measure in MEASURES.items()} == {kind: kind for kind in MEASURES}
    assert set(MEASURES) == {
        *("milestones", "weighted_steps", "ratio", "banded", "monthly_mean", "pass_count", "count", "composite")
    }
    assert {kind for kind, measure in MEASURES.items() if measure.BY_MONTH} == {"monthly_mean", "pass_count"}


class TestMilestones:
    @pytest.mark.parametrize("step", range(1, 6))
    @pytest.mark.parametrize(
        ("entry", "percents", "scores"),
        [
            (entries.BUD_CRITERIA, (20, 40, 60, 80, 100), (None,) * 5),
            (entries.PBIS_PROC, (20, 40, 60, 80, 100), (4, 8, 12, 16, 20)),
            (entries.PBIS_LEVEL, (20, 40, 60, 80, 100), (6, 12, 18, 24, 30)),
            (entries.INTEGRATED_BUDGET, (60, 70, 80, 90, 100), (12, 14, 16, 18, 20)),
        ],
    )
    def test_a_step_gives_its_percent_its_level_and_its_score(self, entry, percents, scores, step):
        by_step = measured(entry, figure(step=step))
        assert (by_step.percent, by_step.level, by_step.score) == (percents[step - 1], step, scores[step - 1])
        assert measured(entry, figure(percent=percents[step - 1])) == by_step

    def test_the_result_form_reports_75_between_two_steps(self):
        result = measured(entries.PBIS_PROC, figure(percent="75.00"))
        assert (result.percent, result.level, result.score) == (Decimal("75.00"), 3, 12)
        assert Target(Decimal(5), TargetIn.LEVEL).is_met_by(result) is False

    def test_level_2_of_fy_2564_is_40_percent(self):
        assert measured(entries.PBIS_PROC, figure(step=2)).percent == 40


class TestWeightedSteps:
    @pytest.mark.parametrize(
        ("entry", "done"),
        [
            (entries.TOILET, [10, 20, 50, 80, 100]),
            (entries.INFO_CENTRE_ACT, [5, 10, 80, 90, 100]),
            (entries.SPEND_UP_ACT, [20, 40, 80, 90, 100]),
            (entries.STUDY_1555, [20, 40, 80, 100]),
            (entries.E_SARABAN, [40, 60, 75, 90, 95, 100]),
        ],
    )
    def test_steps_add_up_as_the_plans_have_it(self, entry, done):
        """TOILET: 1.ขั้นตอนการเตรียมการ 10 คะแนน 2.ได้รับอนุมัติดำเนินโครงการ 20 คะแนน 3.จัดหาผู้รับจ้าง 50 คะแนน …"""
        steps = [figure(step=number) for number in range(1, len(done) + 1)]
        assert [measured(entry, *steps[:count]).percent for count in range(1, len(done) + 1)] == done

    def test_a_plan_follows_from_the_months_of_steps(self):
        assert read_measure(entries.SPEND_UP_ACT).planned_by_steps() == {11: 20, 1: 40}
        assert read_measure(entries.TOILET).planned_by_steps() == {}

    def test_a_plan_begins_in_october(self):
        plan = read_measure(entries.weights(10, 20, 30, 40, planned=("09", "10", "01", "10"))).planned_by_steps()
        assert list(plan.items()) == [(10, 60), (1, 90), (9, 100)]


class TestRatio:
    def test_18_of_22_communities_are_81_82_percent(self):
        din_daeng = DISTRICTS[0]
        assert COMMUNITIES[0] == ("ดินแดง", 22, 20)
        result = measured(entries.COMMUNITIES_8308, figure(value=18), shares=(din_daeng,))
        assert (result.percent, result.numerator, result.denominator) == (Decimal("81.82"), 18, 22)

    def test_each_target_is_90_percent_rounded_half_up(self):
        for district, communities, target in COMMUNITIES:
            assert round_half_up(Decimal(communities) * 90 / 100, 0) == target, district
        assert sum(communities for _, communities, _ in COMMUNITIES) == TOTAL_COMMUNITIES
        assert sum(target for _, _, target in COMMUNITIES) == TOTAL_TARGET

    def test_three_districts_are_held_against_all_communities(self):
        said = [figure(unit=unit, value=value) for unit, value in ((1, 18), (2, 39), (3, 13))]
        result = measured(entries.COMMUNITIES_8308, *said, shares=DISTRICTS)
        assert (result.numerator, result.denominator) == (70, 2004)
        assert result.percent == Decimal("3.49")
        assert (result.units_reported, result.units_expected) == (3, 50)

    def test_all_districts_at_their_targets_meet_the_target_of_the_whole(self):
        said = [figure(unit=share.unit, value=share.target) for share in DISTRICTS]
        result = measured(entries.COMMUNITIES_8308, *said, shares=DISTRICTS)
        assert (result.numerator, result.percent) == (1806, Decimal("90.12"))
        assert Target(Decimal(90)).is_met_by(result)

    def test_money_has_satang_and_its_budget_is_said(self):
        result = measured(entries.DISBURSE, figure(numerator="97977.50", denominator=100_000))
        assert result.percent == Decimal("97.98")


class TestBanded:
    def test_3_22_lies_in_the_second_band_of_fy_2565(self):
        result = measured(entries.CARRY_OVER_2565, figure(value="3.22"))
        assert (result.value, result.level, result.percent, result.score) == (Decimal("3.22"), 2, 70, 14)

    def test_3_22_was_the_best_in_fy_2564(self):
        result = measured(entries.CARRY_OVER_2564, figure(value="3.22"))
        assert (result.level, result.percent, result.score) == (5, 100, None)

    def test_what_lies_beyond_the_bands_that_are_known_has_no_level(self):
        result = measured(entries.CARRY_OVER_2564, figure(value="4.01"))
        assert (result.value, result.level, result.percent) == (Decimal("4.01"), 0, None)
        assert Target(Decimal(5), TargetIn.LEVEL).is_met_by(result) is False

    @pytest.mark.parametrize(
        ("value", "level"),
        [
            *(("0", 5), ("0.004", 4), ("0.01", 4), ("1.99", 4), ("2.00", 4), ("2.004", 4), ("2.005", 3), ("2.01", 3)),
            *(
                ("3.00", 3),
                ("3.0049", 3),
                ("3.01", 2),
                ("3.99", 2),
                ("3.994", 2),
                ("3.995", 1),
                ("4.00", 1),
                ("100", 1),
            ),
        ],
    )
    def test_bands_are_read_with_two_decimals(self, value, level):
        assert measured(entries.CARRY_OVER_2565, figure(value=value)).level == level

    def test_the_value_is_carried_over_by_budget(self):
        result = measured(entries.CARRY_OVER_2565, figure(numerator=322, denominator=10_000))
        assert (result.value, result.level, result.numerator) == (Decimal("3.22"), 2, 322)

    def test_the_target_of_nothing_is_met_by_nothing_only(self):
        best = Target(Decimal(5), TargetIn.LEVEL)
        assert best.is_met_by(measured(entries.CARRY_OVER_2565, figure(numerator=0, denominator=5_000)))
        assert not best.is_met_by(measured(entries.CARRY_OVER_2565, figure(numerator=1, denominator=5_000_000)))


class TestMonthlyMean:
    OCTOBER = figure(10, numerator=90, denominator=100)
    NOVEMBER = figure(11, numerator=46, denominator=50)

    def test_90_and_92_percent_are_91(self):
        assert measured(entries.PAY_7_DAYS, self.OCTOBER).percent == 90
        assert measured(entries.PAY_7_DAYS, self.NOVEMBER).percent == 92
        both = measured(entries.PAY_7_DAYS, self.OCTOBER, self.NOVEMBER)
        assert (both.percent, both.numerator, both.denominator) == (91, 136, 150)


class TestPassCount:
    MEMBERS = tuple(Share(unit) for unit in range(1, 73))

    def test_a_centre_passes_with_80_in_4_of_6_months(self):
        scores = {1: (80, 80, 80, 80, 0, 0), 2: (100, 79, 100, 79, 100, 79), 3: (0, 0, 95, 95, 95, 95), 4: (80,) * 3}
        said = [
            figure(at, unit=unit, value=score)
            for unit, of_unit in scores.items()
            for at, score in enumerate(of_unit, 1)
        ]
        result = measured(entries.INFO_CENTRE, *said, shares=self.MEMBERS)
        assert (result.numerator, result.denominator, result.percent) == (2, 72, Decimal("2.78"))
        assert (result.units_reported, result.units_expected) == (4, 72)

    def test_eight_centres_reach_the_target_of_ten_percent(self):
        said = [figure(at, unit=unit, value=80) for at in range(1, 5) for unit in range(1, 9)]
        result = measured(entries.INFO_CENTRE, *said, shares=self.MEMBERS)
        assert result.percent == Decimal("11.11")
        assert Target(Decimal(10)).is_met_by(result)


class TestComposite:
    def test_the_service_indicator_has_four_parts(self):
        said = [
            figure(part="users", value=60),
            figure(part="acknowledged", numerator=48, denominator=60),
            figure(part="answered", numerator=47, denominator=60),
            figure(part="satisfied", numerator=9, denominator=10),
        ]
        result = measured(entries.LINE_TRACKING, *said)
        assert result.parts == (
            PartResult("users", Decimal(60), is_met=True),
            PartResult("acknowledged", Decimal("80.00"), is_met=True),
            PartResult("answered", Decimal("78.33"), is_met=False),
            PartResult("satisfied", Decimal("90.00"), is_met=True),
        )
        assert (result.percent, result.numerator, result.denominator) == (75, 3, 4)

    def test_1555_rests_on_its_study_and_counts_deliverables(self):
        measure = read_measure(entries.STUDY_AND_DELIVERABLES)
        study = measured(entries.STUDY_1555, *(figure(step=step) for step in range(1, 5)))
        one = complete(measure, figure(value=1))
        assert measure.rests_on() == ("STUDY-1555",)
        assert measure.given({"STUDY-1555": study}).result([one], [SOLE]).percent == 100
        assert measure.result([one], [SOLE]).parts == (
            PartResult("study", None, is_met=None),
            PartResult("deliverables", Decimal(1), is_met=True),
        )
        assert measure.given({"STUDY-1555": study}).result([], [SOLE]).percent == 50

    @pytest.mark.parametrize(
        ("part", "points", "net"),
        [("innovation", "91.572", "9.157"), ("disbursed", "92.820", "9.282"), ("innovation", "100", "10")],
    )
    def test_points_by_weight_have_three_decimals(self, part, points, net):
        assert measured(entries.APPRAISAL, figure(part=part, value=points)).score == Decimal(net)

    def test_level_points_add_up_to_100_and_weigh_10(self):
        """คะแนนสุทธิ = คะแนนรวม × 10 ÷ 100, of level points 25, 10, 20, 20, 25."""
        said = [figure(part="database", step=step) for step in range(1, 6)]
        assert [measured(entries.APPRAISAL, *said[:count]).score for count in range(1, 6)] == [
            *(Decimal("2.5"), Decimal("3.5"), Decimal("5.5"), Decimal("7.5"), Decimal(10))
        ]

    def test_the_appraisal_of_fy_2564_adds_up(self):
        said = [figure(part="innovation", value="91.572"), figure(part="disbursed", value="92.820")]
        said += [figure(part="database", step=step) for step in range(1, 6)]
        result = measured(entries.APPRAISAL, *said)
        assert result.score == Decimal("28.439")  # 9.1572 + 9.2820 + 10, rounded once
        assert result.percent == Decimal("94.80")  # of the 30 points there are

    def test_a_dimension_of_weight_40_fully_met_is_40_points(self):
        part = {"code": "plan", "name": "มิติที่ 1", "weight": 40, "indicator": "PLAN"}
        measure = read_measure({"kind": "composite", "parts": [part]})
        result = measure.given({"PLAN": Result(percent=Decimal(100))}).result([], [SOLE])
        assert (result.score, result.percent) == (40, 100)
