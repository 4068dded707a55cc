"""Satisfaction: the one question after an answer, what is said to a mark, and what a supervisor hears of a bad one."""

from __future__ import annotations

from datetime import datetime

from messages.actions import postback
from messages.language import Glossary, Words, either, in_thai
from messages.limits import Json
from messages.parts import Tone, button, card, headline, line, panel, small, text
from messages.thai import clock_time, one_line, quoted
from messages.words import NO_ANSWER_LABEL, RATING_LABELS, RATING_WORDS, ROLE_WORDS
from models.members import Role

QUESTION = Words("ท่านพึงพอใจการให้บริการครั้งนี้เพียงใด", "How high is your satisfaction with this service?")
SKIP_LABEL = Words("ข้าม", "Skip")
CLOSE_LABEL = "ปิดเรื่อง"
BY_MACHINE = "ระบบตอบอัตโนมัติ"

_THANKS = Glossary({3: Words("จะนำไปปรับปรุงการให้บริการ", "It will help us to improve the service.")})
"""What is added for a score."""


def invitation(answer_number: int) -> Json:
    """Ask once how the service was; goes behind an answer, as the last message of its call.

    Args:
        answer_number: the request whose answer it is; all who got that answer with it are asked with the same number.
    """
    return text(str(QUESTION), choices(answer_number))


def choices(answer_number: int) -> list[Json]:
    """The quick replies of the question: the five official words, and a way to say that it was no answer."""
    scores = [
        postback(label, "rate", RATING_WORDS[score], answer=answer_number, score=score)
        for score, label in sorted(RATING_LABELS.items(), reverse=True)
    ]
    return [*scores, _no_answer(answer_number)]


def thanks(request_number: int, score: int, before: int | None) -> list[Json]:
    """Say that a mark is kept; ``before`` is the mark that stood until now, None where this is the first."""
    mark = quoted(RATING_WORDS[score])
    if before is None:
        said = either(
            f"ขอบคุณ บันทึกความพึงพอใจคำขอ #{request_number} ว่า {mark} แล้ว",
            f"Thank you. Your satisfaction with request #{request_number} is recorded as {mark}.",
        )
    elif before == score:
        said = either(
            f"บันทึกความพึงพอใจคำขอ #{request_number} ว่า {mark} ไว้แล้ว",
            f"Your satisfaction with request #{request_number} is recorded as {mark} already.",
        )
    else:
        said = either(
            f"ขอบคุณ เปลี่ยนความพึงพอใจคำขอ #{request_number} เป็น {mark} แล้ว",
            f"Thank you. Your satisfaction with request #{request_number} is changed to {mark}.",
        )
    return [text(" ".join(filter(None, (said, _THANKS.get(score)))))]


def ask_for_words(request_number: int, score: int, until: datetime) -> list[Json]:
    """Ask why a mark was a bad one; ``until`` is how long the next text is taken for the reason."""
    mark, hour, supervisor = quoted(RATING_WORDS[score]), clock_time(until), ROLE_WORDS[Role.SUPERVISOR]
    words = either(
        f"บันทึกความพึงพอใจคำขอ #{request_number} ว่า {mark} แล้ว\nกรุณาพิมพ์เหตุผลภายใน {hour} {supervisor}จะดูแลต่อ",
        f"Your satisfaction with request #{request_number} is recorded as {mark}."
        f"\nPlease type the reason by {hour}. The {supervisor} will look into it.",
    )
    return [text(words, [postback(SKIP_LABEL, "skip_words", SKIP_LABEL), _no_answer(request_number)])]


def words_passed_on(request_number: int) -> list[Json]:
    """Say that the reason reached somebody; who still needs an answer may ask for it."""
    supervisor = ROLE_WORDS[Role.SUPERVISOR]
    words = either(f"ขอบคุณ ส่งเหตุผลให้{supervisor}แล้ว", f"Thank you. The reason has been passed to the {supervisor}.")
    return [text(words, [_no_answer(request_number)])]


def words_skipped() -> list[Json]:
    """Say that no reason is needed."""
    return [text(either("ไม่เป็นไร บันทึกคะแนนไว้แล้ว ขอบคุณ", "No reason is needed. Your mark is recorded. Thank you."))]


def nothing_to_rate() -> list[Json]:
    """Say that there is no answer that a mark could be for."""
    words = either(
        "ยังไม่มีคำตอบของท่านในเจ็ดวันนี้ให้ประเมิน เมื่อได้รับคำตอบแล้ว ท่านให้คะแนนได้ทันที",
        "There is no answer to you in the last seven days to rate. Once you have one, you may rate it at once.",
    )
    return [text(words)]


@in_thai
def dissatisfied(
    request_number: int,
    score: int,
    *,
    unit_name: str,
    letter_number: str = "",
    answered_by: str | None,
    is_machine: bool,
    words: str | None = None,
) -> list[Json]:
    """Tell supervisors, in Thai, of a mark of 1 or 2, and again when the person said why.

    Args:
        request_number: the number after ``#``.
        score: 1 or 2.
        unit_name: the asker's unit; the asker is not named.
        letter_number: what was asked for; empty where it was no letter, or one that must not be named.
        answered_by: the section that answered; None where nobody knows any more.
        is_machine: nobody answered but the register.
        words: why, as typed.
    """
    mark = f"พึงพอใจ{RATING_WORDS[score]}"
    about = f"คำขอ #{request_number}" + (f" หนังสือ {letter_number}" if letter_number else "")
    answering = BY_MACHINE if is_machine else answered_by
    body = [headline(mark, Tone.LATE), line(about, bold=True, margin="sm"), small(unit_name)]
    if answering:
        body.append(small(f"ผู้ตอบ {answering}"))
    if words:
        body.append(panel([small("เหตุผล"), line(words)]))
    close = postback(CLOSE_LABEL, "close_follow_up", f"{CLOSE_LABEL} #{request_number}", request=request_number)
    told = [f"{about} จาก {unit_name} {mark}"]
    told += [f"ผู้ตอบ {answering}"] if answering else []
    told += [f"เหตุผล {one_line(words)}"] if words else []
    return [card(" ".join(told), body, [button(close, is_main=True)])]


def follow_up_closed(request_number: int) -> list[Json]:
    """Tell the supervisor that the matter is closed."""
    closed = f"The matter of dissatisfaction with request #{request_number} is closed."
    return [text(either(f"ปิดเรื่องความไม่พึงพอใจของคำขอ #{request_number} แล้ว", closed))]


def follow_up_closed_before(request_number: int) -> list[Json]:
    """Tell a supervisor that it was closed before: by a colleague, or by a better mark."""
    closed = f"The matter of dissatisfaction with request #{request_number} had been closed before."
    return [text(either(f"เรื่องความไม่พึงพอใจของคำขอ #{request_number} ปิดไปก่อนแล้ว", closed))]


def is_skip(words: str) -> bool:
    """Whether a text says, in place of a reason, that none will be given."""
    return words in ("", SKIP_LABEL.thai, SKIP_LABEL.english)


def _no_answer(answer_number: int) -> Json:
    return postback(NO_ANSWER_LABEL, "reopen", NO_ANSWER_LABEL, answer=answer_number)
