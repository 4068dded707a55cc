"""What an operator sees: health, metrics, and the jobs of the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select, text

from bot.schedule import JOBS, Schedule
from models.inbox import InboxEvent
from models.members import Role, find_member
from models.outbox import OutboxRow
from models.requests import TrackingRequest
from tests.office import text_of

OFFICER, COLLEAGUE = ("U" + letter * 32 for letter in "ab")


def read_metrics(office) -> dict[str, float]:
    """Samples by name, with the labels of those that have some."""
    page = office.web.get("/metrics").text
    return {
        sample.name + "".join(f"[{value}]" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_health_tells_that_the_process_is_up(office):
    assert office.web.get("/healthz").json == {"status": "up"}


def test_readiness_names_what_is_away(office):
    assert office.web.get("/readyz").status_code == 200

    office.database.engine.dispose()
    with office.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE inbox_events RENAME TO away"))
    answer = office.web.get("/readyz")

    assert answer.status_code == 503
    assert [problem.split(":")[0] for problem in answer.json["problems"]] == ["database"]


def test_metrics_count_rows(office):
    office.add_member(OFFICER)
    office.add_letter()
    office.line.user_sends(OFFICER, "กท 1902/1335")
    office.clock.advance(seconds=40)
    office.work()

    found = read_metrics(office)

    assert found["tidtam_events_stored_total"] == 1
    assert found["tidtam_events_answered_total"] == 1
    assert found["tidtam_events_dead"] == 0
    assert found["tidtam_outbox[sent]"] == 1
    assert found["tidtam_answer_seconds_bucket[15.0]"] == 0
    assert found["tidtam_answer_seconds_bucket[60.0]"] == 1
    assert found["tidtam_answer_seconds_sum"] == pytest.approx(40, abs=0.01)


def test_metrics_tell_how_long_the_oldest_event_waits(office):
    office.add_member(OFFICER)
    office.line.user_sends(OFFICER, "กท 1902/1335")
    office.clock.advance(seconds=90)

    assert read_metrics(office)["tidtam_queue_delay_seconds"] == pytest.approx(90)


def test_an_unknown_address_is_one_plain_line(office):
    answer = office.web.get("/no-such-page")
    assert (answer.status_code, answer.text) == (404, "Not Found\n")


class TestClock:
    def run_all(self, office):
        return Schedule(office.services).run_due()

    def test_every_job_runs_at_once_and_then_at_its_time(self, office):
        schedule = Schedule(office.services)
        assert schedule.run_due() == [job.name for job in JOBS]
        assert schedule.run_due() == []
        office.clock.advance(seconds=20)
        due = [job.name for job in JOBS if job.every <= timedelta(seconds=20)]
        assert "read_profiles" in due
        assert schedule.run_due() == due

    def test_the_quota_is_read_from_line(self, office):
        office.line.quota.limit = 300
        self.run_all(office)

        found = read_metrics(office)
        assert (found["tidtam_quota_allowance"], found["tidtam_quota_left"]) == (300, 300)

    def test_texts_go_when_their_time_is_over_and_rows_stay(self, office):
        office.add_member(OFFICER)
        office.says(OFFICER, "กท 1902/1335")
        office.clock.advance(days=91)
        self.run_all(office)

        with office.database.reading() as session:
            assert session.scalars(select(InboxEvent.raw)).all() == [None]
            assert set(session.scalars(select(OutboxRow.messages))) == {"[]"}
            assert session.scalars(select(TrackingRequest.question)).all() == [""]

    def test_texts_stay_until_then(self, office):
        office.add_member(OFFICER)
        office.says(OFFICER, "กท 1902/1335")
        office.clock.advance(days=89)
        self.run_all(office)

        with office.database.reading() as session:
            assert None not in session.scalars(select(InboxEvent.raw)).all()

    def test_names_of_members_by_code_come_from_line(self, office):
        office.add_member(OFFICER, name="")
        office.line.add_friend(OFFICER, "ชื่อในไลน์")
        self.run_all(office)

        with office.database.reading() as session:
            assert find_member(session, OFFICER).name == "ชื่อในไลน์"

    def test_a_job_that_fails_is_logged_and_comes_again(self, office, logged):
        office.line.faults.fail_next(500, endpoint="any", count=20)
        schedule = Schedule(office.services)
        schedule.run_due()

        failed = {entry["job"] for entry in logged if entry["event"] == "job_failed"}
        assert failed == {"read_quota"}
        office.line.faults.clear()
        office.clock.advance(minutes=5)
        assert "read_quota" in schedule.run_due()

    def test_news_of_a_followed_letter_is_told_once_by_two_workers(self, office):
        office.add_member(OFFICER)
        office.add_member(COLLEAGUE, Role.SECRETARY)
        office.add_letter()
        office.says(OFFICER, "ติดตามต่อ กท 1902/1335")
        office.says(COLLEAGUE, "กท 1902/1335 ปลัดลงนามแล้ว")
        office.taps(COLLEAGUE, "ยืนยัน")
        office.clock.advance(seconds=5)
        office.work()

        assert len(office.calls("push", "multicast")) == 1
        assert "ลงนาม" in text_of([office.line.messages_to(OFFICER)[-1].message])


def test_a_week_later_than_promised_is_still_one_answer(office):
    office.add_member(OFFICER)
    office.add_letter()
    office.line.user_sends(OFFICER, "กท 1902/1335")
    office.clock.advance(days=7)
    office.work()
    office.work()

    assert [call.kind for call in office.calls()] == ["push"]
