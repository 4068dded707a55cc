"""Nothing is lost, nothing is doubled: every fault of LINE, of our own worker and of the quota, in one process."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.delivery import Delivery
from bot.doctor import examine
from bot.inbox_worker import InboxWorker
from bot.line import OutcomeUnknown
from bot.schedule import read_quota, release_parked_when_month_turns
from messages import refusals
from models import call_outcomes, inbox, line_calls, outbox
from models.documents import Stage, record_stage
from models.inbox import MAX_ATTEMPTS, RETRY_AFTER, InboxEvent
from models.line_calls import LineCall
from models.members import Role
from models.outbox import Importance, OutboxRow, Outgoing, ReplyToken
from tests.office import SECRETARIAT, labels_of, shipped_words, text_of

OFFICER = "U" + "a" * 32
SECOND = "U" + "b" * 32
THIRD = "U" + "c" * 32
SECRETARY = "U" + "d" * 32
NUMBER = "กท 1902/1335"

UNSURE = {
    "500 after taking it": lambda faults: faults.fail_next(500, accepted=True),
    "cut after taking it": lambda faults: faults.drop_next(accepted=True),
    "502 after taking it": lambda faults: faults.fail_next(502, accepted=True, html=True),
    "500 before taking it": lambda faults: faults.fail_next(500),
    "cut before taking it": lambda faults: faults.drop_next(),
    "502 page of a proxy": lambda faults: faults.bad_gateway_next(),
}
SURE = {"rate limit": lambda faults: faults.rate_limit_next()}


def people_in_trouble(office, troubles):
    """For each trouble a person of its own, in turn, so that one office serves all: gives the person and the order."""
    for place, (name, order) in enumerate(troubles.items()):
        print(name)
        user_id = f"U{place:032x}"
        office.add_member(user_id)
        yield user_id, lambda order=order: order(office.line.faults)


class Killed(BaseException):
    """The worker's process is gone at this very point."""


class LossyLine:
    """LINE behind a line of ours that breaks by order: the calls go to the real client, the answers may not come."""

    def __init__(self, line):
        self._line = line
        self._troubles = []

    def lose_next(self, *, arrives):
        """The next call has no answer within its time; it arrived or it did not."""
        self._troubles.append((OutcomeUnknown("ReadTimeoutError"), arrives))

    def die_at_next(self, *, arrives=True):
        """The worker dies in the next call, after LINE took it or before."""
        self._troubles.append((Killed(), arrives))

    def __getattr__(self, name):
        ask = getattr(self._line, name)
        if not name.startswith("send_"):
            return ask

        def call(*arguments):
            trouble, arrives = self._troubles.pop(0) if self._troubles else (None, True)
            answer = ask(*arguments) if arrives else None
            if trouble is not None:
                raise trouble
            return answer

        return call


@pytest.fixture
def line(office):
    """The office's LINE client, made breakable."""
    office.services.line = LossyLine(office.services.line)
    return office.services.line


@pytest.fixture
def letter(office):
    office.add_member(OFFICER)
    return office.add_letter(NUMBER)


def seen_by(office, user_id):
    return [row.message for row in office.line.messages_to(user_id)]


def tries(office, *kinds):
    return [call for call in office.line.calls if call.kind in (kinds or ("reply", "push", "multicast"))]


def rows(office):
    with office.database.reading() as session:
        return session.execute(select(OutboxRow.state, OutboxRow.reason).order_by(OutboxRow.id)).all()


def states(office):
    return [row.state.value for row in rows(office)]


def later(office, **span):
    office.clock.advance(**span)
    office.work()


def send(office, user_id, text, importance=Importance.PROMISE, *, share_key=None, token=None):
    """Leave a message for somebody in the outbox; nothing is sent yet."""
    item = Outgoing(({"type": "text", "text": text},), to=user_id, importance=importance, share_key=share_key)
    store(office, item, asker=user_id, token=token)


