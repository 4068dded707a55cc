"""A letter's way is told truly, whatever turns it took."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.letters import ORDINARY_WAY, letter_body, letter_sentence, way_of
from messages.limits import check_messages
from messages.parts import StepState, card
from messages.words import STAGE_WORDS
from models.documents import LetterStep, Stage
from tests.messages.samples import ENDLESS, NOW, SINCE, TWICE_AROUND, make_letter, make_line

DONE, CURRENT, RETURNED, TO_COME = StepState.DONE, StepState.CURRENT, StepState.RETURNED, StepState.TO_COME


def states(letter):
    return [step.state for step in way_of(letter, NOW)]


def shown(letter, now=NOW):
    return json.dumps(letter_body(letter, now), ensure_ascii=False)


def test_steps_before_are_done_and_steps_after_are_to_come():
    way = way_of(make_letter(Stage.PROPOSED), NOW)
    assert [step.state for step in way] == [DONE, DONE, CURRENT, TO_COME, TO_COME]
    assert [step.when for step in way] == ["18 พ.ย.", "19 พ.ย.", "20 พ.ย.", "", ""]
    assert way[3].label == "ลงนาม/สั่งการ"  # not yet แล้ว


def test_a_returned_letter_shows_where_it_left_the_way():
    way = way_of(make_letter(Stage.RETURNED), NOW)
    assert [step.state for step in way] == [DONE, DONE, RETURNED, TO_COME]
    assert way[2].label == STAGE_WORDS[Stage.RETURNED]
    assert way[3].label.startswith("รับเรื่องอีกครั้ง")  # not the stages it had before it


def test_a_letter_that_came_back_starts_over_and_says_so():
    letter = make_letter(steps=TWICE_AROUND, stage_since=SINCE + timedelta(hours=4))
    way = way_of(letter, NOW)
    assert [step.state for step in way] == [DONE, DONE, CURRENT, TO_COME, TO_COME]
    assert [step.when for step in way[:3]] == ["20 พ.ย.", "", "20 พ.ย."]  # screening was skipped this time
    assert "เคยส่งคืนแก้ไขเมื่อ 20 พ.ย. 2569" in shown(letter)


def test_a_letter_that_never_came_back_does_not_speak_of_it():
    assert "เคยส่งคืน" not in shown(make_letter())
    assert "เคยส่งคืน" not in shown(make_letter(Stage.RETURNED))


def test_a_note_does_not_move_the_date_of_its_stage():
    noted = LetterStep(Stage.PROPOSED, SINCE + timedelta(days=1), "รอวาระประชุม", False)
    letter = make_letter(steps=(*make_letter().steps, noted))
    assert way_of(letter, NOW)[2].when == "20 พ.ย."
    assert "รอวาระประชุม" in shown(letter)


def test_a_stage_keeps_the_day_it_was_reached_after_the_letter_moved_on():
    noted = LetterStep(Stage.PROPOSED, SINCE + timedelta(days=1), "รอวาระประชุม", False)
    signed = LetterStep(Stage.SIGNED, SINCE + timedelta(days=2), None, False)
    steps = (*make_letter().steps, noted, signed)
    letter = make_letter(Stage.SIGNED, steps=steps, stage_since=signed.at)
    assert [step.when for step in way_of(letter, NOW)[2:4]] == ["20 พ.ย.", "22 พ.ย."]


def test_another_year_is_written():
    letter = make_letter(stage_since=SINCE - timedelta(days=365), steps=())
    assert way_of(letter, NOW)[2].when == "20 พ.ย. 2568"


@given(st.lists(st.sampled_from(list(Stage)), max_size=12))
def test_any_history_gives_one_present_step_and_a_card_that_can_be_sent(stages):
    """Registers hold histories that the rules of today would not allow."""
    steps = tuple(
        LetterStep(stage, SINCE + timedelta(hours=hour), None, stage is Stage.RETURNED)
        for hour, stage in enumerate(stages)
    )
    letter = make_letter(stages[-1] if stages else Stage.RECEIVED, steps=steps)
    way = way_of(letter, NOW)
    assert sum(step.state in (CURRENT, RETURNED) for step in way) == 1
    ordinary = [STAGE_WORDS[stage] for stage in ORDINARY_WAY]
    passed = [step.label for step in way if step.state in (DONE, CURRENT)]
    assert passed == ordinary[: len(passed)]
    assert len(way) == len(ORDINARY_WAY) or letter.stage is Stage.RETURNED
    assert check_messages([card("ก", letter_body(letter, NOW))]) == []


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Stage.RECEIVED, "อยู่ขั้นรับเรื่อง ตั้งแต่ 20 พ.ย. 2569 09.15 น."),
        (Stage.SCREENING, "อยู่ขั้นกลั่นกรอง/ตรวจสอบ ตั้งแต่ 20 พ.ย. 2569 09.15 น."),
        (Stage.PROPOSED, "อยู่ขั้นเสนอผู้บริหารพิจารณา ตั้งแต่ 20 พ.ย. 2569 09.15 น."),
        (Stage.SIGNED, "ลงนาม/สั่งการแล้ว เมื่อ 20 พ.ย. 2569 09.15 น."),
        (Stage.DISPATCHED, "ส่งคืนหน่วยงานแล้ว เมื่อ 20 พ.ย. 2569 09.15 น."),
        (Stage.RETURNED, "ส่งคืนแก้ไข เมื่อ 20 พ.ย. 2569 09.15 น."),
    ],
)
def test_the_sentence_says_number_subject_stage_and_since_when(stage, said):
    assert letter_sentence(make_letter(stage, subject="ขออนุมัติโครงการ")) == f"กท 1902/1335 เรื่อง ขออนุมัติโครงการ {said}"
    assert letter_sentence(make_line(stage=stage)).endswith(said)


def test_the_stage_is_not_lost_behind_an_endless_subject():
    assert letter_sentence(make_letter(subject=ENDLESS)).index("อยู่ขั้น") < 160


def test_a_due_hour_is_late_only_while_somebody_can_still_hurry():
    due_at = NOW - timedelta(minutes=1)
    assert "เลยกำหนดเมื่อ 21 พ.ย. 2569 10.29 น." in shown(make_letter(due_at=due_at))
    assert "กำหนดถึงภายใน" in shown(make_letter(due_at=due_at), now=due_at)
    assert "เลยกำหนด" not in shown(make_letter(Stage.SIGNED, due_at=due_at))
