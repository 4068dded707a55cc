"""Giving people their menus: as they come, change their roles, block the account and leave."""

from __future__ import annotations

from itertools import combinations

import pytest
from sqlalchemy import delete, select

from bot.line import OutcomeUnknown, RateLimited
from bot.rich_menu_links import assign_menus
from bot.rich_menus import sync_menus
from bot.schedule import JOBS, Schedule
from models.members import MemberRole, Role, add_member, create_invitation, find_member
from models.rich_menus import MenuKind, RichMenuLink, find_menus, menu_of
from models.units import get_unit
from tests.office import DISTRICT
from tests.rich_menus.test_syncing import changes_at_line, shown_to

PERSON, OTHER = ("U" + letter * 32 for letter in "ab")


@pytest.fixture
def synced(office):
    sync_menus(office.services)
    return office


def tick(office) -> None:
    """What the clock does every so often, this job alone."""
    Schedule(office.services, tuple(job for job in JOBS if job.name == "assign_menus")).run_due()


def set_roles(office, person: str, *roles: Role) -> None:
    with office.database.transaction() as session:
        member = find_member(session, person)
        session.execute(delete(MemberRole).where(MemberRole.member_id == member.id))
        session.add_all(MemberRole(member_id=member.id, role=role) for role in roles)


def links(office) -> dict[str, str]:
    with office.database.reading() as session:
        return {link.line_user_id: link.rich_menu_id for link in session.scalars(select(RichMenuLink))}


def bulk_sizes(office, what: str) -> list[int]:
    return [len(call.sent["userIds"]) for call in office.line.calls if call.path.endswith(f"/bulk/{what}")]


def test_who_registers_has_a_menu_at_the_next_run(synced):
    synced.line.add_friend(PERSON, "ผู้มาใหม่")
    tick(synced)
    assert shown_to(synced, PERSON) is None
    with synced.database.transaction() as session:
        code = create_invitation(
            session,
            unit_id=get_unit(session, DISTRICT).id,
            roles=[Role.COORDINATOR],
            uses=1,
            expires_at=synced.clock.now().replace(year=2027),
            now=synced.clock.now(),
        )
    synced.says(PERSON, f"ลงทะเบียน {code}")
    synced.taps(PERSON, "ยอมรับ")

    tick(synced)

    assert shown_to(synced, PERSON) == "coordinator"


def test_another_role_brings_another_menu(synced):
    synced.add_member(PERSON)
    tick(synced)
    assert shown_to(synced, PERSON) == "officer"

    set_roles(synced, PERSON, Role.OFFICER, Role.MANAGER)
    tick(synced)
    assert shown_to(synced, PERSON) == "manager"

    set_roles(synced, PERSON, Role.OFFICER)
    tick(synced)
    assert shown_to(synced, PERSON) == "officer"


def test_nothing_is_called_where_nothing_changed(synced):
    synced.add_member(PERSON)
    tick(synced)
    before = len(synced.line.calls)
    for _ in range(3):
        tick(synced)
    assert len(synced.line.calls) == before


def test_every_mixture_of_roles_has_the_menu_that_the_rule_says(synced):
    mixtures = [*combinations(Role, 1), *combinations(Role, 2), tuple(Role), ()]
    people = {f"U{number:032x}": roles for number, roles in enumerate(mixtures)}
    for person, roles in people.items():
        synced.add_member(person, *roles)
        set_roles(synced, person, *roles)

    tick(synced)

    assert {person: shown_to(synced, person) for person in people} == {
        person: menu_of(roles).value for person, roles in people.items()
    }


def test_who_has_data_deleted_has_no_menu_any_more(synced):
    synced.add_member(PERSON)
    synced.add_member(OTHER)
    tick(synced)
    synced.says(PERSON, "ลบข้อมูลของฉัน")
    synced.says(PERSON, "ยืนยัน")

    tick(synced)

    assert (shown_to(synced, PERSON), shown_to(synced, OTHER)) == (None, "officer")
    assert set(links(synced)) == {OTHER}


