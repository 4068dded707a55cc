"""Installations of real processes, on each pair of stores that is supported."""

from __future__ import annotations

import pytest

from tests.faults.installation import Installation, RedisServer


@pytest.fixture
def redis_server(tmp_path):
    server = RedisServer(tmp_path)
    yield server
    server.kill()


@pytest.fixture
def install(request, tmp_path):
    """Make an installation on ``postgresql`` (with a Redis of its own) or ``sqlite`` (with a file as its queue)."""
    opened = []

    def make(kind: str, *, letters: int, people: int = 40) -> Installation:
        redis_url = request.getfixturevalue("redis_server").url if kind == "postgresql" else None
        database_url = request.getfixturevalue("postgres_url" if kind == "postgresql" else "sqlite_url")
        installation = Installation(tmp_path, database_url, redis_url, letters=letters, people=people)
        opened.append(installation)
        return installation

    yield make
    for installation in opened:
        installation.close()
