"""Facts: what settled requests add up to by month, so that the indicator over years is read in a moment.

Facts hold exactly the requests with ``is_counted``; everything else is read from its row. Both are changed in one
transaction, so that the two together are always the whole, and the facts can be thrown away and made again. A counted
request is uncounted before anything of it changes. ``models.service_figures`` reads them.

On PostgreSQL whoever changes facts first takes a lock on ``service_person_months`` that others who change them share,
and that somebody who needs them to stand still (``hold_still``) or throws them away (``forget_month``) does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Date, String, Table, and_, bindparam, delete, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.counting import (
    IS_COUNTED,
    IS_NOT_COUNTED,
    CalendarLoader,
    as_counted,
    month_after,
    month_of,
    select_countable,
    start_of,
)
from models.requests import ClockKind, RequestState, TrackingRequest
from models.service_kpi import CountedRequest, Part, PersonTotals, Tally
from models.working_time import ServiceCalendar

FOLDED_AT_ONCE = 500


class PersonMonth(Base):
    """What one person's counted requests of one month of asking add up to, those that waited for an officer apart."""

    __tablename__ = "service_person_months"

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    """First day of the month, in Bangkok."""
    asker_line_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    waits_for_human: Mapped[bool] = mapped_column(primary_key=True)
    requests: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
    acknowledge_decided: Mapped[int] = mapped_column(default=0)
    """By the clock that rules each request; ``elapsed_`` by plain time."""
    acknowledge_late: Mapped[int] = mapped_column(default=0)
    answer_decided: Mapped[int] = mapped_column(default=0)
    answer_late: Mapped[int] = mapped_column(default=0)
    elapsed_acknowledge_decided: Mapped[int] = mapped_column(default=0)
    elapsed_acknowledge_late: Mapped[int] = mapped_column(default=0)
    elapsed_answer_decided: Mapped[int] = mapped_column(default=0)
    elapsed_answer_late: Mapped[int] = mapped_column(default=0)
    invited: Mapped[int] = mapped_column(default=0)
    invited_rated: Mapped[int] = mapped_column(default=0)
    ratings: Mapped[int] = mapped_column(default=0)
    satisfied: Mapped[int] = mapped_column(default=0)
    score_sum: Mapped[int] = mapped_column(default=0)


class TimeCount(Base):
    """How many counted requests of a month took exactly so many seconds."""

    __tablename__ = "service_time_counts"

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    """Of ``series_name``."""
    seconds: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    requests: Mapped[int] = mapped_column(default=0)


