"""The indicators of a year as rows: the whole of each, then each of its units, with all that a card says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from models.evidence import list_reports_with_evidence
from models.indicator_cards import find_evaluated, latest_of
from models.indicator_reports import counting, list_reports
from models.indicator_results import WHOLE, compute_results, given, read_others, result_of
from models.indicator_terms import PlanState, Result, Standing, month_later
from models.indicator_views import Evaluated, LatestReport, meets_target
from models.indicators import Indicator, list_indicators, state_by
from models.units import get_unit_names


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator, or a unit's part of it; see ``IndicatorCard`` for what the words mean.

    ``unit`` is empty for the whole, which alone is evaluated; ``own_target`` is a unit's where it has one.
    """

    indicator: Indicator
    host: str
    unit: str
    own_target: Decimal | None
    reported: Result
    approved: Result
    evaluated: Evaluated | None
    planned: Decimal | None
    state: PlanState
    latest: LatestReport | None


def stream_indicator_rows(session: Session, fiscal_year: int, *, today: date) -> Iterator[IndicatorRow]:
    """The rows of a Buddhist fiscal year, by code and in the indicators' order of units; read one by one."""
    indicators = list_indicators(session, fiscal_year)
    names = get_unit_names(session, {unit for one in indicators for unit in (*one.shares, one.host_unit_id)})
    for indicator in indicators:
        yield from _rows(session, indicator, names, today)


def _rows(session: Session, indicator: Indicator, names: dict[int, str], today: date) -> Iterator[IndicatorRow]:
    reports = list_reports(session, indicator.id)
    with_evidence = list_reports_with_evidence(session, [report.id for report in reports])
    others = read_others(session, indicator)
    results = compute_results(indicator, reports, with_evidence, others)
    counted = counting(reports, indicator.measure, Standing.REPORTED)
    planned, is_over = indicator.planned_by(today), today >= month_later(indicator.months[-1])
    for unit in (WHOLE, *indicator.shares):
        found = {}
        for standing in Standing:
            known = given(indicator, others[standing])
            found[standing] = results.get((unit, standing)) or result_of(known, [], with_evidence, [unit])
        reported, own_target = found[Standing.REPORTED], None
        is_met = indicator.definition.target.is_met_by(reported)
        if unit != WHOLE and (own_target := indicator.shares[unit].target) is not None:
            is_met = meets_target(indicator.definition.target, indicator.shares[unit], reported)
        yield IndicatorRow(
            indicator=indicator,
            host=names[indicator.host_unit_id],
            unit="" if unit == WHOLE else names[unit],
            own_target=own_target,
            reported=reported,
            approved=found[Standing.APPROVED],
            evaluated=find_evaluated(session, indicator) if unit == WHOLE else None,
            planned=planned,
            state=state_by(is_met, planned, reported, is_over=is_over),
            latest=latest_of([one for one in counted if unit in (WHOLE, one.figure.unit)]),
        )
