"""Reading what can be seen of one indicator; see ``indicator_views`` for the values.

Everything is computed from the reports that count, so that a card of last March, or one as it was known on a day, is
made in the same way as today's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.evaluations import Evaluation
from models.evidence import list_reports_with_evidence
from models.indicator_due import latest_period, list_periods, units_not_reported
from models.indicator_names import short_names
from models.indicator_reports import Report, counting, list_reports
from models.indicator_results import given, read_others, result_of
from models.indicator_terms import (
    Definition,
    Direction,
    EvidenceAsked,
    Result,
    Standing,
    Target,
    TargetIn,
    month_later,
)
from models.indicator_views import (
    Evaluated,
    GroupLine,
    IndicatorCard,
    LatestReport,
    NotReported,
    PartLine,
    Scope,
    ScopeKind,
    StepLine,
    Subject,
    TrendPoint,
    UnitLine,
    meets_target,
    ranked,
)
from models.indicators import Indicator, find_indicator, get_indicator, list_years_of, state_by
from models.measures import RestsOnOthers
from models.measures.pass_count import PassCount
from models.periods import Period, fiscal_year_of
from models.units import Unit, get_unit_name, get_unit_names, unit_and_below

# --- what is asked of -----------------------------------------------------------------------------------------------


def get_indicator_in(session: Session, code: str, today: date, period: Period | None) -> Indicator:
    """The indicator in the fiscal year of a period; without one as ``find_indicator`` finds it.

    Raises:
        NotFound: ``indicator_not_found`` (code), or ``indicator_only_in_years`` (code, fiscal_year, years, latest).
    """
    if period is None:
        return get_indicator(session, code, today)
    found = find_indicator(session, code, today, period.fiscal_year)
    if found is not None:
        return found
    years = list_years_of(session, code)
    if not years:
        raise NotFound("indicator_not_found", code=code)
    told = [str(year) for year in years]
    raise NotFound("indicator_only_in_years", code=code, fiscal_year=period.fiscal_year, years=told, latest=told[-1])


def whole(indicator: Indicator) -> Scope:
    """All units of an indicator."""
    return Scope(ScopeKind.WHOLE, frozenset(indicator.shares))


def scope_of_unit(session: Session, indicator: Indicator, unit_id: int) -> Scope:
    """A unit of an indicator, or the units below it; the whole for its host.

    Raises:
        NotFound: ``unit_not_in_indicator`` (unit, code).
    """
    if unit_id == indicator.host_unit_id and (unit_id not in indicator.shares or len(indicator.shares) == 1):
        return whole(indicator)
    name = get_unit_names(session, {unit_id}).get(unit_id, str(unit_id))
    if unit_id in indicator.shares:
        return Scope(ScopeKind.UNIT, frozenset({unit_id}), name, unit=unit_id)
    units = unit_and_below(session, unit_id) & indicator.shares.keys()
    if not units:
        raise NotFound("unit_not_in_indicator", unit=name, code=indicator.code)
    return Scope(ScopeKind.GROUP, frozenset(units), name, unit=unit_id)


def scope_of_group(session: Session, indicator: Indicator, group: str) -> Scope:
    """The units of an indicator in a district group.

    Raises:
        NotFound: ``group_not_in_indicator`` (group, code).
    """
    units = frozenset(session.scalars(select(Unit.id).where(Unit.district_group == group))) & indicator.shares.keys()
    if not units:
        raise NotFound("group_not_in_indicator", group=group, code=indicator.code)
    return Scope(ScopeKind.GROUP, units, group, group=group)


# --- reading --------------------------------------------------------------------------------------------------------


def read_card(
    session: Session,
    indicator: Indicator,
    scope: Scope,
    *,
    today: date,
    until: date | None = None,
    known_before: datetime | None = None,
) -> IndicatorCard:
    """Everything a card says, in five or six queries however many units there are.

    Args:
        session: any.
        indicator: of which.
        scope: of it.
        today: the day as of which it is asked.
        until: first day of the last month whose figures are looked at; all without.
        known_before: as known at an instant: what was reported and decided later is left out.
    """
    kept = _read(session, indicator, scope, until, known_before)
    reported, day = kept.result(Standing.REPORTED), min(today, month_later(until)) if until else today
    units = _unit_lines(session, indicator, scope, kept)
    own_target = units[0].target if scope.kind is ScopeKind.UNIT else None
    is_met = indicator.definition.target.is_met_by(reported) if own_target is None else units[0].is_met
    is_over, planned = day >= month_later(indicator.months[-1]), indicator.planned_by(day)
    return IndicatorCard(
        year_id=indicator.id,
        definition=indicator.definition,
        is_current_year=indicator.fiscal_year == fiscal_year_of(today),
        host=get_unit_name(session, indicator.host_unit_id),
        scope=scope,
        own_target=own_target,
        reported=reported,
        approved=kept.result(Standing.APPROVED),
        evaluated=find_evaluated(session, indicator, known_before) if scope.kind is ScopeKind.WHOLE else None,
        state=state_by(is_met, planned, reported, is_over=is_over),
        planned=planned,
        latest=latest_of(kept.counted),
        trend=tuple(_trend(indicator, kept)),
        units=tuple(units),
        parts=part_lines(indicator.definition, reported),
        steps=_steps(indicator.definition, reported, kept.counted) if len(scope.units) == 1 else (),
        waiting=sum(report.decision is None for report in kept.counted),
        until=until,
        short=_short_name(session, indicator),
    )


def subject_of(session: Session, indicator: Indicator, scope: Scope, until: date | None) -> Subject:
    """What a list about an indicator is of."""
    return Subject(indicator.id, indicator.definition, scope, until, _short_name(session, indicator))


def read_unit_lines(
    session: Session, indicator: Indicator, scope: Scope, *, until: date | None = None
) -> list[UnitLine]:
    """The units looked at: those that reported, best first, then the others in the indicator's order."""
    lines = _unit_lines(session, indicator, scope, _read(session, indicator, scope, until, None))
    reported = ranked(indicator.definition.target, lines)
    return [*reported, *(line for line in lines if line not in reported)]


