"""Fetching what people sent from LINE: what comes, what does not, and how much of it."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from bot.line import GivenUp, HTTPLINEClient, RateLimited, Retryable, Unauthorized
from simulator.platform import Platform
from simulator.server import create_app, serve

SECRET, TOKEN, PERSON = "secret", "token", "U" + "a" * 32
DATA = bytes(range(256)) * 1024


@pytest.fixture
def platform():
    made = Platform(SECRET, TOKEN, deliver=lambda body, headers: 200)
    made.add_friend(PERSON, "ผู้ทดสอบ")
    return made


@pytest.fixture
def client(platform):
    server = serve(create_app(platform), platform)
    yield HTTPLINEClient(TOKEN, "http://127.0.0.1:9", server.url)
    server.stop()


def sent(platform: Platform) -> str:
    return platform.user_sends_image(PERSON, DATA)["message"]["id"]


def reason(kind, client: HTTPLINEClient, message_id: str, max_bytes: int = len(DATA)) -> str:
    with pytest.raises(kind) as failed:
        client.fetch_content(message_id, max_bytes)
    return failed.value.reason


def test_the_bytes_come_from_the_content_address(platform, client):
    assert client.fetch_content(sent(platform), len(DATA)) == DATA


def test_the_next_one_comes_over_the_same_connection(platform, client):
    for _ in range(3):
        client.fetch_content(sent(platform), len(DATA))
    pools = client._client.rest_client.pool_manager.pools
    assert [pools[key].num_connections for key in pools.keys()] == [1]  # noqa: SIM118 - no mapping


def test_what_is_not_ready_may_be_asked_for_again(platform, client):
    message = sent(platform)
    platform.world.contents[message].ready = False
    assert reason(Retryable, client, message) == "content_not_ready"
    platform.content_is_ready(message)
    assert client.fetch_content(message, len(DATA)) == DATA


def test_what_was_taken_back_or_never_was_is_gone(platform, client):
    message = sent(platform)
    platform.unsend(PERSON, message)
    assert reason(GivenUp, client, message) == "content_gone"
    assert reason(GivenUp, client, "404404") == "content_gone"


def test_what_is_too_big_is_not_taken(platform, client):
    assert reason(GivenUp, client, sent(platform), len(DATA) - 1) == "content_too_big"


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        (500, Retryable, "answer_500"),
        (503, Retryable, "answer_503"),
        (429, RateLimited, "rate_limit"),
        (401, Unauthorized, "unauthorized"),
        (403, GivenUp, "refused_403"),
    ],
)
def test_faults_of_the_way_may_be_tried_again(platform, client, status, kind, expected):
    message = sent(platform)
    platform.faults.fail_next(status, endpoint="content")
    assert reason(kind, client, message) == expected


def test_a_cut_connection_may_be_tried_again(platform, client):
    message = sent(platform)
    platform.faults.drop_next(endpoint="content")
    assert reason(Retryable, client, message)
    assert client.fetch_content(message, len(DATA)) == DATA


def test_a_line_that_is_away_may_be_tried_again():
    assert reason(Retryable, HTTPLINEClient(TOKEN, "http://127.0.0.1:9", "http://127.0.0.1:9"), "1")


class Trickle:
    """Answers one request with headers, then pieces, then closes."""

    def __init__(self, headers: bytes, pieces: list[bytes], between_seconds: float = 0.0) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._answer = (headers, pieces, between_seconds)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stopping.set()
        self._thread.join(5)
        self._listening.close()

    def _serve(self):
        headers, pieces, between_seconds = self._answer
        connection, _ = self._listening.accept()
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n")
                for piece in pieces:
                    connection.sendall(piece)
                    if self._stopping.wait(between_seconds):
                        return
            except OSError:
                return


def fetched_from(server: Trickle, max_bytes: int = 1000) -> bytes:
    return HTTPLINEClient(TOKEN, server.url, server.url).fetch_content("1", max_bytes)


def test_a_body_that_breaks_off_is_no_body():
    with Trickle(b"Content-Length: 500", [b"x" * 100]) as server, pytest.raises(Retryable):
        fetched_from(server)


def test_an_endless_body_of_no_said_length_is_stopped():
    endless = [b"10\r\n" + b"x" * 16 + b"\r\n"] * 100_000
    with Trickle(b"Transfer-Encoding: chunked", endless) as server, pytest.raises(GivenUp, match="content_too_big"):
        fetched_from(server)


def test_a_trickle_is_given_up_in_time():
    began = time.monotonic()
    with Trickle(b"Content-Length: 900", [b"x"] * 900, 0.02) as server, pytest.raises(Retryable, match="too_slow"):
        HTTPLINEClient(TOKEN, server.url, server.url, content_seconds=0.2).fetch_content("1", 1000)
    assert time.monotonic() - began < 3
