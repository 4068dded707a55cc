"""YAML files as plain values that remember their line, checked against a schema.

``bot.catalog`` gives the values their meaning; this module only knows how a file can be wrong.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

import yaml
from jsonschema_rs import Draft202012Validator, ValidationError

Route = tuple[str | int, ...]
"""The way from a file's top to a value: ``("units", 3, "name")``."""

_Place = int | tuple[int, dict[str, int] | list[int]]

MAX_DEPTH = 20

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = yaml.resolver.Resolver()
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}


class CatalogError(Exception):
    """The catalog cannot be used; nothing of it was loaded.

    Attributes:
        messages: one line for each fault, ``file:line: what is wrong``, in the order of the files.
    """

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = list(messages)


def raise_if_any(messages: Iterable[str]) -> None:
    """Raise ``CatalogError`` with the messages, where there are any."""
    found = list(messages)
    if found:
        raise CatalogError(found)


@dataclass
class CatalogFile:
    """One file's values.

    Attributes:
        shown: the path as errors name it.
        value: plain mappings, lists and scalars; None where the file could not be read.
        places: by the ``id`` of a mapping or list in ``value``: its line and those of what is in it, or its line alone
            where all of it stands on one. A mapping's value has the line of its key. Lines count from 1.
        faults: ``(line, message)`` of everything wrong with the file itself, in no order; line 0 is the whole file.
    """

    shown: str
    value: Any = None
    places: dict[int, _Place] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def where(self, *route: str | int) -> str:
        """Tell ``file:line`` of a value, or of the nearest thing around it."""
        return f"{self.shown}:{self.line(route)}"

    def line(self, route: Route) -> int:
        """Tell the line of a value, or of the nearest thing around it."""
        value, place = self.value, self.places.get(id(self.value), 1)
        line = place if isinstance(place, int) else place[0]
        for step in route:
            place = self.places.get(id(value), line)
            if isinstance(place, int):
                return place
            try:
                line, value = place[1][step], value[step]  # type: ignore[index]  # a list's steps are numbers
            except (LookupError, TypeError):
                break
        return line

    def at(self, route: Route) -> Any:
        """The value at a route that exists."""
        value = self.value
        for step in route:
            value = value[step]
        return value

    def messages(self) -> list[str]:
        """List the faults from top to bottom, as people read them."""
        return [
            f"{self.shown}:{line}: {text}" if line else f"{self.shown}: {text}" for line, text in sorted(self.faults)
        ]


def read_catalog_file(path: Path, schema: Mapping[str, Any]) -> CatalogFile:
    """Read one YAML file and check it; never raises for what is in the file, see ``CatalogFile.faults``."""
    file = CatalogFile(str(path))
    try:
        _PlainReader(file).read(_text(path))
    except _UnreadableError as error:
        file.value, file.faults = None, [(error.line, error.reason)]
        return file
    if not file.faults:
        check(file, (), schema)
    return file


def check(file: CatalogFile, route: Route, schema: Mapping[str, Any]) -> None:
    """Hold the value at a route against a JSON schema (draft 2020-12), and note its faults."""
    for error in _validator_of(schema).iter_errors(file.at(route)):
        file.faults += _explain(error, schema, route, file)


def _validator_of(schema: Mapping[str, Any]) -> Draft202012Validator:
    return _compiled(json.dumps(schema, sort_keys=True, default=dict))


@lru_cache(maxsize=64)
def _compiled(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema))


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


