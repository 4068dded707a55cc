"""The indicator's arithmetic: worked cases by hand, and laws that hold for any requests."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models import counting, service_facts, service_kpi, service_terms
from models.requests import ClockKind
from models.service_kpi import (
    CountedRequest,
    Handled,
    Outcome,
    Part,
    PersonTotals,
    add_up,
    compute_kpi,
    outcome_of,
    spreads_of,
    sum_of,
)
from models.shares import Share, Spread, nearest_rank

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CONTRACT = {
    "from": None,
    "to": None,
    "clock": None,
    "users": {"value", "target"},
    "acknowledged_in_time": {"people_percent", "requests_percent", "target", "by_human_percent"},
    "answered_in_time": {"people_percent", "requests_percent", "target", "by_human_percent"},
    "satisfied": {"people_percent", "ratings", "target"},
    "requests": None,
    "median_acknowledge_seconds": None,
    "p95_acknowledge_seconds": None,
    "median_answer_seconds": None,
    "p95_answer_seconds": None,
}


def asked(asker="U1", outcome=Outcome.IN_TIME, **more) -> CountedRequest:
    values = {"acknowledge": outcome, "answer": outcome, "elapsed_acknowledge": outcome, "elapsed_answer": outcome}
    return CountedRequest(**{"asker": asker, "by_human": True, **values, **more})


def figures(*requests: CountedRequest, clock=ClockKind.SERVICE):
    return compute_kpi(
        first=date(2026, 11, 1),
        last=date(2026, 11, 30),
        clock=clock,
        counted_at=NOW,
        people=add_up(requests),
        spreads=spreads_of(requests, clock),
    )


def test_the_examples_hold():
    for module in (service_kpi, service_facts, service_terms, counting):
        assert doctest.testmod(module).failed == 0


def test_nothing_was_asked():
    told = figures().as_json()
    assert (told["users"]["value"], told["requests"]) == (0, 0)
    assert told["acknowledged_in_time"]["people_percent"] is None
    assert told["satisfied"]["people_percent"] is None
    assert told["median_answer_seconds"] is None


def test_the_contract_s_names_are_all_there():
    told = figures(asked()).as_json()
    for name, inner in CONTRACT.items():
        assert inner is None or inner <= set(told[name]), name
    assert (told["from"], told["to"], told["clock"]) == ("2026-11-01", "2026-11-30", "service")
    assert [told[name]["target"] for name in CONTRACT if CONTRACT[name]] == [50, 80, 80, 80]


def test_a_person_is_in_time_when_every_request_was():
    report = figures(
        asked("U1"), asked("U1", Outcome.LATE), asked("U2"), asked("U2"), asked("U3", Outcome.PENDING), asked("U4")
    )
    assert (report.users, report.requests) == (4, 6)
    assert report.acknowledged.people == Share(2, 3)  # U3 is not decided
    assert report.acknowledged.requests == Share(4, 5)
    assert report.acknowledged.pending == 1


def test_what_the_machine_answered_is_visible_as_such():
    report = figures(asked(by_human=False), asked(by_human=False), asked("U2", Outcome.LATE))
    assert report.answered.requests.percent == Decimal("66.67")
    assert (report.answered.human.percent, report.answered.machine.percent) == (Decimal(0), Decimal(100))
    assert figures(asked(by_human=False)).as_json()["answered_in_time"]["by_human_percent"] is None


def test_who_withdrew_in_time_stays_a_user_and_no_more():
    report = figures(asked("U1", Outcome.LEFT_OUT, withdrawn=True), asked("U2", Outcome.LATE, withdrawn=True))
    assert (report.users, report.requests, report.withdrawn) == (2, 2, 2)
    assert report.answered.people == Share(0, 1)


def test_each_clock_has_its_own_say():
    request = asked(elapsed_answer=Outcome.LATE, answer_seconds=60, elapsed_answer_seconds=6000, acknowledge_seconds=5)
    assert figures(request).answered.requests == Share(1, 1)
    assert figures(request).answered.spread().median == 60
    by_plain_time = figures(request, clock=ClockKind.ELAPSED)
    assert by_plain_time.answered.requests == Share(0, 1)
    assert by_plain_time.answered.spread() == Spread(6000, 6000)
    assert by_plain_time.acknowledged.spread() == Spread()


def test_satisfaction_counts_people_and_shows_the_responses():
    report = figures(
        asked("U1", rating=5, invited=True),
        asked("U1", rating=3, invited=True),
        asked("U2", rating=4, invited=True),
        asked("U3", invited=True),
        asked("U4", rating=4),
    )
    told = report.as_json()["satisfied"]
    assert (told["people_percent"], told["ratings"], told["ratings_percent"]) == (66.67, 4, 75.0)
    assert (told["mean_score"], told["response_percent"]) == (4.0, 75.0)


def test_the_last_instant_is_in_time_and_the_next_is_late():
    def standing(done_at=None, withdrawn_at=None, now=NOW, was_late=False):
        return outcome_of(done_at=done_at, due_at=NOW, withdrawn_at=withdrawn_at, was_late=was_late, now=now)

    later = NOW + timedelta(microseconds=1)
    assert standing(done_at=NOW, now=later) is Outcome.IN_TIME
    assert standing(done_at=later) is Outcome.LATE
    assert (standing(), standing(now=later)) == (Outcome.PENDING, Outcome.LATE)
    assert (standing(withdrawn_at=NOW, now=later), standing(withdrawn_at=later)) == (Outcome.LEFT_OUT, Outcome.LATE)
    assert standing(done_at=NOW, was_late=True) is Outcome.LATE


def test_percentages_round_half_up():
    assert Share(1, 800).percent == Decimal("0.13")  # 0.125
    assert Share(799, 800).percent == Decimal("99.88")  # 99.875
    assert Share(1, 3).percent == Decimal("33.33")


def test_a_share_that_only_looks_like_its_target_does_not_reach_it():
    almost = Share(79_999, 100_000)
    assert almost.percent == Decimal("80.00")
    assert not almost.reaches(80)
    assert almost.tipping(80).good_until_reached == 5


@given(good=st.integers(0, 60), bad=st.integers(0, 60), target=st.integers(1, 99))
def test_tipping_is_the_first_number_that_tips(good, bad, target):
    share = Share(good, good + bad)
    added, turned = share.tipping(target), share.tipping(target, by_turning=True)
    if not share.of:
        assert added == turned == service_kpi.Tipping()
    elif share.reaches(target):
        more, turns = added.bad_until_below, turned.bad_until_below
        assert not Share(good, share.of + more).reaches(target)
        assert Share(good, share.of + more - 1).reaches(target)
        assert not Share(good - turns, share.of).reaches(target)
        assert Share(good - turns + 1, share.of).reaches(target)
    else:
        more = added.good_until_reached
        assert Share(good + more, share.of + more).reaches(target)
        assert not Share(good + more - 1, share.of + more - 1).reaches(target)


@given(st.lists(st.integers(0, 5000), max_size=80), st.integers(1, 100))
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(values, percent):
    ordered = sorted(values)
    found = nearest_rank(ordered, percent)
    if not ordered:
        assert found is None
        return
    assert sum(value <= found for value in ordered) * 100 >= percent * len(ordered)
    assert sum(value < found for value in ordered) * 100 < percent * len(ordered)


REQUESTS = st.lists(
    st.builds(
        CountedRequest,
        asker=st.sampled_from(["U1", "U2", "U3", "U4"]),
        by_human=st.booleans(),
        withdrawn=st.booleans(),
        acknowledge=st.sampled_from(Outcome),
        answer=st.sampled_from(Outcome),
        elapsed_acknowledge=st.sampled_from(Outcome),
        elapsed_answer=st.sampled_from(Outcome),
        invited=st.booleans(),
        rating=st.none() | st.integers(1, 5),
    ),
    max_size=25,
)


@given(REQUESTS, st.sampled_from(ClockKind))
def test_parts_add_up_to_the_whole(requests, clock):
    report = figures(*requests, clock=clock)
    for part in (report.acknowledged, report.answered):
        assert part.human.of + part.machine.of == part.requests.of
        assert part.human.good + part.machine.good == part.requests.good
        assert part.people.of <= report.users
        assert part.requests.of + part.pending <= report.requests
    assert report.human_requests == sum(request.by_human for request in requests)
    assert report.users == len({request.asker for request in requests})


@given(REQUESTS, st.randoms())
def test_the_order_of_requests_does_not_matter(requests, chance):
    shuffled = list(requests)
    chance.shuffle(shuffled)
    assert figures(*requests) == figures(*shuffled)


@given(REQUESTS, st.integers(0, 24))
def test_a_late_request_never_helps(requests, place):
    if not requests:
        return
    place %= len(requests)
    worse = [*requests]
    worse[place] = replace(worse[place], acknowledge=Outcome.LATE)
    before, after = figures(*requests).acknowledged, figures(*worse).acknowledged
    assert after.people.good <= before.people.good
    assert after.requests.good <= before.requests.good


@given(REQUESTS)
def test_totals_add_up_in_any_grouping(requests):
    whole = sum(map(PersonTotals.of, requests), PersonTotals())
    assert whole == sum_of(map(PersonTotals.of, requests)) == sum_of(add_up(requests).values())


def test_spreads_tell_machine_and_human_apart():
    requests = [asked(answer_seconds=100), asked(answer_seconds=300), asked(by_human=False, answer_seconds=1)]
    spreads = spreads_of(requests, ClockKind.SERVICE)
    assert spreads[Part.ANSWER, Handled.HUMAN] == Spread(100, 300)
    assert spreads[Part.ANSWER, Handled.MACHINE] == Spread(1, 1)
    assert spreads[Part.ANSWER, Handled.ALL] == Spread(100, 300)
