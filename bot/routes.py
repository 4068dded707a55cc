"""The tables from what happened to who handles it, and the few rules that hold before any handler."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.events import Event
from bot.understanding import Understanding
from bot.understanding.certainty import WORTH_ASKING, WRITES, Certainty, certainty_of
from bot.understanding.conversation import (
    OF_LETTERS,
    begins_topic,
    in_conversation,
    leans_on_conversation,
    missing_slot,
)
from handlers import (
    answering,
    documents,
    duty,
    evidence,
    following,
    groups,
    indicator_lists,
    indicator_reminders,
    indicators,
    membership,
    monthly_reports,
    preferences,
    queues,
    rating,
    report_drafts,
    report_evidence,
    report_grids,
    reporting,
    reviewing,
    service,
    shifts,
    smalltalk,
    summaries,
    topics,
    tracking,
    unclear,
)
from handlers.context import Context, read_id
from handlers.report_said import figure_in
from messages.actions import postback_data, read_postback
from messages.rich_menus import BEGIN_ANEW
from models.conversations import Topic, find_topic, forget_topic
from models.evidence_of_reports import take_back_evidence
from models.inbox import forget_message
from models.indicator_access import REPORTS
from models.outbox import Outgoing
from models.pending import find_words, forget_confirmation, take_action, take_words

Handler = Callable[[Context, Understanding], list[Outgoing]]


def show_summary_or_report(context: Context, meant: Understanding) -> list[Outgoing]:
    """รายงานประจำเดือน is understood as a summary of a month, and is a file of its own."""
    if monthly_reports.asks_for_report(context.text):
        return monthly_reports.show_monthly_report(context, meant)
    return summaries.show_summary(context, meant)


INTENT_ROUTES: Mapping[str, Handler] = MappingProxyType(
    {
        "track_document": tracking.track_document,
        "follow_document": following.follow_letter,
        "unfollow_document": following.unfollow_letter,
        "my_requests": following.show_own_list,
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
        "report_progress": reporting.report_progress,
        "review_reports": reviewing.list_waiting_reports,
        "who_has_not_reported": indicators.show_who_has_not_reported,
        "my_indicators": indicator_lists.show_own_indicators,
        "query_indicator": indicators.show_indicator,
        "behind_plan": indicator_lists.show_behind_plan,
        "service_kpi": service.show_service_figures,
        "summary": show_summary_or_report,
        "rate": rating.rate,
        "notification_settings": preferences.change_as_said,
        "unknown": unclear.help_out,
    }
)


def act_on_choice(context: Context, tapped: Understanding) -> list[Outgoing]:
    """Do what the tapped meaning of an unclear text is."""
    question = unclear.find_question(context, tapped)
    chosen = unclear.choose(context, question, read_id(tapped, "choice")) if question else None
    if question is None or chosen is None:
        return unclear.answered_before(context, tapped)
    return _act(replace(context, question_at=question.said_at), chosen)


POSTBACK_ROUTES: Mapping[str, Handler] = MappingProxyType(
    {
        "track": tracking.track_document,
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
        "show_report": reviewing.show_report,
        "waiting_reports": reviewing.list_waiting_reports,
        "approve_report": reviewing.approve_report,
        "confirm_approve_all": reviewing.confirm_approve_all,
        "approve_all": reviewing.approve_all,
        "return_report": reviewing.ask_return_reason,
        "send_back": reviewing.send_back,
        "remind_units": indicator_reminders.confirm_reminder,
        "send_reminders": indicator_reminders.send_reminders,
        "accept_privacy": membership.accept_privacy,
        "decline_privacy": membership.decline_privacy,
        "delete_data": membership.delete_data,
        "indicator": indicators.open_indicator,
        "indicator_units": indicators.list_units,
        "indicator_groups": indicators.list_groups,
        "indicator_missing": indicators.list_missing,
        "report_evidence": indicators.list_evidence,
        "behind_plan": indicator_lists.list_behind,
        "own_indicators": indicator_lists.show_own_indicators,
        "report": reporting.report,
        "report_indicators": reporting.list_reportable,
        "tell_figure": reporting.tell_figure,
        "tell_reason": reporting.tell_reason,
        "skip_evidence": reporting.skip_evidence,
        "confirm_report": report_drafts.confirm_report,
        "add_note": report_drafts.add_note,
        "tell_note": report_drafts.tell_note,
        "attach_evidence": report_evidence.attach_evidence,
        "evidence_of": report_evidence.evidence_of,
        "report_table": report_grids.report_table,
        "notification_settings": preferences.show_settings,
        "notify_summary": preferences.switch_summary,
        "notify_at": preferences.set_summary_hour,
        "notify_quiet": preferences.set_quiet_hours,
        "notify_not_quiet": preferences.end_quiet_hours,
        "notify_pause": preferences.pause,
        "notify_resume": preferences.resume,
        "notify_usual": preferences.take_back_all,
        "notify_as_before": preferences.undo,
        "meant": act_on_choice,
        "none_of_these": unclear.choose_none,
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
        _forget(context, event)
        return []
    if event.kind in EVENT_ROUTES:
        return EVENT_ROUTES[event.kind](context, understanding)
    if event.group_id is not None:
        return _route_in_group(context, event, understanding)
    return _route_in_private(context, event, understanding)


def _route_in_private(context: Context, event: Event, understanding: Understanding) -> list[Outgoing]:
    if event.kind == "postback":
        return _route_postback(context, event.postback, event.picked)
    if event.kind == "text":
        return report_grids.receive_grid(context) if _is_table(context) else _route_text(context, understanding)
    if context.content is not None:
        return evidence.receive(context, understanding)
    if event.kind in UNUSABLE_KINDS:
        return _guarded(context, event.kind, smalltalk.unusable_message, understanding)
    return []


def _route_in_group(context: Context, event: Event, understanding: Understanding) -> list[Outgoing]:
    if event.kind == "text" and event.is_mentioned:
        return groups.mentioned(context, understanding)
    return []


def _route_text(context: Context, heard: Understanding) -> list[Outgoing]:
    if context.registered is None:
        return _route_strangers_text(context, heard)
    if heard.intent == "confirm" and certainty_of(heard) is Certainty.SURE:
        return _confirm(context, heard)
    waiting = _take_words(context, heard)
    if waiting is not None:
        return _route_postback(context, waiting)
    if context.text.strip() in BEGIN_ANEW or not leans_on_conversation(heard):
        return _act_if_sure(context, heard, None)
    topic = find_topic(context.session, context.line_user_id, context.now)
    return _act_if_sure(context, in_conversation(heard, topic, context.text), topic)


def _take_words(context: Context, heard: Understanding) -> str | None:
    """The postback that a text is the words for; None where none waits, or the text is another matter."""
    if is_free_words(heard, context.text) or _is_asked_figure(context):
        return take_words(context.session, context.line_user_id, context.now)
    if is_return_reason(heard, context.text):
        begins = postback_data("send_back")
        return take_words(context.session, context.line_user_id, context.now, begins=begins)
    if certainty_of(heard) is not Certainty.SURE and _waits_for(context) in _OWN_WORDS:
        return take_words(context.session, context.line_user_id, context.now)
    return None


def _is_table(context: Context) -> bool:
    """Whether somebody who reports pasted a table of figures."""
    return context.grid is not None and context.registered is not None and bool(context.registered.roles & REPORTS)


def _is_asked_figure(context: Context) -> bool:
    """Whether a text is the number that the person was asked for, whatever else it would mean (5 คะแนน, 80%)."""
    return figure_in(context.text) is not None and _waits_for(context) == "tell_figure"


def _waits_for(context: Context) -> str | None:
    """The action that waits for the person's own words; None where none does."""
    waiting = find_words(context.session, context.line_user_id, context.now)
    return None if waiting is None else read_postback(waiting)[0]


