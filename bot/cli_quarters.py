"""``tidtam indicators cuts`` and ``corrections``: quarters as they were kept, and what came after."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import bangkok, json_option, open_database, show
from bot.cli_reporting import number
from bot.clock import SystemClock
from models.documents import BANGKOK

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.indicator_cuts import Cut, QuarterCorrection
    from models.indicators import Indicator

_fiscal_year_option = click.option(
    "--fiscal-year", type=int, default=None, help="default: the current one, else latest"
)


@click.command("cuts")
@click.argument("code")
@_fiscal_year_option
@json_option
def cuts_command(code: str, fiscal_year: int | None, as_json: bool) -> None:
    """List the quarters of an indicator that were cut: when, and with which results."""
    from models.indicator_cuts import list_cuts, list_quarter_corrections
    from models.units import get_unit_names

    with open_database() as database, database.reading(snapshot=True) as session:
        indicator = _indicator(session, code, fiscal_year)
        cuts = list_cuts(session, indicator.id)
        later = {cut.quarter: len(list_quarter_corrections(session, indicator, cut)) for cut in cuts}
        names = get_unit_names(session, {unit for cut in cuts for unit, _ in cut.results if unit})
    value = [_cut_json(indicator, cut, names) | {"corrections": later[cut.quarter]} for cut in cuts]
    nothing = f"{code} FY{indicator.fiscal_year}: no quarter is cut yet"
    show(as_json, value, [_cut_line(one) for one in value] or [nothing])


@click.command("corrections")
@click.argument("code")
@click.option("--quarter", type=click.IntRange(1, 4), required=True)
@_fiscal_year_option
@json_option
def corrections_command(code: str, quarter: int, fiscal_year: int | None, as_json: bool) -> None:
    """List what was reported or decided of a quarter after it was cut."""
    from models.indicator_cuts import get_cut, list_quarter_corrections
    from models.units import get_unit_names

    with open_database() as database, database.reading(snapshot=True) as session:
        indicator = _indicator(session, code, fiscal_year)
        cut = get_cut(session, indicator, quarter)
        found = list_quarter_corrections(session, indicator, cut)
        names = get_unit_names(session, {one.report.figure.unit for one in found})
    value = [_correction_json(one, names) for one in found]
    told = f"quarter {quarter} of {code} FY{indicator.fiscal_year} was cut {bangkok(cut.cut_at)}; {len(found)} since"
    show(as_json, value, [told, *(_correction_line(one) for one in value)])


def _indicator(session: Session, code: str, fiscal_year: int | None) -> Indicator:
    from models.indicators import get_indicator

    return get_indicator(session, code, SystemClock().now().astimezone(BANGKOK).date(), fiscal_year)


def _cut_json(indicator: Indicator, cut: Cut, names: Mapping[int, str]) -> dict[str, Any]:
    from models.indicator_results import WHOLE

    return {
        "quarter": cut.quarter,
        "cut_at": bangkok(cut.cut_at),
        **_standings(cut, WHOLE),
        "units": [{"unit": names[unit], **_standings(cut, unit)} for unit in indicator.shares if unit in names],
    }


def _standings(cut: Cut, unit: int) -> dict[str, Any]:
    from models.indicator_terms import Standing

    return {standing.value: _result(cut.results.get((unit, standing))) for standing in Standing}


def _result(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A cut result with numbers for texts; None where nothing was reported then."""
    if told is None:
        return None
    return {name: number(Decimal(value)) if isinstance(value, str) else value for name, value in told.items()}


def _cut_line(cut: dict[str, Any]) -> str:
    known = [f"{standing} {_words(cut[standing])}" for standing in ("reported", "approved")]
    return f"quarter {cut['quarter']}  {cut['cut_at']}  {', '.join(known)}; {cut['corrections']} corrections since"


def _words(result: dict[str, Any] | None) -> str:
    if result is None:
        return "nothing"
    for name, sign in (("percent", "%"), ("value", ""), ("score", "")):
        if result[name] is not None:
            return f"{result[name]}{sign} of {result['units_reported']} units"
    return "nothing"


def _correction_json(one: QuarterCorrection, names: Mapping[int, str]) -> dict[str, Any]:
    report, figure = one.report, one.report.figure
    figures = ("step", "percent", "value", "numerator", "denominator")
    return {
        "at": bangkok(one.at),
        "kind": "decision" if one.is_decision else "report",
        "report": report.id,
        "unit": names[figure.unit],
        "month": f"{figure.month:%Y-%m}",
        "decision": report.decision.value if report.decision else None,
        **{name: number(getattr(figure, name)) for name in figures},
    }


def _correction_line(one: dict[str, Any]) -> str:
    figures = ("step", "percent", "value", "numerator", "denominator")
    said = " ".join(f"{name} {one[name]}" for name in figures if one[name] is not None)
    state = one["decision"] or "waits"
    return f"{one['at']}  {one['kind']:8}  #{one['report']} {one['unit']} {one['month']}: {said}  {state}"
