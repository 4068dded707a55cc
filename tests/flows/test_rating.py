"""Satisfaction: the mark for an answer, its change within a day, and what follows a bad one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from bot.routes import is_free_words
from bot.schedule import forget_old_texts
from bot.understanding import understand
from bot.worker import build_worker
from messages.lengths import grapheme_length
from messages.rating import invitation
from messages.words import RATING_WORDS
from models import ratings, requests, service_facts
from models.counting import calendar_loader
from models.inbox import InboxEvent
from models.members import Role, find_member
from models.questions import Question, open_request, record_machine_answer
from models.request_history import Deed
from models.request_steps import answer_request, reopen_request, withdraw_request
from models.requests import RequestEventKind, RequestState, TrackingRequest
from tests.office import DISTRICT, OTHER_DISTRICT, SECRETARIAT, Office, actions_of, labels_of, shipped_words, text_of

ASKER, OTHER, SECRETARY, SUPERVISOR, DEPUTY, ADMIN = ("U" + letter * 32 for letter in "abcdef")
WHY = "ช้ามาก ต้องโทรถามเอง"


@dataclass
class Desk:
    """An office with an asker, and the ways in which an answer may have come about."""

    office: Office

    def person(self, line_id: str) -> tuple[int, int]:
        with self.office.database.reading() as session:
            member = find_member(session, line_id)
            return member.id, member.unit_id

    def question(self, line_id: str = ASKER, **changes) -> Question:
        now = self.office.clock.now()
        member_id, unit_id = self.person(line_id)
        values = {"asked_at": now, "received_at": now, "text": "ถึงไหนแล้ว"} | changes
        return Question(asker_line_id=line_id, member_id=member_id, unit_id=unit_id, **values)

    def deed(self, line_id: str = SECRETARY) -> Deed:
        now = self.office.clock.now()
        return Deed(self.person(line_id)[0], now, now, now)

    def do(self, step, *arguments):
        with self.office.database.transaction() as session:
            return step(session, *arguments)

    def asks(self, line_id: str = ASKER, **changes) -> int:
        terms, now = self.office.services.terms(), self.office.clock.now()
        request, _ = self.do(open_request, self.question(line_id, **changes), terms, now)
        return request.number

    def answers(self, number: int):
        return self.do(answer_request, number, self.deed())

    def answered(self, line_id: str = ASKER, **changes) -> int:
        number = self.asks(line_id, **changes)
        self.answers(number)
        return number

    def machine_answered(self, line_id: str = ASKER, **changes):
        now, terms = self.office.clock.now(), self.office.services.terms()
        return self.do(record_machine_answer, self.question(line_id, **changes), terms, now)

    def taps(self, label: str, number: int, line_id: str = ASKER):
        """Somebody taps the question under an answer."""
        action = next(action for action in actions_of(invitation(number)) if action["label"] == label)
        self.office.line.user_taps(line_id, action)
        return self.office.work(line_id)

    def request(self, number: int) -> TrackingRequest:
        return self._row(TrackingRequest, number)

    def marks(self, number: int) -> list[int]:
        with self.office.database.reading() as session:
            events = requests.list_events(session, number)
            return [event.score for event in events if event.kind is RequestEventKind.RATED]

    def follow_up(self, number: int) -> ratings.RatingFollowUp | None:
        return self._row(ratings.RatingFollowUp, number)

    def _row(self, kind, number):
        with self.office.database.reading() as session:
            row = session.get(kind, number)
            if row is not None:
                session.expunge(row)  # so that it can be looked at once the session is closed
            return row

    def told(self, line_id: str) -> list[str]:
        return [text_of([row.message]) for row in self.office.line.messages_to(line_id)]


@pytest.fixture
def desk(office) -> Desk:
    office.add_member(ASKER)
    office.add_member(OTHER, unit=OTHER_DISTRICT)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    return Desk(office)


@pytest.fixture
def supervised(desk) -> Desk:
    desk.office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT)
    desk.office.add_member(DEPUTY, Role.SUPERVISOR, unit=SECRETARIAT)
    desk.office.add_member(ADMIN, Role.ADMIN, unit=SECRETARIAT)
    return desk


# --- the mark -------------------------------------------------------------------------------------------------------


def test_the_question_offers_the_five_official_words_and_one_for_no_answer():
    asked = invitation(42)
    assert labels_of([asked]) == ["มากที่สุด", "มาก", "ปานกลาง", "น้อย", "น้อยที่สุด", "ยังไม่ได้คำตอบ"]
    assert next(action["data"] for action in actions_of(asked)) == "action=rate&answer=42&score=5"


@pytest.mark.parametrize(("score", "word"), RATING_WORDS.items())
def test_a_tap_is_kept_with_its_event(desk, score, word):
    number = desk.answered()
    desk.office.clock.advance(minutes=2)

    assert word in text_of(desk.taps(word, number))
    assert (desk.request(number).rating, desk.marks(number)) == (score, [score])
    assert desk.request(number).rated_at == desk.office.clock.now()


@pytest.mark.parametrize(("typed", "score"), [("มากที่สุด", 5), ("ให้ 4 คะแนน", 4), ("พอใจมาก", 4), ("น้อย", 2)])
def test_a_typed_mark_is_for_the_answer_that_came_last(desk, typed, score):
    earlier = desk.answered()
    desk.office.clock.advance(minutes=1)
    latest = desk.machine_answered().number
    desk.office.clock.advance(minutes=1)
    waiting = desk.asks()

    assert f"#{latest} " in text_of(desk.office.says(ASKER, typed))
    assert [desk.request(number).rating for number in (earlier, latest, waiting)] == [None, score, None]


def test_a_typed_wish_to_rate_without_a_mark_is_asked_for_it(desk):
    number = desk.answered()

    asked = desk.office.says(ASKER, "ขอประเมินความพึงพอใจ")
    assert set(RATING_WORDS.values()) < set(labels_of(asked))
    desk.office.taps(ASKER, "มาก")
    assert desk.request(number).rating == 4


def test_without_an_answer_there_is_nothing_to_rate(desk):
    desk.asks()
    desk.answered(OTHER)
    assert "ยังไม่มีคำตอบของท่าน" in text_of(desk.office.says(ASKER, "มากที่สุด"))


def test_an_answer_of_more_than_seven_days_ago_is_not_meant(desk):
    number = desk.answered()
    desk.office.clock.advance(days=7, seconds=1)
    assert "ยังไม่มีคำตอบของท่าน" in text_of(desk.office.says(ASKER, "มากที่สุด"))

    desk.taps("มากที่สุด", number)  # the question stands under its own answer, however old that is
    assert desk.request(number).rating == 5


def test_whoever_got_the_same_answer_rates_their_own_request(desk):
    first = desk.asks(matter_key="number:1902/1335")
    second = desk.asks(OTHER, matter_key="number:1902/1335")
    desk.answers(first)

    desk.taps("มากที่สุด", first, ASKER)
    desk.taps("น้อย", first, OTHER)
    assert (desk.request(first).rating, desk.request(second).rating) == (5, 2)


def test_another_persons_request_is_refused_exactly_as_one_that_is_not_there(desk):
    number = desk.answered(OTHER)

    theirs, none = (text_of(desk.taps("น้อย", which)) for which in (number, number + 40))
    assert theirs.replace(f"#{number} ", "#N ") == none.replace(f"#{number + 40} ", "#N ")
    assert "ไม่พบคำขอ" in theirs
    assert (desk.request(number).rating, desk.marks(number)) == (None, [])


@pytest.mark.parametrize("data", ["score=0", "score=6", "score=", "score=4.5", "score=-1", "other=4"])
def test_a_mark_out_of_the_five_is_refused(desk, data):
    number = desk.answered()
    desk.office.line.user_taps(ASKER, {"type": "postback", "data": f"action=rate&answer={number}&{data}"})

    assert desk.office.work(ASKER)
    assert desk.marks(number) == []


def test_what_is_not_answered_cannot_be_rated(desk):
    waiting, withdrawn = desk.asks(), desk.asks(text="อีกเรื่อง")
    desk.do(withdraw_request, withdrawn, ASKER, desk.deed(ASKER))

    for number in (waiting, withdrawn):
        assert "ยังไม่ได้แจ้งผล" in text_of(desk.taps("มาก", number))
        assert desk.marks(number) == []


# --- changing it ----------------------------------------------------------------------------------------------------


def test_a_mark_can_be_changed_for_a_day(desk):
    number = desk.answered()
    desk.taps("ปานกลาง", number)
    first_at = desk.request(number).rated_at
    desk.office.clock.advance(days=1)

    assert "เปลี่ยนความพึงพอใจ" in text_of(desk.taps("มากที่สุด", number))
    assert (desk.request(number).rating, desk.marks(number)) == (5, [3, 5])
    assert desk.request(number).rated_at == first_at


def test_a_mark_stays_after_a_day(desk):
    number = desk.answered()
    desk.taps("ปานกลาง", number)
    desk.office.clock.advance(days=1, seconds=1)

    assert "เปลี่ยนไม่ได้แล้ว" in text_of(desk.taps("มากที่สุด", number))
    assert (desk.request(number).rating, desk.marks(number)) == (3, [3])
    assert "ไว้แล้ว" in text_of(desk.taps("ปานกลาง", number))


def test_the_same_mark_again_changes_nothing(desk):
    number = desk.answered()
    desk.taps("มาก", number)

    assert "ไว้แล้ว" in text_of(desk.taps("มาก", number))
    assert desk.marks(number) == [4]


def test_the_answer_after_a_reopening_has_a_mark_of_its_own(supervised):
    number = supervised.answered()
    supervised.taps("น้อยที่สุด", number)
    supervised.office.says(ASKER, WHY)
    supervised.office.clock.advance(days=3)
    terms = supervised.office.services.terms()
    supervised.do(reopen_request, number, ASKER, terms, supervised.deed(ASKER))
    assert "ยังไม่ได้แจ้งผล" in text_of(supervised.taps("มาก", number))
    supervised.answers(number)

    assert "ขอบคุณ บันทึก" in text_of(supervised.taps("มากที่สุด", number))
    assert supervised.request(number).rated_at == supervised.office.clock.now()
    assert supervised.marks(number) == [1, 5]
    supervised.taps("น้อย", number)
    opened = supervised.follow_up(number)
    assert (opened.score, opened.words, opened.closed_at) == (2, None, None)


def test_a_counted_request_is_taken_out_of_the_facts_before_it_changes(desk):
    number = desk.answered()
    with desk.office.database.transaction() as session:
        request = session.get(TrackingRequest, number)
        request.acknowledged_at = request.answered_at = desk.office.clock.now()

    def fold():
        with desk.office.database.transaction() as session:
            service_facts.count_settled(session, calendar_loader(session), desk.office.clock.now())

    def marks_in_facts():
        with desk.office.database.reading() as session:
            return session.scalar(select(func.sum(service_facts.PersonMonth.score_sum)))

    for word, score in (("มาก", 4), ("มากที่สุด", 5)):
        fold()
        assert desk.request(number).is_counted
        desk.taps(word, number)
        assert (desk.request(number).is_counted, marks_in_facts()) == (False, 0)
        fold()
        assert marks_in_facts() == score

    desk.taps("มากที่สุด", number)
    assert (desk.request(number).is_counted, marks_in_facts()) == (True, 5)


# --- the question ---------------------------------------------------------------------------------------------------


def test_a_person_is_asked_once_a_day(desk):
    assert desk.machine_answered().is_invited
    assert not desk.machine_answered().is_invited
    desk.office.clock.advance(hours=15)  # midnight in Bangkok
    assert desk.machine_answered().is_invited


def test_a_person_who_asked_again_since_is_asked_again(desk):
    first, second = desk.asks(), desk.asks(text="อีกเรื่อง")
    desk.office.clock.advance(minutes=1)
    assert [line.number for line in desk.answers(first).invited] == [first]
    assert desk.answers(second).invited == []

    desk.office.clock.advance(minutes=1)
    third = desk.asks(text="เรื่องใหม่")
    desk.office.clock.advance(minutes=1)
    assert [line.number for line in desk.answers(third).invited] == [third]


# --- a bad mark -----------------------------------------------------------------------------------------------------


def test_supervisors_hear_at_once_of_a_bad_mark_in_one_call(supervised):
    letter = supervised.office.add_letter()
    number = supervised.answered(document_id=letter, asked_number="กท 1902/1335")

    supervised.taps("น้อยที่สุด", number)
    assert "พึงพอใจน้อยที่สุด" in supervised.told(SUPERVISOR)[-1]
    for part in (f"#{number}", DISTRICT, "กท 1902/1335", SECRETARIAT):
        assert part in supervised.told(SUPERVISOR)[-1]
    assert supervised.told(DEPUTY) == supervised.told(SUPERVISOR)
    (call,) = supervised.office.calls("multicast", "push")
    assert sorted(call.sent["to"]) == [SUPERVISOR, DEPUTY]
    assert supervised.told(ADMIN) == supervised.told(SECRETARY) == []


def test_without_a_supervisor_an_administrator_hears_of_it(desk):
    desk.office.add_member(ADMIN, Role.ADMIN, unit=SECRETARIAT)
    number = desk.machine_answered(asked_number="กท 9/9").number

    desk.taps("น้อย", number)
    assert "พึงพอใจน้อย" in desk.told(ADMIN)[-1]
    assert "กท 9/9" in desk.told(ADMIN)[-1]
    assert "ระบบตอบอัตโนมัติ" in desk.told(ADMIN)[-1]


def test_with_nobody_to_hear_of_it_the_mark_stands_all_the_same(desk):
    number = desk.answered()
    desk.taps("น้อย", number)
    assert (desk.request(number).rating, desk.follow_up(number).closed_at) == (2, None)


@pytest.mark.parametrize("word", ["ปานกลาง", "มาก", "มากที่สุด"])
def test_a_fair_mark_is_nobodys_trouble(supervised, word):
    number = supervised.answered()
    supervised.taps(word, number)
    assert supervised.follow_up(number) is None
    assert supervised.told(SUPERVISOR) == []


def test_the_persons_words_follow(supervised, logged):
    number = supervised.answered()
    asked = supervised.taps("น้อย", number)
    assert "เหตุผล" in text_of(asked)
    assert "09.10 น." in text_of(asked)
    assert labels_of(asked) == ["ข้าม", "ยังไม่ได้คำตอบ"]

    thanked = supervised.office.says(ASKER, WHY)
    assert "ขอบคุณ" in text_of(thanked)
    assert labels_of(thanked) == ["ยังไม่ได้คำตอบ"]
    assert supervised.follow_up(number).words == WHY
    assert len(supervised.told(SUPERVISOR)) == 2
    assert f"เหตุผล {WHY}" in supervised.told(SUPERVISOR)[-1]
    assert "โทรถามเอง" not in str(logged)


def test_who_still_needs_an_answer_gets_one_and_no_reason_is_taken(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)

    supervised.office.taps(ASKER, "ยังไม่ได้คำตอบ")
    assert (supervised.request(number).state, supervised.request(number).rounds) == (RequestState.OPEN, 2)
    assert supervised.follow_up(number).words is None


def test_a_reason_that_would_reopen_the_request_at_another_time_is_the_reason_now(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.office.says(ASKER, "ช้ามาก ตอบไม่ตรง")

    assert supervised.follow_up(number).words == "ช้ามาก ตอบไม่ตรง"
    assert supervised.request(number).state is RequestState.ANSWERED


def test_only_the_first_text_is_taken_for_the_reason(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.office.says(ASKER, WHY)
    supervised.office.says(ASKER, "ไม่มีใครตอบเลย")

    assert supervised.follow_up(number).words == WHY
    assert len(supervised.told(SUPERVISOR)) == 2


def test_a_very_long_reason_is_shortened(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.office.says(ASKER, "ช้ามาก " * 200)
    assert grapheme_length(supervised.follow_up(number).words) == 500


def test_the_question_for_the_reason_survives_a_restart(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    office = supervised.office
    office.inbox_worker, office.delivery, office.sweep = build_worker(office.services)

    office.says(ASKER, WHY)
    assert supervised.follow_up(number).words == WHY


def test_after_ten_minutes_a_text_is_a_text_again(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.office.clock.advance(minutes=10)

    assert "ยังไม่เข้าใจ" in text_of(supervised.office.says(ASKER, WHY))
    assert supervised.follow_up(number).words is None


def test_a_letters_number_is_another_matter_and_the_reason_may_still_come(supervised):
    supervised.office.add_letter()
    number = supervised.answered()
    supervised.taps("น้อย", number)

    assert "กท 1902/1335" in text_of(supervised.office.says(ASKER, "กท 1902/1335 ถึงไหนแล้ว"))
    assert supervised.follow_up(number).words is None
    supervised.office.says(ASKER, WHY)
    assert supervised.follow_up(number).words == WHY


@pytest.mark.parametrize("word", ["ยกเลิก", "ไม่เป็นไร", "ข้าม"])
def test_who_would_rather_not_say_is_not_pressed(supervised, word):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.office.says(ASKER, word)

    assert "ยังไม่เข้าใจ" in text_of(supervised.office.says(ASKER, WHY))
    assert (supervised.follow_up(number).words, supervised.request(number).rating) == (None, 2)


def test_the_reason_can_be_passed_over_by_a_tap(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)

    assert "บันทึกคะแนนไว้แล้ว" in text_of(supervised.office.taps(ASKER, "ข้าม"))
    assert "ยังไม่เข้าใจ" in text_of(supervised.office.says(ASKER, WHY))
    assert supervised.follow_up(number).closed_at is None


def test_a_plain_yes_is_no_reason_and_confirms_nothing(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)

    assert "ไม่มีรายการที่รอยืนยัน" in text_of(supervised.office.says(ASKER, "ยืนยัน"))
    supervised.office.says(ASKER, WHY)
    assert supervised.follow_up(number).words == WHY


def test_what_waits_for_a_confirmation_takes_no_other_words(desk):
    desk.office.add_letter()
    desk.office.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")
    assert "ยังไม่เข้าใจ" in text_of(desk.office.says(SECRETARY, WHY))
    assert "ลงนาม" in text_of(desk.office.says(SECRETARY, "ยืนยัน"))


def test_a_confirmation_asked_for_later_takes_the_place_of_the_reason(supervised):
    supervised.office.add_letter()
    number = supervised.answered(SECRETARY)
    supervised.taps("น้อย", number, SECRETARY)
    supervised.office.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")

    assert "ยังไม่เข้าใจ" in text_of(supervised.office.says(SECRETARY, WHY))
    assert "ลงนาม" in text_of(supervised.office.says(SECRETARY, "ยืนยัน"))
    assert supervised.follow_up(number).words is None


def test_a_better_mark_closes_the_matter_quietly(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.taps("มาก", number)

    closed = supervised.follow_up(number)
    assert (closed.closed_at, closed.closed_by_id) == (supervised.office.clock.now(), None)
    assert "ยังไม่เข้าใจ" in text_of(supervised.office.says(ASKER, WHY))
    assert len(supervised.told(SUPERVISOR)) == 1


def test_a_mark_from_bad_to_bad_is_the_same_matter(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.taps("น้อยที่สุด", number)

    assert (supervised.follow_up(number).score, supervised.marks(number)) == (1, [2, 1])
    assert len(supervised.told(SUPERVISOR)) == 1


def test_a_mark_that_turns_bad_again_is_told_again(supervised):
    number = supervised.answered()
    for word in ("น้อย", "มาก", "น้อยที่สุด"):
        supervised.taps(word, number)

    assert supervised.follow_up(number).closed_at is None
    assert [("พึงพอใจน้อยที่สุด" in told) for told in supervised.told(SUPERVISOR)] == [False, True]


# --- the supervisor -------------------------------------------------------------------------------------------------


def test_a_supervisor_closes_the_matter_once(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)

    assert f"ปิดเรื่องความไม่พึงพอใจของคำขอ #{number} แล้ว" in text_of(supervised.office.taps(SUPERVISOR, "ปิดเรื่อง"))
    closed = supervised.follow_up(number)
    assert closed.closed_by_id == supervised.person(SUPERVISOR)[0]
    assert "ปิดไปก่อนแล้ว" in text_of(supervised.office.taps(DEPUTY, "ปิดเรื่อง"))
    assert supervised.follow_up(number).closed_by_id == closed.closed_by_id


def test_words_that_come_after_the_closing_are_passed_on_too(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.office.taps(SUPERVISOR, "ปิดเรื่อง")
    supervised.office.says(ASKER, WHY)

    assert WHY in supervised.told(SUPERVISOR)[-1]
    assert supervised.follow_up(number).closed_at is not None


@pytest.mark.parametrize("person", [ASKER, SECRETARY])
def test_nobody_else_closes_it(supervised, person):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.office.line.user_taps(person, supervised.office.button(SUPERVISOR, "ปิดเรื่อง"))

    assert "บทบาทของท่าน" in text_of(supervised.office.work(person))
    assert supervised.follow_up(number).closed_at is None


def test_a_matter_that_is_not_there_cannot_be_closed(supervised):
    supervised.office.line.user_taps(SUPERVISOR, {"type": "postback", "data": "action=close_follow_up&request=99"})
    assert "#99" in text_of(supervised.office.work(SUPERVISOR))


def test_words_for_another_persons_matter_are_not_taken(supervised):
    number = supervised.answered(OTHER)
    supervised.taps("น้อย", number, OTHER)
    supervised.taps("น้อย", supervised.answered())
    supervised.office.line.user_taps(ASKER, {"type": "postback", "data": f"action=explain&request={number}"})
    supervised.office.work(ASKER)

    assert supervised.follow_up(number).words is None


# --- forgetting -----------------------------------------------------------------------------------------------------


def test_words_and_questions_are_emptied_with_other_old_texts(supervised):
    number = supervised.answered()
    supervised.taps("น้อย", number)
    supervised.office.says(ASKER, WHY)
    days = supervised.office.services.settings.keep_messages.days
    supervised.office.clock.advance(days=days)
    forget_old_texts(supervised.office.services)
    assert (supervised.follow_up(number).words, supervised.request(number).question) == (WHY, "ถึงไหนแล้ว")

    supervised.office.clock.advance(seconds=1)
    forget_old_texts(supervised.office.services)
    emptied = supervised.follow_up(number)
    assert (emptied.words, emptied.words_at is None, emptied.score) == (None, False, 2)
    assert (supervised.request(number).question, supervised.request(number).rating) == ("", 2)


def test_words_are_emptied_with_the_person(supervised):
    mine, theirs = supervised.answered(), supervised.answered(OTHER)
    for person, number in ((ASKER, mine), (OTHER, theirs)):
        supervised.taps("น้อย", number, person)
        supervised.office.says(person, WHY)
    supervised.office.says(ASKER, "ลบข้อมูลของฉัน")
    supervised.office.taps(ASKER, "ยืนยัน")

    assert (supervised.follow_up(mine).words, supervised.follow_up(theirs).words) == (None, WHY)
    assert supervised.request(mine).rating == 2
    with supervised.office.database.reading() as session:
        kept = session.scalars(select(InboxEvent.raw).where(InboxEvent.raw.is_not(None))).all()
    assert sum("โทรถามเอง" in raw for raw in kept) == 1


def test_what_finds_fault_is_words_and_what_asks_is_another_matter():
    words = """
        ช้ามาก ตอบไม่ตรง | งานล่าช้ามาก รอทั้งวัน | ติดต่อเจ้าหน้าที่ไม่ได้เลย | เจ้าหน้าที่พูดไม่สุภาพ | ตอบไม่ทันเวลา | ไม่ได้ช่วยเหลืออะไร
        ไม่รู้ว่าหนังสืออยู่ที่ไหน | รายงานไม่ครบ | สรุปไม่ได้เรื่อง | ขอบคุณ แต่ตอบช้า | อยากให้แจ้งเตือนทุกขั้น | too slow | รอ 3 วัน
        ตอบไม่ตรงคำถาม | คำตอบไม่ตรง ต้องโทรถามเอง
    """
    matters = """
        กท 1902/1335 | 1902/1335 ช้ามาก | เลขรับ 4521 | หนังสือเรื่อง ขออนุมัติจัดจ้าง ถึงไหนแล้ว | ขอคุยกับเจ้าหน้าที่ | คำขอของฉัน
        คิวค้าง | วิธีใช้ | ยกเลิก | ไม่เป็นไร | ยืนยัน | มากที่สุด | ไม่พอใจเลย | ขอบคุณค่ะ | สวัสดี | ลบข้อมูลของฉัน | สถิติการให้บริการ
        ยังไม่ได้คำตอบ | ยังไม่ได้รับคำตอบเลยค่ะ | #3 ไม่ได้คำตอบ
    """

    def taken(texts):
        said = [text.strip() for line in texts.strip().splitlines() for text in line.split("|")]
        return [text for text in said if is_free_words(understand(text, shipped_words()), text)], said

    assert taken(words)[0] == taken(words)[1]
    assert taken(matters)[0] == []
