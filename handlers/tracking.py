"""Where is a letter: finding it and showing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, Messages, answer_to_request, promise, read_id, small_talk
from handlers.duty import pass_on
from handlers.questions import about_letter, about_words, is_own_work
from handlers.queues import show_my_requests, show_queue
from messages import tracking as view
from models import questions, visibility
from models.documents import LetterLine, LetterView
from models.errors import Invalid
from models.follows import is_following
from models.members import KEEPS_THE_REGISTER
from models.outbox import Outgoing
from models.questions import MachineAnswer

PAGE = view.LIST_ROWS
INTENT = "track_document"

QUERIES = (
    ("number", "document_number"),
    ("receive", "receive_number"),
    ("title", "title"),
    ("running", "running_number"),
    ("words", "words"),
)
"""Ways to look for a letter, with the slot that each takes, the surest first."""

GUESSED = frozenset({"running", "words"})
"""Said where we asked for a letter, perhaps meant otherwise: where they find nothing, no officer hears of them."""

RUNNING_NUMBERS_REACH_BACK = timedelta(days=400)

_ANY = Understanding("my_requests")


def track_document(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Answer a question by number, receive number or words of the title; ask back where none was said."""
    if "document" in understanding.slots:
        return show_letter(context, understanding)
    query = named_letter(understanding.slots)
    if query is None and "request" in understanding.slots:
        return show_queue(context, _ANY) if is_own_work(context) else show_my_requests(context, _ANY)
    if query is None:
        return ask_which_letter(context, INTENT, understanding.slots)
    return _answer_query(context, *query, offset=0)


def named_letter(slots: Mapping[str, Any]) -> tuple[str, str] | None:
    """How and by what the slots name a letter, as ``find_letters`` wants it; None where they do not."""
    return next(((kind, str(slots[slot])) for kind, slot in QUERIES if slots.get(slot)), None)


def is_named_by_words(slots: Mapping[str, Any]) -> bool:
    """Whether free words are all that tells which letter is meant."""
    named = named_letter(slots)
    return named is not None and named[0] == "words"


def ask_which_letter(context: Context, intent: str, slots: Mapping[str, Any]) -> list[Outgoing]:
    """Ask for a letter's number, and go on with what was wanted when it comes."""
    topics.remember(context, intent, slots, waits_for="document_number")
    return small_talk(view.ask_for_number())


def find_one_named(context: Context, intent: str, slots: Mapping[str, Any]) -> LetterLine | list[Outgoing]:
    """The one letter that the slots name, else what to say instead: which one, that there is none, or several."""
    query = named_letter(slots)
    if query is None:
        return ask_which_letter(context, intent, slots)
    lines, total = find_letters(context, *query, limit=10)
    if not lines:
        return not_found(context, intent, *query)
    return lines[0] if total == 1 else small_talk(several_found(context, intent, *query, lines, total))


