"""The platform over HTTP: the real SDK, webhooks to a real address, and the control API of other processes."""

from __future__ import annotations

import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import urllib3
from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    Configuration,
    MessagingApi,
    MessagingApiBlob,
    MulticastRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    RichMenuRequest,
    TextMessage,
)

from simulator.control import PhonePerson
from simulator.platform import Platform
from simulator.server import PortTakenError, create_app, serve
from tests.simulator.support import MALEE, SECRET, SOMCHAI, TEXT, TOKEN
from tests.simulator.test_endpoints import MENU

KEY = "9d1c2f3a-0000-4000-8000-000000000001"


@pytest.fixture
def platform():
    platform = Platform(SECRET, TOKEN, deliver=lambda raw, headers: 200, quota=300)
    platform.add_friend(SOMCHAI, "สมชาย")
    return platform


@pytest.fixture
def url(platform):
    app = create_app(platform, [PhonePerson(MALEE, "มาลี", "เลขานุการ · ส่วนเลขานุการ", "secretary")])
    running = serve(app, platform)
    yield running.url
    running.stop()


@pytest.fixture
def client(url):
    with ApiClient(Configuration(access_token=TOKEN, host=url)) as client:
        client.configuration.retries = False
        yield client
        client.rest_client.pool_manager.clear()


@pytest.fixture
def http():
    with urllib3.PoolManager(retries=False, timeout=5) as pool:
        yield pool


def hello(text="สวัสดี"):
    return [TextMessage(text=text)]


def test_the_sdk_replies_pushes_and_multicasts(platform, client):
    api = MessagingApi(client)
    event = platform.user_sends(SOMCHAI, "หนังสืออยู่ที่ไหน")
    sent = api.reply_message(ReplyMessageRequest(reply_token=event["replyToken"], messages=hello()))
    assert sent.sent_messages[0].quote_token
    api.push_message(PushMessageRequest(to=SOMCHAI, messages=hello()), x_line_retry_key=KEY)
    api.multicast(MulticastRequest(to=[SOMCHAI, MALEE], messages=hello()))
    assert [row.how for row in platform.messages_to(SOMCHAI)] == ["reply", "push", "multicast"]
    assert api.get_message_quota_consumption().total_usage == 3
    assert api.get_message_quota().value == 300


def test_the_sdk_sees_lines_errors(platform, client):
    api = MessagingApi(client)
    api.push_message(PushMessageRequest(to=SOMCHAI, messages=hello()), x_line_retry_key=KEY)
    with pytest.raises(ApiException) as conflict:
        api.push_message(PushMessageRequest(to=SOMCHAI, messages=hello()), x_line_retry_key=KEY)
    assert conflict.value.status == 409
    assert conflict.value.headers["x-line-accepted-request-id"] == platform.calls[0].request_id
    with pytest.raises(ApiException) as invalid:
        api.reply_message(ReplyMessageRequest(reply_token="x", messages=hello()))
    assert (invalid.value.status, "Invalid reply token" in invalid.value.body) == (400, True)


def test_the_sdk_sees_a_dropped_connection(platform, client):
    platform.faults.drop_next(accepted=True)
    with pytest.raises(urllib3.exceptions.HTTPError):
        MessagingApi(client).push_message(PushMessageRequest(to=SOMCHAI, messages=hello()))
    assert len(platform.messages_to(SOMCHAI)) == 1
    MessagingApi(client).push_message(PushMessageRequest(to=SOMCHAI, messages=hello()))


def test_the_sdk_gives_up_on_a_slow_answer(platform, client):
    platform.faults.slow(30)
    with pytest.raises(urllib3.exceptions.ReadTimeoutError):
        MessagingApi(client).push_message(PushMessageRequest(to=SOMCHAI, messages=hello()), _request_timeout=0.1)
    assert len(platform.messages_to(SOMCHAI)) == 1


def test_the_sdk_fetches_content_profiles_and_the_bot(platform, client):
    event = platform.user_sends_image(SOMCHAI, b"\x89PNG")
    assert MessagingApiBlob(client).get_message_content(event["message"]["id"]) == b"\x89PNG"
    assert MessagingApi(client).get_profile(SOMCHAI).display_name == "สมชาย"
    assert MessagingApi(client).get_bot_info().user_id == platform.bot_user_id


def test_the_sdk_makes_a_rich_menu(platform, client):
    api = MessagingApi(client)
    menu_id = api.create_rich_menu(RichMenuRequest.from_dict(MENU)).rich_menu_id
    MessagingApiBlob(client).set_rich_menu_image(menu_id, body=b"png", _headers={"Content-Type": "image/png"})
    api.set_default_rich_menu(menu_id)
    api.link_rich_menu_id_to_user(SOMCHAI, menu_id)
    assert api.get_rich_menu_list().richmenus[0].chat_bar_text == "เมนู"
    assert platform.rich_menus.shown_to(SOMCHAI).rich_menu_id == menu_id
    assert MessagingApiBlob(client).get_rich_menu_image(menu_id) == b"png"


def test_answers_keep_the_connection_and_come_in_one_piece(platform, url):
    with urllib3.HTTPConnectionPool(url.removeprefix("http://"), maxsize=1, retries=False) as pool:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        started = time.perf_counter()
        for _ in range(20):
            assert pool.request("GET", f"/v2/bot/profile/{SOMCHAI}", headers=headers).status == 200
        assert pool.num_connections == 1
        assert (time.perf_counter() - started) / 20 < 0.035  # two writes an answer cost 40 ms each


class Hook(BaseHTTPRequestHandler):
    """A bot that takes webhooks and answers what its server says."""

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((raw, self.headers["x-line-signature"]))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def hook():
    server = HTTPServer(("127.0.0.1", 0), Hook)
    server.got, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join(5)
    server.server_close()


