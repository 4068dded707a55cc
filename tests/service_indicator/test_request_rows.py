"""Rows of requests as they come about in the chat: who, when we sent, when LINE accepted, how, and at what cost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.counting import calendar_loader
from models.documents import Secrecy
from models.members import Role
from models.outbox import CallMethod
from models.request_log import MACHINE, Wanted, list_history, list_request_rows, list_tellings
from models.service_kpi import Part
from tests.office import SECRETARIAT

OFFICER, SECRETARY = f"U{1:032x}", f"U{2:032x}"


@pytest.fixture
def open_office(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    return office


def rows_of(office):
    with office.database.reading() as session:
        return list(list_request_rows(session, Wanted(), now=office.clock.now(), calendars=calendar_loader(session)))


def test_what_the_machine_answered_cost_nothing(open_office, clock):
    open_office.add_letter()
    asked_at = clock.now()
    open_office.says(OFFICER, "กท 1902/1335 ถึงไหนแล้ว")
    (row,) = rows_of(open_office)
    assert (row.acknowledged_by, row.answered_by, row.handled_by) == (MACHINE, MACHINE, MACHINE)
    assert row.document_number == "กท 1902/1335"
    assert (row.request.asked_at, row.request.answered_at) == (asked_at, asked_at)
    told = row.tellings[Part.ANSWER]
    assert (told.method, told.cost, told.accepted_at) == (CallMethod.REPLY, 0, row.request.answered_at)
    assert row.tellings[Part.ACKNOWLEDGE] == told
    assert row.as_json()["told"]["answer"]["cost"] == 0


def test_an_officers_words_are_traced_from_tap_to_acceptance(open_office, clock):
    open_office.says(OFFICER, "กท 9999/1 ถึงไหนแล้ว")
    clock.advance(minutes=4)
    open_office.taps(SECRETARY, "รับทราบ")
    clock.advance(minutes=5)
    open_office.says(SECRETARY, "#1 เสนอรองปลัดแล้วเมื่อเช้า")
    (row,) = rows_of(open_office)
    assert (row.acknowledged_by, row.answered_by, row.handled_by) == (SECRETARY, SECRETARY, "human")
    assert row.document_number == "กท 9999/1"
    told = row.as_json()
    assert told["service_minutes"] == told["elapsed_minutes"] == {"acknowledge": 4.0, "answer": 9.0}
    assert (row.tellings[Part.ACKNOWLEDGE].method, row.tellings[Part.ACKNOWLEDGE].cost) == (CallMethod.PUSH, 1)
    with open_office.database.reading() as session:
        history, tellings = list_history(session, 1), list_tellings(session, 1)
    assert [event["kind"] for event in history] == ["asked", "acknowledged", "answered"]
    assert [telling["counts_as"] for telling in tellings] == ["acknowledgement", "answer"]
    for event in history:
        assert event["at"] <= event["received_at"] <= event["recorded_at"]
    assert all(telling["sent_at"] <= telling["accepted_at"] for telling in tellings)


def test_what_line_has_not_accepted_is_not_done(open_office, clock):
    open_office.says(OFFICER, "กท 9999/1 ถึงไหนแล้ว")
    open_office.line.faults.fail_next(500, endpoint="push")
    open_office.taps(SECRETARY, "รับทราบ")
    (row,) = rows_of(open_office)
    assert (row.request.acknowledged_at, row.acknowledged_by) == (None, None)
    assert row.as_json()["elapsed_minutes"]["acknowledge"] is None
    clock.advance(minutes=16)
    open_office.work()
    (row,) = rows_of(open_office)
    assert row.request.acknowledged_at == clock.now()
    assert (row.acknowledged_by, row.late()) == (SECRETARY, ["acknowledge"])


def test_a_secret_letters_number_is_not_told(open_office):
    open_office.add_letter("กท 7777/1", secrecy=Secrecy.NORMAL)
    open_office.says(OFFICER, "กท 7777/1 ถึงไหนแล้ว")
    with open_office.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE documents SET secrecy = 'secret'")
    (row,) = rows_of(open_office)
    assert row.document_number == row.request.asked_number
    assert row.lengths[Part.ANSWER].elapsed == timedelta(0)
