"""Rich menus at LINE: making them as they should be.

What LINE has and what our tables know may differ after any interruption, so both are looked at each time and nothing
is built on what was done before. A menu counts from the moment its row is written, which is after it has its picture;
what was made and has no row, a later run deletes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import orjson

from bot.line import ListedMenu
from bot.logs import get_logger
from bot.rich_menu_links import link_people
from bot.wiring import Services
from messages.charts.menus import menu_picture, menu_png
from messages.limits import Json
from messages.rich_menus import is_ours, menu_json
from models import rich_menus
from models.rich_menus import MadeMenu, MenuKind


class Change(StrEnum):
    """What becomes of the menu of a kind."""

    CREATED = "created"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class SyncReport:
    """What a run changed at LINE, or would."""

    menus: dict[MenuKind, Change]
    linked: int
    unlinked: int
    deleted: int

    def as_json(self) -> Json:
        """For ``--json``."""
        return vars(self) | {"menus": dict(self.menus)}


@dataclass(frozen=True)
class Wanted:
    """A menu as it should be at LINE; ``digest`` is of its areas and its picture."""

    kind: MenuKind
    digest: str
    shape: Json


def wanted_menu(kind: MenuKind) -> Wanted:
    """The menu of a kind as it should be.

    The digest is of what is drawn and not of its pixels, so that another version of the drawing program changes
    nothing at LINE, and nothing is drawn to find that nothing changed.
    """
    said = orjson.dumps(menu_json(kind, ""), option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(said + menu_picture(kind).encode()).hexdigest()
    return Wanted(kind, digest, menu_json(kind, digest))


def sync_menus(services: Services, *, is_rehearsal: bool = False) -> SyncReport:
    """Make the menus at LINE as they should be and give them to people; what is as it should be is left alone.

    New ones are made before people are moved to them, and old ones deleted after. A run that was cut off anywhere is
    made good by the next.

    Args:
        services: of this process.
        is_rehearsal: only look, and tell what would be done to menus (people are not counted).

    Raises:
        LINEError: LINE did not take something; what was done so far stays.
        NotDrawn: a picture could not be drawn.
    """
    listed = services.line.list_menus()
    with services.database.reading() as session:
        made = rich_menus.find_menus(session)
    wanted = [wanted_menu(kind) for kind in MenuKind]
    changes = {menu.kind: _change(menu, made.get(menu.kind), listed) for menu in wanted}
    if is_rehearsal:
        kept = {made[kind].rich_menu_id for kind, change in changes.items() if change is Change.UNCHANGED}
        return SyncReport(changes, 0, 0, len(_old_menus(listed, kept)))
    for menu in wanted:
        if changes[menu.kind] is not Change.UNCHANGED:
            _make(services, menu)
    linked, unlinked = link_people(services)
    return SyncReport(changes, linked, unlinked, _delete_old(services, listed))


def _change(wanted: Wanted, made: MadeMenu | None, listed: Sequence[ListedMenu]) -> Change:
    """A menu that somebody deleted at LINE is made again, as is one that should say something else."""
    if made is None:
        return Change.CREATED
    is_there = any(menu.rich_menu_id == made.rich_menu_id for menu in listed)
    return Change.UNCHANGED if is_there and made.digest == wanted.digest else Change.REPLACED


def _make(services: Services, wanted: Wanted) -> None:
    png = menu_png(wanted.kind)
    rich_menu_id = services.line.create_menu(wanted.shape)
    services.line.upload_menu_picture(rich_menu_id, png)
    with services.database.transaction() as session:
        rich_menus.record_menu(session, wanted.kind, wanted.digest, rich_menu_id, services.clock.now())
    get_logger().info("rich_menu_made", kind=wanted.kind.value, rich_menu_id=rich_menu_id, bytes=len(png))


def _delete_old(services: Services, listed: Sequence[ListedMenu]) -> int:
    """Delete our menus that stand for nothing any more; gives how many."""
    with services.database.reading() as session:
        kept = {menu.rich_menu_id for menu in rich_menus.find_menus(session).values()}
    old = _old_menus(listed, kept)
    for rich_menu_id in old:
        services.line.delete_menu(rich_menu_id)
        get_logger().info("rich_menu_deleted", rich_menu_id=rich_menu_id)
    return len(old)


def _old_menus(listed: Sequence[ListedMenu], kept: set[str]) -> list[str]:
    return [menu.rich_menu_id for menu in listed if is_ours(menu.name) and menu.rich_menu_id not in kept]
