"""The acceptance: a question typed on the phone page, its answer, and news that come by themselves."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from bot.demo_samples import COORDINATOR, OFFICER, SECRETARY
from tests.demo.browser import newest, open_page, phone_of, say, two_phones

QUESTION = "หนังสือ กท 1902/1335 ถึงไหนแล้วคะ"


@pytest.fixture
def page(demo):
    with open_page(demo.url) as page:
        yield page


def ask(phone):
    """Ask the question; gives the answer's card and the seconds it took to be seen."""
    cards = phone.locator(".line.theirs .flex-bubble")
    before = cards.count()
    asked = time.monotonic()
    say(phone, QUESTION)
    cards.nth(before).get_by_role("button", name="ขอคุยกับเจ้าหน้าที่").wait_for()
    return cards.nth(before), time.monotonic() - asked


def test_an_officer_asks_follows_and_hears_of_the_secretarys_step(page, demo):
    two_phones(page)
    officer, secretary = phone_of(page, 0, OFFICER, demo), phone_of(page, 1, SECRETARY, demo)

    answers = [ask(officer) for _ in range(3)]
    answers[-1][0].get_by_role("button", name="ติดตามต่อ").click()
    newest(officer, "ติดตาม กท 1902/1335 แล้ว")
    say(secretary, "กท 1902/1335 ปลัดลงนามแล้ว")
    newest(secretary, "กท 1902/1335").get_by_role("button", name="ยืนยัน", exact=True).click()

    newest(officer, "ลงนาม/สั่งการแล้ว").get_by_role("button", name="เลิกติดตาม").wait_for()
    assert min(seconds for _, seconds in answers) < 1  # a lost wake-up takes longer; a busy machine is busy once


def test_everybody_has_a_menu_whose_areas_answer(page, demo):
    phone = phone_of(page, 0, COORDINATOR, demo)
    phone.get_by_role("button", name="ตัวชี้วัดของฉัน").click()
    newest(phone, "ตัวชี้วัดของฉัน").wait_for()

    phone.get_by_role("button", name="ติดตามหนังสือ").click()  # LINE opens the keyboard in the menu's place

    newest(phone, "ต้องการติดตามหนังสือฉบับใด").wait_for()
    expect(phone.locator(".composer-text")).to_be_focused()
    expect(phone.locator(".rich-picture")).to_be_hidden()
