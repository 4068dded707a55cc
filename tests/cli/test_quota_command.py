"""``tidtam quota``: LINE's figures where LINE answers, else the last reading, and it says which."""

from __future__ import annotations

from contextlib import closing

import pytest

from bot.clock import SystemClock
from models import quota
from models.session import Database
from simulator.platform import Platform
from simulator.server import create_app, serve

TOKEN = "test-access-token"


@pytest.fixture
def line():
    """LINE's address; 285 of 300 messages are used."""
    platform = Platform("test-channel-secret", TOKEN, quota=300)
    platform.quota.used = 285
    server = serve(create_app(platform), platform)
    yield server.url
    server.stop()


@pytest.fixture
def last_reading(sqlite_url):
    with closing(Database(sqlite_url)) as database, database.transaction() as session:
        quota.record_quota(session, 15_000, 1_200, SystemClock().now(), 0)


def test_line_is_asked_where_the_keys_are_set(tidtam, line, last_reading):
    shown = tidtam("quota", "--json", LINE_CHANNEL_ACCESS_TOKEN=TOKEN, LINE_API_URL=line).json

    assert (shown["allowance"], shown["used"], shown["left"]) == (300, 285, 15)
    assert (shown["reserved"], shown["stage"], shown["asked_line"]) == (15, "ride", True)
    assert shown["forecast"] >= 285
    assert shown["saved"] == {"replies": 0, "rides": 0}
    assert shown["held"] == {"for_room": 0, "for_hours": 0}


def test_the_last_reading_stands_where_line_is_not_asked(tidtam, last_reading):
    told = tidtam("quota")

    assert told.status == 0
    assert "15,000 messages a month" in told.out and "13,800 left" in told.out
    assert "full: summaries go out as ordered" in told.out
    assert "the last reading, because LINE_CHANNEL_ACCESS_TOKEN is not set" in told.out


def test_the_last_reading_stands_where_line_does_not_answer(tidtam, last_reading):
    shown = tidtam("quota", "--json", LINE_CHANNEL_ACCESS_TOKEN=TOKEN, LINE_API_URL="http://127.0.0.1:9").json

    assert (shown["allowance"], shown["asked_line"]) == (15_000, False)
    assert "LINE does not answer" in shown["trouble"]


def test_what_is_not_known_is_not_zero(tidtam):
    shown = tidtam("quota", "--json").json
    unknown = ("allowance", "used", "left", "forecast", "reserved", "stage", "checked_at")
    assert [shown[name] for name in unknown] == [None] * len(unknown)
    assert "not read yet" in tidtam("quota").out
