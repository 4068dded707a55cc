"""The smaller endpoints: profiles, groups, contents, the loading sign, reading, webhooks and rich menus."""

from __future__ import annotations

import pytest

from tests.simulator.support import GROUP, MALEE, NOBODY, SOMCHAI, STRANGER, Bot

MENU = {
    "size": {"width": 2500, "height": 843},
    "selected": True,
    "name": "เมนูหลัก",
    "chatBarText": "เมนู",
    "areas": [{"bounds": {"x": 0, "y": 0, "width": 1250, "height": 843}, "action": {"type": "message", "text": "ช่วย"}}],
}


@pytest.fixture
def bot():
    return Bot()


def make_menu(bot, picture=True):
    menu_id = bot.call("POST", "/richmenu", MENU).body["richMenuId"]
    if picture:
        assert bot.call("POST", f"/richmenu/{menu_id}/content", b"png", Content_Type="image/png").status == 200
    return menu_id


def test_profiles_of_friends_and_of_those_who_wrote(bot):
    assert bot.call("GET", f"/profile/{SOMCHAI}").body["displayName"] == "สมชาย"
    assert bot.call("GET", f"/profile/{NOBODY}").status == 404
    assert bot.call("GET", f"/profile/{STRANGER}").status == 404
    bot.platform.user_sends(STRANGER, "สวัสดี")
    assert bot.call("GET", f"/profile/{STRANGER}").status == 200
    bot.platform.unfollow(SOMCHAI)
    assert bot.call("GET", f"/profile/{SOMCHAI}").body == {"message": "Not found"}


def test_the_bot_knows_itself(bot):
    info = bot.call("GET", "/info").body
    assert info["userId"] == bot.platform.bot_user_id
    assert {"basicId", "displayName", "chatMode", "markAsReadMode"} <= set(info)


def test_a_group_has_a_name_a_count_and_members(bot):
    bot.platform.join_group(GROUP, "กลุ่มงาน", [SOMCHAI, STRANGER])
    assert bot.call("GET", f"/group/{GROUP}/summary").body == {"groupId": GROUP, "groupName": "กลุ่มงาน"}
    assert bot.call("GET", f"/group/{GROUP}/members/count").body == {"count": 2}
    assert bot.call("GET", f"/group/{GROUP}/member/{STRANGER}").body["displayName"] == "คนแปลกหน้า"
    assert bot.call("GET", f"/group/{GROUP}/member/{MALEE}").status == 404
    assert bot.call("GET", f"/group/{GROUP}/members/ids").status == 403
    assert bot.call("POST", f"/group/{GROUP}/leave").body == {}
    assert bot.call("GET", f"/group/{GROUP}/summary").status == 404
    assert bot.call("GET", "/group/x/summary").status == 400


def test_content_is_there_once_ready(bot):
    event = bot.platform.user_sends_audio(SOMCHAI, b"m4a", 1000, ready=False)
    path = f"/message/{event['message']['id']}/content"
    assert bot.call("GET", path).status == 202
    assert bot.call("GET", f"{path}/transcoding").body == {"status": "processing"}
    bot.platform.content_is_ready(event["message"]["id"])
    assert (bot.call("GET", path).body, bot.call("GET", path).content_type) == (b"m4a", "audio/m4a")
    assert bot.call("GET", "/message/1/content").status == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"chatId": SOMCHAI}, 202),
        ({"chatId": SOMCHAI, "loadingSeconds": 60}, 202),
        ({"chatId": SOMCHAI, "loadingSeconds": 65}, 400),
        ({"chatId": SOMCHAI, "loadingSeconds": 7}, 400),
        ({"chatId": GROUP}, 400),
        ({}, 400),
    ],
)
def test_the_loading_sign_has_limits(bot, body, status):
    assert bot.call("POST", "/chat/loading/start", body).status == status


def test_the_loading_sign_ends_with_the_bots_message(bot):
    bot.call("POST", "/chat/loading/start", {"chatId": SOMCHAI})
    assert bot.platform.world.loading_until[SOMCHAI] == bot.clock.now + 20
    bot.push(SOMCHAI)
    assert SOMCHAI not in bot.platform.world.loading_until


def test_mark_as_read_reads_everything_before(bot):
    bot.status = 500
    first, second = (bot.platform.user_sends(SOMCHAI, text) for text in ("หนึ่ง", "สอง"))
    assert bot.call("POST", "/chat/markAsRead", {"markAsReadToken": "x"}).status == 400
    token = second["message"]["markAsReadToken"]
    assert bot.call("POST", "/chat/markAsRead", {"markAsReadToken": token}).body == {}
    assert [row.read for row in bot.platform.chat(SOMCHAI)] == [True, True]
    assert first["message"]["markAsReadToken"] != token


def test_the_webhook_address_can_be_set_and_tested(bot):
    assert bot.call("GET", "/channel/webhook/endpoint").status == 404
    assert bot.call("POST", "/channel/webhook/test", {}).body["success"] is True
    bot.status = 500
    assert bot.call("POST", "/channel/webhook/test", {}).body["reason"] == "ERROR_STATUS_CODE"
    assert bot.call("PUT", "/channel/webhook/endpoint", {"endpoint": "ftp://x"}).status == 400
    assert bot.call("PUT", "/channel/webhook/endpoint", {"endpoint": "https://bot.example.org/line"}).body == {}
    assert bot.call("GET", "/channel/webhook/endpoint").body == {
        "endpoint": "https://bot.example.org/line",
        "active": True,
    }


