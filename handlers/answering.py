"""The answer (แจ้งผล): by two taps or in an officer's own words, to all who wait for the same matter."""

from __future__ import annotations

from datetime import datetime

from bot.understanding import Understanding
from bot.understanding.stages import told_stage
from handlers import topics
from handlers.context import Context, Messages, promise, read_id
from handlers.duty import ended_already, find_letter, tell_askers
from messages import answering as view
from messages import duty as duty_view
from messages.actions import postback_data
from messages.language import Said, in_thai
from messages.thai import bangkok_date, short_date
from models import documents, follows, request_steps, requests, visibility
from models.documents import LetterView, Stage
from models.errors import Invalid
from models.members import ANSWERS_REQUESTS
from models.outbox import CountsAs, Outgoing
from models.request_steps import Answered
from models.requests import UNANSWERED, RequestLine
from models.units import get_unit_name
from models.visibility import OPERATOR

LONGEST_ANSWER = 1000


def start_answer(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Offer the officer what may be answered with one more tap."""
    context.require_role(ANSWERS_REQUESTS)
    request = requests.get_request(context.session, read_id(understanding, "request"))
    if request.state not in UNANSWERED:
        return promise(ended_already(context.session, request))
    letter = find_letter(context.session, request)
    what = duty_view.what_of(request, letter.number if letter else None)
    if letter is None and not request.question and not request.asked_number:
        return promise(view.ask_for_words(request.number))
    return promise(view.answer_choices(request, what, letter, _count_askers(context, request)))


def ask_for_words(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Tell the officer how to write the answer; the button has filled in ``#42`` where LINE can."""
    context.require_role(ANSWERS_REQUESTS)
    return promise(view.ask_for_words(read_id(understanding, "request")))


def confirm_stage(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Read back the stage of a button on a request's card before it is recorded and told."""
    context.require_role(ANSWERS_REQUESTS)
    request = requests.get_request(context.session, read_id(understanding, "request"))
    if request.state not in UNANSWERED:
        return promise(ended_already(context.session, request))
    letter, stage = find_letter(context.session, request), _stage(understanding)
    if letter is None:
        raise Invalid("postback_unreadable")
    if letter.latest_event_id != read_id(understanding, "event"):
        raise Invalid("letter_changed_meanwhile", stage=letter.stage)
    if not documents.may_move(letter.stage, stage):
        raise Invalid("stage_not_reachable", from_stage=letter.stage, to_stage=stage)
    data = postback_data("answer_stage", request=request.number, stage=stage.value, event=letter.latest_event_id)
    topics.wait_for_confirmation(context, data, "answer_request", topics.letter_slots(letter))
    return promise(duty_view.confirm_answer(request, letter, stage, _count_askers(context, request)))


def answer_stage(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Answer with a stage: of a letter in the register it is recorded too, of another one it is only told."""
    context.require_role(ANSWERS_REQUESTS)
    number, stage = read_id(understanding, "request"), _stage(understanding)
    request = requests.get_request(context.session, number)
    letter = find_letter(context.session, request)
    if letter is None:
        return _answer_in_words(context, request, None, view.stage_in_words(stage), stage)
    answered = request_steps.answer_request(context.session, number, context.deed, stage)
    note = _that_nothing_changed(letter, context.now) if letter.stage is stage else None
    event_id = read_id(understanding, "event")
    recorded = _record(context, letter, stage, note, answered, expected_event_id=event_id)
    section = get_unit_name(context.session, context.member.unit_id)
    confirmation = view.answer_recorded(letter.number, _people(answered), recorded)
    told = _tell_all(context, request, letter, answered, lambda _: view.stage_answer(recorded, section, context.now))
    return [*promise(confirmation), *told]


def answer_not_found(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Answer that the letter is not found yet."""
    context.require_role(ANSWERS_REQUESTS)
    request = requests.get_request(context.session, read_id(understanding, "request"))
    return _answer_in_words(context, request, find_letter(context.session, request), view.NOT_FOUND_WORDS)


def answer_request(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Send an officer's words to everybody who waits; where they plainly tell the letter's stage, record that too."""
    context.require_role(ANSWERS_REQUESTS)
    number = read_id(understanding, "request")
    words = str(understanding.slots.get("text", "")).strip()[:LONGEST_ANSWER]
    if not words:
        return start_answer(context, understanding)
    request = requests.get_request(context.session, number)
    told = told_stage(words)
    return _answer_in_words(
        context, request, find_letter(context.session, request), words, Stage(told) if told else None
    )


def _answer_in_words(
    context: Context, request: RequestLine, letter: LetterView | None, words: Said, stage: Stage | None = None
) -> list[Outgoing]:
    answered = request_steps.answer_request(context.session, request.number, context.deed, stage)
    recorded = _record_where_reachable(context, letter, stage, words, answered)
    section = get_unit_name(context.session, context.member.unit_id)
    told = _tell_all(context, request, letter, answered, lambda what: view.words_answer(what, words, section))
    what = duty_view.what_of(request, letter.number if letter else None)
    refused = stage if letter is not None and recorded is None else None
    confirmation = view.answer_recorded(what, _people(answered), recorded, not_recorded=refused)
    return [*promise(confirmation), *told]


def _tell_all(
    context: Context,
    named: RequestLine,
    letter: LetterView | None,
    answered: Answered,
    compose: duty_view.ComposeFor,
) -> list[Outgoing]:
    """Those who are asked how it was, and the others: the same words within each group, so one multicast each."""
    session = context.session

    def invited(what: str) -> Messages:
        return view.with_invitation(compose(what), named.number)

    def others(what: str) -> Messages:
        return view.with_way_back(compose(what), named.number)

    return [
        *tell_askers(session, answered.invited, named, letter, invited, CountsAs.ANSWER, "invited"),
        *tell_askers(session, answered.others, named, letter, others, CountsAs.ANSWER, "others"),
    ]


def _record_where_reachable(
    context: Context, letter: LetterView | None, stage: Stage | None, words: Said, answered: Answered
) -> LetterView | None:
    """The letter as it stands after recording what an officer's words tell of it; None where nothing was recorded."""
    if letter is None or stage is None:
        return None
    if stage is not letter.stage and not documents.may_move(letter.stage, stage):
        return None
    return _record(context, letter, stage, view.as_note(words), answered)


def _record(
    context: Context,
    letter: LetterView,
    stage: Stage,
    note: str | None,
    answered: Answered,
    *,
    expected_event_id: int | None = None,
) -> LetterView:
    """The letter as it stands after recording; those who hear it as an answer need not hear it as followers too."""
    event = documents.record_stage(
        context.session,
        letter.id,
        stage,
        at=context.asked_at,
        note=note,
        recorded_by=f"line:{context.member.id}",
        expected_event_id=expected_event_id,
    )
    askers = {request.asker_line_id for request in answered.requests}
    follows.mark_told(context.session, letter.id, askers, event.id)
    return visibility.get_letter(context.session, OPERATOR, letter.id)


@in_thai
def _that_nothing_changed(letter: LetterView, now: datetime) -> str | None:
    """A note that makes an old record fresh again; one of today is fresh."""
    if letter.steps and bangkok_date(letter.steps[-1].at) == bangkok_date(now):
        return None
    return f"ตรวจสอบเมื่อ {short_date(now)} ไม่มีการเปลี่ยนแปลง"


def _count_askers(context: Context, request: RequestLine) -> int:
    waiting = requests.list_requests_on_matter(context.session, request.matter_key)
    return len({request.asker_line_id, *(other.asker_line_id for other in waiting)})


def _people(answered: Answered) -> int:
    return len({request.asker_line_id for request in answered.requests})


def _stage(understanding: Understanding) -> Stage:
    try:
        return Stage(str(understanding.slots.get("stage", "")))
    except ValueError as error:
        raise Invalid("postback_unreadable") from error
