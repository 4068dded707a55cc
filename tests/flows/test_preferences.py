"""ตั้งค่าการแจ้งเตือน: what a person is told without asking, shown and changed by taps and in words."""

from __future__ import annotations

from datetime import date, time

import pytest

from models.members import Role, find_member
from models.periods import PeriodKind
from models.preference_terms import Preferences, QuietHours
from models.preferences import find_choices
from tests.office import labels_of, text_of

MANAGER, OFFICER = ("U" + letter * 32 for letter in "ab")
KINDS = frozenset(PeriodKind)
USUAL = Preferences(frozenset(), time(8, 30), QuietHours(time(20), time(7)), None)


@pytest.fixture
def people(office):
    """A manager, who is sent summaries, and an officer, who is not; it is Friday, 20 November 2026."""
    office.add_member(MANAGER, Role.MANAGER)
    office.add_member(OFFICER)
    return office


def holds(office, person=MANAGER):
    with office.database.reading() as session:
        choices = find_choices(session, find_member(session, person).id)
    return choices.under(office.services.settings.usual)


def picks(office, person, label, picked):
    """Somebody taps a button that asks for a day or an hour, and picks it."""
    action = office.button(person, label)
    office.line.user_taps(person, action, params={action["mode"]: picked})
    return office.work(person)


def test_the_card_says_what_comes_when_and_what_is_never_held(people):
    said = people.says(MANAGER, "ตั้งค่าการแจ้งเตือน")

    assert "ส่งสรุป 5 แบบ เวลา 08.30 น." in text_of(said)
    assert "ช่วงห้ามรบกวน 20.00–07.00 น." in text_of(said)
    assert "คำตอบและการรับทราบ งานที่ครบกำหนด และเรื่องเร่งด่วน ส่งทันทีเสมอ" in text_of(said)
    assert labels_of(said).count("ปิด") == len(PeriodKind)
    assert holds(people) == USUAL


def test_an_officer_is_shown_no_summaries(people):
    said = people.says(OFFICER, "ตั้งค่าการแจ้งเตือน")

    assert "สรุป" not in text_of(said)
    assert "ปิด" not in labels_of(said)


def test_a_kind_of_summary_is_switched_off_by_a_tap_and_on_again_by_undoing(people):
    people.says(MANAGER, "ตั้งค่าการแจ้งเตือน")

    said = people.taps(MANAGER, "ปิด")  # the first of them
    assert holds(people).summaries_off == {PeriodKind.DAY}
    assert "ไม่ส่งรายวัน" in text_of(said)
    people.taps(MANAGER, "ย้อนกลับ")

    assert holds(people) == USUAL


def test_hours_and_days_are_picked(people):
    people.says(MANAGER, "ตั้งค่าการแจ้งเตือน")

    assert "ตั้งแต่นี้ส่งสรุปเวลา 09.15 น." in text_of(picks(people, MANAGER, "เปลี่ยน", "09:15"))
    assert "21.00–07.00 น." in text_of(picks(people, MANAGER, "เริ่ม…", "21:00"))
    assert "จะส่งอีกครั้งวันอังคารที่ 15 ธันวาคม 2569" in text_of(picks(people, MANAGER, "ส่งอีกครั้งวันที่…", "2026-12-15"))

    assert holds(people) == Preferences(frozenset(), time(9, 15), QuietHours(time(21), time(7)), date(2026, 12, 15))


@pytest.mark.parametrize("picked", ["2026-11-20", "2026-11-19", "2028-01-01"])
def test_a_day_that_no_pause_can_last_to_is_refused(people, picked):
    people.says(MANAGER, "ตั้งค่าการแจ้งเตือน")

    said = picks(people, MANAGER, "ส่งอีกครั้งวันที่…", picked)

    assert "กรุณาระบุ" in text_of(said)
    assert holds(people) == USUAL


def test_what_was_not_picked_or_is_no_hour_changes_nothing(people):
    people.says(MANAGER, "ตั้งค่าการแจ้งเตือน")
    action = people.button(MANAGER, "เปลี่ยน")

    for params in (None, {"time": "25:00"}, {"time": "9"}, {"date": "2026-12-01"}, {"time": ""}):
        people.line.user_taps(MANAGER, action, params=params)
        assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in text_of(people.work(MANAGER))

    assert holds(people) == USUAL


