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
from models.indicator_reports import Report, counting, list_reports, slot_of
from models.indicator_terms import EvidenceAsked, Figure, PartResult, Result, Share, Standing
from models.indicators import Indicator

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


def compute_results(
    indicator: Indicator,
    reports: Sequence[Report],
    with_evidence: Collection[int],
) -> dict[tuple[int, Standing], Result]:
    """Every result of an indicator year from its history, of the whole and of each unit that reported.

    Args:
        indicator: with its measure and shares.
        reports: all of it, oldest first.
        with_evidence: ids of the reports to which evidence belongs.
    """
    computed: dict[tuple[int, Standing], Result] = {}
    for standing in Standing:
        counted = counting(reports, indicator.measure, standing)
        whole = _result(indicator, counted, list(indicator.shares), with_evidence)
        computed[WHOLE, standing] = whole
        for unit in {report.figure.unit for report in counted}:
            own = [report for report in counted if report.figure.unit == unit]
            computed[unit, standing] = _result(indicator, own, [unit], with_evidence)
    return computed


def group_result(
    indicator: Indicator, reports: Sequence[Report], unit_ids: Collection[int], with_evidence: Collection[int] = ()
) -> Result:
    """The result of some of the units, from the reports that count (see ``counting``)."""
    own = [report for report in reports if report.figure.unit in unit_ids]
    return _result(indicator, own, [unit for unit in indicator.shares if unit in unit_ids], with_evidence)


def result_with(indicator: Indicator, reports: Sequence[Report], figures: Sequence[Figure], unit: int) -> Result:
    """What a unit's result, or that of the whole, would be with these figures reported as well.

    Args:
        indicator: of which.
        reports: its history, oldest first.
        figures: not yet reported, complete.
        unit: id, or ``WHOLE``.
    """
    counted = counting(reports, indicator.measure, Standing.REPORTED)
    slots = {slot_of(figure, indicator.measure) for figure in figures}
    kept = [report.figure for report in counted if slot_of(report.figure, indicator.measure) not in slots]
    units = list(indicator.shares) if unit == WHOLE else [unit]
    together = sorted([*kept, *figures], key=lambda figure: figure.month)
    return indicator.measure.result([one for one in together if one.unit in units], _shares(indicator, units))


def store_results(session: Session, indicator: Indicator, now: datetime) -> Results:
    """Compute an indicator year's results anew and keep them; the caller holds its lock."""
    computed = fresh_results(session, indicator)
    session.execute(delete(IndicatorResult).where(IndicatorResult.indicator_year_id == indicator.id))
    rows = [_row(indicator.id, unit, standing, result, now) for (unit, standing), result in computed.items()]
    session.execute(insert(IndicatorResult), rows)
    return computed


def fresh_results(
    session: Session, indicator: Indicator, known_before: datetime | None = None
) -> dict[tuple[int, Standing], Result]:
    """Results computed from the history, whatever is stored; as known at an instant where one is given."""
    reports = list_reports(session, indicator.id, known_before=known_before)
    with_evidence = list_reports_with_evidence(session, [report.id for report in reports])
    return compute_results(indicator, reports, with_evidence)


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


def _result(
    indicator: Indicator, counted: Sequence[Report], unit_ids: Sequence[int], with_evidence: Collection[int]
) -> Result:
    figures = [report.figure for report in counted]
    result = indicator.measure.result(figures, _shares(indicator, unit_ids))
    if indicator.definition.reporting.evidence is not EvidenceAsked.REQUIRED:
        return result
    if result.percent is None or result.percent <= SHORT_OF_WHOLE:
        return result
    if all(report.id in with_evidence for report in counted):
        return result
    return replace(result, percent=SHORT_OF_WHOLE)


def _shares(indicator: Indicator, unit_ids: Iterable[int]) -> list[Share]:
    return [indicator.shares[unit] for unit in unit_ids if unit in indicator.shares]


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
