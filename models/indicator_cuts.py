"""The cut of a quarter: results as they were then, kept for good; what changes later is a correction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.errors import NotFound
from models.history import append_only
from models.indicator_reports import IndicatorReport, Report, ReportDecision, list_reports
from models.indicator_results import read_results
from models.indicator_terms import Result, Standing, month_later
from models.indicators import Indicator, list_indicators, lock_indicator
from models.periods import fiscal_year_of

CUT_ON_DAY = 15
"""Of the month after a quarter: late enough for the reports of its last month, which are due by then."""


class IndicatorCut(Base):
    """An indicator year at the cut of a quarter; ``results`` is JSON, the ids tell what was known."""

    __tablename__ = "indicator_cuts"
    __table_args__ = (UniqueConstraint("indicator_year_id", "quarter"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    indicator_year_id: Mapped[int] = mapped_column(ForeignKey("indicator_years.id"))
    quarter: Mapped[int]
    cut_at: Mapped[datetime]
    last_report_id: Mapped[int] = mapped_column(BigId)
    last_decision_id: Mapped[int] = mapped_column(BigId)
    results: Mapped[str] = mapped_column(Text)


append_only(IndicatorCut)


@dataclass(frozen=True)
class Cut:
    """A quarter as it was cut.

    Attributes:
        quarter: 1 to 4.
        cut_at: when.
        results: unit id (0: all) and standing to ``{"percent": "60.08", …}``; figures as texts.
        last_report_id: the newest report that was known.
        last_decision_id: the newest decision that was known.
    """

    quarter: int
    cut_at: datetime
    results: Mapping[tuple[int, Standing], Mapping[str, Any]]
    last_report_id: int
    last_decision_id: int


@dataclass(frozen=True)
class QuarterCorrection:
    """A report or a decision that came after the cut and speaks of its quarter."""

    report: Report
    is_decision: bool

    @property
    def at(self) -> datetime:
        """When it came."""
        return (self.report.decided_at if self.is_decision else None) or self.report.reported_at


def list_quarters_due(session: Session, today: date) -> list[tuple[Indicator, int]]:
    """The quarters that are to be cut by a day and are not: of the running fiscal year and the one before."""
    running = fiscal_year_of(today)
    due: list[tuple[Indicator, int]] = []
    for indicator in [*list_indicators(session, running - 1), *list_indicators(session, running)]:
        cut = set(session.scalars(select(IndicatorCut.quarter).where(IndicatorCut.indicator_year_id == indicator.id)))
        due += [
            (indicator, quarter) for quarter in range(1, 5) if quarter not in cut and _is_due(indicator, quarter, today)
        ]
    return due


def waits_for_cut(session: Session, until: date, today: date) -> bool:
    """Whether some indicator's quarter that ended by a day is to be cut, and is not yet."""
    return any(indicator.months[quarter * 3 - 1] <= until for indicator, quarter in list_quarters_due(session, today))


def cut_quarter(session: Session, indicator: Indicator, quarter: int, now: datetime) -> bool:
    """Keep an indicator's results as they stand; False where the quarter was cut before."""
    lock_indicator(session, indicator.id)
    if find_cut(session, indicator.id, quarter) is not None:
        return False
    session.add(
        IndicatorCut(
            indicator_year_id=indicator.id,
            quarter=quarter,
            cut_at=now,
            last_report_id=session.scalar(select(func.max(IndicatorReport.id))) or 0,
            last_decision_id=session.scalar(select(func.max(ReportDecision.id))) or 0,
            results=_as_json(read_results(session, indicator.id)),
        )
    )
    session.flush()  # a second clock must find it
    return True


def find_cut(session: Session, indicator_year_id: int, quarter: int) -> Cut | None:
    """The cut of a quarter; None where it is not cut yet."""
    of_quarter = (IndicatorCut.indicator_year_id == indicator_year_id, IndicatorCut.quarter == quarter)
    row = session.scalar(select(IndicatorCut).where(*of_quarter))
    return None if row is None else _cut(row)


def get_cut(session: Session, indicator: Indicator, quarter: int) -> Cut:
    """The cut of a quarter.

    Raises:
        NotFound: ``quarter_not_cut`` (code, fiscal_year, quarter).
    """
    cut = find_cut(session, indicator.id, quarter)
    if cut is None:
        facts = {"code": indicator.code, "fiscal_year": indicator.fiscal_year}
        raise NotFound("quarter_not_cut", quarter=quarter, **facts)
    return cut


def list_cuts(session: Session, indicator_year_id: int) -> list[Cut]:
    """The quarters that were cut, the first one first."""
    of_year = select(IndicatorCut).where(IndicatorCut.indicator_year_id == indicator_year_id)
    return [_cut(row) for row in session.scalars(of_year.order_by(IndicatorCut.quarter))]


def list_quarter_corrections(session: Session, indicator: Indicator, cut: Cut) -> list[QuarterCorrection]:
    """What came after a cut and speaks of its quarter or an earlier one, oldest first: reports, and decisions."""
    until = indicator.months[cut.quarter * 3 - 1]
    reports = [one for one in list_reports(session, indicator.id) if one.figure.month <= until]
    later = _decided_after(session, indicator.id, cut.last_decision_id)
    found = [QuarterCorrection(report, is_decision=False) for report in reports if report.id > cut.last_report_id]
    found += [
        QuarterCorrection(report, is_decision=True)
        for report in reports
        if report.id <= cut.last_report_id and report.id in later
    ]
    return sorted(found, key=lambda one: one.at)


def _cut(row: IndicatorCut) -> Cut:
    told = {(unit, Standing(standing)): result for unit, standing, result in json.loads(row.results)}
    return Cut(row.quarter, row.cut_at, told, row.last_report_id, row.last_decision_id)


def _is_due(indicator: Indicator, quarter: int, today: date) -> bool:
    after = month_later(indicator.months[quarter * 3 - 1])
    return today >= after.replace(day=CUT_ON_DAY)


def _decided_after(session: Session, indicator_year_id: int, decision_id: int) -> Sequence[int]:
    decided = select(ReportDecision.report_id).join(IndicatorReport, IndicatorReport.id == ReportDecision.report_id)
    return session.scalars(
        decided.where(IndicatorReport.indicator_year_id == indicator_year_id, ReportDecision.id > decision_id)
    ).all()


def _as_json(results: Mapping[tuple[int, Standing], Result]) -> str:
    return json.dumps([[unit, standing.value, _figures(result)] for (unit, standing), result in results.items()])


def _figures(result: Result) -> dict[str, Any]:
    names = ("percent", "value", "score", "numerator", "denominator")
    figures = {name: _text(getattr(result, name)) for name in names}
    counts = {"level": result.level, "units_reported": result.units_reported, "units_expected": result.units_expected}
    return figures | counts


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
