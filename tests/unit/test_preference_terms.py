"""When news may come again: out of the quiet hours, after the pause, never before now."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Invalid
from models.periods import PeriodKind
from models.preference_terms import LONGEST_PAUSE, Choices, Preferences, QuietHours, Usual
from models.working_time import BANGKOK

TODAY = date(2026, 11, 20)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
hours = st.builds(QuietHours, minutes, minutes).filter(lambda quiet: quiet.begins != quiet.ends)
instants = st.integers(0, 2 * 365 * 24 * 3600).map(lambda s: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
days = st.dates(date(2025, 12, 1), date(2028, 2, 1))


@given(hours, instants)
def test_quiet_hours_end_within_a_day_after_now_and_outside_of_themselves(quiet, now):
    ends = quiet.ends_after(now)

    if ends is None:
        assert not quiet.hold(now.astimezone(BANGKOK).time())
        return
    assert now < ends <= now + timedelta(days=1)
    assert ends.astimezone(BANGKOK).time() == quiet.ends
    assert quiet.ends_after(ends) is None


@given(st.none() | hours, st.none() | days, instants)
def test_rest_ends_after_now_in_no_quiet_hours_and_after_the_pause(quiet, paused_until, now):
    chosen = Preferences(frozenset(), time(8, 30), quiet, paused_until)

    until = chosen.rests_until(now)

    end = until or now
    assert until is None or until > now
    assert quiet is None or quiet.ends_after(end) is None
    assert paused_until is None or end.astimezone(BANGKOK).date() >= paused_until
    assert chosen.rests_until(end) is None
    # And not a minute later than that: just before, there is a reason to rest.
    if until is not None and until - timedelta(minutes=1) >= now:
        assert chosen.rests_until(until - timedelta(minutes=1)) == until


@given(hours, days)
def test_what_is_chosen_holds_over_the_usual(quiet, day):
    usual = Usual(time(9), QuietHours(time(20), time(7)))
    chosen = Choices().with_summaries([PeriodKind.DAY], wanted=False).with_summary_at(time(10)).with_quiet_hours(quiet)

    assert Choices().under(usual) == Preferences(frozenset(), time(9), usual.quiet_hours, None)
    assert chosen.under(usual) == Preferences(frozenset({PeriodKind.DAY}), time(10), quiet, None)
    assert chosen.with_quiet_hours(None).under(usual).quiet_hours is None
    assert chosen.with_usual_hours().under(usual).quiet_hours == usual.quiet_hours
    assert chosen.with_summaries([PeriodKind.DAY], wanted=True).summaries_off == frozenset()


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (TODAY - timedelta(days=1), "pause_in_the_past"),
        (TODAY, "pause_in_the_past"),
        (TODAY + LONGEST_PAUSE + timedelta(days=1), "pause_too_long"),
    ],
)
def test_a_pause_lasts_from_today_for_a_year_at_most(until, reason):
    with pytest.raises(Invalid) as refused:
        Choices().paused(until, TODAY)
    assert refused.value.reason_code == reason
    assert Choices().paused(TODAY + LONGEST_PAUSE, TODAY).paused_until == TODAY + LONGEST_PAUSE


def test_hours_that_end_as_they_begin_are_none():
    with pytest.raises(Invalid, match="quiet_hours_empty"):
        Choices().with_quiet_hours(QuietHours(time(8), time(8)))
