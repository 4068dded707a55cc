"""What people answer: the card, the first tap, one answer for all who wait, and everything that may come between."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import event, func, select

from bot.news import tell_followers
from messages.actions import postback_data
from models import requests
from models.documents import Document, DocumentEvent, Secrecy, Stage, Urgency
from models.follows import Follow
from models.members import Role
from models.outbox import OutboxRow
from models.requests import RequestEvent, RequestEventKind, RequestState, TrackingRequest
from models.working_time import BANGKOK
from tests.office import DISTRICT, OTHER_DISTRICT, SECRETARIAT, labels_of, text_of

ASKER, SECRETARY, COLLEAGUE, SUPERVISOR, ADMIN = ("U" + letter * 32 for letter in "abcde")
UNKNOWN = "กท 9999/1 ถึงไหนแล้ว"


@pytest.fixture
def desk(office):
    """An officer who asks, and two secretaries who answer."""
    office.add_member(ASKER, name="สมชาย ผู้ถาม")
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT, name="สมหญิง เวรเช้า")
    office.add_member(COLLEAGUE, Role.SECRETARY, unit=SECRETARIAT, name="สมศรี เวรบ่าย")
    return office


def add_askers(office, count: int) -> list[str]:
    askers = [f"U{index:032x}" for index in range(count)]
    for index, asker in enumerate(askers):
        office.add_member(asker, unit=DISTRICT if index % 2 else OTHER_DISTRICT)
    return askers


def heard(office, person: str, newest: int = 1) -> str:
    return text_of(row.message for row in office.line.messages_to(person)[-newest:])


def newest(office, person: str):
    return office.line.messages_to(person)[-1].message


def count_heard(office, person: str) -> int:
    return len(office.line.messages_to(person))


def request_of(office, number: int):
    with office.database.reading() as session:
        return requests.get_request(session, number)


def events_of(office, number: int) -> list[RequestEventKind]:
    with office.database.reading() as session:
        return [event.kind for event in requests.list_events(session, number)]


def stage_of(office, letter: int) -> Stage:
    with office.database.reading() as session:
        return session.get(Document, letter).stage


class TestPassingOn:
    def test_the_asker_hears_by_when_and_those_on_duty_get_one_multicast(self, desk):
        told = desk.says(ASKER, UNKNOWN)

        assert "คำขอ #1" in text_of(told)
        assert "แจ้งผลภายใน 09.30 น." in text_of(told)
        assert "ถอนคำขอ" in labels_of(told)
        [multicast] = desk.calls("multicast")
        assert set(multicast.sent["to"]) == {SECRETARY, COLLEAGUE}
        card = text_of([newest(desk, COLLEAGUE)])
        assert "กท 9999/1" in card and DISTRICT in card
        assert "รับทราบภายใน 09.15 น. แจ้งผลภายใน 09.30 น." in card

    def test_that_it_was_passed_on_is_no_acknowledgement(self, desk):
        desk.says(ASKER, UNKNOWN)
        request = request_of(desk, 1)
        assert (request.state, request.acknowledged_at, request.answered_at) == (RequestState.OPEN, None, None)

    def test_who_asks_again_hears_by_when_and_nobody_is_disturbed_twice(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.clock.advance(minutes=5)

        again = text_of(desk.says(ASKER, UNKNOWN))
        assert "คำขอ #1" in again and "ภายใน 09.30 น." in again
        assert len(desk.calls("multicast")) == 1

        desk.clock.advance(minutes=40)
        assert "ขออภัยที่ล่าช้า" in text_of(desk.says(ASKER, UNKNOWN))

    def test_nobody_is_disturbed_while_the_office_is_closed(self, desk):
        desk.clock.advance(hours=9)  # Friday 18.00

        told = text_of(desk.says(ASKER, UNKNOWN))
        assert "นอกเวลาให้บริการ" in told
        assert "วันจันทร์ที่ 23 พ.ย. 08.30 น." in told
        assert "ภายในวันจันทร์ที่ 23 พ.ย. 09.00 น." in told
        assert count_heard(desk, SECRETARY) == 0

    def test_without_secretaries_the_supervisor_is_told_and_without_one_the_administrator(self, office):
        office.add_member(ASKER)
        office.add_member(ADMIN, Role.ADMIN, unit=SECRETARIAT)
        office.says(ASKER, UNKNOWN)
        assert count_heard(office, ADMIN) == 1

        office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT)
        office.says(ASKER, "กท 9999/2 ถึงไหนแล้ว")
        assert (count_heard(office, SUPERVISOR), count_heard(office, ADMIN)) == (1, 1)

    def test_who_blocked_the_account_is_not_on_duty(self, desk):
        desk.line.unfollow(SECRETARY)
        desk.work()
        desk.says(ASKER, UNKNOWN)
        assert count_heard(desk, SECRETARY) == 0
        assert count_heard(desk, COLLEAGUE) == 1

    def test_the_card_of_a_matter_in_hand_goes_to_its_officer_alone_and_says_who_else_waits(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.taps(SECRETARY, "รับทราบ")
        before = count_heard(desk, COLLEAGUE)
        [other] = add_askers(desk, 1)

        desk.says(other, UNKNOWN)
        assert count_heard(desk, COLLEAGUE) == before
        assert "รอเรื่องเดียวกันอีก 1 คน" in heard(desk, SECRETARY)

    def test_a_button_of_a_letters_card_brings_the_letter_along(self, desk):
        desk.add_letter(urgency=Urgency.MOST_URGENT, stage=Stage.SCREENING)
        desk.says(ASKER, "กท 1902/1335")
        desk.taps(ASKER, "ขอคุยกับเจ้าหน้าที่")

        card = newest(desk, SECRETARY)
        assert "ด่วนที่สุด" in text_of([card]) and "กท 1902/1335" in text_of([card])
        assert {"รับทราบ", "แจ้งผล", "เสนอผู้บริหารพิจารณา", "โอนให้…"} <= set(labels_of([card]))

    def test_nothing_of_a_letter_that_became_secret_is_on_a_card(self, desk):
        letter = desk.add_letter()
        desk.says(ASKER, "กท 1902/1335")
        with desk.database.transaction() as session:
            session.get(Document, letter).secrecy = Secrecy.SECRET
        desk.says(ASKER, "ยังไม่ได้คำตอบ")

        assert count_heard(desk, SECRETARY) == 1
        assert "1335" not in heard(desk, SECRETARY) and "ลิฟต์" not in heard(desk, SECRETARY)


class TestTakingOn:
    def test_the_first_tap_wins_and_the_others_hear_who_has_it(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.clock.advance(minutes=3)
        desk.taps(SECRETARY, "รับทราบ")
        desk.clock.advance(minutes=1)

        second = desk.taps(COLLEAGUE, "รับทราบ")
        assert "สมหญิง เวรเช้า" in text_of(second) and "09.03 น." in text_of(second)
        assert "แจ้งผล" in labels_of(second)
        assert "ท่านรับทราบไว้แล้ว" in text_of(desk.taps(SECRETARY, "รับทราบ"))
        assert events_of(desk, 1) == [RequestEventKind.ASKED, RequestEventKind.ACKNOWLEDGED]

    def test_the_asker_hears_the_section_and_by_when_and_not_the_person(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.taps(SECRETARY, "รับทราบ")
        told = heard(desk, ASKER)
        assert SECRETARIAT in told and "ภายใน 09.30 น." in told
        assert "สมหญิง" not in told
        assert request_of(desk, 1).acknowledged_at == desk.clock.now()

    def test_it_is_typed_too(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.says(SECRETARY, "รับทราบ #1")
        assert request_of(desk, 1).state is RequestState.ACKNOWLEDGED

    def test_a_plain_word_means_the_only_one_that_waits(self, desk):
        assert "ไม่มีคำขอ" in text_of(desk.says(SECRETARY, "รับทราบ"))
        desk.says(ASKER, UNKNOWN)
        desk.says(SECRETARY, "รับทราบ")
        assert request_of(desk, 1).state is RequestState.ACKNOWLEDGED

    @pytest.mark.parametrize(
        "data",
        [
            postback_data("acknowledge", request=1),
            postback_data("answer", request=1),
            postback_data("answer_stage", request=1, stage="signed"),
            postback_data("answer_not_found", request=1),
            postback_data("hand_over", request=1),
            postback_data("hand_over_to", request=1, member=1),
            postback_data("queue", offset=0),
        ],
    )
    def test_an_officer_who_replays_the_secretarys_button_does_nothing(self, desk, data):
        desk.says(ASKER, UNKNOWN)
        desk.line.user_taps(ASKER, {"type": "postback", "label": "ก", "data": data})

        assert "บทบาทของท่าน" in text_of(desk.work(ASKER))
        assert events_of(desk, 1) == [RequestEventKind.ASKED]
        assert request_of(desk, 1).state is RequestState.OPEN

    def test_an_officers_thanks_in_these_words_are_taken_as_such(self, desk):
        desk.says(ASKER, UNKNOWN)
        assert "บทบาท" not in text_of(desk.says(ASKER, "รับทราบครับ"))
        assert request_of(desk, 1).state is RequestState.OPEN

    def test_a_request_that_is_not_there_is_refused(self, desk):
        assert "ไม่พบคำขอ #99" in text_of(desk.says(SECRETARY, "รับทราบ #99"))


class TestTwentyWhoWait:
    def test_one_word_acknowledges_and_one_answers_all_in_one_multicast_each(self, desk):
        askers = add_askers(desk, 20)
        for asker in askers:
            desk.says(asker, UNKNOWN)
        desk.clock.advance(minutes=2)
        before = len(desk.calls("multicast"))

        desk.taps(SECRETARY, "รับทราบ")
        desk.clock.advance(minutes=2)
        desk.says(SECRETARY, "#7 อยู่ระหว่างตรวจสอบค่ะ")

        acknowledged, answered = desk.calls("multicast")[before:]
        assert set(acknowledged.sent["to"]) == set(answered.sent["to"]) == set(askers)
        assert [call for call in desk.calls("push") if call.sent["to"] in askers] == []
        assert "กท 9999/1" in heard(desk, askers[3], 2) and "#" not in heard(desk, askers[3], 3)
        with desk.database.reading() as session:
            rows = session.execute(select(TrackingRequest.acknowledged_at, TrackingRequest.answered_at)).all()
        assert len(rows) == 20
        assert all(row.answered_at == desk.clock.now() and row.acknowledged_at < row.answered_at for row in rows)

    def test_those_asked_how_it_was_and_the_others_get_one_multicast_each(self, desk):
        askers = add_askers(desk, 4)
        for asker in askers[:2]:  # rated once today, and asked nothing since the second question
            desk.says(asker, "กท 8888/1 ถึงไหนแล้ว")
        for asker in askers:
            desk.says(asker, UNKNOWN)
        desk.clock.advance(minutes=1)
        desk.says(SECRETARY, "#1 อยู่ระหว่างตรวจสอบ")
        before = len(desk.calls("multicast"))
        desk.clock.advance(minutes=1)

        desk.says(SECRETARY, "#3 อยู่ระหว่างตรวจสอบ")
        groups = desk.calls("multicast")[before:]
        assert sorted(sorted(call.sent["to"]) for call in groups) == [sorted(askers[:2]), sorted(askers[2:])]
        assert all("ยังไม่ได้คำตอบ" in labels_of([newest(desk, asker)]) for asker in askers)
        assert "มากที่สุด" in labels_of([newest(desk, askers[3])])
        assert "มากที่สุด" not in labels_of([newest(desk, askers[0])])


class TestAnswering:
    def test_an_unknown_letter_is_answered_by_two_taps_and_nothing_is_recorded(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.taps(SECRETARY, "รับทราบ")
        offered = desk.taps(SECRETARY, "แจ้งผล")
        assert {"รับเรื่อง", "ส่งคืนแก้ไข", "ยังไม่พบหนังสือ"} <= set(labels_of(offered))
        assert "#1 เสนอรองปลัดแล้วเมื่อเช้า" in text_of(offered)

        desk.taps(SECRETARY, "เสนอผู้บริหารพิจารณา")
        assert "ขณะนี้อยู่ขั้นเสนอผู้บริหารพิจารณา" in heard(desk, ASKER, 2)
        assert request_of(desk, 1).answered_at == desk.clock.now()
        with desk.database.reading() as session:
            assert session.scalar(select(func.count(DocumentEvent.id))) == 0

    def test_not_found_is_an_answer_too(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.taps(SECRETARY, "แจ้งผล")
        desk.taps(SECRETARY, "ยังไม่พบหนังสือ")
        assert "กรุณาตรวจสอบเลขที่" in heard(desk, ASKER, 2)

    def test_a_known_letter_is_moved_by_the_answer(self, desk):
        letter = desk.add_letter(stage=Stage.PROPOSED)
        self.ask_for_an_officer(desk)
        offered = desk.taps(SECRETARY, "แจ้งผล")
        assert {"ลงนาม/สั่งการแล้ว", "ยังอยู่ขั้นเสนอผู้บริหารพิจารณา"} <= set(labels_of(offered))

        confirmed = desk.taps(SECRETARY, "ลงนาม/สั่งการแล้ว")
        assert "บันทึกสถานะ" in text_of(confirmed)
        assert "ลงนาม/สั่งการแล้ว" in heard(desk, ASKER, 2) and SECRETARIAT in heard(desk, ASKER, 2)
        assert stage_of(desk, letter) is Stage.SIGNED
        with desk.database.reading() as session:
            assert requests.find_event(session, 1, RequestEventKind.ANSWERED).stage is Stage.SIGNED

    def test_a_stage_on_the_card_is_read_back_first(self, desk):
        letter = desk.add_letter(stage=Stage.PROPOSED)
        self.ask_for_an_officer(desk)
        asked = desk.taps(SECRETARY, "ลงนาม/สั่งการแล้ว")
        assert {"ยืนยัน", "ยกเลิก"} <= set(labels_of(asked))
        assert stage_of(desk, letter) is Stage.PROPOSED

        desk.says(SECRETARY, "ยืนยัน")
        assert stage_of(desk, letter) is Stage.SIGNED
        assert request_of(desk, 1).state is RequestState.ANSWERED

    def test_a_letter_that_moved_meanwhile_is_not_overwritten(self, desk):
        letter = desk.add_letter(stage=Stage.SCREENING)
        self.ask_for_an_officer(desk)
        offered = desk.taps(SECRETARY, "แจ้งผล")
        desk.says(COLLEAGUE, "กท 1902/1335 ปลัดลงนามแล้ว")
        desk.taps(COLLEAGUE, "ยืนยัน")

        assert offered
        assert "เปลี่ยน" in text_of(desk.taps(SECRETARY, "เสนอผู้บริหารพิจารณา"))
        assert stage_of(desk, letter) is Stage.SIGNED
        assert request_of(desk, 1).state is RequestState.OPEN

    def test_that_nothing_changed_is_noted_so_that_the_next_asker_is_answered_at_once(self, desk):
        letter = desk.add_letter(stage=Stage.PROPOSED, at=desk.clock.now().replace(month=10))
        desk.says(ASKER, "กท 1902/1335")
        desk.taps(SECRETARY, "แจ้งผล")
        desk.taps(SECRETARY, "ยังอยู่ขั้นเสนอผู้บริหารพิจารณา")

        assert stage_of(desk, letter) is Stage.PROPOSED
        assert "ตรวจสอบเมื่อ 20 พ.ย. 2569" in str(desk.says(SECRETARY, "กท 1902/1335"))
        with desk.database.reading() as session:
            assert session.get(Document, letter).latest_event_at == desk.clock.now()

    def test_words_that_tell_a_stage_move_the_letter_with_the_words_as_note(self, desk):
        letter = desk.add_letter(stage=Stage.SCREENING)
        self.ask_for_an_officer(desk)

        confirmed = text_of(desk.says(SECRETARY, "#1 เสนอรองปลัดแล้วเมื่อเช้า"))
        assert "บันทึกสถานะ" in confirmed and "เสนอผู้บริหารพิจารณา" in confirmed
        assert stage_of(desk, letter) is Stage.PROPOSED
        with desk.database.reading() as session:
            note = session.scalar(select(DocumentEvent.note).order_by(DocumentEvent.id.desc()).limit(1))
        assert note == "เสนอรองปลัดแล้วเมื่อเช้า"

    @pytest.mark.parametrize("words", ["#1 ปลัดยังไม่ลงนาม", "#1 จะเสนอปลัดพรุ่งนี้", "#1 ขอเอกสารเพิ่มหนึ่งชุด"])
    def test_words_that_tell_no_stage_are_only_passed_on(self, desk, words):
        letter = desk.add_letter(stage=Stage.SCREENING)
        self.ask_for_an_officer(desk)
        assert "บันทึกสถานะ" not in text_of(desk.says(SECRETARY, words))
        assert words.removeprefix("#1 ") in heard(desk, ASKER, 2)
        assert stage_of(desk, letter) is Stage.SCREENING

    def test_a_stage_that_cannot_be_reached_is_told_and_not_recorded(self, desk):
        letter = desk.add_letter(stage=Stage.SIGNED)
        self.ask_for_an_officer(desk)
        assert "ไม่ได้บันทึกสถานะ" in text_of(desk.says(SECRETARY, "#1 เสนอปลัดแล้ว"))
        assert "เสนอปลัดแล้ว" in heard(desk, ASKER, 2)
        assert stage_of(desk, letter) is Stage.SIGNED

    def test_an_asker_who_follows_hears_it_once_and_other_followers_too(self, desk):
        desk.add_letter(stage=Stage.PROPOSED)
        desk.add_member(SUPERVISOR, Role.MANAGER, unit=SECRETARIAT)
        for person in (ASKER, SUPERVISOR):
            desk.says(person, "ติดตามต่อ กท 1902/1335")
        self.ask_for_an_officer(desk)
        before = count_heard(desk, ASKER), count_heard(desk, SUPERVISOR)

        desk.says(SECRETARY, "#1 ปลัดลงนามแล้ว")
        tell_followers(desk.services)
        desk.work()
        assert count_heard(desk, SUPERVISOR) == before[1] + 1
        assert count_heard(desk, ASKER) == before[0] + 2  # the answer, and how it was
        with desk.database.reading() as session:
            assert session.scalar(select(func.count(Follow.id))) == 2

    def test_who_records_a_stage_by_the_letters_number_hears_who_waits_for_it(self, desk):
        desk.add_letter(stage=Stage.PROPOSED)
        self.ask_for_an_officer(desk)
        desk.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")
        told = desk.taps(SECRETARY, "ยืนยัน")
        assert "มีผู้รอคำตอบเรื่อง กท 1902/1335 อยู่ 1 คำขอ" in text_of(told)

        desk.taps(SECRETARY, "แจ้งผล")
        desk.taps(SECRETARY, "สถานะเดิม ลงนาม/สั่งการแล้ว")
        assert "ลงนาม/สั่งการแล้ว" in heard(desk, ASKER, 2)

    def test_an_answer_without_an_acknowledgement_is_both(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.says(SECRETARY, "#1 กำลังตรวจสอบ")
        request = request_of(desk, 1)
        assert request.acknowledged_at == request.answered_at == desk.clock.now()

    def test_a_second_answer_says_who_answered(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.says(SECRETARY, "#1 กำลังตรวจสอบ")
        assert "สมหญิง เวรเช้า" in text_of(desk.taps(COLLEAGUE, "แจ้งผล"))
        assert "สมหญิง เวรเช้า" in text_of(desk.taps(COLLEAGUE, "รับทราบ"))

    def ask_for_an_officer(self, office):
        office.says(ASKER, "กท 1902/1335")
        office.taps(ASKER, "ขอคุยกับเจ้าหน้าที่")


class TestAskingAgain:
    @pytest.fixture
    def answered(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.taps(SECRETARY, "รับทราบ")
        desk.says(SECRETARY, "#1 กำลังตรวจสอบในแฟ้มเก่า")
        desk.clock.advance(minutes=10)
        return desk

    def test_the_same_request_opens_again_and_the_card_says_what_was_answered(self, answered):
        first = request_of(answered, 1).answered_at
        told = text_of(answered.taps(ASKER, "ยังไม่ได้คำตอบ"))

        assert "คำขอ #1" in told and "ภายใน 09.40 น." in told
        card = newest(answered, COLLEAGUE)
        assert "ถามซ้ำ" in text_of([card])
        assert "กำลังตรวจสอบในแฟ้มเก่า" in str(card)
        request = request_of(answered, 1)
        assert (request.state, request.rounds, request.answered_at) == (RequestState.OPEN, 2, None)
        with answered.database.reading() as session:
            assert session.get(TrackingRequest, 1).first_answered_at == first

    def test_it_is_typed_too_and_once_is_enough(self, answered):
        answered.says(ASKER, "ยังไม่ได้คำตอบ")
        cards = count_heard(answered, COLLEAGUE)
        assert "รอรับทราบ" in text_of(answered.says(ASKER, "ยังไม่ได้คำตอบ"))
        assert count_heard(answered, COLLEAGUE) == cards
        assert request_of(answered, 1).rounds == 2

    def test_who_was_answered_with_others_reopens_the_own_request(self, desk):
        first, second = add_askers(desk, 2)
        desk.says(first, UNKNOWN)
        desk.says(second, UNKNOWN)
        desk.says(SECRETARY, "#1 กำลังตรวจสอบ")
        desk.taps(second, "ยังไม่ได้คำตอบ")
        assert (request_of(desk, 1).state, request_of(desk, 2).state) == (RequestState.ANSWERED, RequestState.OPEN)

    def test_nobody_reopens_the_request_of_another(self, answered):
        [other] = add_askers(answered, 1)
        answered.line.user_taps(other, {"type": "postback", "label": "ก", "data": postback_data("reopen", answer=1)})
        assert "ไม่พบคำตอบ" in text_of(answered.work(other))
        assert request_of(answered, 1).state is RequestState.ANSWERED

    def test_a_machines_answer_opens_again_too(self, desk):
        desk.add_letter()
        desk.says(ASKER, "กท 1902/1335")
        desk.says(ASKER, "ยังไม่ได้คำตอบ")
        assert request_of(desk, 1).waits_for_human
        assert "กท 1902/1335" in heard(desk, SECRETARY)


class TestHandingOver:
    def test_a_colleague_gets_the_card_and_the_word_of_who_gave_it(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.taps(SECRETARY, "รับทราบ")
        offered = desk.taps(SECRETARY, "โอนให้…")
        assert labels_of(offered) == ["สมศรี เวรบ่าย"]

        assert "สมศรี เวรบ่าย" in text_of(desk.taps(SECRETARY, "สมศรี เวรบ่าย"))
        card = newest(desk, COLLEAGUE)
        assert "โอนจาก สมหญิง เวรเช้า" in text_of([card])
        assert "รับทราบ" not in labels_of([card])
        assert "สมศรี เวรบ่าย" in text_of(desk.says(SECRETARY, "คิวค้าง")) + str(newest(desk, SECRETARY))

    def test_all_who_wait_for_the_matter_go_along(self, desk):
        for asker in add_askers(desk, 3):
            desk.says(asker, UNKNOWN)
        desk.taps(SECRETARY, "โอนให้…")
        assert "รวม 3 คำขอ" in text_of(desk.taps(SECRETARY, "สมศรี เวรบ่าย"))
        with desk.database.reading() as session:
            assert len({row.holder_id for row in requests.list_open_requests(session)}) == 1

    def test_what_is_not_taken_on_yet_still_waits_for_that(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.taps(SECRETARY, "โอนให้…")
        desk.taps(SECRETARY, "สมศรี เวรบ่าย")
        desk.taps(COLLEAGUE, "รับทราบ")
        assert SECRETARIAT in heard(desk, ASKER)

    def test_nothing_goes_to_somebody_who_cannot_answer(self, desk):
        desk.says(ASKER, UNKNOWN)
        tap = {"type": "postback", "label": "ก", "data": postback_data("hand_over_to", request=1, member=1)}
        desk.line.user_taps(SECRETARY, tap)
        assert "โอนให้ผู้นี้ไม่ได้" in text_of(desk.work(SECRETARY))


class TestWithdrawing:
    def test_the_officer_who_has_it_hears(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.taps(SECRETARY, "รับทราบ")
        assert "ถอนคำขอ #1 แล้ว" in text_of(desk.taps(ASKER, "ถอนคำขอ"))
        assert "ถอนคำขอ #1" in heard(desk, SECRETARY)
        assert "ถอนคำขอ" in text_of(desk.taps(SECRETARY, "แจ้งผล"))
        assert "ถอนไปแล้ว" in text_of(desk.taps(ASKER, "ถอนคำขอ"))

    def test_it_is_typed_too(self, desk):
        assert "ไม่มีคำขอ" in text_of(desk.says(ASKER, "ถอนคำขอ"))
        desk.says(ASKER, UNKNOWN)
        desk.says(ASKER, "กท 9999/2 ถึงไหนแล้ว")
        assert "#1" in text_of(desk.says(ASKER, "ถอนคำขอ"))  # which of the two
        desk.says(ASKER, "ถอนคำขอ #2")
        assert [request_of(desk, number).state for number in (1, 2)] == [RequestState.OPEN, RequestState.WITHDRAWN]

    def test_nobody_takes_back_the_question_of_another(self, desk):
        desk.says(ASKER, UNKNOWN)
        [other] = add_askers(desk, 1)
        assert "ไม่พบคำขอ #1 ของท่าน" in text_of(desk.says(other, "ถอนคำขอ #1"))
        assert request_of(desk, 1).state is RequestState.OPEN


class TestTheQueue:
    def fill(self, office, count: int) -> None:
        now = office.clock.now()
        with office.database.transaction() as session:
            unit_id = session.scalar(select(TrackingRequest.unit_id)) or 1
            session.add_all(
                TrackingRequest(
                    asker_line_id=ASKER,
                    unit_id=unit_id,
                    question=f"เรื่องที่ {index}",
                    urgency=Urgency.MOST_URGENT if index % 10 == 7 else Urgency.NORMAL,
                    is_most_urgent=index % 10 == 7,
                    asked_at=now,
                    received_at=now,
                    state=RequestState.OPEN,
                    clock_started_at=now,
                    acknowledge_within_seconds=900,
                    answer_within_seconds=1800,
                    service_hours="always",
                    calendar_version=0,
                    acknowledge_due_at=now,
                    answer_due_at=now,
                    elapsed_acknowledge_due_at=now,
                    elapsed_answer_due_at=now,
                    next_due_at=datetime(2026, 11, 20, 10, 0, tzinfo=BANGKOK).replace(minute=59 - index % 60),
                )
                for index in range(count)
            )

    def test_most_urgent_first_then_the_nearest_deadline_ten_at_a_time(self, desk):
        self.fill(desk, 25)
        first = text_of(desk.says(SECRETARY, "คิวค้าง"))
        assert "คิวค้าง 25 คำขอ" in first
        assert first.index("เรื่องที่ 17") < first.index("เรื่องที่ 7 ") < first.index("เรื่องที่ 24")
        second = desk.taps(SECRETARY, "ดูต่อ")
        assert "ดูต่อ" in labels_of(second)
        third = desk.taps(SECRETARY, "ดูต่อ")
        assert "ดูต่อ" not in labels_of(third)
        assert "เรื่องที่ 0 " in text_of(third)

    def test_the_number_of_queries_does_not_grow_with_the_queue(self, desk):
        def statements_for(count):
            self.fill(desk, count)
            seen: list[str] = []
            listener = lambda *args: seen.append(args[2])  # noqa: E731
            event.listen(desk.database.engine, "before_cursor_execute", listener)
            desk.says(SECRETARY, "คิวค้าง")
            event.remove(desk.database.engine, "before_cursor_execute", listener)
            return [statement for statement in seen if statement.startswith("SELECT") and "FROM requests" in statement]

        few, many = statements_for(5), statements_for(500)
        assert len(few) == len(many) == 2

    def test_an_empty_queue_says_so(self, desk):
        assert "ไม่มีคำขอที่รอ" in text_of(desk.says(SECRETARY, "คิวค้าง"))

    def test_it_is_not_for_officers(self, desk):
        assert "บทบาทของท่าน" in text_of(desk.says(ASKER, "คิวค้าง"))

    def test_a_person_sees_the_own_requests_with_their_times(self, desk):
        desk.says(ASKER, UNKNOWN)
        assert "จะแจ้งผลภายใน 09.30 น." in text_of(desk.says(ASKER, "คำขอของฉัน"))
        desk.clock.advance(minutes=4)
        desk.says(SECRETARY, "#1 กำลังตรวจสอบ")
        assert "แจ้งผลแล้วเมื่อ 09.04 น." in text_of(desk.says(ASKER, "คำขอของฉัน"))


def test_who_withdrew_and_asks_for_an_officer_asks_anew(desk):
    desk.add_letter()
    desk.says(ASKER, "กท 1902/1335")
    desk.taps(ASKER, "ขอคุยกับเจ้าหน้าที่")
    assert request_of(desk, 1).state is RequestState.OPEN  # the request that the machine had answered
    desk.says(ASKER, "ถอนคำขอ")
    desk.taps(ASKER, "ขอคุยกับเจ้าหน้าที่")
    assert [request_of(desk, number).state for number in (1, 2)] == [RequestState.WITHDRAWN, RequestState.OPEN]


def test_each_step_of_a_request_is_in_its_history(desk):
    desk.says(ASKER, UNKNOWN)
    desk.taps(SECRETARY, "โอนให้…")
    desk.taps(SECRETARY, "สมศรี เวรบ่าย")
    desk.taps(COLLEAGUE, "รับทราบ")
    desk.says(COLLEAGUE, "#1 กำลังตรวจสอบ")
    desk.taps(ASKER, "ยังไม่ได้คำตอบ")
    desk.taps(ASKER, "ถอนคำขอ")
    assert events_of(desk, 1) == [
        RequestEventKind.ASKED,
        RequestEventKind.HANDED_OVER,
        RequestEventKind.ACKNOWLEDGED,
        RequestEventKind.ANSWERED,
        RequestEventKind.REOPENED,
        RequestEventKind.WITHDRAWN,
    ]


def test_everything_that_counts_stands_beside_what_was_sent(desk):
    desk.says(ASKER, UNKNOWN)
    desk.taps(SECRETARY, "รับทราบ")
    desk.says(SECRETARY, "#1 กำลังตรวจสอบ")
    with desk.database.reading() as session:
        counted = session.execute(
            select(OutboxRow.counts_as, OutboxRow.request_id)
            .where(OutboxRow.counts_as.is_not(None))
            .order_by(OutboxRow.id)
        ).all()
        assert session.scalar(select(func.count(RequestEvent.id))) == 3
    assert [(row.counts_as, row.request_id) for row in counted] == [("acknowledgement", 1), ("answer", 1)]
