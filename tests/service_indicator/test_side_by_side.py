"""Two clocks fold while people rate and reopen: nothing is counted twice or lost, and a reader sees one state."""

from __future__ import annotations

import threading
from datetime import date
from random import Random

from sqlalchemy import select

from models.counting import calendar_loader
from models.request_steps import reopen_request
from models.requests import RequestState, TrackingRequest
from models.service_facts import count_settled, forget_month, list_months, uncount
from models.service_figures import read_figures
from tests.service_indicator.histories import History, count_counted
from tests.service_indicator.test_service_facts import assert_all_agree

PERIOD = (date(2026, 9, 1), date(2026, 12, 31))


def settled_history(database, steps=140) -> History:
    history = History(database, 77)
    history.goes_on(steps)
    with database.transaction() as session:
        for number in session.scalars(select(TrackingRequest.id).where(TrackingRequest.state == RequestState.ANSWERED)):
            request = session.get(TrackingRequest, number, populate_existing=True)
            request.acknowledged_at = request.acknowledged_at or history.now
            request.answered_at = request.answered_at or history.now
    return history


def run_side_by_side(*works) -> None:
    """Each work is called with 0, 1, 2 … on a thread of its own; none may fail."""
    troubles: list[BaseException] = []

    def run(times, work):
        try:
            for turn in range(times):
                work(turn)
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=run, args=(times, work)) for times, work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


def fold(history, limit):
    with history.database.transaction() as session:
        count_settled(session, calendar_loader(session), history.now, limit=limit)


def unfold(history, number):
    with history.database.transaction() as session:
        uncount(session, number)


def reopen(history, number):
    with history.database.transaction() as session:
        request = session.get(TrackingRequest, number)
        if request is not None and request.state is RequestState.ANSWERED:
            asker = request.asker_line_id
            reopen_request(session, number, asker, history.terms(session), history.deed(asker))


def test_whoever_folds_and_unfolds_at_once_does_so_once(database):
    history, chance = settled_history(database), Random(5)
    some, others = ([chance.randint(1, 40) for _ in range(30)] for _ in range(2))
    run_side_by_side(
        (25, lambda _: fold(history, 5)),
        (25, lambda _: fold(history, 5)),
        (30, lambda turn: unfold(history, some[turn])),
        (30, lambda turn: unfold(history, others[turn])),
        (10, lambda turn: reopen(history, 1 + turn)),
    )
    assert_all_agree(history)


def test_facts_can_be_made_anew_while_clocks_fold(database):
    history = settled_history(database)
    history.is_counted()
    with database.reading() as session:
        months = list_months(session) * 3

    def forget(turn):
        with database.transaction() as session:
            forget_month(session, months[turn])

    run_side_by_side((20, lambda _: fold(history, 3)), (len(months), forget))
    assert_all_agree(history)


def test_a_snapshot_sees_one_state_while_others_fold(database):
    history = settled_history(database)
    with database.transaction() as session:
        for month in list_months(session):
            forget_month(session, month)
    with database.reading(snapshot=True) as session:
        calendars = calendar_loader(session)
        before = read_figures(session, *PERIOD, now=history.now, calendars=calendars)
        fold(history, 100)
        assert count_counted(database) > 0
        assert read_figures(session, *PERIOD, now=history.now, calendars=calendars) == before
        assert session.scalar(select(TrackingRequest.id).where(TrackingRequest.is_counted).limit(1)) is None
    assert_all_agree(history)
