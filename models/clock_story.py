"""Why the clocks of a request read what they read: its time cut into stretches that count, or do not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from models.working_time import BANGKOK, ClockReason, ServiceCalendar

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Stretch:
    """Contiguous time with one reason, and what both clocks read at its end.

    Attributes:
        begins: in Bangkok.
        ends: in Bangkok; the next stretch begins there.
        counted: whether the service clock ran.
        reason: why, or why not.
        name: of the special day it lies in, else empty.
        service: service time since the clock was started, up to ``ends``.
        elapsed: plain time likewise.
        marks: what happened at ``ends``, such as ``acknowledged`` or ``answer due``.
    """

    begins: datetime
    ends: datetime
    counted: bool
    reason: ClockReason
    name: str
    service: timedelta
    elapsed: timedelta
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountedMinute:
    """One minute of the clock: the n-th since it was started, from 1; the last one may be shorter."""

    number: int
    begins: datetime
    ends: datetime
    counted: timedelta
    service: timedelta
    reasons: tuple[str, ...]


def tell_stretches(
    calendar: ServiceCalendar, start: datetime, end: datetime, marks: Mapping[str, datetime]
) -> list[Stretch]:
    """The time from ``start`` to ``end`` in stretches, also cut where something happened; empty where there is none.

    Args:
        calendar: the one that was frozen on the request.
        start: when the clock was started.
        end: when it was stopped, or now.
        marks: what happened when; what lies outside is left out.
    """
    start, end = start.astimezone(BANGKOK), end.astimezone(BANGKOK)
    told: list[Stretch] = []
    service = timedelta(0)
    for begins, ends in _between(start, end, marks.values()):
        for one in calendar.explain(begins, ends):
            service += one.ends - one.begins if one.counted else timedelta(0)
            here = tuple(mark for mark, at in marks.items() if at == one.ends)
            elapsed = one.ends - start
            told.append(Stretch(one.begins, one.ends, one.counted, one.reason, one.name, service, elapsed, here))
    return told


def tell_minutes(calendar: ServiceCalendar, start: datetime, end: datetime) -> Iterator[CountedMinute]:
    """Each minute from ``start`` to ``end``: how much of it counted, and why."""
    begins, number, service = start.astimezone(BANGKOK), 1, timedelta(0)
    while begins < end:
        ends = min(begins + _MINUTE, end.astimezone(BANGKOK))
        parts = calendar.explain(begins, ends)
        counted = sum((one.ends - one.begins for one in parts if one.counted), timedelta(0))
        service += counted
        reasons = tuple(f"{one.reason.value} {one.name}".strip() for one in parts)
        yield CountedMinute(number, begins, ends, counted, service, reasons)
        begins, number = ends, number + 1


def _between(start: datetime, end: datetime, cuts: Iterable[datetime]) -> Iterator[tuple[datetime, datetime]]:
    inner = {cut.astimezone(BANGKOK) for cut in cuts if start < cut < end}
    return pairwise([start, *sorted(inner), end])
