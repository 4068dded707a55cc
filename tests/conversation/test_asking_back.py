"""Texts that are not quite understood: what is asked back, what a tap does, and what is counted."""

from __future__ import annotations

import json

import pytest

from bot.understanding import Understanding
from tests.conversation.conftest import COORDINATOR, LOST_TEXT, MANAGER, OFFICER, SECRETARY, UNSURE_TEXT, unsure
from tests.office import actions_of, labels_of, text_of

NUMBER = {"document_number": "กท 1902/1335"}
TWO = unsure(("track_document", NUMBER), ("follow_document", NUMBER))
ONE = unsure(("follow_document", NUMBER))


def question_buttons(messages):
    return [label for label in labels_of(messages) if label != "วิธีใช้"]


@pytest.mark.parametrize("text", ["สวัสดีครับ", "ขอบคุณค่ะ", "วิธีใช้", "กท 1902/1335", "กท 1902/1335 ถึงไหนแล้ว"])
def test_what_is_plain_is_answered_at_once(talk, text):
    assert text_of(talk.says(OFFICER, text))
    assert talk.unclear() == []


def test_politeness_is_answered_however_uncertain(talk):
    assert "สวัสดี" in text_of(talk.says(OFFICER, UNSURE_TEXT, Understanding("greet", {}, 0.1)))


def test_the_likely_meanings_are_offered_in_plain_words(talk):
    asked = talk.says(OFFICER, UNSURE_TEXT, TWO)

    assert question_buttons(asked) == ["ถามสถานะ กท 1902/1335", "ติดตามต่อ กท 1902/1335", "ไม่ใช่ทั้งหมด"]
    assert text_of(asked).startswith("ท่านต้องการทำรายการใด")
    assert all(label in text_of(asked) for label in question_buttons(asked))
    assert talk.count("follows") == 0


def test_no_button_carries_what_was_written(talk):
    said = unsure(("track_document", {"title": "ความลับของฉัน"}), ("answer_request", {"request": 1, "text": "คำลับ"}))
    asked = talk.says(SECRETARY, UNSURE_TEXT, said)

    data = json.dumps([action["data"] for action in actions_of(asked) if "data" in action], ensure_ascii=False)
    assert "choice=1" in data
    assert "ลับ" not in data


def test_a_tap_does_what_was_chosen_and_notes_it(talk):
    talk.says(OFFICER, UNSURE_TEXT, TWO)
    assert "เสนอผู้บริหารพิจารณา" in text_of(talk.taps(OFFICER, "ถามสถานะ กท 1902/1335"))
    assert talk.unclear() == [("unsure", "words", "track_document,follow_document", "track_document")]


def test_a_second_tap_does_nothing_twice(talk):
    talk.says(OFFICER, UNSURE_TEXT, TWO)
    talk.taps(OFFICER, "ถามสถานะ กท 1902/1335")
    asked = talk.count("requests")

    assert "เลือกจากคำถามนี้แล้ว" in text_of(talk.taps(OFFICER, "ถามสถานะ กท 1902/1335"))
    assert "เลือกจากคำถามนี้แล้ว" in text_of(talk.taps(OFFICER, "ติดตามต่อ กท 1902/1335"))
    assert (talk.count("requests"), talk.count("follows")) == (asked, 0)
    assert talk.unclear()[0][3] == "track_document"


def test_a_tap_after_ten_minutes_says_how_to_go_on(talk):
    talk.says(OFFICER, UNSURE_TEXT, TWO)
    talk.office.clock.advance(minutes=10)

    assert "เกิน 10 นาที" in text_of(talk.taps(OFFICER, "ติดตามต่อ กท 1902/1335"))
    assert talk.count("follows") == 0


def test_a_tap_on_an_older_question_does_nothing(talk):
    talk.says(OFFICER, UNSURE_TEXT, unsure(("follow_document", NUMBER), ("my_requests", {})))
    older = talk.office.button(OFFICER, "ติดตามต่อ กท 1902/1335")
    talk.says(OFFICER, UNSURE_TEXT, unsure(("unfollow_document", NUMBER), ("my_requests", {})))
    talk.office.line.user_taps(OFFICER, older)

    assert "คำถามก่อนหน้า" in text_of(talk.office.work(OFFICER))
    assert talk.count("follows") == 0