def store(office, *items, asker=OFFICER, token=None):
    now = office.clock.now()
    given = ReplyToken(token, now) if token else None
    with office.database.transaction() as session:
        outbox.store_outgoing(session, items, asker=asker, token=given, asked_at=now, inbox_event_id=None, now=now)


# --- replies --------------------------------------------------------------------------------------------------------


def test_an_answer_arrives_once_whatever_becomes_of_its_first_try(office, letter):
    for user_id, order in people_in_trouble(office, UNSURE | SURE):
        known = len(tries(office))
        order()
        office.says(user_id, f"{NUMBER} ถึงไหนแล้ว")
        later(office, seconds=2)
        later(office, seconds=4)

        assert [row.how for row in office.line.messages_to(user_id)] == ["reply"]
        first, again = tries(office)[known:]
        assert (first.kind, first.sent) == (again.kind, again.sent)
    assert set(states(office)) == {"sent"}


@pytest.mark.parametrize("arrives", [True, False])
def test_an_answer_that_timed_out_arrives_once(office, letter, line, arrives):
    line.lose_next(arrives=arrives)
    office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")

    later(office, seconds=2)

    assert [row.how for row in office.line.messages_to(OFFICER)] == ["reply"]
    assert states(office) == ["sent"]


def test_a_try_is_not_repeated_before_its_time(office, letter):
    office.line.faults.fail_next(500, count=2)
    office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    later(office, seconds=0.5)
    assert len(tries(office)) == 1

    later(office, seconds=0.6)
    assert len(tries(office)) == 2
    later(office, seconds=1)
    assert len(tries(office)) == 2

    later(office, seconds=1.1)
    assert len(seen_by(office, OFFICER)) == 1


def test_a_promise_nobody_knows_of_goes_again_as_a_push(office, letter, logged):
    for user_id, order in people_in_trouble(office, UNSURE):
        order()
        first = office.says(user_id, f"{NUMBER} ถึงไหนแล้ว")
        later(office, seconds=70)

        assert [row.how for row in office.line.messages_to(user_id)] == ["reply"] * len(first) + ["push"]
        assert settled(logged)[-1] == ("reply", "promise", "outcome_unknown_sent_again")
    assert set(states(office)) == {"sent"}
    assert len(settled(logged)) == len(UNSURE)


def test_small_talk_nobody_knows_of_is_not_repeated(office, letter, logged):
    for user_id, order in people_in_trouble(office, UNSURE):
        order()
        first = office.says(user_id, "สวัสดีค่ะ")
        later(office, seconds=70)

        assert seen_by(office, user_id) == first
        assert settled(logged)[-1] == ("reply", "small_talk", "outcome_unknown_not_repeated")
    assert {(row.state.value, row.reason) for row in rows(office)} == {("dropped", "outcome_unknown_not_repeated")}
    assert tries(office, "push") == []


def test_small_talk_that_surely_did_not_arrive_goes_as_a_push(office, letter, logged):
    office.line.faults.rate_limit_next()
    office.says(OFFICER, "สวัสดีค่ะ")

    later(office, seconds=70)

    assert [row.how for row in office.line.messages_to(OFFICER)] == ["push"]
    assert settled(logged) == [("reply", "small_talk", "reply_token_expired")]


def test_a_token_that_somebody_else_spent_makes_a_push(office, letter):
    office.line.faults.spend_next_token()

    office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")

    assert [row.how for row in office.line.messages_to(OFFICER)] == ["push"]
    assert [call.status for call in tries(office)] == [400, 200]
    assert states(office) == ["sent"]


def test_a_refused_access_token_loses_nothing(office, letter, logged):
    good, office.line.access_token = office.line.access_token, "another-token"
    office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    later(office, seconds=30)
    assert [call.status for call in tries(office)] == [401]
    assert [entry["log_level"] for entry in logged if entry["event"] == "call_failed"] == ["error"]

    office.line.access_token = good
    later(office, seconds=31)

    assert [row.how for row in office.line.messages_to(OFFICER)] == ["push"]
    assert states(office) == ["sent"]


