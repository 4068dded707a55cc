"""What indicators are called, over all years: the official name, a short one for cards, and what people say."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class IndicatorName(Base):
    """The names of one indicator; ``aliases`` is JSON."""

    __tablename__ = "indicator_names"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(400))
    short: Mapped[str] = mapped_column(String(60))
    aliases: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class Called:
    """What an indicator is called; ``short`` is empty where there is no shorter name."""

    code: str
    name: str
    short: str = ""
    aliases: Sequence[str] = ()


def store_names(session: Session, called: Sequence[Called]) -> None:
    """Bring the names of these indicators in line; those of others stay as they are."""
    known = {row.code: row for row in session.scalars(select(IndicatorName))}
    for one in called:
        row = known.get(one.code) or IndicatorName(code=one.code)
        row.name, row.short = one.name, one.short
        row.aliases = json.dumps(list(one.aliases), ensure_ascii=False)
        session.add(row)
    session.flush()  # who reads them next may read in SQL


def list_names(session: Session) -> list[Called]:
    """The names of every indicator, by code."""
    columns = (IndicatorName.code, IndicatorName.name, IndicatorName.short, IndicatorName.aliases)
    rows = session.execute(select(*columns).order_by(IndicatorName.code))
    return [Called(code, name, short, tuple(json.loads(aliases))) for code, name, short, aliases in rows]


def short_names(session: Session, codes: Collection[str]) -> dict[str, str]:
    """The short name of indicators by code; those that have none are left out."""
    has_one = (IndicatorName.code.in_(codes), IndicatorName.short != "")
    rows = session.execute(select(IndicatorName.code, IndicatorName.short).where(*has_one))
    return {row.code: row.short for row in rows}