_OWN_WORDS = frozenset({"tell_reason", "tell_note", "send_back"})
"""What is answered with a reason or a note, in whatever words, unless they are surely another matter."""


def _route_strangers_text(context: Context, heard: Understanding) -> list[Outgoing]:
    waiting = take_action(context.session, context.line_user_id, context.now) if heard.intent == "confirm" else None
    if waiting is not None and not waiting.is_over:
        return _route_postback(context, waiting.postback)
    return _guarded(context, heard.intent, INTENT_ROUTES.get(heard.intent, unclear.help_out), heard)


def _confirm(context: Context, heard: Understanding) -> list[Outgoing]:
    """A typed ใช่ or ยืนยัน belongs to the last thing that was asked, and to nothing that the person has left."""
    topic = find_topic(context.session, context.line_user_id, context.now)
    if topic is not None and topic.choices:
        chosen = unclear.choose(context, topic, 1) if len(topic.choices) == 1 else None
        if chosen is None:
            return unclear.ask_again(context, topic)
        return _act(replace(context, text="", question_at=topic.said_at), chosen)
    waiting = take_action(context.session, context.line_user_id, context.now)
    if waiting is None:
        return smalltalk.nothing_to_confirm(context, heard)
    if unclear.still_waits(waiting, topic):
        return _route_postback(context, waiting.postback)
    if waiting.is_over:
        return smalltalk.confirmed_too_late(context, heard)
    return smalltalk.confirmed_after_another_matter(context, heard)


def _act_if_sure(context: Context, meant: Understanding, topic: Topic | None) -> list[Outgoing]:
    """Act on what is sure, ask back about what is not, help where nothing is recognised.

    What changes something is not done on a misspelt word either.
    """
    certainty = certainty_of(meant)
    is_guessed = meant.intent in WRITES and any(slot in meant.slots for slot in meant.guessed)
    if (certainty is Certainty.SURE and not is_guessed) or _says_itself(meant, context.text):
        return _act(context, meant)
    likely = [] if certainty is Certainty.LOST else unclear.likely_meanings(meant, context.member.roles)
    if not likely:
        return unclear.help_out(context, meant)
    if len(likely) == 1 and likely[0].intent in unclear.READ_BACK:
        return _act(context, Understanding(likely[0].intent, likely[0].slots))
    return unclear.ask_back(context, meant, likely, topic)


