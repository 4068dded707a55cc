"""Making menus at LINE: once, again where they changed, and whole again after every interruption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from bot.line import GivenUp, LINEError, OutcomeUnknown, RateLimited
from bot.rich_menu_links import assign_menus
from bot.rich_menus import Change, sync_menus
from models.members import Role
from models.rich_menus import MenuKind, RichMenu, RichMenuLink, find_menus

OFFICER, SECRETARY, MANAGER = ("U" + letter * 32 for letter in "abc")
CHANGING = ("create_menu", "upload_menu_picture", "link_menu", "unlink_menus", "delete_menu")


@pytest.fixture
def staffed(office):
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY)
    office.add_member(MANAGER, Role.MANAGER)
    return office


def menus_at_line(office) -> list[str]:
    """What our menus are at LINE, each as its kind; those without a picture are marked."""
    menus = office.line.rich_menus.menus.values()
    ours = [menu for menu in menus if menu.shape["name"].startswith("tidtam:")]
    return sorted(menu.shape["name"].split(":")[1] + ("" if menu.image else " bare") for menu in ours)


def shown_to(office, person: str) -> str | None:
    menu = office.line.rich_menus.shown_to(person)
    return menu.shape["name"].split(":")[1] if menu else None


def changes_at_line(office) -> int:
    return sum(call.kind == "richMenu" and call.method != "GET" for call in office.line.calls)


def make_stale(office, *kinds: MenuKind) -> None:
    """As if an earlier version of the product had made them."""
    with office.database.transaction() as session:
        session.execute(update(RichMenu).where(RichMenu.kind.in_(kinds or list(MenuKind))).values(digest="earlier"))


def assert_whole(office) -> None:
    assert menus_at_line(office) == sorted(MenuKind)
    assert [shown_to(office, person) for person in (OFFICER, SECRETARY, MANAGER)] == [
        "officer",
        "secretariat",
        "manager",
    ]
    with office.database.reading() as session:
        made = {menu.rich_menu_id for menu in find_menus(session).values()}
        linked = {link.rich_menu_id for link in session.query(RichMenuLink)}
    assert made == {menu.rich_menu_id for menu in office.line.rich_menus.menus.values()}
    assert linked <= made


def test_everybody_has_the_menu_of_their_roles(staffed):
    report = sync_menus(staffed.services)

    assert set(report.menus) == set(MenuKind) and set(report.menus.values()) == {Change.CREATED}
    assert (report.linked, report.unlinked, report.deleted) == (3, 0, 0)
    assert_whole(staffed)


def test_a_second_run_changes_nothing(staffed):
    sync_menus(staffed.services)
    before = changes_at_line(staffed)

    report = sync_menus(staffed.services)

    assert changes_at_line(staffed) == before
    assert set(report.menus.values()) == {Change.UNCHANGED}
    assert (report.linked, report.unlinked, report.deleted) == (0, 0, 0)


def test_a_rehearsal_changes_nothing_and_tells_what_would_be_changed(staffed):
    told = sync_menus(staffed.services, is_rehearsal=True)
    assert (changes_at_line(staffed), set(told.menus.values())) == (0, {Change.CREATED})

    sync_menus(staffed.services)
    make_stale(staffed, MenuKind.OFFICER)
    before = changes_at_line(staffed)
    told = sync_menus(staffed.services, is_rehearsal=True)

    assert changes_at_line(staffed) == before
    assert Counter(told.menus.values()) == {Change.UNCHANGED: 4, Change.REPLACED: 1}
    assert told.deleted == 1


def test_what_changed_is_replaced_and_the_old_one_deleted(staffed):
    sync_menus(staffed.services)
    old = staffed.line.rich_menus.shown_to(OFFICER).rich_menu_id
    make_stale(staffed, MenuKind.OFFICER)

    report = sync_menus(staffed.services)

    assert report.menus[MenuKind.OFFICER] is Change.REPLACED
    assert (report.linked, report.deleted) == (1, 1)
    assert old not in staffed.line.rich_menus.menus
    assert_whole(staffed)


def test_nobody_is_without_a_menu_meanwhile(staffed):
    """The old one is deleted after its people have the new one."""
    sync_menus(staffed.services)
    make_stale(staffed)
    staffed.services.line = Watched(staffed.services.line, lambda _: seen.append(shown_to(staffed, OFFICER)))
    seen: list[str | None] = []

    sync_menus(staffed.services)

    assert len(seen) == 36 and set(seen) == {"officer"}


def test_a_menu_that_was_deleted_by_hand_is_made_again(staffed):
    sync_menus(staffed.services)
    gone = staffed.line.rich_menus.shown_to(MANAGER).rich_menu_id
    del staffed.line.rich_menus.menus[gone]

    report = sync_menus(staffed.services)

    assert (report.menus[MenuKind.MANAGER], report.linked, report.deleted) == (Change.REPLACED, 1, 0)
    assert_whole(staffed)


def test_menus_of_others_are_left_alone(staffed):
    foreign = staffed.services.line.create_menu(
        {
            "size": {"width": 2500, "height": 843},
            "selected": False,
            "name": "tidtamtawan",
            "chatBarText": "Menu",
            "areas": [],
        }
    )
    sync_menus(staffed.services)
    make_stale(staffed)
    sync_menus(staffed.services)

    assert foreign in staffed.line.rich_menus.menus


def test_a_lost_table_is_made_good(staffed):
    sync_menus(staffed.services)
    with staffed.database.transaction() as session:
        session.query(RichMenu).delete()
        session.query(RichMenuLink).delete()

    report = sync_menus(staffed.services)

    assert (report.linked, report.deleted) == (3, 5)
    assert_whole(staffed)


class Killed(BaseException):
    """The process ends here."""


class Watched:
    """LINE's client, with somebody who looks before and after each call that changes something."""

    def __init__(self, line: Any, look: Callable[[str], None]) -> None:
        self._line, self._look = line, look

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._line, name)
        return (lambda *arguments: self._do(call, *arguments)) if name in CHANGING else call

    def _do(self, call: Any, *arguments: Any) -> Any:
        self._look("before")
        done = call(*arguments)
        self._look("after")
        return done


