"""The ``tidtam`` command: thin commands over the same functions as the chat.

Exit status: 0 done, 1 refused or bad input (one line on standard error), 2 wrong usage.
"""

from __future__ import annotations

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.catalog_files import CatalogError
from bot.cli_calendar import calendar_group
from bot.cli_duty import duty_group
from bot.cli_export import export_group
from bot.cli_indicators import indicators_group
from bot.cli_kpi import kpi_group
from bot.cli_parts import bangkok, json_option, open_database, read_settings, show
from bot.cli_quota import quota_command
from bot.cli_reporting import open_year_command, vouchers_group
from bot.cli_requests import requests_group
from bot.cli_rich_menus import richmenu_group
from bot.cli_summary import summary_group
from bot.cli_understanding import understand_command
from bot.cli_words import refusal_line
from bot.clock import SystemClock
from bot.settings import SettingsError
from models.errors import Refused
from models.members import Role

if TYPE_CHECKING:
    from bot.catalog import CatalogChange
    from models.session import Database


def main() -> None:
    """Run the command line; never shows a traceback for what a user can mend."""
    try:
        cli.main(prog_name="tidtam", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (SettingsError, CatalogError) as error:
        click.echo("\n".join(f"tidtam: {line}" for line in str(error).splitlines()), err=True)
        sys.exit(1)
    except Refused as error:
        click.echo(f"tidtam: {refusal_line(error)}", err=True)
        sys.exit(1)
    except (OperationalError, ProgrammingError) as error:
        click.echo(f"tidtam: {_database_line(error)}", err=True)
        sys.exit(1)


def _database_line(error: OperationalError | ProgrammingError) -> str:
    if isinstance(error, ProgrammingError) or "no such table" in str(error.orig):
        return "the database lacks our tables; run: tidtam db upgrade"
    return "the database cannot be reached; check DATABASE_URL"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """TidTam (ติดตาม): where is my letter, asked in LINE."""


# --- processes ------------------------------------------------------------------------------------------------------


@cli.command()
def web() -> None:
    """Serve the webhook and the web pages on $PORT."""
    from bot.server import serve_web  # each process loads only what it runs

    settings = read_settings()
    settings.require_line()
    serve_web(settings)


@cli.command()
def worker() -> None:
    """Answer people and deliver what goes out."""
    from bot.wiring import build_services, open_process_queue
    from bot.worker import run_worker

    settings = read_settings()
    settings.require_line()
    queue = open_process_queue(settings)
    run_worker(build_services(settings, queue), queue, settings.worker_threads)


@cli.command()
def clock() -> None:
    """Run what happens by the hour."""
    from bot.schedule import run_clock
    from bot.wiring import build_services

    settings = read_settings()
    settings.require_line()
    run_clock(build_services(settings))


@cli.command()
@click.option("--port", type=click.IntRange(1, 65534), default=8000, show_default=True, help="port of the phone page")
@click.option("--reset", is_flag=True, help="start afresh")
def demo(port: int, reset: bool) -> None:
    """The whole service on this machine, with a local LINE and a phone in the browser."""
    from bot.demo import run_demo

    run_demo(port, reset=reset)


@cli.command()
@json_option
def doctor(as_json: bool) -> None:
    """Check the installation and say how to mend what is wrong."""
    from bot.doctor import examine

    findings = examine()
    show(as_json, [finding.as_json() for finding in findings], [finding.as_line() for finding in findings])
    if any(finding.is_problem for finding in findings):
        raise SystemExit(1)


# --- set-up ---------------------------------------------------------------------------------------------------------


@cli.group()
def db() -> None:
    """The database's schema."""


@db.command()
def upgrade() -> None:
    """Run the migrations that are missing."""
    from bot.migrating import upgrade_database

    with open_database() as database:
        changed = upgrade_database(database)
    click.echo("migrated" if changed else "up to date")


@cli.group()
def catalog() -> None:
    """Units and indicators, kept in YAML."""


@catalog.command("load")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--if-empty", is_flag=True, help="only what the database has none of yet: units, indicators")
@json_option
def load_catalog_command(paths: tuple[Path, ...], if_empty: bool, as_json: bool) -> None:
    """Load YAML files (default: the shipped catalog), all or nothing; fill the calendar with holidays."""
    from bot.government_holidays import fill_calendar, years_to_seed

    now = SystemClock().now()
    with open_database() as database:
        change = _load(database, paths, if_empty, now)
        days = fill_calendar(database, years_to_seed(now), now)
    counts = {"added": change.added, "updated": change.updated, "unchanged": change.unchanged}
    defined = change.indicators
    years = {"added": defined.added, "updated": defined.updated, "unchanged": defined.unchanged}
    lines = [
        f"units: {change.added} added, {change.updated} updated, {change.unchanged} unchanged",
        f"indicators: {defined.added} added, {defined.updated} updated, {defined.unchanged} unchanged",
        f"calendar: {days} days filled in",
    ]
    show(as_json, counts | {"indicators": years}, lines)


def _load(database: Database, paths: tuple[Path, ...], if_empty: bool, now: datetime) -> CatalogChange:
    from dataclasses import replace

    from bot.catalog import CatalogChange, load_catalog, read_catalog, shipped_catalog_paths
    from models.indicator_names import list_names
    from models.units import list_units

    with database.reading() as session:
        known = {unit.code for unit in list_units(session)}
        named = {one.code: one.name for one in list_names(session)}
    if if_empty and known and named:
        return CatalogChange(0, 0, len(known))
    read = read_catalog(list(paths) or shipped_catalog_paths(), known_units=known, known_indicators=named)
    if if_empty:
        read = replace(read, units=() if known else read.units)
    with database.transaction() as session:
        return load_catalog(session, read, now)


# --- people ---------------------------------------------------------------------------------------------------------


@cli.group("members")
def members_group() -> None:
    """The people who use the service."""


_ROLE = click.Choice([role.value for role in Role])


@members_group.command("add")
@click.option("--line-user-id", required=True, help="U followed by 32 hexadecimal digits")
@click.option("--name", required=True)
@click.option("--unit", required=True, help="official name, short form or code")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLE, help="repeatable")
@json_option
def add_member_command(line_user_id: str, name: str, unit: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Register a person who accepted the privacy notice on paper."""
    from handlers.membership import PRIVACY_NOTICE_VERSION
    from models import members
    from models.units import get_unit

    now = SystemClock().now()
    with open_database() as database, database.transaction() as session:
        at = get_unit(session, unit)
        member = members.add_member(
            session, line_user_id=line_user_id, name=name, unit_id=at.id, roles=map(Role, roles), now=now
        )
        members.record_consent(session, line_user_id, "on_paper", PRIVACY_NOTICE_VERSION, now)
        held = sorted(member.roles)
    value = {"line_user_id": line_user_id, "unit": at.name, "roles": held}
    show(as_json, value, [f"{line_user_id}: {at.name}, {', '.join(held)}"])


@members_group.command("invite")
@click.option("--unit", required=True, help="official name, short form or code")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLE, help="repeatable")
@click.option("--uses", type=int, default=1, show_default=True, help="how many people may use the code")
@click.option("--expires", default="7d", show_default=True, help="7d, 12h")
@json_option
def invite(unit: str, roles: tuple[str, ...], uses: int, expires: str, as_json: bool) -> None:
    """Print a code that a person types in the chat to register."""
    from models import members
    from models.units import get_unit

    now = SystemClock().now()
    expires_at = now + _span(expires)
    with open_database() as database, database.transaction() as session:
        at = get_unit(session, unit)
        code = members.create_invitation(
            session, unit_id=at.id, roles=map(Role, roles), uses=uses, expires_at=expires_at, now=now
        )
    value = {"code": code, "unit": at.name, "roles": list(roles), "uses": uses, "expires_at": bangkok(expires_at)}
    show(as_json, value, [code])


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,4})([dh])", text.strip())
    if not found:
        raise click.BadParameter("must look like 7d or 12h", param_hint="--expires")
    count = int(found.group(1))
    return timedelta(days=count) if found.group(2) == "d" else timedelta(hours=count)


# --- letters --------------------------------------------------------------------------------------------------------


@cli.group("documents")
def documents_group() -> None:
    """Letters and where they are."""


@documents_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def import_command(file: Path, as_json: bool) -> None:
    """Import letters from CSV or XLSX; bad rows are written beside the file."""
    from bot.importing import import_documents

    with open_database() as database:
        report = import_documents(database, file, SystemClock().now())
    lines = [f"added {report.added}, updated {report.updated}, unchanged {report.unchanged}"]
    lines += [f"row {rejection.row}: {rejection.reason}" for rejection in report.rejected]
    show(as_json, report.as_json(), lines)


@documents_group.command("show")
@click.argument("number")
@json_option
def show_document_command(number: str, as_json: bool) -> None:
    """Show a letter with its history."""
    from models.visibility import show_document

    with open_database() as database, database.reading() as session:
        letter = show_document(session, number)
    lines = [f"{letter['number']}  {letter['subject']}", f"{letter['from_unit']}  {letter['urgency']}"]
    lines += [f"{step['at']}  {step['stage']}  {step['note'] or ''}".rstrip() for step in letter["history"]]
    show(as_json, letter, lines)


@documents_group.command("stage")
@click.argument("number")
@click.argument("stage")
@click.option("--note", default=None)
@json_option
def stage_command(number: str, stage: str, note: str | None, as_json: bool) -> None:
    """Record that a letter reached a stage; followers are told."""
    from models.documents import Stage, record_stage
    from models.errors import Invalid
    from models.visibility import OPERATOR, list_letters_by_number, show_document

    if stage not in {known.value for known in Stage}:
        raise click.BadParameter(f"must be one of {', '.join(Stage)}", param_hint="STAGE")
    with open_database() as database, database.transaction() as session:
        found = list_letters_by_number(session, OPERATOR, number)
        if len(found) > 1:
            raise Invalid("several_letters", number=number, count=len(found))
        letter = show_document(session, number)
        record_stage(session, letter["id"], Stage(stage), at=SystemClock().now(), note=note, recorded_by="cli")
        letter = show_document(session, number)
    show(as_json, letter, [f"{letter['number']}: {letter['stage']}"])


# --- groups that live in modules of their own -----------------------------------------------------------------------

cli.add_command(calendar_group)
cli.add_command(duty_group)
cli.add_command(export_group)
cli.add_command(indicators_group)
cli.add_command(kpi_group)
cli.add_command(quota_command)
cli.add_command(requests_group)
cli.add_command(summary_group)

cli.add_command(richmenu_group)
cli.add_command(understand_command)
cli.add_command(vouchers_group)
catalog.add_command(open_year_command)
