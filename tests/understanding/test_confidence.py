"""Confidence: plain forms are acted on, what is like nothing is not, and no change is believed on likeness alone."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import INTENTS, Vocabulary, understand
from bot.understanding.certainty import SURE_TO_WRITE, WRITES, Certainty, certainty_of
from bot.understanding.classifier import Classifier, shipped_classifier
from bot.understanding.confidence import weigh
from bot.understanding.intents import UNKNOWN, WITNESSES
from bot.understanding.reading import Reading
from bot.understanding.signs import SIGNS
from messages.smalltalk import HELP
from tests.understanding.score import read_samples, shipped_words, training_files

PLAIN = {
    "สวัสดีค่ะ": "greet",
    "hello": "greet",
    "ขอบคุณครับ": "thanks",
    "กท 1902/1335": "track_document",
    "กท ๐๔๐๑/ว ๒๒๓": "track_document",
    "เลขรับ 4521": "track_document",
    "หนังสือ กท 1902/1335 ถึงไหนแล้วคะ": "track_document",
    "ติดตามต่อ กท 1902/1335": "follow_document",
    "เลิกติดตาม กท 1902/1335": "unfollow_document",
    "คำขอของฉัน": "my_requests",
    "ติดต่อเจ้าหน้าที่": "talk_to_officer",
    "คิวงาน": "duty_queue",
    "เข้าเวรถึง 16.30": "start_duty",
    "ออกเวร": "end_duty",
    "ใครอยู่เวร": "who_is_on_duty",
    "รับทราบ #42": "acknowledge_request",
    "#42 เสนอรองปลัดแล้วเมื่อเช้า": "answer_request",
    "แจ้งผล #42 ปลัดลงนามแล้ว": "answer_request",
    "ถอนคำขอ #42": "withdraw_request",
    "กท 1902/1335 ปลัดลงนามแล้ว": "update_document",
    "รายงาน 8308 ดินแดง 18 ชุมชน": "report_progress",
    "PBIS-LEVEL ขั้นตอนที่ 3 เสร็จแล้ว": "report_progress",
    "ตัวชี้วัด 8308 กรุงธนใต้ ไตรมาส 3 ปี 68 ได้เท่าไหร่": "query_indicator",
    "สถิติการให้บริการ": "service_kpi",
    "สรุปประจำสัปดาห์": "summary",
    "พอใจมากที่สุด": "rate",
    "พอใจน้อยที่สุด": "rate",
    "มากที่สุด": "rate",
    "มาก": "rate",
    "ปานกลาง": "rate",
    "น้อย": "rate",
    "น้อยที่สุด": "rate",
    "ลงทะเบียน K7M4-9QXR": "register",
    "ลบข้อมูลของฉัน": "delete_my_data",
    "วิธีใช้": "help",
    "ยืนยัน": "confirm",
    "ไม่ใช่": "decline",
    "ยกเลิก": "cancel",
}


def test_plain_forms_are_acted_on_at_once():
    found = {text: understand(text, shipped_words()) for text in PLAIN}
    unsure = {text: one for text, one in found.items() if certainty_of(one) is not Certainty.SURE}
    assert {text: one.intent for text, one in found.items()} == PLAIN
    assert unsure == {}


def test_what_the_help_teaches_is_acted_on_at_once():
    examples = [typed for _, _, example in HELP for typed in (example.thai, example.english)]
    taught = [understand(typed, shipped_words()) for typed in examples]
    assert [one for one in taught if certainty_of(one) is not Certainty.SURE] == []


@pytest.mark.parametrize("text", ["ราคาทองวันนี้", "พรุ่งนี้ฝนจะตกไหม", "asdf qwer", "🙂", ""])
def test_what_is_no_matter_of_ours_is_not_asked_back_about(text):
    assert certainty_of(understand(text, shipped_words())) is Certainty.LOST


def test_meanings_are_ranked_and_share_what_there_is():
    for sample in read_samples():
        found = understand(sample.text, shipped_words())
        shares = [found.confidence, *(other.confidence for other in found.others)]
        assert shares == sorted(shares, reverse=True), sample.text
        assert 0 < shares[0] <= 1
        assert sum(shares) <= 1.001


@given(st.sets(st.sampled_from(sorted(SIGNS))), st.text(max_size=60))
def test_no_change_is_believed_that_no_word_vouches_for(signs, outline):
    reading = Reading({}, frozenset(signs), outline=outline)
    for intent, confidence in weigh(reading, shipped_classifier()):
        if intent in WRITES and not WITNESSES[intent] & signs:
            assert confidence < SURE_TO_WRITE


@given(st.sets(st.sampled_from(sorted(SIGNS))), st.text(max_size=60))
def test_confidence_is_a_share_and_the_likeliest_comes_first(signs, outline):
    ranked = weigh(Reading({}, frozenset(signs), outline=outline), shipped_classifier())
    shares = [share for _, share in ranked]
    assert shares == sorted(shares, reverse=True)
    assert 0 < sum(shares) <= 1.01
    assert UNKNOWN in dict(ranked)


def test_what_changes_something_has_witnesses_that_can_be_noticed():
    assert frozenset().union(*WITNESSES.values()) <= SIGNS


def test_the_weights_are_for_the_intents_and_signs_there_are():
    classifier = shipped_classifier()
    assert set(classifier.intents) == set(INTENTS)
    assert classifier.signs <= SIGNS, "run: python -m tests.understanding.train"


def test_weights_are_added_up_and_runs_count_as_much_in_a_long_text_as_in_a_short_one():
    learnt = {"intents": ["a", "b"], "bias": [0, 100], "signs": {"s": [0, 50]}, "runs": {"x": [0, 300], "y": [1, 100]}}
    classifier = Classifier(MappingProxyType(learnt))
    assert classifier.log_odds(frozenset(), "z") == [0, 1]
    assert classifier.log_odds(frozenset({"s"}), "z") == [0.5, 1]
    assert classifier.log_odds(frozenset(), "x") == [3, 1]
    short, long = classifier.log_odds(frozenset(), "xx"), classifier.log_odds(frozenset(), "xxxx" * 40)
    assert short[0] > long[0] > 0


def test_every_intent_is_told_in_what_is_learnt_from():
    said = {sample.intent for path in training_files() for sample in read_samples(path)}
    assert said == set(INTENTS)


def test_without_a_catalog_understanding_still_answers():
    assert understand("กท 1902/1335", Vocabulary()).intent == "track_document"
