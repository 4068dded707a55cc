"""What the clock does for summaries: everybody is told at their hour what is due, once, in one message.

Facts are read once for all, messages are made with no transaction open, and notices and messages are stored a few
hundred people at a time: a clock that is killed goes on with the rest a minute later, and of two clocks side by side
one tells each person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.logs import get_logger
from bot.wiring import Services
from messages.language import Language, speaking
from messages.limits import Json, require_sendable
from messages.summaries import all_well, summary_card
from models.audiences import Audience, Recipient, list_audiences
from models.counting import calendar_loader
from models.holding import RESERVE
from models.indicator_cuts import waits_for_cut
from models.outbox import SharedContent, share_content
from models.periods import PeriodKind
from models.preference_terms import Usual
from models.quota import find_stage
from models.quota_plan import Stage
from models.summary_facts import SummaryFacts
from models.summary_notices import NoticeOutcome, Person, Settled, Waits, find_waiting, list_people_due, settle
from models.summary_schedule import AFTER_A_CUT, Due, list_standing
from models.summary_tellings import Telling, fold, is_held, join
from models.summary_terms import Summary
from models.working_time import BANGKOK, ServiceCalendar

_T = TypeVar("_T")

PEOPLE_AT_ONCE = 500
WOKEN_AT_ONCE = 4
"""Contents whose delivery is one task: a worker's threads share them out."""


@dataclass(frozen=True)
class _Reader:
    """Somebody to whom something is due; in the order in which people of one content stand together."""

    person: Person
    recipient: Recipient
    audience: Audience


@dataclass(frozen=True)
class _Message:
    """What is told to some people; ``told`` are the kinds of what was due that it tells."""

    content: SharedContent | None
    told: frozenset[PeriodKind]


def send_summaries(services: Services, people_at_once: int = PEOPLE_AT_ONCE) -> None:
    """Store the summaries of those whose hour has come, so many people in a transaction."""
    now = services.clock.now()
    calendar = services.service_calendar()
    with services.database.reading() as session:
        people = _list_people(session, services, calendar, now)
        if not people:
            return
        readers = _list_readers(people, list_audiences(session))
        stage = find_stage(session)
    round_ = _Round(services, calendar, now, stage)
    for some in _batches(readers, people_at_once):
        _store(services, round_.settle(some), now)


def _list_people(session: Session, services: Services, calendar: ServiceCalendar, now: datetime) -> list[Person]:
    today = now.astimezone(BANGKOK).date()
    usual = Usual(services.settings.summary_at, services.settings.quiet_hours)
    standing = list_standing(calendar, today)
    people = list_people_due(session, standing, usual, now)
    cut = {due for person in people for due in person.due if due.kind in AFTER_A_CUT}
    too_early = {due for due in cut if waits_for_cut(session, due.last, today)}
    if not too_early:
        return people
    ready = [due for due in standing if due not in too_early]
    return list_people_due(session, ready, usual, now)


def _list_readers(people: Iterable[Person], audiences: Mapping[Audience, Sequence[Recipient]]) -> list[_Reader]:
    """Those of the people who belong to an audience, audience after audience."""
    due = {person.member_id: person for person in people}
    return [
        _Reader(due[recipient.member_id], recipient, audience)
        for audience, recipients in audiences.items()
        for recipient in sorted(recipients, key=lambda one: (one.reads_english, one.member_id))
        if recipient.member_id in due
    ]


def _store(services: Services, settled: Sequence[Settled], now: datetime) -> None:
    """Note and store what becomes of some people's summaries, and have the messages delivered."""
    with services.database.transaction() as session:
        told = settle(session, settled, now)
    pushed = [(person.recipient, person.content) for person in told if person.content and not person.content.held_for]
    first_of = {content.share_key: recipient for recipient, content in reversed(pushed)}
    for recipients in _batches(first_of.values(), WOKEN_AT_ONCE):
        services.queue.wake_recipients(recipients)
    counts = {"told": len(told), "contents": len(first_of), "held": len(told) - len(pushed)}
    get_logger().info("summaries_stored", people=len(settled), **counts)


@dataclass
class _Round:
    """The making of messages in one run of the job; what was read for one is used for all."""

    services: Services
    calendar: ServiceCalendar
    now: datetime
    stage: Stage
    _facts: dict[tuple[PeriodKind, date, date], SummaryFacts] = field(default_factory=dict)

    def settle(self, readers: Sequence[_Reader]) -> list[Settled]:
        """What becomes of what is due to some people."""
        with self.services.database.reading() as session:
            waiting = find_waiting(session, [reader.recipient.line_user_id for reader in readers])
        made: dict[object, _Message] = {}
        return [self._settle_one(reader, waiting.get(reader.person.member_id, Waits()), made) for reader in readers]

    def _settle_one(self, reader: _Reader, waits: Waits, made: dict[object, _Message]) -> Settled:
        person, recipient = reader.person, reader.recipient
        paused_until = person.preferences.paused_until
        if paused_until is not None and self.now.astimezone(BANGKOK).date() < paused_until:
            outcomes = tuple((due, NoticeOutcome.PAUSED) for due in person.due)
            return Settled(person.member_id, recipient.line_user_id, outcomes)
        wanted = tuple(due for due in person.due if due.kind not in person.preferences.summaries_off)
        tellings = join(wanted, waits.tellings)
        key = (reader.audience, recipient.reads_english, tellings)
        if key not in made:
            with speaking(Language.ENGLISH if recipient.reads_english else Language.THAI):
                made[key] = self._compose(reader.audience, tellings)
        message = made[key]
        outcomes = tuple((due, _outcome(due, wanted, message)) for due in person.due)
        instead_of = waits.rows if message.content else ()
        return Settled(person.member_id, recipient.line_user_id, outcomes, message.content, instead_of)

    def _compose(self, audience: Audience, tellings: Sequence[Telling]) -> _Message:
        summaries = {telling: self._summary(audience, telling) for telling in tellings}
        told = [one for one in tellings if one.waited or one.kind is not PeriodKind.DAY or summaries[one].is_news]
        kinds = frozenset(one.kind for one in told if one.due)
        if not kinds:
            return _Message(None, kinds)
        messages = [message for one in fold(told, self.stage) for message in self._cards(summaries[one])]
        require_sendable(messages)
        return _Message(share_content("summary", messages, RESERVE if is_held(told, self.stage) else None), kinds)

    def _summary(self, audience: Audience, telling: Telling) -> Summary:
        days = telling.kind, telling.first, telling.last
        if days not in self._facts:
            with self.services.database.reading(snapshot=True) as session:
                calendars = calendar_loader(session)
                self._facts[days] = SummaryFacts.load(
                    session, *days, now=self.now, calendar=self.calendar, calendars=calendars
                )
        return self._facts[days].summary_for(audience)

    def _cards(self, summary: Summary) -> list[Json]:
        if summary.kind is PeriodKind.WEEK and not summary.is_news:
            return all_well(summary)
        return summary_card(summary, self._picture(summary))

    def _picture(self, summary: Summary) -> str | None:
        if summary.chart is None or self.stage not in (Stage.FULL, Stage.MERGED):
            return None
        return self.services.chart_address(summary.chart)


def _outcome(due: Due, wanted: Sequence[Due], message: _Message) -> NoticeOutcome:
    if due not in wanted:
        return NoticeOutcome.OFF
    return NoticeOutcome.TOLD if due.kind in message.told else NoticeOutcome.QUIET


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Items a few at a time, in their order."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
