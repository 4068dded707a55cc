"""Everything else people do in a chat: adding the account, leaving, taking back, sending what is no text, groups."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.documents import Document, Secrecy, Stage
from models.inbox import InboxEvent
from models.members import Role, find_member
from tests.office import DISTRICT, OTHER_DISTRICT, SECRETARIAT, labels_of, text_of

OFFICER, ADMIN, SECRETARY = ("U" + letter * 32 for letter in "abc")
GROUP = "C" + "1" * 32


def test_who_adds_the_account_is_told_how_to_register(office):
    office.line.add_person(OFFICER, "คนใหม่")
    office.line.follow(OFFICER)

    assert "ลงทะเบียน" in text_of(office.work(OFFICER) or [m.message for m in office.line.messages_to(OFFICER)])


def test_who_blocks_the_account_gets_nothing_until_coming_back(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.add_letter(stage=Stage.PROPOSED)
    office.says(OFFICER, "ติดตามต่อ กท 1902/1335")
    office.line.unfollow(OFFICER)
    office.work()

    office.says(SECRETARY, "กท 1902/1335 ปลัดลงนามแล้ว")
    office.taps(SECRETARY, "ยืนยัน")
    assert office.calls("push", "multicast") == []

    office.line.follow(OFFICER)
    office.work()
    with office.database.reading() as session:
        assert find_member(session, OFFICER).blocked_at is None


def test_a_message_taken_back_is_emptied(office):
    office.add_member(OFFICER)
    office.says(OFFICER, "กท 1902/1335")
    office.line.unsend(OFFICER)
    office.work()

    with office.database.reading() as session:
        texts = session.scalars(select(InboxEvent.raw).where(InboxEvent.type == "message")).all()
    assert texts == [None]


UNUSABLE = {
    "sticker": lambda line: line.user_sends_sticker(OFFICER),
    "image": lambda line: line.user_sends_image(OFFICER, b"picture"),
    "file": lambda line: line.user_sends_file(OFFICER, "report.pdf", b"%PDF-"),
    "location": lambda line: line.user_sends_location(OFFICER, 13.75, 100.5),
    "audio": lambda line: line.user_sends_audio(OFFICER, b"sound", 1000),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_is_no_text_gets_one_helpful_line(office, kind):
    office.add_member(OFFICER)
    UNUSABLE[kind](office.line)

    answer = office.work(OFFICER)
    assert len(answer) == 1
    assert text_of(answer)


def test_an_officer_is_reached_and_the_answer_comes_back(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.add_letter()
    office.says(OFFICER, "กท 1902/1335")

    assert "#1" in text_of(office.taps(OFFICER, "ขอคุยกับเจ้าหน้าที่"))
    card = office.line.messages_to(SECRETARY)[-1].message
    assert {"รับทราบ", "แจ้งผล"} <= set(labels_of([card]))

    office.taps(SECRETARY, "รับทราบ")
    assert SECRETARIAT in text_of([office.line.messages_to(OFFICER)[-1].message])
    office.says(SECRETARY, "#1 เสนอรองปลัดแล้วเมื่อเช้า")
    answered = [row.message for row in office.line.messages_to(OFFICER)[-2:]]  # the last asks how it was
    assert "เสนอรองปลัดแล้วเมื่อเช้า" in text_of(answered)


def test_requests_are_listed_with_the_number_of_their_letter(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    letter = office.add_letter()
    office.says(OFFICER, "กท 1902/1335")
    office.taps(OFFICER, "ขอคุยกับเจ้าหน้าที่")

    assert "#1 กท 1902/1335" in text_of(office.says(OFFICER, "คำขอของฉัน"))
    assert "#1 กท 1902/1335" in text_of(office.says(SECRETARY, "คิวค้าง"))

    with office.database.transaction() as session:
        session.get(Document, letter).secrecy = Secrecy.SECRET
    assert "1335" not in text_of(office.says(OFFICER, "คำขอของฉัน"))
    assert "1335" not in text_of(office.says(SECRETARY, "คิวค้าง"))


def test_a_second_answer_to_a_request_is_refused(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.says(OFFICER, "ขอคุยกับเจ้าหน้าที่")
    office.says(SECRETARY, "#1 ลงนามแล้ว")

    assert "แจ้งผลแล้ว" in text_of(office.says(SECRETARY, "#1 ลงนามแล้ว"))
    assert "ไม่พบคำขอ #99" in text_of(office.says(SECRETARY, "#99 ลงนามแล้ว"))


class TestGroups:
    @pytest.fixture
    def group(self, office):
        office.add_member(OFFICER)
        office.add_member(ADMIN, Role.ADMIN, unit=SECRETARIAT)
        office.line.join_group(GROUP, "กลุ่มเขตดินแดง", [OFFICER, ADMIN])
        office.work()
        return GROUP

    def says(self, office, person, text):
        return office.says(person, text, group_id=GROUP, mention_bot=True)

    def test_silence_unless_mentioned_and_nothing_kept(self, office, group):
        office.add_letter()

        assert office.says(OFFICER, "กท 1902/1335 ถึงไหนแล้ว", group_id=GROUP) == []
        with office.database.reading() as session:
            assert session.scalars(select(InboxEvent.raw).where(InboxEvent.type == "message")).all() == [None]

    def test_a_linked_group_hears_of_its_own_units_letters(self, office, group):
        office.add_letter("กท 1902/1335")
        assert DISTRICT in text_of(self.says(office, ADMIN, f"ผูกกลุ่มกับ {DISTRICT}"))

        assert "เสนอผู้บริหารพิจารณา" in text_of(self.says(office, OFFICER, "กท 1902/1335 ถึงไหนแล้ว"))

    def test_what_belongs_to_another_unit_is_for_the_private_chat(self, office, group):
        office.add_letter("กท 5301/77", from_unit=OTHER_DISTRICT)
        self.says(office, ADMIN, f"ผูกกลุ่มกับ {DISTRICT}")

        assert "แชตส่วนตัว" in text_of(self.says(office, ADMIN, "กท 5301/77 ถึงไหนแล้ว"))
        assert "แชตส่วนตัว" in text_of(self.says(office, ADMIN, "กท 9999/1 ถึงไหนแล้ว"))

    def test_only_an_administrator_links_a_group(self, office, group):
        office.add_letter("กท 1902/1335")
        self.says(office, OFFICER, f"ผูกกลุ่มกับ {DISTRICT}")

        assert "แชตส่วนตัว" in text_of(self.says(office, OFFICER, "กท 1902/1335 ถึงไหนแล้ว"))

    def test_an_unlinked_group_hears_nothing(self, office, group):
        office.add_letter("กท 1902/1335")

        assert "แชตส่วนตัว" in text_of(self.says(office, OFFICER, "กท 1902/1335 ถึงไหนแล้ว"))
