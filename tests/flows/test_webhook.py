"""The webhook's promises: signed bytes only, 200 only for what is stored, and no event at a neighbour's cost."""

from __future__ import annotations

import json
import os
import threading
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.app import create_app
from bot.webhook import MAX_BODY_BYTES, GroupCommit
from models.inbox import InboxEvent, NewEvent
from models.outbox import OutboxRow
from models.session import Database
from simulator.events import Place, build_event, signature, text_content, webhook_body
from tests.office import SECRET, text_of

OFFICER = "U" + "a" * 32
SECOND = "U" + "b" * 32
GROUP = "C" + "1" * 32
NUMBER = "กท 1902/1335"
BOT_ID = "U" + "0" * 31 + "1"
FULL = bool(os.environ.get("CI") or os.environ.get("TIDTAM_FULL_FAULTS"))
BODIES, ODD_EVENTS_A_BODY = (250 if FULL else 12), 20  # 5,000 odd events on PostgreSQL, a fifth of them on SQLite


@pytest.fixture
def letter(office):
    office.add_member(OFFICER)
    return office.add_letter(NUMBER)


def question(office, text=f"{NUMBER} ถึงไหนแล้ว", user_id=OFFICER):
    """An event as LINE builds it, not sent yet."""
    office.line.webhooks.hold()
    event = office.line.user_sends(user_id, text)
    office.line.webhooks.hold()
    office.line.world.reply_tokens[event["replyToken"]].delivered_at = office.clock.now().timestamp()
    return event


def post(office, events, *, escaped=False, sign=signature):
    return post_body(office, webhook_body(BOT_ID, events, escaped), sign=sign)


def post_body(office, body, *, sign=signature, secret=SECRET):
    return office.post(body, {"X-Line-Signature": sign(secret, body)})


def stored(office):
    with office.database.reading() as session:
        return session.scalars(select(InboxEvent.raw).order_by(InboxEvent.id)).all()


def unfinished(office):
    with office.database.reading() as session:
        query = select(InboxEvent.raw, InboxEvent.failure).where(InboxEvent.state != "done")
        return session.execute(query).all()


# --- who may speak, and what is answered ----------------------------------------------------------------------------


def test_lines_own_example_of_a_signature_is_right(office):
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert signature("8c570fa6dd201bb328f1c1eac23a96d8", body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
    assert post_body(office, body).status_code == 200
    assert post_body(office, body, secret="8c570fa6dd201bb328f1c1eac23a96d8").status_code == 401


@pytest.mark.parametrize("escaped", [True, False], ids=["emoji escaped", "emoji literal"])
def test_the_signature_is_of_the_raw_bytes(office, letter, escaped):
    event = question(office, "สวัสดีค่ะ 😀")

    assert post(office, [event], escaped=escaped).status_code == 200
    assert len(office.work(OFFICER)) == 1
    assert json.loads(stored(office)[0])["message"]["text"] == "สวัสดีค่ะ 😀"


def test_the_same_content_in_other_bytes_is_refused(office, letter):
    body = webhook_body(BOT_ID, [question(office, "😀")], escaped=True)
    other = webhook_body(BOT_ID, json.loads(body)["events"], escaped=False)

    assert office.post(other, {"X-Line-Signature": signature(SECRET, body)}).status_code == 401
    assert stored(office) == []


@pytest.mark.parametrize(
    "headers", [{}, {"X-Line-Signature": ""}, {"X-Line-Signature": "ลายเซ็น".encode().decode("latin-1")}]
)
def test_an_unsigned_body_is_refused(office, letter, headers):
    assert office.post(webhook_body(BOT_ID, [question(office)], False), headers).status_code == 401
    assert stored(office) == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"events":{}}', b'{"events":null}', b"{}", b'{"events":[NaN]}']
)
def test_what_is_no_webhook_is_refused(office, body):
    assert post_body(office, body).status_code == 400
    assert stored(office) == []


def test_a_body_over_one_mebibyte_is_refused(office, letter):
    full = webhook_body(BOT_ID, [question(office)], False)
    assert post_body(office, full + b" " * (MAX_BODY_BYTES + 1 - len(full))).status_code == 413
    assert stored(office) == []
    assert post_body(office, full + b" " * (MAX_BODY_BYTES - len(full))).status_code == 200
    assert len(office.work(OFFICER)) == 1


