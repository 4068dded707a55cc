"""The service's figures in the chat: who sees them, of which period, and that they are those of the command line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from messages import service
from models.counting import calendar_loader
from models.members import Role
from models.month_cuts import cut_month
from models.requests import ClockKind
from models.service_figures import read_figures
from tests.office import SECRETARIAT, labels_of, text_of

OFFICER, SECRETARY = f"U{1:032x}", f"U{2:032x}"
COMMAND = service.COMMAND.thai


@pytest.fixture
def open_office(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    return office


def figures_of_november(office):
    with office.database.reading(snapshot=True) as session:
        return read_figures(
            session, date(2026, 11, 1), date(2026, 11, 30), now=office.clock.now(), calendars=calendar_loader(session)
        )


def test_a_question_that_the_machine_answered_is_in_the_figures(open_office):
    open_office.add_letter()
    open_office.says(OFFICER, "กท 1902/1335 ถึงไหนแล้ว")
    shown = open_office.says(SECRETARY, COMMAND)
    words = text_of(shown)
    assert "ผู้ใช้บริการ 1 คน ขาด 49 คน" in words
    assert "รับทราบใน 15 นาที 100% ถึงเป้า 80" in words
    assert "แจ้งผลทัน: เจ้าหน้าที่ – ระบบ 100% รวม 100%" in words
    assert "เดือนนี้ 1–20 พ.ย. 2569" in words
    report = figures_of_november(open_office)[ClockKind.SERVICE]
    assert (report.users, report.answered.requests.of, report.answered.machine.good) == (1, 1, 1)


def test_one_late_request_shows_at_once_and_says_what_it_takes(open_office, clock):
    open_office.says(OFFICER, "กท 9999/1 ถึงไหนแล้ว")
    clock.advance(minutes=31)
    open_office.work()
    words = text_of(open_office.says(SECRETARY, COMMAND))
    assert "แจ้งผลใน 30 นาที 0% ต่ำกว่า 80" in words
    assert "ต้องแจ้งผลทันอีก 4 คน จึงถึงร้อยละ 80" in words


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR, Role.REVIEWER])
def test_others_are_refused_politely(open_office, role):
    open_office.add_member(f"U{5:032x}", role)
    words = text_of(open_office.says(f"U{5:032x}", COMMAND))
    assert "บทบาทของท่านทำรายการนี้ไม่ได้" in words
    assert "ร้อยละ" not in words


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MANAGER, Role.ADMIN])
def test_those_who_answer_for_the_service_see_them(open_office, role):
    open_office.add_member(f"U{5:032x}", role, unit=SECRETARIAT)
    assert "ยังไม่มีผู้ติดตามหนังสือ" in text_of(open_office.says(f"U{5:032x}", COMMAND))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("สถิติการให้บริการ สัปดาห์นี้", "สัปดาห์นี้ 16–20 พ.ย. 2569"),
        ("สถิติการให้บริการ เดือนที่แล้ว", "ตุลาคม 2569"),
        ("สถิติการให้บริการ ไตรมาสนี้", "ไตรมาสนี้ 1 ต.ค. – 20 พ.ย. 2569"),
        ("สถิติการให้บริการ ปีงบประมาณนี้", "ปีงบประมาณนี้ 1 ต.ค. – 20 พ.ย. 2569"),
        ("สถิติการให้บริการ ไตรมาส 4 ปี 2569", "ไตรมาส 4 ปีงบประมาณ 2569"),
    ],
)
def test_the_period_that_is_named_is_shown(open_office, said, told):
    assert told in text_of(open_office.says(SECRETARY, said))


def test_every_tap_below_the_card_names_a_period_that_is_understood(open_office):
    shown = open_office.says(SECRETARY, COMMAND)
    taps = [label for label in labels_of(shown) if label.endswith(("นี้", "แล้ว"))]
    assert len(taps) == 5
    for tap in taps:
        assert COMMAND in text_of(open_office.taps(SECRETARY, tap))


def test_a_month_that_was_cut_says_so(open_office, clock):
    open_office.add_letter()
    open_office.says(OFFICER, "กท 1902/1335 ถึงไหนแล้ว")
    clock.advance(days=13)
    with open_office.database.transaction() as session:
        assert cut_month(session, date(2026, 11, 1), now=clock.now(), calendars=calendar_loader(session))
    clock.advance(minutes=1)
    words = text_of(open_office.says(SECRETARY, "สถิติการให้บริการ เดือนที่แล้ว"))
    assert "ไม่มีการแก้ไขภายหลัง" in words
    assert "ยอดขณะนั้น ผู้ใช้ 1 คน" in words


def test_by_plain_time_where_the_office_never_closes(open_office, monkeypatch):
    open_office.add_letter()
    open_office.says(OFFICER, "กท 1902/1335 ถึงไหนแล้ว")
    assert "หากนับทุกนาที" in text_of(open_office.says(SECRETARY, COMMAND))
    assert figures_of_november(open_office)[ClockKind.ELAPSED].counted_at - open_office.clock.now() == timedelta(0)