def test_what_line_will_never_take_is_given_up_with_its_reason(office, letter, logged):
    office.line.faults.fail_next(400)

    office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    later(office, minutes=10)

    assert seen_by(office, OFFICER) == []
    assert [(row.state.value, row.reason) for row in rows(office)] == [("given_up", "refused_400")]
    assert len(tries(office)) == 1
    assert [entry["log_level"] for entry in logged if entry["event"] == "call_failed"] == ["error"]


def test_a_message_line_refuses_does_not_cost_its_neighbours(office, letter):
    send(office, OFFICER, "ก่อน")
    store(office, Outgoing(({"type": "text", "text": ""},), to=OFFICER))
    send(office, OFFICER, "หลัง")

    office.work()

    assert text_of(seen_by(office, OFFICER)) == "ก่อน\nหลัง"
    assert [(row.state.value, row.reason == "refused_400") for row in rows(office)] == [
        ("sent", False),
        ("given_up", True),
        ("sent", False),
    ]


def test_one_recipient_line_refuses_does_not_cost_the_others_of_a_multicast(office, letter):
    office.add_member(SECOND)
    for user_id in (OFFICER, "U-malformed", SECOND):
        send(office, user_id, "ข่าว", share_key="one")

    office.work()

    assert [text_of(seen_by(office, user_id)) for user_id in (OFFICER, SECOND)] == ["ข่าว", "ข่าว"]
    assert states(office) == ["sent", "given_up", "sent"]


# --- pushes ---------------------------------------------------------------------------------------------------------


def test_a_push_arrives_once_and_keeps_its_key_and_body(office, letter):
    for user_id, order in people_in_trouble(office, UNSURE | SURE):
        known = len(tries(office))
        order()
        send(office, user_id, "ข่าว")
        office.work()
        send(office, user_id, "ข่าวต่อไป")
        later(office, seconds=2)

        assert text_of(seen_by(office, user_id)) == "ข่าว\nข่าวต่อไป"
        first, again, following = tries(office)[known:]
        assert (first.retry_key, first.sent) == (again.retry_key, again.sent)
        assert following.retry_key not in (None, first.retry_key)


@pytest.mark.parametrize("name", ["500 after taking it", "cut before taking it"])
def test_a_push_that_fails_for_hours_arrives_once(office, letter, name):
    for _ in range(20):
        UNSURE[name](office.line.faults)
    send(office, OFFICER, "ข่าว")
    office.work()

    for _ in range(24):
        later(office, minutes=7)

    assert text_of(seen_by(office, OFFICER)) == "ข่าว"
    assert len({call.retry_key for call in tries(office, "push")}) == 1
    assert states(office) == ["sent"]


def test_a_push_is_given_up_before_line_forgets_its_key(office, letter, logged):
    office.line.faults.fail_next(500, accepted=True)
    send(office, OFFICER, "ข่าว")
    office.work()

    later(office, hours=23, minutes=30)

    assert len(seen_by(office, OFFICER)) == 1
    assert [(row.state.value, row.reason) for row in rows(office)] == [("given_up", "retry_key_expired")]
    assert settled(logged) == [("push", "promise", "retry_key_expired")]


def test_an_id_unknown_to_line_is_given_up_and_the_others_go_on(office, letter):
    send(office, "U" + "9" * 32, "ข่าว")
    send(office, OFFICER, "ข่าว")

    office.work()

    assert states(office) == ["given_up", "sent"]


def test_a_recipients_messages_keep_their_order_while_calls_fail(office, letter):
    office.line.faults.fail_next(500, count=2)
    send(office, OFFICER, "หนึ่ง")
    office.work()
    send(office, OFFICER, "สอง")
    office.says(OFFICER, "สวัสดีค่ะ")
    send(office, OFFICER, "สาม")

    for _ in range(5):
        later(office, seconds=3)

    said = text_of(seen_by(office, OFFICER)).split("\n")
    assert said[:2] == ["หนึ่ง", "สอง"]
    assert said[-1] == "สาม"
    assert len(said) == 4