def test_everything_can_be_said_in_one_go_of_words_after_another(people):
    people.says(MANAGER, "ปิดสรุปรายวัน")
    people.says(MANAGER, "ส่งสรุปเวลา 9 โมง")
    people.says(MANAGER, "ไม่ต้องมีช่วงห้ามรบกวนแล้วค่ะ")
    said = people.says(MANAGER, "พักการแจ้งเตือน 1 สัปดาห์")

    assert "วันศุกร์ที่ 27 พฤศจิกายน 2569" in text_of(said)
    assert holds(people) == Preferences(frozenset({PeriodKind.DAY}), time(9), None, date(2026, 11, 27))

    people.says(MANAGER, "เปิดแจ้งเตือนกลับมาเหมือนเดิม")
    assert holds(people) == USUAL


def test_english_is_answered_in_english(people):
    people.line.add_friend(MANAGER, "Somchai", "en")
    with people.database.transaction() as session:
        find_member(session, MANAGER).language = "en"

    said = people.says(MANAGER, "turn off the daily summary")

    assert "From now on" in text_of(said)
    assert holds(people).summaries_off == {PeriodKind.DAY}


def test_undoing_takes_back_one_change_and_leaves_the_others(people):
    people.says(MANAGER, "ห้ามรบกวน 22.00-06.00")
    first = people.button(MANAGER, "ย้อนกลับ")
    people.says(MANAGER, "ปิดสรุปทั้งหมดครับ")
    assert holds(people).summaries_off == KINDS

    people.line.user_taps(MANAGER, first)
    people.work(MANAGER)

    assert holds(people) == Preferences(KINDS, time(8, 30), QuietHours(time(20), time(7)), None)


def test_a_pause_that_is_over_is_forgotten(people):
    people.says(MANAGER, "พักการแจ้งเตือน 1 สัปดาห์")
    people.clock.advance(days=8)

    said = people.says(MANAGER, "ตั้งค่าการแจ้งเตือน")

    assert "พักข่าวอยู่" not in text_of(said)
    assert "ส่งข่าวตามเดิม" not in labels_of(said)


def test_an_hour_within_the_quiet_hours_is_said_to_be_later(people):
    said = people.says(MANAGER, "ส่งสรุปเวลา 06.15")

    assert "จึงถึงท่านเวลา 07.00 น." in text_of(said)


def test_an_officer_who_wants_no_summaries_is_told_what_there_is(people):
    said = people.says(OFFICER, "ปิดแจ้งเตือนทั้งหมด")

    assert "บทบาทของท่านไม่มีสรุปส่งให้" in text_of(said)
    assert holds(people, OFFICER) == USUAL


def test_weekends_and_questions_show_what_is_so(people):
    for words in ("เสาร์อาทิตย์อย่าเตือน", "ปิดแจ้งเตือนทั้งหมดยังไงคะ"):
        assert "ส่งทันทีเสมอ" in text_of(people.says(MANAGER, words))
    assert "วันทำการ" in text_of(people.says(MANAGER, "เสาร์อาทิตย์อย่าเตือน"))
    assert holds(people) == USUAL


def test_what_is_so_already_is_not_changed(people):
    assert "ตั้งไว้เช่นนี้อยู่แล้ว" in text_of(people.says(MANAGER, "เปิดแจ้งเตือน"))


def test_a_forged_button_is_refused(people):
    for data in (
        "action=notify_summary&kind=hour&on=1",
        "action=notify_as_before&off=day.hour",
        "action=notify_as_before&quiet=20-7-3",
        "action=notify_as_before&paused=soon",
        "action=notify_pause&days=-1",
        "action=notify_quiet&begins=20:00&ends=20:00",
    ):
        people.line.user_taps(MANAGER, {"type": "postback", "label": "x", "data": data})
        assert "กรุณา" in text_of(people.work(MANAGER))
    assert holds(people) == USUAL
