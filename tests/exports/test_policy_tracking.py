"""What goes into policy tracking: approved figures only, and for every other period words that say why it is empty."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from models.evidence import NewEvidence, attach_to_report, hold_file, record_evidence
from models.members import Role, get_member
from models.policy_tracking import TrackedStatus, stream_tracked_periods
from tests.indicators.acting import add_person, approve, report, send_back
from tests.indicators.definitions import DRAWN, LADDER, YEAR, define

DISTRICT, HOST = "สำนักงานเขตดินแดง", "สำนักพัฒนาสังคม"
NOVEMBER, DECEMBER, JANUARY = (datetime(2026 + (m > 12), (m - 1) % 12 + 1, 4, 3, tzinfo=UTC) for m in (11, 12, 13))
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def units(database):
    define(database, DRAWN, LADDER)
    return database


@pytest.fixture
def people(units):
    return add_person(units, DISTRICT, Role.COORDINATOR, number=1), add_person(units, HOST, Role.REVIEWER, number=2)


def tracked(database, today: date, code: str = "8308", unit: str = DISTRICT):
    with database.reading(snapshot=True) as session:
        found = list(stream_tracked_periods(session, YEAR, today=today))
    return [one for one in found if (one.indicator.code, one.unit) == (code, unit)]


def test_there_is_a_row_for_each_indicator_unit_and_period(units):
    with units.reading(snapshot=True) as session:
        found = list(stream_tracked_periods(session, YEAR, today=date(2026, 11, 22)))
    assert [one.indicator.code for one in found] == ["8308"] * 5 * 12 + ["PBIS-LEVEL"] * 4
    assert len({(one.indicator.code, one.unit, one.period) for one in found}) == len(found)
    assert all(one.result.numerator is None and not one.result.is_reported for one in found)
    first, second, *_ = [one.status for one in found if one.unit == DISTRICT]
    assert (first, second) == (TrackedStatus.NOT_REPORTED, TrackedStatus.NOT_DUE)  # of October, due on 5 November


def test_only_what_was_approved_is_a_result(units, people):
    coordinator, reviewer = people
    first = report(units, "8308", coordinator, NOVEMBER, value=10, month=OCTOBER, note="สิบชุมชน")
    waiting, *_ = tracked(units, NOVEMBER.date())
    assert (waiting.status, waiting.result.numerator, waiting.as_of) == (TrackedStatus.WAITING, None, NOVEMBER)
    assert (waiting.approved_by, waiting.approved_at, waiting.note) == ("", None, "")
    approve(units, reviewer, DECEMBER, first)
    approved, after, *_ = tracked(units, DECEMBER.date())
    assert (approved.status, approved.result.numerator, approved.result.denominator) == (TrackedStatus.APPROVED, 10, 22)
    assert (approved.approved_by, approved.approved_at, approved.note) == (HOST, DECEMBER, "สิบชุมชน")
    assert (approved.target, approved.target_in) == (Decimal(20), "count")
    assert (after.status, after.result.is_reported) == (TrackedStatus.NOT_DUE, False)


def test_a_correction_that_waits_leaves_the_approved_figure_and_says_so(units, people):
    coordinator, reviewer = people
    approve(units, reviewer, NOVEMBER, report(units, "8308", coordinator, NOVEMBER, value=10, month=OCTOBER))
    report(units, "8308", coordinator, DECEMBER, value=12, month=OCTOBER, note="แก้ไข")
    first, *_ = tracked(units, DECEMBER.date())
    assert (first.status, first.result.numerator, first.as_of) == (TrackedStatus.WAITING, 10, DECEMBER)


def test_what_was_sent_back_is_empty_and_says_so(units, people):
    coordinator, reviewer = people
    send_back(units, reviewer, NOVEMBER, report(units, "8308", coordinator, NOVEMBER, value=10, month=OCTOBER))
    first, *_ = tracked(units, DECEMBER.date())
    assert (first.status, first.result.is_reported, first.as_of) == (TrackedStatus.RETURNED, False, None)


def test_a_period_without_a_report_does_not_repeat_the_one_before(units, people):
    coordinator, reviewer = people
    for month, value, at in ((OCTOBER, 10, NOVEMBER), (date(2026, 12, 1), 15, JANUARY)):
        approve(units, reviewer, at, report(units, "8308", coordinator, at, value=value, month=month))
    first, between, last, *_ = tracked(units, JANUARY.date())
    assert [one.result.numerator for one in (first, between, last)] == [10, None, 15]
    assert between.status is TrackedStatus.NOT_REPORTED


def test_evidence_of_approved_reports_goes_along_but_not_what_was_taken_back(units, people):
    coordinator, reviewer = people
    proved = report(units, "8308", coordinator, NOVEMBER, value=10, month=OCTOBER)
    with units.transaction() as session:
        member, ids = get_member(session, coordinator), []
        for number, name in ((1, "ใบเบิก.pdf"), (2, None)):
            held = hold_file(session.connection(), f"{number:064x}", NOVEMBER)
            new = NewEvidence(held, 10, "image/jpeg", name, f"m{number}")
            facts = {"member_id": member.id, "unit_id": member.unit_id, "received_at": NOVEMBER, "now": NOVEMBER}
            ids.append(record_evidence(session, new, **facts).id)
        attach_to_report(session, ids, proved)
    assert tracked(units, NOVEMBER.date())[0].evidence == ()
    approve(units, reviewer, NOVEMBER, proved)
    assert [item.file_name for item in tracked(units, NOVEMBER.date())[0].evidence] == ["ใบเบิก.pdf", None]
