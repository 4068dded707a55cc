"""Bringing a database to the newest schema, and telling whether it is there."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

import models
from models.base import Base
from models.session import Database

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
_LOCK_KEY = 7_243_189_055
"""Of PostgreSQL's advisory locks: two releases at once migrate one after the other."""


def all_metadata() -> MetaData:
    """The metadata with every table of ``models`` in it."""
    for module in pkgutil.iter_modules(models.__path__):
        importlib.import_module(f"models.{module.name}")
    return Base.metadata


def upgrade_database(database: Database) -> bool:
    """Run the migrations that are missing; gives whether there were any."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        before = _revision(connection)
        command.upgrade(_config(connection), "head")
        connection.commit()
        return before != _revision(connection)


def is_up_to_date(database: Database) -> bool:
    """Whether the database has the newest schema."""
    with database.engine.connect() as connection:
        current = _revision(connection)
    return current == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
