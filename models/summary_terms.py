"""The plain values of summaries: what is told to whom, worst first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from models.audiences import Audience, SummaryPart
from models.chart_terms import ChartAsked
from models.indicator_terms import Definition, Result
from models.periods import PeriodKind
from models.service_kpi import Part, ServiceKPI
from models.shares import Share

MOST_LINES = 7
"""What is read in ten seconds on a small phone."""


class Matter(StrEnum):
    """What a line is about, in the order in which lines stand: decisions first, then the worst."""

    ANSWER = "answer"  # requests that are late and still open
    APPROVE = "approve"  # reports that wait for the host
    MEND = "mend"  # a report that was sent back and not reported anew
    REPORT = "report"  # a report that is overdue
    SERVICE = "service"  # the service, with a share below its target
    BEHIND = "behind"  # an indicator with less than was planned by now
    MISSING = "missing"  # units that did not report in time
    DUE = "due"  # a report that is due in the coming days
    MOVED = "moved"  # an indicator whose result changed
    SERVED = "served"  # the service, nothing below its target


DECISIONS = frozenset({Matter.ANSWER, Matter.APPROVE, Matter.MEND, Matter.REPORT})
"""Matters that ask the reader to do something."""


@dataclass(frozen=True)
class NamedIndicator:
    """An indicator that a line names; ``short`` is empty where it has no short name."""

    year_id: int
    definition: Definition
    short: str = ""

    @property
    def code(self) -> str:
        """Of the indicator."""
        return self.definition.code


@dataclass(frozen=True)
class SummaryLine:
    """One line: what, the figure, and why it matters. What a matter does not speak of is left empty.

    Attributes:
        matter: what it is about.
        count: how many things it stands for: requests, reports, units, indicators.
        is_new: whether it came about in the period.
        indicator: the one that is meant, or the foremost of several.
        indicators: how many indicators it stands for.
        unit: official name of the unit whose part it is; empty for the whole.
        unit_id: likewise.
        percent: reached; None where nothing was reported.
        planned: percent by now.
        before: result when the period began; None where it is not known.
        after: result now.
        due_on: by when it was, or is, to be reported.
        months: that are to be reported.
        since: since when the oldest waits.
        units: official names of the units that are meant, the first few.
        requests: numbers of the requests, the longest overdue first, the first few.
        part: of the service; None where satisfaction is meant.
        share: of the service.
        target: of the share.
        reason: why a report was sent back.
    """

    matter: Matter
    count: int = 1
    is_new: bool = False
    indicator: NamedIndicator | None = None
    indicators: int = 1
    unit: str = ""
    unit_id: int | None = None
    percent: Decimal | None = None
    planned: Decimal | None = None
    before: Result | None = None
    after: Result | None = None
    due_on: date | None = None
    months: tuple[date, ...] = ()
    since: datetime | None = None
    units: tuple[str, ...] = ()
    requests: tuple[int, ...] = ()
    part: Part | None = None
    share: Share | None = None
    target: int = 0
    reason: str = ""

    @property
    def asks_decision(self) -> bool:
        """Whether the reader is to do something."""
        return self.matter in DECISIONS


@dataclass(frozen=True)
class Projection:
    """What a running month comes to, if each working day left is like those so far.

    Attributes:
        month: first day.
        days_past: working days up to yesterday, which the pace is of.
        days_all: working days of the month.
        requests: expected of the month.
        users: likewise; fewer may come, as people come back.
    """

    month: date
    days_past: int
    days_all: int
    requests: int
    users: int


@dataclass(frozen=True)
class ServiceSummary:
    """How the secretariat answered in a period.

    Attributes:
        report: by the clock that the office goes by, people first, officers and machine apart.
        before: of the period before, for the same number of days where the period runs; None where nobody asked.
        before_first: first day of that.
        before_last: last day, included.
        late_now: how many requests are open and late.
        late_numbers: the numbers of the first of them, the longest overdue first.
        projection: of the running month; None where it is too early to say.
    """

    report: ServiceKPI
    before: ServiceKPI | None
    before_first: date
    before_last: date
    late_now: int
    late_numbers: tuple[int, ...]
    projection: Projection | None

    @property
    def late_answered(self) -> int:
        """How many of the period's requests were answered late, or are late."""
        return self.report.answered.requests.of - self.report.answered.requests.good

    @property
    def late_acknowledged(self) -> int:
        """How many were acknowledged late, or are late."""
        return self.report.acknowledged.requests.of - self.report.acknowledged.requests.good

    @property
    def is_wrong(self) -> bool:
        """Whether something of the period was late, is late, or left somebody unsatisfied."""
        low = self.report.satisfied_ratings.of - self.report.satisfied_ratings.good
        return bool(self.late_answered or self.late_acknowledged or self.late_now or low)


@dataclass(frozen=True)
class CutTold:
    """The latest quarter of the period that was cut, and when."""

    fiscal_year: int
    quarter: int
    cut_at: datetime


@dataclass(frozen=True)
class Summary:
    """What one audience is told of a period.

    Attributes:
        kind: of the period.
        first: first day, in Bangkok.
        last: last day, included.
        as_of: when it was read; what waits, is behind or overdue is as of then.
        audience: for whom.
        unit: official name of the unit whose matters they are; empty for the whole city, or the service alone.
        service: for who answers for it; None for others.
        lines: those that ask for a decision first, then the worst first; at most ``MOST_LINES``.
        left_out: how many more matters there are.
        behind: how many indicators, or units' parts of them, are behind plan; as the list of them says.
        fiscal_year: Buddhist, of the indicators; None where there are none.
        plan_month: the last month whose plan the results are held against; None before any.
        is_news: whether it is worth a message.
        chart: where a picture is faster.
        cut: of a quarter or a year; None where none was cut.
    """

    kind: PeriodKind
    first: date
    last: date
    as_of: datetime
    audience: Audience
    unit: str = ""
    service: ServiceSummary | None = None
    lines: tuple[SummaryLine, ...] = ()
    left_out: int = 0
    behind: int = 0
    fiscal_year: int | None = None
    plan_month: date | None = None
    is_news: bool = False
    chart: ChartAsked | None = None
    cut: CutTold | None = None

    @property
    def parts(self) -> frozenset[SummaryPart]:
        """What it tells of."""
        return self.audience.parts

    @property
    def decisions(self) -> int:
        """How many lines ask the reader to do something."""
        return sum(line.asks_decision for line in self.lines)
