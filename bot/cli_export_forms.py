"""``tidtam export result-form``: the office's own form, filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import bangkok, json_option, open_database, read_settings, show
from bot.clock import SystemClock

if TYPE_CHECKING:
    from models.result_form_views import FormQuarter, ResultForm


@click.command("result-form")
@click.argument("code")
@click.option("--fiscal-year", required=True, type=int, help="Buddhist, e.g. 2568")
@click.option("--quarter", required=True, type=int, help="1 to 4; 1 begins in October")
@click.option("--out", "out", required=True, type=click.Path(path_type=Path), help="a .docx or .pdf file")
@json_option
def result_form_command(code: str, fiscal_year: int, quarter: int, out: Path, as_json: bool) -> None:
    """Write an indicator's official result form for a quarter; every figure rests on approved reports alone.

    Quarters are told with all months up to their ends, as they stand now; where the result that was kept at a
    quarter's cut is another, it stands beside. A line of a note that begins with "ปัจจัยสนับสนุน:" or "อุปสรรค:" goes to
    the sections of that name. What nothing is known of is left empty.
    """
    from bot.form_export import export_result_form

    now = SystemClock().now()
    with open_database() as database:
        form = export_result_form(database, read_settings(), out, code, fiscal_year, quarter, now=now)
    show(as_json, {"file": str(out), **_as_json(form)}, [f"{form.definition.code} written to {out}", *_left_out(form)])


def _as_json(form: ResultForm) -> dict[str, Any]:
    from bot.cli_reporting import result_json

    return {
        "code": form.definition.code,
        "fiscal_year": form.definition.fiscal_year,
        "quarter": form.quarter,
        "as_of": bangkok(form.as_of),
        "approved": None if form.achieved is None else result_json(form.achieved),
        "quarters": [_quarter_json(quarter) for quarter in form.quarters],
        "waiting": form.waiting,
    }


def _quarter_json(quarter: FormQuarter) -> dict[str, Any]:
    from bot.cli_reporting import result_json

    approved = None if quarter.result is None else result_json(quarter.result)
    return {"quarter": quarter.number, "approved": approved, "notes": len(quarter.notes)}


def _left_out(form: ResultForm) -> list[str]:
    if not form.waiting:
        return []
    return [f"{form.waiting} reports wait for approval and are not on the form"]
