"""A definition keeps everything on its way into the database and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.indicator_definitions import default_plan, definition_as_json, definition_from_json
from models.indicator_terms import (
    Definition,
    Direction,
    EvidenceAsked,
    Frequency,
    ReportedBy,
    Reporting,
    SuccessKind,
    Target,
    TargetIn,
)
from tests.catalog.ways_of_measuring import Share100, Steps

amounts = st.decimals(min_value=0, max_value=10**15, places=4, allow_nan=False, allow_infinity=False)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
definitions = st.builds(
    Definition,
    code=st.text(),
    fiscal_year=st.integers(2500, 2700),
    name=st.text(),
    host=st.text(),
    target=st.builds(Target, amounts, st.sampled_from(TargetIn), st.sampled_from(Direction)),
    measure=st.dictionaries(st.text(), plain, max_size=4),
    kind=st.sampled_from(SuccessKind),
    supports=st.dictionaries(st.sampled_from(["side", "issue", "goal"]), st.text()),
    definition=st.text(),
    formula=st.text(),
    reporting=st.builds(
        Reporting,
        st.sampled_from(Frequency),
        st.integers(1, 28),
        st.sampled_from(ReportedBy),
        st.text(),
        st.sampled_from(EvidenceAsked),
        st.text(),
    ),
    plan=st.dictionaries(st.integers(1, 12), amounts),
    channel=st.text(),
    follow_up=st.lists(st.text(), max_size=3).map(tuple),
    weight=st.none() | amounts,
    budget=st.none() | amounts,
)


def definition(**changes: object) -> Definition:
    values = {"code": "A", "fiscal_year": 2568, "name": "ก", "host": "B", "target": Target(Decimal(90)), "measure": {}}
    return Definition(**{**values, **changes})  # type: ignore[arg-type]  # one of each kind


@given(definitions)
def test_a_definition_comes_back_as_it_was(before: Definition) -> None:
    text = definition_as_json(before)
    after = definition_from_json(text)
    assert after == before
    assert definition_as_json(after) == text


def test_the_text_shows_no_change_where_nothing_changed() -> None:
    before = definition(measure={"kind": "ratio", "of": "ก"}, plan={11: Decimal("20.50"), 1: Decimal(40)})
    after = definition(measure={"of": "ก", "kind": "ratio"}, plan={1: Decimal("40.0"), 11: Decimal("20.5")})
    assert definition_as_json(before) == definition_as_json(after)
    assert '"01": "40", "11": "20.5"' in definition_as_json(before)


def test_the_plan_comes_back_in_the_order_of_the_fiscal_year() -> None:
    plan = {9: Decimal(100), 1: Decimal(40), 10: Decimal(20)}
    assert list(definition_from_json(definition_as_json(definition(plan=plan))).plan) == [10, 1, 9]


@pytest.mark.parametrize("held", [Decimal(1), float("nan"), object()])
def test_a_measure_holds_only_what_a_file_can_hold(held: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        definition_as_json(definition(measure={"bar": held}))


def test_the_plan_of_steps_begins_in_october() -> None:
    steps = [{"weight": 30, "planned": "11"}, {"weight": 12.5, "planned": "01"}, {"weight": 57.5}]
    assert list(default_plan(Steps({"steps": steps})).items()) == [(11, Decimal(30)), (1, Decimal("42.5"))]
    assert default_plan(Share100({})) == {}
