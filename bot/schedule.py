"""The clock process: what happens by the hour rather than by a person's word.

Deadlines run on a thread of their own, to the second (``bot.deadlines``). The jobs here may take their time: each is a
function on rows that may run twice. Two clocks side by side do no harm.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.deadlines import Deadlines, run_deadlines
from bot.government_holidays import fill_calendar, years_to_seed
from bot.indicator_jobs import remind_coordinators, tell_reviewers
from bot.indicator_upkeep import compute_figures, cut_quarters, forget_report_drafts
from bot.line import LINEError
from bot.logs import get_logger
from bot.quota_jobs import plan_quota, read_quota, release_parked_when_month_turns
from bot.receiving import delete_unused_files
from bot.rich_menu_links import assign_menus
from bot.stopping import exit_after
from bot.summary_jobs import send_summaries
from bot.wiring import Services
from models import (
    conversations,
    evidence,
    inbox,
    members,
    month_cuts,
    outbox_upkeep,
    pending,
    ratings,
    requests,
    service_facts,
)
from models.counting import calendar_loader
from models.holding import release_held

TICK_SECONDS = 1.0
STOP_SECONDS = 8
COUNTED_AT_ONCE = 10_000
"""Requests folded into the facts before other jobs have their turn."""


@dataclass(frozen=True)
class Job:
    """Something to do every so often."""

    name: str
    every: timedelta
    run: Callable[[Services], None]


def release_held_news(services: Services) -> None:
    """Let news go on that waited for the end of somebody's quiet hours."""
    with services.database.transaction() as session:
        released = release_held(session, services.clock.now())
    services.queue.wake_recipients(released)


def forget_old_texts(services: Services) -> None:
    """Empty the texts of messages whose time is over; rows and time stamps stay. What people spoke of goes whole.

    Photos and files that were sent for nothing are withdrawn at the same age, and their files deleted by the sweep.
    """
    now = services.clock.now()
    before = now - services.settings.keep_messages
    with services.database.transaction() as session:
        emptied = inbox.forget_texts_before(session, before)
        outbox_upkeep.forget_texts_before(session, before)
        ratings.forget_words_before(session, before)
        requests.forget_questions_before(session, before)
        conversations.forget_topics_before(session, now)
        pending.forget_actions_before(session, now)
    with services.database.transaction() as session:
        withdrawn = evidence.withdraw_unattached_before(session, before, now)
    if emptied or withdrawn:
        get_logger().info("old_texts_forgotten", events=emptied, evidence=withdrawn)


def read_profiles(services: Services) -> None:
    """Ask LINE for the names and languages of members of whom it is not known, or was learned long ago.

    Where LINE does not answer the job ends; what is known stays, and the rest is asked for the next time.
    """
    with services.database.reading() as session:
        unknown = members.list_line_ids_to_learn_of(session, services.clock.now())
    for line_user_id in unknown:
        profile = services.line.get_profile(line_user_id)
        with services.database.transaction() as session:
            members.record_profile(session, line_user_id, profile, services.clock.now())


def sweep_withdrawn_evidence(services: Services) -> None:
    """Delete files of evidence that nobody may see any more, and those of which a killed worker told nobody."""
    deleted = delete_unused_files(services)
    if deleted:
        get_logger().info("evidence_deleted", files=deleted)


def extend_calendar(services: Services) -> None:
    """Fill in the government's holidays, so that next year is there before it begins."""
    now = services.clock.now()
    changed = fill_calendar(services.database, years_to_seed(now), now)
    if changed:
        get_logger().info("calendar_extended", days=changed)


def count_settled_requests(services: Services) -> None:
    """Fold what is answered or withdrawn into the facts of the indicator, a few hundred in a transaction."""
    counted, folded = 0, service_facts.FOLDED_AT_ONCE
    while folded == service_facts.FOLDED_AT_ONCE and counted < COUNTED_AT_ONCE:
        with services.database.transaction() as session:
            folded = service_facts.count_settled(session, calendar_loader(session), services.clock.now())
        counted += folded


