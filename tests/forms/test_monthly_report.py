"""The month's report: who gets it, that it says what the screen says, and its address."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.report_pages import MADE_AT_ONCE
from bot.signed_links import CHART, REPORT, SignedLinks
from handlers.monthly_reports import asks_for_report
from messages.files.monthly_report_pdf import monthly_report_data, monthly_report_pdf
from models.counting import calendar_loader
from models.indicator_cards import read_card, scope_of_unit, whole
from models.indicator_terms import PlanState, Result
from models.indicators import get_indicator
from models.members import Role
from models.monthly_reports import read_monthly_report
from models.monthly_views import MonthlyNames, MonthlyRow, ReportAsked, worst_first
from models.service_figures import read_figures
from models.units import get_unit
from tests.forms.acting import BANG_RAK, BUDGET, DIN_DAENG, MANAGER, OFFICER
from tests.indicators.definitions import DRAWN, LADDER
from tests.office import DISTRICT, SECRETARIAT, actions_of, text_of
from tests.service_indicator.figures import make_report

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
PUBLIC = "https://office.example.org"
SECOND = timedelta(seconds=1)


@pytest.fixture
def desk(city):
    """An installation that phones reach, with a manager of the secretariat."""
    services = city.office.services
    services.settings = replace(services.settings, secret_key="a key for tests", public_url=PUBLIC)
    city.office.add_member(OFFICER, Role.SECRETARY, unit=SECRETARIAT)
    city.office.add_member(MANAGER, Role.MANAGER, unit="สำนักงานปลัดกรุงเทพมหานคร")
    return city


def read(city, month=OCTOBER, unit=None, as_of=None):
    with city.database.reading(snapshot=True) as session:
        unit_id = get_unit(session, unit).id if unit else None
        asked = ReportAsked(month, unit_id, as_of or city.now + SECOND)
        return read_monthly_report(session, asked, city.office.services.terms(), calendar_loader(session))


def address_in(messages) -> str:
    (found,) = [action["uri"] for action in actions_of(messages) if action["type"] == "uri"]
    return found


# --- what it says ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", [None, DISTRICT, "สำนักพัฒนาสังคม"])
def test_each_row_says_what_the_card_of_the_month_says(city, unit):
    city.goes_to(2026, 12)
    city.tells("8308", DIN_DAENG, OCTOBER, value=9)
    city.tells("8308", BANG_RAK, OCTOBER, value=15, approved=False)
    city.tells("8308", DIN_DAENG, NOVEMBER, value=18)
    city.tells("PBIS-LEVEL", BUDGET, OCTOBER, step=1)
    report = read(city, unit=unit)
    codes = [row.definition.code for row in report.rows]
    assert sorted(codes) == (["8308", "PBIS-LEVEL"] if unit is None else ["8308"])
    with city.database.reading() as session:
        for row in report.rows:
            indicator = get_indicator(session, row.definition.code, OCTOBER)
            scope = scope_of_unit(session, indicator, get_unit(session, unit).id) if unit else whole(indicator)
            card = read_card(session, indicator, scope, today=city.now.date(), until=OCTOBER)
            told = (row.result, row.own_target, row.planned, row.state, row.names.host, row.names.unit)
            assert told == (card.reported, card.own_target, card.planned, card.state, card.host, scope.name)


def test_what_was_reported_after_it_was_asked_for_is_not_in_it(city):
    city.tells("8308", DIN_DAENG, OCTOBER, value=9)
    as_of = city.now + SECOND
    city.office.clock.advance(minutes=1)
    city.tells("8308", BANG_RAK, OCTOBER, value=15)
    assert [row.result.numerator for row in read(city, as_of=as_of).rows if row.definition.code == "8308"] == [9]


def test_the_service_is_that_of_the_month(desk):
    desk.office.add_letter()
    desk.office.says(DIN_DAENG, "กท 1902/1335 ถึงไหนแล้ว")
    report = read(desk, NOVEMBER)
    with desk.database.reading(snapshot=True) as session:
        asked = {"now": report.as_of, "calendars": calendar_loader(session)}
        figures = read_figures(session, NOVEMBER, date(2026, 11, 30), **asked)
    assert figures[report.service.clock] == report.service
    assert report.service.users == 1
    data = monthly_report_data(report)["service"]
    assert [part["value"] for part in data["parts"]] == ["1 คน", "100%", "100%", "–"]
    assert data["table"][0] == ["คำขอ", "0", "1", "1"]


def test_the_worst_comes_first_and_what_nobody_knows_last():
    def row(state, percent, planned=40):
        definition, names = replace(DRAWN, code=f"{state.value} {percent}"), MonthlyNames("", "", "")
        held = None if percent is None else Decimal(percent)
        return MonthlyRow(definition, names, Result(held), None, Decimal(planned), state)

    rows = [
        *(row(PlanState.REACHED, 95), row(PlanState.NOT_REPORTED, None), row(PlanState.ON_PLAN, 45)),
        *(row(PlanState.BEHIND, 30), row(PlanState.BEHIND, None), row(PlanState.BEHIND, 10)),
        *(row(PlanState.UNPLANNED, 20), row(PlanState.MISSED, 80)),
    ]
    assert [one.definition.code for one in sorted(rows, key=worst_first)] == [
        *("missed 80", "behind 10", "behind 30", "unplanned 20", "on_plan 45", "reached 95"),
        *("behind None", "not_reported None"),
    ]


def test_pages_have_every_row_and_what_is_not_reported_is_said(city, tmp_path):
    city.tells("8308", DIN_DAENG, OCTOBER, value=18)
    report = replace(read(city), service=make_report(), other=make_report())
    data = monthly_report_data(report)
    assert data["title"] == "รายงานประจำเดือนตุลาคม 2569"
    shown = {row["code"]: (row["result"], row["planned"], row["state"]) for row in data["indicators"]["rows"]}
    assert shown == {"8308": ("11.46 %", "–", "ยังไม่ถึงเป้า"), "PBIS-LEVEL": ("ยังไม่มีรายงาน", "20 %", "ช้ากว่าแผน")}
    made = monthly_report_pdf(
        report, ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 104 78"><text y="9">ก</text></svg>']
    )
    assert made.startswith(b"%PDF-")
    if shutil.which("pdfinfo"):
        (tmp_path / "a.pdf").write_bytes(made)
        told = subprocess.run(["pdfinfo", tmp_path / "a.pdf"], capture_output=True, check=True).stdout.decode()
        assert "Pages:           2" in told and "595.276 x 841.89 pts (A4)" in told


def test_many_long_names_go_on_to_further_pages(city):
    report = replace(read(city), service=make_report(0), other=make_report(0))
    long = replace(LADDER, name="ร้อยละความสำเร็จในการจัดทำระบบ #panic() 🙂 " * 6)
    rows = tuple(replace(report.rows[0], definition=long) for _ in range(60))
    assert len(monthly_report_pdf(replace(report, rows=rows))) > len(monthly_report_pdf(report))


# --- in the chat ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("รายงานประจำเดือน", "รายงานประจำเดือนตุลาคม 2569"),
        ("ขอรายงานประจำเดือนที่แล้วค่ะ", "รายงานประจำเดือนตุลาคม 2569"),
        ("รายงานประจำเดือนนี้", "รายงานประจำเดือนพฤศจิกายน 2569"),
        ("รายงานประจำเดือน พ.ค. 68", "รายงานประจำเดือนพฤษภาคม 2568"),
    ],
)
def test_a_manager_gets_the_month_that_was_meant(desk, said, title):
    shown = desk.office.says(MANAGER, said)
    assert title in text_of(shown)
    assert desk.office.web.get(address_in(shown).removeprefix(PUBLIC)).status_code == 200


def test_the_card_stands_without_its_link(desk):
    desk.tells("8308", DIN_DAENG, OCTOBER, value=18)
    words = text_of(desk.office.says(MANAGER, "รายงานประจำเดือน"))
    for expected in (
        "ไม่มีผู้ติดตามหนังสือในเดือนนี้",
        "2 ตัวชี้วัด: ช้ากว่าแผน 1 ยังไม่ถึงเป้า 1",
        "PBIS-LEVEL",
        "ตัวชี้วัดของทุกหน่วยงาน",
        "เปิดได้ถึง 21 พ.ย. 2569 09.00 น.",
    ):
        assert expected in words


def test_without_addresses_the_figures_are_told_and_why_there_is_no_button(city):
    city.office.add_member(MANAGER, Role.MANAGER)
    shown = city.office.says(MANAGER, "รายงานประจำเดือน")
    assert "จึงแสดงเฉพาะตัวเลข" in text_of(shown)
    assert [action for action in actions_of(shown) if action["type"] == "uri"] == []
    assert f"ตัวชี้วัดของ{DISTRICT}" in text_of(shown)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
def test_who_looks_after_the_service_gets_it_of_all_units(desk, role):
    desk.office.add_member(f"U{9:032x}", role)
    assert "ตัวชี้วัดของทุกหน่วยงาน" in text_of(desk.office.says(f"U{9:032x}", "รายงานประจำเดือน"))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR, Role.REVIEWER, Role.SECRETARY])
def test_others_are_refused_politely(desk, role):
    desk.office.add_member(f"U{9:032x}", role)
    shown = desk.office.says(f"U{9:032x}", "รายงานประจำเดือน")
    assert "บทบาทของท่านทำรายการนี้ไม่ได้" in text_of(shown)
    assert "ตัวชี้วัด" not in text_of(shown)


def test_a_month_to_come_is_not_reported_of(desk):
    shown = desk.office.says(MANAGER, "รายงานประจำเดือนธันวาคม 2569")
    assert [action for action in actions_of(shown) if action["type"] == "uri"] == []


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("รายงานประจำเดือน", True),
        ("รายงานประจําเดือนหน่อย", True),
        ("Monthly report please", True),
        ("สรุปเดือนนี้", False),
        ("รายงานผลเดือนนี้", False),
        ("", False),
    ],
)
def test_a_report_is_told_from_a_summary(text, is_asked):
    assert asks_for_report(text) is is_asked


# --- its address ----------------------------------------------------------------------------------------------------


def test_an_address_opens_the_report_for_a_day(desk):
    path = address_in(desk.office.says(MANAGER, "รายงานประจำเดือน")).removeprefix(PUBLIC)
    shown = desk.office.web.get(path)
    assert (shown.status_code, shown.content_type) == (200, "application/pdf")
    assert shown.headers["Content-Disposition"] == "inline; filename=report-2569-10.pdf"
    assert (shown.headers["X-Content-Type-Options"], shown.headers["Cache-Control"]) == ("nosniff", "private")
    assert "Set-Cookie" not in shown.headers
    desk.office.clock.advance(minutes=24 * 60 + 1)
    over = desk.office.web.get(path)
    assert over.status_code == 410 and "หมดอายุ" in over.text


def test_an_address_of_another_kind_or_changed_opens_nothing(desk):
    services = desk.office.services
    links = services.report_links
    other = SignedLinks(CHART, services.settings.secret_key, PUBLIC, services.clock)
    for address in (
        links.address_of(["month", "2026-10-01", None, 1])[:-2],
        links.address_of(["week", "2026-10-01", None, 1]),
        links.address_of(["month", "October", None, 1]),
        links.address_of([1]),
        other.address_of(["month", "2026-10-01", None, 1]).replace(CHART.path, REPORT.path),
    ):
        refused = desk.office.web.get(address.removeprefix(PUBLIC))
        assert (refused.status_code, refused.content_type) == (404, "text/plain; charset=utf-8")
        assert refused.headers["Cache-Control"] == "no-store"


def test_an_installation_without_addresses_has_no_page(city):
    assert city.office.web.get("/reports/anything").status_code == 404


def test_what_an_address_says_is_read_back():
    asked = ReportAsked(OCTOBER, 7, datetime(2026, 11, 20, 2, tzinfo=UTC))
    assert ReportAsked.from_values(asked.as_values()) == asked


def test_many_who_open_different_months_at_once_all_get_theirs(desk):
    links = desk.office.services.report_links
    months = [date(2026, month, 1) for month in range(4, 4 + MADE_AT_ONCE * 3)]
    paths = [links.address_of(ReportAsked(month, None, desk.now).as_values()).removeprefix(PUBLIC) for month in months]
    app = desk.office.web.application
    with ThreadPoolExecutor(len(paths)) as people:
        answers = list(people.map(lambda path: app.test_client().get(path), paths))
    assert [answer.status_code for answer in answers] == [200] * len(paths)
    assert len({answer.data for answer in answers}) == len(paths)
