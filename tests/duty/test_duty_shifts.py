"""Who is on duty at an instant, who stands in, and what a roster does to what was there."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from models import duty_shifts
from models.duty_shifts import DutyShift, RecipientKind, RosterRow, ShiftSource
from models.errors import Invalid
from models.members import MemberRole, Role, find_member
from models.working_time import BANGKOK, ServiceCalendar, Span
from tests.office import SECRETARIAT

FIRST, SECOND, SUPERVISOR, ADMIN, OFFICER = ("U" + letter * 32 for letter in "abcde")
CALENDAR = ServiceCalendar(Span(time(8, 30), time(16, 30)))
NINE = datetime(2026, 11, 20, 9, 0, tzinfo=BANGKOK)


@pytest.fixture
def session(office):
    office.add_member(FIRST, Role.SECRETARY, unit=SECRETARIAT)
    office.add_member(SECOND, Role.SECRETARY, unit=SECRETARIAT)
    office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT)
    office.add_member(ADMIN, Role.ADMIN, unit=SECRETARIAT)
    office.add_member(OFFICER)
    with office.database.transaction() as session:
        yield session


def id_of(session, line_id: str) -> int:
    return find_member(session, line_id).id


def add_shift(session, person: str, begins: datetime, ends: datetime, source=ShiftSource.ROSTER) -> None:
    member = id_of(session, person)
    session.add(DutyShift(member_id=member, starts_at=begins, ends_at=ends, source=source, created_at=NINE))
    session.flush()


def on_duty(session, at: datetime, calendar=CALENDAR) -> list[str]:
    return [colleague.line_user_id for colleague in duty_shifts.list_on_duty(session, calendar, at)]


def told(session, at: datetime) -> tuple[RecipientKind, set[str]]:
    recipients = duty_shifts.who_to_tell(session, CALENDAR, at)
    return recipients.kind, set(recipients.line_user_ids)


def test_without_shifts_every_secretary_is_on_duty_while_the_office_serves(session):
    assert on_duty(session, NINE) == [FIRST, SECOND]
    assert on_duty(session, NINE.replace(hour=8)) == []
    assert on_duty(session, NINE + timedelta(days=1)) == []  # a Saturday
    assert on_duty(session, NINE.replace(hour=3), ServiceCalendar(None)) == [FIRST, SECOND]


def test_on_a_day_with_shifts_it_is_those_of_the_hour(session):
    add_shift(session, FIRST, NINE, NINE + timedelta(hours=3))
    assert on_duty(session, NINE) == [FIRST]
    assert on_duty(session, NINE + timedelta(hours=3)) == []  # its end is the first instant after it
    assert on_duty(session, NINE - timedelta(minutes=1)) == []
    assert on_duty(session, NINE + timedelta(days=3)) == [FIRST, SECOND]


def test_a_day_is_one_in_bangkok(session):
    midnight = NINE.replace(hour=0)
    add_shift(session, FIRST, midnight - timedelta(hours=6), midnight)  # Thursday evening
    assert on_duty(session, NINE) == [FIRST, SECOND]


def test_who_lost_the_role_or_blocked_the_account_is_not_on_duty(session):
    for person in (FIRST, SECOND):
        add_shift(session, person, NINE, NINE + timedelta(hours=3))
    find_member(session, FIRST).blocked_at = NINE
    second = find_member(session, SECOND)
    second.roles_held[:] = [MemberRole(role=Role.OFFICER)]
    session.flush()
    assert on_duty(session, NINE) == []
    assert told(session, NINE) == (RecipientKind.SUPERVISORS, {SUPERVISOR})


def test_supervisors_stand_in_then_administrators_then_nobody(session):
    add_shift(session, FIRST, NINE, NINE)
    assert told(session, NINE) == (RecipientKind.SUPERVISORS, {SUPERVISOR})
    find_member(session, SUPERVISOR).blocked_at = NINE
    session.flush()
    assert told(session, NINE) == (RecipientKind.ADMINS, {ADMIN})
    find_member(session, ADMIN).blocked_at = NINE
    session.flush()
    assert told(session, NINE) == (RecipientKind.NOBODY, set())


def test_nobody_is_told_while_the_office_is_closed_unless_somebody_took_the_hours(session):
    evening = NINE.replace(hour=19)
    assert told(session, evening) == (RecipientKind.CLOSED, set())
    add_shift(session, SECOND, evening, evening + timedelta(hours=1), ShiftSource.CHAT)
    assert told(session, evening) == (RecipientKind.DUTY, {SECOND})


def test_colleagues_are_those_on_duty_first_and_never_oneself(session):
    add_shift(session, SECOND, NINE, NINE + timedelta(hours=3))
    add_shift(session, SUPERVISOR, NINE, NINE + timedelta(hours=3))
    mine = id_of(session, FIRST)
    listed = duty_shifts.list_colleagues(session, CALENDAR, NINE, mine)
    assert [colleague.line_user_id for colleague in listed] == [SECOND, SUPERVISOR]
    with pytest.raises(Invalid, match="colleague_not_available"):
        duty_shifts.get_colleague(session, id_of(session, OFFICER))


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (NINE, NINE.replace(hour=16, minute=30)),
        (NINE.replace(hour=7), NINE.replace(hour=16, minute=30)),  # early: until the office closes
        (NINE.replace(hour=18), NINE.replace(hour=0) + timedelta(days=1)),
        (NINE + timedelta(days=1), NINE.replace(hour=0) + timedelta(days=2)),
    ],
)
def test_a_shift_lasts_until_the_office_closes_or_the_day_ends(at, until):
    assert duty_shifts.end_of_duty(CALENDAR, at) == until


class TestRoster:
    def row(self, session, person: str, begins: float, ends: float) -> RosterRow:
        return RosterRow(id_of(session, person), NINE + timedelta(hours=begins), NINE + timedelta(hours=ends))

    def test_what_has_begun_stays_whatever_the_file_says(self, session):
        duty_shifts.replace_roster(session, [self.row(session, FIRST, 0, 3), self.row(session, SECOND, 3, 7)], NINE)
        later = NINE + timedelta(hours=1)
        changed = duty_shifts.replace_roster(session, [self.row(session, SUPERVISOR, 3, 7)], later)
        assert changed == (1, 1, 0)
        assert on_duty(session, later) == [FIRST]
        assert on_duty(session, NINE + timedelta(hours=3)) == [SUPERVISOR]

    def test_who_went_off_duty_in_the_chat_is_not_put_back_by_the_same_file(self, session):
        rows = [self.row(session, FIRST, 0, 7)]
        duty_shifts.replace_roster(session, rows, NINE)
        later = NINE + timedelta(hours=1)
        duty_shifts.end_shift(session, id_of(session, FIRST), later)
        assert duty_shifts.replace_roster(session, rows, later) == (0, 0, 1)
        assert on_duty(session, later) == []

    def test_shifts_of_the_chat_and_of_other_days_stay(self, session):
        add_shift(session, FIRST, NINE + timedelta(hours=2), NINE + timedelta(hours=3), ShiftSource.CHAT)
        add_shift(session, FIRST, NINE + timedelta(days=1), NINE + timedelta(days=1, hours=3))
        assert duty_shifts.replace_roster(session, [self.row(session, SECOND, 1, 2)], NINE) == (1, 0, 0)
        assert on_duty(session, NINE + timedelta(hours=2)) == [FIRST]
        assert on_duty(session, NINE + timedelta(days=1)) == [FIRST]

    def test_a_relief_is_given_out_once_and_only_while_it_lasts(self, session):
        duty_shifts.replace_roster(session, [self.row(session, FIRST, 1, 2), self.row(session, SECOND, 3, 4)], NINE)
        assert duty_shifts.take_reliefs(session, NINE) == []
        begun = duty_shifts.take_reliefs(session, NINE + timedelta(hours=1))
        assert [shift.line_user_id for shift in begun] == [FIRST]
        assert duty_shifts.take_reliefs(session, NINE + timedelta(hours=1)) == []
        assert duty_shifts.take_reliefs(session, NINE + timedelta(hours=5)) == []  # slept through
