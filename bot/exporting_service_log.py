"""The service log as a file: every request of a period with how it was counted."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from bot.export_files import CSV, kind_of, written_whole
from messages.files.service_log import COLUMNS, SHEET, SHEET_THAI
from messages.files.tables import MOST_XLSX_ROWS, Heading, write_csv_lines, write_xlsx
from models.counting import calendar_loader
from models.errors import Invalid
from models.request_log import Wanted, count_requests
from models.service_log import ServiceLog
from models.session import Database


def export_service_log(
    database: Database, path: Path, first: date, last: date, *, now: datetime, thai: bool = False
) -> int:
    """Write every request that was asked in a period, oldest first, with how it was counted; gives how many.

    Raises:
        Invalid: ``export_kind_unknown`` (name), ``export_folder_missing`` (folder), ``export_too_long`` (most): more
            rows than a sheet holds, or ``export_not_written`` (path, reason).
    """
    kind = kind_of(path)
    heading = Heading(SHEET_THAI, list(COLUMNS.values())) if thai else Heading(SHEET, list(COLUMNS))
    with written_whole(path) as unfinished, database.reading(snapshot=True) as session:
        log = ServiceLog(first, last, list(COLUMNS), now=now, calendars=calendar_loader(session))
        if kind == CSV:
            return write_csv_lines(unfinished, heading, log.stream_lines(session))
        if count_requests(session, Wanted(first, last), now) > MOST_XLSX_ROWS:
            raise Invalid("export_too_long", most=MOST_XLSX_ROWS)
        return write_xlsx(unfinished, heading, log.stream_rows(session))
