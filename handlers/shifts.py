"""Duty (เวร): officers begin and end it in the chat, hand it over, and hear what is open when theirs begins."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.understanding import Understanding
from handlers.context import Context, Messages, promise, read_id, small_talk
from handlers.duty import called
from handlers.queues import letter_numbers, whole_queue
from messages import shifts as view
from messages.duty import what_of
from messages.language import Language, in_thai, speaking
from messages.shifts import OnDuty
from models import duty_shifts, requests
from models.duty_shifts import Colleague
from models.errors import Invalid
from models.members import ANSWERS_REQUESTS
from models.outbox import Importance, Outgoing
from models.working_time import BANGKOK, ServiceCalendar

_HALF_A_DAY = timedelta(hours=12)


def start_duty(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Put the officer on duty until the hour said, else until the office closes, and show what is open."""
    context.require_role(ANSWERS_REQUESTS)
    calendar, now = context.terms.calendar, context.now
    said = str(understanding.slots.get("until", ""))
    until = _hour_of(said, now) if said else duty_shifts.end_of_duty(calendar, now)
    shift = duty_shifts.start_shift(context.session, context.member.id, now, until)
    others = [called(one.name) for one in _on_duty(context) if one.member_id != context.member.id]
    return promise(view.shift_started(shift.ends_at, others, now, whole_queue(context.session, now)))


def end_duty(context: Context, understanding: Understanding) -> list[Outgoing]:
    """End the officer's duty, list what is still in hand; where nobody is left the supervisor hears of it."""
    context.require_role(ANSWERS_REQUESTS)
    if duty_shifts.end_shift(context.session, context.member.id, context.now) is None:
        raise Invalid("not_on_duty")
    left = _on_duty(context)
    warned = [] if left else _warn_supervisor(context)
    in_hand = _still_in_hand(context)
    names = [called(colleague.name) for colleague in left]
    return [*promise(view.shift_ended(names, is_supervisor_told=bool(warned), in_hand=in_hand)), *warned]


def who_is_on_duty(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show officers who is on duty, until when, and who comes later today."""
    context.require_role(ANSWERS_REQUESTS)
    midnight = datetime.combine(context.now.astimezone(BANGKOK).date(), time.min, BANGKOK)
    shifts = duty_shifts.list_shifts(context.session, midnight, midnight + timedelta(days=1))
    ends = {shift.member_id: shift.ends_at for shift in sorted(shifts, key=lambda shift: shift.ends_at)}
    present = [OnDuty(called(one.name), ends_at=ends.get(one.member_id)) for one in _on_duty(context)]
    later = [
        OnDuty(called(shift.name), shift.starts_at, shift.ends_at) for shift in shifts if shift.starts_at > context.now
    ]
    is_open = context.terms.calendar.is_open_at(context.now)
    return small_talk(view.who_is_on_duty(present, later, context.now, is_rostered=bool(shifts), is_open=is_open))


def hand_over_duty(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Let the named colleague take the rest of the shift; ask which where the name fits several or none."""
    context.require_role(ANSWERS_REQUESTS)
    session, now = context.session, context.now
    if duty_shifts.find_shift(session, context.member.id, now) is None:
        raise Invalid("not_on_duty")
    named = duty_shifts.find_colleagues_named(session, str(understanding.slots.get("name", "")))
    fitting = [colleague for colleague in named if colleague.member_id != context.member.id]
    if len(fitting) == 1:
        return _hand_over(context, fitting[0])
    colleagues = fitting or duty_shifts.list_colleagues(session, context.terms.calendar, now, context.member.id)
    return promise(view.whom_to_hand_shift([(one.member_id, called(one.name)) for one in colleagues]))


def hand_over_duty_to(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Let the colleague of a button take the rest of the shift."""
    context.require_role(ANSWERS_REQUESTS)
    return _hand_over(context, duty_shifts.get_colleague(context.session, read_id(understanding, "member")))


def relief_news(session: Session, calendar: ServiceCalendar, now: datetime) -> list[Outgoing]:
    """What officers hear whose shift of the roster has begun: what is open; nothing where nothing is.

    Each shift is marked as told in the caller's transaction, so that of several clocks one tells it.

    Args:
        session: an open transaction.
        calendar: while the office does not serve, an officer of the roster still hears.
        now: the present.
    """
    reliefs = duty_shifts.take_reliefs(session, now)
    queue = whole_queue(session, now) if reliefs else []
    if not queue:
        return []
    return [
        Outgoing(tuple(view.relief(shift.ends_at, now, queue)), to=shift.line_user_id, importance=Importance.PROMISE)
        for shift in reliefs
    ]


def _hand_over(context: Context, to: Colleague) -> list[Outgoing]:
    session, now = context.session, context.now
    shift = duty_shifts.hand_over_shift(session, context.member.id, to, now)
    told = view.shift_handed_over(called(to.name), shift.ends_at, now, _still_in_hand(context))
    with speaking(Language.THAI):
        received = view.shift_received(called(context.member.name), shift.ends_at, now, whole_queue(session, now))
    return [*promise(told), Outgoing(tuple(received), to=to.line_user_id, importance=Importance.PROMISE)]


def _on_duty(context: Context) -> list[Colleague]:
    return duty_shifts.list_on_duty(context.session, context.terms.calendar, context.now)


def _warn_supervisor(context: Context) -> list[Outgoing]:
    """Outside hours of service nobody need be there."""
    if not context.terms.calendar.is_open_at(context.now):
        return []
    waiting = sum(requests.count_open_requests(context.session).values())
    messages = tuple(view.nobody_left(in_thai(called)(context.member.name), context.now, waiting))
    supervisors = duty_shifts.who_stands_in(context.session).line_user_ids
    return [
        Outgoing(messages, to=person, importance=Importance.PROMISE, share_key=f"nobody:{context.now.isoformat()}")
        for person in supervisors
        if person != context.line_user_id
    ]


def _still_in_hand(context: Context) -> Messages:
    rows = requests.list_requests_held_by(context.session, context.member.id)
    if not rows:
        return []
    numbers = letter_numbers(context.session, context.viewer, rows)
    whats = [(request, what_of(request, numbers.get(request.document_id or 0))) for request in rows]
    return view.still_in_hand(whats, context.now)


def _hour_of(said: str, now: datetime) -> datetime:
    """The next time that the clock shows an hour today; 4.30 said in the afternoon is half past four.

    Raises:
        Invalid: ``shift_ends_before_now`` where today has no such hour left.
    """
    today = now.astimezone(BANGKOK).date()
    until = datetime.combine(today, time.fromisoformat(said), BANGKOK)
    if until <= now and until.hour < _HALF_A_DAY.total_seconds() // 3600:
        until += _HALF_A_DAY
    if until <= now:
        raise Invalid("shift_ends_before_now", until=until)
    return until
