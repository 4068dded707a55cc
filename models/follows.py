"""Follows (ติดตามต่อ): who wants to hear when a letter moves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, bindparam, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.documents import Document, DocumentEvent, LetterLine
from models.errors import NotFound
from models.members import Member
from models.visibility import Viewer, as_lines, is_visible_to, may_see_letter, select_lines

_IS_OPEN = text("ended_at IS NULL")


class Follow(Base):
    """One stretch of time in which a member follows a letter; at most one is open for each pair."""

    __tablename__ = "follows"
    __table_args__ = (
        Index(
            "uq_follows_open",
            "document_id",
            "member_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    told_event_id: Mapped[int] = mapped_column(BigId)
    """The letter's latest event that the member knows of; a later change of stage is news."""


@dataclass(frozen=True)
class StageNews:
    """A letter that moved, and the followers to tell: LINE user ids, oldest follow first."""

    document_id: int
    event_id: int
    line_user_ids: list[str]


def follow(session: Session, viewer: Viewer, document_id: int, now: datetime) -> bool:
    """Start telling a member when a letter moves.

    Returns:
        True where it started, False where the member followed it already.

    Raises:
        NotFound: ``letter_not_found``: there is none, or none that this viewer may know of.
    """
    if session.scalar(select(Document.id).where(Document.id == document_id, is_visible_to(viewer))) is None:
        raise NotFound("letter_not_found")
    if session.scalar(_open_follow(viewer.member_id, document_id)) is not None:
        return False
    try:
        with session.begin_nested():  # the other of two simultaneous taps may have won
            session.add(
                Follow(
                    member_id=viewer.member_id,
                    document_id=document_id,
                    started_at=now,
                    told_event_id=session.scalar(_latest_event_of(document_id)) or 0,
                )
            )
    except IntegrityError:
        return False
    return True


def unfollow(session: Session, member_id: int, document_id: int, now: datetime) -> bool:
    """Stop telling a member; False where the member did not follow the letter, or it is not there."""
    followed = session.scalar(_open_follow(member_id, document_id))
    if followed is None:
        return False
    followed.ended_at = now
    session.flush()  # so that a follow in the same transaction finds the place free
    return True


def list_followers(session: Session, document_id: int) -> list[str]:
    """List the LINE user ids to tell when a letter moves, oldest follow first.

    Left out are members who blocked the account and those who may not see the letter any more: their unit or roles
    changed, or the letter became secret.
    """
    return list(
        session.scalars(
            select(Member.line_user_id)
            .join(Follow, Follow.member_id == Member.id)
            .where(Follow.document_id == document_id, Follow.ended_at.is_(None))
            .where(Member.blocked_at.is_(None), may_see_letter(document_id))
            .order_by(Follow.id)
        )
    )


def list_followed(session: Session, viewer: Viewer, limit: int = 10, offset: int = 0) -> list[LetterLine]:
    """List the letters that a member follows and may still see, the last one moved first."""
    followed = select_lines(viewer).where(_is_followed_by(viewer))
    ordered = followed.order_by(Document.latest_event_at.desc(), Document.id.desc())
    return as_lines(session.execute(ordered.limit(limit).offset(offset)))


def count_followed(session: Session, viewer: Viewer) -> int:
    """Count what ``list_followed`` would list without its limit."""
    visible = select(func.count(Document.id)).where(is_visible_to(viewer), _is_followed_by(viewer))
    return session.scalar(visible) or 0


def is_following(session: Session, member_id: int, document_id: int) -> bool:
    """Whether a member follows a letter now."""
    return session.connection().scalar(_IS_FOLLOWING, {"member": member_id, "letter": document_id}) is not None


_IS_FOLLOWING = select(Follow.id).where(
    Follow.member_id == bindparam("member"), Follow.document_id == bindparam("letter"), Follow.ended_at.is_(None)
)


def has_news(session: Session) -> bool:
    """Whether some followed letter moved since its followers were last told; cheap enough to ask every second."""
    return session.scalar(_untold().limit(1)) is not None


def take_news(session: Session) -> list[StageNews]:
    """Letters that moved, with those to tell; the follows are marked as told, so nobody is given out twice.

    Several changes since the last time are one piece of news: the letter as it stands now.
    """
    news = []
    for document_id in session.scalars(_untold().distinct()).all():
        event_id = session.scalar(_latest_event_of(document_id)) or 0
        allowed = set(list_followers(session, document_id))
        marked = session.execute(
            update(Follow)
            .where(Follow.document_id == document_id, Follow.ended_at.is_(None), Follow.told_event_id < event_id)
            .values(told_event_id=event_id)
            .returning(Follow.id, Follow.member_id)
            .execution_options(synchronize_session=False)
        ).all()
        members = [row.member_id for row in sorted(marked, key=lambda row: row.id)]
        line_ids = dict(session.execute(select(Member.id, Member.line_user_id).where(Member.id.in_(members))).all())
        told = [line_ids[member] for member in members if line_ids.get(member) in allowed]
        if told:
            news.append(StageNews(document_id, event_id, told))
    return news


def mark_told(session: Session, document_id: int, line_user_ids: Collection[str], event_id: int) -> None:
    """Note that some people hear of a letter's event by other words, so that it is no news to them."""
    people = select(Member.id).where(Member.line_user_id.in_(line_user_ids))
    session.execute(
        update(Follow)
        .where(Follow.document_id == document_id, Follow.ended_at.is_(None), Follow.member_id.in_(people))
        .values(told_event_id=event_id)
        .execution_options(synchronize_session=False)
    )


def _untold() -> Select[int]:
    moved = (
        select(DocumentEvent.id)
        .where(
            DocumentEvent.document_id == Follow.document_id,
            DocumentEvent.id > Follow.told_event_id,
            DocumentEvent.from_stage != DocumentEvent.to_stage,
        )
        .exists()
    )
    return select(Follow.document_id).where(Follow.ended_at.is_(None), moved)


def _latest_event_of(document_id: int) -> Select[int | None]:
    return select(func.max(DocumentEvent.id)).where(DocumentEvent.document_id == document_id)


def _open_follow(member_id: int, document_id: int) -> Select[Follow]:
    return select(Follow).filter_by(member_id=member_id, document_id=document_id, ended_at=None)


def _is_followed_by(viewer: Viewer) -> ColumnElement[bool]:
    open_ones = select(Follow.document_id).where(Follow.member_id == viewer.member_id, Follow.ended_at.is_(None))
    return Document.id.in_(open_ones)
