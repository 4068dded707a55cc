"""Lists of requests: the secretariat's queue (คิวค้าง), and a person's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from messages.actions import postback
from messages.duty import what_of
from messages.language import counted, either
from messages.lengths import clip
from messages.limits import Json
from messages.parts import GREEN, TONE_INKS, Tone, button, card, chip, line, row, rule, small, stack, tappable, text
from messages.thai import day_and_hour, decimal_text, duration, one_line, when, within
from messages.words import (
    ACKNOWLEDGE,
    ACKNOWLEDGE_LABEL,
    ANSWER,
    ANSWER_LABEL,
    EXAMPLE_NUMBER,
    MORE_LABEL,
    URGENCY_TONES,
    URGENCY_WORDS,
    WITHDRAW_LABEL,
)
from models.documents import Urgency
from models.requests import UNANSWERED, RequestLine, RequestState

LIST_ROWS = 10
SOON = timedelta(minutes=7)
"""A deadline this near stands out."""


@dataclass(frozen=True)
class QueueNames:
    """Names by id: of the askers' units, of letters as far as officers may know of them, and of those who hold."""

    units: Mapping[int, str] = field(default_factory=dict)
    letters: Mapping[int, str] = field(default_factory=dict)
    holders: Mapping[int, str] = field(default_factory=dict)


def request_queue(
    rows: Sequence[RequestLine],
    counts: Mapping[RequestState, int],
    names: QueueNames,
    now: datetime,
    *,
    offset: int = 0,
) -> list[Json]:
    """Show officers the unanswered requests, ten at a time.

    Args:
        rows: as given, ด่วนที่สุด first, then by deadline; more than ten are left to the next page.
        counts: how many wait to be acknowledged and to be answered altogether.
        names: of units, letters and holders; what has no name is left out.
        now: how long is left, and what is late.
        offset: how many came before these.
    """
    total = sum(counts.values())
    if not total:
        return [text(either("ไม่มีคำขอที่รอดำเนินการ", "No requests are waiting."))]
    if not rows:
        return [text(either("ไม่มีคำขอที่รอดำเนินการเพิ่มเติม", "No more requests are waiting."))]
    shown, reached = rows[:LIST_ROWS], offset + len(rows[:LIST_ROWS])
    title = either(f"คิวค้าง {decimal_text(total)} คำขอ", f"Queue: {counted(total, 'request')}")
    waiting = counts.get(RequestState.OPEN, 0)
    span = either(
        f"รอรับทราบ {decimal_text(waiting)} คำขอ รอแจ้งผล {decimal_text(total - waiting)} คำขอ",
        f"{decimal_text(waiting)} to acknowledge, {decimal_text(total - waiting)} to answer",
    )
    body = [line(title, size="lg", bold=True), small(span)]
    if offset or reached < total:
        body.append(small(f"{either('ลำดับที่', 'Nos.')} {offset + 1}–{reached}"))
    for request in shown:
        body += [rule("md"), _queue_row(request, names, now)]
    more = [button(postback(MORE_LABEL, "queue", MORE_LABEL, offset=reached))] if reached < total else []
    alt_text = f"{title} {span}: " + " / ".join(_spoken(request, names, now) for request in shown)
    return [card(alt_text, body, more)]


def my_requests(rows: Sequence[RequestLine], letter_numbers: Mapping[int, str], now: datetime) -> list[Json]:
    """Show a person's own requests, those that wait first, the first ten as given.

    Args:
        rows: the person's requests.
        letter_numbers: numbers of the letters asked about, by id, as far as the person may know of them.
        now: tells today from other days.
    """
    if not rows:
        words = either(
            f"ท่านยังไม่มีคำขอถึงเจ้าหน้าที่ ถามหาหนังสือได้โดยพิมพ์เลขที่ เช่น {EXAMPLE_NUMBER}",
            f"You have no requests yet. To ask for a letter, type its number, such as {EXAMPLE_NUMBER}",
        )
        return [text(words)]
    shown, title = rows[:LIST_ROWS], either("คำขอของท่าน", "Your requests")
    body = [line(title, size="lg", bold=True)]
    for request in shown:
        body += [rule("md"), _own_row(request, what_of(request, letter_numbers.get(request.document_id or 0)), now)]
    listed = (f"#{r.number} {what_of(r, letter_numbers.get(r.document_id or 0))} {_state(r, now)[0]}" for r in shown)
    return [card(f"{title}{either(' ', ': ')}" + " / ".join(listed), body)]


