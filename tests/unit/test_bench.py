"""The benchmarks' own honesty: figures are right, and a wrong, missing or doubled answer is never counted."""

from __future__ import annotations

import asyncio
import threading
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bench import answering, deadlines
from bench.answering import Answers
from bench.figures import Row, as_table, percentile, ratio_row
from bench.load import Load, Webhook, fire, make_webhooks
from bench.mock_line import Connection, Received
from bench.office import questions
from bench.runs import Bench
from bot.webhook import is_signed
from messages.deadlines import DueRequest, overdue
from tests.messages.samples import make_request


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_percentile_is_the_smallest_value_that_enough_values_do_not_exceed(share, expected):
    assert percentile(list(range(100, 0, -1)), share) == expected


def test_a_ratio_is_the_median_over_rounds_and_not_of_medians():
    row = ratio_row("x", ours=[10, 20, 90], peers=[10, 10, 100], aim=1.0)

    assert row.figure.startswith("1.00 ")
    assert row.good
    assert row.spread == "0.90–2.00"
    assert as_table([row, Row("y", "1", "", "", None)]).count("\n") == 3


@pytest.fixture
def line():
    """The LINE stand-in on a free port: (port, what it received)."""
    received, ready, stop = Received(), threading.Event(), threading.Event()
    ports: list[int] = []

    async def serve():
        server = await asyncio.get_running_loop().create_server(lambda: Connection(received), "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        async with server:
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(5)
    yield ports[0], received
    stop.set()
    thread.join(5)


def reply(token: str, text: str) -> Webhook:
    body = f'{{"replyToken":"{token}","messages":[{{"type":"text","text":"{text}"}}]}}'.encode()
    head = f"POST /v2/bot/message/reply HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return Webhook(head + body, token, text)


@pytest.mark.parametrize("rate", [None, 1000.0])
def test_every_request_is_sent_once_and_every_answer_counted(line, rate):
    port, received = line

    load = fire(port, [reply(f"t{number}", "ก") for number in range(50)], connections=4, rate=rate)

    assert dict(load.require_all_ok().statuses) == {200: 50}
    assert set(received.replies) == set(load.due_at) == {f"t{number}" for number in range(50)}


def test_a_reply_token_used_twice_is_refused_and_fails_the_run(line):
    port, received = line

    load = fire(port, [reply("t", "ก"), reply("t", "ก")], connections=1)

    assert received.repeated == 1
    with pytest.raises(RuntimeError, match="400"):
        load.require_all_ok()


def push(key: str, text: str) -> Webhook:
    body = f'{{"to":["{deadlines.SUPERVISOR}"],"messages":[{{"type":"flex","altText":"{text}"}}]}}'.encode()
    head = f"POST /v2/bot/message/multicast HTTP/1.1\r\nX-Line-Retry-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    return Webhook(head.encode() + body, key + text, text)


def test_deadlines_that_line_was_told_of_are_counted_by_request_and_retries_once(line):
    port, _received = line
    rows = [
        DueRequest(make_request(number), "หน่วยงาน", late_to_acknowledge=timedelta(minutes=15)) for number in range(12)
    ]
    several, single = (overdue(some)[0]["altText"] for some in (rows, rows[:1]))
    pushes = [push("a", several), push("b", single), push("b", single), push("c", "คำขอ #7 ยังไม่มีผู้รับทราบ")]

    load = fire(port, pushes, connections=1)

    assert dict(load.statuses) == {200: 3, 409: 1}
    assert deadlines._heard(Bench(Path(), ExitStack(), {}, port)) == 13


def test_webhooks_are_signed_and_unique():
    webhooks = make_webhooks("secret", [next(questions()) for _ in range(2)])
    heads, bodies = zip(*(webhook.raw.split(b"\r\n\r\n", 1) for webhook in webhooks), strict=True)
    signature = next(line for line in heads[0].decode().split("\r\n") if line.startswith("X-Line-Signature")).split(
        ": "
    )[1]

    assert is_signed("secret", bodies[0], signature)
    assert not is_signed("secret", bodies[1], signature)


def asked(*numbers: str) -> tuple[list[Webhook], Load]:
    webhooks = [Webhook(b"", f"t{place}", number) for place, number in enumerate(numbers)]
    return webhooks, Load(due_at={webhook.reply_token: float(place) for place, webhook in enumerate(webhooks)})


def test_an_answer_counts_from_the_moment_its_question_was_due():
    webhooks, load = asked("1", "2")

    answers = answering._check(webhooks, load, {"t0": (0.5, ["letter 1"]), "t1": (1.25, ["letter 2"])})

    assert answers == Answers([500.0, 250.0], per_second=2 / 1.25, behind_seconds=0.25)


def test_questions_answered_in_one_call_count_each():
    webhooks, load = asked("11", "22")

    assert answering._check(webhooks, load, {"t1": (3.0, ["letter 11", "letter 22"])}).milliseconds == [3000.0, 2000.0]


def test_an_answer_about_another_letter_fails_the_run():
    webhooks, load = asked("11", "22")

    with pytest.raises(RuntimeError, match="1 of 2"):
        answering._check(webhooks, load, {"t0": (1.0, ["letter 11"]), "t1": (2.0, ["letter 33"])})
