"""What an asker hears on the way to an officer's answer: passed on, acknowledged, taken back, open again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from messages.actions import postback
from messages.language import Said, either
from messages.lengths import clip
from messages.limits import MAX_QUICK_REPLIES, Json
from messages.parts import text
from messages.thai import day_and_hour, when, within
from messages.words import TALK_LABEL, WITHDRAW_LABEL
from models.requests import RequestLine, RequestState


def passed_to_officers(request: RequestLine, now: datetime, opens_at: datetime | None = None) -> list[Json]:
    """Tell the asker that the question was passed on, and by when an answer is to be expected.

    Args:
        request: the new request.
        now: tells today from other days.
        opens_at: when the office serves again; None where it does now.
    """
    words = either(
        f"ส่งเรื่องให้เจ้าหน้าที่แล้ว คำขอ #{request.number}",
        f"Your question has been passed to an officer as request #{request.number}.",
    )
    return [text(f"{words}{_closed_until(opens_at, now)}\n{_expected(request, now)}", [_withdraw(request.number)])]


def asked_already(request: RequestLine, now: datetime, section: str = "") -> list[Json]:
    """Tell the asker that the same question is in hand already, and by when an answer is to be expected.

    Args:
        request: the request as it stands.
        now: whether its time is over.
        section: who has taken it on; empty where nobody has yet.
    """
    asked = when(request.asked_at, now)
    what = either(
        f"เรื่องนี้ถามไว้แล้ว{asked} คำขอ #{request.number}",
        f"You asked this already {asked}: request #{request.number}.",
    )
    waits = either("ส่งให้เจ้าหน้าที่แล้ว รอรับทราบ", "It has been passed to an officer and is not acknowledged yet.")
    state = either(f"{section}รับทราบแล้ว", f"{section} has acknowledged it.") if section else waits
    return [text(f"{what}\n{state} {_expected(request, now)}", [_withdraw(request.number)])]


def acknowledged_to_asker(what: str, section: str, answer_by: datetime, now: datetime) -> list[Json]:
    """Tell the askers that an officer has seen the request, who, and until when the answer is promised.

    Args:
        what: the letter's number where several wait for it, else ``one_request``.
        section: the officer's unit; the officer is not named.
        answer_by: the earliest of their deadlines.
        now: tells today from other days.
    """
    hurry = either("กำลังเร่งตรวจสอบให้", "It is being looked into with priority.")
    answer = either(f"จะแจ้งผล{within(answer_by, now)}", f"You will have an answer {within(answer_by, now)}.")
    seen = either(f"{section}รับทราบ {what} แล้ว", f"{section} has acknowledged {what}.")
    return [text(f"{seen} {answer if answer_by >= now else hurry}")]


def withdrawn(number: int) -> list[Json]:
    """Tell the asker that the question is taken back."""
    return [
        text(
            either(
                f"ถอนคำขอ #{number} แล้ว ถามใหม่ได้ทุกเมื่อ",
                f"Request #{number} is withdrawn. You may ask again at any time.",
            )
        )
    ]


def nothing_to_withdraw(number: int | None, state: RequestState | None) -> list[Json]:
    """Tell the asker that there is nothing to take back: answered or withdrawn already, or no question waits."""
    if number is None or state is None:
        return [
            text(
                either(
                    "ไม่มีคำขอที่รอเจ้าหน้าที่อยู่ จึงไม่มีคำขอให้ถอน",
                    "No request of yours is waiting for an officer, so there is none to withdraw.",
                )
            )
        ]
    if state is RequestState.WITHDRAWN:
        return [text(either(f"คำขอ #{number} ถอนไปแล้ว", f"Request #{number} has been withdrawn already."))]
    answered = f"Request #{number} has been answered already and need not be withdrawn."
    return [text(either(f"คำขอ #{number} แจ้งผลไปแล้ว จึงไม่ต้องถอน", answered))]


def which_to_withdraw(rows: Sequence[RequestLine], whats: Sequence[str]) -> list[Json]:
    """Ask which of several questions is taken back; ``whats`` says in a few words what each is about."""
    shown = list(zip(rows, whats, strict=True))[:MAX_QUICK_REPLIES]
    listed = "\n".join(f"#{request.number} {clip(what, 60)}" for request, what in shown)
    taps = [_withdraw(request.number, f"{either('ถอน', 'Withdraw')} #{request.number}") for request, _ in shown]
    return [text(f"{either('ต้องการถอนคำขอใด', 'Which request would you like to withdraw?')}\n{listed}", taps)]


def reopened(request: RequestLine, now: datetime, opens_at: datetime | None = None) -> list[Json]:
    """Tell the asker that officers have the question again, and by when an answer is to be expected."""
    words = either(
        f"ขออภัยที่คำตอบยังไม่ตรงกับที่ต้องการ ส่งคำขอ #{request.number} ให้เจ้าหน้าที่ตรวจสอบอีกครั้งแล้ว",
        f"We are sorry that the answer did not help. Request #{request.number} is with an officer again.",
    )
    return [text(f"{words}{_closed_until(opens_at, now)}\n{_expected(request, now)}", [_withdraw(request.number)])]


def nothing_to_reopen() -> list[Json]:
    """Tell a person that no answer of theirs can be meant."""
    words = either(
        f"ไม่พบคำตอบที่แจ้งถึงท่าน หากต้องการสอบถาม กรุณาพิมพ์เลขที่หนังสือ หรือเลือก{TALK_LABEL}",
        f"No answer given to you was found. To ask, please type a letter's number or choose “{TALK_LABEL}”.",
    )
    return [text(words, [_talk()])]


def one_request(number: int, about: str | None) -> str:
    """One of several requests, by its number and, where it may be said, the letter's."""
    request = either(f"คำขอ #{number}", f"request #{number}")
    return f"{request}{either(' ', ', ')}{about}" if about else request


def _expected(request: RequestLine, now: datetime) -> str:
    """By when an answer is to be expected; where that is past already, that it is late."""
    if now > request.answer_due_at:
        due = day_and_hour(request.answer_due_at, now)
        return either(
            f"ขออภัยที่ล่าช้ากว่ากำหนด {due} จะแจ้งผลโดยเร็ว",
            f"We are sorry: it was due by {due}. You will have an answer as soon as possible.",
        )
    due = within(request.answer_due_at, now)
    return either(f"คาดว่าจะแจ้งผล{due}", f"An answer is expected {due}.")


def _closed_until(opens_at: datetime | None, now: datetime) -> str:
    """A line of its own that the office is closed; nothing where it serves."""
    if opens_at is None:
        return ""
    hour = day_and_hour(opens_at, now)
    thai = hour if hour.startswith("วัน") else f" {hour}"
    words = either(
        f"ขณะนี้อยู่นอกเวลาให้บริการ เจ้าหน้าที่เริ่มตอบ{thai}", f"The office is closed now; officers answer from {hour}."
    )
    return f"\n{words}"


def _talk() -> Json:
    return postback(TALK_LABEL, "talk", TALK_LABEL)


def _withdraw(number: int, label: Said = WITHDRAW_LABEL) -> Json:
    return postback(label, "withdraw", f"{WITHDRAW_LABEL} #{number}", request=number)
