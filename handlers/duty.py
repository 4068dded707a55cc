"""Questions that go to the secretariat: passing them on, taking them on, handing them over, asking again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.understanding import Understanding
from handlers.context import Context, Messages, promise, read_id, small_talk, tell
from handlers.questions import about_letter, about_words
from messages import asking as asker_view
from messages import duty as view
from messages import smalltalk as smalltalk_view
from messages.duty import OtherAskers
from messages.language import Language, in_thai, speaking
from messages.words import UNNAMED
from models import duty_shifts, questions, request_steps, requests, visibility
from models.documents import LetterView
from models.duty_shifts import Colleague
from models.errors import Invalid, NotFound
from models.members import ANSWERS_REQUESTS, get_member_names, list_readers_of_english
from models.outbox import CountsAs, Importance, Outgoing, find_told
from models.questions import Question
from models.requests import UNANSWERED, RequestEventKind, RequestLine, RequestState
from models.units import get_unit_name
from models.visibility import OPERATOR

ASKED_BACK_FOR = timedelta(days=7)
"""A plain ยังไม่ได้คำตอบ means the latest answer, where it is no older."""


# --- asking ---------------------------------------------------------------------------------------------------------


def talk_to_officer(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Pass a question on to the secretariat: about a letter, about words that found none, or to an officer at all.

    Where it comes from under an answer, the request that was answered opens again.
    """
    if "answer" in understanding.slots and _own_answered(context, understanding) is not None:
        return reopen(context, understanding)
    if "document" in understanding.slots:
        letter = visibility.get_letter(context.session, context.viewer, read_id(understanding, "document"))
        return pass_on(context, about_letter(context, letter), letter)
    kind, words = str(understanding.slots.get("kind", "number")), str(understanding.slots.get("query", ""))
    return pass_on(context, about_words(context, kind, words), None)


def pass_on(context: Context, question: Question, letter: LetterView | None) -> list[Outgoing]:
    """Open a request: the asker hears that it was passed on and by when, those on duty get the card.

    Args:
        context: who asks, and when.
        question: see ``handlers.questions``.
        letter: the letter it is about, where it is known; showing it to the asker is the caller's.
    """
    request, is_new = questions.open_request(context.session, question, context.terms, context.now)
    if not is_new:
        return promise(asker_view.asked_already(request, context.now, _section_of_holder(context, request)))
    told = promise(asker_view.passed_to_officers(request, context.now, _opens_at(context)))
    return [*told, *_hand_out(context, request, letter=letter)]


