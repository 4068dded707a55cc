"""Importing a register: what goes in, what comes back, and that importing again changes nothing."""

import csv
import threading
from datetime import date, datetime, timedelta, timezone
from typing import ClassVar

import pytest
import xlsxwriter
from sqlalchemy import func, select, text

from bot.importing import import_documents
from messages.imports import SENTENCES, import_sentence
from models.documents import Document, DocumentEvent, Stage, record_stage
from models.errors import Invalid
from models.follows import follow
from models.imports import start_letter_import
from models.letter_rows import read_letter_row
from models.units import UnitDirectory
from tests.documents.conftest import DISTRICT, OTHER_DISTRICT, StatementLog, row

BANGKOK = timezone(timedelta(hours=7))
THAI = {
    "number": "เลขที่หนังสือ",
    "date": "ลงวันที่",
    "subject": "เรื่อง",
    "from_unit": "จาก",
    "addressee": "เรียน",
    "urgency": "ชั้นความเร็ว",
    "secrecy": "ชั้นความลับ",
    "receive_number": "เลขรับ",
    "received_at": "วันที่รับ",
    "stage": "สถานะ",
    "note": "หมายเหตุ",
}


def in_thai(cells: dict) -> dict:
    return {THAI[column]: cell for column, cell in cells.items()}


def reasons(report) -> list[tuple[int, str]]:
    return [(rejection.row, rejection.reason) for rejection in report.rejected]


def stages(letter) -> list[str]:
    return [step.stage.value for step in letter.steps]


