"""Applying rows of a letter register to the database, a chunk at a time, inside the caller's transaction.

``models.letter_rows`` reads the cells and ``models.letter_changes`` decides what a row changes; here the letters of a
chunk are fetched with three queries, changed in memory and written back in bulk, so that memory and the number of
statements depend on the size of a chunk and not of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Table, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from models.documents import Document, subject_key_of
from models.errors import Invalid
from models.letter_changes import Letter, change, new_letter, place
from models.letter_rows import LetterRow

ROWS_AT_ONCE = 1000
IMPORTER = "import"
IMPORT_LOCK = 7_012_568
"""Number of the advisory lock that keeps two imports from running at once on PostgreSQL; SQLite has one writer."""

_documents: Table = Document.metadata.tables["documents"]
_events: Table = Document.metadata.tables["document_events"]
_receipts: Table = Document.metadata.tables["document_receipts"]
_LETTER_COLUMNS = [_documents.c[name] for name in Letter.__slots__ if name in _documents.c]
"""The first attributes of ``Letter``, in its order."""
_STORED = tuple(column.name for column in _LETTER_COLUMNS[1:])
_CHANGEABLE = tuple(
    name for name in _STORED if name not in ("number", "number_raw", "number_key", "number_without_agency_key")
)


@dataclass(frozen=True)
class Rejection:
    """A row that was not taken: its number as a spreadsheet shows it, and one Thai sentence why."""

    row: int
    reason: str


@dataclass(frozen=True)
class ImportReport:
    """How many rows made a new letter, changed a known one, or told nothing new; and those that were not taken."""

    added: int
    updated: int
    unchanged: int
    rejected: list[Rejection]

    def as_json(self) -> dict[str, Any]:
        """Give ``{"added":n,"updated":n,"unchanged":n,"rejected":[{"row":n,"reason":…}]}``."""
        rejected = [{"row": rejection.row, "reason": rejection.reason} for rejection in self.rejected]
        return {"added": self.added, "updated": self.updated, "unchanged": self.unchanged, "rejected": rejected}


@dataclass
class LetterImport:
    """One file going in. Give it rows with ``apply``, chunk by chunk; the counts add up as it goes."""

    session: Session
    now: datetime
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    _seen: bytearray = field(default_factory=bytearray)
    """One byte for each letter id: whether the file told of it already."""

    def apply(self, rows: Sequence[tuple[int, LetterRow]]) -> list[tuple[int, Invalid]]:
        """Apply rows in their order and write the outcome; give back the numbers of those refused, and why."""
        letters = _load(self.session, {row.number.key for _, row in rows})
        for letter in _each(letters):
            letter.is_seen_in_file = self._was_seen(letter)
        refused = []
        for number, row in rows:
            try:
                self._apply_one(row, letters[row.number.key])
            except Invalid as reason:
                refused.append((number, reason))
        self._write(list(_each(letters)))
        return refused

    def _apply_one(self, row: LetterRow, letters: list[Letter]) -> None:
        letter = place(row, letters)
        if letter is None:
            letters.append(new_letter(row, self.now))
            self.added += 1
        elif change(letter, row, self.now):
            self.updated += 1
        else:
            self.unchanged += 1

    def _write(self, letters: list[Letter]) -> None:
        known = [letter for letter in letters if letter.id is not None and letter.is_changed]
        _update(self.session, known)
        _insert(self.session, [letter for letter in letters if letter.id is None], self.now)
        _insert_events(self.session, letters, self.now)
        _insert_receipts(self.session, letters)
        for letter in letters:
            self._remember(letter)

    def _was_seen(self, letter: Letter) -> bool:
        return letter.id is not None and letter.id < len(self._seen) and bool(self._seen[letter.id])

    def _remember(self, letter: Letter) -> None:
        if letter.id is None or not letter.is_seen_in_file:
            return
        if letter.id >= len(self._seen):
            self._seen.extend(bytes(letter.id + ROWS_AT_ONCE - len(self._seen)))
        self._seen[letter.id] = 1


def start_letter_import(session: Session, now: datetime) -> LetterImport:
    """Begin an import in an open transaction; it alone may import until that ends.

    Raises:
        Invalid: ``import_is_running``: another import has not ended yet.
    """
    if session.get_bind().dialect.name == "postgresql":
        is_first = session.scalar(select(func.pg_try_advisory_xact_lock(IMPORT_LOCK)))
        if not is_first:
            raise Invalid("import_is_running")
    return LetterImport(session, now)


def _each(letters: dict[str, list[Letter]]) -> Iterator[Letter]:
    return (letter for same_number in letters.values() for letter in same_number)


def _load(session: Session, number_keys: set[str]) -> dict[str, list[Letter]]:
    """Fetch the letters of some numbers, locked against being moved meanwhile, with their history and receptions."""
    wanted = select(*_LETTER_COLUMNS).where(_among(session, _documents.c.number_key, number_keys))
    locked = wanted.order_by(_documents.c.id).with_for_update(key_share=True)  # others may go on referring to them
    letters = {row[0]: Letter(*row) for row in session.execute(locked)}
    if letters:
        _load_history(session, letters)
    by_number: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters.values():
        by_number[letter.number_key].append(letter)
    return by_number


def _load_history(session: Session, letters: dict[int, Letter]) -> None:
    event, receipt = _events.c, _receipts.c
    steps = select(event.document_id, event.to_stage, event.at, event.note).where(
        _among(session, event.document_id, letters)
    )
    for document_id, stage, at, note in session.execute(steps.order_by(event.id)):
        letters[document_id].steps.append((stage, at))
        if note:
            letters[document_id].notes.add(note)
    receipts = select(receipt.document_id, receipt.receive_number, receipt.receive_year)
    for document_id, number, year in session.execute(receipts.where(_among(session, receipt.document_id, letters))):
        letters[document_id].receipts.add((number, year))


def _among(session: Session, column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """The column has one of many values; one array is read quicker by PostgreSQL than a thousand parameters."""
    if session.get_bind().dialect.name == "postgresql":
        return column == func.any(literal(list(values), ARRAY(column.type)))
    return column.in_(values)


def _insert(session: Session, letters: list[Letter], now: datetime) -> None:
    if not letters:
        return
    for letter, document_id in zip(letters, _new_ids(session, len(letters)), strict=True):
        letter.id = document_id
    rows = [{"id": letter.id, "created_at": now, **_values(letter, _STORED)} for letter in letters]
    _insert_many(session, _documents, rows)


def _new_ids(session: Session, count: int) -> Sequence[int]:
    """Take ids for new letters beforehand: a bulk insert that gives ids back goes row by row on SQLite."""
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence("documents", "id")
        return session.scalars(select(func.nextval(sequence)).select_from(func.generate_series(1, count))).all()
    first = (session.scalar(select(func.max(_documents.c.id))) or 0) + 1
    return range(first, first + count)


def _update(session: Session, letters: list[Letter]) -> None:
    if not letters:
        return
    by_id = update(_documents).where(_documents.c.id == bindparam("letter_id"))
    names = (*_CHANGEABLE, "subject_key")
    session.connection().execute(
        by_id.values({name: bindparam(name) for name in names}),
        [{"letter_id": letter.id, **_values(letter, _CHANGEABLE)} for letter in letters],
    )
    secret = [letter.id for letter in letters if letter.is_secret]
    if secret:
        session.execute(delete(_receipts).where(_receipts.c.document_id.in_(secret)))


def _values(letter: Letter, names: Iterable[str]) -> dict[str, Any]:
    subject_key = subject_key_of(letter.subject) if letter.subject else None
    return {name: getattr(letter, name) for name in names} | {"subject_key": subject_key}


def _insert_events(session: Session, letters: list[Letter], now: datetime) -> None:
    rows = [
        {
            "document_id": letter.id,
            "at": event.at,
            "recorded_at": now,
            "from_stage": event.from_stage,
            "to_stage": event.to_stage,
            "note": event.note,
            "recorded_by": IMPORTER,
        }
        for letter in letters
        for event in letter.new_events
    ]
    _insert_many(session, _events, rows)


def _insert_receipts(session: Session, letters: list[Letter]) -> None:
    rows = [
        {"document_id": letter.id, "receive_number": number, "receive_year": year, "received_at": received_at}
        for letter in letters
        for number, year, received_at in letter.new_receipts
    ]
    _insert_many(session, _receipts, rows)


def _insert_many(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(insert(table), rows)


def _copy(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Send rows through COPY: psycopg's ``executemany`` sends a message for each row and takes twice as long."""
    target = f"COPY {table.name} ({', '.join(rows[0])}) FROM STDIN"
    with connection.connection.cursor() as cursor, cursor.copy(target) as copy:  # type: ignore[attr-defined] # psycopg's
        for row in rows:
            copy.write_row([value.value if isinstance(value, StrEnum) else value for value in row.values()])
