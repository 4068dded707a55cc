"""Chromium in front of the phone page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.chromium import open_chromium


@contextmanager
def open_page(url: str) -> Iterator:
    """The phone page on a desk; its own scripts must not fail meanwhile."""
    with open_chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="th-TH", timezone_id="Asia/Bangkok")
        troubles = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(url)
        yield page
    assert troubles == []


def two_phones(page):
    page.locator(".phone").first.wait_for()  # until it is drawn there is none to count
    if page.locator(".phone").count() == 1:
        page.get_by_role("button", name="โทรศัพท์สองเครื่อง").click()


def phone_of(page, number, person, demo):
    """A phone in somebody's hand, with the chat as it stands."""
    from playwright.sync_api import expect

    phone = page.locator(".phone").nth(number)
    phone.locator(".who-select").select_option(value=person.user_id)
    expect(phone.locator(".line.theirs")).to_have_count(len(demo.seen_by(person.user_id)))
    return phone


def say(phone, text):
    phone.locator(".composer-text").fill(text)
    phone.locator(".composer-text").press("Enter")


def newest(phone, words):
    """The newest message with these words, once it is there."""
    message = phone.locator(".line.theirs", has_text=words).last
    message.wait_for()
    return message
