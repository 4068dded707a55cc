"""``tidtam demo``: the whole service in one process, with a local LINE and its phone page around it.

The only module of the product that knows the simulator. Nothing of the environment is read and nothing leaves the
machine: secret and token are made at each start, data lie in ``var/demo``, wake-ups go through threads.
"""

from __future__ import annotations

import fcntl
import gc
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from shutil import rmtree
from typing import Any

import click
from alembic.util import CommandError
from sqlalchemy.exc import DatabaseError
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.app import create_app
from bot.catalog import load_catalog, read_catalog, shipped_catalog_paths
from bot.clock import SystemClock
from bot.deadlines import Deadlines, run_deadlines
from bot.demo_indicators import add_indicators
from bot.demo_samples import (
    ADMIN,
    COORDINATOR,
    HOST_COORDINATOR,
    MANAGER,
    OFFICER,
    PEOPLE,
    REVIEWER,
    SECRETARY,
    STRANGER,
    add_letters,
    add_people,
    invite_stranger,
)
from bot.demo_summaries import add_past_requests
from bot.government_holidays import fill_calendar, years_to_seed
from bot.logs import configure_logs, get_logger
from bot.migrating import upgrade_database
from bot.schedule import Schedule, run_schedule
from bot.settings import Settings, load_settings
from bot.wiring import Services, build_services
from bot.worker import build_worker, run_sweep
from handlers.membership import PRIVACY_NOTICE_VERSION
from models.visibility import OPERATOR, list_letters_by_number
from simulator.control import PhonePerson
from simulator.platform import Platform
from simulator.server import create_app as create_line_app
from simulator.server import serve

FOLDER = Path("var/demo")
HOST = "127.0.0.1"
WORKER_THREADS = 8
LETTER = "กท 1902/1335"
STOP_SECONDS = 1.0


class DemoRefused(click.ClickException):
    """The demo cannot start; one line that says why and what to do."""

    def show(self, file: Any = None) -> None:
        """Say it as the other commands do."""
        click.echo(f"tidtam: {self.message}", err=True)


class PoolQueue:
    """Wake-ups inside one process: each is run on a thread of a pool. What is lost, the sweep finds."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._answer: Callable[[str], None] = _ignore
        self._deliver: Callable[[str], None] = _ignore

    def handle_with(self, answer: Callable[[str], None], deliver: Callable[[str], None]) -> None:
        """Say what a wake-up does; before the first one."""
        self._answer, self._deliver = answer, deliver

    def wake_people(self, person_keys: Sequence[str]) -> None:
        """Have the inboxes of these people looked at."""
        for key in person_keys:
            self._pool.submit(_run, self._answer, key)

    def wake_recipients(self, recipients: Sequence[str]) -> None:
        """Have what waits for these recipients delivered."""
        for key in recipients:
            self._pool.submit(_run, self._deliver, key)

    def ping(self) -> None:
        """Always reachable."""


def _ignore(_key: str) -> None:
    """Do nothing."""


def _run(work: Callable[[str], None], key: str) -> None:
    try:
        work(key)
    except Exception as error:  # the row stays as it is; the sweep finds it
        get_logger().error("wake_up_failed", error=type(error).__name__)


def run_demo(port: int, *, reset: bool) -> None:
    """Run until SIGINT or SIGTERM.

    Args:
        port: of the phone page and the local LINE; the service itself listens on the next one.
        reset: throw away what an earlier demo left in ``var/demo``.

    Raises:
        DemoRefused: a port is taken, another demo uses the folder, or its data cannot be read.
    """
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with ExitStack() as stack:
        stack.enter_context(_only_demo_in(FOLDER))
        _listen(port).close()
        listening = stack.enter_context(closing(_listen(port + 1)))
        if reset:
            _clear(FOLDER)
        configure_logs("json", stack.enter_context((FOLDER / "demo.log").open("a", encoding="utf-8")))
        code = _start(port, listening, stopping, stack)
        gc.freeze()  # what is loaded by now stays: not looked through again, least of all when the process ends
        click.echo(_welcome(port, code))
        stopping.wait()


def _start(port: int, listening: socket.socket, stopping: threading.Event, stack: ExitStack) -> str | None:
    """Start every part and put on the stack how it ends; gives the stranger's registration code."""
    settings = _settings(port)
    queue = PoolQueue(stack.enter_context(ThreadPoolExecutor(WORKER_THREADS, thread_name_prefix="worker")))
    services = build_services(settings, queue)
    stack.callback(services.close)
    code = _prepare(services)
    inbox_worker, delivery, sweep = build_worker(services)
    queue.handle_with(inbox_worker.answer_person, delivery.deliver_to)
    threads: list[threading.Thread] = []
    stack.callback(_join, threads)
    _serve_web(services, listening, stack)
    platform = _serve_line(settings, port, stack)
    if code is not None:
        platform.follow(STRANGER.user_id)  # who adds the account is told how to register
    threads.append(_run_in_thread(run_sweep, sweep, stopping))
    threads.append(_run_in_thread(_make_menus, services, stopping))
    threads.append(_run_in_thread(run_schedule, Schedule(services), stopping))
    threads.append(_run_in_thread(run_deadlines, Deadlines(services), stopping))
    return code


def _make_menus(services: Services, stopping: threading.Event) -> None:
    """Give everybody their menu, beside the rest: drawing takes a second. The local LINE begins with none each time."""
    try:
        from bot.rich_menus import sync_menus  # noqa: PLC0415 - what draws is loaded beside the rest, too

        sync_menus(services)
    except Exception as error:  # the demo goes on without menus; while it ends, LINE is gone before this is done
        if not stopping.is_set():
            get_logger().error("rich_menus_failed", error=type(error).__name__)


