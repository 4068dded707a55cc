"""PDF files for archives (PDF/A) by typst: templates of ours, data as JSON that is never read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import local
from typing import Any

import typst

from messages.files.glyphs import font_folder, settable_text
from messages.thai import bangkok_date

_TEMPLATES = Path(__file__).parent
_THREAD = local()


def typeset(template: str, data: Mapping[str, Any], at: datetime, *, standard: str = "a-2u") -> bytes:
    """A PDF of a template in this folder, such as ``result_form.typ``.

    Args:
        template: its name.
        data: what it shows: texts, numbers, lists and mappings of them.
        at: of which instant its data are; the file is the same each time it is made of the same.
        standard: of PDF; ``a-2u`` holds every letter so that it can be copied, which those of SVG pictures cannot.
    """
    day = bangkok_date(at)
    settled = _settable(data) | {"dated": [day.year, day.month, day.day]}
    made = _compiler(template).compile(
        format="pdf",
        sys_inputs={"data": json.dumps(settled, ensure_ascii=False)},
        pdf_standards=standard,
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no file")
    return made


def _compiler(template: str) -> Any:
    """This thread's own: a compiler is for one at a time, and keeps what it has read of its template."""
    kept: dict[str, Any] = _THREAD.__dict__.setdefault("compilers", {})
    if template not in kept:
        kept[template] = typst.Compiler(str(_TEMPLATES / template), root=str(_TEMPLATES), font_paths=_fonts())
    return kept[template]


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])


def _settable(value: Any) -> Any:
    """The same data, with every text such as the font can show it."""
    if isinstance(value, str):
        return value if value.startswith(_SVG) else settable_text(value)
    if isinstance(value, Mapping):
        return {name: _settable(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_settable(one) for one in value]
    return value


_SVG = "<svg "
"""Pictures of ours go as they are: their texts were cleaned when they were drawn."""
