"""Rows of a letter register, cell by cell: from what an office typed to values, or a reason why not.

Pure: a row is a mapping from our column names to cells as a CSV or a spreadsheet gives them. An empty cell, or a dash,
tells nothing and is never read as an order to erase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Protocol, TypeAlias, TypeVar

from models.columns import Columns
from models.document_numbers import MAX_NUMBER_LENGTH, DocumentNumber, parse_document_number, parse_receive_number
from models.documents import BANGKOK, Secrecy, Stage, Urgency
from models.errors import Invalid
from models.units import UnitDirectory
from models.written_dates import instant_of, parse_written_moment, read_real_date

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Cells: TypeAlias = Mapping[str, Cell]
Word = TypeVar("Word")

REQUIRED_COLUMNS = ("number", "subject", "from_unit")
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "number": ("เลขที่หนังสือ", "หนังสือเลขที่"),
    "date": ("ลงวันที่", "วันที่หนังสือ", "วันที่ลงหนังสือ"),
    "subject": ("เรื่อง", "ชื่อเรื่อง"),
    "from_unit": ("จาก", "หน่วยงานเจ้าของเรื่อง"),
    "addressee": ("เรียน",),
    "urgency": ("ชั้นความเร็ว", "ความเร่งด่วน"),
    "secrecy": ("ชั้นความลับ",),
    "receive_number": ("เลขรับ", "เลขที่รับ", "เลขทะเบียนรับ"),
    "received_at": ("วันที่รับ", "วันเวลาที่รับ", "วันที่ลงรับ"),
    "stage": ("สถานะ",),
    "note": ("หมายเหตุ",),
}
"""Our name of each column and the headers it may have beside it; the first is the one we call it by to people."""

MAX_SUGGESTED_NAMES = 100
LONGEST = {"subject": 2000, "addressee": 500, "note": 2000}

STAGE_WORDS: dict[str, Stage] = {
    "รับเรื่อง": Stage.RECEIVED,
    "รับเรื่องแล้ว": Stage.RECEIVED,
    "รับแล้ว": Stage.RECEIVED,
    "ลงรับ": Stage.RECEIVED,
    "ลงรับแล้ว": Stage.RECEIVED,
    "กลั่นกรอง/ตรวจสอบ": Stage.SCREENING,
    "กลั่นกรอง": Stage.SCREENING,
    "ตรวจสอบ": Stage.SCREENING,
    "อยู่ระหว่างกลั่นกรอง": Stage.SCREENING,
    "อยู่ระหว่างตรวจสอบ": Stage.SCREENING,
    "เสนอผู้บริหารพิจารณา": Stage.PROPOSED,
    "เสนอผู้บริหาร": Stage.PROPOSED,
    "เสนอ": Stage.PROPOSED,
    "เสนอแล้ว": Stage.PROPOSED,
    "ลงนาม/สั่งการแล้ว": Stage.SIGNED,
    "ลงนาม": Stage.SIGNED,
    "ลงนามแล้ว": Stage.SIGNED,
    "สั่งการ": Stage.SIGNED,
    "สั่งการแล้ว": Stage.SIGNED,
    "ส่งคืนหน่วยงาน": Stage.DISPATCHED,
    "ส่งคืนหน่วยงานแล้ว": Stage.DISPATCHED,
    "ส่งคืนแก้ไข": Stage.RETURNED,
    **{stage.value: stage for stage in Stage},
}
"""ส่งคืน alone may mean two stages and is not read."""
URGENCY_WORDS: dict[str, Urgency] = {
    "ปกติ": Urgency.NORMAL,
    "ธรรมดา": Urgency.NORMAL,
    "ด่วน": Urgency.URGENT,
    "ด่วนมาก": Urgency.VERY_URGENT,
    "ด่วนที่สุด": Urgency.MOST_URGENT,
    **{urgency.value: urgency for urgency in Urgency},
}
SECRECY_WORDS: dict[str, Secrecy] = {
    "ปกติ": Secrecy.NORMAL,
    "ธรรมดา": Secrecy.NORMAL,
    "ไม่ลับ": Secrecy.NORMAL,
    "ลับ": Secrecy.CONFIDENTIAL,
    "ลับมาก": Secrecy.SECRET,
    "ลับที่สุด": Secrecy.TOP_SECRET,
    **{secrecy.value: secrecy for secrecy in Secrecy},
}


@dataclass(frozen=True, slots=True)
class LetterRow:
    """What one row of a register tells; None where it tells nothing.

    A row of a letter above ordinary secrecy carries its number, date, secrecy, stage and time alone.
    """

    number_raw: str
    number: DocumentNumber
    document_date: date | None = None
    subject: str | None = None
    from_unit_id: int | None = None
    addressee: str | None = None
    addressee_unit_id: int | None = None
    urgency: Urgency | None = None
    due_at: datetime | None = None
    secrecy: Secrecy | None = None
    receive_number: str | None = None
    receive_year: int | None = None
    received_at: datetime | None = None
    stage: Stage | None = None
    note: str | None = None

    @property
    def is_secret(self) -> bool:
        """The row says that its letter is above ordinary secrecy."""
        return self.secrecy not in (None, Secrecy.NORMAL)


class FindsUnits(Protocol):
    """What a row needs of a ``UnitDirectory``."""

    def resolve(self, text: str, /) -> int | None:
        """Find a unit's id by any of its names."""

    def suggest(self, text: str, /) -> list[str]:
        """List official names close to a text, best first."""


class RememberedUnits:
    """A directory for a file, which asks for the same few names over and over.

    Looking for likenesses is slow, so that only the first hundred unknown names of a file get suggestions.
    """

    def __init__(self, directory: UnitDirectory) -> None:
        self._directory = directory
        self._suggested: dict[str, list[str]] = {}
        self.resolve = lru_cache(maxsize=4096)(directory.resolve)

    def suggest(self, text: str) -> list[str]:
        """List official names close to a text, best first."""
        if text not in self._suggested and len(self._suggested) < MAX_SUGGESTED_NAMES:
            self._suggested[text] = self._directory.suggest(text)
        return self._suggested.get(text, [])


def columns_of(header: Sequence[Cell]) -> dict[str, int]:
    """Find where our columns stand in a header; columns that we do not know are passed over.

    Raises:
        Invalid: ``file_header_repeated`` (column) or ``file_columns_missing`` (columns), in the words of the office.
    """
    return _COLUMNS.positions([text_of(cell) for cell in header])


def known_columns(header: Sequence[Cell]) -> set[str]:
    """Tell which of our columns a line could be the header of; empty for a line that is none."""
    return _COLUMNS.known([text_of(cell) for cell in header])


def read_letter_row(cells: Cells, units: FindsUnits, now: datetime) -> LetterRow:
    """Read one row.

    Args:
        cells: cell by our column name; a missing column is an empty cell.
        units: to find units by whatever name the office wrote.
        now: dates more than a day after it are refused as slips.

    Raises:
        Invalid: the first thing that is wrong with the row. ``number_missing``, ``number_turned_into_date``,
            ``number_unreadable`` (text), ``subject_missing``, ``unit_missing``, ``unit_unknown`` (text, suggestions),
            ``word_unknown`` (column, text, allowed), ``date_unreadable`` (column, text), ``date_in_future`` (column,
            text), ``receive_number_unreadable`` (text), ``text_too_long`` (column, limit).
    """
    number_raw, number = _number(cells.get("number"))
    secrecy = _word(cells, "secrecy", SECRECY_WORDS)
    received_at = _moment(cells, "received_at", now)
    is_secret = secrecy not in (None, Secrecy.NORMAL)
    return LetterRow(
        number_raw,
        number,
        document_date=_date(cells, "date", now),
        secrecy=secrecy,
        received_at=received_at,
        stage=_word(cells, "stage", STAGE_WORDS),
        **({} if is_secret else _content(cells, units, now, received_at)),
    )


def text_of(cell: Cell) -> str | None:
    """A cell as one line of text: no control or invisible characters, whole numbers without ``.0``; None when empty."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell)
    if _UNTIDY.search(text):
        text = " ".join(_INVISIBLE.sub("", text).split())
    return None if text in _DASHES else unicodedata.normalize("NFC", text)


_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_UNTIDY = re.compile(rf"{_INVISIBLE.pattern}|[^\S ]|  |^ | $")
_DASHES = frozenset({"", "-", "–", "—"})
_COLUMNS = Columns(COLUMN_NAMES, REQUIRED_COLUMNS)


def _content(cells: Cells, units: FindsUnits, now: datetime, received_at: datetime | None) -> dict[str, Any]:
    receive_number, receive_year = _receive_number(cells.get("receive_number"))
    if receive_number and receive_year is None and received_at:
        receive_year = received_at.astimezone(BANGKOK).year
    urgency, due_at = _urgency(cells, now)
    addressee = _text(cells, "addressee")
    return {
        "subject": _subject(cells),
        "from_unit_id": _unit(cells, units),
        "addressee": addressee,
        "addressee_unit_id": _addressee_unit(addressee, units) if addressee else None,
        "urgency": urgency,
        "due_at": due_at,
        "receive_number": receive_number,
        "receive_year": receive_year,
        "note": _text(cells, "note"),
    }


def _number(cell: Cell) -> tuple[str, DocumentNumber]:
    if isinstance(cell, date | time | timedelta):
        raise Invalid("number_turned_into_date")
    text = text_of(cell)
    if text is None:
        raise Invalid("number_missing")
    number = parse_document_number(text)
    if number is None or len(text) > MAX_NUMBER_LENGTH:
        raise Invalid("number_unreadable", text=text)
    return text, number


def _receive_number(cell: Cell) -> tuple[str | None, int | None]:
    text = text_of(cell)
    if text is None:
        return None, None
    parsed = None if isinstance(cell, date | time | timedelta) else parse_receive_number(text)
    if parsed is None:
        raise Invalid("receive_number_unreadable", text=text)
    return parsed


def _text(cells: Cells, column: str) -> str | None:
    text = text_of(cells.get(column))
    if text is not None and len(text) > LONGEST[column]:
        raise Invalid("text_too_long", column=COLUMN_NAMES[column][0], limit=LONGEST[column])
    return text


def _subject(cells: Cells) -> str:
    subject = _text(cells, "subject")
    if subject is None:
        raise Invalid("subject_missing")
    return subject


def _unit(cells: Cells, units: FindsUnits) -> int:
    text = text_of(cells.get("from_unit"))
    if text is None:
        raise Invalid("unit_missing")
    unit_id = units.resolve(text)
    if unit_id is None:
        raise Invalid("unit_unknown", text=text, suggestions=units.suggest(text))
    return unit_id


def _addressee_unit(addressee: str, units: FindsUnits) -> int | None:
    """A letter to the head of a unit is a letter to the unit."""
    unit_id = units.resolve(addressee)
    if unit_id is None and addressee.startswith("ผู้อำนวยการ"):
        unit_id = units.resolve(addressee.removeprefix("ผู้อำนวยการ"))
    return unit_id


def _word(cells: Cells, column: str, words: Mapping[str, Word]) -> Word | None:
    text = text_of(cells.get(column))
    if text is None:
        return None
    word = words.get(text) or words.get(text.replace(" ", "").casefold())
    if word is None:
        allowed = [known for known, meant in words.items() if known == _first_word_for(meant, words)]
        raise Invalid("word_unknown", column=COLUMN_NAMES[column][0], text=text, allowed=allowed)
    return word


def _first_word_for(meant: Word, words: Mapping[str, Word]) -> str:
    return next(known for known, value in words.items() if value == meant)


_DUE = re.compile(r"(?P<urgency>ด่วนที่สุด|ด่วนมาก|ด่วน)?[\s,(]*(?:ด่วน)?\s*ภายใน(?:วันที่)?\s*(?P<due>[^)]+)\)?")


def _urgency(cells: Cells, now: datetime) -> tuple[Urgency | None, datetime | None]:
    """Read an urgency, or ด่วนภายใน with the date and hour by which the letter must arrive."""
    due = _DUE.fullmatch(text_of(cells.get("urgency")) or "")
    if due is None:
        return _word(cells, "urgency", URGENCY_WORDS), None
    moment = parse_written_moment(due["due"], now)
    if moment is None:
        raise Invalid("date_unreadable", column=COLUMN_NAMES["urgency"][0], text=due["due"])
    return URGENCY_WORDS[due["urgency"] or "ด่วน"], instant_of(moment, end_of_day=True)


def _date(cells: Cells, column: str, now: datetime) -> date | None:
    moment = _moment_or_date(cells, column, now)
    return moment.date() if isinstance(moment, datetime) else moment


def _moment(cells: Cells, column: str, now: datetime) -> datetime | None:
    moment = _moment_or_date(cells, column, now)
    return None if moment is None else instant_of(moment)


def _moment_or_date(cells: Cells, column: str, now: datetime) -> datetime | date | None:
    cell = cells.get(column)
    text = text_of(cell)
    if text is None:
        return None
    moment = read_real_date(cell) if isinstance(cell, date) else parse_written_moment(text, now)
    if moment is None:
        raise Invalid("date_unreadable", column=COLUMN_NAMES[column][0], text=text)
    if instant_of(moment) > now + timedelta(days=1):
        raise Invalid("date_in_future", column=COLUMN_NAMES[column][0], text=text)
    return moment
