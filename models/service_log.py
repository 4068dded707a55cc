"""The service log of a period as finished values, one row for each request: what a file holds of it.

The figures are those of ``request_log.list_request_rows``. Here the database does the work, somebody being there who
waits for a year of a million requests: it decides how each stands, writes the times as text and the row as a line. What
only a calendar knows, the seconds of requests that are not folded into facts yet, is reckoned here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    Table,
    and_,
    case,
    func,
    literal,
    select,
    text,
    type_coerce,
)
from sqlalchemy.orm import Session

from models.counting import CalendarLoader, outcome_expression, start_of
from models.documents import Document
from models.line_calls import LineCall
from models.members import Member
from models.outbox import CallMethod, CountsAs, OutboxRow, OutboxState
from models.request_log import MACHINE
from models.requests import ClockKind, RequestState, TrackingRequest
from models.service_kpi import Part
from models.units import Unit
from models.visibility import OPERATOR, is_visible_to
from models.written_by_database import bangkok_text, csv_line, csv_quoted

ROWS_AT_ONCE = 1000
LogRow = list[str | int | None]
"""The values of one request in the order of the columns asked for: texts, whole numbers, and None where nothing is."""

_REQUESTS, _UNITS, _MEMBERS, _OUTBOX, _CALLS = (
    cast(Table, table.__table__) for table in (TrackingRequest, Unit, Member, OutboxRow, LineCall)
)
_SECONDS = tuple(f"{prefix}{part}_seconds" for prefix in ("", "elapsed_") for part in Part)
_KEPT_NUMBERS = (*_SECONDS, *(f"{part}_within_seconds" for part in Part), "calendar_version", "rounds", "rating")
_NUMBERS = frozenset({"request", "acknowledgement_cost", "answer_cost", *_KEPT_NUMBERS})


class ServiceLog:
    """The requests asked in a period, oldest first.

    Args:
        first: day in Bangkok.
        last: day, included.
        columns: all of ``messages.files.service_log.COLUMNS``, in their order.
        now: at which open requests are looked at.
        calendars: for the seconds that are not kept yet.
    """

    def __init__(
        self, first: date, last: date, columns: Sequence[str], *, now: datetime, calendars: CalendarLoader
    ) -> None:
        self._calendars, self._columns = calendars, columns
        self._places = {name: place for place, name in enumerate(columns)}
        self._query = _select(first, last, columns, now)

    def stream_lines(self, session: Session) -> Iterator[str]:
        """The rows as lines of CSV without their ends; a thousand are in memory at a time.

        What somebody wrote stands between quotation marks and is otherwise as it was written, formulas too.
        """
        _prepare(session)
        found = session.connection().execute(self._query, execution_options={"yield_per": ROWS_AT_ONCE})
        for line, is_counted in found:
            yield line if is_counted else self._with_seconds(line)

    def stream_rows(self, session: Session) -> Iterator[LogRow]:
        """The same as values."""
        for line in self.stream_lines(session):
            cells = zip(self._columns, _cells(line), strict=True)
            yield [(int(cell) if name in _NUMBERS else cell) if cell else None for name, cell in cells]

    def _with_seconds(self, line: str) -> str:
        row: list[Any] = _cells(line)
        known = {name: row[place] for name, place in self._places.items()}
        for name, seconds in _seconds(known, self._calendars):
            row[self._places[name]] = seconds
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="", quoting=csv.QUOTE_ALL).writerow(row)
        return written.getvalue()


def _prepare(session: Session) -> None:
    """Let PostgreSQL begin at once: compiling the query takes it most of a second and gains nothing.

    The limit on a statement is for those that people wait for; a large log may be sorted before its first row.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL jit = off"))
        session.execute(text("SET LOCAL statement_timeout = 0"))


def _cells(line: str) -> list[str]:
    return next(csv.reader([line]))


def _seconds(row: Mapping[str, Any], calendars: CalendarLoader) -> Iterator[tuple[str, int | None]]:
    """How long the latest round took, reckoned from a row's own texts."""
    started_at = datetime.fromisoformat(row["clock_started_at"])
    for part in Part:
        done = row["acknowledged_at" if part is Part.ACKNOWLEDGE else "answered_at"]
        elapsed = own = None
        if done:
            done_at = datetime.fromisoformat(done)
            elapsed = own = max(0, int((done_at - started_at).total_seconds()))
            if row["clock"] == ClockKind.SERVICE:
                rules = calendars(int(row["calendar_version"]), row["service_hours"])
                own = int(rules.service_time(started_at, done_at).total_seconds())
        yield f"{part}_seconds", own
        yield f"elapsed_{part}_seconds", elapsed


