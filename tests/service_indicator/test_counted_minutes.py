"""A working week of 500 requests: the counted minutes agree with a clock that walks minute by minute.

The week is that of 4 December 2026, a Friday before a long weekend: the fifth is a Saturday holiday and the seventh its
substitution day; an operator made Wednesday the ninth a half day. The calculation here shares no code with
``models.working_time``: it has its own list of holidays and hours, and counts whole minutes one after another.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from sqlalchemy import select, update

from bot.catalog_loading import load_units
from bot.government_holidays import fill_calendar
from models.counting import calendar_loader
from models.members import Role, add_member, find_member
from models.questions import Question, open_request
from models.request_history import Deed
from models.request_log import Wanted, list_request_rows
from models.request_steps import acknowledge_request, answer_request
from models.requests import ClockKind, TrackingRequest
from models.service_calendar import OPERATOR, load_calendar, record_day
from models.service_facts import count_settled
from models.service_figures import read_figures
from models.service_kpi import Part
from models.service_terms import ServiceTerms
from models.units import get_unit
from models.working_time import DayKind, Span
from tests.office import DISTRICT, shipped_catalog

REQUESTS, PEOPLE = 500, 60
MINUTE = timedelta(minutes=1)
SECRETARY = f"U{999:032x}"

# --- the plain calculation: its own days, its own hours, minute by minute ---

DAYS_OFF = {"2026-12-05", "2026-12-06", "2026-12-07", "2026-12-10", "2026-12-12", "2026-12-13"}
"""Father's Day, Sunday, its substitution day, Constitution Day, and the weekend after."""
HALF_DAY = "2026-12-09"
OFFSET = timedelta(hours=7)


def counts(minute: datetime) -> bool:
    """Whether a minute that begins at this instant of the wall clock in Bangkok is one of service."""
    if f"{minute:%Y-%m-%d}" in DAYS_OFF:
        return False
    closes = "12:00" if f"{minute:%Y-%m-%d}" == HALF_DAY else "16:30"
    return "08:30" <= f"{minute:%H:%M}" < closes


def walk(begin: datetime, end: datetime) -> tuple[int, int]:
    """Service minutes and elapsed minutes between two whole minutes."""
    counted = passed = 0
    while begin < end:
        counted += counts(begin)
        passed += 1
        begin += MINUTE
    return counted, passed


def on_the_wall(at: datetime) -> datetime:
    return (at.astimezone(UTC) + OFFSET).replace(tzinfo=None)


# --- the week ---


@pytest.fixture
def week(database):
    """500 requests at random minutes, taken on and answered at random later ones; gives what happened when."""
    chance = Random(2569)
    now = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)  # midnight in Bangkok
    with database.transaction() as session:
        load_units(session, shipped_catalog())
        unit = get_unit(session, DISTRICT).id
        people = [f"U{number:032x}" for number in range(1, PEOPLE + 1)]
        for person in (*people, SECRETARY):
            role = Role.SECRETARY if person == SECRETARY else Role.OFFICER
            add_member(session, line_user_id=person, name="-", unit_id=unit, roles=[role], now=now)
    fill_calendar(database, [2026], now)
    with database.transaction() as session:
        record_day(
            session,
            date(2026, 12, 9),
            DayKind.HALF_DAY,
            opens=time(8, 30),
            closes=time(12, 0),
            name="ทำการครึ่งวัน",
            source=OPERATOR,
            now=now,
        )
        terms = ServiceTerms(load_calendar(session, Span(time(8, 30), time(16, 30))))
        members = {person: find_member(session, person).id for person in (*people, SECRETARY)}
    happened: dict[int, tuple[datetime, datetime, datetime]] = {}
    for start in range(0, REQUESTS, 50):
        with database.transaction() as session:
            for turn in range(start, start + 50):
                asked, acknowledged, answered = at_random(now, chance)
                person = people[chance.randrange(PEOPLE)]
                question = Question(person, members[person], unit, asked, asked, text=f"คำถามที่ {turn}")
                request, _ = open_request(session, question, terms, asked)
                secretary = members[SECRETARY]
                acknowledge_request(session, request.number, Deed(secretary, acknowledged, acknowledged, acknowledged))
                answer_request(session, request.number, Deed(secretary, answered, answered, answered))
                stamps = {"acknowledged_at": acknowledged, "answered_at": answered}  # LINE accepted both
                accepted = update(TrackingRequest).where(TrackingRequest.id == request.number).values(stamps)
                session.execute(accepted.execution_options(synchronize_session=False))
                happened[request.number] = asked, acknowledged, answered
    return happened


