"""Rich menus at LINE: which menu stands for a kind of people, and which person was given which."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, enum_column


class MenuKind(StrEnum):
    """Whose menu it is."""

    OFFICER = "officer"
    SECRETARIAT = "secretariat"
    COORDINATOR = "coordinator"
    MANAGER = "manager"


class RichMenu(Base):
    """A menu as it was made at LINE last."""

    __tablename__ = "rich_menus"

    kind: Mapped[MenuKind] = mapped_column(enum_column(MenuKind), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    """Of its areas and its picture: a menu that says the same is not made again."""
    rich_menu_id: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]


class RichMenuLink(Base):
    """The menu that a person was given last."""

    __tablename__ = "rich_menu_links"

    line_user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    rich_menu_id: Mapped[str] = mapped_column(String(64))
    linked_at: Mapped[datetime]
