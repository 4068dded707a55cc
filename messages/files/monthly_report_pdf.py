"""The month's report (รายงานประจำเดือน) as PDF: the service on one page, indicators on the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from messages.files.typesetting import typeset
from messages.indicator_words import STATE_TONES, STATE_WORDS, fraction_text, result_text, target_text, year_text
from messages.indicator_words import counted_in as word_for_counted
from messages.language import in_thai
from messages.monthly_reports import month_title, states_text
from messages.parts import TONE_GROUNDS, TONE_INKS, Tone
from messages.service import TABLE_HEAD, PartRow, details_of, part_rows, table_rows
from messages.thai import decimal_text, one_line, percent_text, short_date, short_moment
from models.monthly_views import MonthlyReport, MonthlyRow

_NOTHING = "–"
_SHAPES = {Tone.GOOD: "circle", Tone.DUE: "diamond", Tone.LATE: "triangle", Tone.PLAIN: "ring"}
"""A mark beside each state, to be told apart without colours."""
HEADER = ("ตัวชี้วัด", "เจ้าภาพ", "ผล", "เป้าหมาย", "แผน", "สถานะ")


@in_thai
def monthly_report_pdf(report: MonthlyReport, charts: Sequence[str] = ()) -> bytes:
    """The file.

    Args:
        report: what it says.
        charts: pictures of the service below its figures, as SVG made ready for drawing (``charts.svg.as_drawn``).
    """
    data = {**monthly_report_data(report), "charts": charts}
    return typeset("monthly_report.typ", data, report.as_of, standard="a-2b")


@in_thai
def monthly_report_data(report: MonthlyReport) -> dict[str, Any]:
    """What the template shows."""
    return {
        "title": month_title(report.month),
        "as_of": f"ข้อมูล ณ {short_moment(report.as_of)}",
        "service": _service(report),
        "indicators": {
            "heading": f"ตัวชี้วัด {year_text(report.fiscal_year)}",
            "scope": f"{report.unit} และหน่วยงานในสังกัด" if report.unit else "ทุกหน่วยงาน",
            "finding": states_text(report),
            "header": HEADER,
            "rows": [_row(row) for row in report.rows],
            "note": _NOTE,
        },
    }


_NOTE = (
    "ผลตามรายงานที่ไม่ถูกส่งกลับ ถึงสิ้นเดือนของรายงาน แผนคือร้อยละที่ควรได้ถึงสิ้นเดือน "
    "เรียงจากรายการที่ต้องติดตามก่อน ยังไม่มีรายงานไม่ได้หมายถึงศูนย์"
)


def _service(report: MonthlyReport) -> dict[str, Any]:
    figures = report.service
    rows = list(part_rows(figures, report.acknowledge_minutes, report.answer_minutes)) if figures.requests else []
    reached = sum(row.tone is Tone.GOOD for row in rows)
    nothing = "ไม่มีผู้ติดตามหนังสือในเดือนนี้"
    return {
        "heading": "การให้บริการติดตามหนังสือ",
        "scope": f"{short_date(figures.first)} – {short_date(figures.last)} ทุกหน่วยงาน",
        "finding": f"ถึงเป้าหมาย {reached} จาก {len(rows)} ข้อ" if rows else nothing,
        "tone": _tone(Tone.GOOD if rows and reached == len(rows) else Tone.DUE if rows else Tone.PLAIN),
        "parts": [_part(row) for row in rows],
        "table_head": [str(words) for words in TABLE_HEAD],
        "table": [list(cells) for cells in table_rows(figures)] if rows else [],
        "details": list(details_of(figures, report.other)) if rows else [],
    }


def _part(row: PartRow) -> dict[str, Any]:
    told = {"label": row.label, "value": row.value, "state": row.state, "beside": row.beside}
    return told | {"filled": row.filled, "tone": _tone(row.tone)}


def _row(row: MonthlyRow) -> dict[str, Any]:
    definition = row.definition
    own = row.own_target
    whole_target = target_text(definition.target, word_for_counted(definition))
    return {
        "code": definition.code,
        "name": one_line(definition.name),
        "unit": row.names.unit,
        "host": row.names.host,
        "result": result_text(definition, row.result),
        "made_of": fraction_text(definition, row.result) if row.result.is_reported else "",
        "target": whole_target if own is None else decimal_text(own),
        "planned": _NOTHING if row.planned is None else percent_text(row.planned),
        "state": STATE_WORDS[row.state],
        "tone": _tone(STATE_TONES[row.state]),
    }


def _tone(tone: Tone) -> dict[str, str]:
    return {"ink": TONE_INKS[tone], "ground": TONE_GROUNDS[tone], "shape": _SHAPES[tone]}
