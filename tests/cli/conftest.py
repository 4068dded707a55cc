"""Running ``tidtam`` in this process, as a shell would."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
import structlog

from bot.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit status and both streams."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return orjson.loads(self.out)


@pytest.fixture
def tidtam(monkeypatch, capsys, tmp_path, sqlite_url) -> Iterator:
    """Run a command in an empty folder on a migrated SQLite database; keywords are environment variables."""
    monkeypatch.chdir(tmp_path)
    handlers = logging.getLogger().handlers[:]

    def run(*arguments: str, **environ: str) -> Outcome:
        values = {"DATABASE_URL": sqlite_url, "PATH": os.environ["PATH"]} | environ
        with monkeypatch.context() as patch:
            patch.setattr(os, "environ", values)
            patch.setattr(sys, "argv", ["tidtam", *arguments])
            status = 0
            try:
                main()
            except SystemExit as end:
                status = int(end.code or 0)
        streams = capsys.readouterr()
        assert "Traceback" not in streams.err
        return Outcome(status, streams.out, streams.err)

    yield run
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers
