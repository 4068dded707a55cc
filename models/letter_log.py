"""The register's letters as rows of a file: those of ordinary secrecy alone, each with what happened to it last."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.documents import Document, DocumentEvent, DocumentReceipt, LetterLine
from models.periods import BUDDHIST_ERA
from models.visibility import OPERATOR, as_lines, select_lines

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class LetterRow:
    """A letter with its receptions and its last event.

    Attributes:
        letter: as lists show it.
        receive_numbers: with their Buddhist years where these are known, in the order of reception.
        received_at: the first reception whose hour is known.
        last_at: when the last event happened.
        last_note: what was noted with it.
    """

    letter: LetterLine
    receive_numbers: tuple[str, ...]
    received_at: datetime | None
    last_at: datetime | None
    last_note: str | None


def stream_letters(session: Session, first: date | None, last: date | None) -> Iterator[LetterRow]:
    """Letters of ordinary secrecy, the oldest first, a few hundred in memory at a time.

    Args:
        session: reading, of one snapshot.
        first: of the days that lists are sorted by: the letter's own, else that of its reception; no bound without.
        last: likewise, included.
    """
    query = select_lines(OPERATOR).where(*_dated(first, last)).order_by(Document.dated_on, Document.id)
    found = session.connection().execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    for rows in found.partitions():
        letters = as_lines(rows)
        ids = [letter.id for letter in letters]
        receipts, events = _receipts(session, ids), _last_events(session, ids)
        for letter in letters:
            own = receipts.get(letter.id, [])
            received = [one.received_at for one in own if one.received_at]
            last_at, note = events.get(letter.id, (None, None))
            yield LetterRow(letter, tuple(map(str, own)), min(received, default=None), last_at, note)


class _Receipt(NamedTuple):
    number: str
    year: int | None
    received_at: datetime | None

    def __str__(self) -> str:
        return f"{self.number}/{self.year + BUDDHIST_ERA}" if self.year else self.number


def _dated(first: date | None, last: date | None) -> Iterator[ColumnElement[bool]]:
    if first is not None:
        yield Document.dated_on >= first
    if last is not None:
        yield Document.dated_on <= last


def _receipts(session: Session, ids: Collection[int]) -> dict[int, list[_Receipt]]:
    columns = (DocumentReceipt.receive_number, DocumentReceipt.receive_year, DocumentReceipt.received_at)
    query = select(DocumentReceipt.document_id, *columns).where(DocumentReceipt.document_id.in_(ids))
    found: dict[int, list[_Receipt]] = {}
    for letter, number, year, received_at in session.execute(query.order_by(DocumentReceipt.id)):
        found.setdefault(letter, []).append(_Receipt(number, year, received_at))
    return found


def _last_events(session: Session, ids: Collection[int]) -> dict[int, tuple[datetime, str | None]]:
    newest = select(func.max(DocumentEvent.id)).where(DocumentEvent.document_id.in_(ids))
    query = select(DocumentEvent.document_id, DocumentEvent.at, DocumentEvent.note)
    found = session.execute(query.where(DocumentEvent.id.in_(newest.group_by(DocumentEvent.document_id))))
    return {letter: (at, note) for letter, at, note in found}
