"""kill -9 of every process in turn, under load: every question is answered, and once.

``TIDTAM_FULL_FAULTS=1`` runs the full minute with twenty kills; otherwise a shorter one.
"""

from __future__ import annotations

import itertools
import os
import time

import psutil
import pytest

from tests.faults.installation import Questions, wait_for

pytestmark = pytest.mark.faults
FULL = bool(os.environ.get("TIDTAM_FULL_FAULTS"))
KILLS, SECONDS = (20, 60) if FULL else (7, 20)
QUESTIONS_A_SECOND = 20


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_every_question_is_answered_once_while_processes_are_killed(install, kind):
    office = install(kind, letters=(SECONDS + 5) * QUESTIONS_A_SECOND)
    office.start("web", "worker", "clock")
    questions = Questions(office)

    questions.start(per_second=QUESTIONS_A_SECOND)
    started, killed = time.monotonic(), 0
    for name in itertools.islice(itertools.cycle(("worker", "web", "clock")), KILLS):
        killed += 1
        time.sleep(max(0.0, started + killed * SECONDS / (KILLS + 1) - time.monotonic()))
        office.kill(name)
        office.launch(name)
    time.sleep(max(0.0, started + SECONDS - time.monotonic()))
    questions.stop()
    questions.wait_until_settled()

    result = questions.result()
    print(f"\n{kind}, {killed} kills in {SECONDS} s: {result}")
    assert result.is_exactly_once, str(result)


def test_children_of_a_killed_web_server_end_and_leave_it_the_port(install):
    office = install("sqlite", letters=20)
    office.start("web", "worker")
    first = office.processes["web"]
    children = psutil.Process(first.pid).children()
    assert children

    first.kill()
    first.wait()
    _gone, left = psutil.wait_procs(children, timeout=10)
    assert left == []
    office.start("web")
    questions = Questions(office)
    for _ in range(5):
        questions.ask()
    questions.wait_until_settled()

    assert questions.result().is_exactly_once


def test_a_killed_child_of_the_web_server_is_replaced(install):
    office = install("sqlite", letters=100)
    office.start("web", "worker")
    server = psutil.Process(office.processes["web"].pid)
    child = server.children()[0]
    questions = Questions(office)
    questions.start(per_second=10)

    child.kill()
    wait_for("another child", lambda: len({one.pid for one in server.children()} - {child.pid}) == 2, 20)
    questions.stop()
    questions.wait_until_settled()

    assert questions.result().is_exactly_once
