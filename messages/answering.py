"""The answer (แจ้งผล): what an officer may choose from, and what the askers are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from messages.actions import postback, postback_filling_in
from messages.language import Said, Words, either, in_thai
from messages.lengths import clip, u16_length
from messages.letters import letter_answer, letter_identity, letter_sentence, now_at, since
from messages.limits import MAX_TEXT_UNITS, Json
from messages.parts import button, card, line, links, rule, small, stack, text, with_quick_replies
from messages.rating import invitation
from messages.thai import clock_time, one_line, quoted
from messages.words import FOLLOW, FOLLOW_LABEL, NO_ANSWER_LABEL, STAGE_WORDS
from models.documents import LetterView, Stage, next_stages
from models.requests import RequestLine

WRITE_LABEL = Words("พิมพ์คำตอบเอง", "Type an answer")
NOT_FOUND_LABEL = Words("ยังไม่พบหนังสือ", "Letter not found yet")
NOT_FOUND_WORDS = Words("ยังไม่พบหนังสือ กรุณาตรวจสอบเลขที่", "The letter has not been found yet. Please check its number.")
STILL, SAME_STAGE = Words("ยังอยู่ขั้น", "Still: "), Words("สถานะเดิม ", "As before: ")
EXAMPLE_ANSWER = Words("เสนอรองปลัดแล้วเมื่อเช้า", "Submitted to the Deputy this morning")
LONGEST_NOTE = 200


def answer_choices(request: RequestLine, what: str, letter: LetterView | None, waiting: int) -> list[Json]:
    """Offer what an officer may answer with one more tap, and tell that words of one's own work too.

    Args:
        request: the request to answer.
        what: what it is about, in a few words.
        letter: its letter, where the register has it; without it nothing is recorded.
        waiting: how many people get the answer.
    """
    asker = either("แตะเพื่อตอบผู้ถามทันที", "A tap answers the asker at once")
    askers = either(f"ผู้ถาม {waiting} คน จะได้รับคำตอบนี้", f"{waiting} people will get this answer")
    recorded = either("และบันทึกสถานะ", " and records the stage") if letter is not None else ""
    example = either(
        f"หรือพิมพ์ #{request.number} ตามด้วยคำตอบ เช่น\n#{request.number} {EXAMPLE_ANSWER}",
        f"Or type #{request.number} and the answer, such as\n#{request.number} {EXAMPLE_ANSWER}",
    )
    body = [line(what, size="md", bold=True, max_lines=2)]
    if letter is not None:
        body.append(small(now_at(letter), max_lines=2))
    body.append(small(f"{askers if waiting > 1 else asker}{recorded}", margin="sm"))
    choices = _choices_of(request.number, letter)
    footer = [button(action, is_main=action is choices[0]) for action in choices[:-1]]
    write = postback_filling_in(WRITE_LABEL, "write_answer", f"#{request.number} ", request=request.number)
    if letter is None:
        footer = [*_in_pairs(choices[:-1]), button(choices[-1])]
    else:
        footer.append(button(choices[-1], is_main=len(choices) == 1))
    body.append(small(example, margin="sm"))
    listed = " / ".join(str(action["label"]) for action in choices)
    title = either(f"ตอบ {what} เลือกได้", f"Answer {what}, choose one")
    return [card(f"{title}: {listed}{either(' ', '. ')}{one_line(example)}", body, [*footer, links([write])])]


def ask_for_words(number: int) -> list[Json]:
    """Ask the officer for the words of the answer."""
    words = either(
        f"กรุณาพิมพ์ #{number} แล้วตามด้วยคำตอบ เช่น #{number} {EXAMPLE_ANSWER}",
        f"Please type #{number} and then the answer, such as #{number} {EXAMPLE_ANSWER}",
    )
    return [text(words, [postback_filling_in(WRITE_LABEL, "write_answer", f"#{number} ", request=number)])]


def stage_answer(letter: LetterView, section: str, now: datetime) -> list[Json]:
    """Tell askers where their letter is, on an officer's word.

    Args:
        letter: as it stands now.
        section: the officer's unit.
        now: when it is told.
    """
    told = either(f"{section}แจ้งผลเมื่อ {clock_time(now)}", f"Answered by {section} at {clock_time(now)}")
    body = [*letter_answer(letter), small(told, max_lines=2), rule()]
    body.append(stack(letter_identity(letter, now), margin="lg"))
    follow = postback(FOLLOW_LABEL, "follow", f"{FOLLOW} {letter.number}", document=letter.id)
    who = either(f"{section}แจ้งผล", f"Answer from {section}")
    return [card(f"{who}: {letter_sentence(letter)}", body, [button(follow)])]


def words_answer(what: str, words: Said, section: str) -> list[Json]:
    """Give askers an officer's words whole; a very long answer comes as a message of its own.

    Args:
        what: what it is about, in a few words.
        words: as the officer wrote them; where one was tapped, words of ours.
        section: the officer's unit.
    """
    head = either(f"{section}แจ้งผล {what}", f"Answer from {section} on {what}")
    whole = f"{head}\n{str(words).strip()}"
    return [text(whole)] if u16_length(whole) <= MAX_TEXT_UNITS else [text(head), text(str(words).strip())]


def with_invitation(messages: Sequence[Json], number: int) -> list[Json]:
    """An answer, and the question how it was; that has the way to say that it was no answer among its taps.

    Args:
        messages: the answer.
        number: of the request that the officer named.
    """
    return [*messages, invitation(number)]


def with_way_back(messages: Sequence[Json], number: int) -> list[Json]:
    """An answer with the way to say that it was none, for those who are not asked how it was."""
    no_answer = postback(NO_ANSWER_LABEL, "reopen", NO_ANSWER_LABEL, answer=number)
    return [*messages[:-1], with_quick_replies(messages[-1], [no_answer])]


def answer_recorded(
    what: str, people: int, letter: LetterView | None = None, *, not_recorded: Stage | None = None
) -> list[Json]:
    """Tell the officer that the answer goes out, and what became of the letter's status.

    Args:
        what: what it was about, in a few words.
        people: how many are told.
        letter: the letter as it stands, where the answer recorded something of it.
        not_recorded: the stage that the words told and that the letter cannot reach.
    """
    thai_askers = f"ผู้ถาม {people} คน" if people > 1 else "ผู้ถาม"
    english_askers = f"{people} people" if people > 1 else "the asker"
    told = either(f"แจ้งผล {what} ให้{thai_askers}แล้ว", f"Your answer on {what} goes to {english_askers}.")
    if letter is not None:
        recorded = either(f"บันทึกสถานะ {letter.number}", f"Recorded for {letter.number}")
        return [text(f"{told}\n{recorded}: {STAGE_WORDS[letter.stage]} {since(letter)}")]
    if not_recorded is not None:
        stage = quoted(STAGE_WORDS[not_recorded])
        why = either(
            f"ไม่ได้บันทึกสถานะ {stage} เพราะไม่ต่อจากสถานะปัจจุบันของหนังสือ",
            f"The stage {stage} was not recorded, because it does not follow from where the letter is.",
        )
        return [text(f"{told}\n{why}")]
    return [text(told)]


def _choices_of(number: int, letter: LetterView | None) -> list[Json]:
    """What may be told, the likeliest first; the last is that nothing changed, or that the letter is not found."""
    if letter is None:
        stages = [_tell(number, stage) for stage in Stage]
        not_found = postback(NOT_FOUND_LABEL, "answer_not_found", NOT_FOUND_WORDS, request=number)
        return [*stages, not_found]
    event = letter.latest_event_id
    still = SAME_STAGE if letter.stage in _MOMENTS else STILL
    reachable = [_tell(number, stage, event) for stage in next_stages(letter.stage)]
    return [*reachable, _tell(number, letter.stage, event, f"{still}{STAGE_WORDS[letter.stage]}")]


def _tell(number: int, stage: Stage, event: int | None = None, label: str = "") -> Json:
    words = label or STAGE_WORDS[stage]
    return postback(words, "answer_stage", words, request=number, stage=stage.value, event=event)


def _in_pairs(actions: Sequence[Json]) -> list[Json]:
    return [links(actions[at : at + 2]) for at in range(0, len(actions), 2)]


def stage_in_words(stage: Stage) -> Words:
    """A stage as an officer would write it, of a letter that the register does not have."""
    words = STAGE_WORDS.of(stage)
    at = "ขณะนี้" if stage in _MOMENTS else "ขณะนี้อยู่ขั้น"
    return Words(f"{at}{words.thai}", f"Stage now: {words.english}")


@in_thai
def as_note(words: Said) -> str:
    """An officer's words as a note in the letter's history; words of ours are kept in Thai."""
    return clip(one_line(str(words)), LONGEST_NOTE)


_MOMENTS = frozenset({Stage.SIGNED, Stage.DISPATCHED, Stage.RETURNED})