def test_who_blocked_the_account_and_comes_back_has_the_menu_of_today(synced):
    synced.add_member(PERSON)
    tick(synced)
    synced.line.unfollow(PERSON)
    synced.work()
    tick(synced)
    assert links(synced) == {}
    set_roles(synced, PERSON, Role.MANAGER)
    tick(synced)
    assert links(synced) == {}

    synced.line.follow(PERSON)
    synced.work()
    tick(synced)

    assert shown_to(synced, PERSON) == "manager"


def test_hundreds_go_in_bulks(synced):
    with synced.database.transaction() as session:
        unit_id = get_unit(session, DISTRICT).id
        for number in range(600):
            person = f"U{number:032x}"
            add_member(
                session, line_user_id=person, name="", unit_id=unit_id, roles=[Role.OFFICER], now=synced.clock.now()
            )
    synced.line.faults.rate_limit_next(endpoint="multicast")  # another endpoint's trouble is none of ours

    tick(synced)

    assert bulk_sizes(synced, "link") == [500, 100]
    assert len(links(synced)) == 600
    with synced.database.transaction() as session:
        session.execute(delete(MemberRole))
        session.connection().exec_driver_sql("DELETE FROM members")
    tick(synced)
    assert bulk_sizes(synced, "unlink") == [500, 100]
    assert links(synced) == {}


@pytest.mark.parametrize("status", [429, 500])
def test_what_line_refuses_is_tried_once_a_run_and_heals(synced, status, logged):
    synced.add_member(PERSON)
    before = changes_at_line(synced)
    if status == 429:
        synced.line.faults.rate_limit_next(endpoint="richMenu", count=2)
    else:
        synced.line.faults.fail_next(status, endpoint="richMenu", count=2)

    tick(synced)
    tick(synced)
    assert changes_at_line(synced) == before + 2
    assert links(synced) == {}
    failed = [entry for entry in logged if entry["event"] == "job_failed"]
    assert [(entry["job"], entry["reason"]) for entry in failed] == [
        ("assign_menus", "rate_limit" if status == 429 else "answer_500")
    ] * 2

    tick(synced)
    assert shown_to(synced, PERSON) == "officer"


def test_the_first_bulk_stays_given_where_the_second_is_refused(synced):
    synced.add_member(PERSON)
    synced.add_member(OTHER, Role.MANAGER)
    line = synced.services.line
    with synced.database.reading() as session:
        of_managers = find_menus(session)[MenuKind.MANAGER].rich_menu_id

    class RefusesManagers:
        def __getattr__(self, name):
            return getattr(line, name)

        def link_menu(self, rich_menu_id, user_ids):
            if rich_menu_id == of_managers:
                synced.line.faults.rate_limit_next(endpoint="richMenu")
            line.link_menu(rich_menu_id, user_ids)

    synced.services.line = RefusesManagers()
    with pytest.raises(RateLimited):
        assign_menus(synced.services)
    assert set(links(synced)) == {PERSON}

    synced.services.line = line
    assign_menus(synced.services)
    assert shown_to(synced, OTHER) == "manager"


def test_an_answer_that_was_lost_is_asked_for_again_and_does_no_harm(synced):
    synced.add_member(PERSON)
    synced.line.faults.drop_next(accepted=True, endpoint="richMenu")
    with pytest.raises(OutcomeUnknown):
        assign_menus(synced.services)
    assign_menus(synced.services)
    assert shown_to(synced, PERSON) == "officer"


def test_a_menu_that_is_gone_is_asked_for_once_and_made_by_the_next_sync(synced):
    synced.add_member(PERSON)
    with synced.database.reading() as session:
        gone = find_menus(session)[MenuKind.OFFICER].rich_menu_id
    del synced.line.rich_menus.menus[gone]
    tick(synced)
    before = len(synced.line.calls)
    tick(synced)
    assert len(synced.line.calls) == before  # LINE is not asked every few seconds for what is not there

    sync_menus(synced.services)
    assert shown_to(synced, PERSON) == "officer"
