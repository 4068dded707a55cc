"""The phone page and the small JSON API behind it, for browsers and for test drivers in other processes."""

from __future__ import annotations

import base64
import dataclasses
import inspect
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import fontpkg_sarabun
from flask import Blueprint, Response, jsonify, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from simulator.calls import Call
from simulator.platform import Platform
from simulator.world import ChatMessage

STREAM_SECONDS = 300  # a browser opens the stream again by itself
PING_SECONDS = 15
PAUSE_SECONDS = 0.03  # a burst of changes becomes one notice
CALLS_AT_ONCE = 200
LOCAL = "http://localhost:* http://127.0.0.1:*"
SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    f"img-src 'self' data: https: {LOCAL}; media-src https: {LOCAL}; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class PhonePerson:
    """Somebody one can be on the phone page; ``label`` tells who they are: ``เจ้าหน้าที่ · สำนักงานเขตดินแดง``."""

    user_id: str
    display_name: str
    label: str = ""
    role: str = ""


def control_pages(platform: Platform, people: Sequence[PhonePerson], stopping: threading.Event) -> Blueprint:
    """The routes of the page and of the control API."""
    pages = Blueprint("simulator", __name__)
    verbs = verbs_of(platform)
    labels = {person.user_id: person for person in people}

    def phone() -> ResponseReturnValue:
        return render_template("phone.html", bot_name=platform.bot_name)

    def state() -> ResponseReturnValue:
        wanted = dict(pair.rpartition(":")[::2] for pair in request.args.getlist("chat"))
        return jsonify(state_of(platform, labels, wanted, request.args.get("calls_after", 0, int)))

    def stream() -> ResponseReturnValue:
        headers = {"Cache-Control": "no-store"}
        return Response(changes(platform, stopping), mimetype="text/event-stream", headers=headers)

    pages.add_url_rule("/", view_func=phone)
    pages.add_url_rule("/simulator/state", view_func=state)
    pages.add_url_rule("/simulator/stream", view_func=stream)
    pages.add_url_rule("/simulator/do/<verb>", "do", lambda verb: obey(verbs, verb), methods=["POST"])
    pages.add_url_rule("/simulator/fonts/<name>", view_func=font)
    pages.add_url_rule("/simulator/content/<part>", "content", lambda part: content(platform, part))
    pages.add_url_rule("/simulator/richmenus/<part>/image", "menu", lambda part: menu_image(platform, part))
    pages.after_request(protect)
    return pages


def protect(response: Response) -> Response:
    """The page runs its own scripts only and shows pictures from HTTPS or this machine."""
    response.headers["Content-Security-Policy"] = SECURITY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def font(name: str) -> ResponseReturnValue:
    """Sarabun, from the installed package."""
    return send_from_directory(fontpkg_sarabun.ROOT / "files", name, max_age=86400)


def content(platform: Platform, message_id: str) -> ResponseReturnValue:
    """A picture or file a person sent, for the page."""
    kept = platform.world.contents.get(message_id)
    if kept is None or kept.gone:
        return {"error": "There is no such content."}, 404
    return Response(kept.data, mimetype=kept.content_type, headers={"Content-Disposition": "inline"})


def menu_image(platform: Platform, menu_id: str) -> ResponseReturnValue:
    """A rich menu's picture, for the page."""
    menu = platform.rich_menus.menus.get(menu_id)
    if menu is None or menu.image is None:
        return {"error": "There is no such picture."}, 404
    return Response(menu.image, mimetype=menu.image_type)


def obey(verbs: dict[str, Callable[..., Any]], verb: str) -> ResponseReturnValue:
    """Does a verb with the JSON object of the request as its arguments; ``{"result": …}`` or 400 ``{"error": …}``.

    Only ``application/json`` is taken, so that another site's form cannot drive the platform.
    """
    arguments = request.get_json(silent=True) if request.is_json else None
    if verb not in verbs:
        return {"error": f"There is no verb {verb}; there are: {', '.join(sorted(verbs))}."}, 404
    if not isinstance(arguments, dict):
        return {"error": "Send the verb's arguments as a JSON object (application/json)."}, 400
    try:
        inspect.signature(verbs[verb]).bind(**arguments)
        result = verbs[verb](**arguments)
    except (TypeError, ValueError, LookupError) as wrong:
        return {"error": f"{verb}: {wrong.args[0] if wrong.args else wrong}"}, 400
    return jsonify(result=result if isinstance(result, dict | list | int | str | None) else _plain(result))


