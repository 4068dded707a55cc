"""What the clock process does for the indicator: folds what is settled, and cuts the month before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.schedule import count_settled_requests, cut_last_month
from models.counting import calendar_loader
from models.month_cuts import find_cut, list_corrections
from models.requests import ClockKind, RequestState, TrackingRequest
from models.service_figures import read_figures
from tests.service_indicator.histories import add_request, count_counted

ASKED = datetime(2026, 10, 30, 3, 0, tzinfo=UTC)


def ask(office, *, state=RequestState.ANSWERED, asked_at=ASKED, done_after=timedelta(minutes=3), **more) -> int:
    """A machine-ruled request as a row."""
    done_at = asked_at + done_after if done_after is not None else None
    values = {
        "asker_line_id": f"U{1:032x}",
        "unit_id": 1,
        "question": "",
        "asked_at": asked_at,
        "received_at": asked_at,
        "state": state,
        "clock": ClockKind.ELAPSED,
        "clock_started_at": asked_at,
        "acknowledge_within_seconds": 900,
        "answer_within_seconds": 1800,
        "service_hours": "08:30-16:30",
        "calendar_version": 0,
        "acknowledge_due_at": asked_at + timedelta(minutes=15),
        "answer_due_at": asked_at + timedelta(minutes=30),
        "elapsed_acknowledge_due_at": asked_at + timedelta(minutes=15),
        "elapsed_answer_due_at": asked_at + timedelta(minutes=30),
        "next_due_at": asked_at + timedelta(minutes=15),
        "acknowledged_at": done_at,
        "answered_at": done_at if state is RequestState.ANSWERED else None,
        "waits_for_human": False,
    } | more
    with office.database.transaction() as session:
        return add_request(session, **values)


def test_what_is_settled_is_folded_and_what_is_not_stays(office):
    for _ in range(3):
        ask(office)
    ask(office, state=RequestState.WITHDRAWN, done_after=None, withdrawn_at=ASKED + timedelta(minutes=1))
    waiting = ask(office, state=RequestState.OPEN, done_after=None)
    unsent = ask(office, answered_at=None)
    count_settled_requests(office.services)
    assert count_counted(office.database) == 4
    with office.database.reading() as session:
        assert not session.get(TrackingRequest, waiting).is_counted
        assert not session.get(TrackingRequest, unsent).is_counted
        kept = session.get(TrackingRequest, 1)
        assert (kept.acknowledge_seconds, kept.elapsed_answer_seconds) == (180, 180)
    count_settled_requests(office.services)
    assert count_counted(office.database) == 4


def test_more_than_one_batch_is_folded_at_once(office):
    for _ in range(3):
        ask(office)
    with office.database.transaction() as session:
        for number in range(1200):
            row = session.connection().exec_driver_sql("SELECT * FROM requests WHERE id = 1").mappings().one()
            asked = {**row, "id": 100 + number}
            session.connection().execute(TrackingRequest.__table__.insert(), [_instants(asked)])
    count_settled_requests(office.services)
    assert count_counted(office.database) == 1203


def test_the_month_before_is_cut_on_the_third_day(office, clock):
    ask(office)
    clock.advance(days=(datetime(2026, 11, 2, 17, 9, tzinfo=UTC) - clock.now()) / timedelta(days=1))
    cut_last_month(office.services)
    assert cut_of_october(office) is None
    clock.advance(minutes=1)  # 00.10 on the third, in Bangkok
    cut_last_month(office.services)
    cut = cut_of_october(office)
    assert cut is not None
    assert cut.figures[ClockKind.SERVICE]["requests"] == 1
    clock.advance(days=1)
    cut_last_month(office.services)
    assert cut_of_october(office) == cut


def test_nothing_is_cut_before_anything_was_asked(office, clock):
    clock.advance(days=1)
    cut_last_month(office.services)
    assert cut_of_october(office) is None


def test_what_changes_a_cut_month_without_an_event_is_a_correction_too(office, clock):
    unsent = ask(office, acknowledged_at=None, answered_at=None)
    waiting = ask(
        office,
        state=RequestState.OPEN,
        done_after=None,
        acknowledge_due_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
        answer_due_at=datetime(2026, 11, 23, 2, 15, tzinfo=UTC),
    )
    cut_last_month(office.services)
    clock.advance(days=3, minutes=20)
    with office.database.transaction() as session:
        session.get(TrackingRequest, unsent).answered_at = clock.now()
        session.get(TrackingRequest, unsent).acknowledged_at = clock.now()
    with office.database.reading(snapshot=True) as session:
        cut = find_cut(session, date(2026, 10, 1))
        corrections = list_corrections(session, cut, clock.now())
        present = read_figures(
            session, date(2026, 10, 1), date(2026, 10, 31), now=clock.now(), calendars=calendar_loader(session)
        )
    told = {(correction.request, correction.kind, correction.detail) for correction in corrections}
    assert told == {
        (unsent, "accepted", "acknowledge"),
        (unsent, "accepted", "answer"),
        (waiting, "became_late", "acknowledge"),
        (waiting, "became_late", "answer"),
    }
    assert cut.figures[ClockKind.SERVICE]["answered_in_time"]["requests"] == 1
    assert present[ClockKind.SERVICE].as_json()["answered_in_time"]["requests"] == 2


def cut_of_october(office):
    with office.database.reading() as session:
        return find_cut(session, date(2026, 10, 1))


def _instants(row):
    """Driver values as the table's types want them."""
    at = {name: value for name, value in row.items() if name.endswith("_at") and isinstance(value, str)}
    return row | {name: datetime.fromisoformat(value).replace(tzinfo=UTC) for name, value in at.items()}
