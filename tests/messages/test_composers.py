"""What cards say and what their taps do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages import answering, asking, documents, duty, following, groups, membership, queues, smalltalk, tracking
from messages.actions import read_postback
from messages.limits import Json, check_messages
from models.documents import NEXT_STAGES, Stage, Urgency
from models.members import Role
from models.requests import RequestState
from tests.messages.samples import (
    ENDLESS,
    LINES,
    LONG_NOTE,
    NOW,
    QUESTION,
    SECTION,
    SINCE,
    SUBJECT,
    UNIT,
    make_letter,
    make_line,
    make_request,
    walk,
)


def taps(messages: list[Json]) -> dict[str, Any]:
    """Label to what the tap does: action and parameters of a postback, else the text that is said."""
    actions = [node["action"] for node in walk(messages) if "action" in node]
    return {a["label"]: read_postback(a["data"]) if a["type"] == "postback" else a["text"] for a in actions}


def words(messages: list[Json]) -> str:
    return json.dumps(messages, ensure_ascii=False)


def texts(messages: list[Json]) -> list[str]:
    return [node["text"] for node in walk(messages[0]["contents"]["body"]) if node.get("type") == "text"]


def answer(letter=None, is_following=False, can_update=False):
    return tracking.answer_card(letter or make_letter(), is_following=is_following, now=NOW, can_update=can_update)


class TestAnswerCard:
    def test_the_first_line_is_the_answer_and_the_second_since_when(self):
        assert texts(answer())[:2] == ["เสนอผู้บริหารพิจารณา", "ตั้งแต่ 20 พ.ย. 2569 09.15 น."]

    def test_the_notification_says_all_of_it(self):
        assert answer()[0]["altText"] == (
            f"กท 1902/1335 เรื่อง {SUBJECT} อยู่ขั้นเสนอผู้บริหารพิจารณา ตั้งแต่ 20 พ.ย. 2569 09.15 น."
        )

    def test_an_officer_may_follow_and_talk(self):
        assert taps(answer()) == {
            "ติดตามต่อ": ("follow", {"document": "17"}),
            "ขอคุยกับเจ้าหน้าที่": ("talk", {"document": "17"}),
        }

    def test_a_follower_may_stop(self):
        assert taps(answer(is_following=True))["เลิกติดตาม"] == ("unfollow", {"document": "17"})
        assert "ติดตามต่อ" not in taps(answer(is_following=True))

    def test_who_keeps_the_register_may_record(self):
        assert taps(answer(can_update=True))["บันทึกสถานะ"] == ("stages", {"document": "17"})

    @pytest.mark.parametrize(("urgency", "word"), [(Urgency.URGENT, "ด่วน"), (Urgency.MOST_URGENT, "ด่วนที่สุด")])
    def test_urgency_is_a_word(self, urgency, word):
        assert word in texts(answer(make_letter(urgency=urgency)))

    def test_an_ordinary_letter_is_not_called_ordinary(self):
        assert "ปกติ" not in texts(answer())

    def test_what_is_unknown_is_left_out(self):
        bare = words(answer(make_letter(document_date=None, receive_numbers=())))
        assert "ลงวันที่" not in bare and "เลขรับ" not in bare
        full = words(answer())
        assert "ลงวันที่ 17 พ.ย. 2569" in full and "เลขรับ 4521/2569" in full


class TestLetterList:
    def show(self, lines, total, offset=0, query="งบประมาณ"):
        return tracking.letter_list(lines, total=total, offset=offset, query_kind="title", now=NOW, query=query)

    def test_each_row_shows_its_letter(self):
        shown = [read_postback(n["action"]["data"]) for n in walk(self.show(LINES, 10)) if "action" in n]
        assert shown[:-1] == [("show", {"document": str(line.id)}) for line in LINES]
        assert shown[-1] == ("talk", {"kind": "title", "query": "งบประมาณ"})  # none of these

    def test_the_next_page_begins_where_this_one_ended(self):
        more = taps(self.show(LINES, 25, offset=10))["ดูต่อ"]
        assert more == ("more", {"kind": "title", "offset": "20", "query": "งบประมาณ"})

    def test_a_query_too_long_for_a_button_is_said_to_end_here(self):
        shown = self.show(LINES, 25, query=ENDLESS)
        assert "ดูต่อ" not in taps(shown)
        assert "แสดง 10 ฉบับแรก กรุณาค้นด้วยคำที่สั้นลง" in shown[0]["altText"]

    def test_the_last_page_has_no_next(self):
        assert "ดูต่อ" not in taps(self.show(LINES[:5], 25, offset=20))

    def test_ten_rows_at_most(self):
        shown = self.show([make_line(n) for n in range(12)], 12)
        assert sum(node.get("action", {}).get("data", "").startswith("action=show") for node in walk(shown)) == 10
        assert taps(shown)["ดูต่อ"][1]["offset"] == "10"

    def test_an_empty_list_is_a_letter_not_found(self):
        assert self.show([], 0) == tracking.letter_not_found("งบประมาณ")


class TestLetterNotFound:
    def test_says_back_only_what_was_asked(self):
        one, other = (tracking.letter_not_found(query)[0]["text"] for query in ("กท 1/1", "กท 2/2"))
        assert one.replace("กท 1/1", "กท 2/2") == other

    def test_an_officer_can_be_asked_about_the_same(self):
        assert taps(tracking.letter_not_found("กท 1/1"))["ขอคุยกับเจ้าหน้าที่"] == ("talk", {"query": "กท 1/1"})
        assert taps(tracking.letter_not_found(None))["ขอคุยกับเจ้าหน้าที่"] == ("talk", {})

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
    def test_any_query_can_be_answered(self, query):
        assert check_messages(tracking.letter_not_found(query)) == []


class TestFollowing:
    def test_every_follower_gets_the_same_and_can_stop(self):
        told = following.stage_changed(make_letter(), NOW)
        assert told[0]["altText"].startswith("แจ้งความคืบหน้า กท 1902/1335 ")
        assert taps(told)["เลิกติดตาม"] == ("unfollow", {"document": "17"})

    def test_starting_and_ending_offer_the_way_back(self):
        assert taps(following.following_started("กท 1/1"))["เลิกติดตาม"] == "เลิกติดตาม กท 1/1"
        assert taps(following.following_ended("กท 1/1")) == {"ติดตามต่อ": "ติดตามต่อ กท 1/1"}

    def test_the_list_counts_all_and_shows_ten(self):
        told = following.followed_list([make_line(n) for n in range(25)], NOW)
        assert "ติดตามอยู่ 25 ฉบับ" in told[0]["altText"]
        assert sum("action" in node for node in walk(told)) == 10


class TestRecording:
    def test_the_stages_offered_are_those_given_and_carry_what_was_seen(self):
        choices = [Stage.SIGNED, Stage.RETURNED]
        assert taps(documents.stage_choices(make_letter(), choices)) == {
            "ลงนาม/สั่งการแล้ว": ("set_stage", {"document": "17", "stage": "signed", "event": "99"}),
            "ส่งคืนแก้ไข": ("set_stage", {"document": "17", "stage": "returned", "event": "99"}),
        }

    def test_a_letter_at_its_end_offers_nothing(self):
        done = documents.stage_choices(make_letter(Stage.DISPATCHED), sorted(NEXT_STAGES[Stage.DISPATCHED]))
        assert taps(done) == {}

    def test_confirming_repeats_what_will_be_recorded(self):
        asked = documents.confirm_stage(make_letter(), Stage.RETURNED, LONG_NOTE)
        assert asked[0]["altText"] == f"บันทึกว่า กท 1902/1335 ส่งคืนแก้ไข ใช่หรือไม่ หมายเหตุ: {LONG_NOTE}"
        params = {"document": "17", "stage": "returned", "event": "99", "note": LONG_NOTE}
        assert taps(asked) == {"ยืนยัน": ("record_stage", params), "ยกเลิก": ("cancel", {})}

    def test_a_note_that_would_be_cut_is_refused_instead(self):
        refused = documents.confirm_stage(make_letter(), Stage.SIGNED, ENDLESS)
        assert "หมายเหตุยาวเกินไป" in refused[0]["text"]
        assert "ยืนยัน" not in taps(refused)


class TestDuty:
    def test_a_request_is_acknowledged_answered_or_passed_on_from_its_card(self):
        sent = duty.request_card(make_request(), UNIT, None, SINCE)
        named = {"request": "42"}
        assert taps(sent) == {
            "รับทราบ": ("acknowledge", named),
            "แจ้งผล": ("answer", named),
            "โอนให้…": ("hand_over", named),
        }
        assert QUESTION in words(sent) and UNIT in words(sent)

    def test_the_card_offers_the_letters_next_stages_in_the_order_of_its_life(self):
        sent = taps(duty.request_card(make_request(), UNIT, make_letter(Stage.SCREENING), SINCE))
        told = {"request": "42", "stage": "proposed", "event": "99"}
        assert sent["เสนอผู้บริหารพิจารณา"] == ("tell_stage", told)
        assert list(sent)[2:4] == ["เสนอผู้บริหารพิจารณา", "ลงนาม/สั่งการแล้ว"]

    def test_deadlines_are_clock_times(self):
        sent = duty.request_card(make_request(), UNIT, None, SINCE)  # asked 09.57 น.
        assert "รับทราบภายใน 10.12 น. แจ้งผลภายใน 10.27 น." in sent[0]["altText"]

    def test_what_is_in_hand_is_not_acknowledged_again(self):
        assert "รับทราบ" not in taps(duty.request_card(make_request(42, RequestState.ACKNOWLEDGED), UNIT, None, SINCE))

    def test_other_buttons_of_staff_do_not_sound_like_these(self):
        sent = [
            *duty.request_card(make_request(), UNIT, make_letter(), SINCE),
            *answering.answer_choices(make_request(), "กท 1902/1335", make_letter(), 1),
        ]
        others = {label for label, (action, _) in taps(sent).items() if action not in ("acknowledge", "answer")}
        assert [label for label in others if "รับทราบ" in label or "แจ้งผล" in label] == []

    def test_the_asker_is_not_offered_the_officers_buttons(self):
        told = [
            *asking.passed_to_officers(make_request(), SINCE),
            *asking.acknowledged_to_asker("คำขอ #42", SECTION, NOW, SINCE),
            *answering.words_answer("คำขอ #42", "เสนอแล้ว", SECTION),
            *queues.my_requests([make_request()], {}, SINCE),
        ]
        assert not {"รับทราบ", "แจ้งผล"} & set(taps(told))

    def test_the_promise_is_a_clock_time_and_names_the_day_where_it_is_another(self):
        at = NOW + timedelta(minutes=30)
        assert "ภายใน 11.00 น." in asking.acknowledged_to_asker("คำขอ #42", SECTION, at, NOW)[0]["text"]
        monday = at + timedelta(days=2)
        assert (
            "ภายในวันจันทร์ที่ 23 พ.ย. 11.00 น." in asking.acknowledged_to_asker("คำขอ #42", SECTION, monday, NOW)[0]["text"]
        )

    def test_an_answer_arrives_whole(self):
        longest = "ก" * 5000
        assert [m["text"] for m in answering.words_answer("คำขอ #42", longest, SECTION)][-1] == longest

    def test_the_queue_offers_the_next_step_of_each_request(self):
        rows = [make_request(1), make_request(2, RequestState.ACKNOWLEDGED)]
        counts = {RequestState.OPEN: 1, RequestState.ACKNOWLEDGED: 1}
        queue = queues.request_queue(rows, counts, queues.QueueNames({7: UNIT}), NOW)
        assert taps(queue) == {"รับทราบ": ("acknowledge", {"request": "1"}), "แจ้งผล": ("answer", {"request": "2"})}
        assert "รอรับทราบ 1 คำขอ รอแจ้งผล 1 คำขอ" in queue[0]["altText"]
        assert "ล่าช้า" in queue[0]["altText"]

    def test_the_queue_goes_on_where_it_ended(self):
        rows, counts = [make_request(number) for number in range(10)], {RequestState.OPEN: 25}
        assert taps(queues.request_queue(rows, counts, queues.QueueNames(), NOW, offset=10))["ดูต่อ"] == (
            "queue",
            {"offset": "20"},
        )
        assert "ดูต่อ" not in taps(queues.request_queue(rows[:5], counts, queues.QueueNames(), NOW, offset=20))

    def test_an_asker_sees_the_state_of_each_request_and_may_take_back_what_waits(self):
        mine = queues.my_requests([make_request(1), make_request(2, RequestState.ANSWERED)], {}, NOW)
        assert "#1" in mine[0]["altText"] and "แจ้งผลแล้ว" in mine[0]["altText"]
        assert taps(mine) == {"ถอนคำขอ": ("withdraw", {"request": "1"})}

    def test_a_letter_that_must_not_be_shown_hides_what_was_asked_too(self):
        hidden = replace(make_request(), document_id=17, asked_number="กท 1902/1335")
        assert duty.what_of(hidden, None) == "ขอคุยกับเจ้าหน้าที่"


class TestMembership:
    def test_the_notice_tells_what_how_long_and_how_to_leave(self):
        notice = membership.privacy_notice(UNIT, keep_days=90, invitation=12)
        for point in ("เก็บอะไร", "เก็บนานเท่าใด", "ขอลบอย่างไร"):
            assert point in notice[0]["altText"] and point in words(notice)
        assert taps(notice) == {
            "ยอมรับ": ("accept_privacy", {"invitation": "12"}),
            "ไม่ยอมรับ": ("decline_privacy", {"invitation": "12"}),
        }

    def test_a_nameless_member_is_not_called_by_an_empty_name(self):
        assert "คุณ" not in smalltalk.greeting("")[0]["text"]
        assert "คุณสมชาย" in smalltalk.greeting("สมชาย")[0]["text"]

    def test_the_last_wrong_code_does_not_promise_another_try(self):
        assert "ลองได้อีก 3 ครั้ง" in membership.wrong_code(3)[0]["text"]
        assert "ลองได้อีก" not in membership.wrong_code(0)[0]["text"]

    def test_deletion_is_confirmed_first(self):
        assert taps(membership.confirm_deletion()) == {"ยืนยัน": ("delete_data", {}), "ยกเลิก": ("cancel", {})}


class TestSmalltalk:
    def test_help_shows_only_what_the_roles_allow(self):
        assert "คิวงาน" not in words(smalltalk.help_for([Role.OFFICER]))
        assert "คิวงาน" in words(smalltalk.help_for([Role.SECRETARY]))

    def test_each_kind_of_message_is_answered_in_its_own_words(self):
        kinds = ("sticker", "image", "video", "audio", "file", "location", "unheard of")
        assert len({smalltalk.unusable(kind)[0]["text"] for kind in kinds}) == len(kinds)


def test_a_group_hears_the_stage_first_and_no_buttons():
    told = groups.group_letter(make_letter(), NOW)
    assert told[0]["text"].startswith("กท 1902/1335 อยู่ขั้นเสนอผู้บริหารพิจารณา ตั้งแต่")
    assert taps(told) == {}
