"""The whole service around a local LINE platform, in one process, with a clock that tests move.

``Office`` has verbs a test reads like a story: people say and tap, the office works until nothing is left to do, and
the test looks at what LINE's people saw.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from flask import Flask

from bot.app import create_app
from bot.catalog import load_catalog, read_catalog, shipped_catalog_paths
from bot.deadlines import Deadlines
from bot.line import HTTPLINEClient
from bot.settings import load_settings
from bot.tasks import NullQueue
from bot.vocabulary import vocabulary_from_catalog
from bot.wiring import Services
from bot.worker import Sweep, build_worker
from models.document_numbers import parse_document_number
from models.documents import Document, DocumentEvent, Secrecy, Stage, Urgency, subject_key_of
from models.members import Role, add_member
from models.session import Database
from models.units import get_unit
from simulator.platform import Platform
from simulator.server import LineHosts, serve
from tests.support import LOADED_AT, FakeClock

SECRET, TOKEN = "test-channel-secret", "test-access-token"
DISTRICT = "สำนักงานเขตดินแดง"
OTHER_DISTRICT = "สำนักงานเขตบางรัก"
SECRETARIAT = "ส่วนเลขานุการ"


@cache
def shipped_catalog():
    return read_catalog(shipped_catalog_paths())


@cache
def shipped_words():
    return vocabulary_from_catalog(shipped_catalog())


def furnish(database: Database) -> None:
    """Load the shipped units into an empty database."""
    with database.transaction() as session:
        load_catalog(session, shipped_catalog(), LOADED_AT)


def line_without_pages(line: Platform) -> Flask:
    """What the service calls and no phone page: working out that page's addresses takes longer than many a test."""
    app, stopping = Flask("line"), threading.Event()
    app.extensions["simulator_stopping"] = stopping
    app.wsgi_app = LineHosts(app.wsgi_app, line, stopping)
    return app


