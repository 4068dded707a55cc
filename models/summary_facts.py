"""Summaries: everything is read once for everybody, and each audience gets its part of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audiences import Audience, SummaryPart
from models.chart_terms import ChartAsked, ChartKind
from models.counting import CalendarLoader
from models.indicator_cuts import IndicatorCut
from models.indicators import IndicatorYear, codes_rested_on
from models.periods import PeriodKind, fiscal_year_of
from models.service_kpi import SATISFIED_TARGET, Part
from models.shares import Share
from models.summary_indicators import read_indicators
from models.summary_matters import Behind, IndicatorFacts, Missing, Moved, SentBack, Waits, flat
from models.summary_service import read_service
from models.summary_terms import (
    DECISIONS,
    MOST_LINES,
    CutTold,
    Matter,
    ServiceSummary,
    Summary,
    SummaryLine,
)
from models.units import Unit
from models.working_time import BANGKOK, ServiceCalendar

SHOWN_UNITS = 3
"""How many units a line names."""
_T = TypeVar("_T")
_LONG = frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR})
_ORDER = {matter: place for place, matter in enumerate(Matter)}


@dataclass(frozen=True)
class SummaryFacts:
    """What summaries of a period tell, read for all audiences.

    Attributes:
        kind: of the period.
        first: first day, in Bangkok.
        last: last day, included.
        as_of: when it was read.
        service: how the secretariat answered.
        indicators: by unit.
        names: official name by unit id.
        parents: of every unit the one above it; None at the top.
        cut: of a quarter or a year.
    """

    kind: PeriodKind
    first: date
    last: date
    as_of: datetime
    service: ServiceSummary
    indicators: IndicatorFacts
    names: Mapping[int, str]
    parents: Mapping[int, int | None]
    cut: CutTold | None

    @classmethod
    def load(
        cls,
        session: Session,
        kind: PeriodKind,
        first: date,
        last: date,
        *,
        now: datetime,
        calendar: ServiceCalendar,
        calendars: CalendarLoader,
    ) -> SummaryFacts:
        """Read a period, with a number of queries that does not depend on how many audiences there are.

        Args:
            session: sees one state of the tables: a snapshot, or after ``service_facts.hold_still``.
            kind: of the period.
            first: first day, in Bangkok.
            last: last day, included.
            now: as of when matters stand.
            calendar: tells working days.
            calendars: of ``counting.calendar_loader``.
        """
        today = now.astimezone(BANGKOK).date()
        units = session.execute(select(Unit.id, Unit.name, Unit.parent_id)).all()
        return cls(
            kind=kind,
            first=first,
            last=last,
            as_of=now,
            service=read_service(session, kind, first, last, now=now, calendar=calendar, calendars=calendars),
            indicators=read_indicators(session, first, last, today),
            names={row.id: row.name for row in units},
            parents={row.id: row.parent_id for row in units},
            cut=_find_cut(session, kind, first, last),
        )

    def summary_for(self, audience: Audience) -> Summary:
        """What one audience is told; asks the database nothing."""
        has_service = SummaryPart.SERVICE in audience.parts
        is_overview = SummaryPart.OVERVIEW in audience.parts
        behind, lines = self._lines_for(audience)
        if is_overview:
            lines += self._service_lines()
        shown, total = _choose(lines, behind, self._behind_line)
        unit_id = audience.overview_unit_id if is_overview else audience.unit_id
        return Summary(
            kind=self.kind,
            first=self.first,
            last=self.last,
            as_of=self.as_of,
            audience=audience,
            unit=self.names.get(unit_id, "") if unit_id is not None else "",
            service=self.service if has_service else None,
            lines=tuple(shown),
            left_out=total - len(shown),
            behind=len(behind),
            fiscal_year=self.indicators.fiscal_year,
            plan_month=self.indicators.plan_month,
            is_news=self._is_news(audience, behind, lines),
            chart=self._chart(audience, behind),
            cut=self.cut,
        )

    def _is_news(self, audience: Audience, behind: Sequence[Behind], lines: Sequence[SummaryLine]) -> bool:
        """Whether it is worth a message.

        Of a day only what came about in it: a report that came or was sent back, what fell behind or became overdue,
        what was late. What stands as it did the day before is told once a week; letters that were all answered in
        time are news to who heads the secretariat, and to others once a month.
        """
        has_service = SummaryPart.SERVICE in audience.parts
        if has_service and self.service.is_wrong:
            return True
        if self.kind is PeriodKind.DAY:
            return any(line.is_new for line in lines) or any(one.is_new for one in behind)
        if behind or any(line.matter is not Matter.SERVED for line in lines):
            return True
        heads_it = audience.parts == {SummaryPart.SERVICE} or self.kind in _LONG
        return has_service and heads_it and bool(self.service.report.requests)

    # --- whose ---

    @cached_property
    def _children(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        for unit_id, parent_id in self.parents.items():
            if parent_id is not None:
                found.setdefault(parent_id, []).append(unit_id)
        return found

    def _and_below(self, unit_id: int) -> set[int]:
        found, left = set[int](), [unit_id]
        while left:
            one = left.pop()
            if one not in found:
                found.add(one)
                left += self._children.get(one, ())
        return found

    def _around(self, unit_id: int) -> set[int]:
        """A unit with those above and below it: whose matters are those of a person of the unit."""
        found = self._and_below(unit_id)
        above = self.parents.get(unit_id)
        while above is not None and above not in found:
            found.add(above)
            above = self.parents.get(above)
        return found

    # --- lines ---

    def _lines_for(self, audience: Audience) -> tuple[list[Behind], list[SummaryLine]]:
        """What is behind plan, and lines on all other matters of indicators."""
        behind: list[Behind] = []
        lines: list[SummaryLine] = []
        if SummaryPart.OVERVIEW in audience.parts:
            unit_id = audience.overview_unit_id
            units = None if unit_id is None else self._and_below(unit_id)
            behind = self._behind_of(units, with_parts=True)
            lines += [*self._waiting(units), *self._missing_together(units), *self._moved_together(units)]
        if SummaryPart.INDICATORS in audience.parts and audience.unit_id is not None:
            units = self._around(audience.unit_id)
            behind = self._behind_of(units)
            lines += [*self._waiting(units), *self._missing(units), *self._moved(units)]
        if SummaryPart.DUE in audience.parts and audience.unit_id is not None:
            units = self._around(audience.unit_id)
            lines += [*self._sent_back(units), *self._to_report(units)]
        return behind, lines

    def _behind_of(self, units: Collection[int] | None, *, with_parts: bool = False) -> list[Behind]:
        facts = self.indicators
        if units is None:
            return self._behind_of_city
        hosted = [facts.behind_of_hosts.get(unit, ()) for unit in units]
        parts = [facts.behind_of_parts.get(unit, ()) for unit in units] if with_parts else []
        others = [[line for line in lines if line.indicator.host_unit_id not in units] for lines in parts]
        return flat([*hosted, *others])

    @cached_property
    def _behind_of_city(self) -> list[Behind]:
        return flat(self.indicators.behind_of_hosts.values())

    def _behind_line(self, one: Behind) -> SummaryLine:
        return SummaryLine(
            Matter.BEHIND,
            is_new=one.is_new,
            indicator=self.indicators.named(one.indicator),
            unit=self.names.get(one.unit_id, ""),
            unit_id=one.unit_id or None,
            percent=one.percent,
            planned=one.planned,
        )

    def _waiting(self, units: Collection[int] | None) -> list[SummaryLine]:
        waits: list[Waits] = _of(self.indicators.waits, units)
        if not waits:
            return []
        count, new = sum(one.count for one in waits), any(one.new for one in waits)
        since = min(one.since for one in waits)
        return [SummaryLine(Matter.APPROVE, count, is_new=new, indicators=len(waits), since=since)]

    def _missing_together(self, units: Collection[int] | None) -> list[SummaryLine]:
        """One line for all that is overdue, with the indicator that misses most units."""
        lines = self._missing(units)
        if not lines:
            return []
        most, new = lines[0], any(line.is_new for line in lines)
        count = sum(line.count for line in lines)
        named = {"units": most.units, "due_on": most.due_on, "months": most.months}
        return [SummaryLine(Matter.MISSING, count, new, most.indicator, len(lines), **named)]  # type: ignore[arg-type]

    def _missing(self, units: Collection[int] | None) -> list[SummaryLine]:
        """A line for each indicator that lacks reports, the most units first."""
        missing = sorted(_of(self.indicators.missing_of_hosts, units), key=lambda one: -len(one.units))
        return [
            SummaryLine(
                Matter.MISSING,
                len(one.units),
                is_new=self._fell_due(one.period.due_on),
                indicator=self.indicators.named(one.indicator),
                due_on=one.period.due_on,
                months=one.period.months,
                units=tuple(self.names[unit] for unit in one.units[:SHOWN_UNITS]),
            )
            for one in missing
        ]

    def _fell_due(self, due_on: date) -> bool:
        """Whether something became overdue from the period's first day up to now."""
        return self.first <= due_on < self._today

    @property
    def _today(self) -> date:
        return self.as_of.astimezone(BANGKOK).date()

    def _moved_together(self, units: Collection[int] | None) -> list[SummaryLine]:
        """One line for all that moved, with the indicator that had most news."""
        moved = sorted(_of(self.indicators.moved, units), key=lambda one: -one.reports)
        if not moved:
            return []
        line = self._moved_line(moved[0])
        return [
            SummaryLine(
                Matter.MOVED,
                sum(one.reports for one in moved),
                is_new=True,
                indicator=line.indicator,
                indicators=len(moved),
                before=line.before,
                after=line.after,
            )
        ]

    def _moved(self, units: Collection[int]) -> list[SummaryLine]:
        return [
            self._moved_line(one) for one in sorted(_of(self.indicators.moved, units), key=lambda one: -one.reports)
        ]

    def _moved_line(self, one: Moved) -> SummaryLine:
        named = self.indicators.named(one.indicator)
        return SummaryLine(Matter.MOVED, one.reports, is_new=True, indicator=named, before=one.before, after=one.after)

    def _sent_back(self, units: Collection[int]) -> list[SummaryLine]:
        back: list[SentBack] = sorted(_of(self.indicators.sent_back, units), key=lambda one: one.at)
        return [
            SummaryLine(
                Matter.MEND,
                is_new=self.first <= one.at.astimezone(BANGKOK).date() <= self.last,
                indicator=self.indicators.named(one.indicator),
                unit=self.names[one.figure.unit],
                unit_id=one.figure.unit,
                months=(one.figure.month,),
                since=one.at,
                reason=one.reason,
            )
            for one in back
        ]

    def _to_report(self, units: Collection[int]) -> list[SummaryLine]:
        """A line for each indicator that is to be reported, with those of the units that have not."""
        found: dict[tuple[int, date], Missing] = {}
        own: dict[tuple[int, date], list[int]] = {}
        for unit in units:
            for one in self.indicators.to_report.get(unit, ()):
                key = one.indicator.id, one.period.due_on
                found[key] = one
                own.setdefault(key, []).append(unit)
        lines = [self._due_line(one, sorted(own[key])) for key, one in found.items()]
        return sorted(lines, key=lambda line: (line.due_on or date.max, line.indicator.code if line.indicator else ""))

    def _due_line(self, one: Missing, units: Sequence[int]) -> SummaryLine:
        due_on = one.period.due_on
        is_overdue = due_on < self._today
        return SummaryLine(
            Matter.REPORT if is_overdue else Matter.DUE,
            len(units),
            is_new=self._fell_due(due_on) if is_overdue else (due_on - self._today).days <= 1,
            indicator=self.indicators.named(one.indicator),
            unit=self.names[units[0]] if len(units) == 1 else "",
            due_on=due_on,
            months=one.period.months,
            units=tuple(self.names[unit] for unit in units[:SHOWN_UNITS]),
        )

    def _service_lines(self) -> list[SummaryLine]:
        """The service in two lines at most: what waits too long, and the share that is furthest below its target."""
        service, lines = self.service, []
        if service.late_now:
            lines.append(SummaryLine(Matter.ANSWER, service.late_now, is_new=True, requests=service.late_numbers))
        if not service.report.requests:
            return lines
        below = [(part, share, target) for part, share, target in _shares(service) if not share.reaches(target)]
        if not below:
            return [*lines, SummaryLine(Matter.SERVED, service.report.requests)]
        part, share, target = min(below, key=lambda one: (one[1].percent or 0) - one[2])
        line = SummaryLine(
            Matter.SERVICE, service.report.requests, service.is_wrong, part=part, share=share, target=target
        )
        return [*lines, line]

    # --- picture ---

    def _chart(self, audience: Audience, behind: Sequence[Behind]) -> ChartAsked | None:
        """Where a picture is faster: for a manager the worst indicator, or all results against their targets.

        Of an indicator of many units that is each unit's result, of another one its way so far.

        A coordinator's duties are a list and have none.
        """
        parts, until = audience.parts, self.last if self.last < self._today else None

        def chart(kind: ChartKind, year_id: int | None = None, unit: int | None = None) -> ChartAsked:
            return ChartAsked(kind, self.as_of, year_id, unit, until)

        if parts & {SummaryPart.OVERVIEW, SummaryPart.INDICATORS} and self.indicators.fiscal_year is not None:
            is_overview = SummaryPart.OVERVIEW in parts
            if self.kind in _LONG:
                return chart(ChartKind.TARGETS, unit=audience.overview_unit_id if is_overview else audience.unit_id)
            worst = next((one.indicator for one in behind if _can_be_drawn(one)), None)
            if worst is not None:
                return chart(ChartKind.UNITS if len(worst.shares) > 1 else ChartKind.TREND, worst.id)
        if SummaryPart.SERVICE in parts and self.service.report.requests:
            return chart(ChartKind.TIMES)
        return None


