"""The government's holidays against the days that were declared, and how they reach the calendar."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

from bot.government_holidays import fill_calendar, seed_holidays, thai_government_holidays, years_to_seed
from bot.schedule import extend_calendar
from models.service_calendar import OPERATOR, list_days, record_day
from models.working_time import DayKind

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SUBSTITUTES_2025 = [date(2025, 4, 7), date(2025, 4, 16), date(2025, 5, 5), date(2025, 5, 12)]
SPECIAL_2025 = [date(2025, 6, 2), date(2025, 8, 11)]
SUBSTITUTES_2026 = [date(2026, 6, 1), date(2026, 12, 7)]


def days_of(year: int) -> dict[date, str]:
    return dict(thai_government_holidays(year))


def test_substitution_days_are_there():
    assert {day: days_of(2025)[day][:12] for day in SUBSTITUTES_2025} == dict.fromkeys(SUBSTITUTES_2025, "วันหยุดชดเชย")
    assert {day: days_of(2026)[day][:12] for day in SUBSTITUTES_2026} == dict.fromkeys(SUBSTITUTES_2026, "วันหยุดชดเชย")


def test_special_days_of_the_cabinet_are_there():
    assert set(SPECIAL_2025) <= set(days_of(2025))
    assert date(2026, 1, 2) in days_of(2026)


def test_offices_work_on_labour_day_and_its_substitution_day():
    assert not {date(2025, 5, 1), date(2026, 5, 1), date(2027, 5, 1), date(2027, 5, 3)} & {
        day for year in (2025, 2026, 2027) for day in days_of(year)
    }


def test_days_of_the_government_alone_are_there():
    assert days_of(2025)[date(2025, 5, 9)] == "วันพืชมงคล"


def test_days_have_one_plain_name():
    assert days_of(2026)[date(2026, 8, 12)] == "วันแม่แห่งชาติ"
    assert days_of(2026)[date(2026, 12, 7)] == "วันหยุดชดเชยวันชาติ และวันพ่อแห่งชาติ"
    names = [name for year in range(2024, 2035) for name in days_of(year).values()]
    assert [name for name in names if not name or ";" in name or len(name) > 80] == []


def test_a_year_is_in_order_and_by_itself():
    days = [day for day, _ in thai_government_holidays(2026)]
    assert days == sorted(set(days))
    assert {day.year for day in days} == {2026}


def test_a_calendar_is_filled_once(database):
    with database.transaction() as session:
        assert seed_holidays(session, [2025, 2026], NOW) == len(days_of(2025)) + len(days_of(2026))
    assert fill_calendar(database, [2026, 2025], NOW) == 0


def test_a_day_set_by_hand_stays(database):
    with database.transaction() as session:
        day = date(2026, 12, 31)
        record_day(session, day, DayKind.ORDINARY, name="", source=OPERATOR, now=NOW)  # not recorded: it is so anyway
        record_day(session, day, DayKind.WORKING_DAY, name="ทำการ", source=OPERATOR, now=NOW)
    fill_calendar(database, [2026], NOW)
    with database.reading() as session:
        assert [row.kind for row in list_days(session, day, day)] == [DayKind.WORKING_DAY]


def test_next_year_appears_by_itself(office, logged):
    extend_calendar(office.services)
    office.clock.advance(days=1)
    extend_calendar(office.services)
    office.clock.advance(days=60)  # a new year begins
    extend_calendar(office.services)

    extended = [entry["days"] for entry in logged if entry["event"] == "calendar_extended"]
    assert extended == [sum(len(days_of(year)) for year in range(2024, 2028)), len(days_of(2028))]


def test_the_year_is_bangkoks():
    new_year = datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert list(years_to_seed(new_year)) == [2025, 2026, 2027, 2028]
    assert list(years_to_seed(new_year - timedelta(microseconds=1))) == [2024, 2025, 2026, 2027]


def test_processes_that_answer_people_never_load_the_library():
    load = "import bot.cli, bot.schedule, bot.server, bot.worker, sys; print('holidays' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
