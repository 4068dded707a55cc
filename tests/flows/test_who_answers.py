"""Who answers a question: the machine from what is recorded lately, an officer where that would be a guess."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.members import Role
from models.requests import RequestState, TrackingRequest
from tests.office import OTHER_DISTRICT, SECRETARIAT, labels_of, text_of

OFFICER, SECRETARY = "U" + "a" * 32, "U" + "c" * 32
NUMBER = "กท 1902/1335"


@pytest.fixture
def desk(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    return office


def requests_of(office):
    with office.database.reading() as session:
        found = session.scalars(select(TrackingRequest).order_by(TrackingRequest.id)).all()
        session.expunge_all()
    return found


def cards(office):
    return [row.message for row in office.line.messages_to(SECRETARY)]


def test_a_fresh_letter_is_answered_at_once_and_marked_as_the_machines(desk):
    desk.add_letter(NUMBER)
    desk.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")

    (request,) = requests_of(desk)
    assert (request.state, request.waits_for_human) == (RequestState.ANSWERED, False)
    assert request.acknowledged_at == request.answered_at == desk.clock.now()
    assert (request.acknowledged_by_id, request.answered_by_id) == (None, None)
    assert cards(desk) == []


def test_the_clock_of_a_machines_answer_stops_when_line_takes_it(desk):
    desk.add_letter(NUMBER)
    desk.line.faults.rate_limit_next()
    asked_at = desk.clock.now()
    desk.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    (waiting,) = requests_of(desk)
    desk.clock.advance(seconds=5)
    desk.work()

    assert waiting.answered_at is None
    assert requests_of(desk)[0].answered_at == asked_at + timedelta(seconds=5)


@pytest.mark.parametrize(("working_days", "who"), [(3, "machine"), (4, "officer")])
def test_a_status_older_than_three_working_days_is_looked_at_first(desk, working_days, who):
    desk.add_letter(NUMBER, at=desk.clock.now() - timedelta(days=working_days))
    answer = desk.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")

    (request,) = requests_of(desk)
    assert request.waits_for_human == (who == "officer")
    assert "เสนอผู้บริหารพิจารณา" in text_of(answer)  # what is known is shown, for what it is
    assert ("ยังไม่ได้ปรับปรุง" in text_of(answer)) == (who == "officer")
    assert bool(cards(desk)) == (who == "officer")


def test_days_off_do_not_make_a_status_older(desk):
    desk.clock.advance(days=4)  # Tuesday
    desk.add_letter(NUMBER, at=desk.clock.now() - timedelta(days=5))  # Thursday: Friday, Monday and Tuesday passed
    desk.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")

    assert not requests_of(desk)[0].waits_for_human


def test_a_status_that_an_officer_confirmed_is_fresh_again(desk):
    desk.add_letter(NUMBER, at=desk.clock.now() - timedelta(days=10))
    desk.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    desk.says(SECRETARY, "#1 ปลัดลงนามแล้ว")
    desk.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")

    assert [request.waits_for_human for request in requests_of(desk)] == [True, False]


def test_what_the_register_does_not_tell_goes_to_an_officer_with_a_true_promise(desk):
    answer = text_of(desk.says(OFFICER, "หนังสือ กท 9999/1 ถึงไหนแล้วคะ"))

    (request,) = requests_of(desk)
    assert (request.state, request.asked_number, request.acknowledged_at) == (RequestState.OPEN, "กท 9999/1", None)
    assert "ไม่พบหนังสือ" in answer
    assert "#1" in answer
    assert "09.30 น." in answer
    assert "กท 9999/1" in text_of(cards(desk))


def test_turning_down_all_candidates_asks_an_officer(desk):
    for running in (1, 2):
        desk.add_letter(f"กท 1902/{running}", subject="ขออนุมัติจัดซื้อเครื่องพิมพ์")
    listed = desk.says(OFFICER, "เรื่องจัดซื้อเครื่องพิมพ์ ถึงไหนแล้ว")
    assert requests_of(desk) == []  # nothing is answered yet, and nothing is asked of anybody

    desk.taps(OFFICER, "ไม่ใช่ฉบับเหล่านี้")

    assert "ไม่ใช่ฉบับเหล่านี้" in labels_of(listed)
    assert [request.waits_for_human for request in requests_of(desk)] == [True]
    assert "จัดซื้อเครื่องพิมพ์" in text_of(cards(desk))


def test_a_candidate_that_is_tapped_is_answered_by_the_machine(desk):
    for running in (1, 2):
        desk.add_letter(f"กท 1902/{running}", subject="ขออนุมัติจัดซื้อเครื่องพิมพ์")
    desk.says(OFFICER, "เรื่องจัดซื้อเครื่องพิมพ์ ถึงไหนแล้ว")
    desk.taps(OFFICER, "ดูรายละเอียด")

    assert [request.waits_for_human for request in requests_of(desk)] == [False]


def test_what_the_secretariat_looks_up_is_work_and_no_request(desk):
    desk.add_letter(NUMBER)
    desk.says(SECRETARY, f"{NUMBER} ถึงไหนแล้ว")
    desk.says(SECRETARY, "กท 9999/1 ถึงไหนแล้ว")

    assert requests_of(desk) == []


def test_a_letter_that_the_asker_may_not_see_is_unknown_like_one_that_is_not_there(desk):
    desk.add_letter("กท 5301/77", from_unit=OTHER_DISTRICT)
    desk.says(OFFICER, "กท 5301/77 ถึงไหนแล้ว")

    (request,) = requests_of(desk)
    assert (request.document_id, request.matter_key.split(":")[0]) == (None, "number")
    assert "ผู้ถามค้นไม่พบเลขที่นี้" in str(cards(desk))
