"""``tidtam calendar``: which days the office serves, and how the service clock counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import Failed, bangkok, json_option, open_database, read_settings, show
from bot.clock import SystemClock
from models.documents import BANGKOK
from models.working_time import ClockSpan, DayKind, ServiceCalendar

if TYPE_CHECKING:
    from models.service_calendar import CalendarDay

_MINUTE = timedelta(minutes=1)


@click.group("calendar")
def calendar_group() -> None:
    """Holidays, half days and working Saturdays; years may be Buddhist (2569) or common era (2026)."""


@calendar_group.command("list")
@click.option("--year", "year_text", default=None, help="2569 or 2026; default: this year")
@json_option
def list_command(year_text: str | None, as_json: bool) -> None:
    """List the days of a year that differ from the weekly rule."""
    from models.service_calendar import list_days

    year = _year(year_text) if year_text else SystemClock().now().astimezone(BANGKOK).year
    with open_database() as database, database.reading() as session:
        days = list_days(session, date(year, 1, 1), date(year, 12, 31))
    lines = [_line_of(day) for day in days] or [f"nothing is recorded for {year}; run: tidtam calendar seed"]
    show(as_json, [_json_of(day) for day in days], lines)


@calendar_group.command("set")
@click.argument("day_text", metavar="DAY")
@click.argument("kind", metavar="KIND", type=click.Choice([kind.value for kind in DayKind]))
@click.option("--opens", "opens_text", default=None, help="HH:MM")
@click.option("--closes", "closes_text", default=None, help="HH:MM")
@click.option("--name", default="", help="what people are told; only an ordinary day needs none")
@json_option
def set_command(
    day_text: str, kind: str, opens_text: str | None, closes_text: str | None, name: str, as_json: bool
) -> None:
    """Say what a day is; holiday lists leave it alone from then on.

    KIND is holiday, special_holiday, half_day (needs hours), working_day (may have hours) or ordinary (takes back).
    """
    from models.service_calendar import OPERATOR, latest_version, record_day

    day, now = _day(day_text), SystemClock().now()
    opens, closes = _hour(opens_text), _hour(closes_text)
    with open_database() as database, database.transaction() as session:
        version = record_day(
            session, day, DayKind(kind), opens=opens, closes=closes, name=name, source=OPERATOR, now=now
        )
        current = version or latest_version(session)
    value = {"day": day.isoformat(), "kind": kind, "changed": version is not None, "version": current}
    told = f"recorded, calendar version {current}" if version else f"is so already, calendar version {current}"
    show(as_json, value, [f"{day}: {kind}, {told}"])


@calendar_group.command("seed")
@click.option("--year", "year_texts", multiple=True, help="repeatable; default: two years back to next year")
@json_option
def seed_command(year_texts: tuple[str, ...], as_json: bool) -> None:
    """Fill in the government's holidays; days that were set by hand stay."""
    from bot.government_holidays import fill_calendar, thai_government_holidays, years_to_seed

    now = SystemClock().now()
    years = [_year(text) for text in year_texts] or list(years_to_seed(now))
    listed = sum(len(thai_government_holidays(year)) for year in set(years))
    with open_database() as database:
        changed = fill_calendar(database, years, now)
    told = f"{', '.join(map(str, years))}: {listed} holidays, {changed} days changed"
    show(as_json, {"years": years, "holidays": listed, "changed": changed}, [told])


@calendar_group.command("explain")
@click.argument("from_text", metavar="FROM")
@click.argument("to_text", metavar="TO")
@click.option("--version", type=click.IntRange(min=0), default=None, help="of the calendar; default: the newest")
@json_option
def explain_command(from_text: str, to_text: str, version: int | None, as_json: bool) -> None:
    """Show how the service clock counts between two times in Bangkok, such as 2026-11-20T16:00."""
    from bot.service_calendar import span_of
    from models.service_calendar import load_calendar

    start, end = _instant(from_text), _instant(to_text)
    if end < start:
        raise Failed(f"{to_text} lies before {from_text}")
    hours = span_of(read_settings().service_hours)
    with open_database() as database, database.reading() as session:
        calendar = load_calendar(session, hours, version)
    stretches = calendar.explain(start, end)
    value = _explanation(calendar, start, end, stretches)
    show(as_json, value, [*map(_stretch_line, stretches), _summary_line(value)])


