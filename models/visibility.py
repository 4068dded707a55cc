"""The only door to letters for people: who may see which letter, decided inside SQL.

A letter above ordinary secrecy, a letter of somebody else's unit and a letter that is not there run the same statements
and give the same answer. Nothing here is a likeness: a letter is found by what was written or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.document_numbers import parse_document_number, parse_receive_number
from models.documents import (
    BANGKOK,
    Document,
    DocumentEvent,
    DocumentReceipt,
    LetterLine,
    LetterStep,
    LetterView,
    Secrecy,
    Stage,
    subject_key_of,
)
from models.errors import NotFound
from models.members import SEES_EVERY_LETTER, Member, MemberRole
from models.units import Unit, unit_and_parents

MAX_SEARCH_WORDS = 8
SHORTEST_SEARCH_WORD = 2


@dataclass(frozen=True)
class Viewer:
    """What one person, or one group chat, may see.

    Attributes:
        member_id: the person.
        unit_ids: letters from these units or to them.
        sees_all: every letter of ordinary secrecy, whatever its unit.
    """

    member_id: int
    unit_ids: frozenset[int]
    sees_all: bool

    def narrowed_to(self, unit_ids: Iterable[int]) -> Viewer:
        """The same person speaking where others listen: only what lies within these units too."""
        units = frozenset(unit_ids)
        return Viewer(self.member_id, units if self.sees_all else units & self.unit_ids, sees_all=False)


OPERATOR = Viewer(member_id=0, unit_ids=frozenset(), sees_all=True)
"""The person at the command line; secret letters are not there for them either."""


def viewer_for(session: Session, member: Member) -> Viewer:
    """Build a member's view: the own unit and the units above it, or every letter by role."""
    if member.roles & SEES_EVERY_LETTER:
        return Viewer(member.id, frozenset(), sees_all=True)
    return Viewer(member.id, unit_and_parents(session, member.unit_id), sees_all=False)


