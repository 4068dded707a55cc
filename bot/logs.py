"""Logs: fixed event names with fields, ids only; pretty on a terminal, one JSON object a line elsewhere.

Never logged: message texts, names, tokens, titles of documents. Libraries that log by themselves are held to
warnings, and of their messages only the logger's name and the kind of error are kept.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

import structlog


def configure_logs(log_format: str, file: TextIO | None = None) -> None:
    """Set up logging for this process, to standard error or to a file; ``log_format`` is auto, json or pretty."""
    pretty = log_format == "pretty" or (log_format == "auto" and sys.stderr.isatty())
    renderer: Any = structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file or sys.stderr),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [_LibraryHandler()]
    root.setLevel(logging.WARNING)


def get_logger() -> Any:
    """The structured logger; call as ``get_logger().info("answer_sent", outbox_id=5)``."""
    return structlog.get_logger()


class _LibraryHandler(logging.Handler):
    """Keeps what a library says to its name, level and kind of error: its text may quote what people wrote."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        get_logger().warning("library_warning", library=record.name, severity=record.levelname, error=error)