def test_nobody_at_the_webhook_address_is_told():
    bot = Bot()
    answer = bot.call("POST", "/channel/webhook/test", {"endpoint": "http://127.0.0.1:9/line"})
    assert (answer.body["success"], answer.body["statusCode"], answer.body["reason"]) == (False, 0, "COULD_NOT_CONNECT")


def test_a_rich_menu_needs_its_picture_first(bot):
    menu_id = make_menu(bot, picture=False)
    refused = bot.call("POST", f"/user/all/richmenu/{menu_id}")
    assert refused.body == {"message": "must upload richmenu image before applying it to user"}
    assert bot.call("POST", f"/user/{SOMCHAI}/richmenu/{menu_id}").status == 400
    assert bot.call("POST", f"/richmenu/{menu_id}/content", b"png", Content_Type="text/plain").status == 415
    assert bot.call("POST", f"/richmenu/{menu_id}/content", b"png", Content_Type="image/png").status == 200
    again = bot.call("POST", f"/richmenu/{menu_id}/content", b"png", Content_Type="image/png")
    assert again.body == {"message": "An image has already been uploaded to the richmenu"}
    assert bot.call("GET", f"/richmenu/{menu_id}/content").body == b"png"
    assert bot.call("POST", f"/user/all/richmenu/{menu_id}").status == 200


def test_a_persons_own_menu_comes_before_the_default(bot):
    default, own = make_menu(bot), make_menu(bot)
    assert bot.call("GET", "/user/all/richmenu").status == 404
    bot.call("POST", f"/user/all/richmenu/{default}")
    bot.call("POST", f"/user/{SOMCHAI}/richmenu/{own}")
    shown = bot.platform.rich_menus.shown_to
    assert (shown(SOMCHAI).rich_menu_id, shown(MALEE).rich_menu_id) == (own, default)
    assert bot.call("GET", f"/user/{SOMCHAI}/richmenu").body == {"richMenuId": own}
    bot.call("DELETE", f"/user/{SOMCHAI}/richmenu")
    assert shown(SOMCHAI).rich_menu_id == default
    assert bot.call("DELETE", f"/richmenu/{default}").status == 200
    assert shown(SOMCHAI) is None
    assert bot.call("GET", f"/richmenu/{default}").status == 404
    assert [menu["richMenuId"] for menu in bot.call("GET", "/richmenu/list").body["richmenus"]] == [own]


def test_menus_are_linked_in_bulk(bot):
    menu_id = make_menu(bot)
    body = {"richMenuId": menu_id, "userIds": [SOMCHAI, MALEE, NOBODY]}
    assert bot.call("POST", "/richmenu/bulk/link", body).status == 202
    assert bot.platform.rich_menus.shown_to(MALEE).rich_menu_id == menu_id
    assert bot.call("POST", "/richmenu/bulk/unlink", {"userIds": [MALEE]}).status == 202
    assert bot.platform.rich_menus.shown_to(MALEE) is None
    assert bot.call("POST", "/richmenu/bulk/unlink", {"userIds": []}).status == 400


def test_aliases_name_menus_and_switch_between_them(bot):
    menu_id = make_menu(bot)
    alias = {"richMenuAliasId": "officer", "richMenuId": menu_id}
    assert bot.call("POST", "/richmenu/alias", alias).body == {}
    assert bot.call("POST", "/richmenu/alias", alias).body == {"message": "conflict richmenu alias id"}
    assert bot.call("GET", "/richmenu/alias/officer").body == alias
    assert bot.call("GET", "/richmenu/alias/list").body == {"aliases": [alias]}
    switch = {"type": "richmenuswitch", "richMenuAliasId": "officer", "data": "to=officer"}
    event = bot.platform.user_taps(SOMCHAI, switch)
    assert event["postback"]["params"] == {"newRichMenuAliasId": "officer", "status": "SUCCESS"}
    assert bot.platform.rich_menus.shown_to(SOMCHAI).rich_menu_id == menu_id
    assert bot.call("DELETE", "/richmenu/alias/officer").status == 200
    event = bot.platform.user_taps(SOMCHAI, switch)
    assert event["postback"]["params"] == {"status": "RICHMENU_ALIAS_ID_NOTFOUND"}


@pytest.mark.parametrize(
    "change",
    [
        {"size": {"width": 700, "height": 250}},
        {"size": {"width": 800, "height": 800}},
        {"name": "ก" * 301},
        {"chatBarText": "ก" * 15},
        {"areas": MENU["areas"] * 21},
        {"areas": [{"bounds": {}, "action": {"type": "message", "text": "ก"}}]},
    ],
)
def test_rich_menus_have_limits(bot, change):
    assert bot.call("POST", "/richmenu/validate", MENU).status == 200
    assert bot.call("POST", "/richmenu/validate", MENU | change).status == 400
    assert bot.call("POST", "/richmenu", MENU | change).status == 400
