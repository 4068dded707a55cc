"""Duty (เวร): beginning it, ending it, handing it over, and who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from messages.actions import postback, say
from messages.language import Words, counted, either, in_thai
from messages.lengths import clip
from messages.limits import MAX_QUICK_REPLIES, MAX_QUICK_REPLY_LABEL, Json
from messages.parts import GREEN, card, line, row, rule, small, stack, tappable, text, with_quick_replies
from messages.thai import bangkok_date, clock_time, day_and_hour, decimal_text, join_words
from messages.words import HAND_OVER_LABEL, HAND_OVER_SHIFT_LABEL, QUEUE_LABEL
from models.requests import RequestLine

START_LABEL = Words("เข้าเวร", "Start duty")
END_LABEL = Words("ออกเวร", "End duty")
HAND_OVER = Words("โอนเวร", "Hand over duty")
UNTIL = Words("ถึง", "until")
NOBODY = Words("ขณะนี้ไม่มีผู้อยู่เวร", "Nobody is on duty now")
WHO_LABEL = Words("ใครอยู่เวร", "Who is on duty")


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
    alone = either("ขณะนี้ท่านอยู่เวรผู้เดียว", "You are the only one on duty now.")
    names = join_words(others)
    along = either(f"ผู้อยู่เวรด้วยกัน {names}", f"On duty with you: {names}.") if others else alone
    begun = either(f"เข้าเวรแล้ว ถึง {until_words(until, now)}", f"You are on duty until {until_words(until, now)}.")
    told = [text(f"{begun}\n{along}{'' if queue else _nothing_waits()}"), *queue]
    return [*told[:-1], with_quick_replies(told[-1], _leaving())]


def shift_ended(left: Sequence[str], *, is_supervisor_told: bool, in_hand: Sequence[Json] = ()) -> list[Json]:
    """Tell an officer that the shift ended and who is left.

    Args:
        left: names of those on duty from now on.
        is_supervisor_told: nobody is, and the supervisor hears of it.
        in_hand: the card of what the officer still has to answer; empty where nothing is.
    """
    if left:
        rest = either(f"ผู้อยู่เวรต่อ {join_words(left)}", f"Still on duty: {join_words(left)}.")
    elif is_supervisor_told:
        rest = either(f"{NOBODY} แจ้งหัวหน้าส่วนเลขานุการแล้ว", f"{NOBODY}. The head of the secretariat has been told.")
    else:
        rest = f"{NOBODY}{either('', '.')}"
    return [text(f"{either('ออกเวรแล้ว', 'Your duty has ended.')}\n{rest}"), *in_hand]


def still_in_hand(rows: Sequence[tuple[RequestLine, str]], now: datetime) -> list[Json]:
    """Show what an officer has still in hand, each with the way to give it to a colleague; at least one.

    Args:
        rows: the requests, the nearest deadline first, each with a few words on what it is about.
        now: tells today from other days.
    """
    shown = rows[:10]
    title = either(f"ยังอยู่ในมือท่าน {len(rows)} คำขอ", f"Still in your hands: {counted(len(rows), 'request')}")
    choice = either("โอนให้ผู้อยู่เวร หรือแจ้งผลเองก็ได้", "Hand them over to those on duty, or answer them yourself")
    body = [line(title, size="lg", bold=True), small(choice)]
    for request, what in shown:
        due = small(f"{either('ครบกำหนด', 'Due by')} {day_and_hour(request.next_due_at, now)}")
        number = line(f"#{request.number}", bold=True) | {"gravity": "center", "flex": 0}
        body += [rule("md"), stack([row([number, _hand_over(request.number)]), line(what, max_lines=2), due])]
    listed = " / ".join(f"#{request.number} {what}" for request, what in shown)
    return [card(f"{title}: {listed}", body)]


@in_thai
def nobody_left(name: str, at: datetime, waiting: int) -> list[Json]:
    """Tell the supervisor, in Thai, that nobody is on duty any more."""
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
        closed = either("ขณะนี้อยู่นอกเวลาให้บริการ และไม่มีผู้เข้าเวร", "The office is closed and nobody is on duty.")
        return [text(str(NOBODY) if is_open else closed, taps)]
    several = either(f"อยู่เวร {len(present)} คน", f"On duty: {counted(len(present), 'person', 'people')}")
    title = several if present else str(NOBODY)
    body = [line(title, size="lg", bold=True)]
    if not is_rostered:
        why = either(
            "วันนี้ไม่มีตารางเวร เจ้าหน้าที่ส่วนเลขานุการทุกคนอยู่เวรในเวลาให้บริการ",
            "No roster today: all officers of the secretariat are on duty in office hours",
        )
        body.append(small(why, max_lines=3))
    for person in present[:20]:
        hours = [small(f"{UNTIL} {until_words(person.ends_at, now)}") | {"flex": 0}] if person.ends_at else []
        body.append(row([line(person.name) | {"flex": 1}, *hours]) | {"margin": "md"})
    if later:
        body += [rule("lg"), small(either("เวรถัดไปวันนี้", "Later today"), margin="md")]
    for person in later[:10]:
        hours = [small(f"{_hours(person, now)}") | {"flex": 0}]
        body.append(row([line(person.name) | {"flex": 1}, *hours]) | {"margin": "sm"})
    names = " / ".join(_spoken(person, now) for person in [*present, *later])
    return [card(f"{title}: {names}", body, quick_replies=taps)]


def whom_to_hand_shift(names: Sequence[tuple[int, str]]) -> list[Json]:
    """Ask who takes the rest of the shift; names by the member's id."""
    if not names:
        words = either(
            "ยังไม่มีเจ้าหน้าที่คนอื่นที่รับโอนเวรได้ หากต้องการออกเวร พิมพ์ ออกเวร",
            "There is no other officer who can take over your duty yet. To end it, type End duty.",
        )
        return [text(words)]
    to = either("โอนเวรให้", "Hand over duty to")
    taps = [
        postback(clip(name, MAX_QUICK_REPLY_LABEL), "hand_over_duty_to", f"{to} {name}", member=member_id)
        for member_id, name in names[:MAX_QUICK_REPLIES]
    ]
    return [text(either("โอนเวรให้ผู้ใด", "Hand your duty over to whom?"), taps)]


