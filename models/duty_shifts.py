"""Duty (เวร): who of the secretariat is there to take requests on, and until when.

A day on which some shift lies is rostered: on it those are on duty whose shift covers the hour. On a day without any
shift every secretary is on duty while the office serves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.errors import Invalid
from models.members import ANSWERS_REQUESTS, Member, MemberRole, Role
from models.units import Unit
from models.working_time import BANGKOK, ServiceCalendar

_ONE_DAY = timedelta(days=1)


class ShiftSource(StrEnum):
    """How a shift came about."""

    CHAT = "chat"  # the officer typed เข้าเวร
    ROSTER = "roster"  # the roster file
    HAND_OVER = "hand_over"  # taken over from a colleague


class DutyShift(Base):
    """One officer on duty from an instant up to another."""

    __tablename__ = "duty_shifts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """The first instant after it."""
    source: Mapped[ShiftSource] = mapped_column(enum_column(ShiftSource))
    created_at: Mapped[datetime]
    relieved_at: Mapped[datetime | None]
    """When those who began with this shift were told of what is open; None while that is to do."""

    __table_args__ = (Index("ix_duty_shifts_ends_at", "ends_at", "starts_at"),)


@dataclass(frozen=True)
class Colleague:
    """Somebody who may take requests on; ``name`` is empty while LINE has not told it."""

    member_id: int
    line_user_id: str
    name: str


@dataclass(frozen=True)
class Shift:
    """A shift with whose it is."""

    id: int
    member_id: int
    line_user_id: str
    name: str
    starts_at: datetime
    ends_at: datetime
    source: ShiftSource


class RecipientKind(StrEnum):
    """Why it is these people who are told."""

    DUTY = "duty"
    SUPERVISORS = "supervisors"  # nobody is on duty
    ADMINS = "admins"  # nor is there a supervisor
    NOBODY = "nobody"  # nor an administrator: only ``/metrics`` shows it
    CLOSED = "closed"  # the office does not serve now, and nobody took a shift all the same


@dataclass(frozen=True)
class Recipients:
    """Who is to be told of a request now."""

    line_user_ids: tuple[str, ...]
    kind: RecipientKind


@dataclass(frozen=True)
class RosterRow:
    """One shift of a roster."""

    member_id: int
    starts_at: datetime
    ends_at: datetime


# --- who is there ---------------------------------------------------------------------------------------------------


def list_on_duty(session: Session, calendar: ServiceCalendar, now: datetime) -> list[Colleague]:
    """Those on duty at an instant, in order of joining; who blocked the account or lost the role is left out."""
    if _is_rostered(session, now):
        return _colleagues(session, _with_role(ANSWERS_REQUESTS).where(Member.id.in_(_covering(now))))
    if not calendar.is_open_at(now):
        return []
    return list_with_role(session, Role.SECRETARY)


def who_to_tell(session: Session, calendar: ServiceCalendar, now: datetime) -> Recipients:
    """Those on duty; where nobody is, the supervisors at once, else the administrators.

    While the office does not serve nobody is disturbed, unless somebody took a shift for these hours.
    """
    on_duty = list_on_duty(session, calendar, now)
    if on_duty:
        return _recipients(on_duty, RecipientKind.DUTY)
    if not calendar.is_open_at(now):
        return Recipients((), RecipientKind.CLOSED)
    return who_stands_in(session)


def who_stands_in(session: Session) -> Recipients:
    """The supervisors, where there is none the administrators, where there is none of them nobody."""
    for role, kind in ((Role.SUPERVISOR, RecipientKind.SUPERVISORS), (Role.ADMIN, RecipientKind.ADMINS)):
        found = list_with_role(session, role)
        if found:
            return _recipients(found, kind)
    return Recipients((), RecipientKind.NOBODY)


def list_with_role(session: Session, role: Role) -> list[Colleague]:
    """Everybody of a role who did not block the account, in order of joining."""
    return _colleagues(session, _with_role({role}))


def list_colleagues(session: Session, calendar: ServiceCalendar, now: datetime, without: int) -> list[Colleague]:
    """Whom something may be handed to: those on duty, then the other secretaries, then supervisors; not oneself."""
    on_duty = list_on_duty(session, calendar, now)
    others = list_with_role(session, Role.SECRETARY) + list_with_role(session, Role.SUPERVISOR)
    unique = {colleague.member_id: colleague for colleague in [*on_duty, *others]}
    return [colleague for member_id, colleague in unique.items() if member_id != without]


def list_answering(session: Session) -> list[Colleague]:
    """Everybody who may take requests on, those who blocked the account left out."""
    return _colleagues(session, _with_role(ANSWERS_REQUESTS))


def get_colleague(session: Session, member_id: int) -> Colleague:
    """Somebody that a request or a shift may be handed to.

    Raises:
        Invalid: ``colleague_not_available``: gone, without the role, or blocked the account.
    """
    found = _colleagues(session, _with_role(ANSWERS_REQUESTS).where(Member.id == member_id))
    if not found:
        raise Invalid("colleague_not_available")
    return found[0]


def get_section(session: Session, member_id: int) -> str:
    """The unit that an officer works for, which is what askers are told; empty where the member is gone."""
    query = select(Unit.name).join(Member, Member.unit_id == Unit.id).where(Member.id == member_id)
    return session.scalar(query) or ""


def find_colleagues_named(session: Session, name: str) -> list[Colleague]:
    """Those whose name begins with, or holds, what was typed, spaces aside; empty for an empty name."""
    wanted = "".join(name.split()).casefold()
    if not wanted:
        return []
    return [colleague for colleague in list_answering(session) if wanted in "".join(colleague.name.split()).casefold()]


# --- shifts ---------------------------------------------------------------------------------------------------------


def end_of_duty(calendar: ServiceCalendar, now: datetime) -> datetime:
    """Until when a shift lasts that begins now: the close of service today, or midnight where none is left today."""
    today = now.astimezone(BANGKOK).date()
    closes = [ends for _, ends in calendar.spans_on(today) if ends > now]
    return max(closes) if closes else datetime.combine(today + _ONE_DAY, time.min, BANGKOK)


def find_shift(session: Session, member_id: int, now: datetime) -> Shift | None:
    """The shift that somebody is on, the one that lasts longest; None where there is none."""
    query = _shifts().where(DutyShift.member_id == member_id, DutyShift.starts_at <= now, DutyShift.ends_at > now)
    row = session.execute(query.order_by(DutyShift.ends_at.desc()).limit(1)).one_or_none()
    return Shift(**row._mapping) if row is not None else None


def list_shifts(session: Session, begins: datetime, ends: datetime) -> list[Shift]:
    """Shifts that touch a stretch of time, by their beginning."""
    query = _shifts().where(DutyShift.ends_at > begins, DutyShift.starts_at < ends)
    rows = session.execute(query.order_by(DutyShift.starts_at, DutyShift.id))
    return [Shift(**row._mapping) for row in rows]


def start_shift(
    session: Session, member_id: int, now: datetime, until: datetime, source: ShiftSource = ShiftSource.CHAT
) -> Shift:
    """Put somebody on duty from now until an instant; a shift they are on already gets that end instead.

    Raises:
        Invalid: ``shift_ends_before_now`` (until).
    """
    if until <= now:
        raise Invalid("shift_ends_before_now", until=until)
    end_shift(session, member_id, now)
    session.add(
        DutyShift(member_id=member_id, starts_at=now, ends_at=until, source=source, created_at=now, relieved_at=now)
    )
    session.flush()  # read back below, with the person's name
    started = find_shift(session, member_id, now)
    if started is None:
        raise AssertionError("a shift that was just added covers the present")
    return started


def end_shift(session: Session, member_id: int, now: datetime) -> datetime | None:
    """Let somebody's duty end now; gives until when it would have lasted, None where they were on no shift."""
    current = find_shift(session, member_id, now)
    if current is None:
        return None
    session.execute(
        update(DutyShift)
        .where(DutyShift.member_id == member_id, DutyShift.starts_at <= now, DutyShift.ends_at > now)
        .values(ends_at=now)
        .execution_options(synchronize_session=False)
    )
    return current.ends_at


