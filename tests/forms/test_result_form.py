"""The official result form: nine sections, approved figures alone, and what is not known left to be seen as empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.indicator_upkeep import cut_quarters
from messages.files.paper import with_percent_in_words, with_thai_digits
from messages.files.result_form import MOST_UNIT_NAMES, NOTHING_APPROVED, compose_result_form
from models.errors import Invalid, NotFound
from models.evaluations import record_evaluation
from models.evidence import EvidenceItem, ReportEvidence
from models.indicator_cards import read_card, whole
from models.indicators import get_indicator
from models.result_form_views import FormNote
from models.units import get_unit
from tests.forms.acting import BANG_RAK, BUDGET, DIN_DAENG, OFFICER, REVIEWER, blanks_of, words_of
from tests.indicators.acting import approve
from tests.office import DISTRICT, OTHER_DISTRICT, text_of

OCTOBER, NOVEMBER, JANUARY = date(2026, 10, 1), date(2026, 11, 1), date(2027, 1, 1)


def paper_of(form, *, thai_digits=False):
    return compose_result_form(form, has_thai_digits=thai_digits)


def test_it_has_the_nine_sections_and_a_place_to_sign(city):
    paper = paper_of(city.form())
    told = [section.heading for section in paper.sections]
    assert told == [
        "1. ชื่อตัวชี้วัด",
        "2. ระดับความสำเร็จและแผนที่สนับสนุน",
        "3. คำนิยาม",
        "4. วิธีการคำนวณ",
        "5. เป้าหมายและผลงานที่ทำได้",
        "6. รายงานผลการดำเนินงาน (รายไตรมาส)",
        "7. ปัจจัยสนับสนุนการดำเนินงาน",
        "8. อุปสรรคต่อการดำเนินงาน",
        "9. หลักฐานอ้างอิง",
    ]
    words = words_of(paper)
    for expected in (
        "ระดับความสำเร็จ: ผลลัพธ์ (Outcome)",
        "ด้าน: ด้านที่ 7 การบริหารจัดการเมืองมหานคร",
        "จัดทำระบบสารสนเทศ (PBIS) พ.ศ. 2564",
        "5 | รายงานผลต่อผู้บริหาร | 100 | 30",
        "เป้าหมาย: ระดับ 5",
        "6.5 สรุปผลการดำเนินงาน (ปลายปีงบประมาณ)",
        "หลักฐานที่กำหนด: เอกสารการจัดหา",
        "ช่องทางการรายงาน: BMA Policy Tracking",
    ):
        assert expected in words
    assert paper.signed_by == "ผู้รับผิดชอบตัวชี้วัด"


def test_what_is_not_approved_is_left_empty_and_is_not_zero(city):
    city.tells("PBIS-LEVEL", BUDGET, OCTOBER, step=2, note="ประชุมแล้ว", approved=False)
    form = city.form()
    assert form.achieved is None
    assert form.quarters[0].result is None
    assert form.waiting == 1
    paper = paper_of(form)
    assert f"ผลงานที่ทำได้: {NOTHING_APPROVED}" in words_of(paper, 5)
    assert NOTHING_APPROVED in words_of(paper, 6)
    assert "มีรายงานที่รออนุมัติ 1 รายการ" in words_of(paper, 6)
    assert "ประชุมแล้ว" not in words_of(paper)
    assert "0" not in words_of(paper, 5).replace("5. ", "")
    assert [blanks_of(paper, number) for number in range(5, 10)] == [1, 5, 1, 1, 1]


def test_figures_are_those_of_approved_reports_as_the_card_has_them(city):
    city.tells("8308", DIN_DAENG, OCTOBER, value=18)
    city.tells("8308", BANG_RAK, OCTOBER, value=15, approved=False)
    form = city.form("8308")
    with city.database.reading() as session:
        indicator = get_indicator(session, "8308", city.now.date())
        card = read_card(session, indicator, whole(indicator), today=city.now.date())
    assert form.achieved == card.approved != card.reported
    said = words_of(paper_of(form), 5)
    assert "ผลงานที่ทำได้: ร้อยละ 11.46" in said
    assert "18 จาก 157 ชุมชน" in said
    assert "หน่วยงานที่มีผลอนุมัติแล้ว 1 จาก 5 หน่วยงาน" in said
    assert "อนุมัติแล้ว 11.46 %" in text_of(_asked(city, "8308"))


def _asked(city, words):
    city.office.add_member(OFFICER, unit="สำนักงานเขตดุสิต")
    return city.office.says(OFFICER, words)


def test_a_quarter_counts_all_months_up_to_its_end_and_none_after(city):
    city.tells("PBIS-LEVEL", BUDGET, OCTOBER, step=1, note="ร่างขอบเขตงาน")
    city.goes_to(2027, 1)
    city.tells("PBIS-LEVEL", BUDGET, JANUARY, step=2, note="ประชุมชี้แจง")
    first, second = city.form(quarter=1), city.form(quarter=2)
    assert (first.achieved.level, second.achieved.level) == (1, 2)
    assert [quarter.result and quarter.result.level for quarter in second.quarters] == [1, 2, None, None]
    assert [quarter.result and quarter.result.level for quarter in first.quarters] == [1, None, None, None]
    told = [[note.lines for note in quarter.notes] for quarter in second.quarters]
    assert told == [[("ร่างขอบเขตงาน",)], [("ประชุมชี้แจง",)], [], []]
    assert "ระดับ 2 (ร้อยละ 40) คะแนน 12" in words_of(paper_of(second), 5)


def test_a_quarter_of_which_nothing_was_said_does_not_repeat_the_one_before(city):
    city.tells("PBIS-LEVEL", BUDGET, OCTOBER, step=1)
    city.goes_to(2027, 2)
    form = city.form(quarter=2)
    assert form.quarters[1].result is None
    assert form.achieved.level == 1
    assert "ข้อมูลถึง: สิ้นเดือนตุลาคม 2569" in words_of(paper_of(form), 5)


def test_notes_stand_by_month_with_their_units_and_the_same_words_once(city):
    city.goes_to(2026, 12)
    city.tells("8308", BANG_RAK, NOVEMBER, value=12, note="รอใบเสร็จ")
    city.tells("8308", DIN_DAENG, OCTOBER, value=9, note="ส่งเอกสารครบ\nรอเบิก")
    city.tells("8308", BANG_RAK, OCTOBER, value=9, note="ส่งเอกสารครบ\nรอเบิก")
    (quarter, *_) = city.form("8308").quarters
    assert quarter.notes == (
        FormNote(OCTOBER, (DISTRICT, OTHER_DISTRICT), ("ส่งเอกสารครบ", "รอเบิก")),
        FormNote(NOVEMBER, (OTHER_DISTRICT,), ("รอใบเสร็จ",)),
    )
    many = replace(quarter, notes=(FormNote(OCTOBER, tuple("กขคงจฉชซ"), ("เหมือนกัน",)),))
    said = words_of(paper_of(replace(city.form("8308"), quarters=(many,))), 6)
    assert f"และอีก {8 - MOST_UNIT_NAMES} หน่วยงาน: เหมือนกัน" in said


def test_lines_of_notes_that_say_so_are_what_helped_and_what_stood_in_the_way(city):
    note = "ลงประกาศแล้ว\nปัจจัยสนับสนุน: ผู้บริหารติดตาม\n- ปัญหาและอุปสรรค : ไม่มีผู้ยื่นข้อเสนอ\nอุปสรรคมีน้อย"
    city.tells("PBIS-LEVEL", BUDGET, OCTOBER, step=1, note=note)
    form = city.form()
    assert [one.lines for one in form.quarters[0].notes] == [("ลงประกาศแล้ว", "อุปสรรคมีน้อย")]
    assert [one.lines for one in form.supporting] == [("ผู้บริหารติดตาม",)]
    assert [one.lines for one in form.obstacles] == [("ไม่มีผู้ยื่นข้อเสนอ",)]
    paper = paper_of(form)
    assert "ตุลาคม 2569: ไม่มีผู้ยื่นข้อเสนอ" in words_of(paper, 8)
    assert (blanks_of(paper, 7), blanks_of(paper, 8)) == (0, 0)


def test_a_result_that_changed_after_its_cut_stands_beside_the_kept_one(city):
    city.goes_to(2026, 12)
    city.tells("8308", DIN_DAENG, date(2026, 12, 1), value=9)
    city.goes_to(2027, 1, 15)
    cut_quarters(city.office.services)
    assert city.form("8308").quarters[0].cut_result is None
    city.goes_to(2027, 1, 18)
    city.tells("8308", DIN_DAENG, date(2026, 12, 1), value=18, note="แก้ตัวเลข")
    quarter = city.form("8308").quarters[0]
    assert (quarter.result.percent, quarter.cut_result.percent) == (Decimal("11.46"), Decimal("5.73"))
    assert "ผลที่ตัดยอดไว้เมื่อ 15 ม.ค. 2570: ร้อยละ 5.73" in words_of(paper_of(city.form("8308")), 6)


def test_the_year_is_summed_up_when_it_is_over_with_what_an_evaluator_said(city):
    city.tells("PBIS-LEVEL", BUDGET, OCTOBER, step=1)
    city.goes_to(2027, 9, 25)
    with city.database.transaction() as session:
        year = get_indicator(session, "PBIS-LEVEL", city.now.date()).id
        made = {"percent": Decimal("78.5"), "score": Decimal("15.7"), "note": "หลักฐานไม่ครบ"}
        record_evaluation(session, year, **made, now=city.now)
    assert not city.form(quarter=4).is_year_over
    assert "ผลการประเมิน" not in words_of(paper_of(city.form(quarter=4)))
    city.goes_to(2027, 10, 1)
    assert not city.form(quarter=3).is_year_over
    said = words_of(paper_of(city.form(quarter=4)), 6)
    assert "ผลทั้งปี: ระดับ 1 (ร้อยละ 20) จากเป้าหมาย ระดับ 5 ไม่บรรลุเป้าหมาย" in said
    assert "ผลการประเมิน: ร้อยละ 78.5 คะแนน 15.7 ประเมินเมื่อ 25 กันยายน 2570" in said
    assert "หลักฐานไม่ครบ" in said


def test_evidence_is_named_as_its_senders_called_it_and_photos_are_counted(city):
    made = city.tells("PBIS-LEVEL", BUDGET, OCTOBER, step=1)
    waits = city.tells("PBIS-LEVEL", BUDGET, NOVEMBER, step=2, approved=False)
    with city.database.transaction() as session:
        unit = get_unit(session, "สำนักงบประมาณกรุงเทพมหานคร").id
        names = ("ขอบเขตงาน ครั้งที่ 2.pdf", None, "ยังไม่อนุมัติ.pdf")
        for number, (name, of) in enumerate(zip(names, (made, made, waits), strict=True)):
            item = EvidenceItem(
                sha256=f"{number:064}",
                size=1,
                content_type="application/pdf",
                file_name=name,
                line_message_id=str(number),
                unit_id=unit,
                received_at=city.now,
            )
            session.add(item)
            session.flush()
            session.add(ReportEvidence(report_id=of, evidence_id=item.id))
    said = words_of(paper_of(city.form(), thai_digits=True), 9)
    assert "ตุลาคม ๒๕๖๙: ขอบเขตงาน ครั้งที่ 2.pdf" in said
    assert "ภาพถ่ายหรือไฟล์ที่ไม่มีชื่อ ๑ รายการ" in said
    assert "ยังไม่อนุมัติ.pdf" not in said
    assert "ที่มาของข้อมูล: รายงานในแชต" in said


def test_a_report_that_is_approved_later_comes_onto_the_form(city):
    waits = city.tells("8308", DIN_DAENG, OCTOBER, value=18, approved=False)
    before = city.form("8308")
    approve(city.database, REVIEWER, city.now, waits)
    after = city.form("8308")
    assert (before.achieved, before.waiting) == (None, 1)
    assert (after.achieved.numerator, after.waiting) == (18, 0)


@pytest.mark.parametrize(
    ("code", "year", "quarter", "reason"),
    [
        ("NO-SUCH", 2570, 1, "indicator_not_found"),
        ("8308", 2569, 1, "indicator_year_not_found"),
        ("8308", 2570, 0, "form_quarter_unknown"),
        ("8308", 2570, 5, "form_quarter_unknown"),
        ("8308", 2570, 2, "form_quarter_to_come"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_reason(city, code, year, quarter, reason):
    with pytest.raises((NotFound, Invalid)) as refused:
        city.form(code, quarter, year)
    assert refused.value.reason_code == reason


def test_thai_digits_are_for_numbers_and_leave_codes_and_names_alone(city):
    paper = paper_of(city.form(), thai_digits=True)
    assert paper.title[-1] == "ปีงบประมาณ พ.ศ. ๒๕๗๐ ไตรมาสที่ ๑"
    assert paper.facts[0].lines == ("PBIS-LEVEL",)
    assert "๕ | รายงานผลต่อผู้บริหาร | ๑๐๐ | ๓๐" in words_of(paper, 4)
    assert with_thai_digits("PAY-7-DAYS ภายใน 7 วัน 1.นำร่างบนระบบe-GP2") == "PAY-7-DAYS ภายใน ๗ วัน ๑.นำร่างบนระบบe-GP2"


@given(st.integers(0, 10**6), st.integers(0, 99))
def test_percentages_are_written_as_letters_write_them(whole_part, cents):
    said = f"{whole_part:,}.{cents:02}"
    assert with_percent_in_words(f"ระดับ 4 ({said} %)") == f"ระดับ 4 (ร้อยละ {said})"
