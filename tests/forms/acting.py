"""Who is who in the tests of forms and reports, and looking into the files."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import chain
from zipfile import ZipFile

from messages.files.paper import Blank, Heading, Paper, Said, Table

DIN_DAENG, BANG_RAK, REVIEWER, BUDGET, BUDGET_REVIEWER, MANAGER, OFFICER = (f"U{number:032x}" for number in range(1, 8))


def words_of(paper: Paper, number: int | None = None) -> str:
    """Everything a paper says, or one of its sections."""
    sections = paper.sections if number is None else paper.sections[number - 1 : number]
    blocks = chain.from_iterable((Heading(one.heading), *one.blocks) for one in sections)
    own = [] if number else [*paper.title, *chain.from_iterable((fact.label, *fact.lines) for fact in paper.facts)]
    return "\n".join([*own, *chain.from_iterable(map(_words, blocks))])


def blanks_of(paper: Paper, number: int) -> int:
    """How many places of a section are left to be filled in."""
    return sum(isinstance(block, Blank) for block in paper.sections[number - 1].blocks)


def xml_of(docx: bytes, name: str = "word/document.xml") -> str:
    with ZipFile(BytesIO(docx)) as archive:
        return archive.read(name).decode()


def text_of_docx(docx: bytes) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml_of(docx)))


def _words(block) -> list[str]:
    if isinstance(block, Said):
        return [f"{block.label}: {line}" if block.label else line for line in block.lines]
    if isinstance(block, Table):
        return [" | ".join(row) for row in (block.header, *block.rows)]
    return [block.why] if isinstance(block, Blank) else [block.words]
