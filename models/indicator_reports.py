"""Reports on indicators and what was decided of them: rows that are appended, never edited.

A report speaks of one slot: a unit, a month, and where the measure has them a part and a step. A later report of a
slot takes the place of the earlier one in results; both stay. A report that was sent back counts for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.history import append_only
from models.indicator_terms import Figure, Standing
from models.measures.base import Measure


class ReportSource(StrEnum):
    """Where a report came from."""

    CHAT = "chat"
    GRID = "grid"
    COMMAND = "command"
    VOUCHERS = "vouchers"
    SERVICE_LOG = "service_log"

    @property
    def is_machine(self) -> bool:
        """Whether the service computed it, and nobody said it."""
        return self in (ReportSource.VOUCHERS, ReportSource.SERVICE_LOG)


class DecisionKind(StrEnum):
    """What the host said of a report."""

    APPROVED = "approved"
    RETURNED = "returned"


class IndicatorReport(Base):
    """One report of one unit."""

    __tablename__ = "indicator_reports"
    __table_args__ = (Index("ix_indicator_reports_of", "indicator_year_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    indicator_year_id: Mapped[int] = mapped_column(ForeignKey("indicator_years.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    month: Mapped[date]
    part: Mapped[str] = mapped_column(String(64), default="")
    step: Mapped[int | None]
    percent: Mapped[Decimal | None]
    value: Mapped[Decimal | None]
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    note: Mapped[str | None] = mapped_column(Text)
    source: Mapped[ReportSource] = mapped_column(enum_column(ReportSource))
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    reported_at: Mapped[datetime]
    is_late: Mapped[bool]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("indicator_reports.id"))
    """The report whose place this one took in its slot."""


class ReportDecision(Base):
    """What the host decided of a report; one for each, so that two reviewers cannot both."""

    __tablename__ = "report_decisions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("indicator_reports.id"), unique=True)
    decision: Mapped[DecisionKind] = mapped_column(enum_column(DecisionKind))
    reason: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime]


append_only(IndicatorReport)
append_only(ReportDecision)


@dataclass(frozen=True)
class Report:
    """A report with what became of it; ``decision`` is None while it waits."""

    id: int
    indicator_year_id: int
    figure: Figure
    note: str | None
    source: ReportSource
    reported_by_id: int | None
    reported_at: datetime
    is_late: bool
    corrects_id: int | None
    decision: DecisionKind | None = None
    reason: str | None = None
    decided_by_id: int | None = None
    decided_at: datetime | None = None

    def counts(self, standing: Standing) -> bool:
        """Whether it may count: approved, or reported and not sent back."""
        if standing is Standing.APPROVED:
            return self.decision is DecisionKind.APPROVED
        return self.decision is not DecisionKind.RETURNED


def list_reports(
    session: Session,
    indicator_year_id: int,
    *,
    unit_ids: Iterable[int] | None = None,
    known_before: datetime | None = None,
) -> list[Report]:
    """The reports of an indicator year, oldest first.

    Args:
        session: any.
        indicator_year_id: of which indicator.
        unit_ids: only of these units; of all without.
        known_before: as they stood at an instant: later reports and decisions are left out.
    """
    query = _REPORTS.where(IndicatorReport.indicator_year_id == indicator_year_id)
    if unit_ids is not None:
        query = query.where(IndicatorReport.unit_id.in_(list(unit_ids)))
    reports = [_report(tuple(row)) for row in session.execute(query.order_by(IndicatorReport.id))]
    return reports if known_before is None else [_as_known(one, known_before) for one in _made(reports, known_before)]


def list_reports_of(
    session: Session, indicator_year_ids: Collection[int], *, known_before: datetime
) -> dict[int, list[Report]]:
    """The reports of several indicator years as they stood at an instant, by year, oldest first; with one query."""
    query = _REPORTS.where(IndicatorReport.indicator_year_id.in_(indicator_year_ids))
    rows = session.execute(query.where(IndicatorReport.reported_at < known_before).order_by(IndicatorReport.id))
    found: dict[int, list[Report]] = {year_id: [] for year_id in indicator_year_ids}
    for row in rows:
        report = _as_known(_report(tuple(row)), known_before)
        found[report.indicator_year_id].append(report)
    return found


def list_reported(session: Session, indicator_year_ids: Collection[int]) -> list[int]:
    """Those of these indicator years on which anything was reported, by id."""
    reported = set(session.scalars(select(IndicatorReport.indicator_year_id).distinct()))
    return sorted(reported & set(indicator_year_ids))


def list_reports_by_id(session: Session, report_ids: Sequence[int]) -> list[Report]:
    """These reports, by id; those that are not there are left out."""
    query = _REPORTS.where(IndicatorReport.id.in_(report_ids)).order_by(IndicatorReport.id)
    return [_report(tuple(row)) for row in session.execute(query)]


def list_reports_waiting_of(session: Session, member_id: int, since: datetime) -> list[Report]:
    """What a person reported since an instant that nobody has decided of, the newest first."""
    waiting = (
        IndicatorReport.reported_by_id == member_id,
        IndicatorReport.reported_at >= since,
        ReportDecision.id.is_(None),
    )
    return [
        _report(tuple(row)) for row in session.execute(_REPORTS.where(*waiting).order_by(IndicatorReport.id.desc()))
    ]


def counting(reports: Iterable[Report], measure: Measure, standing: Standing) -> list[Report]:
    """The reports that count: the latest of each slot, by month and then by age.

    Args:
        reports: oldest first.
        measure: tells slots apart.
        standing: whose word counts.
    """
    latest: dict[Hashable, Report] = {}
    for report in reports:
        if report.counts(standing):
            latest[slot_of(report.figure, measure)] = report
    return sorted(latest.values(), key=lambda report: (report.figure.month, report.id))


def slot_of(figure: Figure, measure: Measure) -> Hashable:
    """What a figure speaks of; two figures of one slot are never added up."""
    return (figure.unit, figure.month, figure.part, measure.slot_of(figure))


_REPORTS: Select[*tuple[Any, ...]] = select(
    IndicatorReport.id,
    IndicatorReport.indicator_year_id,
    IndicatorReport.unit_id,
    IndicatorReport.month,
    IndicatorReport.part,
    IndicatorReport.step,
    IndicatorReport.percent,
    IndicatorReport.value,
    IndicatorReport.numerator,
    IndicatorReport.denominator,
    IndicatorReport.note,
    IndicatorReport.source,
    IndicatorReport.reported_by_id,
    IndicatorReport.reported_at,
    IndicatorReport.is_late,
    IndicatorReport.corrects_id,
    ReportDecision.decision,
    ReportDecision.reason,
    ReportDecision.decided_by_id,
    ReportDecision.decided_at,
).outerjoin(ReportDecision, ReportDecision.report_id == IndicatorReport.id)


def _report(row: Sequence[Any]) -> Report:
    return Report(row[0], row[1], Figure(*row[2:10]), *row[10:])


def _made(reports: Iterable[Report], before: datetime) -> list[Report]:
    return [report for report in reports if report.reported_at < before]


def _as_known(report: Report, before: datetime) -> Report:
    if report.decided_at is None or report.decided_at < before:
        return report
    return Report(
        report.id,
        report.indicator_year_id,
        report.figure,
        report.note,
        report.source,
        report.reported_by_id,
        report.reported_at,
        report.is_late,
        report.corrects_id,
    )
