"""The official result form as Word that can be edited: real headings, real tables, fonts for Thai as Word wants them.

Word sets Thai as a complex script: its font, size, weight and language have names of their own (``w:cs``, ``w:szCs``,
``w:bCs``, ``w:bidi``), and where they are missing Thai falls back to another font at another size.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from messages.files.paper import Blank, Block, Heading, Paper, Said, Table

_WIDTH, _INDENT = Cm(16), Cm(1)
"""Of a line between the margins of A4, and how far what stands below a heading is moved in."""
_SIZE, _TITLE_SIZE, _HEADING_SIZE, _FOOTER_SIZE = 14, 18, 15, 11
_LINE_SPACING = 1.15
"""Less, and marks above letters touch what stands over them."""
_SIGNATURE = ("ลงชื่อ\t({signed_by})", "(\t)", "ตำแหน่ง\t", "วันที่\t")


def result_form_docx(paper: Paper, font: str) -> bytes:
    """The file.

    Args:
        paper: what it says.
        font: name of the font, which has to be on the machine of whoever opens it, such as TH SarabunPSK.
    """
    document = docx.Document()
    _prepare(document, paper, font)
    _write_title(document, paper)
    for section in paper.sections:
        document.add_heading(section.heading, 2)
        for block in section.blocks:
            _write_block(document, block)
    _write_signature(document, paper)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


# --- the page and its styles ----------------------------------------------------------------------------------------


def _prepare(document: Any, paper: Paper, font: str) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(2), Cm(2.5), Cm(2)
    _set_style(document.styles["Normal"], font, _SIZE)
    for level, size in ((1, _TITLE_SIZE), (2, _HEADING_SIZE), (3, _SIZE)):
        _set_style(document.styles[f"Heading {level}"], font, size, bold=True, before=Pt(10))
    document.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Heading 3"].paragraph_format.left_indent = _INDENT
    _set_style(document.styles["Footer"], font, _FOOTER_SIZE)
    dotted = document.styles.add_style("Dotted line", WD_STYLE_TYPE.PARAGRAPH)
    dotted.base_style = document.styles["Normal"]
    dotted.paragraph_format.left_indent = _INDENT
    dotted.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    properties = document.core_properties
    properties.author, properties.title, properties.language = "", " ".join(paper.title), "th-TH"
    properties.comments, properties.created, properties.modified = "", paper.written_at, paper.written_at
    if paper.has_thai_digits:
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:fmt"), "thaiNumbers")
        page._sectPr.find(qn("w:pgMar")).addnext(numbers)
    _write_footer(page.footer.paragraphs[0], paper)


def _set_style(style: Any, font: str, size: int, *, bold: bool = False, before: int = 0) -> None:
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):  # the default template names its theme's fonts, which would win
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)
    _put(properties, "w:szCs", "w:val", str(size * 2))
    _put(properties, "w:bCs", "w:val", "1" if bold else "0")
    _put(properties, "w:lang", "w:bidi", "th-TH")
    form = style.paragraph_format
    form.line_spacing, form.space_before, form.space_after = _LINE_SPACING, before, Pt(3)


def _put(properties: Any, name: str, attribute: str, value: str) -> None:
    """Set a property that python-docx knows nothing of, at the place that Word's schema wants it."""
    element = properties.find(qn(name))
    if element is None:
        element = OxmlElement(name)
        properties.append(element)
    element.set(qn(attribute), value)
    order = {qn(tag): place for place, tag in enumerate(_ORDER)}
    properties[:] = sorted(properties, key=lambda one: order.get(one.tag, 0))


_ORDER = (
    *("w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:caps", "w:color", "w:spacing", "w:kern"),
    *("w:sz", "w:szCs", "w:u", "w:vertAlign", "w:lang"),
)
"""Of properties of letters; Word takes a file in which they stand otherwise for damaged."""


# --- what it says ---------------------------------------------------------------------------------------------------


def _write_title(document: Any, paper: Paper) -> None:
    document.add_heading(paper.title[0], 1)
    for words in paper.title[1:]:
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _add_run(line, words, bold=True)
    for fact in paper.facts:
        _write_said(document, fact, indent=0)


def _write_block(document: Any, block: Block) -> None:
    if isinstance(block, Said):
        _write_said(document, block, indent=_INDENT)
    elif isinstance(block, Heading):
        document.add_heading(block.words, 3)
    elif isinstance(block, Table):
        _write_table(document, block)
    else:
        _write_blank(document, block)


def _write_said(document: Any, said: Said, *, indent: int) -> None:
    lines = said.lines or ("",)
    for place, words in enumerate(lines):
        line = document.add_paragraph()
        line.alignment, line.paragraph_format.left_indent = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY, indent
        if place == 0 and said.label:
            _add_run(line, said.label, bold=True)
            line.add_run(" : ")
        line.add_run(words)


def _write_blank(document: Any, blank: Blank) -> None:
    if blank.why:
        document.add_paragraph(blank.why).paragraph_format.left_indent = _INDENT
    for _ in range(blank.lines):
        document.add_paragraph("\t", "Dotted line")


def _write_table(document: Any, content: Table) -> None:
    table = document.add_table(rows=0, cols=len(content.header), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.RIGHT, False
    widths = [int((_WIDTH - _INDENT) * width / 100) for width in content.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, row in enumerate((content.header, *content.rows)):
        _write_row(table.add_row(), row, widths, content.centred, is_header=place == 0)
    document.add_paragraph().paragraph_format.space_after = 0


def _write_row(
    row: Any, words: tuple[str, ...], widths: list[int], centred: frozenset[int], *, is_header: bool
) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if is_header else [])):
        properties.append(OxmlElement(name))
    for place, (cell, text, width) in enumerate(zip(row.cells, words, widths, strict=True)):
        cell.width = width
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        line = cell.paragraphs[0]
        line.paragraph_format.space_before = Pt(3)
        if is_header or place in centred:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _add_run(line, text, bold=is_header)


def _write_signature(document: Any, paper: Paper) -> None:
    document.add_paragraph()
    for words in _SIGNATURE:
        line = document.add_paragraph(words.format(signed_by=paper.signed_by))
        form = line.paragraph_format
        form.left_indent, form.keep_with_next = Cm(6), words is not _SIGNATURE[-1]
        end = Cm(11.5) if words.endswith(")") else Cm(14.5)
        form.tab_stops.add_tab_stop(end, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)


def _write_footer(line: Any, paper: Paper) -> None:
    stops = line.paragraph_format.tab_stops
    for stop in (*line.style.paragraph_format.tab_stops,):  # of the default template, for another width
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{paper.footer}\tหน้า ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    field.append(run)
    line._p.append(field)


def _add_run(line: Any, words: str, *, bold: bool) -> None:
    run = line.add_run(words)
    if bold:
        run.font.bold = run.font.cs_bold = True
