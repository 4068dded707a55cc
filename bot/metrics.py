"""``/metrics`` for Prometheus, computed from the rows: they are the record, whichever process did the work.

A scrape costs a few aggregate queries; answers are kept for ``CACHE_SECONDS`` so that several scrapers cost no more.
Rows are never deleted (only their texts are emptied), so counters only grow.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from sqlalchemy.orm import Session

from bot.deadlines import moment_of_service
from bot.wiring import Services
from models import duty_shifts, inbox, outbox_upkeep, quota, request_timers, requests, unclear
from models.duty_shifts import RecipientKind
from models.inbox import InboxState
from models.members import Role
from models.quota_days import find_all
from models.quota_plan import Stage
from models.working_time import ServiceCalendar

CACHE_SECONDS = 2.0
ANSWER_BUCKETS = (0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 600, 840, 900, 960, 1200, 1500, 1740, 1800, 1860, 3600, 86400)
"""Seconds; close around one second and around the promises of 15 and 30 minutes."""


def create_metrics(services: Services) -> Blueprint:
    """The blueprint of ``GET /metrics``."""
    blueprint = Blueprint("metrics", __name__)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_RowCollector(services))

    @blueprint.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return blueprint


class _RowCollector:
    """Reads the rows when Prometheus asks."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = threading.Lock()
        self._read_at = float("-inf")
        self._metrics: list[Metric] = []

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterable[Metric]:
        with self._lock:
            if time.monotonic() - self._read_at > CACHE_SECONDS:
                calendar = self._services.service_calendar()
                with self._services.database.reading() as session:
                    self._metrics = collect_metrics(session, calendar, self._services.clock.now())
                self._read_at = time.monotonic()
            return self._metrics


def collect_metrics(session: Session, calendar: ServiceCalendar, now: datetime) -> list[Metric]:
    """All metric families as they stand in the database."""
    return [
        *_inbox_metrics(session, now),
        *_outbox_metrics(session, now),
        _answer_times(session),
        *_quota(session),
        *_request_metrics(session, calendar, now),
        *_timer_metrics(session, calendar, now),
        _unclear_utterances(session),
    ]


def _inbox_metrics(session: Session, now: datetime) -> Iterable[Metric]:
    by_state = inbox.count_events_by_state(session)
    yield CounterMetricFamily("tidtam_events_stored", "Webhook events stored", value=sum(by_state.values()))
    yield CounterMetricFamily("tidtam_events_answered", "Events handled to the end", value=by_state[InboxState.DONE])
    yield GaugeMetricFamily("tidtam_events_dead", "Events given up after the last try", value=by_state[InboxState.DEAD])
    waiting = by_state[InboxState.WAITING] + by_state[InboxState.WORKING]
    yield GaugeMetricFamily("tidtam_events_waiting", "Events not yet handled", value=waiting)
    delay = _age(inbox.oldest_waiting_at(session), now)
    yield GaugeMetricFamily("tidtam_queue_delay_seconds", "Age of the oldest event not yet handled", value=delay)


def _outbox_metrics(session: Session, now: datetime) -> Iterable[Metric]:
    rows = GaugeMetricFamily("tidtam_outbox", "Outgoing rows by state", labels=["state"])
    for state, count in outbox_upkeep.count_outbox_by_state(session).items():
        rows.add_metric([state.value], count)
    yield rows
    delay = _age(outbox_upkeep.oldest_outgoing_at(session), now)
    yield GaugeMetricFamily("tidtam_outbox_delay_seconds", "Age of the oldest row not yet sent", value=delay)


def _answer_times(session: Session) -> Metric:
    counts, total_seconds = outbox_upkeep.answer_time_histogram(session, ANSWER_BUCKETS)
    buckets = [(str(float(bound)), count) for bound, count in zip(ANSWER_BUCKETS, counts, strict=False)]
    family = HistogramMetricFamily("tidtam_answer_seconds", "From the question to LINE's acceptance of its answer")
    family.add_metric([], [*buckets, ("+Inf", counts[-1])], total_seconds)
    return family