class TimeBucket(Base):
    """The same by stretches of seconds, for finding where a percentile lies."""

    __tablename__ = "service_time_buckets"

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Of ``bucket_of``."""
    requests: Mapped[int] = mapped_column(default=0)


# --- series of lengths ----------------------------------------------------------------------------------------------

_FINE_BITS = 4


def series_name(clock: ClockKind, part: Part, by_human: bool) -> str:
    """``answer:own:human``: the part, the clock (the one that rules, or plain time), and who answered."""
    own = "own" if clock is ClockKind.SERVICE else "elapsed"
    return f"{part}:{own}:{'human' if by_human else 'machine'}"


def bucket_of(seconds: int) -> int:
    """The stretch of seconds that a length lies in: single seconds first, then ever longer, a sixteenth each.

    >>> [bucket_of(seconds) for seconds in (0, 31, 32, 33, 34, 900)]
    [0, 31, 32, 32, 33, 108]
    """
    shift = max(0, seconds.bit_length() - _FINE_BITS - 1)
    return (shift << _FINE_BITS) + (seconds >> shift)


def bucket_bounds(bucket: int) -> tuple[int, int]:
    """The first and the last second of a stretch.

    >>> bucket_bounds(bucket_of(900))
    (896, 927)
    """
    shift = max(0, (bucket >> _FINE_BITS) - 1)
    first = (bucket - (shift << _FINE_BITS)) << shift
    return first, first + (1 << shift) - 1


# --- folding and unfolding ------------------------------------------------------------------------------------------

_PEOPLE = cast(Table, PersonMonth.__table__)
_COUNTS = cast(Table, TimeCount.__table__)
_BUCKETS = cast(Table, TimeBucket.__table__)
_REQUESTS = cast(Table, TrackingRequest.__table__)
TALLIES = ("acknowledge", "answer", "elapsed_acknowledge", "elapsed_answer")
"""Parts by each clock."""
_PLAIN_TOTALS = ("requests", "withdrawn", "invited", "invited_rated", "ratings", "satisfied", "score_sum")
TOTALS_COLUMNS = (*_PLAIN_TOTALS, *(f"{name}_{what}" for name in TALLIES for what in ("decided", "late")))
"""Columns of ``PersonMonth`` in the order in which ``read_totals`` takes them."""

_ANSWERED = and_(_REQUESTS.c.state == RequestState.ANSWERED, _REQUESTS.c.answered_at.is_not(None))
_IS_SETTLED = or_(_ANSWERED, _REQUESTS.c.state == RequestState.WITHDRAWN)
_SETTLED = (
    select_countable()
    .where(IS_NOT_COUNTED, _IS_SETTLED)
    .order_by(_REQUESTS.c.asked_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_COUNTED = select_countable().where(_REQUESTS.c.id == bindparam("number"), IS_COUNTED).with_for_update()
_MARK_COUNTED = (
    update(_REQUESTS)
    .where(_REQUESTS.c.id == bindparam("number"))
    .values(
        is_counted=True,
        acknowledge_seconds=bindparam("own_acknowledge"),
        answer_seconds=bindparam("own_answer"),
        elapsed_acknowledge_seconds=bindparam("plain_acknowledge"),
        elapsed_answer_seconds=bindparam("plain_answer"),
    )
)
_NOT_COUNTED = {
    "is_counted": False,
    "acknowledge_seconds": None,
    "answer_seconds": None,
    "elapsed_acknowledge_seconds": None,
    "elapsed_answer_seconds": None,
}


def count_settled(session: Session, calendars: CalendarLoader, now: datetime, limit: int = FOLDED_AT_ONCE) -> int:
    """Fold requests that are answered or withdrawn into the facts; several clocks may do so side by side.

    Args:
        session: an open transaction; the requests are locked, and those that others hold are left to the next time.
        calendars: of ``calendar_loader``.
        now: the present; what is settled no longer depends on it.
        limit: at most so many, the oldest first.

    Returns:
        how many were folded; fewer than ``limit`` when nothing more is to do.
    """
    _lock(session, "ROW EXCLUSIVE")
    connection = session.connection()
    rows = connection.execute(_SETTLED, {"most": limit}).all()
    if not rows:
        return 0
    counted = [(row, as_counted(row, calendars, now)) for row in rows]
    _add_to_facts(session, ((month_of(row.asked_at), request) for row, request in counted), 1)
    connection.execute(_MARK_COUNTED, [_marks(row.id, request) for row, request in counted])
    return len(rows)


def uncount(session: Session, number: int) -> bool:
    """Take a request out of the facts, before anything of it changes; False where it is not in them.

    The row is locked on PostgreSQL, counted or not, so that a clock that folds it just now is waited for. It is folded
    again when it is settled.
    """
    _lock(session, "ROW EXCLUSIVE")
    connection = session.connection()
    connection.execute(select(_REQUESTS.c.id).where(_REQUESTS.c.id == number).with_for_update())
    row = connection.execute(_COUNTED, {"number": number}).first()
    if row is None:
        return False
    settled_whenever = row.asked_at
    _add_to_facts(session, [(month_of(row.asked_at), as_counted(row, _no_calendar, settled_whenever))], -1)
    connection.execute(update(_REQUESTS).where(_REQUESTS.c.id == number).values(_NOT_COUNTED))
    return True


def list_months(session: Session) -> list[date]:
    """Months of which there are facts, or requests; in order."""
    months = set(session.scalars(select(PersonMonth.month).distinct()))
    first = session.scalar(select(TrackingRequest.asked_at).order_by(TrackingRequest.asked_at).limit(1))
    last = session.scalar(select(TrackingRequest.asked_at).order_by(TrackingRequest.asked_at.desc()).limit(1))
    if first is not None and last is not None:
        month = month_of(first)
        while month <= month_of(last):
            months.add(month)
            month = month_after(month)
    return sorted(months)


def forget_month(session: Session, month: date) -> int:
    """Throw a month's facts away; its requests are read from their rows until they are folded again.

    Returns:
        how many requests they held.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))
    _lock(session, "SHARE ROW EXCLUSIVE")
    forgotten = session.execute(
        update(TrackingRequest)
        .where(
            TrackingRequest.is_counted,
            TrackingRequest.asked_at >= start_of(month),
            TrackingRequest.asked_at < start_of(month_after(month)),
        )
        .values(_NOT_COUNTED)
        .execution_options(synchronize_session=False)
    )
    for table in (_PEOPLE, _COUNTS, _BUCKETS):
        session.connection().execute(delete(table).where(table.c.month == month))
    return int(cast(Any, forgotten).rowcount)


