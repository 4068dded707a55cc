"""Greetings, help, and what cannot be understood."""

from __future__ import annotations

from bot.understanding import Understanding
from handlers import unclear
from handlers.context import Context, small_talk
from messages import smalltalk as view
from models.conversations import forget_topic
from models.members import record_blocked
from models.outbox import Outgoing, cancel_waiting
from models.pending import forget_actions
from models.report_drafts import drop_open_drafts


def follow_account(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Welcome somebody who added the account, or came back to it."""
    if context.registered is None:
        return small_talk(view.welcome())
    record_blocked(context.session, context.line_user_id, None)
    return small_talk(view.welcome_back(context.registered.name))


def unfollow_account(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Stop sending to somebody who blocked the account."""
    record_blocked(context.session, context.line_user_id, context.now)
    cancel_waiting(context.session, context.line_user_id, "blocked_by_person")
    return []


def greet(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Answer a greeting."""
    return small_talk(view.greeting(context.member.name))


def thanks(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Answer a thank-you."""
    return small_talk(view.thanks())


def give_help(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what a person of these roles can type."""
    return small_talk(view.help_for(context.member.roles))


def unknown_button(context: Context, understanding: Understanding) -> list[Outgoing]:
    """A tap that no button of ours makes, or none any more."""
    return small_talk(view.not_understood(context.member.roles))


def unusable_message(context: Context, understanding: Understanding) -> list[Outgoing]:
    """One helpful line for a sticker, picture, file, place, film or recording."""
    return small_talk(view.unusable(understanding.intent))


def cancel(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Forget what was waiting for a word, and what was spoken of."""
    unclear.count_refusal(context, understanding)
    forget_actions(context.session, context.line_user_id)
    forget_topic(context.session, context.line_user_id)
    if context.registered is not None:
        drop_open_drafts(context.session, context.registered.id)
    return small_talk(view.cancelled())


def nothing_to_confirm(context: Context, understanding: Understanding) -> list[Outgoing]:
    """A plain ยืนยัน with nothing waiting for it."""
    return small_talk(view.nothing_to_confirm())


def confirmed_too_late(context: Context, understanding: Understanding) -> list[Outgoing]:
    """A ยืนยัน after the ten minutes of what it was for."""
    return small_talk(view.confirmed_too_late())


def confirmed_after_another_matter(context: Context, understanding: Understanding) -> list[Outgoing]:
    """A ยืนยัน of what the person has left."""
    return small_talk(view.confirmed_after_another_matter())
