"""A question as a tracking request keeps it, made from what was said or tapped."""

from __future__ import annotations

from dataclasses import replace

from handlers.context import Context
from models.document_numbers import parse_document_number, parse_receive_number
from models.documents import LetterView
from models.members import ANSWERS_REQUESTS
from models.questions import Question, letter_matter, number_matter

LONGEST_MATTER = 120


def is_own_work(context: Context) -> bool:
    """Whether the person looks something up for the secretariat rather than asking it."""
    return bool(context.member.roles & ANSWERS_REQUESTS)


def about_letter(context: Context, letter: LetterView, text: str = "") -> Question:
    """The person's question about a letter that they were shown."""
    return replace(
        _question(context, text),
        document_id=letter.id,
        asked_number=letter.number,
        matter_key=letter_matter(letter.id),
        urgency=letter.urgency,
    )


def about_words(context: Context, kind: str, words: str) -> Question:
    """The person's question about something that the register does not tell.

    Args:
        context: who asks.
        kind: what the words are: ``number``, ``receive``, ``title``, or anything else for no letter in particular.
        words: as the person wrote them; several people who ask for one number wait for it together.
    """
    number = parse_document_number(words) if kind == "number" else None
    asked = _question(context, words)
    if number is not None:
        return replace(asked, asked_number=number.canonical, matter_key=_matter(number.key))
    received = parse_receive_number(words) if kind == "receive" else None
    if received is not None:
        digits, year = received
        return replace(asked, matter_key=_matter(f"receive:{digits}/{year or ''}"))
    return asked


def _matter(key: str) -> str | None:
    matter = number_matter(key)
    return matter if len(matter) <= LONGEST_MATTER else None


def _question(context: Context, words: str) -> Question:
    return Question(
        asker_line_id=context.line_user_id,
        member_id=context.member.id,
        unit_id=context.member.unit_id,
        asked_at=context.asked_at,
        received_at=context.received_at,
        text=context.text or words,
    )
