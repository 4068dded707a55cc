"""Payment vouchers from a file of the finance system, and the figures of PAY-7-DAYS that come of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.tables import NumberedCells, RejectedFile, open_table
from messages.imports import import_sentence
from models.columns import Columns, reading
from models.documents import BANGKOK
from models.errors import Invalid
from models.imports import Rejection
from models.indicator_reports import ReportSource
from models.letter_rows import Cell, text_of
from models.machine_figures import record_machine_figures
from models.session import Database
from models.vouchers import VoucherRow, add_vouchers
from models.working_time import ServiceCalendar
from models.written_dates import parse_written_moment, read_real_date

COLUMNS = Columns(
    {
        "voucher_number": ("เลขที่ใบขอเบิก", "เลขที่ฎีกา", "เลขที่ใบสำคัญ", "เลขที่", "number"),
        "received_date": ("วันที่รับ", "วันที่ได้รับใบขอเบิก", "วันที่รับใบขอเบิก", "received"),
        "paid_date": ("วันที่จ่าย", "วันที่จ่ายเงิน", "วันที่โอน", "paid"),
    },
    required=("voucher_number", "received_date", "paid_date"),
)
LONGEST_NUMBER = 64


@dataclass(frozen=True)
class VoucherReport:
    """What a file of vouchers did: rows by kind, those not taken, and how many monthly figures changed."""

    added: int
    updated: int
    unchanged: int
    rejected: list[Rejection]
    figures: int

    def as_json(self) -> dict[str, Any]:
        """Give the counts, ``rejected`` as ``[{"row":n,"reason":…}]``, and ``figures``, months reported anew."""
        rejected = [{"row": rejection.row, "reason": rejection.reason} for rejection in self.rejected]
        counts = {"added": self.added, "updated": self.updated, "unchanged": self.unchanged}
        return counts | {"rejected": rejected, "figures": self.figures}


def import_vouchers(
    database: Database, path: Path, unit_id: int, calendar: ServiceCalendar, now: datetime
) -> VoucherReport:
    """Import a unit's vouchers from CSV (UTF-8) or a spreadsheet: ``voucher_number``, ``received_date``, ``paid_date``.

    Good rows go in, in one transaction, together with the figures that they change; the others are written beside the
    file as ``<name>.rejected.csv``. Importing the same file twice changes nothing.

    Args:
        database: opened here for the one transaction.
        path: the file.
        unit_id: the office that pays the vouchers.
        calendar: tells working days.
        now: a day after it is refused as a slip.

    Raises:
        Invalid: the file cannot be taken at all; the ``file_…`` reasons of ``bot.importing.import_documents``.
    """
    today = now.astimezone(BANGKOK).date()
    with (
        open_table(path, reading(COLUMNS, text_of)) as table,
        RejectedFile(path, table.header) as rejected,
    ):
        positions = COLUMNS.positions([text_of(cell) for cell in table.header])
        rows, refused = _read_rows(table.rows, positions, today, now)
        with database.transaction() as session:
            counts = add_vouchers(session, unit_id, list(rows.values()), now)
            figures = record_machine_figures(session, calendar, now=now, today=today, source=ReportSource.VOUCHERS)
            rejections = [Rejection(number, import_sentence(reason)) for number, _, reason in refused]
            for (_, cells, _), rejection in zip(refused, rejections, strict=True):
                rejected.add(cells, rejection.reason)
            rejected.close()
        rejected.publish()
    return VoucherReport(*counts, rejections, figures)


def _read_rows(
    numbered: Iterable[NumberedCells], positions: Mapping[str, int], today: date, now: datetime
) -> tuple[dict[str, VoucherRow], list[tuple[int, list[Cell], Invalid]]]:
    rows: dict[str, VoucherRow] = {}
    refused: list[tuple[int, list[Cell], Invalid]] = []
    for number, cells in numbered:
        told = {column: cells[at] for column, at in positions.items() if at < len(cells)}
        try:
            row = _read_row(told, today, now)
            if rows.setdefault(row.number, row) != row:
                raise Invalid("voucher_told_twice", number=row.number)
        except Invalid as reason:
            refused.append((number, cells, reason))
    return rows, refused


def _read_row(told: Mapping[str, Cell], today: date, now: datetime) -> VoucherRow:
    number = text_of(told.get("voucher_number"))
    if number is None:
        raise Invalid("voucher_number_missing")
    if len(number) > LONGEST_NUMBER:
        raise Invalid("text_too_long", column=COLUMNS.called("voucher_number"), limit=LONGEST_NUMBER)
    received_on, paid_on = _day(told, "received_date", today, now), _day(told, "paid_date", today, now)
    if received_on is None:
        raise Invalid("voucher_received_missing")
    if paid_on is not None and paid_on < received_on:
        raise Invalid("voucher_paid_before_received")
    return VoucherRow(number, received_on, paid_on)


def _day(told: Mapping[str, Cell], column: str, today: date, now: datetime) -> date | None:
    cell = told.get(column)
    text = text_of(cell)
    if text is None:
        return None
    moment = read_real_date(cell) if isinstance(cell, date) else parse_written_moment(text, now)
    if moment is None:
        raise Invalid("date_unreadable", column=COLUMNS.called(column), text=text)
    day = moment.astimezone(BANGKOK).date() if isinstance(moment, datetime) else moment
    if day > today:
        raise Invalid("date_in_future", column=COLUMNS.called(column), text=text)
    return day
