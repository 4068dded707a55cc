"""Requests asked before there were clocks keep their history and get their time stamps from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from bot.migrating import MIGRATIONS, upgrade_database
from models import requests
from models.requests import RequestState
from models.session import Database

ASKED = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def old_database(request, tmp_path):
    """A database as it was before requests had clocks."""
    opened = Database(
        f"sqlite:///{tmp_path / 'old.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    )
    with opened.engine.connect() as connection:
        if not opened.is_sqlite:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.commit()
    yield opened
    opened.close()


def test_an_answered_request_keeps_its_times(old_database):
    with old_database.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO units (id, code, name, kind) VALUES (1, 'u', 'สำนักงานเขตดินแดง', 'district')")
        )
        for number, state in ((1, "answered"), (2, "open")):
            connection.execute(
                text(
                    "INSERT INTO requests (id, asker_line_id, unit_id, question, asked_at, state)"
                    " VALUES (:id, 'U1', 1, '', :at, :state)"
                ),
                {"id": number, "at": ASKED, "state": state},
            )
        for kind, minutes in (("asked", 0), ("acknowledged", 4), ("answered", 9)):
            connection.execute(
                text("INSERT INTO request_events (request_id, kind, at) VALUES (1, :kind, :at)"),
                {"kind": kind, "at": ASKED + timedelta(minutes=minutes)},
            )

    upgrade_database(old_database)

    with old_database.reading() as session:
        answered, opened = requests.get_request(session, 1), requests.get_request(session, 2)
    assert (answered.acknowledged_at, answered.answered_at) == (
        ASKED + timedelta(minutes=4),
        ASKED + timedelta(minutes=9),
    )
    assert (opened.state, opened.next_due_at) == (RequestState.OPEN, ASKED + timedelta(minutes=15))