class Office:
    """The service, its database, in which the units are, and the LINE platform it speaks to."""

    def __init__(self, database: Database, clock: FakeClock, quota: int | None = None) -> None:
        self.clock, self.database = clock, database
        self.line = Platform(SECRET, TOKEN, clock=lambda: clock.now().timestamp(), quota=quota, deliver=self._receive)
        self._server = serve(line_without_pages(self.line), self.line)
        self.evidence_folder = Path(mkdtemp(prefix="tidtam-evidence-"))
        settings = load_settings(
            {
                "LINE_CHANNEL_SECRET": SECRET,
                "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
                "LINE_API_URL": self._server.url,
                "LINE_DATA_API_URL": self._server.url,
                "EVIDENCE_DIR": str(self.evidence_folder),
            },
            env_file=Path("no-such-file"),
        )
        line = HTTPLINEClient(TOKEN, self._server.url, self._server.url)
        self.services = Services(settings, database, clock, NullQueue(), line, shipped_words)
        self.web = create_app(self.services).test_client()
        self.inbox_worker, self.delivery, sweep = build_worker(self.services)
        self.sweep: Sweep = sweep
        self.deadlines = Deadlines(self.services)

    def close(self) -> None:
        self._server.stop()
        rmtree(self.evidence_folder)

    # --- making things ---

    def add_member(
        self, user_id: str, *roles: Role, unit: str = DISTRICT, name: str = "ผู้ทดสอบ", language: str | None = "th"
    ) -> str:
        """A registered member who is the account's friend; ``language`` is that of the person's LINE."""
        self.line.add_friend(user_id, name, language)
        with self.database.transaction() as session:
            at = get_unit(session, unit)
            add_member(
                session,
                line_user_id=user_id,
                name=name,
                unit_id=at.id,
                roles=roles or (Role.OFFICER,),
                now=self.clock.now(),
            )
        return user_id

    def add_letter(
        self,
        number: str = "กท 1902/1335",
        *,
        subject: str = "ขออนุมัติจัดจ้างซ่อมบำรุงลิฟต์",
        from_unit: str = DISTRICT,
        stage: Stage = Stage.PROPOSED,
        secrecy: Secrecy = Secrecy.NORMAL,
        urgency: Urgency = Urgency.NORMAL,
        at: datetime | None = None,
    ) -> int:
        """A letter at a stage, received just before; gives its id."""
        at = at or self.clock.now()
        parsed = parse_document_number(number)
        with self.database.transaction() as session:
            letter = Document(
                number_raw=number,
                number=parsed.canonical,
                number_key=parsed.key,
                number_without_agency_key=parsed.key_without_agency,
                document_date=at.date(),
                dated_on=at.date(),
                subject=subject,
                subject_key=subject_key_of(subject),
                from_unit_id=get_unit(session, from_unit).id,
                addressee="ปลัดกรุงเทพมหานคร",
                urgency=urgency,
                secrecy=secrecy,
                stage=stage,
                stage_since=at,
                latest_event_at=at,
                created_at=at,
            )
            session.add(letter)
            session.flush()
            stages: list[Stage | None] = [None, Stage.RECEIVED, *([stage] if stage is not Stage.RECEIVED else [])]
            for before, after in pairwise(stages):
                session.add(
                    DocumentEvent(
                        document_id=letter.id,
                        at=at,
                        recorded_at=at,
                        from_stage=before,
                        to_stage=after,
                        note=None,
                        recorded_by="cli",
                    )
                )
                session.flush()
            return letter.id

    # --- what people do ---

    def says(self, user_id: str, text: str, **where: Any) -> list[dict[str, Any]]:
        """Somebody types; gives what that person then sees from the account."""
        self.line.user_sends(user_id, text, **where)
        return self.work(where.get("group_id") or user_id)

    def taps(self, user_id: str, label: str) -> list[dict[str, Any]]:
        """Somebody taps the newest button with this label; gives what that person then sees."""
        self.line.user_taps(user_id, self.button(user_id, label))
        return self.work(user_id)

    def button(self, user_id: str, label: str) -> dict[str, Any]:
        """The newest action with a label among what a person was sent."""
        for row in reversed(self.line.messages_to(user_id)):
            for action in actions_of(row.message):
                if action.get("label") == label:
                    return action
        raise AssertionError(f"no button {label}")

    def work(self, chat_id: str | None = None) -> list[dict[str, Any]]:
        """Let the service work until nothing is left to do now; gives what a chat saw meanwhile."""
        before = len(self.line.messages_to(chat_id)) if chat_id else 0
        self.sweep.overdue = self.clock.now() - self.clock.now()
        for _ in range(20):  # what waits for a later hour is found again and again
            if not self.sweep.run_once(lambda work: work()):
                break
        return [row.message for row in self.line.messages_to(chat_id)[before:]] if chat_id else []

    def tick(self, chat_id: str | None = None) -> list[dict[str, Any]]:
        """Let the clock look at the deadlines once, and the service send what it says; gives what a chat saw."""
        before = len(self.line.messages_to(chat_id)) if chat_id else 0
        self.deadlines.run_due()
        self.work()
        return [row.message for row in self.line.messages_to(chat_id)[before:]] if chat_id else []

    # --- looking ---

    def post(self, body: bytes, headers: dict[str, str]):
        return self.web.post("/line/webhook", data=body, headers=headers)

    def calls(self, *kinds: str):
        """Accepted calls that send something, of some kinds (default: all three)."""
        wanted = kinds or ("reply", "push", "multicast")
        return [call for call in self.line.calls if call.kind in wanted and call.status == 200]

    def _receive(self, raw_body: bytes, headers: dict[str, str]) -> int:
        return self.post(raw_body, headers).status_code


def text_of(messages: Iterable[dict[str, Any]]) -> str:
    """Everything that can be read without pictures: texts and alternative texts."""
    return "\n".join(message.get("text") or message.get("altText") or "" for message in messages)


def actions_of(value: Any) -> list[dict[str, Any]]:
    """All actions anywhere in a message, in order."""
    if isinstance(value, list):
        return [action for item in value for action in actions_of(item)]
    if not isinstance(value, dict):
        return []
    own = [value["action"]] if isinstance(value.get("action"), dict) else []
    return own + [action for item in value.values() for action in actions_of(item)]


def labels_of(messages: Iterable[dict[str, Any]]) -> list[str]:
    """Labels of all actions, in order."""
    return [action["label"] for action in actions_of(list(messages)) if "label" in action]
