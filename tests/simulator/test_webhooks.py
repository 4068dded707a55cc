"""Webhooks arrive as LINE sends them: signed, once or again, in order or not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random

import pytest
from linebot.v3.webhook import WebhookParser
from linebot.v3.webhooks import (
    FollowEvent,
    JoinEvent,
    LeaveEvent,
    MemberJoinedEvent,
    MemberLeftEvent,
    MessageEvent,
    PostbackEvent,
    UnfollowEvent,
    UnsendEvent,
)

from simulator.events import signature, webhook_body
from tests.simulator.support import GROUP, MALEE, SECRET, SOMCHAI, Bot


@pytest.fixture
def bot():
    return Bot()


def test_the_signature_is_lines_own():
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert signature(SECRET, body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_the_signature_covers_the_raw_bytes(bot):
    bot.platform.user_sends(SOMCHAI, "หนังสืออยู่ที่ไหน 😀")
    raw, headers = bot.bodies[0]
    expected = base64.b64encode(hmac.new(SECRET.encode(), raw, hashlib.sha256).digest()).decode()
    assert headers["x-line-signature"] == expected
    assert headers["Content-Type"] == "application/json; charset=utf-8"


def test_bodies_are_escaped_every_second_time(bot):
    for _ in range(2):
        bot.platform.user_sends(SOMCHAI, "😀")
    literal, escaped = (raw for raw, _ in bot.bodies)
    assert "😀".encode() in literal
    assert b"\\ud83d\\ude00" in escaped
    assert [event["message"]["text"] for event in bot.events] == ["😀", "😀"]


def test_every_kind_of_event_is_one_the_sdk_knows(bot):
    platform = bot.platform
    platform.user_sends(SOMCHAI, "สวัสดี")
    platform.user_sends_sticker(SOMCHAI)
    platform.user_sends_image(SOMCHAI, b"png")
    platform.user_sends_file(SOMCHAI, "หนังสือ.pdf", b"pdf")
    platform.user_sends_audio(SOMCHAI, b"m4a", 1200)
    platform.user_sends_location(SOMCHAI, 13.75, 100.5, "ศาลาว่าการ", "ถนนดินสอ")
    platform.user_taps(SOMCHAI, {"type": "postback", "data": "a=1", "displayText": "ดู"})
    platform.unsend(SOMCHAI)
    platform.unfollow(SOMCHAI)
    platform.follow(SOMCHAI)
    platform.join_group(GROUP, "กลุ่มงาน", [SOMCHAI])
    platform.member_joins(GROUP, MALEE)
    platform.user_sends(MALEE, "ช่วยด้วย", group_id=GROUP, mention_bot=True)
    platform.member_leaves(GROUP, MALEE)
    platform.leave_group(GROUP)
    parser = WebhookParser(SECRET)
    parsed = [e for raw, headers in bot.bodies for e in parser.parse(raw.decode(), headers["x-line-signature"])]
    assert [type(event) for event in parsed] == [
        *[MessageEvent] * 6,
        PostbackEvent,
        UnsendEvent,
        UnfollowEvent,
        FollowEvent,
        JoinEvent,
        MemberJoinedEvent,
        MessageEvent,
        MemberLeftEvent,
        LeaveEvent,
    ]
    assert [event.timestamp for event in parsed] == [round(bot.clock.now * 1000)] * len(parsed)
    assert len({event.webhook_event_id for event in parsed}) == len(parsed)
    assert parsed[12].message.mention.mentionees[0].is_self is True
    assert parsed[9].follow.is_unblocked is True


def test_the_event_returned_is_the_event_delivered(bot):
    assert bot.platform.user_sends(SOMCHAI, "สวัสดี") == bot.events[0]


def test_a_mention_is_counted_in_utf16(bot):
    event = bot.platform.user_sends(SOMCHAI, "😀 @ติดตาม ช่วยด้วย", group_id=None, mention_bot=True)
    mentionee = event["message"]["mention"]["mentionees"][0]
    assert (mentionee["index"], mentionee["length"]) == (3, len("@ติดตาม"))


def test_a_redelivery_is_the_same_event_with_the_mark(bot):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    bot.platform.redeliver(event["webhookEventId"])
    bot.platform.duplicate(event["webhookEventId"])
    first, again, duplicate = bot.events
    assert again == first | {"deliveryContext": {"isRedelivery": True}}
    assert duplicate == first


def test_redelivering_what_was_never_sent_is_refused(bot):
    with pytest.raises(LookupError, match="No such event"):
        bot.platform.redeliver("01KAJ2T0000000000000000001")


def test_a_failed_webhook_is_not_sent_again_unless_asked(bot):
    bot.status = 500
    bot.platform.user_sends(SOMCHAI, "หนึ่ง")
    bot.platform.user_sends(SOMCHAI, "สอง")
    assert len(bot.events) == 2
    bot.status = 200
    assert bot.platform.webhooks.redeliver_failed(shuffle=random.Random(4)) == 2
    assert [event["deliveryContext"]["isRedelivery"] for event in bot.events[2:]] == [True, True]
    assert bot.platform.webhooks.redeliver_failed() == 0


def test_automatic_redelivery_stops_after_a_few_times_or_a_success():
    bot = Bot(automatic_redelivery=True)
    bot.status = 503
    bot.platform.user_sends(SOMCHAI, "หนึ่ง")
    assert [event["deliveryContext"]["isRedelivery"] for event in bot.events] == [False, True, True, True]
    bot.status = 200
    bot.platform.user_sends(SOMCHAI, "สอง")
    assert len(bot.events) == 5


def test_events_held_back_leave_shuffled_and_several_in_a_body(bot):
    bot.platform.webhooks.hold()
    for number in range(5):
        bot.platform.user_sends(SOMCHAI, str(number))
    assert bot.bodies == []
    bot.platform.webhooks.release(shuffle=random.Random(1), per_body=2)
    assert [len(json.loads(raw)["events"]) for raw, _ in bot.bodies] == [2, 2, 1]
    texts = [event["message"]["text"] for event in bot.events]
    assert sorted(texts) == ["0", "1", "2", "3", "4"]
    assert texts != sorted(texts)


def test_in_standby_events_have_no_reply_token(bot):
    bot.platform.standby = True
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    assert event["mode"] == "standby"
    assert "replyToken" not in event


def test_the_probe_has_no_events(bot):
    assert bot.platform.webhooks.probe() == 200
    assert json.loads(bot.bodies[0][0])["events"] == []


def test_what_the_bot_took_shows_as_read(bot):
    bot.platform.user_sends(SOMCHAI, "หนึ่ง")
    bot.status = 500
    bot.platform.user_sends(SOMCHAI, "สอง")
    assert [row.read for row in bot.platform.chat(SOMCHAI)] == [True, False]


def test_a_postback_shows_its_text_but_sends_no_message_event(bot):
    event = bot.platform.user_taps(SOMCHAI, {"type": "postback", "data": "ack=1", "displayText": "รับทราบ"})
    assert event["postback"] == {"data": "ack=1"}
    assert [row.message["text"] for row in bot.platform.chat(SOMCHAI)] == ["รับทราบ"]
    assert [each["type"] for each in bot.events] == ["postback"]


def test_taps_become_what_their_action_says(bot):
    tap = bot.platform.user_taps
    assert tap(SOMCHAI, {"type": "message", "text": "ช่วยเหลือ"})["message"]["text"] == "ช่วยเหลือ"
    assert tap(SOMCHAI, {"type": "uri", "uri": "https://example.org"}) is None
    picked = tap(SOMCHAI, {"type": "datetimepicker", "data": "d", "mode": "date"}, params={"date": "2026-11-21"})
    assert picked["postback"] == {"data": "d", "params": {"date": "2026-11-21"}}


def test_unsend_takes_the_last_message_and_its_content(bot):
    sent = bot.platform.user_sends_image(SOMCHAI, b"png")
    message_id = sent["message"]["id"]
    assert bot.call("GET", f"/message/{message_id}/content").body == b"png"
    assert bot.platform.unsend(SOMCHAI)["unsend"] == {"messageId": message_id}
    gone = bot.call("GET", f"/message/{message_id}/content")
    assert (gone.status, gone.body) == (410, {"message": "The content is gone"})
    with pytest.raises(LookupError, match="no message"):
        bot.platform.unsend(SOMCHAI)


def test_one_who_blocked_the_bot_must_unblock_it_to_write(bot):
    bot.platform.unfollow(SOMCHAI)
    with pytest.raises(ValueError, match="blocked"):
        bot.platform.user_sends(SOMCHAI, "สวัสดี")
    bot.platform.follow(SOMCHAI)
    bot.platform.user_sends(SOMCHAI, "สวัสดี")


def test_unknown_fields_and_unknown_types_can_be_sent(bot):
    bot.platform.faults.add_unknown_fields()
    bot.platform.user_sends(SOMCHAI, "สวัสดี")
    bot.platform.send_event("teleport", SOMCHAI, {"teleport": {}})
    known, unknown = (
        WebhookParser(SECRET).parse(raw.decode(), headers["x-line-signature"])[0] for raw, headers in bot.bodies
    )
    assert isinstance(known, MessageEvent)
    assert type(unknown).__name__ == "UnknownEvent"
    assert "futureProperty" in bot.events[0]


def test_in_the_background_the_verb_does_not_wait_for_the_bot():
    bot = Bot()
    bot.platform.webhooks.start_background()
    try:
        bot.platform.user_sends(SOMCHAI, "สวัสดี")
        assert bot.platform.webhooks.wait_until_idle()
        assert [event["message"]["text"] for event in bot.events] == ["สวัสดี"]
    finally:
        bot.platform.close()


def test_an_empty_body_is_what_the_console_sends():
    assert webhook_body("U1", [], escaped=False) == b'{"destination":"U1","events":[]}'
