"""Lists of requests: what the secretariat has before it, and what a person asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.understanding import Understanding
from handlers.context import Context, Messages, answer, read_offset, small_talk
from messages import queues as view
from messages.queues import LIST_ROWS, QueueNames
from models import requests, visibility
from models.members import ANSWERS_REQUESTS, get_member_names
from models.outbox import Outgoing
from models.requests import RequestLine
from models.units import get_unit_names
from models.visibility import OPERATOR, Viewer


def show_queue(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what is not answered yet: ด่วนที่สุด first, then the nearest deadline.

    Two queries for the requests however many there are, and one each for the names beside ten of them.
    """
    context.require_role(ANSWERS_REQUESTS)
    offset = read_offset(understanding)
    rows = requests.list_open_requests(context.session, limit=LIST_ROWS, offset=offset)
    counts = requests.count_open_requests(context.session)
    names = queue_names(context.session, context.viewer, rows)
    return answer(view.request_queue(rows, counts, names, context.now, offset=offset))


def show_my_requests(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what the person asked, what waits first."""
    rows = requests.list_requests_of(context.session, context.line_user_id)
    return small_talk(view.my_requests(rows, letter_numbers(context.session, context.viewer, rows), context.now))


def whole_queue(session: Session, now: datetime) -> Messages:
    """The first page of the queue for officers; nothing where nothing waits."""
    rows = requests.list_open_requests(session, limit=LIST_ROWS)
    if not rows:
        return []
    return view.request_queue(rows, requests.count_open_requests(session), queue_names(session, OPERATOR, rows), now)


def queue_names(session: Session, viewer: Viewer, rows: Sequence[RequestLine]) -> QueueNames:
    """The names beside some requests."""
    holders = {row.holder_id for row in rows if row.holder_id is not None}
    return QueueNames(
        units=get_unit_names(session, {row.unit_id for row in rows}),
        letters=letter_numbers(session, viewer, rows),
        holders=get_member_names(session, holders) if holders else {},
    )


def letter_numbers(session: Session, viewer: Viewer, rows: Sequence[RequestLine]) -> dict[int, str]:
    """Numbers of the letters that requests are about, by id, as far as the viewer may know of them."""
    asked_about = {row.document_id for row in rows if row.document_id is not None}
    return visibility.find_letter_numbers(session, viewer, asked_about) if asked_about else {}