def is_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on ``Document`` that every query for a person carries."""
    return _within(viewer.unit_ids, viewer.sees_all)


@lru_cache(maxsize=512)
def _within(unit_ids: frozenset[int], sees_all: bool) -> ColumnElement[bool]:
    """Colleagues see the same, and conditions never change once built: building one costs more than asking it."""
    of_their_units = or_(Document.from_unit_id.in_(unit_ids), Document.addressee_unit_id.in_(unit_ids))
    return and_(Document.secrecy == Secrecy.NORMAL, true() if sees_all else of_their_units)


def get_letter(session: Session, viewer: Viewer, document_id: int) -> LetterView:
    """Give a letter with its history.

    Raises:
        NotFound: ``letter_not_found``: there is none, or none that this viewer may know of.
    """
    row = session.execute(_letter_within(viewer.unit_ids, viewer.sees_all), {"letter": document_id}).one_or_none()
    if row is None:
        raise NotFound("letter_not_found")
    return show_line(session, LetterLine(**row._mapping))


def show_line(session: Session, line: LetterLine) -> LetterView:
    """Give the letter of a line, which its viewer has from here, with its history."""
    events = list[Row[Any]](session.connection().execute(_STEPS_OF_LETTER, {"letter": line.id}))
    return LetterView(
        id=line.id,
        number=line.number,
        subject=line.subject or "",
        urgency=line.urgency,
        stage=line.stage,
        stage_since=line.stage_since,
        from_unit=line.from_unit,
        addressee=line.addressee,
        receive_numbers=_receive_numbers(session, line.id),
        document_date=line.document_date,
        due_at=line.due_at,
        steps=tuple(_step(event) for event in events),
        latest_event_id=events[-1].id,
    )


def find_letter_numbers(session: Session, viewer: Viewer, document_ids: Collection[int]) -> dict[int, str]:
    """Numbers by letter id, of those letters that this viewer may know of; the others are left out."""
    query = select(Document.id, Document.number).where(Document.id.in_(document_ids), is_visible_to(viewer))
    return dict(session.execute(query).all())


def list_letters_by_number(session: Session, viewer: Viewer, text: str, limit: int = 10) -> list[LetterLine]:
    """List letters that carry a number, newest first: numbers come again over the years.

    A number without an agency finds letters of any agency. A text that is no number finds nothing.
    """
    number = parse_document_number(text)
    if number is None:
        return []
    query = _lines_by_number(viewer.unit_ids, viewer.sees_all, number.agency is not None)
    values = {"number": number.key if number.agency is not None else number.key_without_agency, "most": limit}
    return as_lines(session.connection().execute(query, values))


def count_letters_by_number(session: Session, viewer: Viewer, text: str) -> int:
    """Count what ``list_letters_by_number`` would list without its limit."""
    return _count(session, viewer, _has_number(text))


def list_letters_by_receive_number(
    session: Session, viewer: Viewer, number: str, year: int | None = None, limit: int = 10
) -> list[LetterLine]:
    """List letters with a receive number, newest first.

    Args:
        session: reading is enough.
        viewer: who asks.
        number: as typed; ``4521/2568`` names its year itself.
        year: calendar year of the common era; a reception whose year is unknown is then not among the results.
        limit: most lines given.
    """
    return _list(session, viewer, _was_received_as(number, year), limit=limit)


def count_letters_by_receive_number(session: Session, viewer: Viewer, number: str, year: int | None = None) -> int:
    """Count what ``list_letters_by_receive_number`` would list without its limit."""
    return _count(session, viewer, _was_received_as(number, year))


def list_letters_by_running_number(
    session: Session, viewer: Viewer, text: str, since: date, limit: int = 10
) -> list[LetterLine]:
    """List letters of the viewer's own sight that end in a running number, newest first.

    Args:
        session: reading is enough.
        viewer: who asks; of everybody who sees their own unit's letters alone, it is that unit's numbers.
        text: ``1335``, which circulars carry too, or ``ว 223``; anything else finds nothing.
        since: older letters are left out; running numbers begin anew each year.
        limit: most lines given.
    """
    return _list(session, viewer, _ends_in(text, since), limit=limit)


def count_letters_by_running_number(session: Session, viewer: Viewer, text: str, since: date) -> int:
    """Count what ``list_letters_by_running_number`` would list without its limit."""
    return _count(session, viewer, _ends_in(text, since))


def list_letters_by_title(
    session: Session, viewer: Viewer, words: str, limit: int = 10, offset: int = 0
) -> list[LetterLine]:
    """List letters whose subject holds at least one of the words, those with most of them first, then the newest.

    Words are split on spaces and looked for as they stand inside the subject, spaces and punctuation aside. Words
    of one letter are passed over, and words beyond the eighth.
    """
    matches = _words_in_subject(words)
    return _list(session, viewer, _any_of(matches), ranked_by=_number_of(matches), limit=limit, offset=offset)


def count_letters_by_title(session: Session, viewer: Viewer, words: str) -> int:
    """Count what ``list_letters_by_title`` would list without its limit."""
    return _count(session, viewer, _any_of(_words_in_subject(words)))


def show_document(session: Session, number_text: str) -> dict[str, Any]:
    """Give the newest letter of a number for the operator, as plain JSON values.

    Returns:
        ``id, number, date, subject, from_unit, addressee, urgency, due_at, stage, stage_since, receive_numbers,
        history`` (a list of ``at, stage, returned, note``, oldest first) and ``same_number``: other letters with that
        number, newest first, alike but without a list of their own. Dates are ISO, times ISO with ``+07:00``.

    Raises:
        NotFound: ``letter_not_found`` (number): no letter of ordinary secrecy has it.
    """
    lines = list_letters_by_number(session, OPERATOR, number_text)
    if not lines:
        raise NotFound("letter_not_found", number=number_text)
    newest, *others = (_as_json(get_letter(session, OPERATOR, line.id)) for line in lines)
    return {**newest, "same_number": others}


def may_see_letter(document_id: int) -> ColumnElement[bool]:
    """The condition on ``Member`` that holds for those who may see one letter; the mirror of ``is_visible_to``."""
    parties = _unit_of(document_id, Document.from_unit_id).union(_unit_of(document_id, Document.addressee_unit_id))
    below = select(Unit.id).where(Unit.id.in_(parties)).cte("below", recursive=True)
    below = below.union(select(Unit.id).where(Unit.parent_id == below.c.id))
    is_known = select(Document.id).where(Document.id == document_id, Document.secrecy == Secrecy.NORMAL).exists()
    sees_all = select(MemberRole.id).where(MemberRole.member_id == Member.id, MemberRole.role.in_(SEES_EVERY_LETTER))
    return and_(is_known, or_(Member.unit_id.in_(select(below.c.id)), sees_all.exists()))


def select_lines(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """A select of what a ``LetterLine`` needs, for this viewer's letters alone, newest first; see ``as_lines``."""
    return _lines_within(viewer.unit_ids, viewer.sees_all)


