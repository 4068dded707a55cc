"""Conversations: what was said before counts, for ten minutes, and ends when a person turns elsewhere."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from bot.schedule import forget_old_texts
from bot.understanding import Understanding
from models.documents import Document, Secrecy, Stage
from models.members import Role
from tests.conversation.conftest import COORDINATOR, LOST_TEXT, OFFICER, SECRETARY
from tests.office import OTHER_DISTRICT, SECRETARIAT, labels_of, text_of

LETTER = "กท 1902/1335"


class TestAskedForALetter:
    @pytest.mark.parametrize("number", ["1902/1335", "กท 1902/1335 ครับ", "๑๙๐๒/๑๓๓๕", "1335", "ที่ 1335 ค่ะ"])
    def test_the_number_that_was_asked_for_goes_on_with_what_was_wanted(self, talk, number):
        assert "กรุณาพิมพ์" in text_of(talk.says(OFFICER, "ติดตามต่อ"))
        assert "ติดตาม กท 1902/1335 แล้ว" in text_of(talk.says(OFFICER, number))
        assert talk.count("follows") == 1

    def test_a_question_waits_too(self, talk):
        talk.says(OFFICER, "หนังสือถึงไหนแล้ว")
        assert "เสนอผู้บริหารพิจารณา" in text_of(talk.says(OFFICER, "1335"))

    def test_half_a_number_of_a_circular_or_of_several_letters(self, talk):
        talk.office.add_letter("กท 0401/ว 1335", subject="ซักซ้อมแนวทาง")
        talk.says(OFFICER, "หนังสือถึงไหนแล้ว")
        assert "พบ 2 ฉบับ" in text_of(talk.says(OFFICER, "1335"))
        talk.says(OFFICER, "หนังสือถึงไหนแล้ว", Understanding("track_document"))
        talk.says(OFFICER, "ยกเลิก")
        talk.says(OFFICER, "หนังสือถึงไหนแล้ว")
        assert "กท 0401/ว 1335" in text_of(talk.says(OFFICER, "ว 1335", Understanding("unknown", kind="words")))

    def test_half_a_number_finds_only_what_a_person_may_see(self, talk):
        talk.office.add_letter("กท 5301/77", from_unit=OTHER_DISTRICT)
        talk.office.add_letter("กท 1902/78", secrecy=Secrecy.CONFIDENTIAL)
        for half in ("77", "78", "79"):
            talk.says(OFFICER, "หนังสือถึงไหนแล้ว", Understanding("track_document"))
            answer = text_of(talk.says(OFFICER, half))
            assert f"ไม่พบหนังสือ “{half}”" in answer
            talk.says(OFFICER, "ยกเลิก")
        talk.says(SECRETARY, "หนังสือถึงไหนแล้ว")
        assert "กท 5301/77" in text_of(talk.says(SECRETARY, "77"))

    def test_words_of_a_title_are_looked_for_and_trouble_nobody(self, talk):
        talk.says(OFFICER, "หนังสือถึงไหนแล้ว")
        assert "ไม่พบหนังสือ" in text_of(talk.says(OFFICER, "จัดสวนหย่อม", Understanding("unknown", kind="words")))
        assert talk.count("requests") == 0
        assert LETTER in text_of(talk.says(OFFICER, "ซ่อมบำรุงลิฟต์", Understanding("unknown", kind="words")))

    def test_nothing_is_done_on_the_likeness_of_a_title(self, talk):
        talk.says(OFFICER, "ติดตามต่อ")
        asked = talk.says(OFFICER, "ซ่อมบำรุงลิฟต์", Understanding("unknown", kind="words"))
        assert text_of(asked) == "หมายถึง ติดตามต่อ กท 1902/1335 ใช่หรือไม่"
        assert talk.count("follows") == 0
        assert "ติดตาม กท 1902/1335 แล้ว" in text_of(talk.says(OFFICER, "ใช่"))

    def test_who_does_not_know_the_number_is_asked_again(self, talk):
        talk.says(OFFICER, "หนังสือถึงไหนแล้ว")
        answer = talk.says(OFFICER, "ไม่ทราบเลขที่ค่ะ", Understanding("unknown", kind="words"))
        assert "หรือชื่อเรื่อง" in text_of(answer) and "ขอคุยกับเจ้าหน้าที่" in labels_of(answer)

    def test_an_order_to_record_is_read_back_when_its_letter_is_named(self, talk):
        talk.says(SECRETARY, "ลงนามแล้ว", Understanding("update_document", {"stage": "signed"}))
        assert {"ยืนยัน", "ยกเลิก"} <= set(labels_of(talk.says(SECRETARY, "1902/1335")))
        assert "ลงนาม" in text_of(talk.says(SECRETARY, "ยืนยัน"))

    def test_after_ten_minutes_a_number_is_a_number(self, talk):
        talk.says(OFFICER, "ติดตามต่อ")
        talk.office.clock.advance(minutes=10)
        assert "เสนอผู้บริหารพิจารณา" in text_of(talk.says(OFFICER, "1902/1335"))
        assert talk.count("follows") == 0

    def test_cancel_ends_it(self, talk):
        talk.says(OFFICER, "ติดตามต่อ")
        talk.says(OFFICER, "ยกเลิก")
        assert "เสนอผู้บริหารพิจารณา" in text_of(talk.says(OFFICER, "1902/1335"))
        assert talk.count("follows") == 0

    def test_another_matter_ends_it_and_politeness_does_not(self, talk):
        talk.says(OFFICER, "ติดตามต่อ")
        talk.says(OFFICER, "สวัสดีครับ")
        talk.says(OFFICER, "1902/1335")
        assert talk.count("follows") == 1
        talk.says(OFFICER, "เลิกติดตาม กท 5301/1")
        talk.says(OFFICER, "คำขอของฉัน")
        assert "เสนอผู้บริหารพิจารณา" in text_of(talk.says(OFFICER, "1902/1335"))

    def test_a_new_worker_remembers(self, talk):
        talk.says(OFFICER, "ติดตามต่อ")
        talk.restart()
        talk.says(OFFICER, "1902/1335")
        assert talk.count("follows") == 1


class TestTheLetterThatWasShown:
    def test_what_names_no_letter_means_it(self, talk):
        talk.says(OFFICER, f"{LETTER} ถึงไหนแล้ว")
        assert LETTER in text_of(talk.says(OFFICER, "เซ็นหรือยัง"))
        assert "ติดตาม กท 1902/1335 แล้ว" in text_of(talk.says(OFFICER, "ติดตามต่อ"))
        assert "เลิกติดตาม กท 1902/1335 แล้ว" in text_of(talk.says(OFFICER, "เลิกติดตาม"))

    def test_another_letter_follows_and_a_tap_in_a_list_counts_as_shown(self, talk):
        talk.office.add_letter("กท 1902/1336", stage=Stage.SIGNED)
        talk.says(OFFICER, f"{LETTER} ถึงไหนแล้ว")
        assert "ลงนาม" in text_of(talk.says(OFFICER, "แล้ว กท 1902/1336 ล่ะ"))
        assert LETTER in text_of(talk.says(OFFICER, "แล้ว 1335 ล่ะ"))
        talk.says(OFFICER, "เรื่องซ่อมบำรุงลิฟต์ ถึงไหนแล้ว")
        talk.taps(OFFICER, "ดูรายละเอียด")
        assert "แล้ว เมื่อสถานะเปลี่ยน" in text_of(talk.says(OFFICER, "ติดตามต่อ"))

    def test_it_is_gone_after_ten_minutes(self, talk):
        talk.says(OFFICER, LETTER)
        talk.office.clock.advance(minutes=10)
        assert "กรุณาพิมพ์" in text_of(talk.says(OFFICER, "ติดตามต่อ"))

    def test_one_that_became_secret_is_not_found_any_more(self, talk):
        talk.says(OFFICER, LETTER)
        with talk.office.database.transaction() as session:
            session.query(Document).update({"secrecy": Secrecy.SECRET})
        assert "ไม่พบ" in text_of(talk.says(OFFICER, "ติดตามต่อ"))
        assert talk.count("follows") == 0

    def test_a_told_stage_is_read_back_with_its_number(self, talk):
        talk.says(SECRETARY, LETTER)
        asked = talk.says(SECRETARY, "ลงนามแล้ว", Understanding("update_document", {"stage": "signed"}))
        assert LETTER in text_of(asked) and "ยืนยัน" in labels_of(asked)

    def test_an_unclear_text_between_forgets_nothing(self, talk):
        talk.says(OFFICER, LETTER)
        talk.says(OFFICER, LOST_TEXT, Understanding("unknown", kind="words"))
        assert "ติดตาม กท 1902/1335 แล้ว" in text_of(talk.says(OFFICER, "ติดตามต่อ"))


class TestFigures:
    def test_an_indicator_is_asked_of_one_unit_after_another(self, talk):
        talk.says(COORDINATOR, "ขอผลตัวชี้วัด")
        assert "ภาพรวม 50 หน่วยงาน · ปีงบประมาณ 2568" in text_of(talk.says(COORDINATOR, "8308"))
        assert "สำนักงานเขตบางรัก · ปีงบประมาณ 2568" in text_of(talk.says(COORDINATOR, "แล้วเขตบางรักล่ะ"))
        assert "กลุ่ม กธ.ใต้" in text_of(talk.says(COORDINATOR, "แล้วกลุ่มกรุงธนใต้ล่ะ"))
        assert "สำนักงานเขตดินแดง · ปีงบประมาณ 2568" in text_of(talk.says(COORDINATOR, "ดินแดง"))
        assert "8308 ไม่มีในปีงบประมาณ 2570" in text_of(talk.says(COORDINATOR, "แล้วไตรมาส 2 ล่ะ"))
        assert talk.unclear() == []


class TestChangeOfMind:
    def wait(self, talk):
        return talk.says(SECRETARY, f"{LETTER} ปลัดลงนามแล้ว")

    def stage(self, talk):
        return text_of(talk.says(SECRETARY, LETTER))

    @pytest.mark.parametrize("matter", ["คิวงาน", LETTER, f"ติดตามต่อ {LETTER}", "คำขอของฉัน"])
    def test_what_was_left_cannot_be_confirmed_by_typing(self, talk, matter):
        self.wait(talk)
        talk.says(SECRETARY, matter)
        assert "ยกเลิกไปแล้ว" in text_of(talk.says(SECRETARY, "ยืนยัน"))
        assert "เสนอผู้บริหารพิจารณา" in self.stage(talk)

    @pytest.mark.parametrize("aside", ["ขอบคุณค่ะ", "สวัสดีครับ", "วิธีใช้"])
    def test_politeness_leaves_it_waiting(self, talk, aside):
        self.wait(talk)
        talk.says(SECRETARY, aside)
        talk.says(SECRETARY, "ยืนยัน")
        assert "ลงนาม" in self.stage(talk)

    def test_its_button_still_says_what_it_does(self, talk):
        self.wait(talk)
        talk.says(SECRETARY, "คิวงาน")
        talk.taps(SECRETARY, "ยืนยัน")
        assert "ลงนาม" in self.stage(talk)

    def test_a_confirmation_that_comes_too_late_says_so(self, talk):
        self.wait(talk)
        talk.office.clock.advance(minutes=10)
        assert "เกิน 10 นาที" in text_of(talk.says(SECRETARY, "ยืนยัน"))
        assert "ไม่มีรายการที่รอยืนยัน" in text_of(talk.says(SECRETARY, "ยืนยัน"))
        assert "เสนอผู้บริหารพิจารณา" in self.stage(talk)

    def test_the_later_of_two_changes_is_confirmed(self, talk):
        talk.office.add_letter("กท 1902/1336", stage=Stage.PROPOSED)
        self.wait(talk)
        talk.says(SECRETARY, "กท 1902/1336 ปลัดลงนามแล้ว")
        assert "กท 1902/1336" in text_of(talk.says(SECRETARY, "ยืนยัน"))
        assert "เสนอผู้บริหารพิจารณา" in self.stage(talk)

    def test_a_read_back_by_button_after_another_matter_waits_for_its_own_yes(self, talk):
        talk.says(SECRETARY, LETTER)
        talk.taps(SECRETARY, "บันทึกสถานะ")
        talk.taps(SECRETARY, "ลงนาม/สั่งการแล้ว")
        talk.says(SECRETARY, "ยืนยัน")
        assert "ลงนาม" in self.stage(talk)

    def test_it_survives_a_restart(self, talk):
        self.wait(talk)
        talk.restart()
        talk.says(SECRETARY, "ยืนยัน")
        assert "ลงนาม" in self.stage(talk)


class TestForgetting:
    def test_a_message_taken_back_is_forgotten_with_what_it_began(self, talk):
        talk.says(SECRETARY, f"{LETTER} ปลัดลงนามแล้ว")
        talk.office.line.unsend(SECRETARY)
        talk.office.work()
        assert talk.remembered() == []
        assert "ไม่มีรายการที่รอยืนยัน" in text_of(talk.says(SECRETARY, "ยืนยัน"))
        assert "เสนอผู้บริหารพิจารณา" in text_of(talk.says(SECRETARY, LETTER))

    def test_nothing_is_left_of_a_person_who_is_deleted(self, talk):
        talk.says(OFFICER, LETTER)
        talk.says(COORDINATOR, LETTER)
        talk.says(OFFICER, "ลบข้อมูลของฉัน")
        assert "ลบ" in text_of(talk.says(OFFICER, "ยืนยัน"))
        assert talk.remembered() == [COORDINATOR]

    def test_what_is_over_is_removed_by_the_hour(self, talk):
        talk.says(OFFICER, LETTER)
        talk.office.clock.advance(minutes=9)
        forget_old_texts(talk.office.services)
        assert talk.remembered() == [OFFICER]
        talk.office.clock.advance(minutes=1)
        forget_old_texts(talk.office.services)
        assert talk.remembered() == []


@pytest.mark.parametrize(("text", "more"), [("{} ถึงไหนแล้ว", 1), ("{}", 2)])
def test_remembering_costs_a_question_one_statement(talk, text, more):
    """A bare number, which may be what was asked for, costs one more to look up what that was."""
    seen: list[str] = []

    def listen(*arguments):
        seen.append(arguments[2])

    talk.says(OFFICER, text.format(LETTER))
    event.listen(talk.office.database.engine, "before_cursor_execute", listen)
    talk.says(OFFICER, text.format(LETTER))
    event.remove(talk.office.database.engine, "before_cursor_execute", listen)
    assert len([statement for statement in seen if "conversations" in statement]) == more
    assert not [statement for statement in seen if "pending_actions" in statement]


def test_an_officer_reads_the_number_of_a_request_from_the_list(talk):
    talk.says(OFFICER, "ขอคุยกับเจ้าหน้าที่")
    asked = Understanding("track_document", {"request": 1}, 1.0, (), {"request": 1})
    assert "#1" in text_of(talk.says(OFFICER, "#1 ถึงไหนแล้ว", asked))


def test_a_supervisor_keeps_the_words_that_are_waited_for(talk):
    talk.office.add_member("U" + "e" * 32, Role.SUPERVISOR, unit=SECRETARIAT)
    talk.says(OFFICER, "ขอคุยกับเจ้าหน้าที่")
    talk.says(SECRETARY, "#1 ลงนามแล้ว")
    talk.taps(OFFICER, "น้อย")
    assert "ส่งเหตุผล" in text_of(talk.says(OFFICER, "ช้ามาก ต้องโทรถามเอง"))
