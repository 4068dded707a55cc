"""Who sees which letter: a secret letter, a foreign one and none at all are the same thing to the person who asks."""

import pytest
from sqlalchemy import update

from models.documents import Document, DocumentReceipt
from models.errors import NotFound
from models.members import Role
from models.visibility import (
    OPERATOR,
    Viewer,
    count_letters_by_number,
    count_letters_by_receive_number,
    count_letters_by_title,
    get_letter,
    list_letters_by_number,
    list_letters_by_receive_number,
    list_letters_by_title,
    show_document,
)
from tests.documents.conftest import DISTRICT, OTHER_DISTRICT, SECTION, StatementLog, row


def numbers(lines):
    return [line.number for line in lines]


def reading(registry, function, viewer, *arguments, **options):
    with registry.database.reading() as session:
        return function(session, viewer, *arguments, **options)


class TestScope:
    @pytest.mark.parametrize(
        ("unit", "role", "seen"),
        [
            (DISTRICT, Role.OFFICER, ["กท 1/2", "กท 1/1"]),
            (SECTION, Role.OFFICER, ["กท 1/4", "กท 1/2", "กท 1/1"]),
            (OTHER_DISTRICT, Role.COORDINATOR, ["กท 1/3", "กท 1/2"]),
            (OTHER_DISTRICT, Role.SECRETARY, ["กท 1/4", "กท 1/3", "กท 1/2", "กท 1/1"]),
            (OTHER_DISTRICT, Role.MANAGER, ["กท 1/4", "กท 1/3", "กท 1/2", "กท 1/1"]),
        ],
    )
    def test_people_see_letters_of_their_unit_and_above_or_all_by_role(self, registry, unit, role, seen):
        registry.take_rows(
            row("กท 1/1"),
            row("กท 1/2", from_unit=OTHER_DISTRICT, addressee="ผู้อำนวยการเขตดินแดง"),
            row("กท 1/3", from_unit=OTHER_DISTRICT, addressee="ปลัดกรุงเทพมหานคร"),
            row("กท 1/4", from_unit=SECTION),
            row("กท 1/5", secrecy="ลับ"),
        )
        viewer = registry.viewer(registry.add_member("U1", unit, role))
        assert numbers(reading(registry, list_letters_by_title, viewer, "โครงการ")) == seen
        assert reading(registry, count_letters_by_title, viewer, "โครงการ") == len(seen)

    def test_in_a_group_nobody_sees_more_than_the_group(self, registry):
        registry.take_rows(row("กท 1/1"), row("กท 1/2", from_unit=OTHER_DISTRICT))
        own, other = registry.units[DISTRICT], registry.units[OTHER_DISTRICT]
        for viewer, units, seen in [
            (OPERATOR, {other}, ["กท 1/2"]),
            (Viewer(1, frozenset({own}), sees_all=False), {own, other}, ["กท 1/1"]),
            (Viewer(1, frozenset({own}), sees_all=False), {other}, []),
            (OPERATOR, set(), []),
        ]:
            narrowed = viewer.narrowed_to(units)
            assert numbers(reading(registry, list_letters_by_title, narrowed, "โครงการ")) == seen


