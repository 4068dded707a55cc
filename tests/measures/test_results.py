"""What comes of figures of several months and units, of some units, and of none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.indicator_terms import PartResult, Result, Share, Target, TargetIn
from models.measures import RestsOnOthers, read_measure
from tests.measures import entries
from tests.measures.entries import SOLE, complete, figure, measured, month

TWO = (Share(1, Decimal(20)), Share(2, Decimal(30)))
OPEN = (Share(1), Share(2))


@pytest.mark.parametrize("entry", entries.ALL_ENTRIES)
def test_nothing_reported_is_nothing_and_not_zero(entry):
    measure = read_measure(entry)
    for result in (measure.result([], OPEN), measure.unit_result([], [SOLE])):
        assert not result.is_reported
        assert (result.percent, result.value, result.score, result.level, result.numerator) == (None,) * 5
        assert (result.units_reported, result.month) == (0, None)
        assert {(part.value, part.is_met) for part in result.parts} <= {(None, None)}
    for target_in in TargetIn:
        assert Target(Decimal(1), target_in).is_met_by(measure.result([], OPEN)) is None


@pytest.mark.parametrize(
    ("entry", "earlier", "later"),
    [
        (entries.BUD_CRITERIA, {"step": 3}, {"step": 2}),
        (entries.TOILET, {"step": 1}, {"step": 1, "percent": 40}),
        (entries.COMMUNITIES_8308, {"numerator": 18, "denominator": 22}, {"numerator": 17, "denominator": 22}),
        (entries.CARRY_OVER_2565, {"value": 1}, {"value": 3}),
        (entries.CARRY_OVER_2565, {"value": 1}, {"numerator": 3, "denominator": 100}),
        (entries.CARRY_OVER_2565, {"numerator": 3, "denominator": 100}, {"value": 1}),
        (entries.POINTS, {"value": 90}, {"value": "89.5"}),
        (entries.LINE_TRACKING, {"part": "users", "value": 60}, {"part": "users", "value": 40}),
    ],
)
def test_the_latest_month_counts_even_where_it_is_less(entry, earlier, later):
    both = measured(entry, figure(10, **earlier), figure(11, **later))
    assert both == measured(entry, figure(11, **later))
    assert both != measured(entry, figure(11, **earlier))
    assert both.month == month(11)


def test_units_without_a_figure_count_in_the_denominator_only():
    result = measured(entries.COMMUNITIES_8308, figure(value=10), shares=TWO)
    assert (result.numerator, result.denominator, result.percent) == (10, 50, 20)
    assert (result.units_reported, result.units_expected) == (1, 2)
    nobody = read_measure(entries.COMMUNITIES_8308).result([], TWO)
    assert (nobody.percent, nobody.numerator, nobody.denominator) == (None, None, 50)


def test_denominators_are_the_shares_own_and_else_those_reported():
    mixed = (Share(1, Decimal(20)), Share(2), Share(3))
    said = [figure(value=10), figure(unit=2, numerator=5, denominator=5)]
    result = measured(entries.COMMUNITIES_8308, *said, shares=mixed)
    assert (result.numerator, result.denominator, result.percent) == (15, 25, 60)


def test_units_are_added_up_and_never_averaged():
    said = [figure(numerator=1, denominator=1), figure(unit=2, numerator=0, denominator=99)]
    assert measured(entries.DISBURSE, *said, shares=OPEN).percent == 1


def test_none_of_none_was_reported_and_has_no_percentage():
    result = measured(entries.COMMUNITIES_8308, figure(numerator=0, denominator=0))
    assert (result.percent, result.numerator, result.units_reported) == (None, 0, 1)
    assert measured(entries.CARRY_OVER_2565, figure(numerator=0, denominator=0)).level is None


def test_a_ladder_takes_the_latest_figure_of_any_unit():
    said = [figure(10, step=5), figure(11, unit=2, step=2)]
    result = measured(entries.BUD_CRITERIA, *said, shares=OPEN)
    assert (result.level, result.units_reported, result.units_expected) == (2, 2, 2)


def test_below_the_first_step_is_level_0_and_not_unreported():
    with_scores = measured(entries.PBIS_PROC, figure(percent="19.99"))
    assert (with_scores.percent, with_scores.level, with_scores.score) == (Decimal("19.99"), 0, 0)
    assert Target(Decimal(5), TargetIn.LEVEL).is_met_by(with_scores) is False
    assert measured(entries.BUD_CRITERIA, figure(percent=0)).score is None


def test_a_step_that_is_partly_done_adds_a_part_of_its_weight():
    said = [figure(10, step=1), figure(11, step=2), figure(11, step=3, percent="33.33")]
    assert measured(entries.TOILET, *said).percent == Decimal("30.00")  # 10 + 10 + 9.999


def test_bands_add_up_the_money_of_units():
    said = [figure(numerator=4, denominator=100), figure(unit=2, numerator=0, denominator=100)]
    result = measured(entries.CARRY_OVER_2565, *said, shares=OPEN)
    assert (result.value, result.level) == (2, 4)


def test_the_mean_is_of_months_and_a_month_adds_up_its_units():
    said = [
        figure(10, numerator=1, denominator=1),
        figure(10, unit=2, numerator=1, denominator=3),
        figure(11, numerator=0, denominator=0),
        figure(12, numerator=1, denominator=1),
    ]
    result = measured(entries.PAY_7_DAYS, *said, shares=OPEN)
    assert (result.percent, result.month) == (75, month(12))
    assert result.numerator == 3


def test_months_without_vouchers_make_no_mean():
    result = measured(entries.PAY_7_DAYS, figure(10, numerator=0, denominator=0))
    assert (result.percent, result.units_reported) == (None, 1)


@pytest.mark.parametrize(
    ("months", "percent"),
    [
        ([(2, 3), (2, 3), (0, 3)], "44.44"),  # 66.67 twice and 0 would make 44.45
        ([(1, 3), (1, 3), (1, 3), (1, 5000)], "25.01"),  # 25.005 exactly
    ],
)
def test_months_are_not_rounded_before_their_mean(months, percent):
    said = [figure(at, numerator=part, denominator=whole) for at, (part, whole) in enumerate(months, 1)]
    assert measured(entries.PAY_7_DAYS, *said).percent == Decimal(percent)


def test_one_member_has_months_and_no_percentage():
    measure = read_measure(entries.INFO_CENTRE)
    said = [complete(measure, figure(at, value=80)) for at in (1, 2, 3, 4)]
    passes = measure.unit_result(said, [SOLE])
    assert (passes.value, passes.numerator, passes.denominator, passes.percent) == (4, 1, 1, None)
    not_yet = measure.unit_result(said[:3], [SOLE])
    assert (not_yet.value, not_yet.numerator, not_yet.is_reported) == (3, 0, True)
    assert measure.result(said, [SOLE]).percent == Decimal("1.39")


def test_months_that_do_not_count_pass_nobody():
    said = [figure(at, value=100) for at in (10, 11, 12, 7)]
    result = read_measure(entries.INFO_CENTRE).result(said, [SOLE])
    assert (result.numerator, result.percent) == (0, 0)


def test_a_group_of_members_is_held_against_itself():
    measure = read_measure(entries.INFO_CENTRE)
    said = [complete(measure, figure(at, value=80)) for at in (1, 2, 3, 4)]
    group = measure.unit_result(said, OPEN)
    assert (group.numerator, group.denominator, group.percent, group.value) == (1, 2, 50, None)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (entries.COMMUNITIES_8308, {"numerator": 9, "denominator": 20}),
        (entries.LINE_TRACKING, {"part": "users", "value": 60}),
        (entries.BUD_CRITERIA, {"step": 2}),
    ],
)
def test_one_unit_is_looked_at_as_if_there_were_no_other(entry, said):
    measure = read_measure(entry)
    completed = [complete(measure, figure(**said))]
    assert measure.unit_result(completed, [SOLE]) == measure.result(completed, [SOLE])


def test_counts_are_added_up_over_units():
    result = measured({"kind": "count", "counted_in": "คน"}, figure(value=3), figure(unit=2, value=4), shares=OPEN)
    assert (result.value, result.percent, result.units_reported) == (7, None, 2)


class TestComposite:
    def test_a_part_that_nobody_reported_is_not_met(self):
        result = measured(entries.LINE_TRACKING, figure(part="users", value=50))
        assert (result.percent, result.numerator, result.denominator) == (25, 1, 4)
        assert result.parts[0] == PartResult("users", Decimal(50), is_met=True)
        assert {(part.value, part.is_met) for part in result.parts[1:]} == {(None, None)}

    def test_shares_of_units_are_no_denominators_of_parts(self):
        shares = (Share(1, Decimal(22)),)
        result = measured(entries.LINE_TRACKING, figure(part="answered", numerator=4, denominator=5), shares=shares)
        assert result.parts[2].value == 80

    def test_a_part_may_be_better_where_it_is_lower(self):
        lower = {
            "code": "late",
            "name": "ล่าช้า",
            "target": 2,
            "target_in": "count",
            "direction": "lower",
            "measure": {"kind": "count", "counted_in": "เรื่อง"},
        }
        entry = {"kind": "composite", "parts": [lower]}
        assert [measured(entry, figure(part="late", value=value)).percent for value in (2, 3)] == [100, 0]

    def test_parts_are_weighed_before_they_are_rounded(self):
        ratio = {"kind": "ratio", "of": "ก", "among": "ข", "counted_in": "คน"}
        entry = {"kind": "composite", "parts": [{"code": "a", "name": "ก", "weight": 15, "measure": ratio}]}
        result = measured(entry, figure(part="a", numerator=2, denominator=3))
        assert result.score == 10  # 66.67 × 15 % would be 10.001
        assert result.parts == (PartResult("a", Decimal("66.67"), is_met=None),)

    def test_a_result_of_another_indicator_is_taken_as_it_is_shown_where_no_more_is_known(self):
        measure = read_measure(
            {"kind": "composite", "parts": [{"code": "a", "name": "ก", "weight": 10, "indicator": "8308"}]}
        )
        assert isinstance(measure, RestsOnOthers)
        given = measure.given({"8308": Result(percent=Decimal("81.82"), month=month(9))}).result([], [SOLE])
        assert (given.score, given.month, given.units_reported) == (Decimal("8.182"), month(9), 0)

    def test_a_part_without_percentage_or_value_adds_nothing(self):
        measure = read_measure(
            {"kind": "composite", "parts": [{"code": "a", "name": "ก", "weight": 10, "indicator": "8308"}]}
        )
        assert measure.given({"8308": Result(level=3)}).result([], [SOLE]).score is None

    def test_only_a_composite_rests_on_others(self):
        resting = [each["kind"] for each in entries.ALL_ENTRIES if isinstance(read_measure(each), RestsOnOthers)]
        assert set(resting) == {"composite"}

    def test_parts_of_one_unit_are_measured_as_of_one_unit(self):
        part = {"code": "centres", "name": "ศูนย์", "target": 10, "measure": entries.INFO_CENTRE}
        measure = read_measure({"kind": "composite", "parts": [part]})
        said = [complete(measure, figure(at, part="centres", value=80)) for at in (1, 2, 3, 4)]
        assert measure.result(said, [SOLE]).parts[0].value == Decimal("1.39")
        assert measure.unit_result(said, OPEN).parts[0].value == 50
