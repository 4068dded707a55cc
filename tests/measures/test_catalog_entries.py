"""What the catalog may say of a measure, by its schema and beyond it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from models.measures import MEASURES, measure_schema, read_measure
from tests.measures import entries
from tests.measures.entries import ladder, weights

VALIDATOR = Draft202012Validator(measure_schema())


def test_the_schema_is_one():
    Draft202012Validator.check_schema(measure_schema())


@pytest.mark.parametrize("entry", entries.ALL_ENTRIES)
def test_entries_of_the_documents_keep_to_it(entry):
    assert best_match(VALIDATOR.iter_errors(entry)) is None
    assert isinstance(read_measure(entry), MEASURES[entry["kind"]])
    assert read_measure(entry) == read_measure(entry)


@pytest.mark.parametrize("entry", entries.ALL_ENTRIES)
def test_each_required_key_is_missed_and_each_foreign_one_seen(entry):
    measure = MEASURES[entry["kind"]]
    assert set(measure.SCHEMA) == {"properties", "required"}
    assert set(measure.SCHEMA["required"]) <= set(measure.SCHEMA["properties"])
    for key in measure.SCHEMA["required"]:
        assert not VALIDATOR.is_valid({name: value for name, value in entry.items() if name != key}), key
    assert not VALIDATOR.is_valid({**entry, "foreign": 1})


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"kind": "mean"},
        ladder(),
        ladder("20%"),
        ladder(-20),
        ladder(True),
        weights(100, planned=("13",)),
        weights(100, planned=("1",)),
        {**entries.INFO_CENTRE, "months": ["01", "01"]},
        {**entries.INFO_CENTRE, "times": 0},
        {**entries.INFO_CENTRE, "members": "72"},
        {**entries.CARRY_OVER_2565, "bands": [{"level": 0}]},
        {**entries.CARRY_OVER_2565, "bands": []},
        {**entries.COMMUNITIES_8308, "of": ""},
        {"kind": "composite", "parts": [{"code": "A", "name": "x", "target": 1, "indicator": "8308"}]},
        {"kind": "composite", "parts": [{"code": "a", "name": "x", "target": 1, "measure": {"kind": "composite"}}]},
        {"kind": "composite", "parts": [{"code": "a", "name": "x", "target": 1, "measure": {"kind": "count"}}]},
    ],
)
def test_what_the_schema_sees(entry):
    assert not VALIDATOR.is_valid(entry)


def part(code: str = "a", **more: object) -> dict[str, object]:
    return {"code": code, "name": "ก", **more}


def composite(*parts: dict[str, object]) -> dict[str, object]:
    return {"kind": "composite", "parts": [*parts]}


COUNT = {"kind": "count", "counted_in": "คน"}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"kind": "mean"}, "there is no measure mean; known are banded, composite, count"),
        ({}, "there is no measure ;"),
        (ladder(20, 20), "do not rise"),
        (ladder(0, 20), "do not rise"),
        (ladder(40, 20), "do not rise"),
        (ladder(20, 120), "more than 100"),
        (ladder(20, 40, scores=(4,)), "only some steps"),
        (ladder(float("nan")), "nan is not a number"),
        (ladder("many"), "many is not a number"),
        (weights(10, 20), "add up to 30, not 100"),
        (weights(0, 100), "no weight"),
        ({**entries.INFO_CENTRE, "times": 7}, "7 times cannot be passed in 6 months"),
        ({**entries.CARRY_OVER_2565, "bands": [{"level": 2}, {"up_to": 1, "level": 1}]}, "not the last"),
        ({**entries.CARRY_OVER_2565, "bands": [{"up_to": 2, "level": 2}, {"up_to": 1, "level": 1}]}, "do not rise"),
        ({**entries.CARRY_OVER_2565, "bands": [{"up_to": 2, "level": 2}, {"below": 2, "level": 1}]}, "do not rise"),
        ({**entries.CARRY_OVER_2565, "bands": [{"up_to": 2, "below": 2, "level": 2}]}, "both"),
        (composite(part(target=1)), "a needs a measure or an indicator"),
        (composite(part(target=1, measure=COUNT, indicator="8308")), "a needs a measure or an indicator"),
        (composite(part(measure=COUNT)), "a needs a target or a weight"),
        (composite(part(target=1, measure=COUNT), part(target=1, measure=COUNT)), "same code"),
        (composite(part(weight=1, measure=COUNT), part("b", target=1, measure=COUNT)), "only some parts"),
        (composite(part(weight=60, measure=COUNT), part("b", weight=41, measure=COUNT)), "more than 100"),
    ],
)
def test_what_the_schema_cannot_say_is_a_fault_too(entry, fault):
    with pytest.raises(ValueError, match=fault):
        read_measure(entry)


def test_numbers_are_read_exactly_however_they_are_written():
    written = [read_measure(ladder(*percents)) for percents in (("33.3", "66.60"), (33.3, 66.6), (33.3, "66.6"))]
    assert written[0] == written[1] == written[2]
    assert read_measure(ladder(0.1, 0.3)).steps[1].percent == Decimal("0.3")


def test_below_a_bound_comes_before_up_to_it():
    bands = [{"below": 2, "level": 3}, {"up_to": 2, "level": 2}, {"level": 1}]
    assert read_measure({**entries.CARRY_OVER_2565, "bands": bands}).KIND == "banded"


def test_money_may_have_satang_and_all_else_is_whole_unless_it_is_said():
    assert not read_measure(entries.DISBURSE).counting.whole
    assert read_measure(entries.COMMUNITIES_8308).counting.whole
    assert read_measure({**entries.DISBURSE, "whole": True}).counting.whole
    assert not read_measure(entries.POINTS).whole
