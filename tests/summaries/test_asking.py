"""Asking for a summary in the chat: who may, of which period, and that its figures are those of the other screens."""

from __future__ import annotations

from datetime import date

import pytest

from bot.schedule import read_profiles
from messages.smalltalk import HELP
from models.counting import calendar_loader
from models.documents import Secrecy
from models.members import Role
from models.requests import ClockKind
from models.service_figures import read_figures
from models.units import UnitKind, list_units
from tests.office import SECRETARIAT, actions_of, labels_of, text_of

OFFICER, SECRETARY, MANAGER, SUPERVISOR = (f"U{number:032x}" for number in range(1, 5))


@pytest.fixture
def open_office(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.add_member(MANAGER, Role.MANAGER, unit=SECRETARIAT)
    office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT)
    return office


def ask_late(office, clock):
    """A question that waits for an officer and is answered by nobody in time."""
    office.says(OFFICER, "กท 9999/1 ถึงไหนแล้ว")
    clock.advance(minutes=31)
    office.work()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("สรุป", "สรุปสัปดาห์นี้ 16–20 พ.ย. 2569"),
        ("สรุปวันนี้", "สรุปวันนี้ 20 พ.ย. 2569"),
        ("สรุปสัปดาห์", "สรุปสัปดาห์นี้"),
        ("สรุปเดือน", "สรุปเดือนนี้ 1–20 พ.ย. 2569"),
        ("สรุปไตรมาส", "สรุปไตรมาสนี้ 1 ต.ค. – 20 พ.ย. 2569"),
        ("สรุปปี", "สรุปปีงบประมาณนี้ 1 ต.ค. – 20 พ.ย. 2569"),
        ("สรุปเมื่อวาน", "สรุปรายวัน 19 พ.ย. 2569"),
        ("สรุปสัปดาห์ที่แล้ว", "สรุปรายสัปดาห์ 9–15 พ.ย. 2569"),
        ("สรุปเดือนที่แล้ว", "สรุปรายเดือน ตุลาคม 2569"),
        ("สรุปไตรมาส 1 ปี 2568", "สรุปรายไตรมาส ไตรมาส 1 ปีงบประมาณ 2568"),
    ],
)
def test_the_period_that_is_named_is_told(open_office, said, told):
    assert told in text_of(open_office.says(MANAGER, said))


def test_every_period_below_the_card_is_understood(open_office):
    taps = [tap["text"] for tap in actions_of(open_office.says(MANAGER, "สรุป")) if tap["type"] == "message"]
    assert len(taps) == 6  # five periods, and the service's own figures
    for tap in taps[1:]:
        assert text_of(open_office.says(MANAGER, tap)).startswith(tap)


def test_a_late_request_comes_before_all_else_and_is_named_by_its_number(open_office, clock):
    ask_late(open_office, clock)
    words = text_of(open_office.says(MANAGER, "สรุปวันนี้"))
    assert "ต้องตัดสินใจ 1 เรื่อง" in words
    assert "1 คำขอที่ยังไม่แจ้งผล เกินกำหนด (#1)" in words
    assert "แจ้งผลทัน 0% ต่ำกว่า 80" in words


def test_what_is_not_due_yet_is_neither_in_time_nor_late(open_office):
    open_office.says(OFFICER, "กท 9999/1 ถึงไหนแล้ว")
    words = text_of(open_office.says(MANAGER, "สรุปวันนี้"))
    assert "ไม่มีเรื่องเกินกำหนด" in words
    assert "แจ้งผลทัน –" in words
    assert "ถึงเป้า" not in words


def test_the_supervisor_reads_officers_and_machine_apart_as_on_the_services_own_card(open_office, clock):
    open_office.add_letter()
    open_office.says(OFFICER, "กท 1902/1335 ถึงไหนแล้ว")
    ask_late(open_office, clock)
    words = text_of(open_office.says(SUPERVISOR, "สรุปเดือนนี้"))
    with open_office.database.reading(snapshot=True) as session:
        loader = calendar_loader(session)
        figures = read_figures(session, date(2026, 11, 1), date(2026, 11, 30), now=clock.now(), calendars=loader)
    report = figures[ClockKind.SERVICE]
    assert (report.answered.human.percent, report.answered.machine.percent) == (0, 100)
    assert "แจ้งผลทัน 0% ต่ำกว่า 80 (0 จาก 1 คน · ล่าช้า 1 คำขอ · เจ้าหน้าที่ 0% ระบบ 100%)" in words
    assert f"ผู้ใช้บริการ {report.users} คน" in words and f"{report.requests} คำขอ" in words


def test_what_the_month_comes_to_is_called_a_projection(open_office):
    assert "ประมาณ 0 คน 0 คำขอ คาดการณ์" in text_of(open_office.says(SUPERVISOR, "สรุปเดือนนี้"))


def test_a_secret_letter_is_nowhere_in_it(open_office, clock):
    open_office.add_letter("กท 1902/2001", subject="เรื่องลับเฉพาะ", secrecy=Secrecy.SECRET)
    open_office.says(OFFICER, "กท 1902/2001 ถึงไหนแล้ว")
    clock.advance(minutes=31)
    open_office.work()
    for person in (MANAGER, SUPERVISOR):
        for said in ("สรุปวันนี้", "สรุปปี"):
            told = str(open_office.says(person, said))
            assert "2001" not in told and "ลับ" not in told


def test_officers_hear_who_sees_summaries_and_what_they_can_ask(open_office):
    told = open_office.says(OFFICER, "สรุปวันนี้")
    words = text_of(told)
    assert words.startswith("สรุปมีไว้สำหรับ") and "ผู้บริหาร" in words
    assert labels_of(told) == ["ตัวชี้วัดที่ช้ากว่าแผน", "คำขอของฉัน"]


def test_a_period_to_come_is_refused(open_office):
    assert "ยังมาไม่ถึง" in text_of(open_office.says(MANAGER, "สรุปไตรมาส 4 ปี 2570"))


def test_an_administrator_sees_the_city(open_office):
    open_office.add_member(f"U{5:032x}", Role.ADMIN)
    assert "ทุกหน่วยงาน" in text_of(open_office.says(f"U{5:032x}", "สรุปเดือนนี้"))


def test_a_manager_of_a_unit_reads_its_name(open_office):
    with open_office.database.reading() as session:
        unit = list_units(session, kind=UnitKind.DISTRICT)[0].name
    open_office.add_member(f"U{5:032x}", Role.MANAGER, unit=unit)
    assert unit in text_of(open_office.says(f"U{5:032x}", "สรุปเดือนนี้"))


def test_who_reads_english_is_told_in_english(open_office):
    open_office.add_member(f"U{5:032x}", Role.MANAGER, unit=SECRETARIAT, language="en")
    read_profiles(open_office.services)
    words = text_of(open_office.says(f"U{5:032x}", "Summary this month"))
    assert words.startswith("Summary: this month, 1–20 Nov 2026 · all units")


def test_help_names_it_for_those_who_see_it():
    who = next(roles for roles, does, _ in HELP if does.thai.startswith("ดูสรุป"))
    assert who == {Role.MANAGER, Role.SUPERVISOR, Role.REVIEWER, Role.COORDINATOR, Role.ADMIN}
