"""What every test may ask for: a database of each kind, a clock, and the whole service around a local LINE."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.migrating import upgrade_database
from models.session import Database
from tests.databases import LentPostgres, LentSqlite, postgres_database, postgres_template, sqlite_template
from tests.databases import postgres_url as url_of_postgres
from tests.office import Office, furnish
from tests.support import FakeClock

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379")
IN_CI = os.environ.get("CI", "").lower() == "true"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday, 09.00 in Bangkok


def missing(service: str) -> None:
    """Skip on a machine without a service; in CI its absence is a failure."""
    if IN_CI:
        pytest.fail(f"{service} is not reachable, and CI must have it")
    pytest.skip(f"{service} is not reachable on this machine")


def _is_listening(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.5).close()
    except OSError:
        return False
    return True


IN_ONE_PROCESS = ("tests/faults/", "tests/demo/")
"""Tests that mostly wait, for processes and for seconds that must pass: those of a folder are run first, by one test
process, one after the other, so that they neither crowd each other nor keep those waiting that need a processor."""


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Iterator[int]:
    """One test process more than processors: one of them waits most of the time."""
    processors = yield
    return processors + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out tests one by one, but for the folders that stay together."""
    from xdist.scheduler import LoadScopeScheduling

    class OneByOne(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((folder for folder in IN_ONE_PROCESS if nodeid.startswith(folder)), nodeid)

    return OneByOne(config, log)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory) -> Path:
    """A migrated SQLite file without rows, for copying."""
    return sqlite_template(tmp_path_factory.mktemp("template") / "empty.db", upgrade_database)


@pytest.fixture(scope="session")
def furnished_sqlite(empty_sqlite, tmp_path_factory) -> Path:
    """The same with the shipped units, which every office has: loading them takes longer than most of its tests."""
    return sqlite_template(tmp_path_factory.mktemp("template") / "furnished.db", furnish, empty_sqlite)


@pytest.fixture(scope="session")
def empty_postgres() -> Iterator[str]:
    """Name of a migrated PostgreSQL database without rows, for copying; one for each test process."""
    if not _is_listening(5432):
        missing("PostgreSQL on 127.0.0.1:5432")
    with postgres_template(upgrade_database) as name:
        yield name


@pytest.fixture(scope="session")
def furnished_postgres(empty_postgres) -> Iterator[str]:
    """The same with the shipped units, which every office has."""
    with postgres_template(furnish, empty_postgres) as name:
        yield name


@pytest.fixture
def sqlite_url(empty_sqlite, tmp_path) -> str:
    """The address of an empty, migrated SQLite file of the test's own."""
    path = tmp_path / "tidtam.db"
    path.write_bytes(empty_sqlite.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(empty_postgres) -> Iterator[str]:
    """The address of an empty, migrated PostgreSQL database of the test's own."""
    with postgres_database("test", empty_postgres) as name:
        yield url_of_postgres(name)


@pytest.fixture(scope="session")
def lent_empty_sqlite(empty_sqlite, tmp_path_factory) -> Iterator[LentSqlite]:
    with closing(LentSqlite(empty_sqlite, tmp_path_factory.mktemp("empty"))) as lent:
        yield lent


@pytest.fixture(scope="session")
def lent_furnished_sqlite(furnished_sqlite, tmp_path_factory) -> Iterator[LentSqlite]:
    with closing(LentSqlite(furnished_sqlite, tmp_path_factory.mktemp("furnished"))) as lent:
        yield lent


@pytest.fixture(scope="session")
def lent_empty_postgresql(empty_postgres) -> Iterator[LentPostgres]:
    with closing(LentPostgres(empty_postgres)) as lent:
        yield lent


@pytest.fixture(scope="session")
def lent_furnished_postgresql(furnished_postgres) -> Iterator[LentPostgres]:
    with closing(LentPostgres(furnished_postgres)) as lent:
        yield lent


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request) -> Database:
    """An empty, migrated database, once of each kind; under an office, or for its units, the catalog is in it."""
    filled = "furnished" if {"office", "units"} & set(request.fixturenames) else "empty"
    lent: LentSqlite | LentPostgres = request.getfixturevalue(f"lent_{filled}_{request.param}")
    return lent.lend()


@pytest.fixture
def database_url(database) -> str:
    """The address of ``database``, for other processes and commands."""
    return database.url.render_as_string(hide_password=False)


@pytest.fixture
def redis_url() -> str:
    if not _is_listening(6379):
        missing("Redis on 127.0.0.1:6379")
    return REDIS


@pytest.fixture
def office(database, clock) -> Iterator[Office]:
    """The service around a local LINE platform, on each kind of database."""
    opened = Office(database, clock)
    yield opened
    opened.close()


@pytest.fixture
def logged() -> Iterator[list[dict]]:
    """What the service logs during the test, as a growing list of entries with their fields."""
    with structlog.testing.capture_logs() as entries:
        yield entries
