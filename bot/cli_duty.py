"""``tidtam duty``: the roster of those who take requests on."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import Failed, bangkok, json_option, open_database, show
from bot.clock import SystemClock
from models.documents import BANGKOK

if TYPE_CHECKING:
    from models.duty_shifts import Shift


@click.group("duty")
def duty_group() -> None:
    """Who is on duty: officers say so in the chat, or a roster does; with neither every secretary is."""


@duty_group.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def load_command(file: Path, as_json: bool) -> None:
    """Take a roster from CSV or XLSX.

    Columns: date, from, until, line_user_id or name. Of the days it names it replaces the shifts of earlier rosters
    that have not begun.
    """
    from bot.rosters import load_roster

    with open_database() as database:
        report = load_roster(database, file, SystemClock().now())
    lines = [f"added {report.added}, removed {report.removed}, unchanged {report.unchanged}"]
    lines += [f"row {rejection.row}: {rejection.reason}" for rejection in report.rejected]
    show(as_json, report.as_json(), lines)


@duty_group.command("list")
@click.option("--date", "day_text", default=None, help="2026-11-20 or 20/11/2569; default: today")
@json_option
def list_command(day_text: str | None, as_json: bool) -> None:
    """List the shifts of a day."""
    from models.duty_shifts import list_shifts

    begins = _midnight(day_text)
    with open_database() as database, database.reading() as session:
        shifts = list_shifts(session, begins, begins + timedelta(days=1))
    nothing = f"no shifts on {begins:%Y-%m-%d}: every secretary is on duty while the office serves"
    show(as_json, [_json_of(shift) for shift in shifts], [_line_of(shift) for shift in shifts] or [nothing])


def _json_of(shift: Shift) -> dict[str, Any]:
    return {
        "line_user_id": shift.line_user_id,
        "name": shift.name,
        "from": bangkok(shift.starts_at),
        "until": bangkok(shift.ends_at),
        "source": shift.source.value,
    }


def _line_of(shift: Shift) -> str:
    begins, ends = shift.starts_at.astimezone(BANGKOK), shift.ends_at.astimezone(BANGKOK)
    return (
        f"{begins:%Y-%m-%d %H:%M} - {ends:%Y-%m-%d %H:%M}  {shift.source.value:9}  {shift.line_user_id}  {shift.name}"
    )


def _midnight(text: str | None) -> datetime:
    from models.written_dates import parse_written_moment

    now = SystemClock().now()
    day = parse_written_moment(text, now) if text else now.astimezone(BANGKOK).date()
    if day is None:
        raise Failed(f"cannot read {text}; write 2026-11-20 or 20/11/2569")
    return datetime.combine(day, time.min, BANGKOK)
