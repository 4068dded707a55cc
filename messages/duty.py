"""Requests that officers answer, as the secretariat sees them; what the asker hears is in ``messages.asking``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from messages.actions import postback, say
from messages.language import counted, either, in_thai
from messages.lengths import clip
from messages.letters import letter_sentence, stage_sentence
from messages.limits import MAX_QUICK_REPLIES, MAX_QUICK_REPLY_LABEL, Json
from messages.parts import (
    TONE_INKS,
    Tone,
    button,
    card,
    chip,
    line,
    links,
    panel,
    row,
    small,
    stack,
    text,
)
from messages.thai import clock_time, day_and_hour, one_line, quoted, when, within
from messages.words import (
    ACKNOWLEDGE,
    ACKNOWLEDGE_LABEL,
    ANSWER,
    ANSWER_LABEL,
    CANCEL,
    CANCEL_LABEL,
    CONFIRM,
    CONFIRM_LABEL,
    HAND_OVER_LABEL,
    QUEUE_LABEL,
    STAGE_WORDS,
    TALK_LABEL,
    URGENCY_TONES,
    URGENCY_WORDS,
)
from models.documents import LetterView, Stage, Urgency, next_stages
from models.requests import RequestLine, RequestState

SHOWN_QUESTION = 200
SPOKEN_QUESTION = 100
SHOWN_WORDS = 70
"""Of a question beside its letter."""
LIKELY_STAGES = 2
"""Of the next stages a card has the nearest; แจ้งผล offers them all."""

ASKED_AGAIN = "ถามซ้ำ"


@dataclass(frozen=True)
class OtherAskers:
    """How many others wait for the same matter, and from how many units."""

    people: int = 0
    units: int = 0


NOBODY_ELSE = OtherAskers()

ComposeFor: TypeAlias = Callable[[str], list[Json]]
"""Composes a message about something that is named in a few words."""


@in_thai
def request_card(
    request: RequestLine,
    unit_name: str,
    letter: LetterView | None,
    now: datetime,
    *,
    others: OtherAskers = NOBODY_ELSE,
    mark: str = "",
    answered_before: str = "",
) -> list[Json]:
    """Show a request to officers; all who get it get the same card, in Thai.

    Args:
        request: as it stands; one that is taken on already has no รับทราบ.
        unit_name: the asker's unit; the asker is not named.
        letter: the letter it is about, where known.
        now: tells today from other days, and what is late.
        others: who else waits for the same.
        mark: why it is shown, in a word or two, such as ``ถามซ้ำ`` or ``ครบ 8 นาที``; empty for a new request.
        answered_before: what the asker was told before and found no help.
    """
    what = what_of(request, letter.number if letter else None)
    body = [_heading(request, mark), small(f"จาก {unit_name}", max_lines=2, margin="xs")]
    if others.people:
        body.append(line(_others_words(others), size="xs", colour=TONE_INKS[Tone.DUE], bold=True))
    body.append(panel(_matter(request, letter, what), margin="md"))
    if answered_before:
        body.append(small(f"ตอบครั้งก่อน: {clip(one_line(answered_before), SHOWN_QUESTION)}", max_lines=3, margin="md"))
    body.append(_deadlines(request, now))
    alt_text = _alt_text(request, unit_name, letter, what, now, others, mark)
    return [card(alt_text, body, _footer(request, letter))]


def acknowledged(request: RequestLine, what: str, count: int, now: datetime) -> list[Json]:
    """Tell the officer that the acknowledgement is recorded, and what is left to do by when.

    Args:
        request: the named request.
        what: what it is about, in a few words.
        count: how many requests it served.
        now: tells today from other days.
    """
    due = within(request.answer_due_at, now)
    thai_together = f" รวม {count} คำขอ" if count > 1 else ""
    together = f", {counted(count, 'request')} together" if count > 1 else ""
    words = either(
        f"บันทึกแล้วว่ารับทราบ {what}{thai_together} กรุณาแจ้งผล{due}",
        f"Your acknowledgement of {what}{together} is recorded. Please answer {due}.",
    )
    return [text(words, [_answer(request.number), _hand_over(request.number)])]


def which_to_acknowledge(waiting: int) -> list[Json]:
    """Ask an officer which request is meant, of how many that wait."""
    if not waiting:
        return [text(either("ไม่มีคำขอที่รอรับทราบ", "No request waits to be acknowledged."), [say(QUEUE_LABEL)])]
    words = either(
        f"มีคำขอรอรับทราบ {waiting} คำขอ กรุณาระบุเลขคำขอ เช่น รับทราบ #42",
        f"{counted(waiting, 'request')} to be acknowledged. Please give the number, such as Acknowledge #42.",
    )
    return [text(words, [say(QUEUE_LABEL)])]


def taken_already(request: RequestLine, holder: str, since: datetime, now: datetime, *, is_own: bool) -> list[Json]:
    """Tell an officer who has the request and since when.

    Args:
        request: as it stands, taken on.
        holder: the colleague's name.
        since: when it came into those hands.
        now: tells today from other days.
        is_own: the officer has it in hand already.
    """
    at, due = when(since, now), within(request.answer_due_at, now)
    if is_own:
        words = either(
            f"คำขอ #{request.number} ท่านรับทราบไว้แล้ว{at} กรุณาแจ้งผล{due}",
            f"You acknowledged request #{request.number} already {at}. Please answer {due}.",
        )
    else:
        words = either(
            f"คำขอ #{request.number} {holder} รับทราบไปแล้ว{at} ท่านยังแจ้งผลแทนได้",
            f"{holder} acknowledged request #{request.number} {at}. You may still answer it.",
        )
    return [text(words, [_answer(request.number)])]


def ended_already(request: RequestLine, by: str = "", at: datetime | None = None) -> list[Json]:
    """Tell an officer that the request is answered or withdrawn."""
    if request.state is RequestState.WITHDRAWN:
        gone = f"Request #{request.number} was withdrawn by its asker and needs no answer."
        return [text(either(f"ผู้ถามถอนคำขอ #{request.number} แล้ว ไม่ต้องแจ้งผล", gone))]
    who = f"{either(' โดย', ' by')} {by}" if by else ""
    hour = f"{either(' เมื่อ', ' at')} {clock_time(at)}" if at else ""
    told = either(f"คำขอ #{request.number} แจ้งผลไปแล้ว", f"Request #{request.number} has been answered")
    return [text(f"{told}{who}{hour}{either('', '.')}")]


def whom_to_hand_to(number: int, names: Sequence[tuple[int, str, bool]]) -> list[Json]:
    """Ask to whom a request goes.

    Args:
        number: of the request.
        names: of each colleague the member's id, the name, and whether that person is on duty; those first.
    """
    if not names:
        nobody = either(
            f"ยังไม่มีเจ้าหน้าที่คนอื่นที่รับโอนคำขอ #{number} ได้",
            f"There is no other officer who can take over request #{number} yet.",
        )
        return [text(nobody, [_answer(number)])]
    taps = [
        postback(
            clip(name, MAX_QUICK_REPLY_LABEL),
            "hand_over_to",
            either(f"โอน #{number} ให้ {name}", f"Hand over #{number} to {name}"),
            request=number,
            member=member_id,
        )
        for member_id, name, _ in names[:MAX_QUICK_REPLIES]
    ]
    on_duty = either(" ", ", ").join(name for _, name, is_on_duty in names if is_on_duty)
    present = f" {either('ผู้อยู่เวร', 'On duty')}: {on_duty}" if on_duty else ""
    return [text(f"{either(f'โอนคำขอ #{number} ให้ผู้ใด', f'Hand request #{number} over to whom?')}{present}", taps)]


def handed_over(number: int, to_name: str, count: int) -> list[Json]:
    """Tell the officer who gave a request away that the colleague has it; ``count`` tells how many went along."""
    thai_together = f" พร้อมเรื่องเดียวกันรวม {count} คำขอ" if count > 1 else ""
    together = f", with all {count} on the same matter," if count > 1 else ""
    words = either(
        f"โอนคำขอ #{number}{thai_together} ให้ {to_name} แล้ว", f"Request #{number}{together} is now with {to_name}."
    )
    return [text(words)]


@in_thai
def withdrawn_to_holder(request: RequestLine, letter_number: str | None) -> list[Json]:
    """Tell the officer who has a request, in Thai, that there is nothing to answer any more."""
    return [text(f"ผู้ถามถอนคำขอ #{request.number} {what_of(request, letter_number)} แล้ว ไม่ต้องแจ้งผล")]


def confirm_answer(request: RequestLine, letter: LetterView, stage: Stage, waiting: int) -> list[Json]:
    """Read a stage back before it is recorded and told.

    Args:
        request: the request it answers.
        letter: the letter as the officer saw it.
        stage: the stage reached.
        waiting: how many people hear of it.
    """
    people = counted(waiting, "person", "people")
    question = either(
        f"บันทึกว่า {letter.number} {STAGE_WORDS[stage]} และตอบผู้ถาม {waiting} คน ใช่หรือไม่",
        f"Record {letter.number} as {quoted(STAGE_WORDS[stage])} and answer {people}?",
    )
    body = [
        small(either("ตอบผู้ถามและบันทึกสถานะ", "Answer and record the stage")),
        line(STAGE_WORDS[stage], size="xl", bold=True, colour=TONE_INKS[Tone.GOOD]),
        line(f"{letter.number} {one_line(letter.subject)}", max_lines=2, margin="sm"),
        small(either(f"ผู้ถาม {waiting} คน จะได้รับคำตอบนี้", f"{people} will get this answer"), margin="sm"),
    ]
    confirm = postback(
        CONFIRM_LABEL,
        "answer_stage",
        CONFIRM,
        request=request.number,
        stage=stage.value,
        event=letter.latest_event_id,
    )
    cancel = postback(CANCEL_LABEL, "cancel", CANCEL)
    return [card(question, body, [row([button(cancel), button(confirm, is_main=True)])])]


def what_of(request: RequestLine, letter_number: str | None) -> str:
    """What a request is about in a few words: its letter, the number asked for, the words, or only an officer wanted.

    Args:
        request: the request.
        letter_number: of its letter, as far as the reader may know of it. Where the letter may not be shown, neither
            is what was asked.
    """
    if letter_number:
        return letter_number
    if request.document_id is not None:
        return str(TALK_LABEL)
    return request.asked_number or clip(one_line(request.question), SPOKEN_QUESTION) or str(TALK_LABEL)


# --- parts ----------------------------------------------------------------------------------------------------------


def _heading(request: RequestLine, mark: str) -> Json:
    number = line(f"คำขอ #{request.number}", size="lg", bold=True) | {"flex": 1}
    chips = [chip(mark, Tone.LATE if "ล่าช้า" in mark or "เกิน" in mark else Tone.DUE)] if mark else []
    if request.urgency is not Urgency.NORMAL:
        chips.append(chip(URGENCY_WORDS[request.urgency], URGENCY_TONES[request.urgency]))
    return row([number, *chips]) | {"alignItems": "center"}


def _others_words(others: OtherAskers) -> str:
    units = f" จาก {others.units} หน่วยงาน" if others.units > 1 else ""
    return f"รอเรื่องเดียวกันอีก {others.people} คน{units}"


def _matter(request: RequestLine, letter: LetterView | None, what: str) -> list[Json]:
    asked = clip(one_line(request.question), SHOWN_QUESTION)
    if letter is not None:
        words = [small(quoted(clip(asked, SHOWN_WORDS)), max_lines=2)] if asked and asked != letter.number else []
        return [
            line(letter.number, bold=True),
            line(one_line(letter.subject), max_lines=2),
            small(stage_sentence(letter), max_lines=2),
            *words,
        ]
    if request.document_id is not None or not request.asked_number:
        return [line(what if request.document_id is not None else asked or what, max_lines=5)]
    more = [line(asked, max_lines=3)] if asked and asked != what else []
    return [line(what, bold=True, max_lines=2), *more, small("ผู้ถามค้นไม่พบเลขที่นี้")]


def _deadlines(request: RequestLine, now: datetime) -> Json:
    due = [_deadline("แจ้งผลภายใน", request.answer_due_at, now)]
    if request.state is RequestState.OPEN:
        due.insert(0, _deadline("รับทราบภายใน", request.acknowledge_due_at, now))
    return row(due, spacing="lg") | {"margin": "md"}


def _deadline(words: str, due_at: datetime, now: datetime) -> Json:
    is_late = now > due_at
    hour = line(day_and_hour(due_at, now), bold=True, colour=TONE_INKS[Tone.LATE] if is_late else TONE_INKS[Tone.GOOD])
    return stack([small(f"{words} (ล่าช้า)" if is_late else words), hour]) | {"flex": 1}


def _alt_text(
    request: RequestLine,
    unit_name: str,
    letter: LetterView | None,
    what: str,
    now: datetime,
    others: OtherAskers,
    mark: str,
) -> str:
    urgency = "" if request.urgency is Urgency.NORMAL else URGENCY_WORDS[request.urgency]
    head = " ".join(part for part in (mark, f"คำขอ #{request.number}", urgency) if part)
    about = letter_sentence(letter) if letter is not None else what
    together = f" ({_others_words(others)})" if others.people else ""
    acknowledge = f"รับทราบ{within(request.acknowledge_due_at, now)} " if request.state is RequestState.OPEN else ""
    return f"{head} จาก {unit_name}{together}: {about} {acknowledge}แจ้งผล{within(request.answer_due_at, now)}"


def _footer(request: RequestLine, letter: LetterView | None) -> list[Json]:
    is_open = request.state is RequestState.OPEN
    first = [button(_answer(request.number), is_main=not is_open)]
    if is_open:
        first.append(button(_acknowledge(request.number), is_main=True))
    stages = next_stages(letter.stage)[:LIKELY_STAGES] if letter is not None else []
    taps = [] if letter is None else [_tell_stage(request.number, letter, stage) for stage in stages]
    return [row(first), *([links(taps)] if taps else []), links([_hand_over(request.number)])]


def _acknowledge(number: int) -> Json:
    return postback(ACKNOWLEDGE_LABEL, "acknowledge", f"{ACKNOWLEDGE} #{number}", request=number)


def _answer(number: int) -> Json:
    return postback(ANSWER_LABEL, "answer", f"{ANSWER} #{number}", request=number)


def _tell_stage(number: int, letter: LetterView, stage: Stage) -> Json:
    words = STAGE_WORDS[stage]
    event = letter.latest_event_id
    return postback(words, "tell_stage", f"{letter.number} {words}", request=number, stage=stage.value, event=event)


def _hand_over(number: int) -> Json:
    return postback(HAND_OVER_LABEL, "hand_over", f"{either('โอนคำขอ', 'Hand over request')} #{number}", request=number)