def test_one_persons_trouble_does_not_hold_up_another(office, letter):
    office.add_member(SECOND)
    office.line.faults.fail_next(500, endpoint="push")
    send(office, OFFICER, "ข่าว")
    office.work()

    send(office, SECOND, "ข่าว")
    office.work()

    assert (len(seen_by(office, OFFICER)), len(seen_by(office, SECOND))) == (0, 1)


def test_up_to_five_messages_go_in_one_call_and_the_quick_reply_moves_to_the_last(office, letter):
    button = {"items": [{"type": "action", "action": {"type": "message", "label": "ตกลง", "text": "ตกลง"}}]}
    store(office, Outgoing(({"type": "text", "text": "1", "quickReply": button},), to=OFFICER))
    for number in range(2, 8):
        send(office, OFFICER, str(number))

    office.work()

    sizes = [len(call.sent["messages"]) for call in office.calls("push")]
    assert sizes == [5, 2]
    assert text_of(seen_by(office, OFFICER)) == "1\n2\n3\n4\n5\n6\n7"
    assert seen_by(office, OFFICER)[4]["quickReply"] == button


def test_what_waits_rides_free_on_the_next_reply(office, letter):
    office.line.faults.rate_limit_next(endpoint="push")
    send(office, OFFICER, "ข่าว")
    office.work()
    send(office, OFFICER, "ข่าวต่อไป")
    office.clock.advance(seconds=2)

    office.says(OFFICER, "สวัสดีค่ะ")

    assert [call.kind for call in office.calls()] == ["push", "reply"]
    assert text_of(seen_by(office, OFFICER)).startswith("ข่าว\nข่าวต่อไป\n")


# --- several people at once -----------------------------------------------------------------------------------------


@pytest.fixture
def followers(office, letter):
    """Three people who follow the letter; what that took is forgotten by the counts of calls."""
    for user_id in (SECOND, THIRD):
        office.add_member(user_id)
    for user_id in (OFFICER, SECOND, THIRD):
        office.says(user_id, NUMBER)
        office.taps(user_id, "ติดตามต่อ")
    return (OFFICER, SECOND, THIRD)


def move(office, letter, stage=Stage.SIGNED):
    with office.database.transaction() as session:
        record_stage(session, letter, stage, at=office.clock.advance(seconds=0.1), note=None, recorded_by="cli")


def test_followers_are_told_with_one_multicast(office, letter, followers):
    seen = {user_id: len(seen_by(office, user_id)) for user_id in followers}

    move(office, letter)
    office.work()

    (call,) = office.calls("push", "multicast")
    assert (call.kind, sorted(call.sent["to"])) == ("multicast", sorted(followers))
    assert {user_id: len(seen_by(office, user_id)) - 1 for user_id in followers} == seen


def test_a_multicast_arrives_once_at_everybody(office, letter, followers):
    seen = {user_id: len(seen_by(office, user_id)) for user_id in followers}
    for number, order in enumerate((UNSURE | SURE).values()):
        known = len(tries(office))
        order(office.line.faults)
        for user_id in followers:
            send(office, user_id, f"ข่าว {number}", share_key=f"news:{number}")
        office.work()
        later(office, seconds=2)

        first, again = tries(office)[known:]
        assert (first.kind, first.retry_key, first.sent) == ("multicast", again.retry_key, again.sent)
    assert {user_id: len(seen_by(office, user_id)) - len(UNSURE | SURE) for user_id in followers} == seen


