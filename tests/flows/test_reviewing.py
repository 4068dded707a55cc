"""The host office decides: what reviewers see, two of them at once, and what the reporter hears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.schedule import read_profiles
from messages.actions import postback_data, read_postback
from models.indicator_reports import DecisionKind, ReportSource, list_reports
from models.indicator_results import WHOLE, read_results
from models.indicator_terms import Standing
from models.indicators import get_indicator
from models.members import Role, record_blocked
from tests.evidence.makers import PDF, photo
from tests.indicators.definitions import CARRIED_OVER, DRAWN, LADDER, define
from tests.indicators.reporting import record
from tests.messages.samples import walk
from tests.office import DISTRICT, OTHER_DISTRICT, actions_of, labels_of, text_of

REPORTER, REVIEWER, COLLEAGUE, STRANGER, ADMIN = ("U" + letter * 32 for letter in "abcde")
HOST = "สำนักพัฒนาสังคม"
TODAY = date(2026, 11, 20)
DUSIT = "สำนักงานเขตดุสิต"


@pytest.fixture
def host(office):
    """An indicator, a coordinator who reports on it, two reviewers of its host, and one of another office."""
    define(office.database, DRAWN, LADDER, CARRIED_OVER)
    office.add_member(REPORTER, Role.COORDINATOR)
    office.add_member(REVIEWER, Role.REVIEWER, unit=HOST)
    office.add_member(COLLEAGUE, Role.REVIEWER, unit=HOST)
    office.add_member(STRANGER, Role.REVIEWER, unit="สำนักการคลัง")
    return office


def report(office, figures=None, reporter=REPORTER, **told) -> list[int]:
    """Report and let the reviewers hear of it; gives the ids."""
    news = {"terms": office.services.terms(), "review_news_at": office.services.settings.review_news}
    told = {"now": office.clock.now(), "reporter": reporter, "tell": news} | told
    ids = record(office.database, figures or {DISTRICT: 18}, **told)
    office.work()
    return ids


def decisions(office, code="8308") -> dict[int, DecisionKind | None]:
    with office.database.reading() as session:
        return {one.id: one.decision for one in list_reports(session, get_indicator(session, code, TODAY).id)}


def approved_percent(office) -> str:
    with office.database.reading() as session:
        whole = read_results(session, get_indicator(session, "8308", TODAY).id)[WHOLE, Standing.APPROVED]
    return str(whole.percent)


def heard(office, person) -> list[dict]:
    return [row.message for row in office.line.messages_to(person)]


def presses(office, person, action, **params):
    """Somebody taps a button that is known by what it does; gives what that person then sees."""
    tap = {"type": "postback", "label": "-", "data": postback_data(action, **params)}
    office.line.user_taps(person, tap)
    return office.work(person)


def approve_all_of(card) -> dict:
    """What the button of a card on several reports speaks of."""
    data = next(action["data"] for action in actions_of([card]) if "confirm_approve_all" in action.get("data", ""))
    return read_postback(data)[1]


# --- the card -------------------------------------------------------------------------------------------------------


def test_every_reviewer_of_the_host_gets_one_card_and_nobody_else(host):
    report(host, note="เบิกแล้วบางส่วน")

    (card,) = heard(host, REVIEWER)
    words = text_of([card])
    assert f"รายงานรออนุมัติ 8308 {DISTRICT} เดือนพฤศจิกายน 2569" in words
    assert "18 จาก 22 ชุมชน" in words
    assert "ยังไม่มี → 81.82 %" in words
    assert "เบิกแล้วบางส่วน" in str(card) and "ไม่มีหลักฐานแนบ" in str(card)
    assert labels_of([card]) == ["ส่งกลับแก้ไข", "อนุมัติ", "ดูทั้งหมดที่รออนุมัติ"]
    assert heard(host, COLLEAGUE) == [card]
    assert heard(host, STRANGER) == heard(host, REPORTER) == []
    assert len(host.calls("multicast")) == 1


def test_what_is_reported_in_the_chat_is_approved_with_one_tap(host):
    host.says(REPORTER, "รายงาน 8308 18 จาก 22")
    host.says(REPORTER, "ยืนยัน")
    assert "18 จาก 22 ชุมชน" in text_of(heard(host, REVIEWER))

    host.taps(REVIEWER, "อนุมัติ")

    assert list(decisions(host).values()) == [DecisionKind.APPROVED]
    assert "อนุมัติรายงานของท่านแล้ว" in text_of(heard(host, REPORTER))


def test_a_blocked_reviewer_and_the_reporter_are_left_out(host):
    host.add_member(REPORTER, Role.REVIEWER, unit=HOST)  # reports and reviews
    with host.database.transaction() as session:
        record_blocked(session, COLLEAGUE, host.clock.now())

    report(host)

    assert len(heard(host, REVIEWER)) == 1
    assert heard(host, REPORTER) == heard(host, COLLEAGUE) == []


def test_a_grid_is_one_card_and_is_read_back_before_it_is_approved(host):
    ids = report(host, {DISTRICT: 18, OTHER_DISTRICT: 14, DUSIT: 30}, source=ReportSource.GRID)
    (card,) = heard(host, REVIEWER)
    assert "8308 รายงานรออนุมัติ 3 รายงาน" in text_of([card])
    later = report(host, {"สำนักงานเขตบางแค": 40})  # comes in between, and was not seen on the card

    asked = presses(host, REVIEWER, "confirm_approve_all", **approve_all_of(card))
    assert "อนุมัติ 8308 3 รายงาน ใช่หรือไม่" in text_of(asked)
    assert set(decisions(host).values()) == {None}
    told = host.says(REVIEWER, "ยืนยัน")

    assert "อนุมัติ 8308 3 รายงาน แล้ว" in text_of(told)
    assert decisions(host) == dict.fromkeys(ids, DecisionKind.APPROVED) | dict.fromkeys(later)
    news = heard(host, REPORTER)
    assert len(news) == 1 and f"{HOST} อนุมัติรายงานของท่านแล้ว 3 รายงาน" in text_of(news)


def test_a_reviewer_opens_the_evidence_of_a_report_and_a_stranger_does_not(host):
    public = "https://office.example.org"
    host.services.settings = replace(host.services.settings, secret_key="a key for tests", public_url=public)
    host.says(REPORTER, "รายงาน 8308 18 จาก 22")
    host.line.user_sends_image(REPORTER, photo(), "image/jpeg")
    host.work()
    host.line.user_sends_file(REPORTER, "ใบเสร็จ.pdf", PDF)
    host.work()
    host.says(REPORTER, "ยืนยัน")
    (card,) = heard(host, REVIEWER)
    assert "ดูหลักฐาน" in labels_of([card]) and "หลักฐาน 2 รายการ" in str(card)

    shown = host.taps(REVIEWER, "ดูหลักฐาน")
    assert "1. รูปภาพ 1 KB 20 พ.ย. 2569 09.00 น. / 2. ไฟล์ PDF ใบเสร็จ.pdf" in text_of(shown)
    paths = [action["uri"].removeprefix(public) for action in actions_of(shown) if action["type"] == "uri"]
    assert [host.web.get(path).content_type for path in paths] == ["image/jpeg", "application/pdf"]
    pictures = [node["url"].removeprefix(public) for node in walk(shown) if node.get("type") == "image"]
    assert pictures == [f"{paths[0]}/preview"] and host.web.get(pictures[0]).status_code == 200

    host.line.user_taps(STRANGER, host.button(REVIEWER, "ดูหลักฐาน"))
    refused = host.work(STRANGER)
    assert "ไม่พบรายงานนี้" in text_of(refused) and "/evidence/" not in str(refused)


def test_without_addresses_evidence_is_listed_all_the_same(host):
    host.says(REPORTER, "รายงาน 8308 18 จาก 22")
    host.line.user_sends_image(REPORTER, photo(), "image/jpeg")
    host.work()
    host.says(REPORTER, "ยืนยัน")
    shown = host.taps(REVIEWER, "ดูหลักฐาน")
    assert "1. รูปภาพ" in text_of(shown) and "เปิดดู" not in str(shown)


# --- one approval ---------------------------------------------------------------------------------------------------


def test_of_two_reviewers_one_approves_and_the_other_hears_who_did(host):
    (one,) = report(host)
    host.line.user_taps(REVIEWER, host.button(REVIEWER, "อนุมัติ"))
    host.line.user_taps(COLLEAGUE, host.button(COLLEAGUE, "อนุมัติ"))
    host.work()

    assert decisions(host) == {one: DecisionKind.APPROVED}
    said = [text_of(heard(host, person)[1:]) for person in (REVIEWER, COLLEAGUE)]
    assert sum(f"อนุมัติ 8308 {DISTRICT} เดือนพฤศจิกายน 2569 แล้ว" in words for words in said) == 1
    assert sum(f"เพื่อนร่วมงานจาก{HOST} อนุมัติแล้วเมื่อ 20 พ.ย. 2569" in words for words in said) == 1
    assert len(heard(host, REPORTER)) == 1
    assert approved_percent(host) == "11.46"  # 18 of the 157 communities of all five districts


def test_nobody_approves_an_own_report(host):
    host.add_member(REVIEWER, Role.COORDINATOR, unit=HOST)
    (one,) = report(host, reporter=REVIEWER)

    assert "ท่านเป็นผู้รายงานรายการนี้" in text_of(presses(host, REVIEWER, "approve_report", report=one))
    shown = presses(host, REVIEWER, "show_report", report=one)
    assert "อนุมัติ" not in labels_of(shown) and "ท่านเป็นผู้รายงาน" in text_of(shown)
    assert decisions(host) == {one: None}


def test_who_is_no_reviewer_of_the_host_decides_nothing(host):
    (one,) = report(host)
    assert "ไม่พบรายงานนี้" in text_of(presses(host, STRANGER, "approve_report", report=one))
    assert "บทบาทของท่าน" in text_of(presses(host, REPORTER, "approve_report", report=one))
    assert "ไม่พบรายงานนี้" in text_of(presses(host, REVIEWER, "approve_report", report=one + 99))
    host.add_member(ADMIN, Role.ADMIN)
    assert "แล้ว" in text_of(presses(host, ADMIN, "approve_report", report=one))
    assert decisions(host) == {one: DecisionKind.APPROVED}


def test_an_overtaken_report_points_to_the_newer_one(host):
    (first,) = report(host, {DISTRICT: 18})
    (second,) = report(host, {DISTRICT: 19})

    told = presses(host, REVIEWER, "approve_report", report=first)

    assert "มีรายงานที่ใหม่กว่าแล้ว" in text_of(told)
    assert "19 จาก 22" in text_of(host.taps(REVIEWER, "ดูรายงานที่ใหม่กว่า"))
    host.taps(REVIEWER, "อนุมัติ")
    assert decisions(host) == {first: None, second: DecisionKind.APPROVED}


# --- sending back ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ยอดเบิกไม่ตรงกับใบสำคัญ ขอให้ตรวจอีกครั้ง", "ขาดหลักฐานการเบิกจ่าย", "กรุณาแนบภาพถ่าย"])
def test_typed_words_are_the_reason_that_the_reporter_hears(host, typed):
    (one,) = report(host)
    assert "เพราะเหตุใด" in text_of(host.taps(REVIEWER, "ส่งกลับแก้ไข"))

    assert typed in text_of(host.says(REVIEWER, typed))

    assert decisions(host) == {one: DecisionKind.RETURNED}
    (news,) = heard(host, REPORTER)
    assert f"{HOST} ส่งรายงาน 8308 {DISTRICT}" in text_of([news]) and typed in text_of([news])
    assert host.button(REPORTER, "รายงานใหม่")["text"] == f"รายงาน 8308 {DISTRICT}"


def test_a_usual_reason_is_one_tap_and_what_is_typed_after_it_is_another_matter(host):
    (one,) = report(host)
    host.taps(REVIEWER, "ส่งกลับแก้ไข")
    host.taps(REVIEWER, "ตัวเลขไม่ตรงหลักฐาน")
    assert decisions(host) == {one: DecisionKind.RETURNED}
    assert "ตัวเลขไม่ตรงหลักฐาน" in text_of(heard(host, REPORTER))
    assert "ส่งกลับ" not in text_of(host.says(REVIEWER, "ยังไม่ตรงเลย"))


def test_a_report_that_was_decided_meanwhile_is_not_sent_back(host):
    (one,) = report(host)
    host.taps(COLLEAGUE, "ส่งกลับแก้ไข")
    host.taps(REVIEWER, "อนุมัติ")
    assert "อนุมัติแล้ว" in text_of(host.says(COLLEAGUE, "ตัวเลขไม่ตรง"))
    assert "อนุมัติแล้ว" in text_of(presses(host, COLLEAGUE, "return_report", report=one))
    assert decisions(host) == {one: DecisionKind.APPROVED}
    assert len(heard(host, REPORTER)) == 1


def test_a_reason_that_is_too_long_is_refused_and_may_be_typed_again(host):
    (one,) = report(host)
    host.taps(REVIEWER, "ส่งกลับแก้ไข")
    assert "ไม่เกิน 500 ตัวอักษร" in text_of(host.says(REVIEWER, "ตัวเลขไม่ตรง " * 60))
    host.says(REVIEWER, "ตัวเลขไม่ตรง")
    assert decisions(host) == {one: DecisionKind.RETURNED}


@pytest.mark.parametrize("typed", ["8308 เขตดินแดงเท่าไร", "คิวค้าง", "ยกเลิก", "กท 5301/77 ถึงไหนแล้ว"])
def test_another_matter_is_not_taken_for_a_reason(host, typed):
    (one,) = report(host)
    host.taps(REVIEWER, "ส่งกลับแก้ไข")
    host.says(REVIEWER, typed)
    assert decisions(host) == {one: None}


# --- the list -------------------------------------------------------------------------------------------------------


def test_the_list_is_by_indicator_and_holds_what_the_service_computed(host):
    host.add_member(ADMIN, Role.ADMIN)
    report(host, {DISTRICT: 18})
    record(host.database, {DUSIT: 30}, now=host.clock.now(), source=ReportSource.VOUCHERS)
    report(host, {"BUDGET": 3}, code="PBIS-LEVEL", said="step", reporter=ADMIN)
    assert len(heard(host, REVIEWER)) == 1  # none of what was computed

    own = presses(host, REVIEWER, "waiting_reports")
    assert text_of(own).startswith("รออนุมัติ 2 รายงาน: 8308 ")
    assert "คำนวณจากข้อมูลใบขอเบิกเงิน" in str(own)
    assert "รออนุมัติ 3 รายงาน" in text_of(presses(host, ADMIN, "waiting_reports"))
    assert "รออนุมัติ 1 รายงาน" in text_of(presses(host, ADMIN, "waiting_reports", indicator="PBIS-LEVEL"))
    assert "รออนุมัติ 1 รายงาน" in text_of(presses(host, ADMIN, "waiting_reports", unit=DUSIT))
    assert "ไม่มีรายงานที่รออนุมัติ" in text_of(presses(host, STRANGER, "waiting_reports"))
    assert "บทบาทของท่าน" in text_of(presses(host, REPORTER, "waiting_reports"))

    assert host.says(REVIEWER, "รออนุมัติ") == host.taps(REVIEWER, "ดูทั้งหมดที่รออนุมัติ") == own
    host.taps(REVIEWER, "อนุมัติทั้งหมด 2 รายงาน")
    host.taps(REVIEWER, "ยืนยัน")
    assert set(decisions(host).values()) == {DecisionKind.APPROVED}
    assert "ไม่รออนุมัติแล้ว" in text_of(host.taps(REVIEWER, "อนุมัติทั้งหมด 2 รายงาน"))


def test_the_list_goes_on_after_ten_rows(host):
    for month in (10, 11):
        figures = dict.fromkeys((DISTRICT, DUSIT, OTHER_DISTRICT, "สำนักงานเขตบางแค", "สำนักงานเขตทุ่งครุ"), 10)
        report(host, figures, month=date(2026, month, 1))
    host.clock.advance(days=15)
    report(host, {DISTRICT: 12}, month=date(2026, 12, 1))
    first = presses(host, REVIEWER, "waiting_reports")
    assert "รออนุมัติ 11 รายงาน" in text_of(first)
    assert sum("show_report" in str(action) for action in actions_of(first)) == 10
    assert sum("show_report" in str(action) for action in actions_of(host.taps(REVIEWER, "ดูต่อ"))) == 1
    assert "12 จาก 22" in text_of(host.taps(REVIEWER, "ดูรายงาน"))
    only = presses(host, REVIEWER, "waiting_reports", indicator="8308", offset=0)
    assert "indicator=8308" in host.button(REVIEWER, "ดูต่อ")["data"] and "รออนุมัติ 11 รายงาน" in text_of(only)


def test_an_answer_to_an_english_reader_is_english_and_the_card_is_thai(host):
    english = "U" + "f" * 32
    host.add_member(english, Role.REVIEWER, unit=HOST, language="en")
    read_profiles(host.services)
    host.says(english, "hello")
    report(host)
    assert "รายงานรออนุมัติ" in text_of(heard(host, english))
    assert "approved" in text_of(host.taps(english, "อนุมัติ"))
    assert "อนุมัติรายงานของท่านแล้ว" in text_of(heard(host, REPORTER))


def test_with_an_hour_set_nothing_is_told_at_once(host):
    news = {"terms": host.services.terms(), "review_news_at": time(16)}
    report(host, tell=news)
    assert heard(host, REVIEWER) == []
