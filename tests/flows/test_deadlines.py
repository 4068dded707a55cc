"""Deadlines: who is told when, once, and only while the office serves; whatever stops meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.deadlines import BATCH, LONGEST_SLEEP, SHORTEST_SLEEP, Deadlines, run_deadlines
from bot.metrics import collect_metrics
from models import requests
from models.duty_shifts import DutyShift, ShiftSource
from models.members import Role, find_member, record_blocked
from models.outbox import OutboxRow
from models.questions import Question, open_request
from models.request_history import Deed
from models.request_steps import acknowledge_request, answer_request, reopen_request, withdraw_request
from models.request_timers import RequestTimer, TimerKind, TimerOutcome, next_due_at, take_due_timers
from models.requests import RequestState, TrackingRequest
from models.service_calendar import OPERATOR, record_day
from models.working_time import DayKind
from tests.office import SECRETARIAT, labels_of, text_of

ASKER, OTHER, SECRETARY, COLLEAGUE, SUPERVISOR, ADMIN = ("U" + letter * 32 for letter in "abcdef")
INSTANT = timedelta(microseconds=1)
NOT_ACKNOWLEDGED, NOT_ANSWERED = "ยังไม่มีผู้รับทราบ", "ยังไม่ได้แจ้งผล"


@pytest.fixture
def people(office):
    office.add_member(ASKER)
    office.add_member(OTHER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT, name="เจ้าหน้าที่หนึ่ง")
    office.add_member(COLLEAGUE, Role.SECRETARY, unit=SECRETARIAT, name="เจ้าหน้าที่สอง")
    office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT, name="หัวหน้า")
    return office


def ask(office, line_id=ASKER, *, asked_at=None, text="กท 9999/1 ถึงไหนแล้ว", matter=None) -> int:
    """Put a question before the officers; gives its number."""
    at = asked_at or office.clock.now()
    with office.database.transaction() as session:
        member = find_member(session, line_id)
        question = Question(line_id, member.id, member.unit_id, at, at, text=text, matter_key=matter)
        return open_request(session, question, office.services.terms(), office.clock.now())[0].number


def deed(office, session, line_id=SECRETARY) -> Deed:
    now = office.clock.now()
    return Deed(find_member(session, line_id).id, now, now, now)


def take_on(office, number, line_id=SECRETARY):
    """An officer takes a request on, and LINE accepts the word to the asker."""
    with office.database.transaction() as session:
        acknowledge_request(session, number, deed(office, session, line_id))
        session.get(TrackingRequest, number).acknowledged_at = office.clock.now()


def give_answer(office, number):
    with office.database.transaction() as session:
        answer_request(session, number, deed(office, session))
        request = session.get(TrackingRequest, number)
        request.acknowledged_at = request.acknowledged_at or office.clock.now()
        request.answered_at = office.clock.now()


def declare(office, day, kind=DayKind.SPECIAL_HOLIDAY):
    with office.database.transaction() as session:
        record_day(session, day, kind, name="วันหยุดพิเศษ", source=OPERATOR, now=office.clock.now())
    office.clock.advance(seconds=5)  # by then every process has seen it


def put_on_duty(office, line_id, hours=8):
    now = office.clock.now()
    with office.database.transaction() as session:
        member = find_member(session, line_id).id
        times = {"starts_at": now, "ends_at": now + timedelta(hours=hours), "created_at": now, "relieved_at": now}
        session.add(DutyShift(member_id=member, source=ShiftSource.CHAT, **times))


def outcomes(office) -> dict[tuple[TimerKind, int], TimerOutcome | None]:
    """Kind and minute of every timer, and what became of it."""
    with office.database.reading() as session:
        timers = session.scalars(select(RequestTimer).order_by(RequestTimer.id))
        return {(timer.kind, timer.after_seconds // 60): timer.outcome for timer in timers}


def at_minutes(office, minutes) -> dict[str, dict[float, str]]:
    """Run the clock at minutes from now; gives what each of the secretariat was told, by minute."""
    start = office.clock.now()
    heard: dict[str, dict[float, str]] = {SECRETARY: {}, COLLEAGUE: {}, SUPERVISOR: {}}
    for minute in minutes:
        office.clock.advance(seconds=(start + timedelta(minutes=minute) - office.clock.now()).total_seconds())
        before = {person: len(office.line.messages_to(person)) for person in heard}
        office.tick()
        for person, seen in before.items():
            if said := office.line.messages_to(person)[seen:]:
                heard[person][minute] = text_of(row.message for row in said)
    return heard


MINUTES = [0, 3, 5, 7, 8, 9, 10, 10.5, 12, 13, 15, 15.5, 17, 18, 20, 22, 23, 25, 25.5, 27, 28, 30, 30.5, 35]


# --- the ordinary course --------------------------------------------------------------------------------------------


def test_officers_are_reminded_and_the_supervisor_hears_when_it_is_late(people):
    number = ask(people)

    heard = at_minutes(people, MINUTES)

    assert list(heard[SECRETARY]) == [8, 12, 22, 27]
    assert heard[COLLEAGUE] == heard[SECRETARY]
    assert list(heard[SUPERVISOR]) == [15.5, 30.5]  # at the deadline itself it is still in time
    assert f"คำขอ #{number} {NOT_ACKNOWLEDGED} เหลือ 7 นาที (ภายใน 09.15 น.)" in heard[SECRETARY][8]
    assert "เหลือ 3 นาที (ภายใน 09.15 น.)" in heard[SECRETARY][12]
    assert f"{NOT_ANSWERED} เหลือ 8 นาที (ภายใน 09.30 น.)" in heard[SECRETARY][22]
    assert f"คำขอ #{number} เกินกำหนดแล้ว เกินกำหนดรับทราบ 15 นาทีแล้ว {NOT_ACKNOWLEDGED}" in heard[SUPERVISOR][15.5]
    assert "เกินกำหนดแจ้งผล 30 นาทีแล้ว" in heard[SUPERVISOR][30.5]


def test_officers_of_one_reminder_get_one_multicast(people):
    ask(people)
    people.clock.advance(minutes=8)
    people.tick()

    assert [(call.kind, call.recipients) for call in people.calls()] == [("multicast", 2)]


def test_a_request_taken_on_is_not_warned_of_until_its_answer_is_due(people):
    number = ask(people)
    people.clock.advance(minutes=5)
    take_on(people, number)

    heard = at_minutes(people, [minute - 5 for minute in MINUTES if minute > 5])

    assert list(heard[SECRETARY]) == [17, 22]
    assert list(heard[SUPERVISOR]) == [25.5]
    assert "รับทราบแล้ว ยังไม่ได้แจ้งผล ผู้รับเรื่อง เจ้าหน้าที่หนึ่ง" in heard[SUPERVISOR][25.5]


def test_nothing_is_said_of_what_is_answered_or_withdrawn(people):
    answered, withdrawn = ask(people), ask(people, OTHER)
    people.clock.advance(minutes=4)
    give_answer(people, answered)
    with people.database.transaction() as session:
        withdraw_request(session, withdrawn, OTHER, deed(people, session, OTHER))

    heard = at_minutes(people, MINUTES)

    assert heard == {SECRETARY: {}, COLLEAGUE: {}, SUPERVISOR: {}}
    assert set(outcomes(people).values()) == {TimerOutcome.NOT_NEEDED}


def test_the_button_of_a_reminder_takes_the_request_on(people):
    number = ask(people)
    people.clock.advance(minutes=8)
    people.tick()

    people.taps(COLLEAGUE, "รับทราบ")

    with people.database.reading() as session:
        request = requests.get_request(session, number)
        assert request.state is RequestState.ACKNOWLEDGED
        assert request.holder_id == find_member(session, COLLEAGUE).id


def test_who_has_a_request_in_hand_is_reminded_of_the_answer_off_duty_too(people):
    number = ask(people)
    take_on(people, number, COLLEAGUE)
    put_on_duty(people, SECRETARY)
    people.clock.advance(minutes=22)
    people.tick()

    assert people.line.messages_to(COLLEAGUE)[-1].message == people.line.messages_to(SECRETARY)[-1].message


def test_those_on_duty_are_reminded_and_no_others(people):
    put_on_duty(people, COLLEAGUE)
    ask(people)

    heard = at_minutes(people, [8, 12])

    assert (list(heard[COLLEAGUE]), list(heard[SECRETARY])) == ([8, 12], [])


def test_without_anybody_on_duty_the_supervisor_is_reminded(people):
    put_on_duty(people, COLLEAGUE, hours=0.1)
    ask(people)

    assert list(at_minutes(people, [8, 12])[SUPERVISOR]) == [8, 12]


def test_without_a_supervisor_admins_hear_of_what_is_late(people):
    people.add_member(ADMIN, Role.ADMIN, unit=SECRETARIAT)
    with people.database.transaction() as session:
        record_blocked(session, SUPERVISOR, people.clock.now())
    ask(people)
    people.clock.advance(minutes=15, seconds=1)

    assert "เกินกำหนดรับทราบ 15 นาทีแล้ว" in text_of(people.tick(ADMIN))


def test_without_anybody_at_all_the_timers_are_settled_all_the_same(office, logged):
    office.add_member(ASKER)
    ask(office)
    office.clock.advance(minutes=31)
    office.tick()

    assert "deadlines_without_recipient" in {entry["event"] for entry in logged}
    assert None not in outcomes(office).values()


def test_a_reopened_request_is_watched_anew_and_its_earlier_timers_are_moot(people):
    number = ask(people)
    people.clock.advance(minutes=3)
    give_answer(people, number)
    people.clock.advance(minutes=2)
    with people.database.transaction() as session:
        reopen_request(session, number, ASKER, people.services.terms(), deed(people, session, ASKER))

    heard = at_minutes(people, MINUTES)

    assert (list(heard[SECRETARY]), list(heard[SUPERVISOR])) == ([8, 12, 22, 27], [15.5, 30.5])


def test_who_comes_on_duty_by_the_roster_hears_once_what_is_open(people):
    number = ask(people)
    now = people.clock.now()
    with people.database.transaction() as session:
        member = find_member(session, COLLEAGUE).id
        times = {"starts_at": now + timedelta(minutes=5), "ends_at": now + timedelta(hours=3), "created_at": now}
        session.add(DutyShift(member_id=member, source=ShiftSource.ROSTER, **times))
    assert people.tick(COLLEAGUE) == []
    people.clock.advance(minutes=5)

    heard = people.tick(COLLEAGUE)

    assert f"#{number}" in text_of(heard)
    assert people.tick(COLLEAGUE) == []


# --- to the instant -------------------------------------------------------------------------------------------------


def test_a_request_is_late_the_instant_after_its_deadline(people):
    ask(people)
    people.clock.advance(minutes=15)
    people.tick()
    assert people.line.messages_to(SUPERVISOR) == []
    with people.database.reading() as session:
        assert next_due_at(session) == people.clock.now() + INSTANT

    people.clock.advance(microseconds=1)
    people.tick()
    assert len(people.line.messages_to(SUPERVISOR)) == 1


@pytest.mark.parametrize(("later", "told"), [(timedelta(0), 0), (INSTANT, 1)])
def test_what_line_accepted_at_the_last_instant_is_in_time(people, later, told):
    number = ask(people)
    people.clock.advance(minutes=15, microseconds=later.microseconds)
    take_on(people, number)
    people.clock.advance(seconds=1)
    people.tick()

    assert len(people.line.messages_to(SUPERVISOR)) == told


def test_what_an_officer_took_on_and_line_did_not_accept_in_time_is_late(people):
    number = ask(people)
    with people.database.transaction() as session:
        acknowledge_request(session, number, deed(people, session))
    people.clock.advance(minutes=15, seconds=1)

    assert "รับทราบแล้ว แต่ข้อความยังไม่ถึงผู้ถาม" in text_of(people.tick(SUPERVISOR))


def test_a_request_that_arrives_sixteen_minutes_old_is_late_at_once(people):
    people.line.user_sends(ASKER, "ขอคุยกับเจ้าหน้าที่")  # LINE brings it late, or nobody was there to read it
    people.clock.advance(minutes=16)
    people.work()

    heard = text_of(people.tick(SUPERVISOR))

    assert "เกินกำหนดรับทราบ 15 นาทีแล้ว" in heard
    assert outcomes(people)[(TimerKind.ACKNOWLEDGE_SOON, 12)] is TimerOutcome.SUPERSEDED


# --- hours of service -----------------------------------------------------------------------------------------------


def test_the_night_and_the_weekend_do_not_count_and_nobody_is_disturbed(people):
    people.clock.advance(hours=7, minutes=25)  # Friday, 16.25
    ask(people)
    heard = at_minutes(people, [*range(10), *range(10, 60 * 24 * 2, 240)])
    assert heard == {SECRETARY: {}, COLLEAGUE: {}, SUPERVISOR: {}}

    people.clock.advance(seconds=(datetime(2026, 11, 23, 1, 30, tzinfo=UTC) - people.clock.now()).total_seconds())
    heard = at_minutes(people, MINUTES)  # Monday from 08.30
    assert (list(heard[SECRETARY]), list(heard[SUPERVISOR])) == ([3, 7, 17, 22], [10.5, 25.5])
    assert "เหลือ 7 นาที (ภายใน 08.40 น.)" in heard[SECRETARY][3]


def test_time_left_is_counted_by_the_clock_that_rules(people):
    people.clock.advance(hours=7, minutes=20)  # 16.20: five minutes of the promise lie on Monday
    ask(people)
    people.clock.advance(minutes=8)

    assert "เหลือ 7 นาที (ภายในวันจันทร์ที่ 23 พ.ย. 08.35 น.)" in text_of(people.tick(SECRETARY))


def test_a_deadline_of_the_last_moment_is_told_although_the_office_has_closed(people):
    people.clock.advance(hours=7, minutes=14, seconds=59, milliseconds=999)
    ask(people)
    people.clock.advance(minutes=15, milliseconds=500)  # 16.30 and half a second

    assert len(people.tick(SUPERVISOR)) == 1


def test_a_clock_that_was_stopped_into_the_evening_waits_for_the_morning(people):
    people.clock.advance(hours=7)
    ask(people)  # 16.00
    people.clock.advance(hours=3)
    people.tick()
    assert people.line.messages_to(SECRETARY) == people.line.messages_to(SUPERVISOR) == []

    people.clock.advance(days=2, hours=13, minutes=30)  # Monday, 08.30
    people.tick()
    assert len(people.line.messages_to(SUPERVISOR)) == 1


def test_a_holiday_declared_afterwards_disturbs_nobody_and_moves_no_deadline(people):
    people.clock.advance(hours=7, minutes=25)
    number = ask(people)
    with people.database.reading() as session:
        promised = requests.get_request(session, number).acknowledge_due_at
    declare(people, date(2026, 11, 23))
    people.clock.advance(days=2, hours=16)  # Monday morning

    assert not any(at_minutes(people, MINUTES).values())

    people.clock.advance(seconds=(datetime(2026, 11, 24, 1, 30, tzinfo=UTC) - people.clock.now()).total_seconds())
    heard = at_minutes(people, [0, 1, 2])  # Tuesday from 08.30: late as promised, told once
    assert (list(heard[SUPERVISOR]), list(heard[SECRETARY])) == ([0], [])
    with people.database.reading() as session:
        assert requests.get_request(session, number).acknowledge_due_at == promised


def test_what_came_while_the_office_was_closed_is_given_out_when_it_opens(people):
    people.clock.advance(hours=9)
    number = ask(people)
    assert people.tick(SECRETARY) == []
    people.clock.advance(days=2, hours=14, minutes=30)

    given = people.tick(SECRETARY)

    assert f"#{number}" in text_of(given)
    assert "รับทราบ" in labels_of(given)
    assert people.tick(SECRETARY) == []


def test_a_weekend_of_questions_is_one_message_at_the_opening(people):
    people.clock.advance(hours=9)
    for number in range(25):
        ask(people, asked_at=people.clock.now() + timedelta(minutes=number), text=f"คำถามที่ {number}")
    people.clock.advance(days=2, hours=14, minutes=30)

    given = people.tick(SECRETARY)

    assert len(given) == 1
    assert "25 คำขอ" in text_of(given)
    assert "และอีก 15 คำขอ" in text_of(given)
    assert len(people.calls()) == 1


def test_service_around_the_clock_has_no_closing_time(people):
    people.services.settings = replace(people.services.settings, service_hours=None)
    people.clock.advance(hours=12)
    ask(people)

    heard = at_minutes(people, MINUTES)

    assert (list(heard[SECRETARY]), list(heard[SUPERVISOR])) == ([8, 12, 22, 27], [15.5, 30.5])


# --- many at once ---------------------------------------------------------------------------------------------------


def test_requests_due_together_are_one_push_for_each_person(people):
    for number in range(12):
        ask(people, text=f"คำถามที่ {number}")
    people.clock.advance(minutes=15, seconds=1)
    people.tick()

    assert [call.kind for call in people.calls()] == ["push"]
    assert "เกินกำหนดแล้ว 12 คำขอ" in text_of([people.line.messages_to(SUPERVISOR)[0].message])


def test_a_request_late_in_both_parts_is_one_row(people):
    number = ask(people)
    people.clock.advance(minutes=45)

    heard = text_of(people.tick(SUPERVISOR))

    assert "เกินกำหนดรับทราบ 15 นาที และกำหนดแจ้งผล 30 นาทีแล้ว" in heard
    assert heard.count(f"#{number}") == 1
    assert people.line.messages_to(SECRETARY) == []


def test_those_who_wait_for_the_same_letter_share_a_row(people):
    first = ask(people, matter="number:กท9999/1")
    ask(people, OTHER, matter="number:กท9999/1")
    people.clock.advance(minutes=8)

    assert f"คำขอ #{first} และอีก 1 คำขอเรื่องเดียวกัน {NOT_ACKNOWLEDGED}" in text_of(people.tick(SECRETARY))


@pytest.mark.parametrize("said", ["", None])  # LINE would refuse it, and: it cannot be composed at all
def test_one_request_holds_up_no_deadline_of_others(people, monkeypatch, said):
    def compose(rows, now):
        if said is None:
            raise KeyError("a fault of ours")
        return [{"type": "text", "text": said}]

    monkeypatch.setattr("handlers.deadlines.view.not_acknowledged", compose)
    number = ask(people)
    people.clock.advance(minutes=8)

    assert f"มีคำขอที่ถึงกำหนด 1 คำขอ #{number}" in text_of(people.tick(SECRETARY))


# --- stops, crashes, and several clocks -----------------------------------------------------------------------------


def test_a_clock_stopped_at_minute_11_and_started_at_13_warns_once_of_the_twelfth(people):
    ask(people)

    heard = at_minutes(people, [0, 4, 8, 10, 11, 13, 13.5, 14])

    assert list(heard[SECRETARY]) == [8, 13]
    assert "เหลือ 2 นาที" in heard[SECRETARY][13]


def test_after_a_long_stop_only_the_latest_of_a_kind_is_told(people):
    ask(people)

    heard = at_minutes(people, [13, 29])

    assert list(heard[SECRETARY]) == [13, 29]
    assert list(heard[SUPERVISOR]) == [29]
    assert [outcome.value for outcome in outcomes(people).values() if outcome] == [
        *("superseded", "fired", "fired"),
        *("superseded", "fired"),
    ]


def test_a_crash_between_taking_and_storing_repeats_all_of_it(people):
    ask(people)
    people.clock.advance(minutes=8)
    with pytest.raises(RuntimeError), people.database.transaction() as session:
        assert len(take_due_timers(session, people.clock.now(), BATCH)) == 1
        raise RuntimeError("killed")

    assert len(people.tick(SECRETARY)) == 1
    assert people.tick(SECRETARY) == []


def test_several_clocks_take_every_timer_once(people):
    """Small batches, so that takers meet inside the timers of one request."""
    for number in range(40):
        ask(people, text=f"คำถามที่ {number}")
    people.clock.advance(minutes=23)
    now, start, taken = people.clock.now(), threading.Barrier(4), []

    def take() -> None:
        start.wait(10)
        for _ in range(40):
            with people.database.transaction() as session:
                taken.extend((timer.kind, timer.request.number) for timer in take_due_timers(session, now, 7))

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(take) for _ in range(4)]:
            done.result()

    assert sorted(taken) == sorted(
        (kind, number) for kind in (TimerKind.ACKNOWLEDGE_LATE, TimerKind.ANSWER_SOON) for number in range(1, 41)
    )


def test_two_clocks_side_by_side_tell_everybody_once(people):
    clocks = [Deadlines(people.services) for _ in range(2)]
    for number in range(10):
        ask(people, text=f"คำถามที่ {number}")
    people.clock.advance(minutes=15, seconds=1)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(clock.run_due) for clock in clocks]:
            done.result()

    with people.database.reading() as session:
        rows = session.scalars(select(OutboxRow)).all()
        assert [row.recipient for row in rows] == [SUPERVISOR]


def test_the_clock_sleeps_up_to_the_next_instant(people):
    shortest, longest = SHORTEST_SLEEP.total_seconds(), LONGEST_SLEEP.total_seconds()
    people.deadlines.run_due()
    assert people.deadlines.seconds_to_sleep() == longest
    ask(people)
    for after, slept in ((0, longest), (479.7, 0.3), (0.25, shortest)):
        people.clock.advance(seconds=after)
        people.deadlines.run_due()
        assert people.deadlines.seconds_to_sleep() == pytest.approx(slept)


class _Stopping(threading.Event):
    """Is set after some waits, and never waits."""

    def __init__(self, waits: int) -> None:
        super().__init__()
        self.waits, self.waited = waits, []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        if len(self.waited) == self.waits:
            self.set()
        return self.is_set()


def test_a_database_that_is_away_is_logged_and_tried_again(people, logged):
    class Away(Deadlines):
        tries = 0

        def run_due(self):
            self.tries += 1
            if self.tries == 1:
                raise ConnectionError("away")
            return super().run_due()

    deadlines, stopping = Away(people.services), _Stopping(waits=2)
    ask(people)
    people.clock.advance(minutes=8)
    run_deadlines(deadlines, stopping)

    assert {"event": "deadlines_failed", "error": "ConnectionError", "log_level": "error"} in logged
    assert len(people.line.messages_to(SECRETARY)) == 0
    people.work()
    assert len(people.line.messages_to(SECRETARY)) == 1


# --- what an operator sees ------------------------------------------------------------------------------------------


def read_metrics(office) -> dict[str, float]:
    """Samples by name, with the labels of those that have some; asked of the rows, since the page is kept for 2 s."""
    calendar, now = office.services.service_calendar(), office.clock.now()
    with office.database.reading() as session:
        families = collect_metrics(session, calendar, now)
    return {
        sample.name + "".join(f"[{value}]" for value in sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_metrics_show_what_waits_what_is_late_and_who_is_there(people):
    ask(people)
    take_on(people, ask(people, OTHER, text="อีกเรื่อง"))
    people.clock.advance(minutes=15, seconds=30)
    before = read_metrics(people)
    people.tick()
    after = read_metrics(people)

    assert (before["tidtam_requests_open[open]"], before["tidtam_requests_open[acknowledged]"]) == (1, 1)
    assert (before["tidtam_requests_late[acknowledge]"], before["tidtam_requests_late[answer]"]) == (1, 0)
    assert (before["tidtam_duty_officers"], before["tidtam_supervisors"]) == (2, 1)
    assert before["tidtam_timers_overdue_seconds"] == pytest.approx(450)
    assert before["tidtam_timers_fired_total[acknowledge_late]"] == 0
    assert after["tidtam_timers_fired_total[acknowledge_late]"] == 1
    assert after["tidtam_timers_overdue_seconds"] == after["tidtam_requests_unattended"] == 0


def test_metrics_show_requests_that_nobody_is_there_for(office):
    office.add_member(ASKER)
    office.add_member(ADMIN, Role.ADMIN, unit=SECRETARIAT)
    ask(office)
    assert read_metrics(office)["tidtam_requests_unattended"] == 1

    office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT)
    assert read_metrics(office)["tidtam_requests_unattended"] == 0


def test_timers_that_wait_for_the_morning_are_not_overdue(people):
    people.clock.advance(hours=7)
    ask(people)
    people.clock.advance(hours=3)

    assert read_metrics(people)["tidtam_timers_overdue_seconds"] == 0
