"""The service calendar as rows: every change of a day is added, none is altered, and a row's id is a version.

The calendar at version *v* is, for each day, the latest change whose id is not above *v*. A request keeps the version
it was measured by, so that a holiday declared later never rewrites what was counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import String, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.errors import Invalid
from models.history import append_only
from models.working_time import CLOSED_KINDS, DayKind, ServiceCalendar, Span, SpecialDay

OPERATOR = "operator"
"""The source of a day that a person set; such a day is never changed by a list of holidays."""
LONGEST_NAME = 200
FIRST_YEAR, LAST_YEAR = 2000, 2200


class CalendarChange(Base):
    """What a day became. Rows are added and never changed or removed; the id is the calendar's version."""

    __tablename__ = "calendar_changes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    """In Bangkok."""
    kind: Mapped[DayKind] = mapped_column(enum_column(DayKind))
    opens: Mapped[time | None]
    """With ``closes``: the day's own hours of service, by the clock in Bangkok."""
    closes: Mapped[time | None]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    source: Mapped[str] = mapped_column(String(100))
    """``operator``, or the name and version of the list of holidays it came from."""
    changed_at: Mapped[datetime]


@dataclass(frozen=True)
class CalendarDay:
    """What a day is at some version, and who says so; ``opens`` and ``closes`` are None where it has no own hours."""

    day: date
    kind: DayKind
    opens: time | None
    closes: time | None
    name: str
    source: str
    version: int

    @property
    def spans(self) -> tuple[Span, ...]:
        """The day's own hours of service; empty where it has none."""
        return () if self.opens is None or self.closes is None else (Span(self.opens, self.closes),)


def latest_version(session: Session) -> int:
    """The version that the next reading would have; 0 while nothing was recorded."""
    return session.scalar(select(func.max(CalendarChange.id))) or 0


def load_calendar(session: Session, hours: Span | None, version: int | None = None) -> ServiceCalendar:
    """The calendar as it was at a version, or as it is.

    Args:
        session: any session.
        hours: of ordinary days; None where every instant counts.
        version: of ``latest_version``; None for the newest.
    """
    version = latest_version(session) if version is None else version
    days = _days_at(session, version)
    return ServiceCalendar(
        hours=hours,
        special_days={
            row.day: SpecialDay(row.day, row.spans, row.name, row.kind)
            for row in days.values()
            if row.kind is not DayKind.ORDINARY
        },
        version=version,
    )


def list_days(session: Session, first: date, last: date) -> list[CalendarDay]:
    """The days from ``first`` to ``last`` that differ from the weekly rule now, in order."""
    days = _days_at(session, latest_version(session), first, last)
    return [days[day] for day in sorted(days) if days[day].kind is not DayKind.ORDINARY]


def record_day(
    session: Session,
    day: date,
    kind: DayKind,
    *,
    opens: time | None = None,
    closes: time | None = None,
    name: str,
    source: str,
    now: datetime,
) -> int | None:
    """Record what a day is from now on.

    Args:
        session: an open transaction; other changes of the calendar wait until it ends, so that versions are seen in
            the order of their numbers.
        day: in Bangkok, from 2000 to 2200.
        kind: ``ORDINARY`` takes back what was recorded.
        opens: with ``closes`` the day's own hours; a half day needs them, a working day may have them.
        closes: see ``opens``.
        name: what people are told; may be empty for an ordinary day only.
        source: ``OPERATOR``, or the list of holidays it comes from.
        now: the time of the change.

    Returns:
        The new version, or None where the day is recorded so already. An operator's word for what a list said
        is a change: it keeps the list from changing the day later.

    Raises:
        Invalid: ``calendar_day_out_of_range`` (day), ``calendar_hours_missing``, ``calendar_hours_not_wanted``,
            ``calendar_hours_backwards``, ``calendar_name_missing``, ``calendar_name_too_long``.
    """
    name = " ".join(name.split())
    _check(day, kind, opens, closes, name)
    _lock(session)
    known = _days_at(session, latest_version(session), day, day).get(day)
    wanted = CalendarDay(day, kind, opens, closes, name, source, version=0)
    return None if _is_recorded(known, wanted) else _append(session, wanted, now)