class TestReading:
    FULL: ClassVar = {
        "addressee": "ปลัดกรุงเทพมหานคร",
        "urgency": "ด่วนมาก",
        "secrecy": "ปกติ",
        "receive_number": "๔๕๒๑",
        "received_at": "๓ พ.ย. ๒๕๖๙ ๐๙.๓๐ น.",
        "stage": "เสนอผู้บริหารพิจารณา",
        "note": "แนบเอกสารครบ",
    }

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_thai_headers_in_any_order_thai_digits_and_buddhist_years(self, registry_on_sqlite, encoding):
        cells = in_thai(row("ที่ กท.๑๙๐๒/๑๓๓๕", **self.FULL) | {"date": "๒ พฤศจิกายน ๒๕๖๙", "from_unit": "สนข.ดด."})
        backwards = dict(reversed(cells.items()))
        report = registry_on_sqlite.take(registry_on_sqlite.write(backwards, encoding=encoding))
        assert report.as_json() == {"added": 1, "updated": 0, "unchanged": 0, "rejected": []}
        letter = registry_on_sqlite.letter()
        received = datetime(2026, 11, 3, 9, 30, tzinfo=BANGKOK)
        assert (letter.number, letter.from_unit, letter.document_date) == ("กท 1902/1335", DISTRICT, date(2026, 11, 2))
        assert (letter.urgency, letter.receive_numbers) == ("very_urgent", ("4521/2569",))
        assert [(step.stage, step.at, step.note) for step in letter.steps] == [("proposed", received, "แนบเอกสารครบ")]

    def test_only_the_required_columns(self, registry_on_sqlite):
        report = registry_on_sqlite.take_rows({"number": "กท 1/1", "subject": "ก", "from_unit": DISTRICT})
        assert report.added == 1
        letter = registry_on_sqlite.letter("กท 1/1")
        assert (letter.stage, letter.stage_since, letter.document_date) == ("received", registry_on_sqlite.now, None)

    def test_spreadsheets_with_real_dates(self, registry_on_sqlite):
        path = registry_on_sqlite.folder / "letters.csv"  # a name proves nothing
        book = xlsxwriter.Workbook(str(path))
        sheet, as_date = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, ["เลขรับ", "เรื่อง", "จาก", "เลขที่หนังสือ", "ลงวันที่", "วันที่รับ", "ไม่รู้จัก"])
        sheet.write_row(1, 0, [4521, "ก", "เขตดินแดง", "กท 1902/1335"])
        sheet.write_datetime(1, 4, datetime.fromisoformat("2026-11-02"), as_date)
        sheet.write_datetime(1, 5, datetime.fromisoformat("2026-11-03 09:30"), as_date)
        sheet.write_row(4, 0, ["", "ข", DISTRICT, "xx"])
        sheet.write_datetime(4, 4, datetime.fromisoformat("2569-11-02"), as_date)
        book.close()
        report = registry_on_sqlite.take(path)
        assert (report.added, reasons(report)[0][0]) == (1, 5)
        letter = registry_on_sqlite.letter()
        assert (letter.document_date, letter.receive_numbers) == (date(2026, 11, 2), ("4521/2569",))
        assert letter.stage_since == datetime(2026, 11, 3, 9, 30, tzinfo=BANGKOK)
        rejected = (registry_on_sqlite.folder / "letters.rejected.csv").read_text("utf-8-sig").splitlines()
        assert rejected[1].startswith(f",ข,{DISTRICT},xx,2569-11-02,,,")

    @pytest.mark.parametrize("separator", [";", "\t"])
    def test_other_separators(self, registry_on_sqlite, separator):
        path = registry_on_sqlite.folder / "letters.csv"
        cells = row()
        path.write_text(f"{separator.join(cells)}\n{separator.join(cells.values())}\n", encoding="utf-8")
        assert registry_on_sqlite.take(path).added == 1

    @pytest.mark.parametrize(
        ("cells", "says"),
        [
            ({"number": ""}, "ไม่มีเลขที่หนังสือ"),
            ({"number": "เลขที่ 5"}, "เลขที่ 5"),
            ({"subject": "-"}, "ไม่มีเรื่อง"),
            ({"subject": "ก" * 2001}, "2000"),
            ({"from_unit": ""}, "“จาก”"),
            ({"from_unit": "สำนักงานเขตดินแดน"}, DISTRICT),
            ({"date": "30/02/2569"}, "ลงวันที่ “30/02/2569”"),
            ({"date": "30/11/2569"}, "ยังมาไม่ถึง"),
            ({"received_at": "วานนี้"}, "วันที่รับ “วานนี้”"),
            ({"receive_number": "ก12"}, "เลขรับ “ก12”"),
            ({"stage": "ส่งคืน"}, "ส่งคืนหน่วยงาน ส่งคืนแก้ไข"),
            ({"urgency": "ด่วนสุดๆ"}, "ด่วนที่สุด"),
            ({"secrecy": "ลับๆ"}, "ลับที่สุด"),
        ],
    )
    def test_a_bad_row_comes_back_with_one_sentence_and_good_rows_go_in(self, registry_on_sqlite, cells, says):
        report = registry_on_sqlite.take_rows(row("กท 1/1"), row() | cells, row("กท 1/2"))
        assert (report.added, [number for number, _ in reasons(report)]) == (2, [3])
        assert says in reasons(report)[0][1]
        assert "\n" not in reasons(report)[0][1]

    def test_rows_are_numbered_as_a_spreadsheet_shows_them(self, registry_on_sqlite):
        path = registry_on_sqlite.folder / "letters.csv"
        path.write_text(
            f'number,subject,from_unit\nกท 1/1,"สอง\nบรรทัด",{DISTRICT}\n\n,,\nxx,ข,{DISTRICT}\n', encoding="utf-8"
        )
        report = registry_on_sqlite.take(path)
        assert [number for number, _ in reasons(report)] == [5]
        assert registry_on_sqlite.letter("กท 1/1").subject == "สอง บรรทัด"

    def test_a_comma_that_shifted_the_cells_is_noticed(self, registry_on_sqlite):
        path = registry_on_sqlite.folder / "letters.csv"
        path.write_text(f"number,from_unit,subject\nกท 1/1,{DISTRICT},ขอ,เพิ่ม\n", encoding="utf-8")
        assert "เกินหัวคอลัมน์" in reasons(registry_on_sqlite.take(path))[0][1]


