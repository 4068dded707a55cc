"""LINE-TRACKING from the service's own log: what is reported equals the service indicator of the year so far."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from models.counting import calendar_loader
from models.indicator_results import WHOLE, read_results
from models.indicator_terms import Definition, ReportedBy, Reporting, Standing, Target
from models.indicators import get_indicator
from models.machine_figures import record_machine_figures
from models.requests import ClockKind
from models.service_figures import read_figures
from models.working_time import ServiceCalendar
from tests.indicators.definitions import YEAR, define
from tests.service_indicator.histories import HOURS, History


def _share(code, name):
    measure = {"kind": "ratio", "of": "ผู้ใช้บริการที่ได้รับในเวลา", "among": "ผู้ใช้บริการ", "counted_in": "คน"}
    return {"code": code, "name": name, "target": 80, "target_in": "percent", "measure": measure}


TRACKING = Definition(
    code="LINE-TRACKING",
    fiscal_year=YEAR,
    name="ความสำเร็จในการให้บริการติดตามหนังสือราชการผ่าน Line@",
    host="SECRETARIAT",
    target=Target(Decimal(100)),
    measure={
        "kind": "composite",
        "parts": [
            {
                "code": "users",
                "name": "ผู้ใช้บริการ",
                "target": 3,
                "target_in": "count",
                "measure": {"kind": "count", "counted_in": "คน"},
            },
            _share("acknowledged", "ตอบรับทันเวลา"),
            _share("answered", "แจ้งผลทันเวลา"),
            _share("satisfied", "พึงพอใจ"),
        ],
    },
    reporting=Reporting(by=ReportedBy.MACHINE, source="service_log"),
)
CALENDAR = ServiceCalendar(HOURS)


def bring_in_line(history: History, today: date) -> int:
    with history.database.transaction() as session:
        return record_machine_figures(session, CALENDAR, now=history.now, today=today)


def test_the_parts_are_the_service_indicators(database):
    history = History(database, 7)
    history.goes_on(160)
    define(database, TRACKING)
    today = history.now.date()
    assert bring_in_line(history, today) > 0
    assert bring_in_line(history, today) == 0
    with database.reading() as session:
        indicator = get_indicator(session, "LINE-TRACKING", today)
        result = read_results(session, indicator.id)[WHOLE, Standing.REPORTED]
        figures = read_figures(
            session, date(2026, 10, 1), date(2027, 9, 30), now=history.now, calendars=calendar_loader(session)
        )[ClockKind.SERVICE]
    parts = {part.code: part for part in result.parts}
    assert parts["users"].value == figures.users
    assert parts["acknowledged"].value == figures.acknowledged.people.percent
    assert parts["answered"].value == figures.answered.people.percent
    assert parts["satisfied"].value == figures.satisfied.percent
    assert result.numerator == sum(part.is_met is True for part in result.parts)


def test_before_anybody_asked_nothing_is_reported(database):
    history = History(database, 7)
    define(database, TRACKING)
    assert bring_in_line(history, date(2026, 11, 20)) == 0


def test_one_report_a_day_tells_enough_of_a_running_month(database):
    history = History(database, 7)
    history.goes_on(60)
    define(database, TRACKING)
    today = history.now.date()
    bring_in_line(history, today)
    history.goes_on(40)
    assert bring_in_line(history, today) == 0
    assert bring_in_line(history, today + timedelta(days=1)) > 0
