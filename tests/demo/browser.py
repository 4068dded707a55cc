"""Chromium in front of the phone page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--font-render-hinting=none"),
]


def missing(reason):
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def open_page(url: str) -> Iterator:
    """The phone page on a desk; its own scripts must not fail meanwhile."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed")
    if not Path(CHROMIUM).exists():
        missing(f"no browser at {CHROMIUM}; set CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="th-TH", timezone_id="Asia/Bangkok")
        troubles = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(url)
        yield page
        browser.close()
    assert troubles == []


def two_phones(page):
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
