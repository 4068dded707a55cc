"""PAY-7-DAYS from imported vouchers: seven working days from the day after, and vouchers that nobody paid in time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.voucher_import import import_vouchers
from models.errors import Invalid
from models.indicator_reports import list_reports
from models.indicator_terms import Definition, ReportedBy, Reporting, Target
from models.indicators import get_indicator
from models.machine_figures import record_machine_figures
from models.members import Role
from models.units import get_unit
from models.vouchers import VoucherRow, last_day_in_time, monthly_figures
from models.working_time import DayKind, ServiceCalendar, SpecialDay
from tests.indicators.acting import add_person, send_back, stored
from tests.indicators.definitions import YEAR, define

NOW = datetime(2026, 12, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 12, 20)
FINANCE = "ฝ่ายการคลัง"
PAID = Definition(
    code="PAY-7-DAYS",
    fiscal_year=YEAR,
    name="การตรวจสอบและเบิกจ่ายเงินภายใน 7 วันทำการ",
    host="FINANCE-SECTION",
    target=Target(Decimal(80)),
    measure={"kind": "monthly_mean", "of": "ใบขอเบิกที่จ่ายภายใน 7 วันทำการ", "among": "ใบขอเบิกที่ได้รับ", "counted_in": "ฉบับ"},
    reporting=Reporting(by=ReportedBy.MACHINE, source="vouchers"),
)
CALENDAR = ServiceCalendar(None, {date(2026, 10, 13): SpecialDay(date(2026, 10, 13), (), "วันหยุด", DayKind.HOLIDAY)})


@pytest.mark.parametrize(
    ("received_on", "last_day"),
    [
        (date(2026, 11, 20), date(2026, 12, 1)),  # a Friday: from Monday on, over one weekend
        (date(2026, 11, 21), date(2026, 12, 1)),  # received on a Saturday
        (date(2026, 10, 8), date(2026, 10, 20)),  # a holiday within
    ],
)
def test_the_last_day_is_the_seventh_working_day_after(received_on, last_day):
    assert last_day_in_time(CALENDAR, received_on) == last_day


def test_a_voucher_counts_once_its_fate_is_known():
    rows = [
        VoucherRow("1", date(2026, 11, 2), date(2026, 11, 11)),  # on the last day
        VoucherRow("2", date(2026, 11, 2), date(2026, 11, 12)),  # a day late
        VoucherRow("3", date(2026, 11, 2), None),  # its time is over
        VoucherRow("4", date(2026, 11, 19), None),  # its last day is to come
    ]
    [november] = monthly_figures(rows, CALENDAR, 1, date(2026, 11, 30))
    assert (november.numerator, november.denominator) == (1, 3)


@pytest.fixture
def finance(units):
    define(units, PAID)
    return units


def take(database, tmp_path, text, name="vouchers.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with database.reading() as session:
        unit = get_unit(session, FINANCE).id
    return import_vouchers(database, path, unit, CALENDAR, NOW)


def test_the_mean_of_the_months_comes_of_the_file(finance, tmp_path):
    lines = ["voucher_number,received_date,paid_date"]
    lines += [f"1{n:02},2026-10-01,{'2026-10-05' if n < 9 else '2026-11-05'}" for n in range(10)]
    lines += [f"2{n:02},2026-11-02,{'2026-11-05' if n < 23 else ''}" for n in range(25)]
    report = take(finance, tmp_path, "\n".join(lines))
    assert (report.added, report.figures) == (35, 2)
    assert stored(finance, "PAY-7-DAYS", NOW).percent == Decimal("91.00")  # 90 and 92


def test_the_same_file_again_changes_nothing(finance, tmp_path):
    text = "เลขที่ใบขอเบิก,วันที่รับ,วันที่จ่าย\nก 1/2570,๒ พ.ย. ๒๕๖๙,5/11/2569\n"
    take(finance, tmp_path, text)
    again = take(finance, tmp_path, text)
    assert (again.added, again.updated, again.unchanged, again.figures) == (0, 0, 1, 0)


def test_a_payment_told_later_is_a_correction(finance, tmp_path):
    take(finance, tmp_path, "voucher_number,received_date,paid_date\n1,2026-11-02,\n")
    assert stored(finance, "PAY-7-DAYS", NOW).percent == 0
    report = take(finance, tmp_path, "voucher_number,received_date,paid_date\n1,2026-11-02,2026-11-04\n")
    assert (report.updated, stored(finance, "PAY-7-DAYS", NOW).percent) == (1, 100)
    with finance.reading() as session:
        first, second = list_reports(session, get_indicator(session, "PAY-7-DAYS", TODAY).id)
    assert (second.corrects_id, second.reported_by_id) == (first.id, None)


def test_a_month_that_is_not_over_is_not_reported(finance, tmp_path):
    take(finance, tmp_path, "voucher_number,received_date,paid_date\n1,2026-12-01,2026-12-02\n")
    assert not stored(finance, "PAY-7-DAYS", NOW).is_reported


def test_an_unpaid_voucher_counts_when_its_time_is_over(finance, tmp_path):
    take(finance, tmp_path, "voucher_number,received_date,paid_date\n1,2026-11-30,2026-12-01\n2,2026-11-30,\n")
    early, late = date(2026, 12, 9), date(2026, 12, 10)
    assert [figure.denominator for figure in figures_on(finance, early)] == [1]
    assert [figure.denominator for figure in figures_on(finance, late)] == [2]
    with finance.transaction() as session:
        assert record_machine_figures(session, CALENDAR, now=NOW, today=TODAY) == 0


def figures_on(database, today):
    from models.vouchers import list_vouchers

    with database.reading() as session:
        unit = get_unit(session, FINANCE).id
        rows = list_vouchers(session, unit, date(2026, 10, 1), date(2027, 9, 30))
    return monthly_figures(rows, CALENDAR, unit, today)


def test_bad_rows_come_back_and_good_ones_count(finance, tmp_path):
    text = "\n".join(
        (
            "voucher_number,received_date,paid_date",
            "1,2026-11-02,2026-11-04",
            ",2026-11-02,2026-11-04",
            "2,31/2/2569,",
            "3,2026-11-02,2026-11-01",
            "4,2027-01-01,",
            "1,2026-11-02,2026-11-05",
            "5,,2026-11-05",
        )
    )
    report = take(finance, tmp_path, text)
    assert report.added == 1
    assert [rejection.row for rejection in report.rejected] == [3, 4, 5, 6, 7, 8]
    assert all("กรุณา" in rejection.reason for rejection in report.rejected)
    assert (tmp_path / "vouchers.rejected.csv").exists()


def test_a_file_without_our_columns_is_refused(finance, tmp_path):
    with pytest.raises(Invalid, match="file_columns_missing"):
        take(finance, tmp_path, "number,when\n1,2026-11-02\n")


def test_a_figure_that_was_sent_back_is_told_again_only_when_it_changed(finance, tmp_path):
    reviewer = add_person(finance, FINANCE, Role.REVIEWER)
    take(finance, tmp_path, "voucher_number,received_date,paid_date\n1,2026-11-02,2026-11-04\n")
    with finance.reading() as session:
        [report] = list_reports(session, get_indicator(session, "PAY-7-DAYS", TODAY).id)
    assert not report.is_late
    send_back(finance, reviewer, NOW, report.id)
    with finance.transaction() as session:
        assert record_machine_figures(session, CALENDAR, now=NOW, today=TODAY) == 0
    again = take(finance, tmp_path, "voucher_number,received_date,paid_date\n2,2026-11-02,2026-11-30\n")
    assert again.figures == 1
    assert stored(finance, "PAY-7-DAYS", NOW).percent == 50
