"""What handlers remember of a conversation, so that the next text may lean on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from handlers.context import Context
from models.conversations import CONFIRMATION, Topic, remember_topic
from models.documents import LetterLine, LetterView
from models.pending import remember_action


def remember(context: Context, intent: str, slots: Mapping[str, Any], waits_for: str | None = None) -> None:
    """Let what was wanted be the topic from now on.

    Args:
        context: who speaks.
        intent: of understanding.
        slots: what was said of it.
        waits_for: the slot that the person is asked for with this answer.
    """
    said_at = context.question_at or context.asked_at
    topic = Topic(intent, dict(slots), waits_for, said_at=said_at)
    remember_topic(context.session, context.line_user_id, topic, context.now)


def remember_letter(context: Context, intent: str, letter: LetterView | LetterLine) -> None:
    """Let a letter that was found be the topic."""
    remember(context, intent, letter_slots(letter))


def wait_for_confirmation(
    context: Context, postback: str, intent: str, slots: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """Let a typed ยืนยัน do what the button of a read-back does, until the person turns to another matter.

    Args:
        context: whom the change is read back to.
        postback: of the button.
        intent: what was wanted.
        slots: what it is about, e.g. ``letter_slots``.
    """
    remember_action(context.session, context.line_user_id, postback, context.now)
    remember(context, intent, slots, CONFIRMATION)


def letter_slots(letter: LetterView | LetterLine) -> dict[str, Any]:
    """How a topic or a choice names a letter: by its id, and for people by its number."""
    return {"document": letter.id, "document_number": letter.number}
