"""What is sent is looked for among what is unfinished, however much was sent before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from models import call_outcomes, line_calls, outbox_upkeep
from models.outbox import share_content, store_shared
from models.session import Database
from models.summary_notices import find_waiting

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PEOPLE = [f"U{number:032x}" for number in range(6)]


@pytest.fixture
def statements(sqlite_url):
    """A SQLite database in which news waits for six people, and what is asked of it from then on."""
    database = Database(sqlite_url)
    content = share_content("summary", [{"type": "text", "text": "สรุป"}])
    with database.transaction() as session:
        store_shared(session, dict.fromkeys(PEOPLE, content), NOW)
    asked: list[tuple[str, object]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    yield database, asked
    database.close()


def test_sending_and_sweeping_never_read_through_the_whole_outbox(statements):
    database, asked = statements
    with database.transaction() as session:
        call = line_calls.claim_call(session, PEOPLE[0], NOW)
    assert sorted(call.recipients) == PEOPLE
    with database.single_statement() as connection:
        call_outcomes.record_accepted(connection, call, NOW, "request")
    with database.reading() as session:
        outbox_upkeep.list_recipients_due(session, NOW, timedelta(seconds=1))
        find_waiting(session, PEOPLE)

    looking = [(text, values) for text, values in asked if "outbox" in text and not text.startswith("BEGIN")]
    assert len(looking) >= 6
    with database.engine.connect() as connection:
        plans = [
            row[3]
            for text, values in looking
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        ]
    assert [plan for plan in plans if plan.startswith("SCAN outbox") and "INDEX" not in plan] == []