class TestRejectedFile:
    def test_it_can_be_corrected_and_imported(self, registry_on_sqlite):
        source = registry_on_sqlite.write(
            row("กท 1/1"), row("กท 1/2", from_unit="ไม่มีจริง", subject='=1+1,"ก"'), row("xx")
        )
        assert len(registry_on_sqlite.take(source).rejected) == 2
        rejected = registry_on_sqlite.folder / "letters.rejected.csv"
        assert rejected.read_bytes().startswith(b"\xef\xbb\xbf")
        with rejected.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [cells["number"] for cells in rows] == ["กท 1/2", "xx"]
        assert "ไม่มีจริง" in rows[0]["reason"] and rows[0]["subject"].startswith("'=")
        rejected.write_text(rejected.read_text("utf-8-sig").replace("ไม่มีจริง,", f"{DISTRICT},"), encoding="utf-8")
        again = registry_on_sqlite.take(rejected)
        assert (again.added, len(again.rejected)) == (1, 1)
        assert registry_on_sqlite.letter("กท 1/2").subject == '=1+1,"ก"'
        last = (registry_on_sqlite.folder / "letters.rejected.rejected.csv").read_text("utf-8-sig")
        assert last.splitlines()[0].count("reason") == 1

    def test_no_file_where_nothing_was_rejected(self, registry_on_sqlite):
        registry_on_sqlite.take_rows(row())
        assert [path.name for path in registry_on_sqlite.folder.iterdir()] == ["letters.csv"]

    def test_nothing_goes_in_when_it_cannot_be_written(self, registry_on_sqlite):
        path = registry_on_sqlite.write(row("กท 1/1"), row("xx"))
        (registry_on_sqlite.folder / "letters.rejected.csv").mkdir()
        with pytest.raises(Invalid, match="rejected_file_not_written"):
            registry_on_sqlite.take(path)
        assert registry_on_sqlite.letters("กท 1/1") == []


class TestTwice:
    def test_the_same_file_changes_nothing(self, registry):
        rows = [
            row("กท 1/1", receive_number="1", received_at="2026-11-02 09:00", note="หนึ่ง"),
            row("กท 1/1", receive_number="2", received_at="2026-11-03 09:00", stage="กลั่นกรอง", note="สอง"),
            row("กท 1/1", receive_number="2", received_at="2026-11-03 09:00", stage="กลั่นกรอง", note="สอง"),
            row("กท 1/2", secrecy="ลับ"),
            row("กท 1/3", date=""),
            row("กท 1/4", date="", receive_number="9", received_at="2026-11-03"),
            row("กท 1/5", stage="ลงนามแล้ว"),
            row("xx"),
        ]
        assert registry.counts(*rows) == (5, 1, 1, 1)
        before = dump(registry)
        registry.later(days=1)
        assert registry.counts(*rows) == (0, 0, 7, 1)
        assert dump(registry) == before

    def test_nor_does_it_after_people_moved_the_letter_on(self, registry):
        rows = [row(received_at="2026-11-02 09:00"), row("กท 1/2", stage="กลั่นกรอง")]
        registry.counts(*rows)
        for number in ("กท 1902/1335", "กท 1/2"):
            with registry.database.transaction() as session:
                told = {"at": registry.later(hours=1), "note": None, "recorded_by": "line:1"}
                record_stage(session, registry.letter(number).id, Stage.SIGNED, **told)
        assert registry.counts(*rows) == (0, 0, 2, 0)
        assert stages(registry.letter()) == ["received", "signed"]

    def test_it_asks_few_questions_whatever_the_number_of_rows(self, registry):
        def statements(count):
            path = registry.write(*(row(f"กท 1/{number}", receive_number=str(number)) for number in range(count)))
            with StatementLog(registry.database.engine) as first:
                registry.take(path)
            with StatementLog(registry.database.engine) as second:
                registry.take(path)
            return len(first), len(second)

        few, many = statements(5), statements(500)
        assert many <= (few[0] + 3, few[1] + 3)


def dump(registry) -> list:
    tables = ("documents", "document_events", "document_receipts")
    with registry.database.reading() as session:
        return [session.execute(text(f"SELECT * FROM {name} ORDER BY id")).all() for name in tables]


