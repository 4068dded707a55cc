"""Fakes with verbs and makers with explicit arguments, shared by the tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

LOADED_AT = datetime(2026, 10, 1, tzinfo=UTC)
"""When catalogs are loaded."""


class FakeClock:
    """A clock whose hands only tests move."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def sleep(self, seconds: float) -> None:
        self.advance(seconds=seconds)

    def advance(self, **span: float) -> datetime:
        self._now += timedelta(**span)
        return self._now
