"""Figures of an indicator from a file, a row for each unit and month: what a table in the chat does, for operators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bot.report_news import tell_reviewers
from bot.report_tables import as_texts
from bot.tables import NumberedCells, RejectedFile, Table, open_table
from messages.refusals import sentence_of
from models.columns import reading
from models.documents import BANGKOK
from models.errors import Invalid
from models.imports import Rejection
from models.indicator_access import Person, person_of, require_reports
from models.indicator_reports import ReportSource
from models.indicator_terms import Figure
from models.indicators import Indicator, get_indicator
from models.letter_rows import text_of
from models.members import get_member
from models.report_grids import COLUMNS, CheckedGrid, SaidGrid, SaidRow, check_rows, is_grid, read_table
from models.reporting import FIGURES, Line, check_line, hold_indicator, list_unreported, record_reports
from models.session import Database
from models.units import UnitDirectory

MOST_ROWS = 5000
"""Seventy centres have some 850 months in a year; in the chat, where a person reads them back, fewer are taken."""


@dataclass(frozen=True)
class Wanted:
    """What a file's rows are of.

    Attributes:
        line_user_id: who reports.
        code: of the indicator; None where the file says it.
        fiscal_year: Buddhist; None for the current one, else the latest.
        month: first day of the month of rows that name none; None for the latest.
        note: the reporter's words; also the reason for a step that is passed over.
        review_news: the hour of the reviewers' digest; None: they hear of the reports at once.
    """

    line_user_id: str
    code: str | None = None
    fiscal_year: int | None = None
    month: date | None = None
    note: str | None = None
    review_news: time | None = None


@dataclass(frozen=True)
class ImportedReports:
    """How many rows were recorded, how many said what counts already, and those not taken, in the file's order."""

    recorded: int
    unchanged: int
    rejected: list[Rejection]

    def as_json(self) -> dict[str, Any]:
        """Give ``{"recorded":n,"unchanged":n,"rejected":[{"row":n,"reason":…}]}``."""
        rejected = [{"row": rejection.row, "reason": rejection.reason} for rejection in self.rejected]
        return {"recorded": self.recorded, "unchanged": self.unchanged, "rejected": rejected}


def import_reports(database: Database, path: Path, wanted: Wanted, now: datetime) -> ImportedReports:
    """Report on one indicator by the rows of a CSV (UTF-8) or a spreadsheet.

    Good rows are recorded in one transaction; the others are written beside the file as ``<name>.rejected.csv``.
    Importing the same file twice records nothing twice.

    Raises:
        Invalid: the file cannot be taken at all, and nothing was changed: the ``file_…`` reasons of
            ``bot.importing.import_documents``, ``grid_too_long`` (most), ``grid_of_several_indicators``, also where the
            file is of another one than was wanted, ``grid_indicator_missing``.
        NotFound: the member, or the indicator.
        NotAllowed: ``role_not_allowed``.
    """
    with open_table(path, reading(COLUMNS, text_of)) as table, RejectedFile(path, table.header) as rejected:
        rows = list(table.rows)
        grid = _read(table, rows, now)
        with database.transaction() as session:
            checked, counts = _record(session, grid, wanted, now)
            rejections = [Rejection(bad.number, sentence_of(bad.refused)) for bad in checked.rejected]
            cells = dict(rows)
            for rejection in rejections:
                rejected.add(cells[rejection.row], rejection.reason)
            rejected.close()
        rejected.publish()
    return ImportedReports(*counts, rejections)


def _read(table: Table, rows: Sequence[NumberedCells], now: datetime) -> SaidGrid:
    header = [text_of(cell) for cell in table.header]
    COLUMNS.positions(header)  # without a unit nothing else is looked for
    if not is_grid(header):
        raise Invalid("file_columns_missing", columns=["/".join(COLUMNS.called(name) for name in FIGURES)])
    return read_table(header, as_texts(rows), now, MOST_ROWS)


def _record(session: Session, grid: SaidGrid, wanted: Wanted, now: datetime) -> tuple[CheckedGrid, tuple[int, int]]:
    today, member = now.astimezone(BANGKOK).date(), get_member(session, wanted.line_user_id)
    person = person_of(session, member)
    require_reports(person)
    found = get_indicator(session, _code(grid, wanted.code), today, wanted.fiscal_year)
    indicator = hold_indicator(session, found.id)
    checked = _check(session, indicator, person, [_of_month(row, wanted.month) for row in grid.rows], wanted, today)
    new = list_unreported(session, indicator, checked.figures)
    if new:
        ids = record_reports(
            session,
            indicator,
            new,
            member_id=person.member_id,
            source=ReportSource.COMMAND,
            note=wanted.note,
            at=now,
            now=now,
            today=today,
        )
        tell_reviewers(session, indicator, ids, member, wanted.review_news, now)
    return checked, (len(new), len(checked.figures) - len(new))


def _code(grid: SaidGrid, wanted: str | None) -> str:
    code = wanted or grid.indicator
    if not code:
        raise Invalid("grid_indicator_missing")
    if grid.indicator and grid.indicator != code:
        raise Invalid("grid_of_several_indicators")
    return code


def _of_month(row: SaidRow, month: date | None) -> SaidRow:
    return row if month is None else replace(row, said={"month": month.isoformat(), **row.said})


def _check(
    session: Session, indicator: Indicator, person: Person, rows: Sequence[SaidRow], wanted: Wanted, today: date
) -> CheckedGrid:
    directory = UnitDirectory.load(session)

    def check(line: Line) -> Figure:
        return check_line(session, indicator, person, line, reason=wanted.note, today=today)

    return check_rows(rows, directory.resolve, check)
