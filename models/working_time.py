"""The two clocks: time that passes, and time that passes while the office serves (เวลาราชการ).

A calendar is the weekly rule (Monday to Friday, one span of hours) and the days that differ from it. Everything here
is a pure function of a calendar and instants, exact to the microsecond; the calendars come from
``models.service_calendar``. Days are days in Asia/Bangkok, which has kept UTC+7 since 1920 and never changes its hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from itertools import pairwise

from models.errors import Invalid

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
LONGEST_CLOSURE_DAYS = 400
"""A calendar that stays closed longer than this is taken for one that never opens again."""

_ONE_DAY = timedelta(days=1)
_NOTHING = timedelta(0)
_SATURDAY = 5


class DayKind(StrEnum):
    """What a day is, beside what its weekday says."""

    HOLIDAY = "holiday"  # วันหยุดราชการ, with its substitution days (วันหยุดชดเชย)
    SPECIAL_HOLIDAY = "special_holiday"  # วันหยุดราชการเพิ่มเป็นกรณีพิเศษ
    HALF_DAY = "half_day"  # ทำการครึ่งวัน
    WORKING_DAY = "working_day"  # วันทำการชดเชย, such as a Saturday that makes up for a bridge day
    ORDINARY = "ordinary"  # back to what the weekday says


CLOSED_KINDS = frozenset({DayKind.HOLIDAY, DayKind.SPECIAL_HOLIDAY})
OPEN_KINDS = frozenset({DayKind.HALF_DAY, DayKind.WORKING_DAY})


class ClockReason(StrEnum):
    """Why a stretch of time counts, or does not."""

    ALWAYS = "always"  # there are no hours of service: every instant counts
    SERVICE_HOURS = "service_hours"
    OUTSIDE_HOURS = "outside_hours"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # the stretch has the holiday's name
    HALF_DAY = "half_day"  # hours that an ordinary day would have served


@dataclass(frozen=True)
class Span:
    """One interval of service within a day, by the clock in Bangkok: from ``opens`` until just before ``closes``.

    Raises:
        Invalid: ``calendar_hours_backwards`` (opens, closes) where it does not open before it closes.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise Invalid("calendar_hours_backwards", opens=self.opens, closes=self.closes)


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from the weekly rule.

    ``spans`` are in order and do not overlap. Without any, a holiday is closed and a half day or working day keeps the
    calendar's own hours.
    """

    day: date
    spans: tuple[Span, ...]
    name: str
    kind: DayKind


@dataclass(frozen=True)
class ClockSpan:
    """A stretch of time from ``begins`` until just before ``ends``, and whether the service clock runs in it.

    ``name`` is that of the special day it lies in, else empty.
    """

    begins: datetime
    ends: datetime
    counted: bool
    reason: ClockReason
    name: str = ""


@dataclass(frozen=True)
class ServiceCalendar:
    """When the office serves. Instants go in aware and come out in Bangkok's zone; naive ones raise an error.

    Attributes:
        hours: the hours of ordinary days; None where the service clock is turned off: then every instant counts,
            while working days are still told from holidays.
        special_days: the days that differ from the weekly rule.
        version: of the table the days were read from; 0 for none.

    >>> office = ServiceCalendar(Span(time(8, 30), time(16, 30)))
    >>> friday = datetime(2026, 11, 20, 16, 0, tzinfo=BANGKOK)
    >>> monday = datetime(2026, 11, 23, 9, 15, tzinfo=BANGKOK)
    >>> office.service_time(friday, monday)  # half an hour on Friday, three quarters on Monday
    datetime.timedelta(seconds=4500)
    >>> office.last_instant_within(friday, timedelta(minutes=75)) == monday
    True
    """

    hours: Span | None
    special_days: Mapping[date, SpecialDay] = field(default_factory=dict, hash=False)
    version: int = 0

    def spans_on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The intervals of service on a day, in order, as (opens, closes); the whole day where there are no hours.

        >>> ServiceCalendar(Span(time(8, 30), time(16, 30))).spans_on(date(2026, 11, 21))  # a Saturday
        ()
        """
        if self.hours is None:
            return ((_midnight(day), _midnight(day + _ONE_DAY)),)
        return tuple((_at(day, span.opens), _at(day, span.closes)) for span in self._hours_on(day, self.hours))

    def _hours_on(self, day: date, hours: Span) -> tuple[Span, ...]:
        if not self.is_working_day(day):
            return ()
        special = self.special_days.get(day)
        return special.spans if special is not None and special.spans else (hours,)

    def is_working_day(self, day: date) -> bool:
        """Whether a day is a working day (วันทำการ): Monday to Friday less holidays; half days are working days.

        A Saturday that was made one counts too.
        """
        special = self.special_days.get(day)
        if special is None or special.kind is DayKind.ORDINARY:
            return day.weekday() < _SATURDAY
        return special.kind in OPEN_KINDS

    def is_open_at(self, at: datetime) -> bool:
        """Whether the service clock runs at an instant; at opening time it does, at closing time no longer."""
        return any(opens <= at < closes for opens, closes in self.spans_on(_day_of(at)))

    def next_open(self, at: datetime) -> datetime:
        """The first instant from ``at`` on at which the clock runs: itself, or the next opening.

        Raises:
            Invalid: ``calendar_never_opens``.
        """
        return self.last_instant_within(at, _NOTHING)

    def service_time(self, start: datetime, end: datetime) -> timedelta:
        """Time inside hours of service between two instants; nothing where ``end`` is not after ``start``."""
        first, last = _day_of(start), _day_of(end)
        if self.hours is None:
            return max(_NOTHING, end - start)
        passed = _NOTHING
        for day in _days(first, last):
            for opens, closes in self.spans_on(day):
                passed += max(_NOTHING, min(closes, end) - max(opens, start))
        return passed

    def last_instant_within(self, start: datetime, allowed: timedelta) -> datetime:
        """The deadline: the last instant at which no more than ``allowed`` of service time has passed since ``start``.

        Acting at it is in time, acting later is late. Where the allowance is used up exactly at closing time it is the
        next opening, because nothing counts in between.

        Raises:
            Invalid: ``calendar_never_opens``: the calendar stays closed for more than 400 days.
            ValueError: the allowance is negative.

        >>> office = ServiceCalendar(Span(time(8, 30), time(16, 30)))
        >>> office.last_instant_within(datetime(2026, 11, 20, 16, 0, tzinfo=BANGKOK), timedelta(minutes=30)).isoformat()
        '2026-11-23T08:30:00+07:00'
        """
        if allowed < _NOTHING:
            raise ValueError("a time allowed cannot be negative")
        left, start = allowed, _local(start)
        if self.hours is None:
            return start + allowed
        for opens, closes in self._spans_from(start):
            begins = max(opens, start)
            if left < closes - begins:
                return begins + left
            left -= closes - begins
        raise Invalid("calendar_never_opens", since=start)

    def _spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Intervals that end after an instant, in order; comes to an end only where the calendar no longer opens."""
        day, closed_days = start.date(), 0
        while closed_days <= LONGEST_CLOSURE_DAYS:
            spans = self.spans_on(day)
            yield from (span for span in spans if span[1] > start)
            closed_days = 0 if spans else closed_days + 1
            day += _ONE_DAY

    def working_days_between(self, start: datetime | date, end: datetime | date) -> int:
        """Working days that passed: those after the day of ``start``, up to and with the day of ``end``.

        The first day never counts, as offices count (นับถัดจากวันที่รับ).

        >>> ServiceCalendar(None).working_days_between(date(2026, 11, 20), date(2026, 11, 24))  # Friday to Tuesday
        2
        """
        return sum(self.is_working_day(day) for day in _days(_day_of(start) + _ONE_DAY, _day_of(end)))

    def explain(self, start: datetime, end: datetime) -> list[ClockSpan]:
        """How the service clock counts between two instants: stretches without gaps, oldest first.

        The counted ones add up to ``service_time``; there are none where ``end`` is not after ``start``.
        """
        start, end = _local(start), _local(end)
        stretches: list[ClockSpan] = []
        for day in _days(start.date(), end.date()):
            for opens, closes in self._parts_of(day):
                begins, ends = max(opens, start), min(closes, end)
                if begins < ends:
                    _append(stretches, ClockSpan(begins, ends, *self._why(begins)))
        return stretches

    def _parts_of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """A day cut wherever the clock may stop, start, or change its reason."""
        edges = {_midnight(day), _midnight(day + _ONE_DAY)}
        edges.update(edge for span in self.spans_on(day) for edge in span)
        if self.hours is not None:
            edges.update((_at(day, self.hours.opens), _at(day, self.hours.closes)))
        return pairwise(sorted(edges))

    def _why(self, at: datetime) -> tuple[bool, ClockReason, str]:
        special = self.special_days.get(at.date())
        name = special.name if special is not None and special.kind is not DayKind.ORDINARY else ""
        if self.hours is None:
            return True, ClockReason.ALWAYS, ""
        if self.is_open_at(at):
            return True, ClockReason.SERVICE_HOURS, name
        if not self.is_working_day(at.date()):
            return False, ClockReason.HOLIDAY if name else ClockReason.WEEKEND, name
        if self.hours.opens <= at.time() < self.hours.closes:
            return False, ClockReason.HALF_DAY, name
        return False, ClockReason.OUTSIDE_HOURS, ""


def _append(stretches: list[ClockSpan], stretch: ClockSpan) -> None:
    """Add a stretch, as one with the last where both say the same."""
    last = stretches[-1] if stretches else None
    if last and (last.counted, last.reason, last.name) == (stretch.counted, stretch.reason, stretch.name):
        stretches[-1] = ClockSpan(last.begins, stretch.ends, last.counted, last.reason, last.name)
    else:
        stretches.append(stretch)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _day_of(at: datetime | date) -> date:
    return _local(at).date() if isinstance(at, datetime) else at


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(BANGKOK)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, BANGKOK)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BANGKOK)
