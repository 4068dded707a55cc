"""What messages cost and what was saved, by day: counted from the calls a few minutes after they are over.

Calls are counted once, in the order of their numbers, up to the oldest that is still open; what came later is counted
when somebody looks. So neither sending nor looking pays for a table of a million calls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Row, and_, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import quota
from models.base import Base
from models.line_calls import CallState, LineCall
from models.outbox import CallMethod, Importance, OutboxRow
from models.quota_plan import LINE_MONTH_ZONE, Habit, start_of_month
from models.summary_notices import SummaryNotice
from models.working_time import ServiceCalendar

HABIT_DAYS = 28
LOOKED_BACK = timedelta(days=HABIT_DAYS + 7)
"""How far back the first counting goes, in an installation that ran before there was any; a month and more."""
SETTLES_WITHIN = timedelta(minutes=2)
"""Longer than the transaction that opens a call: no number below that of a call this old appears any more."""
COUNTED_AT_ONCE = 5_000


class QuotaDay(Base):
    """A day in LINE's zone, by which LINE's months turn."""

    __tablename__ = "quota_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    promises: Mapped[int]
    news: Mapped[int]
    summaries: Mapped[int]
    replies: Mapped[int]
    rides: Mapped[int]


@dataclass(frozen=True)
class DayCounts:
    """Of some days.

    Attributes:
        promises: messages charged for what cannot wait, what rode along included.
        news: messages charged for news, summaries apart.
        summaries: messages charged for summaries.
        replies: answers that went as replies: a message saved each.
        rides: news that went with a reply or with another push: a message saved each.
    """

    promises: int = 0
    news: int = 0
    summaries: int = 0
    replies: int = 0
    rides: int = 0

    def __add__(self, other: DayCounts) -> DayCounts:
        return DayCounts(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


def count_ended_calls(session: Session, now: datetime) -> int:
    """Add some of the calls that are over to their days; gives how many, at most ``COUNTED_AT_ONCE``.

    Two clocks side by side count nothing twice: each holds the quota's row meanwhile.
    """
    state = quota.lock_state(session)
    counted = state.counted_call_id
    after = _newest_call(session, now - LOOKED_BACK) if counted is None else counted
    until = _settled_up_to(session, now)
    calls = _ended_calls(session, after, until, COUNTED_AT_ONCE)
    for day, counts in _by_day(calls).items():
        _add(session, day, counts)
    counted_all = len(calls) < COUNTED_AT_ONCE
    state.counted_call_id = max(after, until) if counted_all else calls[-1].id
    return len(calls)


def read_days(session: Session, first: date) -> dict[date, DayCounts]:
    """Counts of the days from ``first`` (in LINE's zone) until now; days without calls may be missing."""
    found = {row.day: _counts_of(row) for row in session.scalars(select(QuotaDay).where(QuotaDay.day >= first))}
    for day, counts in _by_day(_not_yet_counted(session)).items():
        if day >= first:
            found[day] = found.get(day, DayCounts()) + counts
    return found


def find_habit(session: Session, calendar: ServiceCalendar, now: datetime) -> Habit:
    """What the last four weeks cost, today left out: hours of one day are no habit, where the service is new."""
    today = now.astimezone(LINE_MONTH_ZONE).date()
    days = read_days(session, today - timedelta(days=HABIT_DAYS))
    first, total = min(days, default=today), sum((days[day] for day in days if day < today), DayCounts())
    working_days = calendar.working_days_between(first - timedelta(days=1), today - timedelta(days=1))
    return Habit(total.promises, total.news, max(1, working_days))


def find_month(session: Session, now: datetime) -> DayCounts:
    """Counts of LINE's month so far."""
    return sum(read_days(session, start_of_month(now).date()).values(), DayCounts())


def find_all(session: Session) -> DayCounts:
    """Counts of all days since counting began."""
    columns = (QuotaDay.promises, QuotaDay.news, QuotaDay.summaries, QuotaDay.replies, QuotaDay.rides)
    counted = session.execute(select(*(func.coalesce(func.sum(one), 0) for one in columns))).one()
    later = _by_day(_not_yet_counted(session)).values()
    return sum(later, DayCounts(*(int(one) for one in counted)))


def _not_yet_counted(session: Session) -> list[Row[Any]]:
    """What ended after the last counting; nothing before the first, which may have a month to count."""
    state = session.get(quota.QuotaState, 1)
    if state is None or state.counted_call_id is None:
        return []
    return _ended_calls(session, state.counted_call_id)


def _settled_up_to(session: Session, now: datetime) -> int:
    return min(_newest_call(session, now - SETTLES_WITHIN), quota.find_last_finished_call(session))


def _newest_call(session: Session, until: datetime) -> int:
    """The newest call begun by an instant; calls are numbered as they begin, so the newest are looked at first."""
    newest = select(LineCall.id).where(LineCall.created_at <= until).order_by(LineCall.id.desc()).limit(1)
    return session.scalar(newest) or 0


_NEWS_OF_CALL = (
    select(func.count())
    .where(OutboxRow.call_id == LineCall.id, OutboxRow.importance == Importance.NEWS)
    .correlate(LineCall)
    .scalar_subquery()
)
_IS_SUMMARY = and_(
    LineCall.importance == Importance.NEWS,
    exists().where(OutboxRow.call_id == LineCall.id, SummaryNotice.outbox_id == OutboxRow.id).correlate(LineCall),
)


def _ended_calls(session: Session, after: int, until: int | None = None, at_once: int | None = None) -> list[Row[Any]]:
    """Calls that LINE accepted, by number: when, how, what they cost, and how much news was in them."""
    query = select(
        LineCall.id,
        LineCall.finished_at,
        LineCall.method,
        LineCall.importance,
        func.coalesce(LineCall.charged_messages, 0).label("charged"),
        _NEWS_OF_CALL.label("news"),
        _IS_SUMMARY.label("is_summary"),
    ).where(LineCall.id > after, LineCall.state == CallState.ACCEPTED)
    if until is not None:
        query = query.where(LineCall.id <= until)
    return list(session.execute(query.order_by(LineCall.id).limit(at_once)))


def _by_day(calls: Iterable[Row[Any]]) -> dict[date, DayCounts]:
    found: dict[date, DayCounts] = defaultdict(DayCounts)
    for call in calls:
        found[call.finished_at.astimezone(LINE_MONTH_ZONE).date()] += _counts_of_call(call)
    return found


def _counts_of_call(call: Row[Any]) -> DayCounts:
    if call.method is CallMethod.REPLY:
        return DayCounts(replies=1, rides=call.news)
    if call.importance is not Importance.NEWS:
        return DayCounts(promises=call.charged, rides=call.news)
    rides = max(0, call.news - call.charged)
    if call.is_summary:
        return DayCounts(summaries=call.charged, rides=rides)
    return DayCounts(news=call.charged, rides=rides)


def _counts_of(row: QuotaDay) -> DayCounts:
    return DayCounts(row.promises, row.news, row.summaries, row.replies, row.rides)


def _add(session: Session, day: date, counts: DayCounts) -> None:
    row = session.get(QuotaDay, day)
    if row is None:
        row = QuotaDay(day=day, promises=0, news=0, summaries=0, replies=0, rides=0)
        session.add(row)
    row.promises += counts.promises
    row.news += counts.news
    row.summaries += counts.summaries
    row.replies += counts.replies
    row.rides += counts.rides
