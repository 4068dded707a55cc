"""Recording where a letter is, by those who keep the register; every change is read back before it counts."""

from __future__ import annotations

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, promise, read_id
from handlers.tracking import find_one_named
from messages import documents as view
from messages.actions import postback_data
from models import documents, requests, visibility
from models.documents import LetterView, Stage
from models.errors import Invalid
from models.members import KEEPS_THE_REGISTER
from models.outbox import Outgoing
from models.questions import letter_matter

LONGEST_NOTE = 100
INTENT = "update_document"


def update_document(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Read back a typed change such as "กท 5301/77 ปลัดลงนามแล้ว"."""
    context.require_role(KEEPS_THE_REGISTER)
    letter = _named(context, understanding)
    if not isinstance(letter, LetterView):
        return letter
    if "stage" not in understanding.slots:
        topics.remember_letter(context, INTENT, letter)
        return promise(view.stage_choices(letter, documents.next_stages(letter.stage)))
    return _read_back(context, letter, _stage(understanding), str(understanding.slots.get("note", "")))


def choose_stage(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Offer the stages that a letter can reach next."""
    context.require_role(KEEPS_THE_REGISTER)
    letter = visibility.get_letter(context.session, context.viewer, read_id(understanding, "document"))
    return promise(view.stage_choices(letter, documents.next_stages(letter.stage)))


def set_stage(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Read back the stage of a tapped button."""
    context.require_role(KEEPS_THE_REGISTER)
    letter = visibility.get_letter(context.session, context.viewer, read_id(understanding, "document"))
    return _read_back(context, letter, _stage(understanding), "")


def record_stage(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Record a confirmed stage; a second tap on the same button finds it recorded and changes nothing."""
    context.require_role(KEEPS_THE_REGISTER)
    seen = visibility.get_letter(context.session, context.viewer, read_id(understanding, "document"))
    stage = _stage(understanding)
    if seen.stage is stage and seen.latest_event_id != read_id(understanding, "event"):
        return promise(view.nothing_changed(seen))
    documents.record_stage(
        context.session,
        seen.id,
        stage,
        at=context.asked_at,
        note=understanding.slots.get("note"),
        recorded_by=f"line:{context.member.id}",
        expected_event_id=read_id(understanding, "event"),
    )
    letter = visibility.get_letter(context.session, context.viewer, seen.id)
    waiting = requests.list_requests_on_matter(context.session, letter_matter(letter.id))
    asked = view.people_wait(letter, waiting[0].number, len(waiting)) if waiting else []
    return promise([*view.stage_recorded(letter, context.now), *asked])


def _named(context: Context, understanding: Understanding) -> LetterView | list[Outgoing]:
    """The letter that was named, else what to say instead."""
    if "document" in understanding.slots:
        return visibility.get_letter(context.session, context.viewer, read_id(understanding, "document"))
    found = find_one_named(context, INTENT, understanding.slots)
    return found if isinstance(found, list) else visibility.get_letter(context.session, context.viewer, found.id)


def _read_back(context: Context, letter: LetterView, stage: Stage, note: str) -> list[Outgoing]:
    if letter.stage is stage and not note:
        topics.remember_letter(context, INTENT, letter)
        return promise(view.nothing_changed(letter))
    if letter.stage is not stage and not documents.may_move(letter.stage, stage):
        raise Invalid("stage_not_reachable", from_stage=letter.stage, to_stage=stage)
    note = note.strip()[:LONGEST_NOTE]
    data = postback_data(
        "record_stage", document=letter.id, stage=stage.value, event=letter.latest_event_id, note=note or None
    )
    topics.wait_for_confirmation(context, data, INTENT, topics.letter_slots(letter))
    return promise(view.confirm_stage(letter, stage, note or None, now=context.now))


def _stage(understanding: Understanding) -> Stage:
    try:
        return Stage(str(understanding.slots.get("stage", "")))
    except ValueError as error:
        raise Invalid("postback_unreadable") from error