class TestChanging:
    def test_the_last_file_wins_and_empty_cells_say_nothing(self, registry):
        registry.counts(row(subject="เดิม", addressee="ปลัดกรุงเทพมหานคร", urgency="ด่วน"))
        assert registry.counts(row(subject="ใหม่", from_unit=OTHER_DISTRICT, addressee="", urgency="")) == (0, 1, 0, 0)
        letter = registry.letter()
        assert (letter.subject, letter.from_unit) == ("ใหม่", OTHER_DISTRICT)
        assert (letter.addressee, letter.urgency) == ("ปลัดกรุงเทพมหานคร", "urgent")

    def test_rows_of_one_file_may_add_to_each_other_but_not_contradict(self, registry):
        rows = [row(), row(receive_number="5"), row(subject="อีกเรื่อง"), row(addressee="ปลัดกรุงเทพมหานคร")]
        assert registry.counts(*rows) == (1, 2, 0, 1)
        assert registry.counts(*rows) == (0, 0, 3, 1)
        assert "เรื่อง" in reasons(registry.take_rows(*rows))[0][1]

    def test_a_letter_keeps_the_receive_number_of_every_office(self, registry):
        registry.counts(row(receive_number="4521", received_at="2026-11-02 09:00"))
        registry.counts(row(receive_number="77", received_at="2026-11-03 09:00"))
        assert registry.letter().receive_numbers == ("4521/2569", "77/2569")

    def test_a_receive_number_of_another_year_is_another_reception(self, registry):
        registry.counts(row(receive_number="5/2568"))
        assert registry.counts(row(receive_number="5/2569")) == (0, 1, 0, 0)
        assert registry.counts(row(receive_number="5")) == (0, 0, 1, 0)
        assert registry.letter().receive_numbers == ("5/2568", "5/2569")

    def test_steps_are_appended_at_their_time_or_now(self, registry):
        registry.counts(row(received_at="2026-11-02 09:00"))
        registry.counts(row(received_at="2026-11-03 10:00", stage="กลั่นกรอง"))
        registry.later(hours=1)
        registry.counts(row(received_at="2026-11-02 09:00", stage="ลงนามแล้ว", note="ครบ"))
        times = [(step.stage.value, step.at.astimezone(BANGKOK)) for step in registry.letter().steps]
        assert times == [
            ("received", datetime(2026, 11, 2, 9, tzinfo=BANGKOK)),
            ("screening", datetime(2026, 11, 3, 10, tzinfo=BANGKOK)),
            ("signed", registry.now.astimezone(BANGKOK)),
        ]

    def test_a_new_note_is_a_step_of_the_same_stage(self, registry):
        registry.counts(row(note="รอ"))
        assert registry.counts(row(note="รอเอกสาร")) == (0, 1, 0, 0)
        assert registry.counts(row(note="รอ")) == (0, 0, 1, 0)
        assert [step.note for step in registry.letter().steps] == ["รอ", "รอเอกสาร"]

    def test_a_letter_is_not_taken_back(self, registry):
        registry.counts(row(stage="ลงนามแล้ว", received_at="2026-11-02 09:00"))
        report = registry.take_rows(row(stage="กลั่นกรอง", received_at="2026-11-05 09:00", subject="เปลี่ยน"))
        assert "“ลงนาม/สั่งการแล้ว”" in reasons(report)[0][1] and "“กลั่นกรอง/ตรวจสอบ”" in reasons(report)[0][1]
        assert (registry.letter().stage, registry.letter().subject) == ("signed", "ขออนุมัติโครงการ")

    def test_a_returned_letter_comes_back_when_it_is_received_anew(self, registry):
        registry.counts(row(received_at="2026-11-01 08:00"))
        registry.counts(row(stage="กลั่นกรอง", received_at="2026-11-02 09:00"))
        registry.counts(row(stage="ส่งคืนแก้ไข", received_at="2026-11-02 09:00"))
        earlier = registry.take_rows(row(stage="รับเรื่อง", received_at="2026-11-01 09:00"))
        assert len(earlier.rejected) == 1
        registry.later(days=2)
        assert registry.counts(row(stage="รับเรื่อง", received_at="2026-11-21 09:00")) == (0, 1, 0, 0)
        assert stages(registry.letter()) == ["received", "screening", "returned", "received"]


