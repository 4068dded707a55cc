"""``tidtam kpi``: the service indicator, the cuts of its months, and what changed after a cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import Failed, bangkok, json_option, open_database, read_settings, show
from bot.cli_requests import clock_length, read_days
from bot.clock import SystemClock
from models.documents import BANGKOK
from models.requests import ClockKind
from models.service_kpi import SATISFIED_TARGET, USERS_TARGET, Handled, PartFigures, ServiceKPI
from models.shares import Share, Spread, Tipping

if TYPE_CHECKING:
    from models.month_cuts import Correction
    from models.unclear import UnclearReport


@click.group("kpi")
def kpi_group() -> None:
    """The service indicator, and how well texts were understood; days are in Bangkok."""


@kpi_group.command("service")
@click.option("--from", "from_text", default=None, help="first day; default: of this month")
@click.option("--to", "to_text", default=None, help="last day, included; default: today")
@click.option("--clock", "clock_text", type=click.Choice([kind.value for kind in ClockKind]), default=None)
@json_option
def service_command(from_text: str | None, to_text: str | None, clock_text: str | None, as_json: bool) -> None:
    """Show the four parts against their targets, people first and requests beside.

    Minutes are counted in service hours for requests that wait for an officer and by plain time for what the machine
    answers; by plain time for all with --clock elapsed, or where SERVICE_HOURS is always.
    """
    from models.counting import calendar_loader
    from models.month_cuts import find_cut_of_period, list_corrections
    from models.service_figures import read_figures

    now = SystemClock().now()
    first, last = _days(from_text, to_text)
    clock = ClockKind(clock_text) if clock_text else _headline_clock()
    with open_database() as database, database.reading(snapshot=True) as session:
        figures = read_figures(session, first, last, now=now, calendars=calendar_loader(session))
        cut = find_cut_of_period(session, first, last)
        corrections = len(list_corrections(session, cut, now)) if cut else 0
    other = ClockKind.ELAPSED if clock is ClockKind.SERVICE else ClockKind.SERVICE
    value = figures[clock].as_json() | {"other_clock": figures[other].as_json(), "cut": None}
    lines = [*_report_lines(figures[clock]), *_other_clock_lines(figures[other])]
    if cut is not None:
        value["cut"] = {
            "cut_at": bangkok(cut.cut_at),
            "figures": cut.figures[clock],
            "corrections": corrections,
        }
        lines += _cut_lines(value, cut.figures[clock], bangkok(cut.cut_at), corrections)
    show(as_json, value, lines)


@kpi_group.command("cut")
@click.argument("month_text", metavar="MONTH")
@json_option
def cut_command(month_text: str, as_json: bool) -> None:
    """Keep the figures of a month that is over, such as 2026-10; done by itself on the third of the next month."""
    from models.counting import calendar_loader
    from models.errors import Invalid
    from models.month_cuts import cut_month, find_cut
    from models.service_facts import hold_still

    month, now = read_month(month_text), SystemClock().now()
    with open_database() as database, database.transaction() as session:
        hold_still(session)
        if not cut_month(session, month, now=now, calendars=calendar_loader(session)):
            raise Invalid("month_already_cut", month=f"{month:%Y-%m}")
        cut = find_cut(session, month)
        figures = cut.figures[_headline_clock()] if cut else {}
    value = {"month": f"{month:%Y-%m}", "cut_at": bangkok(now), "figures": figures}
    show(
        as_json, value, [f"{month:%Y-%m} is cut: {figures['requests']} requests of {figures['users']['value']} people"]
    )


@kpi_group.command("corrections")
@click.argument("month_text", metavar="MONTH")
@json_option
def corrections_command(month_text: str, as_json: bool) -> None:
    """List what happened to a month's requests after the month was cut."""
    from models.errors import NotFound
    from models.month_cuts import find_cut, list_corrections

    month = read_month(month_text)
    with open_database() as database, database.reading(snapshot=True) as session:
        cut = find_cut(session, month)
        if cut is None:
            raise NotFound("month_not_cut", month=f"{month:%Y-%m}")
        corrections = list_corrections(session, cut, SystemClock().now())
    lines = [_correction_line(correction) for correction in corrections]
    told = f"{month:%Y-%m} was cut {bangkok(cut.cut_at)}; {len(corrections)} corrections since"
    show(as_json, [_correction_json(correction) for correction in corrections], [told, *lines])


