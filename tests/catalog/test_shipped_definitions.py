"""The definitions in the repository carry the figures of the office's papers."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from bot.catalog import Catalog, CatalogDefinition
from models.indicator_definitions import definition_as_json, definition_from_json
from models.indicator_terms import ReportedBy, TargetIn, round_half_up
from models.measures import read_measure

BY_YEAR = {
    2563: {
        "TOILET",
        "INFO-CENTRE",
        "INFO-CENTRE-ACT",
        "PAY-7-DAYS",
        "STUDY-1555",
        "1555",
        "LINE-TRACKING",
        "E-SARABAN",
    },
    2564: {"PBIS-PROC", "CARRY-OVER"},
    2565: {"PBIS-LEVEL", "CARRY-OVER", "INTEGRATED-BUDGET", "SPEND-UP-ACT", "DISBURSE"},
    2568: {"BUD-CRITERIA", "8308"},
}

HOSTS = {
    **dict.fromkeys(
        ["BUD-CRITERIA", "PBIS-PROC", "PBIS-LEVEL", "INTEGRATED-BUDGET", "CARRY-OVER", "DISBURSE"], "BUDGET"
    ),
    **dict.fromkeys(["TOILET", "INFO-CENTRE", "INFO-CENTRE-ACT", "E-SARABAN"], "CENTRAL-ADMINISTRATION"),
    **dict.fromkeys(["STUDY-1555", "1555"], "COMPLAINT-CENTRE"),
    "SPEND-UP-ACT": "BUDGET-SYSTEM-OFFICE",
    "8308": "SOCIAL-DEVELOPMENT",
    "PAY-7-DAYS": "FINANCE-SECTION",
    "LINE-TRACKING": "SECRETARIAT",
}

LADDERS = {
    ("BUD-CRITERIA", 2568): [(20, None), (40, None), (60, None), (80, None), (100, None)],
    ("PBIS-PROC", 2564): [(20, 4), (40, 8), (60, 12), (80, 16), (100, 20)],
    ("PBIS-LEVEL", 2565): [(20, 6), (40, 12), (60, 18), (80, 24), (100, 30)],
    ("INTEGRATED-BUDGET", 2565): [(60, 12), (70, 14), (80, 16), (90, 18), (100, 20)],
}

WEIGHTS = {
    ("TOILET", 2563): [10, 10, 30, 30, 20],
    ("INFO-CENTRE-ACT", 2563): [5, 5, 70, 10, 10],
    ("STUDY-1555", 2563): [20, 20, 40, 20],
    ("E-SARABAN", 2563): [40, 20, 15, 15, 5, 5],
    ("SPEND-UP-ACT", 2565): [20, 20, 40, 10, 10],
}

TARGETS = {
    ("PBIS-PROC", 2564): (5, TargetIn.LEVEL),
    ("PBIS-LEVEL", 2565): (5, TargetIn.LEVEL),
    ("CARRY-OVER", 2564): (5, TargetIn.LEVEL),
    ("CARRY-OVER", 2565): (5, TargetIn.LEVEL),
    ("8308", 2568): (90, TargetIn.PERCENT),
    ("PAY-7-DAYS", 2563): (80, TargetIn.PERCENT),
    ("INFO-CENTRE", 2563): (10, TargetIn.PERCENT),
}

PLANS = {
    ("INTEGRATED-BUDGET", 2565): {11: 60, 12: 70, 2: 80, 7: 90, 8: 100},
    ("SPEND-UP-ACT", 2565): {11: 20, 1: 40},
    ("INFO-CENTRE-ACT", 2563): {12: 10, 6: 80, 7: 90},
}

BUDGETS = {("TOILET", 2563): 3_686_000, ("E-SARABAN", 2563): 10_800_000, ("PBIS-LEVEL", 2565): 10_991_500}

GROUPS = {"กท.กลาง": (201, 183), "กท.ตะวันออก": (490, 441), "กท.ใต้": (278, 251)}
GROUPS |= {"กท.เหนือ": (450, 405), "กธ.ใต้": (290, 261), "กธ.เหนือ": (295, 265)}
"""Communities and target of the 8308 sheet's districts, added up by group."""


@pytest.fixture(scope="session")
def defined(shipped: Catalog) -> dict[tuple[str, int], CatalogDefinition]:
    return {(entry.definition.code, entry.definition.fiscal_year): entry for entry in shipped.definitions}


Defined = dict[tuple[str, int], CatalogDefinition]


def measure_of(entry: CatalogDefinition) -> dict[str, Any]:
    return dict(entry.definition.measure)


