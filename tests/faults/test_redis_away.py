"""Redis stopped, hung or emptied under load: no question is lost, and answers come later by no more than the sweep.

``TIDTAM_FULL_FAULTS=1`` keeps Redis away for thirty seconds, otherwise for eight.
"""

from __future__ import annotations

import os
import time

import pytest

from bot.worker import OVERDUE, SWEEP_EVERY_SECONDS
from tests.faults.installation import Questions

pytestmark = pytest.mark.faults
SECONDS_AWAY = 30 if os.environ.get("TIDTAM_FULL_FAULTS") else 8
QUESTIONS_A_SECOND = 20
SWEEP_SECONDS = OVERDUE.total_seconds() + SWEEP_EVERY_SECONDS
WORK_SECONDS = 6.0
"""What a busy machine may take for the rest of an answer."""


def stopped(redis):
    redis.kill()
    time.sleep(SECONDS_AWAY)
    redis.start()


def hung(redis):
    redis.hang()
    time.sleep(SECONDS_AWAY)
    redis.go_on()


def emptied(redis):
    for _ in range(SECONDS_AWAY * 5):
        redis.flush()
        time.sleep(0.2)


@pytest.mark.parametrize("go_away", [stopped, hung, emptied])
def test_answers_come_with_the_sweep_while_redis_is_away(install, redis_server, go_away):
    office = install("postgresql", letters=(SECONDS_AWAY + 25) * QUESTIONS_A_SECOND)
    office.start("web", "worker", "clock")
    questions = Questions(office)

    questions.start(per_second=QUESTIONS_A_SECOND)
    time.sleep(2)
    go_away(redis_server)
    time.sleep(3)
    questions.stop()
    questions.wait_until_settled()

    result = questions.result()
    print(f"\nRedis {go_away.__name__} for {SECONDS_AWAY} s: {result}")
    assert result.is_exactly_once, str(result)
    assert {delivery.status for delivery in office.line.webhooks.deliveries} == {200}
    assert result.delays[-1] < SWEEP_SECONDS + WORK_SECONDS, str(result)


def test_answers_are_quick_again_once_redis_is_back(install, redis_server):
    office = install("postgresql", letters=200)
    office.start("web", "worker")
    questions = Questions(office)
    redis_server.kill()
    questions.ask()
    redis_server.start()
    time.sleep(2)

    late = [questions.ask() for _ in range(10)]
    questions.wait_until_settled()

    delays = sorted(questions.answered_at()[number][0] - questions.asked_at[number] for number in late)
    assert delays[len(delays) // 2] < OVERDUE.total_seconds()
