"""Whatever the chat says can be sent, stands alone as text, and keeps to one voice."""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from messages.actions import ACTIONS, read_postback
from messages.language import Language
from messages.limits import Json, check_messages
from simulator.message_rules import refuse_messages
from tests.messages import samples
from tests.messages.line_schema import line_schema
from tests.messages.samples import COMPOSERS, QUESTION, samples_in, walk

IN_THAI, IN_ENGLISH = samples_in(Language.THAI), samples_in(Language.ENGLISH)
SAMPLES = [*IN_THAI, *((f"{name} in English", messages) for name, messages in IN_ENGLISH)]
Sample = tuple[str, list[Json]]
GIVE_ACTIONS = {"smalltalk.examples_for", "rating.choices"}
"""They compose no message, only what is offered with one."""
SPEC = Path(__file__).resolve().parents[3] / "shared" / "line-openapi" / "messaging-api.yml"


def words_of(messages: list[Json]) -> Iterator[str]:
    for node in walk(messages):
        for key in ("text", "altText", "label", "displayText", "fillInText"):
            if isinstance(node.get(key), str):
                yield node[key]


def actions_of(messages: list[Json]) -> list[Json]:
    return [node["action"] for node in walk(messages) if "action" in node]


def faults(check: Callable[[list[Json]], Iterable[object]], those: Iterable[Sample] = SAMPLES) -> list[str]:
    """What a check complains of, over samples (all of them, in both languages), each with the sample's name."""
    return [f"{name}: {fault}" for name, messages in those for fault in check(messages)]


def test_line_takes_every_sample():
    assert faults(check_messages) == []


def test_the_stand_in_platform_takes_every_sample():
    assert faults(lambda messages: filter(None, [refuse_messages(messages)])) == []


@pytest.fixture(scope="session")
def validator():
    if not SPEC.exists():
        pytest.skip("LINE's OpenAPI description is not beside this checkout")
    spec = yaml.load(SPEC.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Draft202012Validator(line_schema(spec, "ReplyMessageRequest"))


def test_lines_own_description_takes_every_sample(validator):
    faults = []
    for name, messages in SAMPLES:
        body = {"replyToken": "0" * 32, "messages": messages}
        faults += [f"{name}: {'/'.join(map(str, e.path))}: {e.message}" for e in validator.iter_errors(body)]
    assert faults == []


def test_lines_own_description_refuses_a_button_without_action(validator):
    bubble = {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": [{"type": "button"}]}}
    body = {"replyToken": "0" * 32, "messages": [{"type": "flex", "altText": "ก", "contents": bubble}]}
    assert [error.message for error in validator.iter_errors(body)] == ["'action' is a required property"]


def test_every_composer_has_a_sample():
    composers = {
        f"{module.__name__.split('.')[-1]}.{name}"
        for module in COMPOSERS
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and function.__annotations__["return"] == "list[Json]"
    }
    assert composers - {name.split("/")[0] for name, _ in SAMPLES} == GIVE_ACTIONS


def test_sample_names_are_unique():
    assert len({name for name, _ in SAMPLES}) == len(SAMPLES)


def test_every_message_stands_alone_as_text():
    def too_short(messages):
        return [words for m in messages if len(words := m.get("altText") or m["text"]) < 10]

    assert faults(too_short) == []


def test_one_voice_for_everything_said():
    unwanted = re.compile(r"[!?]|ค่ะ|ครับ|None|\bnull\b|[๐-๙]|\b20\d\d\b")

    def wrong(messages):
        said = [words.replace(QUESTION, "") for words in words_of(messages)]
        pictures = [words for words in said if any(unicodedata.category(char) in ("So", "Cs") for char in words)]
        return [*filter(unwanted.search, said), *pictures]

    assert faults(wrong, IN_THAI) == []


GO_TO_OTHERS = frozenset(
    {
        *("deadlines.not_acknowledged", "deadlines.not_answered", "deadlines.overdue", "deadlines.requests_due"),
        *("deadlines.waiting_at_opening", "duty.request_card", "duty.withdrawn_to_holder", "following.stage_changed"),
        *("groups.answer_in_private", "groups.group_letter", "groups.group_linked", "groups.joined"),
        *("groups.only_admins_link", "rating.dissatisfied", "shifts.nobody_left", "shifts.relief"),
        *("indicator_reminders.reminded_by_host", "indicator_reminders.reports_due", "decisions.approved_to_reporter"),
        *("reviewing.digest", "reviewing.reports_card", "decisions.returned_to_reporter"),
        *("quota.quota_warning", "shifts.shift_received"),
    }
)
"""Composers whose messages go to others than the person who asked, or to many: these are in Thai for everybody."""

QUOTED = "\n".join(
    " ".join(words.split())
    for words in (*(value for value in vars(samples).values() if isinstance(value, str)), *samples.QUOTED)
)
"""What people, registers and catalogs wrote, which no answer translates."""
THAI_WORDS = re.compile(r"[ก-๛][ก-๛ ]*")
KEPT_BESIDE = re.compile(r" · (?:ติดตามต่อ|รับทราบ|แจ้งผล|ยืนยัน|ยกเลิก|มากที่สุด|มาก|ปานกลาง|น้อยที่สุด|น้อย)$")


def test_an_english_answer_is_english_but_for_what_it_quotes():
    def thai(messages):
        said = [KEPT_BESIDE.sub("", " ".join(words.split())) for words in words_of(messages)]
        return [run for words in said for run in THAI_WORDS.findall(words) if run.strip() not in QUOTED]

    answers = [(name, messages) for name, messages in IN_ENGLISH if name.split("/")[0] not in GO_TO_OTHERS]
    assert faults(thai, answers) == []


def test_what_goes_to_others_is_thai_whoever_asked():
    thai = dict(IN_THAI)
    to_others = [(name, messages) for name, messages in IN_ENGLISH if name.split("/")[0] in GO_TO_OTHERS]
    assert {name.split("/")[0] for name, _ in to_others} == GO_TO_OTHERS
    assert [name for name, messages in to_others if messages != thai[name]] == []


def test_every_tap_comes_back_with_a_known_action():
    def unknown(messages):
        taps = [action["data"] for action in actions_of(messages) if action["type"] == "postback"]
        return [data for data in taps if read_postback(data)[0] not in ACTIONS]

    assert faults(unknown) == []


def test_a_card_offers_at_most_three_buttons_beside_a_choice_of_stages_or_meanings():
    def crowded(messages):
        for message in messages:
            footer = message.get("contents", {}).get("footer")
            taps = [node["action"] for node in walk(footer) if "action" in node]
            chosen = ("set_stage", "tell_stage", "answer_stage", "answer_not_found", "meant")
            others = [tap for tap in taps if read_postback(tap.get("data", "action=say"))[0] not in chosen]
            if len(others) > 3:
                yield len(others)

    assert faults(crowded) == []


def test_alt_texts_are_one_line():
    assert faults(lambda messages: [m["altText"] for m in messages if "\n" in m.get("altText", "")]) == []