def read_groups(session: Session, indicator: Indicator, *, until: date | None = None) -> list[GroupLine]:
    """The results by district group, then by the Budget Bureau's division, of units that have any."""
    everything = whole(indicator)
    kept = _read(session, indicator, everything, until, None)
    lines = _unit_lines(session, indicator, everything, kept)
    groups = sorted({line.district_group for line in lines if line.district_group})
    divisions = sorted({line.budget_division for line in lines if line.budget_division})
    sorted_out = [(group, None, [one for one in lines if one.district_group == group]) for group in groups]
    by_division = [(None, number, [one for one in lines if one.budget_division == number]) for number in divisions]
    return [
        GroupLine(
            group,
            division,
            kept.part_result({line.unit for line in members}),
            sum(not line.result.units_reported for line in members),
        )
        for group, division, members in [*sorted_out, *by_division]
    ]


def read_not_reported(
    session: Session, indicator: Indicator, scope: Scope, *, today: date, until: date | None = None
) -> NotReported:
    """The units that have not reported.

    Args:
        session: any.
        indicator: of which.
        scope: of it.
        today: decides which period should have been reported by now.
        until: a month that was asked for; else the latest period that is over, or all of a year that is over.
    """
    kept = _read(session, indicator, scope, None, None)
    lines = {line.unit: line for line in _unit_lines(session, indicator, scope, kept)}
    if until is not None:
        period = next((one for one in list_periods(indicator) if until in one.months), None)
    else:
        period = None if today >= month_later(indicator.months[-1]) else latest_period(indicator, today)
    if period is None:
        missing = [unit for unit, line in lines.items() if not line.result.units_reported]
    else:
        reported = ((report.figure.unit, report.figure.month) for report in kept.counted)
        missing = [unit for unit in units_not_reported(indicator, reported, period) if unit in scope.units]
    units = tuple(lines[unit] for unit in missing)
    return NotReported(subject_of(session, indicator, scope, until), period, units, len(lines))


# --- parts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Kept:
    """The reports that count, with what makes results of them; ``unit_ids`` is None where all units are looked at."""

    indicators: Mapping[Standing, Indicator]
    reports: Mapping[Standing, Sequence[Report]]
    with_evidence: Collection[int]
    unit_ids: Collection[int] | None

    @property
    def counted(self) -> Sequence[Report]:
        return self.reports[Standing.REPORTED]

    def result(self, standing: Standing) -> Result:
        """Of all that is looked at."""
        return result_of(self.indicators[standing], self.reports[standing], self.with_evidence, self.unit_ids)

    def part_result(self, unit_ids: Collection[int]) -> Result:
        """Reported by some of the units."""
        own = [report for report in self.counted if report.figure.unit in unit_ids]
        return result_of(self.indicators[Standing.REPORTED], own, self.with_evidence, unit_ids)

    def result_of(self, reports: Sequence[Report]) -> Result:
        """Of some of the reports."""
        return result_of(self.indicators[Standing.REPORTED], reports, self.with_evidence, self.unit_ids)


def _read(
    session: Session, indicator: Indicator, scope: Scope, until: date | None, known_before: datetime | None
) -> _Kept:
    unit_ids = None if scope.kind is ScopeKind.WHOLE else scope.units
    reports = list_reports(session, indicator.id, unit_ids=unit_ids, known_before=known_before)
    if until is not None:
        reports = [report for report in reports if report.figure.month <= until]
    needs_evidence = indicator.definition.reporting.evidence is EvidenceAsked.REQUIRED
    with_evidence = list_reports_with_evidence(session, [one.id for one in reports]) if needs_evidence else frozenset()
    others = read_others(session, indicator, known_before, until)
    return _Kept(
        {standing: given(indicator, others[standing]) for standing in Standing},
        {standing: counting(reports, indicator.measure, standing) for standing in Standing},
        with_evidence,
        unit_ids,
    )


