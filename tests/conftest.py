"""What every test may ask for: a database of each kind, a clock, and the whole service around a local LINE."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import create_engine, text

from bot.migrating import upgrade_database
from models.session import Database
from tests.office import Office, furnish
from tests.support import FakeClock

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
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


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """A migrated, empty SQLite file; tests start from a copy."""
    return _sqlite_template(tmp_path_factory.mktemp("template") / "empty.db")


@pytest.fixture(scope="session")
def furnished_sqlite_template(tmp_path_factory) -> Path:
    """The same with the shipped units, which every office has."""
    return _sqlite_template(tmp_path_factory.mktemp("template") / "furnished.db", furnish)


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """Name of a migrated, empty PostgreSQL database that others are copied from, one for each test process."""
    yield from _postgres_template()


@pytest.fixture(scope="session")
def furnished_postgres_template() -> Iterator[str]:
    """The same with the shipped units, which every office has."""
    yield from _postgres_template(furnish)


def _sqlite_template(path: Path, fill: Callable[[Database], None] = lambda _: None) -> Path:
    database = Database(f"sqlite:///{path}")
    upgrade_database(database)
    fill(database)
    with database.engine.connect() as connection:
        connection.execution_options(tidtam_read_only=True).exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


def _postgres_template(fill: Callable[[Database], None] = lambda _: None) -> Iterator[str]:
    if not _is_listening(5432):
        missing("PostgreSQL on 127.0.0.1:5432")
    name = f"tidtam_template_{uuid.uuid4().hex[:12]}"
    with _admin() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    database = Database(_postgres_url(name))
    upgrade_database(database)
    fill(database)
    database.close()
    yield name
    with _admin() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


def _template_for(request, kind: str) -> Any:
    """An office finds the units there already; loading them takes longer than most of its tests."""
    return request.getfixturevalue(f"furnished_{kind}" if "office" in request.fixturenames else kind)


@pytest.fixture
def sqlite_url(request, tmp_path) -> str:
    path = tmp_path / "tidtam.db"
    path.write_bytes(_template_for(request, "sqlite_template").read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(request) -> Iterator[str]:
    template = _template_for(request, "postgres_template")
    name = f"tidtam_test_{uuid.uuid4().hex[:12]}"
    with _admin() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield _postgres_url(name)
    with _admin() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request) -> str:
    """The address of an empty, migrated database, once of each kind."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture
def database(database_url) -> Iterator[Database]:
    """An empty, migrated database, once of each kind."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def redis_url() -> str:
    if not _is_listening(6379):
        missing("Redis on 127.0.0.1:6379")
    return REDIS


def _postgres_url(name: str) -> str:
    return POSTGRES.rsplit("/", 1)[0] + f"/{name}"


class _admin:  # noqa: N801 - used as a word in `with`
    """A connection that may create and drop databases."""

    def __enter__(self):
        self.engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
        self.connection = self.engine.connect()
        return self.connection

    def __exit__(self, *_):
        self.connection.close()
        self.engine.dispose()


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
