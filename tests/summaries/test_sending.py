"""Summaries to fifty people over four weeks of killed clocks; stages of the quota; what is news and what is not."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import event, select

from bot.indicator_upkeep import cut_quarters
from bot.schedule import release_held_news
from bot.summary_jobs import send_summaries
from models.members import Member, Role, find_member, record_blocked
from models.outbox import CallMethod, OutboxRow, OutboxState
from models.periods import PeriodKind
from models.preferences import NotificationPreferences
from models.quota import QuotaState
from models.quota_plan import Stage
from models.service_calendar import OPERATOR, record_day
from models.summary_notices import NoticeOutcome, SummaryNotice
from models.working_time import BANGKOK, DayKind
from tests.indicators.definitions import DRAWN, LADDER, define
from tests.indicators.reporting import record
from tests.office import DISTRICT, OTHER_DISTRICT, SECRETARIAT, text_of

HOST = "สำนักพัฒนาสังคม"
DAY, WEEK, MONTH = PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH
TOLD, QUIET, PAUSED, OFF = NoticeOutcome.TOLD, NoticeOutcome.QUIET, NoticeOutcome.PAUSED, NoticeOutcome.OFF
MANAGER, COLLEAGUE, REVIEWER = ("U" + letter * 32 for letter in "abc")


def go_to(office, day: int, hour: float, month: int = 12) -> None:
    at = datetime(2026, month, day, tzinfo=BANGKOK) + timedelta(hours=hour)
    office.clock.advance(seconds=(at - office.clock.now()).total_seconds())


def run_clock(office) -> None:
    send_summaries(office.services)
    release_held_news(office.services)
    office.work()


def prefer(office, person: str, **chosen) -> None:
    with office.database.transaction() as session:
        member_id = find_member(session, person).id
        session.merge(NotificationPreferences(member_id=member_id, changed_at=office.clock.now(), **chosen))


def heard(office, person: str) -> int:
    return len(office.line.messages_to(person))


def notices_of(office, person: str) -> list[SummaryNotice]:
    query = select(SummaryNotice).join(Member, Member.id == SummaryNotice.member_id).order_by(SummaryNotice.id)
    return _read(office, query.where(Member.line_user_id == person))


def rows_of(office, person: str) -> list[OutboxRow]:
    return _read(office, select(OutboxRow).where(OutboxRow.recipient == person).order_by(OutboxRow.id))


def _read(office, query) -> list:
    with office.database.reading() as session:
        found = session.scalars(query).all()
        session.expunge_all()
        return list(found)


def run_monday(office) -> int:
    """Monday's summaries, before anything happened; gives how many messages the manager has heard."""
    go_to(office, 23, 8.5, month=11)
    run_clock(office)
    return heard(office, MANAGER)


def set_stage(office, stage: Stage) -> None:
    with office.database.transaction() as session:
        session.merge(QuotaState(id=1, stage=stage.value))


def report(office, percent_of_20: int, unit: str = DISTRICT) -> None:
    """A unit reports, which is news to the host on the next working day."""
    record(office.database, {unit: percent_of_20}, now=office.clock.now(), month=date(2026, 10, 1))


@pytest.fixture
def week(office):
    """Two managers of an indicator's host and its reviewer, on a Friday."""
    define(office.database, DRAWN)
    for person in (MANAGER, COLLEAGUE):
        office.add_member(person, Role.MANAGER, unit=HOST)
    office.add_member(REVIEWER, Role.REVIEWER, unit=HOST)
    return office


# --- four weeks -----------------------------------------------------------------------------------------------------

HOURS = (6.8, 7.0, 8.5, 11.5, 19.0)
HOLIDAYS = {date(2026, 12, 7): "วันหยุดชดเชยวันพ่อแห่งชาติ", date(2026, 12, 10): "วันรัฐธรรมนูญ"}
MADE_UP = date(2026, 12, 19)
"""A Saturday on which the office works."""
WORKING_DAYS = [
    *[date(2026, 11, 30), *(date(2026, 12, day) for day in (1, 2, 3, 4, 8, 9, 11, 14, 15, 16, 17, 18, 19))],
    *(date(2026, 12, day) for day in (21, 22, 23, 24, 25)),
]
DUE_ON = {DAY: WORKING_DAYS, WEEK: [date(2026, 11, 30), date(2026, 12, 8), date(2026, 12, 14), date(2026, 12, 21)]}
DUE_ON[MONTH] = [date(2026, 12, 1)]
ROLES = (
    ((Role.MANAGER,), DISTRICT),
    ((Role.COORDINATOR,), DISTRICT),
    ((Role.SUPERVISOR,), SECRETARIAT),
    ((Role.REVIEWER,), HOST),
    ((Role.COORDINATOR,), OTHER_DISTRICT),
    ((Role.MANAGER, Role.REVIEWER), HOST),
    ((Role.MANAGER,), SECRETARIAT),
)
NIGHT = (time(20), time(7))


