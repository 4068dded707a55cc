"""What summaries say of indicators, read once for every unit: what is behind, missing, waiting, sent back and moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.counting import start_of
from models.evidence import list_reports_with_evidence
from models.indicator_due import DuePeriod, latest_period, list_periods
from models.indicator_lists import find_latest_year
from models.indicator_names import list_names
from models.indicator_reports import (
    DecisionKind,
    IndicatorReport,
    Report,
    ReportDecision,
    counting,
    list_reports_of,
    slot_of,
)
from models.indicator_results import WHOLE, IndicatorResult, read_whole_results, result_of
from models.indicator_terms import (
    EvidenceAsked,
    Figure,
    ReportedBy,
    Result,
    Share,
    Standing,
    first_month,
    month_later,
)
from models.indicator_views import meets_target
from models.indicators import Indicator, IndicatorYear, codes_rested_on, load_indicators
from models.periods import fiscal_year_of
from models.reporting import FIGURES
from models.summary_matters import Behind, IndicatorFacts, Missing, Moved, SentBack, Waits

COMING_DAYS = 7
"""What is due within so many days is told of."""
MOVED_SHOWN = 3
"""Of how many indicators of a host it is said from what to what they went."""
_INDICATORS_AT_ONCE = 50
"""Whose reports are held in memory together."""


def read_indicators(session: Session, first: date, last: date, today: date) -> IndicatorFacts:
    """Read what happened to indicators from one day to another, and how they stand.

    What is behind is held against the plan to the end of the period, or by now where the period runs.

    Args:
        session: any.
        first: first day, in Bangkok.
        last: last day, included.
        today: in Bangkok.
    """
    fiscal_year = find_latest_year(session, min(last, today))
    if fiscal_year is None:
        return IndicatorFacts(None, None)
    reading = _Reading(session, fiscal_year, first, last, today)
    hosts, parts = reading.behind()
    missing_of_hosts, to_report = reading.missing()
    waits, sent_back = reading.loose()
    return IndicatorFacts(
        fiscal_year=fiscal_year,
        plan_month=reading.plan_month,
        behind_of_hosts=hosts,
        behind_of_parts=parts,
        missing_of_hosts=missing_of_hosts,
        to_report=to_report,
        sent_back=sent_back,
        waits=waits,
        moved=reading.moved(),
        shorts={one.code: one.short for one in list_names(session) if one.short},
    )


class _Reading:
    """One reading of the tables; each method asks them a fixed number of times, whoever is told later."""

    def __init__(self, session: Session, fiscal_year: int, first: date, last: date, today: date) -> None:
        self._session, self._today = session, today
        self._fiscal_year, self._first, self._last = fiscal_year, first, last
        self._from, self._until = start_of(first), start_of(last + timedelta(days=1))
        self._indicators = {one.id: one for one in load_indicators(session, IndicatorYear.fiscal_year == fiscal_year)}
        self._results = read_whole_results(session, Standing.REPORTED, list(self._indicators))
        self._news = self._count_news()
        self.plan_month = self._find_plan_month()

    # --- behind plan ---

    def behind(self) -> tuple[dict[int, list[Behind]], dict[int, list[Behind]]]:
        """What is behind plan, by host and by supporting unit, each the furthest behind first."""
        hosts: dict[int, list[Behind]] = defaultdict(list)
        parts: dict[int, list[Behind]] = defaultdict(list)
        planned = {one.id: plan for one in self._indicators.values() if (plan := self._planned(one)) is not None}
        for year_id, plan in planned.items():
            indicator = self._indicators[year_id]
            result = self._results.get(year_id, Result())
            if _is_behind(indicator, Share(WHOLE), result, plan):
                hosts[indicator.host_unit_id].append(self._behind(indicator, WHOLE, result.percent, plan))
        less = self._part_results(planned)
        for year_id, plan in planned.items():
            indicator, own = self._indicators[year_id], less.get(year_id, {})
            for unit, share in indicator.shares.items():
                result = own.get(unit, Result())
                if unit != indicator.host_unit_id and _is_behind(indicator, share, result, plan):
                    parts[unit].append(self._behind(indicator, unit, result.percent, plan))
        for lines in (*hosts.values(), *parts.values()):
            lines.sort(key=lambda line: line.rank)
        return hosts, parts

    def _behind(self, indicator: Indicator, unit: int, percent: Decimal | None, planned: Decimal) -> Behind:
        is_new = bool(self._news.get(indicator.id)) or self._today.replace(day=1) > self._first
        return Behind(indicator, unit, percent, planned, is_new)

    def _part_results(self, year_ids: Collection[int]) -> dict[int, dict[int, Result]]:
        found: dict[int, dict[int, Result]] = defaultdict(dict)
        columns = (IndicatorResult.percent, IndicatorResult.value, IndicatorResult.score, IndicatorResult.level)
        query = (
            select(IndicatorResult.indicator_year_id, IndicatorResult.unit_id, *columns)
            .add_columns(IndicatorResult.numerator, IndicatorResult.denominator, IndicatorResult.units_reported)
            .join(IndicatorYear, IndicatorYear.id == IndicatorResult.indicator_year_id)
            .where(IndicatorYear.fiscal_year == self._fiscal_year, IndicatorResult.unit_id != WHOLE)
            .where(IndicatorResult.standing == Standing.REPORTED)
        )
        for year_id, unit, *told in self._session.execute(query):
            if year_id in year_ids:
                found[year_id][unit] = Result(*told)
        return found

    def _find_plan_month(self) -> date | None:
        day = min(self._today, self._last + timedelta(days=1))
        begins = first_month(self._fiscal_year)
        month = min(month_later(day.replace(day=1), -1), month_later(begins, 11))
        return month if month >= begins else None

    def _planned(self, indicator: Indicator) -> Decimal | None:
        plan, until = indicator.definition.plan, self.plan_month
        if until is None:
            return None
        return max((plan[one.month] for one in indicator.months if one <= until and one.month in plan), default=None)

    # --- not reported ---

    def missing(self) -> tuple[dict[int, list[Missing]], dict[int, list[Missing]]]:
        """What is overdue by host; and what each unit is to report, overdue or due in the coming days."""
        hosts: dict[int, list[Missing]] = defaultdict(list)
        units: dict[int, list[Missing]] = defaultdict(list)
        reported = self._reported_months()
        for indicator in self._indicators.values():
            for period in self._periods_due(indicator):
                told = reported.get(indicator.id, {})
                without = tuple(unit for unit in indicator.shares if not _covers(indicator, period, told.get(unit)))
                if not without:
                    continue
                missing = Missing(indicator, period, without)
                if period.due_on < self._today:
                    hosts[indicator.host_unit_id].append(missing)
                for unit in self._reporters(indicator, without):
                    units[unit].append(missing)
        for lines in hosts.values():
            lines.sort(key=lambda line: (-len(line.units), line.indicator.code))
        for lines in units.values():
            lines.sort(key=lambda line: (line.period.due_on, line.indicator.code))
        return hosts, units

    def _periods_due(self, indicator: Indicator) -> list[DuePeriod]:
        """The latest period that is over, and the running one where it is due soon; none of a year that is over."""
        is_over = indicator.fiscal_year < fiscal_year_of(self._today) or indicator.closed_at is not None
        if is_over or indicator.definition.reporting.by is ReportedBy.MACHINE:
            return []
        latest = latest_period(indicator, self._today)
        soon = self._today + timedelta(days=COMING_DAYS)
        running = [one for one in list_periods(indicator) if one.ends_on > self._today and one.due_on <= soon]
        return [*([latest] if latest.ends_on <= self._today else []), *running]

    @staticmethod
    def _reporters(indicator: Indicator, without: Sequence[int]) -> Sequence[int]:
        return (indicator.host_unit_id,) if indicator.definition.reporting.by is ReportedBy.HOST else without

    def _reported_months(self) -> dict[int, dict[int, tuple[date | None, ...]]]:
        """By indicator year and unit, the latest month reported: up to the last month, the last quarter, and at all."""
        month = self._today.replace(day=1)
        last_month = month_later(month, -1)
        last_quarter = month_later(month, -1 - (month.month - 1) % 3)
        until_month = case((IndicatorReport.month <= last_month, IndicatorReport.month))
        until_quarter = case((IndicatorReport.month <= last_quarter, IndicatorReport.month))
        query = (
            select(IndicatorReport.indicator_year_id, IndicatorReport.unit_id)
            .add_columns(func.max(until_month), func.max(until_quarter), func.max(IndicatorReport.month))
            .join(IndicatorYear, IndicatorYear.id == IndicatorReport.indicator_year_id)
            .outerjoin(ReportDecision, ReportDecision.report_id == IndicatorReport.id)
            .where(IndicatorYear.fiscal_year == self._fiscal_year, _COUNTS)
            .group_by(IndicatorReport.indicator_year_id, IndicatorReport.unit_id)
        )
        found: dict[int, dict[int, tuple[date | None, ...]]] = defaultdict(dict)
        for year_id, unit, *months in self._session.execute(query):
            found[year_id][unit] = tuple(months)
        return found

    # --- waiting and sent back ---

    def loose(self) -> tuple[dict[int, list[Waits]], dict[int, list[SentBack]]]:
        """Reports that wait, by host, of any year; and those sent back, by unit, of the running one."""
        rows = _loose_reports(self._session, self._fiscal_year)
        others = {row.indicator_year_id for row in rows} - self._indicators.keys()
        older = load_indicators(self._session, IndicatorYear.id.in_(others)) if others else []
        measured = self._indicators | {one.id: one for one in older}
        slots: dict[tuple[int, Hashable], list[Row[Any]]] = defaultdict(list)
        for row in rows:
            slots[row.indicator_year_id, slot_of(_figure(row), measured[row.indicator_year_id].measure)].append(row)
        waiting: dict[int, list[datetime]] = defaultdict(list)
        sent_back: dict[int, list[SentBack]] = defaultdict(list)
        for (year_id, _), told in slots.items():
            standing = [row for row in told if row.decision is not DecisionKind.RETURNED]
            if standing and standing[-1].decision is None:
                waiting[year_id].append(standing[-1].reported_at)
            back, indicator = told[-1], measured[year_id]
            if back.decision is DecisionKind.RETURNED and indicator.definition.reporting.by is not ReportedBy.MACHINE:
                sent_back[back.unit_id].append(SentBack(indicator, _figure(back), back.reason or "", back.decided_at))
        return self._waits(waiting, measured), sent_back

    def _waits(
        self, waiting: Mapping[int, Sequence[datetime]], indicators: Mapping[int, Indicator]
    ) -> dict[int, list[Waits]]:
        found: dict[int, list[Waits]] = defaultdict(list)
        for year_id, times in waiting.items():
            host, new = indicators[year_id].host_unit_id, sum(self._from <= at < self._until for at in times)
            found[host].append(Waits(host, len(times), min(times), new))
        return found

    # --- moved ---

    def moved(self) -> dict[int, list[Moved]]:
        """The indicators with news, by host; of the first of each host the results before and now."""
        by_host: dict[int, list[Moved]] = defaultdict(list)
        for year_id, count in sorted(self._news.items(), key=lambda item: (-item[1], item[0])):
            indicator = self._indicators[year_id]
            by_host[indicator.host_unit_id].append(Moved(indicator, count))
        shown = [one.indicator for lines in by_host.values() for one in lines[:MOVED_SHOWN]]
        before = self._results_before([one for one in shown if not codes_rested_on(one.measure)])
        return {
            host: [
                Moved(one.indicator, one.reports, before.get(one.indicator.id), self._results.get(one.indicator.id))
                for one in lines
            ]
            for host, lines in by_host.items()
        }

    def _count_news(self) -> Counter[int]:
        """How many reports and decisions each indicator year got in the period."""
        told = and_(IndicatorReport.reported_at >= self._from, IndicatorReport.reported_at < self._until)
        decided = and_(ReportDecision.decided_at >= self._from, ReportDecision.decided_at < self._until)
        found: Counter[int] = Counter()
        for query in (
            select(IndicatorReport.indicator_year_id, func.count()).where(told),
            select(IndicatorReport.indicator_year_id, func.count()).join(ReportDecision).where(decided),
        ):
            for year_id, count in self._session.execute(query.group_by(IndicatorReport.indicator_year_id)):
                if year_id in self._indicators:
                    found[year_id] += count
        return found

    def _results_before(self, indicators: Sequence[Indicator]) -> dict[int, Result]:
        """Results of the whole as they were when the period began, some indicators at a time."""
        found: dict[int, Result] = {}
        for start in range(0, len(indicators), _INDICATORS_AT_ONCE):
            some = {one.id: one for one in indicators[start : start + _INDICATORS_AT_ONCE]}
            reports = list_reports_of(self._session, list(some), known_before=self._from)
            proved = self._with_evidence(some, reports)
            for year_id, own in reports.items():
                counted = counting(own, some[year_id].measure, Standing.REPORTED)
                found[year_id] = result_of(some[year_id], counted, proved)
        return found

    def _with_evidence(
        self, indicators: Mapping[int, Indicator], reports: Mapping[int, Sequence[Report]]
    ) -> frozenset[int]:
        demanding = [
            report.id
            for year_id, own in reports.items()
            if indicators[year_id].definition.reporting.evidence is EvidenceAsked.REQUIRED
            for report in own
        ]
        return list_reports_with_evidence(self._session, demanding) if demanding else frozenset()


_COUNTS = or_(ReportDecision.decision.is_(None), ReportDecision.decision != DecisionKind.RETURNED)


def _is_behind(indicator: Indicator, share: Share, result: Result, planned: Decimal) -> bool:
    """As ``indicator_lists.list_behind_plan``: who has reached the target is not behind, whatever the plan says."""
    if result.percent is not None and result.percent >= planned:
        return False
    return not result.units_reported or not meets_target(indicator.definition.target, share, result)


def _covers(indicator: Indicator, period: DuePeriod, told: Sequence[date | None] | None) -> bool:
    """Whether a unit reported a period, as ``indicator_due.units_not_reported`` says."""
    if told is None:
        return False
    if not indicator.measure.BY_MONTH:
        return told[-1] is not None and told[-1] >= period.months[0]
    return any(month is not None and period.months[0] <= month <= period.months[-1] for month in told)


_SLOT = ("id", "indicator_year_id", "unit_id", "month", "part", *FIGURES, "reported_at")
_DECIDED = (ReportDecision.decision, ReportDecision.decided_at, ReportDecision.reason)


def _loose_reports(session: Session, fiscal_year: int) -> list[Row[Any]]:
    """Reports that wait, those sent back in a year, and what came after either in the same unit and month; by id."""
    waits = ReportDecision.id.is_(None)
    is_of_year = and_(IndicatorYear.fiscal_year == fiscal_year, IndicatorYear.closed_at.is_(None))
    returned = and_(ReportDecision.decision == DecisionKind.RETURNED, is_of_year)
    is_loose = or_(waits, returned)
    loose = (
        select(*(getattr(IndicatorReport, name) for name in _SLOT), *_DECIDED)
        .join(IndicatorYear, IndicatorYear.id == IndicatorReport.indicator_year_id)
        .outerjoin(ReportDecision, ReportDecision.report_id == IndicatorReport.id)
        .where(is_loose)
    )
    newer = aliased(IndicatorReport)
    after = (
        select(*(getattr(newer, name) for name in _SLOT), *_DECIDED)
        .select_from(IndicatorReport)
        .join(IndicatorYear, IndicatorYear.id == IndicatorReport.indicator_year_id)
        .join(
            newer,
            and_(
                newer.indicator_year_id == IndicatorReport.indicator_year_id,
                newer.id > IndicatorReport.id,
                newer.unit_id == IndicatorReport.unit_id,
                newer.month == IndicatorReport.month,
                newer.part == IndicatorReport.part,
            ),
        )
        .join(ReportDecision, ReportDecision.report_id == newer.id)
        .outerjoin(_EARLIER, _EARLIER.report_id == IndicatorReport.id)
        .where(or_(_EARLIER.id.is_(None), _EARLIER.decision == DecisionKind.RETURNED))
        .where(ReportDecision.decision == DecisionKind.APPROVED)
    )
    found: list[Any] = [*session.execute(loose), *session.execute(after)]
    rows: dict[int, Row[Any]] = {row.id: row for row in found}
    return [rows[report_id] for report_id in sorted(rows)]


_EARLIER = aliased(ReportDecision)


def _figure(row: Row[Any]) -> Figure:
    return Figure(row.unit_id, row.month, row.part, *(getattr(row, name) for name in FIGURES))
