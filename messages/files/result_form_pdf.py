"""The official result form as PDF."""

from __future__ import annotations

from typing import Any

from messages.files.paper import Blank, Block, Heading, Paper, Said, Table
from messages.files.typesetting import typeset


def result_form_pdf(paper: Paper) -> bytes:
    """The file."""
    return typeset("result_form.typ", paper_data(paper), paper.written_at)


def paper_data(paper: Paper) -> dict[str, Any]:
    """What the template shows."""
    return {
        "title": paper.title,
        "facts": [_block(fact) for fact in paper.facts],
        "sections": [
            {"heading": section.heading, "blocks": [_block(block) for block in section.blocks]}
            for section in paper.sections
        ],
        "signed_by": paper.signed_by,
        "footer": paper.footer,
        "has_thai_digits": paper.has_thai_digits,
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Said):
        return {"kind": "said", "label": block.label, "lines": block.lines}
    if isinstance(block, Blank):
        return {"kind": "blank", "why": block.why, "lines": block.lines}
    if isinstance(block, Heading):
        return {"kind": "heading", "words": block.words}
    return _table(block)


def _table(table: Table) -> dict[str, Any]:
    centred = [place in table.centred for place in range(len(table.header))]
    return {"kind": "table", "header": table.header, "rows": table.rows, "widths": table.widths, "centred": centred}
