"""``tidtam indicators report`` and what else changes indicators: opening and closing years, evaluations, vouchers."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import Failed, bangkok, json_option, open_database, read_settings, show
from bot.clock import SystemClock
from models.documents import BANGKOK

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.indicator_access import Person
    from models.indicator_terms import Result
    from models.indicators import Indicator


class _Figure(click.ParamType):  # type: ignore[type-arg]  # generic in the newest stubs only
    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read a figure; commas between thousands are taken."""
        try:
            figure = Decimal(str(value).replace(",", ""))
        except InvalidOperation:
            self.fail(f"{value} is not a number", param, ctx)
        if not figure.is_finite() or abs(figure) >= Decimal(10) ** 18:
            self.fail(f"{value} is not a number that can be reported", param, ctx)
        return figure


@click.command("report")
@click.argument("code")
@click.option("--by", "line_user_id", required=True, help="LINE user id of the person who reports")
@click.option("--unit", "unit_text", default=None, help="default: the person's own unit")
@click.option("--fiscal-year", type=int, default=None, help="default: the current one, else the latest")
@click.option("--month", "month_text", default=None, help="YYYY-MM; default: the latest")
@click.option("--part", default="", help="code of a part, where the indicator has parts")
@click.option("--step", type=click.IntRange(1, 99), default=None)
@click.option("--percent", type=_Figure(), default=None)
@click.option("--value", type=_Figure(), default=None)
@click.option("--numerator", type=_Figure(), default=None)
@click.option("--denominator", type=_Figure(), default=None)
@click.option("--note", default=None, help="also the reason for a step that is passed over")
@json_option
def report_command(
    code: str,
    line_user_id: str,
    unit_text: str | None,
    fiscal_year: int | None,
    month_text: str | None,
    note: str | None,
    as_json: bool,
    **said: Any,
) -> None:
    """Report on an indicator as its coordinator would in the chat, without the read-back."""
    from bot.report_news import tell_reviewers
    from models.indicator_access import person_of
    from models.indicators import get_indicator
    from models.members import get_member
    from models.reporting import Line, hold_indicator

    now, review_news = SystemClock().now(), read_settings().review_news
    today, month = now.astimezone(BANGKOK).date(), _month(month_text)
    with open_database() as database, database.transaction() as session:
        member = get_member(session, line_user_id)
        person = person_of(session, member)
        indicator = hold_indicator(session, get_indicator(session, code, today, fiscal_year).id)
        line = Line(_unit(session, indicator, person, unit_text), month, **said)
        value = _record(session, indicator, person, line, note, today, now)
        tell_reviewers(session, indicator, [value["report"]], member, review_news, now)
    lines = [
        f"{code} FY{value['fiscal_year']} {value['unit']}: {_words(value['result'])}",
        f"whole: {_words(value['whole'])}",
    ]
    show(as_json, value, lines)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", "line_user_id", required=True, help="LINE user id of the person who reports")
@click.option("--indicator", "code", default=None, help="default: as the file's column indicator says")
@click.option("--fiscal-year", type=int, default=None, help="default: the current one, else the latest")
@click.option("--month", "month_text", default=None, help="YYYY-MM, of rows without one; default: the latest")
@click.option("--note", default=None, help="also the reason for a step that is passed over")
@json_option
def import_command(
    file: Path,
    line_user_id: str,
    code: str | None,
    fiscal_year: int | None,
    month_text: str | None,
    note: str | None,
    as_json: bool,
) -> None:
    """Report by the rows of a CSV or XLSX; bad rows are written beside the file.

    Columns: unit, month, and what was counted: numerator, denominator, value (score), percent, step.
    """
    from bot.report_import import Wanted, import_reports

    wanted = Wanted(line_user_id, code, fiscal_year, _month(month_text), note, read_settings().review_news)
    with open_database() as database:
        report = import_reports(database, file, wanted, SystemClock().now())
    lines = [
        f"recorded {report.recorded}, unchanged {report.unchanged}",
        *(f"row {rejection.row}: {rejection.reason}" for rejection in report.rejected),
    ]
    show(as_json, report.as_json(), lines)


def _record(
    session: Session, indicator: Indicator, person: Person, line: Any, note: str | None, today: date, now: datetime
) -> dict[str, Any]:
    from models.indicator_reports import ReportSource, list_reports_by_id
    from models.indicator_results import WHOLE, read_results
    from models.indicator_terms import Standing
    from models.reporting import check_line, record_reports
    from models.units import get_unit_name

    figure = check_line(session, indicator, person, line, reason=note, today=today)
    ids = record_reports(
        session,
        indicator,
        [figure],
        member_id=person.member_id,
        source=ReportSource.COMMAND,
        note=note,
        at=now,
        now=now,
        today=today,
    )
    report, results = list_reports_by_id(session, ids)[0], read_results(session, indicator.id)
    return {
        "report": report.id,
        "code": indicator.code,
        "fiscal_year": indicator.fiscal_year,
        "unit": get_unit_name(session, figure.unit),
        "month": f"{figure.month:%Y-%m}",
        "late": report.is_late,
        "result": result_json(results[figure.unit, Standing.REPORTED]),
        "whole": result_json(results[WHOLE, Standing.REPORTED]),
    }


