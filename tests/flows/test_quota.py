"""A month's messages that run short: promises go in time, news waits and rides, operators know, and nothing hammers."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import event, select

from bot.doctor import _rows as examine_rows
from bot.metrics import collect_metrics
from bot.quota_jobs import plan_quota, read_quota, release_parked_when_month_turns
from bot.schedule import Schedule, release_held_news
from models import line_calls, outbox, quota, quota_days
from models.members import Role, find_member
from models.outbox import REFUSED_TOGETHER, Importance, OutboxRow, Outgoing
from models.periods import PeriodKind
from models.preferences import NotificationPreferences
from models.quota_outlook import find_summaries_to_come
from models.quota_plan import Stage, SummariesToCome
from models.summary_notices import NoticeOutcome, SummaryNotice
from tests.office import SECRETARIAT, text_of

OFFICER, SECRETARY, SUPERVISOR, ADMIN, SECOND_ADMIN = ("U" + letter * 32 for letter in "abcde")
MANAGERS = tuple(f"U{number:032x}" for number in range(8))
NUMBER = "กท 1902/1335"
NEWS, PROMISE = Importance.NEWS, Importance.PROMISE


@pytest.fixture
def short(office):
    """An installation with 20 of 300 messages left, of which it keeps 15 for promises."""
    office.add_member(OFFICER)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT)
    for admin in (ADMIN, SECOND_ADMIN):
        office.add_member(admin, Role.ADMIN, unit=SECRETARIAT)
    office.line.quota.limit, office.line.quota.used = 300, 280
    ask_and_plan(office)
    return office


@pytest.fixture
def warned(short):
    """The same after its operators were told, which cost two messages."""
    short.work()
    ask_and_plan(short)
    return short


def ask_and_plan(office):
    read_quota(office.services)
    plan_quota(office.services)


def store(office, *items):
    now = office.clock.now()
    with office.database.transaction() as session:
        outbox.store_outgoing(session, items, asker="", token=None, asked_at=now, inbox_event_id=None, now=now)


def news(to, words, *, share_key=None, importance=NEWS) -> Outgoing:
    return Outgoing(({"type": "text", "text": words},), to=to, importance=importance, share_key=share_key)


def befriend(office, people):
    for person in people:
        office.line.add_friend(person, "ผู้จัดการ", "th")


def states(office, importance=NEWS):
    query = select(OutboxRow.state).where(OutboxRow.importance == importance).order_by(OutboxRow.id)
    with office.database.reading() as session:
        return [state.value for state in session.scalars(query)]


def known(office) -> quota.Quota:
    with office.database.reading() as session:
        return quota.get_quota(session)


def room(office) -> int | None:
    with office.database.transaction() as session:
        return quota.room_for_news(session)


def saved(office) -> quota_days.DayCounts:
    with office.database.reading() as session:
        return quota_days.find_month(session, office.clock.now())


def seen_by(office, person):
    return [row.message.get("text") or row.message["altText"] for row in office.line.messages_to(person)]


# --- little is left -------------------------------------------------------------------------------------------------


def test_promises_go_in_time_while_news_waits(warned):
    befriend(warned, MANAGERS)
    store(warned, *[news(manager, "สรุป", share_key="summary") for manager in MANAGERS])
    warned.work()
    assert states(warned) == ["sent"] * 3 + ["held"] * 5  # 18 are left, 15 of them kept

    warned.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    warned.clock.advance(minutes=1)
    assert "รับ" in text_of(warned.taps(SECRETARY, "รับทราบ"))
    warned.clock.advance(minutes=35)
    assert "เกินกำหนด" in text_of(warned.tick(SUPERVISOR))
    warned.says(SECRETARY, "แจ้งผล #1 เสนอปลัดแล้ว")
    warned.work()

    assert any("เสนอปลัดแล้ว" in words for words in seen_by(warned, OFFICER))
    assert set(states(warned, PROMISE)) == {"sent"}
    assert states(warned) == ["sent"] * 3 + ["held"] * 5


def test_what_is_held_rides_free_in_its_order_and_at_most_five_in_a_reply(warned):
    store(warned, *[news(OFFICER, f"ข่าว {number}") for number in range(1, 6)], news(MANAGERS[0], "อื่น"))
    befriend(warned, MANAGERS[:1])
    warned.line.quota.used = 285
    ask_and_plan(warned)
    warned.work()
    assert states(warned) == ["held"] * 6
    used, before = warned.line.quota.used, len(seen_by(warned, OFFICER))

    warned.says(OFFICER, "สวัสดี")
    (reply,) = warned.calls("reply")

    assert seen_by(warned, OFFICER)[before:][:4] == [f"ข่าว {number}" for number in range(1, 5)]
    assert len(reply.sent["messages"]) == 5
    assert warned.line.quota.used == used
    assert states(warned) == ["sent"] * 4 + ["held"] * 2
    assert (saved(warned).replies, saved(warned).rides) == (1, 4)


def test_what_waits_for_room_rides_on_a_push_that_goes_anyway(warned):
    warned.line.quota.used = 285
    ask_and_plan(warned)
    store(warned, news(OFFICER, "ข่าว"))
    warned.work()
    assert states(warned) == ["held"]
    used = warned.line.quota.used

    store(warned, news(OFFICER, "คำตอบ", importance=PROMISE))
    warned.work()

    assert seen_by(warned, OFFICER)[-2:] == ["ข่าว", "คำตอบ"]
    assert warned.line.quota.used == used + 1
    assert saved(warned).rides == 1


def test_a_night_push_takes_no_news_along(warned):
    warned.line.quota.used = 285
    ask_and_plan(warned)
    store(warned, news(OFFICER, "ข่าว"))
    warned.work()
    warned.clock.advance(hours=13)  # 22.00 in Bangkok

    store(warned, news(OFFICER, "เตือน", importance=PROMISE))
    warned.work()

    assert seen_by(warned, OFFICER)[-1] == "เตือน"
    assert states(warned) == ["held"]


def test_what_was_charged_since_line_was_asked_counts(warned):
    befriend(warned, MANAGERS)
    assert room(warned) == 3
    for number in range(8):
        store(warned, news(MANAGERS[number], f"ข่าว {number}"))
    warned.work()

    assert states(warned).count("sent") == 3
    assert room(warned) == 0
    assert known(warned).left == 15
    read_quota(warned.services)
    assert (known(warned).left, known(warned).cost_since) == (15, 0)


def test_a_call_on_its_way_counts_before_it_is_over(warned):
    befriend(warned, MANAGERS)
    warned.line.faults.fail_next(500, endpoint="multicast")
    store(warned, *[news(manager, "สรุป", share_key="summary") for manager in MANAGERS])
    warned.work()

    assert room(warned) == 0
    read_quota(warned.services)
    assert room(warned) == 0


def test_workers_side_by_side_take_no_more_than_there_is(warned):
    befriend(warned, MANAGERS)
    store(warned, *[news(manager, f"ข่าว {manager}") for manager in MANAGERS])
    ready, claimed = threading.Barrier(len(MANAGERS)), []

    def claim(person):
        ready.wait()
        with warned.database.transaction() as session:
            claimed.append(line_calls.claim_call(session, person, warned.clock.now()))

    workers = [threading.Thread(target=claim, args=(manager,)) for manager in MANAGERS]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len([call for call in claimed if call is not None]) == 3
    assert sorted(states(warned)) == ["held"] * 5 + ["sending"] * 3


def test_a_promise_to_more_than_are_left_reaches_as_many_as_it_can(warned):
    befriend(warned, MANAGERS)
    warned.line.quota.used = 295
    read_quota(warned.services)
    store(warned, *[news(manager, "ด่วน", share_key="urgent", importance=PROMISE) for manager in MANAGERS])
    for _ in range(3):
        warned.work()

    assert sum("ด่วน" in seen_by(warned, manager) for manager in MANAGERS) == 5
    assert warned.line.quota.used == 300
    assert states(warned, PROMISE)[-3:] == ["parked"] * 3


def test_lines_own_word_that_the_month_is_over_parks_what_it_refused(warned, logged):
    warned.line.faults.exhaust_quota()
    store(warned, news(OFFICER, "คำตอบ", importance=PROMISE), news(SUPERVISOR, "ข่าว"))
    warned.work()

    assert states(warned, PROMISE)[-1] == "parked"
    assert states(warned) in (["parked"], ["held"])
    assert "monthly_quota" in {entry.get("reason") for entry in logged if entry["event"] == "call_failed"}


# --- room again -----------------------------------------------------------------------------------------------------


def test_bought_messages_let_go_what_was_held(warned):
    befriend(warned, MANAGERS)
    store(warned, *[news(manager, "สรุป", share_key="summary") for manager in MANAGERS])
    warned.work()
    assert states(warned).count("held") == 5

    warned.line.quota.limit = 500
    ask_and_plan(warned)
    warned.work()

    assert states(warned) == ["sent"] * 8
    assert [len(call.sent["to"]) for call in warned.calls("multicast")][-2:] == [3, 5]


def test_no_more_is_let_go_than_there_is_room_for(warned):
    befriend(warned, MANAGERS)
    store(warned, *[news(manager, "สรุป", share_key="summary") for manager in MANAGERS])
    warned.work()
    warned.line.quota.limit = 304

    for _ in range(3):  # though nobody sends
        ask_and_plan(warned)

    assert states(warned).count("waiting") == 3
    warned.work()
    assert states(warned) == ["sent"] * 6 + ["held"] * 2


def test_a_new_month_lets_go_what_was_held_once_line_has_told(warned):
    befriend(warned, MANAGERS)
    store(warned, *[news(manager, "สรุป", share_key="summary") for manager in MANAGERS])
    warned.work()
    turn = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    warned.clock.advance(seconds=(turn - warned.clock.now()).total_seconds())
    warned.line.quota.used = 0
    release_parked_when_month_turns(warned.services)
    plan_quota(warned.services)
    assert states(warned).count("held") == 5
    assert (known(warned).used, known(warned).stage) == (None, None)

    ask_and_plan(warned)
    warned.work()

    assert states(warned) == ["sent"] * 8
    assert known(warned).stage is Stage.FULL


def test_a_daily_summary_waits_for_a_longer_one_while_they_are_merged(warned):
    warned.line.quota.used = 285
    ask_and_plan(warned)
    store(warned, news(OFFICER, "รายวัน"), news(SUPERVISOR, "รายสัปดาห์"))
    warned.work()
    kinds = {OFFICER: PeriodKind.DAY, SUPERVISOR: PeriodKind.WEEK}
    with warned.database.transaction() as session:
        for row in session.scalars(select(OutboxRow).where(OutboxRow.importance == NEWS)):
            told = {"due_on": date(2026, 11, 20), "first_on": date(2026, 11, 19), "last_on": date(2026, 11, 19)}
            member = find_member(session, row.recipient).id
            session.add(
                SummaryNotice(
                    member_id=member,
                    kind=kinds[row.recipient],
                    outcome=NoticeOutcome.TOLD,
                    outbox_id=row.id,
                    noted_at=warned.clock.now(),
                    **told,
                )
            )

    warned.line.quota.used = 281  # room for a few, not for all that is to come
    ask_and_plan(warned)
    warned.work()
    assert known(warned).stage in (Stage.MERGED, Stage.PLAIN)
    assert states(warned) == ["held", "sent"]

    warned.line.quota.used = 0
    ask_and_plan(warned)
    warned.work()
    assert states(warned) == ["sent", "sent"]
    assert saved(warned).summaries == 2


def test_what_line_refuses_in_company_stays_alone_though_it_was_held(warned):
    store(warned, news(OFFICER, "ข่าว"))
    with warned.database.transaction() as session:
        session.scalars(select(OutboxRow).where(OutboxRow.importance == NEWS)).one().reason = REFUSED_TOGETHER
    warned.line.quota.used = 285
    ask_and_plan(warned)
    warned.work()
    assert states(warned) == ["held"]

    warned.says(OFFICER, "สวัสดี")

    assert states(warned) == ["held"]
    assert len(warned.calls("reply")[-1].sent["messages"]) == 1


# --- operators ------------------------------------------------------------------------------------------------------


def test_operators_hear_once_of_80_and_of_95_percent(short, logged):
    def heard():
        return [words for words in seen_by(short, ADMIN) if "โควตาข้อความ" in words]

    for _ in range(3):
        ask_and_plan(short)
        short.work()
    assert len(heard()) == 1
    assert "93 %" in heard()[0] and "ใช้ไป 280 ข้อความ" in heard()[0]

    short.line.quota.used = 287
    for _ in range(3):
        ask_and_plan(short)
        short.work()
    assert len(heard()) == 2
    assert "พักการส่งสรุปและข่าวแล้ว" in heard()[1]
    assert heard() == [words for words in seen_by(short, SECOND_ADMIN) if "โควตาข้อความ" in words]
    assert [entry["used_percent"] for entry in logged if entry["event"] == "quota_warning"] == [95]


def test_without_operators_the_log_has_the_warning(office, logged):
    office.line.quota.limit, office.line.quota.used = 300, 290
    ask_and_plan(office)
    ask_and_plan(office)

    assert [entry["told"] for entry in logged if entry["event"] == "quota_warning"] == [0]
    assert states(office, PROMISE) == []


def test_nothing_is_planned_before_line_has_told(office):
    plan_quota(office.services)
    assert (known(office).stage, known(office).reserved, room(office)) == (None, None, None)


def test_without_a_limit_nothing_is_held(office):
    befriend(office, MANAGERS)
    ask_and_plan(office)
    store(office, *[news(manager, "สรุป", share_key="summary") for manager in MANAGERS])
    office.work()
    assert states(office) == ["sent"] * 8
    assert (known(office).stage, room(office)) == (Stage.FULL, None)


# --- nothing hammers ------------------------------------------------------------------------------------------------


def test_a_day_without_room_asks_line_for_its_figure_and_nothing_else(warned):
    befriend(warned, MANAGERS)
    warned.line.quota.used = 285
    ask_and_plan(warned)
    store(warned, *[news(manager, "สรุป", share_key="summary") for manager in MANAGERS])
    warned.work()
    assert states(warned) == ["held"] * 8
    minutes = {read_quota: 5, plan_quota: 5, release_parked_when_month_turns: 1, release_held_news: 1}
    jobs = [job for job in Schedule(warned.services)._jobs if job.run in minutes]
    schedule, asked, writes = Schedule(warned.services, tuple(jobs)), len(warned.line.calls), []

    @event.listens_for(warned.database.engine, "before_cursor_execute")
    def watch(connection, cursor, statement, *_):
        if statement.startswith(("UPDATE outbox", "INSERT INTO line_calls")):
            writes.append(statement)

    for _ in range(8 * 6):
        warned.clock.advance(minutes=10)
        schedule.run_due()
        warned.work()
    event.remove(warned.database.engine, "before_cursor_execute", watch)

    kinds = [call.kind for call in warned.line.calls[asked:]]
    assert (kinds.count("quota"), kinds.count("consumption")) == (48, 48)
    assert set(kinds) == {"quota", "consumption"}
    assert states(warned) == ["held"] * 8
    assert [one for one in writes if one.startswith("INSERT")] == []
    assert len(writes) <= 48 * 4  # each job looks once for what it may let go; no row goes to and fro


# --- figures --------------------------------------------------------------------------------------------------------


def test_saved_messages_are_counted_once_whenever_they_are_counted(warned):
    befriend(warned, MANAGERS)
    store(warned, *[news(manager, "สรุป", share_key="summary") for manager in MANAGERS[:2]])
    store(warned, news(OFFICER, "ข่าว"), news(OFFICER, "คำตอบ", importance=PROMISE))
    warned.work()
    warned.says(OFFICER, "สวัสดี")
    found = saved(warned)
    assert found == quota_days.DayCounts(promises=3, news=2, replies=1, rides=1)

    for _ in range(3):
        plan_quota(warned.services)
        assert saved(warned) == found
        warned.clock.advance(minutes=5)
    with warned.database.reading() as session:
        assert [row.rides for row in session.scalars(select(quota_days.QuotaDay))] == [1]
        assert quota_days.find_all(session) == found


def test_a_call_that_ends_late_is_counted_then(warned):
    warned.line.faults.fail_next(500, endpoint="push")
    store(warned, news(OFFICER, "คำตอบ", importance=PROMISE))
    warned.work()
    warned.says(SUPERVISOR, "สวัสดี")
    warned.clock.advance(minutes=5)
    plan_quota(warned.services)
    before = saved(warned)

    warned.work()
    warned.clock.advance(minutes=5)
    plan_quota(warned.services)

    assert saved(warned) == before + quota_days.DayCounts(promises=1)


def test_the_reserve_grows_with_what_promises_have_cost(office):
    office.add_member(OFFICER)
    office.line.quota.limit = 300
    for number in range(10):
        store(office, news(OFFICER, f"คำตอบ {number}", importance=PROMISE))
        office.work()
    office.clock.advance(days=3)  # Monday
    ask_and_plan(office)

    assert known(office).reserved == 75  # ten a working day, six working days left, and a quarter more
    assert known(office).forecast == 10 + 60


def test_summaries_to_come_are_counted_by_people_and_days(office):
    office.add_member(OFFICER, Role.COORDINATOR)
    office.add_member(SUPERVISOR, Role.SUPERVISOR, unit=SECRETARIAT)
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    calendar, now = office.services.service_calendar(), office.clock.now()
    with office.database.transaction() as session:
        # Monday to Monday are six working days, with two on which a week's summary is due.
        assert find_summaries_to_come(session, calendar, now) == SummariesToCome(full=12, merged=4)
        member = find_member(session, OFFICER).id
        session.add(
            NotificationPreferences(
                member_id=member,
                summaries_off="day",
                summary_at=time(8, 30),
                has_own_hours=False,
                changed_at=now,
            )
        )
        session.flush()
        assert find_summaries_to_come(session, calendar, now) == SummariesToCome(full=8, merged=4)


def test_metrics_and_the_doctor_show_the_quota(warned):
    store(warned, news(OFFICER, "ข่าว"), news(OFFICER, "คำตอบ", importance=PROMISE))
    warned.work()
    warned.line.quota.used = 290
    ask_and_plan(warned)
    with warned.database.reading() as session:
        calendar = warned.services.service_calendar()
        families = collect_metrics(session, calendar, warned.clock.now())
    found = {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}

    shown = [found[f"tidtam_quota_{name}",] for name in ("allowance", "used", "left", "reserved")]
    assert shown == [300, 290, 10, 10]
    assert found["tidtam_quota_forecast",] >= 290
    assert [found["tidtam_quota_stage", stage.value] for stage in Stage] == [0, 0, 0, 1]
    assert (found["tidtam_quota_saved_total", "reply"], found["tidtam_quota_saved_total", "ride"]) == (0, 1)
    (finding,) = [one for one in examine_rows(warned.database) if one.part == "quota"]
    assert finding.is_problem and "buy more" in finding.mend
