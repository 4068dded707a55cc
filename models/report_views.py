"""What stands behind a unit's figures: its last reports, for those who may see them closely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.errors import NotFound
from models.evidence import list_evidence_of_reports
from models.indicator_reports import DecisionKind, Report, list_reports, list_reports_by_id
from models.indicator_staff import get_unit_names_of
from models.indicator_terms import Figure

SHOWN_REPORTS = 3


@dataclass(frozen=True)
class ReportLine:
    """A report as those see it who may: ``by_unit`` is the unit of the person, empty for the service itself."""

    id: int
    figure: Figure
    by_unit: str
    reported_at: datetime
    is_late: bool
    note: str | None
    evidence: int
    decision: DecisionKind | None
    reason: str | None


def list_last_reports(session: Session, indicator_year_id: int, unit_id: int) -> list[ReportLine]:
    """The last three reports of a unit, whatever became of them, newest first."""
    reports = list_reports(session, indicator_year_id, unit_ids=[unit_id])[-SHOWN_REPORTS:][::-1]
    evidence = list_evidence_of_reports(session, [report.id for report in reports])
    units = get_unit_names_of(session, [one.reported_by_id for one in reports if one.reported_by_id is not None])
    return [
        _line(report, len(evidence.get(report.id, ())), units.get(report.reported_by_id or 0, "")) for report in reports
    ]


def get_report(session: Session, report_id: int) -> Report:
    """One report.

    Raises:
        NotFound: ``report_not_found``.
    """
    found = list_reports_by_id(session, [report_id])
    if not found:
        raise NotFound("report_not_found")
    return found[0]


def _line(report: Report, evidence: int, by_unit: str) -> ReportLine:
    return ReportLine(
        report.id,
        report.figure,
        by_unit,
        report.reported_at,
        report.is_late,
        report.note,
        evidence,
        report.decision,
        report.reason,
    )
