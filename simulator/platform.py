"""A local LINE platform: people on one side, the Messaging API on the other, LINE's rules between.

Tests drive it in their own process (``Platform(..., deliver=app_client)``) or over HTTP (`simulator.server`).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator import events
from simulator.answers import Answer
from simulator.calls import Call, Request
from simulator.events import Place
from simulator.faults import Faults
from simulator.messaging_api import UNFRIENDLY_FIELD, MessagingAPI
from simulator.quota import Quota
from simulator.rich_menus import RichMenus
from simulator.webhook_sender import Deliver, WebhookSender, http_transport
from simulator.world import BOT, ChatMessage, Content, Group, Person, World

QUOTED = frozenset({"text", "image", "video", "sticker"})


class Platform:
    """LINE, as far as one bot can tell.

    Args:
        channel_secret: signs the webhooks.
        access_token: what the bot must show as ``Authorization: Bearer``.
        webhook_url: where webhooks are posted; None leaves them undelivered until one is set.
        clock: seconds since 1970; the only time the platform knows.
        quota: messages a month; None for no limit.
        deliver: takes a webhook's raw body and headers and returns the bot's status, in place of HTTP.
        background: deliver webhooks from a thread; otherwise each verb returns when the bot has answered.
        automatic_redelivery: send again what was not answered with 2xx.
        bot_name: how the bot is called in chats and mentions.
        bot_user_id: the bot's own user id, the ``destination`` of webhooks.
    """

    def __init__(
        self,
        channel_secret: str,
        access_token: str,
        webhook_url: str | None = None,
        clock: Callable[[], float] = time.time,
        quota: int | None = None,
        *,
        deliver: Deliver | None = None,
        background: bool = False,
        automatic_redelivery: bool = False,
        bot_name: str = "ติดตาม",
        bot_user_id: str = "U" + "0" * 31 + "1",
    ) -> None:
        self.channel_secret, self.access_token = channel_secret, access_token
        self.bot_name, self.bot_user_id = bot_name, bot_user_id
        self.webhook_url = webhook_url
        self.standby = False
        self.world = World(clock)
        self.quota = Quota(quota)
        self.faults = Faults(self._note_change)
        self.rich_menus = RichMenus(self.world)
        self.webhooks = WebhookSender(self.world, channel_secret, bot_user_id, deliver)
        self.webhooks.automatic_redelivery = automatic_redelivery
        self._api = MessagingAPI(self)
        if webhook_url is not None and deliver is None:
            self.webhooks.deliver = http_transport(webhook_url)
        if background:
            self.webhooks.start_background()

    # --- the bot's side -------------------------------------------------------------------------------------------

    def handle(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """Answers one call of the Messaging API, of either host, and records it in ``calls``.

        Every answer carries ``x-line-request-id``. Whoever carries the answer obeys ``delay_seconds`` and ``dropped``.
        """
        return self._api.handle(Request(method, path, headers, body, query or {}))

    @property
    def calls(self) -> list[Call]:
        """The bot's calls, oldest first; the last 10,000."""
        return self._api.recorded()

    def calls_after(self, number: int) -> list[Call]:
        """The calls with a higher number than ``number``, oldest first."""
        return [call for call in self.calls if call.number > number]

    def messages_to(self, chat_id: str) -> list[ChatMessage]:
        """What the bot said in a chat (a user id or a group id), in order; ``how`` tells reply, push or multicast."""
        with self.world.lock:
            return [row for row in self.world.chats.get(chat_id, []) if row.sender == BOT]

    def chat(self, chat_id: str, changed_after: int = 0) -> list[ChatMessage]:
        """All messages of a chat, both ways, in order, of those that changed after a revision."""
        with self.world.lock:
            return [row for row in self.world.chats.get(chat_id, []) if row.changed > changed_after]

    def use_webhook(self, url: str) -> None:
        """Sends webhooks to ``url`` from now on."""
        self.webhook_url = url
        self.webhooks.deliver = http_transport(url)

    def mark_read_until(self, row: ChatMessage) -> None:
        """Marks a chat's messages up to ``row`` as read by the bot."""
        with self.world.lock:
            for each in self.world.chats.get(row.chat_id, []):
                if each.sender != BOT and not each.read:
                    each.read = True
                    self.world.touch(each)
                if each is row:
                    return

    def close(self) -> None:
        """Ends the background thread, if there is one."""
        self.webhooks.stop()

    # --- the people's side ----------------------------------------------------------------------------------------

    def add_person(self, user_id: str, display_name: str, friend: bool = False, language: str | None = "th") -> Person:
        """A LINE user the bot may meet; no event comes of it. Known ids keep their state but for name and language."""
        with self.world.lock:
            person = self.world.people.setdefault(user_id, Person(user_id, display_name, friend))
            person.display_name, person.language = display_name, language
            person.friend = person.friend or friend
            self.world.note_change()
            return person

    def add_friend(self, user_id: str, display_name: str, language: str | None = "th") -> Person:
        """A LINE user who has been the bot's friend for long; no event comes of it."""
        return self.add_person(user_id, display_name, friend=True, language=language)

    def add_group(self, group_id: str, name: str, members: Iterable[str] = (), bot_in: bool = True) -> Group:
        """A group chat; no event comes of it."""
        with self.world.lock:
            group = Group(group_id, name, list(members), bot_in)
            self.world.groups[group_id] = group
            self.world.note_change()
            return group

    def user_sends(
        self,
        user_id: str,
        text: str,
        group_id: str | None = None,
        mention_bot: bool = False,
        quoted_message_id: str | None = None,
    ) -> dict[str, Any]:
        """A person writes; the webhook is delivered and its event returned.

        ``mention_bot`` puts ``@<bot's name>`` in front unless the text has it already.
        """
        mention = None
        if mention_bot:
            text = text if f"@{self.bot_name}" in text else f"@{self.bot_name} {text}"
            mention = events.mention_of(text, self.bot_name, self.bot_user_id, is_self=True)
        content = events.text_content(text, mention)
        if quoted_message_id is not None:
            content["quotedMessageId"] = quoted_message_id
        return self._says(Place(user_id, group_id), content)

    def user_sends_sticker(
        self, user_id: str, package_id: str = "446", sticker_id: str = "1988", group_id: str | None = None
    ) -> dict[str, Any]:
        """A person sends a sticker."""
        return self._says(Place(user_id, group_id), events.sticker_content(package_id, sticker_id))

    def user_sends_image(
        self, user_id: str, data: bytes, content_type: str = "image/png", group_id: str | None = None
    ) -> dict[str, Any]:
        """A person sends a picture; the bot fetches its bytes by the message id."""
        return self._says(Place(user_id, group_id), events.media_content("image"), Content(data, content_type))

    def user_sends_audio(self, user_id: str, data: bytes, duration_ms: int, ready: bool = True) -> dict[str, Any]:
        """A person sends a sound; with ``ready`` False its content answers 202 until ``content_is_ready``."""
        return self._says(Place(user_id), events.media_content("audio", duration_ms), Content(data, "audio/m4a", ready))

    def user_sends_file(
        self,
        user_id: str,
        file_name: str,
        data: bytes,
        content_type: str = "application/octet-stream",
        group_id: str | None = None,
    ) -> dict[str, Any]:
        """A person sends a file."""
        content = events.file_content(file_name, len(data))
        return self._says(Place(user_id, group_id), content, Content(data, content_type))

    def user_sends_location(
        self, user_id: str, latitude: float, longitude: float, title: str = "", address: str = ""
    ) -> dict[str, Any]:
        """A person sends a place."""
        return self._says(Place(user_id), events.location_content(latitude, longitude, title, address))

    def content_is_ready(self, message_id: str) -> None:
        """From now on a content is there to fetch."""
        self.world.contents[message_id].ready = True

    def user_taps(
        self, user_id: str, action: dict[str, Any], group_id: str | None = None, params: dict[str, str] | None = None
    ) -> dict[str, Any] | None:
        """A person taps an action of a message or of the rich menu.

        Returns the event that came of it: a postback (its ``displayText`` stands in the chat, without an event of its
        own), a message; None for actions that stay on the phone (uri, clipboard, camera, …). ``params`` is what was
        picked in a datetimepicker: ``{"date": "2026-11-21"}``.
        """
        place, kind = Place(user_id, group_id), action["type"]
        if kind == "message":
            return self.user_sends(user_id, action["text"], group_id)
        if kind == "richmenuswitch":
            with self.world.lock:
                params = self.rich_menus.switch(user_id, action["richMenuAliasId"])
        if kind not in {"postback", "datetimepicker", "richmenuswitch"}:
            return None
        if shown := action.get("displayText") or action.get("text"):
            self.world.put_in_chat(place.chat_id, user_id, "user", {"type": "text", "text": shown})
        postback = {"data": action["data"]} | ({"params": params} if params else {})
        return self._event("postback", place, {"postback": postback})

    def unsend(self, user_id: str, message_id: str | None = None, group_id: str | None = None) -> dict[str, Any]:
        """A person takes a message back, by default their last one; its content is gone from then on."""
        place = Place(user_id, group_id)
        with self.world.lock:
            row = self._own_message(place, message_id)
            row.unsent = True
            self.world.touch(row)
            if content := self.world.contents.get(row.id):
                content.gone = True
        return self._event("unsend", place, {"unsend": {"messageId": row.id}}, answerable=False)

    def follow(self, user_id: str) -> dict[str, Any]:
        """A person adds the bot as a friend, or unblocks it."""
        with self.world.lock:
            person = self._person(user_id)
            was_blocked, person.blocked, person.friend = person.blocked, False, True
            self.world.note_change()
        return self._event("follow", Place(user_id), {"follow": {"isUnblocked": was_blocked}})

    def unfollow(self, user_id: str) -> dict[str, Any]:
        """A person blocks the bot."""
        with self.world.lock:
            self._person(user_id).blocked = True
            self.world.note_change()
        return self._event("unfollow", Place(user_id), {}, answerable=False)

    def join_group(self, group_id: str, name: str = "", members: Iterable[str] = ()) -> dict[str, Any]:
        """The bot is invited into a group, which is made when it is new."""
        with self.world.lock:
            group = self.world.groups.get(group_id) or self.add_group(group_id, name, members)
            group.bot_in = True
            self.world.note_change()
        return self._event("join", Place(None, group_id), {})

    def leave_group(self, group_id: str) -> dict[str, Any]:
        """The bot is removed from a group."""
        with self.world.lock:
            self.world.groups[group_id].bot_in = False
            self.world.note_change()
        return self._event("leave", Place(None, group_id), {}, answerable=False)

    def member_joins(self, group_id: str, user_id: str) -> dict[str, Any]:
        """A person joins a group the bot is in."""
        with self.world.lock:
            self.world.groups[group_id].members.append(user_id)
        members = [{"type": "user", "userId": user_id}]
        return self._event("memberJoined", Place(None, group_id), {"joined": {"members": members}})

    def member_leaves(self, group_id: str, user_id: str) -> dict[str, Any]:
        """A person leaves a group the bot is in."""
        with self.world.lock:
            self.world.groups[group_id].members.remove(user_id)
        members = [{"type": "user", "userId": user_id}]
        return self._event("memberLeft", Place(None, group_id), {"left": {"members": members}}, answerable=False)

    def send_event(self, kind: str, user_id: str, parts: dict[str, Any] | None = None) -> dict[str, Any]:
        """Any event at all, also of types nobody has heard of, with a reply token."""
        return self._event(kind, Place(user_id), parts or {})

    def redeliver(self, event_id: str | None = None) -> None:
        """Sends an event again as a redelivery, by default the last one."""
        self.webhooks.redeliver(event_id)

    def duplicate(self, event_id: str | None = None) -> None:
        """Sends an event again without the redelivery mark, by default the last one."""
        self.webhooks.duplicate(event_id)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _says(self, place: Place, content: dict[str, Any], kept: Content | None = None) -> dict[str, Any]:
        with self.world.lock:
            person = self._person(place.user_id or "")
            if person.blocked and place.group_id is None:
                raise ValueError(f"{person.display_name} has blocked the bot: call follow first.")
            person.wrote_at = self.world.clock()
            quote_token = secrets.token_urlsafe(24) if content["type"] in QUOTED else ""
            row = self.world.put_in_chat(place.chat_id, person.user_id, "user", content, quote_token=quote_token)
            token = secrets.token_urlsafe(24)
            self.world.read_tokens[token] = row
            if kept is not None:
                self.world.contents[row.id] = kept
        message = {**content, "id": row.id, "markAsReadToken": token} | (
            {"quoteToken": quote_token} if quote_token else {}
        )
        return self._event("message", place, {"message": message}, row=row)

    def _event(
        self, kind: str, place: Place, parts: dict[str, Any], *, answerable: bool = True, row: ChatMessage | None = None
    ) -> dict[str, Any]:
        with self.world.lock:
            token = self.world.issue_reply_token(place.chat_id) if answerable and not self.standby else None
            if self.faults.unknown_fields:
                parts = parts | UNFRIENDLY_FIELD
            event = events.build_event(kind, place, self.world.clock(), token, parts, standby=self.standby)
        self.webhooks.send(event, row)
        return event

    def _person(self, user_id: str) -> Person:
        person = self.world.people.get(user_id)
        if person is None:
            raise LookupError(f"Nobody here has the user id {user_id}: call add_friend first.")
        return person

    def _own_message(self, place: Place, message_id: str | None) -> ChatMessage:
        for row in reversed(self.world.chats.get(place.chat_id, [])):
            wanted = row.id == message_id if message_id else not row.unsent
            if row.sender == place.user_id and wanted:
                return row
        raise LookupError("There is no message of this person to take back: send one first.")

    def _note_change(self) -> None:
        self.world.note_change()
