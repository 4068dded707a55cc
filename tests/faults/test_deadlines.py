"""Deadlines with real clocks: killed, started again, side by side, with a queue that is gone: told once, in time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import re
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import urllib3
from sqlalchemy import select

from models.members import Role, add_member, find_member
from models.outbox import OutboxRow
from models.questions import Question, open_request
from models.request_timers import RequestTimer, TimerOutcome
from models.service_terms import ServiceTerms
from models.units import get_unit
from models.working_time import ServiceCalendar
from tests.faults.installation import wait_for
from tests.office import SECRET, SECRETARIAT

pytestmark = pytest.mark.faults
SECRETARY, SUPERVISOR = "U" + "c" * 32, "U" + "e" * 32
TERMS = ServiceTerms(ServiceCalendar(None))
NOT_ACKNOWLEDGED, LATE = "ยังไม่มีผู้รับทราบ", "เกินกำหนดรับทราบ"


@pytest.fixture(params=["postgresql", "sqlite"])
def office(request, install):
    opened = install(request.param, letters=1, people=1)
    opened.kind = request.param
    with opened.database.transaction() as session:
        unit = get_unit(session, SECRETARIAT).id
        for line_id, role in ((SECRETARY, Role.SECRETARY), (SUPERVISOR, Role.SUPERVISOR)):
            opened.line.add_friend(line_id, "ผู้ทดสอบ")
            add_member(session, line_user_id=line_id, name="ผู้ทดสอบ", unit_id=unit, roles=(role,), now=datetime.now(UTC))
    return opened


def ask(office, asked_at, count=1, apart=timedelta(0)):
    """Put questions before the officers that were asked at an instant and after."""
    (person,) = office.people
    with office.database.transaction() as session:
        member = find_member(session, person)
        for number in range(count):
            at = asked_at + number * apart
            question = Question(person, member.id, member.unit_id, at, at, text=f"คำถามที่ {number}")
            open_request(session, question, TERMS, at)


def heard(office, line_id):
    """What somebody was told, and when: (time, words)."""
    return [(row.at, row.message.get("altText") or row.message["text"]) for row in office.line.messages_to(line_id)]


def test_a_clock_killed_at_minute_11_and_started_at_13_warns_once_of_the_twelfth(office):
    office.start("worker", "clock")
    due_at = datetime.now(UTC) + timedelta(seconds=4)
    ask(office, due_at - timedelta(minutes=12))
    wait_for("the warning of minute 8", lambda: len(heard(office, SECRETARY)) == 1, 3)

    office.kill("clock")
    wait_for("minute 12", lambda: datetime.now(UTC) > due_at + timedelta(seconds=1))
    assert len(heard(office, SECRETARY)) == 1
    office.start("clock", "clock-2")
    wait_for("the warning of minute 12", lambda: len(heard(office, SECRETARY)) == 2, 10)
    time.sleep(2)

    assert [NOT_ACKNOWLEDGED in words for _, words in heard(office, SECRETARY)] == [True, True]
    assert heard(office, SUPERVISOR) == []


def test_two_clocks_of_which_one_is_killed_again_and_again_tell_everything_once(office):
    office.start("worker", "clock", "clock-2")
    count, seconds = 100, 20
    first_due = datetime.now(UTC) + timedelta(seconds=3)
    ask(office, first_due - timedelta(minutes=15), count, timedelta(seconds=seconds / count))
    kills = 0
    for name in itertools.cycle(("clock", "clock-2")):
        if datetime.now(UTC) > first_due + timedelta(seconds=seconds):
            break
        time.sleep(1)
        lives = starts(office, name)
        office.kill(name)
        office.launch(name)
        wait_for("the clock works", lambda: starts(office, name) > lives)  # noqa: B023 - so that one always runs
        kills += 1
    wait_for("all told", lambda: len(numbers_told(office)) == count and office.unfinished() == 0, 20)

    told = numbers_told(office)
    late = lateness(office)
    print(
        f"\n{office.kind}, two clocks, {kills} kills: {count} deadlines; at most {late['stored'][-1]:.2f} s late "
        f"(median {late['stored'][count // 2]:.2f}), accepted by LINE {late['accepted'][-1]:.2f} s"
    )
    assert set(told.values()) == {1}
    assert late["stored"][-1] < 2


def test_without_a_queue_the_sweep_finds_what_the_clock_stored(office, request):
    if office.kind == "postgresql":
        server = request.getfixturevalue("redis_server")
    office.start("worker", "clock")
    if office.kind == "postgresql":
        server.kill()
    ask(office, datetime.now(UTC) - timedelta(minutes=15) + timedelta(seconds=2), 5, timedelta(seconds=1.3))
    wait_for("all told", lambda: len(numbers_told(office)) == 5 and office.unfinished() == 0, 30)

    late = lateness(office)
    print(f"\n{office.kind}, without Redis: accepted by LINE {late['accepted'][-1]:.2f} s after the deadline at most")
    assert late["accepted"][-1] < 5
    if office.kind == "postgresql":
        server.start()


def test_a_request_sixteen_minutes_old_on_arrival_reaches_the_supervisor_within_seconds(office):
    office.start("web", "worker", "clock", "clock-2")
    asked_at = datetime.now(UTC) - timedelta(minutes=16)
    arrived = time.time()
    deliver(office, asked_at, "ขอคุยกับเจ้าหน้าที่")
    wait_for("the supervisor hears", lambda: numbers_told(office), 10)

    (at,) = (at for at, words in heard(office, SUPERVISOR) if LATE in words)
    print(f"\n{office.kind}: the supervisor hears {at - arrived:.2f} s after the arrival")
    assert at - arrived < 4


def starts(office, name) -> int:
    """How often a clock has started to work."""
    return sum(entry["event"] == "clock_started" for entry in office.logged(name))


def numbers_told(office) -> Counter[str]:
    """How often the supervisor was told of each request that it is late."""
    said = (words for _, words in heard(office, SUPERVISOR) if LATE in words)
    return Counter(number for words in said for number in re.findall(r"#(\d+)", words))


def lateness(office) -> dict[str, list[float]]:
    """Seconds from each deadline that was told to the supervisor until it was settled, and until LINE took it."""
    with office.database.reading() as session:
        fired = select(RequestTimer.kind, RequestTimer.due_at, RequestTimer.settled_at)
        timers = session.execute(fired.where(RequestTimer.outcome == TimerOutcome.FIRED)).all()
        columns = select(OutboxRow.created_at, OutboxRow.sent_at).where(OutboxRow.recipient == SUPERVISOR)
        sent = {row.created_at: row.sent_at for row in session.execute(columns)}
    late = [timer for timer in timers if timer.kind.endswith("_late")]
    return {
        "stored": sorted((timer.settled_at - timer.due_at).total_seconds() for timer in late),
        "accepted": sorted((sent[timer.settled_at] - timer.due_at).total_seconds() for timer in late),
    }


def deliver(office, asked_at, text):
    """LINE's webhook of an event that happened earlier."""
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": int(asked_at.timestamp() * 1000),
        "source": {"type": "user", "userId": office.people[0]},
        "webhookEventId": "01J0000000000000000000OLD1",
        "deliveryContext": {"isRedelivery": True},
        "replyToken": "0" * 32,
        "message": {"id": "1", "type": "text", "quoteToken": "q", "text": text},
    }
    body = json.dumps({"destination": "U" + "0" * 32, "events": [event]}).encode()
    signature = base64.b64encode(hmac.digest(SECRET.encode(), body, hashlib.sha256)).decode()
    answer = urllib3.request(
        "POST",
        f"http://127.0.0.1:{office.port}/line/webhook",
        body=body,
        headers={"X-Line-Signature": signature, "Content-Type": "application/json"},
    )
    assert answer.status == 200