@pytest.mark.parametrize(
    "data", ["action=meant&choice=9&said=1", "action=meant&choice=1", "action=meant", "action=none_of_these&said=x"]
)
def test_a_button_nobody_made_does_nothing(talk, data):
    talk.says(OFFICER, UNSURE_TEXT, TWO)
    talk.office.line.user_taps(OFFICER, {"type": "postback", "data": data})

    assert text_of(talk.office.work(OFFICER))
    assert (talk.count("follows"), talk.unclear()[0][3]) == (0, None)


def test_a_choice_counts_for_nobody_else(talk):
    talk.says(OFFICER, UNSURE_TEXT, TWO)
    talk.office.line.user_taps(COORDINATOR, talk.office.button(OFFICER, "ติดตามต่อ กท 1902/1335"))

    assert "คำถามก่อนหน้า" in text_of(talk.office.work(COORDINATOR))
    assert talk.count("follows") == 0


def test_none_of_these_leads_to_help(talk):
    talk.says(OFFICER, UNSURE_TEXT, TWO)
    assert "พิมพ์ได้ดังนี้" in text_of(talk.taps(OFFICER, "ไม่ใช่ทั้งหมด"))
    assert talk.unclear()[0][3] == "none"


class TestOneMeaning:
    @pytest.mark.parametrize("word", ["ใช่", "ยืนยัน"])
    def test_it_is_asked_and_a_typed_yes_is_enough(self, talk, word):
        asked = talk.says(OFFICER, UNSURE_TEXT, ONE)
        assert text_of(asked) == "หมายถึง ติดตามต่อ กท 1902/1335 ใช่หรือไม่"
        assert talk.count("follows") == 0

        assert "ติดตาม กท 1902/1335 แล้ว" in text_of(talk.says(OFFICER, word))
        assert "เลือกจากคำถามนี้แล้ว" in text_of(talk.taps(OFFICER, "ใช่"))
        assert talk.count("follows") == 1

    def test_a_typed_no_forgets_it(self, talk):
        talk.says(OFFICER, UNSURE_TEXT, ONE)
        talk.says(OFFICER, "ไม่ใช่")

        assert "ไม่มีรายการที่รอยืนยัน" in text_of(talk.says(OFFICER, "ใช่"))
        assert (talk.count("follows"), talk.unclear()[0][3]) == (0, "none")

    def test_a_yes_to_several_chooses_none(self, talk):
        talk.says(OFFICER, UNSURE_TEXT, TWO)
        assert "ท่านต้องการทำรายการใด" in text_of(talk.says(OFFICER, "ใช่"))
        assert talk.count("follows") == 0

    def test_a_yes_belongs_to_the_last_question(self, talk):
        """A change that waits for ยืนยัน is not confirmed by the answer to another question."""
        talk.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")
        talk.says(SECRETARY, UNSURE_TEXT, ONE)
        talk.says(SECRETARY, "ใช่")

        assert talk.count("follows") == 1
        assert "ยกเลิกไปแล้ว" in text_of(talk.says(SECRETARY, "ยืนยัน"))
        assert "เสนอผู้บริหารพิจารณา" in text_of(talk.says(SECRETARY, "กท 1902/1335"))


class TestWrites:
    def test_a_change_is_read_back_at_once_rather_than_asked_about_twice(self, talk):
        heard = Understanding("update_document", {**NUMBER, "stage": "signed"}, 0.3)
        assert {"ยืนยัน", "ยกเลิก"} <= set(labels_of(talk.says(SECRETARY, UNSURE_TEXT, heard)))
        assert talk.unclear() == []

    @pytest.mark.parametrize("intent", ["follow_document", "withdraw_request", "start_duty", "delete_my_data"])
    def test_nothing_is_done_on_a_confidence_short_of_sure(self, talk, intent):
        talk.says(SECRETARY, "ขอคุยกับเจ้าหน้าที่")
        before = [talk.count(table) for table in ("follows", "request_events", "duty_shifts", "members")]
        talk.says(SECRETARY, UNSURE_TEXT, Understanding(intent, NUMBER if intent == "follow_document" else {}, 0.3))

        assert [talk.count(table) for table in ("follows", "request_events", "duty_shifts", "members")] == before

    def test_nothing_is_done_on_a_misspelt_word(self, talk):
        heard = Understanding("follow_document", NUMBER, 1.0, guessed=("document_number",))
        assert "ใช่หรือไม่" in text_of(talk.says(OFFICER, UNSURE_TEXT, heard))
        assert talk.count("follows") == 0

    def test_an_answer_in_its_written_form_is_sent_whatever_its_words(self, talk):
        talk.says(OFFICER, "ขอคุยกับเจ้าหน้าที่")
        heard = Understanding("answer_request", {"request": 1, "text": "โทรคุยกันแล้ว"}, 0.2)

        talk.says(SECRETARY, "#1 โทรคุยกันแล้ว", heard)
        assert "โทรคุยกันแล้ว" in text_of([row.message for row in talk.office.line.messages_to(OFFICER)])

    def test_a_refused_change_is_counted(self, talk):
        for refuse in (lambda: talk.says(SECRETARY, "ไม่ใช่"), lambda: talk.taps(SECRETARY, "ยกเลิก")):
            talk.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")
            refuse()
        talk.says(SECRETARY, "ยกเลิก")

        assert talk.unclear() == [("declined", "update_document", "update_document", None)] * 2
        assert "ไม่มีรายการที่รอยืนยัน" in text_of(talk.says(SECRETARY, "ยืนยัน"))


