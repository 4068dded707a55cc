"""What we tell people to type is understood as what we said it does."""

from __future__ import annotations

import pytest

from bot.understanding import understand
from bot.understanding.types import Vocabulary
from messages.language import Language
from messages.smalltalk import HELP
from messages.words import EXAMPLE_CODE, EXAMPLE_NUMBER, TALK_LABEL
from tests.messages.samples import samples_in, walk
from tests.office import shipped_words

NO_CATALOG = Vocabulary()

INTENTS = {
    "ถามหาหนังสือ": "track_document",
    "ถามด้วยเลขรับ": "track_document",
    "ให้แจ้งเมื่อเปลี่ยนสถานะ": "follow_document",
    "ดูคำขอของฉัน": "my_requests",
    "ให้คะแนนคำตอบล่าสุด": "rate",
    "เลือกว่าจะรับแจ้งเรื่องใด เมื่อใด": "notification_settings",
    "ดูผลตัวชี้วัด": "query_indicator",
    "ดูงานที่ช้ากว่าแผน": "behind_plan",
    "ดูคำขอที่รอแจ้งผล": "duty_queue",
    "รับทราบคำขอ": "acknowledge_request",
    "แจ้งผล": "answer_request",
    "เข้าเวร หรือระบุเวลาออก": "start_duty",
    "ดูผู้อยู่เวร": "who_is_on_duty",
    "รายงานผลตัวชี้วัด": "report_progress",
    "ดูตัวชี้วัดการให้บริการ": "service_kpi",
    "ดูสรุปของวัน สัปดาห์ เดือน ไตรมาส หรือปี": "summary",
    "บันทึกสถานะ": "update_document",
    "ดูรายงานที่รออนุมัติ": "review_reports",
}


@pytest.mark.parametrize(
    ("does", "example"),
    [(does.thai, typed) for _, does, example in HELP for typed in (example.thai, example.english)],
)
def test_an_example_of_the_help_does_what_stands_above_it(does, example):
    assert understand(example, NO_CATALOG).intent == INTENTS[does]


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        (f"ลงทะเบียน {EXAMPLE_CODE}", "register"),
        (EXAMPLE_CODE, "register"),
        (EXAMPLE_NUMBER, "track_document"),
        ("เลขรับ 4521", "track_document"),
        ("ลบข้อมูลของฉัน", "delete_my_data"),
        ("วิธีใช้", "help"),
        (f"Register {EXAMPLE_CODE}", "register"),
        ("Receive number 4521", "track_document"),
        ("Delete my data", "delete_my_data"),
        ("My requests", "my_requests"),
        ("Acknowledge #42", "acknowledge_request"),
        ("#42 Submitted to the Deputy this morning", "answer_request"),
        ("Start duty until 16:30", "start_duty"),
        ("End duty", "end_duty"),
        ("Who is on duty", "who_is_on_duty"),
        (TALK_LABEL.thai, "talk_to_officer"),
    ],
)
def test_an_instruction_can_be_followed(typed, intent):
    assert understand(typed, NO_CATALOG).intent == intent


def test_every_tap_that_speaks_is_understood():
    said = {
        node["action"]["text"]
        for language in Language
        for _, messages in samples_in(language)
        for node in walk(messages)
        if node.get("action", {}).get("type") == "message"
    }
    assert {text for text in said if understand(text, shipped_words()).intent == "unknown"} == set()
    assert len(said) > 3