def _queue_row(request: RequestLine, names: QueueNames, now: datetime) -> Json:
    is_open = request.state is RequestState.OPEN
    action = _acknowledge(request.number) if is_open else _answer(request.number)
    head = [line(f"#{request.number}", bold=True) | {"gravity": "center", "flex": 0}]
    if request.urgency is not Urgency.NORMAL:
        head.append(chip(URGENCY_WORDS[request.urgency], URGENCY_TONES[request.urgency]))
    words, tone = _deadline(request, now)
    pieces = [
        row([*head, _link(action)]) | {"alignItems": "center"},
        line(words, size="xs", colour=TONE_INKS[tone], bold=tone is not Tone.PLAIN),
        line(what_of(request, names.letters.get(request.document_id or 0)), max_lines=2),
    ]
    unit, holder = names.units.get(request.unit_id, ""), _holder(request, names)
    pieces += [small(unit, max_lines=1)] if unit else []
    return stack([*pieces, *([small(holder, max_lines=1)] if holder else [])])


def _own_row(request: RequestLine, what: str, now: datetime) -> Json:
    words, tone = _state(request, now)
    head = [line(f"#{request.number}", bold=True) | {"gravity": "center", "flex": 1}]
    if request.state in UNANSWERED:
        head.append(
            _link(postback(WITHDRAW_LABEL, "withdraw", f"{WITHDRAW_LABEL} #{request.number}", request=request.number))
        )
    pieces = [
        row(head) | {"alignItems": "center"},
        line(what, max_lines=2),
        line(words, size="xs", colour=TONE_INKS[tone]),
        small(f"{either('ถาม', 'Asked ')}{when(request.asked_at, now)}"),
    ]
    return stack(pieces, spacing="xs", margin="sm")


def _state(request: RequestLine, now: datetime) -> tuple[str, Tone]:
    if request.state is RequestState.WITHDRAWN:
        return either("ถอนคำขอแล้ว", "Withdrawn"), Tone.PLAIN
    if request.state is RequestState.ANSWERED:
        at = f"{either('', ' ')}{when(request.answered_at, now)}" if request.answered_at else ""
        return f"{either('แจ้งผลแล้ว', 'Answered')}{at}", Tone.GOOD
    if request.state is RequestState.OPEN:
        state = either("รอเจ้าหน้าที่รับทราบ ", "Waiting to be acknowledged, ")
    else:
        state = either("เจ้าหน้าที่รับทราบแล้ว ", "Acknowledged, ")
    if now > request.answer_due_at:
        return f"{state}{either('ล่าช้ากว่ากำหนด', 'late: due by')} {day_and_hour(request.answer_due_at, now)}", Tone.LATE
    return f"{state}{either('จะแจ้งผล', 'answer ')}{within(request.answer_due_at, now)}", Tone.DUE


def _deadline(request: RequestLine, now: datetime) -> tuple[str, Tone]:
    """The deadline that comes next as a clock time, with what is left until it or how late it is."""
    is_open, due_at = request.state is RequestState.OPEN, request.next_due_at
    step = either("รับทราบ", "acknowledge ") if is_open else either("แจ้งผล", "answer ")
    minutes = int(abs(due_at - now).total_seconds() // 60)
    if now > due_at:
        late = either(f"ล่าช้า {duration(minutes)} ", f"{duration(minutes)} late: ")
        return f"{late}{step}{within(due_at, now)}", Tone.LATE
    left = either(f"เหลือ {duration(minutes)} ", f"{duration(minutes)} left: ")
    return f"{left}{step}{within(due_at, now)}", Tone.DUE if due_at - now <= SOON else Tone.PLAIN


def _spoken(request: RequestLine, names: QueueNames, now: datetime) -> str:
    urgency = "" if request.urgency is Urgency.NORMAL else URGENCY_WORDS[request.urgency]
    what = what_of(request, names.letters.get(request.document_id or 0))
    return " ".join(part for part in (f"#{request.number}", urgency, what, _deadline(request, now)[0]) if part)


def _holder(request: RequestLine, names: QueueNames) -> str:
    if request.holder_id is None:
        return ""
    name = clip(one_line(names.holders.get(request.holder_id, "")), 60)
    return either(f"ผู้รับเรื่อง {name}", f"With {name}") if name else ""


def _link(action: Json) -> Json:
    """A tappable word in a row, with room around it for a thumb."""
    label = line(str(action["label"]), bold=True, colour=GREEN) | {"align": "end"}
    box = stack([label]) | {"flex": 1, "paddingAll": "10px", "paddingEnd": "0px"}
    return tappable(box, action)


def _acknowledge(number: int) -> Json:
    return postback(ACKNOWLEDGE_LABEL, "acknowledge", f"{ACKNOWLEDGE} #{number}", request=number)


def _answer(number: int) -> Json:
    return postback(ANSWER_LABEL, "answer", f"{ANSWER} #{number}", request=number)
