"""The indicators of a fiscal year as a file, as the screen shows them: the whole of each, then each of its units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.export_files import require_year, write_table
from messages.files.cell_formats import Value
from messages.files.columns import Column, cells_of, heading_of, moment_text
from messages.indicator_words import STATE_WORDS
from messages.language import either
from models.indicator_table import IndicatorRow, stream_indicator_rows
from models.indicator_terms import Result
from models.session import Database

SHEET, SHEET_THAI = "indicators", "ตัวชี้วัด"


def export_indicators(database: Database, path: Path, fiscal_year: int, *, today: date) -> int:
    """Write a Buddhist fiscal year's indicators in the language that is spoken; gives how many rows.

    Raises:
        NotFound: ``export_year_unknown`` (fiscal_year).
        Invalid: as ``write_table`` does.
    """
    with database.reading(snapshot=True) as session:
        require_year(session, fiscal_year)
        rows = stream_indicator_rows(session, fiscal_year, today=today)
        return write_table(path, heading_of(SHEET, SHEET_THAI, COLUMNS), cells_of(COLUMNS, rows))


def _of(choose: Callable[[IndicatorRow], Result], name: str) -> Callable[[IndicatorRow], Value]:
    """A figure of a result; nothing where nothing was reported."""

    def value(row: IndicatorRow) -> Value:
        result = choose(row)
        figure: Decimal | int | None = getattr(result, name) if result.is_reported else None
        return figure

    return value


def _figures(prefix: str, thai: str, choose: Callable[[IndicatorRow], Result]) -> list[Column[IndicatorRow]]:
    names = {
        "percent": "ร้อยละ",
        "value": "ค่า",
        "level": "ระดับ",
        "score": "คะแนน",
        "numerator": "ตัวตั้ง",
        "denominator": "ตัวหาร",
    }
    return [Column(f"{prefix}_{name}", f"{thai} {word}", _of(choose, name)) for name, word in names.items()]


COLUMNS: list[Column[IndicatorRow]] = [
    Column("code", "รหัสตัวชี้วัด", lambda row: row.indicator.code),
    Column("name", "ตัวชี้วัด", lambda row: row.indicator.definition.name),
    Column("fiscal_year", "ปีงบประมาณ", lambda row: row.indicator.fiscal_year),
    Column("host", "เจ้าภาพ", lambda row: row.host),
    Column("unit", "หน่วยงาน (ว่าง: ภาพรวม)", lambda row: row.unit),
    Column("measure", "วิธีวัด", lambda row: str(row.indicator.definition.measure["kind"])),
    Column("target", "เป้าหมาย", lambda row: row.indicator.definition.target.value),
    Column("target_in", "เป้าหมายวัดเป็น", lambda row: row.indicator.definition.target.measured_in.value),
    Column("direction", "ทิศทางที่ดี", lambda row: row.indicator.definition.target.direction.value),
    Column("own_target", "เป้าหมายของหน่วยงาน", lambda row: row.own_target),
    Column("state", "สถานะ", lambda row: either(STATE_WORDS[row.state], row.state.value)),
    Column("planned_percent", "แผนถึงขณะนี้ ร้อยละ", lambda row: row.planned),
    *_figures("reported", "ผลที่รายงาน", lambda row: row.reported),
    *_figures("approved", "ผลที่อนุมัติ", lambda row: row.approved),
    Column("evaluated_percent", "ผลประเมิน ร้อยละ", lambda row: row.evaluated.percent if row.evaluated else None),
    Column("evaluated_score", "ผลประเมิน คะแนน", lambda row: row.evaluated.score if row.evaluated else None),
    Column("units_reported", "หน่วยงานที่รายงาน", lambda row: row.reported.units_reported),
    Column("units_expected", "หน่วยงานทั้งหมด", lambda row: row.reported.units_expected),
    Column("month", "เดือนล่าสุดที่รายงาน", lambda row: f"{row.latest.month:%Y-%m}" if row.latest else None),
    Column("as_of", "รายงานล่าสุดเมื่อ", lambda row: moment_text(row.latest.reported_at if row.latest else None)),
    Column("source", "ที่มา", lambda row: row.latest.source.value if row.latest else None),
]
