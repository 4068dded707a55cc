"""Ordered troubles strike the call they were meant for, and tell the truth about what was delivered."""

from __future__ import annotations

import uuid

import pytest

from tests.simulator.support import SOMCHAI, Bot


@pytest.fixture
def bot():
    return Bot()


def test_a_failure_before_accepting_delivers_nothing(bot):
    bot.platform.faults.fail_next(500)
    assert bot.push(SOMCHAI).status == 500
    assert bot.platform.messages_to(SOMCHAI) == []
    assert bot.push(SOMCHAI).status == 200


def test_a_failure_after_accepting_delivers_and_the_retry_says_so(bot):
    key = str(uuid.uuid4())
    bot.platform.faults.fail_next(500, accepted=True)
    failed = bot.push(SOMCHAI, X_Line_Retry_Key=key)
    again = bot.push(SOMCHAI, X_Line_Retry_Key=key)
    assert (failed.status, again.status) == (500, 409)
    assert again.headers["x-line-accepted-request-id"] == failed.headers["x-line-request-id"]
    assert len(bot.platform.messages_to(SOMCHAI)) == 1


def test_a_failed_but_accepted_reply_has_spent_its_token(bot):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    bot.platform.faults.fail_next(500, accepted=True, endpoint="reply")
    assert bot.reply(event).status == 500
    assert bot.reply(event).body == {"message": "Invalid reply token"}
    assert len(bot.platform.messages_to(SOMCHAI)) == 1


@pytest.mark.parametrize(("accepted", "delivered"), [(False, 0), (True, 1)])
def test_a_dropped_connection_delivers_only_what_was_accepted(bot, accepted, delivered):
    bot.platform.faults.drop_next(accepted=accepted)
    answer = bot.push(SOMCHAI)
    assert answer.dropped
    assert len(bot.platform.messages_to(SOMCHAI)) == delivered


def test_trouble_meant_for_one_endpoint_waits_for_it(bot):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    bot.platform.faults.fail_next(503, endpoint="push")
    assert bot.reply(event).status == 200
    assert bot.push(SOMCHAI).status == 503


def test_trouble_without_an_endpoint_spares_what_does_not_send(bot):
    bot.platform.faults.fail_next(500)
    assert bot.call("GET", f"/profile/{SOMCHAI}").status == 200
    bot.platform.faults.fail_next(500, endpoint="any")
    assert bot.call("GET", f"/profile/{SOMCHAI}").status == 500


def test_the_two_limits_have_their_own_words(bot):
    bot.platform.faults.rate_limit_next(2)
    rate = "The API rate limit has been exceeded. Try again later."
    assert [bot.push(SOMCHAI).body["message"] for _ in range(2)] == [rate, rate]
    bot.platform.faults.exhaust_quota()
    answer = bot.push(SOMCHAI)
    assert (answer.status, answer.body["message"]) == (429, "You have reached your monthly limit.")
    bot.platform.faults.exhaust_quota(False)
    assert bot.push(SOMCHAI).status == 200


def test_a_token_can_be_spent_beforehand(bot):
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    bot.platform.faults.spend_next_token()
    assert bot.push(SOMCHAI).status == 200
    assert bot.reply(event).body == {"message": "Invalid reply token"}
    assert bot.reply(event).status == 400


def test_a_proxy_answers_with_html(bot):
    bot.platform.faults.bad_gateway_next()
    answer = bot.push(SOMCHAI)
    assert (answer.status, answer.content_type) == (502, "text/html")
    assert answer.body.startswith(b"<html>")


def test_slow_answers_are_accepted_at_once_and_held_back(bot):
    bot.platform.faults.slow(3)
    assert bot.push(SOMCHAI).delay_seconds == 3
    assert len(bot.platform.messages_to(SOMCHAI)) == 1
    assert bot.call("GET", f"/profile/{SOMCHAI}").delay_seconds == 0
    bot.platform.faults.slow(0)
    assert bot.push(SOMCHAI).delay_seconds == 0


def test_clear_ends_all_trouble(bot):
    faults = bot.platform.faults
    faults.fail_next()
    faults.slow(1)
    faults.exhaust_quota()
    faults.clear()
    assert faults.as_json() == {"waiting": [], "slow_seconds": 0.0, "quota_exhausted": False, "unknown_fields": False}
    assert bot.push(SOMCHAI).status == 200


def test_a_call_tells_which_trouble_struck_it(bot):
    bot.platform.faults.drop_next(accepted=True)
    bot.push(SOMCHAI)
    assert [(call.status, call.fault, call.recipients) for call in bot.platform.calls] == [(0, "drop", 1)]
