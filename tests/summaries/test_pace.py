"""Keeping to a pace, by a clock that tests move."""

from __future__ import annotations

from bot.pace import Pace


class Hands:
    """A clock's hands; sleeping moves them."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_of_calls_that_come_at_once_each_waits_for_its_turn():
    hands = Hands()
    pace = Pace(100, lambda: hands.now, hands.sleep)
    for _ in range(301):
        pace.wait_for_turn()
    assert round(hands.now - 1000, 6) == 3.0


def test_who_comes_slower_than_the_pace_never_waits():
    hands = Hands()
    pace = Pace(100, lambda: hands.now, hands.sleep)
    for _ in range(50):
        pace.wait_for_turn()
        hands.now += 0.02
    assert hands.slept == []


def test_callers_that_ask_before_the_first_turn_is_over_are_spaced_evenly():
    hands, waits = Hands(), []
    pace = Pace(200, lambda: hands.now, waits.append)
    for _ in range(4):
        pace.wait_for_turn()
    assert [round(wait, 6) for wait in waits] == [0.005, 0.01, 0.015]
