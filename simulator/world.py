"""Who and what the platform knows: people, groups, chats, contents, reply tokens and retry keys."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

REPLY_TOKEN_SECONDS = 60  # from the delivery of the webhook; redelivered: from the redelivery
REPLY_TOKEN_LONGEST_SECONDS = 20 * 60  # from the event, however often it is redelivered
NON_FRIEND_SECONDS = 7 * 24 * 3600  # somebody who wrote to the bot may be pushed to for seven days
RETRY_KEY_SECONDS = 24 * 3600
KEPT_EVENTS = 20_000
BOT = "bot"  # the sender of what the bot wrote


@dataclass
class Person:
    """A LINE user. ``friend`` and ``blocked`` are as towards the bot; times are seconds since 1970.

    ``language`` is the tag of the person's LINE; None where the person has not allowed LINE to tell.
    """

    user_id: str
    display_name: str
    friend: bool = True
    blocked: bool = False
    wrote_at: float | None = None
    rich_menu_id: str | None = None
    picture_url: str | None = None
    language: str | None = "th"


@dataclass
class Group:
    """A group chat; ``bot_in`` tells whether the bot is a member. ``members`` are user ids without the bot."""

    group_id: str
    name: str
    members: list[str] = field(default_factory=list)
    bot_in: bool = True


@dataclass
class ChatMessage:
    """One message in a chat, either way.

    ``how`` is ``reply``, ``push``, ``multicast`` (the bot's) or ``user``; ``sender`` is ``bot`` or a user id;
    ``changed`` is the revision of its last change. ``message`` is the LINE message object as sent.
    """

    id: str
    chat_id: str
    sender: str
    how: str
    message: dict[str, Any]
    at: float
    request_id: str = ""
    quote_token: str = ""
    read: bool = False
    unsent: bool = False
    changed: int = 0


@dataclass
class ReplyToken:
    """A reply token: for which chat, of when, last delivered when (None: not yet), and whether it is spent."""

    chat_id: str
    event_at: float
    delivered_at: float | None = None
    spent: bool = False

    def valid(self, now: float) -> bool:
        """Single use, 60 s from the last delivery, never more than 20 minutes from the event."""
        if self.spent or self.delivered_at is None or now - self.event_at > REPLY_TOKEN_LONGEST_SECONDS:
            return False
        return now - self.delivered_at <= REPLY_TOKEN_SECONDS


@dataclass(frozen=True)
class AcceptedKey:
    """A retry key LINE has accepted: when, by which request, and what was answered."""

    at: float
    request_id: str
    body: dict[str, Any]


@dataclass
class Content:
    """Bytes of an image, file or sound a person sent. ``ready`` False answers 202, ``gone`` answers 410."""

    data: bytes
    content_type: str
    ready: bool = True
    gone: bool = False


class World:
    """All state behind one lock. ``changed`` is notified, and ``revision`` grows, at every visible change."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.revision = 0
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.chats: dict[str, list[ChatMessage]] = {}
        self.contents: dict[str, Content] = {}
        self.loading_until: dict[str, float] = {}
        self.read_tokens: dict[str, ChatMessage] = {}
        self.reply_tokens: OrderedDict[str, ReplyToken] = OrderedDict()
        self.retry_keys: OrderedDict[str, AcceptedKey] = OrderedDict()
        self._message_ids = itertools.count(580_000_000_000_000_001)

    def note_change(self) -> int:
        """Counts a visible change and wakes those who wait for one; returns the new revision."""
        with self.lock:
            self.revision += 1
            self.changed.notify_all()
            return self.revision

    def wait_for_change(self, after: int, timeout_seconds: float) -> int:
        """Waits until ``revision`` is above ``after`` or the time is up; returns the revision."""
        with self.changed:
            self.changed.wait_for(lambda: self.revision > after, timeout_seconds)
            return self.revision

    def new_message_id(self) -> str:
        """A fresh message id: digits, growing."""
        return str(next(self._message_ids))

    def put_in_chat(
        self,
        chat_id: str,
        sender: str,
        how: str,
        message: dict[str, Any],
        *,
        request_id: str = "",
        quote_token: str = "",
    ) -> ChatMessage:
        """Appends a message to a chat; a bot's message ends the loading sign. Returns the row."""
        with self.lock:
            row = ChatMessage(
                self.new_message_id(), chat_id, sender, how, message, self.clock(), request_id, quote_token
            )
            row.changed = self.note_change()
            self.chats.setdefault(chat_id, []).append(row)
            if sender == BOT:
                self.loading_until.pop(chat_id, None)
            return row

    def touch(self, row: ChatMessage) -> None:
        """Marks a row as changed, so that phones fetch it again."""
        row.changed = self.note_change()

    def issue_reply_token(self, chat_id: str) -> str:
        """A token that answers into ``chat_id`` once its webhook is delivered."""
        token = uuid.uuid4().hex
        self.reply_tokens[token] = ReplyToken(chat_id, self.clock())
        while len(self.reply_tokens) > KEPT_EVENTS:
            self.reply_tokens.popitem(last=False)
        return token

    def accepted_key(self, key: str) -> AcceptedKey | None:
        """What was accepted under a retry key in the last 24 hours; older ones are forgotten."""
        horizon = self.clock() - RETRY_KEY_SECONDS
        while self.retry_keys and next(iter(self.retry_keys.values())).at < horizon:
            self.retry_keys.popitem(last=False)
        return self.retry_keys.get(key)

    def audience(self, chat_id: str) -> int | None:
        """How many people a message to ``chat_id`` reaches; 0: taken but not delivered; None: no such recipient."""
        if group := self.groups.get(chat_id):
            return len(group.members) if group.bot_in else None
        person = self.people.get(chat_id)
        return None if person is None else int(self.reachable(person))

    def reachable(self, person: Person) -> bool:
        """Whether a push arrives: a friend who has not blocked the bot, or one who wrote in the last seven days."""
        if person.blocked:
            return False
        wrote = person.wrote_at is not None and self.clock() - person.wrote_at <= NON_FRIEND_SECONDS
        return person.friend or wrote
