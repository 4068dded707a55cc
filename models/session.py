"""Opening the database and its transactions.

Transactions are opened at the edge only. SQLite has one writer at a time: its transactions begin with ``BEGIN
IMMEDIATE`` (a write lock taken late can fail with no way to wait), and the threads of one process queue for it on a
lock of their own, which is fairer and quicker than SQLite's sleeping retries.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

SQLITE_BUSY_SECONDS = 15
POSTGRES_POOL_SIZE = 40
POSTGRES_STATEMENT_TIMEOUT_MS = 30_000


class Database:
    """One engine and the two ways into it: ``transaction()`` to change, ``reading()`` to look."""

    def __init__(self, url: str) -> None:
        self.url = normalise_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        self._single = self.engine if self.is_sqlite else _postgres_engine(self.url, isolation_level="AUTOCOMMIT")
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        self._writer_lock = threading.RLock() if self.is_sqlite else nullcontext()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commit when the block ends, roll back when it leaves by an exception."""
        with self._writer_lock, self._sessions() as session, session.begin():
            yield session

    @contextmanager
    def single_statement(self) -> Iterator[Connection]:
        """A connection for exactly one statement, which commits by itself: PostgreSQL needs one round trip then."""
        with self._writer_lock, self._single.begin() as connection:
            yield connection

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Iterator[Session]:
        """A session for looking only; whatever it changed is rolled back.

        Args:
            snapshot: every statement sees the tables as they were at the first one, as on SQLite it always does.
        """
        options: dict[str, Any] = {"tidtam_read_only": True}
        if snapshot and not self.is_sqlite:
            options["isolation_level"] = "REPEATABLE READ"
        with self._sessions() as session:
            session.connection(execution_options=options)
            try:
                yield session
            finally:
                session.rollback()

    def close(self) -> None:
        """Give every connection back; the object is not used afterwards."""
        self.engine.dispose()
        self._single.dispose()


def normalise_url(url: str) -> URL:
    """Accept the spellings operators use (``postgres://``) and name the driver we install.

    Raises:
        ValueError: the address cannot be read or names a database that is not supported.
    """
    try:
        parsed = make_url(url)
    except Exception as error:
        raise ValueError("is not a database address") from error
    backend = parsed.get_backend_name()
    if backend in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise ValueError(f"names {backend}; supported are sqlite and postgresql")


def _postgres_engine(url: URL, **options: Any) -> Engine:
    return create_engine(
        url,
        skip_autocommit_rollback=True,
        pool_size=POSTGRES_POOL_SIZE,
        max_overflow=10,
        pool_pre_ping=False,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": 5,
            "options": f"-c statement_timeout={POSTGRES_STATEMENT_TIMEOUT_MS} -c timezone=UTC",
        },
        **options,
    )


def _sqlite_engine(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": SQLITE_BUSY_SECONDS, "check_same_thread": False}
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    read_only = connection.get_execution_options().get("tidtam_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