def kill_at(place: int) -> Callable[[str], None]:
    left = [place]

    def look(_: str) -> None:
        if not left[0]:
            raise Killed
        left[0] -= 1

    return look


def test_a_run_that_is_killed_anywhere_is_made_good_by_the_next(staffed):
    """Before and after each call that changes something at LINE: with two kinds and their people these are eight."""
    sync_menus(staffed.services)
    line, kills = staffed.services.line, 0
    for place in range(100):
        make_stale(staffed, MenuKind.OFFICER, MenuKind.MANAGER)
        staffed.services.line = Watched(line, kill_at(place))
        try:
            sync_menus(staffed.services)
        except Killed:
            kills += 1
            assert shown_to(staffed, OFFICER) == "officer"
        finally:
            staffed.services.line = line
        sync_menus(staffed.services)
        assert_whole(staffed)
        if kills <= place:
            break
    assert kills == 16


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (lambda line: line.faults.rate_limit_next(endpoint="richMenu"), RateLimited),
        (lambda line: line.faults.fail_next(500, endpoint="richMenu"), OutcomeUnknown),
        (lambda line: line.faults.fail_next(500, accepted=True, endpoint="richMenu"), OutcomeUnknown),
        (lambda line: line.faults.drop_next(accepted=True, endpoint="richMenu"), OutcomeUnknown),
    ],
)
@pytest.mark.parametrize("verb", CHANGING[:3])
def test_what_line_does_not_take_is_told_and_made_good(staffed, verb, trouble, error):
    line = staffed.services.line

    class Troubled(Watched):
        def __getattr__(self, name: str) -> Any:
            if name == verb:
                trouble(staffed.line)
            return getattr(line, name)

    staffed.services.line = Troubled(line, lambda _: None)
    with pytest.raises(error):
        sync_menus(staffed.services)
    staffed.services.line = line

    staffed.line.faults.clear()
    sync_menus(staffed.services)
    assert_whole(staffed)


def test_a_menu_too_many_is_a_plain_error(staffed):
    staffed.line.faults.fail_next(400, endpoint="richMenu", count=2)
    with pytest.raises(LINEError):
        sync_menus(staffed.services)
    assert menus_at_line(staffed) == []
    staffed.line.faults.clear()

    with pytest.raises(GivenUp) as refused:
        staffed.services.line.upload_menu_picture("richmenu-nowhere", b"png")
    assert refused.value.reason == "refused_404"
    staffed.services.line.delete_menu("richmenu-nowhere")  # gone is deleted


def test_the_clock_gives_nobody_a_menu_before_there_are_any(staffed):
    assign_menus(staffed.services)
    assert changes_at_line(staffed) == 0
