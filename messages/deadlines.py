"""Deadlines: what officers hear before a request is late, and their supervisor when it is.

However many requests are due at once, a reminder is one card: ten rows and a count. Requests for the same matter share
a row, because one officer's word serves them all. One push may go to several officers, so all of it is in Thai.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from messages.actions import postback, say
from messages.duty import what_of
from messages.language import in_thai
from messages.lengths import clip
from messages.limits import Json
from messages.parts import (
    GREEN,
    TONE_INKS,
    Tone,
    button,
    card,
    headline,
    line,
    panel,
    row,
    rule,
    small,
    stack,
    tappable,
)
from messages.thai import decimal_text, duration, one_line, short_moment, within
from messages.words import ACKNOWLEDGE, ACKNOWLEDGE_LABEL, ANSWER, ANSWER_LABEL, QUEUE_LABEL
from models.requests import RequestLine, RequestState

LIST_ROWS = 10
SHOWN_WORDS = 200
LISTED_WORDS = 80


@dataclass(frozen=True)
class DueRequest:
    """A request in a reminder.

    Attributes:
        request: as it stands.
        unit_name: who asks; the person is not named.
        letter_number: of the letter it is about, as far as officers may know of it; else empty.
        minutes_left: until it is late by the clock that rules it, begun minutes counted; of what is not late yet.
        late_to_acknowledge: the promise that was not kept; None where it was, or is not due.
        late_to_answer: the same for the answer.
        holder: the officer who has it in hand, for the supervisor; empty where nobody has.
    """

    request: RequestLine
    unit_name: str
    letter_number: str = ""
    minutes_left: int = 0
    late_to_acknowledge: timedelta | None = None
    late_to_answer: timedelta | None = None
    holder: str = ""


@in_thai
def not_acknowledged(rows: Sequence[DueRequest], now: datetime) -> list[Json]:
    """Remind officers of requests that nobody has taken on, the nearest deadline first.

    Args:
        rows: at least one.
        now: leaves out the day where it is today's.
    """

    def left(due: DueRequest) -> str:
        return _time_left(due, due.request.acknowledge_due_at, now)

    return _reminder(rows, "ยังไม่มีผู้รับทราบ", left, Tone.DUE)


@in_thai
def not_answered(rows: Sequence[DueRequest], now: datetime) -> list[Json]:
    """Remind officers of requests whose askers do not know the result yet; see ``not_acknowledged``."""

    def left(due: DueRequest) -> str:
        return _time_left(due, due.request.answer_due_at, now)

    return _reminder(rows, "ยังไม่ได้แจ้งผล", left, Tone.DUE)


@in_thai
def overdue(rows: Sequence[DueRequest]) -> list[Json]:
    """Tell the supervisor of requests that are late, in one part or both; at least one row."""
    return _reminder(rows, "เกินกำหนดแล้ว", _what_is_late, Tone.LATE)


@in_thai
def waiting_at_opening(rows: Sequence[DueRequest], now: datetime) -> list[Json]:
    """Give officers the requests that came while the office was closed; see ``not_acknowledged``."""

    def due(waiting: DueRequest) -> str:
        return f"รับทราบ{within(waiting.request.acknowledge_due_at, now)}"

    return _reminder(rows, "เข้ามานอกเวลาให้บริการ", due, Tone.DUE)


@in_thai
def requests_due(numbers: Sequence[int]) -> list[Json]:
    """Name requests that need a look, and nothing more of them: what is said where a card cannot be sent."""
    named = " ".join(f"#{number}" for number in numbers[:LIST_ROWS])
    words = f"มีคำขอที่ถึงกำหนด {decimal_text(len(numbers))} คำขอ {named} ดูรายการได้โดยพิมพ์ {QUEUE_LABEL}"
    return [{"type": "text", "text": words}]


# --- one request, or several ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Matter:
    """Requests that one word serves: the first of them, and how many more there are."""

    first: DueRequest
    others: int = 0

    @property
    def name(self) -> str:
        number = f"#{self.first.request.number}"
        return f"{number} และอีก {decimal_text(self.others)} คำขอเรื่องเดียวกัน" if self.others else number


def _reminder(rows: Sequence[DueRequest], what: str, when: Callable[[DueRequest], str], tone: Tone) -> list[Json]:
    matters = _by_matter(rows)
    if len(matters) == 1:
        return [_single(matters[0], what, when(matters[0].first), tone)]
    return [_several(matters, len(rows), what, when, tone)]


def _by_matter(rows: Sequence[DueRequest]) -> list[_Matter]:
    found: dict[str, _Matter] = {}
    for due in rows:
        key = due.request.matter_key or f"request:{due.request.number}"
        known = found.get(key)
        found[key] = _Matter(known.first, known.others + 1) if known else _Matter(due)
    return list(found.values())


def _single(matter: _Matter, what: str, when: str, tone: Tone) -> Json:
    due = matter.first
    about, notes = _about(due), _notes(due, tone)
    title = f"คำขอ {matter.name} {what}"
    body = [
        headline(title, tone),
        line(when, margin="sm", bold=True),
        *(small(note) for note in notes),
        small(f"จาก {due.unit_name}", max_lines=2, margin="md"),
        small(f"ถามเมื่อ {short_moment(due.request.asked_at)}"),
        panel([line(about, bold=True, max_lines=3), *_words_of(due, about)]),
    ]
    footer = [row(_buttons(due.request))] if _buttons(due.request) else []
    said = " ".join((title, when, *notes))
    return card(f"{said} จาก {due.unit_name}: {about}", body, footer)


def _several(matters: Sequence[_Matter], count: int, what: str, when: Callable[[DueRequest], str], tone: Tone) -> Json:
    shown = matters[:LIST_ROWS]
    hidden = count - sum(matter.others + 1 for matter in shown)
    title = f"{what} {decimal_text(count)} คำขอ"
    body = [headline(title, tone)]
    for matter in shown:
        body += [rule("md"), _listed_row(matter, when(matter.first), tone)]
    if hidden:
        body += [rule("md"), small(f"และอีก {decimal_text(hidden)} คำขอ", margin="md")]
    listed = (f"{m.name} {when(m.first)} {_about(m.first)}" for m in shown)
    more = f" และอีก {decimal_text(hidden)} คำขอ" if hidden else ""
    return card(f"{title}: " + " / ".join(listed) + more, body, [button(say(QUEUE_LABEL))])


def _listed_row(matter: _Matter, when: str, tone: Tone) -> Json:
    due = matter.first
    state = line(when, size="xs", colour=TONE_INKS[tone], max_lines=2)
    upper = [line(matter.name, bold=True, max_lines=2) | {"gravity": "center", "flex": 1}]
    action = _next_step(due.request)
    if action is not None:
        upper.append(_link(action))
    notes = [small(note, max_lines=1) for note in _notes(due, tone)]
    return stack([row(upper), state, *notes, line(_about(due), max_lines=2), small(due.unit_name, max_lines=1)])


def _notes(due: DueRequest, tone: Tone) -> list[str]:
    """What the supervisor needs beside the deadline; officers see it by the buttons."""
    if tone is not Tone.LATE:
        return []
    state = _state_words(due.request)
    return [f"{state} ผู้รับเรื่อง {clip(one_line(due.holder), LISTED_WORDS)}" if due.holder else state]


def _state_words(request: RequestLine) -> str:
    if request.state is RequestState.OPEN:
        return "ยังไม่มีผู้รับทราบ"
    if request.state is RequestState.ACKNOWLEDGED:
        return "รับทราบแล้ว ยังไม่ได้แจ้งผล" if request.acknowledged_at else "รับทราบแล้ว แต่ข้อความยังไม่ถึงผู้ถาม"
    if request.answered_at is None:
        return "แจ้งผลแล้ว แต่ข้อความยังไม่ถึงผู้ถาม"
    return f"แจ้งผลแล้วเมื่อ {short_moment(request.answered_at)}"


def _what_is_late(due: DueRequest) -> str:
    acknowledge, answer = due.late_to_acknowledge, due.late_to_answer
    if acknowledge is not None and answer is not None:
        return f"เกินกำหนดรับทราบ {_span(acknowledge)} และกำหนดแจ้งผล {_span(answer)}แล้ว"
    if acknowledge is not None:
        return f"เกินกำหนดรับทราบ {_span(acknowledge)}แล้ว"
    return f"เกินกำหนดแจ้งผล {_span(answer or timedelta(0))}แล้ว"


def _time_left(due: DueRequest, due_at: datetime, now: datetime) -> str:
    return f"เหลือ {duration(due.minutes_left)} ({within(due_at, now)})"


def _span(length: timedelta) -> str:
    return duration(int(length.total_seconds() // 60))


def _words_of(due: DueRequest, about: str) -> list[Json]:
    """What was typed, where it says more; not of a letter that may not be shown."""
    if due.request.document_id is not None and not due.letter_number:
        return []
    words = clip(one_line(due.request.question), SHOWN_WORDS)
    return [line(words, max_lines=4)] if words and not words.startswith(about) else []


def _about(due: DueRequest) -> str:
    return clip(what_of(due.request, due.letter_number), LISTED_WORDS)


# --- taps -----------------------------------------------------------------------------------------------------------


def _buttons(request: RequestLine) -> list[Json]:
    if request.state is RequestState.OPEN:
        return [button(_answer(request.number)), button(_acknowledge(request.number), is_main=True)]
    return [button(_answer(request.number), is_main=True)] if request.state is RequestState.ACKNOWLEDGED else []


def _next_step(request: RequestLine) -> Json | None:
    if request.state is RequestState.OPEN:
        return _acknowledge(request.number)
    return _answer(request.number) if request.state is RequestState.ACKNOWLEDGED else None


def _acknowledge(number: int) -> Json:
    return postback(ACKNOWLEDGE_LABEL, "acknowledge", f"{ACKNOWLEDGE} #{number}", request=number)


def _answer(number: int) -> Json:
    return postback(ANSWER_LABEL, "answer", f"{ANSWER} #{number}", request=number)


def _link(action: Json) -> Json:
    """A tappable word in a row, with room around it for a thumb."""
    label = line(str(action["label"]), bold=True, colour=GREEN) | {"align": "end"}
    return tappable(stack([label]) | {"flex": 0, "paddingAll": "10px", "paddingEnd": "0px"}, action)
