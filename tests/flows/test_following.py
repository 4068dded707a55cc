"""Following a letter, and recording where it is."""

from __future__ import annotations

import pytest

from models.documents import Document, DocumentEvent, Secrecy, Stage
from models.members import Role
from tests.office import SECRETARIAT, labels_of, text_of

OFFICER, COLLEAGUE, SECRETARY = ("U" + letter * 32 for letter in "abc")


@pytest.fixture
def letter(office):
    office.add_member(OFFICER)
    office.add_member(COLLEAGUE)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    return office.add_letter("กท 1902/1335", stage=Stage.PROPOSED)


def record(office, text="กท 1902/1335 ปลัดลงนามแล้ว"):
    office.says(SECRETARY, text)
    return office.taps(SECRETARY, "ยืนยัน")


def test_a_followed_letter_that_moves_is_told_by_a_push(office, letter):
    office.says(OFFICER, "กท 1902/1335")
    office.taps(OFFICER, "ติดตามต่อ")

    record(office)

    assert "ลงนาม" in text_of([office.line.messages_to(OFFICER)[-1].message])
    assert [call.kind for call in office.calls("push", "multicast")] == ["push"]


def test_several_followers_get_one_multicast_each_once(office, letter):
    for person in (OFFICER, COLLEAGUE):
        office.says(person, "ติดตามต่อ กท 1902/1335")

    record(office)
    office.work()

    assert [(call.kind, sorted(call.sent["to"])) for call in office.calls("push", "multicast")] == [
        ("multicast", [OFFICER, COLLEAGUE])
    ]


def test_who_stops_following_hears_no_more(office, letter):
    office.says(OFFICER, "ติดตามต่อ กท 1902/1335")
    office.says(OFFICER, "เลิกติดตาม กท 1902/1335")

    record(office)

    assert office.calls("push", "multicast") == []


def test_a_letter_that_became_secret_is_told_to_nobody(office, letter):
    office.says(OFFICER, "ติดตามต่อ กท 1902/1335")
    record(office)
    before = len(office.calls("push", "multicast"))
    with office.database.transaction() as session:
        document = session.get(Document, letter)
        document.secrecy = Secrecy.SECRET
        document.stage = Stage.DISPATCHED
        session.add(
            DocumentEvent(
                document_id=letter,
                at=office.clock.now(),
                recorded_at=office.clock.now(),
                from_stage=Stage.SIGNED,
                to_stage=Stage.DISPATCHED,
                recorded_by="import",
            )
        )

    office.work()

    assert len(office.calls("push", "multicast")) == before
    assert "ไม่พบ" in text_of(office.says(OFFICER, "กท 1902/1335"))


def test_a_change_is_read_back_before_it_counts(office, letter):
    asked = office.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")
    assert {"ยืนยัน", "ยกเลิก"} <= set(labels_of(asked))
    assert "เสนอผู้บริหารพิจารณา" in text_of(office.says(OFFICER, "กท 1902/1335"))

    assert "ลงนาม" in text_of(office.says(SECRETARY, "ยืนยัน"))
    assert "ลงนาม" in text_of(office.says(OFFICER, "กท 1902/1335"))


def test_a_cancelled_change_is_not_recorded(office, letter):
    office.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")
    office.taps(SECRETARY, "ยกเลิก")

    assert "ไม่มี" in text_of(office.says(SECRETARY, "ยืนยัน"))
    assert "เสนอผู้บริหารพิจารณา" in text_of(office.says(OFFICER, "กท 1902/1335"))


def test_confirming_twice_records_once(office, letter):
    record(office)
    twice = office.taps(SECRETARY, "ยืนยัน")

    with office.database.reading() as session:
        count = session.connection().exec_driver_sql("SELECT count(*) FROM document_events").scalar()
    assert count == 3
    assert text_of(twice)


def test_an_officer_cannot_record_a_stage(office, letter):
    answer = office.says(OFFICER, "กท 1902/1335 ปลัดลงนามแล้ว")

    assert "ยืนยัน" not in labels_of(answer)
    assert "เสนอผู้บริหารพิจารณา" in text_of(office.says(OFFICER, "กท 1902/1335"))


def test_an_officer_who_replays_the_secretarys_button_changes_nothing(office, letter):
    office.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")
    office.line.user_taps(OFFICER, office.button(SECRETARY, "ยืนยัน"))
    office.work()

    assert "เสนอผู้บริหารพิจารณา" in text_of(office.says(OFFICER, "กท 1902/1335"))


def test_a_step_back_is_refused_in_words(office, letter):
    assert "ไม่ได้" in text_of(office.says(SECRETARY, "กท 1902/1335 รับเรื่องแล้ว"))