def test_the_consoles_check_without_events_is_welcome(office):
    assert office.line.webhooks.probe() == 200
    assert stored(office) == []


@pytest.mark.parametrize("address", ["postgresql://127.0.0.1:1/nowhere", "sqlite:////proc/nowhere.db"])
def test_what_cannot_be_stored_is_not_taken_and_line_sends_it_again(office, letter, address):
    unreachable = Database(address)
    broken = create_app(replace(office.services, database=unreachable)).test_client()
    body = webhook_body(BOT_ID, [question(office)], False)
    headers = {"X-Line-Signature": signature(SECRET, body)}

    assert broken.post("/line/webhook", data=body, headers=headers).status_code == 503
    assert stored(office) == []
    unreachable.close()

    assert office.post(body, headers).status_code == 200
    assert len(office.work(OFFICER)) == 1


# --- each event once, and at nobody's cost --------------------------------------------------------------------------


def test_four_deliveries_of_an_event_lead_to_one_reply(office, letter):
    office.line.user_sends(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    office.line.duplicate()
    office.line.redeliver()
    assert len(office.work(OFFICER)) == 1
    office.line.redeliver()
    office.work()

    assert [call.kind for call in office.line.calls] == ["reply"]
    assert len(office.line.webhooks.deliveries) == 4
    assert {delivery.status for delivery in office.line.webhooks.deliveries} == {200}


def test_several_events_of_one_body_are_answered_in_order(office, letter):
    office.line.webhooks.hold()
    for text in ("สวัสดีค่ะ", NUMBER, "ขอบคุณค่ะ"):
        office.line.user_sends(OFFICER, text)
        office.clock.advance(seconds=1)
    office.line.webhooks.release(per_body=3)

    greeting, card, thanks = office.work(OFFICER)
    assert "สวัสดี" in text_of([greeting])
    assert "เสนอผู้บริหารพิจารณา" in text_of([card])
    assert "ยินดี" in text_of([thanks])


def test_raw_json_is_kept_as_line_sent_it(office, letter):
    event = question(office) | {"somethingNew": {"since": "tomorrow", "n": 2**70, "x": [None, 1.5]}}

    post(office, [event])

    assert json.loads(stored(office)[0]) == event


ODD = {
    "a number": 7,
    "nothing": None,
    "an empty object": {},
    "a list": [[]],
    "an unknown kind": {"type": "teleport", "source": {"type": "user", "userId": OFFICER}, "webhookEventId": "x"},
    "a source of another form": {"type": "message", "source": "me", "message": {"type": "text", "text": "a"}},
    "an endless name": {"type": "t" * 9999, "webhookEventId": "i" * 9999, "source": {"userId": "u" * 9999}},
    "half a character": {
        "type": "message",
        "source": {"userId": OFFICER},
        "replyToken": "odd",
        "message": {"type": "text", "text": "\ud83d x"},
    },
    "a NUL": {
        "type": "message",
        "source": {"userId": OFFICER},
        "replyToken": "odd",
        "message": {"type": "text", "text": "a\x00b"},
    },
    "a huge number": {"type": "message", "timestamp": 10**400, "source": {"userId": OFFICER}},
    "an early time": {"type": "message", "timestamp": -(10**15), "source": {"userId": OFFICER}},
    "an endless token": {
        "type": "message",
        "source": {"userId": OFFICER},
        "replyToken": "t" * 999,
        "message": {"type": "text", "text": "สวัสดี"},
    },
    "a foreign user id": {
        "type": "message",
        "source": {"userId": "ผู้ใช้"},
        "replyToken": "odd",
        "message": {"type": "text", "text": "สวัสดี"},
    },
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_an_odd_event_does_not_cost_its_neighbours(office, letter, odd):
    before, after = question(office), question(office, f"เลขที่ {NUMBER}")

    assert post(office, [before, odd, after], escaped=True).status_code == 200
    office.work()

    assert text_of(row.message for row in office.line.messages_to(OFFICER)).count(NUMBER) >= 2
    assert unfinished(office) == []


@pytest.mark.parametrize("depth", [100, 260, 800, 960])
def test_a_deeply_nested_event_does_not_cost_its_neighbours(office, letter, depth):
    good = json.dumps(question(office)).encode()
    body = b'{"events":[' + b"[" * depth + b"]" * depth + b"," + good + b"]}"

    assert post_body(office, body).status_code == 200
    assert len(office.work(OFFICER)) == 1
    assert unfinished(office) == []


@pytest.mark.parametrize("depth", [1100, 100_000])
def test_a_bottomless_body_is_no_server_error(office, depth):
    assert post_body(office, b'{"events":[' + b"[" * depth + b"]" * depth + b"]}").status_code == 400


def test_standby_events_are_not_answered(office, letter):
    office.line.standby = True
    assert office.says(OFFICER, f"{NUMBER} ถึงไหนแล้ว") == []
    assert unfinished(office) == []


def test_what_is_taken_back_is_gone_even_before_it_was_answered(office, letter):
    office.line.user_sends(OFFICER, f"{NUMBER} ถึงไหนแล้ว")
    office.line.unsend(OFFICER)

    office.work()

    assert not any(raw and NUMBER in raw for raw in stored(office))


def test_what_people_say_to_each_other_in_a_group_is_not_kept(office, letter):
    office.line.add_group(GROUP, "กลุ่ม", [OFFICER])
    office.says(OFFICER, "พรุ่งนี้ประชุมกี่โมง", group_id=GROUP)

    assert stored(office) == [None]
    assert office.line.messages_to(GROUP) == []


class Blocking:
    """A database whose first statement waits until it is let go."""

    def __init__(self, database):
        self._database = database
        self.may_go, self.is_held = threading.Event(), threading.Event()

    def __getattr__(self, name):
        enter = getattr(self._database, name)

        @contextmanager
        def held():
            if not self.may_go.is_set():
                self.is_held.set()
                self.may_go.wait(10)
            with enter() as connection:
                yield connection

        return held


def test_one_that_cannot_be_stored_costs_nobody_of_its_group(database, clock):
    blocking, woken, outcomes = Blocking(database), [], {}
    commit = GroupCommit(blocking, woken.extend)

    def store(key, raw):
        now = clock.now()
        try:
            commit.store([NewEvent(f"event-{key}", key, "message", None, raw, now, now)])
        except Exception as error:
            outcomes[key] = type(error).__name__
        else:
            outcomes[key] = "stored"

    first = start(store, "first", "{}")
    assert blocking.is_held.wait(10)
    others = [start(store, key, raw) for key, raw in (("good", "{}"), ("bad", None), ("fine", "{}"))]
    wait_until(lambda: len(commit._waiting) == len(others))  # they stand in line for the next group
    blocking.may_go.set()
    for thread in (first, *others):
        thread.join(10)

    assert {key: outcomes[key] for key in ("first", "good", "fine")} == dict.fromkeys(
        ("first", "good", "fine"), "stored"
    )
    assert sorted(woken) == sorted(key for key, outcome in outcomes.items() if outcome == "stored")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(InboxEvent)) == len(woken)


def start(work, *arguments):
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    return thread


def wait_until(is_so):
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)