def _choose(
    lines: Iterable[SummaryLine], behind: Sequence[Behind], line_of: Callable[[Behind], SummaryLine]
) -> tuple[list[SummaryLine], int]:
    """The lines that there is room for, and how many matters there are in all.

    Decisions come first. What is behind plan gets the room that one line of each other matter leaves, so that a long
    list of it does not hide that nobody reported.
    """
    ordered = sorted(lines, key=lambda line: _ORDER[line.matter])
    seen: set[Matter] = set()
    first: list[SummaryLine] = []
    for line in ordered:
        if line.matter in DECISIONS or line.matter not in seen:
            first.append(line)
        seen.add(line.matter)
    first = first[:MOST_LINES]
    worst = [line_of(one) for one in behind[: MOST_LINES - len(first)]]
    rest = [line for line in ordered if line not in first][: MOST_LINES - len(first) - len(worst)]
    shown = sorted([*first, *worst, *rest], key=lambda line: _ORDER[line.matter])
    return shown, len(ordered) + len(behind)


def _can_be_drawn(one: Behind) -> bool:
    """Whether there is a figure, and units or a trend to draw: what rests on other indicators has no trend."""
    return one.percent is not None and (len(one.indicator.shares) > 1 or not codes_rested_on(one.indicator.measure))


def _of(by_unit: Mapping[int, Sequence[_T]], units: Collection[int] | None) -> list[_T]:
    """What belongs to some units, or to all where None are named."""
    lists = by_unit.values() if units is None else (by_unit.get(unit, ()) for unit in units)
    return [one for several in lists for one in several]


