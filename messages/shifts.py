"""Duty (เวร): beginning it, ending it, handing it over, and who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from messages.actions import postback, say
from messages.lengths import clip
from messages.limits import MAX_QUICK_REPLIES, MAX_QUICK_REPLY_LABEL, Json
from messages.parts import GREEN, card, line, row, rule, small, stack, tappable, text, with_quick_replies
from messages.thai import bangkok_date, clock_time, day_and_hour, decimal_text, join_words
from messages.words import HAND_OVER_LABEL, HAND_OVER_SHIFT_LABEL, QUEUE_LABEL
from models.requests import RequestLine

START_LABEL = "เข้าเวร"
END_LABEL = "ออกเวร"
WHO_LABEL = "ใครอยู่เวร"


@dataclass(frozen=True)
class OnDuty:
    """Somebody on duty as lists show it; without hours where there is no roster that day."""

    name: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def shift_started(until: datetime, others: Sequence[str], now: datetime, queue: Sequence[Json] = ()) -> list[Json]:
    """Tell an officer that the shift runs, until when, with whom, and what is open.

    Args:
        until: the end of the shift.
        others: names of those on duty beside the officer.
        now: tells today from other days.
        queue: the card of what is open; empty where nothing is.
    """
    along = f"ผู้อยู่เวรด้วยกัน {join_words(others)}" if others else "ขณะนี้ท่านอยู่เวรผู้เดียว"
    nothing = "" if queue else " ไม่มีคำขอค้าง"
    taps = [postback(HAND_OVER_SHIFT_LABEL, "hand_over_duty", "โอนเวร"), postback(END_LABEL, "end_duty", END_LABEL)]
    told = [text(f"เข้าเวรแล้ว ถึง {until_words(until, now)}\n{along}{nothing}"), *queue]
    return [*told[:-1], with_quick_replies(told[-1], taps)]


def shift_ended(left: Sequence[str], *, is_supervisor_told: bool, in_hand: Sequence[Json] = ()) -> list[Json]:
    """Tell an officer that the shift ended and who is left.

    Args:
        left: names of those on duty from now on.
        is_supervisor_told: nobody is, and the supervisor hears of it.
        in_hand: the card of what the officer still has to answer; empty where nothing is.
    """
    if left:
        rest = f"ผู้อยู่เวรต่อ {join_words(left)}"
    else:
        rest = "ขณะนี้ไม่มีผู้อยู่เวร แจ้งหัวหน้าส่วนเลขานุการแล้ว" if is_supervisor_told else "ขณะนี้ไม่มีผู้อยู่เวร"
    return [text(f"ออกเวรแล้ว\n{rest}"), *in_hand]


def still_in_hand(rows: Sequence[tuple[RequestLine, str]], now: datetime) -> list[Json]:
    """Show what an officer has still in hand, each with the way to give it to a colleague; at least one.

    Args:
        rows: the requests, the nearest deadline first, each with a few words on what it is about.
        now: tells today from other days.
    """
    shown = rows[:10]
    title = f"ยังอยู่ในมือท่าน {len(rows)} คำขอ"
    body = [line(title, size="lg", bold=True), small("โอนให้ผู้อยู่เวร หรือแจ้งผลเองก็ได้")]
    for request, what in shown:
        due = small(f"ครบกำหนด {day_and_hour(request.next_due_at, now)}")
        number = line(f"#{request.number}", bold=True) | {"gravity": "center", "flex": 0}
        body += [rule("md"), stack([row([number, _hand_over(request.number)]), line(what, max_lines=2), due])]
    listed = " / ".join(f"#{request.number} {what}" for request, what in shown)
    return [card(f"{title}: {listed}", body)]


def nobody_left(name: str, at: datetime, waiting: int) -> list[Json]:
    """Tell the supervisor that nobody is on duty any more."""
    open_ones = f"มีคำขอค้าง {decimal_text(waiting)} คำขอ" if waiting else "ไม่มีคำขอค้าง"
    words = f"ขณะนี้ไม่มีผู้อยู่เวร {name} ออกเวรเมื่อ {clock_time(at)} {open_ones} คำขอใหม่จะส่งถึงท่าน"
    return [text(words, [say(QUEUE_LABEL), say(WHO_LABEL)])]


def who_is_on_duty(
    present: Sequence[OnDuty], later: Sequence[OnDuty], now: datetime, *, is_rostered: bool, is_open: bool
) -> list[Json]:
    """Show who is on duty, and who comes later today.

    Args:
        present: those on duty now.
        later: shifts that begin later today.
        now: tells today from other days.
        is_rostered: there are shifts today; else every secretary is on duty while the office serves.
        is_open: the office serves now.
    """
    taps = [postback(START_LABEL, "start_duty", START_LABEL), postback(END_LABEL, "end_duty", END_LABEL)]
    if not present and not later:
        words = "ขณะนี้ไม่มีผู้อยู่เวร" if is_open else "ขณะนี้อยู่นอกเวลาให้บริการ และไม่มีผู้เข้าเวร"
        return [text(words, taps)]
    title = f"อยู่เวร {len(present)} คน" if present else "ขณะนี้ไม่มีผู้อยู่เวร"
    body = [line(title, size="lg", bold=True)]
    if not is_rostered:
        body.append(small("วันนี้ไม่มีตารางเวร เจ้าหน้าที่ส่วนเลขานุการทุกคนอยู่เวรในเวลาให้บริการ", max_lines=3))
    for person in present[:20]:
        hours = [small(f"ถึง {until_words(person.ends_at, now)}") | {"flex": 0}] if person.ends_at else []
        body.append(row([line(person.name) | {"flex": 1}, *hours]) | {"margin": "md"})
    if later:
        body += [rule("lg"), small("เวรถัดไปวันนี้", margin="md")]
    for person in later[:10]:
        hours = [small(f"{_hours(person, now)}") | {"flex": 0}]
        body.append(row([line(person.name) | {"flex": 1}, *hours]) | {"margin": "sm"})
    names = " / ".join(_spoken(person, now) for person in [*present, *later])
    return [card(f"{title}: {names}", body, quick_replies=taps)]


def whom_to_hand_shift(names: Sequence[tuple[int, str]]) -> list[Json]:
    """Ask who takes the rest of the shift; names by the member's id."""
    if not names:
        return [text("ยังไม่มีเจ้าหน้าที่คนอื่นที่รับโอนเวรได้ หากต้องการออกเวร พิมพ์ ออกเวร")]
    taps = [
        postback(clip(name, MAX_QUICK_REPLY_LABEL), "hand_over_duty_to", f"โอนเวรให้ {name}", member=member_id)
        for member_id, name in names[:MAX_QUICK_REPLIES]
    ]
    return [text("โอนเวรให้ผู้ใด", taps)]


