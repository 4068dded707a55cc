"""Coordinators report on indicators: in one sentence, by taps, with evidence, and everything that may go otherwise."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.evidence import list_evidence_of_reports
from models.indicator_reports import ReportSource, list_reports
from models.indicator_results import WHOLE, read_results
from models.indicator_terms import Standing
from models.indicators import get_indicator
from models.members import Role
from tests.evidence.makers import photo
from tests.indicators.definitions import CARRIED_OVER, DRAWN, LADDER, PROVEN_LADDER, YEAR, define
from tests.office import labels_of, text_of

DISTRICT_PERSON, OTHER_PERSON, HOST_PERSON, BUDGET_PERSON, OFFICER = ("U" + letter * 32 for letter in "abcde")
HOST = "สำนักพัฒนาสังคม"
BUDGET = "สำนักงบประมาณกรุงเทพมหานคร"


@pytest.fixture
def desk(office):
    """Indicators of the year, and coordinators of two districts, of the host and of the Budget Bureau."""
    define(office.database, DRAWN, LADDER, CARRIED_OVER, PROVEN_LADDER)
    office.add_member(DISTRICT_PERSON, Role.COORDINATOR)
    office.add_member(OTHER_PERSON, Role.COORDINATOR, unit="สำนักงานเขตบางรัก")
    office.add_member(HOST_PERSON, Role.COORDINATOR, unit=HOST)
    office.add_member(BUDGET_PERSON, Role.COORDINATOR, unit=BUDGET)
    return office


def reports_of(office, code: str = "8308"):
    with office.database.reading() as session:
        indicator = get_indicator(session, code, office.clock.now().date(), YEAR)
        return list_reports(session, indicator.id)


def whole_of(office, code: str = "8308"):
    with office.database.reading() as session:
        indicator = get_indicator(session, code, office.clock.now().date(), YEAR)
        return read_results(session, indicator.id)[WHOLE, Standing.REPORTED]


class TestOneSentence:
    def test_is_read_back_with_its_consequence_and_counts_after_one_word(self, desk):
        card = text_of(desk.says(DISTRICT_PERSON, "รายงาน 8308 ดินแดง 18 ชุมชน"))
        assert "ดินแดง 18 จาก 22 = 81.82 % (เป้า 20)" in card
        assert "รวมทุกหน่วยงาน 18 จาก 157 = 11.46 % (เป้าหมาย 90 %)" in card
        assert "พฤศจิกายน 2569" in card and "ยังไม่มีหลักฐาน" in card
        assert reports_of(desk) == []

        done = desk.says(DISTRICT_PERSON, "ยืนยัน")
        assert "บันทึกรายงานแล้ว" in text_of(done) and f"รอ{HOST}อนุมัติ" in text_of(done)
        assert labels_of(done) == ["ดูผล", "แนบหลักฐาน"]
        [report] = reports_of(desk)
        assert (report.figure.numerator, report.figure.denominator) == (18, 22)
        assert whole_of(desk).percent == Decimal("11.46")

    def test_without_a_unit_it_is_the_persons_own(self, desk):
        assert "ดินแดง 18 จาก 22" in text_of(desk.says(DISTRICT_PERSON, "รายงาน 8308 18 จาก 22"))

    def test_more_than_there_are_is_refused_in_words(self, desk):
        assert "999 มากกว่าจำนวนชุมชนทั้งหมด 22" in text_of(desk.says(DISTRICT_PERSON, "รายงาน 8308 ดินแดง 999 ชุมชน"))

    def test_of_another_district_is_refused(self, desk):
        told = text_of(desk.says(DISTRICT_PERSON, "รายงาน 8308 บางรัก 3 ชุมชน"))
        assert "สำนักงานเขตบางรัก" in told and "ไม่ได้" in told

    def test_an_officer_without_the_role_is_told_so(self, desk):
        desk.add_member(OFFICER)
        assert "บทบาท" in text_of(desk.says(OFFICER, "รายงาน 8308 ดินแดง 18 ชุมชน"))

    def test_a_later_one_of_the_month_says_what_it_replaces(self, desk):
        desk.says(DISTRICT_PERSON, "รายงาน 8308 12 ชุมชน")
        desk.taps(DISTRICT_PERSON, "ยืนยัน")
        card = text_of(desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน"))
        assert "แทนที่รายงานเดิม 12 จาก 22 ชุมชน ของเดือนเดียวกัน" in card

    def test_of_a_month_long_past_is_marked_late(self, desk):
        card = text_of(desk.says(DISTRICT_PERSON, "รายงาน 8308 10 ชุมชน เดือนตุลาคม 2569"))
        assert "ตุลาคม 2569" in card and "ล่าช้า พ้นกำหนดเมื่อ 5 พ.ย. 2569" in card


class TestConfirming:
    def test_a_second_tap_records_nothing_and_says_so(self, desk):
        desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน")
        tap = desk.button(DISTRICT_PERSON, "ยืนยัน")
        desk.taps(DISTRICT_PERSON, "ยืนยัน")
        desk.line.user_taps(DISTRICT_PERSON, tap)
        assert "บันทึกไปแล้ว" in text_of(desk.work(DISTRICT_PERSON))
        assert len(reports_of(desk)) == 1

    def test_another_report_that_came_between_is_read_back_first(self, desk):
        desk.says(HOST_PERSON, "รายงาน 8308 ดินแดง 12 ชุมชน")
        desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน")
        desk.taps(DISTRICT_PERSON, "ยืนยัน")

        again = text_of(desk.taps(HOST_PERSON, "ยืนยัน"))
        assert "มีรายงานอื่นเข้ามาก่อน" in again and "แทนที่รายงานเดิม 18 จาก 22" in again
        assert len(reports_of(desk)) == 1
        desk.taps(HOST_PERSON, "ยืนยัน")
        assert [report.figure.numerator for report in reports_of(desk)] == [18, 12]

    def test_of_another_unit_between_changes_nothing(self, desk):
        desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน")
        desk.says(OTHER_PERSON, "รายงาน 8308 10 ชุมชน")
        desk.taps(OTHER_PERSON, "ยืนยัน")
        assert "บันทึกรายงานแล้ว" in text_of(desk.taps(DISTRICT_PERSON, "ยืนยัน"))
        assert len(reports_of(desk)) == 2

    def test_is_over_after_an_hour(self, desk):
        desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน")
        desk.clock.advance(minutes=61)
        assert "หนึ่งชั่วโมง" in text_of(desk.taps(DISTRICT_PERSON, "ยืนยัน"))
        assert reports_of(desk) == []

    def test_cancelled_is_cancelled_for_good(self, desk):
        desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน")
        tap = desk.button(DISTRICT_PERSON, "ยืนยัน")
        desk.says(DISTRICT_PERSON, "ยกเลิก")
        desk.line.user_taps(DISTRICT_PERSON, tap)
        assert "ถูกยกเลิก" in text_of(desk.work(DISTRICT_PERSON))
        assert reports_of(desk) == []

    def test_a_note_goes_with_the_report(self, desk):
        desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน")
        desk.taps(DISTRICT_PERSON, "เพิ่มหมายเหตุ")
        assert "รอใบเสร็จอีกสี่ชุมชน" in text_of(desk.says(DISTRICT_PERSON, "รอใบเสร็จอีกสี่ชุมชน"))
        desk.says(DISTRICT_PERSON, "ยืนยัน")
        assert [report.note for report in reports_of(desk)] == ["รอใบเสร็จอีกสี่ชุมชน"]


class TestStepByStep:
    def test_indicator_then_number_then_evidence_then_yes(self, desk):
        listed = desk.says(DISTRICT_PERSON, "รายงานผลตัวชี้วัด")
        assert labels_of(listed)[0] == "8308"
        asked = text_of(desk.taps(DISTRICT_PERSON, "8308"))
        assert "กี่ชุมชน จาก 22" in asked
        assert "ยังอ่านตัวเลขไม่ได้" in text_of(desk.says(DISTRICT_PERSON, "ประมาณครึ่งหนึ่ง"))
        assert "แนบรูปหรือไฟล์หลักฐาน" in text_of(desk.says(DISTRICT_PERSON, "๑๘"))
        assert "ดินแดง 18 จาก 22 = 81.82 %" in text_of(desk.says(DISTRICT_PERSON, "ข้าม"))
        desk.says(DISTRICT_PERSON, "ยืนยัน")
        assert len(reports_of(desk)) == 1

    def test_the_host_chooses_the_unit_by_a_tap_or_by_its_name(self, desk):
        asked = desk.says(HOST_PERSON, "รายงาน 8308 10 ชุมชน")
        assert {"ดินแดง", "ดุสิต", "บางรัก", "บางแค", "ทุ่งครุ"} == set(labels_of(asked))
        assert "บางรัก 10 จาก 15" in text_of(desk.taps(HOST_PERSON, "บางรัก"))
        desk.says(HOST_PERSON, "รายงาน 8308 11 ชุมชน")
        assert "ทุ่งครุ 11 จาก 29" in text_of(desk.says(HOST_PERSON, "ทุ่งครุ"))

    def test_steps_are_offered_the_next_one_first(self, desk):
        desk.says(BUDGET_PERSON, "รายงาน PBIS-LEVEL ขั้นที่ 1")
        desk.says(BUDGET_PERSON, "ยืนยัน")
        offered = desk.says(BUDGET_PERSON, "รายงาน PBIS-LEVEL")
        assert labels_of(offered)[0] == "ขั้นที่ 2 ประชุมชี้แจง"
        card = text_of(desk.taps(BUDGET_PERSON, "ขั้นที่ 2 ประชุมชี้แจง"))
        assert "20 → 40 %, ระดับ 1 → 2, คะแนน 6 → 12" in card

    def test_a_skipped_step_needs_a_reason_or_the_missing_step(self, desk):
        told = desk.says(BUDGET_PERSON, "รายงาน PBIS-LEVEL ขั้นที่ 2")
        assert "ยังไม่เคยรายงานขั้นที่ 1" in text_of(told) and labels_of(told) == ["รายงานขั้นที่ 1"]
        card = text_of(desk.says(BUDGET_PERSON, "จัดทำแนวทางรวมกับการประชุมชี้แจง"))
        assert "ขั้นที่ 2" in card and "จัดทำแนวทางรวมกับการประชุมชี้แจง" in card
        desk.says(BUDGET_PERSON, "ยืนยัน")
        assert [report.figure.step for report in reports_of(desk, "PBIS-LEVEL")] == [2]


def sends_photo(office, person: str, number: int = 0) -> str:
    office.line.user_sends_image(person, photo(number), "image/jpeg")
    return text_of(office.work(person))


def evidence_of(office, code: str = "8308") -> list[int]:
    """How many pieces each report has, oldest report first."""
    reports = [report.id for report in reports_of(office, code)]
    with office.database.reading() as session:
        found = list_evidence_of_reports(session, reports)
    return [len(found.get(report, [])) for report in reports]


class TestEvidence:
    def test_an_album_sent_with_the_read_back_goes_with_the_report(self, desk):
        desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน")
        sends_photo(desk, DISTRICT_PERSON)
        card = sends_photo(desk, DISTRICT_PERSON, 1)
        assert "หลักฐาน 2 รายการ" in card and "ยังไม่มีหลักฐาน" not in card
        desk.says(DISTRICT_PERSON, "ยืนยัน")
        assert evidence_of(desk) == [2]

    def test_what_is_demanded_lifts_the_result_when_it_comes_after(self, desk):
        for step in range(1, 6):
            desk.says(BUDGET_PERSON, f"รายงาน BUD-CRITERIA ขั้นที่ {step}")
            told = text_of(desk.taps(BUDGET_PERSON, "ยืนยัน"))
        assert "99.99 %" in told
        assert whole_of(desk, "BUD-CRITERIA").percent == Decimal("99.99")

        desk.taps(BUDGET_PERSON, "แนบหลักฐาน")
        assert "BUD-CRITERIA" in sends_photo(desk, BUDGET_PERSON)
        assert whole_of(desk, "BUD-CRITERIA").percent == 100

    def test_what_comes_before_its_report_waits_for_it(self, desk):
        assert "รอไว้หนึ่งวัน" in sends_photo(desk, DISTRICT_PERSON)
        assert "หลักฐาน 1 รายการ" in text_of(desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน"))

    def test_cancelled_leaves_it_for_the_next_report(self, desk):
        desk.says(DISTRICT_PERSON, "รายงาน 8308 18 ชุมชน")
        sends_photo(desk, DISTRICT_PERSON)
        desk.says(DISTRICT_PERSON, "ยกเลิก")
        assert "หลักฐาน 1 รายการ" in text_of(desk.says(DISTRICT_PERSON, "รายงาน 8308 19 ชุมชน"))

    def test_of_several_reports_one_is_chosen(self, desk):
        for unit in ("ดินแดง 18", "บางรัก 10"):
            desk.says(HOST_PERSON, f"รายงาน 8308 {unit} ชุมชน")
            desk.taps(HOST_PERSON, "ยืนยัน")
        desk.clock.advance(minutes=11)
        assert "เป็นของรายงานใด" in sends_photo(desk, HOST_PERSON)
        assert "ดินแดง" in text_of(desk.taps(HOST_PERSON, "8308 ดินแดง"))
        assert evidence_of(desk) == [1, 0]


TABLE = """รายงาน 8308
ดินแดง 18
ดุสิต 30
บางรัก 99
บางแค 40"""


class TestTables:
    def test_pasted_good_rows_count_after_one_word_and_bad_ones_come_back(self, desk):
        told = desk.says(HOST_PERSON, TABLE)
        assert "รับได้ 3 แถว · ไม่รับ 1 แถว" in text_of(told)
        assert "บางรัก 99" in text_of(told) and "มากกว่าจำนวนชุมชนทั้งหมด 15" in text_of(told)
        assert "รวมทุกหน่วยงาน 88 จาก 157 = 56.05 %" in text_of(told)
        assert reports_of(desk) == []
        assert "บันทึกรายงานแล้ว" in text_of(desk.says(HOST_PERSON, "ยืนยัน"))
        assert [report.source for report in reports_of(desk)] == [ReportSource.GRID] * 3
        assert whole_of(desk).units_reported == 3

    def test_a_file_without_an_indicator_is_asked_about(self, desk):
        rows = "หน่วยงาน,จำนวน\nดินแดง,18\nเขตดุสิต,30\nเขตไหนก็ไม่รู้,3\n"
        desk.line.user_sends_file(HOST_PERSON, "ผล.csv", rows.encode())
        assert "ตัวชี้วัดใด" in text_of(desk.work(HOST_PERSON))
        told = text_of(desk.taps(HOST_PERSON, "8308"))
        assert "รับได้ 2 แถว" in told and "ไม่พบหน่วยงาน “เขตไหนก็ไม่รู้”" in told
        desk.says(HOST_PERSON, "ยืนยัน")
        assert len(reports_of(desk)) == 2

    def test_nothing_of_a_table_of_other_districts_is_taken(self, desk):
        told = text_of(desk.says(DISTRICT_PERSON, "รายงาน 8308\nดุสิต 30\nบางแค 40"))
        assert "ไม่มีแถวใดบันทึกได้" in told

    def test_a_file_of_figures_is_no_evidence_of_itself(self, desk):
        desk.line.user_sends_file(HOST_PERSON, "ผล.csv", "หน่วยงาน,จำนวน,รหัส\nดินแดง,18,8308\n".encode())
        assert "ยังไม่มีหลักฐาน" in text_of(desk.work(HOST_PERSON))
        desk.says(HOST_PERSON, "ยืนยัน")
        assert evidence_of(desk) == [0]


class TestOwnWords:
    def test_a_reason_may_sound_like_another_matter(self, desk):
        desk.says(BUDGET_PERSON, "รายงาน PBIS-LEVEL ขั้นที่ 3")
        assert "หมายเหตุ: ใช้แผนเดิมของปีก่อน" in text_of(desk.says(BUDGET_PERSON, "ใช้แผนเดิมของปีก่อน"))

    def test_a_question_is_no_reason(self, desk):
        desk.says(BUDGET_PERSON, "รายงาน PBIS-LEVEL ขั้นที่ 3")
        assert "หมายเหตุ" not in text_of(desk.says(BUDGET_PERSON, "ตัวชี้วัดไหนล่าช้า"))

    def test_a_value_in_a_band_is_told_as_the_percentage_that_it_is(self, desk):
        told = text_of(desk.says(BUDGET_PERSON, "รายงาน CARRY-OVER 3.22"))
        assert "3.22 %, 70 %, ระดับ 2, คะแนน 14" in told
        assert "บาท" not in told