def _shares(service: ServiceSummary) -> list[tuple[Part | None, Share, int]]:
    """The shares of which anything is known, people first, with their targets."""
    report = service.report
    told: list[tuple[Part | None, Share, int]] = [
        (Part.ANSWER, report.answered.people, report.answered.target),
        (Part.ACKNOWLEDGE, report.acknowledged.people, report.acknowledged.target),
        (None, report.satisfied, SATISFIED_TARGET),
    ]
    return [one for one in told if one[1].of]


def _find_cut(session: Session, kind: PeriodKind, first: date, last: date) -> CutTold | None:
    """The latest quarter of a quarter or a fiscal year that was cut."""
    if kind not in (PeriodKind.QUARTER, PeriodKind.YEAR):
        return None
    fiscal_year = fiscal_year_of(first)
    quarters = {(day.month - 10) % 12 // 3 + 1 for day in (first, last)}
    query = (
        select(IndicatorCut.quarter, func.max(IndicatorCut.cut_at))
        .join(IndicatorYear, IndicatorYear.id == IndicatorCut.indicator_year_id)
        .where(IndicatorYear.fiscal_year == fiscal_year, IndicatorCut.quarter.between(min(quarters), max(quarters)))
        .group_by(IndicatorCut.quarter)
        .order_by(IndicatorCut.quarter.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None else CutTold(fiscal_year, row[0], row[1])
