"""The service's short memory of a person: one action that waits for a word, such as ยืนยัน, and ends by itself.

An action may also wait for words of the person's own, such as why an answer was no help.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base

PENDING_FOR = timedelta(minutes=10)
KEPT_TO_SAY_SO = timedelta(hours=1)
"""How long an action whose time is over is kept, so that a late ยืนยัน is told why nothing happened."""


class PendingAction(Base):
    """What the next text would do: the postback of the button that was last offered, or of what was asked."""

    __tablename__ = "pending_actions"

    line_user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    postback: Mapped[str] = mapped_column(String(300))
    expires_at: Mapped[datetime]
    takes_words: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it waits for the person's own words rather than for ``ยืนยัน``."""


@dataclass(frozen=True)
class WaitingAction:
    """A postback that waited for a typed confirmation; ``is_over`` where its ten minutes are past."""

    postback: str
    is_over: bool


def remember_action(session: Session, line_user_id: str, postback: str, now: datetime) -> None:
    """Let a typed confirmation mean this postback for the next ten minutes; replaces what was remembered."""
    _remember(session, line_user_id, postback, now, takes_words=False)


def remember_words(session: Session, line_user_id: str, postback: str, now: datetime) -> None:
    """Let a person's own words within the next ten minutes go to this postback; replaces what was remembered."""
    _remember(session, line_user_id, postback, now, takes_words=True)


def take_action(session: Session, line_user_id: str, now: datetime) -> WaitingAction | None:
    """What waits for a typed confirmation, and forget it; None where nothing waits."""
    return _take(session, line_user_id, now, takes_words=False)


def take_words(session: Session, line_user_id: str, now: datetime, *, begins: str = "") -> str | None:
    """The postback that waits for a person's own words, and forget it; None where nothing waits.

    Args:
        session: the caller's transaction.
        line_user_id: of the person.
        now: the present.
        begins: how the postback begins that is looked for; any without.
    """
    taken = _take(session, line_user_id, now, takes_words=True, begins=begins)
    return None if taken is None or taken.is_over else taken.postback


def find_words(session: Session, line_user_id: str, now: datetime) -> str | None:
    """The postback that waits for a person's own words, which goes on waiting; None where nothing waits."""
    waiting = (PendingAction.line_user_id == line_user_id, PendingAction.takes_words, PendingAction.expires_at > now)
    return session.scalar(select(PendingAction.postback).where(*waiting))


def forget_actions(session: Session, line_user_id: str) -> None:
    """Forget whatever waits for a person's word."""
    session.execute(delete(PendingAction).where(PendingAction.line_user_id == line_user_id))


def forget_words(session: Session, line_user_id: str) -> None:
    """Wait for a person's own words no longer; what waits for a confirmation stays."""
    session.execute(delete(PendingAction).where(PendingAction.line_user_id == line_user_id, PendingAction.takes_words))


def forget_confirmation(session: Session, line_user_id: str) -> None:
    """Wait for a confirmation no longer; what waits for a person's own words stays."""
    session.execute(delete(PendingAction).where(PendingAction.line_user_id == line_user_id, ~PendingAction.takes_words))


def forget_actions_before(session: Session, now: datetime) -> None:
    """Forget every action that has been over for a while."""
    session.execute(delete(PendingAction).where(PendingAction.expires_at <= now - KEPT_TO_SAY_SO))


def _remember(session: Session, line_user_id: str, postback: str, now: datetime, *, takes_words: bool) -> None:
    expires_at = now + PENDING_FOR
    session.merge(
        PendingAction(line_user_id=line_user_id, postback=postback, expires_at=expires_at, takes_words=takes_words)
    )


def _take(
    session: Session, line_user_id: str, now: datetime, *, takes_words: bool, begins: str = ""
) -> WaitingAction | None:
    theirs = (PendingAction.line_user_id == line_user_id, PendingAction.takes_words == takes_words)
    wanted = (*theirs, PendingAction.postback.startswith(begins, autoescape=True)) if begins else theirs
    taken = session.connection().execute(
        delete(PendingAction).where(*wanted).returning(PendingAction.postback, PendingAction.expires_at)
    )
    row = taken.one_or_none()
    return None if row is None else WaitingAction(row.postback, is_over=row.expires_at <= now)
