"""Reminders of reports that are due: by the clock, by the host's tap, and the reviewers' digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, promise, read_id, tell
from handlers.reviewing import waiting_groups
from messages import indicator_reminders as view
from messages import reviewing as reviewing_view
from messages.actions import postback_data
from messages.indicator_reminders import DueReport, Missing
from models.errors import Invalid, NotAllowed
from models.indicator_access import REVIEWS, may_review, person_of
from models.indicator_due import DuePeriod, latest_period, list_periods, units_not_reported
from models.indicator_notices import find_noted, note_once
from models.indicator_reports import counting, list_reports
from models.indicator_staff import Staff
from models.indicator_terms import ReportedBy, Standing
from models.indicators import Indicator, get_indicator_by_id, list_indicators
from models.members import Role
from models.outbox import Importance, Outgoing
from models.periods import fiscal_year_of
from models.reminder_days import reminder_stage
from models.review_queue import Waiting, list_what_waits
from models.units import get_unit_name
from models.working_time import BANGKOK, ServiceCalendar

EARLIEST = time(9, 0)
"""No reminder before this hour, in Bangkok."""
DIGEST_STANDS_FOR = timedelta(hours=2)
"""A digest whose hour the clock slept through is told for so long; later it would say what the next day's says."""


# --- by the clock ---------------------------------------------------------------------------------------------------


def remind_of_due_reports(session: Session, calendar: ServiceCalendar, now: datetime) -> list[Outgoing]:
    """What coordinators hear of reports that are due: one message a person, each report once at each of its two days.

    That they were reminded is noted in the caller's transaction, so that of several clocks one tells it. A unit without
    coordinator is not noted: somebody who registers meanwhile is still told.

    Args:
        session: an open transaction, in which the messages are stored too.
        calendar: of now.
        now: the present; nothing goes out before nine and outside hours of service.
    """
    local = now.astimezone(BANGKOK)
    if local.time() < EARLIEST or not calendar.is_open_at(now):
        return []
    staff: Staff | None = None
    theirs: dict[str, list[_Due]] = defaultdict(list)
    for due, stage in _list_due(session, calendar, local.date()):
        staff = staff or Staff.load(session, Role.COORDINATOR)
        key = f"{due.indicator.id}:{due.period.months[0]:%Y-%m}:{due.unit}:{stage}"
        people = staff.of(_whose(due.indicator, due.unit))
        if people and note_once(session, "report_due", key, now):
            for person in people:
                theirs[person.line_user_id].append(due)
    return _to_coordinators(session, theirs, local.date())


def review_digest(session: Session, hour: time, calendar: ServiceCalendar, now: datetime) -> list[Outgoing]:
    """What reviewers hear once a day of all that waits for them, each host once; nothing where nobody has reported.

    Args:
        session: an open transaction, in which the messages are stored too.
        hour: in Bangkok, from which it goes out.
        calendar: tells working days.
        now: the present.
    """
    local = now.astimezone(BANGKOK)
    begins = datetime.combine(local.date(), hour, BANGKOK)
    if not calendar.is_working_day(local.date()) or not begins <= local < begins + DIGEST_STANDS_FOR:
        return []
    by_host: dict[int, list[Waiting]] = defaultdict(list)
    for one in list_what_waits(session):
        by_host[one.indicator.host_unit_id].append(one)
    staff = Staff.load(session, Role.REVIEWER)
    theirs: dict[str, list[int]] = defaultdict(list)
    for host, waiting in sorted(by_host.items()):
        people = staff.of(host) if _is_news(waiting) else []
        if people and note_once(session, "review_digest", f"{host}:{local:%Y-%m-%d}", now):
            for person in people:
                theirs[person.line_user_id].append(host)
    told: list[Outgoing] = []
    for hosts, people_with in _alike(theirs):
        waiting = [one for host in hosts for one in by_host[host]]
        card = reviewing_view.digest(waiting_groups(session, waiting))
        told += tell(people_with, card, f"digest:{local:%Y-%m-%d}:{hosts[0]}:{len(told)}", Importance.NEWS)
    return told


# --- by the host's tap ----------------------------------------------------------------------------------------------