def _run_in_thread(target: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=target, args=arguments, name=target.__name__, daemon=True)
    thread.start()
    return thread


def _join(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(STOP_SECONDS)


def _settings(port: int) -> Settings:
    line = f"http://{HOST}:{port}"
    values = {
        "LINE_CHANNEL_SECRET": secrets.token_hex(16),
        "LINE_CHANNEL_ACCESS_TOKEN": secrets.token_urlsafe(64),
        "LINE_API_URL": line,
        "LINE_DATA_API_URL": line,
        "DATABASE_URL": f"sqlite:///{FOLDER / 'demo.db'}",
        "QUEUE_FILE": str(FOLDER / "demo.queue"),
        "EVIDENCE_DIR": str(FOLDER / "evidence"),
        "SECRET_KEY": secrets.token_urlsafe(32),
        "PUBLIC_URL": f"http://localhost:{port + 1}",
        "PORT": str(port + 1),
        "QUIET_HOURS": "none",
        "SERVICE_HOURS": "always",  # whoever tries it on a Sunday finds the secretariat there
    }
    return load_settings(values, env_file=FOLDER / "no.env")


def _prepare(services: Services) -> str | None:
    """Bring the database up to date, fill a new one, and make a registration code."""
    now = SystemClock().now()
    try:
        upgrade_database(services.database)
        with services.database.transaction() as session:
            if not list_letters_by_number(session, OPERATOR, LETTER):
                load_catalog(session, read_catalog(shipped_catalog_paths()), now)
                add_people(session, PRIVACY_NOTICE_VERSION, now)
                add_letters(session, now)
                add_indicators(session, HOST_COORDINATOR.user_id, ADMIN.user_id, services.service_calendar(), now)
                add_past_requests(session, services.terms(), now)
            code = invite_stranger(session, now)
        fill_calendar(services.database, years_to_seed(now), now)
    except (DatabaseError, CommandError) as error:
        raise DemoRefused(f"the data in {FOLDER} cannot be used; start afresh with: tidtam demo --reset") from error
    _ = services.vocabulary  # read before the first question waits for it
    return code


# --- servers --------------------------------------------------------------------------------------------------------


class _SilentHandler(WSGIRequestHandler):
    """Keeps the terminal for what a person should read there."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


def _serve_web(services: Services, listening: socket.socket, stack: ExitStack) -> None:
    host, port = listening.getsockname()
    server: BaseWSGIServer = make_server(
        host, port, create_app(services), threaded=True, request_handler=_SilentHandler, fd=listening.fileno()
    )
    _run_in_thread(server.serve_forever, 0.1)
    stack.callback(server.shutdown)


def _serve_line(settings: Settings, port: int, stack: ExitStack) -> Platform:
    platform = Platform(
        settings.line_channel_secret,
        settings.line_channel_access_token,
        f"http://{HOST}:{port + 1}/line/webhook",
        background=True,
        automatic_redelivery=True,
    )
    people = [PhonePerson(one.user_id, one.name, one.label, one.role or "") for one in PEOPLE]
    try:
        server = serve(create_line_app(platform, people), platform, HOST, port)
    except OSError as error:
        raise _cannot_listen(port, error) from error
    stack.callback(platform.close)
    stack.callback(server.stop)  # ends first, so that nobody goes on waiting for LINE
    return platform


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port), backlog=128)
    except OSError as error:
        raise _cannot_listen(port, error) from error


def _cannot_listen(port: int, error: OSError) -> DemoRefused:
    reason = (error.strerror or "in use").lower()
    return DemoRefused(f"port {port}: {reason}; end what uses it, or choose others: tidtam demo --port 8100")


# --- the folder -----------------------------------------------------------------------------------------------------


@contextmanager
def _only_demo_in(folder: Path) -> Iterator[None]:
    """Hold the folder; a second demo on the same data would have a LINE of its own and the same people."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DemoRefused(f"another demo is running with the data in {folder}; end it first") from error
    except OSError as error:
        raise DemoRefused(f"{folder} cannot be written to; start the demo where it can be") from error
    with lock:
        yield


def _clear(folder: Path) -> None:
    for path in folder.glob("demo.*"):
        path.unlink()
    rmtree(folder / "evidence", ignore_errors=True)


# --- what the terminal says -----------------------------------------------------------------------------------------


def _welcome(port: int, code: str | None) -> str:
    lines = [
        "",
        f"  Phone page   http://localhost:{port}",
        f"  Service      http://localhost:{port + 1}  (webhook, /healthz, /readyz, /metrics)",
        f"  Data, log    {FOLDER}  (start afresh: --reset)",
        "",
        "  Try on the phone page:",
        f"    {OFFICER.name}: หนังสือ {LETTER} ถึงไหนแล้วคะ      then tap ติดตามต่อ",
        f"    {SECRETARY.name}: {LETTER} ปลัดลงนามแล้ว      then tap ยืนยัน; who follows is told",
        f"    {COORDINATOR.name}: รายงาน 8308 ดินแดง 18 ชุมชน      then tap ยืนยัน; {REVIEWER.name} taps อนุมัติ",
        f"    {COORDINATOR.name}: ตัวชี้วัด 8308 ถึงไหนแล้ว",
        f"    {MANAGER.name}: สรุปเดือนนี้      or สรุปวันนี้ สรุปสัปดาห์นี้ สรุปไตรมาสนี้ สรุปปีนี้",
        *([f"    {STRANGER.name}: ลงทะเบียน {code}"] if code else []),
        "",
        "  Ctrl-C ends it.",
        "",
    ]
    return "\n".join(lines)