class TestRoles:
    SECRETARYS = unsure(("duty_queue", {}), ("acknowledge_request", {"request": 1}), ("track_document", NUMBER))

    def test_everybody_is_offered_what_they_may_do(self, talk):
        to_secretary = question_buttons(talk.says(SECRETARY, UNSURE_TEXT, self.SECRETARYS))
        assert to_secretary == ["ดูคิวงาน", "รับทราบคำขอ #1", "ถามสถานะ กท 1902/1335", "ไม่ใช่ทั้งหมด"]
        to_officer = talk.says(OFFICER, UNSURE_TEXT, self.SECRETARYS)
        assert text_of(to_officer) == "หมายถึง ถามสถานะ กท 1902/1335 ใช่หรือไม่"

    def test_who_may_not_record_is_offered_to_ask(self, talk):
        told = unsure(("update_document", {**NUMBER, "stage": "signed"}))
        assert "ถามสถานะ กท 1902/1335" in text_of(talk.says(OFFICER, UNSURE_TEXT, told))

    def test_who_may_do_none_of_it_is_helped(self, talk):
        assert "ยังไม่เข้าใจ" in text_of(talk.says(OFFICER, UNSURE_TEXT, unsure(("duty_queue", {}))))
        assert talk.unclear() == [("lost", "words", "", None)]

    @pytest.mark.parametrize(
        ("person", "example"),
        [
            (OFFICER, "กท 1902/1335"),
            (SECRETARY, "คิวงาน"),
            (MANAGER, "สรุปเดือนนี้"),
            (COORDINATOR, "รายงาน 8308 18 จาก 22"),
        ],
    )
    def test_help_in_one_line_fits_the_role(self, talk, person, example):
        answer = text_of(talk.says(person, LOST_TEXT, Understanding("unknown", kind="words")))
        assert example in answer
        assert "\n" not in answer
        assert ("สรุป" in answer) == (person == MANAGER)

    def test_a_strangers_words_are_not_counted(self, talk):
        stranger = "U" + "f" * 32
        talk.office.line.add_friend(stranger, "คนแปลกหน้า")
        assert "ลงทะเบียน" in text_of(talk.says(stranger, UNSURE_TEXT, TWO))
        assert (talk.unclear(), talk.remembered()) == ([], [])


def test_the_count_holds_no_word_and_no_person(talk):
    talk.says(OFFICER, UNSURE_TEXT, TWO)
    with talk.office.database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM unclear_utterances").all()
    assert rows
    assert UNSURE_TEXT not in str(rows) and OFFICER not in str(rows) and "1335" not in str(rows)


def test_a_choice_is_not_asked_in_a_group(talk):
    group = "C" + "1" * 32
    talk.office.line.join_group(group, "กลุ่ม", [OFFICER])
    talk.office.work()
    talk.hears(UNSURE_TEXT, TWO)

    answer = talk.office.says(OFFICER, UNSURE_TEXT, group_id=group, mention_bot=True)
    assert "แชตส่วนตัว" in text_of(answer)
    assert (talk.unclear(), talk.remembered()) == ([], [])


def test_a_letter_that_moved_on_is_shown_as_it_is_when_tapped(talk):
    talk.says(OFFICER, UNSURE_TEXT, TWO)
    talk.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")
    talk.says(SECRETARY, "ยืนยัน")

    assert "ลงนาม" in text_of(talk.taps(OFFICER, "ถามสถานะ กท 1902/1335"))