def as_lines(rows: Iterable[Row[Any]]) -> list[LetterLine]:
    """Turn the rows of ``select_lines`` into values."""
    return [LetterLine(**row._mapping) for row in rows]


# The parts of a query that are the same for everybody are built once: building costs more than asking. They are
# asked on the connection, since they name columns alone: a session prepares for objects first.
_LINES = select(
    Document.id,
    Document.number,
    Document.subject,
    Unit.name.label("from_unit"),
    Document.stage,
    Document.stage_since,
    Document.document_date,
    Document.urgency,
    Document.addressee,
    Document.due_at,
).join(Unit, Unit.id == Document.from_unit_id)
_LETTER = _LINES.where(Document.id == bindparam("letter"))


@lru_cache(maxsize=512)
def _lines_within(unit_ids: frozenset[int], sees_all: bool) -> Select[*tuple[Any, ...]]:
    return _LINES.where(_within(unit_ids, sees_all))


@lru_cache(maxsize=512)
def _letter_within(unit_ids: frozenset[int], sees_all: bool) -> Select[*tuple[Any, ...]]:
    return _LETTER.where(_within(unit_ids, sees_all))


_STEPS_OF_LETTER = (
    select(DocumentEvent.id, DocumentEvent.from_stage, DocumentEvent.to_stage, DocumentEvent.at, DocumentEvent.note)
    .where(DocumentEvent.document_id == bindparam("letter"))
    .order_by(DocumentEvent.id)
)
_RECEIPTS_OF_LETTER = (
    select(DocumentReceipt.receive_number, DocumentReceipt.receive_year)
    .where(DocumentReceipt.document_id == bindparam("letter"))
    .order_by(DocumentReceipt.id)
)
_NEWEST_FIRST = (Document.dated_on.desc(), Document.id.desc())


@lru_cache(maxsize=1024)
def _lines_by_number(unit_ids: frozenset[int], sees_all: bool, with_agency: bool) -> Select[*tuple[Any, ...]]:
    """The commonest question of all, so it is built once for people who see the same."""
    column = Document.number_key if with_agency else Document.number_without_agency_key
    mine = _lines_within(unit_ids, sees_all).where(column == bindparam("number"))
    return mine.order_by(*_NEWEST_FIRST).limit(bindparam("most"))


def _list(
    session: Session,
    viewer: Viewer,
    condition: ColumnElement[bool] | None,
    *,
    limit: int,
    offset: int = 0,
    ranked_by: ColumnElement[int] | None = None,
) -> list[LetterLine]:
    if condition is None:
        return []
    order = _NEWEST_FIRST if ranked_by is None else (ranked_by.desc(), *_NEWEST_FIRST)
    query = select_lines(viewer).where(condition).order_by(*order).limit(limit).offset(offset)
    return as_lines(session.connection().execute(query))


