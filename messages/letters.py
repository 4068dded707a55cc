"""How a letter is shown wherever it is shown: as a sentence, as the upper part of a card, as a row of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from messages.actions import postback
from messages.language import Words, either
from messages.lengths import clip
from messages.limits import Json
from messages.parts import (
    TONE_INKS,
    Step,
    StepState,
    Tone,
    chip,
    headline,
    line,
    row,
    rule,
    small,
    stack,
    tappable,
    timeline,
)
from messages.thai import clock_time, day_and_month, one_line, quoted, short_date, short_moment, year
from messages.words import (
    STAGE_SENTENCES,
    STAGE_TO_COME_WORDS,
    STAGE_TONES,
    STAGE_WORDS,
    URGENCY_TONES,
    URGENCY_WORDS,
)
from models.documents import LetterLine, LetterStep, LetterView, Stage, Urgency

ORDINARY_WAY = (Stage.RECEIVED, Stage.SCREENING, Stage.PROPOSED, Stage.SIGNED, Stage.DISPATCHED)
AFTER_RETURN = Words("รับเรื่องอีกครั้งเมื่อแก้ไขแล้ว", "Received again once corrected")
SHOW, SHOW_LABEL = Words("ดู", "Show"), Words("ดูรายละเอียด", "Show details")
NEED_NOT_HURRY = frozenset({Stage.SIGNED, Stage.DISPATCHED})
"""Stages at which the hour a letter had to arrive by no longer matters."""

SPOKEN_SUBJECT = 80
"""Characters of a subject in altText: the stage comes after it and must still be seen."""
LISTED_SUBJECT = 160
SHOWN_NOTE = 200
SUBJECT_LINES = 3
SUBJECT_LINES_BESIDE_NOTE = 2
"""A card with a note still fits a small phone."""
SHOWN_RECEIVE_NUMBERS = 2


def letter_sentence(letter: LetterView | LetterLine) -> str:
    """Say in one sentence where a letter is, with the date in full so that it stays true when read later."""
    subject = clip(one_line(letter.subject), SPOKEN_SUBJECT)
    return f"{letter.number} {either(f'เรื่อง {subject}', quoted(subject))} {stage_sentence(letter)}"


def stage_sentence(letter: LetterView | LetterLine) -> str:
    """Say the stage and since when, ``อยู่ขั้นรับเรื่อง ตั้งแต่ 20 พ.ย. 2569 09.15 น.``, as an end of a sentence."""
    return f"{STAGE_SENTENCES[letter.stage]} {short_moment(letter.stage_since)}"


def now_at(letter: LetterView | LetterLine) -> str:
    """Say of a letter that is named already where it is now."""
    return either(f"ขณะนี้{stage_sentence(letter)}", f"It {stage_sentence(letter)}")


def since(letter: LetterView | LetterLine) -> str:
    """Say since when a letter is at its stage, or when it got there: ``ตั้งแต่ 20 พ.ย. 2569 09.15 น.`` and no more."""
    preposition = STAGE_SENTENCES[letter.stage].rsplit(" ", 1)[-1]
    return f"{preposition} {short_moment(letter.stage_since)}"


def letter_answer(letter: LetterView) -> list[Json]:
    """The first lines of a letter's card: its stage, since when, and what was noted last."""
    pieces = [headline(STAGE_WORDS[letter.stage], STAGE_TONES[letter.stage]), small(since(letter))]
    note = _note(letter)
    return [*pieces, line(clip(note, SHOWN_NOTE), max_lines=2, margin="sm")] if note else pieces


def letter_identity(letter: LetterView, now: datetime) -> list[Json]:
    """Which letter it is: number and urgency, subject, unit, dates."""
    lines = SUBJECT_LINES_BESIDE_NOTE if _note(letter) else SUBJECT_LINES
    pieces = [_number_row(letter), line(one_line(letter.subject), max_lines=lines, margin="xs")]
    pieces.append(small(f"{either('จาก', 'From')} {letter.from_unit}", max_lines=2, margin="sm"))
    if papers := _papers(letter):
        pieces.append(small(papers, max_lines=2))
    if letter.due_at is not None:
        pieces.append(_due_line(letter, letter.due_at, now))
    return pieces


def letter_way(letter: LetterView, now: datetime) -> list[Json]:
    """The letter's way so far and to come."""
    pieces = [timeline(way_of(letter, now))]
    if sent_back := _earlier_return(letter):
        told = either("เคยส่งคืนแก้ไขเมื่อ", "Was returned for correction on")
        pieces.append(small(f"{told} {short_date(sent_back.at)}", margin="md"))
    return pieces