def _explanation(
    calendar: ServiceCalendar, start: datetime, end: datetime, stretches: Sequence[ClockSpan]
) -> dict[str, Any]:
    """Minutes are of the wall clock, with fractions; stretches without gaps, oldest first."""
    hours = calendar.hours
    return {
        "from": bangkok(start),
        "to": bangkok(end),
        "service_hours": f"{hours.opens:%H:%M}-{hours.closes:%H:%M}" if hours else "always",
        "calendar_version": calendar.version,
        "elapsed_minutes": (end - start) / _MINUTE,
        "service_minutes": calendar.service_time(start, end) / _MINUTE,
        "working_days": calendar.working_days_between(start, end),
        "stretches": [
            {
                "from": bangkok(one.begins),
                "to": bangkok(one.ends),
                "minutes": (one.ends - one.begins) / _MINUTE,
                "counted": one.counted,
                "reason": one.reason.value,
                "name": one.name,
            }
            for one in stretches
        ],
    }


def _stretch_line(one: ClockSpan) -> str:
    mark = "counts" if one.counted else "-"
    length = _minutes((one.ends - one.begins) / _MINUTE)
    span = f"{one.begins:%Y-%m-%d %H:%M:%S}  {one.ends:%Y-%m-%d %H:%M:%S}"
    return f"{span}  {mark:6}  {length:>8} min  {one.reason.value} {one.name}".rstrip()


def _summary_line(value: dict[str, Any]) -> str:
    counted, elapsed = _minutes(value["service_minutes"]), _minutes(value["elapsed_minutes"])
    rule = f"service hours {value['service_hours']}, calendar version {value['calendar_version']}"
    return f"{counted} of {elapsed} minutes count, working days {value['working_days']}; {rule}"


def _minutes(count: float) -> str:
    return f"{count:.2f}".rstrip("0").rstrip(".")


def _line_of(day: CalendarDay) -> str:
    hours = f"{day.opens:%H:%M}-{day.closes:%H:%M}" if day.opens else ""
    return f"{day.day:%Y-%m-%d %a}  {day.kind.value:15}  {hours:11}  {day.name}  ({day.source})"


def _json_of(day: CalendarDay) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "kind": day.kind.value,
        "opens": f"{day.opens:%H:%M}" if day.opens else None,
        "closes": f"{day.closes:%H:%M}" if day.closes else None,
        "name": day.name,
        "source": day.source,
        "version": day.version,
    }


# --- what people type -----------------------------------------------------------------------------------------------


def _year(text: str) -> int:
    from models.service_calendar import FIRST_YEAR, LAST_YEAR

    year = int(text) if text.strip().isdecimal() else 0
    year = year - 543 if year >= 2400 else year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Failed(f"{text} is not a year such as 2569 or 2026")
    return year


def _written(text: str) -> datetime | date:
    from models.written_dates import parse_written_moment

    moment = parse_written_moment(text, SystemClock().now())
    if moment is None:
        raise Failed(f"cannot read {text}; write 2026-11-20 or 20/11/2569, with an hour 2026-11-20T16:00")
    _year(str(moment.year))
    return moment


def _day(text: str) -> date:
    moment = _written(text)
    if isinstance(moment, datetime):
        raise Failed(f"{text} has an hour; a day alone is wanted, such as 2026-11-20")
    return moment


def _instant(text: str) -> datetime:
    from models.written_dates import instant_of

    return instant_of(_written(text))


def _hour(text: str | None) -> time | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text.strip(), "%H:%M").time()  # noqa: DTZ007 - an hour of the clock, not an instant
    except ValueError as error:
        raise Failed(f"{text} is not an hour such as 08:30") from error