# --- the query ------------------------------------------------------------------------------------------------------

_ACKNOWLEDGER, _ANSWERER = _MEMBERS.alias("acknowledger"), _MEMBERS.alias("answerer")


def _select(first: date, last: date, columns: Sequence[str], now: datetime) -> Select[str, bool]:
    requests, values = _REQUESTS.c, _values(now)
    line = csv_line([values[name] for name in columns if name in values])
    asked = (requests.asked_at >= start_of(first), requests.asked_at < start_of(last + timedelta(days=1)))
    return (
        select(line, requests.is_counted)
        .select_from(_REQUESTS)
        .join(_UNITS, _UNITS.c.id == requests.unit_id)
        .outerjoin(Document, and_(Document.id == requests.document_id, is_visible_to(OPERATOR)))
        .outerjoin(_ACKNOWLEDGER, _ACKNOWLEDGER.c.id == requests.acknowledged_by_id)
        .outerjoin(_ANSWERER, _ANSWERER.c.id == requests.answered_by_id)
        .where(*asked)
        .order_by(requests.asked_at, requests.id)
    )


def _values(now: datetime) -> dict[str, ColumnElement[Any]]:
    """What stands in a line, by column; how it was told stands in three, of which the first is named here."""
    requests = _REQUESTS.c
    number = case((Document.id.is_not(None), Document.number), else_=requests.asked_number)
    values: dict[str, ColumnElement[Any]] = {
        "request": requests.id,
        "asked_by": csv_quoted(requests.asker_line_id),
        "unit": csv_quoted(_UNITS.c.name),
        "document_number": csv_quoted(number),
        "handled_by": case((requests.waits_for_human, "human"), else_=MACHINE),
        "service_hours": csv_quoted(requests.service_hours),
        "acknowledged_by": _by(requests.acknowledged_at, _ACKNOWLEDGER),
        "acknowledgement_sent_at": _told(Part.ACKNOWLEDGE),
        "answered_by": _by(requests.answered_at, _ANSWERER),
        "answer_sent_at": _told(Part.ANSWER),
        "withdrawn_at": case((requests.state == RequestState.WITHDRAWN, bangkok_text(requests.withdrawn_at))),
        "counted_at": bangkok_text(literal(now, requests.asked_at.type)),
        **{name: requests[name] for name in _KEPT_NUMBERS},
        **{name: type_coerce(requests[name], String()) for name in ("state", "urgency", "clock")},
    }
    for part in Part:
        for prefix, clock in (("", ClockKind.SERVICE), ("elapsed_", ClockKind.ELAPSED)):
            values[f"{prefix}{part}_outcome"] = outcome_expression(clock, part, now)
            values[f"earlier_late_{prefix}{part}"] = case((requests[f"earlier_late_{prefix}{part}"], "yes"), else_="no")
    instants = (column for column in requests if column.name.endswith("_at") and column.name not in values)
    return values | {column.name: bangkok_text(column) for column in instants}


def _by(done_at: ColumnElement[Any], officer: FromClause) -> ColumnElement[str]:
    by = case((_REQUESTS.c.waits_for_human, officer.c.line_user_id), else_=MACHINE)
    return csv_quoted(case((done_at.is_not(None), by)))


def _told(part: Part) -> ColumnElement[str]:
    """Three cells of the first word of the latest round that reached the asker, or of its first answer.

    When we sent it, how, and its part of the month's quota: one look at the messages gives all three.
    """
    cost = case((_OUTBOX.c.sent_as == CallMethod.REPLY, "0"), else_="1")
    told = (
        select(csv_line([bangkok_text(_CALLS.c.created_at), type_coerce(_OUTBOX.c.sent_as, String()), cost]))
        .join(_CALLS, _CALLS.c.id == _OUTBOX.c.call_id)
        .where(
            _OUTBOX.c.request_id == _REQUESTS.c.id,
            _OUTBOX.c.counts_as == CountsAs.ANSWER if part is Part.ANSWER else _OUTBOX.c.counts_as.is_not(None),
            _OUTBOX.c.state == OutboxState.SENT,
            _OUTBOX.c.sent_at >= _REQUESTS.c.clock_started_at,
        )
        .order_by(_OUTBOX.c.sent_at, _OUTBOX.c.id)
        .limit(1)
    )
    return func.coalesce(told.correlate(_REQUESTS).scalar_subquery(), ",,")
