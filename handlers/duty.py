"""Questions that go to the secretariat: asking for an officer, taking a request on, answering it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding import Understanding
from handlers.context import Context, answer, promise, read_id, small_talk, tell
from messages import duty as view
from models import request_steps, requests, visibility
from models.documents import LetterView
from models.members import Role, list_line_ids_with_role
from models.outbox import CountsAs, Importance, Outgoing
from models.request_steps import Question, letter_matter
from models.requests import RequestEventKind, RequestLine
from models.units import get_unit_name, get_unit_names

ANSWERS_REQUESTS = frozenset({Role.SECRETARY, Role.SUPERVISOR, Role.ADMIN})
LONGEST_ANSWER = 1000


def talk_to_officer(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Pass a person's question on to everybody of the secretariat, and say so."""
    letter = _letter_of(context, understanding)
    question = Question(
        asker_line_id=context.line_user_id,
        member_id=context.member.id,
        unit_id=context.member.unit_id,
        asked_at=context.asked_at,
        received_at=context.received_at,
        text=str(understanding.slots.get("query", "")),
        document_id=letter.id if letter else None,
        matter_key=letter_matter(letter.id) if letter else None,
    )
    request, _ = request_steps.open_request(context.session, question, context.terms, context.now)
    officers = list_line_ids_with_role(context.session, ANSWERS_REQUESTS)
    card = view.request_card(
        request.number,
        get_unit_name(context.session, context.member.unit_id),
        request.question,
        letter,
        request.asked_at,
        context.now,
    )
    told = tell(officers, card, f"request:{request.number}", Importance.PROMISE)
    return [*promise(view.passed_to_officers(request.number, None)), *told]


def acknowledge(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Take a request on; the first officer wins, the others hear who has it."""
    context.require_role(ANSWERS_REQUESTS)
    number = read_id(understanding, "request")
    taken = request_steps.acknowledge_request(context.session, number, context.deed)
    section = get_unit_name(context.session, context.member.unit_id)
    if not taken.requests:
        event = requests.find_event(context.session, number, RequestEventKind.ACKNOWLEDGED)
        return promise(view.already_acknowledged(number, section, event.at if event else context.now))
    told = [
        Outgoing(
            tuple(view.acknowledged_to_asker(request.number, section)),
            to=request.asker_line_id,
            importance=Importance.PROMISE,
            request=request.number,
            counts_as=CountsAs.ACKNOWLEDGEMENT,
        )
        for request in taken.requests
    ]
    return [*promise(view.acknowledged(number)), *told]


def start_answer(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Tell the officer how to write the answer; the button has filled in ``#42`` where LINE can."""
    context.require_role(ANSWERS_REQUESTS)
    return promise(view.ask_for_answer(read_id(understanding, "request")))


def answer_request(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Send an officer's words to the person who asked."""
    context.require_role(ANSWERS_REQUESTS)
    number = read_id(understanding, "request")
    words = str(understanding.slots.get("text", "")).strip()[:LONGEST_ANSWER]
    if not words:
        return promise(view.ask_for_answer(number))
    answered = request_steps.answer_request(context.session, number, context.deed)
    section = get_unit_name(context.session, context.member.unit_id)
    told = [
        Outgoing(
            tuple(view.answer_to_asker(request.number, words, section)),
            to=request.asker_line_id,
            importance=Importance.PROMISE,
            request=request.number,
            counts_as=CountsAs.ANSWER,
        )
        for request in answered.requests
    ]
    return [*promise(view.answer_recorded(number)), *told]


def show_queue(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show the secretariat's open requests, the oldest first."""
    context.require_role(ANSWERS_REQUESTS)
    rows = requests.list_open_requests(context.session)
    unit_names = get_unit_names(context.session, {row.unit_id for row in rows})
    return answer(view.request_queue(rows, unit_names, _letter_numbers(context, rows), now=context.now))


def show_my_requests(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what the person asked officers."""
    rows = requests.list_requests_of(context.session, context.line_user_id)
    return small_talk(view.my_requests(rows, _letter_numbers(context, rows), now=context.now))


def _letter_numbers(context: Context, rows: Sequence[RequestLine]) -> dict[int, str]:
    asked_about = {row.document_id for row in rows if row.document_id is not None}
    return visibility.find_letter_numbers(context.session, context.viewer, asked_about)


def _letter_of(context: Context, understanding: Understanding) -> LetterView | None:
    if "document" not in understanding.slots:
        return None
    return visibility.get_letter(context.session, context.viewer, read_id(understanding, "document"))
