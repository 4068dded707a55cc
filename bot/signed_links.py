"""Addresses that open one thing for a time: who has one was handed it by us, and nobody guesses one.

LINE's phones and servers fetch pictures without signing in, so the address itself is the key: what it opens and until
when, signed with ``SECRET_KEY``. The end stands in the token, so that machines whose clocks differ by seconds agree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeSerializer

from bot.clock import Clock
from bot.settings import Settings

Opens = Sequence[str | int | None]
"""What an address opens, as plain values."""
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1"})


class LinkUnknown(Exception):
    """We signed no such token."""


class LinkOver(Exception):
    """The time of a token that we signed is over."""


@dataclass(frozen=True)
class LinkKind:
    """One kind of address: its path, also the name its tokens are signed for, and how long they open."""

    path: str
    shown_for: timedelta


EVIDENCE = LinkKind("/evidence", timedelta(hours=1))
EVIDENCE_IN_FILES = LinkKind(EVIDENCE.path, timedelta(days=7))
"""The same pages, for addresses in exported files: long enough to carry a file into another system, and no longer."""
CHART = LinkKind("/charts", timedelta(days=7))
"""A summary is read for days; figures of a chart are no secret among members."""
REPORT = LinkKind("/reports", timedelta(days=1))


class SignedLinks:
    """Makes addresses of one kind, and reads them again."""

    def __init__(self, kind: LinkKind, secret_key: str, public_url: str, clock: Clock) -> None:
        self._kind, self._public_url, self._clock = kind, public_url, clock
        salt = kind.path.removeprefix("/")
        self._signer = URLSafeSerializer(secret_key, salt, signer_kwargs={"digest_method": hashlib.sha256})

    def address_of(self, opens: Opens, *, from_instant: datetime | None = None) -> str:
        """Where something is found for this kind's time, counted from now or from a given instant.

        Things made at the same instant have the same address, whoever asks for it and when.
        """
        until = (from_instant or self._clock.now()) + self._kind.shown_for
        token = self._signer.dumps([*opens, int(until.timestamp())])
        return f"{self._public_url}{self._kind.path}/{token}"

    def read(self, token: str) -> list[str | int | None]:
        """What a token opens.

        Raises:
            LinkUnknown: it is not ours, or was changed.
            LinkOver: its time is over.
        """
        try:
            *opens, until = self._signer.loads(token)
        except BadData as error:
            raise LinkUnknown from error
        if datetime.fromtimestamp(until, UTC) <= self._clock.now():
            raise LinkOver
        return list(opens)


def open_links(kind: LinkKind, settings: Settings, clock: Clock) -> SignedLinks | None:
    """The addresses of this installation; None where it has no key, or where phones would not reach them safely.

    Plain http is taken of this machine alone, for trying the service out.
    """
    where = urlsplit(settings.public_url)
    is_safe = where.scheme == "https" or where.hostname in _THIS_MACHINE
    if not settings.secret_key or not is_safe:
        return None
    return SignedLinks(kind, settings.secret_key, settings.public_url, clock)


def pictures_reach_phones(settings: Settings) -> bool:
    """Whether LINE takes our addresses for pictures: it refuses messages that show one of plain http.

    The local LINE of a demo, on this machine like the pages, takes them.
    """
    is_https = urlsplit(settings.public_url).scheme == "https"
    return is_https or urlsplit(settings.line_api_url).hostname in _THIS_MACHINE