def record_holidays(
    session: Session, years: Iterable[int], holidays: Mapping[date, str], *, source: str, now: datetime
) -> int:
    """Bring whole years in line with a list of holidays; days that an operator set stay as they are.

    Args:
        session: an open transaction, as for ``record_day``.
        years: common era; days of other years are left alone.
        holidays: every holiday of these years with its name. A day that an earlier list named, and this one does not,
            is ordinary again.
        source: the list's name and version.
        now: the time of the change.

    Returns:
        How many days changed; nothing is written where there are none.
    """
    years = sorted(set(years))
    if not years:
        return 0
    _lock(session)
    known = _days_at(session, latest_version(session), date(years[0], 1, 1), date(years[-1], 12, 31))
    wanted = dict.fromkeys(known, DayKind.ORDINARY) | dict.fromkeys(holidays, DayKind.HOLIDAY)
    changes = [
        CalendarDay(day, kind, None, None, holidays.get(day, ""), source, version=0)
        for day, kind in sorted(wanted.items())
        if day.year in years and not _is_set_by_hand(known.get(day))
    ]
    changes = [change for change in changes if not _is_recorded(known.get(change.day), change)]
    for change in changes:
        _append(session, change, now)
    return len(changes)


def _days_at(
    session: Session, version: int, first: date | None = None, last: date | None = None
) -> dict[date, CalendarDay]:
    """The latest change of each day up to a version."""
    latest = select(func.max(CalendarChange.id)).where(CalendarChange.id <= version).group_by(CalendarChange.day)
    if first is not None and last is not None:
        latest = latest.where(CalendarChange.day.between(first, last))
    rows = session.scalars(select(CalendarChange).where(CalendarChange.id.in_(latest)))
    return {
        row.day: CalendarDay(row.day, row.kind, row.opens, row.closes, row.name, row.source, row.id) for row in rows
    }


def _check(day: date, kind: DayKind, opens: time | None, closes: time | None, name: str) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid("calendar_day_out_of_range", day=day)
    if kind in CLOSED_KINDS | {DayKind.ORDINARY} and (opens or closes):
        raise Invalid("calendar_hours_not_wanted", kind=kind)
    if (opens is None) != (closes is None) or (kind is DayKind.HALF_DAY and opens is None):
        raise Invalid("calendar_hours_missing", kind=kind)
    if opens is not None and closes is not None:
        Span(opens, closes)  # refuses hours that run backwards
    if not name and kind is not DayKind.ORDINARY:
        raise Invalid("calendar_name_missing", kind=kind)
    if len(name) > LONGEST_NAME:
        raise Invalid("calendar_name_too_long", longest=LONGEST_NAME)


def _is_recorded(known: CalendarDay | None, wanted: CalendarDay) -> bool:
    if known is None:
        return wanted.kind is DayKind.ORDINARY
    source = known.source if wanted.source != OPERATOR else wanted.source
    return replace(wanted, source=source, version=known.version) == known


def _is_set_by_hand(known: CalendarDay | None) -> bool:
    return known is not None and known.source == OPERATOR


def _append(session: Session, change: CalendarDay, now: datetime) -> int:
    row = CalendarChange(
        day=change.day,
        kind=change.kind,
        opens=change.opens,
        closes=change.closes,
        name=change.name,
        source=change.source,
        changed_at=now,
    )
    session.add(row)
    session.flush()  # its id is the version
    return row.id


def _lock(session: Session) -> None:
    """One change at a time: ids are versions, and a lower one must not appear after a higher one was read."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE calendar_changes IN SHARE ROW EXCLUSIVE MODE"))


append_only(CalendarChange)
