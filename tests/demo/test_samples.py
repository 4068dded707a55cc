"""The demo's people and letters: true to life whenever the demo is started."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.catalog import load_catalog
from bot.demo_samples import (
    LETTERS,
    NUMBER_CODES,
    OFFICER,
    PEOPLE,
    add_letters,
    add_people,
    invite_stranger,
    office_time,
)
from models.documents import BANGKOK, Document, DocumentEvent, DocumentReceipt, Secrecy, Stage, Urgency
from models.members import Role, find_member
from models.session import Database
from models.visibility import list_letters_by_number, viewer_for
from tests.office import shipped_catalog
from tests.support import LOADED_AT

MOMENTS = {
    "friday morning": datetime(2026, 11, 20, 2, 0, tzinfo=UTC),
    "sunday night": datetime(2026, 11, 22, 20, 31, 17, tzinfo=UTC),
    "new year": datetime(2026, 12, 31, 17, 0, 5, tzinfo=UTC),
    "just opened": datetime(2027, 1, 4, 1, 30, tzinfo=UTC),
}


@pytest.fixture(params=MOMENTS.values(), ids=MOMENTS)
def now(request) -> datetime:
    return request.param


@pytest.fixture
def filled(sqlite_url, now):
    database = Database(sqlite_url)
    with database.transaction() as session:
        load_catalog(session, shipped_catalog(), LOADED_AT)
        add_people(session, "1", now)
        assert add_letters(session, now) == len(LETTERS)
    with database.reading() as session:
        yield session
    database.close()


def test_every_stage_and_urgency_is_there_and_two_letters_are_secret(filled):
    letters = filled.scalars(select(Document)).all()

    assert len(letters) >= 30
    assert {letter.stage for letter in letters} == set(Stage)
    assert {letter.urgency for letter in letters} == set(Urgency)
    assert sum(letter.secrecy is not Secrecy.NORMAL for letter in letters) == 2
    assert any(letter.due_at for letter in letters)
    assert len({letter.from_unit_id for letter in letters}) > 15


def test_histories_lie_in_office_hours_of_the_past_and_run_forward(filled, now):
    by_letter: dict[int, list[datetime]] = {}
    for event in filled.scalars(select(DocumentEvent).order_by(DocumentEvent.id)):
        by_letter.setdefault(event.document_id, []).append(event.at)

    for moments in by_letter.values():
        assert moments == sorted(set(moments))
        assert all(at <= now and is_office_time(at) for at in moments)


def test_receive_numbers_are_of_the_year_of_reception_and_never_twice(filled):
    receipts = filled.scalars(select(DocumentReceipt)).all()

    assert all(receipt.receive_year == receipt.received_at.astimezone(BANGKOK).year for receipt in receipts)
    assert max(Counter((each.receive_number, each.receive_year) for each in receipts).values()) == 1


def test_the_officer_finds_the_letter_of_the_welcome_and_no_secret_one(filled):
    viewer = viewer_for(filled, find_member(filled, OFFICER.user_id))
    secret = next(letter for letter in LETTERS if letter.secrecy is not Secrecy.NORMAL and letter.unit == OFFICER.unit)

    assert [line.stage for line in list_letters_by_number(filled, viewer, "กท 1902/1335")] == [Stage.PROPOSED]
    assert len(list_letters_by_number(filled, viewer, "กท 1902/412")) == 2
    assert list_letters_by_number(filled, viewer, secret.number) == []


def test_there_is_somebody_of_every_role_and_a_stranger(filled):
    registered = [find_member(filled, person.user_id) for person in PEOPLE]

    assert {role for member in registered if member for role in member.roles} == set(Role)
    assert registered.count(None) == 1


def test_people_are_added_once_and_a_code_is_made_each_time(sqlite_url):
    database, now = Database(sqlite_url), MOMENTS["friday morning"]
    with database.transaction() as session:
        load_catalog(session, shipped_catalog(), LOADED_AT)
        add_people(session, "1", now)
        add_people(session, "1", now)
        assert invite_stranger(session, now) != invite_stranger(session, now)
    database.close()


def test_every_unit_has_one_code_and_every_code_one_unit():
    assert len(set(NUMBER_CODES.values())) == len(NUMBER_CODES)


@given(
    now=st.integers(0, 10_000_000).map(lambda minutes: MOMENTS["new year"] + timedelta(minutes=minutes)),
    minutes=st.integers(1, 6000),
)
def test_office_time_lies_in_office_hours_on_the_right_side_of_now(now, minutes):
    before, after = office_time(now, -minutes / 60), office_time(now, minutes / 60)

    assert is_office_time(before)
    assert is_office_time(after)
    assert before <= now - timedelta(minutes=minutes)
    assert after > now + timedelta(minutes=minutes - 1)


def test_office_time_passes_over_noon_and_the_weekend():
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=BANGKOK)

    assert office_time(monday, -1) == datetime(2026, 11, 20, 16, 0, tzinfo=BANGKOK)
    assert office_time(monday, 4) == datetime(2026, 11, 23, 14, 0, tzinfo=BANGKOK)
    assert office_time(monday, 0) == monday


def is_office_time(at: datetime) -> bool:
    local = at.astimezone(BANGKOK)
    minute = local.hour * 60 + local.minute
    return local.weekday() < 5 and (510 <= minute <= 720 or 780 <= minute <= 990)
