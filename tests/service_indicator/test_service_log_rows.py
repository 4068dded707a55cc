"""What the database writes of requests is, to the letter, what is made of them row by row."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.exporting_service_log import export_service_log
from messages.files import tables
from messages.files.formulas import harmless
from messages.files.service_log import COLUMNS
from models.counting import calendar_loader
from models.documents import Document, Secrecy, Stage, Urgency
from models.errors import Invalid
from models.requests import TrackingRequest
from models.service_log import ServiceLog
from tests.service_indicator.histories import History
from tests.service_indicator.row_by_row import ask_about_letters, rows_of, tell_at_random

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
PUBLIC, SECRET = "กท 1902/1335", "กท 7777/8888"


def lived(database, seed: int, steps: int) -> History:
    history = History(database, seed)
    history.goes_on(steps)
    letters = [add_letter(database, PUBLIC, Secrecy.NORMAL), add_letter(database, SECRET, Secrecy.SECRET)]
    ask_about_letters(history, letters, seed)
    tell_at_random(history, seed)
    return history


@pytest.fixture
def history(database):
    return lived(database, 5, 30)


def add_letter(database, number: str, secrecy: Secrecy) -> int:
    at = datetime(2026, 10, 1, tzinfo=UTC)
    values = dict.fromkeys(("number_raw", "number", "number_key", "number_without_agency_key"), number)
    values |= {"dated_on": at.date(), "urgency": Urgency.NORMAL, "secrecy": secrecy, "stage": Stage.RECEIVED}
    values |= {"stage_since": at, "latest_event_at": at, "created_at": at}
    with database.transaction() as session:
        return session.execute(insert(Document).values(values)).inserted_primary_key[0]


@pytest.mark.parametrize("seed", [3, 7])
def test_both_ways_give_the_same_rows(database, tmp_path, seed):
    history = lived(database, seed, 120)
    plain = rows_of(database, FIRST, LAST, history.now)
    with database.reading(snapshot=True) as session:
        log = ServiceLog(FIRST, LAST, list(COLUMNS), now=history.now, calendars=calendar_loader(session))
        assert list(log.stream_rows(session)) == plain
    for name in ("acknowledge_outcome", "answer_outcome", "acknowledgement_method", "answer_cost", "state"):
        assert len({row[list(COLUMNS).index(name)] for row in plain}) > 1  # the history has seen much
    export_service_log(database, tmp_path / "log.csv", FIRST, LAST, now=history.now)
    text = (tmp_path / "log.csv").read_bytes().decode("utf-8-sig")
    header, *written = csv.reader(io.StringIO(text, newline=""))
    assert header == list(COLUMNS)
    assert written == [["" if cell is None else harmless(str(cell)) for cell in row] for row in plain]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for row in written for cell in row)
    assert PUBLIC in text
    assert SECRET not in text


def test_an_instant_just_before_a_full_minute_stays_in_its_minute(history, tmp_path):
    """SQLite rounds seconds when it is asked for the minute."""
    at = datetime(2026, 10, 31, 16, 59, 59, 999_999, tzinfo=UTC)  # 23.59.59 in Bangkok, of the month's last day
    with history.database.transaction() as session:
        session.execute(update(TrackingRequest).values(received_at=at))
    export_service_log(history.database, tmp_path / "log.csv", FIRST, LAST, now=history.now)
    rows = csv.DictReader(io.StringIO((tmp_path / "log.csv").read_text(encoding="utf-8-sig")))
    assert {row["received_at"] for row in rows} == {"2026-10-31T23:59:59.999999+07:00"}


def test_a_day_begins_and_ends_in_bangkok(history, tmp_path):
    begins = datetime(2026, 12, 14, 17, tzinfo=UTC)
    with history.database.transaction() as session:
        numbers = session.scalars(select(TrackingRequest.id).order_by(TrackingRequest.id).limit(4)).all()
        edges = [-1, 0, 24 * 3600 * 1_000_000 - 1, 24 * 3600 * 1_000_000]
        for number, edge in zip(numbers, edges, strict=True):
            at = begins + timedelta(microseconds=edge)
            session.execute(update(TrackingRequest).where(TrackingRequest.id == number).values(asked_at=at))
    day = date(2026, 12, 15)
    export_service_log(history.database, tmp_path / "log.csv", day, day, now=history.now)
    rows = csv.DictReader(io.StringIO((tmp_path / "log.csv").read_text(encoding="utf-8-sig")))
    assert [int(row["request"]) for row in rows] == list(numbers[1:3])


def test_more_requests_than_a_sheet_holds_are_refused_and_leave_nothing(history, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.exporting_service_log.MOST_XLSX_ROWS", 1)
    with pytest.raises(Invalid) as refused:
        export_service_log(history.database, tmp_path / "log.xlsx", FIRST, LAST, now=history.now)
    assert (refused.value.reason_code, refused.value.facts["most"]) == ("export_too_long", 1)
    assert list(tmp_path.iterdir()) == []
    assert export_service_log(history.database, tmp_path / "log.csv", FIRST, LAST, now=history.now) > 1
    assert tables.MOST_XLSX_ROWS == 2**20 - 1
