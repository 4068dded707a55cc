"""What every command needs: settings, a database, one way of printing and one of refusing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

import click

from bot.logs import configure_logs
from bot.settings import Settings, load_settings
from models.documents import BANGKOK
from models.session import Database

Command = TypeVar("Command", bound=Callable[..., None])


class Failed(click.ClickException):
    """A refusal in one line on standard error; exit status 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Say it as every other refusal is said."""
        click.echo(f"tidtam: {self.message}", err=True)


def json_option(command: Command) -> Command:
    """Give a command the option ``--json``, its argument ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="one JSON document on standard output")(command)


def read_settings() -> Settings:
    """The settings, with logging set up as they say.

    Raises:
        SettingsError: a variable cannot be understood.
    """
    settings = load_settings()
    configure_logs(settings.log_format)
    return settings


@contextmanager
def open_database() -> Iterator[Database]:
    """The configured database, closed when the block ends."""
    database = Database(read_settings().database_url)
    try:
        yield database
    finally:
        database.close()


def show(as_json: bool, value: Any, lines: Iterable[str]) -> None:
    """Print the value as one JSON document, or the lines that say the same to a person."""
    if as_json:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            click.echo(line)


def bangkok(at: datetime) -> str:
    """An instant as ISO 8601 in Bangkok's zone, to the second."""
    return at.astimezone(BANGKOK).isoformat(timespec="seconds")


def read_day(text: str) -> date:
    """A day as an operator writes it: ``2026-11-20``, ``20/11/2569``.

    Raises:
        Failed: it is no day, or has an hour.
    """
    from bot.clock import SystemClock
    from models.written_dates import parse_written_moment

    moment = parse_written_moment(text, SystemClock().now())
    if moment is None or isinstance(moment, datetime):
        raise Failed(f"{text} is not a day such as 2026-11-20")
    return moment


def read_period(first_text: str, last_text: str) -> tuple[date, date]:
    """The first and the last day of a period.

    Raises:
        Failed: one of them is no day, or the period runs backwards.
    """
    first, last = read_day(first_text), read_day(last_text)
    if last < first:
        raise Failed(f"the period runs backwards: {last} lies before {first}")
    return first, last
