"""Units, groups and indicators are found by every name they have, and not inside other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import IndicatorName, UnitName, Vocabulary, understand
from tests.understanding.score import shipped_words

UNITS = shipped_words().units
INDICATORS = shipped_words().indicators
GROUPS = shipped_words().groups


def _asked(name: str) -> dict[str, object]:
    return dict(understand(f"ตัวชี้วัด {name} ได้เท่าไหร่", shipped_words()).slots)


def test_a_unit_is_found_by_each_of_its_names():
    for unit in UNITS:
        for name in (unit.name, *unit.aliases):
            assert _asked(name) == {"unit": unit.name}, name


def test_a_group_is_found_by_each_of_its_names():
    for code, names in GROUPS.items():
        for name in (code, *names, code.replace(".", " ")):
            assert _asked(name) == {"group": code}, name


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.code)
def test_an_indicator_is_found_by_code_and_by_name(indicator):
    for name in (indicator.code, indicator.code.replace("-", " "), *indicator.aliases):
        assert _asked(name).get("indicator") == indicator.code, name
        assert _asked(name.lower()).get("indicator") == indicator.code, name


@given(st.sampled_from([unit for unit in UNITS if unit.name.startswith("สำนักงานเขต")]), st.data())
def test_spaces_inside_a_name_do_not_matter(unit, data):
    at = data.draw(st.integers(1, len(unit.name) - 1))
    if unit.name[at] in "ัิีึืฺุู็่้๊๋์ํ":
        return
    assert _asked(f"{unit.name[:at]} {unit.name[at:]}") == {"unit": unit.name}


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("8308 เสนอแล้ว", None),  # สนอ. is an office, and also inside เสนอ
        ("8308 ของสนอ.", "สำนักอนามัย"),
        ("8308 สงม", "สำนักงบประมาณกรุงเทพมหานคร"),
        ("8308 เขต ดินแดง", "สำนักงานเขตดินแดง"),
        ("8308 สนข.ดินแดง", "สำนักงานเขตดินแดง"),
        ("8308 ธนบุรี", "สำนักงานเขตธนบุรี"),
    ],
)
def test_short_forms_stand_alone(said, unit):
    assert understand(said, shipped_words()).slots.get("unit") == unit


def test_a_group_is_not_taken_for_the_district_inside_its_name():
    slots = understand("8308 กรุงธนบุรีใต้", shipped_words()).slots
    assert dict(slots) == {"indicator": "8308", "group": "กธ.ใต้"}


def test_the_indicators_code_is_not_read_out_of_longer_numbers_or_telephone_numbers():
    for said in ("18308", "83081", "8308.5", "เลขรับ 8308", "กท 1902/8308", "โทร 1555", "8308 บาท"):
        assert "indicator" not in understand(said, shipped_words()).slots, said


def test_a_vocabulary_of_ones_own_is_used_and_two_do_not_mix():
    one = Vocabulary(units=(UnitName("กองทดสอบ", ("ทดลอง",)),), indicators=(IndicatorName("X-1", ("น้ำสะอาด",)),))
    assert dict(understand("X-1 ทดลอง ได้เท่าไร", one).slots) == {"indicator": "X-1", "unit": "กองทดสอบ"}
    assert dict(understand("นํ้าสะอาดได้เท่าไร", one).slots) == {"indicator": "X-1"}
    assert "indicator" not in understand("8308 ได้เท่าไร", one).slots
    assert understand("X-1", Vocabulary()).intent == "unknown"
