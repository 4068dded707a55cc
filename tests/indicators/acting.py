"""What people do to indicators, in a test's words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from models.indicator_access import Person, person_of
from models.indicator_reports import DecisionKind, ReportSource
from models.indicator_results import WHOLE, fresh_results, read_results
from models.indicator_terms import Result, Standing
from models.indicators import get_indicator
from models.members import Role, add_member, get_member
from models.reporting import Line, check_line, hold_indicator, record_reports
from models.reviewing import decide
from models.session import Database
from models.units import get_unit

BANGKOK = timedelta(hours=7)


def add_person(database: Database, unit: str, *roles: Role, number: int = 1) -> str:
    """A member of a unit; gives the LINE user id."""
    line_user_id = f"U{number:032x}"
    with database.transaction() as session:
        at = get_unit(session, unit)
        now = datetime(2026, 10, 1, tzinfo=UTC)
        add_member(session, line_user_id=line_user_id, name="ผู้ทดสอบ", unit_id=at.id, roles=roles, now=now)
    return line_user_id


def report(
    database: Database,
    code: str,
    by: str,
    now: datetime,
    *,
    unit: str | None = None,
    month: date | None = None,
    part: str = "",
    note: str | None = None,
    **said: int | str,
) -> int:
    """Report as a person does; gives the report's id.

    Raises:
        Refused: the rules turn it down.
    """
    today = (now + BANGKOK).date()
    with database.transaction() as session:
        member = get_member(session, by)
        person = person_of(session, member)
        indicator = hold_indicator(session, get_indicator(session, code, today).id)
        unit_id = get_unit(session, unit).id if unit else person.unit_id
        step = int(said.pop("step")) if "step" in said else None
        figures = {name: Decimal(value) for name, value in said.items()}
        line = Line(unit_id, month, part, step, **figures)
        figure = check_line(session, indicator, person, line, reason=note, today=today)
        return record_reports(
            session,
            indicator,
            [figure],
            member_id=person.member_id,
            source=ReportSource.CHAT,
            note=note,
            at=now,
            now=now,
            today=today,
        )[0]


def approve(database: Database, by: str, now: datetime, *report_ids: int):
    """A reviewer approves; gives what came of it."""
    return _decide(database, DecisionKind.APPROVED, by, now, report_ids, None)


def send_back(database: Database, by: str, now: datetime, *report_ids: int, reason: str = "ตัวเลขไม่ตรงหลักฐาน"):
    """A reviewer sends back; gives what came of it."""
    return _decide(database, DecisionKind.RETURNED, by, now, report_ids, reason)


def _decide(database, decision, by, now, report_ids, reason):
    with database.transaction() as session:
        person: Person = person_of(session, get_member(session, by))
        return decide(session, report_ids, decision, person, reason=reason, now=now)


def stored(database: Database, code: str, now: datetime, unit: str | None = None, *, approved: bool = False) -> Result:
    """The stored result of a unit, or of the whole."""
    with database.reading() as session:
        indicator = get_indicator(session, code, (now + BANGKOK).date())
        unit_id = get_unit(session, unit).id if unit else WHOLE
        standing = Standing.APPROVED if approved else Standing.REPORTED
        return read_results(session, indicator.id).get((unit_id, standing), Result())


def stored_and_fresh(database: Database, code: str, today: date):
    """All stored results of an indicator, and what its history gives."""
    with database.reading() as session:
        indicator = get_indicator(session, code, today)
        return read_results(session, indicator.id), fresh_results(session, indicator)