class TestNothingIsTold:
    """Three letters: a foreign one, a secret one of the own unit, and none; every answer and statement is alike."""

    @pytest.fixture
    def asked(self, registry):
        registry.take_rows(
            row("กท 1/1", from_unit=OTHER_DISTRICT, receive_number="11", received_at="2026-11-02 09:00"),
            row("กท 1/2", secrecy="ลับ", receive_number="12", received_at="2026-11-02 09:00"),
        )
        return registry, registry.viewer(registry.add_member("U1"))

    def answers(self, registry, viewer, function, texts, **options):
        outcomes = []
        for text in texts:
            with StatementLog(registry.database.engine) as statements:
                try:
                    outcome = reading(registry, function, viewer, text, **options)
                except NotFound as refused:
                    outcome = refused.reason_code, refused.facts
            outcomes.append((outcome, list(statements)))
        return outcomes

    @pytest.mark.parametrize(
        ("function", "texts", "nothing"),
        [
            (get_letter, [1, 2, 999], ("letter_not_found", {})),
            (list_letters_by_number, ["กท 1/1", "กท 1/2", "กท 1/9"], []),
            (list_letters_by_number, ["1/1", "1/2", "1/9"], []),
            (count_letters_by_number, ["กท 1/1", "กท 1/2", "กท 1/9"], 0),
            (list_letters_by_receive_number, ["11", "12", "99"], []),
            (count_letters_by_receive_number, ["11/2569", "12/2569", "99/2569"], 0),
            (list_letters_by_title, ["ขออนุมัติ", "โครงการ", "ไม่มีคำนี้"], []),
            (count_letters_by_title, ["ขออนุมัติ", "โครงการ", "ไม่มีคำนี้"], 0),
        ],
    )
    def test_foreign_secret_and_absent_are_one(self, asked, function, texts, nothing):
        foreign, secret, absent = self.answers(*asked, function, texts)
        assert foreign == secret == absent
        assert foreign[0] == nothing
        assert foreign[1], "it asked the database in every case"

    @pytest.mark.parametrize(
        ("function", "secret", "absent"),
        [
            (get_letter, 2, 999),
            (list_letters_by_number, "กท 1/2", "กท 1/9"),
            (count_letters_by_number, "1/2", "1/9"),
            (list_letters_by_receive_number, "12", "99"),
            (count_letters_by_receive_number, "12", "99"),
            (list_letters_by_title, "ความลับ", "ไม่มีคำนี้"),
            (count_letters_by_title, "ความลับ", "ไม่มีคำนี้"),
        ],
    )
    def test_who_sees_every_letter_sees_no_secret_one_even_where_its_content_is_stored(
        self, asked, function, secret, absent
    ):
        registry, _ = asked
        with registry.database.transaction() as session:
            content = {"subject": "ความลับ", "subject_key": "ความลับ", "from_unit_id": registry.units[DISTRICT]}
            session.execute(update(Document).where(Document.secrecy != "normal").values(content))
            session.add(DocumentReceipt(document_id=2, receive_number="12"))
        viewer = registry.viewer(registry.add_member("U2", DISTRICT, Role.SECRETARY))
        told, untold = self.answers(registry, viewer, function, [secret, absent])
        assert told == untold

    def test_a_secret_letter_is_not_there_for_the_operator_either(self, asked):
        registry, _ = asked
        with registry.database.reading() as session:
            for text in ("กท 1/2", "กท 1/9", "ไม่ใช่เลขที่"):
                with pytest.raises(NotFound) as refused:
                    show_document(session, text)
                assert refused.value.facts == {"number": text}

    def test_of_a_secret_letter_only_number_secrecy_and_stage_are_stored(self, registry):
        told = {
            "subject": "คำสำคัญหนึ่ง",
            "note": "คำสำคัญสอง",
            "addressee": "คำสำคัญสาม",
            "urgency": "ด่วนที่สุด",
            "receive_number": "777",
        }
        registry.take_rows(row("กท 1/2", secrecy="ลับที่สุด", **told))
        stored = everything_in(registry.database)
        assert "กท 1/2" in stored and "top_secret" in stored
        assert not [word for word in ("คำสำคัญ", "most_urgent", "777") if word in stored]


def everything_in(database) -> str:
    from models.base import Base

    tables = ("documents", "document_events", "document_receipts")
    with database.reading() as session:
        return repr([session.execute(Base.metadata.tables[name].select()).all() for name in tables])


