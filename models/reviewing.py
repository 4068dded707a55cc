"""Deciding of reports: what waits for the host, approving and sending back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.errors import Invalid, NotAllowed, NotFound
from models.indicator_access import Person, may_review
from models.indicator_reports import (
    DecisionKind,
    Report,
    ReportDecision,
    counting,
    list_reports,
    list_reports_by_id,
)
from models.indicator_results import store_results
from models.indicator_terms import Standing
from models.indicators import Indicator, get_indicator_by_id, lock_indicator

LONGEST_REASON = 500


@dataclass(frozen=True)
class Decided:
    """What came of deciding.

    Attributes:
        decided: reports that were decided now.
        before: reports that had been decided already, as they stand.
        own: reports that the person reported and may not decide of.
        overtaken: reports whose slot has a newer report; deciding of them would change nothing.
    """

    decided: Sequence[Report] = ()
    before: Sequence[Report] = ()
    own: Sequence[Report] = ()
    overtaken: Sequence[Report] = ()


def list_waiting(session: Session, indicator: Indicator) -> list[Report]:
    """The reports of an indicator year that wait for the host: the newest of each slot that nobody decided of."""
    reports = list_reports(session, indicator.id)
    newest = counting(reports, indicator.measure, Standing.REPORTED)
    return [report for report in newest if report.decision is None]


def decide(
    session: Session,
    report_ids: Sequence[int],
    decision: DecisionKind,
    person: Person,
    *,
    reason: str | None,
    now: datetime,
) -> Decided:
    """Approve reports or send them back, and store the results anew.

    Args:
        session: the caller's transaction.
        report_ids: of one or several indicators.
        decision: what the host says.
        person: who says it.
        reason: why a report is sent back; needed for that.
        now: the present.

    Raises:
        NotFound: ``report_not_found``; one is not there, or not for this person to decide of.
        NotAllowed: ``report_is_your_own``; all of them are.
        Invalid: ``return_reason_missing``, ``return_reason_too_long`` (longest).
    """
    reason = _checked(decision, reason)
    reports = list_reports_by_id(session, report_ids)
    for indicator_year_id in sorted({report.indicator_year_id for report in reports}):
        lock_indicator(session, indicator_year_id)
        if not may_review(session, person, get_indicator_by_id(session, indicator_year_id)):
            raise NotFound("report_not_found")
    if not reports or len(reports) < len(set(report_ids)):
        raise NotFound("report_not_found")
    reports = list_reports_by_id(session, report_ids)  # as they stand now that nobody else can decide
    decided = _sort(session, reports, person)
    if decided.own and not decided.decided and not decided.before:
        raise NotAllowed("report_is_your_own")
    _append(session, decided.decided, decision, person, reason, now)
    return decided


def _checked(decision: DecisionKind, reason: str | None) -> str | None:
    if decision is DecisionKind.APPROVED:
        return None
    reason = " ".join((reason or "").split())
    if not reason:
        raise Invalid("return_reason_missing")
    if len(reason) > LONGEST_REASON:
        raise Invalid("return_reason_too_long", longest=LONGEST_REASON)
    return reason


def _sort(session: Session, reports: Sequence[Report], person: Person) -> Decided:
    before = [report for report in reports if report.decision is not None]
    waiting = [report for report in reports if report.decision is None]
    own = [report for report in waiting if report.reported_by_id == person.member_id]
    others = [report for report in waiting if report not in own]
    newest = {
        report.id
        for year_id in {report.indicator_year_id for report in others}
        for report in list_waiting(session, get_indicator_by_id(session, year_id))
    }
    return Decided(
        [report for report in others if report.id in newest],
        before,
        own,
        [report for report in others if report.id not in newest],
    )


def _append(
    session: Session,
    reports: Sequence[Report],
    decision: DecisionKind,
    person: Person,
    reason: str | None,
    now: datetime,
) -> None:
    session.add_all(
        ReportDecision(
            report_id=report.id, decision=decision, reason=reason, decided_by_id=person.member_id, decided_at=now
        )
        for report in reports
    )
    session.flush()  # results are computed from the rows
    for indicator_year_id in sorted({report.indicator_year_id for report in reports}):
        store_results(session, get_indicator_by_id(session, indicator_year_id), now)
