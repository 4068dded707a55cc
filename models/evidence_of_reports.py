"""Evidence and the results that rest on it: what is attached or taken back changes what an indicator comes to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from models.evidence import attach_to_report, list_reports_proved_by, withdraw_by_message
from models.indicator_reports import list_reports_by_id
from models.indicator_results import store_results
from models.indicators import get_indicator_by_id, lock_indicator


def prove_reports(session: Session, evidence_ids: Collection[int], report_ids: Collection[int], now: datetime) -> int:
    """Let items be evidence of reports, and store the results anew: where evidence is demanded it lifts them.

    Returns:
        how many items are new to the reports, in all.
    """
    attached = sum(attach_to_report(session, evidence_ids, report_id) for report_id in report_ids)
    if attached:
        _store_results_of(session, report_ids, now)
    return attached


def take_back_evidence(session: Session, message_id: str, now: datetime) -> None:
    """Let nobody see any more what a message brought, and store the results anew of the reports it proved."""
    proved = list_reports_proved_by(session, message_id)
    withdraw_by_message(session, message_id, now)
    _store_results_of(session, proved, now)


def _store_results_of(session: Session, report_ids: Collection[int], now: datetime) -> None:
    reports = list_reports_by_id(session, list(report_ids))
    for indicator_year_id in sorted({report.indicator_year_id for report in reports}):
        lock_indicator(session, indicator_year_id)
        store_results(session, get_indicator_by_id(session, indicator_year_id), now)