def hand_over_shift(session: Session, member_id: int, to: Colleague, now: datetime) -> Shift:
    """Let a colleague take the rest of somebody's shift.

    Raises:
        Invalid: ``not_on_duty``: there is no shift to hand over.
    """
    until = end_shift(session, member_id, now)
    if until is None:
        raise Invalid("not_on_duty")
    theirs = find_shift(session, to.member_id, now)
    return start_shift(
        session, to.member_id, now, max(until, theirs.ends_at) if theirs else until, ShiftSource.HAND_OVER
    )


# --- the roster -----------------------------------------------------------------------------------------------------


def replace_roster(session: Session, rows: Sequence[RosterRow], now: datetime) -> tuple[int, int, int]:
    """Put the roster of the days that these rows begin on into force.

    Of those days the shifts of earlier rosters that have not begun go, but for those that the rows tell again; what has
    begun stays, and so does what people did in the chat.

    Returns:
        how many were added, removed, and there already.
    """
    days = {_day_of(row.starts_at) for row in rows}
    wanted = {(row.member_id, row.starts_at, row.ends_at): row for row in rows}
    kept, gone = set(), []
    for shift in _rostered_on(session, days):
        key = (shift.member_id, shift.starts_at, shift.ends_at)
        if key in wanted:
            kept.add(key)
        elif shift.starts_at > now:
            gone.append(shift)
        else:  # it has begun: however the person's day went on since, the file does not undo it
            kept |= {other for other in wanted if other[:2] == key[:2]}
    for shift in gone:
        session.delete(shift)
    session.flush()  # SQLite may give their ids to those added next
    fresh = [row for key, row in wanted.items() if key not in kept]
    session.add_all(
        DutyShift(
            member_id=row.member_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            source=ShiftSource.ROSTER,
            created_at=now,
        )
        for row in fresh
    )
    session.flush()  # who is on duty may be asked in the same transaction
    return len(fresh), len(gone), len(wanted) - len(fresh)