def show_letter(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show the letter of a tapped row."""
    letter = visibility.get_letter(context.session, context.viewer, read_id(understanding, "document"))
    return _answer_letter(context, letter)


def show_more(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show the next rows of a list."""
    kind, query = understanding.slots.get("kind", ""), understanding.slots.get("query", "")
    if kind not in dict(QUERIES) or not query:
        raise Invalid("postback_unreadable")
    return _answer_query(context, kind, query, offset=read_id(understanding, "offset"))


def find_letters(context: Context, kind: str, query: str, limit: int) -> tuple[Sequence[LetterLine], int]:
    """Letters that fit a query for this person, newest first, with the number of all that fit."""
    session, viewer = context.session, context.viewer
    if kind == "number":
        lines = visibility.list_letters_by_number(session, viewer, query, limit=limit)
        return lines, _total(lines, limit, lambda: visibility.count_letters_by_number(session, viewer, query))
    if kind == "receive":
        lines = visibility.list_letters_by_receive_number(session, viewer, query, limit=limit)
        return lines, _total(lines, limit, lambda: visibility.count_letters_by_receive_number(session, viewer, query))
    if kind == "running":
        return _find_by_half_a_number(context, query, limit)
    lines = visibility.list_letters_by_title(session, viewer, query, limit=limit)
    return lines, _total(lines, limit, lambda: visibility.count_letters_by_title(session, viewer, query))


def not_found(context: Context, intent: str, kind: str, query: str) -> list[Outgoing]:
    """Say that there is nothing to show; where the words were a guess of ours, go on waiting for better ones."""
    slots = {} if kind in GUESSED else {dict(QUERIES)[kind]: query}
    topics.remember(context, intent, slots, waits_for="document_number" if kind in GUESSED else None)
    return small_talk(view.letter_not_found(query))


def several_found(
    context: Context, intent: str, kind: str, query: str, lines: Sequence[LetterLine], total: int
) -> Messages:
    """The first page of the letters that fit."""
    topics.remember(context, intent, {dict(QUERIES)[kind]: query})
    return view.letter_list(lines, total=total, offset=0, query_kind=kind, now=context.now, query=query)


def _find_by_half_a_number(context: Context, query: str, limit: int) -> tuple[Sequence[LetterLine], int]:
    """A bare number is a letter's running number, else a receive number."""
    session, viewer = context.session, context.viewer
    since = (context.now - RUNNING_NUMBERS_REACH_BACK).date()
    lines = visibility.list_letters_by_running_number(session, viewer, query, since, limit=limit)
    if not lines:
        return find_letters(context, "receive", query, limit)
    return lines, _total(
        lines, limit, lambda: visibility.count_letters_by_running_number(session, viewer, query, since)
    )


def _answer_query(context: Context, kind: str, query: str, offset: int) -> list[Outgoing]:
    lines, total = find_letters(context, kind, query, limit=offset + PAGE)
    shown = lines[offset:]
    if not shown:
        return _answer_unknown(context, kind, query)
    if total == 1:
        return _answer_letter(context, visibility.show_line(context.session, shown[0]))
    if offset == 0:
        page = several_found(context, INTENT, kind, query, shown, total)
    else:
        page = view.letter_list(shown, total=total, offset=offset, query_kind=kind, now=context.now, query=query)
    return small_talk(page) if is_own_work(context) else promise(page)


def _answer_unknown(context: Context, kind: str, query: str) -> list[Outgoing]:
    """What the register does not tell this person an officer may know."""
    if is_own_work(context) or kind in GUESSED:
        return not_found(context, INTENT, kind, query)
    topics.remember(context, INTENT, {dict(QUERIES)[kind]: query})
    passed_on = pass_on(context, about_words(context, kind, query), None)
    return [*promise(view.not_in_register(query)), *passed_on]


def _answer_letter(context: Context, letter: LetterView) -> list[Outgoing]:
    """Answer at once from what is recorded lately; ask an officer first where the record may be out of date."""
    topics.remember_letter(context, INTENT, letter)
    if is_own_work(context):
        return small_talk(_card(context, letter))
    if not context.terms.is_fresh(letter.steps[-1].at, context.now):
        return [
            *promise(view.last_known(letter, context.now)),
            *pass_on(context, about_letter(context, letter), letter),
        ]
    machine = questions.record_machine_answer(
        context.session, about_letter(context, letter), context.terms, context.now
    )
    return answer_to_request(_card(context, letter, machine), machine.number)


def _card(context: Context, letter: LetterView, machine: MachineAnswer | None = None) -> Messages:
    return view.answer_card(
        letter,
        is_following=is_following(context.session, context.member.id, letter.id),
        now=context.now,
        can_update=bool(context.member.roles & KEEPS_THE_REGISTER),
        request=machine.number if machine else None,
        is_invited=machine.is_invited if machine else False,
    )


def _total(lines: Sequence[LetterLine], limit: int, count: Callable[[], int]) -> int:
    """Count only where the list itself does not tell."""
    return len(lines) if len(lines) < limit else count()
