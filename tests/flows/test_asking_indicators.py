"""Questions about indicators as people ask them: the card, what leads on from it, and who sees what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from messages.actions import postback
from models.evidence import EvidenceItem, ReportEvidence
from models.indicators import get_indicator
from models.members import Role
from models.units import get_unit
from tests.indicators.acting import approve, report
from tests.indicators.definitions import DRAWN, LADDER, define
from tests.messages.samples import walk
from tests.office import DISTRICT, OTHER_DISTRICT, labels_of, text_of

DIN_DAENG, BANG_RAK, HOST, REVIEWER, BUDGET, OFFICER = (f"U{number:032x}" for number in range(1, 7))
OCTOBER = date(2026, 10, 1)
PLANNED = replace(DRAWN, plan={10: Decimal(20), 9: Decimal(90)})
NOTE = "รอใบเสร็จจากชุมชนที่สิบเก้า"


@pytest.fixture
def city(office):
    office.add_member(DIN_DAENG, Role.COORDINATOR)
    office.add_member(BANG_RAK, Role.COORDINATOR, unit=OTHER_DISTRICT)
    office.add_member(HOST, Role.COORDINATOR, unit="สำนักพัฒนาสังคม")
    office.add_member(REVIEWER, Role.REVIEWER, unit="สำนักพัฒนาสังคม")
    office.add_member(BUDGET, Role.COORDINATOR, unit="สำนักงบประมาณกรุงเทพมหานคร")
    office.add_member(OFFICER, unit="สำนักงานเขตดุสิต")
    define(office.database, PLANNED, LADDER)
    return office


def told(city, by, code="8308", **said):
    return report(city.database, code, by, city.clock.now(), **said)


def test_the_first_line_is_the_result_and_what_it_rests_on_follows(city):
    told(city, DIN_DAENG, value=18, month=OCTOBER)
    words = text_of(city.says(OFFICER, "8308"))
    assert words.startswith("11.46 % ช้ากว่าแผน 8308 ร้อยละของชุมชน")
    for expected in (
        "ภาพรวม 5 หน่วยงาน · ปีงบประมาณ 2570",
        "18 จาก 157 ชุมชน",
        "เป้าหมาย 90 %",
        "แผนถึงขณะนี้ 20 %",
        "ยังไม่มีส่วนที่อนุมัติแล้ว",
        "ยังไม่รายงาน 4 หน่วยงาน",
        "ดินแดง 81.82 % (18/22 เป้า 20)",
        "ผลถึง ต.ค. 2569 รายงานล่าสุด 20 พ.ย. 2569 09.00 น. รายงานในแชต",
    ):
        assert expected in words


def test_cards_and_lists_show_the_short_name_and_say_the_official_one(city):
    shown = {
        "card": city.says(OFFICER, "8308"),
        "missing": city.says(OFFICER, "8308 ใครยังไม่รายงาน"),
        "behind": city.says(OFFICER, "งานล่าช้ากว่าแผน"),
        "own": city.says(DIN_DAENG, "ตัวชี้วัดของฉัน"),
        "which": city.says(DIN_DAENG, "ผลตัวชี้วัด"),
    }
    for name, messages in shown.items():
        seen = [node["text"] for node in walk(messages[0]["contents"]) if node.get("type") == "text"]
        titles = [words for words in seen if "8308 " in words and "เช่น" not in words]
        assert titles and all("8308 ชุมชนเข้มแข็งฯ" in words for words in titles), name
        assert f"8308 {DRAWN.name}" in text_of(messages), name


def test_an_indicator_without_a_short_name_is_shown_by_its_official_one(city):
    define(city.database, replace(PLANNED, code="8308-NEW"))
    with city.database.reading() as session:
        year = get_indicator(session, "8308-NEW", OCTOBER).id
    city.line.user_taps(OFFICER, postback("ภาพรวม", "indicator", year=year))
    (card,) = city.work(OFFICER)
    assert f"8308-NEW {DRAWN.name}" in str(card["contents"])


def test_what_is_not_reported_is_not_zero(city):
    words = text_of(city.says(OFFICER, "8308 บางรัก"))
    assert words.startswith("ยังไม่มีรายงาน ช้ากว่าแผน")
    assert "0 %" not in words.replace("20 %", "").replace("90 %", "")


def test_a_follow_up_asks_of_another_unit(city):
    told(city, BANG_RAK, value=15, month=OCTOBER)
    city.says(OFFICER, "8308 ดินแดง")
    words = text_of(city.says(OFFICER, "แล้วบางรักล่ะ"))
    assert words.startswith("100 % ถึงเป้า 8308")
    assert f"{OTHER_DISTRICT} · ปีงบประมาณ 2570" in words
    assert "เป้าหมาย 14 ชุมชน (ภาพรวม 90 %)" in words


def test_buttons_lead_from_the_whole_to_groups_and_units_and_are_remembered(city):
    told(city, DIN_DAENG, value=18, month=OCTOBER)
    told(city, BANG_RAK, value=15, month=OCTOBER)
    assert labels_of(city.says(OFFICER, "8308 ภาพรวม"))[-3:] == ["หน่วยงานที่ยังไม่รายงาน", "รายกลุ่มเขต", "รายหน่วยงาน"]
    units = text_of(city.taps(OFFICER, "รายหน่วยงาน"))
    assert units.index("1. สำนักงานเขตบางรัก ถึงเป้า 100 %") < units.index("2. สำนักงานเขตดินแดง ยังไม่ถึงเป้า 81.82 %")
    assert "3. สำนักงานเขตดุสิต ยังไม่มีรายงาน" in units
    groups = text_of(city.taps(OFFICER, "รายกลุ่มเขต"))
    assert "กลุ่ม กท.ใต้ 100 % 15 จาก 15 ชุมชน" in groups
    missing = text_of(city.taps(OFFICER, "หน่วยงานที่ยังไม่รายงาน"))
    assert missing.startswith("ยังไม่รายงาน 3 จาก 5 หน่วยงาน")
    assert "เดือนตุลาคม 2569 พ้นกำหนดเมื่อ 5 พ.ย. 2569" in missing
    assert DISTRICT not in missing
    shown = text_of(city.taps(OFFICER, DISTRICT))
    assert shown.startswith("81.82 %")
    assert OTHER_DISTRICT in text_of(city.says(OFFICER, "แล้วบางรักล่ะ"))


def test_a_group_is_asked_by_its_name(city):
    told(city, DIN_DAENG, value=18, month=OCTOBER)
    words = text_of(city.says(OFFICER, "8308 กลุ่มกท.กลาง"))
    assert "กลุ่ม กท.กลาง 2 หน่วยงาน" in words
    assert "18 จาก 65 ชุมชน" in words


def test_notes_and_what_waits_are_for_those_concerned(city):
    told(city, DIN_DAENG, value=18, month=OCTOBER, note=NOTE)
    assert NOTE in text_of(city.says(DIN_DAENG, "8308 ดินแดง"))
    assert "ต.ค. 2569 18 จาก 22 ชุมชน · ล่าช้า · รออนุมัติ · สำนักงานเขตดินแดง" in text_of(city.says(HOST, "8308 ดินแดง"))
    assert "รออนุมัติ 1 รายงาน" in text_of(city.says(HOST, "8308"))
    for anybody in (OFFICER, BANG_RAK):
        words = text_of(city.says(anybody, "8308 ดินแดง"))
        assert words.startswith("81.82 %")
        assert NOTE not in words
        assert "รออนุมัติ" not in words + text_of(city.says(anybody, "8308"))


def test_what_is_approved_stands_beside_what_is_reported(city):
    approve(city.database, REVIEWER, city.clock.now(), told(city, DIN_DAENG, value=16, month=OCTOBER))
    told(city, DIN_DAENG, value=18, month=OCTOBER)
    assert "อนุมัติแล้ว 72.73 %" in text_of(city.says(OFFICER, "8308 ดินแดง"))


def test_evidence_is_listed_for_those_who_may_see_it(city):
    number = told(city, DIN_DAENG, value=18, month=OCTOBER)
    with city.database.transaction() as session:
        unit = get_unit(session, DISTRICT).id
        item = EvidenceItem(
            sha256="0" * 64,
            size=250_000,
            content_type="image/jpeg",
            line_message_id="m1",
            unit_id=unit,
            received_at=city.clock.now(),
        )
        session.add(item)
        session.flush()
        session.add(ReportEvidence(report_id=number, evidence_id=item.id))
    assert "หลักฐาน 1 รายการ" in text_of(city.says(DIN_DAENG, "8308 ดินแดง"))
    assert "1. รูปภาพ 244 KB 20 พ.ย. 2569 09.00 น." in text_of(city.taps(DIN_DAENG, "หลักฐาน"))
    city.line.user_taps(OFFICER, postback("หลักฐาน", "report_evidence", report=number))
    assert text_of(city.work(OFFICER)).startswith("ไม่พบรายงานนี้")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("8308 ปีงบ 2566", "8308 ไม่มีในปีงบประมาณ 2566 มีในปี 2568 และ 2570"),
        ("8308 สำนักอนามัย", "สำนักอนามัย ไม่ได้เป็นหน่วยงานของตัวชี้วัด 8308"),
        ("8308 กลุ่มกธ.ใต้ ปีงบ 2570", "กลุ่ม กธ.ใต้ 2 หน่วยงาน"),
        ("8308 ไตรมาส 1 ปี 2570", "ข้อมูลถึงสิ้น พ.ย. 2569"),
        ("ห้องน้ำคนแก่", "ไม่ใช่ปีปัจจุบัน"),
    ],
)
def test_what_there_is_not_is_said_in_words(city, asked, answered):
    assert answered in text_of(city.says(OFFICER, asked))


def test_without_an_indicator_those_of_ones_unit_are_offered(city):
    offered = city.says(DIN_DAENG, "ผลตัวชี้วัด")
    assert "ต้องการดูตัวชี้วัดใด" in text_of(offered)
    label = next(label for label in labels_of(offered) if label.startswith("8308"))
    assert "ภาพรวม 5 หน่วยงาน" in text_of(city.taps(DIN_DAENG, label))
    city.says(BUDGET, "ผลตัวชี้วัด")
    assert "PBIS-LEVEL" in text_of(city.says(BUDGET, "ระดับ PBIS"))


def test_a_ladder_shows_the_step_that_is_reached(city):
    told(city, BUDGET, "PBIS-LEVEL", step=2, note="ขั้นแรกทำในปีก่อน")
    shown = city.says(OFFICER, "PBIS-LEVEL")
    assert text_of(shown).startswith("ระดับ 2 (40 %) ตามแผน")
    assert "ถึงขั้นที่ 2 ประชุมชี้แจง (2/5)" in text_of(shown)


def test_what_is_behind_plan_comes_worst_first(city):
    told(city, DIN_DAENG, value=18, month=OCTOBER)
    words = text_of(city.says(OFFICER, "งานล่าช้ากว่าแผน"))
    assert words.startswith("ช้ากว่าแผน 2 รายการ / ทุกหน่วยงาน · ปีงบประมาณ 2570 / แผนถึงสิ้น ต.ค. 2569")
    assert "1. 8308" in words
    assert "ได้ 11.46 % ขาด 8.54 · แผน 20 %" in words
    assert "2. PBIS-LEVEL" in words
    assert "ยังไม่มีรายงาน 1 รายการ" in words
    own = text_of(city.taps(OFFICER, "เฉพาะหน่วยงานของฉัน"))
    assert own.startswith("ช้ากว่าแผน 1 รายการ / สำนักงานเขตดุสิต")


def test_ones_own_indicators_say_what_is_due(city):
    city.line.user_taps(DIN_DAENG, postback("ตัวชี้วัดของฉัน", "own_indicators"))
    assert "ยังไม่รายงาน เดือนตุลาคม 2569 พ้นกำหนดเมื่อ 5 พ.ย. 2569" in text_of(city.work(DIN_DAENG))
    told(city, DIN_DAENG, value=18, month=OCTOBER)
    city.line.user_taps(DIN_DAENG, postback("ตัวชี้วัดของฉัน", "own_indicators"))
    assert "81.82 % เป้าหมาย 20 ชุมชน · สำนักงานเขตดินแดง · รายงานแล้ว ครั้งถัดไป 5 ธ.ค. 2569" in text_of(city.work(DIN_DAENG))