def test_every_indicator_of_the_papers_is_defined_in_its_years(shipped: Catalog, defined: Defined) -> None:
    assert set(defined) == {(code, year) for year, codes in BY_YEAR.items() for code in codes}
    assert {code for code, _ in defined} == {indicator.code for indicator in shipped.indicators}


def test_every_indicator_has_a_short_name_of_its_own(shipped: Catalog) -> None:
    assert all(count == 1 for count in Counter(indicator.short for indicator in shipped.indicators).values())
    assert all(0 < len(indicator.short) <= 30 for indicator in shipped.indicators)


def test_hosts_targets_budgets_and_plans_are_those_of_the_papers(defined: Defined) -> None:
    assert {code: entry.definition.host for (code, _), entry in defined.items()} == HOSTS
    for key, entry in defined.items():
        target = entry.definition.target
        assert (target.value, target.measured_in) == TARGETS.get(key, (100, TargetIn.PERCENT)), key
        assert entry.definition.plan == PLANS.get(key, {}), key
        assert entry.definition.budget == BUDGETS.get(key), key


def test_definition_formula_and_kind_are_told_of_every_indicator(defined: Defined) -> None:
    for entry in defined.values():
        assert entry.definition.definition
        assert entry.definition.formula
        assert "\n" not in entry.definition.definition + entry.definition.name


def test_steps_have_the_percentages_scores_and_weights_of_the_papers(defined: Defined) -> None:
    steps = {key: measure_of(entry).get("steps", []) for key, entry in defined.items()}
    assert {key: [(step["percent"], step.get("score")) for step in steps[key]] for key in LADDERS} == LADDERS
    assert {key: [step["weight"] for step in steps[key]] for key in WEIGHTS} == WEIGHTS
    assert {key for key, found in steps.items() if found} == {*LADDERS, *WEIGHTS}
    names = [step["name"] for found in steps.values() for step in found]
    assert all(0 < len(name) <= 60 for name in names)


def test_the_bands_belong_to_their_year(defined: Defined) -> None:
    bands = [tuple(band.values()) for band in measure_of(defined["CARRY-OVER", 2565])["bands"]]
    assert bands == [(0, 5, 100, 20), (2, 4, 90, 18), (3, 3, 80, 16), (4, 2, 70, 14), (1, 60, 12)]
    assert measure_of(defined["CARRY-OVER", 2564])["bands"][0] == {"up_to": 4, "level": 5, "percent": 100}


def test_the_communities_of_8308_are_those_of_the_sheet(shipped: Catalog, defined: Defined) -> None:
    shares = defined["8308", 2568].shares
    assert len(shares) == 50
    assert (sum(whole for whole, _ in shares.values()), sum(goal for _, goal in shares.values())) == (2004, 1806)
    assert all(goal == round_half_up(whole * 90 / Decimal(100), 0) for whole, goal in shares.values())
    group_of = {unit.code: unit.district_group for unit in shipped.units}
    for group, (whole, goal) in GROUPS.items():
        inside = [share for code, share in shares.items() if group_of[code] == group]
        assert (sum(share[0] for share in inside), sum(share[1] for share in inside)) == (whole, goal), group
    assert (shares["DIN-DAENG"], shares["RAT-BURANA"]) == ((22, 20), (28, 25))


def test_each_department_and_district_reports_its_own_money_and_centre(shipped: Catalog, defined: Defined) -> None:
    top = {unit.code for unit in shipped.units if unit.budget_division}
    assert set(defined["DISBURSE", 2565].shares) == set(defined["INFO-CENTRE", 2563].shares) == top
    assert measure_of(defined["INFO-CENTRE", 2563])["members"] == 72
    assert defined["INFO-CENTRE", 2563].definition.reporting.by is ReportedBy.HOST


def test_what_the_service_counts_itself_is_reported_by_no_one(defined: Defined) -> None:
    by_machine = {
        key: entry.definition.reporting.source
        for key, entry in defined.items()
        if entry.definition.reporting.by is ReportedBy.MACHINE
    }
    assert by_machine == {("PAY-7-DAYS", 2563): "vouchers", ("LINE-TRACKING", 2563): "service_log"}


def test_the_service_indicator_has_four_parts(defined: Defined) -> None:
    parts = measure_of(defined["LINE-TRACKING", 2563])["parts"]
    assert [(part["code"], part["target"], part["measure"]["kind"]) for part in parts] == [
        ("users", 50, "count"),
        ("acknowledged", 80, "ratio"),
        ("answered", 80, "ratio"),
        ("satisfied", 80, "ratio"),
    ]


def test_a_definition_can_be_stored_and_measured_with(defined: Defined) -> None:
    for entry in defined.values():
        stored = definition_from_json(definition_as_json(entry.definition))
        assert stored == entry.definition
        assert entry.definition.measure["kind"] == read_measure(stored.measure).KIND