def test_webhooks_reach_a_real_address(hook):
    platform = Platform(SECRET, TOKEN, webhook_url=f"http://127.0.0.1:{hook.server_port}/line/webhook")
    platform.add_friend(SOMCHAI, "สมชาย")
    platform.user_sends(SOMCHAI, "สวัสดี")
    hook.status = 500
    platform.user_sends(SOMCHAI, "สวัสดี")
    assert [delivery.status for delivery in platform.webhooks.deliveries] == [200, 500]
    assert len(hook.got) == 2
    platform.close()


def test_a_webhook_nobody_answers_has_status_0(platform):
    platform.use_webhook("http://127.0.0.1:9/")
    platform.user_sends(SOMCHAI, "สวัสดี")
    assert platform.webhooks.deliveries[-1].status == 0


def do(http, url, verb, **arguments):
    answer = http.request("POST", f"{url}/simulator/do/{verb}", json=arguments)
    return answer.status, answer.json()


def test_another_process_can_drive_everything(platform, url, http):
    assert do(http, url, "add_friend", user_id="U" + "9" * 32, display_name="ใหม่")[0] == 200
    status, answer = do(http, url, "user_sends", user_id=SOMCHAI, text="สวัสดี")
    assert (status, answer["result"]["message"]["text"]) == (200, "สวัสดี")
    assert do(http, url, "user_taps", user_id=SOMCHAI, action={"type": "postback", "data": "a=1"})[0] == 200
    assert do(http, url, "user_sends_image", user_id=SOMCHAI, data_base64="iVBORw==")[0] == 200
    assert do(http, url, "redeliver")[0] == 200
    assert do(http, url, "fail_next", status=503, endpoint="push")[0] == 200
    assert platform.faults.take("push").status == 503
    assert do(http, url, "set_quota", limit=5, used=4)[0] == 200
    assert (platform.quota.limit, platform.quota.used) == (5, 4)


@pytest.mark.parametrize(
    ("verb", "arguments", "status", "words"),
    [
        ("user_sends", {"user_id": "U0", "text": "x"}, 400, "call add_friend first"),
        ("user_sends", {"user_id": SOMCHAI}, 400, "missing a required argument"),
        ("user_sends", {"user_id": SOMCHAI, "text": "x", "loud": True}, 400, "unexpected keyword"),
        ("redeliver", {}, 400, "No such event"),
        ("close", {}, 404, "There is no verb close"),
    ],
)
def test_wrong_orders_are_refused_in_a_sentence(url, http, verb, arguments, status, words):
    found, answer = do(http, url, verb, **arguments)
    assert (found, words in answer["error"]) == (status, True)


def test_orders_of_another_sites_form_are_refused(url, http):
    answer = http.request("POST", f"{url}/simulator/do/clear", body="{}", headers={"Content-Type": "text/plain"})
    assert answer.status == 400


def test_the_state_tells_what_changed_since(platform, url, http):
    def state(**fields):
        return http.request("GET", f"{url}/simulator/state", fields=fields).json()

    platform.user_sends(SOMCHAI, "หนึ่ง")
    first = state(chat=f"{SOMCHAI}:0", calls_after=0)
    assert [message["message"]["text"] for message in first["chats"][SOMCHAI]["messages"]] == ["หนึ่ง"]
    assert {"user_id": MALEE, "label": "เลขานุการ · ส่วนเลขานุการ"}.items() <= first["people"][-1].items()
    assert state(chat=f"{SOMCHAI}:{first['revision']}")["chats"][SOMCHAI]["messages"] == []
    http.request("GET", f"{url}/v2/bot/info", headers={"Authorization": f"Bearer {TOKEN}"})
    assert [call["kind"] for call in state(calls_after=0)["calls"]] == ["info"]


def test_the_stream_tells_of_changes_at_once(platform, url, http):
    stream = http.request("GET", f"{url}/simulator/stream", preload_content=False)
    lines = (line for chunk in stream.stream(1) for line in [chunk])
    assert read_until(lines, b"\n\n").startswith(b"data: ")
    platform.user_sends(SOMCHAI, "สวัสดี")
    assert b"revision" in read_until(lines, b"\n\n")
    stream.close()


def read_until(pieces, end):
    text = b""
    for piece in pieces:
        text += piece
        if text.endswith(end):
            return text
    raise AssertionError(text)


def test_the_page_has_a_strict_policy_and_its_font(url, http):
    page = http.request("GET", f"{url}/")
    policy = page.headers["Content-Security-Policy"]
    assert page.status == 200
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    font = http.request("GET", f"{url}/simulator/fonts/Sarabun-Regular.ttf")
    assert hashlib.sha256(font.data).digest() and font.data[:4] == b"\x00\x01\x00\x00"
    assert http.request("GET", f"{url}/simulator/fonts/..%2f__init__.py").status == 404


def test_a_taken_port_is_told_clearly(platform, url):
    app = create_app(platform)
    with pytest.raises(PortTakenError, match="stop what uses the port or choose another one"):
        serve(app, platform, port=int(url.rsplit(":", 1)[1]))


def test_stop_ends_open_connections(platform):
    running = serve(create_app(platform), platform)
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    with urllib3.PoolManager(retries=False, timeout=5) as pool:
        push = {"to": SOMCHAI, "messages": [TEXT]}
        assert pool.request("POST", f"{running.url}/v2/bot/message/push", json=push, headers=headers).status == 200
        running.stop()
        with pytest.raises(urllib3.exceptions.HTTPError):
            pool.request("POST", f"{running.url}/v2/bot/message/push", json=push, headers=headers)
    running.stop()
