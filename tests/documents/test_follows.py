"""Following letters: one open follow for each person and letter, and nobody hears of what they may not see."""

import pytest
from sqlalchemy import delete, select, update

from models.errors import NotFound
from models.follows import Follow, count_followed, follow, list_followed, list_followers, unfollow
from models.members import Member, MemberRole, Role
from tests.documents.conftest import DISTRICT, OTHER_DISTRICT, SECTION, row


@pytest.fixture
def letter_id(registry) -> int:
    registry.take_rows(row())
    return registry.letter().id


def begin(registry, member_id, document_id):
    with registry.database.transaction() as session:
        return follow(session, registry.viewer(member_id), document_id, registry.now)


def followers(registry, document_id):
    with registry.database.reading() as session:
        return list_followers(session, document_id)


def test_following_twice_is_following_once_and_it_may_begin_again(registry, letter_id):
    member_id = registry.add_member("U1")
    assert [begin(registry, member_id, letter_id) for _ in range(2)] == [True, False]
    with registry.database.transaction() as session:
        assert unfollow(session, member_id, letter_id, registry.now) is True
        assert unfollow(session, member_id, letter_id, registry.now) is False
        assert follow(session, registry.viewer(member_id), letter_id, registry.now) is True
    with registry.database.reading() as session:
        assert sorted(ended is None for ended in session.scalars(select(Follow.ended_at))) == [False, True]
    assert followers(registry, letter_id) == ["U1"]


def test_what_one_may_not_see_cannot_be_followed(registry, letter_id):
    member_id = registry.add_member("U1", OTHER_DISTRICT)
    refusals = []
    for document_id in (letter_id, 999):
        with pytest.raises(NotFound) as refused:
            begin(registry, member_id, document_id)
        refusals.append((refused.value.reason_code, refused.value.facts))
    assert refusals == [("letter_not_found", {})] * 2


def test_followers_are_those_who_may_still_see_the_letter_and_be_reached(registry, letter_id):
    people = {
        "U-own": registry.add_member("U-own"),
        "U-below": registry.add_member("U-below", SECTION),
        "U-secretary": registry.add_member("U-secretary", OTHER_DISTRICT, Role.SECRETARY),
        "U-blocked": registry.add_member("U-blocked", blocked=True),
        "U-moved": registry.add_member("U-moved"),
        "U-lost-role": registry.add_member("U-lost-role", OTHER_DISTRICT, Role.MANAGER),
    }
    for member_id in people.values():
        begin(registry, member_id, letter_id)
    with registry.database.transaction() as session:
        elsewhere = registry.units[OTHER_DISTRICT]
        session.execute(update(Member).where(Member.line_user_id == "U-moved").values(unit_id=elsewhere))
        session.execute(delete(MemberRole).where(MemberRole.member_id == people["U-lost-role"]))
    assert followers(registry, letter_id) == ["U-own", "U-below", "U-secretary"]


def test_a_letter_that_becomes_secret_is_gone_for_its_followers(registry, letter_id):
    member_id = registry.add_member("U1", DISTRICT)
    begin(registry, member_id, letter_id)
    viewer = registry.viewer(member_id)
    with registry.database.reading() as session:
        assert [line.id for line in list_followed(session, viewer)] == [letter_id]
        assert count_followed(session, viewer) == 1
    registry.take_rows(row(secrecy="ลับ"))
    assert followers(registry, letter_id) == []
    with registry.database.reading() as session:
        assert (list_followed(session, viewer), count_followed(session, viewer)) == ([], 0)
