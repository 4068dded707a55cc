"""Duty in the chat: beginning it, ending it, handing it over, and who gets the cards meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.shifts import relief_news
from models import duty_shifts, outbox
from models.duty_shifts import RosterRow
from models.members import Role, find_member
from tests.office import SECRETARIAT, labels_of, text_of

ASKER, SECRETARY, COLLEAGUE, SUPERVISOR = ("U" + letter * 32 for letter in "abce")
UNKNOWN = "กท 9999/1 ถึงไหนแล้ว"


@pytest.fixture
def desk(office):
    office.add_member(ASKER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT, name="สมหญิง เวรเช้า")
    office.add_member(COLLEAGUE, Role.SECRETARY, unit=SECRETARIAT, name="สมศรี เวรบ่าย")
    office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT, name="สมใจ หัวหน้า")
    return office


def heard(office, person: str) -> str:
    return text_of(row.message for row in office.line.messages_to(person))


def on_duty(office) -> list[str]:
    with office.database.reading() as session:
        calendar = office.services.service_calendar()
        return [one.line_user_id for one in duty_shifts.list_on_duty(session, calendar, office.clock.now())]


def put_on_roster(office, person: str, hours: tuple[float, float]) -> None:
    now = office.clock.now()
    with office.database.transaction() as session:
        member = find_member(session, person)
        row = RosterRow(member.id, now + timedelta(hours=hours[0]), now + timedelta(hours=hours[1]))
        duty_shifts.replace_roster(session, [row], now)


def run_reliefs(office) -> list[str]:
    """What the clock does: store what begins now, and let the worker send it."""
    now = office.clock.now()
    with office.database.transaction() as session:
        outgoing = relief_news(session, office.services.service_calendar(), now)
        outbox.store_outgoing(session, outgoing, asker="", token=None, asked_at=now, inbox_event_id=None, now=now)
    office.work()
    return [item.to for item in outgoing]


class TestBeginning:
    def test_a_shift_lasts_until_the_office_closes_and_brings_the_cards_here_alone(self, desk):
        told = desk.says(SECRETARY, "เข้าเวร")
        assert "ถึง 16.30 น." in text_of(told) and "ท่านอยู่เวรผู้เดียว" in text_of(told)
        assert on_duty(desk) == [SECRETARY]

        desk.says(ASKER, UNKNOWN)
        assert "กท 9999/1" in heard(desk, SECRETARY)
        assert heard(desk, COLLEAGUE) == ""

    def test_it_lasts_until_the_hour_that_is_said(self, desk):
        assert "ถึง 12.00 น." in text_of(desk.says(SECRETARY, "เข้าเวรถึง 12.00"))
        desk.clock.advance(hours=2, minutes=59)
        assert on_duty(desk) == [SECRETARY]
        desk.clock.advance(minutes=1)
        assert on_duty(desk) == []

    def test_half_past_four_is_one_of_the_afternoon(self, desk):
        assert "ถึง 16.30 น." in text_of(desk.says(SECRETARY, "เข้าเวรถึง 4.30"))

    def test_an_hour_that_is_over_is_refused(self, desk):
        desk.clock.advance(hours=6)
        assert "ผ่านไปแล้ว" in text_of(desk.says(SECRETARY, "เข้าเวรถึง 14.00"))
        assert "ไม่มีผู้อยู่เวร" not in text_of(desk.says(SECRETARY, "ใครอยู่เวร"))

    def test_saying_it_again_changes_the_end(self, desk):
        desk.says(SECRETARY, "เข้าเวร")
        desk.clock.advance(minutes=5)
        desk.says(SECRETARY, "เข้าเวรถึง 12.00")
        desk.clock.advance(hours=4)
        assert on_duty(desk) == []

    def test_outside_hours_it_lasts_until_the_end_of_the_day_and_the_cards_come(self, desk):
        desk.clock.advance(hours=9)  # Friday 18.00
        assert "ถึง 24.00 น." in text_of(desk.says(SECRETARY, "เข้าเวร"))
        desk.says(ASKER, UNKNOWN)
        assert "กท 9999/1" in heard(desk, SECRETARY)

    def test_what_is_open_is_shown_and_who_else_is_there(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.says(COLLEAGUE, "เข้าเวร")
        told = desk.says(SECRETARY, "เข้าเวร")
        assert "สมศรี เวรบ่าย" in text_of(told)
        assert "คิวค้าง 1 คำขอ" in text_of(told) and "รับทราบ" in labels_of(told)
        assert {"โอนเวรให้…", "ออกเวร"} <= set(labels_of(told))

    def test_it_is_not_for_officers(self, desk):
        for words in ("เข้าเวร", "ออกเวร", "ใครอยู่เวร", "โอนเวร"):
            assert "บทบาทของท่าน" in text_of(desk.says(ASKER, words))
        assert on_duty(desk) == [SECRETARY, COLLEAGUE]


class TestEnding:
    def test_who_leaves_sees_what_is_still_in_hand_and_may_pass_it_on(self, desk):
        desk.says(SECRETARY, "เข้าเวร")
        desk.says(COLLEAGUE, "เข้าเวร")
        desk.says(ASKER, UNKNOWN)
        desk.taps(SECRETARY, "รับทราบ")

        told = desk.says(SECRETARY, "ออกเวร")
        assert "ผู้อยู่เวรต่อ สมศรี เวรบ่าย" in text_of(told)
        assert "ยังอยู่ในมือท่าน 1 คำขอ" in text_of(told) and "โอนให้…" in labels_of(told)
        assert heard(desk, SUPERVISOR) == ""

    def test_the_supervisor_hears_that_nobody_is_left_and_gets_what_comes(self, desk):
        desk.says(SECRETARY, "เข้าเวร")
        assert "แจ้งหัวหน้าส่วน" in text_of(desk.says(SECRETARY, "ออกเวร"))
        assert "ไม่มีผู้อยู่เวร" in heard(desk, SUPERVISOR)

        desk.says(ASKER, UNKNOWN)
        assert "กท 9999/1" in heard(desk, SUPERVISOR)

    def test_nobody_need_be_left_when_the_office_is_closed(self, desk):
        desk.clock.advance(hours=9)
        desk.says(SECRETARY, "เข้าเวร")
        desk.says(SECRETARY, "ออกเวร")
        assert heard(desk, SUPERVISOR) == ""

    def test_who_is_on_no_shift_has_none_to_end_or_to_hand_over(self, desk):
        assert "ยังไม่ได้เข้าเวร" in text_of(desk.says(SECRETARY, "ออกเวร"))
        assert "ยังไม่ได้เข้าเวร" in text_of(desk.says(SECRETARY, "โอนเวรให้สมศรี"))


class TestHandingOver:
    def test_a_colleague_takes_over_for_lunch_and_gives_it_back(self, desk):
        desk.says(SECRETARY, "เข้าเวร")
        desk.says(ASKER, UNKNOWN)
        desk.clock.advance(hours=3)
        assert "สมศรี เวรบ่าย แล้ว ถึง 16.30 น." in text_of(desk.says(SECRETARY, "โอนเวรให้สมศรี"))
        assert "สมหญิง เวรเช้า โอนเวรให้ท่าน ถึง 16.30 น." in heard(desk, COLLEAGUE)
        assert "คิวค้าง 1 คำขอ" in heard(desk, COLLEAGUE)
        assert on_duty(desk) == [COLLEAGUE]

        desk.clock.advance(hours=1)
        offered = desk.taps(COLLEAGUE, "โอนเวรให้…")
        assert set(labels_of(offered)) == {"สมหญิง เวรเช้า", "สมใจ หัวหน้า"}
        desk.taps(COLLEAGUE, "สมหญิง เวรเช้า")
        assert on_duty(desk) == [SECRETARY]

    def test_a_name_that_fits_nobody_or_several_is_asked_back(self, desk):
        desk.says(SECRETARY, "เข้าเวร")
        assert labels_of(desk.says(SECRETARY, "โอนเวรให้สมปอง")) == ["สมศรี เวรบ่าย", "สมใจ หัวหน้า"]
        assert labels_of(desk.says(SECRETARY, "โอนเวรให้สม")) == ["สมศรี เวรบ่าย", "สมใจ หัวหน้า"]
        assert on_duty(desk) == [SECRETARY]


class TestWhoIsThere:
    def test_without_shifts_every_secretary_is(self, desk):
        told = text_of(desk.says(SUPERVISOR, "ใครอยู่เวร"))
        assert "อยู่เวร 2 คน" in told and "สมหญิง เวรเช้า" in told

    def test_with_a_roster_those_of_this_hour_and_those_to_come(self, desk):
        put_on_roster(desk, SECRETARY, (-1, 2))
        now = desk.clock.now()
        with desk.database.transaction() as session:
            other = find_member(session, COLLEAGUE)
            known = find_member(session, SECRETARY)
            rows = [
                RosterRow(known.id, now - timedelta(hours=1), now + timedelta(hours=2)),
                RosterRow(other.id, now + timedelta(hours=2), now + timedelta(hours=7)),
            ]
            assert duty_shifts.replace_roster(session, rows, now) == (1, 0, 1)
        told = text_of(desk.says(SUPERVISOR, "ใครอยู่เวร"))
        assert "อยู่เวร 1 คน: สมหญิง เวรเช้า ถึง 11.00 น. / สมศรี เวรบ่าย 11.00–16.00 น." in told

    def test_nobody_while_the_office_is_closed(self, desk):
        desk.clock.advance(hours=9)
        assert "นอกเวลาให้บริการ" in text_of(desk.says(SUPERVISOR, "ใครอยู่เวร"))


class TestRelief:
    def test_who_comes_on_duty_by_the_roster_hears_what_is_open_once(self, desk):
        put_on_roster(desk, COLLEAGUE, (1, 4))
        desk.says(ASKER, UNKNOWN)
        assert run_reliefs(desk) == []
        assert heard(desk, COLLEAGUE) == ""

        desk.clock.advance(hours=1)
        assert run_reliefs(desk) == [COLLEAGUE]
        assert "เริ่มเวรของท่านแล้ว ถึง 13.00 น." in heard(desk, COLLEAGUE)
        assert "คิวค้าง 1 คำขอ" in heard(desk, COLLEAGUE)
        assert run_reliefs(desk) == []

    def test_nothing_is_said_where_nothing_is_open(self, desk):
        put_on_roster(desk, COLLEAGUE, (0, 4))
        assert run_reliefs(desk) == []
        desk.says(ASKER, UNKNOWN)
        assert run_reliefs(desk) == []  # the card of the new request says it all

    def test_a_shift_begun_in_the_chat_needs_no_relief(self, desk):
        desk.says(ASKER, UNKNOWN)
        desk.says(SECRETARY, "เข้าเวร")
        assert run_reliefs(desk) == []
