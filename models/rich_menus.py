"""Rich menus at LINE: which menu stands for a kind of people, and which person was given which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, String, case, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, enum_column
from models.members import ANSWERS_REQUESTS, Member, MemberRole, Role


class MenuKind(StrEnum):
    """Whose menu it is."""

    OFFICER = "officer"
    SECRETARIAT = "secretariat"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"
    MANAGER = "manager"


KIND_OF_ROLES: tuple[tuple[frozenset[Role], MenuKind], ...] = (
    (ANSWERS_REQUESTS, MenuKind.SECRETARIAT),
    (frozenset({Role.MANAGER}), MenuKind.MANAGER),
    (frozenset({Role.REVIEWER}), MenuKind.REVIEWER),
    (frozenset({Role.COORDINATOR}), MenuKind.COORDINATOR),
    (frozenset({Role.OFFICER}), MenuKind.OFFICER),
)
"""Whose menu a person has who holds one of these roles; of several the first, whose work waits for them most."""


def menu_of(roles: Collection[Role]) -> MenuKind:
    """The kind of menu for a person of these roles.

    >>> menu_of([Role.OFFICER, Role.COORDINATOR]).value
    'coordinator'
    """
    return next((kind for wanted, kind in KIND_OF_ROLES if wanted & set(roles)), MenuKind.OFFICER)


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


@dataclass(frozen=True)
class MadeMenu:
    """Which menu stands for a kind at LINE, and what it says."""

    rich_menu_id: str
    digest: str


def find_menus(session: Session) -> dict[MenuKind, MadeMenu]:
    """The menus that were made, by kind; empty before the first were."""
    query = select(RichMenu.kind, RichMenu.rich_menu_id, RichMenu.digest)
    return {kind: MadeMenu(rich_menu_id, digest) for kind, rich_menu_id, digest in session.execute(query)}


def record_menu(session: Session, kind: MenuKind, digest: str, rich_menu_id: str, now: datetime) -> None:
    """Keep which menu stands for a kind from now on; the one before is forgotten."""
    session.merge(RichMenu(kind=kind, digest=digest, rich_menu_id=rich_menu_id, made_at=now))


def forget_menu(session: Session, rich_menu_id: str) -> None:
    """Forget a menu that LINE no longer has, so that nobody is given it."""
    session.execute(delete(RichMenu).where(RichMenu.rich_menu_id == rich_menu_id))


# --- who has which --------------------------------------------------------------------------------------------------


def list_to_link(session: Session) -> dict[str, list[str]]:
    """Who is to be given which menu: LINE user ids by menu id, in order of joining.

    These are members who have not blocked the account and whose menu is not the one of their roles as it is now. One
    query gives the differences only; a kind that has no menu yet is passed over.
    """
    made = {kind: menu.rich_menu_id for kind, menu in find_menus(session).items()}
    if not made:
        return {}
    wanted = _wanted_menu(made)
    query = (
        select(wanted.label("menu"), Member.line_user_id)
        .join(MemberRole, MemberRole.member_id == Member.id, isouter=True)
        .join(RichMenuLink, RichMenuLink.line_user_id == Member.line_user_id, isouter=True)
        .where(Member.blocked_at.is_(None))
        .group_by(Member.id, Member.line_user_id, RichMenuLink.rich_menu_id)
        .having(or_(RichMenuLink.rich_menu_id.is_(None), RichMenuLink.rich_menu_id != wanted))
        .order_by(Member.id)
    )
    found: dict[str, list[str]] = {}
    for menu, line_user_id in session.execute(query):
        if menu is not None:
            found.setdefault(menu, []).append(line_user_id)
    return found


def _wanted_menu(made: Mapping[MenuKind, str]) -> ColumnElement[str | None]:
    """The id of the menu of a person's roles, as ``menu_of`` says it, over the rows of one member."""
    last = len(KIND_OF_ROLES) - 1
    ranks = [(MemberRole.role.in_(list(roles)), rank) for rank, (roles, _) in enumerate(KIND_OF_ROLES)]
    rank = func.min(case(*ranks, else_=last))
    menus = [(rank == place, made[kind]) for place, (_, kind) in enumerate(KIND_OF_ROLES) if kind in made]
    return case(*menus, else_=None)


def list_to_unlink(session: Session) -> list[str]:
    """LINE user ids of people who have a menu and are members no more."""
    query = select(RichMenuLink.line_user_id).where(RichMenuLink.line_user_id.not_in(select(Member.line_user_id)))
    return list(session.scalars(query.order_by(RichMenuLink.line_user_id)))


def record_links(session: Session, rich_menu_id: str, line_user_ids: Iterable[str], now: datetime) -> None:
    """Note that LINE gave these people, at least one, a menu."""
    connection = session.connection()
    rows = [{"line_user_id": one, "rich_menu_id": rich_menu_id, "linked_at": now} for one in line_user_ids]
    connection.execute(_UPSERTS[connection.dialect.name], rows)


def forget_links(session: Session, line_user_ids: Collection[str]) -> None:
    """Forget that these people had a menu."""
    session.execute(delete(RichMenuLink).where(RichMenuLink.line_user_id.in_(line_user_ids)))


def list_links_of_blocked(session: Session) -> list[str]:
    """LINE user ids of people who have a menu and blocked the account: whoever comes back is to be given it again."""
    query = select(RichMenuLink.line_user_id).join(Member, Member.line_user_id == RichMenuLink.line_user_id)
    return list(session.scalars(query.where(Member.blocked_at.is_not(None)).order_by(Member.id)))


def _upsert(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    given = {"rich_menu_id": insert.excluded.rich_menu_id, "linked_at": insert.excluded.linked_at}
    return insert.on_conflict_do_update(index_elements=["line_user_id"], set_=given)


_UPSERTS = {
    "sqlite": _upsert(sqlite.insert(RichMenuLink)),
    "postgresql": _upsert(postgresql.insert(RichMenuLink)),
}
