"""Texts that were not quite understood: asking back with buttons, one line of help, and the count of both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from bot.understanding import Meaning, Understanding
from bot.understanding.certainty import WORTH_ASKING
from bot.understanding.conversation import LETTER_SLOTS, OF_LETTERS
from bot.understanding.intents import UNKNOWN
from handlers.context import Context, Messages, promise, read_id, small_talk
from messages import choices as view
from messages import smalltalk as smalltalk_view
from messages.actions import read_postback
from models.conversations import CONFIRMATION, Topic, find_topic, remember_topic
from models.indicator_access import REPORTS
from models.members import ANSWERS_REQUESTS, KEEPS_THE_REGISTER, SEES_SERVICE_FIGURES, Role
from models.outbox import Outgoing
from models.pending import WaitingAction, take_action
from models.unclear import NONE_OF_THEM, Outcome, record_choice, record_unclear

MOST_CHOICES = 3

READ_BACK = frozenset({"update_document", "delete_my_data", "report_progress"})
"""Their read-back is the question already."""

MAY_DO: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        **dict.fromkeys(("acknowledge_request", "answer_request", "duty_queue"), ANSWERS_REQUESTS),
        **dict.fromkeys(("start_duty", "end_duty", "who_is_on_duty", "hand_over_duty"), ANSWERS_REQUESTS),
        "update_document": KEEPS_THE_REGISTER,
        "service_kpi": SEES_SERVICE_FIGURES,
        "report_progress": REPORTS,
        "review_reports": frozenset({Role.REVIEWER, Role.ADMIN}),
    }
)
"""Who is offered what; everybody what is not named here. The handlers ask for the roles themselves again."""

NEVER_OFFERED = frozenset({UNKNOWN, "greet", "thanks", "confirm", "decline", "cancel", "help", "register"})

_DEED_OF_POSTBACK = {
    "record_stage": "update_document",
    "answer_stage": "answer_request",
    "delete_data": "delete_my_data",
    "confirm_report": "report_progress",
}
"""What is read back, by the postback that waits for a yes."""


def likely_meanings(understanding: Understanding, roles: Collection[Role]) -> list[Meaning]:
    """What a text may mean for a person of these roles, the likeliest first, at most three."""
    found: dict[str, Meaning] = {}
    for meaning in _allowed(understanding, roles):
        found.setdefault(view.label(meaning.intent, meaning.slots), meaning)
    return list(found.values())[:MOST_CHOICES]


def ask_back(
    context: Context, understanding: Understanding, likely: Sequence[Meaning], topic: Topic | None
) -> list[Outgoing]:
    """Offer what a text may mean, and count it; what was spoken of before stays remembered."""
    kind = understanding.kind or "+".join(sorted(meaning.intent for meaning in likely[:2]))
    unclear_id = record_unclear(
        context.session, Outcome.UNSURE, kind, [meaning.intent for meaning in likely], context.asked_at
    )
    return ask_which(context, likely, topic, unclear_id)


def ask_which(
    context: Context, likely: Sequence[Meaning], topic: Topic | None = None, unclear_id: int | None = None
) -> list[Outgoing]:
    """Let the person choose one of these by a tap, or say yes to the only one."""
    before = topic or Topic(UNKNOWN)
    asked = replace(
        before,
        waits_for=None if before.waits_for == CONFIRMATION else before.waits_for,
        choices=[{"intent": meaning.intent, "slots": dict(meaning.slots)} for meaning in likely],
        unclear_id=unclear_id,
        said_at=context.asked_at,
    )
    remember_topic(context.session, context.line_user_id, asked, context.now)
    return promise(_question(asked, context.asked_at))


def ask_again(context: Context, topic: Topic) -> list[Outgoing]:
    """A plain ใช่ where there are several to choose from."""
    return promise(_question(topic, topic.said_at or context.asked_at))


def help_out(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Say in one line that nothing was understood, and what may be typed, and count it."""
    kind = understanding.kind or understanding.intent
    record_unclear(context.session, Outcome.LOST, kind, [], context.asked_at)
    return small_talk(smalltalk_view.not_understood(context.member.roles))


