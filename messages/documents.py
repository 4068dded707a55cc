"""Recording where a letter is: choosing the stage, confirming, and the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from messages.actions import fits_postback, postback
from messages.language import Words, counted, either
from messages.letters import letter_body, letter_identity, letter_sentence, now_at, since, stage_sentence
from messages.limits import Json
from messages.parts import button, card, headline, line, panel, row, rule, small, stack, text
from messages.refusals import refusal
from messages.thai import one_line, quoted
from messages.words import ANSWER, ANSWER_LABEL, CANCEL, CANCEL_LABEL, CONFIRM, CONFIRM_LABEL, STAGE_WORDS
from models.documents import LetterView, Stage
from models.errors import Invalid

NOTE = Words("หมายเหตุ", "Note")


def stage_choices(letter: LetterView, choices: Sequence[Stage]) -> list[Json]:
    """Offer the stages a letter may go to next; none is said too.

    Each button is ``set_stage`` with ``document``, ``stage`` and ``event``, the event the person is looking at.
    """
    if not choices:
        end = either(" ไม่มีขั้นต่อไปให้บันทึก", ". There is no further stage to record.")
        return [text(f"{letter.number} {stage_sentence(letter)}{end}")]
    title = either(f"{letter.number} ถึงขั้นใดแล้ว", f"Which stage has {letter.number} reached?")
    body = [line(title, size="lg", bold=True), line(one_line(letter.subject), max_lines=2, margin="xs")]
    body += [
        small(either("ขณะนี้", "Now"), margin="md"),
        line(STAGE_WORDS[letter.stage], bold=True),
        small(since(letter)),
    ]
    footer = [button(_set_stage(letter, stage), is_main=stage is choices[0]) for stage in choices]
    words = " / ".join(STAGE_WORDS[stage] for stage in choices)
    return [card(f"{title} {now_at(letter)}{either(' เลือกได้', '. Choose one')}: {words}", body, footer)]


def confirm_stage(letter: LetterView, to_stage: Stage, note: str | None, *, now: datetime | None = None) -> list[Json]:
    """Ask before a stage is recorded.

    ``ยืนยัน`` is ``record_stage`` with ``document``, ``stage``, ``event`` and ``note`` (where there is one); a note that
    does not fit into a button is refused in words, with nothing to confirm.
    """
    params = {"document": letter.id, "stage": to_stage.value, "event": letter.latest_event_id}
    noted = {"note": one_line(note)} if note and note.strip() else {}
    if not fits_postback("record_stage", **params, **noted):
        return refusal(Invalid("note_too_long"))
    question = either(
        f"บันทึกว่า {letter.number} {STAGE_WORDS[to_stage]} ใช่หรือไม่",
        f"Record {letter.number} as {quoted(STAGE_WORDS[to_stage])}?",
    )
    body = [line(either("ยืนยันการบันทึก", "Please confirm"), size="xs", bold=True), headline(STAGE_WORDS[to_stage])]
    body += [rule(), stack(letter_identity(letter, now or letter.stage_since), margin="lg")]
    if noted:
        body.append(panel([small(str(NOTE)), line(noted["note"], max_lines=4)]))
    confirm = postback(CONFIRM_LABEL, "record_stage", CONFIRM, **params, **noted)
    cancel = postback(CANCEL_LABEL, "cancel", CANCEL)
    alt_text = f"{question} {NOTE}: {noted['note']}" if noted else question
    return [card(alt_text, body, [row([button(cancel), button(confirm, is_main=True)])])]


def stage_recorded(letter: LetterView, now: datetime) -> list[Json]:
    """Show the letter as it stands after recording."""
    recorded = either("บันทึกแล้ว", "Recorded")
    alt_text = f"{recorded}{either(' ', ': ')}{letter_sentence(letter)}"
    return [card(alt_text, [small(recorded), *letter_body(letter, now)])]


def people_wait(letter: LetterView, number: int, count: int) -> list[Json]:
    """Remind the officer that people wait to hear of the letter; ``number`` is of the first of ``count`` requests."""
    words = either(
        f"มีผู้รอคำตอบเรื่อง {letter.number} อยู่ {count} คำขอ เลือกแจ้งผลเพื่อตอบทุกคนพร้อมกัน",
        f"{counted(count, 'request')} about {letter.number} to be answered. Choose {quoted(str(ANSWER))} for all.",
    )
    return [text(words, [postback(ANSWER_LABEL, "answer", f"{ANSWER} #{number}", request=number)])]


def nothing_changed(letter: LetterView) -> list[Json]:
    """The letter was there already."""
    why = either("อยู่แล้ว จึงไม่ได้บันทึกเพิ่ม", "already. Nothing was recorded.")
    return [text(f"{quoted(letter.number)} {stage_sentence(letter)} {why}")]


def _set_stage(letter: LetterView, stage: Stage) -> Json:
    params = {"document": letter.id, "stage": stage.value, "event": letter.latest_event_id}
    return postback(STAGE_WORDS[stage], "set_stage", STAGE_WORDS[stage], **params)
