"""Confidence: plain forms are acted on, what is like nothing is not, and what was learnt is what the files say."""

from __future__ import annotations

import pytest

from bot.understanding import INTENTS, Vocabulary, understand
from bot.understanding.certainty import Certainty, certainty_of
from bot.understanding.likeness import Likeness
from bot.vocabulary import EXAMPLES
from messages.smalltalk import HELP
from tests.understanding.calibrate import examples_of
from tests.understanding.score import all_files, read_samples, shipped_words, words_without_examples

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


@pytest.mark.parametrize("words", [shipped_words, words_without_examples], ids=["shipped", "rules alone"])
def test_plain_forms_are_acted_on_at_once(words):
    found = {text: understand(text, words()) for text in PLAIN}
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


def test_the_service_has_heard_the_labelled_utterances():
    told = examples_of([sample for path in all_files() for sample in read_samples(path)])
    assert EXAMPLES.read_text(encoding="utf-8") == told, "run: python -m tests.understanding.calibrate --hear"
    assert {intent for _, intent in shipped_words().examples} == set(INTENTS)


def test_a_text_is_like_those_that_share_its_letters():
    heard = Likeness([("ฝนตกไหม", "weather"), ("ฝนจะตกหรือเปล่า", "weather"), ("ลงนามหรือยัง", "track")])
    assert heard.shares("วันนี้ฝนตก")["weather"] > 0.9
    assert heard.shares("ลงนามแล้วหรือยังครับ")["track"] > 0.9
    assert sum(heard.shares("xyz").values()) == pytest.approx(1)
    assert heard.shares("")["weather"] > heard.shares("")["track"]
    assert dict(Likeness([]).shares("ลงนาม")) == {}


def test_without_a_catalog_understanding_still_answers():
    assert understand("กท 1902/1335", Vocabulary()).intent == "track_document"