def find_question(context: Context, tapped: Understanding) -> Topic | None:
    """The question that a button belongs to, while it waits for its answer.

    Raises:
        Invalid: ``postback_unreadable``.
    """
    topic = find_topic(context.session, context.line_user_id, context.now)
    if topic is None or not topic.choices or _milliseconds(topic.said_at) != read_id(tapped, "said"):
        return None
    return topic


def choose(context: Context, topic: Topic, number: int) -> Understanding | None:
    """The meaning that was chosen, counted; None where the question has no such choice."""
    if not 1 <= number <= len(topic.choices):
        return None
    chosen = topic.choices[number - 1]
    _close(context, topic, chosen["intent"])
    return Understanding(chosen["intent"], chosen["slots"])


def choose_none(context: Context, tapped: Understanding) -> list[Outgoing]:
    """None of the offered meanings was right: show what may be typed."""
    topic = find_question(context, tapped)
    if topic is None:
        return answered_before(context, tapped)
    _close(context, topic, NONE_OF_THEM)
    return small_talk(smalltalk_view.help_for(context.member.roles))


def answered_before(context: Context, tapped: Understanding) -> list[Outgoing]:
    """A button of a question that was answered, or that is over."""
    topic = find_topic(context.session, context.line_user_id, context.now)
    is_answered = topic is not None and _milliseconds(topic.said_at) == read_id(tapped, "said")
    return small_talk(view.chosen_already() if is_answered else view.too_late())


def count_refusal(context: Context, understanding: Understanding) -> None:
    """Count what a ยกเลิก or ไม่ใช่ turns down: a change that was read back, or what a question offered."""
    topic = find_topic(context.session, context.line_user_id, context.now)
    waiting = take_action(context.session, context.line_user_id, context.now)
    if waiting is not None and still_waits(waiting, topic):
        deed = _DEED_OF_POSTBACK.get(read_postback(waiting.postback)[0])
        if deed:
            record_unclear(context.session, Outcome.DECLINED, deed, [deed], context.asked_at)
    elif topic is not None and topic.choices and understanding.intent == "decline":
        _close(context, topic, NONE_OF_THEM)


def still_waits(waiting: WaitingAction, topic: Topic | None) -> bool:
    """Whether a read-back may still be confirmed: its time is not over, and the person has not turned elsewhere."""
    return not waiting.is_over and (topic is None or topic.waits_for == CONFIRMATION)


def _allowed(understanding: Understanding, roles: Collection[Role]) -> Iterator[Meaning]:
    own = Meaning(understanding.intent, understanding.slots, understanding.confidence)
    others = [other for other in understanding.others if other.confidence >= WORTH_ASKING]
    for meaning in (own, *others):
        if meaning.intent in NEVER_OFFERED:
            continue
        if meaning.intent not in MAY_DO or MAY_DO[meaning.intent] & set(roles):
            yield meaning
        elif meaning.intent in OF_LETTERS and meaning.slots.keys() & set(LETTER_SLOTS):
            named = {name: value for name, value in meaning.slots.items() if name in LETTER_SLOTS}
            yield Meaning("track_document", named, meaning.confidence)  # who may not record may ask


def _question(topic: Topic, said_at: datetime) -> Messages:
    labels = [view.label(choice["intent"], choice["slots"]) for choice in topic.choices]
    said = _milliseconds(said_at) or 0
    return view.is_it(labels[0], said) if len(labels) == 1 else view.which_one(labels, said)


def _close(context: Context, topic: Topic, chosen: str) -> None:
    """A question is answered once."""
    if topic.unclear_id is not None:
        record_choice(context.session, topic.unclear_id, chosen)
    answered = replace(topic, choices=(), unclear_id=None)
    remember_topic(context.session, context.line_user_id, answered, context.now)


def _milliseconds(at: datetime | None) -> int | None:
    return None if at is None else round(at.timestamp() * 1000)
