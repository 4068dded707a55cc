"""``tidtam export``: files for other systems and for those who check."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_export_forms import result_form_command
from bot.cli_parts import json_option, open_database, read_period, show
from bot.clock import SystemClock


@click.group("export")
def export_group() -> None:
    """Files for other systems and for those who check; days are in Bangkok."""


export_group.add_command(result_form_command)


@export_group.command("service-log")
@click.option("--from", "from_text", required=True, help="first day")
@click.option("--to", "to_text", required=True, help="last day, included")
@click.option("--out", "out", required=True, type=click.Path(path_type=Path), help="a .csv or .xlsx file")
@click.option("--thai", is_flag=True, help="headers in Thai")
@json_option
def service_log_command(from_text: str, to_text: str, out: Path, thai: bool, as_json: bool) -> None:
    """Write every request with all its time stamps and how it was counted; the indicator can be reckoned from it."""
    from bot.exporting import export_service_log

    first, last = read_period(from_text, to_text)
    with open_database() as database:
        count = export_service_log(database, out, first, last, now=SystemClock().now(), thai=thai)
    show(as_json, {"file": str(out), "requests": count}, [f"{count} requests written to {out}"])
