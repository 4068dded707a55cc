"""What the city's system of policy tracking asks for: a row for each indicator, supporting unit and reporting period.

Only approved figures are results. What was reported and not approved shows as a status, and what was not reported is
empty, never zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.evidence import EvidenceView, list_evidence_of_reports, list_reports_with_evidence
from models.indicator_cards import months_stand_alone
from models.indicator_due import DuePeriod, list_periods
from models.indicator_reports import Report, counting, list_reports
from models.indicator_results import given, read_others, result_of
from models.indicator_terms import Result, Share, Standing, TargetIn
from models.indicators import Indicator, codes_rested_on, list_indicators
from models.members import Member
from models.units import Unit, get_unit_names

_AT_ONCE = 500


class TrackedStatus(StrEnum):
    """How far a period of a unit has come."""

    APPROVED = "approved"  # everything that was reported of it
    WAITING = "waiting"  # something reported of it waits for the host
    RETURNED = "returned"  # what was reported of it was sent back, and nothing came since
    NOT_REPORTED = "not_reported"  # though its day has passed
    NOT_DUE = "not_due"


@dataclass(frozen=True)
class TrackedPeriod:
    """A unit's part of an indicator in one of its reporting periods.

    Attributes:
        indicator: in its year.
        host: official name of the unit that owns it.
        unit: official name of the unit that reports.
        period: a month, a quarter or the year.
        target: the unit's own, else the indicator's.
        target_in: what the target is compared with.
        result: of approved reports: of the months of the period where each stands for itself, else up to its end.
            Nothing where none of the period itself is approved.
        status: of the period.
        as_of: when the latest report of it was made that was not sent back.
        approved_at: when the latest of it was approved.
        approved_by: official name of the unit whose reviewer approved that; of the host where the person is gone.
        note: what was written with the latest approved report.
        evidence: of its approved reports, in the order it was sent.
    """

    indicator: Indicator
    host: str
    unit: str
    period: DuePeriod
    target: Decimal
    target_in: TargetIn
    result: Result
    status: TrackedStatus
    as_of: datetime | None = None
    approved_at: datetime | None = None
    approved_by: str = ""
    note: str = ""
    evidence: tuple[EvidenceView, ...] = ()


def stream_tracked_periods(session: Session, fiscal_year: int, *, today: date) -> Iterator[TrackedPeriod]:
    """The periods of every unit of every indicator of a year, by code; one indicator is in memory at a time.

    Args:
        session: reading, of one snapshot.
        fiscal_year: Buddhist.
        today: tells what is due.
    """
    indicators = list_indicators(session, fiscal_year)
    units = {unit for one in indicators for unit in (*one.shares, one.host_unit_id)}
    names = get_unit_names(session, units)
    for indicator in indicators:
        yield from _Tracked(session, indicator, names, today).periods()


class _Tracked:
    """One indicator with its reports."""

    def __init__(self, session: Session, indicator: Indicator, names: Mapping[int, str], today: date) -> None:
        self._session, self._indicator, self._names, self._today = session, indicator, names, today
        reports = list_reports(session, indicator.id)
        ids = [report.id for report in reports]
        self._with_evidence = list_reports_with_evidence(session, ids)
        self._evidence = _evidence_of(session, [one for one in ids if one in self._with_evidence])
        self._deciders = _units_of_members(session, {one.decided_by_id for one in reports if one.decided_by_id})
        self._all = _by_unit(reports)
        self._counted = {kind: _by_unit(counting(reports, indicator.measure, kind)) for kind in Standing}

    def periods(self) -> Iterator[TrackedPeriod]:
        for period in list_periods(self._indicator):
            known = self._known_by(period)
            for share in self._indicator.shares.values():
                yield self._period(share, period, known)

    def _known_by(self, period: DuePeriod) -> Indicator:
        """The indicator with the approved results of those it rests on, as they were at the end of a period."""
        if not codes_rested_on(self._indicator.measure):
            return self._indicator
        others = read_others(self._session, self._indicator, until=period.months[-1])
        return given(self._indicator, others[Standing.APPROVED])

    def _period(self, share: Share, period: DuePeriod, known: Indicator) -> TrackedPeriod:
        counted = _within(self._counted[Standing.REPORTED].get(share.unit, ()), period)
        approved = _within(self._counted[Standing.APPROVED].get(share.unit, ()), period)
        decided = max(approved, key=_decided_at, default=None)
        result = self._result(share.unit, period, known, approved)
        return TrackedPeriod(
            indicator=self._indicator,
            host=self._names[self._indicator.host_unit_id],
            unit=self._names[share.unit],
            period=period,
            target=self._indicator.definition.target.value if share.target is None else share.target,
            target_in=_measured_in(self._indicator, share),
            result=result,
            status=self._status(share.unit, period, counted, result),
            as_of=max((report.reported_at for report in counted), default=None),
            approved_at=decided.decided_at if decided else None,
            approved_by=self._approved_by(decided),
            note=(approved[-1].note or "") if approved else "",
            evidence=tuple(item for report in approved for item in self._evidence.get(report.id, ())),
        )

    def _result(self, unit: int, period: DuePeriod, known: Indicator, approved: Sequence[Report]) -> Result:
        if known is not self._indicator:
            begun = period.months[0] <= self._today
            return result_of(known, approved, self._with_evidence, [unit]) if begun else Result()
        if not approved:
            return Result()
        if not months_stand_alone(known):
            so_far = self._counted[Standing.APPROVED][unit]
            approved = [report for report in so_far if report.figure.month <= period.months[-1]]
        return result_of(known, approved, self._with_evidence, [unit])

    def _status(self, unit: int, period: DuePeriod, counted: Sequence[Report], result: Result) -> TrackedStatus:
        if any(report.decision is None for report in counted):
            return TrackedStatus.WAITING
        if counted or result.is_reported:
            return TrackedStatus.APPROVED
        if _within(self._all.get(unit, ()), period):
            return TrackedStatus.RETURNED
        return TrackedStatus.NOT_DUE if self._today <= period.due_on else TrackedStatus.NOT_REPORTED

    def _approved_by(self, decided: Report | None) -> str:
        if decided is None:
            return ""
        return self._deciders.get(decided.decided_by_id or 0, self._names[self._indicator.host_unit_id])


def _measured_in(indicator: Indicator, share: Share) -> TargetIn:
    """A share with a denominator has a target in what is counted: 20 of 22 communities."""
    if share.target is not None and share.denominator is not None:
        return TargetIn.COUNT
    return indicator.definition.target.measured_in


def _within(reports: Sequence[Report], period: DuePeriod) -> list[Report]:
    return [report for report in reports if report.figure.month in period.months]


def _decided_at(report: Report) -> tuple[datetime, int]:
    return report.decided_at or report.reported_at, report.id


def _by_unit(reports: Sequence[Report]) -> dict[int, list[Report]]:
    units: dict[int, list[Report]] = {}
    for report in reports:
        units.setdefault(report.figure.unit, []).append(report)
    return units


def _evidence_of(session: Session, report_ids: Sequence[int]) -> dict[int, list[EvidenceView]]:
    found: dict[int, list[EvidenceView]] = {}
    for start in range(0, len(report_ids), _AT_ONCE):
        found |= list_evidence_of_reports(session, report_ids[start : start + _AT_ONCE])
    return found


def _units_of_members(session: Session, member_ids: Collection[int]) -> dict[int, str]:
    if not member_ids:
        return {}
    query = select(Member.id, Unit.name).join(Unit, Unit.id == Member.unit_id).where(Member.id.in_(member_ids))
    return dict(session.execute(query).all())
