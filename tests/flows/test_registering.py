"""Registering by code: the notice, the door that shuts, and leaving again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import members
from models.inbox import InboxEvent
from models.members import Consent, Role
from models.units import get_unit
from tests.office import DISTRICT, labels_of, text_of

STRANGER = "U" + "c" * 32


@pytest.fixture
def stranger(office):
    office.line.add_friend(STRANGER, "คนแปลกหน้า")
    return STRANGER


def invite(office, *, uses=1, days=7, role=Role.OFFICER):
    with office.database.transaction() as session:
        return members.create_invitation(
            session,
            unit_id=get_unit(session, DISTRICT).id,
            roles=[role],
            uses=uses,
            expires_at=office.clock.now() + timedelta(days=days),
            now=office.clock.now(),
        )


def test_a_code_leads_to_the_notice_and_a_tap_registers(office, stranger):
    code = invite(office)

    notice = office.says(stranger, f"ลงทะเบียน {code.lower()}")
    assert "ยอมรับ" in labels_of(notice)
    with office.database.reading() as session:
        assert members.find_member(session, stranger) is None

    office.taps(stranger, "ยอมรับ")
    with office.database.reading() as session:
        assert members.find_member(session, stranger).roles == {Role.OFFICER}
        assert session.scalars(select(Consent.decision)).all() == ["accepted"]


def test_the_notice_can_be_accepted_by_typing(office, stranger):
    office.says(stranger, invite(office))

    assert DISTRICT in text_of(office.says(stranger, "ยืนยัน"))


def test_who_declines_is_not_registered(office, stranger):
    office.says(stranger, invite(office))
    office.taps(stranger, "ไม่ยอมรับ")

    with office.database.reading() as session:
        assert members.find_member(session, stranger) is None
        assert session.scalars(select(Consent.decision)).all() == ["declined"]


def test_a_code_works_as_often_as_it_says(office, stranger):
    code = invite(office, uses=1)
    other = "U" + "d" * 32
    office.line.add_friend(other, "อีกคน")
    office.says(stranger, code)
    office.says(other, code)
    office.taps(stranger, "ยอมรับ")

    assert "หมดอายุหรือถูกใช้ครบแล้ว" in text_of(office.taps(other, "ยอมรับ"))
    with office.database.reading() as session:
        assert members.find_member(session, other) is None


def test_a_code_expires(office, stranger):
    code = invite(office, days=1)
    office.clock.advance(days=2)

    assert "ยอมรับ" not in labels_of(office.says(stranger, code))


def test_five_wrong_codes_shut_the_door_for_an_hour_even_to_the_right_one(office, stranger):
    code = invite(office)
    for _ in range(5):
        answer = office.says(stranger, "ลงทะเบียน AAAA-AAAA")
    assert "ลองใหม่" in text_of(answer)

    office.clock.advance(minutes=59)
    assert "ยอมรับ" not in labels_of(office.says(stranger, code))
    office.clock.advance(minutes=2)
    assert "ยอมรับ" in labels_of(office.says(stranger, code))


def test_wrong_codes_over_more_than_an_hour_do_not_shut_the_door(office, stranger):
    code = invite(office)
    for _ in range(4):
        office.says(stranger, "ลงทะเบียน AAAA-AAAA")
    office.clock.advance(minutes=61)
    office.says(stranger, "ลงทะเบียน AAAA-AAAA")

    assert "ยอมรับ" in labels_of(office.says(stranger, code))


def test_who_asks_for_it_is_forgotten(office, stranger):
    office.says(stranger, invite(office))
    office.taps(stranger, "ยอมรับ")
    office.add_letter()
    office.says(stranger, "กท 1902/1335")

    office.says(stranger, "ขอลบข้อมูล")
    office.taps(stranger, "ยืนยัน")

    assert "ลงทะเบียน" in text_of(office.says(stranger, "กท 1902/1335"))
    with office.database.reading() as session:
        assert members.find_member(session, stranger) is None
        kept = session.scalars(select(InboxEvent.raw).where(InboxEvent.raw.is_not(None))).all()
        assert len(kept) == 1  # only the question asked afterwards
