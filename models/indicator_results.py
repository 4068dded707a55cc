"""Results of indicators, kept beside the history they come from.

A stored result is always what a fresh computation from the reports gives; it is written in the transaction that
appends a report, a decision or evidence.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Text, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, enum_column
from models.evidence import list_reports_with_evidence
from models.indicator_reports import DecisionKind, Report, counting, list_reports, slot_of
from models.indicator_terms import EvidenceAsked, Figure, PartResult, Result, Standing
from models.indicators import Indicator, list_indicators_rested_on, list_indicators_resting_on, lock_indicator
from models.measures import RestsOnOthers

WHOLE = 0
"""Stands for all units together where a unit's id would."""
SHORT_OF_WHOLE = Decimal("99.99")
"""What an indicator that demands evidence has at most without it."""


class IndicatorResult(Base):
    """The result of a unit, or of the whole (``unit_id`` 0), by reported or by approved reports."""

    __tablename__ = "indicator_results"

    indicator_year_id: Mapped[int] = mapped_column(ForeignKey("indicator_years.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    standing: Mapped[Standing] = mapped_column(enum_column(Standing), primary_key=True)
    percent: Mapped[Decimal | None]
    value: Mapped[Decimal | None]
    score: Mapped[Decimal | None]
    level: Mapped[int | None]
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    units_reported: Mapped[int]
    units_expected: Mapped[int]
    month: Mapped[date | None]
    parts: Mapped[str | None] = mapped_column(Text)
    computed_at: Mapped[datetime]


Results = Mapping[tuple[int, Standing], Result]
"""Unit id (``WHOLE`` for all) and standing to result."""
Others = Mapping[Standing, Mapping[str, Result]]
"""By standing and code, the results of the indicators that another rests on."""


def compute_results(
    indicator: Indicator,
    reports: Sequence[Report],
    with_evidence: Collection[int],
    others: Others | None = None,
) -> dict[tuple[int, Standing], Result]:
    """Every result of an indicator year from its history, of the whole and of each unit that reported.

    Args:
        indicator: with its measure and shares.
        reports: all of it, oldest first.
        with_evidence: ids of the reports to which evidence belongs.
        others: results of the indicators that it rests on.
    """
    computed: dict[tuple[int, Standing], Result] = {}
    for standing in Standing:
        known = given(indicator, (others or {}).get(standing, {}))
        counted = counting(reports, known.measure, standing)
        computed[WHOLE, standing] = result_of(known, counted, with_evidence)
        for unit, own in _by_unit(counted).items():
            computed[unit, standing] = result_of(known, own, with_evidence, [unit])
    return computed


def given(indicator: Indicator, others: Mapping[str, Result]) -> Indicator:
    """An indicator whose measure knows the results of the indicators that it rests on, by code."""
    if not isinstance(indicator.measure, RestsOnOthers):
        return indicator
    return replace(indicator, measure=indicator.measure.given(others))


def with_others(session: Session, indicator: Indicator, standing: Standing = Standing.REPORTED) -> Indicator:
    """An indicator whose measure knows the results of those it rests on as they stand now."""
    return given(indicator, read_others(session, indicator)[standing])


def result_of(
    indicator: Indicator,
    counted: Sequence[Report],
    with_evidence: Collection[int] = (),
    unit_ids: Collection[int] | None = None,
) -> Result:
    """What comes of the reports that count (see ``indicator_reports.counting``).

    Where evidence is demanded and one of them is without, the result stays short of 100 percent.

    Args:
        indicator: with its measure and shares.
        counted: by month and age.
        with_evidence: ids of the reports to which evidence belongs.
        unit_ids: of some units only, ``counted`` holding no other's; of the whole without.
    """
    result = _measured(indicator, [report.figure for report in counted], unit_ids)
    if indicator.definition.reporting.evidence is not EvidenceAsked.REQUIRED:
        return result
    if result.percent is None or result.percent <= SHORT_OF_WHOLE:
        return result
    if all(report.id in with_evidence for report in counted):
        return result
    short = _measured(indicator, [_short_of_whole(report.figure) for report in counted], unit_ids)
    return short if short.percent == SHORT_OF_WHOLE else replace(result, percent=SHORT_OF_WHOLE)


def result_with(
    indicator: Indicator, reports: Sequence[Report], figures: Sequence[Figure], unit_ids: Collection[int] | None = None
) -> Result:
    """What the result would be with these figures reported as well, evidence left aside.

    Args:
        indicator: of which.
        reports: its history, oldest first.
        figures: not yet reported, complete.
        unit_ids: of some units only; of the whole without.
    """
    slots = {slot_of(figure, indicator.measure) for figure in figures}
    counted = counting(reports, indicator.measure, Standing.REPORTED)
    kept = [report.figure for report in counted if slot_of(report.figure, indicator.measure) not in slots]
    together = [one for one in (*kept, *figures) if unit_ids is None or one.unit in unit_ids]
    return _measured(indicator, sorted(together, key=lambda figure: figure.month), unit_ids)


def store_results(session: Session, indicator: Indicator, now: datetime) -> Results:
    """Compute an indicator year's results anew and keep them, and those of what rests on it.

    The caller holds the indicator's lock. What rests on others is locked here, after it.
    """
    computed = _store(session, indicator, now)
    for resting in list_indicators_resting_on(session, indicator):
        lock_indicator(session, resting.id)
        _store(session, resting, now)
    return computed


def _store(session: Session, indicator: Indicator, now: datetime) -> Results:
    computed = fresh_results(session, indicator)
    session.execute(delete(IndicatorResult).where(IndicatorResult.indicator_year_id == indicator.id))
    rows = [_row(indicator.id, unit, standing, result, now) for (unit, standing), result in computed.items()]
    session.execute(insert(IndicatorResult), rows)
    return computed


def fresh_results(
    session: Session,
    indicator: Indicator,
    known_before: datetime | None = None,
    until: date | None = None,
    *,
    if_approved: Collection[int] = (),
) -> dict[tuple[int, Standing], Result]:
    """Results computed from the history, whatever is stored.

    Args:
        session: any.
        indicator: of which.
        known_before: as known at an instant: what was reported or decided later is left out.
        until: first day of the last month whose figures are looked at.
        if_approved: ids of its reports that are taken as if they were approved.
    """
    reports = [
        replace(report, decision=DecisionKind.APPROVED) if report.id in if_approved else report
        for report in list_reports(session, indicator.id, known_before=known_before)
    ]
    if until is not None:
        reports = [report for report in reports if report.figure.month <= until]
    with_evidence = list_reports_with_evidence(session, [report.id for report in reports])
    return compute_results(indicator, reports, with_evidence, read_others(session, indicator, known_before, until))


def read_others(
    session: Session, indicator: Indicator, known_before: datetime | None = None, until: date | None = None
) -> Others:
    """Fresh results of the indicators that this one rests on, as ``fresh_results`` gives them."""
    others: dict[Standing, dict[str, Result]] = {standing: {} for standing in Standing}
    for other in list_indicators_rested_on(session, indicator):
        results = fresh_results(session, other, known_before, until)
        for standing in Standing:
            others[standing][other.code] = results[WHOLE, standing]
    return others


def read_results(session: Session, indicator_year_id: int) -> Results:
    """The stored results of an indicator year; empty where nothing was ever reported."""
    query = select(IndicatorResult.unit_id, IndicatorResult.standing, *_COLUMNS)
    rows = session.execute(query.where(IndicatorResult.indicator_year_id == indicator_year_id))
    return {(unit, standing): _stored(told) for unit, standing, *told in rows}


def read_whole_results(
    session: Session, standing: Standing, year_ids: Collection[int] | None = None
) -> dict[int, Result]:
    """The stored result of the whole by indicator year; those without any report are left out."""
    conditions = [IndicatorResult.unit_id == WHOLE, IndicatorResult.standing == standing]
    if year_ids is not None:
        conditions.append(IndicatorResult.indicator_year_id.in_(year_ids))
    query = select(IndicatorResult.indicator_year_id, *_COLUMNS).where(*conditions)
    return {year_id: _stored(told) for year_id, *told in session.execute(query)}


# --- parts ----------------------------------------------------------------------------------------------------------


def _measured(indicator: Indicator, figures: Sequence[Figure], unit_ids: Collection[int] | None) -> Result:
    if unit_ids is None:
        return indicator.measure.result(figures, list(indicator.shares.values()))
    shares = [share for unit, share in indicator.shares.items() if unit in unit_ids]
    return indicator.measure.unit_result(figures, shares) if shares else Result()


def _short_of_whole(figure: Figure) -> Figure:
    """A step that is done as one that is not quite."""
    if figure.step is None or figure.percent is None or figure.percent <= SHORT_OF_WHOLE:
        return figure
    return replace(figure, percent=SHORT_OF_WHOLE)


def _by_unit(counted: Iterable[Report]) -> dict[int, list[Report]]:
    units: dict[int, list[Report]] = {}
    for report in counted:
        units.setdefault(report.figure.unit, []).append(report)
    return units


_COLUMNS = (
    IndicatorResult.percent,
    IndicatorResult.value,
    IndicatorResult.score,
    IndicatorResult.level,
    IndicatorResult.numerator,
    IndicatorResult.denominator,
    IndicatorResult.units_reported,
    IndicatorResult.units_expected,
    IndicatorResult.month,
    IndicatorResult.parts,
)


def _stored(told: Sequence[Any]) -> Result:
    percent, value, score, level, numerator, denominator, reported, expected, month, parts = told
    figures = (percent, value, score, level, numerator, denominator)
    return Result(*figures, reported, expected, month, _read_parts(parts))


def _row(year_id: int, unit: int, standing: Standing, result: Result, now: datetime) -> dict[str, Any]:
    names = ("percent", "value", "score", "level", "numerator", "denominator")
    return {
        "indicator_year_id": year_id,
        "unit_id": unit,
        "standing": standing,
        **{name: getattr(result, name) for name in names},
        "units_reported": result.units_reported,
        "units_expected": result.units_expected,
        "month": result.month,
        "parts": _write_parts(result.parts),
        "computed_at": now,
    }


def _write_parts(parts: Sequence[PartResult]) -> str | None:
    told = [[part.code, None if part.value is None else f"{part.value:f}", part.is_met] for part in parts]
    return json.dumps(told) if told else None


def _read_parts(text: str | None) -> tuple[PartResult, ...]:
    told = json.loads(text) if text else []
    return tuple(PartResult(code, None if value is None else Decimal(value), is_met) for code, value, is_met in told)
