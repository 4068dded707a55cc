"""Rich menus: made, given a picture, linked to people, named by aliases. Kept in memory."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from simulator.answers import Answer, refusal
from simulator.calls import Request
from simulator.checks import Problem, Sent, action, text_between
from simulator.message_rules import counted
from simulator.text_units import grapheme_count
from simulator.world import World

MOST_MENUS = 1000
MOST_AREAS = 20
IMAGE_LARGEST_BYTES = 1024 * 1024
MOST_LINKED = 500
ALIAS = re.compile(r"[a-z0-9_-]{1,32}")
AREA_ACTIONS = ("postback", "message", "uri", "datetimepicker", "richmenuswitch", "clipboard")
NOT_FOUND = "richmenu not found"


@dataclass
class RichMenu:
    """A menu as created, with its picture once uploaded."""

    rich_menu_id: str
    shape: dict[str, Any]
    image: bytes | None = None
    image_type: str = ""

    def as_json(self) -> dict[str, Any]:
        """The menu as LINE lists it."""
        return {"richMenuId": self.rich_menu_id} | self.shape


@dataclass
class RichMenus:
    """All menus, the default one, and the aliases. Called with the world's lock held."""

    world: World
    menus: dict[str, RichMenu] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    default_id: str | None = None

    def shown_to(self, user_id: str) -> RichMenu | None:
        """The menu a person sees: their own, or the default one; one without a picture is not shown."""
        person = self.world.people.get(user_id)
        chosen = (person.rich_menu_id if person else None) or self.default_id
        menu = self.menus.get(chosen or "")
        return menu if menu is not None and menu.image is not None else None

    def create(self, request: Request) -> Answer:
        """``POST /v2/bot/richmenu``."""
        if problems := check_menu(request.json):
            return counted(problems)
        if len(self.menus) >= MOST_MENUS:
            return refusal(400, "the maximum number of rich menus has been reached")
        menu = RichMenu(f"richmenu-{uuid.uuid4().hex}", request.json)
        self.menus[menu.rich_menu_id] = menu
        return Answer(200, {"richMenuId": menu.rich_menu_id})

    def validate(self, request: Request) -> Answer:
        """``POST /v2/bot/richmenu/validate``."""
        problems = check_menu(request.json)
        return counted(problems) if problems else Answer(200)

    def list_menus(self, request: Request) -> Answer:
        """``GET /v2/bot/richmenu/list``."""
        return Answer(200, {"richmenus": [menu.as_json() for menu in self.menus.values()]})

    def get(self, request: Request, menu_id: str) -> Answer:
        """``GET /v2/bot/richmenu/{id}``."""
        menu = self.menus.get(menu_id)
        return Answer(200, menu.as_json()) if menu else refusal(404, NOT_FOUND)

    def delete(self, request: Request, menu_id: str) -> Answer:
        """``DELETE /v2/bot/richmenu/{id}``."""
        if self.menus.pop(menu_id, None) is None:
            return refusal(404, NOT_FOUND)
        if self.default_id == menu_id:
            self.default_id = None
        self.world.note_change()
        return Answer(200)

    def upload(self, request: Request, menu_id: str) -> Answer:
        """``POST /v2/bot/richmenu/{id}/content``: JPEG or PNG, at most 1 MB, once."""
        menu, kind = self.menus.get(menu_id), request.headers.get("content-type", "")
        if menu is None:
            return refusal(404, NOT_FOUND)
        if kind not in {"image/png", "image/jpeg"}:
            return refusal(415, f"The content type, {kind}, is not supported")
        if len(request.body) > IMAGE_LARGEST_BYTES:
            return refusal(413, "The image is larger than 1 MB")
        if menu.image is not None:
            return refusal(400, "An image has already been uploaded to the richmenu")
        menu.image, menu.image_type = request.body, kind
        self.world.note_change()
        return Answer(200)

    def download(self, request: Request, menu_id: str) -> Answer:
        """``GET /v2/bot/richmenu/{id}/content``."""
        menu = self.menus.get(menu_id)
        if menu is None or menu.image is None:
            return refusal(404, NOT_FOUND)
        return Answer(200, menu.image, content_type=menu.image_type)

    def set_default(self, request: Request, menu_id: str) -> Answer:
        """``POST /v2/bot/user/all/richmenu/{id}``."""
        menu = self.menus.get(menu_id)
        if menu is None:
            return refusal(404, NOT_FOUND)
        if menu.image is None:
            return refusal(400, "must upload richmenu image before applying it to user")
        self.default_id = menu_id
        self.world.note_change()
        return Answer(200)

    def get_default(self, request: Request) -> Answer:
        """``GET /v2/bot/user/all/richmenu``."""
        return Answer(200, {"richMenuId": self.default_id}) if self.default_id else refusal(404, "no default richmenu")

    def clear_default(self, request: Request) -> Answer:
        """``DELETE /v2/bot/user/all/richmenu``."""
        self.default_id = None
        self.world.note_change()
        return Answer(200)

    def link(self, request: Request, user_id: str, menu_id: str) -> Answer:
        """``POST /v2/bot/user/{userId}/richmenu/{id}``: 200 without effect for those who are no friends."""
        return self._link([user_id], menu_id) or Answer(200)

    def unlink(self, request: Request, user_id: str) -> Answer:
        """``DELETE /v2/bot/user/{userId}/richmenu``."""
        self._set([user_id], None)
        return Answer(200)

    def linked(self, request: Request, user_id: str) -> Answer:
        """``GET /v2/bot/user/{userId}/richmenu``."""
        person = self.world.people.get(user_id)
        if person is None or person.rich_menu_id is None:
            return refusal(404, "the user has no richmenu")
        return Answer(200, {"richMenuId": person.rich_menu_id})

    def bulk_link(self, request: Request) -> Answer:
        """``POST /v2/bot/richmenu/bulk/link``: at most 500 people."""
        users = request.json.get("userIds")
        wrong = _wrong_users(users) or self._link(users, request.json.get("richMenuId"))
        return wrong or Answer(202)

    def bulk_unlink(self, request: Request) -> Answer:
        """``POST /v2/bot/richmenu/bulk/unlink``: at most 500 people."""
        users = request.json.get("userIds")
        if wrong := _wrong_users(users):
            return wrong
        self._set(users, None)
        return Answer(202)

    def create_alias(self, request: Request) -> Answer:
        """``POST /v2/bot/richmenu/alias``."""
        alias, menu_id = request.json.get("richMenuAliasId"), request.json.get("richMenuId")
        if not isinstance(alias, str) or not ALIAS.fullmatch(alias):
            return counted([("richMenuAliasId", "Must match the pattern ^[a-z0-9_-]{1,32}$")])
        if alias in self.aliases:
            return refusal(400, "conflict richmenu alias id")
        return self._point_alias(alias, menu_id)

    def update_alias(self, request: Request, alias: str) -> Answer:
        """``POST /v2/bot/richmenu/alias/{id}``."""
        if alias not in self.aliases:
            return refusal(404, "richmenu alias not found")
        return self._point_alias(alias, request.json.get("richMenuId"))

    def get_alias(self, request: Request, alias: str) -> Answer:
        """``GET /v2/bot/richmenu/alias/{id}``."""
        if alias not in self.aliases:
            return refusal(404, "richmenu alias not found")
        return Answer(200, {"richMenuAliasId": alias, "richMenuId": self.aliases[alias]})

    def delete_alias(self, request: Request, alias: str) -> Answer:
        """``DELETE /v2/bot/richmenu/alias/{id}``."""
        return Answer(200) if self.aliases.pop(alias, None) else refusal(404, "richmenu alias not found")

    def list_aliases(self, request: Request) -> Answer:
        """``GET /v2/bot/richmenu/alias/list``."""
        listed = [{"richMenuAliasId": alias, "richMenuId": menu_id} for alias, menu_id in self.aliases.items()]
        return Answer(200, {"aliases": listed})

    def switch(self, user_id: str, alias: str) -> dict[str, str]:
        """A person taps a richmenuswitch action; returns the ``params`` of the postback event."""
        menu_id = self.aliases.get(alias)
        if menu_id is None:
            return {"status": "RICHMENU_ALIAS_ID_NOTFOUND"}
        if menu_id not in self.menus:
            return {"newRichMenuAliasId": alias, "status": "RICHMENU_NOTFOUND"}
        self._set([user_id], menu_id)
        return {"newRichMenuAliasId": alias, "status": "SUCCESS"}

    def _point_alias(self, alias: str, menu_id: str) -> Answer:
        if menu_id not in self.menus:
            return refusal(400, NOT_FOUND)
        self.aliases[alias] = menu_id
        return Answer(200)

    def _link(self, user_ids: list[str], menu_id: str) -> Answer | None:
        menu = self.menus.get(menu_id)
        if menu is None:
            return refusal(404, NOT_FOUND)
        if menu.image is None:
            return refusal(400, "must upload richmenu image before applying it to user")
        self._set(user_ids, menu_id)
        return None

    def _set(self, user_ids: list[str], menu_id: str | None) -> None:
        for user_id in user_ids:
            person = self.world.people.get(user_id)
            if person is not None and person.friend and not person.blocked:
                person.rich_menu_id = menu_id
        self.world.note_change()


