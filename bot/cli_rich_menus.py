"""``tidtam richmenu``: the menus below the chat, as they should be and as LINE has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_parts import Failed, json_option, read_settings, show
from bot.line import LINEError

if TYPE_CHECKING:
    from bot.rich_menus import SyncReport


@click.group("richmenu")
def richmenu_group() -> None:
    """The menus below the chat, one for each kind of people."""


@richmenu_group.command("sync")
@click.option("--dry-run", "is_rehearsal", is_flag=True, help="only tell what would become of the menus")
@json_option
def sync_command(is_rehearsal: bool, as_json: bool) -> None:
    """Make the menus at LINE as they should be, give them to people, delete old ones of ours.

    A second run changes nothing. Menus that others made for the account are left alone; LINE takes a hundred changes
    an hour.
    """
    from bot.rich_menus import sync_menus
    from bot.tasks import NullQueue
    from bot.wiring import build_services

    settings = read_settings()
    settings.require_line()
    services = build_services(settings, NullQueue())
    try:
        with _failing_plainly():
            report = sync_menus(services, is_rehearsal=is_rehearsal)
    finally:
        services.close()
    show(as_json, report.as_json(), _lines(report, is_rehearsal=is_rehearsal))


@richmenu_group.command("show")
@click.option("--out", "folder", type=click.Path(path_type=Path), default=Path(), help="default: this folder")
def show_command(folder: Path) -> None:
    """Write the pictures of all menus as PNG, to look at."""
    from messages.charts.menus import menu_png
    from models.rich_menus import MenuKind

    for kind in MenuKind:
        path = folder / f"{kind}.png"
        with _failing_plainly():
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(menu_png(kind))
        click.echo(path)


@contextmanager
def _failing_plainly() -> Iterator[None]:
    """Refuse in one line where LINE, the drawing program or the folder does not do its part."""
    from messages.charts.picture import NotDrawn

    try:
        yield
    except LINEError as error:
        raise Failed(f"LINE: {error.reason}; run it again, it goes on where it was") from error
    except NotDrawn as error:
        raise Failed(str(error)) from error
    except OSError as error:
        raise Failed(f"{error.filename}: {error.strerror}") from error


def _lines(report: SyncReport, *, is_rehearsal: bool) -> Iterator[str]:
    for kind, change in report.menus.items():
        yield f"{kind:12} {change}"
    if is_rehearsal:
        yield f"menus to delete: {report.deleted}; nothing was changed"
    else:
        yield f"linked {report.linked}, unlinked {report.unlinked}, menus deleted {report.deleted}"
