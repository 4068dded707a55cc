"""Registering by code, the privacy notice, and having one's data deleted."""

from __future__ import annotations

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, promise, read_id, small_talk
from messages import membership as view
from messages.actions import postback_data
from models import members
from models.erasure import erase_person
from models.members import Invitation
from models.outbox import Outgoing
from models.pending import forget_actions, remember_action
from models.units import get_unit_name

PRIVACY_NOTICE_VERSION = "2"


def register(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Take a registration code: show the privacy notice where it is good, count it where it is not."""
    if context.registered is not None:
        unit_name = get_unit_name(context.session, context.registered.unit_id)
        return small_talk(view.already_registered(unit_name))
    shut_until = members.door_shut_until(context.session, context.line_user_id, context.now)
    if shut_until is not None:
        return promise(view.door_shut(shut_until))
    code = str(understanding.slots.get("code", ""))
    if not code:
        return promise(view.ask_for_code())
    invitation = members.find_invitation(context.session, code, context.now)
    return _refuse_code(context) if invitation is None else _show_notice(context, invitation)


def accept_privacy(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Register the person whose notice was shown, and log the consent."""
    if context.registered is not None:
        return register(context, understanding)
    registration = members.accept_invitation(
        context.session, read_id(understanding, "invitation"), context.line_user_id, context.now
    )
    members.record_consent(context.session, context.line_user_id, "accepted", PRIVACY_NOTICE_VERSION, context.now)
    forget_actions(context.session, context.line_user_id)
    unit_name = get_unit_name(context.session, registration.unit_id)
    return promise(view.registered("", unit_name, registration.roles))


def decline_privacy(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Note that the person does not agree; nothing else is kept."""
    if context.registered is not None:
        return small_talk(view.already_registered(get_unit_name(context.session, context.registered.unit_id)))
    members.record_consent(context.session, context.line_user_id, "declined", PRIVACY_NOTICE_VERSION, context.now)
    forget_actions(context.session, context.line_user_id)
    return promise(view.privacy_declined())


def ask_to_delete(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Read back what deletion means before it happens."""
    topics.wait_for_confirmation(context, postback_data("delete_data"), "delete_my_data")
    return promise(view.confirm_deletion())


def delete_data(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Delete what is kept about the person."""
    erase_person(context.session, context.line_user_id, context.now)
    members.record_consent(context.session, context.line_user_id, "withdrawn", PRIVACY_NOTICE_VERSION, context.now)
    return promise(view.data_deleted())


def how_to_register(context: Context, understanding: Understanding) -> list[Outgoing]:
    """What a stranger is told, whatever was asked."""
    return small_talk(view.how_to_register())


def _refuse_code(context: Context) -> list[Outgoing]:
    tries_left = members.record_wrong_code(context.session, context.line_user_id, context.now)
    if tries_left == 0:
        shut_until = members.door_shut_until(context.session, context.line_user_id, context.now)
        return promise(view.door_shut(shut_until or context.now))
    return promise(view.wrong_code(tries_left))


def _show_notice(context: Context, invitation: Invitation) -> list[Outgoing]:
    data = postback_data("accept_privacy", invitation=invitation.id)
    remember_action(context.session, context.line_user_id, data, context.now)
    unit_name = get_unit_name(context.session, invitation.unit_id)
    notice = view.privacy_notice(unit_name, keep_days=context.keep_messages_days, invitation=invitation.id)
    return promise(notice)
