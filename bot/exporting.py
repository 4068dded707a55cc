"""Files that are taken out of the service: the service log as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from messages.files.service_log import COLUMNS, SHEET, SHEET_THAI
from messages.files.tables import MOST_XLSX_ROWS, Cell, write_csv, write_xlsx
from models.counting import calendar_loader
from models.errors import Invalid
from models.request_log import RequestRow, Wanted, count_requests, iso, list_request_rows
from models.requests import ClockKind
from models.service_kpi import Part
from models.session import Database

KINDS = (".csv", ".xlsx")


def export_service_log(
    database: Database, path: Path, first: date, last: date, *, now: datetime, thai: bool = False
) -> int:
    """Write every request that was asked in a period, oldest first, with how it was counted; gives how many.

    The file is there whole or not at all: it is written beside its place and moved there in the end.

    Raises:
        Invalid: ``export_kind_unknown`` (name), ``export_folder_missing`` (folder), ``export_too_long`` (count, most):
            more rows than a sheet holds, or ``export_not_written`` (path, reason).
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise Invalid("export_kind_unknown", name=path.name)
    if not path.parent.is_dir():
        raise Invalid("export_folder_missing", folder=path.parent)
    wanted = Wanted(first, last)
    header = list(COLUMNS.values() if thai else COLUMNS)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with database.reading(snapshot=True) as session:
            if kind == ".xlsx" and (count := count_requests(session, wanted, now)) > MOST_XLSX_ROWS:
                raise Invalid("export_too_long", count=count, most=MOST_XLSX_ROWS)
            found = list_request_rows(session, wanted, now=now, calendars=calendar_loader(session), oldest_first=True)
            rows = map(_cells, found)
            if kind == ".csv":
                count = write_csv(unfinished, header, rows)
            else:
                count = write_xlsx(unfinished, SHEET_THAI if thai else SHEET, header, rows)
        unfinished.replace(path)
    except OSError as error:
        raise Invalid("export_not_written", path=path, reason=error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _cells(row: RequestRow) -> list[Cell]:
    values = dict(_values(row))
    return [values[name] for name in COLUMNS]


def _values(row: RequestRow) -> Iterator[tuple[str, Cell]]:
    request = row.request
    yield from {
        "request": request.id,
        "state": request.state.value,
        "asked_by": request.asker_line_id,
        "unit": row.unit,
        "document_number": row.document_number,
        "urgency": request.urgency.value,
        "handled_by": row.handled_by,
        "clock": request.clock.value,
        "acknowledged_by": row.acknowledged_by,
        "answered_by": row.answered_by,
        "withdrawn_at": iso(row.withdrawn_at),
        "counted_at": iso(row.counted_at),
    }.items()
    for name in ("service_hours", "calendar_version", "rounds", "rating"):
        yield name, getattr(request, name)
    for part in Part:
        yield f"{part}_within_seconds", getattr(request, f"{part}_within_seconds")
        yield f"{part}_seconds", row.lengths[part].counted_seconds
        yield f"elapsed_{part}_seconds", row.lengths[part].elapsed_seconds
        yield f"{part}_outcome", row.outcomes[ClockKind.SERVICE, part].value
        yield f"elapsed_{part}_outcome", row.outcomes[ClockKind.ELAPSED, part].value
        yield f"earlier_late_{part}", _yes(getattr(request, f"earlier_late_{part}"))
        yield f"earlier_late_elapsed_{part}", _yes(getattr(request, f"earlier_late_elapsed_{part}"))
        yield from _telling(row, part)
    for name in COLUMNS:
        if name.endswith("_at") and name not in ("withdrawn_at", "counted_at") and not name.endswith("_sent_at"):
            yield name, iso(getattr(request, name))


def _telling(row: RequestRow, part: Part) -> Iterator[tuple[str, Cell]]:
    told = row.tellings.get(part)
    prefix = "acknowledgement" if part is Part.ACKNOWLEDGE else "answer"
    yield f"{prefix}_sent_at", iso(told.sent_at) if told else None
    yield f"{prefix}_method", told.method.value if told else None
    yield f"{prefix}_cost", told.cost if told else None


def _yes(value: bool) -> str:
    return "yes" if value else "no"
