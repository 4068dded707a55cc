"""Events and answers fit LINE's published OpenAPI descriptions, where those lie beside the checkout."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.simulator.support import GROUP, MALEE, SOMCHAI, Bot
from tests.simulator.test_endpoints import MENU

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = Path(__file__).parents[3] / "shared" / "line-openapi"


@cache
def described(file_name):
    return yaml.load((FOLDER / file_name).read_text(encoding="utf-8"), Loader=LOADER)["components"]["schemas"]


def schema_of(file_name, root):
    """A JSON Schema that really checks LINE's discriminated types: each becomes a chain of if/then."""
    if not (FOLDER / file_name).exists():
        pytest.skip("LINE's OpenAPI files are not beside the checkout")
    schemas = copy.deepcopy(described(file_name))
    bases = {name for name, schema in schemas.items() if "mapping" in schema.get("discriminator", {})}
    definitions = {}
    for name, schema in schemas.items():
        if name not in bases:
            definitions[name] = rewritten(schema, bases)
            continue
        kind = schema.pop("discriminator")
        schema.pop("oneOf", None)
        definitions[f"{name}__base"] = rewritten(schema, bases)
        definitions[name] = choice(kind["propertyName"], kind["mapping"])
    return Draft202012Validator({"$defs": definitions, "$ref": f"#/$defs/{root}"})


def choice(name, mapping):
    branches = [
        {"if": {"properties": {name: {"const": value}}}, "then": {"$ref": f"#/$defs/{target.rsplit('/', 1)[-1]}"}}
        for value, target in mapping.items()
    ]
    return {"type": "object", "required": [name], "properties": {name: {"enum": list(mapping)}}, "allOf": branches}


def rewritten(node, bases, inside_all_of=False):
    if isinstance(node, list):
        return [rewritten(each, bases, inside_all_of) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: rewritten(value, bases, key == "allOf") for key, value in node.items()}
    if isinstance(made.get("format"), str):
        del made["format"]
    if made.pop("nullable", None) is True and isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
    if isinstance(made.get("$ref"), str):
        target = made["$ref"].rsplit("/", 1)[-1]
        made["$ref"] = f"#/$defs/{target}{'__base' if inside_all_of and target in bases else ''}"
    return made


def problems(validator, value):
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(value)]


def test_the_check_itself_can_fail():
    validator = schema_of("webhook.yml", "CallbackRequest")
    event = {"type": "message", "mode": "active", "timestamp": 1, "message": {"type": "text"}}
    assert problems(validator, {"destination": "U1", "events": [event]})


def test_webhooks_fit():
    validator = schema_of("webhook.yml", "CallbackRequest")
    bot = Bot()
    line = bot.platform
    line.user_sends(SOMCHAI, "สวัสดี")
    line.user_sends_sticker(SOMCHAI)
    line.user_sends_image(SOMCHAI, b"png")
    line.user_sends_audio(SOMCHAI, b"m4a", 900)
    line.user_sends_file(SOMCHAI, "หนังสือ.pdf", b"pdf")
    line.user_sends_location(SOMCHAI, 13.75, 100.5, "ศาลาว่าการ", "ถนนดินสอ")
    line.user_taps(SOMCHAI, {"type": "datetimepicker", "data": "d", "mode": "date"}, params={"date": "2026-11-21"})
    line.unsend(SOMCHAI)
    line.unfollow(SOMCHAI)
    line.follow(SOMCHAI)
    line.join_group(GROUP, "กลุ่มงาน", [SOMCHAI, MALEE])
    line.user_sends(MALEE, "ช่วยด้วย", group_id=GROUP, mention_bot=True)
    line.member_leaves(GROUP, MALEE)
    line.member_joins(GROUP, MALEE)
    line.leave_group(GROUP)
    line.webhooks.probe()
    found = [problem for raw, _ in bot.bodies for problem in problems(validator, json.loads(raw))]
    assert found == []
    assert len(bot.bodies) == 16


def test_answers_fit():
    bot = Bot(quota=300)
    event = bot.platform.user_sends(SOMCHAI, "สวัสดี")
    menu_id = bot.call("POST", "/richmenu", MENU).body["richMenuId"]
    bot.platform.add_group(GROUP, "กลุ่มงาน", [SOMCHAI])
    answers = {
        "ReplyMessageResponse": bot.reply(event),
        "PushMessageResponse": bot.push(SOMCHAI),
        "UserProfileResponse": bot.call("GET", f"/profile/{SOMCHAI}"),
        "BotInfoResponse": bot.call("GET", "/info"),
        "MessageQuotaResponse": bot.call("GET", "/message/quota"),
        "QuotaConsumptionResponse": bot.call("GET", "/message/quota/consumption"),
        "GroupSummaryResponse": bot.call("GET", f"/group/{GROUP}/summary"),
        "GroupMemberCountResponse": bot.call("GET", f"/group/{GROUP}/members/count"),
        "RichMenuListResponse": bot.call("GET", "/richmenu/list"),
        "RichMenuResponse": bot.call("GET", f"/richmenu/{menu_id}"),
        "TestWebhookEndpointResponse": bot.call("POST", "/channel/webhook/test", {}),
        "ErrorResponse": bot.push("U0"),
    }
    found = {name: problems(schema_of("messaging-api.yml", name), answer.body) for name, answer in answers.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