def check_menu(menu: Sent) -> list[Problem]:
    """Checks a rich menu object against LINE's limits of size, names and areas."""
    if not isinstance(menu, dict):
        return [("size", "May not be empty")]
    problems = text_between(menu.get("name"), "name", 300, 1, grapheme_count)
    problems += text_between(menu.get("chatBarText"), "chatBarText", 14, 1, grapheme_count)
    problems += _check_size(menu.get("size"))
    areas = menu.get("areas")
    if not isinstance(areas, list) or len(areas) > MOST_AREAS:
        return [*problems, ("areas", f"Size must be between 0 and {MOST_AREAS}")]
    for place, area in enumerate(areas):
        at = f"areas[{place}]"
        bounds = area.get("bounds") if isinstance(area, dict) else None
        if not isinstance(bounds, dict) or not all(
            isinstance(bounds.get(k), int) for k in ("x", "y", "width", "height")
        ):
            problems.append((f"{at}.bounds", "May not be empty"))
            continue
        problems += action(area.get("action"), f"{at}.action", 20, label_required=False, kinds=AREA_ACTIONS)
    return problems


def _check_size(size: Sent) -> list[Problem]:
    width, height = (size.get("width"), size.get("height")) if isinstance(size, dict) else (None, None)
    if not isinstance(width, int) or not isinstance(height, int):
        return [("size", "May not be empty")]
    if not 800 <= width <= 2500 or height < 250 or width / height < 1.45:
        return [
            ("size", "The image size is invalid: width 800 to 2500, height 250 or more, width / height 1.45 or more")
        ]
    return []


def _wrong_users(users: object) -> Answer | None:
    if not isinstance(users, list) or not 1 <= len(users) <= MOST_LINKED:
        return counted([("userIds", f"Size must be between 1 and {MOST_LINKED}")])
    return None