def cut_last_month(services: Services) -> None:
    """Keep the figures of the month before, from the third day of this one on."""
    now = services.clock.now()
    with services.database.reading() as session:
        month = month_cuts.is_due(session, now)
    if month is None:
        return
    with services.database.transaction() as session:
        service_facts.hold_still(session)
        is_cut = month_cuts.cut_month(session, month, now=now, calendars=calendar_loader(session))
    if is_cut:
        get_logger().info("month_cut", month=f"{month:%Y-%m}")


JOBS: tuple[Job, ...] = (
    Job("read_quota", timedelta(minutes=5), read_quota),
    Job("release_parked_when_month_turns", timedelta(minutes=1), release_parked_when_month_turns),
    Job("release_held_news", timedelta(seconds=15), release_held_news),
    Job("send_summaries", timedelta(minutes=1), send_summaries),
    Job("forget_old_texts", timedelta(hours=1), forget_old_texts),
    Job("sweep_withdrawn_evidence", timedelta(minutes=1), sweep_withdrawn_evidence),
    Job("extend_calendar", timedelta(days=1), extend_calendar),
    Job("count_settled_requests", timedelta(seconds=30), count_settled_requests),
    Job("cut_last_month", timedelta(minutes=1), cut_last_month),
    Job("remind_coordinators", timedelta(minutes=5), remind_coordinators),
    Job("tell_reviewers", timedelta(minutes=1), tell_reviewers),
    Job("read_profiles", timedelta(seconds=20), read_profiles),
    Job("assign_menus", timedelta(seconds=20), assign_menus),
    Job("compute_figures", timedelta(minutes=5), compute_figures),
    Job("cut_quarters", timedelta(hours=1), cut_quarters),
    Job("forget_report_drafts", timedelta(hours=1), forget_report_drafts),
    Job("plan_quota", timedelta(minutes=5), plan_quota),  # after the jobs that make news, and after read_quota
)


class Schedule:
    """Runs every job when its time has come; a job that fails is logged and comes again."""

    def __init__(self, services: Services, jobs: tuple[Job, ...] = JOBS) -> None:
        self._services = services
        self._next_run: dict[str, datetime] = {}
        self._jobs = jobs

    def run_due(self) -> list[str]:
        """Run what is due now; gives the names of the jobs that ran."""
        due = [job for job in self._jobs if self._next_run.get(job.name, self._services.clock.now()) <= self._now()]
        for job in due:
            self._next_run[job.name] = self._now() + job.every
            self._run(job)
        return [job.name for job in due]

    def _now(self) -> datetime:
        return self._services.clock.now()

    def _run(self, job: Job) -> None:
        try:
            job.run(self._services)
        except LINEError as error:
            get_logger().warning("job_failed", job=job.name, reason=error.reason)
        except Exception as error:  # it comes again at its next time
            get_logger().error("job_failed", job=job.name, error=type(error).__name__)


def run_clock(services: Services) -> None:
    """Run until SIGTERM or SIGINT; a job that takes longer than eight seconds is cut off, and comes again."""
    stopping = threading.Event()

    def stop(*_: object) -> None:
        stopping.set()
        exit_after(STOP_SECONDS)

    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, stop)
    deadlines = threading.Thread(
        target=run_deadlines, args=(Deadlines(services), stopping), name="deadlines", daemon=True
    )
    deadlines.start()
    get_logger().info("clock_started", jobs=len(JOBS))
    run_schedule(Schedule(services), stopping)
    deadlines.join(STOP_SECONDS)
    get_logger().info("clock_stopped")


def run_schedule(schedule: Schedule, stopping: threading.Event) -> None:
    """Run what is due, every second, until told to stop."""
    while not stopping.is_set():
        schedule.run_due()
        stopping.wait(TICK_SECONDS)
