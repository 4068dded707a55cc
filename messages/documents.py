"""Recording where a letter is: choosing the stage, confirming, and the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from messages.actions import fits_postback, postback
from messages.letters import letter_body, letter_identity, letter_sentence, since, stage_sentence
from messages.limits import Json
from messages.parts import button, card, headline, line, panel, row, rule, small, stack, text
from messages.refusals import refusal
from messages.thai import one_line, quoted
from messages.words import ANSWER_LABEL, CANCEL_LABEL, CONFIRM_LABEL, STAGE_WORDS
from models.documents import LetterView, Stage
from models.errors import Invalid


def stage_choices(letter: LetterView, choices: Sequence[Stage]) -> list[Json]:
    """Offer the stages a letter may go to next; none is said too.

    Each button is ``set_stage`` with ``document``, ``stage`` and ``event``, the event the person is looking at.
    """
    if not choices:
        return [text(f"{letter.number} {stage_sentence(letter)} ไม่มีขั้นต่อไปให้บันทึก")]
    title = f"{letter.number} ถึงขั้นใดแล้ว"
    body = [line(title, size="lg", bold=True), line(one_line(letter.subject), max_lines=2, margin="xs")]
    body += [small("ขณะนี้", margin="md"), line(STAGE_WORDS[letter.stage], bold=True), small(since(letter))]
    footer = [button(_set_stage(letter, stage), is_main=stage is choices[0]) for stage in choices]
    words = " / ".join(STAGE_WORDS[stage] for stage in choices)
    return [card(f"{title} ขณะนี้{stage_sentence(letter)} เลือกได้: {words}", body, footer)]


def confirm_stage(letter: LetterView, to_stage: Stage, note: str | None, *, now: datetime | None = None) -> list[Json]:
    """Ask before a stage is recorded.

    ``ยืนยัน`` is ``record_stage`` with ``document``, ``stage``, ``event`` and ``note`` (where there is one); a note that
    does not fit into a button is refused in words, with nothing to confirm.
    """
    params = {"document": letter.id, "stage": to_stage.value, "event": letter.latest_event_id}
    noted = {"note": one_line(note)} if note and note.strip() else {}
    if not fits_postback("record_stage", **params, **noted):
        return refusal(Invalid("note_too_long"))
    question = f"บันทึกว่า {letter.number} {STAGE_WORDS[to_stage]} ใช่หรือไม่"
    body = [line("ยืนยันการบันทึก", size="xs", bold=True), headline(STAGE_WORDS[to_stage])]
    body += [rule(), stack(letter_identity(letter, now or letter.stage_since), margin="lg")]
    if noted:
        body.append(panel([small("หมายเหตุ"), line(noted["note"], max_lines=4)]))
    confirm = postback(CONFIRM_LABEL, "record_stage", CONFIRM_LABEL, **params, **noted)
    cancel = postback(CANCEL_LABEL, "cancel", CANCEL_LABEL)
    alt_text = f"{question} หมายเหตุ: {noted['note']}" if noted else question
    return [card(alt_text, body, [row([button(cancel), button(confirm, is_main=True)])])]


def stage_recorded(letter: LetterView, now: datetime) -> list[Json]:
    """Show the letter as it stands after recording."""
    return [card(f"บันทึกแล้ว {letter_sentence(letter)}", [small("บันทึกแล้ว"), *letter_body(letter, now)])]


def people_wait(letter: LetterView, number: int, count: int) -> list[Json]:
    """Remind the officer that people wait to hear of the letter; ``number`` is of the first of ``count`` requests."""
    words = f"มีผู้รอคำตอบเรื่อง {letter.number} อยู่ {count} คำขอ เลือกแจ้งผลเพื่อตอบทุกคนพร้อมกัน"
    return [text(words, [postback(ANSWER_LABEL, "answer", f"{ANSWER_LABEL} #{number}", request=number)])]


def nothing_changed(letter: LetterView) -> list[Json]:
    """The letter was there already."""
    return [text(f"{quoted(letter.number)} {stage_sentence(letter)} อยู่แล้ว จึงไม่ได้บันทึกเพิ่ม")]


def _set_stage(letter: LetterView, stage: Stage) -> Json:
    params = {"document": letter.id, "stage": stage.value, "event": letter.latest_event_id}
    return postback(STAGE_WORDS[stage], "set_stage", STAGE_WORDS[stage], **params)
