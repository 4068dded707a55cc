"""Definitions of a fiscal year are read as written, and a wrong one is refused with its line."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog import Catalog, CatalogError, read_catalog
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
from tests.catalog.ways_of_measuring import WAYS

UNITS = """\
units:
  - {code: BUDGET, name: สำนักงบประมาณกรุงเทพมหานคร, kind: department}
  - {code: HEALTH, name: สำนักอนามัย, kind: department}
indicators:
  - {code: "8308", name: ชุมชนเข้มแข็ง, short: ชุมชนฯ}
  - {code: SPEND-UP, name: เร่งรัดการใช้จ่าย}
  - {code: BOTH, name: ทั้งสองอย่าง}
"""

YEAR = """\
fiscal_year: 2568
definitions:
  - code: "8308"
    name: ร้อยละของชุมชน
    host: BUDGET
    kind: outcome
    supports: {side: สังคมดี}
    definition: ชุมชนที่เบิกจ่าย
    formula: ตัวตั้ง ÷ ตัวหาร
    measure: {kind: ratio, of: ชุมชนที่เบิกจ่าย, among: ชุมชนทั้งหมด}
    target: 3.5
    target_in: level
    direction: lower
    units:
      - {unit: BUDGET, denominator: 22, target: 20}
      - unit: HEALTH
    plan: {"01": 40, "11": 20.5}
    reporting:
      {frequency: yearly, due_day: 28, by: machine, source: vouchers, evidence: required, evidence_of: รายงาน}
    channel: BMA Policy Tracking
    follow_up: [ติดตาม]
    weight: 20
    budget: 1000.25
  - code: SPEND-UP
    host: HEALTH
    kind: activity
    measure:
      kind: steps
      steps:
        - {weight: 40, planned: "11"}
        - {weight: 60, planned: "02"}
    target: 100
  - code: BOTH
    host: HEALTH
    kind: output
    measure:
      kind: composite
      parts:
        - indicator: SPEND-UP
        - measure: {kind: ratio, of: ก, among: ข}
    target: 100
