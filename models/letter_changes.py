"""Which letter a row of a register tells of, and what it changes: the rules of an import, on values alone.

* A row with a date is the letter of that number and date, else an undated one of that number and subject. A row without
  a date is the one letter of that number received in the same calendar year (of any year where the row does not tell);
  where that could be several letters the row is refused.
* Empty cells change nothing. The last file that tells something wins, but two rows of one file may not contradict each
  other: the second is refused.
* A stage that the letter has not reached becomes an event at the row's time, or at the time of the import where the row
  tells none or one that is not newer than the letter's latest event. A stage that the letter passed already is old news
  and changes nothing, so a file can be imported twice, and after people moved the letter on in the chat. A stage that
  would take the letter back, and was never recorded, is refused; ``returned`` is not a way back but a step.
* A note that the letter has not carried yet is appended as an event of its own stage.
* A row that says a letter is secret always wins: subject, sender, addressee and receptions are erased. Only a row that
  says ปกติ under the very date of the letter makes it ordinary again; a row that may mean a secret letter tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from models.documents import BANGKOK, Secrecy, Stage, Urgency, may_move
from models.errors import Invalid
from models.letter_rows import COLUMN_NAMES, LetterRow

ERASED_FROM_SECRET: dict[str, Any] = {
    "subject": None,
    "from_unit_id": None,
    "addressee": None,
    "addressee_unit_id": None,
    "urgency": Urgency.NORMAL,
    "due_at": None,
}
_COLUMN_ATTRIBUTES = (
    ("subject", "subject"),
    ("from_unit", "from_unit_id"),
    ("addressee", "addressee"),
    ("urgency", "urgency"),
)


@dataclass(slots=True)
class NewEvent:
    """A step to append."""

    at: datetime
    from_stage: Stage | None
    to_stage: Stage
    note: str | None


@dataclass(slots=True)
class Letter:
    """What is known of one letter while rows change it; ``id`` is None until it is stored."""

    id: int | None
    number: str
    number_raw: str
    number_key: str
    number_without_agency_key: str
    document_date: date | None
    dated_on: date
    subject: str | None
    from_unit_id: int | None
    addressee: str | None
    addressee_unit_id: int | None
    urgency: Urgency
    secrecy: Secrecy
    due_at: datetime | None
    stage: Stage
    stage_since: datetime
    latest_event_at: datetime
    steps: list[tuple[Stage, datetime]] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    receipts: set[tuple[str, int | None]] = field(default_factory=set)
    new_events: list[NewEvent] = field(default_factory=list)
    new_receipts: list[tuple[str, int | None, datetime | None]] = field(default_factory=list)
    is_seen_in_file: bool = False
    is_changed: bool = False

    @property
    def is_secret(self) -> bool:
        """The letter is above ordinary secrecy."""
        return self.secrecy != Secrecy.NORMAL

    @property
    def years(self) -> set[int]:
        """Calendar years that the letter may belong to, as far as known."""
        years = {year for _, year in self.receipts if year is not None}
        if self.is_secret and self.steps:
            years.add(self.steps[0][1].astimezone(BANGKOK).year)  # its receptions are not kept
        return years | {self.document_date.year} if self.document_date else years


def place(row: LetterRow, letters: Sequence[Letter]) -> Letter | None:
    """Find the letter that a row tells of among the letters with its number.

    Raises:
        Invalid: ``letter_ambiguous`` (count): the row has no date, or theirs are not known, and it may mean several.
    """
    for letter in letters:
        if row.document_date is not None and letter.document_date == row.document_date:
            return letter
    fitting = [letter for letter in letters if _may_be(row, letter)]
    if len(fitting) > 1:
        raise Invalid("letter_ambiguous", count=len(fitting))
    return fitting[0] if fitting else None


def _may_be(row: LetterRow, letter: Letter) -> bool:
    if row.document_date is not None and letter.document_date is not None:
        return False
    years = _years_of(row)
    if years and letter.years and not years & letter.years:
        return False
    is_secret = row.is_secret or letter.is_secret  # one too many hidden rather than one shown
    return is_secret or row.document_date is None or row.subject == letter.subject


def _years_of(row: LetterRow) -> set[int]:
    years = {row.receive_year} if row.receive_year else set()
    if row.received_at is not None:
        years.add(row.received_at.astimezone(BANGKOK).year)
    return years | {row.document_date.year} if row.document_date else years


def new_letter(row: LetterRow, now: datetime) -> Letter:
    """Make the letter that a row tells of for the first time, received or already further on."""
    at = row.received_at or now
    stage = row.stage or Stage.RECEIVED
    letter = Letter(
        id=None,
        number=row.number.canonical,
        number_raw=row.number_raw,
        number_key=row.number.key,
        number_without_agency_key=row.number.key_without_agency,
        document_date=row.document_date,
        dated_on=row.document_date or at.astimezone(BANGKOK).date(),
        subject=row.subject,
        from_unit_id=row.from_unit_id,
        addressee=row.addressee,
        addressee_unit_id=row.addressee_unit_id,
        urgency=row.urgency or Urgency.NORMAL,
        secrecy=row.secrecy or Secrecy.NORMAL,
        due_at=row.due_at,
        stage=stage,
        stage_since=at,
        latest_event_at=at,
        is_seen_in_file=True,
    )
    _append(letter, NewEvent(at, None, stage, row.note))
    _receive(letter, row)
    return letter


def change(letter: Letter, row: LetterRow, now: datetime) -> bool:
    """Let a row change a letter that is known already; a refused row changes nothing.

    Returns:
        Whether anything changed.

    Raises:
        Invalid: ``letter_told_twice`` (columns) or ``letter_goes_back`` (from_stage, to_stage).
    """
    told = _told_of_secret(letter, row) if _stays_secret(letter, row) else _told(letter, row)
    if letter.is_seen_in_file:
        _refuse_contradiction(letter, told)
    event = _event_of(letter, row, now, told)
    has_receipt = not _stays_secret(letter, row) and _receive(letter, row)
    if row.is_secret:
        _forget_content(letter)
    for name, value in told.items():
        setattr(letter, name, value)
    if event is not None:
        _append(letter, event)
    is_changed = bool(told) or has_receipt or event is not None
    letter.is_changed = letter.is_changed or is_changed
    letter.is_seen_in_file = True
    return is_changed


def _stays_secret(letter: Letter, row: LetterRow) -> bool:
    """The row says so, or the letter was and the row does not say the contrary under the very date of the letter."""
    says_ordinary = row.secrecy == Secrecy.NORMAL and row.document_date == letter.document_date
    return row.is_secret or (letter.is_secret and not says_ordinary)


def _told_of_secret(letter: Letter, row: LetterRow) -> dict[str, Any]:
    if not row.is_secret or row.secrecy == letter.secrecy:
        return {}
    return {"secrecy": row.secrecy, **ERASED_FROM_SECRET}


def _forget_content(letter: Letter) -> None:
    letter.receipts.clear()
    letter.new_receipts.clear()
    for event in letter.new_events:
        event.note = None


def _told(letter: Letter, row: LetterRow) -> dict[str, Any]:
    """What the row tells differently from what we hold, by attribute of ``Letter``."""
    told: dict[str, Any] = {
        "subject": row.subject,
        "from_unit_id": row.from_unit_id,
        "urgency": row.urgency,
        "due_at": row.due_at,
        "document_date": row.document_date,
        "dated_on": row.document_date,
        "secrecy": Secrecy.NORMAL,
    }
    if row.addressee is not None:
        told |= {"addressee": row.addressee, "addressee_unit_id": row.addressee_unit_id}
    may_be_none = {"addressee_unit_id"}
    return {
        name: value
        for name, value in told.items()
        if value != getattr(letter, name) and (value is not None or name in may_be_none)
    }


def _refuse_contradiction(letter: Letter, told: dict[str, Any]) -> None:
    """Two rows of one file may add to each other but not tell different things; becoming secret always passes."""
    if "secrecy" in told:
        return
    columns = [COLUMN_NAMES[column][0] for column, name in _COLUMN_ATTRIBUTES if name in told and getattr(letter, name)]
    if columns:
        raise Invalid("letter_told_twice", columns=columns)


def _event_of(letter: Letter, row: LetterRow, now: datetime, told: dict[str, Any]) -> NewEvent | None:
    try:
        return _next_event(letter, row, now)
    except Invalid:
        if row.is_secret and told:  # hiding a letter does not wait until its stage is put right
            return None
        raise


def _next_event(letter: Letter, row: LetterRow, now: datetime) -> NewEvent | None:
    note = None if _stays_secret(letter, row) or row.note in letter.notes else row.note
    stage = row.stage or letter.stage
    if stage == letter.stage:
        return NewEvent(_at(letter, row, now), stage, stage, note) if note else None
    if any(known == stage and _is_not_newer(row, at) for known, at in letter.steps):
        return None
    came_back_earlier = stage == Stage.RECEIVED and _is_not_newer(row, letter.latest_event_at) and row.received_at
    if came_back_earlier or not may_move(letter.stage, stage):
        raise Invalid("letter_goes_back", from_stage=letter.stage, to_stage=stage)
    return NewEvent(_at(letter, row, now), letter.stage, stage, note)


def _is_not_newer(row: LetterRow, at: datetime) -> bool:
    return row.received_at is None or row.received_at <= at


def _at(letter: Letter, row: LetterRow, now: datetime) -> datetime:
    return max(now, letter.latest_event_at) if _is_not_newer(row, letter.latest_event_at) else row.received_at or now


def _append(letter: Letter, event: NewEvent) -> None:
    letter.new_events.append(event)
    letter.steps.append((event.to_stage, event.at))
    if event.note:
        letter.notes.add(event.note)
    if event.to_stage != event.from_stage:
        letter.stage, letter.stage_since = event.to_stage, event.at
    letter.latest_event_at = event.at


def _receive(letter: Letter, row: LetterRow) -> bool:
    """Note a reception that the letter did not have; a year that either side does not tell fits any."""
    if row.receive_number is None:
        return False
    known = [year for number, year in letter.receipts if number == row.receive_number]
    if any(year is None or row.receive_year is None or year == row.receive_year for year in known):
        return False
    letter.receipts.add((row.receive_number, row.receive_year))
    letter.new_receipts.append((row.receive_number, row.receive_year, row.received_at))
    return True