class TestWhichLetter:
    def test_number_and_date_make_a_letter(self, registry):
        assert registry.counts(row(date="2025-11-02"), row(date="2026-11-02"), row("มท 1902/1335")) == (3, 0, 0, 0)
        assert registry.counts(row("๑๙๐๒/๑๓๓๕", date="2 พ.ย. 69")) == (0, 0, 1, 0)

    def test_without_a_date_the_year_of_reception_tells(self, registry):
        registry.counts(row(date="2025-11-02"), row(date="2026-11-02"))
        assert registry.counts(row(date="", received_at="2026-11-04", stage="กลั่นกรอง")) == (0, 1, 0, 0)
        assert [letter.stage for letter in registry.letters()] == ["screening", "received"]

    def test_without_a_date_and_more_than_one_letter_it_is_no_guess(self, registry):
        registry.counts(row(date="2025-11-02"), row(date="2026-11-02"))
        report = registry.take_rows(row(date="", stage="กลั่นกรอง"))
        assert reasons(report) == [(2, "เลขที่นี้มีหนังสือ 2 ฉบับ กรุณากรอกลงวันที่เพื่อระบุฉบับ")]
        assert {letter.stage for letter in registry.letters()} == {"received"}

    def test_a_date_told_later_is_taken_up(self, registry):
        registry.counts(row(date=""))
        assert registry.counts(row(date="2026-11-02")) == (0, 1, 0, 0)
        assert registry.letter().document_date == date(2026, 11, 2)
        assert registry.counts(row(date="2025-11-02", subject="คนละเรื่อง")) == (1, 0, 0, 0)


class TestBecomingSecret:
    def test_a_letter_that_becomes_secret_loses_its_content(self, registry):
        told = {"addressee": "ปลัดกรุงเทพมหานคร", "urgency": "ด่วน", "receive_number": "7"}
        registry.counts(row(subject="คำสำคัญ", **told))
        assert registry.counts(row(subject="คำสำคัญ", secrecy="ลับ", **told)) == (0, 1, 0, 0)
        assert registry.letters() == []
        (stored, _, receipts) = dump(registry)
        assert ("คำสำคัญ" in repr(stored), "ปลัด" in repr(stored), receipts) == (False, False, [])

    @pytest.mark.parametrize("date_told", ["2026-11-02", ""])
    def test_it_becomes_secret_with_or_without_a_date(self, registry, date_told):
        registry.counts(row(date=date_told))
        registry.counts(row(date="", secrecy="ลับมาก"))
        assert registry.letters() == []

    def test_it_becomes_secret_although_its_stage_is_wrong(self, registry):
        registry.counts(row(stage="ลงนามแล้ว"))
        registry.counts(row(stage="รับเรื่อง", secrecy="ลับ", received_at="2026-11-19"))
        assert registry.letters() == []

    def test_it_becomes_secret_within_a_file(self, registry):
        assert registry.counts(row(note="คำสำคัญ", receive_number="7"), row(secrecy="ลับ")) == (1, 1, 0, 0)
        assert registry.letters() == []
        assert "คำสำคัญ" not in repr(dump(registry))

    def test_a_date_or_a_subject_told_only_with_the_secrecy_hides_it_all_the_same(self, registry):
        registry.counts(row(date="", subject="เรื่องเดิม"))
        registry.counts(row(subject="เรื่องที่แก้แล้ว", secrecy="ลับ"))
        assert registry.letters() == []

    def test_a_file_that_does_not_speak_of_secrecy_reveals_nothing(self, registry):
        registry.counts(row(secrecy="ลับ", received_at="2026-11-02"))
        for cells in ({}, {"date": ""}, {"date": "", "secrecy": "ปกติ"}, {"received_at": "2026-11-03"}):
            registry.counts(row() | cells)
            assert registry.letters() == [], cells
        assert "ขออนุมัติ" not in repr(dump(registry))

    def test_only_the_very_letter_called_ordinary_is_shown_again(self, registry):
        registry.counts(row(secrecy="ลับ"))
        assert registry.counts(row(secrecy="ปกติ")) == (0, 1, 0, 0)
        assert registry.letter().subject == "ขออนุมัติโครงการ"


