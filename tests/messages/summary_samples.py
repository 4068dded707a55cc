"""Summaries as the chat shows them: for each audience, full, quiet, and with the longest names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from messages import summaries
from messages.limits import Json
from models.audiences import Audience, SummaryPart
from models.indicator_terms import Result, months_of
from models.periods import PeriodKind
from models.service_kpi import Part
from models.summary_terms import (
    CutTold,
    Matter,
    NamedIndicator,
    Projection,
    ServiceSummary,
    Summary,
    SummaryLine,
)
from tests.indicators.definitions import DRAWN, LADDER
from tests.messages.indicator_samples import DISTRICTS, NAME, NOW, REASON, SHORT
from tests.service_indicator.figures import make_report

MONTHS = months_of(2570)
DRAWN_HERE = NamedIndicator(1, DRAWN, SHORT)
LADDER_HERE = NamedIndicator(2, LADDER)
LENGTHY = NamedIndicator(3, replace(DRAWN, name=NAME))
PICTURE = "https://tidtam.example/charts/token"

OF_CITY = Audience(frozenset({SummaryPart.SERVICE, SummaryPart.OVERVIEW}), None)
OF_UNIT = Audience(frozenset({SummaryPart.SERVICE, SummaryPart.OVERVIEW}), 7)
OF_SERVICE = Audience(frozenset({SummaryPart.SERVICE}), None)
OF_HOST = Audience(frozenset({SummaryPart.INDICATORS}), 7)
OF_COORDINATOR = Audience(frozenset({SummaryPart.DUE}), 7)


def make_service(*, late: int = 0, before: bool = True, late_now: int = 0, people: int = 43) -> ServiceSummary:
    report = make_report(people, late=late)
    return ServiceSummary(
        report=report,
        before=make_report(30, late=1) if before else None,
        before_first=date(2026, 10, 1),
        before_last=date(2026, 10, 20),
        late_now=late_now,
        late_numbers=tuple(range(41, 41 + min(late_now, 5))),
        projection=Projection(date(2026, 11, 1), 14, 21, 129, 64) if people else None,
    )


WAITING = SummaryLine(Matter.APPROVE, 3, is_new=True, indicators=2, since=NOW)
LATE_NOW = SummaryLine(Matter.ANSWER, 7, is_new=True, requests=(41, 42, 43, 44, 45))
BEHIND = SummaryLine(
    Matter.BEHIND, indicator=DRAWN_HERE, percent=Decimal("45.2"), planned=Decimal(60), before=Result(), after=Result()
)
PART_BEHIND = replace(
    BEHIND, unit=DISTRICTS[0], unit_id=9, indicator=LADDER_HERE, percent=Decimal(20), planned=Decimal(40)
)
UNREPORTED = replace(BEHIND, indicator=LENGTHY, percent=None)
MISSING = SummaryLine(
    Matter.MISSING, 5, indicator=DRAWN_HERE, due_on=date(2026, 11, 5), months=(MONTHS[0],), units=tuple(DISTRICTS[:3])
)
MISSING_MANY = replace(MISSING, count=23, indicators=4)
MOVED = SummaryLine(
    Matter.MOVED,
    4,
    is_new=True,
    indicator=DRAWN_HERE,
    before=Result(percent=Decimal("38.1")),
    after=Result(percent=Decimal("45.2")),
)
BELOW = SummaryLine(
    Matter.SERVICE, 86, part=Part.ANSWER, share=make_report(43, late=12).answered.people, target=80, is_new=True
)
SERVED = SummaryLine(Matter.SERVED, 86)
MEND = SummaryLine(
    Matter.MEND, indicator=DRAWN_HERE, unit=DISTRICTS[0], unit_id=9, months=(MONTHS[0],), since=NOW, reason=REASON
)
OVERDUE = SummaryLine(
    Matter.REPORT, 1, indicator=LADDER_HERE, unit=DISTRICTS[0], due_on=date(2026, 11, 10), months=tuple(MONTHS[:3])
)
DUE = SummaryLine(
    Matter.DUE, 5, indicator=LENGTHY, due_on=date(2026, 11, 25), months=(MONTHS[1],), units=tuple(DISTRICTS[:3])
)


def make_summary(
    audience: Audience = OF_CITY,
    *lines: SummaryLine,
    kind: PeriodKind = PeriodKind.WEEK,
    first: date = date(2026, 11, 16),
    last: date = date(2026, 11, 22),
    service: ServiceSummary | None = None,
    behind: int = 0,
    left_out: int = 0,
    unit: str = "",
    cut: CutTold | None = None,
) -> Summary:
    return Summary(
        kind=kind,
        first=first,
        last=last,
        as_of=NOW,
        audience=audience,
        unit=unit,
        service=service,
        lines=lines,
        left_out=left_out,
        behind=behind,
        fiscal_year=2570,
        plan_month=MONTHS[0],
        is_news=bool(lines),
        cut=cut,
    )


MANAGERS = {
    "all at once": make_summary(
        OF_CITY,
        *(LATE_NOW, WAITING, BELOW, BEHIND, UNREPORTED, MISSING_MANY, replace(MOVED, indicators=5)),
        service=make_service(late=12, late_now=7),
        behind=6,
        left_out=4,
    ),
    "of a unit": make_summary(
        OF_UNIT, PART_BEHIND, MISSING, SERVED, service=make_service(), behind=1, unit=DISTRICTS[0]
    ),
    "a single late one": make_summary(
        OF_CITY, replace(LATE_NOW, count=1, requests=(41,)), SERVED, service=make_service(late_now=1, before=False)
    ),
    "dissatisfied": make_summary(
        OF_CITY,
        replace(BELOW, part=None, share=make_report(4).satisfied),
        service=make_service(),
        kind=PeriodKind.MONTH,
        first=date(2026, 11, 1),
        last=date(2026, 11, 30),
    ),
    "a quarter that was cut": make_summary(
        OF_CITY,
        BEHIND,
        MOVED,
        service=make_service(people=0, before=False),
        behind=1,
        kind=PeriodKind.QUARTER,
        first=date(2026, 7, 1),
        last=date(2026, 9, 30),
        cut=CutTold(2569, 4, NOW),
    ),
    "nothing to say": make_summary(OF_CITY, service=make_service(people=0, before=False)),
    "a day that is over": make_summary(
        OF_CITY, SERVED, service=make_service(), kind=PeriodKind.DAY, first=date(2026, 11, 19), last=date(2026, 11, 19)
    ),
}
OTHERS = {
    "supervisor": make_summary(OF_SERVICE, service=make_service(late=12, late_now=2)),
    "supervisor, all in time": make_summary(OF_SERVICE, service=make_service(before=False)),
    "supervisor, nobody asked": make_summary(OF_SERVICE, service=make_service(people=0, before=False)),
    "host": make_summary(OF_HOST, WAITING, BEHIND, MISSING, MOVED, behind=1, unit="สำนักพัฒนาสังคม", left_out=1),
    "coordinator": make_summary(OF_COORDINATOR, MEND, OVERDUE, DUE, unit=DISTRICTS[0]),
    "coordinator, only to mend": make_summary(OF_COORDINATOR, replace(MEND, reason=NAME), unit=DISTRICTS[0]),
    "coordinator, nothing due": make_summary(OF_COORDINATOR, unit=DISTRICTS[0]),
    "supervisor and coordinator": make_summary(
        Audience(frozenset({SummaryPart.SERVICE, SummaryPart.DUE}), 7), DUE, service=make_service(), unit=DISTRICTS[0]
    ),
}


def summary_samples() -> Iterator[tuple[str, list[Json]]]:
    for name, summary in (MANAGERS | OTHERS).items():
        yield f"summaries.summary_card/{name}", summaries.summary_card(summary)
    yield (
        "summaries.summary_card/with a picture",
        summaries.summary_card(MANAGERS["all at once"], PICTURE, offers_periods=True),
    )
    yield "summaries.all_well/city", summaries.all_well(MANAGERS["nothing to say"])
    yield "summaries.all_well/served", summaries.all_well(MANAGERS["a day that is over"])
    yield "summaries.all_well/coordinator", summaries.all_well(OTHERS["coordinator, nothing due"])
    yield "summaries.not_for_role", summaries.not_for_role()
