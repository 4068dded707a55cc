"""Satisfaction: a person's mark for an answer, why it was a bad one, and the supervisor who looks into that."""

from __future__ import annotations

from bot.understanding import Understanding
from handlers.context import Context, Messages, promise, read_id, tell
from messages import rating as view
from messages.actions import postback_data
from messages.lengths import clip
from models import ratings
from models.duty_shifts import who_stands_in
from models.members import Role
from models.outbox import Importance, Outgoing
from models.pending import PENDING_FOR, forget_words, remember_words
from models.ratings import Rated
from models.requests import RequestLine, get_request
from models.units import get_unit_name
from models.visibility import OPERATOR, find_letter_numbers

LOOKS_INTO_BAD_MARKS = frozenset({Role.SUPERVISOR, Role.ADMIN})
LONGEST_WORDS = 500


def rate(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Keep a mark, tapped for an answer or typed for the last one; ask for it where none was said."""
    session, person = context.session, context.line_user_id
    is_tap = "answer" in understanding.slots
    answer = read_id(understanding, "answer") if is_tap else ratings.find_last_answered(session, person, context.now)
    if answer is None:
        return promise(view.nothing_to_rate())
    if not is_tap and "score" not in understanding.slots:
        return promise([view.invitation(answer)])
    rated = ratings.rate_answer(session, person, answer, read_id(understanding, "score"), context.deed)
    told = _tell_supervisors(context, rated.number, rated.score) if rated.opens_follow_up else []
    return [*promise(_reply(context, rated)), *told]


def explain(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Pass on why a person was not satisfied, in the words that were typed."""
    words = clip(context.text.strip(), LONGEST_WORDS)
    if view.is_skip(words):
        return skip_words(context, understanding)
    number = read_id(understanding, "request")
    score = ratings.record_words(context.session, number, context.line_user_id, words, context.now)
    return [*promise(view.words_passed_on(number)), *_tell_supervisors(context, number, score, words)]


def skip_words(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Leave a bad mark without words."""
    forget_words(context.session, context.line_user_id)
    return promise(view.words_skipped())


def close_follow_up(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Let a supervisor say that a bad mark was looked into."""
    context.require_role(LOOKS_INTO_BAD_MARKS)
    number = read_id(understanding, "request")
    was_open = ratings.close_follow_up(context.session, number, context.deed)
    return promise(view.follow_up_closed(number) if was_open else view.follow_up_closed_before(number))


def _reply(context: Context, rated: Rated) -> Messages:
    if rated.wants_words:
        postback = postback_data("explain", request=rated.number)
        remember_words(context.session, context.line_user_id, postback, context.now)
        return view.ask_for_words(rated.number, rated.score, context.now + PENDING_FOR)
    forget_words(context.session, context.line_user_id)
    return view.thanks(rated.number, rated.score, rated.before)


def _tell_supervisors(context: Context, number: int, score: int, words: str | None = None) -> list[Outgoing]:
    request = get_request(context.session, number)
    answering = ratings.find_answering_unit(context.session, number) if request.waits_for_human else None
    card = view.dissatisfied(
        number,
        score,
        unit_name=get_unit_name(context.session, request.unit_id),
        letter_number=_letter_number(context, request),
        answered_by=get_unit_name(context.session, answering) if answering else None,
        is_machine=not request.waits_for_human,
        words=words,
    )
    # Rows of one key may go out as one multicast: what is told later of the same request has another key.
    share_key = f"rating:{number}:{score}:{'words' if words else 'mark'}:{context.asked_at.timestamp()}"
    people = who_stands_in(context.session).line_user_ids
    return tell(people, card, share_key, Importance.PROMISE)


def _letter_number(context: Context, request: RequestLine) -> str:
    if request.document_id is None:
        return request.asked_number or ""
    return find_letter_numbers(context.session, OPERATOR, {request.document_id}).get(request.document_id, "")