def reopen(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Put an answered request before the officers again: the one of the button, of the number said, or the latest."""
    own = _own_answered(context, understanding)
    if own is None:
        return promise(asker_view.nothing_to_reopen())
    if own.state in UNANSWERED:
        return promise(asker_view.asked_already(own, context.now, _section_of_holder(context, own)))
    before = _answered_before(context.session, own)
    request, is_reopened = request_steps.reopen_request(
        context.session, own.number, context.line_user_id, context.terms, context.deed
    )
    if not is_reopened:
        return promise(asker_view.asked_already(request, context.now, _section_of_holder(context, request)))
    told = promise(asker_view.reopened(request, context.now, _opens_at(context)))
    return [*told, *_hand_out(context, request, mark=view.ASKED_AGAIN, answered_before=before)]


def withdraw(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Take a question back; the officer who has it in hand hears it."""
    number = _number_to_withdraw(context, understanding)
    if number is None:
        return _ask_which_to_withdraw(context)
    ended = request_steps.withdraw_request(context.session, number, context.line_user_id, context.deed)
    request = requests.get_request(context.session, number)
    if not ended:
        return promise(asker_view.nothing_to_withdraw(number, request.state))
    holder = _find_officer(context.session, request.holder_id)
    told = promise(asker_view.withdrawn(number))
    if holder is not None:
        messages = tuple(view.withdrawn_to_holder(request, _number_of(find_letter(context.session, request))))
        told.append(Outgoing(messages, to=holder.line_user_id, importance=Importance.PROMISE))
    return told


# --- taking on ------------------------------------------------------------------------------------------------------


def acknowledge(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Take a request on with all that wait for the same matter; the first officer wins, the others hear who has it."""
    if "request" not in understanding.slots and not context.member.roles & ANSWERS_REQUESTS:
        return small_talk(smalltalk_view.thanks())  # said of what they were told, not of anybody's request
    context.require_role(ANSWERS_REQUESTS)
    number = _acknowledged_number(context, understanding)
    if number is None:
        return promise(view.which_to_acknowledge(requests.count_open_requests(context.session)[RequestState.OPEN]))
    taken = request_steps.acknowledge_request(context.session, number, context.deed)
    if not taken.requests:
        return promise(_taken_already(context, taken.named))
    letter = find_letter(context.session, taken.named)
    answer_by = min(request.answer_due_at for request in taken.requests)
    section = get_unit_name(context.session, context.member.unit_id)
    told = tell_askers(
        context.session,
        taken.requests,
        taken.named,
        letter,
        lambda what: asker_view.acknowledged_to_asker(what, section, answer_by, context.now),
        CountsAs.ACKNOWLEDGEMENT,
    )
    what = view.what_of(taken.named, _number_of(letter))
    return [*promise(view.acknowledged(taken.named, what, len(taken.requests), context.now)), *told]


def choose_colleague(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Ask to whom a request goes."""
    context.require_role(ANSWERS_REQUESTS)
    request = requests.get_request(context.session, read_id(understanding, "request"))
    if request.state not in UNANSWERED:
        return promise(ended_already(context.session, request))
    return promise(view.whom_to_hand_to(request.number, named_colleagues(context)))


def hand_over(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Give a request, with all that wait for the same matter, to a colleague, who gets the card."""
    context.require_role(ANSWERS_REQUESTS)
    number = read_id(understanding, "request")
    to = duty_shifts.get_colleague(context.session, read_id(understanding, "member"))
    named = request_steps.hand_over(context.session, number, to.member_id, context.deed)
    along = [other for other in requests.list_requests_on_matter(context.session, named.matter_key) if other != named]
    for other in along:
        request_steps.hand_over(context.session, other.number, to.member_id, context.deed)
    mark = f"โอนจาก {in_thai(called)(context.member.name)}"
    shown = card_for(context.session, named, context.now, mark=mark)
    card = Outgoing(tuple(shown), to=to.line_user_id, importance=Importance.PROMISE)
    return [*promise(view.handed_over(number, called(to.name), len(along) + 1)), card]


# --- what other conversations need of it ----------------------------------------------------------------------------


def card_for(
    session: Session,
    request: RequestLine,
    now: datetime,
    *,
    mark: str = "",
    answered_before: str = "",
    letter: LetterView | None = None,
) -> Messages:
    """The card of a request as officers see it; see ``messages.duty.request_card``."""
    waiting = requests.list_requests_on_matter(session, request.matter_key)
    others = [other for other in waiting if other.asker_line_id != request.asker_line_id]
    return view.request_card(
        request,
        get_unit_name(session, request.unit_id),
        letter or find_letter(session, request),
        now,
        others=OtherAskers(len({o.asker_line_id for o in others}), len({o.unit_id for o in others})),
        mark=mark,
        answered_before=answered_before,
    )


def find_letter(session: Session, request: RequestLine) -> LetterView | None:
    """The letter of a request as the secretariat may know of it; None where there is none."""
    if request.document_id is None:
        return None
    try:
        return visibility.get_letter(session, OPERATOR, request.document_id)
    except NotFound:
        return None


def tell_askers(
    session: Session,
    waiting: Sequence[RequestLine],
    named: RequestLine,
    letter: LetterView | None,
    compose: view.ComposeFor,
    counts_as: CountsAs,
    group: str = "",
) -> list[Outgoing]:
    """Tell all who wait for one matter, each in the language they read; one multicast for those told in the same words.

    Args:
        session: an open transaction.
        waiting: the requests served.
        named: the one that the officer named.
        letter: its letter.
        compose: gives the messages for a few words on what they are about.
        counts_as: what LINE's acceptance is for each request.
        group: part of the share key where one deed tells several groups different things.
    """
    shared = _number_of(letter) or (named.asked_number if named.document_id is None else None)
    if not waiting:
        return []
    together = shared if len(waiting) > 1 else None
    in_english = list_readers_of_english(session, {request.asker_line_id for request in waiting})

    def told(request: RequestLine) -> Outgoing:
        language = Language.ENGLISH if request.asker_line_id in in_english else Language.THAI
        with speaking(language):
            messages = compose(together or asker_view.one_request(request.number, shared))
        return Outgoing(
            tuple(messages),
            to=request.asker_line_id,
            importance=Importance.PROMISE,
            share_key=f"{counts_as}:{named.number}:{named.rounds}:{group}:{language}" if together else None,
            request=request.number,
            counts_as=counts_as,
        )

    return [told(request) for request in waiting]


def ended_already(session: Session, request: RequestLine) -> Messages:
    """What an officer hears of a request that is answered or withdrawn."""
    event = requests.find_event(session, request.number, RequestEventKind.ANSWERED)
    if request.state is RequestState.WITHDRAWN or event is None:
        return view.ended_already(request)
    name = get_member_names(session, {event.member_id}).get(event.member_id) if event.member_id else None
    return view.ended_already(request, called(name or ""), event.at)


def named_colleagues(context: Context) -> list[tuple[int, str, bool]]:
    """Whom something may be handed to: the member's id, the name, and whether on duty; those first."""
    session, calendar, now = context.session, context.terms.calendar, context.now
    on_duty = {colleague.member_id for colleague in duty_shifts.list_on_duty(session, calendar, now)}
    colleagues = duty_shifts.list_colleagues(session, calendar, now, without=context.member.id)
    return [(one.member_id, called(one.name), one.member_id in on_duty) for one in colleagues]


def called(name: str) -> str:
    """What a colleague is called, also where LINE has not told the name."""
    return name.strip() or str(UNNAMED)


# --- parts ----------------------------------------------------------------------------------------------------------


def _hand_out(
    context: Context,
    request: RequestLine,
    *,
    letter: LetterView | None = None,
    mark: str = "",
    answered_before: str = "",
) -> list[Outgoing]:
    recipients = _who_gets_the_card(context, request)
    if not recipients:
        return []
    card = card_for(context.session, request, context.now, mark=mark, answered_before=answered_before, letter=letter)
    return tell(recipients, card, f"request:{request.number}:{request.rounds}", Importance.PROMISE)


def _who_gets_the_card(context: Context, request: RequestLine) -> Sequence[str]:
    """Those on duty; of a matter that an officer has in hand already that officer alone."""
    session, calendar = context.session, context.terms.calendar
    if calendar.is_open_at(context.now):
        waiting = requests.list_requests_on_matter(session, request.matter_key)
        held_by = next((other.holder_id for other in waiting if other.holder_id is not None), None)
        holder = _find_officer(session, held_by)
        if holder is not None:
            return [holder.line_user_id]
    return duty_shifts.who_to_tell(session, calendar, context.now).line_user_ids


def _find_officer(session: Session, member_id: int | None) -> Colleague | None:
    if member_id is None:
        return None
    try:
        return duty_shifts.get_colleague(session, member_id)
    except Invalid:
        return None


def _own_answered(context: Context, understanding: Understanding) -> RequestLine | None:
    session, person = context.session, context.line_user_id
    if "answer" in understanding.slots:
        return _unless_withdrawn(requests.find_own_request(session, person, read_id(understanding, "answer")))
    if "request" in understanding.slots:
        own = requests.get_request(session, read_id(understanding, "request"))
        return _unless_withdrawn(own) if own.asker_line_id == person else None
    mine = requests.list_requests_of(session, person)
    waiting = [request for request in mine if request.state in UNANSWERED]
    lately = [
        request
        for request in mine
        if request.state is RequestState.ANSWERED and request.asked_at > context.now - ASKED_BACK_FOR
    ]
    return next(iter([*waiting, *lately]), None)


def _unless_withdrawn(request: RequestLine | None) -> RequestLine | None:
    return None if request is None or request.state is RequestState.WITHDRAWN else request


def _answered_before(session: Session, request: RequestLine) -> str:
    """What the asker was told, as far as it is kept."""
    told = find_told(session, request.number, CountsAs.ANSWER)
    return str(told[0].get("altText") or told[0].get("text") or "") if told else ""


def _number_to_withdraw(context: Context, understanding: Understanding) -> int | None:
    if "request" in understanding.slots:
        return read_id(understanding, "request")
    waiting = _own_waiting(context)
    return waiting[0].number if len(waiting) == 1 else None


def _ask_which_to_withdraw(context: Context) -> list[Outgoing]:
    waiting = _own_waiting(context)
    if not waiting:
        return promise(asker_view.nothing_to_withdraw(None, None))
    about = {request.document_id for request in waiting if request.document_id is not None}
    numbers = visibility.find_letter_numbers(context.session, context.viewer, about)
    whats = [view.what_of(request, numbers.get(request.document_id or 0)) for request in waiting]
    return promise(asker_view.which_to_withdraw(waiting, whats))


def _own_waiting(context: Context) -> list[RequestLine]:
    mine = requests.list_requests_of(context.session, context.line_user_id)
    return [request for request in mine if request.state in UNANSWERED]


def _acknowledged_number(context: Context, understanding: Understanding) -> int | None:
    """The request that is named; a plain รับทราบ means the only one that waits."""
    if "request" in understanding.slots:
        return read_id(understanding, "request")
    waiting = requests.list_open_requests(context.session, limit=2)
    return waiting[0].number if len(waiting) == 1 else None


def _taken_already(context: Context, named: RequestLine) -> Messages:
    if named.state not in UNANSWERED:
        return ended_already(context.session, named)
    handed_over = requests.find_event(context.session, named.number, RequestEventKind.HANDED_OVER)
    acknowledged = requests.find_event(context.session, named.number, RequestEventKind.ACKNOWLEDGED)
    events = [event for event in (handed_over, acknowledged) if event is not None]
    since = max(event.at for event in events) if events else named.asked_at
    name = get_member_names(context.session, {named.holder_id}).get(named.holder_id) if named.holder_id else None
    is_own = named.holder_id == context.member.id
    return view.taken_already(named, called(name or ""), since, context.now, is_own=is_own)


def _section_of_holder(context: Context, request: RequestLine) -> str:
    """The unit of the officer who acknowledged; empty where nobody has."""
    if request.state is not RequestState.ACKNOWLEDGED or request.holder_id is None:
        return ""
    return duty_shifts.get_section(context.session, request.holder_id)


def _opens_at(context: Context) -> datetime | None:
    opens = context.terms.calendar.next_open(context.now)
    return opens if opens > context.now else None


def _number_of(letter: LetterView | None) -> str | None:
    return letter.number if letter is not None else None