def letter_body(letter: LetterView, now: datetime) -> list[Json]:
    """A whole letter: the answer first, then which letter, then its way."""
    return [*letter_answer(letter), rule(), stack(letter_identity(letter, now), margin="lg"), *letter_way(letter, now)]


def letter_lines(letter: LetterLine | LetterView, now: datetime) -> list[Json]:
    """A letter in a few lines: number and urgency, subject, where it is and since when."""
    stage = line(STAGE_WORDS[letter.stage], size="xs", colour=TONE_INKS[STAGE_TONES[letter.stage]], bold=True)
    when = f"{_day(letter.stage_since, now)}{either(' ', ', ')}{clock_time(letter.stage_since)}"
    return [
        _number_row(letter),
        line(clip(one_line(letter.subject), LISTED_SUBJECT), max_lines=2),
        row([stage | {"flex": 1}, small(when) | {"flex": 0}]),
    ]


def letter_row(letter: LetterLine, now: datetime) -> Json:
    """A letter as a row of a list; a tap shows it."""
    box = stack(letter_lines(letter, now), spacing="xs") | {"paddingTop": "10px", "paddingBottom": "10px"}
    return tappable(box, postback(SHOW_LABEL, "show", f"{SHOW} {letter.number}", document=letter.id))


def way_of(letter: LetterView, now: datetime) -> list[Step]:
    """The steps of a letter's way since it was last sent back, passed, present and to come, in order."""
    reached = _reached(letter)
    furthest = max((ORDINARY_WAY.index(stage) for stage in reached if stage in ORDINARY_WAY), default=-1)
    days = {stage: _day(at, now) for stage, at in reached.items()}
    steps = [_passed(stage, days, letter.stage) for stage in ORDINARY_WAY[: furthest + 1]]
    if letter.stage is Stage.RETURNED:
        sent_back = Step(STAGE_WORDS[Stage.RETURNED], StepState.RETURNED, days[Stage.RETURNED])
        return [*steps, sent_back, Step(str(AFTER_RETURN), StepState.TO_COME)]
    return steps + [Step(STAGE_TO_COME_WORDS[stage], StepState.TO_COME) for stage in ORDINARY_WAY[furthest + 1 :]]


def _passed(stage: Stage, days: dict[Stage, str], present: Stage) -> Step:
    state = StepState.CURRENT if stage is present else StepState.DONE
    return Step(STAGE_WORDS[stage], state, days.get(stage, ""))


def _reached(letter: LetterView) -> dict[Stage, datetime]:
    """When each stage was first reached since the letter was last sent back."""
    moments: dict[Stage, datetime] = {}
    for step in _latest_round(letter.steps):
        moments.setdefault(step.stage, step.at)
    return moments | {letter.stage: letter.stage_since}


def _latest_round(steps: Sequence[LetterStep]) -> list[LetterStep]:
    newest_first = list(reversed(steps))
    ending = list(takewhile(lambda step: step.stage is Stage.RETURNED, newest_first))
    before = takewhile(lambda step: step.stage is not Stage.RETURNED, newest_first[len(ending) :])
    return [*reversed(list(before)), *reversed(ending)]


def _earlier_return(letter: LetterView) -> LetterStep | None:
    if letter.stage is Stage.RETURNED:
        return None
    return next((step for step in reversed(letter.steps) if step.is_return), None)


def _note(letter: LetterView) -> str:
    return one_line(letter.steps[-1].note or "") if letter.steps else ""


def _number_row(letter: LetterView | LetterLine) -> Json:
    number = line(letter.number, size="md", bold=True) | {"flex": 1}
    if letter.urgency is Urgency.NORMAL:
        return row([number])
    urgency = chip(URGENCY_WORDS[letter.urgency], URGENCY_TONES[letter.urgency])
    return row([number, urgency]) | {"alignItems": "center"}


def _papers(letter: LetterView) -> str:
    dated = f"{either('ลงวันที่', 'Dated')} {short_date(letter.document_date)}" if letter.document_date else ""
    numbers = " ".join(letter.receive_numbers[-SHOWN_RECEIVE_NUMBERS:])
    return "  ".join(part for part in (dated, f"{either('เลขรับ', 'Receive no.')} {numbers}" if numbers else "") if part)


def _due_line(letter: LetterView, due_at: datetime, now: datetime) -> Json:
    is_late = now > due_at and letter.stage not in NEED_NOT_HURRY
    words = either("เลยกำหนดเมื่อ", "Was due by") if is_late else either("กำหนดถึงภายใน", "Due by")
    return line(f"{words} {short_moment(due_at)}", size="xs", colour=TONE_INKS[Tone.LATE if is_late else Tone.DUE])


def _day(at: datetime, now: datetime) -> str:
    """A day without its year where the year is this one."""
    return day_and_month(at) if year(at) == year(now) else short_date(at)