@dataclass(frozen=True)
class Habit:
    """What a person chose, and when summaries are expected to arrive."""

    arrives: time = time(8, 30)
    quiet: tuple[time, time] | None = NIGHT
    chosen: dict | None = None
    off: frozenset[PeriodKind] = frozenset()
    paused_before: date = date(2026, 1, 1)


HABITS = (
    Habit(),
    Habit(),
    Habit(time(7), NIGHT, {"summary_at": time(6, 45)}),  # held until the night is over
    Habit(time(11, 30), None, {"summary_at": time(11, 30), "has_own_hours": True}),
    Habit(
        time(11, 30),
        (time(5), time(11, 30)),
        {"summary_at": time(7), "has_own_hours": True, "quiet_from": time(5), "quiet_until": time(11, 30)},
    ),
    Habit(time(19), NIGHT, {"summary_at": time(19)}),
    Habit(chosen={"summaries_off": "day"}, off=frozenset({DAY})),
    Habit(chosen={"summaries_off": "week,month"}, off=frozenset({WEEK, MONTH})),
    Habit(chosen={"paused_until": date(2026, 12, 11)}, paused_before=date(2026, 12, 11)),
)


class Killed(BaseException):
    """The process is gone; nothing of ours may catch it."""


def kill_after(database, statements: int, work) -> None:
    """Do some work until so many statements were sent to the database, or to its end."""
    left = [statements]

    def count(*_) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    event.listen(database.engine, "before_cursor_execute", count)
    event.listen(database.engine, "commit", count)
    try:
        work()
    except Killed:
        pass
    finally:
        event.remove(database.engine, "before_cursor_execute", count)
        event.remove(database.engine, "commit", count)


def fifty(office) -> dict[str, Habit]:
    """Fifty people of all roles, some who read English, and their habits."""
    people = {}
    for number in range(50):
        person = f"U{number:032x}"
        roles, unit = ROLES[number % len(ROLES)]
        office.add_member(person, *roles, unit=unit, language="en" if number % 5 == 0 else "th")
        people[person] = HABITS[number % len(HABITS)]
        if people[person].chosen:
            prefer(office, person, **people[person].chosen)
    with office.database.transaction() as session:
        for member in session.scalars(select(Member).where(Member.id % 5 == 0)):
            member.language, member.writes_english = "en", True
    return people


