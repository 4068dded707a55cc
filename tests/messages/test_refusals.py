from __future__ import annotations

import re
import string
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from messages import imports
from messages.limits import check_messages
from messages.refusals import DEFAULTS, SENTENCES, refusal
from models.documents import Stage
from models.errors import Invalid, NotAllowed, NotFound, Refused
from tests.messages.samples import SINCE

ROOT = Path(__file__).resolve().parents[2]
COMMAND_LINE_ONLY = {
    "several_letters",
    "calendar_day_out_of_range",
    "calendar_hours_backwards",
    "calendar_hours_missing",
    "calendar_hours_not_wanted",
    "calendar_name_missing",
    "calendar_name_too_long",
    "calendar_never_opens",
    "period_backwards",
    "month_not_over",
    "month_already_cut",
    "month_not_cut",
    "export_kind_unknown",
    "export_folder_missing",
    "export_too_long",
    "export_not_written",
    "form_kind_unknown",
    "form_quarter_unknown",
    "form_quarter_to_come",
    "export_year_unknown",
    "evaluation_empty",
    "evaluation_negative",
    "member_not_found",
    "grid_indicator_missing",
    "quarter_not_cut",
}
ERRORS = (Refused, NotFound, NotAllowed, Invalid)


def said(error: Refused) -> str:
    return refusal(error)[0]["text"]


def test_facts_are_said_in_the_words_people_know():
    error = Invalid("stage_not_reachable", from_stage=Stage.SIGNED, to_stage=Stage.RECEIVED)
    assert said(error) == "บันทึกจาก “ลงนาม/สั่งการแล้ว” เป็น “รับเรื่อง” ไม่ได้ กรุณาตรวจสอบสถานะปัจจุบันของหนังสือก่อนบันทึก"


def test_a_number_is_said_as_typed():
    assert said(NotFound("request_not_found", number=42)).startswith("ไม่พบคำขอ #42 ")


def test_a_missing_fact_never_leaves_half_a_sentence():
    assert said(NotFound("request_not_found")) == DEFAULTS[NotFound]


def test_an_unknown_code_is_answered_by_its_family():
    assert {said(error("not heard of")) for error in ERRORS} == set(DEFAULTS.values())


def test_what_a_person_typed_is_never_taken_for_a_pattern():
    assert "“{number} {0}”" in said(NotFound("unit_not_found", text="{number} {0}"))


def test_every_sentence_can_be_filled_in():
    for code, sentence in SENTENCES.items():
        names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name]
        words = said(Invalid(code, **dict.fromkeys(names, "ข้อเท็จจริง")))
        assert words not in DEFAULTS.values()
        assert words.count("ข้อเท็จจริง") == len(names)


def test_a_secret_letter_and_a_missing_one_are_refused_alike():
    assert said(NotFound("letter_not_found")) == said(NotFound("letter_not_found", number="กท 1902/1335"))


def test_every_reason_our_code_gives_has_words_in_the_chat_or_in_import_reports():
    folders = ("models", "bot", "handlers", "messages")
    sources = [path.read_text(encoding="utf-8") for folder in folders for path in (ROOT / folder).rglob("*.py")]
    raised = re.compile(r"(?:Refused|NotFound|NotAllowed|Invalid)\(\s*\"(\w+)\"")
    codes = {code for source in sources for code in raised.findall(source)}
    assert codes - set(SENTENCES) - set(imports.SENTENCES) - COMMAND_LINE_ONLY == set()


def test_an_officer_is_offered_where_the_sentence_speaks_of_one():
    for code in SENTENCES:
        message = refusal(Invalid(code))[0]
        assert ("quickReply" in message) == ("ขอคุยกับเจ้าหน้าที่" in message["text"])


@given(st.sampled_from(ERRORS), st.sampled_from([*SENTENCES, "x"]), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_refusal_can_always_be_sent(error, code, typed):
    facts = {"text": typed, "number": SINCE, "stage": [Stage.SIGNED, typed], "from_stage": None, "to_stage": 1.5}
    assert check_messages(refusal(error(code, **facts))) == []
