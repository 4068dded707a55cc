"""News that waits for the end of quiet hours or of a pause: told once, in order, and never at the cost of a promise."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from bot.schedule import forget_old_texts, release_held_news
from models import call_outcomes, line_calls, outbox
from models.documents import Stage
from models.members import Role, find_member
from models.outbox import Importance, OutboxRow, Outgoing
from models.preference_terms import Choices
from models.preferences import NotificationPreferences, store_choices
from models.working_time import BANGKOK
from tests.flows.test_delivery import Killed, LossyLine
from tests.office import SECRETARIAT, text_of

OFFICER, COLLEAGUE, SECRETARY = ("U" + letter * 32 for letter in "abc")
GROUP = "C" + "e" * 32
NUMBER = "กท 1902/1335"


@pytest.fixture
def letter(office):
    """A letter that both officers follow; the service's usual quiet hours are 20.00 to 07.00."""
    for person in (OFFICER, COLLEAGUE):
        office.add_member(person)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    letter = office.add_letter(NUMBER, stage=Stage.PROPOSED)
    office.says(OFFICER, f"ติดตามต่อ {NUMBER}")
    return letter


def at(office, day, hour, minute=0):
    """It becomes this hour of a day of November 2026 in Bangkok, and the clock and the service work."""
    when = datetime(2026, 11, day, hour, minute, tzinfo=BANGKOK)
    office.clock.advance(seconds=(when - office.clock.now()).total_seconds())
    run(office)


def run(office):
    release_held_news(office.services)
    office.work()


def moves(office, words="ปลัดลงนามแล้ว"):
    """The secretariat records a stage, and those who follow the letter are told."""
    office.says(SECRETARY, f"{NUMBER} {words}")
    office.taps(SECRETARY, "ยืนยัน")


def send(office, to, text, importance=Importance.NEWS, share_key=None):
    now = office.clock.now()
    item = Outgoing(({"type": "text", "text": text},), to=to, importance=importance, share_key=share_key)
    with office.database.transaction() as session:
        outbox.store_outgoing(session, [item], asker=to, token=None, asked_at=now, inbox_event_id=None, now=now)


def chooses(office, person, choices):
    with office.database.transaction() as session:
        store_choices(session, find_member(session, person).id, choices, office.clock.now())


def told(office, person, since):
    return [row.message for row in office.line.messages_to(person)[since:]]


def seen(office, person):
    return len(office.line.messages_to(person))


def states(office):
    with office.database.reading() as session:
        return [state.value for state in session.scalars(select(OutboxRow.state).order_by(OutboxRow.id))]


def pushes(office):
    return [call.sent["messages"] for call in office.calls("push", "multicast")]


def test_what_happens_at_night_is_told_in_the_morning_once_and_in_order(office, letter):
    at(office, 20, 21)
    moves(office)
    moves(office, "ส่งคืนหน่วยงานแล้ว")
    assert pushes(office) == []

    at(office, 21, 6, 59)
    assert pushes(office) == []
    at(office, 21, 7)
    at(office, 21, 8)

    (together,) = pushes(office)
    assert ["ลงนาม" in text_of([message]) for message in together] == [True, False]
    assert "ส่งคืนหน่วยงาน" in text_of(together[1:])


def test_who_writes_at_night_is_told_along_with_the_answer_and_not_again(office, letter):
    at(office, 20, 21)
    moves(office)

    said = office.says(OFFICER, "สวัสดีค่ะ")
    at(office, 21, 7)

    assert len([message for message in said if "แจ้งความคืบหน้า" in text_of([message])]) == 1
    assert pushes(office) == []


def test_news_of_the_morning_does_not_overtake_that_of_the_night(office, letter):
    at(office, 20, 21)
    send(office, OFFICER, "กลางคืน")
    office.work()
    office.clock.advance(hours=10)
    send(office, OFFICER, "เช้า")

    office.work()  # before the clock's job gets round to what waited

    assert text_of(pushes(office)[0]) == "กลางคืน\nเช้า"


def test_own_quiet_hours_hold_over_midnight_and_no_hours_hold_nothing(office, letter):
    office.says(OFFICER, "ห้ามรบกวน 22.30-05.15")
    office.says(COLLEAGUE, "ไม่ต้องมีช่วงห้ามรบกวน")
    at(office, 20, 22, 40)
    send(office, OFFICER, "ข่าว")
    send(office, COLLEAGUE, "ข่าว")
    office.work()
    assert [call.sent["to"] for call in office.calls("push")] == [COLLEAGUE]

    at(office, 21, 5, 14)
    assert len(pushes(office)) == 1
    at(office, 21, 5, 15)
    assert [call.sent["to"] for call in office.calls("push")] == [COLLEAGUE, OFFICER]


def test_a_pause_holds_until_its_day_and_beyond_into_the_quiet_hours(office, letter):
    office.says(OFFICER, "หยุดแจ้งเตือนถึง 23 พ.ย.")
    moves(office)

    at(office, 23, 12)
    at(office, 24, 0, 1)
    assert pushes(office) == []
    at(office, 24, 7)

    assert "ลงนาม" in text_of(pushes(office)[0])


def test_whoever_ends_the_pause_hears_at_once_what_waited(office, letter):
    office.says(OFFICER, "พักการแจ้งเตือน 1 สัปดาห์")
    for place in range(7):
        send(office, OFFICER, f"ข่าว {place}")
    office.work()

    said = office.says(OFFICER, "ยกเลิกพักการแจ้งเตือน")

    assert [text_of([m]) for m in said if text_of([m]).startswith("ข่าว ")] == [f"ข่าว {place}" for place in range(7)]
    assert set(states(office)) == {"sent"}