def test_news_for_all_waits_behind_a_persons_own_messages(office, letter, followers):
    office.line.faults.fail_next(500, endpoint="push")
    send(office, OFFICER, "ของท่านเอง")
    office.work()

    move(office, letter)
    office.work()
    office.work()  # the first of the three could not be told, so the sweep comes back for the others
    assert sorted(office.calls("multicast")[0].sent["to"]) == sorted((SECOND, THIRD))

    later(office, seconds=2)

    own, news = seen_by(office, OFFICER)[-2:]
    assert own["text"] == "ของท่านเอง"
    assert news == seen_by(office, SECOND)[-1]


def test_who_blocked_the_account_gets_nothing(office, letter, followers):
    office.line.quota.limit = office.line.quota.used
    send(office, OFFICER, "ข่าว")
    office.work()
    office.line.unfollow(OFFICER)
    office.work()
    office.line.quota.limit = None
    read_quota(office.services)
    seen = len(seen_by(office, OFFICER))

    move(office, letter)
    office.work()

    assert sorted(office.calls("multicast")[0].sent["to"]) == sorted((SECOND, THIRD))
    assert len(seen_by(office, OFFICER)) == seen
    assert [row.reason for row in rows(office) if row.state.value == "dropped"] == ["blocked_by_person"]


# --- the month's quota ----------------------------------------------------------------------------------------------


@pytest.fixture
def spent_quota(office, letter):
    """One message of news that met the end of the month's quota."""
    office.line.quota.limit, office.line.quota.used = 100, 100
    send(office, OFFICER, "ข่าว 0")
    office.work()
    assert [(row.state.value, row.reason) for row in rows(office)] == [("parked", "monthly_quota")]


def test_no_push_is_tried_while_the_quota_is_used_up(office, spent_quota):
    for number in range(1, 4):
        send(office, OFFICER, f"ข่าว {number}")
        later(office, minutes=10)

    assert len(tries(office, "push", "multicast")) == 1
    assert states(office) == ["parked"] * 4


