"""What summaries tell: by role and unit, from reports and requests as they are recorded."""

from __future__ import annotations

from datetime import UTC, datetime

from models.members import Role
from models.summary_terms import Matter
from tests.indicators.acting import add_person, report

NOW = datetime(2025, 5, 20, 2, 0, tzinfo=UTC)
HOST, DISTRICT, OTHER = "สำนักพัฒนาสังคม", "สำนักงานเขตดินแดง", "สำนักงานเขตบางรัก"


def matters(told):
    return [line.matter for line in told.lines]


def test_a_manager_of_the_city_sees_what_waits_first_then_what_is_behind(units, summary):
    coordinator = add_person(units, DISTRICT, Role.COORDINATOR, number=1)
    report(units, "8308", coordinator, NOW, numerator=5)
    told = summary(DISTRICT, Role.MANAGER, now=NOW, sees_city=True)
    assert matters(told)[0] is Matter.APPROVE
