"""SIGTERM ends each process within ten seconds, under load and while LINE is slow, and nothing is lost or doubled."""

from __future__ import annotations

import time

import pytest

from tests.faults.installation import Questions, wait_for

pytestmark = pytest.mark.faults
QUESTIONS_A_SECOND = 20
ALLOWED_SECONDS = 10


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_processes_end_in_time_under_load(install, kind):
    office = install(kind, letters=60 * QUESTIONS_A_SECOND)
    office.start("web", "worker", "clock")
    questions = Questions(office)
    questions.start(per_second=QUESTIONS_A_SECOND)
    ended = {}
    for name in ("worker", "clock", "web"):
        time.sleep(1.5)
        ended[name] = office.stop(name)
        office.launch(name)
    time.sleep(1.5)
    questions.stop()
    questions.wait_until_settled()

    result = questions.result()
    print(f"\n{kind}: seconds and status after SIGTERM {ended}; {result}")
    assert result.is_exactly_once, str(result)
    assert max(seconds for seconds, _ in ended.values()) < ALLOWED_SECONDS
    assert {status for _, status in ended.values()} == {0}


def test_a_worker_and_a_clock_that_wait_for_a_slow_line_end_in_time(install):
    office = install("postgresql", letters=100)
    office.line.faults.slow(7.5, "any")
    office.start("web", "worker", "clock")
    questions = Questions(office)
    for _ in range(20):
        questions.ask()
    wait_for("a first call to LINE", lambda: len(questions.answered_at()) > 0, 20)

    ended = {name: office.stop(name) for name in ("worker", "clock")}
    office.line.faults.clear()
    office.start("worker")
    questions.wait_until_settled()

    result = questions.result()
    print(f"\nslow LINE: seconds and status after SIGTERM {ended}; {result}")
    assert result.is_exactly_once, str(result)
    assert max(seconds for seconds, _ in ended.values()) < ALLOWED_SECONDS
    assert {status for _, status in ended.values()} == {0}
