"""Reporting: what may be reported, what it would change, and appending it.

The same rules for the chat, the command line and grids: ``check_line`` turns what was said of one unit into a complete
figure or refuses it, ``record_reports`` appends, and stores the results anew in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.indicator_access import Person, require_may_report
from models.indicator_due import due_on
from models.indicator_reports import IndicatorReport, Report, ReportSource, counting, list_reports, slot_of
from models.indicator_results import store_results
from models.indicator_terms import Figure, ReportedBy, Standing, month_later
from models.indicators import Indicator, get_indicator_by_id, lock_indicator
from models.units import get_unit_name

FIGURES = ("step", "percent", "value", "numerator", "denominator")


@dataclass(frozen=True)
class Line:
    """What somebody wants to report of one unit, as said.

    Attributes:
        unit: id of the unit.
        month: first day of the month it speaks of; None for the latest.
        part: code of a composite's part.
        step: and the rest as ``Figure`` has them.
    """

    unit: int
    month: date | None = None
    part: str = ""
    step: int | None = None
    percent: Decimal | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """For a draft: only what was said, figures as texts."""
        said = {name: getattr(self, name) for name in ("month", "part", *FIGURES)}
        return {"unit": self.unit} | {name: str(value) for name, value in said.items() if value not in (None, "")}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Line:
        """What ``as_json`` wrote."""
        figures = {name: Decimal(told[name]) for name in FIGURES if name in told and name != "step"}
        step = int(told["step"]) if "step" in told else None
        month = date.fromisoformat(told["month"]) if "month" in told else None
        return cls(int(told["unit"]), month, told.get("part", ""), step, **figures)


def check_line(
    session: Session, indicator: Indicator, person: Person, line: Line, *, reason: str | None, today: date
) -> Figure:
    """The complete figure of what somebody wants to report.

    Args:
        session: to read what was reported before.
        indicator: of which.
        person: who reports.
        line: as said.
        reason: the person's words; a step may be passed over with a reason.
        today: in Bangkok.

    Raises:
        Invalid: ``report_year_closed`` (code, fiscal_year), ``report_by_machine``, ``report_unit_not_of_indicator``
            (unit, code), ``report_month_outside_year`` (fiscal_year), ``report_month_to_come``,
            ``report_month_not_over`` (month), ``report_step_skipped`` (step, missing), ``report_year_to_come``, and
            what the measure refuses.
        NotAllowed: ``role_not_allowed``, ``report_not_your_unit`` (unit).
    """
    require_takes_report(session, indicator, person, line.unit)
    return complete_line(session, indicator, line, reason=reason, today=today)


def require_takes_report(session: Session, indicator: Indicator, person: Person, unit_id: int) -> None:
    """See that an indicator takes a report of a unit from a person, whatever it says; raises as ``check_line``."""
    _require_open(indicator)
    if indicator.definition.reporting.by is ReportedBy.MACHINE:
        raise Invalid("report_by_machine", code=indicator.code)
    if unit_id not in indicator.shares:
        raise Invalid("report_unit_not_of_indicator", unit=get_unit_name(session, unit_id), code=indicator.code)
    require_may_report(session, person, indicator, unit_id)


def complete_line(session: Session, indicator: Indicator, line: Line, *, reason: str | None, today: date) -> Figure:
    """The same without asking who reports."""
    month = month_of(indicator, line.month, today)
    figure = Figure(line.unit, month, line.part, line.step, line.percent, line.value, line.numerator, line.denominator)
    reports = list_reports(session, indicator.id, unit_ids=[line.unit])
    before = [report.figure for report in counting(reports, indicator.measure, Standing.REPORTED)]
    complete = indicator.measure.complete(figure, indicator.shares[line.unit], before)
    missing = None if reason else indicator.measure.skipped_step(complete, before)
    if missing is not None:
        raise Invalid("report_step_skipped", step=complete.step, missing=missing)
    return complete


def record_reports(
    session: Session,
    indicator: Indicator,
    figures: Sequence[Figure],
    *,
    member_id: int | None,
    source: ReportSource,
    note: str | None,
    at: datetime,
    now: datetime,
    today: date,
) -> list[int]:
    """Append complete figures as reports and store the results anew; the caller holds the indicator's lock.

    Args:
        session: the caller's transaction.
        indicator: of which.
        figures: complete, of distinct slots.
        member_id: who reports; None for the service itself.
        source: where they come from.
        note: the reporter's words.
        at: when it was said.
        now: the present.
        today: in Bangkok; tells what is late.

    Returns:
        ids of the reports, in the order of the figures.
    """
    reports = list_reports(session, indicator.id, unit_ids={figure.unit for figure in figures})
    latest = {
        slot_of(one.figure, indicator.measure): one for one in counting(reports, indicator.measure, Standing.REPORTED)
    }
    rows = []
    for figure in figures:
        replaced = latest.get(slot_of(figure, indicator.measure))
        rows.append(_row(indicator, figure, replaced))
        rows[-1].is_late = not source.is_machine and today > due_on(indicator, figure.month)
        rows[-1].source, rows[-1].reported_by_id, rows[-1].note, rows[-1].reported_at = source, member_id, note, at
    session.add_all(rows)
    session.flush()  # results are computed from the rows
    store_results(session, indicator, now)
    return [row.id for row in rows]


def list_unreported(session: Session, indicator: Indicator, figures: Sequence[Figure]) -> list[Figure]:
    """Those complete figures that say something else than what counts already of their slot, in their order."""
    reports = list_reports(session, indicator.id, unit_ids={figure.unit for figure in figures})
    counted = counting(reports, indicator.measure, Standing.REPORTED)
    known = {slot_of(one.figure, indicator.measure): one.figure for one in counted}
    return [figure for figure in figures if known.get(slot_of(figure, indicator.measure)) != figure]


def is_overtaken(session: Session, indicator: Indicator, figures: Sequence[Figure], latest_known_id: int) -> bool:
    """Whether a slot of these figures was reported, by anybody, after the report with this id."""
    slots = {slot_of(figure, indicator.measure) for figure in figures}
    reports = list_reports(session, indicator.id, unit_ids={figure.unit for figure in figures})
    return any(one.id > latest_known_id and slot_of(one.figure, indicator.measure) in slots for one in reports)


def latest_report_id(session: Session, indicator_year_id: int) -> int:
    """The newest report of an indicator year; 0 where there is none."""
    newest = select(func.max(IndicatorReport.id)).where(IndicatorReport.indicator_year_id == indicator_year_id)
    return session.scalar(newest) or 0


def hold_indicator(session: Session, indicator_year_id: int) -> Indicator:
    """Lock an indicator year until the transaction ends, and read it as it stands."""
    lock_indicator(session, indicator_year_id)
    return get_indicator_by_id(session, indicator_year_id)


def _require_open(indicator: Indicator) -> None:
    if indicator.closed_at is not None:
        raise Invalid("report_year_closed", code=indicator.code, fiscal_year=indicator.fiscal_year)


def month_of(indicator: Indicator, said: date | None, today: date) -> date:
    """The month that a report speaks of: as said, else the latest that can be reported; raises as ``check_line``."""
    latest = indicator.latest_month(today)
    by_month = indicator.measure.BY_MONTH
    month = said or (latest if not by_month or month_later(latest) <= today else month_later(latest, -1))
    if month not in indicator.months:
        raise Invalid("report_month_outside_year", fiscal_year=indicator.fiscal_year, month=month)
    if month > latest:
        raise Invalid("report_month_to_come", month=month)
    if by_month and month_later(month) > today:
        raise Invalid("report_month_not_over", month=month)
    return month


def _row(indicator: Indicator, figure: Figure, replaced: Report | None) -> IndicatorReport:
    return IndicatorReport(
        indicator_year_id=indicator.id,
        unit_id=figure.unit,
        month=figure.month,
        part=figure.part,
        **{name: getattr(figure, name) for name in FIGURES},
        corrects_id=replaced.id if replaced else None,
    )
