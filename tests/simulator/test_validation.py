"""Messages outside LINE's limits are refused in LINE's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.flex_rules import check_contents
from simulator.message_rules import refuse_messages
from simulator.text_units import grapheme_count, utf16_length
from tests.simulator.support import SOMCHAI, TEXT, Bot, bubble, flex

POSTBACK = {"type": "postback", "label": "รับทราบ", "data": "a=1"}
HTTPS = "https://example.org/a.png"


def details(*messages):
    answer = refuse_messages(list(messages))
    return [] if answer is None else [(each["property"], each["message"]) for each in answer.body["details"]]


def test_a_problem_has_lines_shape():
    answer = refuse_messages([{"type": "text", "text": ""}])
    assert answer.status == 400
    assert answer.body == {
        "message": "The request body has 1 error(s)",
        "details": [{"message": "May not be empty", "property": "messages[0].text"}],
    }


@pytest.mark.parametrize("messages", [None, [], [TEXT] * 6, "text"])
def test_a_call_carries_one_to_five_messages(messages):
    assert refuse_messages(messages).body["details"][0]["property"] == "messages"
    assert refuse_messages([TEXT] * 5) is None


@pytest.mark.parametrize(
    ("text", "fits"), [("ก" * 5000, True), ("ก" * 5001, False), ("😀" * 2500, True), ("😀" * 2501, False)]
)
def test_a_text_is_measured_in_utf16(text, fits):
    assert (details({"type": "text", "text": text}) == []) is fits


@pytest.mark.parametrize(("label", "fits"), [("น้ำ" * 20, True), ("น้ำ" * 21, False), ("👩‍👩‍👧" * 20, True)])
def test_a_label_is_measured_in_graphemes(label, fits):
    quick = {"items": [{"type": "action", "action": POSTBACK | {"label": label}}]}
    assert (details(TEXT | {"quickReply": quick}) == []) is fits


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("น้ำ", 1),
        ("ฟื้นฟู", 3),
        ("กตัญญู", 4),
        ("ที่ปรึกษา", 6),
        ("e\u0301", 1),
        ("👍🏽", 1),
        ("🇹🇭🇹🇭", 2),
        ("👨‍👩‍👧‍👦", 1),
        ("\r\n", 1),
    ],
)
def test_graphemes_of_thai_and_emoji(text, count):
    assert grapheme_count(text) == count


@given(st.text(), st.text())
def test_lengths_add_up(first, second):
    assert utf16_length(first + second) == utf16_length(first) + utf16_length(second)
    joined = grapheme_count(first + second)
    assert (
        max(grapheme_count(first), grapheme_count(second)) <= joined <= grapheme_count(first) + grapheme_count(second)
    )
    assert joined <= len(first + second)


def quick_replies(number):
    return TEXT | {"quickReply": {"items": [{"type": "action", "action": POSTBACK}] * number}}


def test_thirteen_quick_replies_and_no_more():
    assert details(quick_replies(13)) == []
    assert details(quick_replies(14)) == [("messages[0].quickReply.items", "Size must be between 1 and 13")]


@pytest.mark.parametrize(
    ("action", "where"),
    [
        (POSTBACK | {"data": "a" * 301}, "data"),
        (POSTBACK | {"data": ""}, "data"),
        (POSTBACK | {"displayText": "ก" * 301}, "displayText"),
        (POSTBACK | {"inputOption": "openDoor"}, "inputOption"),
        (POSTBACK | {"fillInText": "ก"}, "fillInText"),
        ({"type": "message", "label": "ก", "text": "ก" * 301}, "text"),
        ({"type": "uri", "label": "ก", "uri": "ftp://example.org"}, "uri"),
        ({"type": "uri", "label": "ก", "uri": "https://example.org/" + "a" * 10_000}, "uri"),
        ({"type": "datetimepicker", "label": "ก", "data": "d", "mode": "date", "initial": "21/11/2569"}, "initial"),
        ({"type": "datetimepicker", "label": "ก", "data": "d", "mode": "year"}, "mode"),
        ({"type": "clipboard", "label": "ก", "clipboardText": ""}, "clipboardText"),
        ({"type": "richmenuswitch", "label": "ก"}, "type"),
    ],
)
def test_actions_have_limits(action, where):
    found = details(TEXT | {"quickReply": {"items": [{"type": "action", "action": action}]}})
    assert [place for place, _ in found] == [f"messages[0].quickReply.items[0].action.{where}"]


@pytest.mark.parametrize(
    ("message", "where"),
    [
        ({"type": "song"}, "type"),
        ({}, "type"),
        ({"type": "flex", "altText": "", "contents": bubble({"type": "text", "text": "ก"})}, "altText"),
        ({"type": "flex", "altText": "ก" * 1501, "contents": bubble({"type": "text", "text": "ก"})}, "altText"),
        ({"type": "flex", "altText": "ก"}, "contents"),
        (
            {"type": "image", "originalContentUrl": "http://example.org/a.png", "previewImageUrl": HTTPS},
            "originalContentUrl",
        ),
        ({"type": "sticker", "packageId": "1"}, "stickerId"),
        ({"type": "location", "title": "ก", "address": "ก", "latitude": 1.0}, "longitude"),
        ({"type": "text", "text": "ไม่มีรูป", "emojis": [{"index": 0}]}, "emojis[0].index"),
        (TEXT | {"sender": {"name": "ก" * 21}}, "sender.name"),
        ({"type": "template", "altText": "ก", "template": {"type": "poster"}}, "template.type"),
    ],
)
def test_messages_have_limits(message, where):
    assert [place for place, _ in details(message)] == [f"messages[0].{where}"]


def test_pictures_need_https_but_for_this_machines_own():
    def image(address):
        return {"type": "image", "originalContentUrl": address, "previewImageUrl": address}

    assert details(image(HTTPS), image("http://localhost:8000/charts/1.png")) == []
    assert details(image("http://localhost.example.org/a.png"))[0][1] == "invalid uri scheme"


def template(**parts):
    return {"type": "template", "altText": "ก", "template": parts}


@pytest.mark.parametrize(
    ("message", "where"),
    [
        (template(type="buttons", text="ก" * 161, actions=[POSTBACK]), "text"),
        (template(type="buttons", text="ก" * 61, title="ก", actions=[POSTBACK]), "text"),
        (template(type="buttons", text="ก", actions=[POSTBACK] * 5), "actions"),
        (template(type="confirm", text="ก", actions=[POSTBACK]), "actions"),
        (template(type="carousel", columns=[{"text": "ก", "actions": [POSTBACK]}] * 11), "columns"),
        (
            template(type="carousel", columns=[{"text": "ก", "actions": [POSTBACK] * n} for n in (1, 2)]),
            "columns",
        ),
        (template(type="image_carousel", columns=[{"imageUrl": "x", "action": POSTBACK}]), "columns[0].imageUrl"),
    ],
)
def test_templates_have_limits(message, where):
    assert [place for place, _ in details(message)] == [f"messages[0].template.{where}"]


def test_good_templates_are_taken():
    good = [
        template(type="buttons", text="ก" * 160, actions=[POSTBACK] * 4),
        template(type="confirm", text="ก" * 240, actions=[POSTBACK] * 2),
        template(type="carousel", columns=[{"text": "ก" * 120, "actions": [POSTBACK] * 3}] * 10),
        template(type="image_carousel", columns=[{"imageUrl": HTTPS, "action": {"type": "message", "text": "ก"}}] * 10),
    ]
    assert details(*good) == []


def box(layout="vertical", *contents, **rest):
    return {"type": "box", "layout": layout, "contents": list(contents)} | rest


WORDS = {"type": "text", "text": "น้ำ"}


@pytest.mark.parametrize(
    ("contents", "where", "words"),
    [
        (bubble({"type": "text", "text": ""}), "/body/contents/0/text", "must be non-empty text"),
        (bubble({"type": "text"}), "/body/contents/0/text", "must be non-empty text"),
        (bubble(None), "/body/contents", "cannot contain null elements"),
        (bubble(WORDS | {"size": "huge"}), "/body/contents/0/size", "invalid property"),
        (bubble(WORDS | {"color": "green"}), "/body/contents/0/color", "invalid property"),
        (bubble(WORDS | {"flex": -1}), "/body/contents/0/flex", "invalid property"),
        (bubble(WORDS | {"wrap": "yes"}), "/body/contents/0/wrap", "invalid property"),
        (bubble(WORDS | {"colour": "#000000"}), "/body/contents/0/colour", "unknown field"),
        (bubble(box("baseline", box())), "/body/contents/0/contents/0/type", "invalid property"),
        (bubble({"type": "icon", "url": HTTPS}), "/body/contents/0/type", "invalid property"),
        (bubble({"type": "button"}), "/body/contents/0/action", "must be specified"),
        (bubble({"type": "button", "action": POSTBACK | {"label": "ก" * 41}}), "/body/contents/0/action/label", None),
        (bubble(WORDS, hero={"type": "image", "url": "ftp://a/b"}), "/hero/url", "invalid uri scheme"),
        (bubble(WORDS, size="big"), "/size", "invalid property"),
        (bubble(box(paddingAll="3em")), "/body/contents/0/paddingAll", "invalid property"),
        (bubble(box(background={"type": "linearGradient"})), "/body/contents/0/background/angle", "must be specified"),
        ({"type": "bubble"}, "/", "bubble must have at least one block"),
        ({"type": "carousel", "contents": [bubble(WORDS)] * 13}, "/contents", "size must be between 1 and 12"),
        ({"type": "carousel", "contents": [bubble(WORDS, size="kilo"), bubble(WORDS)]}, "/contents", None),
        ({"type": "poster"}, "/type", "invalid property"),
    ],
)
def test_flex_problems_point_inside_the_contents(contents, where, words):
    answer = refuse_messages([flex(contents)])
    assert answer.body["message"] == "A message (messages[0])\u00a0in the request body is invalid"
    found = answer.body["details"][0]
    assert found["property"] == where
    assert words is None or found["message"] == words


def test_bubbles_and_carousels_have_a_largest_size():
    def of(kilobytes):
        return bubble({"type": "text", "text": "a" * (kilobytes * 1024 - 100)})

    assert check_contents(of(30)) == []
    assert any("larger" in words for _, words in check_contents(of(31)))
    assert check_contents({"type": "carousel", "contents": [of(16)] * 3}) == []
    assert any("larger" in words for _, words in check_contents({"type": "carousel", "contents": [of(17)] * 3}))


def test_a_rich_card_is_taken():
    card = bubble(
        WORDS | {"weight": "bold", "size": "xl", "wrap": True, "margin": "md"},
        {"type": "text", "contents": [{"type": "span", "text": "ก", "color": "#00B900"}]},
        box(
            "horizontal", WORDS | {"flex": 2}, {"type": "separator"}, box(width="30%", cornerRadius="md"), spacing="sm"
        ),
        box("baseline", {"type": "icon", "url": HTTPS}, WORDS | {"offsetTop": "-2px"}),
        {"type": "button", "action": POSTBACK, "style": "primary", "color": "#006C3B", "height": "sm"},
        {"type": "image", "url": HTTPS, "size": "full", "aspectRatio": "20:13", "aspectMode": "cover"},
        size="mega",
        styles={"footer": {"separator": True}},
        footer=box("vertical", WORDS),
    )
    assert check_contents(card) == []
    assert check_contents({"type": "carousel", "contents": [card] * 3}) == []


def test_mentions_are_for_groups():
    message = {
        "type": "textV2",
        "text": "{who} รับทราบ",
        "substitution": {"who": {"type": "mention", "mentionee": {"type": "user", "userId": SOMCHAI}}},
    }
    assert refuse_messages([message], to_group=True) is None
    assert refuse_messages([message], to_group=False).status == 400
    assert refuse_messages([message | {"text": "{{literal}}"}], to_group=True) is None
    wrong = refuse_messages([message | {"text": "{!owe}"}]).body["details"][0]
    assert wrong["message"] == "The key '!owe' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'."


@pytest.mark.parametrize("kind", ["reply", "push", "multicast", "narrowcast", "broadcast"])
def test_the_validate_endpoints_check_without_sending(kind):
    bot = Bot()
    assert bot.call("POST", f"/message/validate/{kind}", {"messages": [TEXT]}).body == {}
    assert bot.call("POST", f"/message/validate/{kind}", {"messages": []}).status == 400
    assert bot.platform.chat(SOMCHAI) == []