def test_answers_go_on_for_free_and_take_parked_messages_along(office, spent_quota):
    answer = text_of(office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว"))

    assert answer.startswith("ข่าว 0\n")
    assert NUMBER in answer
    assert [call.kind for call in office.calls()] == ["reply"]
    assert states(office) == ["sent", "sent"]


def test_any_number_of_parked_messages_does_not_hold_up_an_answer(office, spent_quota):
    items = [Outgoing(({"type": "text", "text": f"ข่าว {number}"},), to=OFFICER) for number in range(1, 40)]
    store(office, *items)
    while "waiting" in states(office):
        office.work()

    answer = text_of(office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว"))

    assert NUMBER in answer
    assert states(office).count("parked") == 40 - 4


def test_parked_messages_go_out_once_there_is_quota_again(office, spent_quota):
    send(office, OFFICER, "ข่าว 1")
    office.work()
    read_quota(office.services)
    office.work()
    assert states(office) == ["parked", "parked"]

    office.line.quota.limit = 200
    read_quota(office.services)
    office.work()
    read_quota(office.services)
    office.work()

    assert text_of(seen_by(office, OFFICER)) == "ข่าว 0\nข่าว 1"
    assert states(office) == ["sent", "sent"]


def test_parked_messages_go_out_when_lines_month_turns(office, spent_quota):
    office.line.quota.used = 0
    office.clock.advance(seconds=(datetime(2026, 11, 30, 14, 59, 59, tzinfo=UTC) - office.clock.now()).total_seconds())
    release_parked_when_month_turns(office.services)
    office.work()
    assert states(office) == ["parked"]

    office.clock.advance(seconds=1)
    release_parked_when_month_turns(office.services)
    office.work()

    assert states(office) == ["sent"]


def test_a_great_many_parked_messages_are_all_released(office, spent_quota):
    item = Outgoing(({"type": "text", "text": "ข่าว"},), to=OFFICER, importance=Importance.NEWS)
    store(office, *[item] * 600)
    while "waiting" in states(office):
        office.work()
    assert states(office).count("parked") == 601

    office.line.quota.limit = None
    read_quota(office.services)

    assert states(office).count("waiting") == 601


def test_a_message_parked_by_a_late_worker_is_found_by_the_next_reading(office, spent_quota):
    """A worker that asked about the quota just before it came back parks its rows just after."""
    office.line.quota.limit = None
    read_quota(office.services)
    office.work()
    send(office, OFFICER, "ข่าว 1")
    with office.database.transaction() as session:
        line_calls.claim_call(session, OFFICER, office.clock.now(), push_allowed=False)
    assert states(office)[-1] == "parked"

    read_quota(office.services)
    office.work()

    assert text_of(seen_by(office, OFFICER)) == "ข่าว 0\nข่าว 1"


# --- workers that die, stall or fail --------------------------------------------------------------------------------


@pytest.mark.parametrize("arrives", [True, False])
@pytest.mark.parametrize("how", ["reply", "push"])
def test_a_worker_that_dies_in_a_call_to_line_costs_and_doubles_nothing(office, letter, line, how, arrives):
    line.die_at_next(arrives=arrives)
    with pytest.raises(Killed):
        if how == "reply":
            office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
        else:
            send(office, OFFICER, "ข่าว")
            office.work()
    later(office, seconds=5)
    assert len(tries(office)) == int(arrives)

    later(office, seconds=8)

    assert [row.how for row in office.line.messages_to(OFFICER)] == [how]
    assert states(office) == ["sent"]


def test_a_worker_that_dies_over_an_event_leaves_it_to_the_next(office, letter):
    office.line.user_sends(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    with office.database.transaction() as session:
        assert inbox.claim_next_event(session, OFFICER, office.clock.now()) is not None
    later(office, seconds=5)
    assert seen_by(office, OFFICER) == []

    later(office, seconds=6)

    assert len(seen_by(office, OFFICER)) == 1


def test_a_worker_whose_lease_ran_out_changes_nothing(office, letter, logged):
    def taken_over_meanwhile():
        later(office, seconds=11)
        return shipped_words()

    stalled = InboxWorker(
        replace(office.services, build_vocabulary=taken_over_meanwhile), Delivery(office.services).deliver_to
    )
    office.line.user_sends(OFFICER, f"{NUMBER} ถึงไหนแล้ว")

    stalled.answer_person(OFFICER)
    office.work()

    assert len(seen_by(office, OFFICER)) == 1
    assert len(rows(office)) == 1
    assert [entry["log_level"] for entry in logged if entry["event"] == "event_taken_over"] == ["warning"]


def test_a_sender_whose_lease_ran_out_changes_nothing(office, letter, line):
    send(office, OFFICER, "ข่าว")
    with office.database.transaction() as session:
        stalled = line_calls.claim_call(session, OFFICER, office.clock.now())
    later(office, seconds=13)

    with office.database.transaction() as session:
        call_outcomes.record_try_later(
            session,
            stalled,
            office.clock.now(),
            "late",
            wait=office.clock.now() - office.clock.now(),
            outcome_unknown=True,
        )
        call_outcomes.record_given_up(session, stalled, office.clock.now(), "late")
        call_outcomes.record_parked(session, stalled, office.clock.now(), "late")
        call_outcomes.record_token_spent(session, stalled, office.clock.now())
        assert not call_outcomes.record_accepted(session, stalled, office.clock.now(), None).is_first

    office.work()
    assert len(seen_by(office, OFFICER)) == 1
    assert states(office) == ["sent"]


class Broken:
    """Words that cannot be had while ``is_broken``: every text fails in understanding."""

    def __init__(self):
        self.is_broken = True
        self.asked = 0

    def __call__(self):
        self.asked += 1
        if self.is_broken:
            raise RuntimeError("these words must reach neither rows nor logs")
        return shipped_words()


def test_a_failing_question_is_tried_again_and_then_answered(office, letter):
    office.services.build_vocabulary = broken = Broken()
    office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    later(office, seconds=0.9)
    assert broken.asked == 1
    later(office, seconds=0.2)
    assert broken.asked == 2

    broken.is_broken = False
    later(office, seconds=2)

    assert NUMBER in text_of(seen_by(office, OFFICER))
    assert [row.how for row in office.line.messages_to(OFFICER)] == ["reply"]


def test_a_question_that_fails_to_the_end_is_dead_and_visible_and_the_next_goes_on(
    office, letter, logged, monkeypatch, database_url
):
    office.services.build_vocabulary = broken = Broken()
    office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    office.says(OFFICER, f"{NUMBER} ถึงไหนแล้วคะ")
    for wait in RETRY_AFTER[:-1]:
        later(office, seconds=wait.total_seconds())
    assert (broken.asked, seen_by(office, OFFICER)) == (MAX_ATTEMPTS - 1, [])
    office.clock.advance(seconds=RETRY_AFTER[-1].total_seconds())

    office.inbox_worker.answer_person(OFFICER)
    broken.is_broken = False
    later(office, seconds=1)

    first, *rest = seen_by(office, OFFICER)
    assert first == refusals.temporary_trouble()[0]
    assert NUMBER in text_of(rest)
    assert event_states(office) == ["dead", "done"]
    assert "tidtam_events_dead 1.0" in office.web.get("/metrics").text
    assert "must reach neither" not in str(logged)
    monkeypatch.setenv("DATABASE_URL", database_url)
    (events,) = [finding for finding in examine() if finding.part == "events"]
    assert events.is_problem
    assert "1 dead" in events.state


def test_an_event_that_kills_every_worker_is_laid_down(office, letter, logged):
    office.line.user_sends(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    for _ in range(MAX_ATTEMPTS):
        with office.database.transaction() as session:
            assert inbox.claim_next_event(session, OFFICER, office.clock.now()) is not None
        office.clock.advance(seconds=11)

    office.work()

    assert event_states(office) == ["dead"]
    assert seen_by(office, OFFICER) == refusals.temporary_trouble()


def test_a_refusal_rolls_back_what_the_handler_began_and_is_said_once(office, letter):
    answer = office.says(OFFICER, "#999 ลงนามแล้ว")

    assert len(answer) == 1
    assert event_states(office) == ["done"]


def test_an_officers_answer_reaches_the_person_once_over_every_trouble(office, letter):
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.says(OFFICER, NUMBER)
    office.taps(OFFICER, "ขอคุยกับเจ้าหน้าที่")
    office.taps(SECRETARY, "รับทราบ")
    before = len(seen_by(office, OFFICER))

    for order in UNSURE.values():
        order(office.line.faults)
    office.says(SECRETARY, "#1 ลงนามแล้วเมื่อเช้า")
    for _ in range(12):
        later(office, minutes=5)

    assert text_of(seen_by(office, OFFICER)[before:]).count("ลงนามแล้วเมื่อเช้า") == 1
    assert "รับทราบ" in labels_of(seen_by(office, SECRETARY))
    assert set(states(office)) == {"sent"}


def test_open_calls_are_none_when_all_is_done(office, letter):
    office.says(OFFICER, NUMBER)
    send(office, OFFICER, "ข่าว")
    office.work()

    with office.database.reading() as session:
        told = select(LineCall.method, LineCall.state, LineCall.charged_messages).order_by(LineCall.id)
        calls = session.execute(told).all()
    assert [(method.value, state.value, charged) for method, state, charged in calls] == [
        ("reply", "accepted", 0),
        ("push", "accepted", 1),
    ]


def settled(logged):
    return [
        (entry["method"], entry["importance"], entry["reason"]) for entry in logged if entry["event"] == "call_settled"
    ]


def event_states(office):
    with office.database.reading() as session:
        return [state.value for state in session.scalars(select(InboxEvent.state).order_by(InboxEvent.id))]
