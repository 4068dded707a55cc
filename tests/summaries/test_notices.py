"""Whose hour has come, and that a summary is stored once whoever else runs and whatever happens meanwhile."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from models.members import Role, delete_member, find_member, record_blocked
from models.outbox import OutboxRow, OutboxState, share_content
from models.periods import PeriodKind
from models.preference_terms import Usual
from models.preferences import NotificationPreferences
from models.summary_notices import NoticeOutcome, Settled, SummaryNotice, find_waiting, list_people_due, settle
from models.summary_schedule import Due
from models.working_time import BANGKOK

MONDAY = date(2026, 11, 23)
DAILY = Due(PeriodKind.DAY, MONDAY, date(2026, 11, 20), date(2026, 11, 22))
WEEKLY = Due(PeriodKind.WEEK, MONDAY, date(2026, 11, 16), date(2026, 11, 22))
TUESDAY = Due(PeriodKind.DAY, MONDAY + timedelta(days=1), MONDAY, MONDAY)
ANNA, BEN, CARA = ("U" + letter * 32 for letter in "abc")
TOLD = NoticeOutcome.TOLD


@pytest.fixture
def people(office):
    for person in (ANNA, BEN, CARA):
        office.add_member(person, Role.MANAGER)
    return office


def at(hour: float, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time(), BANGKOK) + timedelta(hours=hour)


def id_of(office, person: str) -> int:
    with office.database.reading() as session:
        return find_member(session, person).id


def prefer(office, person: str, **chosen) -> None:
    with office.database.transaction() as session:
        session.add(NotificationPreferences(member_id=id_of(office, person), changed_at=at(0), **chosen))


def due_at(office, hour: float, *standing: Due) -> dict[int, tuple[Due, ...]]:
    with office.database.reading() as session:
        found = list_people_due(session, standing or (DAILY,), Usual(time(8, 30)), at(hour))
    return {person.member_id: person.due for person in found}


def settled(office, person: str, *dues: Due, text: str = "สรุป", instead_of=(), held_for=None) -> Settled:
    content = share_content("summary", [{"type": "text", "text": text}], held_for)
    outcomes = tuple((due, TOLD) for due in dues)
    return Settled(id_of(office, person), person, outcomes, content, tuple(instead_of))


def store(office, *some: Settled) -> list[str]:
    with office.database.transaction() as session:
        return [person.recipient for person in settle(session, some, at(8.5))]


def rows(office) -> list[tuple[str, OutboxState]]:
    with office.database.reading() as session:
        return session.execute(select(OutboxRow.recipient, OutboxRow.state).order_by(OutboxRow.id)).all()


def waiting_of(office, person: str):
    with office.database.reading() as session:
        return find_waiting(session, [person]).get(id_of(office, person))


def test_the_hour_is_the_persons_own_or_the_usual_one_and_the_evening_ends_the_day(people):
    anna, ben, cara = (id_of(people, person) for person in (ANNA, BEN, CARA))
    prefer(people, BEN, summary_at=time(7, 15))
    prefer(people, CARA, summary_at=time(19, 0))
    assert set(due_at(people, 7.2)) == set()
    assert set(due_at(people, 7.25)) == {ben}
    assert set(due_at(people, 8.5)) == set(due_at(people, 17.9)) == {anna, ben}
    assert set(due_at(people, 18)) == set()
    assert set(due_at(people, 19)) == set(due_at(people, 21)) == {cara}
    assert set(due_at(people, 21.1)) == set()


def test_who_has_blocked_the_account_has_no_role_for_summaries_or_came_later_is_not_due(people):
    people.add_member("U" + "d" * 32, Role.OFFICER)
    with people.database.transaction() as session:
        record_blocked(session, BEN, at(8))
    people.clock.advance(days=3)  # Monday, 09.00
    people.add_member("U" + "e" * 32, Role.MANAGER)
    assert set(due_at(people, 9)) == {id_of(people, ANNA), id_of(people, CARA)}


def test_what_was_stored_is_not_due_again_and_is_not_stored_again(people):
    assert store(people, settled(people, ANNA, WEEKLY, DAILY)) == [ANNA]
    assert store(people, settled(people, ANNA, WEEKLY, DAILY), settled(people, BEN, DAILY)) == [BEN]
    assert due_at(people, 9, WEEKLY, DAILY) == {id_of(people, BEN): (WEEKLY,), id_of(people, CARA): (WEEKLY, DAILY)}
    assert rows(people) == [(ANNA, OutboxState.WAITING), (BEN, OutboxState.WAITING)]


def test_who_was_told_half_of_it_by_another_clock_is_left_for_the_next_run(people):
    store(people, settled(people, ANNA, DAILY))
    assert store(people, settled(people, ANNA, WEEKLY, DAILY)) == []
    assert due_at(people, 9, WEEKLY, DAILY)[id_of(people, ANNA)] == (WEEKLY,)
    assert store(people, settled(people, ANNA, WEEKLY)) == [ANNA]


def test_who_left_or_blocked_the_account_meanwhile_costs_no_neighbour(people):
    wanted = [settled(people, person, DAILY) for person in (ANNA, BEN, CARA)]
    with people.database.transaction() as session:
        delete_member(session, ANNA)
        record_blocked(session, BEN, at(8.5))
    assert store(people, *wanted) == [CARA]


def test_a_message_that_still_waits_is_taken_back_for_the_one_that_tells_more(people):
    store(people, settled(people, ANNA, WEEKLY, DAILY, held_for="quota_reserve"))
    first = waiting_of(people, ANNA)
    assert [telling.kind for telling in first.tellings] == [PeriodKind.WEEK, PeriodKind.DAY]

    store(people, settled(people, ANNA, TUESDAY, text="มากกว่า", instead_of=first.rows))
    assert rows(people) == [(ANNA, OutboxState.DROPPED), (ANNA, OutboxState.WAITING)]
    second = waiting_of(people, ANNA)
    assert set(second.rows).isdisjoint(first.rows) and len(second.rows) == 1
    # It tells of all three, and the next one would know so.
    assert sorted(t.first for t in second.tellings) == [WEEKLY.first, DAILY.first, TUESDAY.first]


def test_a_message_that_went_out_meanwhile_is_not_told_again(people):
    store(people, settled(people, ANNA, DAILY, held_for="quota_reserve"))
    newer = settled(people, ANNA, TUESDAY, instead_of=waiting_of(people, ANNA).rows)
    with people.database.transaction() as session:
        session.scalars(select(OutboxRow)).one().state = OutboxState.SENDING  # rides on a reply
    assert store(people, newer, settled(people, BEN, TUESDAY)) == [BEN]
    assert id_of(people, ANNA) in due_at(people, 33, TUESDAY)
    with people.database.reading() as session:
        kinds = session.execute(select(SummaryNotice.due_on, SummaryNotice.outcome).order_by(SummaryNotice.id))
        assert kinds.all() == [(MONDAY, TOLD), (TUESDAY.due_on, TOLD)]
