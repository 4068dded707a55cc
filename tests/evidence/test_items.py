"""The rows of evidence: recorded once, attached, withdrawn; and files, which are neither lost nor left behind."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.erasure import erase_person
from models.evidence import (
    DELETING,
    HOLD,
    EvidenceItem,
    FileBusy,
    NewEvidence,
    attach_to_draft,
    attach_to_report,
    claim_unused_file,
    find_unattached,
    forget_file,
    hold_file,
    list_evidence_of_draft,
    list_evidence_of_reports,
    list_files_to_check,
    record_evidence,
    withdraw_by_message,
    withdraw_unattached_before,
)
from models.indicator_reports import IndicatorReport, ReportSource
from models.indicator_terms import ReportedBy
from models.indicators import IndicatorYear
from models.members import Role, add_member, find_member
from models.report_drafts import create_draft, forget_drafts_before
from models.session import Database
from models.units import Unit, UnitKind
from tests.conftest import NOW

A, B = "a" * 64, "b" * 64
PERSON, OTHER = "U" + "1" * 32, "U" + "2" * 32
SECOND = timedelta(seconds=1)


@dataclass
class Desk:
    """A database with two coordinators, and verbs that each are one transaction."""

    database: Database
    unit: int
    people: dict[str, int]

    def hold(self, sha256=A, now=NOW):
        with self.database.single_statement() as connection:
            return hold_file(connection, sha256, now)

    def hold_and_die(self, store, now):
        """What a worker leaves behind that is killed before it recorded anything."""
        with suppress(FileBusy):
            store.add(self.hold(now=now).sha256)

    def record(self, held, message="m1", *, person=PERSON, now=NOW, at=NOW):
        with self.database.transaction() as session:
            new = NewEvidence(held, 10, "image/jpeg", None, message)
            member = self.people[person]
            return record_evidence(session, new, member_id=member, unit_id=self.unit, received_at=at, now=now).id

    def receive(self, message="m1", sha256=A, **how):
        return self.record(self.hold(sha256, how.get("now", NOW)), message, **how)

    def withdraw(self, message="m1", now=NOW):
        with self.database.transaction() as session:
            return withdraw_by_message(session, message, now)

    def withdraw_before(self, before, **how):
        with self.database.transaction() as session:
            return withdraw_unattached_before(session, before, NOW, **how)

    def draft(self):
        with self.database.transaction() as session:
            year = session.scalars(select(IndicatorYear.id)).one()
            told = {"indicator_year_id": year, "lines": [], "note": None, "latest_report_id": 0, "now": NOW}
            return create_draft(session, member_id=self.people[PERSON], **told)

    def claim(self, sha256=A, now=NOW):
        with self.database.transaction() as session:
            return claim_unused_file(session, sha256, now)

    def forget(self, sha256=A):
        with self.database.transaction() as session:
            forget_file(session, sha256)

    def to_check(self, now=NOW):
        with self.database.reading() as session:
            return list_files_to_check(session, now)

    def unattached(self, person=PERSON, since=NOW):
        with self.database.reading() as session:
            return [view.id for view in find_unattached(session, self.people[person], since)]

    def of_report(self, *reports):
        with self.database.reading() as session:
            found = list_evidence_of_reports(session, reports)
            return {report: [view.id for view in views] for report, views in found.items()}

    def of_draft(self, draft):
        with self.database.reading() as session:
            return [view.id for view in list_evidence_of_draft(session, draft)]

    def attach(self, attach, items, to):
        with self.database.transaction() as session:
            return attach(session, items, to)


@pytest.fixture
def desk(database):
    with database.transaction() as session:
        unit = Unit(code="TEST", name="หน่วยทดสอบ", kind=next(iter(UnitKind)))
        session.add(unit)
        session.flush()
        people = {}
        for person in (PERSON, OTHER):
            add_member(session, line_user_id=person, name="ผู้ทดสอบ", unit_id=unit.id, roles=(Role.COORDINATOR,), now=NOW)
            session.flush()
        add_reports(session, unit.id)
    with database.reading() as session:
        people = {person: find_member(session, person).id for person in (PERSON, OTHER)}
        return Desk(database, unit.id, people)


def add_reports(session, unit):
    """Two reports to prove, 70 and 71."""
    year = IndicatorYear(
        code="TEST",
        fiscal_year=2570,
        host_unit_id=unit,
        definition="{}",
        reported_by=ReportedBy.UNITS,
        created_at=NOW,
        changed_at=NOW,
    )
    session.add(year)
    session.flush()
    for number in (70, 71):
        month = date(2026, 10, 1)
        told = {"unit_id": unit, "month": month, "source": ReportSource.CHAT, "reported_at": NOW, "is_late": False}
        session.add(IndicatorReport(id=number, indicator_year_id=year.id, **told))


class TestItems:
    def test_a_message_is_recorded_once(self, desk):
        assert desk.receive() == desk.receive()

    def test_a_draft_and_a_report_take_what_was_sent(self, desk):
        first, second = desk.receive("m1"), desk.receive("m2", B, at=NOW + SECOND)
        assert desk.unattached() == [first, second]
        assert desk.unattached(since=NOW + SECOND) == [second]
        assert desk.unattached(OTHER) == []
        assert desk.attach(attach_to_draft, [first, second], 7) == 2
        assert (desk.of_draft(7), desk.unattached()) == ([first, second], [])
        assert desk.attach(attach_to_report, [second, first], 70) == 2
        assert desk.of_report(70, 71) == {70: [first, second]}

    def test_attaching_again_changes_nothing_and_one_photo_may_show_two_things(self, desk):
        item = desk.receive()
        assert [desk.attach(attach_to_report, [item], report) for report in (70, 70, 71)] == [1, 0, 1]
        assert desk.of_report(70, 71) == {70: [item], 71: [item]}

    def test_what_is_reported_goes_to_no_other_draft(self, desk):
        item = desk.receive()
        desk.attach(attach_to_report, [item], 70)
        assert desk.attach(attach_to_draft, [item], 8) == 0

    def test_what_was_taken_back_is_seen_nowhere_and_attached_to_nothing(self, desk):
        item = desk.receive()
        desk.attach(attach_to_draft, [item], 7)
        desk.attach(attach_to_report, [item], 70)
        assert desk.withdraw() == A
        assert (desk.of_draft(7), desk.of_report(70), desk.unattached()) == ([], {}, [])
        assert desk.attach(attach_to_report, [item], 71) == 0
        assert desk.attach(attach_to_draft, [item], 8) == 0

    def test_a_file_that_others_sent_too_stays(self, desk):
        desk.receive("m1")
        desk.receive("m2", person=OTHER)
        assert desk.withdraw("m1") is None
        assert desk.withdraw("m2") == A

    def test_taking_back_twice_or_what_brought_nothing_is_nothing(self, desk):
        desk.receive()
        assert [desk.withdraw(), desk.withdraw(), desk.withdraw("unknown")] == [A, None, None]

    def test_who_leaves_takes_along_what_is_in_no_report(self, desk):
        reported, loose = desk.receive("m1"), desk.receive("m2", B)
        desk.attach(attach_to_report, [reported], 70)
        with desk.database.transaction() as session:
            erase_person(session, PERSON, NOW)
        with desk.database.reading() as session:
            assert session.get(EvidenceItem, reported).member_id is None
            assert session.get(EvidenceItem, loose).withdrawn_at == NOW
        assert desk.of_report(70) == {70: [reported]}
        assert desk.to_check() == [B]

    def test_who_leaves_takes_along_what_waits_in_a_draft(self, desk):
        item = desk.receive()
        desk.attach(attach_to_draft, [item], desk.draft())
        with desk.database.transaction() as session:
            erase_person(session, PERSON, NOW)
        assert desk.to_check() == [A]

    def test_what_belongs_to_nothing_is_withdrawn_at_its_age(self, desk):
        reported, drafted, loose, young = (
            desk.receive(f"m{number}", letter * 64, at=NOW + SECOND * (letter == "d"))
            for number, letter in enumerate("abcd")
        )
        desk.attach(attach_to_report, [reported], 70)
        desk.attach(attach_to_draft, [drafted], desk.draft())
        assert desk.withdraw_before(NOW + SECOND) == 1
        assert desk.to_check() == ["c" * 64]
        assert (desk.unattached(), desk.of_report(70)) == ([young], {70: [reported]})
        assert desk.withdraw_before(NOW + SECOND) == 0

        with desk.database.transaction() as session:
            forget_drafts_before(session, NOW + timedelta(days=1, hours=1))
        assert desk.withdraw_before(NOW + SECOND) == 1
        assert sorted(desk.to_check()) == ["b" * 64, "c" * 64]
        assert loose not in desk.unattached()

    def test_of_many_the_oldest_go_first(self, desk):
        items = [desk.receive(f"m{number}", f"{number}" * 64, at=NOW + SECOND * number) for number in range(5)]
        assert [desk.withdraw_before(NOW + 9 * SECOND, limit=3) for _ in range(3)] == [3, 2, 0]
        assert len(items) == len(desk.to_check())


class TestFiles:
    def test_a_withdrawn_file_is_claimed_once_and_forgotten(self, desk):
        desk.receive()
        desk.withdraw()
        assert desk.to_check() == [A]
        assert [desk.claim(), desk.claim()] == [True, False]
        assert desk.to_check() == []
        desk.forget()
        assert desk.to_check(NOW + HOLD) == []

    def test_who_died_deleting_is_relieved(self, desk):
        desk.receive()
        desk.withdraw()
        assert desk.claim()
        assert desk.to_check(NOW + DELETING) == [A]
        assert desk.claim(now=NOW + DELETING)

    def test_a_file_that_nobody_recorded_is_found_when_its_hold_is_over(self, desk):
        desk.hold()
        assert not desk.claim(now=NOW + HOLD - SECOND)
        assert desk.to_check(NOW + HOLD) == [A]
        assert desk.claim(now=NOW + HOLD)

    def test_a_file_in_use_is_not_looked_at_again(self, desk):
        held = desk.hold()
        desk.hold(now=NOW + SECOND)  # another one's, who died
        desk.record(held)
        assert desk.to_check(NOW + HOLD + SECOND) == [A]
        assert not desk.claim(now=NOW + HOLD + SECOND)
        assert desk.to_check(NOW + 2 * HOLD) == []

    def test_what_is_being_deleted_cannot_be_held(self, desk):
        desk.receive()
        desk.withdraw()
        desk.claim()
        with pytest.raises(FileBusy):
            desk.hold()
        desk.forget()
        desk.record(desk.hold(), "m2")

    def test_who_held_too_long_ago_begins_anew(self, desk):
        held = desk.hold()
        late = NOW + HOLD
        assert desk.claim(now=late)
        with pytest.raises(FileBusy):
            desk.record(held, now=late)
        desk.forget()
        with pytest.raises(FileBusy):
            desk.record(held, now=late)
        desk.receive(now=late)
        assert desk.to_check(late + HOLD) == []

    def test_who_holds_while_another_takes_back_keeps_the_file(self, desk):
        desk.receive("m1")
        held = desk.hold(now=NOW + SECOND)
        desk.withdraw("m1", NOW + SECOND)
        assert not desk.claim(now=NOW + SECOND)
        desk.record(held, "m2", now=NOW + 2 * SECOND)
        assert not desk.claim(now=NOW + HOLD + SECOND)

    def test_a_slow_recorder_after_the_hold_still_keeps_the_file(self, desk):
        held = desk.hold()
        desk.record(held, now=NOW + HOLD + SECOND)
        assert desk.to_check(NOW + 2 * HOLD) == []


class Race:
    """A desk with a store, for several threads: what a worker and the sweep do, step by step, at ever later moments."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.store = desk, set()
        self._moments, self._lock = itertools.count(), threading.Lock()

    def now(self):
        with self._lock:
            return NOW + next(self._moments) * SECOND

    def begin(self):
        held = self.desk.hold(now=self.now())
        self.store.add(held.sha256)
        return held

    def bring(self, message):
        while True:
            try:
                return self.desk.record(self.begin(), message, now=self.now())
            except FileBusy:  # the event is tried again
                continue

    def die(self):
        with suppress(FileBusy):
            self.begin()

    def sweep(self, later=0 * SECOND):
        at = self.now() + later
        for sha256 in self.desk.to_check(at):
            if self.desk.claim(sha256, at):
                self.store.discard(sha256)
                self.desk.forget(sha256)

    def take_back(self, message):
        self.desk.withdraw(message, self.now())
        self.sweep()

    def work(self, worker):
        for turn in range(5):
            self.bring(f"{worker}-{turn}")
            self.sweep()
            self.die()
            self.take_back(f"{worker}-{turn}")
        self.bring(f"{worker}-last")


def test_no_row_without_its_file_and_no_file_without_a_row(desk):
    """Six workers bring and take back the same picture, each sweeps, and each dies at times between file and row."""
    race = Race(desk)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(race.work, range(6)))
    assert race.store == {A}
    for worker in range(6):
        race.take_back(f"{worker}-last")
    race.sweep(later=HOLD)
    assert race.store == set()
