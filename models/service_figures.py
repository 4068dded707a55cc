"""The indicator of a period: facts of whole months, and the rows of all else, read as one.

A session that is no snapshot by itself calls ``service_facts.hold_still`` first; the command line reads with
``Database.reading(snapshot=True)``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.counting import (
    IS_COUNTED,
    IS_NOT_COUNTED,
    CalendarLoader,
    as_counted,
    late_condition,
    month_after,
    month_of,
    select_countable,
    start_of,
)
from models.errors import Invalid
from models.requests import ClockKind, RequestState, TrackingRequest
from models.service_facts import (
    TALLIES,
    TOTALS_COLUMNS,
    PersonMonth,
    TimeBucket,
    TimeCount,
    bucket_bounds,
    bucket_of,
    lengths_of,
    read_totals,
    series_name,
)
from models.service_kpi import LEAST_SATISFIED, Handled, Part, PersonTotals, ServiceKPI, add_up, compute_kpi
from models.shares import Spread, rank_of

_REQUESTS = cast(Table, TrackingRequest.__table__)
_PERCENTS = (50, 95)
_GROUPS = {Handled.ALL: (True, False), Handled.HUMAN: (True,), Handled.MACHINE: (False,)}
People = dict[tuple[str, bool], PersonTotals]


@dataclass(frozen=True)
class _Period:
    """Where the requests of a period are read from: facts of whole months, rows of what is left over."""

    start: datetime
    end: datetime
    months: tuple[date, date] | None
    rest: tuple[tuple[datetime, datetime], ...]


def read_figures(
    session: Session, first: date, last: date, *, now: datetime, calendars: CalendarLoader
) -> dict[ClockKind, ServiceKPI]:
    """The indicator by both clocks, of requests that were asked in a period.

    Args:
        session: sees one state of the tables, see the module's first lines.
        first: first day, in Bangkok.
        last: last day, included.
        now: whether what is not done yet is late.
        calendars: of ``counting.calendar_loader``.

    Raises:
        Invalid: ``period_backwards`` (first, last).
    """
    if last < first:
        raise Invalid("period_backwards", first=first, last=last)
    period = _split(session, first, last)
    rows = session.connection().execute(
        select_countable().where(IS_NOT_COUNTED, _asked_within(period.start, period.end))
    )
    requests = [as_counted(row, calendars, now) for row in rows]
    people = add_up(requests)
    lengths = _Lengths(period.months)
    for request in requests:
        for series, seconds in lengths_of(request):
            lengths.exact[series][seconds] += 1
    for start, end in period.rest:
        _merge(people, _people_of_rows(session, start, end, now))
        _count_lengths_of_rows(session, lengths, start, end)
    if period.months is not None:
        _merge(people, _people_of_months(session, *period.months))
        lengths.read_buckets(session)
    spreads = lengths.spreads(session)
    return {
        clock: compute_kpi(first=first, last=last, clock=clock, counted_at=now, people=people, spreads=spreads[clock])
        for clock in ClockKind
    }


def _split(session: Session, first: date, last: date) -> _Period:
    """A month counts as whole, too, where nothing of it that was asked lies outside the period."""
    start, end = start_of(first), start_of(last + timedelta(days=1))
    from_month, to_month = first.replace(day=1), last.replace(day=1)
    rest: list[tuple[datetime, datetime]] = []
    if start > start_of(from_month) and _has_counted(session, start_of(from_month), start):
        from_month = month_after(from_month)
        rest.append((start, min(end, start_of(from_month))))
    month_end = start_of(month_after(to_month))
    if from_month <= to_month and end < month_end and _has_counted(session, end, month_end):
        rest.append((start_of(to_month), end))
        to_month = month_of(start_of(to_month) - timedelta(days=1))
    return _Period(start, end, (from_month, to_month) if from_month <= to_month else None, tuple(rest))


def _has_counted(session: Session, start: datetime, end: datetime) -> bool:
    query = select(_REQUESTS.c.id).where(IS_COUNTED, _asked_within(start, end)).limit(1)
    return session.connection().execute(query).first() is not None


def _asked_within(start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(_REQUESTS.c.asked_at >= start, _REQUESTS.c.asked_at < end)


# --- people ---------------------------------------------------------------------------------------------------------


def _people_of_months(session: Session, first: date, last: date) -> Iterable[tuple[tuple[str, bool], PersonTotals]]:
    sums = [func.sum(getattr(PersonMonth, name)) for name in TOTALS_COLUMNS]
    query = (
        select(PersonMonth.asker_line_id, PersonMonth.waits_for_human, *sums)
        .where(PersonMonth.month.between(first, last))
        .group_by(PersonMonth.asker_line_id, PersonMonth.waits_for_human)
        .having(func.sum(PersonMonth.requests) > 0)
    )
    for asker, by_human, *values in session.execute(query):
        yield (asker, by_human), read_totals(values)


def _people_of_rows(
    session: Session, start: datetime, end: datetime, now: datetime
) -> Iterable[tuple[tuple[str, bool], PersonTotals]]:
    """What counted requests of part of a month add up to, added by the database."""
    columns = _REQUESTS.c
    plain: dict[str, ColumnElement[Any]] = {
        "requests": func.count(),
        "withdrawn": _sum_if(columns.state == RequestState.WITHDRAWN),
        "invited": func.count(columns.invited_at),
        "invited_rated": _sum_if(and_(columns.invited_at.is_not(None), columns.rating.is_not(None))),
        "ratings": func.count(columns.rating),
        "satisfied": _sum_if(columns.rating >= LEAST_SATISFIED),
        "score_sum": func.coalesce(func.sum(columns.rating), 0),
    }
    for name in TALLIES:
        clock = ClockKind.ELAPSED if name.startswith("elapsed_") else ClockKind.SERVICE
        part = Part(name.removeprefix("elapsed_"))
        done_at = columns.acknowledged_at if part is Part.ACKNOWLEDGE else columns.answered_at
        is_late = late_condition(clock, part, now)
        plain |= {f"{name}_decided": _sum_if(or_(done_at.is_not(None), is_late)), f"{name}_late": _sum_if(is_late)}
    query = (
        select(columns.asker_line_id, columns.waits_for_human, *(plain[name] for name in TOTALS_COLUMNS))
        .where(IS_COUNTED, _asked_within(start, end))
        .group_by(columns.asker_line_id, columns.waits_for_human)
    )
    for asker, by_human, *values in session.connection().execute(query):
        yield (asker, by_human), read_totals(values)


def _sum_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _merge(people: People, more: Iterable[tuple[tuple[str, bool], PersonTotals]]) -> None:
    for key, totals in more:
        people[key] = people[key] + totals if key in people else totals


# --- lengths --------------------------------------------------------------------------------------------------------


class _Lengths:
    """How long requests took: whole months by stretches of seconds, all else to the second."""

    def __init__(self, months: tuple[date, date] | None) -> None:
        self._months = months
        self.exact: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._buckets: defaultdict[str, Counter[int]] = defaultdict(Counter)

    def read_buckets(self, session: Session) -> None:
        """Take whole months in."""
        if self._months is None:
            return
        query = (
            select(TimeBucket.series, TimeBucket.bucket, func.sum(TimeBucket.requests))
            .where(TimeBucket.month.between(*self._months))
            .group_by(TimeBucket.series, TimeBucket.bucket)
        )
        for series, bucket, count in session.execute(query):
            self._buckets[series][bucket] += count

    def spreads(self, session: Session) -> dict[ClockKind, dict[tuple[Part, Handled], Spread]]:
        """Medians and 95th percentiles by clock, part and who answered."""
        ways = {
            (clock, part, handled): [series_name(clock, part, by_human) for by_human in groups]
            for clock in ClockKind
            for part in Part
            for handled, groups in _GROUPS.items()
        }
        found = {
            (way, percent): place
            for way, series in ways.items()
            for percent in _PERCENTS
            if (place := self._bucket_at(series, percent)) is not None
        }
        seconds = self._seconds_in(
            session, {(name, place[0]) for (way, _), place in found.items() for name in ways[way]}
        )
        spreads: dict[ClockKind, dict[tuple[Part, Handled], Spread]] = {clock: {} for clock in ClockKind}
        for clock, part, handled in ways:
            way = clock, part, handled
            median, p95 = (self._second_at(seconds, ways[way], found.get((way, percent))) for percent in _PERCENTS)
            spreads[clock][part, handled] = Spread(median, p95)
        return spreads

    def _bucket_at(self, series: Sequence[str], percent: int) -> tuple[int, int] | None:
        """The stretch in which a percentile lies, and its rank within; None where nothing has a length."""
        counts: Counter[int] = Counter()
        for name in series:
            counts.update(self._buckets[name])
            for seconds, count in self.exact[name].items():
                counts[bucket_of(seconds)] += count
        total = counts.total()
        return _place(counts, rank_of(total, percent)) if total else None

    def _seconds_in(self, session: Session, wanted: set[tuple[str, int]]) -> dict[str, Counter[int]]:
        """Of whole months, the exact seconds that lie in some stretches."""
        found: dict[str, Counter[int]] = defaultdict(Counter)
        wanted = {(name, bucket) for name, bucket in wanted if self._buckets[name][bucket]}
        if self._months is None or not wanted:
            return found
        stretches = (
            and_(TimeCount.series == name, TimeCount.seconds.between(*bucket_bounds(bucket)))
            for name, bucket in sorted(wanted)
        )
        query = (
            select(TimeCount.series, TimeCount.seconds, func.sum(TimeCount.requests))
            .where(or_(*stretches), TimeCount.month.between(*self._months))
            .group_by(TimeCount.series, TimeCount.seconds)
        )
        for series, seconds, count in session.execute(query):
            found[series][seconds] += count
        return found

    def _second_at(
        self, of_months: dict[str, Counter[int]], series: Sequence[str], place: tuple[int, int] | None
    ) -> int | None:
        if place is None:
            return None
        bucket, rank = place
        low, high = bucket_bounds(bucket)
        counts: Counter[int] = Counter()
        for name in series:
            for source in (self.exact[name], of_months.get(name, Counter())):
                counts.update({seconds: count for seconds, count in source.items() if low <= seconds <= high})
        return _place(counts, rank)[0]


def _place(counts: Counter[int], rank: int) -> tuple[int, int]:
    """The value that has a rank, and the rank among those equal to it."""
    for value in sorted(counts):
        if rank <= counts[value]:
            return value, rank
        rank -= counts[value]
    raise AssertionError("the rank lies beyond all that is counted")


def _count_lengths_of_rows(session: Session, lengths: _Lengths, start: datetime, end: datetime) -> None:
    """In one pass over the rows, which costs more than the few that differ."""
    series = [(clock, part) for clock in ClockKind for part in Part]
    columns = [
        _REQUESTS.c[f"elapsed_{part}_seconds" if clock is ClockKind.ELAPSED else f"{part}_seconds"]
        for clock, part in series
    ]
    query = (
        select(_REQUESTS.c.waits_for_human, func.count(), *columns)
        .where(IS_COUNTED, _asked_within(start, end))
        .group_by(_REQUESTS.c.waits_for_human, *columns)
    )
    for by_human, count, *values in session.connection().execute(query):
        for (clock, part), seconds in zip(series, values, strict=True):
            if seconds is not None:
                lengths.exact[series_name(clock, part, by_human)][seconds] += count
