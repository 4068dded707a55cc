"""Lists of requests: what the secretariat has before it, and what a person asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding import Understanding
from handlers.context import Context, answer, read_id, small_talk
from messages import queues as view
from messages.queues import LIST_ROWS, QueueNames
from models import requests, visibility
from models.members import ANSWERS_REQUESTS, get_member_names
from models.outbox import Outgoing
from models.requests import RequestLine
from models.units import get_unit_names


def show_queue(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what is not answered yet: ด่วนที่สุด first, then the nearest deadline.

    Two queries for the requests however many there are, and one each for the names beside ten of them.
    """
    context.require_role(ANSWERS_REQUESTS)
    offset = read_id(understanding, "offset") if "offset" in understanding.slots else 0
    rows = requests.list_open_requests(context.session, limit=LIST_ROWS, offset=offset)
    counts = requests.count_open_requests(context.session)
    return answer(view.request_queue(rows, counts, queue_names(context, rows), context.now, offset=offset))


def show_my_requests(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what the person asked, what waits first."""
    rows = requests.list_requests_of(context.session, context.line_user_id)
    return small_talk(view.my_requests(rows, _letter_numbers(context, rows), context.now))


def queue_names(context: Context, rows: Sequence[RequestLine]) -> QueueNames:
    """The names beside some requests."""
    holders = {row.holder_id for row in rows if row.holder_id is not None}
    return QueueNames(
        units=get_unit_names(context.session, {row.unit_id for row in rows}),
        letters=_letter_numbers(context, rows),
        holders=get_member_names(context.session, holders),
    )


def _letter_numbers(context: Context, rows: Sequence[RequestLine]) -> dict[int, str]:
    asked_about = {row.document_id for row in rows if row.document_id is not None}
    return visibility.find_letter_numbers(context.session, context.viewer, asked_about)