def test_promises_come_through_at_any_hour(office, letter):
    office.says(OFFICER, "พักการแจ้งเตือน 1 สัปดาห์")
    request = text_of(office.says(OFFICER, "กท 1902/9999 ถึงไหนแล้ว"))
    assert request
    before = seen(office, OFFICER)
    at(office, 20, 23)
    send(office, OFFICER, "แจ้งผล", Importance.PROMISE)
    send(office, OFFICER, "ใกล้ครบกำหนด", Importance.PROMISE)

    office.work()

    assert text_of(told(office, OFFICER, before)) == "แจ้งผล\nใกล้ครบกำหนด"


def test_an_acknowledgement_and_an_answer_of_the_secretariat_reach_who_rests(office, letter):
    office.says(OFFICER, "ขอคุยกับเจ้าหน้าที่")
    office.says(OFFICER, "พักการแจ้งเตือน 1 สัปดาห์")
    at(office, 20, 20, 30)
    before = seen(office, OFFICER)

    office.says(SECRETARY, "รับทราบ #1")
    office.says(SECRETARY, "#1 เสนอผู้บริหารแล้ว")

    assert "เสนอผู้บริหารแล้ว" in text_of(told(office, OFFICER, before))
    assert "held" not in states(office)


def test_a_group_has_no_quiet_hours(office, letter):
    at(office, 20, 23)
    office.line.add_group(GROUP, "กลุ่มงาน", [OFFICER])
    send(office, GROUP, "ข่าว")

    office.work()

    assert states(office)[-1] == "sent"


def test_a_multicast_leaves_out_those_who_rest_and_tells_the_others(office, letter):
    office.says(COLLEAGUE, "พักการแจ้งเตือน 1 สัปดาห์")
    for person in (OFFICER, COLLEAGUE, SECRETARY):
        send(office, person, "ข่าว", share_key="one")
    office.work()
    assert [sorted(call.sent["to"]) for call in office.calls("multicast")] == [[OFFICER, SECRETARY]]

    at(office, 27, 7)

    assert [call.sent["to"] for call in office.calls("push")] == [COLLEAGUE]


def test_two_that_waited_cost_one_message_also_where_others_shared_them(office, letter):
    office.says(OFFICER, "พักการแจ้งเตือน 1 สัปดาห์")
    for key in ("one", "two"):
        for person in (OFFICER, COLLEAGUE):
            send(office, person, f"ข่าว {key}", share_key=key)
        office.work()
    before = len(office.calls("push", "multicast"))

    at(office, 27, 8)

    (call,) = office.calls("push", "multicast")[before:]
    assert (call.sent["to"], text_of(call.sent["messages"])) == (OFFICER, "ข่าว one\nข่าว two")


def test_the_words_of_what_waits_are_kept_however_long_it_waits(office, letter):
    office.says(OFFICER, "หยุดแจ้งเตือนถึง 30 มิ.ย. 2570")
    moves(office)
    office.clock.advance(days=150)
    forget_old_texts(office.services)
    assert pushes(office) == []

    office.clock.advance(days=100)
    run(office)

    assert "ลงนาม" in text_of(pushes(office)[0])


def test_blocking_the_account_drops_what_waits(office, letter):
    at(office, 20, 21)
    moves(office)
    office.line.unfollow(OFFICER)
    office.work()

    at(office, 21, 7)

    assert pushes(office) == []
    assert states(office)[-1] == "dropped"


def test_who_has_the_data_deleted_hears_no_more_and_nothing_of_the_choices_is_left(office, letter):
    office.says(OFFICER, "พักการแจ้งเตือน 1 สัปดาห์")
    office.says(OFFICER, "ลบข้อมูลของฉัน")
    moves(office)
    said = office.says(OFFICER, "ยืนยัน")

    at(office, 28, 8)

    assert "แจ้งความคืบหน้า" not in text_of(said)
    assert pushes(office) == []
    with office.database.reading() as session:
        assert session.scalars(select(NotificationPreferences)).all() == []
        texts = session.scalars(select(OutboxRow.messages).where(OutboxRow.state == "dropped")).all()
    assert texts == ["[]"]


def test_a_kill_between_the_hour_and_the_delivery_loses_and_doubles_nothing(office, letter):
    office.services.line = LossyLine(office.services.line)
    at(office, 20, 21)
    moves(office)
    office.clock.advance(hours=10)
    release_held_news(office.services)  # and its process is gone before anybody was woken
    release_held_news(office.services)
    office.services.line.die_at_next(arrives=True)
    with pytest.raises(Killed):
        office.work()

    office.clock.advance(minutes=1)
    office.work()

    assert len([row for row in office.line.messages_to(OFFICER) if "แจ้งความคืบหน้า" in text_of([row.message])]) == 1
    assert states(office)[-1] == "sent"


def test_a_message_that_must_go_alone_still_does_after_it_was_held(office, letter):
    for text in ("ก่อน", ""):
        send(office, OFFICER, text)
    with office.database.transaction() as session:
        call = line_calls.claim_call(session, OFFICER, office.clock.now())
    with office.database.transaction() as session:
        call_outcomes.record_given_up(session, call, office.clock.now(), "refused_400")
    assert states(office)[-2:] == ["waiting", "waiting"]
    chooses(office, OFFICER, Choices(paused_until=date(2026, 11, 21)))
    office.work()
    assert states(office)[-2:] == ["held", "held"]

    at(office, 21, 8)

    assert pushes(office) == [[{"type": "text", "text": "ก่อน"}]]
    assert states(office)[-2:] == ["sent", "given_up"]