def at_random(friday: datetime, chance: Random) -> tuple[datetime, datetime, datetime]:
    """Whole minutes: around lunch, in the evening, just before closing, on days off, or any time."""
    day = friday + timedelta(days=chance.randrange(8))
    first, last = chance.choice([(11, 14), (16, 17), (17, 23), (0, 8), (8, 17), (8, 17), (9, 16)])
    asked = day + timedelta(minutes=chance.randrange(60 * first, 60 * last))
    acknowledged = asked + chance.choice([1, 5, 14, 15, 16, 40, 500, 900, 2900]) * MINUTE
    return asked, acknowledged, acknowledged + chance.choice([0, 1, 10, 14, 15, 16, 60, 1100]) * MINUTE


def test_the_counted_minutes_are_those_of_a_clock_that_walks(database, week):
    now = datetime(2026, 12, 31, tzinfo=UTC)
    with database.reading() as session:
        rows = list(list_request_rows(session, Wanted(), now=now, calendars=calendar_loader(session)))
    assert len(rows) == len(week) == REQUESTS
    seen = set()
    for row in rows:
        asked, acknowledged, answered = map(on_the_wall, week[row.request.id])
        late, late_elapsed = [], []
        told = row.as_json()
        for part, done, within in ((Part.ACKNOWLEDGE, acknowledged, 15), (Part.ANSWER, answered, 30)):
            counted, passed = walk(asked, done)
            assert told["service_minutes"][part.value] == counted
            assert told["elapsed_minutes"][part.value] == passed
            assert row.lengths[part].counted_seconds == counted * 60
            late += [part.value] if counted > within else []
            late_elapsed += [part.value] if passed > within else []
            seen |= {(part, counted > within, passed > within), counted == within and "just in time"}
        assert told["late"] == late
        assert told["late_elapsed"] == late_elapsed
    assert (Part.ANSWER, False, True) in seen  # late by the wall clock, in time by the service clock
    assert "just in time" in seen


def test_the_indicator_of_the_week_is_the_plain_one(database, week):
    now = datetime(2026, 12, 31, tzinfo=UTC)
    with database.transaction() as session:
        while count_settled(session, calendar_loader(session), now):
            pass
    with database.reading(snapshot=True) as session:
        askers = dict(session.execute(select(TrackingRequest.id, TrackingRequest.asker_line_id)).all())
        figures = read_figures(
            session, date(2026, 12, 1), date(2026, 12, 31), now=now, calendars=calendar_loader(session)
        )[ClockKind.SERVICE]
    late_people, late, lengths = set(), 0, []
    for number, (asked, _, answered) in week.items():
        counted, _ = walk(on_the_wall(asked), on_the_wall(answered))
        lengths.append(counted * 60)
        if counted > 30:
            late += 1
            late_people.add(askers[number])
    people = set(askers.values())
    assert figures.users == len(people)
    assert (figures.answered.requests.good, figures.answered.requests.of) == (REQUESTS - late, REQUESTS)
    assert (figures.answered.people.good, figures.answered.people.of) == (len(people - late_people), len(people))
    lengths.sort()
    assert figures.answered.spread().median == lengths[REQUESTS // 2 - 1]
    assert figures.answered.spread().p95 == lengths[REQUESTS * 95 // 100 - 1]