def _quota(session: Session) -> Iterable[Metric]:
    """What LINE has not told, or what nobody planned yet, is left out: it is not zero."""
    known = quota.get_quota(session)
    figures = (
        ("allowance", "Messages allowed a month", known.allowance),
        ("used", "Messages used this month", known.used_now),
        ("left", "Messages left this month", known.left),
        ("forecast", "Messages that the whole month is expected to cost", known.forecast),
        ("reserved", "Messages kept for acknowledgements, answers and escalations", known.reserved),
    )
    for name, meaning, value in figures:
        if value is not None:
            yield GaugeMetricFamily(f"tidtam_quota_{name}", meaning, value=value)
    if known.stage is not None:
        stages = GaugeMetricFamily("tidtam_quota_stage", "1 for how far summaries step back now", labels=["stage"])
        for stage in Stage:
            stages.add_metric([stage.value], 1 if stage is known.stage else 0)
        yield stages
    saved, counts = CounterMetricFamily("tidtam_quota_saved", "Messages saved", labels=["by"]), find_all(session)
    saved.add_metric(["reply"], counts.replies)
    saved.add_metric(["ride"], counts.rides)
    yield saved
    exhausted = 1 if known.exhausted_until is not None else 0
    yield GaugeMetricFamily("tidtam_quota_exhausted", "1 while pushes are parked", value=exhausted)


def _request_metrics(session: Session, calendar: ServiceCalendar, now: datetime) -> Iterable[Metric]:
    by_state = requests.count_open_requests(session)
    waiting = GaugeMetricFamily("tidtam_requests_open", "Requests not yet answered, by state", labels=["state"])
    for state, count in by_state.items():
        waiting.add_metric([state.value], count)
    yield waiting
    late = GaugeMetricFamily("tidtam_requests_late", "Of these, late by part", labels=["part"])
    for part, count in zip(("acknowledge", "answer"), requests.count_late_open_requests(session, now), strict=True):
        late.add_metric([part], count)
    yield late
    on_duty = duty_shifts.list_on_duty(session, calendar, now)
    supervisors = duty_shifts.list_with_role(session, Role.SUPERVISOR)
    told = duty_shifts.who_to_tell(session, calendar, now).kind
    alone = sum(by_state.values()) if told in (RecipientKind.ADMINS, RecipientKind.NOBODY) else 0
    yield GaugeMetricFamily("tidtam_duty_officers", "Officers on duty now", value=len(on_duty))
    yield GaugeMetricFamily("tidtam_supervisors", "Supervisors who can be told", value=len(supervisors))
    yield GaugeMetricFamily(
        "tidtam_requests_unattended", "Requests not yet answered with no officer on duty and no supervisor", value=alone
    )


def _timer_metrics(session: Session, calendar: ServiceCalendar, now: datetime) -> Iterable[Metric]:
    fired = CounterMetricFamily("tidtam_timers_fired", "Deadlines told, by kind", labels=["kind"])
    for kind, count in request_timers.count_fired_timers(session).items():
        fired.add_metric([kind.value], count)
    yield fired
    is_open = calendar.is_open_at(moment_of_service(calendar, now))
    overdue = _age(request_timers.next_due_at(session, is_open=is_open), now)
    yield GaugeMetricFamily("tidtam_timers_overdue_seconds", "Age of the oldest deadline not yet told", value=overdue)


def _unclear_utterances(session: Session) -> Metric:
    """Kinds are of our own making, never words of people: what sort of text it was, or the intents in question."""
    family = CounterMetricFamily(
        "tidtam_unclear_utterances", "Texts not understood at once, by outcome and kind", labels=["outcome", "kind"]
    )
    for (outcome, kind), count in unclear.count_unclear(session).items():
        family.add_metric([outcome.value, kind], count)
    return family


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
