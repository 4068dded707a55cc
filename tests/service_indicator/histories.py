"""Requests that live at random: asked, taken on, answered in time and late, reopened, rated, withdrawn, counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import func, insert, select, update

from bot.catalog_loading import load_units
from models.counting import calendar_loader
from models.members import Role, add_member, find_member
from models.questions import Question, open_request, record_machine_answer
from models.ratings import rate_answer
from models.request_history import Deed
from models.request_steps import acknowledge_request, answer_request, reopen_request, withdraw_request
from models.requests import UNANSWERED, RequestState, TrackingRequest
from models.service_calendar import OPERATOR, load_calendar, record_day
from models.service_facts import count_settled
from models.service_terms import ServiceTerms
from models.session import Database
from models.units import get_unit
from models.working_time import BANGKOK, DayKind, ServiceCalendar, Span
from tests.office import DISTRICT, shipped_catalog

HOURS = Span(time(8, 30), time(16, 30))
ASKERS = [f"U{number:032x}" for number in range(1, 8)]
OFFICER = f"U{99:032x}"


class History:
    """A small office whose days pass at random, from the same seed always in the same way."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database, self.chance = database, Random(seed)
        self.now = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
        with database.transaction() as session:
            load_units(session, shipped_catalog())
            self.unit = get_unit(session, DISTRICT).id
            for person, role in [*((asker, Role.OFFICER) for asker in ASKERS), (OFFICER, Role.SECRETARY)]:
                add_member(session, line_user_id=person, name="-", unit_id=self.unit, roles=[role], now=self.now)
            record_day(session, date(2026, 10, 13), DayKind.HOLIDAY, name="วันหยุด", source=OPERATOR, now=self.now)
            self.members = {person: find_member(session, person).id for person in (*ASKERS, OFFICER)}

    def goes_on(self, steps: int) -> None:
        verbs = [self.asks, self.asks, self.machine_answers, self.acknowledges, self.answers, self.accepts]
        verbs += [self.accepts, self.rates, self.reopens, self.withdraws, self.is_counted, self.time_passes]
        for _ in range(steps):
            self.time_passes()
            self.chance.choice(verbs)()
            if self.chance.random() < 0.8:
                self.now += timedelta(seconds=1)
                self.accepts()

    def time_passes(self) -> None:
        minutes = self.chance.choice([0, 0, 0, 0, 0, 1, 1, 2, 5, 15, 16, 200, 4000])
        self.now += timedelta(minutes=minutes, microseconds=self.chance.choice([0, 0, 1, 999_999]))

    def asks(self) -> None:
        with self.database.transaction() as session:
            open_request(session, self._question(), self.terms(session), self.now)

    def machine_answers(self) -> None:
        with self.database.transaction() as session:
            record_machine_answer(session, self._question(), self.terms(session), self.now)

    def acknowledges(self) -> None:
        with self.database.transaction() as session:
            if number := self._any(session, TrackingRequest.state == RequestState.OPEN):
                acknowledge_request(session, number, self.deed(OFFICER))

    def answers(self) -> None:
        with self.database.transaction() as session:
            if number := self._any(session, TrackingRequest.state.in_(UNANSWERED)):
                answer_request(session, number, self.deed(OFFICER))

    def accepts(self) -> None:
        """LINE takes what is to be said of some request."""
        waits = TrackingRequest.acknowledged_at.is_(None) & (TrackingRequest.state != RequestState.OPEN)
        waits |= TrackingRequest.answered_at.is_(None) & (TrackingRequest.state == RequestState.ANSWERED)
        with self.database.transaction() as session:
            number = self._any(session, waits, TrackingRequest.state != RequestState.WITHDRAWN)
            if number is None:
                return
            request = session.get(TrackingRequest, number, populate_existing=True)
            values = {"acknowledged_at": request.acknowledged_at or self.now}
            if request.state is RequestState.ANSWERED:
                values["answered_at"] = self.now
            session.execute(
                update(TrackingRequest)
                .where(TrackingRequest.id == number)
                .values(values)
                .execution_options(synchronize_session=False)
            )

    def rates(self) -> None:
        with self.database.transaction() as session:
            number = self._any(session, TrackingRequest.state == RequestState.ANSWERED)
            request = session.get(TrackingRequest, number) if number else None
            if request is None or (request.rated_at and request.rated_at < self.now - timedelta(hours=23)):
                return
            deed = self.deed(request.asker_line_id)
            rate_answer(session, request.asker_line_id, number, self.chance.randint(1, 5), deed)

    def reopens(self) -> None:
        with self.database.transaction() as session:
            if number := self._any(session, TrackingRequest.state.not_in(UNANSWERED)):
                asker = session.get(TrackingRequest, number).asker_line_id
                reopen_request(session, number, asker, self.terms(session), self.deed(asker))

    def withdraws(self) -> None:
        with self.database.transaction() as session:
            if number := self._any(session, TrackingRequest.state.in_(UNANSWERED)):
                asker = session.get(TrackingRequest, number).asker_line_id
                withdraw_request(session, number, asker, self.deed(asker))

    def is_counted(self) -> None:
        with self.database.transaction() as session:
            count_settled(session, calendar_loader(session), self.now, limit=self.chance.choice([1, 3, 100]))

    def log(self) -> list[dict[str, str]]:
        """Every request as the export writes it, by the test's own hand."""
        with self.database.reading() as session:
            return [log_row(request, _calendar(session, request), self.now) for request in _all(session)]

    def terms(self, session) -> ServiceTerms:
        return ServiceTerms(load_calendar(session, HOURS))

    def _question(self) -> Question:
        asker = self.chance.choice(ASKERS)
        asked_at = self.now - timedelta(seconds=self.chance.choice([0, 0, 2, 960]))
        return Question(asker, self.members[asker], self.unit, asked_at, self.now, text=str(self.chance.random()))

    def deed(self, person: str) -> Deed:
        return Deed(self.members[person], self.now, self.now, self.now)

    def _any(self, session, *conditions) -> int | None:
        numbers = session.scalars(select(TrackingRequest.id).where(*conditions).order_by(TrackingRequest.id)).all()
        newest = numbers[-1:] if self.chance.random() < 0.6 else numbers
        return self.chance.choice(newest) if newest else None


