"""The two clocks: worked cases by hand, and laws that must hold for any calendar."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import working_time
from models.errors import Invalid
from models.working_time import BANGKOK, ClockReason, DayKind, ServiceCalendar, Span, SpecialDay

HOURS = Span(time(8, 30), time(16, 30))
WEEKLY = ServiceCalendar(HOURS)
ALWAYS = ServiceCalendar(None)


def at(text: str) -> datetime:
    """An instant by the clock in Bangkok."""
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def special(day: str, kind: DayKind, *spans: Span, name: str = "วันพิเศษ") -> SpecialDay:
    return SpecialDay(date.fromisoformat(day), spans, name, kind)


def calendar_with(*days: SpecialDay, hours: Span | None = HOURS) -> ServiceCalendar:
    return ServiceCalendar(hours, {day.day: day for day in days})


LONG_WEEKEND = calendar_with(
    special("2026-12-05", DayKind.HOLIDAY, name="วันชาติ"),
    special("2026-12-07", DayKind.HOLIDAY, name="วันหยุดชดเชยวันชาติ"),
)
"""Saturday 5 December 2026 is a holiday, so Monday the 7th stands in for it."""

HALF_DAY = calendar_with(special("2026-12-30", DayKind.HALF_DAY, Span(time(8, 30), time(12)), name="ครึ่งวัน"))
SATURDAY = calendar_with(special("2026-11-21", DayKind.WORKING_DAY, name="ชดเชย"))


def test_the_examples_in_the_code_hold():
    assert doctest.testmod(working_time).failed == 0


# --- service time ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calendar", "start", "end", "counted"),
    [
        (WEEKLY, "2026-11-20T09:00", "2026-11-20T09:14:30", 14.5),
        (WEEKLY, "2026-11-20T12:00", "2026-11-20T13:00", 60),  # lunch counts: somebody is on duty
        (WEEKLY, "2026-11-20T07:00", "2026-11-20T08:30", 0),
        (WEEKLY, "2026-11-20T07:00", "2026-11-20T08:31", 1),
        (WEEKLY, "2026-11-20T16:30", "2026-11-23T08:30", 0),  # asked at closing time, answered at opening time
        (WEEKLY, "2026-11-20T16:29", "2026-11-23T08:31", 2),
        (WEEKLY, "2026-11-21T10:00", "2026-11-22T20:00", 0),  # a weekend
        (WEEKLY, "2026-11-16T00:00", "2026-11-23T00:00", 5 * 8 * 60),
        (WEEKLY, "2026-11-20T09:00", "2026-11-20T09:00", 0),
        (WEEKLY, "2026-11-20T10:00", "2026-11-20T09:00", 0),
        (WEEKLY, "2026-11-23T10:00", "2026-11-20T09:00", 0),
        (LONG_WEEKEND, "2026-12-04T16:00", "2026-12-08T09:00", 60),
        (HALF_DAY, "2026-12-30T11:50", "2026-12-31T08:40", 20),
        (SATURDAY, "2026-11-20T16:20", "2026-11-21T08:40", 20),
        (ALWAYS, "2026-11-21T23:00", "2026-11-22T01:00", 120),
        (ALWAYS, "2026-11-22T01:00", "2026-11-21T23:00", 0),
    ],
)
def test_time_counts_inside_hours_of_service_only(calendar, start, end, counted):
    assert calendar.service_time(at(start), at(end)) == minutes(counted)


def test_time_is_exact_to_the_microsecond():
    end = at("2026-11-20T08:30") + timedelta(microseconds=1)
    assert WEEKLY.service_time(at("2026-11-20T08:00"), end) == timedelta(microseconds=1)


def test_a_year_is_counted_day_by_day():
    assert WEEKLY.service_time(at("2026-01-01T00:00"), at("2027-01-01T00:00")) == timedelta(hours=8 * 261)


def test_the_zone_of_an_instant_does_not_matter():
    start, end = at("2026-11-20T08:00").astimezone(UTC), at("2026-11-20T09:00").astimezone(UTC)
    assert WEEKLY.service_time(start, end) == minutes(30)
    assert WEEKLY.last_instant_within(start, minutes(30)) == end


# --- deadlines ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calendar", "start", "allowed", "deadline"),
    [
        (WEEKLY, "2026-11-20T09:00", 15, "2026-11-20T09:15"),
        (WEEKLY, "2026-11-20T08:30", 0, "2026-11-20T08:30"),
        (WEEKLY, "2026-11-20T16:25", 15, "2026-11-23T08:40"),
        (WEEKLY, "2026-11-20T16:15", 15, "2026-11-23T08:30"),  # used up at closing: the next opening is still in time
        (WEEKLY, "2026-11-20T16:30", 15, "2026-11-23T08:45"),
        (WEEKLY, "2026-11-20T05:00", 15, "2026-11-20T08:45"),
        (WEEKLY, "2026-11-21T12:00", 15, "2026-11-23T08:45"),
        (WEEKLY, "2026-11-20T09:00", 5 * 8 * 60, "2026-11-27T09:00"),
        (LONG_WEEKEND, "2026-12-04T16:20", 15, "2026-12-08T08:35"),
        (HALF_DAY, "2026-12-30T11:50", 15, "2026-12-31T08:35"),
        (SATURDAY, "2026-11-20T16:25", 15, "2026-11-21T08:40"),
        (ALWAYS, "2026-11-21T23:50", 15, "2026-11-22T00:05"),
    ],
)
def test_a_deadline_is_the_last_instant_in_time(calendar, start, allowed, deadline):
    assert calendar.last_instant_within(at(start), minutes(allowed)) == at(deadline)


def test_a_deadline_needs_an_allowance():
    with pytest.raises(ValueError, match="negative"):
        WEEKLY.last_instant_within(at("2026-11-20T09:00"), minutes(-1))


def test_a_calendar_that_never_opens_is_refused():
    first = date(2026, 1, 1)
    closed = [special(str(first + timedelta(days=day)), DayKind.HOLIDAY) for day in range(500)]
    with pytest.raises(Invalid, match="calendar_never_opens"):
        calendar_with(*closed).last_instant_within(at("2026-01-02T09:00"), minutes(1))
    with pytest.raises(Invalid, match="calendar_never_opens"):
        calendar_with(*closed).next_open(at("2026-01-02T09:00"))


# --- open or closed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calendar", "instant", "opening"),
    [
        (WEEKLY, "2026-11-20T08:29:59", "2026-11-20T08:30"),
        (WEEKLY, "2026-11-20T08:30", "2026-11-20T08:30"),
        (WEEKLY, "2026-11-20T16:29:59", "2026-11-20T16:29:59"),
        (WEEKLY, "2026-11-20T16:30", "2026-11-23T08:30"),
        (LONG_WEEKEND, "2026-12-05T09:00", "2026-12-08T08:30"),
        (HALF_DAY, "2026-12-30T12:00", "2026-12-31T08:30"),
        (SATURDAY, "2026-11-21T09:00", "2026-11-21T09:00"),
        (ALWAYS, "2026-11-21T03:00", "2026-11-21T03:00"),
    ],
)
def test_the_office_opens_at_opening_time_and_is_closed_at_closing_time(calendar, instant, opening):
    assert calendar.next_open(at(instant)) == at(opening)
    assert calendar.is_open_at(at(instant)) == (instant == opening)


def test_hours_must_run_forwards():
    with pytest.raises(Invalid, match="calendar_hours_backwards"):
        Span(time(12), time(12))


@pytest.mark.parametrize(
    "ask",
    [
        lambda now: WEEKLY.service_time(now, at("2026-11-20T09:00")),
        lambda now: WEEKLY.service_time(at("2026-11-20T09:00"), now),
        lambda now: ALWAYS.service_time(now, now),
        lambda now: WEEKLY.last_instant_within(now, minutes(1)),
        WEEKLY.next_open,
        WEEKLY.is_open_at,
        lambda now: WEEKLY.working_days_between(now, at("2026-11-20T09:00")),
        lambda now: WEEKLY.explain(now, at("2026-11-20T09:00")),
    ],
)
def test_an_hour_without_a_zone_is_refused(ask):
    with pytest.raises(ValueError, match="time zone"):
        ask(datetime(2026, 11, 20, 9))  # noqa: DTZ001 - what a careless caller would give


# --- working days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calendar", "start", "end", "days"),
    [
        (WEEKLY, date(2026, 11, 20), date(2026, 11, 20), 0),
        (WEEKLY, date(2026, 11, 20), date(2026, 11, 22), 0),
        (WEEKLY, date(2026, 11, 20), date(2026, 11, 23), 1),
        (WEEKLY, date(2026, 11, 23), date(2026, 11, 20), 0),
        (LONG_WEEKEND, date(2026, 12, 4), date(2026, 12, 8), 1),
        (HALF_DAY, date(2026, 12, 29), date(2026, 12, 31), 2),
        (SATURDAY, date(2026, 11, 20), date(2026, 11, 23), 2),
        (calendar_with(*LONG_WEEKEND.special_days.values(), hours=None), date(2026, 12, 4), date(2026, 12, 8), 1),
        (WEEKLY, at("2026-11-20T23:59"), at("2026-11-23T00:00"), 1),
        (WEEKLY, at("2026-11-20T00:30").astimezone(UTC), date(2026, 11, 20), 0),  # still the 19th in UTC
    ],
)
def test_working_days_exclude_the_first_day_and_include_the_last(calendar, start, end, days):
    assert calendar.working_days_between(start, end) == days


# --- explaining -----------------------------------------------------------------------------------------------------


def told(calendar: ServiceCalendar, start: str, end: str) -> list[tuple[str, str, bool, str, str]]:
    return [
        (f"{span.begins:%d %H:%M}", f"{span.ends:%d %H:%M}", span.counted, span.reason.value, span.name)
        for span in calendar.explain(at(start), at(end))
    ]


def test_a_long_weekend_is_explained():
    assert told(LONG_WEEKEND, "2026-12-04T16:00", "2026-12-08T09:00") == [
        ("04 16:00", "04 16:30", True, "service_hours", ""),
        ("04 16:30", "05 00:00", False, "outside_hours", ""),
        ("05 00:00", "06 00:00", False, "holiday", "วันชาติ"),
        ("06 00:00", "07 00:00", False, "weekend", ""),
        ("07 00:00", "08 00:00", False, "holiday", "วันหยุดชดเชยวันชาติ"),
        ("08 00:00", "08 08:30", False, "outside_hours", ""),
        ("08 08:30", "08 09:00", True, "service_hours", ""),
    ]


def test_a_half_day_tells_what_an_ordinary_day_would_have_served():
    assert told(HALF_DAY, "2026-12-30T08:00", "2026-12-30T18:00") == [
        ("30 08:00", "30 08:30", False, "outside_hours", ""),
        ("30 08:30", "30 12:00", True, "service_hours", "ครึ่งวัน"),
        ("30 12:00", "30 16:30", False, "half_day", "ครึ่งวัน"),
        ("30 16:30", "30 18:00", False, "outside_hours", ""),
    ]


def test_nights_are_one_stretch():
    assert told(WEEKLY, "2026-11-18T16:00", "2026-11-19T09:00") == [
        ("18 16:00", "18 16:30", True, "service_hours", ""),
        ("18 16:30", "19 08:30", False, "outside_hours", ""),
        ("19 08:30", "19 09:00", True, "service_hours", ""),
    ]


def test_without_hours_everything_counts():
    assert told(ALWAYS, "2026-11-18T16:00", "2026-11-22T09:00") == [("18 16:00", "22 09:00", True, "always", "")]
    assert told(ALWAYS, "2026-11-18T16:00", "2026-11-18T16:00") == []


# --- laws -----------------------------------------------------------------------------------------------------------

FIRST_DAY = date(2026, 4, 1)
DAY_MINUTES = 24 * 60
DAYS = 30


@st.composite
def spans(draw) -> Span:
    opens = draw(st.integers(0, DAY_MINUTES - 2))
    closes = draw(st.integers(opens + 1, DAY_MINUTES - 1))
    return Span(time(*divmod(opens, 60)), time(*divmod(closes, 60)))


@st.composite
def two_spans(draw) -> tuple[Span, ...]:
    """One or two intervals in order, the second perhaps right after the first."""
    edges = sorted(draw(st.sets(st.integers(0, DAY_MINUTES - 1), min_size=4, max_size=4)))
    if draw(st.booleans()):
        edges[2] = edges[1]
    clock = [time(*divmod(edge, 60)) for edge in edges]
    return (Span(clock[0], clock[1]), Span(clock[2], clock[3]))[: draw(st.integers(1, 2))]


@st.composite
def calendars(draw) -> ServiceCalendar:
    days = {}
    for offset in draw(st.sets(st.integers(0, DAYS), max_size=12)):
        day, kind = FIRST_DAY + timedelta(days=offset), draw(st.sampled_from(DayKind))
        own = draw(two_spans()) if kind in (DayKind.HALF_DAY, DayKind.WORKING_DAY) and draw(st.booleans()) else ()
        days[day] = SpecialDay(day, own, f"วันที่ {offset}", kind)
    return ServiceCalendar(draw(st.one_of(st.none(), spans(), st.just(HOURS))), days)


EPOCH = datetime.combine(FIRST_DAY, time.min, BANGKOK)
INSTANTS = st.timedeltas(timedelta(), timedelta(days=DAYS)).map(lambda past: EPOCH + past)
WHOLE_MINUTES = st.integers(0, 6 * DAY_MINUTES).map(lambda count: EPOCH + timedelta(minutes=count))
ALLOWANCES = st.one_of(
    st.timedeltas(timedelta(), timedelta(days=9)), st.sampled_from([minutes(0), minutes(15), minutes(480)])
)


def counted_minute_by_minute(calendar: ServiceCalendar, start: datetime, end: datetime) -> timedelta:
    """The same by the shortest words: look at the wall clock once a minute and add one where the office is at work."""
    counted = 0
    while start < end:
        wall = start.strftime("%H:%M")
        found = calendar.special_days.get(start.date())
        kind = found.kind.value if found else "ordinary"
        working = {"ordinary": start.isoweekday() <= 5, "half_day": True, "working_day": True}.get(kind, False)
        own = found.spans if found and kind in ("half_day", "working_day") else ()
        open_now = any(
            span.opens.strftime("%H:%M") <= wall < span.closes.strftime("%H:%M")
            for span in own or [calendar.hours]
            if span
        )
        counted += calendar.hours is None or (working and open_now)
        start += timedelta(minutes=1)
    return timedelta(minutes=counted)


@settings(max_examples=60, deadline=None)
@given(calendars(), WHOLE_MINUTES, WHOLE_MINUTES)
def test_service_time_is_what_a_plodding_counter_finds(calendar, start, end):
    assert calendar.service_time(start, end) == counted_minute_by_minute(calendar, start, end)


@given(calendars(), st.lists(INSTANTS, min_size=3, max_size=3).map(sorted))
def test_service_time_adds_up(calendar, instants):
    start, middle, end = instants
    parts = calendar.service_time(start, middle) + calendar.service_time(middle, end)
    assert calendar.service_time(start, end) == parts


@given(calendars(), INSTANTS, INSTANTS)
def test_service_time_never_runs_backwards_or_faster_than_the_wall_clock(calendar, start, end):
    passed = calendar.service_time(start, end)
    assert timedelta() <= passed <= max(timedelta(), end - start)


@given(calendars(), INSTANTS, ALLOWANCES)
def test_a_deadline_uses_up_the_allowance_and_is_the_last_to_do_so(calendar, start, allowed):
    deadline = calendar.last_instant_within(start, allowed)
    just_after = deadline + timedelta(microseconds=1)
    assert deadline >= start
    assert calendar.service_time(start, deadline) == allowed
    assert calendar.service_time(start, just_after) == allowed + timedelta(microseconds=1)


@given(calendars(), INSTANTS, ALLOWANCES, ALLOWANCES)
def test_more_time_never_makes_an_earlier_deadline(calendar, start, one, other):
    sooner, later = sorted([one, other])
    assert calendar.last_instant_within(start, sooner) <= calendar.last_instant_within(start, later)


@given(calendars(), INSTANTS)
def test_nothing_counts_before_the_next_opening(calendar, start):
    opening = calendar.next_open(start)
    assert calendar.is_open_at(opening)
    assert calendar.service_time(start, opening) == timedelta()
    assert (opening == start) == calendar.is_open_at(start)


@given(calendars(), INSTANTS, INSTANTS)
def test_an_explanation_has_no_gaps_and_adds_up(calendar, start, end):
    told = calendar.explain(start, end)
    assert [span.begins for span in told[1:]] == [span.ends for span in told[:-1]]
    assert all(span.begins < span.ends for span in told)
    assert (told[0].begins, told[-1].ends) == (start, end) if start < end else told == []
    counted = sum((span.ends - span.begins for span in told if span.counted), timedelta())
    assert counted == calendar.service_time(start, end)
    assert {span.reason for span in told if span.counted} <= {ClockReason.SERVICE_HOURS, ClockReason.ALWAYS}


@given(calendars(), INSTANTS, INSTANTS)
def test_working_days_are_the_ones_on_which_the_clock_may_run(calendar, start, end):
    days = [EPOCH.date() + timedelta(days=offset) for offset in range(DAYS + 1)]
    passed = [day for day in days if start.date() < day <= end.date() and calendar.is_working_day(day)]
    assert calendar.working_days_between(start, end) == len(passed)
    if calendar.hours is not None:
        assert all(bool(calendar.spans_on(day)) == calendar.is_working_day(day) for day in days)
