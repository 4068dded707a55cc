"""Twenty people ask for one letter: one answer reaches all, every clock stops, and one multicast carries it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.members import Role
from models.requests import RequestEvent, RequestEventKind, RequestState, TrackingRequest, list_open_requests
from tests.office import SECRETARIAT, labels_of, text_of

SECRETARY, SUPERVISOR = ("U" + letter * 32 for letter in "ef")
PEOPLE = [f"U{number:032x}" for number in range(20)]
LETTER = "กท 1902/1335"


@pytest.fixture
def town(office):
    """Twenty officers of one district, and a secretary who answers them."""
    for person in PEOPLE:
        office.add_member(person)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT)
    return office


def known_but_stale(office) -> tuple[str, str]:
    """The register knows the letter, and has heard nothing of it for weeks."""
    office.add_letter(LETTER, at=office.clock.now() - timedelta(days=30))
    return LETTER, "ลงนาม/สั่งการแล้ว"


def unknown(office) -> tuple[str, str]:
    return "กท 9999/1", "เสนอผู้บริหารพิจารณา"


MATTERS = pytest.mark.parametrize("matter", [known_but_stale, unknown])


def everybody_asks(office, number: str) -> None:
    for person in PEOPLE:
        office.line.user_sends(person, f"หนังสือ {number} ถึงไหนแล้ว")
    office.work()


def rows(office):
    with office.database.reading() as session:
        found = session.scalars(select(TrackingRequest).order_by(TrackingRequest.id)).all()
        session.expunge_all()  # so that they can be looked at once the session is closed
        return found


def recipients_since(office, calls_before: int) -> list[tuple[str, list[str]]]:
    """How and to whom the account spoke of its own accord since so many calls."""
    return [(call.kind, sorted(call.sent["to"])) for call in office.calls("push", "multicast")[calls_before:]]


def newest(office, person):
    """The messages of the call that a person got last."""
    return [row.message for row in office.line.messages_to(person)[-2:]]


@MATTERS
def test_one_answer_reaches_all_and_stops_every_clock(town, matter):
    number, stage = matter(town)
    everybody_asks(town, number)
    assert {request.state for request in rows(town)} == {RequestState.OPEN}
    town.clock.advance(minutes=9)
    before = len(town.calls("push", "multicast"))

    town.taps(SECRETARY, "แจ้งผล")
    town.taps(SECRETARY, stage)

    assert recipients_since(town, before) == [("multicast", sorted(PEOPLE))]
    for person in PEOPLE:
        assert number in text_of(newest(town, person))
        assert stage in text_of(newest(town, person))
        assert {"มากที่สุด", "น้อยที่สุด"} < set(labels_of(newest(town, person)))
    assert {(r.state, r.acknowledged_at, r.answered_at) for r in rows(town)} == {
        (RequestState.ANSWERED, town.clock.now(), town.clock.now())
    }
    assert len(rows(town)) == 20
    with town.database.reading() as session:
        assert list_open_requests(session) == []
        answered = select(func.count()).where(RequestEvent.kind == RequestEventKind.ANSWERED)
        assert session.scalar(answered) == 20


@MATTERS
def test_the_clocks_stop_when_line_takes_the_answer(town, matter):
    number, stage = matter(town)
    everybody_asks(town, number)
    town.taps(SECRETARY, "แจ้งผล")
    town.line.faults.fail_next(503, endpoint="multicast")
    before = len(town.calls("push", "multicast"))

    town.taps(SECRETARY, stage)
    assert {(request.state, request.answered_at) for request in rows(town)} == {(RequestState.ANSWERED, None)}
    town.clock.advance(seconds=5)
    town.work()
    assert {request.answered_at for request in rows(town)} == {town.clock.now()}
    assert recipients_since(town, before) == [("multicast", sorted(PEOPLE))]


@MATTERS
def test_nobody_is_reminded_of_what_is_answered(town, matter):
    number, stage = matter(town)
    everybody_asks(town, number)
    town.taps(SECRETARY, "แจ้งผล")
    town.taps(SECRETARY, stage)
    before = len(town.calls("push", "multicast"))

    for _ in range(5):
        town.clock.advance(minutes=8)
        town.tick()
    assert recipients_since(town, before) == []


@MATTERS
def test_each_of_them_rates_the_own_request(town, matter):
    number, stage = matter(town)
    everybody_asks(town, number)
    town.taps(SECRETARY, "แจ้งผล")
    town.taps(SECRETARY, stage)

    words = {5: "มากที่สุด", 4: "มาก", 3: "ปานกลาง"}
    wanted = {person: 3 + index % 3 for index, person in enumerate(PEOPLE)}
    for person, score in wanted.items():
        assert words[score] in text_of(town.taps(person, words[score]))
    assert {request.asker_line_id: request.rating for request in rows(town)} == wanted
