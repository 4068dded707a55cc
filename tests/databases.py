"""Databases for tests: migrated once a process, then copied, or emptied again and lent to the next test.

A copy of one's own costs on PostgreSQL a third of a second (a ``DROP DATABASE`` waits for a checkpoint) and on both
kinds new connections and every statement compiled anew, more than most tests take themselves. So ``database`` lends
one of each kind: before each test its rows, counters and tables are made what they were.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url
from sqlalchemy.orm import sessionmaker

from models.base import Base
from models.session import Database

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")

_SHAPE = """
SELECT md5(string_agg(line, E'\n' ORDER BY line)) FROM (
    SELECT concat_ws(' ', c.oid, c.relname, a.attname, a.atttypid, a.attnotnull, a.atthasdef) AS line
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = to_regnamespace('public') AND c.relkind IN ('r', 'v', 'i', 'S') AND a.attnum > 0
    UNION ALL SELECT concat_ws(' ', oid, conname) FROM pg_constraint WHERE connamespace = to_regnamespace('public')
    UNION ALL SELECT concat_ws(' ', oid, tgname) FROM pg_trigger WHERE NOT tgisinternal
) AS lines
"""
_COUNTERS = (
    "SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL FROM pg_sequences ORDER BY 1"
)
_OTHERS_AT_WORK = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


def postgres_url(name: str) -> str:
    """The address of one of the test server's databases."""
    return POSTGRES.rsplit("/", 1)[0] + f"/{name}"


def _connect(name: str | None = None) -> psycopg.Connection:
    address = make_url(postgres_url(name) if name else POSTGRES).set(drivername="postgresql")
    return psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)


@contextmanager
def postgres_database(purpose: str, template: str = "template1") -> Iterator[str]:
    """A database of one's own, copied from another; gives its name and drops it in the end.

    Its commits do not wait for the disk: no test pulls the server's plug.
    """
    name = f"tidtam_{purpose}_{uuid.uuid4().hex[:12]}"
    with closing(_connect()) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        server.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    yield name
    with closing(_connect()) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def postgres_template(fill: Callable[[Database], None], template: str = "template1") -> Iterator[str]:
    """A database, copied from another and filled, that nobody is connected to; gives its name."""
    with postgres_database("template", template) as name:
        with closing(Database(postgres_url(name))) as database:
            fill(database)
        yield name


def sqlite_template(path: Path, fill: Callable[[Database], None], template: Path | None = None) -> Path:
    """The same as a single file."""
    if template:
        path.write_bytes(template.read_bytes())
    with closing(Database(f"sqlite:///{path}")) as database:
        fill(database)
        with database.engine.connect() as connection:
            connection.execution_options(tidtam_read_only=True).exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


class _Borrowed(Database):
    """Another's connections and compiled statements; who listens to this one's engine no longer hears the next one."""

    def __init__(self, owner: Database) -> None:
        self.url, self.is_sqlite, self._writer_lock = owner.url, owner.is_sqlite, owner._writer_lock
        self.engine = owner.engine.execution_options()
        self._single = self.engine if self.is_sqlite else owner._single.execution_options()
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)


class LentSqlite:
    """One file after the other at one address."""

    def __init__(self, template: Path, folder: Path) -> None:
        self._template, self._path = template.read_bytes(), folder / "tidtam.db"
        self._owner = Database(f"sqlite:///{self._path}")

    def lend(self) -> Database:
        """As the template is."""
        self._owner.close()
        for ending in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        self._path.write_bytes(self._template)
        return _Borrowed(self._owner)

    def close(self) -> None:
        self._owner.close()


class LentPostgres:
    """One database whose rows and counters are put back; one whose tables were changed is replaced by a new copy."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._open()

    def lend(self) -> Database:
        """As the template is."""
        if self._owner.engine.pool.checkedout() or self._owner._single.pool.checkedout():
            self._owner.close()  # somebody kept a connection
        self._connection.execute(_OTHERS_AT_WORK)
        if self._shape() != self._shape_at_first:
            self.close()
            self._open()
        self._put_rows_back()
        self._put_counters_back()
        return _Borrowed(self._owner)

    def close(self) -> None:
        self._owner.close()
        self._connection.close()
        self._copy.__exit__(None, None, None)

    def _open(self) -> None:
        self._copy = postgres_database("test", self._template)
        name = self._copy.__enter__()
        self._owner, self._connection = Database(postgres_url(name)), _connect(name)
        self._shape_at_first, self._counters_at_first = self._shape(), self._counters()
        self._rows_at_first = {table: self._rows(table) for table in self._tables_with_rows()}
        self._sums_at_first = {table: self._sum(table) for table in self._rows_at_first}

    def _shape(self) -> str:
        return self._connection.execute(_SHAPE).fetchone()[0]

    def _counters(self) -> list[tuple]:
        return self._connection.execute(_COUNTERS).fetchall()

    def _rows(self, table: str) -> bytes:
        with self._connection.cursor().copy(_of(table, "COPY {} TO STDOUT")) as rows:
            return b"".join(rows)

    def _sum(self, table: str) -> str:
        asked = _of(table, "SELECT md5(string_agg(t::text, '' ORDER BY ctid)) FROM {} t")
        return self._connection.execute(asked).fetchone()[0]

    def _tables_with_rows(self) -> list[str]:
        """Those that others refer to first."""
        tables = [*(table.name for table in Base.metadata.sorted_tables), "alembic_version"]
        asked = [_of(table, "EXISTS (SELECT FROM {})") for table in tables]
        answers = self._connection.execute(sql.SQL("SELECT ") + sql.SQL(", ").join(asked)).fetchone()
        return [table for table, has_rows in zip(tables, answers, strict=True) if has_rows]

    def _put_rows_back(self) -> None:
        before, now = self._rows_at_first, self._tables_with_rows()
        unchanged = self._sums_at_first == {table: self._sum(table) for table in now if table in before}
        with self._connection.transaction():
            for table in reversed(now):
                if not (unchanged and table in before):
                    self._connection.execute(_of(table, "DELETE FROM {}"))
            for table in () if unchanged else before:
                with self._connection.cursor().copy(_of(table, "COPY {} FROM STDIN")) as rows:
                    rows.write(before[table])

    def _put_counters_back(self) -> None:
        moved = set(self._counters_at_first) - set(self._counters())
        setting = [sql.SQL("setval({}, {}, {})").format(*map(sql.Literal, counter)) for counter in moved]
        if setting:
            self._connection.execute(sql.SQL("SELECT ") + sql.SQL(", ").join(setting))


def _of(table: str, statement: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(table))
