"""What operators see of texts that were not understood: the command and the metrics."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.session import Database
from models.unclear import Outcome, record_choice, record_unclear
from tests.cli.conftest import tidtam  # noqa: F401 - the fixture
from tests.conversation.conftest import LOST_TEXT, OFFICER, UNSURE_TEXT, unsure
from tests.flows.test_operations import read_metrics

EVENING = datetime(2026, 10, 31, 16, 59, tzinfo=UTC)  # 23.59 in Bangkok
MIDNIGHT = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)


@pytest.fixture
def counted(sqlite_url):
    """Some unclear texts of the last minute of October and the first of November."""
    database = Database(sqlite_url)
    with database.transaction() as session:
        record_unclear(session, Outcome.LOST, "words", [], EVENING)
        record_unclear(session, Outcome.LOST, "words", [], MIDNIGHT)
        record_unclear(session, Outcome.LOST, "elsewhere", [], MIDNIGHT)
        record_unclear(session, Outcome.LOST, "words", [], MIDNIGHT)
        for choice in ("track_document", "none", None):
            row = record_unclear(session, Outcome.UNSURE, "words", ["track_document", "follow_document"], MIDNIGHT)
            if choice:
                record_choice(session, row, choice)
                record_choice(session, row, "my_requests")
        record_unclear(session, Outcome.DECLINED, "update_document", ["update_document"], MIDNIGHT)
    database.close()


def test_a_period_is_told_by_kind_and_choice(counted, tidtam):  # noqa: F811
    told = tidtam("kpi", "understanding", "--from", "2026-11-01", "--to", "2026-11-30", "--json").json
    assert told == {
        "from": "2026-11-01",
        "to": "2026-11-30",
        "messages": 0,
        "lost": {"total": 3, "by_kind": {"words": 2, "elsewhere": 1}},
        "unsure": {
            "total": 3,
            "by_candidates": [
                {
                    "candidates": ["track_document", "follow_document"],
                    "times": 3,
                    "chosen": {"none": 1, "track_document": 1},
                    "no_choice": 1,
                }
            ],
        },
        "declined": {"total": 1, "by_intent": {"update_document": 1}},
    }


def test_days_are_those_of_bangkok(counted, tidtam):  # noqa: F811
    october = tidtam("kpi", "understanding", "--from", "2026-10-31", "--to", "2026-10-31", "--json").json
    assert (october["lost"]["total"], october["unsure"]["total"]) == (1, 0)


def test_people_read_the_same(counted, tidtam):  # noqa: F811
    told = tidtam("kpi", "understanding", "--from", "2026-11-01", "--to", "2026-11-30").out
    assert "words 2, elsewhere 1" in told
    assert "track_document, follow_document: none 1, track_document 1, no choice 1" in told


@pytest.mark.parametrize("days", [("2026-11-30", "2026-11-01"), ("soon", "2026-11-01")])
def test_days_that_are_none_are_refused(tidtam, days):  # noqa: F811
    assert tidtam("kpi", "understanding", "--from", days[0], "--to", days[1]).status == 1


def test_metrics_count_them_by_outcome_and_kind(talk):
    talk.says(OFFICER, LOST_TEXT)
    talk.says(OFFICER, UNSURE_TEXT, unsure(("track_document", {}), ("follow_document", {})))
    talk.says(OFFICER, UNSURE_TEXT, unsure(("track_document", {}), ("follow_document", {}), kind=""))

    found = {name: value for name, value in read_metrics(talk.office).items() if "unclear" in name}
    assert found["tidtam_unclear_utterances_total[words][unsure]"] == 1
    assert found["tidtam_unclear_utterances_total[follow_document+track_document][unsure]"] == 1
    assert sum(found.values()) == 3