class _PlainReader:
    """Turns the events of a YAML text into plain values, and notes the line of everything in them.

    Reads events, not nodes: composing them is recursive in C without a limit, and ten times slower on a large file.
    """

    def __init__(self, file: CatalogFile) -> None:
        self._file = file
        self._events: Iterator[yaml.Event] = iter(())
        self._known: dict[str, object] = {}
        """Plain scalars seen before; a catalog repeats its codes and numbers."""

    def read(self, text: str) -> None:
        """Put the text's only document into the file.

        Raises:
            _UnreadableError: it is not YAML, is empty, or holds more than one document.
        """
        try:
            self._read_document(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            reason = " ".join((error.problem or error.context or "cannot be understood").split())
            raise _UnreadableError(mark.line + 1 if mark else 1, f"is not valid YAML: {reason}") from error
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise _UnreadableError(line, "holds a control character; take it out") from error

    def _read_document(self, text: str) -> None:
        self._events = iter(yaml.parse(text, Loader=_LOADER))
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _UnreadableError(0, "is empty; it needs units, district_groups, indicators or definitions")
        self._file.value = self._value(next(self._events), 0)
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _UnreadableError(_line_of(after), "is not valid YAML: a second document begins; keep to one a file")

    def _value(self, event: yaml.Event, depth: int) -> object:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, "an anchor (&) is used again; write the value out")
            return None
        if depth == MAX_DEPTH:
            raise _UnreadableError(_line_of(event), "is nested too deeply")
        read = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._list
        return read(event, depth + 1)

    def _mapping(self, begin: yaml.Event, depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        lines: dict[str, int] = {}
        for event in self._events:
            if type(event) is yaml.MappingEndEvent:
                self._note(mapping, begin, event, lines)
                break
            key = event.value if type(event) is yaml.ScalarEvent else ""
            if not key:
                self._fault(event, "a key must be one word")
                if not isinstance(event, yaml.ScalarEvent):
                    self._value(event, depth)
            elif key in mapping:
                self._fault(event, f"{key} is given twice here; keep one")
            value = self._value(next(self._events), depth)
            if key and key not in mapping:
                mapping[key] = value
                lines[key] = _line_of(event)
        return mapping

    def _list(self, begin: yaml.Event, depth: int) -> list[object]:
        items: list[object] = []
        lines: list[int] = []
        for event in self._events:
            if type(event) is yaml.SequenceEndEvent:
                self._note(items, begin, event, lines)
                break
            lines.append(_line_of(event))
            items.append(self._value(event, depth))
        return items

    def _note(self, value: object, begin: yaml.Event, end: yaml.Event, lines: dict[str, int] | list[int]) -> None:
        line = _line_of(begin)
        stands_on_one = end.end_mark is not None and end.end_mark.line + 1 == line
        self._file.places[id(value)] = line if stands_on_one else (line, lines)

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        text = str(event.value)
        if event.tag is None and not event.implicit[0]:  # in quotes
            return text
        if event.tag is not None:
            return self._understood(event, event.tag, text)
        if text not in self._known:
            tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # no stubs
            self._known[text] = self._understood(event, tag, text)
        return self._known[text]

    def _understood(self, event: yaml.Event, tag: str, text: str) -> object:
        if tag not in _PLAIN_TAGS:  # dates and the like stay as written
            return text
        try:
            value: object = yaml.constructor.SafeConstructor().construct_object(yaml.ScalarNode(tag, text))
            if isinstance(value, float) and not isfinite(value):
                raise ValueError(text)
        except (ValueError, yaml.YAMLError):
            self._fault(event, f"{text} cannot be understood; put it in quotes")
            return None
        return value

    def _fault(self, event: yaml.Event, text: str) -> None:
        self._file.faults.append((_line_of(event), text))


def _line_of(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1


def _explain(
    error: ValidationError, schema: Mapping[str, Any], base: Route, file: CatalogFile
) -> list[tuple[int, str]]:
    route: Route = (*base, *_exact(error.instance_path, file.at(base)))
    subject = _subject(route, file)
    broken = _schema_of(error, schema)
    if error.kind.name == "additionalProperties":
        return [(file.line((*route, key)), f"{subject}{rest}") for key, rest in _unknown_keys(error, broken)]
    if error.kind.name == "required":
        return [(file.line(route), f"{subject}{error.kind.value} is missing")]
    return [(file.line(route), f"{subject}{_place(route)} {_complaint(error, broken)}")]


def _place(route: Route) -> str:
    match route:
        case (*_, str(key)):
            return key
        case (*_, str(key), int(index)):
            return f"entry {index + 1} of {key}"
    return "the file"


def _unknown_keys(error: ValidationError, schema: Mapping[str, Any]) -> list[tuple[str, str]]:
    known = sorted(schema.get("properties", ()))
    unknown: Sequence[str] = error.kind.value
    return [(key, f"unknown key {key}; {nearest(key, known)}known are {', '.join(known)}") for key in unknown]


def nearest(word: str, known: Collection[str]) -> str:
    """Ask whether the nearest known word was meant, as ``did you mean target? ``; empty where none is near."""
    return _nearest(word, frozenset(known))


@lru_cache(maxsize=1000)  # one slip may stand in a thousand places, and comparing is slow
def _nearest(word: str, known: frozenset[str]) -> str:
    found = get_close_matches(word, sorted(known), n=1)
    return f"did you mean {found[0]}? " if found else ""


def _schema_of(error: ValidationError, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of a schema whose rule is broken."""
    part: Any = schema
    for step in _exact(error.schema_path[:-1], schema):
        part = part[step]
    return part if isinstance(part, Mapping) else {}


def _exact(path: Sequence[str | int], value: Any) -> Route:
    """A path with its keys as they are written: jsonschema-rs gives keys of digits as numbers, 1 for "01"."""
    route: list[str | int] = []
    for step in path:
        keys = value if isinstance(value, Mapping) and isinstance(step, int) else ()
        route.append(next((key for key in keys if key.isdecimal() and int(key) == step), step))
        value = value[route[-1]]
    return tuple(route)


def _subject(route: Route, file: CatalogFile) -> str:
    """Name the entry a fault is in, as "SECRETARIAT: ", when it has a readable code."""
    if len(route) < 2 or not isinstance(route[1], int):
        return ""
    entry = file.value[route[0]][route[1]]
    code = entry.get("code") if isinstance(entry, dict) else None
    return f"{code}: " if code is not None else ""


_COMPLAINTS = {
    "type": "must be {type}",
    "enum": "cannot be {shown}; {meant}possible are {choices}",
    "pattern": "cannot be {shown}: {rule}",
    "minimum": "cannot be {shown}; it goes {range}",
    "maximum": "cannot be {shown}; it goes {range}",
    "exclusiveMinimum": "cannot be {shown}; it must be more than {limit}",
    "uniqueItems": "has an entry twice: {repeated}",
    "minLength": "must not be empty",
    "minProperties": "must not be empty",
    "minItems": "is too short; at least {limit} are needed",
    "maxItems": "is too long; at most {limit} are possible",
    "maxLength": "is too long; at most {limit} characters",
}
_TYPES = {
    "object": "a mapping of keys",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def _complaint(error: ValidationError, schema: Mapping[str, Any]) -> str:
    rule, instance = error.kind.name, error.instance
    wanted: Any = schema.get(rule)
    if rule == "type" and wanted == "string" and isinstance(instance, int | float):
        return f'must be text; write "{instance}" in quotes'
    choices = [str(choice) for choice in schema.get("enum", ())]
    return _COMPLAINTS.get(rule, "does not fit: {rule}").format(
        shown=str(instance)[:60],
        type=" or ".join(_TYPES.get(name, name) for name in _names(wanted)),
        meant=nearest(str(instance), choices),
        choices=", ".join(choices),
        rule=schema.get("description", wanted if rule == "pattern" else error.message.splitlines()[0]),
        range=_range(schema),
        repeated=_first_repeated(instance),
        limit=wanted,
    )


def _names(wanted: object) -> list[str]:
    return [str(name) for name in wanted] if isinstance(wanted, list | tuple) else [str(wanted)]


def _range(schema: Mapping[str, Any]) -> str:
    lowest, highest = schema.get("minimum"), schema.get("maximum")
    if lowest is None:
        return f"up to {highest}"
    return f"from {lowest} to {highest}" if highest is not None else f"from {lowest} up"


def _first_repeated(items: object) -> str:
    if not isinstance(items, list):
        return ""
    return next((str(item) for index, item in enumerate(items) if item in items[:index]), "")
