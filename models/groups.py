"""LINE groups that the account was invited to, and the unit each was linked to by an administrator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class ChatGroup(Base):
    """A group or room. Without a unit nothing of the office is said in it."""

    __tablename__ = "chat_groups"

    line_group_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    linked_by: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


def record_joined(session: Session, line_group_id: str, now: datetime) -> None:
    """The account was invited; a group that it comes back to starts without a unit."""
    session.merge(ChatGroup(line_group_id=line_group_id, unit_id=None, linked_by=None, joined_at=now, left_at=None))


def record_left(session: Session, line_group_id: str, now: datetime) -> None:
    """The account was removed from the group."""
    group = session.get(ChatGroup, line_group_id)
    if group is not None:
        group.left_at, group.unit_id = now, None


def link_group(session: Session, line_group_id: str, unit_id: int, member_id: int, now: datetime) -> None:
    """Let a group hear what belongs to a unit."""
    group = session.get(ChatGroup, line_group_id)
    if group is None:
        group = ChatGroup(line_group_id=line_group_id, joined_at=now)
        session.add(group)
    group.unit_id, group.linked_by, group.left_at = unit_id, member_id, None


def find_linked_unit(session: Session, line_group_id: str) -> int | None:
    """The unit that a group was linked to; None where it was not."""
    return session.scalar(
        select(ChatGroup.unit_id).where(ChatGroup.line_group_id == line_group_id, ChatGroup.left_at.is_(None))
    )
