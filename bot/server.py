"""The web server: granian with the measured number of processes and threads (``docs/web-server.md``)."""

from __future__ import annotations

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bot.settings import Settings

THREADS_PER_PROCESS = 8
BACKLOG = 1024


def serve_web(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; requests in work are finished first."""
    Granian(
        "bot.app:create_served_app",
        factory=True,
        address="0.0.0.0",
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        blocking_threads=THREADS_PER_PROCESS,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_level=LogLevels.warning,
    ).serve()
