"""``tidtam doctor``: looks at every part and says how to mend what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import SystemClock
from bot.evidence_store import StoreFailed, open_store
from bot.line import HTTPLINEClient, LINEError, Unauthorized
from bot.logs import configure_logs
from bot.migrating import is_up_to_date
from bot.settings import Settings, SettingsError, load_settings
from bot.tasks import open_queue
from models import inbox, outbox_upkeep, quota
from models.inbox import InboxState
from models.members import Role, list_line_ids_with_role
from models.outbox import OutboxState
from models.quota_plan import Stage
from models.service_calendar import list_days
from models.session import Database
from models.units import list_units
from models.working_time import BANGKOK

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Finding:
    """What was found of one part; ``mend`` is empty where nothing is wrong."""

    part: str
    state: str
    mend: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether the operator has something to do."""
        return bool(self.mend)

    def as_json(self) -> dict[str, object]:
        """Plain values: part, ok, state, mend."""
        return {"part": self.part, "ok": not self.is_problem, "state": self.state, "mend": self.mend or None}

    def as_line(self) -> str:
        """One line for a terminal."""
        return f"{'!!' if self.is_problem else 'ok'}  {self.part}: {self.state}" + (
            f" — {self.mend}" if self.mend else ""
        )


def examine() -> list[Finding]:
    """Look at everything; never raises for what an operator can mend."""
    try:
        settings = load_settings()
    except SettingsError as error:
        return [Finding("settings", str(error), "correct the variable in the environment or in .env")]
    configure_logs(settings.log_format)
    return [*_settings(settings), *_database(settings), *_queue(settings), *_evidence(settings), *_line(settings)]


def _settings(settings: Settings) -> Iterator[Finding]:
    try:
        settings.require_line()
    except SettingsError as error:
        yield Finding("settings", str(error), "set them in the environment or in .env")
    else:
        yield Finding("settings", "read")
    if not settings.secret_key:
        yield Finding("secret key", "not set; evidence is listed in the chat and cannot be opened from there")


def _database(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database_url)
    try:
        if not is_up_to_date(database):
            yield Finding("migrations", "missing", "run: tidtam db upgrade")
            return
        yield Finding("migrations", "up to date")
        yield from _rows(database)
    except SQLAlchemyError as error:
        yield Finding("database", type(error).__name__, "check DATABASE_URL and that the server is running")
    finally:
        database.close()


def _rows(database: Database) -> Iterator[Finding]:
    with database.reading() as session:
        units, events = len(list_units(session)), inbox.count_events_by_state(session)
        rows, month = outbox_upkeep.count_outbox_by_state(session), quota.get_quota(session)
    yield Finding("units", f"{units} loaded", "" if units else "run: tidtam catalog load")
    yield from _secretariat(database)
    dead, parked, given_up = events[InboxState.DEAD], rows[OutboxState.PARKED], rows[OutboxState.GIVEN_UP]
    look = "read the log lines event_failed with these ids and mend the cause"
    yield Finding("events", f"{events[InboxState.WAITING]} waiting, {dead} dead", look if dead else "")
    lost = "read the log lines call_failed with their reasons"
    yield Finding("outgoing", f"{rows[OutboxState.WAITING]} waiting, {given_up} given up", lost if given_up else "")
    yield Finding("quota", _quota_state(month, parked, rows[OutboxState.HELD]), _mend_quota(month))


def _secretariat(database: Database) -> Iterator[Finding]:
    """Whether there is somebody to answer, somebody to hear of what is late, and a calendar to count by."""
    this_year = SystemClock().now().astimezone(BANGKOK).year
    with database.reading() as session:
        secretaries = len(list_line_ids_with_role(session, [Role.SECRETARY]))
        superiors = len(list_line_ids_with_role(session, [Role.SUPERVISOR, Role.ADMIN]))
        days = len(list_days(session, date(this_year, 1, 1), date(this_year, 12, 31)))
    add = "nobody answers requests: tidtam members add --role secretary"
    yield Finding("secretaries", f"{secretaries} registered", "" if secretaries else add)
    hear = "nobody hears of late requests: tidtam members add --role supervisor"
    yield Finding("supervisors", f"{superiors} registered", "" if superiors else hear)
    seed = f"holidays count as working days: tidtam calendar seed --year {this_year}"
    yield Finding("calendar", f"{days} special days in {this_year}", "" if days else seed)


def _quota_state(month: quota.Quota, parked: int, held: int) -> str:
    left = "not read yet" if month.used is None else "no limit" if month.left is None else f"{month.left} left"
    return f"{left}, {parked} parked, {held} held"


def _mend_quota(month: quota.Quota) -> str:
    if month.exhausted_until:
        return "the month's messages are used up: buy more in LINE's console, or wait for the next month"
    if month.stage is Stage.RIDE:
        return "what is left is kept for promises, summaries and news wait for replies: buy more in LINE's console"
    return "LINE tells it to the clock: run tidtam clock, and check the LINE token" if month.used is None else ""


def _queue(settings: Settings) -> Iterator[Finding]:
    where = "Redis" if settings.redis_url else f"file {settings.queue_file}"
    try:
        open_queue(settings.redis_url, settings.queue_file).ping()
    except Exception as error:  # whatever the store raises, the operator mends the address
        yield Finding("queue", f"{where}: {type(error).__name__}", "check REDIS_URL and that the server is running")
    else:
        yield Finding("queue", f"{where} reachable")


def _evidence(settings: Settings) -> Iterator[Finding]:
    bucket = settings.evidence_s3_bucket
    where = f"bucket {bucket}" if bucket else f"folder {settings.evidence_dir}"
    probe = b"written and deleted by tidtam doctor"
    sha256 = hashlib.sha256(probe).hexdigest()
    store = open_store(settings)
    try:
        store.put(sha256, probe, "text/plain")
        store.delete(sha256)
    except StoreFailed as error:
        mend = "check the EVIDENCE_S3 variables and the key's rights" if bucket else "let the service write there"
        yield Finding("evidence", f"{where}: {error}", mend)
    else:
        yield Finding("evidence", f"{where} can be written to")


def _line(settings: Settings) -> Iterator[Finding]:
    if not settings.line_channel_access_token:
        return
    line = HTTPLINEClient(settings.line_channel_access_token, settings.line_api_url)
    yield _ask("LINE token", line.get_bot_user_id, lambda _: Finding("LINE token", "accepted"))
    yield _ask("webhook address", line.get_webhook_url, lambda url: _webhook(url, settings))


def _webhook(url: str | None, settings: Settings) -> Finding:
    expected = f"{settings.public_url}/line/webhook"
    if url == expected:
        return Finding("webhook address", url)
    return Finding("webhook address", url or "none is set", f"set {expected} in LINE's console and switch it on")


def _ask(part: str, ask: Callable[[], Answer], tell: Callable[[Answer], Finding]) -> Finding:
    try:
        return tell(ask())
    except Unauthorized:
        return Finding(part, "refused", "issue a new channel access token and set LINE_CHANNEL_ACCESS_TOKEN")
    except LINEError as error:
        return Finding(part, f"LINE: {error.reason}", "check LINE_API_URL and the way to the internet")
