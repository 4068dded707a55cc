"""Deciding of reports, by two people at the same moment too."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from models.errors import Invalid, NotFound
from models.indicator_reports import ReportDecision, list_reports_by_id
from models.indicator_results import fresh_results, read_results
from models.indicators import get_indicator
from models.members import Role
from models.review_queue import find_newer, list_what_waits
from tests.indicators.acting import add_person, approve, send_back
from tests.indicators.definitions import DRAWN, define
from tests.indicators.reporting import record
from tests.office import DISTRICT, OTHER_DISTRICT

REPORTER, REVIEWER, COLLEAGUE = (f"U{number:032x}" for number in (1, 2, 3))
HOST = "สำนักพัฒนาสังคม"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def register(units):
    """A database with an indicator, somebody who reports on it, and two reviewers of its host."""
    define(units, DRAWN)
    add_person(units, DISTRICT, Role.COORDINATOR, number=1)
    for number in (2, 3):
        add_person(units, HOST, Role.REVIEWER, number=number)
    return units


def test_of_two_at_the_same_moment_one_decides(register):
    ids = record(register, {DISTRICT: 18, OTHER_DISTRICT: 10}, now=NOW, reporter=REPORTER)
    ready, came = threading.Barrier(2), {}

    def one(who, says):
        ready.wait()
        came[who] = says(register, who, NOW, *ids)

    threads = [threading.Thread(target=one, args=it) for it in ((REVIEWER, approve), (COLLEAGUE, send_back))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted((len(one.decided), len(one.before)) for one in came.values()) == [(0, 2), (2, 0)]
    with register.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReportDecision)) == 2
        indicator = get_indicator(session, "8308", NOW.date())
        assert dict(read_results(session, indicator.id)) == fresh_results(session, indicator)


def test_a_reason_is_needed_to_send_back_and_only_the_host_decides(register):
    (one,) = record(register, {DISTRICT: 18}, now=NOW, reporter=REPORTER)
    for reason in ("", "  \n "):
        with pytest.raises(Invalid, match="return_reason_missing"):
            send_back(register, COLLEAGUE, NOW, one, reason=reason)
    for who, ids in ((REPORTER, [one]), (COLLEAGUE, [one, one + 1]), (COLLEAGUE, [])):
        with pytest.raises(NotFound, match="report_not_found"):
            approve(register, who, NOW, *ids)


def test_what_waits_is_the_newest_of_each_slot(register):
    (first,) = record(register, {DISTRICT: 18}, now=NOW)
    (second,) = record(register, {DISTRICT: 19}, now=NOW)
    (other,) = record(register, {OTHER_DISTRICT: 14}, now=NOW)
    with register.reading() as session:
        (waiting,) = list_what_waits(session)
        assert [report.id for report in waiting.reports] == [second, other]
        (old,) = list_reports_by_id(session, [first])
        assert find_newer(session, waiting.indicator, old).id == second
    send_back(register, REVIEWER, NOW, second)
    with register.reading() as session:
        (waiting,) = list_what_waits(session)
        assert [report.id for report in waiting.reports] == [first, other]  # what was sent back counts for nothing
        assert find_newer(session, waiting.indicator, old) is None
    approve(register, COLLEAGUE, NOW, first, other)
    with register.reading() as session:
        assert list_what_waits(session) == []


def test_what_approving_would_make_of_the_results_is_what_it_makes(register):
    ids = record(register, {DISTRICT: 18, OTHER_DISTRICT: 14}, now=NOW)
    with register.reading() as session:
        expected = fresh_results(session, get_indicator(session, "8308", NOW.date()), if_approved=ids)
    approve(register, REVIEWER, NOW, *ids)
    with register.reading() as session:
        assert dict(read_results(session, get_indicator(session, "8308", NOW.date()).id)) == expected
