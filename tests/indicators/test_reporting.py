"""What may be reported, and what is refused, through the rules that the chat and the command line share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from models.erasure import erase_person
from models.errors import Invalid, NotAllowed, NotFound
from models.evidence import NewEvidence, hold_file, record_evidence
from models.evidence_of_reports import prove_reports, take_back_evidence
from models.indicator_reports import list_reports_by_id
from models.indicator_years import close_year, open_year
from models.indicators import get_indicator, list_current_indicators
from models.members import get_member
from tests.indicators.acting import approve, report, send_back, stored, stored_and_fresh
from tests.indicators.definitions import CARRIED_OVER, DRAWN, LADDER, PROVEN_LADDER, define

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
DIN_DAENG, BANG_RAK = "สำนักงานเขตดินแดง", "สำนักงานเขตบางรัก"


@pytest.fixture
def city(people, units):
    define(units, DRAWN, LADDER, PROVEN_LADDER, CARRIED_OVER)
    return units


def refused(action) -> str:
    with pytest.raises((Invalid, NotAllowed, NotFound)) as error:
        action()
    return error.value.reason_code


def test_a_report_counts_in_its_unit_and_in_the_whole(city, people):
    report(city, "8308", people["din_daeng"], NOW, value=18)
    own, whole = stored(city, "8308", NOW, DIN_DAENG), stored(city, "8308", NOW)
    assert (own.numerator, own.denominator, own.percent) == (18, 22, Decimal("81.82"))
    assert (whole.numerator, whole.denominator, whole.percent) == (18, 157, Decimal("11.46"))
    assert (whole.units_reported, whole.units_expected) == (1, 5)


def test_what_waits_is_reported_but_not_approved(city, people):
    number = report(city, "8308", people["din_daeng"], NOW, value=18)
    assert not stored(city, "8308", NOW, approved=True).is_reported
    approve(city, people["reviewer"], NOW, number)
    assert stored(city, "8308", NOW, DIN_DAENG, approved=True).percent == Decimal("81.82")


def test_a_later_report_takes_the_place_of_the_earlier_and_may_be_less(city, people):
    report(city, "8308", people["din_daeng"], NOW, value=18)
    report(city, "8308", people["din_daeng"], NOW, value=16)
    assert stored(city, "8308", NOW, DIN_DAENG).numerator == 16


def test_a_report_sent_back_leaves_what_was_reported_before(city, people):
    report(city, "8308", people["din_daeng"], NOW, value=10)
    second = report(city, "8308", people["din_daeng"], NOW, value=18)
    send_back(city, people["reviewer"], NOW, second)
    assert stored(city, "8308", NOW, DIN_DAENG).numerator == 10


def test_an_earlier_month_does_not_displace_a_later_one(city, people):
    report(city, "8308", people["din_daeng"], NOW, value=18)
    report(city, "8308", people["din_daeng"], NOW, value=9, month=date(2026, 10, 1))
    assert stored(city, "8308", NOW, DIN_DAENG).numerator == 18


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"value": 999}, "report_more_than_denominator"),
        ({"value": 18, "unit": BANG_RAK}, "report_not_your_unit"),
        ({"value": 18, "unit": "สำนักการโยธา"}, "report_unit_not_of_indicator"),
        ({"value": 18, "month": date(2026, 12, 1)}, "report_month_to_come"),
        ({"value": 18, "month": date(2026, 9, 1)}, "report_month_outside_year"),
        ({"numerator": 18, "denominator": 25}, "report_denominator_differs"),
        ({"value": -1}, "report_negative"),
        ({}, "report_figure_missing"),
        ({"step": 2}, "report_wrong_figure"),
    ],
)
def test_impossible_reports_are_refused(city, people, said, reason):
    assert refused(lambda: report(city, "8308", people["din_daeng"], NOW, **said)) == reason
    assert not stored(city, "8308", NOW).is_reported


def test_only_coordinators_report(city, people):
    assert refused(lambda: report(city, "8308", people["officer"], NOW, value=18)) == "role_not_allowed"


def test_the_host_may_enter_for_all_and_units_not_for_the_host(city, people):
    report(city, "8308", people["host"], NOW, value=14, unit=BANG_RAK)
    assert stored(city, "8308", NOW, BANG_RAK).numerator == 14
    ladder = refused(lambda: report(city, "PBIS-LEVEL", people["din_daeng"], NOW, unit="BUDGET", step=1))
    assert ladder == "report_not_your_unit"


def test_a_step_is_passed_over_only_with_a_reason(city, people):
    assert refused(lambda: report(city, "PBIS-LEVEL", people["budget"], NOW, step=3)) == "report_step_skipped"
    report(city, "PBIS-LEVEL", people["budget"], NOW, step=3, note="จัดประชุมชี้แจงไปเมื่อปีก่อน")
    result = stored(city, "PBIS-LEVEL", NOW)
    assert (result.percent, result.level, result.score) == (60, 3, 18)


def test_a_closed_year_takes_no_report_and_the_calendar_closes_nothing(city, people):
    late = datetime(2027, 11, 20, 2, 0, tzinfo=UTC)
    report(city, "8308", people["din_daeng"], late, value=18)
    assert stored(city, "8308", late, DIN_DAENG).numerator == 18
    with city.transaction() as session:
        assert close_year(session, 2570, late) == 4
    assert refused(lambda: report(city, "8308", people["din_daeng"], late, value=19)) == "report_year_closed"


def test_a_new_year_is_opened_with_an_earlier_years_definitions(city, people):
    next_year = datetime(2027, 11, 20, 2, 0, tzinfo=UTC)
    with city.transaction() as session:
        assert [one.code for one in open_year(session, 2571, 2570, ["8308"], next_year)] == ["8308"]
        assert open_year(session, 2571, 2570, ["8308"], next_year) == []
    report(city, "8308", people["din_daeng"], next_year, value=3)
    assert stored(city, "8308", next_year).numerator == 3
    with pytest.raises(NotFound), city.transaction() as session:
        open_year(session, 2571, 2570, ["NONE"], next_year)


def test_demanded_evidence_keeps_a_result_short_of_the_whole(city, people):
    for step in range(1, 6):
        report(city, "BUD-CRITERIA", people["budget"], NOW, step=step)
    result = stored(city, "BUD-CRITERIA", NOW)
    assert (result.percent, result.level, result.score) == (Decimal("99.99"), 4, 24)


def test_bands_give_level_percent_and_score(city, people):
    report(city, "CARRY-OVER", people["budget"], NOW, numerator=322, denominator=10000)
    result = stored(city, "CARRY-OVER", NOW)
    assert (result.value, result.level, result.percent, result.score) == (Decimal("3.22"), 2, 70, 14)


def test_nobody_decides_of_an_own_report(city, people):
    number = report(city, "8308", people["second_reviewer"], NOW, value=14, unit=BANG_RAK)
    assert refused(lambda: approve(city, people["second_reviewer"], NOW, number)) == "report_is_your_own"
    assert refused(lambda: approve(city, people["budget_reviewer"], NOW, number)) == "report_not_found"
    assert approve(city, people["reviewer"], NOW, number).decided
    assert approve(city, people["reviewer"], NOW, number).before


def test_only_the_newest_report_of_a_slot_is_decided_of(city, people):
    first = report(city, "8308", people["din_daeng"], NOW, value=17)
    report(city, "8308", people["din_daeng"], NOW, value=18)
    assert [one.id for one in approve(city, people["reviewer"], NOW, first).overtaken] == [first]


def test_stored_is_what_the_history_gives(city, people):
    numbers = [report(city, "8308", people["host"], NOW, value=count, unit=BANG_RAK) for count in (3, 9, 14)]
    send_back(city, people["reviewer"], NOW, numbers[-1])
    kept, fresh = stored_and_fresh(city, "8308", TODAY)
    assert kept == fresh


def test_evidence_lifts_a_result_to_the_whole_and_taking_it_back_lowers_it(city, people):
    numbers = [report(city, "BUD-CRITERIA", people["budget"], NOW, step=step) for step in range(1, 6)]
    with city.transaction() as session:
        item = evidence(session, people["budget"])
        prove_reports(session, [item], numbers, NOW)
    assert stored(city, "BUD-CRITERIA", NOW).percent == 100
    with city.transaction() as session:
        take_back_evidence(session, "1234567890", NOW)
    assert stored(city, "BUD-CRITERIA", NOW).percent == Decimal("99.99")


def evidence(session, by):
    member = get_member(session, by)
    held = hold_file(session.connection(), "a" * 64, NOW)
    new = NewEvidence(held, 1000, "image/jpeg", None, "1234567890")
    return record_evidence(session, new, member_id=member.id, unit_id=member.unit_id, received_at=NOW, now=NOW).id


def test_who_leaves_leaves_the_reports_without_a_name(city, people):
    number = report(city, "8308", people["din_daeng"], NOW, value=18)
    approve(city, people["reviewer"], NOW, number)
    with city.transaction() as session:
        erase_person(session, people["din_daeng"], NOW)
        erase_person(session, people["reviewer"], NOW)
    with city.reading() as session:
        [kept] = list_reports_by_id(session, [number])
    assert (kept.reported_by_id, kept.decided_by_id, kept.figure.numerator) == (None, None, 18)
    assert stored(city, "8308", NOW, DIN_DAENG, approved=True).numerator == 18


def test_a_year_to_come_counts_only_where_there_is_no_other(city):
    with city.transaction() as session:
        open_year(session, 2571, 2570, ["8308"], NOW)
        assert get_indicator(session, "8308", TODAY).fiscal_year == 2570
        assert get_indicator(session, "8308", date(2027, 10, 1)).fiscal_year == 2571
        assert {one.code: one.fiscal_year for one in list_current_indicators(session, TODAY)}["8308"] == 2570
