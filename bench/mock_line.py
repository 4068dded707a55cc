"""A lean stand-in for LINE's Messaging API: waits as long as it is told, and remembers when each reply arrived.

Only what the benchmarks need; `simulator/` keeps LINE's rules. Under ``/control/`` the benchmark sets the waiting
time, forgets what was received, and reads what arrived: reply token, instant (``time.monotonic``, one clock for all
processes of a machine) and the alternative text of each message. A reply token used twice is refused, as by LINE. Of
pushes and multicasts it remembers recipients and texts; a retry key used twice is answered 409, as by LINE.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import time
from dataclasses import dataclass, field

import orjson

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_RETRY_KEY = re.compile(rb"\r\nx-line-retry-key: *([^\r]+)", re.IGNORECASE)
_PUSHES = frozenset({b"/v2/bot/message/push", b"/v2/bot/message/multicast"})
_SENT = b'{"sentMessages":[{"id":"1","quoteToken":"q"}]}'
_ANSWERS = {
    b"/v2/bot/message/quota": b'{"type":"none"}',
    b"/v2/bot/message/quota/consumption": b'{"totalUsage":0}',
    b"/v2/bot/info": b'{"userId":"U00000000000000000000000000000001"}',
}


@dataclass
class Received:
    """What arrived since the last reset."""

    latency_seconds: float = 0.0
    replies: dict[str, tuple[float, list[str]]] = field(default_factory=dict)
    pushes: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    repeated: int = 0
    other_calls: int = 0

    def reset(self) -> None:
        self.replies, self.pushes, self.repeated, self.other_calls = {}, {}, 0, 0

    def as_json(self) -> bytes:
        return orjson.dumps(vars(self))


class Connection(asyncio.Protocol):
    """One kept-alive connection: requests in, answers out, in order."""

    def __init__(self, received: Received) -> None:
        self._received, self._buffer = received, b""

    def connection_made(self, transport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (request := self._take_request()) is not None:
            self._answer(*request)

    def _take_request(self) -> tuple[bytes, bytes, bytes] | None:
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = int(match.group(1)) if (match := _LENGTH.search(head)) else 0
        if len(rest) < length:
            return None
        self._buffer = rest[length:]
        key = match.group(1) if (match := _RETRY_KEY.search(head)) else b""
        return head.split(b" ", 2)[1], rest[:length], key

    def _answer(self, path: bytes, body: bytes, key: bytes) -> None:
        if path.startswith(b"/control/"):
            self._write(200, self._control(path.split(b"/")[2:]))
        elif self._received.latency_seconds:
            wait = self._received.latency_seconds
            asyncio.get_running_loop().call_later(wait, self._accept, path, body, key)
        else:
            self._accept(path, body, key)

    def _control(self, words: list[bytes]) -> bytes:
        if words[0] == b"reset":
            self._received.reset()
        elif words[0] == b"latency":
            self._received.latency_seconds = int(words[1]) / 1000
        return self._received.as_json()

    def _accept(self, path: bytes, body: bytes, key: bytes) -> None:
        if path in _PUSHES:
            self._accept_push(orjson.loads(body), key.decode())
            return
        if path != b"/v2/bot/message/reply":
            self._received.other_calls += 1
            self._write(200, _ANSWERS.get(path, _SENT))
            return
        call = orjson.loads(body)
        if call["replyToken"] in self._received.replies:
            self._received.repeated += 1
            self._write(400, b'{"message":"Invalid reply token"}')
            return
        self._received.replies[call["replyToken"]] = (time.monotonic(), _texts_of(call))
        self._write(200, _SENT)

    def _accept_push(self, call: dict, key: str) -> None:
        if key in self._received.pushes:
            self._write(409, b'{"message":"The retry key is already accepted"}')
            return
        to = call["to"] if isinstance(call["to"], list) else [call["to"]]
        self._received.pushes[key or f"without key {len(self._received.pushes)}"] = (to, _texts_of(call))
        self._write(200, _SENT)

    def _write(self, status: int, body: bytes) -> None:
        head = f"HTTP/1.1 {status} -\r\ncontent-type: application/json\r\nx-line-request-id: bench\r\n"
        self._transport.write(head.encode() + b"content-length: %d\r\n\r\n" % len(body) + body)


def _texts_of(call: dict) -> list[str]:
    return [message.get("altText") or message.get("text") or "" for message in call["messages"]]


async def serve(port: int) -> None:
    received = Received()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(received), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="a lean stand-in for LINE's Messaging API")
    arguments.add_argument("port", type=int)
    asyncio.run(serve(arguments.parse_args().port))
