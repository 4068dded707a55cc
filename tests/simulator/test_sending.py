"""Replies, pushes and multicasts follow LINE's rules."""

from __future__ import annotations

import uuid

import pytest

from tests.simulator.support import GROUP, MALEE, NOBODY, SOMCHAI, STRANGER, TEXT, Bot


@pytest.fixture
def bot():
    return Bot()


def test_every_answer_carries_its_own_request_id(bot):
    first, second = bot.push(SOMCHAI), bot.push(NOBODY)
    ids = {uuid.UUID(answer.headers["x-line-request-id"]) for answer in (first, second)}
    assert len(ids) == 2


@pytest.mark.parametrize("shown", ["", "Bearer other", "token", "bearer token"])
def test_without_the_right_token_nothing_is_sent(bot, shown):
    answer = bot.push(SOMCHAI, Authorization=shown)
    assert answer.status == 401
    assert answer.body["message"].startswith("Authentication failed.")
    assert bot.platform.messages_to(SOMCHAI) == []


def test_a_reply_is_free_and_lands_in_the_chat_in_order(bot):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    answer = bot.reply(event, {"type": "text", "text": "หนึ่ง"}, {"type": "text", "text": "สอง"})
    assert answer.status == 200
    rows = bot.platform.messages_to(SOMCHAI)
    assert [(row.message["text"], row.how) for row in rows] == [("หนึ่ง", "reply"), ("สอง", "reply")]
    assert [sent["id"] for sent in answer.body["sentMessages"]] == [row.id for row in rows]
    assert all(sent["quoteToken"] for sent in answer.body["sentMessages"])
    assert bot.platform.quota.used == 0


def test_a_reply_token_works_once(bot):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    assert bot.reply(event).status == 200
    again = bot.reply(event)
    assert (again.status, again.body) == (400, {"message": "Invalid reply token"})
    assert len(bot.platform.messages_to(SOMCHAI)) == 1


@pytest.mark.parametrize(("seconds", "status"), [(60, 200), (60.1, 400)])
def test_a_reply_token_lives_a_minute(bot, seconds, status):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    bot.clock.advance(seconds)
    assert bot.reply(event).status == status


@pytest.mark.parametrize(
    ("redelivered_after", "replied_after", "status"), [(600, 60, 200), (600, 61, 400), (1190, 11, 400)]
)
def test_a_redelivery_gives_the_token_another_minute_but_never_past_twenty(
    bot, redelivered_after, replied_after, status
):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    bot.clock.advance(redelivered_after)
    bot.platform.redeliver(event["webhookEventId"])
    bot.clock.advance(replied_after)
    assert bot.reply(event).status == status


def test_a_redelivery_does_not_revive_a_spent_token(bot):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    bot.reply(event)
    bot.platform.redeliver(event["webhookEventId"])
    assert bot.reply(event).status == 400


def test_a_token_is_not_good_before_its_webhook_was_delivered(bot):
    bot.platform.webhooks.hold()
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    assert bot.reply(event).status == 400
    bot.platform.webhooks.release()
    assert bot.reply(event).status == 200


def test_a_refused_reply_leaves_its_token_unspent(bot):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    assert bot.reply(event, {"type": "text", "text": ""}).status == 400
    assert bot.reply(event).status == 200


def test_a_reply_with_a_retry_key_is_refused(bot):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    assert bot.reply(event, X_Line_Retry_Key=str(uuid.uuid4())).status == 400
    assert bot.platform.messages_to(SOMCHAI) == []


def test_the_same_retry_key_is_accepted_once(bot):
    key = str(uuid.uuid4())
    first = bot.push(SOMCHAI, X_Line_Retry_Key=key)
    again = bot.push(SOMCHAI, {"type": "text", "text": "อื่น"}, X_Line_Retry_Key=key)
    assert again.status == 409
    assert again.body == {"message": "The retry key is already accepted", **first.body}
    assert again.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert again.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert bot.texts_to(SOMCHAI) == [TEXT["text"]]
    assert bot.platform.quota.used == 1


def test_a_retry_key_is_forgotten_after_a_day(bot):
    key = str(uuid.uuid4())
    bot.push(SOMCHAI, X_Line_Retry_Key=key)
    bot.clock.advance(24 * 3600 + 1)
    assert bot.push(SOMCHAI, X_Line_Retry_Key=key).status == 200


def test_a_retry_key_of_a_refused_push_is_free(bot):
    key = str(uuid.uuid4())
    assert bot.push(NOBODY, X_Line_Retry_Key=key).status == 400
    assert bot.push(SOMCHAI, X_Line_Retry_Key=key).status == 200


def test_a_retry_key_that_is_no_uuid_is_refused(bot):
    assert bot.push(SOMCHAI, X_Line_Retry_Key="once").status == 400


def test_multicast_repeats_with_409_and_no_sent_messages(bot):
    key = str(uuid.uuid4())
    first = bot.multicast([SOMCHAI, MALEE], X_Line_Retry_Key=key)
    again = bot.multicast([SOMCHAI, MALEE], X_Line_Retry_Key=key)
    assert (first.status, first.body) == (200, {})
    assert (again.status, again.body) == (409, {"message": "The retry key is already accepted"})
    assert len(bot.platform.messages_to(MALEE)) == 1