class TestFinding:
    def test_a_number_comes_again_over_the_years_newest_first(self, registry):
        registry.take_rows(row(date="2024-05-01"), row(date="2026-05-01"), row(date="2025-05-01"))
        lines = reading(registry, list_letters_by_number, OPERATOR, "ที่ กท ๑๙๐๒/๑๓๓๕")
        assert [line.document_date.year for line in lines] == [2026, 2025, 2024]
        assert len(reading(registry, list_letters_by_number, OPERATOR, "กท 1902/1335", limit=2)) == 2
        assert reading(registry, count_letters_by_number, OPERATOR, "กท 1902/1335") == 3

    def test_an_agency_narrows_and_its_absence_does_not(self, registry):
        registry.take_rows(row("กท 1902/1335"), row("มท 1902/1335"), row("1902/1336"))
        assert len(reading(registry, list_letters_by_number, OPERATOR, "1902/1335")) == 2
        assert numbers(reading(registry, list_letters_by_number, OPERATOR, "มท 1902/1335")) == ["มท 1902/1335"]
        assert numbers(reading(registry, list_letters_by_number, OPERATOR, "กท 1902/1336")) == ["1902/1336"]
        assert reading(registry, list_letters_by_number, OPERATOR, "มท 1902/1336") == []

    def test_a_circular_is_not_the_letter_of_that_number(self, registry):
        registry.take_rows(row("กท 0401/ว 223"))
        assert numbers(reading(registry, list_letters_by_number, OPERATOR, "กท0401/ว๒๒๓")) == ["กท 0401/ว 223"]
        assert reading(registry, list_letters_by_number, OPERATOR, "กท 0401/223") == []

    def test_receive_numbers_belong_to_a_year(self, registry):
        registry.take_rows(
            row("กท 1/1", receive_number="4521", received_at="30/10/2568 09:30", date="2025-10-29"),
            row("กท 1/2", receive_number="๔๕๒๑/๒๕๖๙"),
            row("กท 1/3", receive_number="4521", date="2026-01-01"),
        )
        find = list_letters_by_receive_number
        assert numbers(reading(registry, find, OPERATOR, "เลขรับ 4521")) == ["กท 1/2", "กท 1/3", "กท 1/1"]
        assert numbers(reading(registry, find, OPERATOR, "4521", 2025)) == ["กท 1/1"]
        assert numbers(reading(registry, find, OPERATOR, "4521/2569")) == ["กท 1/2"]
        assert reading(registry, find, OPERATOR, "452") == []

    def test_titles_are_ranked_by_matching_words_then_by_age(self, registry):
        registry.take_rows(
            row("กท 1/1", subject="ขอความอนุเคราะห์ใช้สถานที่ จัดงานสงกรานต์", date="2026-04-01"),
            row("กท 1/2", subject="รายงานผลการจัดงาน", date="2026-05-01"),
            row("กท 1/3", subject="จัดซื้อเครื่องคอมพิวเตอร์ ปี ๒๕๖๙ (Notebook)", date="2026-06-01"),
        )
        find = list_letters_by_title
        assert numbers(reading(registry, find, OPERATOR, "จัดงาน สงกรานต์")) == ["กท 1/1", "กท 1/2"]
        assert numbers(reading(registry, find, OPERATOR, "สถานที่จัดงาน")) == ["กท 1/1"]
        assert numbers(reading(registry, find, OPERATOR, "NOTEBOOK")) == ["กท 1/3"]
        assert numbers(reading(registry, find, OPERATOR, "ปี2569")) == ["กท 1/3"]
        assert numbers(reading(registry, find, OPERATOR, "จัด", limit=2)) == ["กท 1/3", "กท 1/2"]
        assert numbers(reading(registry, find, OPERATOR, "จัด", limit=2, offset=2)) == ["กท 1/1"]
        assert reading(registry, count_letters_by_title, OPERATOR, "จัด") == 3

    @pytest.mark.parametrize("words", ["", "   ", "%", "_", "ก", "- /", "สงกรานต"])
    def test_no_word_to_look_for_finds_nothing(self, registry, words):
        registry.take_rows(row(subject="ขออนุมัติ % _ โครงการ"))
        assert reading(registry, list_letters_by_title, OPERATOR, words) == []
        assert reading(registry, count_letters_by_title, OPERATOR, words) == 0

    def test_typed_marks_that_look_alike_are_alike(self, registry):
        registry.take_rows(row(subject="การจัดทำแผนน้ำท่วม"))
        for typed in ("จัดทํา", "เเผน", "น้ํา", "นํ้า"):
            assert reading(registry, count_letters_by_title, OPERATOR, typed) == 1, typed

    def test_show_document_gives_the_letter_with_its_history(self, registry):
        received = {"receive_number": "4521", "received_at": "30/10/2568 09:30"}
        registry.take_rows(
            row(date="2025-10-29", addressee="ปลัดกรุงเทพมหานคร", urgency="ด่วนภายใน 5 พ.ย. 2568 14.00 น.", **received),
            row(date="2024-10-29", subject="เรื่องปีก่อน"),
        )
        with registry.database.reading() as session:
            shown = show_document(session, "๑๙๐๒/๑๓๓๕")
        others = shown.pop("same_number")
        assert shown == {
            "id": 1,
            "number": "กท 1902/1335",
            "date": "2025-10-29",
            "subject": "ขออนุมัติโครงการ",
            "from_unit": DISTRICT,
            "addressee": "ปลัดกรุงเทพมหานคร",
            "urgency": "urgent",
            "due_at": "2025-11-05T14:00:00+07:00",
            "stage": "received",
            "stage_since": "2025-10-30T09:30:00+07:00",
            "receive_numbers": ["4521/2568"],
            "history": [{"at": "2025-10-30T09:30:00+07:00", "stage": "received", "returned": False, "note": None}],
        }
        assert [other["subject"] for other in others] == ["เรื่องปีก่อน"]
