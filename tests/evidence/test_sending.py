"""Coordinators send photos and files in the chat: what is kept, what is refused, and what taking back removes."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from bot.events import read_event
from bot.evidence_files import BYTES_PER_MB
from bot.receiving import receive_content
from bot.schedule import forget_old_texts, sweep_withdrawn_evidence
from models import inbox
from models.errors import Refused
from models.evidence import HOLD, EvidenceFile, EvidenceItem
from models.inbox import CONTENT_LEASE, InboxEvent, InboxState
from models.members import Role, find_member
from tests.evidence.makers import CSV, EXE, PDF, photo
from tests.office import text_of

COORDINATOR, OFFICER, ADMIN = ("U" + letter * 32 for letter in "abc")
RECEIVED = "เก็บไว้เป็นหลักฐาน"


@pytest.fixture
def desk(office):
    office.add_member(COORDINATOR, Role.COORDINATOR)
    return office


def sends_photo(office, data=None, who=COORDINATOR):
    office.line.user_sends_image(who, data or photo(), "image/jpeg")
    return text_of(office.work(who))


def sends_file(office, name, data, who=COORDINATOR):
    office.line.user_sends_file(who, name, data)
    return text_of(office.work(who))


def items(office):
    with office.database.reading() as session:
        found = list(session.scalars(select(EvidenceItem).order_by(EvidenceItem.id)))
        session.expunge_all()
        return found


def known_files(office):
    with office.database.reading() as session:
        return set(session.scalars(select(EvidenceFile.sha256)))


def files(office):
    """What lies in the folder, by name."""
    return {path.name: path.read_bytes() for path in office.evidence_folder.rglob("*") if path.is_file()}


def events(office):
    with office.database.reading() as session:
        return [(event.state, event.failure) for event in session.scalars(select(InboxEvent).order_by(InboxEvent.id))]


class TestKept:
    def test_a_photo_is_kept_without_where_it_was_taken(self, desk):
        assert RECEIVED in sends_photo(desk)
        (item,) = items(desk)
        ((name, data),) = files(desk).items()
        assert (item.sha256, item.size, item.content_type) == (name, len(data), "image/jpeg")
        assert (item.file_name, item.withdrawn_at, item.received_at) == (None, None, desk.clock.now())
        assert b"PhoneMakerOfTests" in photo()
        with Image.open(BytesIO(data)) as kept:
            assert (kept.size, dict(kept.getexif())) == ((48, 32), {})

    def test_it_is_the_senders_and_the_units(self, desk):
        sends_photo(desk)
        with desk.database.reading() as session:
            sender = find_member(session, COORDINATOR)
            assert [(item.member_id, item.unit_id) for item in items(desk)] == [(sender.id, sender.unit_id)]

    def test_a_file_keeps_its_name_and_its_bytes(self, desk):
        assert "รายงาน 8308.pdf" in sends_file(desk, "รายงาน 8308.pdf", PDF)
        assert [(item.file_name, item.content_type) for item in items(desk)] == [("รายงาน 8308.pdf", "application/pdf")]
        assert list(files(desk).values()) == [PDF]

    def test_the_same_photo_sent_twice_lies_there_once(self, desk):
        sends_photo(desk)
        sends_photo(desk)
        assert len(items(desk)) == 2
        assert len(files(desk)) == 1

    def test_a_redelivered_event_brings_nothing_twice(self, desk):
        sends_photo(desk)
        desk.line.redeliver()
        desk.work()
        assert len(items(desk)) == 1

    def test_an_admin_may_send_too(self, office):
        office.add_member(ADMIN, Role.ADMIN)
        assert RECEIVED in sends_photo(office, who=ADMIN)

    def test_what_comes_after_the_photo_waits_for_it(self, desk):
        desk.line.user_sends_image(COORDINATOR, photo())
        desk.line.user_sends(COORDINATOR, "สวัสดี")
        said = desk.work(COORDINATOR)
        assert RECEIVED in said[0]["text"]
        assert len(said) == 2


class TestNotFetched:
    def fetched(self, office):
        return [call for call in office.line.calls if call.kind == "content"]

    def test_what_others_send_is_not_fetched(self, office):
        office.add_member(OFFICER)
        assert "รูปภาพ" in sends_photo(office, who=OFFICER)
        assert (self.fetched(office), items(office)) == ([], [])

    def test_what_strangers_send_is_not_fetched(self, office):
        office.line.add_friend(OFFICER, "คนแปลกหน้า")
        assert "ลงทะเบียน" in sends_photo(office, who=OFFICER)
        assert self.fetched(office) == []

    def test_what_lies_elsewhere_is_not_fetched(self, desk):
        provider = {"type": "external", "originalContentUrl": "https://example.org/a.jpg"}
        message = {"id": "1", "type": "image", "contentProvider": provider}
        desk.line.send_event("message", COORDINATOR, {"message": message})
        desk.work()
        assert (self.fetched(desk), items(desk)) == ([], [])

    def test_what_is_said_in_a_group_is_not_fetched(self, desk):
        group = "C" + "1" * 32
        desk.line.join_group(group, "กลุ่ม", [COORDINATOR])
        desk.line.user_sends_image(COORDINATOR, photo(), group_id=group)
        desk.work()
        assert self.fetched(desk) == []

    def test_a_sound_is_refused_unheard(self, desk):
        desk.line.user_sends_audio(COORDINATOR, b"sound", 1000)
        assert "ไฟล์ชนิดนี้ใช้เป็นหลักฐานไม่ได้" in text_of(desk.work(COORDINATOR))
        assert self.fetched(desk) == []


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("report.pdf", EXE, "ไฟล์ชนิดนี้ใช้เป็นหลักฐานไม่ได้"),
            ("empty.pdf", b"", "ว่างเปล่า"),
            ("photo.jpg", photo()[:600], "เสียหาย"),
            ("big.pdf", PDF + b" " * (10 * BYTES_PER_MB), "ใหญ่เกิน 10 เมกะไบต์"),
        ],
    )
    def test_what_cannot_be_taken_is_refused_in_words_and_leaves_nothing(self, desk, name, data, words):
        assert words in sends_file(desk, name, data)
        assert (items(desk), files(desk), known_files(desk)) == ([], {}, set())
        assert [state for state, _ in events(desk)] == [InboxState.DONE]

    def test_what_is_gone_at_line_is_asked_for_again(self, desk):
        event = desk.line.user_sends_image(COORDINATOR, photo())
        desk.line.world.contents[event["message"]["id"]].gone = True
        assert "กรุณาส่งใหม่" in text_of(desk.work(COORDINATOR))
        assert items(desk) == []


class TestTriedAgain:
    def test_what_line_has_not_ready_for_a_minute_is_kept_all_the_same(self, desk):
        message = desk.line.user_sends_image(COORDINATOR, photo())["message"]["id"]
        desk.line.world.contents[message].ready = False
        assert desk.work(COORDINATOR) == []
        assert events(desk) == [(InboxState.WAITING, "content_not_ready")]
        for _ in range(60):
            desk.clock.advance(seconds=1)
            assert desk.work(COORDINATOR) == []
        desk.line.content_is_ready(message)
        desk.clock.advance(seconds=60)
        assert RECEIVED in text_of(desk.work(COORDINATOR))
        assert len(items(desk)) == 1

    def test_a_fault_of_line_is_passed_over(self, desk):
        desk.line.faults.fail_next(500, endpoint="content")
        assert sends_photo(desk) == ""
        desk.clock.advance(seconds=1)
        assert RECEIVED in text_of(desk.work(COORDINATOR))

    def test_a_store_that_is_away_is_waited_for(self, desk):
        desk.evidence_folder.rmdir()
        desk.evidence_folder.write_text("a file in the way")
        assert sends_photo(desk) == ""
        assert events(desk) == [(InboxState.WAITING, "StoreFailed")]
        desk.evidence_folder.unlink()
        desk.clock.advance(seconds=1)
        assert RECEIVED in text_of(desk.work(COORDINATOR))
        assert len(files(desk)) == 1

    def test_what_stays_away_ends_with_a_word_to_the_sender(self, desk):
        desk.line.faults.fail_next(500, endpoint="content", count=99)
        sends_photo(desk)
        for _ in range(20):
            desk.clock.advance(seconds=60)
            desk.work()
        assert "ระบบขัดข้องชั่วคราว" in text_of(row.message for row in desk.line.messages_to(COORDINATOR))
        assert events(desk) == [(InboxState.DEAD, "answer_500")]


class TestKilled:
    def begin(self, office):
        """A worker claims the photo, fetches it and puts it away, and is killed before it records anything."""
        office.line.user_sends_image(COORDINATOR, photo())
        with office.database.single_statement() as connection:
            claimed = inbox.claim_next_event(connection, COORDINATOR, office.clock.now())
        return receive_content(office.services, claimed, read_event(claimed.raw))

    def test_between_the_file_and_the_row_another_worker_does_it_again(self, desk):
        begun = self.begin(desk)
        assert not isinstance(begun, Refused)
        assert (list(files(desk)), items(desk)) == ([begun.new.held.sha256], [])
        desk.clock.advance(seconds=CONTENT_LEASE.total_seconds())
        assert RECEIVED in text_of(desk.work(COORDINATOR))
        assert (len(items(desk)), len(files(desk))) == (1, 1)
        desk.clock.advance(seconds=2 * HOLD.total_seconds())
        sweep_withdrawn_evidence(desk.services)
        assert len(files(desk)) == 1

    def test_what_nobody_ever_records_goes_when_its_time_is_over(self, desk):
        self.begin(desk)
        desk.clock.advance(seconds=HOLD.total_seconds() - 1)
        sweep_withdrawn_evidence(desk.services)
        assert len(files(desk)) == 1
        desk.clock.advance(seconds=1)
        sweep_withdrawn_evidence(desk.services)
        assert (files(desk), known_files(desk)) == ({}, set())

    def test_a_lease_is_held_as_long_as_fetching_may_take(self, desk):
        self.begin(desk)
        desk.clock.advance(seconds=CONTENT_LEASE.total_seconds() - 1)
        assert desk.work(COORDINATOR) == []

    def test_tables_are_handed_on_to_be_read(self, desk):
        desk.line.user_sends_file(COORDINATOR, "a.csv", CSV)
        with desk.database.single_statement() as connection:
            claimed = inbox.claim_next_event(connection, COORDINATOR, desk.clock.now())
        received = receive_content(desk.services, claimed, read_event(claimed.raw))
        assert (received.table_bytes, received.new.file_name) == (CSV, "a.csv")


class TestTakenBack:
    def test_the_file_goes_at_once_and_nothing_tells_of_it(self, desk):
        sends_file(desk, "secret plan.pdf", PDF)
        desk.line.unsend(COORDINATOR)
        desk.work()
        assert (files(desk), known_files(desk)) == ({}, set())
        (item,) = items(desk)
        assert item.withdrawn_at is not None
        assert item.file_name is None

    def test_a_file_that_another_sent_too_stays(self, desk):
        desk.add_member(ADMIN, Role.ADMIN)
        sends_photo(desk)
        sends_photo(desk, who=ADMIN)
        desk.line.unsend(COORDINATOR)
        desk.work()
        assert len(files(desk)) == 1
        desk.line.unsend(ADMIN)
        desk.work()
        assert files(desk) == {}

    def test_the_same_photo_sent_again_is_kept_again(self, desk):
        sends_photo(desk)
        desk.line.unsend(COORDINATOR)
        desk.work()
        assert RECEIVED in sends_photo(desk)
        assert len(files(desk)) == 1

    def test_what_was_sent_for_nothing_is_kept_as_long_as_texts_are(self, desk):
        sends_photo(desk)
        desk.clock.advance(days=45)
        sends_file(desk, "a.pdf", PDF)
        desk.clock.advance(days=45, seconds=1)
        forget_old_texts(desk.services)
        assert [item.withdrawn_at is None for item in items(desk)] == [False, True]
        sweep_withdrawn_evidence(desk.services)
        assert list(files(desk).values()) == [PDF]

    def test_where_the_store_is_away_the_clock_deletes_later(self, desk):
        sends_photo(desk)
        (path,) = [path for path in desk.evidence_folder.rglob("*") if path.is_file()]
        data = path.read_bytes()
        path.unlink()
        path.mkdir()  # a folder cannot be deleted as a file
        desk.line.unsend(COORDINATOR)
        desk.work()
        assert events(desk)[-1][0] is InboxState.DONE
        path.rmdir()
        path.write_bytes(data)
        desk.clock.advance(minutes=3)
        sweep_withdrawn_evidence(desk.services)
        assert (files(desk), known_files(desk)) == ({}, set())