class TestWrongFiles:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file_empty"),
            (b"\xef\xbb\xbf \n", "file_empty"),
            (b"%PDF-1.7 ...", "file_kind_unknown"),
            (b"PK\x03\x04 no archive", "file_kind_unknown"),
            (b"number\x00", "file_kind_unknown"),
            ("number,subject,from_unit\nกท 1/1,ก,ข".encode("cp874"), "file_not_utf8"),
            ("number,subject,from_unit".encode("utf-16"), "file_not_utf8"),
            (b"number,subject\n1/1,x\n", "file_columns_missing"),
            ("number,เรื่อง,subject,from_unit\n".encode(), "file_header_repeated"),
            ('number,subject,from_unit\nกท 1/1,"ก,ข\n'.encode(), "file_damaged"),
        ],
    )
    def test_a_file_that_is_none_is_refused_in_words_and_changes_nothing(self, registry_on_sqlite, content, code):
        path = registry_on_sqlite.folder / "letters.csv"
        path.write_bytes(content)
        with pytest.raises(Invalid) as refused:
            registry_on_sqlite.take(path)
        assert refused.value.reason_code == code
        assert "{" not in import_sentence(refused.value)
        assert [file.name for file in registry_on_sqlite.folder.iterdir()] == ["letters.csv"]

    @pytest.mark.parametrize("name", ["absent.csv", "."])
    def test_no_such_file(self, registry_on_sqlite, name):
        with pytest.raises(Invalid, match="file_not_found"):
            registry_on_sqlite.take(registry_on_sqlite.folder / name)

    def test_a_file_that_turns_bad_half_way_changes_nothing(self, registry):
        path = registry.write(*(row(f"กท 1/{number}") for number in range(2500)), row("xx"))
        path.write_bytes(path.read_bytes() + b"\xa1\xa2\n")
        with pytest.raises(Invalid, match="file_not_utf8"):
            registry.take(path)
        with registry.database.reading() as session:
            assert session.scalar(select(func.count(Document.id))) == 0
        assert [file.name for file in registry.folder.iterdir()] == ["letters.csv"]

    def test_a_header_alone_is_a_file_without_letters(self, registry_on_sqlite):
        path = registry_on_sqlite.folder / "letters.csv"
        path.write_text("number,subject,from_unit\n", encoding="utf-8")
        assert registry_on_sqlite.take(path).as_json() == {"added": 0, "updated": 0, "unchanged": 0, "rejected": []}

    def test_every_sentence_is_one_and_polite(self):
        assert not [sentence for sentence in SENTENCES.values() if "!" in sentence or "\n" in sentence]


def test_large_files_cross_the_chunks(registry):
    rows = [row(f"กท 1/{number % 2300}", receive_number=str(number)) for number in range(2600)]
    assert registry.counts(*rows) == (2300, 300, 0, 0)
    with registry.database.reading() as session:
        assert session.scalar(select(func.count(DocumentEvent.id))) == 2300
    assert registry.counts(*rows) == (0, 0, 2600, 0)


def test_two_imports_at_once_do_not_double_a_letter(registry):
    path = registry.write(*(row(f"กท 1/{number}", date="") for number in range(300)))
    outcomes, start = [], threading.Barrier(2)

    def take():
        start.wait()
        try:
            outcomes.append(import_documents(registry.database, path, registry.now).added)
        except Invalid as refused:
            outcomes.append(refused.reason_code)

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 300 in outcomes
    with registry.database.reading() as session:
        assert session.scalar(select(func.count(Document.id))) == 300


def test_a_second_import_is_told_of_the_first(registry):
    if registry.database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time by itself")
    path = registry.write(row())
    with registry.database.transaction() as session:
        start_letter_import(session, registry.now)
        with pytest.raises(Invalid, match="import_is_running"):
            registry.take(path)
    assert registry.take(path).added == 1


def test_letters_can_be_followed_while_an_import_runs(registry):
    if registry.database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time by itself")
    registry.counts(row())
    viewer, document_id = registry.viewer(registry.add_member("U1")), registry.letter().id
    with registry.database.transaction() as importing, registry.database.transaction() as chatting:
        units = UnitDirectory.load(importing)
        start_letter_import(importing, registry.now).apply([(2, read_letter_row(row(), units, registry.now))])
        chatting.execute(text("SET LOCAL lock_timeout = '500ms'"))
        assert follow(chatting, viewer, document_id, registry.now) is True
