"""What holds for any figures."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.indicator_terms import Share, round_half_up
from models.measures import read_measure
from tests.measures import entries
from tests.measures.entries import SOLE, complete, figure, measured, weights

DECIMALS = st.decimals(0, 100, places=3)
COUNTS = st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
UNITS = st.lists(COUNTS, min_size=1, max_size=12)
MONTHS = (10, 11, 12, *range(1, 10))


@st.composite
def splits(draw):
    """Weights that add up to 100, and how far each step is."""
    cuts = sorted({0, 100, *draw(st.lists(st.integers(1, 99), max_size=6))})
    each = [high - low for low, high in pairwise(cuts)]
    return each, draw(st.lists(DECIMALS, min_size=len(each), max_size=len(each)))


def shares_of(counts):
    return tuple(Share(unit, Decimal(of)) for unit, (_, of) in enumerate(counts, 1))


def figures_of(counts):
    return [figure(unit=unit, numerator=part, denominator=of) for unit, (part, of) in enumerate(counts, 1)]


@given(UNITS, st.randoms())
def test_adding_up_does_not_depend_on_the_order(counts, random):
    said, shares = figures_of(counts), shares_of(counts)
    mixed = random.sample(said, len(said))
    for entry in (entries.COMMUNITIES_8308, entries.CARRY_OVER_2565, entries.PAY_7_DAYS):
        assert measured(entry, *mixed, shares=shares) == measured(entry, *said, shares=shares)


@given(st.lists(COUNTS, min_size=1, max_size=12), st.randoms())
def test_the_mean_does_not_depend_on_the_order_of_months(counts, random):
    said = [figure(at, numerator=part, denominator=of) for at, (part, of) in zip(MONTHS, counts, strict=False)]
    mixed = random.sample(said, len(said))
    assert measured(entries.PAY_7_DAYS, *mixed).exact_percent == measured(entries.PAY_7_DAYS, *said).exact_percent


@given(UNITS)
def test_checked_figures_give_0_to_100(counts):
    for entry in (entries.COMMUNITIES_8308, entries.PAY_7_DAYS):
        result = measured(entry, *figures_of(counts), shares=shares_of(counts))
        assert 0 <= result.percent <= 100
        assert round_half_up(result.percent) == result.percent


@given(UNITS, st.integers(0, 12))
def test_not_reported_changes_the_denominator_only(counts, reported):
    said, shares = figures_of(counts)[:reported], shares_of(counts)
    result = measured(entries.COMMUNITIES_8308, *said, shares=shares)
    assert result.denominator == sum(of for _, of in counts)
    assert result.units_expected - result.units_reported == len(counts) - len(said)
    if not said:
        assert result.percent is None
        return
    of_those = measured(entries.COMMUNITIES_8308, *said, shares=shares[: len(said)])
    assert result.numerator == of_those.numerator
    assert result.percent == round_half_up(of_those.numerator * 100 / result.denominator)
    without_own = tuple(Share(share.unit) for share in shares)
    assert measured(entries.COMMUNITIES_8308, *said, shares=without_own).percent == of_those.percent


@given(COUNTS, COUNTS, st.integers(0, 10))
def test_a_later_month_wins(first, second, at):
    earlier = figure(MONTHS[at], numerator=first[0], denominator=first[1])
    later = figure(MONTHS[at + 1], numerator=second[0], denominator=second[1])
    for entry in (entries.COMMUNITIES_8308, entries.CARRY_OVER_2565):
        alone = measured(entry, later)
        assert measured(entry, earlier, later) == measured(entry, later, earlier) == alone


@given(DECIMALS, DECIMALS)
def test_more_carried_over_is_never_a_better_band(one, other):
    less, more = (measured(entries.CARRY_OVER_2565, figure(value=value)) for value in sorted((one, other)))
    assert less.level >= more.level
    assert less.score >= more.score


@given(DECIMALS, DECIMALS)
def test_more_of_a_ladder_is_never_a_lower_level(one, other):
    less, more = (measured(entries.PBIS_PROC, figure(percent=value)) for value in sorted((one, other)))
    assert less.level <= more.level
    assert less.score <= more.score


@given(splits())
def test_weighted_steps_stay_within_0_and_100(split):
    each, done = split
    said = [figure(step=step, percent=percent) for step, percent in enumerate(done, 1)]
    result = measured(weights(*each), *said)
    assert 0 <= result.percent <= 100
    assert result.percent == round_half_up(sum(w * p for w, p in zip(each, done, strict=True)) / 100)
    assert measured(weights(*each), *(figure(step=step) for step in range(1, len(each) + 1))).percent == 100


@given(splits())
def test_weights_of_parts_make_what_weights_of_steps_make(split):
    each, points = split
    parts = [
        {"code": f"p{at}", "name": "ส่วน", "weight": weight, "measure": entries.POINTS} for at, weight in enumerate(each)
    ]
    said = [figure(part=f"p{at}", value=value) for at, value in enumerate(points)]
    result = measured({"kind": "composite", "parts": parts}, *said)
    steps = [figure(step=step, percent=value) for step, value in enumerate(points, 1)]
    assert result.percent == measured(weights(*each), *steps).percent
    assert abs(result.score - result.percent) <= Decimal("0.0055")


@given(st.lists(st.lists(st.integers(0, 100), min_size=6, max_size=6), min_size=1, max_size=8))
def test_a_higher_score_never_fails_a_member(scores):
    measure = read_measure(entries.INFO_CENTRE)
    shares = [Share(unit) for unit in range(len(scores))]

    def passing(more):
        said = [
            complete(measure, figure(at, unit=unit, value=score + more))
            for unit, of_unit in enumerate(scores)
            for at, score in enumerate(of_unit, 1)
        ]
        return measure.result(said, shares)

    assert passing(0).numerator <= passing(5).numerator <= passing(80).numerator == len(scores)
    assert passing(0).percent == round_half_up(passing(0).numerator * 100 / 72)


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_rounding_twice_is_rounding_once_and_half_goes_up(value, places):
    rounded = round_half_up(value, places)
    assert round_half_up(rounded, places) == rounded
    assert abs(rounded - value) <= Decimal(5).scaleb(-places - 1)
    half = abs(rounded) + Decimal(5).scaleb(-places - 1)
    assert round_half_up(half, places) > half


@given(COUNTS)
def test_the_same_percentage_may_be_said_beside_the_counts(count):
    part, of = count
    measure = read_measure(entries.COMMUNITIES_8308)
    percent = round_half_up(Decimal(part) * 100 / of)
    said = complete(measure, figure(numerator=part, denominator=of, percent=percent))
    assert measure.result([said], [SOLE]).percent == percent