def _unit_lines(session: Session, indicator: Indicator, scope: Scope, kept: _Kept) -> list[UnitLine]:
    own: dict[int, list[Report]] = {}
    for report in kept.counted:
        own.setdefault(report.figure.unit, []).append(report)
    query = select(Unit.id, Unit.name, Unit.district_group, Unit.budget_division).where(Unit.id.in_(scope.units))
    told = {row.id: row for row in session.execute(query)}
    known = kept.indicators[Standing.REPORTED]
    lines = []
    for unit, share in indicator.shares.items():
        if unit in scope.units:
            result = result_of(known, own.get(unit, []), kept.with_evidence, [unit])
            is_met, row = meets_target(indicator.definition.target, share, result), told[unit]
            groups = (row.district_group, row.budget_division)
            lines.append(UnitLine(unit, row.name, result, share.target, is_met, *groups))
    return lines


def _short_name(session: Session, indicator: Indicator) -> str:
    return short_names(session, [indicator.code]).get(indicator.code, "")


def latest_of(counted: Sequence[Report]) -> LatestReport | None:
    """The latest of the reports that count, and the latest month they speak of; None where there is none."""
    if not counted:
        return None
    latest = max(counted, key=lambda report: (report.reported_at, report.id))
    return LatestReport(counted[-1].figure.month, latest.reported_at, latest.source)


def _trend(indicator: Indicator, kept: _Kept) -> Iterable[TrendPoint]:
    """A point for each month or quarter up to the latest that was reported; none of what rests on other indicators.

    Where months stand for themselves each has its own result, but for how often a bar was passed; else it is the
    result so far.
    """
    if isinstance(indicator.measure, RestsOnOthers) and indicator.measure.rests_on():
        return
    is_by_month = months_stand_alone(indicator)
    for period in list_periods(indicator):
        if not kept.counted or period.months[0] > kept.counted[-1].figure.month:
            return
        own = [report for report in kept.counted if report.figure.month in period.months]
        if not own:
            yield TrendPoint(period.months[-1], None, None)
            continue
        so_far = [report for report in kept.counted if report.figure.month <= period.months[-1]]
        result = kept.result_of(own if is_by_month else so_far)
        yield TrendPoint(own[-1].figure.month, result.percent, result.value)


def months_stand_alone(indicator: Indicator) -> bool:
    """Whether a period's result is that of its own months, not the result so far."""
    return indicator.measure.BY_MONTH and not isinstance(indicator.measure, PassCount)


def find_evaluated(session: Session, indicator: Indicator, known_before: datetime | None = None) -> Evaluated | None:
    """What an evaluator made of it, the newest, as known at an instant where one is given; None where none did."""
    columns = (Evaluation.percent, Evaluation.score, Evaluation.note, Evaluation.evaluated_at)
    query = select(*columns).where(Evaluation.indicator_year_id == indicator.id).order_by(Evaluation.id.desc())
    if known_before is not None:
        query = query.where(Evaluation.evaluated_at < known_before)
    row = session.execute(query.limit(1)).first()
    return None if row is None else Evaluated(*row)


def part_lines(definition: Definition, reported: Result) -> tuple[PartLine, ...]:
    """A composite's parts with what a result says of each; empty of all others."""
    found = {part.code: part for part in reported.parts}
    specs: Sequence[Mapping[str, Any]] = definition.measure.get("parts") or ()  # type: ignore[assignment]  # YAML
    lines = []
    for spec in specs:
        part = found.get(str(spec["code"]))
        target = _part_target(spec)
        value, is_met = (part.value, part.is_met) if part else (None, None)
        counted_in = str(spec.get("measure", {}).get("counted_in", ""))
        weight = Decimal(str(spec["weight"])) if "weight" in spec else None
        lines.append(PartLine(str(spec["code"]), str(spec["name"]), target, value, is_met, weight, counted_in))
    return tuple(lines)


def _part_target(spec: Mapping[str, Any]) -> Target | None:
    if "target" not in spec:
        return None
    measured_in = TargetIn(spec.get("target_in", TargetIn.PERCENT))
    return Target(Decimal(str(spec["target"])), measured_in, Direction(spec.get("direction", Direction.HIGHER)))


def _steps(definition: Definition, reported: Result, counted: Sequence[Report]) -> tuple[StepLine, ...]:
    specs: Sequence[Mapping[str, Any]] = definition.measure.get("steps") or ()  # type: ignore[assignment]  # YAML
    so_far = {report.figure.step: report.figure.percent for report in counted if report.figure.step}
    lines = []
    for number, spec in enumerate(specs, start=1):
        if "weight" in spec:
            percent, weight = so_far.get(number), Decimal(str(spec["weight"]))
            lines.append(StepLine(str(spec["name"]), percent, weight, percent is not None and percent >= 100))
        else:
            percent = Decimal(str(spec["percent"]))
            is_reached = reported.percent is not None and reported.percent >= percent
            lines.append(StepLine(str(spec["name"]), percent, None, is_reached))
    return tuple(lines)
