"""Summaries of what real reports and requests left in the tables."""

from __future__ import annotations

from datetime import date

import pytest

from models.audiences import audience_of
from models.counting import calendar_loader
from models.periods import PeriodKind, read_period
from models.service_calendar import load_calendar
from models.service_terms import read_hours
from models.summary_facts import SummaryFacts
from models.units import get_unit

HOURS = "08:30-16:30"


def load_facts(database, now, kind=PeriodKind.WEEK, first=None, last=None):
    """The facts of a period; of the running one without days."""
    today = date.fromordinal(now.toordinal())
    period = read_period(kind.value, today)
    with database.reading(snapshot=True) as session:
        calendar = load_calendar(session, read_hours(HOURS))
        given = {"now": now, "calendar": calendar, "calendars": calendar_loader(session)}
        return SummaryFacts.load(session, kind, first or period.first, last or period.last, **given)


def audience(database, unit, *roles, sees_city=False):
    """The audience of people of a unit with some roles."""
    with database.reading() as session:
        return audience_of(roles, get_unit(session, unit).id, sees_city=sees_city)


@pytest.fixture
def units(database):
    """The database with the shipped catalog in it, which this fixture's name brings about."""
    return database


@pytest.fixture
def summary(database):
    """Give the summary of people of a unit with some roles, of a period."""

    def read(unit, *roles, now, kind=PeriodKind.WEEK, first=None, last=None, sees_city=False):
        facts = load_facts(database, now, kind, first, last)
        return facts.summary_for(audience(database, unit, *roles, sees_city=sees_city))

    return read