def test_quota_counts_people_not_messages():
    bot = Bot(quota=10)
    bot.platform.add_group(GROUP, "กลุ่มงาน", [SOMCHAI, MALEE, STRANGER])
    bot.push(SOMCHAI, TEXT, TEXT, TEXT)
    bot.push(GROUP, TEXT, TEXT)
    bot.multicast([SOMCHAI, MALEE, NOBODY])
    assert bot.platform.quota.used == 1 + 3 + 2
    assert bot.call("GET", "/message/quota").body == {"type": "limited", "value": 10}
    assert bot.call("GET", "/message/quota/consumption").body == {"totalUsage": 6}


def test_beyond_the_quota_nothing_is_sent_but_replies():
    bot = Bot(quota=1)
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    refused = bot.multicast([SOMCHAI, MALEE])
    assert (refused.status, refused.body) == (429, {"message": "You have reached your monthly limit."})
    assert bot.platform.messages_to(SOMCHAI) == []
    assert bot.push(SOMCHAI).status == 200
    assert bot.push(MALEE).status == 429
    assert bot.reply(event).status == 200


def test_without_a_limit_the_quota_has_none(bot):
    assert bot.call("GET", "/message/quota").body == {"type": "none"}


def test_a_push_to_one_who_blocked_is_taken_and_neither_delivered_nor_counted(bot):
    bot.platform.unfollow(SOMCHAI)
    answer = bot.push(SOMCHAI)
    assert answer.status == 200
    assert answer.body["sentMessages"][0]["id"]
    assert bot.platform.messages_to(SOMCHAI) == []
    assert bot.platform.quota.used == 0


def test_a_stranger_is_reached_for_seven_days_after_writing(bot):
    bot.push(STRANGER)
    assert bot.platform.messages_to(STRANGER) == []
    bot.platform.user_sends(STRANGER, "สวัสดี")
    bot.push(STRANGER)
    bot.clock.advance(7 * 24 * 3600 + 1)
    assert bot.push(STRANGER).status == 200
    assert len(bot.platform.messages_to(STRANGER)) == 1


@pytest.mark.parametrize("to", [NOBODY, "somebody", GROUP])
def test_a_push_to_nobody_known_fails(bot, to):
    answer = bot.push(to)
    assert (answer.status, answer.body) == (400, {"message": "Failed to send messages"})


def test_a_push_to_a_group_the_bot_left_fails(bot):
    bot.platform.join_group(GROUP, "กลุ่มงาน", [SOMCHAI])
    assert bot.push(GROUP).status == 200
    assert bot.call("POST", f"/group/{GROUP}/leave").status == 200
    assert bot.push(GROUP).status == 400


def test_multicast_refuses_malformed_ids_and_drops_unknown_ones(bot):
    refused = bot.multicast([SOMCHAI, "x"])
    assert refused.status == 400
    assert refused.body["message"] == "The property, to[1], in the request body is invalid (line: -, column: -)"
    assert bot.multicast([SOMCHAI, NOBODY]).status == 200
    assert len(bot.platform.messages_to(SOMCHAI)) == 1
    assert bot.multicast([f"U{n:032x}" for n in range(501)]).status == 400


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"{", "application/json", "The request body could not be parsed as JSON"),
        (b"[]", "application/json", "The request body could not be parsed as JSON"),
        (b"\xff", "application/json", "The request body could not be parsed as JSON"),
        (b"{}", "text/plain", "The content type, text/plain, is not supported"),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(bot, body, content_type, words):
    answer = bot.call("POST", "/message/push", body, Content_Type=content_type)
    assert answer.status == 400
    assert answer.body["message"].startswith(words)


def test_a_body_above_two_megabytes_is_refused(bot):
    assert bot.call("POST", "/message/push", b" " * (2 * 1024 * 1024 + 1)).status == 413


def test_an_unknown_address_is_not_found(bot):
    assert bot.call("GET", "/nothing").status == 404


@pytest.mark.parametrize(("units", "status"), [(["monthly_1"], 200), (["a", "b"], 400), (["bad unit"], 400)])
def test_aggregation_units_are_checked(bot, units, status):
    body = {"to": SOMCHAI, "messages": [TEXT], "customAggregationUnits": units}
    assert bot.call("POST", "/message/push", body).status == status


def test_calls_are_recorded_with_what_was_sent_and_answered(bot):
    bot.push(SOMCHAI, X_Line_Retry_Key="9d1c2f3a-0000-4000-8000-000000000001")
    bot.call("GET", f"/profile/{SOMCHAI}")
    push, profile = bot.platform.calls
    assert (push.method, push.path, push.status, push.kind) == ("POST", "/v2/bot/message/push", 200, "push")
    assert push.retry_key == "9d1c2f3a-0000-4000-8000-000000000001"
    assert push.sent["to"] == SOMCHAI
    assert push.recipients == 1
    assert push.answered["sentMessages"]
    assert (profile.kind, profile.at) == ("profile", bot.clock.now)
    assert bot.platform.calls_after(push.number) == [profile]