# --- thousands of odd events ------------------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from([NUMBER, "ติดตามต่อ กท 1902/1335", "#1 ลงนามแล้ว", "ยืนยัน", "ยกเลิก", "\x00", "😀", "1" * 400]),
    st.sampled_from(["\ud83d", "x\udc00y", "@ติดตาม เรื่องลิฟต์", "รหัส ABCD-1234", "๑๙๐๒/๑๓๓๕"]),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just(10**30),
    TEXTS,
    st.just("x" * 5000),
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
USER_IDS = st.sampled_from([OFFICER, SECOND, "U" + "f" * 32])
IDS = st.text("0123456789abcdef", min_size=1, max_size=32)
SOURCES = st.one_of(
    st.fixed_dictionaries({"type": st.just("user"), "userId": USER_IDS}),
    st.fixed_dictionaries({"type": st.just("group"), "groupId": st.just(GROUP)}, optional={"userId": USER_IDS}),
    st.fixed_dictionaries({"type": st.just("room"), "roomId": st.just("R" + "2" * 32)}),
)
MENTIONS = st.fixed_dictionaries(
    {"mentionees": st.lists(st.fixed_dictionaries({"isSelf": st.booleans()}, optional={"index": JSON, "length": JSON}))}
)
MESSAGES = st.one_of(
    st.fixed_dictionaries({"type": st.just("text"), "text": TEXTS, "id": IDS}, optional={"mention": MENTIONS}),
    st.fixed_dictionaries({"type": st.sampled_from(["sticker", "image", "file", "location", "hologram"]), "id": IDS}),
)
POSTBACKS = st.sampled_from(
    [
        "action=show&document=1",
        "action=follow&document=99",
        "action=more&kind=title&query=x&offset=3",
        "action=talk",
        "=",
    ]
)
EVENTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["message", "postback", "follow", "unsend", "join", "leave", "messageEdited", "beacon"])},
    optional={
        "mode": st.sampled_from(["active", "standby", "asleep"]),
        "timestamp": st.integers(1_700_000_000_000, 1_800_000_000_000),
        "source": SOURCES,
        "webhookEventId": IDS,
        "replyToken": IDS,
        "message": MESSAGES,
        "postback": st.fixed_dictionaries({"data": POSTBACKS | TEXTS}),
        "unsend": st.fixed_dictionaries({"messageId": IDS}),
        "follow": st.fixed_dictionaries({"isUnblocked": st.booleans()}),
        "deliveryContext": st.fixed_dictionaries({"isRedelivery": st.booleans()}),
    },
)