def log_row(request: TrackingRequest, calendar: ServiceCalendar, now: datetime) -> dict[str, str]:
    row = {
        "asked_by": request.asker_line_id,
        "handled_by": "human" if request.waits_for_human else "machine",
        "counted_at": _instant(now),
        "rating": str(request.rating or ""),
    }
    for name in ("asked_at", "acknowledged_at", "answered_at"):
        row[name] = _instant(getattr(request, name))
    row["withdrawn_at"] = _instant(request.withdrawn_at if request.state is RequestState.WITHDRAWN else None)
    for prefix in ("", "elapsed_"):
        for part, done_at in (("acknowledge", request.acknowledged_at), ("answer", request.answered_at)):
            row[f"{prefix}{part}_due_at"] = _instant(getattr(request, f"{prefix}{part}_due_at"))
            row[f"earlier_late_{prefix}{part}"] = "yes" if getattr(request, f"earlier_late_{prefix}{part}") else "no"
            taken = ""
            if done_at is not None and (prefix or request.clock.value == "elapsed"):
                taken = str(max(0, int((done_at - request.clock_started_at).total_seconds())))
            elif done_at is not None:
                taken = str(int(calendar.service_time(request.clock_started_at, done_at).total_seconds()))
            row[f"{prefix}{part}_seconds"] = taken
    return row


def count_counted(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).where(TrackingRequest.is_counted))


def add_request(session, **values) -> int:
    """One row put in as it is."""
    return session.execute(insert(TrackingRequest).values(values).returning(TrackingRequest.id)).scalar_one()


def _all(session) -> list[TrackingRequest]:
    return list(session.scalars(select(TrackingRequest).order_by(TrackingRequest.id)))


def _calendar(session, request: TrackingRequest) -> ServiceCalendar:
    return load_calendar(session, HOURS, request.calendar_version)


def _instant(at: datetime | None) -> str:
    return at.astimezone(BANGKOK).isoformat(timespec="microseconds") if at else ""
