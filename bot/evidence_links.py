"""Addresses at which evidence can be looked at for an hour: who has one was shown it by us, and nobody guesses one.

LINE's phones and servers fetch pictures without signing in, so the address itself is the key: which item and until
when, signed with ``SECRET_KEY``. The end stands in the token, so that machines whose clocks differ by seconds agree.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeSerializer

from bot.clock import Clock
from bot.settings import Settings

SHOWN_FOR = timedelta(hours=1)
PATH = "/evidence"
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1"})
_SALT = "evidence"


class LinkUnknown(Exception):
    """We signed no such token."""


class LinkOver(Exception):
    """The hour of a token that we signed is over."""


class EvidenceLinks:
    """Makes addresses of evidence, and reads them again."""

    def __init__(self, secret_key: str, public_url: str, clock: Clock) -> None:
        self._public_url, self._clock = public_url, clock
        self._signer = URLSafeSerializer(secret_key, _SALT, signer_kwargs={"digest_method": hashlib.sha256})

    def address_of(self, evidence_id: int) -> str:
        """Where a person who may see an item finds it for an hour; ``/preview`` after it gives a small picture."""
        until = self._clock.now() + SHOWN_FOR
        return f"{self._public_url}{PATH}/{self._signer.dumps([evidence_id, int(until.timestamp())])}"

    def read(self, token: str) -> int:
        """The id of the item that a token is of.

        Raises:
            LinkUnknown: it is not ours, or was changed.
            LinkOver: its hour is over.
        """
        try:
            evidence_id, until = self._signer.loads(token)
        except BadData as error:
            raise LinkUnknown from error
        if datetime.fromtimestamp(until, UTC) <= self._clock.now():
            raise LinkOver
        return int(evidence_id)


def open_links(settings: Settings, clock: Clock) -> EvidenceLinks | None:
    """The addresses of this installation; None where it has no key, or where phones would not reach them safely.

    Plain http is taken of this machine alone, for trying the service out.
    """
    where = urlsplit(settings.public_url)
    is_safe = where.scheme == "https" or where.hostname in _THIS_MACHINE
    if not settings.secret_key or not is_safe:
        return None
    return EvidenceLinks(settings.secret_key, settings.public_url, clock)