@st.composite
def spoiled(draw):
    """An event with some part, at any depth, taken out or replaced by whatever JSON knows."""
    event = draw(EVENTS)
    holder, names = event, []
    while isinstance(holder, dict) and holder:
        name = draw(st.sampled_from(sorted(holder)))
        names.append((holder, name))
        holder = holder[name] if draw(st.booleans()) else None
    owner, name = names[-1]
    if draw(st.booleans()):
        owner[name] = draw(JSON)
    else:
        del owner[name]
    return event


ODD_EVENTS = st.one_of(EVENTS, spoiled(), spoiled(), JSON)


class TakingLine:
    """LINE without people: takes everything and remembers what was said with which reply token."""

    def __init__(self):
        self.said = {}

    def send_reply(self, reply_token, messages):
        self.said[reply_token] = text_of(messages)
        return "request"

    def send_push(self, to, messages, retry_key):
        return "request"

    send_multicast = send_push


def test_no_odd_event_is_a_server_error_or_costs_a_good_one(office, letter):
    """Every body carries a good question between odd events: it is answered, and nothing stays behind."""
    office.services.line = line = TakingLine()
    numbers = iter(range(10**9))
    bodies = BODIES // 5 if office.database.is_sqlite else BODIES  # the events are the same, the files slower

    @settings(max_examples=bodies, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ODD_EVENTS, min_size=ODD_EVENTS_A_BODY, max_size=ODD_EVENTS_A_BODY), st.booleans())
    def run(odd, escaped):
        token = f"good-{next(numbers)}"
        good = build_event(
            "message", Place(OFFICER), office.clock.now().timestamp(), token, {"message": text_content(NUMBER)}
        )
        events = [*odd[: len(odd) // 2], good, *odd[len(odd) // 2 :]]
        assert post(office, events, escaped=True if holds_half_a_character(events) else escaped).status_code == 200

        office.work()

        assert unfinished(office) == []
        assert NUMBER in line.said[token]
        office.clock.advance(seconds=1)

    run()
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.state != "sent")) == 0


def holds_half_a_character(events):
    return any("\ud800" <= character <= "\udfff" for character in json.dumps(events, ensure_ascii=False))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.one_of(st.binary(max_size=200), JSON.map(lambda value: json.dumps(value).encode())))
def test_no_body_is_a_server_error(webhook, body):
    answer = webhook.post("/line/webhook", data=body, headers={"X-Line-Signature": signature(SECRET, body)})
    assert answer.status_code in (200, 400)


@pytest.fixture
def webhook(sqlite_url, clock):
    from flask import Flask

    from bot.webhook import create_webhook

    database = Database(sqlite_url)
    app = Flask(__name__)
    app.register_blueprint(create_webhook(SECRET, clock, GroupCommit(database, lambda keys: None)))
    yield app.test_client()
    database.close()
