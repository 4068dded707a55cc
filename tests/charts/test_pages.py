"""Addresses of charts: they open what they were made for, for a week, the same picture for everybody."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.kept_answers import KeptAnswers
from bot.signed_links import CHART, SignedLinks
from models.chart_terms import ChartAsked, ChartKind
from models.indicators import get_indicator
from models.members import Role
from tests.indicators.acting import report
from tests.indicators.definitions import DRAWN, LADDER, define

PERSON = f"U{1:032x}"
PUBLIC, KEY = "https://office.example.org", "a key for tests"


@pytest.fixture
def desk(office):
    """An installation that phones reach, with an indicator that a district reported on."""
    office.services.settings = replace(office.services.settings, secret_key=KEY, public_url=PUBLIC)
    office.add_member(PERSON, Role.COORDINATOR)
    define(office.database, DRAWN, LADDER)
    reports(office, 10)
    office.clock.advance(minutes=1)
    return office


def reports(desk, count):
    report(desk.database, "8308", PERSON, desk.clock.now(), value=count, month=date(2026, 10, 1), note="-")


def path_to(desk, kind=ChartKind.UNITS, **asked) -> str:
    with desk.database.reading() as session:
        year = get_indicator(session, "8308", desk.clock.now().date()).id
    address = desk.services.chart_address(ChartAsked(kind, desk.clock.now(), indicator_year=year, **asked))
    assert address.startswith(f"{PUBLIC}/charts/")
    return address.removeprefix(PUBLIC)


@pytest.mark.parametrize("kind", ChartKind)
def test_each_chart_is_a_guarded_picture_without_signing_in(desk, kind):
    shown = desk.web.get(path_to(desk, kind))
    assert (shown.status_code, shown.content_type) == (200, "image/png")
    with Image.open(BytesIO(shown.data)) as image:
        assert image.size == (1040, 780)
    assert len(shown.data) < 300_000
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["Cache-Control"] == "private, max-age=86400"
    assert "Set-Cookie" not in shown.headers


def test_what_is_fetched_again_is_not_drawn_again(desk, logged):
    path = path_to(desk)
    pictures = {desk.web.get(path).data for _ in range(3)}
    assert len(pictures) == 1
    assert [entry["event"] for entry in logged].count("chart_drawn") == 1


def test_a_later_report_changes_the_next_address_and_not_this_one(desk):
    path = path_to(desk)
    desk.clock.advance(minutes=5)
    reports(desk, 20)
    desk.clock.advance(minutes=5)
    first, later = desk.web.get(path).data, desk.web.get(path_to(desk)).data
    assert first != later
    assert desk.web.get(path).data == first


def test_an_address_that_was_changed_or_made_up_opens_nothing(desk):
    path = path_to(desk)
    head, _, token = path.rpartition("/")
    changed = "B" if token[0] != "B" else "C"
    elsewhere = SignedLinks(CHART, "another key", PUBLIC, desk.clock).address_of([1]).removeprefix(PUBLIC)
    of_older_version = desk.services.chart_links.address_of(["pie", 1]).removeprefix(PUBLIC)
    of_nothing = path_of_no_indicator(desk)
    for wrong in (f"{head}/{changed}{token[1:]}", f"{path}x", f"{head}/1", elsewhere, of_older_version, of_nothing):
        refused = desk.web.get(wrong)
        assert refused.status_code == 404, wrong
        assert "Traceback" not in refused.text
    assert "ไม่พบแผนภูมิ" in desk.web.get(of_nothing).text


def path_of_no_indicator(desk):
    asked = ChartAsked(ChartKind.TREND, desk.clock.now(), indicator_year=999_999)
    return desk.services.chart_address(asked).removeprefix(PUBLIC)


def test_an_address_is_over_after_a_week_though_the_picture_is_kept(desk):
    path = path_to(desk)
    desk.clock.advance(days=7, seconds=-1)
    assert desk.web.get(path).status_code == 200
    desk.clock.advance(seconds=1)
    over = desk.web.get(path)
    assert (over.status_code, over.headers["Cache-Control"]) == (410, "no-store")
    assert "หมดอายุ" in over.text


def test_an_installation_without_addresses_shows_nothing(office):
    assert office.web.get("/charts/anything").status_code == 404


# --- what is kept ---------------------------------------------------------------------------------------------------


def test_room_is_bounded_and_the_longest_unused_goes_first():
    kept, made = KeptAnswers(most_bytes=25), []

    def get(key):
        return kept.get(key, lambda: made.append(key) or key.encode() * 10)

    for key in "abab":
        assert get(key) == key.encode() * 10
    get("a")
    get("c")  # b is forgotten
    get("a")
    assert made == ["a", "b", "c"] and kept.size == 20
    get("b")
    assert made == ["a", "b", "c", "b"]
    assert kept.get("large", lambda: b"x" * 26) == b"x" * 26
    assert kept.size <= 25


def test_one_drawing_serves_all_who_ask_while_it_is_made():
    kept, begun, may_end, made, got = KeptAnswers(100), threading.Event(), threading.Event(), [], []

    def make():
        made.append(1)
        begun.set()
        may_end.wait(5)
        return b"picture"

    threads = [threading.Thread(target=lambda: got.append(kept.get("one", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    begun.wait(5)
    assert kept.get("another", lambda: b"meanwhile") == b"meanwhile"
    may_end.set()
    for thread in threads:
        thread.join(5)
    assert (made, got) == ([1], [b"picture"] * 8)


def test_what_failed_is_tried_again_by_the_next():
    kept = KeptAnswers(100)

    def fails():
        raise ValueError("not drawn")

    with pytest.raises(ValueError, match="not drawn"):
        kept.get("one", fails)
    assert kept.get("one", lambda: b"picture") == b"picture"
    assert timedelta(days=7) == CHART.shown_for
