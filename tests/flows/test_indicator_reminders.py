"""Reminders over a month of working days, with clocks that were killed, and the reviewers' digest."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

import bot.indicator_jobs
from bot.indicator_jobs import remind_coordinators, tell_reviewers
from messages.actions import postback_data
from models.indicator_reports import ReportSource
from models.indicator_terms import ReportedBy, Reporting
from models.indicator_years import close_year
from models.indicators import get_indicator
from models.members import Role
from models.service_calendar import OPERATOR, record_day
from models.working_time import BANGKOK, DayKind
from tests.indicators.definitions import CARRIED_OVER, COMMUNITIES, DRAWN, LADDER, define
from tests.indicators.reporting import record
from tests.office import DISTRICT, OTHER_DISTRICT, labels_of, text_of

COORDINATOR, NEIGHBOUR, HOSTS, REVIEWER, STRANGER = ("U" + letter * 32 for letter in "abcde")
HOST = "สำนักพัฒนาสังคม"
REMIND = "เตือนผู้ที่ยังไม่รายงาน"
COMPUTED = replace(DRAWN, code="DISBURSE", reporting=Reporting(by=ReportedBy.MACHINE, source="vouchers"))


@pytest.fixture
def month(office):
    """December 2026 with its holidays: 8308 of November is due on Saturday the 5th, the ladder on 10 January."""
    define(office.database, DRAWN, LADDER, COMPUTED)
    office.add_member(COORDINATOR, Role.COORDINATOR)
    office.add_member(NEIGHBOUR, Role.COORDINATOR, unit=OTHER_DISTRICT)
    office.add_member(HOSTS, Role.COORDINATOR, unit="BUDGET")
    office.add_member(REVIEWER, Role.REVIEWER, unit=HOST)
    office.add_member(STRANGER, Role.REVIEWER, unit="สำนักการคลัง")
    record(office.database, {DISTRICT: 5, OTHER_DISTRICT: 5}, now=office.clock.now(), month=date(2026, 10, 1))
    return office


def go_to(office, day: int, hour: float, month: int = 12, year: int = 2026) -> None:
    at = datetime(year, month, day, tzinfo=BANGKOK) + timedelta(hours=hour)
    office.clock.advance(seconds=(at - office.clock.now()).total_seconds())


def heard(office, *people) -> dict[str, int]:
    return {person: len(office.line.messages_to(person)) for person in people}


def newest(office, person):
    return office.line.messages_to(person)[-1].message


def presses(office, person, action, **params):
    tap = {"type": "postback", "label": "-", "data": postback_data(action, **params)}
    office.line.user_taps(person, tap)
    return office.work(person)


def id_of(office, code="8308") -> int:
    with office.database.reading() as session:
        return get_indicator(session, code, date(2026, 12, 1)).id


# --- by the clock ---------------------------------------------------------------------------------------------------


def test_a_month_of_clocks_reminds_twice_at_the_days_that_are_meant(month):
    told: list[str] = []
    go_to(month, 30, 0, month=11)
    for _ in range(31):
        for hours in (8.9, 0.1, 4, 5, 6):  # until 8.54, 9.00, 13.00, 18.00 and midnight
            month.clock.advance(hours=hours)
            before = heard(month, COORDINATOR)[COORDINATOR]
            remind_coordinators(month.services)
            month.work()
            at = month.clock.now().astimezone(BANGKOK)
            told += [f"{at:%d %b %H:%M}"] * (heard(month, COORDINATOR)[COORDINATOR] - before)

    # 8308 is due on Saturday the 5th: told of three working days before the Friday, and on the Friday.
    assert told == ["01 Dec 09:00", "04 Dec 09:00"]
    assert heard(month, HOSTS) == {HOSTS: 0}


def test_one_message_for_all_that_is_due_and_none_for_what_was_reported_or_is_computed(month):
    record(month.database, {OTHER_DISTRICT: 14}, now=month.clock.now())  # of November
    go_to(month, 4, 9.5)
    remind_coordinators(month.services)
    month.work()

    assert heard(month, COORDINATOR, NEIGHBOUR, REVIEWER) == {COORDINATOR: 1, NEIGHBOUR: 0, REVIEWER: 0}
    words = text_of([newest(month, COORDINATOR)])
    assert "8308" in words and "ครบกำหนด 5 ธ.ค." in words and "DISBURSE" not in words
    assert month.button(COORDINATOR, "รายงาน")["text"].endswith(f" {DISTRICT}")


def test_a_clock_that_is_killed_half_way_has_told_nothing_and_three_at_once_tell_once(month, monkeypatch):
    go_to(month, 1, 9.5)
    stored = bot.indicator_jobs.outbox.store_outgoing

    def killed(*args, **kwargs):
        stored(*args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("bot.indicator_jobs.outbox.store_outgoing", killed)
        remind_coordinators(month.services)
    month.work()
    assert heard(month, COORDINATOR) == {COORDINATOR: 0}

    clocks = [threading.Thread(target=remind_coordinators, args=(month.services,)) for _ in range(3)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join(20)
    month.work()
    assert heard(month, COORDINATOR, NEIGHBOUR) == {COORDINATOR: 1, NEIGHBOUR: 1}


def test_a_clock_that_slept_through_the_day_reminds_on_the_next(month):
    go_to(month, 3, 10)  # the day was Tuesday the 1st
    remind_coordinators(month.services)
    month.work()
    assert heard(month, COORDINATOR) == {COORDINATOR: 1}
    go_to(month, 8, 10)  # past the due day nobody is reminded by the clock
    record(month.database, {DISTRICT: 6}, now=month.clock.now(), month=date(2026, 10, 1))
    remind_coordinators(month.services)
    month.work()
    assert heard(month, COORDINATOR) == {COORDINATOR: 1}


@pytest.mark.parametrize(("day", "hour"), [(1, 8.75), (1, 17), (5, 10), (30, 10)])
def test_no_reminder_before_nine_after_hours_or_on_a_day_without_service(month, day, hour):
    go_to(month, day, hour, month=11 if day == 30 else 12)
    remind_coordinators(month.services)
    month.work()
    assert heard(month, COORDINATOR) == {COORDINATOR: 0}


def test_a_holiday_declared_in_between_moves_the_reminder(month):
    with month.database.transaction() as session:
        for day in (2, 4):
            special = {"name": "วันหยุดพิเศษ", "source": OPERATOR, "now": month.clock.now()}
            record_day(session, date(2026, 12, day), DayKind.SPECIAL_HOLIDAY, **special)
    seen = []
    for day in (30, 1, 2, 3, 4):  # the last working day is now Thursday the 3rd; three before it is Friday the 27th
        go_to(month, day, 10, month=11 if day == 30 else 12)
        before = heard(month, COORDINATOR)[COORDINATOR]
        remind_coordinators(month.services)
        month.work()
        seen += [day] * (heard(month, COORDINATOR)[COORDINATOR] - before)
    assert seen == [30, 3]


def test_what_the_host_reports_its_own_coordinators_hear_of_until_the_year_is_closed(month):
    go_to(month, 8, 10, month=1, year=2027)
    remind_coordinators(month.services)
    month.work()
    assert "PBIS-LEVEL" in text_of([newest(month, HOSTS)]) and "ไตรมาส 1 ปีงบประมาณ 2570" in str(newest(month, HOSTS))
    with month.database.transaction() as session:
        close_year(session, 2570, month.clock.now())
    go_to(month, 10, 10, month=4, year=2027)
    before = heard(month, HOSTS, COORDINATOR)
    for day in (1, 2, 5, 7, 8, 9):
        go_to(month, day, 10, month=4, year=2027)
        remind_coordinators(month.services)
    month.work()
    assert heard(month, HOSTS, COORDINATOR) == before


# --- by the host's tap ----------------------------------------------------------------------------------------------


def test_the_host_reminds_once_a_day_after_a_read_back(month):
    go_to(month, 9, 10)
    record(month.database, {OTHER_DISTRICT: 14}, now=month.clock.now(), month=date(2026, 11, 1))
    asked = presses(month, REVIEWER, "remind_units", indicator=id_of(month))
    assert "เตือนผู้ประสานงาน 1 คน ของ 4 หน่วยงาน ที่ยังไม่รายงาน 8308" in text_of(asked)
    assert "ยังไม่มีผู้ประสานงานลงทะเบียน: สำนักงานเขต" in text_of(asked)
    assert heard(month, COORDINATOR) == {COORDINATOR: 0}

    assert "ถึงผู้ประสานงาน 1 คนแล้ว" in text_of(month.says(REVIEWER, "ยืนยัน"))
    words = text_of([newest(month, COORDINATOR)])
    assert f"{HOST} ขอความอนุเคราะห์รายงาน 8308 เดือนพฤศจิกายน 2569" in words and "พ้นกำหนดเมื่อ 5 ธ.ค. 2569" in words
    again = presses(month, REVIEWER, "remind_units", indicator=id_of(month))
    assert "ไปแล้วเมื่อ 10.00 น." in text_of(again)
    assert "ไปแล้วเมื่อ" in text_of(presses(month, REVIEWER, "send_reminders", indicator=id_of(month), period="2026-11"))
    assert heard(month, COORDINATOR, NEIGHBOUR) == {COORDINATOR: 1, NEIGHBOUR: 0}
    go_to(month, 11, 9)
    assert "ใช่หรือไม่" in text_of(presses(month, REVIEWER, "remind_units", indicator=id_of(month)))


def test_nobody_reminds_for_another_host_of_what_is_computed_or_all_reported(month):
    assert "หน่วยงานอื่นเป็นเจ้าภาพ" in text_of(presses(month, STRANGER, "remind_units", indicator=id_of(month)))
    assert "บทบาทของท่าน" in text_of(presses(month, COORDINATOR, "remind_units", indicator=id_of(month)))
    computed = presses(month, REVIEWER, "remind_units", indicator=id_of(month, "DISBURSE"))
    assert "ระบบคำนวณให้เอง" in text_of(computed)
    everybody = ["สำนักงานเขตดุสิต", "สำนักงานเขตบางแค", "สำนักงานเขตทุ่งครุ"]
    record(month.database, dict.fromkeys(everybody, 3), now=month.clock.now(), month=date(2026, 10, 1))
    assert "ทุกหน่วยงานรายงาน 8308" in text_of(presses(month, REVIEWER, "remind_units", indicator=id_of(month)))


def test_who_may_remind_is_offered_it_below_the_list_of_those_who_are_missing(month):
    go_to(month, 9, 10)
    offered = {person: month.says(person, "8308 ใครยังไม่รายงาน") for person in (REVIEWER, STRANGER, COORDINATOR)}
    assert all("ยังไม่รายงาน 5 จาก 5 หน่วยงาน" in text_of(told) for told in offered.values())
    assert [person for person, told in offered.items() if REMIND in labels_of(told)] == [REVIEWER]

    assert "เตือนผู้ประสานงาน 2 คน ของ 5 หน่วยงาน" in text_of(month.taps(REVIEWER, REMIND))
    month.says(REVIEWER, "ยืนยัน")
    assert heard(month, COORDINATOR, NEIGHBOUR) == {COORDINATOR: 2, NEIGHBOUR: 1}


def test_nothing_is_offered_of_what_is_computed_all_reported_or_closed(month):
    assert REMIND in labels_of(presses(month, REVIEWER, "indicator_missing", year=id_of(month)))
    computed = presses(month, REVIEWER, "indicator_missing", year=id_of(month, "DISBURSE"))
    assert "ยังไม่รายงาน" in text_of(computed) and REMIND not in labels_of(computed)
    record(month.database, dict.fromkeys(COMMUNITIES, 3), now=month.clock.now(), month=date(2026, 10, 1))
    assert REMIND not in labels_of(presses(month, REVIEWER, "indicator_missing", year=id_of(month)))
    go_to(month, 9, 10)
    with month.database.transaction() as session:
        close_year(session, 2570, month.clock.now())
    closed = presses(month, REVIEWER, "indicator_missing", year=id_of(month))
    assert "ยังไม่รายงาน 5" in text_of(closed) and REMIND not in labels_of(closed)


# --- the digest -----------------------------------------------------------------------------------------------------


def test_the_digest_comes_once_a_working_day_while_something_waits(month):
    month.services.settings = replace(month.services.settings, review_news=time(16))
    define(month.database, CARRIED_OVER)
    seen = []
    for day in (2, 3, 4, 5):
        for hour in (15.9, 16, 16.1, 17, 23):
            go_to(month, day, hour)
            before = heard(month, REVIEWER)[REVIEWER]
            tell_reviewers(month.services)
            month.work()
            seen += [(day, hour)] * (heard(month, REVIEWER)[REVIEWER] - before)
    assert seen == [(2, 16), (3, 16), (4, 16)]
    assert "รายงานรออนุมัติ 2 รายงาน: 8308 2 รายงาน" in text_of([newest(month, REVIEWER)])
    assert heard(month, STRANGER) == {STRANGER: 0}
    assert "รออนุมัติ 2 รายงาน" in text_of(month.taps(REVIEWER, "ดูทั้งหมดที่รออนุมัติ"))


def test_no_digest_where_each_is_told_or_only_the_service_reported(office):
    define(office.database, DRAWN)
    office.add_member(REVIEWER, Role.REVIEWER, unit=HOST)
    record(office.database, {DISTRICT: 5}, now=office.clock.now(), source=ReportSource.VOUCHERS)
    go_to(office, 2, 16.1)
    tell_reviewers(office.services)
    office.services.settings = replace(office.services.settings, review_news=time(16))
    tell_reviewers(office.services)
    office.work()
    assert heard(office, REVIEWER) == {REVIEWER: 0}
