"""A database with the shipped units, and people of the offices that the tests play in."""

from __future__ import annotations

import pytest

from models.members import Role
from tests.indicators.acting import add_person


@pytest.fixture
def units(database):
    """The database with the shipped catalog in it, which this fixture's name brings about."""
    return database


@pytest.fixture
def people(units):
    """LINE user ids of coordinators and reviewers, of districts and of two hosts."""
    return {
        "din_daeng": add_person(units, "สำนักงานเขตดินแดง", Role.COORDINATOR, number=1),
        "bang_rak": add_person(units, "สำนักงานเขตบางรัก", Role.COORDINATOR, number=2),
        "host": add_person(units, "สำนักพัฒนาสังคม", Role.COORDINATOR, number=3),
        "reviewer": add_person(units, "สำนักพัฒนาสังคม", Role.REVIEWER, number=4),
        "second_reviewer": add_person(units, "สำนักพัฒนาสังคม", Role.REVIEWER, Role.COORDINATOR, number=5),
        "budget": add_person(units, "สำนักงบประมาณกรุงเทพมหานคร", Role.COORDINATOR, number=6),
        "budget_reviewer": add_person(units, "สำนักงบประมาณกรุงเทพมหานคร", Role.REVIEWER, number=7),
        "officer": add_person(units, "สำนักงานเขตดินแดง", Role.OFFICER, number=8),
    }