def result_json(result: Result) -> dict[str, Any]:
    """A result as JSON: numbers, and null for what was not reported."""
    names = ("percent", "value", "score", "level", "numerator", "denominator")
    figures = {name: number(getattr(result, name)) for name in names}
    month = None if result.month is None else f"{result.month:%Y-%m}"
    return figures | {
        "units_reported": result.units_reported,
        "units_expected": result.units_expected,
        "month": month,
    }


def number(value: Decimal | int | None) -> int | float | None:
    """A figure as a JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _unit(session: Session, indicator: Indicator, person: Person, text: str | None) -> int:
    from models.indicator_access import units_to_report
    from models.units import get_unit

    if text is not None:
        return get_unit(session, text).id
    if person.unit_id in indicator.shares:
        return person.unit_id
    allowed = units_to_report(session, person, indicator)
    if len(allowed) > 1:
        raise Failed("name the unit with --unit")
    return allowed[0] if allowed else person.unit_id  # which is refused with the reason


def _month(text: str | None) -> date | None:
    if text is None:
        return None
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        raise Failed(f"{text} is not a month such as 2026-10")
    return date(int(found[1]), int(found[2]), 1)


def _words(result: dict[str, Any]) -> str:
    shown = {name: value for name, value in result.items() if value is not None and name != "month"}
    return ", ".join(f"{name} {value}" for name, value in shown.items())


@click.command("close-year")
@click.argument("fiscal_year", type=int)
@json_option
def close_year_command(fiscal_year: int, as_json: bool) -> None:
    """Take no more reports of a fiscal year, such as 2568; the calendar alone closes nothing."""
    from models.indicator_years import close_year

    with open_database() as database, database.transaction() as session:
        closed = close_year(session, fiscal_year, SystemClock().now())
    show(as_json, {"fiscal_year": fiscal_year, "closed": closed}, [f"FY{fiscal_year}: {closed} indicators closed"])


@click.command("evaluate")
@click.argument("code")
@click.option("--fiscal-year", type=int, default=None, help="default: the current one, else the latest")
@click.option("--percent", type=_Figure(), default=None)
@click.option("--score", type=_Figure(), default=None)
@click.option("--note", default=None)
@json_option
def evaluate_command(
    code: str,
    fiscal_year: int | None,
    percent: Decimal | None,
    score: Decimal | None,
    note: str | None,
    as_json: bool,
) -> None:
    """Record what an evaluator made of an indicator; kept beside what was reported and what was approved."""
    from models.evaluations import record_evaluation
    from models.indicators import get_indicator

    now = SystemClock().now()
    with open_database() as database, database.transaction() as session:
        indicator = get_indicator(session, code, now.astimezone(BANGKOK).date(), fiscal_year)
        record_evaluation(session, indicator.id, percent=percent, score=score, note=note, now=now)
    value = {
        "code": code,
        "fiscal_year": indicator.fiscal_year,
        "percent": number(percent),
        "score": number(score),
        "evaluated_at": bangkok(now),
    }
    show(as_json, value, [f"{code} FY{indicator.fiscal_year}: evaluated"])


@click.command("open-year")
@click.argument("fiscal_year", type=int)
@click.option("--from", "from_year", type=int, required=True, help="the fiscal year whose definitions are taken over")
@click.argument("codes", nargs=-1)
@json_option
def open_year_command(fiscal_year: int, from_year: int, codes: tuple[str, ...], as_json: bool) -> None:
    """Open indicators for a fiscal year with an earlier year's definitions; all of that year without CODES."""
    from models.indicator_years import open_year

    with open_database() as database, database.transaction() as session:
        opened = open_year(session, fiscal_year, from_year, codes, SystemClock().now())
    value = {"fiscal_year": fiscal_year, "from": from_year, "opened": [one.code for one in opened]}
    lines = [f"{one.code}: opened for FY{fiscal_year}" for one in opened]
    show(as_json, value, lines or ["nothing to open: they are there already"])


@click.group("vouchers")
def vouchers_group() -> None:
    """Payment vouchers, from which PAY-7-DAYS is computed."""


@vouchers_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", "unit_text", default=None, help="default: the unit that PAY-7-DAYS belongs to")
@json_option
def import_vouchers_command(file: Path, unit_text: str | None, as_json: bool) -> None:
    """Import voucher_number, received_date, paid_date from CSV or XLSX; bad rows are written beside the file."""
    from bot.service_calendar import span_of
    from bot.voucher_import import import_vouchers
    from models.indicators import get_indicator
    from models.service_calendar import latest_version, load_calendar
    from models.units import get_unit

    now, hours = SystemClock().now(), span_of(read_settings().service_hours)
    with open_database() as database:
        with database.reading() as session:
            if unit_text is not None:
                unit_id = get_unit(session, unit_text).id
            else:
                unit_id = get_indicator(session, "PAY-7-DAYS", now.astimezone(BANGKOK).date()).host_unit_id
            calendar = load_calendar(session, hours, latest_version(session))
        report = import_vouchers(database, file, unit_id, calendar, now)
    lines = [
        f"added {report.added}, updated {report.updated}, unchanged {report.unchanged}",
        f"figures reported anew: {report.figures}",
        *(f"row {rejection.row}: {rejection.reason}" for rejection in report.rejected),
    ]
    show(as_json, report.as_json(), lines)
