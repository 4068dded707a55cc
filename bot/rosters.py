"""The duty roster from a file: who of the secretariat is there on which day, from when until when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bot.tables import open_table
from messages.imports import import_sentence
from models import duty_shifts
from models.columns import Columns, reading
from models.documents import BANGKOK
from models.duty_shifts import Colleague, RosterRow
from models.errors import Invalid
from models.imports import Rejection
from models.letter_rows import Cell, text_of
from models.session import Database
from models.written_dates import parse_written_moment, read_real_date

COLUMNS = Columns(
    {
        "date": ("วันที่", "วัน", "day"),
        "from": ("ตั้งแต่", "เริ่ม", "เวลาเริ่ม", "เวลาเข้า", "จาก", "starts"),
        "until": ("ถึง", "สิ้นสุด", "เวลาสิ้นสุด", "เวลาออก", "จนถึง", "to", "ends"),
        "line_user_id": ("รหัส LINE", "รหัสผู้ใช้ LINE", "LINE", "LINE ID", "user id"),
        "name": ("ชื่อ", "ชื่อ-สกุล", "ชื่อเจ้าหน้าที่", "เจ้าหน้าที่", "ผู้อยู่เวร"),
    },
    required=("date", "from", "until"),
)

_ONE_DAY = timedelta(days=1)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?::\d{2})?\s*(?:น\.?|นาฬิกา)?")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True)
class RosterReport:
    """What a roster file did: shifts that came in, that went because the file no longer tells them, that were there."""

    added: int
    removed: int
    unchanged: int
    rejected: list[Rejection]

    def as_json(self) -> dict[str, Any]:
        """Give ``{"added":n,"removed":n,"unchanged":n,"rejected":[{"row":n,"reason":…}]}``."""
        rejected = [{"row": rejection.row, "reason": rejection.reason} for rejection in self.rejected]
        return {"added": self.added, "removed": self.removed, "unchanged": self.unchanged, "rejected": rejected}


def load_roster(database: Database, path: Path, now: datetime) -> RosterReport:
    """Take a roster from a CSV (UTF-8) or a spreadsheet: ``date``, ``from``, ``until``, ``line_user_id`` or ``name``.

    Good rows go in, in one transaction: of the days they name they replace what an earlier roster tells of shifts that
    have not begun. A day of which no row is good stays as it was. Loading the same file again changes nothing.

    Args:
        database: opened here for the one transaction.
        path: the file.
        now: shifts that are over by now are refused as slips, unless they are those of an earlier load.

    Returns:
        counts of shifts, and the rows not taken in the order of the file.

    Raises:
        Invalid: the file cannot be taken at all; the ``file_…`` reasons of ``bot.importing.import_documents``.
    """
    with open_table(path, reading(COLUMNS, text_of)) as table, database.transaction() as session:
        reader = _RowReader(_positions(table.header), _People.of(duty_shifts.list_answering(session)), now)
        rows: dict[int, RosterRow] = {}
        rejected: list[Rejection] = []
        for number, cells in table.rows:
            try:
                rows[number] = reader.read(cells)
            except Invalid as reason:
                rejected.append(Rejection(number, import_sentence(reason)))
        for number in _slips(session, rows, now):
            day = rows.pop(number).starts_at.astimezone(BANGKOK).date()
            rejected.append(Rejection(number, import_sentence(Invalid("roster_shift_over", day=day.isoformat()))))
        added, removed, unchanged = duty_shifts.replace_roster(session, list(rows.values()), now)
    rejected.sort(key=attrgetter("row"))
    return RosterReport(added, removed, unchanged, rejected)


def _slips(session: Session, rows: Mapping[int, RosterRow], now: datetime) -> list[int]:
    """Rows of shifts that are over and were never on a roster."""
    over = {number: row for number, row in rows.items() if row.ends_at <= now}
    if not over:
        return []
    known = duty_shifts.list_shifts(session, min(row.starts_at for row in over.values()), now)
    told = {(shift.member_id, shift.starts_at) for shift in known}
    return [number for number, row in over.items() if (row.member_id, row.starts_at) not in told]


@dataclass(frozen=True)
class _People:
    """Those who may be on duty, by LINE user id and by name without spaces."""

    by_line_id: Mapping[str, Colleague]
    by_name: Mapping[str, Sequence[Colleague]]

    @classmethod
    def of(cls, colleagues: Sequence[Colleague]) -> _People:
        by_name: dict[str, list[Colleague]] = defaultdict(list)
        for colleague in colleagues:
            by_name[_folded(colleague.name)].append(colleague)
        return cls({colleague.line_user_id: colleague for colleague in colleagues}, by_name)

    def find(self, line_user_id: str | None, name: str | None) -> Colleague:
        if line_user_id:
            found = [self.by_line_id[line_user_id]] if line_user_id in self.by_line_id else []
        elif name:
            found = list(self.by_name.get(_folded(name), ()))
        else:
            raise Invalid("roster_person_missing")
        if not found:
            raise Invalid("roster_person_unknown", text=line_user_id or name)
        if len(found) > 1:
            raise Invalid("roster_name_ambiguous", text=name)
        return found[0]


@dataclass(frozen=True)
class _RowReader:
    """Reads the rows of one file."""

    columns: Mapping[str, int]
    people: _People
    now: datetime

    def read(self, cells: Sequence[Cell]) -> RosterRow:
        told = {column: cells[at] for column, at in self.columns.items() if at < len(cells)}
        day = self._day(told.get("date"))
        begins, ends = _hour(told.get("from"), "from"), _hour(told.get("until"), "until")
        ends = ends or _ONE_DAY  # 00.00 is the end of the day
        if begins >= ends:
            raise Invalid("roster_hours_backwards", begins=_as_clock(begins), ends=_as_clock(ends))
        midnight = datetime.combine(day, time(), BANGKOK)
        person = self.people.find(text_of(told.get("line_user_id")), text_of(told.get("name")))
        return RosterRow(person.member_id, midnight + begins, midnight + ends)

    def _day(self, cell: Cell) -> date:
        text = text_of(cell) or ""
        moment = read_real_date(cell) if isinstance(cell, date) else parse_written_moment(text, self.now)
        if moment is None:
            raise Invalid("roster_date_unreadable", text=text)
        return moment.astimezone(BANGKOK).date() if isinstance(moment, datetime) else moment


def _hour(cell: Cell, column: str) -> timedelta:
    """An hour of the day as the time since midnight; 24.00 is a whole day."""
    if isinstance(cell, timedelta):
        return cell
    if isinstance(cell, datetime | time):
        return timedelta(hours=cell.hour, minutes=cell.minute)
    text = (text_of(cell) or "").translate(_THAI_DIGITS)
    match = _CLOCK.fullmatch(text)
    since = timedelta(hours=int(match["hour"]), minutes=int(match["minute"] or 0)) if match else None
    if match is None or since is None or since > _ONE_DAY or int(match["minute"] or 0) > 59:
        raise Invalid("roster_hour_unreadable", column=COLUMNS.called(column), text=text)
    return since


def _as_clock(since: timedelta) -> str:
    hours, rest = divmod(int(since.total_seconds()), 3600)
    return f"{hours:02}.{rest // 60:02}"


def _positions(header: Sequence[Cell]) -> dict[str, int]:
    positions = COLUMNS.positions([text_of(cell) for cell in header])
    if "name" not in positions:
        COLUMNS.require(positions, ["line_user_id"])
    return positions


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()
