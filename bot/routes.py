"""The tables from what happened to who handles it, and the few rules that hold before any handler."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.events import Event
from bot.understanding import Understanding
from handlers import (
    answering,
    documents,
    duty,
    following,
    groups,
    membership,
    queues,
    rating,
    service,
    shifts,
    smalltalk,
    tracking,
)
from handlers.context import Context
from messages.actions import read_postback
from models.inbox import forget_message
from models.outbox import Outgoing
from models.pending import take_action, take_words

Handler = Callable[[Context, Understanding], list[Outgoing]]

INTENT_ROUTES: Mapping[str, Handler] = MappingProxyType(
    {
        "track_document": tracking.track_document,
        "follow_document": following.follow_letter,
        "unfollow_document": following.unfollow_letter,
        "my_requests": queues.show_my_requests,
        "talk_to_officer": duty.talk_to_officer,
        "duty_queue": queues.show_queue,
        "start_duty": shifts.start_duty,
        "end_duty": shifts.end_duty,
        "who_is_on_duty": shifts.who_is_on_duty,
        "hand_over_duty": shifts.hand_over_duty,
        "reopen_request": duty.reopen,
        "withdraw_request": duty.withdraw,
        "acknowledge_request": duty.acknowledge,
        "answer_request": answering.answer_request,
        "update_document": documents.update_document,
        "register": membership.register,
        "delete_my_data": membership.ask_to_delete,
        "greet": smalltalk.greet,
        "thanks": smalltalk.thanks,
        "help": smalltalk.give_help,
        "confirm": smalltalk.nothing_to_confirm,
        "decline": smalltalk.cancel,
        "cancel": smalltalk.cancel,
        "report_progress": smalltalk.not_yet_available,
        "query_indicator": smalltalk.not_yet_available,
        "behind_plan": smalltalk.not_yet_available,
        "service_kpi": service.show_service_figures,
        "summary": smalltalk.not_yet_available,
        "rate": rating.rate,
        "notification_settings": smalltalk.not_yet_available,
        "unknown": smalltalk.not_understood,
    }
)

POSTBACK_ROUTES: Mapping[str, Handler] = MappingProxyType(
    {
        "show": tracking.show_letter,
        "more": tracking.show_more,
        "follow": following.follow_letter,
        "unfollow": following.unfollow_letter,
        "followed": following.list_followed,
        "talk": duty.talk_to_officer,
        "acknowledge": duty.acknowledge,
        "answer": answering.start_answer,
        "write_answer": answering.ask_for_words,
        "tell_stage": answering.confirm_stage,
        "answer_stage": answering.answer_stage,
        "answer_not_found": answering.answer_not_found,
        "hand_over": duty.choose_colleague,
        "hand_over_to": duty.hand_over,
        "reopen": duty.reopen,
        "withdraw": duty.withdraw,
        "queue": queues.show_queue,
        "start_duty": shifts.start_duty,
        "end_duty": shifts.end_duty,
        "hand_over_duty": shifts.hand_over_duty,
        "hand_over_duty_to": shifts.hand_over_duty_to,
        "stages": documents.choose_stage,
        "set_stage": documents.set_stage,
        "record_stage": documents.record_stage,
        "rate": rating.rate,
        "explain": rating.explain,
        "skip_words": rating.skip_words,
        "close_follow_up": rating.close_follow_up,
        "accept_privacy": membership.accept_privacy,
        "decline_privacy": membership.decline_privacy,
        "delete_data": membership.delete_data,
        "cancel": smalltalk.cancel,
    }
)

EVENT_ROUTES: Mapping[str, Handler] = MappingProxyType(
    {
        "follow": smalltalk.follow_account,
        "unfollow": smalltalk.unfollow_account,
        "join": groups.joined,
        "leave": groups.left,
    }
)

UNUSABLE_KINDS = frozenset({"sticker", "image", "video", "audio", "file", "location"})

OPEN_TO_STRANGERS = frozenset({"register", "accept_privacy", "decline_privacy"})
"""Everything else tells a stranger how to register, and nothing more."""


def route_event(context: Context, event: Event, understanding: Understanding) -> list[Outgoing]:
    """Ask the handler that an event belongs to; an event that needs no answer gives an empty list."""
    if event.kind == "unsend":
        forget_message(context.session, event.message_id or "")
        return []
    if event.kind in EVENT_ROUTES:
        return EVENT_ROUTES[event.kind](context, understanding)
    if event.group_id is not None:
        return _route_in_group(context, event, understanding)
    return _route_in_private(context, event, understanding)


def _route_in_private(context: Context, event: Event, understanding: Understanding) -> list[Outgoing]:
    if event.kind == "postback":
        return _route_postback(context, event.postback)
    if event.kind == "text":
        return _route_text(context, understanding)
    if event.kind in UNUSABLE_KINDS:
        return _guarded(context, event.kind, smalltalk.unusable_message, understanding)
    return []


def _route_in_group(context: Context, event: Event, understanding: Understanding) -> list[Outgoing]:
    if event.kind == "text" and event.is_mentioned:
        return groups.mentioned(context, understanding)
    return []


def _route_text(context: Context, understanding: Understanding) -> list[Outgoing]:
    if understanding.intent == "confirm":
        waiting = take_action(context.session, context.line_user_id, context.now)
        if waiting is not None:
            return _route_postback(context, waiting)
    if is_free_words(understanding, context.text):
        waiting = take_words(context.session, context.line_user_id, context.now)
        if waiting is not None:
            return _route_postback(context, waiting)
    handler = INTENT_ROUTES.get(understanding.intent, smalltalk.not_understood)
    return _guarded(context, understanding.intent, handler, understanding)


def is_free_words(understanding: Understanding, text: str) -> bool:
    """Whether a text may be what somebody was asked to say in their own words, rather than another matter.

    A complaint easily sounds like a command: งานล่าช้ามาก like a question for what is behind plan, ติดต่อเจ้าหน้าที่ไม่ได้ like a
    call for an officer. Another matter is what names something, such as a letter, and what asks for something without
    finding fault.
    """
    if understanding.intent in _NEVER_FREE_WORDS or _NAMING_SLOTS & understanding.slots.keys():
        return False
    if _ASKS_AGAIN.search(text):
        return False
    return understanding.intent == "unknown" or _FINDS_FAULT.search(text) is not None


_NEVER_FREE_WORDS = frozenset({"confirm", "decline", "cancel", "rate", "register", "delete_my_data"})
_NAMING_SLOTS = frozenset({"document_number", "receive_number", "title", "request", "indicator"})
_ASKS_AGAIN = re.compile(r"ไม่ได้(?:รับ)?คำตอบ|ถามใหม่|ถามซ้ำ")
_FINDS_FAULT = re.compile(r"ไม่|แต่|ช้า|นาน|แย่|ควร|อยากให้|\b(?:not?|but|slow|late)\b", re.IGNORECASE)


def _route_postback(context: Context, data: str) -> list[Outgoing]:
    action, params = read_postback(data)
    handler = POSTBACK_ROUTES.get(action, smalltalk.not_understood)
    return _guarded(context, action, handler, Understanding(action, params))


def _guarded(context: Context, name: str, handler: Handler, understanding: Understanding) -> list[Outgoing]:
    if context.registered is None and name not in OPEN_TO_STRANGERS:
        return membership.how_to_register(context, understanding)
    return handler(context, understanding)
