"""YAML files as plain values that remember their line, checked against a schema.

``bot.catalog`` gives the values their meaning; this module only knows how a file can be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

Route = tuple[str | int, ...]
"""The way from a file's top to a value: ``("units", 3, "name")``."""

MAX_DEPTH = 20

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}


class CatalogError(Exception):
    """The catalog cannot be used; nothing of it was loaded.

    Attributes:
        messages: one line for each fault, ``file:line: what is wrong``, in the order of the files.
    """

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = list(messages)


@dataclass
class CatalogFile:
    """One file's values.

    Attributes:
        shown: the path as errors name it.
        value: plain mappings, lists and scalars; None where the file could not be read.
        lines: 1-based line by route; a mapping's value has the line of its key.
        faults: ``(line, message)`` of everything wrong with the file itself, in no order; line 0 is the whole file.
    """

    shown: str
    value: Any = None
    lines: dict[Route, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def where(self, *route: str | int) -> str:
        """Tell ``file:line`` of a value, or of the nearest thing around it."""
        return f"{self.shown}:{self.line(route)}"

    def line(self, route: Route) -> int:
        """Tell the line of a value, or of the nearest thing around it."""
        while route and route not in self.lines:
            route = route[:-1]
        return self.lines.get(route, 1)

    def messages(self) -> list[str]:
        """List the faults from top to bottom, as people read them."""
        return [
            f"{self.shown}:{line}: {text}" if line else f"{self.shown}: {text}" for line, text in sorted(self.faults)
        ]


def read_catalog_file(path: Path, schema: Mapping[str, Any]) -> CatalogFile:
    """Read one YAML file and check it; never raises for what is in the file, see ``CatalogFile.faults``."""
    file = CatalogFile(str(path))
    try:
        node = _compose(_text(path))
    except _UnreadableError as error:
        file.faults.append((error.line, error.reason))
        return file
    file.value = _plain(node, (), file, set())
    if not file.faults:
        for schema_error in Draft202012Validator(schema).iter_errors(file.value):
            file.faults += _explain(schema_error, file)
    return file


class _UnreadableError(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise _UnreadableError(0, "there is no such file") from error
    except OSError as error:
        raise _UnreadableError(0, f"cannot be read: {error.strerror}") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(line, "is not UTF-8 here; save the file as UTF-8") from error


def _compose(text: str) -> yaml.Node:
    try:
        _refuse_deep_nesting(text)
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join((error.problem or error.context or "cannot be understood").split())
        raise _UnreadableError(mark.line + 1 if mark else 1, f"is not valid YAML: {reason}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _UnreadableError(line, "holds a control character; take it out") from error
    if node is None:
        raise _UnreadableError(0, "is empty; it needs units, district_groups or indicators")
    return node


def _refuse_deep_nesting(text: str) -> None:
    """Look at the events first: composing is recursive, in C without a limit."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _UnreadableError(event.start_mark.line + 1 if event.start_mark else 1, "is nested too deeply")


def _plain(node: yaml.Node, route: Route, file: CatalogFile, seen: set[int]) -> object:
    """Turn a node into a plain value, and note the line of everything in it."""
    line = node.start_mark.line + 1
    file.lines.setdefault(route, line)
    if id(node) in seen:
        file.faults.append((line, "an anchor (&) is used again; write the value out"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, route, file, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*route, index), file, seen) for index, item in enumerate(node.value)]
    return _plain_scalar(node, file)


def _plain_mapping(node: yaml.MappingNode, route: Route, file: CatalogFile, seen: set[int]) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        if not key:
            file.faults.append((line, "a key must be one word"))
        elif key in mapping:
            file.faults.append((line, f"{key} is given twice here; keep one"))
        else:
            file.lines[(*route, key)] = line
            mapping[key] = _plain(value_node, (*route, key), file, seen)
    return mapping


def _plain_scalar(node: yaml.Node, file: CatalogFile) -> object:
    if node.tag not in _PLAIN_TAGS:  # dates and the like stay as written
        return str(node.value)
    try:
        value: object = yaml.constructor.SafeConstructor().construct_object(node)
    except (ValueError, yaml.YAMLError):
        file.faults.append((node.start_mark.line + 1, f"{node.value} cannot be understood; put it in quotes"))
        return None
    return value


def _explain(error: ValidationError, file: CatalogFile) -> list[tuple[int, str]]:
    route: Route = tuple(error.absolute_path)
    subject = _subject(route, file)
    if error.validator == "additionalProperties":
        return [(file.line((*route, key)), f"{subject}{rest}") for key, rest in _unknown_keys(error)]
    if error.validator == "required":
        missing = error.message.split(" ")[0].strip("'")
        return [(file.line(route), f"{subject}{missing} is missing")]
    return [(file.line(route), f"{subject}{_place(route)} {_complaint(error)}")]


def _place(route: Route) -> str:
    match route:
        case (*_, str(key)):
            return key
        case (*_, str(key), int(index)):
            return f"entry {index + 1} of {key}"
    return "the file"


def _unknown_keys(error: ValidationError) -> list[tuple[str, str]]:
    entry: Any = error.instance
    known = sorted(_schema_of(error)["properties"])
    return [(key, f"unknown key {key}; known are {', '.join(known)}") for key in entry if key not in known]


def _schema_of(error: ValidationError) -> dict[str, Any]:
    return cast(dict[str, Any], error.schema)


def _subject(route: Route, file: CatalogFile) -> str:
    """Name the entry a fault is in, as "SECRETARIAT: ", when it has a readable code."""
    if len(route) < 2 or not isinstance(route[1], int):
        return ""
    entry = file.value[route[0]][route[1]]
    code = entry.get("code") if isinstance(entry, dict) else None
    return f"{code}: " if code is not None else ""


_COMPLAINTS = {
    "type": "must be {type}",
    "enum": "cannot be {shown}; possible are {choices}",
    "pattern": "cannot be {shown}: {rule}",
    "minimum": "cannot be {shown}; it goes from {minimum} to {maximum}",
    "maximum": "cannot be {shown}; it goes from {minimum} to {maximum}",
    "uniqueItems": "has an entry twice: {repeated}",
    "minLength": "must not be empty",
    "minProperties": "must not be empty",
    "maxLength": "is too long; at most {limit} characters",
}
_TYPES = {"object": "a mapping of keys", "array": "a list", "string": "text", "integer": "a whole number"}


def _complaint(error: ValidationError) -> str:
    instance: Any = error.instance
    wanted: Any = error.validator_value
    schema = _schema_of(error)
    if error.validator == "type" and wanted == "string" and isinstance(instance, int | float):
        return f'must be text; write "{instance}" in quotes'
    template = _COMPLAINTS.get(str(error.validator), "does not fit")
    return template.format(
        shown=str(instance)[:60],
        type=_TYPES.get(str(wanted), str(wanted)),
        choices=", ".join(map(str, schema.get("enum", ()))),
        rule=schema.get("description", wanted),
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
        repeated=_first_repeated(instance),
        limit=wanted,
    )


def _first_repeated(items: object) -> str:
    if not isinstance(items, list):
        return ""
    return next((str(item) for index, item in enumerate(items) if item in items[:index]), "")