"""

FAULTS = [
    ("target: 3.5", "taget: 3.5", 11, "8308: unknown key taget; did you mean target? known are"),
    ("target: 3.5", "target: -1", 11, "8308: target cannot be -1; it goes from 0 up"),
    ("target: 3.5", "target: 5.5", 11, "8308: target cannot be 5.5; a level goes up to 5"),
    ("target: 3.5", "target: .inf", 11, ".inf cannot be understood"),
    ("target_in: level", "target_in: leval", 12, "cannot be leval; did you mean level? possible are percent"),
    ("    host: BUDGET\n", "", 3, "8308: host is missing"),
    ("host: BUDGET", "host: BUDGTE", 5, "8308: there is no unit BUDGTE to be its host; did you mean BUDGET?"),
    ("host: BUDGET", "host: X", 5, "8308: there is no unit X to be its host"),
    ("unit: HEALTH", "unit: HAELTH", 16, "8308: there is no unit HAELTH to report; did you mean HEALTH?"),
    ("unit: HEALTH", "unit: BUDGET", 16, "8308: BUDGET is among units twice"),
    ("target: 20}", "target: 23}", 15, "BUDGET should reach 23, which is more than all its 22"),
    ('code: "8308"', 'code: "8309"', 3, "8309: there is no indicator 8309; did you mean 8308? name it in indicators"),
    ('"01": 40', '"13": 40', 17, "unknown key 13; known are 01, 02,"),
    ('"01": 40', '"01": 101', 17, "01 cannot be 101; it goes from 0 to 100"),
    ('"01": 40', '"01": 20', 17, "8308: plan falls from 20.5 to 20 in 01"),
    ("due_day: 28", "due_day: 29", 19, "due_day cannot be 29; it goes from 1 to 28"),
    ("source: vouchers, ", "", 18, "by: machine and source go together"),
    ("by: machine", "by: host", 18, "by: machine and source go together"),
    ("evidence: required", "evidence: none", 18, "evidence_of is given, but no evidence is asked for"),
    ("kind: ratio, of: ชุมชน", "kind: raito, of: ชุมชน", 10, "kind cannot be raito; did you mean ratio?"),
    ("kind: ratio, of: ชุมชน", "knd: ratio, of: ชุมชน", 10, "8308: kind is missing"),
    (
        "among: ชุมชนทั้งหมด",
        "amongst: ชุมชนทั้งหมด",
        10,
        "unknown key amongst; did you mean among? known are among, kind, of",
    ),
    ("weight: 60", "wieght: 60", 31, "SPEND-UP: weight is missing"),
    ("weight: 60", "weight: 0", 31, "SPEND-UP: weight cannot be 0; it must be more than 0"),
    ('        - {weight: 60, planned: "02"}\n', "", 29, "SPEND-UP: steps is too short; at least 2 are needed"),
    ("weight: 60", "weight: 50", 27, "SPEND-UP: measure steps: weights add up to 90, not 100"),
    ("    target: 100\n  - code: BOTH", '    plan: {"11": 1}\n    target: 100\n  - code: BOTH', 32, "take plan out"),
    ("indicator: SPEND-UP", "indicator: SPENDUP", 39, "no indicator SPENDUP in 2568; did you mean SPEND-UP?"),
    ("indicator: SPEND-UP", "indicator: BOTH", 39, "BOTH: BOTH leads back to BOTH"),
    ("of: ก, among: ข", "of: ก, amon: ข", 40, "BOTH: unknown key amon"),
    ("kind: ratio, of: ก", "kind: raito, of: ก", 40, "BOTH: kind cannot be raito; did you mean ratio?"),
    ("of: ก, among: ข", "of: [ก], among: ข", 40, "BOTH: of must be text"),
    ("weight: 60", "weight: true", 31, "SPEND-UP: weight must be a number or text"),
    ("of: ก, among: ข", "of: ก", 40, "BOTH: among is missing"),
    ("fiscal_year: 2568", "fiscal_year: 2025", 1, "fiscal_year cannot be 2025; it goes from 2500 to 2700"),
    ("fiscal_year: 2568\n", "", 1, "fiscal_year is missing"),
    ("code: SPEND-UP", 'code: "8308"', 24, "8308: is already defined for 2568 at"),
]


def read(directory: Path, year: str = YEAR, **more: str) -> Catalog:
    paths = []
    for name, text in {"units": UNITS, "fy2568": year, **more}.items():
        paths.append(directory / f"{name}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    return read_catalog(paths, measures=WAYS)


def faults_of(directory: Path, year: str = YEAR, **more: str) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        read(directory, year, **more)
    return [message.removeprefix(f"{directory}/") for message in caught.value.messages]


def test_a_definition_holds_all_that_its_entry_says(tmp_path: Path) -> None:
    entry = read(tmp_path).definitions[0]
    assert entry.definition == Definition(
        code="8308",
        fiscal_year=2568,
        name="ร้อยละของชุมชน",
        host="BUDGET",
        target=Target(Decimal("3.5"), TargetIn.LEVEL, Direction.LOWER),
        measure={"kind": "ratio", "of": "ชุมชนที่เบิกจ่าย", "among": "ชุมชนทั้งหมด"},
        kind=SuccessKind.OUTCOME,
        supports={"side": "สังคมดี"},
        definition="ชุมชนที่เบิกจ่าย",
        formula="ตัวตั้ง ÷ ตัวหาร",
        reporting=Reporting(
            Frequency.YEARLY, 28, ReportedBy.MACHINE, "vouchers", EvidenceAsked.REQUIRED, evidence_of="รายงาน"
        ),
        plan={11: Decimal("20.5"), 1: Decimal(40)},
        channel="BMA Policy Tracking",
        follow_up=("ติดตาม",),
        weight=Decimal(20),
        budget=Decimal("1000.25"),
    )
    assert list(entry.definition.plan) == [11, 1]
    assert entry.shares == {"BUDGET": (Decimal(22), Decimal(20)), "HEALTH": (None, None)}
    assert entry.source == f"{tmp_path}/fy2568.yaml:3"


def test_what_an_entry_leaves_out_goes_without_saying(tmp_path: Path) -> None:
    entry = read(tmp_path).definitions[1]
    assert entry.definition.name == "เร่งรัดการใช้จ่าย"
    assert entry.definition.target == Target(Decimal(100), TargetIn.PERCENT, Direction.HIGHER)
    assert entry.definition.reporting == Reporting()
    assert entry.shares == {"HEALTH": (None, None)}


def test_the_plan_follows_from_the_months_of_the_steps(tmp_path: Path) -> None:
    assert read(tmp_path).definitions[1].definition.plan == {11: Decimal(40), 2: Decimal(100)}


def test_an_indicator_has_a_short_name_for_cards_where_one_is_given(tmp_path: Path) -> None:
    assert [indicator.short for indicator in read(tmp_path).indicators] == ["ชุมชนฯ", "", ""]
    long = UNITS.replace("short: ชุมชนฯ", f"short: {'ก' * 31}")
    assert "8308: short is too long; at most 30 characters" in faults_of(tmp_path, units=long)[0]


@pytest.mark.parametrize(("text", "instead", "line", "words"), FAULTS, ids=[words for *_, words in FAULTS])
def test_a_fault_in_a_definition_names_its_line(tmp_path: Path, text: str, instead: str, line: int, words: str) -> None:
    assert text in YEAR
    messages = faults_of(tmp_path, YEAR.replace(text, instead, 1))
    assert [message.split(": ")[0] for message in messages if words in message] == [f"fy2568.yaml:{line}"]
    assert not any("\n" in message for message in messages)


def test_all_faults_are_told_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    year = (
        YEAR.replace("host: BUDGET", "host: X")
        .replace("weight: 60", "weight: 50")
        .replace("target: 20}", "target: 30}")
    )
    assert [message.split(": ")[0] for message in faults_of(tmp_path, year)] == [
        "fy2568.yaml:5",
        "fy2568.yaml:15",
        "fy2568.yaml:27",
    ]


OTHER = """\
fiscal_year: 2569
definitions:
  - {code: BOTH, host: BUDGET, kind: output, target: 1, measure: {kind: composite, parts: [{indicator: SPEND-UP}]}}