def test_four_weeks_of_killed_clocks_tell_fifty_people_each_summary_once_at_their_hour(office):
    define(office.database, DRAWN, LADDER)
    people = fifty(office)
    with office.database.transaction() as session:
        for day, name in HOLIDAYS.items():
            record_day(session, day, DayKind.HOLIDAY, name=name, source=OPERATOR, now=office.clock.now())
        record_day(session, MADE_UP, DayKind.WORKING_DAY, name="ชดเชย", source=OPERATOR, now=office.clock.now())
    chance = Random(6)
    for number in range(28):
        day = date(2026, 11, 30) + timedelta(days=number)
        for hour in HOURS if day in WORKING_DAYS else (8.5, 19.0):
            go_to(office, 30, hour + 24 * number, month=11)
            work = partial(send_summaries, office.services, people_at_once=6)
            kill_after(office.database, chance.randint(1, 90), work)
            work()
            run_clock(office)
        if number % 3 == 0:
            report(office, 3 + number // 3, (DISTRICT, OTHER_DISTRICT)[number % 2])

    assert_all_told_once(office, people)
    assert_heard_at_their_hours(office, people)
    # People of one role, unit, language and hour share a call.
    rows = sum(len(rows_of(office, person)) for person in people)
    assert office.calls("multicast") and len(office.calls("multicast", "push")) < rows


def assert_all_told_once(office, people: dict[str, Habit]) -> None:
    outcomes = Counter()
    for person, habit in people.items():
        notices = notices_of(office, person)
        seen = {(notice.kind, notice.due_on): notice.outcome for notice in notices}
        assert len(seen) == len(notices)
        assert set(seen) == {(kind, day) for kind, days in DUE_ON.items() for day in days}
        for (kind, day), outcome in seen.items():
            expected = {PAUSED} if day < habit.paused_before else {OFF} if kind in habit.off else {TOLD}
            assert outcome in (expected | {QUIET} if kind is DAY and expected == {TOLD} else expected)
        outcomes.update(seen.values())
        daily = sorted((notice.first_on, notice.last_on) for notice in notices if notice.kind is DAY)
        assert all(after[0] == before[1] + timedelta(days=1) for before, after in pairwise(daily))
        carried = {notice.outbox_id for notice in notices if notice.outcome is TOLD}
        rows = rows_of(office, person)
        assert {row.id for row in rows} == carried and {row.state for row in rows} <= {OutboxState.SENT}
        assert heard(office, person) == sum(row.message_count for row in rows)
    assert min(outcomes[one] for one in NoticeOutcome) > 20


def assert_heard_at_their_hours(office, people: dict[str, Habit]) -> None:
    for person, habit in people.items():
        for row in office.line.messages_to(person):
            at = datetime.fromtimestamp(row.at, BANGKOK)
            assert at.date() in WORKING_DAYS
            assert at.time() == habit.arrives


def test_two_clocks_side_by_side_tell_each_person_once(office):
    define(office.database, DRAWN)
    people = [office.add_member(f"U{number:032x}", *ROLES[number % 2][0]) for number in range(24)]
    go_to(office, 1, 8.6)
    troubles: list[BaseException] = []

    def tick() -> None:
        try:
            send_summaries(office.services, people_at_once=4)
        except BaseException as error:
            troubles.append(error)

    clocks = [threading.Thread(target=tick) for _ in range(3)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join(30)
    office.work()
    assert troubles == []
    told = {person: [notice.kind for notice in notices_of(office, person)] for person in people}
    assert all(sorted(kinds) == sorted({*kinds}) and MONTH in kinds for kinds in told.values())
    assert {len(rows_of(office, person)) for person in people} == {1}


# --- what is news ---------------------------------------------------------------------------------------------------


def test_a_day_without_news_is_quiet_and_once_a_week_one_line_says_that_all_is_well(office):
    office.add_member(MANAGER, Role.MANAGER)
    seen = defaultdict(list)
    for day in range(1, 15):
        go_to(office, day, 8.5)
        before = heard(office, MANAGER)
        run_clock(office)
        seen[heard(office, MANAGER) - before].append(day)
    assert (seen[2], seen[1]) == ([1], [7, 14])  # the month with Monday's line, and two Mondays
    assert {notice.outcome for notice in notices_of(office, MANAGER) if notice.kind is DAY} == {QUIET}


def test_people_who_are_told_the_same_share_one_multicast(week):
    run_monday(week)
    report(week, 12)
    go_to(week, 24, 8.5, month=11)
    run_clock(week)
    managers = [rows_of(week, person)[-1] for person in (MANAGER, COLLEAGUE)]
    assert len({row.share_key for row in managers}) == 1
    assert {row.sent_as for row in managers} == {CallMethod.MULTICAST} and len({row.call_id for row in managers}) == 1
    assert rows_of(week, REVIEWER)[-1].sent_as is CallMethod.PUSH


def test_what_is_due_on_one_morning_is_one_message_of_the_quota_longest_first(week):
    go_to(week, 30, 12, month=11)
    report(week, 12)
    go_to(week, 1, 8.5)
    run_clock(week)  # nobody was told on Monday: the week before stands beside the month and the day
    [row] = rows_of(week, MANAGER)
    assert row.message_count == 3 and [notice.kind for notice in notices_of(week, MANAGER)] == [MONTH, WEEK, DAY]
    assert row.state is OutboxState.SENT


def test_readers_of_english_are_told_in_english(week):
    with week.database.transaction() as session:
        colleague = find_member(session, COLLEAGUE)
        colleague.language, colleague.writes_english = "en", True
    go_to(week, 1, 8.5)
    run_clock(week)
    [thai], [english] = rows_of(week, MANAGER), rows_of(week, COLLEAGUE)
    assert thai.share_key != english.share_key
    assert "2569" in text_of([row.message for row in week.line.messages_to(MANAGER)])


def test_who_blocked_the_account_is_not_told_and_costs_nothing(week):
    with week.database.transaction() as session:
        record_blocked(session, COLLEAGUE, week.clock.now())
    go_to(week, 1, 8.5)
    run_clock(week)
    assert rows_of(week, COLLEAGUE) == [] and notices_of(week, COLLEAGUE) == []
    assert heard(week, MANAGER) >= 1


def test_the_quarter_waits_for_its_cut(week):
    go_to(week, 15, 8.5, month=12)
    week.clock.advance(days=31)  # Friday 15 January 2027, 08.30
    run_clock(week)
    assert PeriodKind.QUARTER not in {notice.kind for notice in notices_of(week, MANAGER)}
    week.clock.advance(hours=1)
    cut_quarters(week.services)
    run_clock(week)
    quarters = [notice for notice in notices_of(week, MANAGER) if notice.kind is PeriodKind.QUARTER]
    assert [(one.first_on, one.last_on) for one in quarters] == [(date(2026, 10, 1), date(2026, 12, 31))]


# --- as the quota runs short ----------------------------------------------------------------------------------------


def test_as_it_runs_short_days_wait_for_the_person_and_ride_on_the_reply(week):
    before = run_monday(week)
    set_stage(week, Stage.MERGED)
    for day in (24, 25, 26):  # Tuesday to Thursday
        go_to(week, day, 8.5, month=11)
        run_clock(week)
        report(week, day - 10)
    go_to(week, 27, 8.5, month=11)
    run_clock(week)
    rows = rows_of(week, MANAGER)[1:]
    assert heard(week, MANAGER) == before
    assert [row.state for row in rows[:-1]] == [OutboxState.DROPPED] * (len(rows) - 1) and len(rows) == 3
    assert (rows[-1].state, rows[0].reason) == (OutboxState.HELD, "merged")

    pushed = len(week.calls("push", "multicast"))
    assert len(week.says(MANAGER, "สวัสดีค่ะ")) >= 2
    assert len(week.calls("push", "multicast")) == pushed
    [carrier] = [row for row in rows_of(week, MANAGER) if row.id == rows[-1].id]
    assert carrier.sent_as is CallMethod.REPLY
    days = [one for one in notices_of(week, MANAGER) if one.outbox_id == carrier.id]
    assert (days[0].first_on, days[-1].last_on) == (date(2026, 11, 24), date(2026, 11, 26))


def test_what_waited_is_told_by_the_week_and_costs_one_message(week):
    before = run_monday(week)
    set_stage(week, Stage.PLAIN)
    for day in (24, 25, 26):
        go_to(week, day, 10, month=11)
        report(week, day - 10)
        run_clock(week)
    go_to(week, 30, 8.5, month=11)
    run_clock(week)
    rows = rows_of(week, MANAGER)[1:]
    assert len(rows) > 2
    assert [row.state for row in rows] == [OutboxState.DROPPED] * (len(rows) - 1) + [OutboxState.SENT]
    assert heard(week, MANAGER) == before + 1  # the week alone: its days are in it
    told = [notice for notice in notices_of(week, MANAGER)[2:] if notice.outcome is TOLD]
    assert {notice.outbox_id for notice in told} == {rows[-1].id}


def test_at_the_last_stage_weeks_wait_too_and_the_next_tells_of_both(week):
    before = run_monday(week)
    set_stage(week, Stage.RIDE)
    go_to(week, 27, 8, month=11)
    report(week, 12)
    for day in (30, 37):
        go_to(week, 1, 8.5 + 24 * (day - 31))
        run_clock(week)
    assert heard(week, MANAGER) == before
    first, second = rows_of(week, MANAGER)[1:]
    assert (first.state, second.state) == (OutboxState.DROPPED, OutboxState.HELD)
    weeks = [(one.first_on, one.last_on) for one in notices_of(week, MANAGER)[2:] if one.kind is WEEK]
    assert weeks == [(date(2026, 11, 23), date(2026, 11, 29)), (date(2026, 11, 30), date(2026, 12, 6))]
    set_stage(week, Stage.FULL)
    go_to(week, 14, 8.5)
    run_clock(week)
    assert [row.state for row in rows_of(week, MANAGER)[1:]] == [OutboxState.DROPPED] * 2 + [OutboxState.SENT]
    weekly = next(one for one in reversed(week.line.messages_to(MANAGER)) if "23 พ.ย." in str(one.message))
    assert "13 ธ.ค." in str(weekly.message)


def test_a_person_in_quiet_hours_is_told_when_they_end_and_a_pause_piles_nothing_up(week):
    prefer(week, COLLEAGUE, paused_until=date(2026, 12, 3))
    week.services.settings = replace(week.services.settings, summary_at=time(6))
    go_to(week, 1, 6.5)
    run_clock(week)
    assert (heard(week, MANAGER), rows_of(week, MANAGER)[0].reason) == (0, "quiet_hours")
    go_to(week, 1, 7)
    run_clock(week)
    assert heard(week, MANAGER) >= 1
    for day in (2, 3):
        go_to(week, day, 7)
        report(week, 10 + day)
        run_clock(week)
    go_to(week, 4, 7)
    run_clock(week)
    assert {one.outcome for one in notices_of(week, COLLEAGUE) if one.due_on < date(2026, 12, 3)} == {PAUSED}
    assert [row.created_at.astimezone(BANGKOK).day for row in rows_of(week, COLLEAGUE)] == [3, 4]
