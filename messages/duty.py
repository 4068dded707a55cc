"""Requests that a person answers: what the asker hears, and the secretariat's cards and queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from messages.actions import postback, postback_filling_in
from messages.lengths import clip, u16_length
from messages.letters import letter_lines, letter_sentence
from messages.limits import MAX_TEXT_UNITS, Json
from messages.parts import (
    GREEN,
    TONE_INKS,
    Tone,
    button,
    card,
    line,
    panel,
    row,
    rule,
    small,
    stack,
    tappable,
    text,
)
from messages.thai import clock_time, moment, one_line, short_moment
from messages.words import ACKNOWLEDGE_LABEL, ANSWER_LABEL, EXAMPLE_NUMBER, TALK_LABEL
from models.documents import LetterLine, LetterView
from models.requests import RequestLine, RequestState

QUEUE_ROWS = 10
SHOWN_QUESTION = 300
LISTED_QUESTION = 120
NO_NAMES: Mapping[int, str] = MappingProxyType({})

_STATE_WORDS = {
    RequestState.OPEN: "รอรับทราบ",
    RequestState.ACKNOWLEDGED: "รับทราบแล้ว รอแจ้งผล",
    RequestState.ANSWERED: "แจ้งผลแล้ว",
    RequestState.WITHDRAWN: "ถอนคำขอแล้ว",
}


def passed_to_officers(request_number: int, service_hours_text: str | None) -> list[Json]:
    """Tell the asker that a person will answer.

    Args:
        request_number: what the asker may name later, ``#42``.
        service_hours_text: when officers are there, such as ``วันทำการ 08.30–16.30 น.``; left out where empty.
    """
    words = f"ส่งเรื่องให้เจ้าหน้าที่แล้ว คำขอ #{request_number}\nเจ้าหน้าที่จะแจ้งผลให้ทราบทางนี้"
    return [text(f"{words} ในเวลาให้บริการ {service_hours_text}" if service_hours_text else words)]


def request_card(
    request_number: int,
    unit_name: str,
    question: str,
    letter_line: LetterLine | LetterView | None,
    asked_at: datetime,
    now: datetime,
) -> list[Json]:
    """Show a new request to the officers on duty; all of them get the same card.

    Args:
        request_number: the number after ``#``.
        unit_name: the asker's unit; the asker is not named.
        question: as typed, shown up to 300 characters; empty where the person only tapped a button.
        letter_line: the letter it is about, where known.
        asked_at: when LINE took the question.
        now: tells today from earlier days.
    """
    asked = clip(one_line(question), SHOWN_QUESTION) or TALK_LABEL
    body = [
        line(f"คำขอ #{request_number}", size="xl", bold=True),
        small(f"จาก {unit_name}", max_lines=2),
        small(moment(asked_at, now)),
        panel([line(asked, max_lines=5)]),
    ]
    if letter_line is not None:
        body.append(stack(letter_lines(letter_line, now), spacing="xs", margin="lg"))
    footer = [row([button(_answer(request_number)), button(_acknowledge(request_number), is_main=True)])]
    return [card(_request_alt_text(request_number, unit_name, asked, letter_line, asked_at), body, footer)]


def acknowledged_to_asker(request_number: int, section: str, *, answer_by: datetime | None = None) -> list[Json]:
    """Tell the asker that an officer has seen the request; ``answer_by`` is until when the answer is promised."""
    promise = f"จะแจ้งผลภายใน {clock_time(answer_by)}" if answer_by else "และกำลังตรวจสอบให้"
    return [text(f"{section}รับทราบคำขอ #{request_number} แล้ว {promise}")]


def already_acknowledged(request_number: int, by_section: str, at: datetime) -> list[Json]:
    """Tell an officer that somebody was quicker."""
    words = f"คำขอ #{request_number} {by_section}รับทราบไปแล้วเมื่อ {short_moment(at)} ยังแจ้งผลเพิ่มได้"
    return [text(words, [_answer(request_number)])]


def acknowledged(request_number: int) -> list[Json]:
    """Tell the officer that the acknowledgement is recorded, and what is left to do."""
    words = f"บันทึกแล้วว่ารับทราบคำขอ #{request_number} เมื่อทราบผล กรุณาเลือกแจ้งผล"
    return [text(words, [_answer(request_number)])]


def answer_to_asker(request_number: int, text_: str, section: str) -> list[Json]:
    """Give the asker an officer's words whole; a very long answer comes as a message of its own."""
    head = f"{section}แจ้งผลคำขอ #{request_number}"
    whole = f"{head}\n{text_.strip()}"
    return [text(whole)] if u16_length(whole) <= MAX_TEXT_UNITS else [text(head), text(text_.strip())]


def answer_recorded(request_number: int) -> list[Json]:
    """Tell the officer that the answer went out."""
    return [text(f"แจ้งผลคำขอ #{request_number} ให้ผู้ถามแล้ว")]


def ask_for_answer(request_number: int) -> list[Json]:
    """Ask the officer for the words of the answer."""
    words = f"กรุณาพิมพ์ #{request_number} แล้วตามด้วยคำตอบ เช่น #{request_number} เสนอผู้บริหารแล้ว"
    return [text(words, [_answer(request_number)])]


