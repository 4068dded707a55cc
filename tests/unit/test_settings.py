"""Settings: every variable has a default that reads, and every bad value is met with one line naming it."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.settings import VARIABLES, ServiceHours, SettingsError, WorkingPeriod, load_settings

NOWHERE = Path("no-such-file")

BAD = {
    "LINE_API_URL": "api.line.me",
    "LINE_DATA_API_URL": "ftp://api",
    "DATABASE_URL": "mysql://localhost/x",
    "REDIS_URL": "http://localhost",
    "PUBLIC_URL": "localhost:8000",
    "SERVICE_HOURS": "16:30-08:30",
    "ANSWER_STALE_AFTER": "three days",
    "ACKNOWLEDGE_WITHIN": "0m",
    "ANSWER_WITHIN": "half an hour",
    "ACKNOWLEDGE_WARNINGS": "12m,8m",
    "ANSWER_WARNINGS": "22m,30m",
    "REVIEW_NEWS": "four",
    "SUMMARY_AT": "half past eight",
    "QUIET_HOURS": "20:00-20:00",
    "DOCUMENT_DIGITS": "roman",
    "KEEP_MESSAGES": "-1d",
    "EVIDENCE_MAX_MB": "0",
    "EVIDENCE_S3_ENDPOINT": "minio:9000",
    "PORT": "99999",
    "WORKER_THREADS": "many",
    "WEB_PROCESSES": "0",
    "LOG_FORMAT": "xml",
}


def test_defaults_read():
    settings = load_settings({}, NOWHERE)
    assert settings.service_hours == ServiceHours(time(8, 30), time(16, 30))
    assert settings.answer_stale_after == WorkingPeriod(3)
    assert settings.keep_messages == timedelta(days=90)
    assert settings.redis_url is None
    assert settings.database_url == "sqlite+pysqlite:///var/tidtam.db"


@pytest.mark.parametrize("name", BAD)
def test_a_bad_value_is_named_in_one_line(name):
    with pytest.raises(SettingsError) as refused:
        load_settings({name: BAD[name]}, NOWHERE)
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("hours", ["8:30", "25:00-26:00", "08:30-08:30", "08:61-09:00", "always on"])
def test_hours_that_do_not_exist_are_refused(hours):
    with pytest.raises(SettingsError, match="SERVICE_HOURS"):
        load_settings({"SERVICE_HOURS": hours}, NOWHERE)


def test_warnings_can_be_turned_off():
    settings = load_settings({"ACKNOWLEDGE_WARNINGS": "none", "ANSWER_WARNINGS": "10m"}, NOWHERE)
    assert (settings.acknowledge_warnings, settings.answer_warnings) == ((), (timedelta(minutes=10),))


def test_the_service_clock_can_be_turned_off():
    assert load_settings({"SERVICE_HOURS": "always"}, NOWHERE).service_hours is None


def test_the_environment_wins_over_the_file(tmp_path):
    env_file = tmp_path / ".env"
    env_file.write_text("PORT=9000\nPUBLIC_URL=https://example.org/\n", encoding="utf-8")
    settings = load_settings({"PORT": "9001"}, env_file)
    assert (settings.port, settings.public_url) == (9001, "https://example.org")


BUCKET = {
    "EVIDENCE_S3_BUCKET": "evidence",
    "EVIDENCE_S3_ENDPOINT": "http://minio:9000",
    "EVIDENCE_S3_REGION": "ap-southeast-7",
    "EVIDENCE_S3_ACCESS_KEY": "key",
    "EVIDENCE_S3_SECRET_KEY": "secret",
}


@pytest.mark.parametrize("left_out", ["EVIDENCE_S3_BUCKET", "EVIDENCE_S3_ACCESS_KEY", "EVIDENCE_S3_SECRET_KEY"])
def test_half_a_bucket_is_refused_in_one_line(left_out):
    with pytest.raises(SettingsError, match=f"^{left_out} missing") as refused:
        load_settings({**BUCKET, left_out: ""}, NOWHERE)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", BUCKET)
def test_one_line_of_a_bucket_is_no_bucket(name):
    with pytest.raises(SettingsError, match="EVIDENCE_S3_"):
        load_settings({name: BUCKET[name]}, NOWHERE)


def test_a_bucket_of_aws_needs_its_region_and_that_of_another_service_does_not():
    assert load_settings({**BUCKET, "EVIDENCE_S3_ENDPOINT": ""}, NOWHERE).evidence_s3_endpoint is None
    assert load_settings({**BUCKET, "EVIDENCE_S3_REGION": ""}, NOWHERE).evidence_s3_region == ""
    with pytest.raises(SettingsError, match=r"^EVIDENCE_S3_REGION missing"):
        load_settings({**BUCKET, "EVIDENCE_S3_REGION": "", "EVIDENCE_S3_ENDPOINT": ""}, NOWHERE)


def test_both_missing_keys_are_named():
    with pytest.raises(SettingsError, match="LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN"):
        load_settings({}, NOWHERE).require_line()


def test_every_variable_that_can_be_wrong_is_tried_here():
    free_text = {
        "LINE_CHANNEL_SECRET",
        "LINE_CHANNEL_ACCESS_TOKEN",
        "SECRET_KEY",
        "QUEUE_FILE",
        "EVIDENCE_DIR",
        "DOCUMENT_FONT",
    }
    free_text |= set(BUCKET) - {"EVIDENCE_S3_ENDPOINT"}
    assert {variable.name for variable in VARIABLES} == set(BAD) | free_text
