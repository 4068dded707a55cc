"""The peers: what a channel's webhook costs without a service behind it, on the same web server as ours.

``hello`` answers; ``verify`` checks the signature and parses the body; ``echo`` is the pattern of the LINE SDK's own
Flask example: its ``WebhookHandler``, and an ``ApiClient`` opened for every event to reply within the request.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import os

from flask import Flask, abort, request
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from linebot.v3 import WebhookHandler
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, ReplyMessageRequest, TextMessage
from linebot.v3.webhooks import MessageEvent, TextMessageContent

from bot.server import BACKLOG, THREADS_PER_PROCESS

PATH = "/line/webhook"


def create_hello() -> Flask:
    app = Flask(__name__)

    @app.post(PATH)
    def receive() -> str:
        request.get_data()
        return "OK"

    return app


def create_verify() -> Flask:
    app, secret = Flask(__name__), os.environ["LINE_CHANNEL_SECRET"].encode()

    @app.post(PATH)
    def receive() -> str:
        body = request.get_data()
        expected = base64.b64encode(hmac.digest(secret, body, hashlib.sha256))
        if not hmac.compare_digest(expected, request.headers.get("X-Line-Signature", "").encode()):
            abort(401)
        if not json.loads(body)["events"]:
            abort(400)
        return "OK"

    return app


def create_echo() -> Flask:
    app = Flask(__name__)
    configuration = Configuration(access_token="bench", host=os.environ["LINE_API_URL"])
    handler = WebhookHandler(os.environ["LINE_CHANNEL_SECRET"])

    @app.post(PATH)
    def receive() -> str:
        try:
            handler.handle(request.get_data(as_text=True), request.headers["X-Line-Signature"])
        except InvalidSignatureError:
            abort(400)
        return "OK"

    @handler.add(MessageEvent, message=TextMessageContent)
    def echo(event) -> None:
        reply = ReplyMessageRequest(reply_token=event.reply_token, messages=[TextMessage(text=event.message.text)])
        with ApiClient(configuration) as client:
            MessagingApi(client).reply_message_with_http_info(reply)

    return app


def serve(factory: str, port: int) -> None:
    """Serve a peer exactly as ``bot.server`` serves the product, two processes."""
    Granian(
        f"bench.peers:{factory}",
        factory=True,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=THREADS_PER_PROCESS,
        backlog=BACKLOG,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="serve a peer")
    arguments.add_argument("name", choices=["hello", "verify", "echo"])
    arguments.add_argument("port", type=int)
    given = arguments.parse_args()
    serve(f"create_{given.name}", given.port)