"""


def test_an_indicator_is_defined_once_a_year_in_all_files(tmp_path: Path) -> None:
    message = f"more.yaml:3: BOTH: is already defined for 2568 at {tmp_path}/fy2568.yaml:33; keep one"
    assert faults_of(tmp_path, more=OTHER.replace("2569", "2568")) == [message]


def test_a_part_is_of_the_same_year(tmp_path: Path) -> None:
    assert faults_of(tmp_path, more=OTHER) == ["more.yaml:3: BOTH: there is no indicator SPEND-UP in 2569"]
    alone = OTHER.replace("parts: [{indicator: SPEND-UP}]", "parts: []")
    assert len(read(tmp_path, more=alone).definitions) == 4


def test_a_circle_of_composites_is_found(tmp_path: Path) -> None:
    year = YEAR.replace(
        'kind: steps\n      steps:\n        - {weight: 40, planned: "11"}\n        - {weight: 60, planned: "02"}',
        "kind: composite\n      parts:\n        - indicator: BOTH",
    )
    assert [message.split("; ")[0] for message in faults_of(tmp_path, year)] == [
        "fy2568.yaml:30: SPEND-UP: BOTH leads back to SPEND-UP",
        "fy2568.yaml:38: BOTH: SPEND-UP leads back to BOTH",
    ]


def test_units_and_indicators_may_be_known_already(tmp_path: Path) -> None:
    path = tmp_path / "fy2568.yaml"
    path.write_text(YEAR, encoding="utf-8")
    names = {"8308": "ชุมชน", "SPEND-UP": "เร่งรัด", "BOTH": "ทั้งสอง"}
    found = read_catalog([path], known_units={"BUDGET", "HEALTH"}, known_indicators=names, measures=WAYS)
    assert [entry.definition.name for entry in found.definitions] == ["ร้อยละของชุมชน", "เร่งรัด", "ทั้งสอง"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(YEAR) - 1), st.sampled_from(["", *"-:{}[]\"'#&*!|>%@` \n0.,~?"]))
def test_a_slip_of_one_character_is_harmless_or_told(tmp_path: Path, place: int, typed: str) -> None:
    try:
        read(tmp_path, YEAR[:place] + typed + YEAR[place + 1 :])
    except CatalogError as error:
        assert all(message.startswith(f"{tmp_path}/fy2568.yaml") for message in error.messages)


def test_a_slip_that_stands_in_thousands_of_places_is_told_everywhere(tmp_path: Path) -> None:
    units = "".join(f"      - {{unit: HEALHT-{number}}}\n" for number in range(3000))
    messages = faults_of(tmp_path, YEAR.replace("      - unit: HEALTH\n", units))
    assert len(messages) == 3000
    assert messages[-1].startswith("fy2568.yaml:3015: 8308: there is no unit HEALHT-2999 to report")