def shift_handed_over(to_name: str, until: datetime, now: datetime, in_hand: Sequence[Json] = ()) -> list[Json]:
    """Tell the officer who leaves that the colleague has taken over; ``in_hand`` as in ``shift_ended``."""
    end = until_words(until, now)
    words = either(f"โอนเวรให้ {to_name} แล้ว ถึง {end}", f"{to_name} has taken over your duty until {end}.")
    return [text(words), *in_hand]


@in_thai
def shift_received(from_name: str, until: datetime, now: datetime, queue: Sequence[Json] = ()) -> list[Json]:
    """Tell the colleague, in Thai, that the shift is theirs, and what is open."""
    words = f"{from_name} โอนเวรให้ท่าน ถึง {until_words(until, now)}{'' if queue else _nothing_waits()}"
    told = [text(words), *queue]
    return [*told[:-1], with_quick_replies(told[-1], _leaving())]


@in_thai
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
        return either("24.00 น.", "24:00")
    return day_and_hour(until, now)


def _nothing_waits() -> str:
    return either(" ไม่มีคำขอค้าง", " No requests are waiting.")


def _leaving() -> list[Json]:
    return [postback(HAND_OVER_SHIFT_LABEL, "hand_over_duty", HAND_OVER), postback(END_LABEL, "end_duty", END_LABEL)]


def _hours(person: OnDuty, now: datetime) -> str:
    if person.starts_at is None or person.ends_at is None:
        return ""
    return f"{clock_time(person.starts_at).removesuffix(' น.')}–{until_words(person.ends_at, now)}"


def _spoken(person: OnDuty, now: datetime) -> str:
    if person.starts_at is not None:
        return f"{person.name} {_hours(person, now)}"
    return f"{person.name} {UNTIL} {until_words(person.ends_at, now)}" if person.ends_at else person.name


def _hand_over(number: int) -> Json:
    label = line(str(HAND_OVER_LABEL), bold=True, colour=GREEN) | {"align": "end"}
    box = stack([label]) | {"flex": 1, "paddingAll": "10px", "paddingEnd": "0px"}
    return tappable(
        box,
        postback(HAND_OVER_LABEL, "hand_over", f"{either('โอนคำขอ', 'Hand over request')} #{number}", request=number),
    )
