"""LINE's OpenAPI description as a JSON Schema that really checks messages.

The description uses discriminators without ``oneOf``, which validators pass over; here each becomes an if/then.
"""

from __future__ import annotations

import copy
from typing import Any

Schema = dict[str, Any]


def line_schema(spec: Schema, root: str) -> Schema:
    """The schema of one named component, with all it refers to."""
    schemas = copy.deepcopy(spec["components"]["schemas"])
    bases = {name for name, schema in schemas.items() if "mapping" in schema.get("discriminator", {})}
    definitions: Schema = {}
    for name, schema in schemas.items():
        if name in bases:
            _add_base(definitions, name, schema, bases)
        else:
            _adapt(schema, bases)
            definitions[name] = schema
    return {"$defs": definitions, "$ref": f"#/$defs/{root}"}


def _add_base(definitions: Schema, name: str, schema: Schema, bases: set[str]) -> None:
    discriminator = schema.pop("discriminator")
    schema.pop("oneOf", None)
    kind, mapping = discriminator["propertyName"], discriminator["mapping"]
    _adapt(schema, bases)
    definitions[f"{name}__base"] = schema
    cases = [
        {"if": {"properties": {kind: {"const": value}}}, "then": {"$ref": _moved(reference)}}
        for value, reference in mapping.items()
    ]
    definitions[name] = {
        "type": "object",
        "required": [kind],
        "properties": {kind: {"enum": list(mapping)}},
        "allOf": cases,
    }


def _adapt(node: Any, bases: set[str], in_all_of: bool = False) -> None:
    if isinstance(node, list):
        for child in node:
            _adapt(child, bases, in_all_of)
    elif isinstance(node, dict):
        _adapt_keywords(node, bases, in_all_of)
        for key, child in node.items():
            if key not in ("enum", "mapping"):
                _adapt(child, bases, key == "allOf")


def _adapt_keywords(node: Schema, bases: set[str], in_all_of: bool) -> None:
    if isinstance(node.get("format"), str):
        del node["format"]
    if node.pop("nullable", None) is True and isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
    reference = node.get("$ref")
    if isinstance(reference, str):
        name = reference.rsplit("/", 1)[-1]
        node["$ref"] = _moved(f"{name}__base" if in_all_of and name in bases else name)


def _moved(reference: str) -> str:
    return "#/$defs/" + reference.rsplit("/", 1)[-1]
