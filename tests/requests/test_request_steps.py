"""The life of a tracking request: its steps, its clocks, and what LINE's acceptance does to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import call_outcomes, line_calls, outbox, requests
from models.errors import Invalid, NotAllowed
from models.history import HistoryChangeError
from models.members import Role, find_member
from models.outbox import CountsAs, Importance, Outgoing
from models.questions import Question, open_request, record_machine_answer
from models.request_history import Deed
from models.request_steps import acknowledge_request, answer_request, hand_over, reopen_request, withdraw_request
from models.request_timers import RequestTimer, TimerKind
from models.requests import ClockKind, RequestEvent, RequestEventKind, RequestState
from tests.office import SECRETARIAT

ASKER, OTHER = "U" + "a" * 32, "U" + "b" * 32
SECRETARY, COLLEAGUE = "U" + "c" * 32, "U" + "d" * 32
MATTER = "number:กท9999/1"


@pytest.fixture
def people(office):
    office.add_member(ASKER)
    office.add_member(OTHER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.add_member(COLLEAGUE, Role.SECRETARY, unit=SECRETARIAT)
    return office


def member_id(office, line_id):
    with office.database.reading() as session:
        return find_member(session, line_id).id


def question(office, line_id=ASKER, **changes):
    with office.database.reading() as session:
        member = find_member(session, line_id)
        who = {"asker_line_id": line_id, "member_id": member.id, "unit_id": member.unit_id}
    asked_at = changes.pop("asked_at", office.clock.now())
    asked = {"asked_at": asked_at, "received_at": asked_at, "text": "กท 9999/1 ถึงไหนแล้ว", "matter_key": MATTER}
    return Question(**who | asked | changes)


def deed(office, line_id=SECRETARY):
    now = office.clock.now()
    return Deed(member_id(office, line_id), now, now, now)


def ask(office, line_id=ASKER, **changes):
    with office.database.transaction() as session:
        asked = question(office, line_id, **changes)
        request, _ = open_request(session, asked, office.services.terms(), office.clock.now())
    return request.number


def do(office, step, *arguments):
    with office.database.transaction() as session:
        return step(session, *arguments)


def look(office, number):
    with office.database.reading() as session:
        return requests.get_request(session, number)


def accept(office, recipient, number, counts_as):
    """LINE accepts a message that counts for a request."""
    now = office.clock.now()
    told = Outgoing(
        ({"type": "text", "text": "แจ้งผล"},), recipient, Importance.PROMISE, request=number, counts_as=counts_as
    )
    with office.database.transaction() as session:
        outbox.store_outgoing(session, [told], asker="", token=None, asked_at=now, inbox_event_id=None, now=now)
        call = line_calls.claim_call(session, recipient, now)
    with office.database.single_statement() as connection:
        return call_outcomes.record_accepted(connection, call, now, None)


def test_the_promise_is_frozen_when_the_clock_starts(people):
    number = ask(people)
    terms = people.services.terms()

    with people.database.reading() as session:
        request = session.get(requests.TrackingRequest, number)
        assert (request.clock, request.service_hours) == (ClockKind.SERVICE, "08:30-16:30")
        assert request.calendar_version == terms.calendar.version
        assert request.acknowledge_due_at - request.asked_at == timedelta(minutes=15)
        assert request.answer_due_at - request.asked_at == timedelta(minutes=30)


def test_a_question_of_the_evening_is_due_when_the_service_has_opened(people):
    people.clock.advance(hours=9)  # Friday 18.00
    request = look(people, ask(people))

    assert request.acknowledge_due_at - people.clock.now() == timedelta(days=2, hours=14, minutes=45)  # Monday 08.45


def test_every_deadline_has_a_timer(people):
    number = ask(people)

    with people.database.reading() as session:
        timers = session.query(RequestTimer).filter_by(request_id=number).order_by(RequestTimer.due_at).all()
        minutes = [(timer.kind, (timer.due_at - people.clock.now()).total_seconds() / 60) for timer in timers]
    assert minutes == [
        (TimerKind.ACKNOWLEDGE_SOON, 8),
        (TimerKind.ACKNOWLEDGE_SOON, 12),
        (TimerKind.ACKNOWLEDGE_LATE, 15),
        (TimerKind.ANSWER_SOON, 22),
        (TimerKind.ANSWER_SOON, 27),
        (TimerKind.ANSWER_LATE, 30),
    ]


def test_asking_again_for_what_is_open_keeps_request_and_clock(people):
    first = ask(people)
    people.clock.advance(minutes=5)

    assert ask(people) == first
    assert ask(people, OTHER) != first


def test_of_two_officers_the_first_takes_it(people):
    number = ask(people)

    first = do(people, acknowledge_request, number, deed(people))
    second = do(people, acknowledge_request, number, deed(people, COLLEAGUE))

    assert [line.number for line in first.requests] == [number]
    assert second.requests == []
    assert second.named.holder_id == member_id(people, SECRETARY)


def test_whoever_waits_for_the_same_matter_is_served_together(people):
    mine, theirs = ask(people), ask(people, OTHER)
    elsewhere = ask(people, OTHER, matter_key="number:กท1/1", text="อื่น")

    taken = do(people, acknowledge_request, mine, deed(people))
    answered = do(people, answer_request, theirs, deed(people))

    assert {line.number for line in taken.requests} == {mine, theirs}
    assert [line.number for line in answered.requests] == [theirs, mine]
    assert look(people, mine).answered_with == theirs
    assert look(people, elsewhere).state is RequestState.OPEN


def test_the_stamps_are_those_of_lines_acceptance(people):
    number = ask(people)
    people.clock.advance(minutes=3)
    do(people, acknowledge_request, number, deed(people))
    assert look(people, number).acknowledged_at is None

    people.clock.advance(seconds=2)
    accept(people, ASKER, number, CountsAs.ACKNOWLEDGEMENT)
    acknowledged_at = people.clock.now()
    people.clock.advance(minutes=4)
    do(people, answer_request, number, deed(people))
    people.clock.advance(seconds=1)
    accept(people, ASKER, number, CountsAs.ANSWER)

    request = look(people, number)
    assert (request.acknowledged_at, request.answered_at) == (acknowledged_at, people.clock.now())


def test_an_answer_without_a_word_before_it_acknowledges_too(people):
    number = ask(people)
    do(people, answer_request, number, deed(people))
    accept(people, ASKER, number, CountsAs.ANSWER)

    request = look(people, number)
    assert request.acknowledged_at == request.answered_at == people.clock.now()


def test_a_machines_answer_counts_by_plain_time(people):
    people.clock.advance(hours=12)  # the evening: no officer is there
    with people.database.transaction() as session:
        machine = record_machine_answer(session, question(people), people.services.terms(), people.clock.now())
    people.clock.advance(seconds=1)
    accept(people, ASKER, machine.number, CountsAs.ANSWER)

    request = look(people, machine.number)
    assert not request.waits_for_human
    assert request.acknowledged_at == request.answered_at == people.clock.now()
    assert request.acknowledge_due_at - request.asked_at == timedelta(minutes=15)
    with people.database.reading() as session:
        kinds = [(event.kind, event.member_id) for event in requests.list_events(session, machine.number)]
    asker = member_id(people, ASKER)
    assert kinds == [
        (RequestEventKind.ASKED, asker),
        (RequestEventKind.ACKNOWLEDGED, None),
        (RequestEventKind.ANSWERED, None),
    ]


def test_one_invitation_a_day_unless_the_person_asked_again(people):
    def machine_answers():
        with people.database.transaction() as session:
            return record_machine_answer(session, question(people), people.services.terms(), people.clock.now())

    assert machine_answers().is_invited
    assert not machine_answers().is_invited
    people.clock.advance(minutes=1)
    assert do(people, answer_request, ask(people), deed(people)).invited  # asked after the invitation
    people.clock.advance(minutes=1)
    waited = ask(people), ask(people, matter_key="number:กท1/1", text="อื่น")
    assert [bool(do(people, answer_request, number, deed(people)).invited) for number in waited] == [True, False]
    people.clock.advance(days=1)
    assert machine_answers().is_invited


def test_an_answer_that_was_no_help_starts_the_clock_again_and_keeps_the_first_time(people):
    number = ask(people)
    do(people, answer_request, number, deed(people))
    accept(people, ASKER, number, CountsAs.ANSWER)
    first = people.clock.now()
    people.clock.advance(hours=1)

    _, is_reopened = do(people, reopen_request, number, ASKER, people.services.terms(), deed(people, ASKER))
    again, is_reopened_twice = do(people, reopen_request, number, ASKER, people.services.terms(), deed(people, ASKER))

    assert (is_reopened, is_reopened_twice) == (True, False)
    assert (again.state, again.rounds, again.answered_at) == (RequestState.OPEN, 2, None)
    assert again.answer_due_at == people.clock.now() + timedelta(minutes=30)
    with people.database.reading() as session:
        assert session.get(requests.TrackingRequest, number).first_answered_at == first


def test_an_acceptance_from_before_the_reopening_changes_nothing(people):
    number = ask(people)
    do(people, answer_request, number, deed(people))
    do(people, reopen_request, number, ASKER, people.services.terms(), deed(people, ASKER))

    accept(people, ASKER, number, CountsAs.ANSWER)

    assert look(people, number).answered_at is None
    assert look(people, number).acknowledged_at is None


def test_a_late_round_stays_late_after_a_reopening(people):
    number = ask(people)
    people.clock.advance(minutes=40)
    do(people, answer_request, number, deed(people))
    accept(people, ASKER, number, CountsAs.ANSWER)
    do(people, reopen_request, number, ASKER, people.services.terms(), deed(people, ASKER))

    with people.database.reading() as session:
        request = session.get(requests.TrackingRequest, number)
        assert request.earlier_late_acknowledge
        assert request.earlier_late_answer


def test_only_the_asker_reopens_or_withdraws(people):
    number = ask(people)

    with pytest.raises(NotAllowed, match="request_of_another"):
        do(people, withdraw_request, number, OTHER, deed(people, OTHER))
    with pytest.raises(NotAllowed, match="request_of_another"):
        do(people, reopen_request, number, OTHER, people.services.terms(), deed(people, OTHER))
    assert do(people, withdraw_request, number, ASKER, deed(people, ASKER))
    assert not do(people, withdraw_request, number, ASKER, deed(people, ASKER))
    with pytest.raises(Invalid, match="request_withdrawn"):
        do(people, answer_request, number, deed(people))


def test_a_request_passes_from_hand_to_hand_with_its_clock(people):
    number = ask(people)
    do(people, acknowledge_request, number, deed(people))
    before = look(people, number)
    people.clock.advance(minutes=1)

    moved = do(people, hand_over, number, member_id(people, COLLEAGUE), deed(people))

    assert moved.holder_id == member_id(people, COLLEAGUE)
    assert moved.answer_due_at == before.answer_due_at


def test_history_is_appended_and_never_changed(people):
    number = ask(people)

    with pytest.raises(HistoryChangeError), people.database.transaction() as session:
        session.query(RequestEvent).filter_by(request_id=number).delete()
