"""What waits for the host offices to be approved, and what took its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.indicator_access import Person, may_review
from models.indicator_reports import (
    DecisionKind,
    IndicatorReport,
    Report,
    ReportDecision,
    list_reports,
    slot_of,
)
from models.indicators import Indicator, get_indicator_by_id
from models.reviewing import list_waiting


@dataclass(frozen=True)
class Waiting:
    """The reports of an indicator year that wait for its host, those that wait longest first; at least one."""

    indicator: Indicator
    reports: Sequence[Report]


def list_what_waits(session: Session, person: Person | None = None) -> list[Waiting]:
    """What waits, by code and fiscal year: for one person to decide of, or for everybody without one.

    Years that are over are among them, as long as a report of theirs waits.
    """
    undecided = (
        select(IndicatorReport.indicator_year_id)
        .outerjoin(ReportDecision, ReportDecision.report_id == IndicatorReport.id)
        .where(ReportDecision.id.is_(None))
        .distinct()
    )
    indicators = [get_indicator_by_id(session, year_id) for year_id in session.scalars(undecided)]
    theirs = [one for one in indicators if person is None or may_review(session, person, one)]
    found = [
        Waiting(one, sorted(list_waiting(session, one), key=lambda report: report.id))
        for one in sorted(theirs, key=lambda one: (one.code, one.fiscal_year))
    ]
    return [one for one in found if one.reports]


def find_newer(session: Session, indicator: Indicator, report: Report) -> Report | None:
    """The newest report that took the place of one in its slot and was not sent back; None where none did."""
    slot = slot_of(report.figure, indicator.measure)
    newer = [
        other
        for other in list_reports(session, indicator.id, unit_ids=[report.figure.unit])
        if other.id > report.id and slot_of(other.figure, indicator.measure) == slot
    ]
    standing = [other for other in newer if other.decision is not DecisionKind.RETURNED]
    return standing[-1] if standing else None