def confirm_reminder(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Read back whom the host would remind of its indicator; the button's ``indicator`` is the indicator year's id."""
    indicator = _own_indicator(context, understanding)
    period = latest_period(indicator, context.today)
    missing, _ = _list_missing(context.session, indicator, period)
    before = find_noted(context.session, "units_reminded", _day_key(context, indicator))
    if not missing.people:
        return promise(view.nobody_to_remind(missing))
    if before is not None:
        return promise(view.reminded_before(missing, before))
    data = postback_data("send_reminders", indicator=indicator.id, period=f"{period.months[0]:%Y-%m}")
    topics.wait_for_confirmation(context, data, "who_has_not_reported")
    return promise(view.confirm_reminder(missing, indicator.id))


def send_reminders(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Remind the coordinators of units that have not reported by now, once a day for an indicator."""
    indicator = _own_indicator(context, understanding)
    named = str(understanding.slots.get("period", ""))
    period = next((one for one in list_periods(indicator) if f"{one.months[0]:%Y-%m}" == named), None)
    if period is None:
        raise Invalid("postback_unreadable")
    missing, theirs = _list_missing(context.session, indicator, period)
    if not missing.people:
        return promise(view.nobody_to_remind(missing))
    key = _day_key(context, indicator)
    if not note_once(context.session, "units_reminded", key, context.now):
        return promise(view.reminded_before(missing, find_noted(context.session, "units_reminded", key) or context.now))
    host = get_unit_name(context.session, indicator.host_unit_id)
    told: list[Outgoing] = []
    for due, people in _alike(theirs):
        merged = _due_reports(context.session, due)[0]
        share_key = f"units_reminded:{key}:{len(told)}"
        told += tell(people, view.reminded_by_host(merged, host, context.today), share_key, Importance.NEWS)
    return [*promise(view.reminders_sent(missing)), *told]


# --- parts ----------------------------------------------------------------------------------------------------------


_Row = TypeVar("_Row")


@dataclass(frozen=True, eq=False)
class _Due:
    """A report of one unit that is missing; all who are told of it are told of the same value."""

    indicator: Indicator
    period: DuePeriod
    unit: int


def _list_due(session: Session, calendar: ServiceCalendar, today: date) -> Iterator[tuple[_Due, str]]:
    """Reports that are missing and of which today reminds, with the stage, in one order for all clocks."""
    fiscal_year = fiscal_year_of(today)
    for year in (fiscal_year - 1, fiscal_year):  # what is due in October is of the year before
        for indicator in list_indicators(session, year):
            if indicator.closed_at is not None or indicator.definition.reporting.by is ReportedBy.MACHINE:
                continue
            for period in list_periods(indicator):
                stage = reminder_stage(calendar, period.due_on, today)
                for unit in _missing_units(session, indicator, period) if stage else ():
                    yield _Due(indicator, period, unit), str(stage)


def _missing_units(session: Session, indicator: Indicator, period: DuePeriod) -> list[int]:
    counted = counting(list_reports(session, indicator.id), indicator.measure, Standing.REPORTED)
    reported = ((report.figure.unit, report.figure.month) for report in counted)
    return units_not_reported(indicator, reported, period)


def _whose(indicator: Indicator, unit: int) -> int:
    """The unit whose coordinators report: the host's where the host reports."""
    return indicator.host_unit_id if indicator.definition.reporting.by is ReportedBy.HOST else unit


def _to_coordinators(session: Session, theirs: Mapping[str, Sequence[_Due]], today: date) -> list[Outgoing]:
    told: list[Outgoing] = []
    for due, people in _alike(theirs):
        card = view.reports_due(_due_reports(session, due), today)
        first = due[0]
        share_key = f"report_due:{first.indicator.id}:{first.unit}:{today:%Y-%m-%d}:{len(told)}"
        told += tell(people, card, share_key, Importance.NEWS)
    return told


def _alike(theirs: Mapping[str, Sequence[_Row]]) -> list[tuple[tuple[_Row, ...], list[str]]]:
    """People who are told the same, together with what they are told."""
    people_with: dict[tuple[_Row, ...], list[str]] = defaultdict(list)
    for person, rows in theirs.items():
        people_with[tuple(rows)].append(person)
    return list(people_with.items())


def _due_reports(session: Session, due: Iterable[_Due]) -> list[DueReport]:
    """One row for each indicator and period, whichever of the person's units are missing."""
    rows: dict[tuple[int, date], DueReport] = {}
    for one in due:
        definition, name = one.indicator.definition, get_unit_name(session, one.unit)
        key = one.indicator.id, one.period.months[0]
        known = rows.setdefault(
            key, DueReport(definition.code, definition.name, (), one.period.months, one.period.due_on)
        )
        rows[key] = replace(known, unit_names=(*known.unit_names, name))
    return list(rows.values())


def _is_news(waiting: Iterable[Waiting]) -> bool:
    """Whether a person reported anything of it; what the service computed alone is not worth a message every day."""
    return any(not report.source.is_machine for one in waiting for report in one.reports)


def _own_indicator(context: Context, understanding: Understanding) -> Indicator:
    """The indicator of a button, for its host, where people report it and its year is open.

    Raises:
        NotAllowed: ``role_not_allowed``, ``remind_only_own`` (code): another office is its host.
        Invalid: ``report_year_closed`` (code, fiscal_year), ``remind_no_machine`` (code).
    """
    context.require_role(REVIEWS)
    indicator = get_indicator_by_id(context.session, read_id(understanding, "indicator"))
    if not may_review(context.session, person_of(context.session, context.member), indicator):
        raise NotAllowed("remind_only_own", code=indicator.code)
    if indicator.closed_at is not None:
        raise Invalid("report_year_closed", code=indicator.code, fiscal_year=indicator.fiscal_year)
    if indicator.definition.reporting.by is ReportedBy.MACHINE:
        raise Invalid("remind_no_machine", code=indicator.code)
    return indicator


def _list_missing(session: Session, indicator: Indicator, period: DuePeriod) -> tuple[Missing, dict[str, list[_Due]]]:
    """What has not been reported, and by LINE user id what each coordinator has not."""
    units = _missing_units(session, indicator, period)
    staff = Staff.load(session, Role.COORDINATOR)
    theirs: dict[str, list[_Due]] = defaultdict(list)
    nobody = []
    for unit in units:
        due, people = _Due(indicator, period, unit), staff.of(_whose(indicator, unit))
        for person in people:
            theirs[person.line_user_id].append(due)
        if not people:
            nobody.append(get_unit_name(session, unit))
    definition = indicator.definition
    missing = Missing(
        definition.code, definition.name, period.months, period.due_on, len(units), len(theirs), tuple(nobody)
    )
    return missing, theirs


def _day_key(context: Context, indicator: Indicator) -> str:
    return f"{indicator.id}:{context.today:%Y-%m-%d}"
