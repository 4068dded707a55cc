"""What a person wants to be told of without asking, and when: what was chosen is kept here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, String, Time, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.members import Member
from models.periods import PeriodKind
from models.preference_terms import Choices, Preferences, QuietHours, Usual


class NotificationPreferences(Base):
    """What a person chose; who has chosen nothing has no row."""

    __tablename__ = "notification_preferences"

    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    summaries_off: Mapped[str] = mapped_column(String(60), default="")
    """Values of ``PeriodKind`` whose summaries are not wanted, separated by commas."""
    summary_at: Mapped[time | None] = mapped_column(Time)
    """The hour in Bangkok at which summaries come; None: the installation's."""
    has_own_hours: Mapped[bool] = mapped_column(default=False)
    """Whether the quiet hours are the person's own: then none stand where ``quiet_from`` is empty."""
    quiet_from: Mapped[time | None] = mapped_column(Time)
    quiet_until: Mapped[time | None] = mapped_column(Time)
    paused_until: Mapped[date | None] = mapped_column(Date)
    """The first day in Bangkok on which news comes again."""
    changed_at: Mapped[datetime]


def find_choices(session: Session, member_id: int) -> Choices:
    """What a person chose."""
    return _choices_of(session.get(NotificationPreferences, member_id))


def store_choices(session: Session, member_id: int, choices: Choices, now: datetime) -> None:
    """Let a person's choices be these from now on."""
    row = session.get(NotificationPreferences, member_id)
    if row is None:
        row = NotificationPreferences(member_id=member_id)
        session.add(row)
    hours = choices.quiet_hours if choices.has_own_hours else None
    row.summaries_off = ",".join(kind.value for kind in PeriodKind if kind in choices.summaries_off)
    row.summary_at = choices.summary_at
    row.has_own_hours = choices.has_own_hours
    row.quiet_from, row.quiet_until = (hours.begins, hours.ends) if hours else (None, None)
    row.paused_until = choices.paused_until
    row.changed_at = now


def preferences_of(row: NotificationPreferences | None, usual: Usual) -> Preferences:
    """What a row says, or the usual without one."""
    return _choices_of(row).under(usual)


def _choices_of(row: NotificationPreferences | None) -> Choices:
    if row is None:
        return Choices()
    own = QuietHours(row.quiet_from, row.quiet_until) if row.quiet_from and row.quiet_until else None
    return Choices(
        summaries_off=frozenset(PeriodKind(kind) for kind in row.summaries_off.split(",") if kind),
        summary_at=row.summary_at,
        has_own_hours=row.has_own_hours,
        quiet_hours=own if row.has_own_hours else None,
        paused_until=row.paused_until,
    )


def find_rest_ends(
    session: Session, recipients: Collection[str], now: datetime, quiet_hours: QuietHours | None
) -> dict[str, datetime]:
    """Of these recipients those to whom no news is pushed now, and until when.

    Groups and strangers have no row and keep no hours.

    Args:
        session: any.
        recipients: LINE ids.
        now: the present.
        quiet_hours: of members who have chosen none.
    """
    query = (
        select(Member.line_user_id, NotificationPreferences)
        .outerjoin(NotificationPreferences, NotificationPreferences.member_id == Member.id)
        .where(Member.line_user_id.in_(recipients))
    )
    usual = Usual(quiet_hours=quiet_hours)
    found = {person: preferences_of(row, usual).rests_until(now) for person, row in session.execute(query)}
    return {person: until for person, until in found.items() if until is not None}
