"""Settings: the environment (and a ``.env`` file) read once into one frozen value.

The only module that reads ``os.environ``. A value that cannot be understood stops the start with one line that names
the variable; ``VARIABLES`` is the list that ``.env.example`` and the README are tested against.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from models.preference_terms import QuietHours, Usual
from models.session import normalise_url


class SettingsError(Exception):
    """A variable is missing or cannot be understood; the text is the one line to show."""


@dataclass(frozen=True)
class ServiceHours:
    """Hours of service on working days in Asia/Bangkok."""

    opens: time
    closes: time


@dataclass(frozen=True)
class WorkingPeriod:
    """A span such as ``3d``: ``working_days`` whole working days."""

    working_days: int


@dataclass(frozen=True)
class Settings:
    """Everything that may differ between two installations.

    ``line_channel_secret`` and ``line_channel_access_token`` are empty where a command does not need LINE;
    ``service_hours`` is None where the service-hours clock is turned off (``always``), ``review_news`` where reviewers
    hear of every report at once (``each``), ``quiet_hours`` where news comes at any hour (``none``). Evidence goes to
    ``evidence_s3_bucket`` where one is named, else to ``evidence_dir``; ``evidence_s3_endpoint`` is None for AWS's own.
    """

    line_channel_secret: str
    line_channel_access_token: str
    line_api_url: str
    line_data_api_url: str
    database_url: str
    redis_url: str | None
    queue_file: Path
    secret_key: str
    public_url: str
    service_hours: ServiceHours | None
    answer_stale_after: WorkingPeriod
    acknowledge_within: timedelta
    answer_within: timedelta
    acknowledge_warnings: tuple[timedelta, ...]
    answer_warnings: tuple[timedelta, ...]
    review_news: time | None
    summary_at: time
    quiet_hours: QuietHours | None
    document_font: str
    document_digits: str
    keep_messages: timedelta
    evidence_dir: Path
    evidence_max_mb: int
    evidence_s3_bucket: str
    evidence_s3_endpoint: str | None
    evidence_s3_region: str
    evidence_s3_access_key: str
    evidence_s3_secret_key: str
    port: int
    worker_threads: int
    web_processes: int
    log_format: str

    @property
    def usual(self) -> Usual:
        """When people are told without asking who have chosen nothing."""
        return Usual(self.summary_at, self.quiet_hours)

    def require_line(self) -> None:
        """Refuse to start without LINE's two keys.

        Raises:
            SettingsError: names what is missing and where to find it.
        """
        missing = [
            name
            for name, value in (
                ("LINE_CHANNEL_SECRET", self.line_channel_secret),
                ("LINE_CHANNEL_ACCESS_TOKEN", self.line_channel_access_token),
            )
            if not value
        ]
        if missing:
            raise SettingsError(f"{' and '.join(missing)} missing: copy from the channel's page in LINE's console")


@dataclass(frozen=True)
class Variable:
    """One environment variable: its default as text, how its text is read, and what it means."""

    name: str
    default: str
    read: Callable[[str], Any]
    meaning: str


def _text(value: str) -> str:
    return value.strip()


def _http_address(value: str) -> str:
    parts = urlsplit(value.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("is not an http(s) address")
    return value.strip().rstrip("/")


def _http_address_or_none(value: str) -> str | None:
    return _http_address(value) if value.strip() else None


def _database_address(value: str) -> str:
    return normalise_url(value.strip()).render_as_string(hide_password=False)


def _redis_address(value: str) -> str | None:
    value = value.strip()
    if not value:
        return None
    if urlsplit(value).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("is not a redis:// address")
    return value


def _service_hours(value: str) -> ServiceHours | None:
    if value.strip().lower() == "always":
        return None
    found = re.fullmatch(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", value.strip())
    if not found:
        raise ValueError("must look like 08:30-16:30, or be always")
    open_hour, open_minute, close_hour, close_minute = map(int, found.groups())
    try:
        hours = ServiceHours(time(open_hour, open_minute), time(close_hour, close_minute))
    except ValueError as error:
        raise ValueError("holds an hour that does not exist") from error
    if hours.opens >= hours.closes:
        raise ValueError("must open before it closes")
    return hours


def _each_or_hour(value: str) -> time | None:
    if value.strip().lower() == "each":
        return None
    return _hour(value, "must be each, or an hour such as 16:00")


def _hour(value: str, otherwise: str = "must be an hour such as 08:30") -> time:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", value.strip())
    if not found:
        raise ValueError(otherwise)
    try:
        return time(int(found.group(1)), int(found.group(2)))
    except ValueError as error:
        raise ValueError("holds an hour that does not exist") from error


def _quiet_hours(value: str) -> QuietHours | None:
    if value.strip().lower() == "none":
        return None
    begins, dash, ends = value.partition("-")
    form = "must look like 20:00-07:00, or be none"
    if not dash:
        raise ValueError(form)
    hours = QuietHours(_hour(begins, form), _hour(ends, form))
    if hours.begins == hours.ends:
        raise ValueError("must not end when they begin")
    return hours


def _working_period(value: str) -> WorkingPeriod:
    found = re.fullmatch(r"(\d{1,3})d", value.strip())
    if not found:
        raise ValueError("must be working days such as 3d")
    return WorkingPeriod(int(found.group(1)))


def _minutes(value: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,4})m", value.strip())
    if not found or not int(found.group(1)):
        raise ValueError("must be minutes such as 15m")
    return timedelta(minutes=int(found.group(1)))


def _warnings(value: str) -> tuple[timedelta, ...]:
    if value.strip().lower() == "none":
        return ()
    try:
        warnings = tuple(_minutes(part) for part in value.split(","))
    except ValueError as error:
        raise ValueError("must be minutes such as 8m,12m, or none") from error
    if list(warnings) != sorted(set(warnings)):
        raise ValueError("must name rising minutes such as 8m,12m")
    return warnings


def _days(value: str) -> timedelta:
    return timedelta(days=_working_period(value).working_days)


def _whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.strip().isdecimal() or not lowest <= int(value) <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(value)

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.strip() not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return value.strip()

    return read


VARIABLES: tuple[Variable, ...] = (
    Variable("LINE_CHANNEL_SECRET", "", _text, "signs what LINE sends; from the channel's Basic settings"),
    Variable("LINE_CHANNEL_ACCESS_TOKEN", "", _text, "lets the service send; from the channel's Messaging API page"),
    Variable("LINE_API_URL", "https://api.line.me", _http_address, "base address of the Messaging API"),
    Variable("LINE_DATA_API_URL", "https://api-data.line.me", _http_address, "base address of LINE's content API"),
    Variable("DATABASE_URL", "sqlite:///var/tidtam.db", _database_address, "SQLite or PostgreSQL"),
    Variable("REDIS_URL", "", _redis_address, "queue in Redis, for several machines; empty: a file on this machine"),
    Variable("QUEUE_FILE", "var/queue.db", Path, "the queue's file where there is no Redis"),
    Variable("SECRET_KEY", "", _text, "signs the addresses of charts, reports and evidence"),
    Variable("PUBLIC_URL", "http://localhost:8000", _http_address, "how phones reach pages and pictures"),
    Variable("SERVICE_HOURS", "08:30-16:30", _service_hours, "hours of service on working days, or always"),
    Variable("ANSWER_STALE_AFTER", "3d", _working_period, "working days after which a status is too old to rely on"),
    Variable("ACKNOWLEDGE_WITHIN", "15m", _minutes, "promise: a request is acknowledged within these minutes"),
    Variable("ANSWER_WITHIN", "30m", _minutes, "promise: a request is answered within these minutes"),
    Variable("ACKNOWLEDGE_WARNINGS", "8m,12m", _warnings, "when officers are reminded to acknowledge, or none"),
    Variable("ANSWER_WARNINGS", "22m,27m", _warnings, "when officers are reminded to answer, or none"),
    Variable("REVIEW_NEWS", "each", _each_or_hour, "when reviewers hear of reports: of each at once, or at an hour"),
    Variable("SUMMARY_AT", "08:30", _hour, "hour at which summaries go out, of who has chosen none"),
    Variable("QUIET_HOURS", "20:00-07:00", _quiet_hours, "hours in which news waits, of who has chosen none; or none"),
    Variable("DOCUMENT_FONT", "Sarabun", _text, "font that Word documents name, such as TH SarabunPSK"),
    Variable("DOCUMENT_DIGITS", "thai", _one_of("thai", "arabic"), "digits in official forms"),
    Variable("KEEP_MESSAGES", "90d", _days, "days that the text of messages is kept"),
    Variable("EVIDENCE_DIR", "var/evidence", Path, "folder of the evidence that people send, where there is no bucket"),
    Variable("EVIDENCE_MAX_MB", "10", _whole_number(1, 100), "megabytes that one file of evidence may have"),
    Variable("EVIDENCE_S3_BUCKET", "", _text, "bucket for evidence, in place of the folder; empty: the folder"),
    Variable("EVIDENCE_S3_ENDPOINT", "", _http_address_or_none, "address of the S3 service; empty: AWS's own"),
    Variable("EVIDENCE_S3_REGION", "", _text, "the bucket's region; needed with AWS"),
    Variable("EVIDENCE_S3_ACCESS_KEY", "", _text, "key that may read, write and delete in the bucket"),
    Variable("EVIDENCE_S3_SECRET_KEY", "", _text, "that key's secret"),
    Variable("PORT", "8000", _whole_number(1, 65535), "port of the web process"),
    Variable("WORKER_THREADS", "16", _whole_number(1, 128), "threads of a worker process"),
    Variable("WEB_PROCESSES", "2", _whole_number(1, 32), "processes of the web server"),
    Variable("LOG_FORMAT", "auto", _one_of("auto", "json", "pretty"), "auto: pretty on a terminal, JSON elsewhere"),
)


def load_settings(environ: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> Settings:
    """Read every variable: the environment first, then ``.env``, then the default.

    Raises:
        SettingsError: with one line that names the first variable that cannot be understood.
    """
    values = {**_read_env_file(env_file), **(os.environ if environ is None else environ)}
    settings = Settings(**{variable.name.lower(): _read(variable, values) for variable in VARIABLES})
    _require_warnings_in_time("ACKNOWLEDGE", settings.acknowledge_warnings, settings.acknowledge_within)
    _require_warnings_in_time("ANSWER", settings.answer_warnings, settings.answer_within)
    _require_whole_bucket(settings)
    return settings


def _require_warnings_in_time(name: str, warnings: tuple[timedelta, ...], within: timedelta) -> None:
    if any(warning >= within for warning in warnings):
        raise SettingsError(f"{name}_WARNINGS must come before the end of {name}_WITHIN")


def _require_whole_bucket(settings: Settings) -> None:
    """Evidence must not land in a folder because one of the bucket's lines was forgotten."""
    needed = {
        "EVIDENCE_S3_BUCKET": settings.evidence_s3_bucket,
        "EVIDENCE_S3_ACCESS_KEY": settings.evidence_s3_access_key,
        "EVIDENCE_S3_SECRET_KEY": settings.evidence_s3_secret_key,
    }
    where = {
        "EVIDENCE_S3_ENDPOINT": settings.evidence_s3_endpoint,
        "EVIDENCE_S3_REGION": settings.evidence_s3_region,
    }
    if not any((needed | where).values()):
        return
    missing = [name for name, value in needed.items() if not value]
    if not any(where.values()):
        missing.append("EVIDENCE_S3_REGION")
    if missing:
        raise SettingsError(f"{', '.join(missing)} missing: a bucket for evidence needs them, a folder none of them")


def _read_env_file(env_file: Path) -> dict[str, str]:
    try:
        return {name: value for name, value in dotenv_values(env_file).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file} cannot be read: {error}") from error


def _read(variable: Variable, values: Mapping[str, str]) -> Any:
    text = values.get(variable.name, "").strip() or variable.default
    try:
        return variable.read(text)
    except ValueError as error:
        raise SettingsError(f"{variable.name} {error}") from error