def _says_itself(meant: Understanding, text: str) -> bool:
    """Whether a text is taken for what it is whatever its certainty: politeness, and the written form ``#42 …``.

    The latter goes to the asker, so not where it may as well be a question about the request.
    """
    if meant.intent == "answer_request":
        else_meant = any(other.confidence >= WORTH_ASKING for other in meant.others)
        return "text" in meant.slots and _NUMBERED.match(text) is not None and not else_meant
    return meant.intent in _HARMLESS


def _act(context: Context, meant: Understanding) -> list[Outgoing]:
    """Do what a text means, and remember it as what the person speaks about."""
    outgoing = INTENT_ROUTES.get(meant.intent, unclear.help_out)(context, meant)
    if begins_topic(meant) and meant.intent not in _REMEMBERED_BY_HANDLERS:
        topics.remember(context, meant.intent, meant.slots, missing_slot(meant.intent, meant.slots))
    return outgoing


def _forget(context: Context, event: Event) -> None:
    """Somebody took a message back: its text goes, what we took from it, and what it brought as evidence."""
    forget_message(context.session, event.message_id or "")
    take_back_evidence(context.session, event.message_id or "", context.now)
    if event.group_id is None:
        forget_topic(context.session, context.line_user_id)
        forget_confirmation(context.session, context.line_user_id)


_NUMBERED = re.compile(r"\s*[#＃]\s*[0-9๐-๙]")
_HARMLESS = frozenset({"greet", "thanks", "help"})
_REMEMBERED_BY_HANDLERS = OF_LETTERS | {"delete_my_data", "report_progress"}
"""These know more than was said: which letter it is, or that the person is asked for a word."""


def is_free_words(understanding: Understanding, text: str) -> bool:
    """Whether a text may be what somebody was asked to say in their own words, rather than another matter.

    A complaint easily sounds like a command: งานล่าช้ามาก like a question for what is behind plan, ติดต่อเจ้าหน้าที่ไม่ได้ like a
    call for an officer. Another matter is what names something, such as a letter, and what asks for something without
    finding fault.
    """
    if understanding.intent in _NEVER_FREE_WORDS or _NAMING_SLOTS & understanding.slots.keys():
        return False
    if _ASKS_AGAIN.search(text) or (understanding.intent in _OF_FIGURES and _ASKS_WHICH.search(text)):
        return False
    return understanding.intent == "unknown" or _FINDS_FAULT.search(text) is not None


_NEVER_FREE_WORDS = frozenset({"confirm", "decline", "cancel", "rate", "register", "delete_my_data"})
_NAMING_SLOTS = frozenset({"document_number", "receive_number", "title", "request", "indicator"})
_ASKS_AGAIN = re.compile(r"ไม่ได้(?:รับ)?คำตอบ|ถามใหม่|ถามซ้ำ")
_OF_FIGURES = frozenset({"behind_plan", "query_indicator", "who_has_not_reported"})
_ASKS_WHICH = re.compile(r"ไหน|ใคร|กี่|เท่าไ|\b(?:which|who|how many)\b", re.IGNORECASE)
_FINDS_FAULT = re.compile(r"ไม่|แต่|ช้า|นาน|แย่|ควร|อยากให้|\b(?:not?|but|slow|late)\b", re.IGNORECASE)


def is_return_reason(understanding: Understanding, text: str) -> bool:
    """Whether a text may be why a report is sent back although it is no free words: it names figures and indicators.

    ขาดหลักฐานการเบิกจ่าย sounds like a question for the indicator of that name, ตัวเลขไม่ตรง like a no. What finds no fault,
    such as 8308 เท่าไร, is another matter.
    """
    if understanding.intent in ("decline", "cancel"):
        return certainty_of(understanding) is not Certainty.SURE
    return understanding.intent in _NAMES_FIGURES and _FAULTS_OF_FIGURES.search(text) is not None


_NAMES_FIGURES = frozenset({"query_indicator", "report_progress"})
_FAULTS_OF_FIGURES = re.compile(
    r"ไม่|ขาด|ผิด|เกิน|ซ้ำ|แก้|แนบ|หลักฐาน|ควร|\b(?:not?|missing|wrong|differs?|correct|evidence)\b", re.IGNORECASE
)


def _route_postback(context: Context, data: str, picked: str = "") -> list[Outgoing]:
    action, params = read_postback(data)
    handler = POSTBACK_ROUTES.get(action, smalltalk.unknown_button)
    return _guarded(context, action, handler, Understanding(action, params | ({"picked": picked} if picked else {})))


def _guarded(context: Context, name: str, handler: Handler, understanding: Understanding) -> list[Outgoing]:
    if context.registered is None and name not in OPEN_TO_STRANGERS:
        return membership.how_to_register(context, understanding)
    return handler(context, understanding)
