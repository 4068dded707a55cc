"""``tidtam indicators``: what is defined in a fiscal year, and one indicator with all that a card in the chat shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import bangkok, json_option, open_database, read_day, read_settings, show
from bot.cli_quarters import corrections_command, cuts_command
from bot.cli_reporting import (
    close_year_command,
    evaluate_command,
    import_command,
    number,
    open_year_command,
    report_command,
    result_json,
)
from bot.clock import SystemClock
from models.documents import BANGKOK

if TYPE_CHECKING:
    from models.indicator_terms import Result, Target
    from models.indicator_views import IndicatorCard, PartLine, UnitLine
    from models.indicators import Indicator
    from models.session import Database


@click.group("indicators")
def indicators_group() -> None:
    """Indicators by fiscal year: what is defined, what was reported, and changing both."""


for _command in (
    *(report_command, import_command, open_year_command, close_year_command, evaluate_command),
    *(cuts_command, corrections_command),
):
    indicators_group.add_command(_command)


@indicators_group.command("list")
@click.option("--fiscal-year", type=int, default=None, help="Buddhist; default: each in its latest")
@json_option
def list_command(fiscal_year: int | None, as_json: bool) -> None:
    """List indicators with their results as reported, of one fiscal year, or each in the current or its latest."""
    from models.indicator_results import read_whole_results
    from models.indicator_terms import Result, Standing
    from models.indicators import list_current_indicators, list_indicators
    from models.units import get_unit_names

    today = _today()
    with open_database() as database, database.reading(snapshot=True) as session:
        indicators = list_indicators(session, fiscal_year) if fiscal_year else list_current_indicators(session, today)
        results = read_whole_results(session, Standing.REPORTED, [one.id for one in indicators])
        hosts = get_unit_names(session, {one.host_unit_id for one in indicators})
    rows = [_listed(one, results.get(one.id, Result()), hosts[one.host_unit_id], today) for one in indicators]
    show(as_json, rows, [_listed_line(row) for row in rows])


@indicators_group.command("show")
@click.argument("code")
@click.option("--unit", "unit_text", default=None, help="official name, short form or code; default: all units")
@click.option("--as-of", "day_text", default=None, help="as it was known at the end of a day, e.g. 2025-05-31")
@click.option("--fiscal-year", type=int, default=None, help="Buddhist; default: the current one, else the latest")
@json_option
def show_command(
    code: str, unit_text: str | None, day_text: str | None, fiscal_year: int | None, as_json: bool
) -> None:
    """Show an indicator: target, results, plan, trend, and its units."""
    from models.indicator_cards import read_card, scope_of_unit, whole
    from models.indicators import get_indicator
    from models.units import get_unit

    today = read_day(day_text) if day_text else _today()
    known_before = datetime.combine(today + timedelta(days=1), time(), BANGKOK) if day_text else None
    with open_database() as database:
        if day_text is None:
            _compute(database, code, today, fiscal_year)
        with database.reading(snapshot=True) as session:
            indicator = get_indicator(session, code, today, fiscal_year)
            scope = whole(indicator)
            if unit_text is not None:
                scope = scope_of_unit(session, indicator, get_unit(session, unit_text).id)
            shown = read_card(session, indicator, scope, today=today, known_before=known_before)
    show(as_json, card_json(shown), _lines(shown))


def _compute(database: Database, code: str, today: date, fiscal_year: int | None) -> None:
    """Bring figures that the service computes itself in line with what it knows now."""
    from bot.service_calendar import span_of
    from models.indicator_terms import ReportedBy
    from models.indicators import get_indicator
    from models.machine_figures import record_machine_figures
    from models.service_calendar import latest_version, load_calendar

    with database.reading() as session:
        indicator = get_indicator(session, code, today, fiscal_year)
    if indicator.definition.reporting.by is not ReportedBy.MACHINE:
        return
    hours, now = span_of(read_settings().service_hours), SystemClock().now()
    with database.transaction() as session:
        calendar = load_calendar(session, hours, latest_version(session))
        record_machine_figures(session, calendar, now=now, today=today, indicator_year_id=indicator.id)


def card_json(shown: IndicatorCard) -> dict[str, Any]:
    """A card as JSON: numbers are numbers, months ``2025-05``, and what was not reported is null."""
    definition, latest, evaluated = shown.definition, shown.latest, shown.evaluated
    return {
        "code": definition.code,
        "name": definition.name,
        "fiscal_year": definition.fiscal_year,
        "host": shown.host,
        "measure": definition.measure["kind"],
        "unit": shown.scope.name or None,
        "target": _target(definition.target),
        "own_target": number(shown.own_target),
        "reported": _result(shown.reported),
        "approved": _result(shown.approved),
        "evaluated": None
        if evaluated is None
        else {
            "percent": number(evaluated.percent),
            "score": number(evaluated.score),
            "note": evaluated.note,
            "at": bangkok(evaluated.evaluated_at),
        },
        "state": shown.state.value,
        "planned_percent": number(shown.planned),
        "as_of": None if latest is None else bangkok(latest.reported_at),
        "source": None if latest is None else latest.source.value,
        "parts": [_part(part) for part in shown.parts],
        "trend": [{"month": f"{point.month:%Y-%m}", "percent": number(point.percent)} for point in shown.trend],
        "not_reported": [line.name for line in shown.not_reported],
        "units": [_unit(line) for line in shown.units],
    }


# --- parts ----------------------------------------------------------------------------------------------------------


def _today() -> date:
    return SystemClock().now().astimezone(BANGKOK).date()


def _listed(indicator: Indicator, result: Result, host: str, today: date) -> dict[str, Any]:
    definition = indicator.definition
    return {
        "code": definition.code,
        "name": definition.name,
        "fiscal_year": definition.fiscal_year,
        "host": host,
        "measure": definition.measure["kind"],
        "target": _target(definition.target),
        "reported": _result(result),
        "state": indicator.state_of(result, today).value,
        "units": len(indicator.shares),
        "opened_from": indicator.opened_from,
        "closed_at": None if indicator.closed_at is None else bangkok(indicator.closed_at),
    }


def _target(target: Target) -> dict[str, Any]:
    return {"value": number(target.value), "in": target.measured_in.value, "direction": target.direction.value}


def _result(result: Result) -> dict[str, Any] | None:
    return result_json(result) if result.is_reported else None


def _part(part: PartLine) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": part.name,
        "value": number(part.value),
        "target": None if part.target is None else _target(part.target),
        "weight": number(part.weight),
        "met": part.is_met,
    }


def _unit(line: UnitLine) -> dict[str, Any]:
    result = line.result
    is_reported = result.is_reported
    return {
        "unit": line.name,
        "percent": number(result.percent),
        "value": number(result.value),
        "numerator": number(result.numerator) if is_reported else None,
        "denominator": number(result.denominator),
        "target": number(line.target),
        "met": line.is_met,
    }


def _listed_line(row: dict[str, Any]) -> str:
    return f"{row['code']:18} FY{row['fiscal_year']}  {_words(row['reported']):>16}  {row['state']:13} {row['name']}"


def _lines(shown: IndicatorCard) -> Iterator[str]:
    value = card_json(shown)
    target = value["target"]
    yield f"{value['code']}  FY{value['fiscal_year']}  {value['name']}"
    yield f"{'host':14} {value['host']}; measured by {value['measure']}; {value['unit'] or 'all units'}"
    yield f"{'target':14} {target['value']} in {target['in']}, {target['direction']} is better"
    for name in ("reported", "approved"):
        yield f"{name:14} {_words(value[name])}{_fraction(value[name])}"
    if value["evaluated"]:
        found = {name: value["evaluated"][name] for name in ("percent", "score")}
        told = [f"{name} {figure}" for name, figure in found.items() if figure is not None]
        yield f"{'evaluated':14} {', '.join(told)}"
    planned = "no plan yet" if value["planned_percent"] is None else f"planned {value['planned_percent']}%"
    yield f"{'state':14} {value['state']}; {planned}"
    yield f"{'as of':14} {value['as_of'] or '-'} from {value['source'] or '-'}"
    for part in value["parts"]:
        yield f"{'part':14} {part['code']}: {_or_dash(part['value'])} {_met(part['met'])}  {part['name']}"
    if value["trend"]:
        yield f"{'trend':14} " + ", ".join(f"{one['month']} {_or_dash(one['percent'])}" for one in value["trend"])
    for one in value["units"] if len(value["units"]) > 1 else ():
        own = "" if one["target"] is None else f" target {one['target']}"
        yield f"{'unit':14} {one['unit']}: {_figure(one)}{own} {_met(one['met'])}".rstrip()
    if value["not_reported"]:
        yield f"{'not reported':14} {len(value['not_reported'])}: {', '.join(value['not_reported'])}"


def _words(result: dict[str, Any] | None) -> str:
    if result is None:
        return "not reported"
    known = [f"{result['percent']}%"] if result["percent"] is not None else []
    known += [f"{name} {result[name]}" for name in ("level", "score", "value") if result[name] is not None]
    return " ".join(known)


def _figure(unit: dict[str, Any]) -> str:
    counts = f"{_or_dash(unit['numerator'])}/{_or_dash(unit['denominator'])}"
    if unit["percent"] is None:
        known = unit["numerator"] if unit["value"] is None else unit["value"]
        return "not reported" if known is None else str(known)
    return f"{unit['percent']}%" if unit["numerator"] is None else f"{unit['percent']}% {counts}"


def _fraction(result: dict[str, Any] | None) -> str:
    if result is None or result["numerator"] is None:
        return ""
    units = f"{result['units_reported']} of {result['units_expected']} units"
    return f" ({result['numerator']} of {_or_dash(result['denominator'])}; {units})"


def _met(is_met: bool | None) -> str:
    return {True: "met", False: "not met", None: ""}[is_met]


def _or_dash(value: object) -> str:
    return "-" if value is None else str(value)
