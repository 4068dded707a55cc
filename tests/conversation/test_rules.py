"""The pure rules: what a text means after a topic, on understandings made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import INTENTS, SLOTS, Meaning, Understanding
from bot.understanding.certainty import WRITES, Certainty, certainty_of
from bot.understanding.conversation import (
    ASIDE,
    LETTER_SLOTS,
    OF_LETTERS,
    in_conversation,
    leans_on_conversation,
    missing_slot,
)
from models.conversations import CONFIRMATION, Topic

DIN_DAENG, BANG_RAK = "สำนักงานเขตดินแดง", "สำนักงานเขตบางรัก"
LETTER = {"document": 17, "document_number": "กท 1902/1335"}
ASKED_8308 = Topic("query_indicator", {"indicator": "8308", "unit": DIN_DAENG, "period": "month"})
WAITS_TO_FOLLOW = Topic("follow_document", {}, waits_for="document_number")
SHOWN = Topic("track_document", LETTER)


def alone(intent: str = "unknown", confidence: float = 1.0, *, others: Any = (), **said: Any) -> Understanding:
    """What a text that says nothing but these slots is understood as; sure where it has an intent."""
    slots = {name: value for name, value in said.items() if name in SLOTS.get(intent, ())}
    meanings = tuple(Meaning(*other) for other in others)
    return Understanding(intent, slots, confidence, meanings, said, is_bare=bool(said), kind="slots_alone")


def follow_up(intent: str = "unknown", **said: Any) -> Understanding:
    heard = alone(intent, **said)
    return Understanding(intent, heard.slots, 1.0, (), said, follows_up=True, is_bare=True, kind="slots_alone")


def words(kind: str = "words") -> Understanding:
    return Understanding("unknown", {}, 0.9, kind=kind)


def meant(heard: Understanding, topic: Topic | None, text: str = "…") -> tuple[str, Mapping[str, Any]]:
    """Intent and slots of what is sure, else ``unsure`` and what is offered."""
    result = in_conversation(heard, topic, text)
    if certainty_of(result) is Certainty.SURE:
        return result.intent, dict(result.slots)
    return "unsure", {other.intent: dict(other.slots) for other in result.others}


# --- waiting for a slot ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heard", "text", "slots"),
    [
        (alone("track_document", document_number="1902/1335"), "1902/1335", {"document_number": "1902/1335"}),
        (alone("track_document", receive_number="4521"), "เลขรับ 4521", {"receive_number": "4521"}),
        (alone("track_document", document_number="ว 223"), "ว 223", {"document_number": "ว 223"}),
        (words("no_words"), "1335", {"running_number": "1335"}),
        (words("no_words"), "๑๓๓๕ ครับ", {"running_number": "1335"}),
        (words(), "ว 223 ค่ะ", {"running_number": "ว 223"}),
        (words(), "จัดซื้อเครื่องพิมพ์", {"words": "จัดซื้อเครื่องพิมพ์"}),
        (words(), "ไม่ทราบเลขที่ค่ะ", {}),
    ],
)
def test_what_was_asked_for_completes_what_was_wanted(heard, text, slots):
    assert meant(heard, WAITS_TO_FOLLOW, text) == ("follow_document", slots)


def test_a_title_named_as_one_completes_it_too():
    heard = Understanding("track_document", {"title": "จัดซื้อเครื่องพิมพ์"}, 1.0, (), {"title": "จัดซื้อเครื่องพิมพ์"})
    assert meant(heard, WAITS_TO_FOLLOW, "เรื่องจัดซื้อเครื่องพิมพ์") == ("follow_document", dict(heard.slots))
    assert meant(heard, WAITS_TO_FOLLOW, "เรื่องจัดซื้อเครื่องพิมพ์ ถึงไหนแล้ว") == ("track_document", dict(heard.slots))


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        (Understanding("duty_queue"), "คิวงาน"),
        (Understanding("track_document", {"document_number": "1/2"}, 1.0, (), {"document_number": "1/2"}), "1/2 ถึงไหน"),
        (Understanding("cancel"), "ยกเลิก"),
        (words(), "อะไรนะ"),
        (words("elsewhere"), "ฝนจะตกหนักมาก"),
        (alone(unit=BANG_RAK), "บางรัก"),
    ],
)
def test_what_is_plainly_another_matter_stays_what_it_is(heard, text):
    assert in_conversation(heard, WAITS_TO_FOLLOW, text) is heard


def test_an_order_keeps_what_was_said_of_it_until_its_letter_comes():
    topic = Topic("update_document", {"stage": "signed", "note": "แฟ้มด่วน"}, waits_for="document_number")
    heard = alone("track_document", document_number="1902/1335")
    assert meant(heard, topic) == (
        "update_document",
        {"stage": "signed", "note": "แฟ้มด่วน", "document_number": "1902/1335"},
    )


def test_an_indicator_that_was_asked_for_is_taken_with_what_stands_beside_it():
    topic = Topic("query_indicator", {"period": "month"}, waits_for="indicator")
    heard = alone("query_indicator", indicator="8308", unit=DIN_DAENG)
    assert meant(heard, topic) == ("query_indicator", {"indicator": "8308", "unit": DIN_DAENG, "period": "month"})


# --- following up ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("say", [follow_up, alone])
@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ({"unit": BANG_RAK}, {"indicator": "8308", "unit": BANG_RAK, "period": "month"}),
        ({"group": "กธ.ใต้"}, {"indicator": "8308", "group": "กธ.ใต้", "period": "month"}),
        ({"period": "FY2570-Q2"}, {"indicator": "8308", "unit": DIN_DAENG, "period": "FY2570-Q2"}),
    ],
)
def test_another_unit_group_or_period_of_the_same_indicator(say, said, changed):
    assert meant(say(**said), ASKED_8308) == ("query_indicator", changed)


def test_a_unit_takes_the_place_of_a_group():
    topic = Topic("query_indicator", {"indicator": "8308", "group": "กธ.ใต้"})
    assert meant(follow_up(unit=BANG_RAK), topic) == ("query_indicator", {"indicator": "8308", "unit": BANG_RAK})


def test_a_follow_up_of_a_report_asks_and_a_bare_unit_is_asked_about():
    topic = Topic("report_progress", {"indicator": "8308"})
    told = {"indicator": "8308", "unit": BANG_RAK}
    assert meant(follow_up(unit=BANG_RAK), topic) == ("query_indicator", told)
    assert meant(alone(unit=BANG_RAK), topic) == ("unsure", {"report_progress": told, "query_indicator": told})


NOT_REPORTED = Topic("who_has_not_reported", {"indicator": "8308", "group": "กธ.ใต้", "period": "month"})
WAITING = Topic("review_reports", {"indicator": "8308", "unit": DIN_DAENG})


@pytest.mark.parametrize(
    ("said", "intent", "changed"),
    [
        ({"group": "กท.กลาง"}, "who_has_not_reported", {"indicator": "8308", "group": "กท.กลาง", "period": "month"}),
        ({"period": "2026-10"}, "who_has_not_reported", {"indicator": "8308", "group": "กธ.ใต้", "period": "2026-10"}),
        ({"unit": BANG_RAK}, "query_indicator", {"indicator": "8308", "unit": BANG_RAK, "period": "month"}),
    ],
)
@pytest.mark.parametrize("say", [follow_up, alone])
def test_who_else_has_not_reported_and_what_one_unit_did(say, said, intent, changed):
    assert meant(say(**said), NOT_REPORTED) == (intent, changed)


def test_another_indicator_is_asked_of_in_the_same_way():
    other = follow_up("query_indicator", indicator="DISBURSE")
    assert meant(other, NOT_REPORTED) == (
        "who_has_not_reported",
        {"indicator": "DISBURSE", "group": "กธ.ใต้", "period": "month"},
    )
    assert meant(other, WAITING) == ("review_reports", {"indicator": "DISBURSE", "unit": DIN_DAENG})
    assert meant(alone("query_indicator", indicator="DISBURSE"), NOT_REPORTED)[0] == "query_indicator"


def test_what_waits_of_another_unit_and_how_a_group_fares():
    assert meant(follow_up(unit=BANG_RAK), WAITING) == ("review_reports", {"indicator": "8308", "unit": BANG_RAK})
    assert meant(follow_up(group="กธ.ใต้"), WAITING) == ("query_indicator", {"indicator": "8308", "group": "กธ.ใต้"})


def test_after_ones_own_indicators_another_unit_is_asked_about():
    assert meant(follow_up(unit=BANG_RAK), Topic("my_indicators", {})) == ("query_indicator", {"unit": BANG_RAK})
    assert meant(follow_up(period="month"), Topic("my_indicators", {}))[0] == "unsure"


@pytest.mark.parametrize("said", [{}, {"group": "กธ.ใต้"}, {"period": "2026-10"}])
def test_who_has_not_reported_is_of_the_indicator_that_was_spoken_of(said):
    heard = alone("who_has_not_reported", **said)
    assert leans_on_conversation(heard)
    assert meant(heard, ASKED_8308) == ("who_has_not_reported", {"indicator": "8308", "period": "month", **said})
    assert in_conversation(heard, SHOWN, "…") is heard
    assert in_conversation(heard, None, "…") is heard


def test_what_asks_about_reports_needs_no_indicator():
    assert {missing_slot(intent, {}) for intent in ("review_reports", "who_has_not_reported", "my_indicators")} == {
        None
    }
    assert in_conversation(Understanding("review_reports"), ASKED_8308, "รออนุมัติ").slots == {}


def test_a_figure_is_asked_of_the_indicator_that_was_not_reported():
    heard = Understanding("query_indicator", {"unit": BANG_RAK}, 1.0, (), {"unit": BANG_RAK})
    assert meant(heard, NOT_REPORTED)[1] == {"indicator": "8308", "unit": BANG_RAK, "period": "month"}


@pytest.mark.parametrize("named", [{"document_number": "กท 5301/78"}, {"receive_number": "4522"}])
def test_another_letter_of_the_same_question(named):
    assert meant(follow_up("track_document", **named), SHOWN) == ("track_document", named)
    updated = Topic("update_document", LETTER, waits_for=CONFIRMATION)
    assert meant(follow_up("track_document", **named), updated) == ("track_document", named)


def test_half_a_number_follows_up_too():
    heard = Understanding("unknown", {}, 0.9, follows_up=True, kind="words")
    assert meant(heard, SHOWN, "แล้ว 1336 ล่ะ") == ("track_document", {"running_number": "1336"})


def test_a_deed_is_not_done_to_another_letter_on_a_follow_up():
    named = {"document_number": "กท 5301/78"}
    done = Topic("follow_document", LETTER)
    assert meant(follow_up("track_document", **named), done) == (
        "unsure",
        {"follow_document": named, "track_document": named},
    )


def test_a_bare_number_after_a_deed_is_a_question():
    heard = alone("track_document", document_number="กท 5301/78")
    assert meant(heard, Topic("follow_document", LETTER)) == ("track_document", {"document_number": "กท 5301/78"})


# --- leaving the letter unsaid --------------------------------------------------------------------------------------


@pytest.mark.parametrize("intent", ["track_document", "follow_document", "unfollow_document"])
def test_what_names_no_letter_means_the_one_that_was_shown(intent):
    assert meant(Understanding(intent), SHOWN) == (intent, LETTER)


def test_a_told_stage_means_the_letter_that_was_shown():
    heard = Understanding("update_document", {"stage": "signed"}, 1.0, (), {"stage": "signed"})
    assert meant(heard, SHOWN) == ("update_document", {"stage": "signed", **LETTER})


def test_where_it_stands_means_what_was_last_spoken_of():
    heard = Understanding("unknown", {}, 0.3, (Meaning("track_document", {}, 0.3), Meaning("query_indicator", {}, 0.2)))
    assert meant(heard, SHOWN, "ถึงไหนแล้ว") == ("track_document", LETTER)
    assert meant(heard, ASKED_8308, "ถึงไหนแล้ว") == ("query_indicator", dict(ASKED_8308.slots))
    assert meant(Understanding("track_document"), ASKED_8308, "ถึงไหนแล้ว")[0] == "query_indicator"
    assert meant(Understanding("track_document"), ASKED_8308, "หนังสือถึงไหนแล้ว") == ("track_document", {})


def test_another_date_is_another_letter():
    heard = Understanding("track_document", {"document_date": "2026-11-05"}, 1.0, (), {"document_date": "2026-11-05"})
    assert in_conversation(heard, SHOWN, "หนังสือลงวันที่ 5 พ.ย. ถึงไหนแล้ว") is heard


def test_what_is_offered_is_of_the_letter_too():
    heard = Understanding("follow_document", {}, 0.3, (Meaning("unfollow_document", {}, 0.3),))
    result = in_conversation(heard, SHOWN, "ตามนะ")
    assert (certainty_of(result), dict(result.slots)) == (Certainty.UNSURE, LETTER)
    assert dict(result.others[0].slots) == LETTER


# --- whatever is said after whatever --------------------------------------------------------------------------------

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "document": st.integers(1, 9),
    "document_number": st.sampled_from(["กท 1902/1335", "1902/1335", "ว 223"]),
    "receive_number": st.just("4521"),
    "document_date": st.just("2026-11-05"),
    "title": st.just("จัดซื้อเครื่องพิมพ์"),
    "indicator": st.sampled_from(["8308", "DISBURSE"]),
    "unit": st.sampled_from([DIN_DAENG, BANG_RAK]),
    "group": st.sampled_from(["กธ.ใต้", "กท.กลาง"]),
    "period": st.sampled_from(["month", "FY2570-Q2"]),
    "stage": st.sampled_from(["signed", "proposed"]),
    "request": st.integers(1, 99),
}
SAID = st.fixed_dictionaries({}, optional={name: value for name, value in VALUES.items() if name != "document"})
SHARE = st.floats(0, 1)
MEANINGS = st.builds(Meaning, st.sampled_from([name for name in INTENTS if name != "unknown"]), st.just({}), SHARE)


@st.composite
def heards(draw) -> Understanding:
    intent, said = draw(st.sampled_from(INTENTS)), draw(SAID)
    slots = {name: value for name, value in said.items() if name in SLOTS.get(intent, ())}
    others = tuple(draw(st.lists(MEANINGS, max_size=3)))
    follows_up, is_bare = draw(st.booleans()), bool(said) and draw(st.booleans())
    kind = draw(st.sampled_from(["words", "slots_alone", "no_words"])) if intent == "unknown" else ""
    return Understanding(intent, slots, draw(SHARE), others, said, follows_up, is_bare, "th", kind)


@st.composite
def topics(draw) -> Topic:
    intent = draw(st.sampled_from([name for name in INTENTS if name not in ASIDE]))
    allowed = {*SLOTS.get(intent, ()), *(LETTER_SLOTS if intent in OF_LETTERS else ())}
    slots = {name: value for name, value in draw(SAID).items() if name in allowed}
    waits_for = draw(st.sampled_from([None, CONFIRMATION, missing_slot(intent, slots)]))
    return Topic(intent, slots, waits_for)


TEXTS = st.sampled_from(["1335", "ว 223", "แล้วล่ะ", "จัดซื้อเครื่องพิมพ์", "ถึงไหนแล้ว", "ไม่ทราบ", "บางรัก", ""])


@given(heards(), TEXTS)
def test_without_a_topic_a_text_means_what_it_says(heard, text):
    assert in_conversation(heard, None, text) is heard


@given(heards(), topics(), TEXTS)
def test_what_does_not_lean_on_the_conversation_means_what_it_says(heard, topic, text):
    if not leans_on_conversation(heard):
        assert in_conversation(heard, topic, text) is heard


@given(heards(), topics(), TEXTS)
def test_nothing_is_changed_that_nobody_ordered(heard, topic, text):
    """A sure order comes out only of an order, or of the answer to the question that an order led to."""
    result = in_conversation(heard, topic, text)
    if result.intent in WRITES and certainty_of(result) is Certainty.SURE:
        assert (
            result.intent == heard.intent
            or (result.intent == topic.intent and topic.waits_for in LETTER_SLOTS)
            or (result.intent == topic.intent and topic.waits_for == "indicator")
        )


@given(heards(), topics(), TEXTS)
def test_an_uncertain_order_grows_no_surer(heard, topic, text):
    result = in_conversation(heard, topic, text)
    if heard.intent in WRITES and result.intent == heard.intent and topic.waits_for is None:
        assert result.confidence <= heard.confidence


@given(heards(), topics(), TEXTS)
def test_slots_belong_to_what_is_meant_and_name_one_place(heard, topic, text):
    result = in_conversation(heard, topic, text)
    allowed = {*SLOTS.get(result.intent, ()), *(LETTER_SLOTS if result.intent in OF_LETTERS else ())}
    assert result.slots.keys() <= allowed
    if (
        result is not heard
        and not {"unit", "group"} <= heard.said.keys()
        and not {"unit", "group"} <= topic.slots.keys()
    ):
        assert not {"unit", "group"} <= result.slots.keys()


@given(heards(), topics(), TEXTS)
def test_what_was_said_now_outweighs_what_was_said_before(heard, topic, text):
    result = in_conversation(heard, topic, text)
    for name in ("document_number", "receive_number", "indicator", "unit", "period"):
        if name in heard.slots and name in result.slots:
            assert result.slots[name] == heard.slots[name]
