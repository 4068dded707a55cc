"""``tidtam requests``: the tracking requests, their time stamps, and why their clocks read what they read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from bot.cli_parts import bangkok, json_option, open_database, read_day, read_period, show
from bot.clock import SystemClock
from models.requests import ClockKind
from models.service_kpi import Outcome, Part

if TYPE_CHECKING:
    from sqlalchemy import Row

    from models.clock_story import CountedMinute, Stretch
    from models.request_log import RequestRow
    from models.working_time import ServiceCalendar

_MINUTE = timedelta(minutes=1)
_VERDICTS = {
    Outcome.IN_TIME: "in time",
    Outcome.LATE: "late",
    Outcome.PENDING: "not due yet",
    Outcome.LEFT_OUT: "withdrawn in time, not counted",
}


@click.group("requests")
def requests_group() -> None:
    """Tracking requests; days are in Bangkok."""


@requests_group.command("list")
@click.option("--open", "open_only", is_flag=True, help="not answered yet")
@click.option("--late", "late_only", is_flag=True, help="acknowledged or answered late, or due and not done")
@click.option("--clock", type=click.Choice([kind.value for kind in ClockKind]), default="service", help="for --late")
@click.option("--from", "from_text", default=None, help="asked on this day or later")
@click.option("--to", "to_text", default=None, help="asked on this day or before")
@json_option
def list_command(
    open_only: bool, late_only: bool, clock: str, from_text: str | None, to_text: str | None, as_json: bool
) -> None:
    """List requests with every time stamp, newest first."""
    from models.counting import calendar_loader
    from models.request_log import Wanted, list_request_rows

    first, last = read_days(from_text, to_text)
    wanted = Wanted(first, last, open_only=open_only, late_only=late_only, late_by=ClockKind(clock))
    with open_database() as database, database.reading(snapshot=True) as session:
        rows = list_request_rows(session, wanted, now=SystemClock().now(), calendars=calendar_loader(session))
        if as_json:
            show(True, [row.as_json() for row in rows], [])
        else:
            show(False, None, map(_line_of, rows))


@requests_group.command("show")
@click.argument("number", type=click.IntRange(min=1))
@json_option
def show_command(number: int, as_json: bool) -> None:
    """Show one request with its history: LINE's time, our receipt, our sending, LINE's acceptance."""
    from models.request_log import list_history, list_tellings

    with open_database() as database, database.reading(snapshot=True) as session:
        row, _ = _find(session, number, SystemClock().now())
        value = row.as_json()
        value |= {"history": list_history(session, number), "tellings": list_tellings(session, number)}
    lines = [_line_of(row), f"asked for {row.document_number or 'an officer'} by {row.unit}"]
    lines += [_event_line(event) for event in value["history"]]
    lines += [_telling_line(telling) for telling in value["tellings"]]
    show(as_json, value, lines)


@requests_group.command("explain")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--minutes", "by_minutes", is_flag=True, help="every minute by itself")
@json_option
def explain_command(number: int, by_minutes: bool, as_json: bool) -> None:
    """Show stretch by stretch why the clocks of a request read what they read."""
    from models.clock_story import tell_minutes, tell_stretches

    now = SystemClock().now()
    with open_database() as database, database.reading(snapshot=True) as session:
        row, calendar = _find(session, number, now)
    start, end = row.request.clock_started_at, _end_of(row, now)
    stretches = tell_stretches(calendar, start, end, _marks(row))
    value = _explanation(row, stretches, end)
    lines = [*_head_lines(row, calendar), *_stretch_lines(stretches)]
    if by_minutes:
        minutes = list(tell_minutes(calendar, start, end))
        value["minutes"] = [_minute_json(minute) for minute in minutes]
        lines += [_minute_line(minute) for minute in minutes]
    show(as_json, value, [*lines, *(_verdict_line(row, part, value["parts"][part.value]) for part in Part)])


def read_days(from_text: str | None, to_text: str | None) -> tuple[date | None, date | None]:
    """The days of ``--from`` and ``--to``, of which either may be left out.

    Raises:
        Failed: one of them is no day, or the period runs backwards.
    """
    if from_text and to_text:
        return read_period(from_text, to_text)
    return read_day(from_text) if from_text else None, read_day(to_text) if to_text else None


def _find(session: Any, number: int, now: datetime) -> tuple[RequestRow, ServiceCalendar]:
    from models.counting import calendar_loader
    from models.errors import NotFound
    from models.request_log import find_request_row

    calendars = calendar_loader(session)
    row = find_request_row(session, number, now=now, calendars=calendars)
    if row is None:
        raise NotFound("request_not_found", number=number)
    return row, calendars(row.request.calendar_version, row.request.service_hours)


# --- lists ----------------------------------------------------------------------------------------------------------


def _line_of(row: RequestRow) -> str:
    request = row.request
    late = f"late: {', '.join(row.late())}" if row.late() else ""
    parts = (
        f"#{request.id}",
        bangkok(request.asked_at)[:19].replace("T", " "),
        f"{request.state.value:12}",
        f"{row.handled_by:7}",
        f"acknowledged {_length(row, Part.ACKNOWLEDGE):>9}",
        f"answered {_length(row, Part.ANSWER):>9}",
        f"rating {request.rating or '-'}",
        row.document_number or "-",
        row.unit,
        late,
    )
    return "  ".join(parts).rstrip()


def _length(row: RequestRow, part: Part) -> str:
    seconds = row.lengths[part].counted_seconds
    return "-" if seconds is None else clock_length(seconds)


def clock_length(seconds: int) -> str:
    """Seconds as hours, minutes and seconds.

    >>> clock_length(899), clock_length(3600)
    ('14:59', '1:00:00')
    """
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def _event_line(event: dict[str, Any]) -> str:
    more = [event["by"] or "machine"]
    more += [f"{name} {event[name]}" for name in ("to", "stage", "score") if event[name]]
    times = f"LINE {event['at']}  received {event['received_at']}  recorded {event['recorded_at']}"
    return f"{event['kind']:13} {times}  {', '.join(more)}"


def _telling_line(told: dict[str, Any]) -> str:
    times = f"sent {told['sent_at']}  accepted by LINE {told['accepted_at']}"
    return f"told {told['counts_as']:16} {times}  {told['method']}, cost {told['cost']}"


# --- explaining -----------------------------------------------------------------------------------------------------


def _end_of(row: RequestRow, now: datetime) -> datetime:
    """When the last clock of the request stopped; now where one runs."""
    return row.request.answered_at or row.withdrawn_at or now


def _marks(row: RequestRow) -> dict[str, datetime]:
    request = row.request
    marks = {
        "acknowledge due": request.acknowledge_due_at,
        "acknowledge due by plain time": request.elapsed_acknowledge_due_at,
        "answer due": request.answer_due_at,
        "answer due by plain time": request.elapsed_answer_due_at,
        "acknowledged": request.acknowledged_at,
        "answered": request.answered_at,
        "withdrawn": row.withdrawn_at,
    }
    if request.clock is ClockKind.ELAPSED:
        marks = {mark: at for mark, at in marks.items() if not mark.endswith("by plain time")}
    return {mark: at for mark, at in marks.items() if at is not None}


def _explanation(row: RequestRow, stretches: Sequence[Stretch], end: datetime) -> dict[str, Any]:
    request = row.request
    return {
        "request": request.id,
        "state": request.state.value,
        "handled_by": row.handled_by,
        "asked_at": bangkok(request.asked_at),
        "clock": request.clock.value,
        "clock_started_at": bangkok(request.clock_started_at),
        "clock_read_at": bangkok(end),
        "service_hours": request.service_hours,
        "calendar_version": request.calendar_version,
        "rounds": request.rounds,
        "first_answered_at": bangkok(request.first_answered_at) if request.first_answered_at else None,
        "parts": {part.value: _part_json(row, part, stretches) for part in Part},
        "stretches": [_stretch_json(stretch) for stretch in stretches],
    }


def _part_json(row: RequestRow, part: Part, stretches: Sequence[Stretch]) -> dict[str, Any]:
    request = row.request
    done_at = _done_at(request, part)
    upto = stretches[-1] if stretches else None
    if done_at is not None:
        upto = next((stretch for stretch in stretches if stretch.ends >= done_at), upto)
    within = request.acknowledge_within_seconds if part is Part.ACKNOWLEDGE else request.answer_within_seconds
    return {
        "within_minutes": round(within / 60, 2),
        "due_at": bangkok(request.acknowledge_due_at if part is Part.ACKNOWLEDGE else request.answer_due_at),
        "done_at": bangkok(done_at) if done_at else None,
        "service_minutes": _minutes(upto.service) if upto else 0.0,
        "elapsed_minutes": _minutes(upto.elapsed) if upto else 0.0,
        "verdict": row.outcomes[ClockKind.SERVICE, part].value,
        "elapsed_verdict": row.outcomes[ClockKind.ELAPSED, part].value,
        "earlier_round_was_late": _was_late(request, part),
    }


def _done_at(request: Row[Any], part: Part) -> datetime | None:
    done_at: datetime | None = request.acknowledged_at if part is Part.ACKNOWLEDGE else request.answered_at
    return done_at


def _was_late(request: Row[Any], part: Part) -> bool:
    return bool(request.earlier_late_acknowledge if part is Part.ACKNOWLEDGE else request.earlier_late_answer)


def _stretch_json(stretch: Stretch) -> dict[str, Any]:
    return {
        "from": bangkok(stretch.begins),
        "to": bangkok(stretch.ends),
        "minutes": _minutes(stretch.ends - stretch.begins),
        "counted": stretch.counted,
        "reason": stretch.reason.value,
        "name": stretch.name,
        "service_minutes": _minutes(stretch.service),
        "elapsed_minutes": _minutes(stretch.elapsed),
        "at_its_end": list(stretch.marks),
    }


def _minute_json(minute: CountedMinute) -> dict[str, Any]:
    return {
        "minute": minute.number,
        "from": bangkok(minute.begins),
        "to": bangkok(minute.ends),
        "counted_seconds": minute.counted.total_seconds(),
        "service_minutes": _minutes(minute.service),
        "reasons": list(minute.reasons),
    }


def _head_lines(row: RequestRow, calendar: ServiceCalendar) -> Iterator[str]:
    request = row.request
    rules = "service hours rule" if request.clock is ClockKind.SERVICE else "plain time rules"
    yield f"#{request.id} {request.state.value}, handled by {row.handled_by}, asked {_moment(request.asked_at)}"
    yield (
        f"{rules}; service hours {request.service_hours} on working days by calendar version {calendar.version}, "
        f"clock started {_moment(request.clock_started_at)}"
    )
    if request.rounds > 1:
        first = f"answered {_moment(request.first_answered_at)}" if request.first_answered_at else "never answered"
        yield f"round {request.rounds} since it was reopened; before that it was {first}"


def _stretch_lines(stretches: Sequence[Stretch]) -> Iterator[str]:
    for one in stretches:
        mark = "counts" if one.counted else "-"
        span = f"{_moment(one.begins)}  {_moment(one.ends)}"
        length = f"{_minutes(one.ends - one.begins):>9.2f} min"
        totals = f"service {_minutes(one.service):.2f}, elapsed {_minutes(one.elapsed):.2f}"
        yield f"{span}  {mark:6} {length}  {one.reason.value} {one.name}".rstrip() + f"  = {totals}"
        yield from (f"{'':21}{_moment(one.ends)}  {happened}" for happened in one.marks)


def _minute_line(minute: CountedMinute) -> str:
    counted = minute.counted.total_seconds()
    span = f"{minute.number:>6}  {_moment(minute.begins)}  {_moment(minute.ends)}"
    return f"{span}  counts {counted:g} s  {', '.join(minute.reasons)}  = {_minutes(minute.service):.2f}"


def _verdict_line(row: RequestRow, part: Part, told: dict[str, Any]) -> str:
    done_at = _done_at(row.request, part)
    done = f"done {_moment(done_at)}" if done_at else "not done"
    read = f"{told['service_minutes']:.2f} service minutes, {told['elapsed_minutes']:.2f} elapsed"
    verdict = _VERDICTS[row.outcomes[ClockKind.SERVICE, part]]
    plain = _VERDICTS[row.outcomes[ClockKind.ELAPSED, part]]
    earlier = " (an earlier round was late)" if told["earlier_round_was_late"] else ""
    promise = f"within {told['within_minutes']:g} min, due {told['due_at'][:19].replace('T', ' ')}"
    return f"{part.value}: {promise}, {done}; {read}: {verdict}{earlier}; by plain time {plain}"


def _moment(at: datetime) -> str:
    return bangkok(at)[:19].replace("T", " ")


def _minutes(length: timedelta) -> float:
    return round(length / _MINUTE, 2)
