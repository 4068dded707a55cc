"""``tidtam export``: files for other systems and for those who check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_export_forms import result_form_command
from bot.cli_parts import json_option, open_database, read_day, read_period, read_settings, show
from bot.clock import SystemClock
from messages.language import Language, speaking
from models.documents import BANGKOK

if TYPE_CHECKING:
    from bot.cli_parts import Command
    from models.session import Database


@click.group("export")
def export_group() -> None:
    """Files for other systems and for those who check; days are in Bangkok."""


export_group.add_command(result_form_command)


def file_options(command: Command) -> Command:
    """Give a command ``--out``, ``--thai`` and ``--json``."""
    out = click.option("--out", required=True, type=click.Path(path_type=Path), help="a .csv or .xlsx file")
    return out(click.option("--thai", is_flag=True, help="headers and words in Thai")(json_option(command)))


_year_option = click.option("--fiscal-year", required=True, type=int, help="Buddhist, e.g. 2570")


@export_group.command("service-log")
@click.option("--from", "from_text", required=True, help="first day")
@click.option("--to", "to_text", required=True, help="last day, included")
@file_options
def service_log_command(from_text: str, to_text: str, out: Path, thai: bool, as_json: bool) -> None:
    """Write every request with all its time stamps and how it was counted; the indicator can be reckoned from it."""
    from bot.exporting_service_log import export_service_log

    first, last = read_period(from_text, to_text)
    with open_database() as database:
        count = export_service_log(database, out, first, last, now=SystemClock().now(), thai=thai)
    show(as_json, {"file": str(out), "requests": count}, [f"{count} requests written to {out}"])


@export_group.command("policy-tracking")
@_year_option
@click.option("--mapping", type=click.Path(path_type=Path), default=None, help="a .yaml file; default: the shipped one")
@file_options
def policy_tracking_command(fiscal_year: int, mapping: Path | None, out: Path, thai: bool, as_json: bool) -> None:
    """Write approved results for the city's policy tracking: a row for each indicator, unit and reporting period."""
    from bot.export_mapping import shipped_mapping_path
    from bot.exporting_policy_tracking import export_policy_tracking
    from bot.signed_links import EVIDENCE_IN_FILES, open_links

    links = open_links(EVIDENCE_IN_FILES, read_settings(), SystemClock())
    with open_database() as database, speaking(_language(thai)):
        _compute(database, fiscal_year)
        count = export_policy_tracking(
            database,
            out,
            fiscal_year,
            mapping or shipped_mapping_path("policy-tracking"),
            today=_today(),
            link=(lambda evidence_id: links.address_of([evidence_id])) if links else None,
        )
    _show_written(out, count, as_json)


@export_group.command("indicators")
@_year_option
@file_options
def indicators_command(fiscal_year: int, out: Path, thai: bool, as_json: bool) -> None:
    """Write a fiscal year's results as the screen shows them: each indicator as a whole, then each of its units."""
    from bot.exporting_indicators import export_indicators

    with open_database() as database, speaking(_language(thai)):
        _compute(database, fiscal_year)
        count = export_indicators(database, out, fiscal_year, today=_today())
    _show_written(out, count, as_json)


@export_group.command("documents")
@click.option("--from", "from_text", default=None, help="first day of the letters' dates; default: no bound")
@click.option("--to", "to_text", default=None, help="last day, included; default: no bound")
@file_options
def documents_command(from_text: str | None, to_text: str | None, out: Path, thai: bool, as_json: bool) -> None:
    """Write the letters of ordinary secrecy with their stage, dates, receive numbers and last event."""
    from bot.exporting_documents import export_documents

    first, last = (read_day(text) if text else None for text in (from_text, to_text))
    if first and last:
        first, last = read_period(first.isoformat(), last.isoformat())
    with open_database() as database, speaking(_language(thai)):
        count = export_documents(database, out, first, last)
    _show_written(out, count, as_json)


def _show_written(out: Path, count: int, as_json: bool) -> None:
    show(as_json, {"file": str(out), "rows": count}, [f"{count} rows written to {out}"])


def _language(thai: bool) -> Language:
    return Language.THAI if thai else Language.ENGLISH


def _today() -> date:
    return SystemClock().now().astimezone(BANGKOK).date()


def _compute(database: Database, fiscal_year: int) -> None:
    """Bring the figures that the service computes itself in line with what it knows now."""
    from bot.service_calendar import span_of
    from models.indicators import list_indicators_by_machine
    from models.machine_figures import record_machine_figures
    from models.service_calendar import latest_version, load_calendar

    now, today = SystemClock().now(), _today()
    with database.reading() as session:
        computed = [one.id for one in list_indicators_by_machine(session, today) if one.fiscal_year == fiscal_year]
    hours = span_of(read_settings().service_hours)
    for indicator_year_id in computed:
        with database.transaction() as session:
            calendar = load_calendar(session, hours, latest_version(session))
            record_machine_figures(session, calendar, now=now, today=today, indicator_year_id=indicator_year_id)
