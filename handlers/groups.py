"""Groups: silent unless mentioned, and then only what the asker may see and the group's unit owns."""

from __future__ import annotations

import re

from bot.understanding import Understanding
from handlers.context import Context, answer_to_request, promise, small_talk
from handlers.questions import about_letter, is_own_work
from messages import groups as view
from models import groups, questions, visibility
from models.documents import LetterView
from models.members import Role
from models.outbox import Outgoing, cancel_waiting
from models.units import get_unit

_LINK = re.compile(r"^\s*ผูกกลุ่ม(?:นี้)?(?:กับ)?\s*(?P<unit>.+)$")


def joined(context: Context, understanding: Understanding) -> list[Outgoing]:
    """The account was invited to a group."""
    groups.record_joined(context.session, context.group_id or "", context.now)
    return small_talk(view.joined())


def left(context: Context, understanding: Understanding) -> list[Outgoing]:
    """The account was removed from a group."""
    groups.record_left(context.session, context.group_id or "", context.now)
    cancel_waiting(context.session, context.group_id or "", "left_group")
    return []


def mentioned(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Answer in a group, or ask the person to come to the chat of two."""
    link = _LINK.match(context.text)
    if link is not None:
        return _link(context, link["unit"])
    unit_id = groups.find_linked_unit(context.session, context.group_id or "")
    number = understanding.slots.get("document_number")
    if context.registered is None or unit_id is None or understanding.intent != "track_document" or not number:
        return small_talk(view.answer_in_private())
    viewer = context.viewer.narrowed_to({unit_id})
    lines = visibility.list_letters_by_number(context.session, viewer, str(number), limit=2)
    if len(lines) != 1:
        return small_talk(view.answer_in_private())
    letter = visibility.get_letter(context.session, viewer, lines[0].id)
    return _answer_in_group(context, letter)


def _answer_in_group(context: Context, letter: LetterView) -> list[Outgoing]:
    """What is recorded lately is told where it was asked; what an officer must look at is asked in the chat of two."""
    messages = view.group_letter(letter, context.now)
    if is_own_work(context):
        return small_talk(messages)
    if not context.terms.is_fresh(letter.steps[-1].at, context.now):
        return small_talk(view.answer_in_private())
    question = about_letter(context, letter)
    machine = questions.record_machine_answer(context.session, question, context.terms, context.now)
    return answer_to_request(messages, machine.number)


def _link(context: Context, unit_text: str) -> list[Outgoing]:
    if context.registered is None or Role.ADMIN not in context.registered.roles:
        return small_talk(view.only_admins_link())
    unit = get_unit(context.session, unit_text.strip())
    groups.link_group(context.session, context.group_id or "", unit.id, context.registered.id, context.now)
    return promise(view.group_linked(unit.name))
