"""What was said once of indicators: reminders and digests, so that no restart says it twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId


class IndicatorNotice(Base):
    """Something that was said; ``key`` tells of what and to whom."""

    __tablename__ = "indicator_notices"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


def note_once(session: Session, kind: str, key: str, now: datetime) -> bool:
    """Note that something is said now; False where it was said before."""
    connection = session.connection()
    said = connection.execute(_NOTED_ONCE[connection.dialect.name], {"kind": kind, "key": key, "at": now})
    return said.one_or_none() is not None


def find_noted(session: Session, kind: str, key: str) -> datetime | None:
    """When something was said; None where it was not."""
    return session.scalar(select(IndicatorNotice.at).where(IndicatorNotice.kind == kind, IndicatorNotice.key == key))


def _once(insert: Any) -> Any:
    return insert.on_conflict_do_nothing().returning(IndicatorNotice.id)


_NOTED_ONCE = {
    "sqlite": _once(sqlite.insert(IndicatorNotice)),
    "postgresql": _once(postgresql.insert(IndicatorNotice)),
}