def request_queue(
    rows: Sequence[RequestLine],
    unit_names: Mapping[int, str] = NO_NAMES,
    letter_numbers: Mapping[int, str] = NO_NAMES,
    *,
    now: datetime | None = None,
) -> list[Json]:
    """Show officers the unanswered requests, the first ten as given.

    Args:
        rows: unanswered requests, oldest first.
        unit_names: names of the askers' units by id; a unit without a name is left out.
        letter_numbers: numbers of the letters asked about, by id, as far as the officer may know of them.
        now: tells today from earlier days; without it dates are written in full.
    """
    if not rows:
        return [text("ไม่มีคำขอที่รอดำเนินการ")]
    shown = rows[:QUEUE_ROWS]
    waiting = sum(request.state is RequestState.OPEN for request in rows)
    title = f"คำขอที่ยังไม่แจ้งผล {len(rows)} เรื่อง"
    span = f"รอรับทราบ {waiting} เรื่อง รอแจ้งผล {len(rows) - waiting} เรื่อง"
    body = [line(title, size="lg", bold=True), small(span)]
    for request in shown:
        body += [rule("md"), _queue_row(request, _listed(request, letter_numbers), unit_names, now)]
    alt_text = f"{title} {span} " + " / ".join(f"#{r.number} {_listed(r, letter_numbers)}" for r in shown)
    return [card(alt_text, body)]


def my_requests(
    rows: Sequence[RequestLine], letter_numbers: Mapping[int, str] = NO_NAMES, *, now: datetime | None = None
) -> list[Json]:
    """Show a person's own requests to officers, newest first, the first ten as given.

    Args:
        rows: the person's requests.
        letter_numbers: numbers of the letters asked about, by id, as far as the person may know of them.
        now: tells today from earlier days; without it dates are written in full.
    """
    if not rows:
        return [text(f"ท่านยังไม่มีคำขอถึงเจ้าหน้าที่ ถามหาหนังสือได้โดยพิมพ์เลขที่ เช่น {EXAMPLE_NUMBER}")]
    shown = rows[:QUEUE_ROWS]
    body = [line("คำขอของท่าน", size="lg", bold=True)]
    for request in shown:
        body += [rule("md"), _own_row(request, _listed(request, letter_numbers), now)]
    listed = (f"#{r.number} {_listed(r, letter_numbers)} {_STATE_WORDS[r.state]}" for r in shown)
    alt_text = "คำขอของท่าน " + " / ".join(listed)
    return [card(alt_text, body)]


def _request_alt_text(
    number: int, unit_name: str, asked: str, letter: LetterLine | LetterView | None, asked_at: datetime
) -> str:
    words = f"คำขอ #{number} จาก {unit_name} ถามเมื่อ {short_moment(asked_at)}: {asked}"
    return f"{words} ({letter_sentence(letter)})" if letter else words


def _queue_row(request: RequestLine, listed: str, unit_names: Mapping[int, str], now: datetime | None) -> Json:
    unit_name = unit_names.get(request.unit_id, "")
    is_open = request.state is RequestState.OPEN
    action = _acknowledge(request.number) if is_open else _answer(request.number)
    when = small(_when(request.asked_at, now)) | {"gravity": "center", "flex": 1}
    number = line(f"#{request.number}", bold=True) | {"gravity": "center", "flex": 0}
    pieces = [row([number, when, _link(action)]), line(listed, max_lines=2)]
    return stack([*pieces, small(unit_name, max_lines=1)] if unit_name else pieces)


def _own_row(request: RequestLine, listed: str, now: datetime | None) -> Json:
    tone = Tone.GOOD if request.state is RequestState.ANSWERED else Tone.DUE
    state = line(_STATE_WORDS[request.state], size="xs", colour=TONE_INKS[tone]) | {"flex": 0, "align": "end"}
    upper = row([line(f"#{request.number}", bold=True) | {"flex": 1}, state], layout="baseline")
    pieces = [upper, line(listed, max_lines=2), small(_when(request.asked_at, now))]
    return stack(pieces, spacing="xs", margin="md")


def _link(action: Json) -> Json:
    """A tappable word in a row, with room around it for a thumb."""
    label = line(str(action["label"]), bold=True, colour=GREEN) | {"align": "end"}
    return tappable(stack([label]) | {"flex": 0, "paddingAll": "10px", "paddingEnd": "0px"}, action)


def _acknowledge(number: int) -> Json:
    return postback(ACKNOWLEDGE_LABEL, "acknowledge", f"{ACKNOWLEDGE_LABEL} #{number}", request=number)


def _answer(number: int) -> Json:
    return postback_filling_in(ANSWER_LABEL, "answer", f"#{number} ", request=number)


def _listed(request: RequestLine, letter_numbers: Mapping[int, str]) -> str:
    """What a request is about in one line: its letter's number, the words typed, or only that an officer is wanted."""
    number = letter_numbers.get(request.document_id or 0, "")
    words = clip(one_line(request.question), LISTED_QUESTION)
    return " ".join(part for part in (number, words) if part) or TALK_LABEL


def _when(at: datetime, now: datetime | None) -> str:
    return moment(at, now) if now else short_moment(at)
