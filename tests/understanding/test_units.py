"""Units and groups are found however they are shortened, in Thai and in English, and no spelling means two things."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import understand
from bot.understanding.indicators import indicator_phrases
from bot.understanding.units import group_phrases, unit_phrases
from tests.understanding.score import shipped_words

WORDS = shipped_words()
DISTRICTS = [unit for unit in WORDS.units if unit.group]


def test_no_spelling_means_two_things():
    meanings: dict[str, set[str]] = defaultdict(set)
    for unit in WORDS.units:
        for phrase in unit_phrases(unit.name, unit.aliases):
            meanings[phrase.key].add(unit.name)
    for code, names in WORDS.groups.items():
        for phrase in group_phrases(code, names):
            meanings[phrase.key].add(code)
    for indicator in WORDS.indicators:
        for phrase in indicator_phrases(indicator.code, indicator.aliases):
            meanings[phrase.key].add(indicator.code)
    assert {key: names for key, names in meanings.items() if len(names) > 1} == {}


FORMS = (
    *(
        "{}",
        "เขต{}",
        "เขต {}",
        "สนข.{}",
        "สนข {}",
        "สนง.เขต{}",
        "สนงเขต{}",
        "สนง.{}",
        "สำนักเขต{}",
        "ข.{}",
        "สำนักงานเขต {}",
    ),
    *("ของเขต{}", "พี่จากเขต{}ค่ะ"),
)


@given(st.sampled_from(DISTRICTS), st.sampled_from(FORMS))
def test_a_district_is_found_by_each_way_to_shorten_its_name(unit, form):
    name = form.format(unit.name.removeprefix("สำนักงานเขต"))
    assert understand(f"ตัวชี้วัด 8308 {name} ได้เท่าไหร่", WORDS).slots == {"indicator": "8308", "unit": unit.name}


@given(
    st.sampled_from(DISTRICTS),
    st.sampled_from(["{}", "{} district", "district {}", "for {} district office"]),
    st.data(),
)
def test_a_district_is_found_by_its_english_name(unit, form, data):
    name = data.draw(st.sampled_from([alias for alias in unit.aliases if alias.isascii()]))
    name = data.draw(st.sampled_from([name, name.lower(), name.replace(" ", ""), name.upper()]))
    slots = understand(f"kpi 8308 {form.format(name)} result", WORDS).slots
    assert (slots.get("unit"), "group" in slots) == (unit.name, False)


@pytest.mark.parametrize(
    ("said", "slot", "name"),
    [
        ("เขตป้อมปราบ", "unit", "สำนักงานเขตป้อมปราบศัตรูพ่าย"),
        ("สงม.", "unit", "สำนักงบประมาณกรุงเทพมหานคร"),
        ("Klong Toei", "unit", "สำนักงานเขตคลองเตย"),
        ("Pra Kanong", "unit", "สำนักงานเขตพระโขนง"),
        ("Ladkrabang", "unit", "สำนักงานเขตลาดกระบัง"),
        ("กรุงธนเหนือ", "group", "กธ.เหนือ"),
        ("ฝั่งธนใต้", "group", "กธ.ใต้"),
        ("กลุ่มกรุงเทพกลาง", "group", "กท.กลาง"),
        ("โซนตะวันออก", "group", "กท.ตะวันออก"),
        ("กทม.เหนือ", "group", "กท.เหนือ"),
        ("north Bangkok", "group", "กท.เหนือ"),
        ("southern Thonburi group", "group", "กธ.ใต้"),
    ],
)
def test_short_forms_and_groups(said, slot, name):
    assert understand(f"8308 {said}", WORDS).said.get(slot) == name
