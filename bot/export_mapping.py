"""The mapping file of an export: which columns, in which order, under which headers, in which formats.

An office changes it without code: docs/exports.md says how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from bot.catalog_files import CatalogFile, nearest, raise_if_any, read_catalog_file
from messages.files.cell_formats import FORMATS, Holds, Value
from messages.files.columns import Column

Row = TypeVar("Row")

_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
_SHEET = {
    "type": "string",
    "pattern": r"^[^\[\]:*?/\\']{1,31}$",
    "description": "a sheet's name has 1 to 31 characters, none of []:*?/\\'",
}
_COLUMN = {
    "type": "object",
    "additionalProperties": False,
    "required": ["header", "header_thai", "field"],
    "properties": {
        "header": _TEXT,
        "header_thai": _TEXT,
        "field": _TEXT,
        "format": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
    },
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["columns"],
    "properties": {
        "sheet": _SHEET,
        "sheet_thai": _SHEET,
        "columns": {"type": "array", "minItems": 1, "maxItems": 200, "items": _COLUMN},
    },
}


@dataclass(frozen=True)
class Field(Generic[Row]):
    """Something that a column may show."""

    holds: Holds
    value: Callable[[Row], Value]


@dataclass(frozen=True)
class Mapped(Generic[Row]):
    """What a mapping file says; the sheet's names are empty where it does not tell them."""

    columns: Sequence[Column[Row]]
    sheet: str = ""
    sheet_thai: str = ""


def shipped_mapping_path(name: str) -> Path:
    """The checkout's own mapping of an export."""
    return Path(__file__).resolve().parent.parent / "catalog" / "exports" / f"{name}.yaml"


def read_mapping(path: Path, fields: Mapping[str, Field[Row]]) -> Mapped[Row]:
    """Read a mapping file.

    Raises:
        CatalogError: with every fault, each with its file and line: a key, field or format that is not known, or a
            format that does not suit what the field holds.
    """
    file = read_catalog_file(path, SCHEMA)
    raise_if_any(file.messages())
    for number, entry in enumerate(file.value["columns"]):
        file.faults += _faults(file, number, entry, fields)
    raise_if_any(file.messages())
    columns = [
        Column(entry["header"], entry["header_thai"], fields[entry["field"]].value, _formats(entry))
        for entry in file.value["columns"]
    ]
    return Mapped(columns, file.value.get("sheet", ""), file.value.get("sheet_thai", ""))


def _faults(
    file: CatalogFile, number: int, entry: Mapping[str, Any], fields: Mapping[str, Field[Row]]
) -> Iterator[tuple[int, str]]:
    name = entry["field"]
    if name not in fields:
        line = file.line(("columns", number, "field"))
        yield line, f"unknown field {name}; {nearest(name, fields)}known are {', '.join(fields)}"
        return
    suited, chosen = FORMATS[fields[name].holds], _formats(entry)
    line = file.line(("columns", number, "format"))
    for word in chosen:
        if word not in suited:
            yield line, f"field {name} has no format {word}; {nearest(word, suited)}known are {', '.join(suited)}"
    if len([word for word in chosen if word != "thai-digits"]) > 1:
        yield line, f"field {name} has one format too many: {', '.join(chosen)}"


def _formats(entry: Mapping[str, Any]) -> list[str]:
    chosen = entry.get("format", [])
    return [chosen] if isinstance(chosen, str) else list(chosen)
