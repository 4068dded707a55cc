"""Each limit lets its greatest value pass and refuses one more."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from messages.limits import Json, Unsendable, check_messages, require_sendable

BOX: Json = {"type": "box", "layout": "vertical", "contents": []}
WORDS: Json = {"type": "text", "text": "ก"}


def text(words: Any = "ก", **more: Any) -> Json:
    return {"type": "text", "text": words, **more}


def say(label: Any = "ก", words: Any = "ก") -> Json:
    return {"type": "message", "label": label, "text": words}


def flex(*children: Json, alt: str = "ก", **bubble: Any) -> Json:
    body = copy.deepcopy(BOX) | {"contents": list(children)}
    return {"type": "flex", "altText": alt, "contents": {"type": "bubble", "body": body, **bubble}}


def carousel(*bubbles: Json) -> Json:
    return {"type": "flex", "altText": "ก", "contents": {"type": "carousel", "contents": list(bubbles)}}


def tap(**action: Any) -> Json:
    return flex({"type": "button", "action": {"type": "postback", "label": "ก", "data": "a", **action}})


def offered(*actions: Json) -> Json:
    return text(quickReply={"items": [{"type": "action", "action": action} for action in actions]})


def image(**more: Any) -> Json:
    return flex({"type": "image", "url": "https://example.org/a.png", **more})


def uri(address: str) -> Json:
    return flex({"type": "button", "action": {"type": "uri", "label": "ก", "uri": address}})


def buttons(words: str = "ก", actions: int = 1, **more: Any) -> Json:
    template = {"type": "buttons", "text": words, "actions": [say()] * actions, **more}
    return {"type": "template", "altText": "ก", "template": template}


def confirm(words: str = "ก", actions: int = 2) -> Json:
    return {
        "type": "template",
        "altText": "ก",
        "template": {"type": "confirm", "text": words, "actions": [say()] * actions},
    }


def bubble_of(size: int) -> Json:
    """A message whose bubble is this many bytes of JSON."""
    empty = len('{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":""}]}}')
    return flex({"type": "text", "text": "a" * (size - empty)})


def in_baseline(child: Json) -> Json:
    return flex({"type": "box", "layout": "baseline", "contents": [child]})


BUBBLE: Json = flex(WORDS)["contents"]

ALLOWED_AND_REFUSED = {
    "text": (text("ก" * 5000), text("ก" * 5001)),
    "text counts UTF-16": (text("😀" * 2500), text("😀" * 2500 + "a")),
    "empty text": (text("ก"), text("")),
    "blank text": (text(" ก"), text(" \n")),
    "no text": (text("ก"), {"type": "text"}),
    "half a character": (text("😀"), text("\ud83d")),
    "altText": (flex(alt="ก" * 1500), flex(alt="ก" * 1501)),
    "empty altText": (flex(alt="ก"), flex(alt="")),
    "quick replies": (offered(*[say()] * 13), offered(*[say()] * 14)),
    "no quick replies": (text(), offered()),
    "quick reply label counts graphemes": (offered(say("ที่" * 20)), offered(say("ที่" * 21))),
    "flex label": (tap(label="ที่" * 40), tap(label="ที่" * 41)),
    "template label": (buttons(actions=4), buttons(actions=5)),
    "template text": (buttons("ก" * 160), buttons("ก" * 161)),
    "template title": (buttons(title="ก" * 40), buttons(title="ก" * 41)),
    "confirm": (confirm("ก" * 240), confirm("ก" * 241)),
    "confirm actions": (confirm(), confirm(actions=1)),
    "template kind": (confirm(), buttons() | {"template": {"type": "carousel"}}),
    "data": (tap(data="ก" * 300), tap(data="ก" * 301)),
    "no data": (tap(), tap(data="")),
    "displayText": (tap(displayText="ที่" * 300), tap(displayText="ที่" * 301)),
    "fillInText": (tap(inputOption="openKeyboard", fillInText="#42 "), tap(fillInText="#42 ")),
    "inputOption": (tap(inputOption="openVoice"), tap(inputOption="sing")),
    "action text": (offered(say("ก", "ที่" * 300)), offered(say("ก", "ที่" * 301))),
    "action kind": (offered({"type": "camera", "label": "ก"}), offered({"type": "dance", "label": "ก"})),
    "camera outside quick replies": (tap(), flex({"type": "button", "action": {"type": "camera", "label": "ก"}})),
    "clipboard": (
        offered({"type": "clipboard", "label": "ก", "clipboardText": "ก" * 1000}),
        offered({"type": "clipboard", "label": "ก", "clipboardText": "ก" * 1001}),
    ),
    "uri scheme": (uri("tel:021234567"), uri("javascript:alert(1)")),
    "uri without scheme": (uri("https://example.org"), uri("example.org")),
    "uri length": (uri("https://a.b/" + "c" * 9988), uri("https://a.b/" + "c" * 9989)),
    "button without action": (tap(), flex({"type": "button"})),
    "button without label": (tap(), flex({"type": "button", "action": {"type": "postback", "data": "a"}})),
    "box without label": (flex(BOX | {"action": {"type": "postback", "data": "a"}}), flex(BOX | {"action": {}})),
    "button style": (
        flex(tap()["contents"]["body"]["contents"][0] | {"style": "link"}),
        flex({"type": "button", "style": "x"}),
    ),
    "empty flex text": (flex(WORDS), flex({"type": "text", "text": ""})),
    "spans": (
        flex({"type": "text", "contents": [{"type": "span", "text": "ก"}]}),
        flex({"type": "text", "contents": [{"type": "text", "text": "ก"}]}),
    ),
    "flex keyword": (flex(WORDS | {"size": "xl"}), flex(WORDS | {"size": "huge"})),
    "flex size in pixels": (flex(WORDS | {"size": "17px"}), flex(WORDS | {"size": "17"})),
    "weight": (flex(WORDS | {"weight": "bold"}), flex(WORDS | {"weight": "heavy"})),
    "colour": (flex(WORDS | {"color": "#0a6b4a80"}), flex(WORDS | {"color": "green"})),
    "flex number": (flex(WORDS | {"flex": 0}), flex(WORDS | {"flex": -1})),
    "margin": (flex(WORDS | {"margin": "12px"}), flex(WORDS | {"margin": "10%"})),
    "padding": (flex(BOX | {"paddingAll": "10%"}), flex(BOX | {"paddingAll": "wide"})),
    "width": (flex(BOX | {"width": "40%"}), flex(BOX | {"width": "lg"})),
    "border": (flex(BOX | {"borderWidth": "semi-bold"}), flex(BOX | {"borderWidth": "fat"})),
    "layout": (flex(BOX), flex({"type": "box", "layout": "diagonal", "contents": []})),
    "contents": (flex(BOX), flex({"type": "box", "layout": "vertical"})),
    "null child": (flex(WORDS), flex(WORDS, None)),
    "unknown component": (flex({"type": "separator"}), flex({"type": "table"})),
    "unknown property": (flex(WORDS | {"maxLines": 2}), flex(WORDS | {"height": "20px"})),
    "icon outside baseline": (
        in_baseline({"type": "icon", "url": "https://example.org/a.png"}),
        flex({"type": "icon", "url": "https://example.org/a.png"}),
    ),
    "box in baseline": (in_baseline(WORDS), in_baseline(BOX)),
    "gravity in baseline": (flex(WORDS | {"gravity": "center"}), in_baseline(WORDS | {"gravity": "center"})),
    "offsetBottom in baseline": (
        in_baseline(WORDS | {"offsetTop": "2px"}),
        in_baseline(WORDS | {"offsetBottom": "2px"}),
    ),
    "first box absolute": (flex(), flex(body=BOX | {"position": "absolute"})),
    "image scheme": (image(), image(url="http://example.org/a.png")),
    "image address": (image(url="https://example.org/%E0%B8%81.png"), image(url="https://example.org/ก.png")),
    "image address length": (image(url="https://a.b/" + "c" * 1988), image(url="https://a.b/" + "c" * 1989)),
    "ratio": (image(aspectRatio="1.91:1"), image(aspectRatio="wide")),
    "ratio height": (image(aspectRatio="100:300"), image(aspectRatio="100:301")),
    "ratio side": (image(aspectRatio="100000:100000"), image(aspectRatio="100001:1")),
    "bubble bytes": (bubble_of(30 * 1024), bubble_of(30 * 1024 + 1)),
    "bubble size": (flex(size="mega"), flex(size="tera")),
    "bubble blocks": (flex(), {"type": "flex", "altText": "ก", "contents": {"type": "bubble"}}),
    "hero": (flex(hero={"type": "image", "url": "https://a.b/c"}), flex(hero=WORDS)),
    "bubbles": (carousel(*[BUBBLE] * 12), carousel(*[BUBBLE] * 13)),
    "no bubbles": (carousel(BUBBLE), carousel()),
    "bubbles of one size": (carousel(BUBBLE, BUBBLE), carousel(BUBBLE, BUBBLE | {"size": "kilo"})),
    "carousel bytes": (carousel(*[bubble_of(25_000)["contents"]] * 2), carousel(*[bubble_of(25_800)["contents"]] * 2)),
    "flex contents": (flex(), {"type": "flex", "altText": "ก", "contents": BOX}),
    "image message": (
        {"type": "image", "originalContentUrl": "https://a.b/c", "previewImageUrl": "https://a.b/c"},
        {"type": "image", "originalContentUrl": "https://a.b/c"},
    ),
    "sender": (text(sender={"name": "ก" * 20}), text(sender={"name": "ก" * 21})),
    "kind of message": (text(), {"type": "telegram"}),
}


@pytest.mark.parametrize("case", ALLOWED_AND_REFUSED)
def test_the_limit_is_where_line_draws_it(case):
    allowed, refused = ALLOWED_AND_REFUSED[case]
    assert check_messages([allowed]) == []
    assert len(check_messages([refused])) >= 1


@pytest.mark.parametrize(("count", "is_sendable"), [(0, False), (1, True), (5, True), (6, False)])
def test_one_to_five_messages(count, is_sendable):
    assert (check_messages([text()] * count) == []) is is_sendable


def test_every_problem_is_told_with_its_place():
    with pytest.raises(Unsendable) as caught:
        require_sendable([text(""), flex({"type": "text", "text": ""}, alt="ก" * 1501)])
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "messages[0].text",
        "messages[1].altText",
        "messages[1].contents.body.contents[0].text",
    ]


def test_what_may_be_sent_passes_in_silence():
    require_sendable([text(), flex(WORDS)])


def test_a_picture_of_this_machine_is_taken_for_the_local_line_of_a_demo():
    assert list(check_messages([image(url="http://localhost:8081/charts/token")])) == []
    assert list(check_messages([image(url="http://localhost.example.org/charts/token")])) != []
