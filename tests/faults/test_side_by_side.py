"""Two workers and two clocks on one installation: they share the work, and nobody hears anything twice."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from bot.clock import SystemClock
from models.documents import Stage, record_stage
from models.visibility import OPERATOR, list_letters_by_number
from tests.faults.installation import FIRST_LETTER, Questions, wait_for

pytestmark = pytest.mark.faults
QUESTIONS_A_SECOND = 20
ASKED, FOLLOWED = 400, 10


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_two_workers_and_two_clocks_double_nothing(install, kind):
    office = install(kind, letters=ASKED + FOLLOWED, people=8)
    office.start("web", "worker", "worker-2", "clock", "clock-2")
    followed = [f"กท 1902/{FIRST_LETTER + ASKED + n}" for n in range(FOLLOWED)]
    pairs = Counter({(person, number): 1 for person in office.people for number in followed})
    for person, number in pairs:
        office.line.user_sends(person, f"ติดตามต่อ {number}")
    wait_for("everything followed", lambda: said_of(office, followed) == pairs and office.unfinished() == 0)

    questions = Questions(office)
    questions.start(per_second=QUESTIONS_A_SECOND)
    for number in followed:
        move(office, number)
        time.sleep(0.4)
    questions.stop()
    wait_for("everything told", lambda: said_of(office, followed).total() >= 2 * len(pairs))
    questions.wait_until_settled()

    result = questions.result()
    print(f"\n{kind}, two workers and two clocks: {len(pairs)} pieces of news; {result}")
    assert said_of(office, followed) == pairs + pairs
    assert result.is_exactly_once, str(result)
    assert all(office.logged(name) for name in ("worker", "worker-2"))


def said_of(office, numbers):
    """How many messages each person has about each letter: one that it is followed, one that it moved."""
    said = Counter()
    for person in office.people:
        for row in office.line.messages_to(person):
            text = row.message.get("altText") or row.message.get("text", "")
            said.update((person, number) for number in numbers if number in text)
    return said


def move(office, number):
    with office.database.transaction() as session:
        (letter,) = list_letters_by_number(session, OPERATOR, number)
        record_stage(session, letter.id, Stage.SIGNED, at=SystemClock().now(), note=None, recorded_by="cli")