def shift_handed_over(to_name: str, until: datetime, now: datetime, in_hand: Sequence[Json] = ()) -> list[Json]:
    """Tell the officer who leaves that the colleague has taken over; ``in_hand`` as in ``shift_ended``."""
    return [text(f"โอนเวรให้ {to_name} แล้ว ถึง {until_words(until, now)}"), *in_hand]


def shift_received(from_name: str, until: datetime, now: datetime, queue: Sequence[Json] = ()) -> list[Json]:
    """Tell the colleague that the shift is theirs, and what is open."""
    nothing = "" if queue else " ไม่มีคำขอค้าง"
    told = [text(f"{from_name} โอนเวรให้ท่าน ถึง {until_words(until, now)}{nothing}"), *queue]
    taps = [postback(HAND_OVER_SHIFT_LABEL, "hand_over_duty", "โอนเวร"), postback(END_LABEL, "end_duty", END_LABEL)]
    return [*told[:-1], with_quick_replies(told[-1], taps)]


def relief(until: datetime, now: datetime, queue: Sequence[Json]) -> list[Json]:
    """Tell an officer whose shift of the roster begins what is open."""
    return [text(f"เริ่มเวรของท่านแล้ว ถึง {until_words(until, now)} มีคำขอค้างดังนี้"), *queue]


def until_words(until: datetime, now: datetime) -> str:
    """The end of a shift; midnight is the end of its day.

    >>> from messages.thai import BANGKOK
    >>> until_words(datetime(2026, 11, 21, 0, 0, tzinfo=BANGKOK), datetime(2026, 11, 20, 9, 0, tzinfo=BANGKOK))
    '24.00 น.'
    """
    last = until - timedelta(microseconds=1)
    is_midnight = bangkok_date(last) != bangkok_date(until)
    if is_midnight and bangkok_date(last) == bangkok_date(now):
        return "24.00 น."
    return day_and_hour(until, now)


def _hours(person: OnDuty, now: datetime) -> str:
    if person.starts_at is None or person.ends_at is None:
        return ""
    return f"{clock_time(person.starts_at).removesuffix(' น.')}–{until_words(person.ends_at, now)}"


def _spoken(person: OnDuty, now: datetime) -> str:
    if person.starts_at is not None:
        return f"{person.name} {_hours(person, now)}"
    return f"{person.name} ถึง {until_words(person.ends_at, now)}" if person.ends_at else person.name


def _hand_over(number: int) -> Json:
    label = line(HAND_OVER_LABEL, bold=True, colour=GREEN) | {"align": "end"}
    box = stack([label]) | {"flex": 1, "paddingAll": "10px", "paddingEnd": "0px"}
    return tappable(box, postback(HAND_OVER_LABEL, "hand_over", f"โอนคำขอ #{number}", request=number))
