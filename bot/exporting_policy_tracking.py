"""The table for the city's system of policy tracking: a row for each indicator, unit and reporting period.

How that system wants its files is not public, so the columns come from a mapping file; here is what they may show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from bot.export_files import require_year, write_table
from bot.export_mapping import Field, read_mapping
from messages.files.cell_formats import Holds, Value
from messages.files.columns import cells_of, heading_of
from messages.indicator_words import NOT_REPORTED, period_text
from messages.language import Glossary, Words
from messages.thai import BANGKOK
from models.evidence import EvidenceView
from models.indicator_terms import Result, TargetIn, quarter_of
from models.policy_tracking import TrackedPeriod, TrackedStatus, stream_tracked_periods
from models.session import Database

SHEET, SHEET_THAI = "policy tracking", "ติดตามนโยบาย"
SHA_SHOWN = 12

_STATUS = Glossary(
    {
        TrackedStatus.APPROVED: Words("อนุมัติแล้ว", "approved"),
        TrackedStatus.WAITING: Words("รออนุมัติ", "waits for approval"),
        TrackedStatus.RETURNED: Words("ส่งกลับแก้ไข", "sent back"),
        TrackedStatus.NOT_REPORTED: NOT_REPORTED,
        TrackedStatus.NOT_DUE: Words("ยังไม่ถึงกำหนดรายงาน", "not due yet"),
    }
)
_MEASURED_IN = Glossary(
    {
        TargetIn.PERCENT: Words("ร้อยละ", "percent"),
        TargetIn.LEVEL: Words("ระดับ", "level"),
        TargetIn.COUNT: Words("จำนวน", "count"),
        TargetIn.SCORE: Words("คะแนน", "score"),
    }
)
Link = Callable[[int], str]
"""An address that opens an item of evidence for a time."""


def export_policy_tracking(
    database: Database,
    path: Path,
    fiscal_year: int,
    mapping: Path,
    *,
    today: date,
    link: Link | None = None,
) -> int:
    """Write a fiscal year's periods in the language that is spoken; gives how many.

    Args:
        database: is read as it is at one instant.
        path: of the file.
        fiscal_year: Buddhist.
        mapping: file that says which columns there are.
        today: tells which periods are due.
        link: makes addresses of evidence; without one there are none.

    Raises:
        CatalogError: the mapping cannot be used.
        NotFound: ``export_year_unknown`` (fiscal_year): no indicator is defined in it.
        Invalid: as ``write_table`` does.
    """
    mapped = read_mapping(mapping, fields(link))
    heading = heading_of(mapped.sheet or SHEET, mapped.sheet_thai or SHEET_THAI, mapped.columns)
    with database.reading(snapshot=True) as session:
        require_year(session, fiscal_year)
        rows = stream_tracked_periods(session, fiscal_year, today=today)
        return write_table(path, heading, cells_of(mapped.columns, rows))


def fields(link: Link | None = None) -> Mapping[str, Field[TrackedPeriod]]:
    """What a mapping file may name, in the order of the manual."""

    def links(row: TrackedPeriod) -> str:
        return "\n".join(link(item.id) for item in row.evidence) if link else ""

    return MappingProxyType({**_FIELDS, "evidence_links": Field(Holds.TEXT, links)})


def _result(row: TrackedPeriod) -> Decimal | None:
    """The part of the result that the indicator's target speaks of, else what there is."""
    result = row.result
    held = row.indicator.definition.target.held_against(result)
    return next((one for one in (held, result.percent, result.value) if one is not None), None)


def _figure(name: str) -> Field[TrackedPeriod]:
    def value(row: TrackedPeriod) -> Decimal | int | None:
        result: Result = row.result
        return getattr(result, name) if result.is_reported else None

    return Field(Holds.NUMBER, value)


def _text(value: Callable[[TrackedPeriod], str]) -> Field[TrackedPeriod]:
    return Field(Holds.TEXT, value)


def _number(value: Callable[[TrackedPeriod], Value]) -> Field[TrackedPeriod]:
    return Field(Holds.NUMBER, value)


def _date(value: Callable[[TrackedPeriod], Value]) -> Field[TrackedPeriod]:
    return Field(Holds.DATE, value)


def _on(at: datetime | None) -> date | None:
    return at.astimezone(BANGKOK).date() if at else None


def _reference(item: EvidenceView) -> str:
    """What finds an item for good: its number, its name, and the beginning of its SHA-256."""
    name = item.file_name or item.content_type
    return f"#{item.id} {name} sha256:{item.sha256[:SHA_SHOWN]}"


_FIELDS: Mapping[str, Field[TrackedPeriod]] = MappingProxyType(
    {
        "code": _text(lambda row: row.indicator.code),
        "name": _text(lambda row: row.indicator.definition.name),
        "fiscal_year": _number(lambda row: row.indicator.fiscal_year),
        "host": _text(lambda row: row.host),
        "unit": _text(lambda row: row.unit),
        "period": _text(lambda row: period_text(row.period.months)),
        "period_from": _date(lambda row: row.period.months[0]),
        "period_to": _date(lambda row: date.fromordinal(row.period.ends_on.toordinal() - 1)),
        "quarter": _number(lambda row: quarter_of(row.period.months[-1])),
        "due_on": _date(lambda row: row.period.due_on),
        "target": _number(lambda row: row.target),
        "target_in": _text(lambda row: _MEASURED_IN[row.target_in]),
        "numerator": _figure("numerator"),
        "denominator": _figure("denominator"),
        "result": _number(_result),
        "percent": _figure("percent"),
        "value": _figure("value"),
        "level": _figure("level"),
        "score": _figure("score"),
        "status": _text(lambda row: _STATUS[row.status]),
        "as_of": _date(lambda row: _on(row.as_of)),
        "approved_on": _date(lambda row: _on(row.approved_at)),
        "approved_by": _text(lambda row: row.approved_by),
        "note": _text(lambda row: row.note),
        "evidence_count": _number(lambda row: len(row.evidence)),
        "evidence": _text(lambda row: "\n".join(map(_reference, row.evidence))),
    }
)
