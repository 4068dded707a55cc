"""Giving each person the rich menu of their roles; nothing is drawn or made here (``bot.rich_menus``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.line import MENU_GONE, MOST_LINKED_AT_ONCE, GivenUp
from bot.logs import get_logger
from bot.wiring import Services
from models import rich_menus


def assign_menus(services: Services) -> None:
    """Give every member the menu of their roles as they are now; a job of the clock.

    Where nothing differs it costs three queries and no call.

    Raises:
        LINEError: LINE did not take a call; who was not reached is tried again the next time.
    """
    linked, unlinked = link_people(services)
    if linked or unlinked:
        get_logger().info("rich_menus_assigned", linked=linked, unlinked=unlinked)


def link_people(services: Services) -> tuple[int, int]:
    """Link whom their menu is not linked to, unlink who is no member any more; gives how many of each.

    LINE is told first and the rows are written after: cut off between them, the same is told once more, which does no
    harm.

    Raises:
        LINEError: LINE did not take a call; what came before it is done.
    """
    with services.database.reading() as session:
        gone, blocked = rich_menus.list_to_unlink(session), rich_menus.list_links_of_blocked(session)
        wanted = rich_menus.list_to_link(session)
    for people in _batches(gone):
        services.line.unlink_menus(people)
        _forget(services, people)
    for people in _batches(blocked):  # LINE gives them nothing; the menu waits for their return
        _forget(services, people)
    linked = sum(_link(services, menu, some) for menu, people in wanted.items() for some in _batches(people))
    return linked, len(gone)


def _batches(people: Sequence[str]) -> Iterator[Sequence[str]]:
    return (people[first : first + MOST_LINKED_AT_ONCE] for first in range(0, len(people), MOST_LINKED_AT_ONCE))


def _link(services: Services, rich_menu_id: str, people: Sequence[str]) -> int:
    try:
        services.line.link_menu(rich_menu_id, people)
    except GivenUp as error:
        if error.reason != MENU_GONE:
            raise
        _forget_menu(services, rich_menu_id)
        return 0
    with services.database.transaction() as session:
        rich_menus.record_links(session, rich_menu_id, people, services.clock.now())
    return len(people)


def _forget_menu(services: Services, rich_menu_id: str) -> None:
    """Give a menu to nobody that was deleted at LINE, until ``tidtam richmenu sync`` makes it again."""
    with services.database.transaction() as session:
        rich_menus.forget_menu(session, rich_menu_id)
    get_logger().warning("rich_menu_gone", rich_menu_id=rich_menu_id)


def _forget(services: Services, people: Sequence[str]) -> None:
    with services.database.transaction() as session:
        rich_menus.forget_links(session, people)
