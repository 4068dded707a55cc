"""The composition root: everything a process needs, built once from the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.catalog import read_catalog, shipped_word_paths
from bot.clock import Clock, SystemClock
from bot.evidence_store import EvidenceStore, open_store
from bot.line import HTTPLINEClient, LINEClient
from bot.service_calendar import CalendarCache, span_of
from bot.settings import Settings
from bot.signed_links import CHART, EVIDENCE, REPORT, SignedLinks, open_links, pictures_reach_phones
from bot.tasks import HueyQueue, WakeQueue, open_queue
from bot.understanding import Understanding, Vocabulary, understand
from bot.vocabulary import vocabulary_from_catalog, vocabulary_from_database
from models.chart_terms import ChartAsked
from models.documents import BANGKOK
from models.monthly_views import ReportAddress, ReportAsked
from models.service_terms import ServiceTerms
from models.session import Database
from models.working_time import ServiceCalendar


@dataclass
class Services:
    """What the edge works with. Handlers and models never see it."""

    settings: Settings
    database: Database
    clock: Clock
    queue: WakeQueue
    line: LINEClient
    build_vocabulary: Callable[[], Vocabulary]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The catalog's words, read at first use and kept while the process lives."""
        return self.build_vocabulary()

    @cached_property
    def evidence(self) -> EvidenceStore:
        """Where photos and files lie."""
        return open_store(self.settings)

    @cached_property
    def evidence_links(self) -> SignedLinks | None:
        """Addresses at which they are looked at; None where this installation has none."""
        return open_links(EVIDENCE, self.settings, self.clock)

    @cached_property
    def chart_links(self) -> SignedLinks | None:
        """Addresses of charts for LINE's messages; None where LINE would not take them."""
        return open_links(CHART, self.settings, self.clock) if pictures_reach_phones(self.settings) else None

    @cached_property
    def report_links(self) -> SignedLinks | None:
        """Addresses of reports as files; None where this installation has none."""
        return open_links(REPORT, self.settings, self.clock)

    @property
    def evidence_address(self) -> Callable[[int], str] | None:
        """Gives where an item of evidence is looked at for an hour; None where this installation has no addresses."""
        links = self.evidence_links
        return None if links is None else lambda evidence_id: links.address_of([evidence_id])

    @property
    def report_address(self) -> Callable[[ReportAsked], ReportAddress] | None:
        """Gives where a month's report is found for a day; None where this installation has no addresses."""
        links = self.report_links
        if links is None:
            return None
        return lambda asked: ReportAddress(
            links.address_of(asked.as_values(), from_instant=asked.as_of), asked.as_of + REPORT.shown_for
        )

    def chart_address(self, asked: ChartAsked) -> str | None:
        """Where a chart is drawn for a week from when it was asked for; equal charts have equal addresses."""
        if self.chart_links is None:
            return None
        return self.chart_links.address_of(asked.as_values(), from_instant=asked.as_of)

    def warm_up(self) -> None:
        """Read and work out what understanding needs, half a second's work, before the first question waits for it."""
        understand("สวัสดี", self.vocabulary)

    def understand(self, text: str, said_at: datetime) -> Understanding:
        """What a text means in the words of this installation's catalog, said at an instant in Bangkok."""
        return understand(text, self.vocabulary, today=said_at.astimezone(BANGKOK).date())

    def terms(self) -> ServiceTerms:
        """What the service promises now, by the calendar as it stands."""
        settings = self.settings
        return ServiceTerms(
            calendar=self.service_calendar(),
            acknowledge_within=settings.acknowledge_within,
            answer_within=settings.answer_within,
            acknowledge_warnings=settings.acknowledge_warnings,
            answer_warnings=settings.answer_warnings,
            stale_after_working_days=settings.answer_stale_after.working_days,
        )

    def service_calendar(self) -> ServiceCalendar:
        """The calendar of service as it is now; a change is seen within five seconds."""
        return self._calendars.current()

    @cached_property
    def _calendars(self) -> CalendarCache:
        return CalendarCache(self.database, span_of(self.settings.service_hours), self.clock)

    def close(self) -> None:
        """Give the database's connections back."""
        self.database.close()


def build_services(settings: Settings, queue: WakeQueue | None = None) -> Services:
    """Build the services of one process; nothing is connected to before it is used."""
    database = Database(settings.database_url)
    return Services(
        settings=settings,
        database=database,
        clock=SystemClock(),
        queue=queue if queue is not None else open_process_queue(settings),
        line=HTTPLINEClient(settings.line_channel_access_token, settings.line_api_url, settings.line_data_api_url),
        build_vocabulary=lambda: _vocabulary(database),
    )


def open_process_queue(settings: Settings) -> HueyQueue:
    """The queue that the processes of this installation share."""
    return open_queue(settings.redis_url, settings.queue_file)


def shipped_vocabulary() -> Vocabulary:
    """The words of the catalog that comes with the product."""
    return vocabulary_from_catalog(read_catalog(shipped_word_paths()))


def _vocabulary(database: Database) -> Vocabulary:
    with database.reading() as session:
        loaded = vocabulary_from_database(session)
    return loaded if loaded.units else shipped_vocabulary()