def has_reliefs(session: Session, now: datetime) -> bool:
    """Whether ``take_reliefs`` would take something; a look that costs no lock."""
    begun = select(DutyShift.id).where(DutyShift.relieved_at.is_(None), *_covers(now))
    return session.scalar(begun.limit(1)) is not None


def take_reliefs(session: Session, now: datetime) -> list[Shift]:
    """Shifts of the roster that have begun and whose officers were not told yet; marked as told, so given out once."""
    taken = list(
        session.scalars(
            update(DutyShift)
            .where(DutyShift.relieved_at.is_(None), *_covers(now))
            .values(relieved_at=now)
            .returning(DutyShift.id)
            .execution_options(synchronize_session=False)
        )
    )
    if not taken:
        return []
    query = _shifts().where(DutyShift.id.in_(taken), Member.blocked_at.is_(None))
    return [Shift(**row._mapping) for row in session.execute(query.order_by(DutyShift.id))]


# --- parts of queries -----------------------------------------------------------------------------------------------


def _is_rostered(session: Session, now: datetime) -> bool:
    midnight = datetime.combine(_day_of(now), time.min, BANGKOK)
    touching = select(DutyShift.id).where(DutyShift.ends_at > midnight, DutyShift.starts_at < midnight + _ONE_DAY)
    return session.scalar(touching.limit(1)) is not None


def _covering(now: datetime) -> Select[int]:
    return select(DutyShift.member_id).where(*_covers(now))


def _covers(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return DutyShift.starts_at <= now, DutyShift.ends_at > now


def _with_role(roles: Collection[Role]) -> Select[int, str, str]:
    holds = select(MemberRole.id).where(MemberRole.member_id == Member.id, MemberRole.role.in_(sorted(roles))).exists()
    columns = select(Member.id.label("member_id"), Member.line_user_id, Member.name)
    return columns.where(holds, Member.blocked_at.is_(None)).order_by(Member.id)


def _colleagues(session: Session, query: Select[int, str, str]) -> list[Colleague]:
    return [Colleague(**row._mapping) for row in session.execute(query)]


def _recipients(people: Sequence[Colleague], kind: RecipientKind) -> Recipients:
    return Recipients(tuple(person.line_user_id for person in people), kind)


def _shifts() -> Select[int, int, str, str, datetime, datetime, ShiftSource]:
    return select(
        DutyShift.id,
        DutyShift.member_id,
        Member.line_user_id,
        Member.name,
        DutyShift.starts_at,
        DutyShift.ends_at,
        DutyShift.source,
    ).join(Member, Member.id == DutyShift.member_id)


def _rostered_on(session: Session, days: Collection[date]) -> list[DutyShift]:
    """Shifts of rosters that begin on some of these days."""
    if not days:
        return []
    first = datetime.combine(min(days), time.min, BANGKOK)
    last = datetime.combine(max(days), time.min, BANGKOK) + _ONE_DAY
    query = select(DutyShift).where(
        DutyShift.source == ShiftSource.ROSTER, DutyShift.starts_at >= first, DutyShift.starts_at < last
    )
    return [shift for shift in session.scalars(query) if _day_of(shift.starts_at) in days]


def _day_of(at: datetime) -> date:
    return at.astimezone(BANGKOK).date()
