"""Webhooks that arrive together: stored together, each exactly once, none at the price of another."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.webhook import GroupCommit, read_webhook
from models.inbox import InboxEvent, NewEvent

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def make_event(event_id: str, *, person: str = "U1") -> NewEvent:
    return NewEvent(event_id, person, "message", None, "{}", NOW, NOW)


def stored_ids(database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(InboxEvent.event_id)))


class SlowStart:
    """The real database, whose first statement waits until the test lets it go."""

    def __init__(self, database) -> None:
        self.database, self.entered, self.let_go = database, threading.Event(), threading.Event()

    def single_statement(self):
        if not self.entered.is_set():
            self.entered.set()
            assert self.let_go.wait(10)
        return self.database.single_statement()


def store_while_first_waits(database, events):
    """The first event begins alone; the others arrive while it is being stored. Gives errors by event, and groups."""
    slow, groups = SlowStart(database), []
    group = GroupCommit(slow, groups.append)
    with ThreadPoolExecutor(len(events)) as pool:
        first = pool.submit(group.store, [events[0]])
        assert slow.entered.wait(10)
        others = [pool.submit(group.store, [event]) for event in events[1:]]
        while len(group._waiting) < len(others):
            os.sched_yield()
        slow.let_go.set()
        errors = [done.exception(10) for done in (first, *others)]
    return dict(zip((event.event_id for event in events), errors, strict=True)), groups


def test_requests_that_arrive_during_a_commit_share_the_next_one(database):
    events = [make_event(f"e{number}", person=f"U{number}") for number in range(8)]

    errors, groups = store_while_first_waits(database, events)

    assert set(errors.values()) == {None}
    assert stored_ids(database) == [event.event_id for event in events]
    assert [len(keys) for keys in groups] == [1, 7]


def test_an_event_that_cannot_be_stored_costs_its_neighbours_nothing(database):
    broken = NewEvent(None, "U1", "message", None, "{}", NOW, NOW)  # type: ignore[arg-type]
    events = [make_event("e0"), make_event("e1"), broken, make_event("e2")]

    errors, _ = store_while_first_waits(database, events)

    assert errors[None] is not None
    assert [errors[name] for name in ("e0", "e1", "e2")] == [None, None, None]
    assert stored_ids(database) == ["e0", "e1", "e2"]


def test_a_group_is_led_again_after_one_that_failed(database):
    group = GroupCommit(database, lambda keys: None)
    with pytest.raises(Exception, match="event_id"):
        group.store([NewEvent(None, "U1", "message", None, "{}", NOW, NOW)])  # type: ignore[arg-type]

    group.store([make_event("later")])

    assert stored_ids(database) == ["later"]


def test_many_threads_store_every_event_once_and_wake_everybody(database):
    woken: set[str] = set()
    group = GroupCommit(database, woken.update)
    events = [make_event(f"e{number:03}", person=f"U{number}") for number in range(200)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda event: group.store([event]), [*events, *events]))

    assert stored_ids(database) == [event.event_id for event in events]
    assert woken == {event.person_key for event in events}


@pytest.mark.parametrize(
    "text",
    ["\\u0000", "\\ud83d", "\\\\ud83d", "ถึงไหนแล้วคะ", "\\ud83d\\ude00", '\\"', "\\\\", "%(events)s", "%s %%", ":x"],
)
def test_whatever_people_type_is_stored_as_it_was_sent(database, text):
    body = f'{{"events":[{{"webhookEventId":"e1","type":"message","message":{{"id":"1","text":"{text}"}}}}]}}'
    sent = read_webhook(body.encode(), NOW)

    GroupCommit(database, lambda keys: None).store(sent)

    with database.reading() as session:
        row = session.scalars(select(InboxEvent)).one()
        assert (row.raw, row.event_at, row.received_at, row.available_at) == (sent[0].raw, NOW, NOW, NOW)
