"""What the pages at signed addresses share: reading the address, and refusing in one plain line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import Response

from bot.signed_links import LinkUnknown, SignedLinks
from messages.language import Words

Opened = TypeVar("Opened")


def read_address(links: SignedLinks | None, token: str, read: Callable[[list[str | int | None]], Opened]) -> Opened:
    """What the token of an address opens, as ``read`` makes it from plain values.

    Raises:
        LinkUnknown: it is not ours, was changed, or was written by another version; or there are no such addresses.
        LinkOver: its time is over.
    """
    if links is None:
        raise LinkUnknown
    opens = links.read(token)
    try:
        return read(opens)
    except (TypeError, ValueError) as error:
        raise LinkUnknown from error


def refusal(words: Words, status: int, guards: Mapping[str, str]) -> Response:
    """In Thai for everybody: nobody has said anything whose language could be told."""
    refused = Response(f"{words.thai}\n", status, content_type="text/plain; charset=utf-8")
    return guarded(refused, {"Cache-Control": "no-store", **guards})


def guarded(response: Response, guards: Mapping[str, str]) -> Response:
    """The response with headers that say what a browser may do with it."""
    response.headers.update(guards)
    return response