def hold_still(session: Session) -> None:
    """Keep others from folding and unfolding until the transaction ends, where it is not a snapshot by itself."""
    _lock(session, "SHARE")


def read_totals(row: Sequence[int]) -> PersonTotals:
    """Totals from the values of ``TOTALS_COLUMNS``."""
    plain = dict(zip(_PLAIN_TOTALS, row, strict=False))
    rest = iter(row[len(_PLAIN_TOTALS) :])
    tallies = {name: Tally(decided, late) for name, decided, late in zip(TALLIES, rest, rest, strict=True)}
    return PersonTotals(**cast(Any, plain | tallies))


def _marks(number: int, request: CountedRequest) -> dict[str, Any]:
    return {
        "number": number,
        "own_acknowledge": request.acknowledge_seconds,
        "own_answer": request.answer_seconds,
        "plain_acknowledge": request.elapsed_acknowledge_seconds,
        "plain_answer": request.elapsed_answer_seconds,
    }


def _no_calendar(version: int, hours_text: str) -> ServiceCalendar:
    raise AssertionError("a counted request has its lengths")


def _lock(session: Session, mode: str) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE service_person_months IN {mode} MODE"))


def _add_to_facts(session: Session, requests: Iterable[tuple[date, CountedRequest]], sign: int) -> None:
    """Add to, or take from, the facts; rows in one order everywhere, so that two who do so never wait in a circle."""
    people: dict[tuple[date, str, bool], PersonTotals] = {}
    lengths: Counter[tuple[str, int, date]] = Counter()
    buckets: Counter[tuple[str, date, int]] = Counter()
    for month, request in requests:
        key = month, request.asker, request.by_human
        totals = PersonTotals.of(request)
        people[key] = people[key] + totals if key in people else totals
        for series, seconds in lengths_of(request):
            lengths[series, seconds, month] += sign
            buckets[series, month, bucket_of(seconds)] += sign
    _upsert(session, _PEOPLE, (key + _flat(people[key], sign) for key in sorted(people)))
    _upsert(session, _COUNTS, ((*key, lengths[key]) for key in sorted(lengths)))
    _upsert(session, _BUCKETS, ((*key, buckets[key]) for key in sorted(buckets)))


def lengths_of(request: CountedRequest) -> Iterator[tuple[str, int]]:
    """The series that a request's lengths belong to, with the seconds."""
    for clock in ClockKind:
        for part in Part:
            seconds = request.seconds(clock, part)
            if seconds is not None:
                yield series_name(clock, part, request.by_human), seconds


def _flat(totals: PersonTotals, sign: int) -> tuple[int, ...]:
    tallies = (getattr(totals, name) for name in TALLIES)
    plain = (getattr(totals, name) for name in _PLAIN_TOTALS)
    values = (*plain, *(value for tally in tallies for value in (tally.decided, tally.late)))
    return tuple(sign * value for value in values)


_NAMES: dict[Table, tuple[str, ...]] = {
    _PEOPLE: ("month", "asker_line_id", "waits_for_human", *TOTALS_COLUMNS),
    _COUNTS: ("series", "seconds", "month", "requests"),
    _BUCKETS: ("series", "month", "bucket", "requests"),
}


def _upsert(session: Session, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    values = [dict(zip(_NAMES[table], row, strict=True)) for row in rows]
    if not values:
        return
    statement: Any = _ADDITIONS[session.get_bind().dialect.name][table]
    session.connection().execute(statement, values)


def _addition(insert: Any, table: Table) -> Any:
    keys = [column.name for column in table.primary_key]
    new = insert(table)
    sums = {name: table.c[name] + new.excluded[name] for name in _NAMES[table] if name not in keys}
    return new.on_conflict_do_update(index_elements=keys, set_=sums)


_ADDITIONS = {
    name: {table: _addition(insert, table) for table in _NAMES}
    for name, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