@kpi_group.command("rebuild")
@json_option
def rebuild_command(as_json: bool) -> None:
    """Throw the facts away and make them anew from the requests; figures stay right meanwhile."""
    from models.counting import calendar_loader
    from models.service_facts import FOLDED_AT_ONCE, count_settled, forget_month, list_months

    forgotten = counted = 0
    with open_database() as database:
        with database.reading() as session:
            months = list_months(session)
        for month in months:
            with database.transaction() as session:
                forgotten += forget_month(session, month)
        more = True
        while more:
            with database.transaction() as session:
                folded = count_settled(session, calendar_loader(session), SystemClock().now(), FOLDED_AT_ONCE)
            counted, more = counted + folded, folded == FOLDED_AT_ONCE
    value = {"months": len(months), "forgotten": forgotten, "counted": counted}
    show(as_json, value, [f"{len(months)} months: {forgotten} requests taken out, {counted} counted"])


@kpi_group.command("understanding")
@click.option("--from", "from_text", default=None, help="first day; default: of this month")
@click.option("--to", "to_text", default=None, help="last day, included; default: today")
@json_option
def understanding_command(from_text: str | None, to_text: str | None, as_json: bool) -> None:
    """Count what was not understood at once: lost, offered to choose from, read back and not wanted.

    No text is kept, so none is shown.
    """
    from models.unclear import read_unclear

    first, last = _days(from_text, to_text)
    with open_database() as database, database.reading() as session:
        report = read_unclear(session, first, last)
    show(
        as_json,
        {"from": first.isoformat(), "to": last.isoformat(), **report.as_json()},
        [f"{first} to {last}: {report.messages} messages", *_unclear_lines(report)],
    )


