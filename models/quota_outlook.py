"""What the rest of LINE's month will ask of the quota, read from the rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import quota, quota_days
from models.audiences import PARTS_OF_ROLES
from models.members import Member, MemberRole
from models.periods import PeriodKind
from models.preferences import NotificationPreferences
from models.quota_plan import (
    LINE_MONTH_ZONE,
    QuotaPlan,
    SummariesToCome,
    count_working_days_left,
    plan_month,
    start_of_next_month,
)
from models.summary_schedule import kinds_due
from models.working_time import ServiceCalendar


def read_plan(session: Session, calendar: ServiceCalendar, now: datetime, known: quota.Quota) -> QuotaPlan | None:
    """Plan the rest of the month from what is known; None where LINE has not told what is used.

    Args:
        session: any.
        calendar: of the office.
        now: the present.
        known: of ``quota.get_quota``, or with a fresher reading.
    """
    if known.used_now is None:
        return None
    return plan_month(
        known.allowance,
        known.used_now,
        habit=quota_days.find_habit(session, calendar, now),
        working_days_left=count_working_days_left(calendar, now),
        summaries=find_summaries_to_come(session, calendar, now),
    )


def find_summaries_to_come(session: Session, calendar: ServiceCalendar, now: datetime) -> SummariesToCome:
    """What summaries cost from tomorrow until the month's end, if every one of them has news.

    What is due on one day goes to a person together, as one message.
    """
    first, last = now.astimezone(LINE_MONTH_ZONE).date() + timedelta(days=1), start_of_next_month(now).date()
    days = [frozenset(kinds_due(calendar, first + timedelta(days=ahead))) for ahead in range((last - first).days)]
    full = merged = 0
    for unwanted, people in _count_readers(session).items():
        wanted = [kinds - unwanted for kinds in days]
        full += people * sum(bool(kinds) for kinds in wanted)
        merged += people * sum(bool(kinds - {PeriodKind.DAY}) for kinds in wanted)
    return SummariesToCome(full, merged)


def _count_readers(session: Session) -> dict[frozenset[PeriodKind], int]:
    """People who are told summaries, by the kinds that they do not want."""
    unwanted = func.coalesce(NotificationPreferences.summaries_off, "")
    reads = select(MemberRole.member_id).where(MemberRole.role.in_(list(PARTS_OF_ROLES)))
    query = (
        select(unwanted, func.count())
        .select_from(Member)
        .outerjoin(NotificationPreferences, NotificationPreferences.member_id == Member.id)
        .where(Member.blocked_at.is_(None), Member.id.in_(reads))
        .group_by(unwanted)
    )
    return {
        frozenset(PeriodKind(kind) for kind in off.split(",") if kind): people for off, people in session.execute(query)
    }
