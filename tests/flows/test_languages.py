"""Who is answered in English: whose LINE is not in Thai and who wrote English last; everybody else in Thai."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.line import LINEError
from bot.schedule import read_profiles
from models.members import Member, Role
from models.requests import TrackingRequest
from tests.office import SECRETARIAT, labels_of, text_of

ANN, SOMCHAI, SOMSRI, SECRETARY, STRANGER = ("U" + letter * 32 for letter in "abcde")
LETTER, SUBJECT = "กท 1902/1335", "ขออนุมัติจัดจ้างซ่อมบำรุงลิฟต์"
THAI_LETTERS = re.compile("[ก-๛]")


@pytest.fixture
def town(office):
    """Ann has LINE in English, Somchai and Somsri in Thai; the clock has read their profiles."""
    office.add_member(ANN, language="en-GB")
    office.add_member(SOMCHAI)
    office.add_member(SOMSRI)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    read_profiles(office.services)
    return office


def is_english(messages) -> bool:
    """Whether what is said is English, but for the letter's number and subject and the words that buttons keep."""
    said = text_of(messages).replace(LETTER, "").replace(SUBJECT, "").replace(SECRETARIAT, "")
    return bool(said.strip()) and not THAI_LETTERS.search(said)


def known_of(office, person: str) -> tuple[str | None, bool]:
    with office.database.reading() as session:
        member = session.scalars(select(Member).where(Member.line_user_id == person)).one()
        return member.language, member.writes_english


def told_after(office, label: str):
    """What each asker is told once the secretary has tapped: Ann in a push, the others in one multicast."""
    before = {person: len(office.line.messages_to(person)) for person in (ANN, SOMCHAI, SOMSRI)}
    calls = len(office.calls("push", "multicast"))
    office.taps(SECRETARY, label)
    sent = office.calls("push", "multicast")[calls:]
    assert [sorted(call.sent["to"]) for call in sent if call.kind == "multicast"] == [[SOMCHAI, SOMSRI]]
    assert [call.sent["to"] for call in sent if call.kind == "push"] == [ANN]
    return {person: [row.message for row in office.line.messages_to(person)[at:]] for person, at in before.items()}


def test_the_answer_is_in_the_language_of_the_last_words(town):
    town.add_letter(LETTER)

    answer = town.says(ANN, f"Where is letter {LETTER}?")
    assert "is with the executive for consideration since 20 Nov 2026, 09:00" in text_of(answer)
    assert is_english(answer)
    assert {"Follow · ติดตามต่อ", "Talk to an officer"} <= set(labels_of(answer))
    assert is_english(town.taps(ANN, "Follow · ติดตามต่อ"))

    assert is_english(town.says(ANN, LETTER))  # a number is of no language
    assert not is_english(town.says(ANN, f"หนังสือ {LETTER} ถึงไหนแล้ว"))
    assert not is_english(town.says(ANN, LETTER))
    assert is_english(town.says(ANN, "what about my requests"))


def test_english_words_alone_or_a_foreign_line_alone_do_not_change_the_language(town):
    town.add_letter(LETTER)

    assert not is_english(town.says(SOMCHAI, f"Where is letter {LETTER}?"))
    assert known_of(town, SOMCHAI) == ("th", True)
    assert not is_english(town.says(ANN, f"หนังสือ {LETTER} ถึงไหนแล้ว"))
    town.line.add_friend(STRANGER, "Stranger", "en")
    assert not is_english(town.says(STRANGER, "Where is my letter?"))


def test_a_refusal_is_in_the_language_of_the_words_it_refuses(town):
    assert text_of(town.says(ANN, "queue")) == (
        "Your role does not allow this. If you need it, please ask your administrator."
    )
    assert known_of(town, ANN) == ("en-GB", True)


def test_one_answer_reaches_each_asker_once_and_in_their_language(town):
    town.says(ANN, "Where is letter กท 9999/1?")
    for person in (SOMCHAI, SOMSRI):
        town.says(person, "หนังสือ กท 9999/1 ถึงไหนแล้ว")
    card = [row.message for row in town.line.messages_to(SECRETARY)]
    assert {"รับทราบ", "แจ้งผล", "โอนให้…"} == set(labels_of(card))

    told = told_after(town, "รับทราบ")
    assert text_of(told[ANN]) == (f"{SECRETARIAT} has acknowledged กท 9999/1. You will have an answer by 09:30.")
    assert {text_of(told[SOMCHAI]), text_of(told[SOMSRI])} == {
        f"{SECRETARIAT}รับทราบ กท 9999/1 แล้ว จะแจ้งผลภายใน 09.30 น."
    }
    town.taps(SECRETARY, "แจ้งผล")
    told = told_after(town, "ยังไม่พบหนังสือ")
    assert "The letter has not been found yet." in text_of(told[ANN])
    assert all("ยังไม่พบหนังสือ กรุณาตรวจสอบเลขที่" in text_of(told[person]) for person in (SOMCHAI, SOMSRI))

    assert {"Very high · มากที่สุด", "Not answered yet"} <= set(labels_of(told[ANN]))
    with town.database.reading() as session:
        assert {request.answered_at for request in session.scalars(select(TrackingRequest))} == {town.clock.now()}


def test_an_officers_words_are_passed_on_as_they_are(town):
    town.says(ANN, "Where is letter กท 9999/1?")
    town.says(SECRETARY, "#1 อยู่ที่กองกลาง รอลงนาม")

    told = town.line.messages_to(ANN)[-2].message
    assert told["text"] == f"Answer from {SECRETARIAT} on request #1, กท 9999/1\nอยู่ที่กองกลาง รอลงนาม"


def test_what_is_asked_of_an_officer_in_english_reaches_colleagues_in_thai(town):
    town.add_letter(LETTER, at=town.clock.now() - timedelta(days=30))
    town.says(ANN, f"Where is letter {LETTER}?")
    town.says(ANN, "withdraw request #1")
    town.says(ANN, "Where is letter กท 9999/1?")
    town.taps(SECRETARY, "รับทราบ")
    assert is_english(town.taps(ANN, "Withdraw request"))

    pushed = json.dumps([row.message for row in town.line.messages_to(SECRETARY)], ensure_ascii=False)
    assert not re.search(r"Request|request #|Withdraw|since|letter\b(?! กท)", pushed.replace("Where is letter", ""))


def test_profiles_are_read_behind_the_scenes_and_again_of_those_who_write_english(town):
    town.line.add_friend(ANN, "Ann", "th")
    town.line.add_friend(SOMCHAI, "Somchai", "en")
    read_profiles(town.services)
    assert (known_of(town, ANN)[0], known_of(town, SOMCHAI)[0]) == ("en-GB", "th")

    town.says(ANN, "my requests")
    town.clock.advance(days=31)
    town.line.faults.fail_next(500, endpoint="profile")
    with pytest.raises(LINEError):
        read_profiles(town.services)
    assert known_of(town, ANN)[0] == "en-GB"
    read_profiles(town.services)
    assert (known_of(town, ANN)[0], known_of(town, SOMCHAI)[0]) == ("th", "th")


def test_who_has_not_allowed_line_to_tell_is_answered_in_thai(office):
    office.add_member(ANN, language=None)
    office.add_member(SOMSRI, language="en")
    office.line.unfollow(SOMSRI)
    read_profiles(office.services)
    calls = len(office.line.calls)
    read_profiles(office.services)

    assert len(office.line.calls) == calls  # nobody is asked about again and again
    assert not is_english(office.says(ANN, "my requests"))