def read_month(text: str) -> date:
    """A month as ``2026-10`` or ``2569-10``; gives its first day."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    year, number = (int(found[1]), int(found[2])) if found else (0, 0)
    year = year - 543 if year >= 2400 else year
    if not (1 <= number <= 12 and 2000 <= year <= 2200):
        raise Failed(f"{text} is not a month such as 2026-10")
    return date(year, number, 1)


def _days(from_text: str | None, to_text: str | None) -> tuple[date, date]:
    """The days asked for; without them this month so far."""
    today = SystemClock().now().astimezone(BANGKOK).date()
    given_first, given_last = read_days(from_text, to_text)
    last = given_last or max(today, given_first or today)
    return given_first or last.replace(day=1), last


def _headline_clock() -> ClockKind:
    return ClockKind.SERVICE if read_settings().service_hours is not None else ClockKind.ELAPSED


# --- lines ----------------------------------------------------------------------------------------------------------


def _report_lines(report: ServiceKPI) -> Iterator[str]:
    rule = "service hours for officers, plain time for the machine"
    rule = rule if report.clock is ClockKind.SERVICE else "plain time"
    yield f"{report.first} to {report.last}, clock {report.clock.value} ({rule})"
    missing = f"{report.users_missing} missing" if report.users_missing else "reached"
    yield f"{'users':22} {report.users:>7}    target {USERS_TARGET}  {missing}; {report.requests} requests"
    for name, part in (("acknowledged in time", report.acknowledged), ("answered in time", report.answered)):
        yield from _part_lines(name, part)
    satisfied = report.satisfied
    scores = f"{report.satisfied_ratings.of} ratings, mean {_or_dash(report.mean_score)}"
    responses = f"{_percent(report.responses)} of {report.responses.of} invitations followed"
    yield _share_line("satisfied", satisfied, SATISFIED_TARGET, report.satisfied_tipping, "low ratings")
    yield f"{'':22} {scores}, {responses}"
    yield f"{'withdrawn':22} {report.withdrawn:>7}"


def _part_lines(name: str, part: PartFigures) -> Iterator[str]:
    yield _share_line(name, part.people, part.target, part.people_tipping, "late requests")
    yield (
        f"{'':22} {_percent(part.requests)} of {part.requests.of} requests; by officers {_percent(part.human)} of "
        f"{part.human.of}, by the machine {_percent(part.machine)} of {part.machine.of}; {part.pending} not due yet"
    )
    yield (
        f"{'':22} median {_spread(part.spread())}; officers {_spread(part.spread(Handled.HUMAN))}; "
        f"machine {_spread(part.spread(Handled.MACHINE))}"
    )


def _share_line(name: str, share: Share, target: int, tipping: Tipping, bad: str) -> str:
    state = "reached" if share.reaches(target) else "below" if share.of else "nothing yet"
    if tipping.bad_until_below is not None:
        state += f"; {tipping.bad_until_below} more {bad} would bring it below"
    if tipping.good_until_reached is not None:
        state += f"; {tipping.good_until_reached} more people would reach it"
    return f"{name:22} {_percent(share):>9}  target {target}  {state}; {share.good} of {share.of} people"


def _other_clock_lines(report: ServiceKPI) -> Iterator[str]:
    parts = (("acknowledged", report.acknowledged), ("answered", report.answered))
    told = "; ".join(
        f"{name} {_percent(part.people)} of people, {_percent(part.requests)} of requests, median "
        f"{_spread(part.spread())}"
        for name, part in parts
    )
    yield f"by the other clock, {report.clock.value}: {told}"


def _cut_lines(value: dict[str, Any], cut: dict[str, Any], cut_at: str, corrections: int) -> Iterator[str]:
    yield f"this month was cut {cut_at}; {corrections} corrections since, see: tidtam kpi corrections {cut['from'][:7]}"
    for name, path in (
        ("users", ("users", "value")),
        ("acknowledged", ("acknowledged_in_time", "people_percent")),
        ("answered", ("answered_in_time", "people_percent")),
        ("satisfied", ("satisfied", "people_percent")),
    ):
        before, present = cut[path[0]][path[1]], value[path[0]][path[1]]
        yield f"{name:22} {_or_dash(before):>9} at the cut, {_or_dash(present)} now"


def _percent(share: Share) -> str:
    return "-" if share.percent is None else f"{share.percent}%"


def _spread(spread: Spread) -> str:
    if spread.median is None or spread.p95 is None:
        return "-"
    return f"{clock_length(spread.median)}, 95th percentile {clock_length(spread.p95)}"


def _or_dash(value: Decimal | float | None) -> str:
    return "-" if value is None else str(value)


def _correction_line(correction: Correction) -> str:
    who = correction.by or "-"
    times = f"{bangkok(correction.at)}  recorded {bangkok(correction.recorded_at)}"
    return f"#{correction.request}  {correction.kind:13} {times}  {who}  {correction.detail}".rstrip()


def _correction_json(correction: Correction) -> dict[str, Any]:
    return {
        "request": correction.request,
        "kind": correction.kind,
        "at": bangkok(correction.at),
        "recorded_at": bangkok(correction.recorded_at),
        "by": correction.by,
        "detail": correction.detail,
    }


def _unclear_lines(report: UnclearReport) -> Iterator[str]:
    value = report.as_json()
    yield f"{'lost':22} {value['lost']['total']:>7}    {_counts(value['lost']['by_kind'])}"
    yield f"{'offered to choose':22} {value['unsure']['total']:>7}"
    for offered in value["unsure"]["by_candidates"]:
        chosen = _counts(offered["chosen"] | ({"no choice": offered["no_choice"]} if offered["no_choice"] else {}))
        yield f"{'':22} {offered['times']:>7}    {', '.join(offered['candidates'])}: {chosen}"
    yield f"{'read back, not wanted':22} {value['declined']['total']:>7}    {_counts(value['declined']['by_intent'])}"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