def verbs_of(platform: Platform) -> dict[str, Callable[..., Any]]:
    """The verbs of the control API: names are those of `Platform`, `Faults` and `WebhookSender`."""
    faults, webhooks = platform.faults, platform.webhooks

    def user_sends_image(user_id: str, data_base64: str, content_type: str = "image/png") -> dict[str, Any]:
        return platform.user_sends_image(user_id, base64.b64decode(data_base64), content_type)

    def user_sends_file(user_id: str, file_name: str, data_base64: str) -> dict[str, Any]:
        return platform.user_sends_file(user_id, file_name, base64.b64decode(data_base64))

    def set_standby(standby: bool) -> None:
        platform.standby = standby

    def set_quota(limit: int | None, used: int = 0) -> None:
        platform.quota.limit, platform.quota.used = limit, used
        platform.world.note_change()

    def set_redelivery(automatic: bool) -> None:
        webhooks.automatic_redelivery = automatic

    named: list[Callable[..., Any]] = [user_sends_image, user_sends_file, set_standby, set_quota, set_redelivery]
    of_platform = (
        "add_person add_friend add_group user_sends user_sends_sticker user_sends_location user_taps unsend follow "
        "unfollow join_group leave_group member_joins member_leaves send_event redeliver duplicate"
    )
    of_faults = (
        "fail_next drop_next slow rate_limit_next exhaust_quota spend_next_token bad_gateway_next "
        "add_unknown_fields clear"
    )
    verbs: dict[str, Callable[..., Any]] = {each.__name__: each for each in named}
    verbs |= {name: getattr(platform, name) for name in of_platform.split()}
    verbs |= {name: getattr(faults, name) for name in of_faults.split()}
    return verbs | {name: getattr(webhooks, name) for name in ("hold", "release", "redeliver_failed")}


def state_of(
    platform: Platform, labels: dict[str, PhonePerson], wanted: dict[str, str], calls_after: int
) -> dict[str, Any]:
    """All the page shows, in one piece.

    Args:
        platform: whose state.
        labels: the phone's people by user id.
        wanted: chat ids, each with the revision after which its messages are wanted.
        calls_after: the number of the last call already known.

    Returns:
        ``revision``, ``now`` (seconds), ``bot``, ``people``, ``groups``, ``quota``, ``faults``, ``chats``
        (chat id → ``messages``, ``loading``, ``rich_menu``), ``calls`` (oldest first, at most 200), ``webhook``.
    """
    with platform.world.lock:
        last = platform.webhooks.deliveries[-1:]
        return {
            "revision": platform.world.revision,
            "now": platform.world.clock(),
            "bot": {"user_id": platform.bot_user_id, "name": platform.bot_name, "webhook": platform.webhook_url},
            "people": [_person(platform, user_id, labels) for user_id in platform.world.people],
            "groups": [asdict(group) for group in platform.world.groups.values()],
            "quota": {"limit": platform.quota.limit, "used": platform.quota.used},
            "faults": platform.faults.as_json(),
            "chats": {chat: _chat(platform, chat, int(after or 0)) for chat, after in wanted.items()},
            "calls": [_call(call) for call in platform.calls_after(calls_after)[-CALLS_AT_ONCE:]],
            "webhook": {"status": last[0].status, "at": last[0].at} if last else None,
        }


def changes(platform: Platform, stopping: threading.Event) -> Iterator[str]:
    """Server-sent events: the revision at every change, a comment now and then, until stopped or five minutes old."""
    ends = time.monotonic() + STREAM_SECONDS
    revision = platform.world.revision
    yield f"data: {json.dumps({'revision': revision})}\n\n"
    while not stopping.is_set() and time.monotonic() < ends:
        latest = platform.world.wait_for_change(revision, PING_SECONDS)
        yield f"data: {json.dumps({'revision': latest})}\n\n" if latest > revision else ": still here\n\n"
        revision = latest
        stopping.wait(PAUSE_SECONDS)


def _person(platform: Platform, user_id: str, labels: dict[str, PhonePerson]) -> dict[str, Any]:
    person, shown = platform.world.people[user_id], labels.get(user_id)
    return {
        "user_id": user_id,
        "display_name": person.display_name,
        "label": shown.label if shown else "",
        "role": shown.role if shown else "",
        "listed": shown is not None,
        "friend": person.friend,
        "blocked": person.blocked,
    }


def _chat(platform: Platform, chat_id: str, changed_after: int) -> dict[str, Any]:
    menu = platform.rich_menus.shown_to(chat_id)
    return {
        "messages": [_message(platform, row) for row in platform.chat(chat_id, changed_after)],
        "loading": max(0.0, platform.world.loading_until.get(chat_id, 0) - platform.world.clock()),
        "rich_menu": menu.as_json() if menu else None,
    }


def _message(platform: Platform, row: ChatMessage) -> dict[str, Any]:
    person = platform.world.people.get(row.sender)
    return asdict(row) | {
        "sender_name": person.display_name if person else platform.bot_name,
        "content": f"/simulator/content/{row.id}" if row.id in platform.world.contents else None,
    }


def _call(call: Call) -> dict[str, Any]:
    return dataclasses.asdict(call)


def _plain(value: object) -> Any:
    return asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else str(value)
