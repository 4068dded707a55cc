"""Every indicator of the papers, as the shipped catalog defines it, computed from a plausible year of reports.

The figures that are expected were worked out by hand; how stands beside each. Reports go through the rules that the
chat uses, by people of the offices that the catalog names, and are approved by their hosts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from models.indicator_access import Person
from models.indicator_reports import DecisionKind, ReportSource
from models.indicator_results import WHOLE, fresh_results, read_results
from models.indicator_terms import Figure, ReportedBy, Standing
from models.indicators import get_indicator
from models.members import Role
from models.reporting import Line, check_line, hold_indicator, record_reports
from models.reviewing import decide
from models.units import find_unit, unit_and_parents
from tests.indicators.acting import add_person
from tests.office import shipped_catalog

DOMAIN = {
    *("BUD-CRITERIA", "PBIS-PROC", "PBIS-LEVEL", "INTEGRATED-BUDGET", "TOILET", "INFO-CENTRE-ACT", "SPEND-UP-ACT"),
    *(
        "STUDY-1555",
        "E-SARABAN",
        "8308",
        "DISBURSE",
        "CARRY-OVER",
        "PAY-7-DAYS",
        "INFO-CENTRE",
        "LINE-TRACKING",
        "1555",
    ),
}


@dataclass(frozen=True)
class Year:
    """A year of reports, ``{"month": "10", "unit": …, figures}``, and what comes of it."""

    code: str
    fiscal_year: int
    reports: list[dict[str, Any]]
    expected: dict[str, str | int | None]
    is_met: bool | None
    before: list[tuple[str, int, list[dict[str, Any]]]] = field(default_factory=list)


def steps(*told: tuple[str, int] | tuple[str, int, int]) -> list[dict[str, Any]]:
    return [{"month": one[0], "step": one[1]} | ({"percent": one[2]} if len(one) > 2 else {}) for one in told]


def scores(unit: str, *by_month: int) -> list[dict[str, Any]]:
    return [{"month": f"{month:02}", "unit": unit, "value": score} for month, score in enumerate(by_month, start=1)]


YEARS = [
    # Four of five steps by August: 80 percent; the target of 100 is not met.
    Year(
        "BUD-CRITERIA",
        2568,
        steps(("11", 1), ("01", 2), ("03", 3), ("08", 4)),
        {"percent": "80", "level": 4, "score": None},
        False,
    ),
    # The result form: past approval (60), short of the contract (80), reported as 75.00: level 3, score 12.
    Year(
        "PBIS-PROC",
        2564,
        [*steps(("12", 1), ("03", 2), ("05", 3)), {"month": "06", "percent": "75.00"}],
        {"percent": "75.00", "level": 3, "score": "12"},
        False,
    ),
    # All five steps: level 5, score 30.
    Year(
        "PBIS-LEVEL",
        2565,
        steps(("12", 1), ("02", 2), ("04", 3), ("06", 4), ("09", 5)),
        {"percent": "100", "level": 5, "score": "30"},
        True,
    ),
    # Guideline 60, manual 70, suitability 80: score 16.
    Year(
        "INTEGRATED-BUDGET",
        2565,
        steps(("11", 1), ("12", 2), ("02", 3)),
        {"percent": "80", "level": 3, "score": "16"},
        False,
    ),
    # 10 + 10 + 30 + half of 30 = 65.
    Year(
        "TOILET",
        2563,
        steps(("10", 1), ("11", 2), ("02", 3), ("05", 4, 50)),
        {"percent": "65"},
        False,
    ),
    # 5 + 5 + 70 × 4 ÷ 6 (four of six months checked, reported as 66.67 percent) = 10 + 46.669 = 56.67.
    Year(
        "INFO-CENTRE-ACT",
        2563,
        [*steps(("11", 1), ("12", 2)), {"month": "04", "step": 3, "percent": "66.67"}],
        {"percent": "56.67"},
        False,
    ),
    # 20 + 20 + 40 + 10 + 10.
    Year(
        "SPEND-UP-ACT",
        2565,
        steps(("11", 1), ("01", 2), ("06", 3), ("08", 4), ("09", 5)),
        {"percent": "100"},
        True,
    ),
    # 20 + 20 + three quarters of 40 = 70; said to be nine tenths in July, then put right to three quarters in August.
    Year(
        "STUDY-1555",
        2563,
        steps(("11", 1), ("01", 2), ("07", 3, 90), ("08", 3, 75)),
        {"percent": "70"},
        False,
    ),
    # 40 + 20 + 15 + 15 = 90.
    Year("E-SARABAN", 2563, steps(("11", 1), ("01", 2), ("04", 3), ("06", 4)), {"percent": "90"}, False),
    # Din Daeng 20 of 22, Bang Rak 14 of 15, Nong Chok 89 of 99 = 123; of all 2,004 communities 6.137… = 6.14.
    Year(
        "8308",
        2568,
        [
            {"month": "03", "unit": "DIN-DAENG", "value": 18},
            {"month": "09", "unit": "DIN-DAENG", "value": 20},
            {"month": "09", "unit": "BANG-RAK", "value": 14},
            {"month": "09", "unit": "NONG-CHOK", "value": 89},
        ],
        {"percent": "6.14", "numerator": "123", "denominator": "2004"},
        False,
    ),
    # (94,210,500.25 + 38,100,000) ÷ (100,000,000 + 40,000,000) = 132,310,500.25 ÷ 140,000,000 = 94.5075… = 94.51.
    Year(
        "DISBURSE",
        2565,
        [
            {"month": "09", "unit": "BUDGET", "numerator": "94210500.25", "denominator": 100000000},
            {"month": "09", "unit": "DIN-DAENG", "numerator": 38100000, "denominator": 40000000},
        ],
        {"percent": "94.51", "numerator": "132310500.25", "denominator": "140000000"},
        False,
    ),
    # 2,576 of 80,000 million baht = 3.22: level 5 in the bands of 2564 …
    Year(
        "CARRY-OVER",
        2564,
        [{"month": "09", "numerator": 2576000000, "denominator": 80000000000}],
        {"value": "3.22", "level": 5, "percent": "100"},
        True,
    ),
    # … and level 2 in those of 2565.
    Year(
        "CARRY-OVER",
        2565,
        [{"month": "09", "numerator": 2576000000, "denominator": 80000000000}],
        {"value": "3.22", "level": 2, "percent": "70", "score": "14"},
        False,
    ),
    # 90 of 100 in October, 46 of 50 in November: (90 + 92) ÷ 2 = 91, not 136 ÷ 150.
    Year(
        "PAY-7-DAYS",
        2563,
        [
            {"month": "10", "numerator": 90, "denominator": 100},
            {"month": "11", "numerator": 46, "denominator": 50},
        ],
        {"percent": "91"},
        True,
    ),
    # Din Daeng passes four times, Bang Rak three, the Budget Bureau six: 2 of 72 = 2.777… = 2.78.
    Year(
        "INFO-CENTRE",
        2563,
        [
            *scores("DIN-DAENG", 80, 79, 85, 90, 60, 80),
            *scores("BANG-RAK", 80, 95, 79, 90, 60, 70),
            *scores("BUDGET", 100, 99, 98, 97, 96, 95),
        ],
        {"percent": "2.78", "numerator": "2", "denominator": "72"},
        False,
    ),
    # 61 people (50 are enough), 55 of 61 acknowledged = 90.16, 48 of 61 answered = 78.69 (short), 30 of 32 content:
    # three of four parts = 75.
    Year(
        "LINE-TRACKING",
        2563,
        [
            {"month": "09", "part": "users", "value": 61},
            {"month": "09", "part": "acknowledged", "numerator": 55, "denominator": 61},
            {"month": "09", "part": "answered", "numerator": 48, "denominator": 61},
            {"month": "09", "part": "satisfied", "numerator": 30, "denominator": 32},
        ],
        {"percent": "75", "numerator": "3", "denominator": "4"},
        False,
    ),
    # The study is done (100) and one piece of work came of it: both parts = 100.
    Year(
        "1555",
        2563,
        [{"month": "09", "value": 1}],
        {"percent": "100", "numerator": "2", "denominator": "2"},
        True,
        before=[("STUDY-1555", 2563, steps(("11", 1), ("01", 2), ("05", 3), ("08", 4)))],
    ),
]


@pytest.fixture
def city(units):
    add_person(units, "PERMANENT-SECRETARY", Role.ADMIN, number=1)
    return units


def test_every_indicator_of_the_papers_is_in_the_catalog():
    assert {one.definition.code for one in shipped_catalog().definitions} == DOMAIN
    assert {year.code for year in YEARS} == DOMAIN


@pytest.mark.parametrize("year", YEARS, ids=lambda year: f"{year.code}-{year.fiscal_year}")
def test_a_plausible_year_gives_what_was_worked_out_by_hand(city, year):
    for code, fiscal_year, reports in [*year.before, (year.code, year.fiscal_year, year.reports)]:
        act(city, code, fiscal_year, reports)
    with city.reading() as session:
        indicator = get_indicator(session, year.code, date(2026, 11, 20), year.fiscal_year)
        results = read_results(session, indicator.id)
        assert results == fresh_results(session, indicator)
    for standing in Standing:
        result = results[WHOLE, standing]
        assert {name: getattr(result, name) for name in year.expected} == {
            name: Decimal(value) if isinstance(value, str) else value for name, value in year.expected.items()
        }
        assert indicator.definition.target.is_met_by(result) is year.is_met


def act(database, code, fiscal_year, reports):
    """Report month after month, and let the host approve everything."""
    for told in reports:
        said = dict(told)
        with database.transaction() as session:
            indicator = hold_indicator(session, get_indicator(session, code, date(2026, 11, 20), fiscal_year).id)
            unit = find_unit(session, said.pop("unit", indicator.definition.host)).id
            calendar_month = said.pop("month")
            month = next(one for one in indicator.months if f"{one:%m}" == calendar_month)
            step, part = said.pop("step", None), said.pop("part", "")
            line = Line(unit, month, part, step, **{name: Decimal(value) for name, value in said.items()})
            by_machine = indicator.definition.reporting.by is ReportedBy.MACHINE
            at = datetime(month.year, month.month, 28, tzinfo=UTC)
            today = date(2026, 11, 20)
            if by_machine:
                figure = Figure(unit, month, part, step, line.percent, line.value, line.numerator, line.denominator)
            else:
                figure = check_line(session, indicator, coordinator(session, unit), line, reason=None, today=today)
            ids = record_reports(
                session,
                indicator,
                [figure],
                member_id=None,
                source=ReportSource.COMMAND,
                note=None,
                at=at,
                now=at,
                today=today,
            )
            decide(session, ids, DecisionKind.APPROVED, reviewer(session, indicator), reason=None, now=at)


def coordinator(session, unit):
    return Person(1, frozenset({Role.COORDINATOR, Role.ADMIN}), unit, unit_and_parents(session, unit))


def reviewer(session, indicator):
    host = indicator.host_unit_id
    return Person(1, frozenset({Role.REVIEWER}), host, unit_and_parents(session, host))
