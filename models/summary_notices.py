"""Who was told which summary: once for a person, a kind and a day, whatever is killed and whoever else runs.

A notice is inserted in the transaction that stores its message, and only who inserted all of a person's notices stores
one: of two clocks side by side one tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Table,
    Time,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import outbox
from models.audiences import PARTS_OF_ROLES
from models.base import Base, BigId, enum_column
from models.counting import start_of
from models.members import Member, MemberRole
from models.outbox import NOT_BEGUN, OutboxRow, SharedContent, is_unfinished
from models.periods import PeriodKind
from models.preference_terms import Preferences, Usual
from models.preferences import NotificationPreferences, preferences_of
from models.summary_schedule import Due
from models.summary_tellings import Telling
from models.working_time import BANGKOK

EVENING = time(18, 0)
"""No summary is stored after this hour but to who wants it at such an hour: a clock that slept tells the next day."""
LATE_HOUR_STANDS_FOR = timedelta(hours=2)
MERGED = "merged"
"""Reason of a row that was dropped because a newer one tells the same."""


class NoticeOutcome(StrEnum):
    """What became of a summary that was due."""

    TOLD = "told"  # a message was stored for it
    QUIET = "quiet"  # there was no news
    PAUSED = "paused"  # the person had paused notifications
    OFF = "off"  # the person does not want this kind


class SummaryNotice(Base):
    """One summary that was due to one person."""

    __tablename__ = "summary_notices"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[PeriodKind] = mapped_column(enum_column(PeriodKind))
    due_on: Mapped[date] = mapped_column(Date)
    """The day in Bangkok on which it was due."""
    first_on: Mapped[date] = mapped_column(Date)
    """First day that it tells of."""
    last_on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[NoticeOutcome] = mapped_column(enum_column(NoticeOutcome))
    outbox_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("outbox.id"))
    """The row that carries it; of several due together all name the same."""
    noted_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("member_id", "kind", "due_on"),
        Index("ix_summary_notices_outbox", "outbox_id"),
    )


_NOTICES, _OUTBOX = cast(Table, SummaryNotice.__table__), cast(Table, OutboxRow.__table__)


@dataclass(frozen=True)
class Person:
    """A member whose hour has come and who has not been told all that is due.

    Attributes:
        member_id: of the member.
        preferences: what the member chose.
        due: what was not told yet, longest first; never empty.
    """

    member_id: int
    preferences: Preferences
    due: tuple[Due, ...]


@dataclass(frozen=True)
class Waits:
    """Messages of summaries to one person that have not begun to go out, and what they tell."""

    rows: tuple[int, ...] = ()
    tellings: tuple[Telling, ...] = ()


@dataclass(frozen=True)
class Settled:
    """What becomes of all that is due to a person.

    Attributes:
        member_id: of the member.
        recipient: the member's LINE id.
        outcomes: of each due summary.
        content: the message; None where nothing is told.
        instead_of: outbox rows that it tells again.
    """

    member_id: int
    recipient: str
    outcomes: tuple[tuple[Due, NoticeOutcome], ...]
    content: SharedContent | None = None
    instead_of: tuple[int, ...] = ()


# --- who is due -----------------------------------------------------------------------------------------------------


def list_people_due(session: Session, standing: Sequence[Due], usual: Usual, now: datetime) -> list[Person]:
    """Members for whom summaries are, whose hour has come, and who have no notice of something that stands.

    Whoever has blocked the account is left out, and who registered on the day or later hears of the next one.

    Args:
        session: any.
        standing: what may be told today (``summary_schedule.list_standing``).
        usual: what holds for who has chosen nothing.
        now: the present.
    """
    if not standing:
        return []
    missing = [_is_missing(due) for due in standing]
    query = (
        select(Member.id, NotificationPreferences, *missing)
        .outerjoin(NotificationPreferences, NotificationPreferences.member_id == Member.id)
        .where(Member.blocked_at.is_(None), _HAS_SUMMARIES, _hour_has_come(usual, now), or_(*missing))
        .order_by(Member.id)
    )
    return [
        Person(
            member_id,
            preferences_of(row, usual),
            tuple(due for due, is_due in zip(standing, flags, strict=True) if is_due),
        )
        for member_id, row, *flags in session.execute(query)
    ]


_HAS_SUMMARIES = Member.id.in_(select(MemberRole.member_id).where(MemberRole.role.in_(list(PARTS_OF_ROLES))))


def _is_missing(due: Due) -> ColumnElement[bool]:
    noted = exists().where(
        SummaryNotice.member_id == Member.id, SummaryNotice.kind == due.kind, SummaryNotice.due_on == due.due_on
    )
    return and_(Member.registered_at < start_of(due.due_on), ~noted)


def _hour_has_come(usual: Usual, now: datetime) -> ColumnElement[bool]:
    local = now.astimezone(BANGKOK)
    hour = func.coalesce(NotificationPreferences.summary_at, literal(usual.summary_at, Time))
    earliest = time() if local.time() < EVENING else (local - LATE_HOUR_STANDS_FOR).time()
    return and_(hour <= literal(local.time(), Time), hour >= literal(earliest, Time))


def find_waiting(session: Session, recipients: Collection[str]) -> dict[int, Waits]:
    """What summaries wait to go out to some people, by member id.

    Args:
        session: any.
        recipients: LINE ids, some hundreds.
    """
    query = (
        select(SummaryNotice.member_id, _OUTBOX.c.id, SummaryNotice.kind, SummaryNotice.first_on, SummaryNotice.last_on)
        .join(_OUTBOX, _OUTBOX.c.id == SummaryNotice.outbox_id)
        .where(_OUTBOX.c.recipient.in_(recipients), is_unfinished(_OUTBOX.c.state), _OUTBOX.c.state.in_(NOT_BEGUN))
        .order_by(SummaryNotice.id)
    )
    rows: dict[int, dict[int, None]] = defaultdict(dict)
    tellings: dict[int, list[Telling]] = defaultdict(list)
    for member_id, row_id, kind, first, last in session.execute(query):
        rows[member_id][row_id] = None
        tellings[member_id].append(Telling(kind, first, last, waited=True))
    return {member_id: Waits(tuple(ids), tuple(tellings[member_id])) for member_id, ids in rows.items()}


# --- what became of it ----------------------------------------------------------------------------------------------


def settle(session: Session, people: Sequence[Settled], now: datetime) -> list[Settled]:
    """Note what becomes of what is due to some people and store their messages; gives those who are told one.

    Who left or blocked the account meanwhile, whom another clock was quicker to settle, and whose earlier message began
    to go out meanwhile, are passed over: the next run sees them as they are then.

    Args:
        session: an open transaction.
        people: some hundreds, each once.
        now: the present.
    """
    present = _lock_present(session, [person.member_id for person in people])
    wanted = sorted((person for person in people if person.member_id in present), key=lambda one: one.member_id)
    noted = _insert_notices(session, wanted, now)
    untouched = outbox.lock_not_begun(session, {row for person in wanted for row in person.instead_of})
    settled = [
        person
        for person in wanted
        if len(noted[person.member_id]) == len(person.outcomes) and untouched.issuperset(person.instead_of)
    ]
    _take_back(session, noted, {person.member_id for person in settled})
    told = [person for person in settled if person.content is not None]
    _store_messages(session, told, noted, now)
    return told


def _lock_present(session: Session, member_ids: Iterable[int]) -> set[int]:
    rows = select(Member.id).where(Member.id.in_(member_ids), Member.blocked_at.is_(None)).order_by(Member.id)
    return set(session.scalars(rows.with_for_update(read=True, key_share=True)))


def _insert_notices(session: Session, people: Iterable[Settled], now: datetime) -> dict[int, dict[int, NoticeOutcome]]:
    """Insert the notices that are not there yet, in the order in which every clock does; gives theirs by member id."""
    rows = [_notice(person.member_id, due, outcome, now) for person in people for due, outcome in person.outcomes]
    noted: dict[int, dict[int, NoticeOutcome]] = defaultdict(dict)
    if rows:
        connection = session.connection()
        inserting = _NOTED_ONCE[connection.dialect.name]
        for row_id, member_id, outcome in connection.execute(inserting, rows, execution_options=outbox.SHORT_INSERTS):
            noted[member_id][row_id] = outcome
    return noted


def _notice(member_id: int, due: Due, outcome: NoticeOutcome, now: datetime) -> dict[str, object]:
    days = {"due_on": due.due_on, "first_on": due.first, "last_on": due.last}
    return {"member_id": member_id, "kind": due.kind, **days, "outcome": outcome, "noted_at": now}


def _take_back(session: Session, noted: Mapping[int, Mapping[int, Any]], settled: Collection[int]) -> None:
    halves = [row_id for member_id, rows in noted.items() if member_id not in settled for row_id in rows]
    if halves:
        session.execute(
            delete(SummaryNotice).where(SummaryNotice.id.in_(halves)).execution_options(synchronize_session=False)
        )


def _store_messages(
    session: Session, told: Sequence[Settled], noted: Mapping[int, Mapping[int, NoticeOutcome]], now: datetime
) -> None:
    stored = outbox.store_shared(session, {person.recipient: person.content for person in told if person.content}, now)
    carried = [
        {"notice": notice, "row": stored[person.recipient]}
        for person in told
        for notice, outcome in noted[person.member_id].items()
        if outcome is NoticeOutcome.TOLD
    ]
    earlier = [{"earlier": row, "row": stored[person.recipient]} for person in told for row in person.instead_of]
    if carried:
        session.connection().execute(_CARRIED_BY, carried)
    if earlier:
        session.connection().execute(_CARRIED_INSTEAD, earlier)
        outbox.drop_rows(session, [one["earlier"] for one in earlier], MERGED)


_CARRIED_BY = update(_NOTICES).where(_NOTICES.c.id == bindparam("notice")).values(outbox_id=bindparam("row"))
_CARRIED_INSTEAD = (
    update(_NOTICES).where(_NOTICES.c.outbox_id == bindparam("earlier")).values(outbox_id=bindparam("row"))
)


def _once(insert: Any) -> Any:
    return insert.on_conflict_do_nothing().returning(_NOTICES.c.id, _NOTICES.c.member_id, _NOTICES.c.outcome)


_NOTED_ONCE = {"sqlite": _once(sqlite.insert(_NOTICES)), "postgresql": _once(postgresql.insert(_NOTICES))}