def _count(session: Session, viewer: Viewer, condition: ColumnElement[bool] | None) -> int:
    if condition is None:
        return 0
    return session.scalar(select(func.count(Document.id)).where(is_visible_to(viewer), condition)) or 0


def _has_number(text: str) -> ColumnElement[bool] | None:
    number = parse_document_number(text)
    if number is None:
        return None
    if number.agency is None:
        return Document.number_without_agency_key == number.key_without_agency
    return Document.number_key == number.key


def _ends_in(text: str, since: date) -> ColumnElement[bool] | None:
    circular = parse_document_number(text)
    received = parse_receive_number(text)
    if circular is not None and circular.unit_code is None:
        endings = [circular.key_without_agency]
    elif received is not None and received[1] is None:
        endings = [f"/{received[0]}", f"/ว{received[0]}"]
    else:
        return None
    matches = [Document.number_without_agency_key.endswith(ending, autoescape=True) for ending in endings]
    return and_(Document.dated_on >= since, or_(*matches))


def _was_received_as(number: str, year: int | None) -> ColumnElement[bool] | None:
    parsed = parse_receive_number(number)
    if parsed is None:
        return None
    digits, year_told = parsed
    receipts = select(DocumentReceipt.document_id).where(DocumentReceipt.receive_number == digits)
    if year is not None or year_told is not None:
        receipts = receipts.where(DocumentReceipt.receive_year == (year_told or year))
    return Document.id.in_(receipts)


def _words_in_subject(words: str) -> list[ColumnElement[bool]]:
    keys = dict.fromkeys(subject_key_of(word) for word in words.split())
    long_enough = [key for key in keys if len(key) >= SHORTEST_SEARCH_WORD][:MAX_SEARCH_WORDS]
    return [Document.subject_key.contains(key, autoescape=True) for key in long_enough]


def _any_of(matches: Sequence[ColumnElement[bool]]) -> ColumnElement[bool] | None:
    return or_(*matches) if matches else None


def _number_of(matches: Sequence[ColumnElement[bool]]) -> ColumnElement[int] | None:
    if len(matches) < 2:
        return None
    first, *rest = (case((match, 1), else_=0) for match in matches)
    return sum(rest, start=first)


def _unit_of(document_id: int, column: InstrumentedAttribute[int | None]) -> Select[int | None]:
    return select(column).where(Document.id == document_id)


def _receive_numbers(session: Session, document_id: int) -> tuple[str, ...]:
    return tuple(
        f"{receipt.receive_number}/{receipt.receive_year + 543}" if receipt.receive_year else receipt.receive_number
        for receipt in session.connection().execute(_RECEIPTS_OF_LETTER, {"letter": document_id})
    )


def _step(event: Row[Any]) -> LetterStep:
    is_return = event.to_stage == Stage.RETURNED and event.from_stage != Stage.RETURNED
    return LetterStep(stage=event.to_stage, at=event.at, note=event.note, is_return=is_return)


def _as_json(letter: LetterView) -> dict[str, Any]:
    return {
        "id": letter.id,
        "number": letter.number,
        "date": letter.document_date.isoformat() if letter.document_date else None,
        "subject": letter.subject,
        "from_unit": letter.from_unit,
        "addressee": letter.addressee,
        "urgency": letter.urgency.value,
        "due_at": letter.due_at.astimezone(BANGKOK).isoformat() if letter.due_at else None,
        "stage": letter.stage.value,
        "stage_since": letter.stage_since.astimezone(BANGKOK).isoformat(),
        "receive_numbers": list(letter.receive_numbers),
        "history": [
            {
                "at": step.at.astimezone(BANGKOK).isoformat(),
                "stage": step.stage.value,
                "returned": step.is_return,
                "note": step.note,
            }
            for step in letter.steps
        ],
    }
