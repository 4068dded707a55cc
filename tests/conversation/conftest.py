"""People of an office who talk, and what is known of their words by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.understanding import Meaning, Understanding
from bot.worker import build_worker
from models.conversations import Conversation, find_topic
from models.documents import Stage
from models.members import Role
from models.unclear import UnclearUtterance
from tests.office import SECRETARIAT, Office

OFFICER, SECRETARY, MANAGER, COORDINATOR = ("U" + letter * 32 for letter in "abcd")
UNSURE_TEXT, LOST_TEXT = "ตามนั้นเลยนะ", "กขคงจฉ"


def unsure(*meanings: tuple[str, Mapping[str, Any]], kind: str = "words") -> Understanding:
    """What might be any of these, the first the likeliest."""
    others = tuple(Meaning(intent, dict(slots), 0.4) for intent, slots in meanings)
    return Understanding("unknown", {}, 0.1, others, kind=kind)


class Talk:
    """An office in which some texts are understood as the test says, whatever the rules of the day make of them."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._heard: dict[str, Understanding] = {}
        self._by_rule: Callable[[str, datetime], Understanding] = office.services.understand
        self.restart()

    def restart(self) -> None:
        """Workers come and go; what people spoke of is in the rows."""
        services = replace(self.office.services)
        services.understand = self._understand
        self.office.inbox_worker, self.office.delivery, self.office.sweep = build_worker(services)

    def hears(self, text: str, understanding: Understanding) -> None:
        self._heard[text] = understanding

    def says(self, person: str, text: str, heard: Understanding | None = None) -> list[dict[str, Any]]:
        """Somebody types, a second after what was before."""
        if heard is not None:
            self.hears(text, heard)
        self.office.clock.advance(seconds=1)
        return self.office.says(person, text)

    def taps(self, person: str, label: str) -> list[dict[str, Any]]:
        self.office.clock.advance(seconds=1)
        return self.office.taps(person, label)

    def topic(self, person: str):
        with self.office.database.reading() as session:
            return find_topic(session, person, self.office.clock.now())

    def remembered(self) -> list[str]:
        """Of whom anything is kept, also what is over."""
        with self.office.database.reading() as session:
            return list(session.scalars(select(Conversation.line_user_id)))

    def unclear(self) -> list[tuple[str, str, str, str | None]]:
        """Outcome, kind, candidates and choice of each unclear text, in order."""
        with self.office.database.reading() as session:
            rows = session.scalars(select(UnclearUtterance).order_by(UnclearUtterance.id))
            return [(row.outcome.value, row.kind, row.candidates, row.chosen) for row in rows]

    def count(self, table: str) -> int:
        with self.office.database.reading() as session:
            return session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()

    def _understand(self, text: str, said_at: datetime) -> Understanding:
        return self._heard.get(text) or self._by_rule(text, said_at)


@pytest.fixture
def talk(office) -> Talk:
    """An officer, a secretary, a manager and a coordinator, and one letter that is proposed."""
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.add_member(MANAGER, Role.MANAGER, unit=SECRETARIAT)
    office.add_member(COORDINATOR, Role.COORDINATOR)
    office.add_letter("กท 1902/1335", stage=Stage.PROPOSED)
    return Talk(office)
