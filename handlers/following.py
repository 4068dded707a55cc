"""Following a letter: ติดตามต่อ, เลิกติดตาม, and the news of each later stage."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.understanding import Meaning, Understanding
from handlers import topics, unclear
from handlers.context import Context, promise, read_id, small_talk, tell
from handlers.queues import show_my_requests
from handlers.tracking import find_one_named, is_named_by_words
from messages import following as view
from models import follows, visibility
from models.outbox import Importance, Outgoing
from models.visibility import OPERATOR

_OF_FOLLOWING = re.compile(r"ติดตาม|\bfollow", re.IGNORECASE)
_OF_ASKING = re.compile(r"ถาม|คำขอ|\b(?:ask|request)", re.IGNORECASE)


def follow_letter(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Start telling the person when the letter of a button or of a typed number moves."""
    return _with_letter(context, understanding, "follow_document", _follow)


def unfollow_letter(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Stop telling the person."""
    return _with_letter(context, understanding, "unfollow_document", _unfollow)


def list_followed(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show the letters the person follows."""
    return small_talk(view.followed_list(follows.list_followed(context.session, context.viewer), context.now))


def show_own_list(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what the person follows where the words speak of that alone, else what the person asked."""
    if _OF_FOLLOWING.search(context.text) and not _OF_ASKING.search(context.text):
        return list_followed(context, understanding)
    return show_my_requests(context, understanding)


def stage_news(
    session: Session, document_id: int, event_id: int, followers: list[str], now: datetime
) -> list[Outgoing]:
    """What followers are told after a letter moved: the same card for all, so that one multicast serves them."""
    letter = visibility.get_letter(session, OPERATOR, document_id)
    share_key = f"stage:{document_id}:{event_id}"
    return tell(followers, view.stage_changed(letter, now), share_key, Importance.NEWS)


def _with_letter(
    context: Context, understanding: Understanding, intent: str, act: Callable[[Context, int, str], list[Outgoing]]
) -> list[Outgoing]:
    if "document" in understanding.slots:
        letter = visibility.get_letter(context.session, context.viewer, read_id(understanding, "document"))
        topics.remember_letter(context, intent, letter)
        return act(context, letter.id, letter.number)
    found = find_one_named(context, intent, understanding.slots)
    if isinstance(found, list):
        return found
    if is_named_by_words(understanding.slots):  # a title that they seem to be of: nothing is done on a likeness
        return unclear.ask_which(context, [Meaning(intent, topics.letter_slots(found), 1.0)])
    topics.remember_letter(context, intent, found)
    return act(context, found.id, found.number)


def _follow(context: Context, document_id: int, number: str) -> list[Outgoing]:
    follows.follow(context.session, context.viewer, document_id, context.now)
    return promise(view.following_started(number))


def _unfollow(context: Context, document_id: int, number: str) -> list[Outgoing]:
    ended = follows.unfollow(context.session, context.member.id, document_id, context.now)
    return promise(view.following_ended(number) if ended else view.not_following(number))
