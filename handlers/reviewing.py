"""The host office decides: reviewers hear of reports, approve them or send them back, and the reporter hears of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, answer, promise, read_id, read_offset, tell
from messages import decisions as decided_view
from messages import reviewing as view
from messages.actions import postback_data
from messages.decisions import USUAL_REASONS, Outcome
from messages.language import either, in_thai
from messages.reviewing import READ_BACK_ROWS, Consequence, ShownReport, WaitingGroup
from models.errors import Invalid, NotFound
from models.evidence import list_evidence_of_reports
from models.indicator_access import REVIEWS, Person, may_review, person_of
from models.indicator_reports import DecisionKind, Report, list_reports_by_id
from models.indicator_results import WHOLE, Results, fresh_results, read_results
from models.indicator_staff import Staff, get_line_ids, get_unit_names_of
from models.indicator_terms import Result, Standing
from models.indicators import Indicator, get_indicator_by_id
from models.members import Role
from models.outbox import Importance, Outgoing
from models.pending import forget_words, remember_words
from models.report_views import get_report
from models.review_queue import Waiting, find_newer, list_what_waits
from models.reviewing import Decided, decide, list_waiting
from models.units import find_unit, get_unit_name, get_unit_names

INTENT = "review_reports"
_NARROWING = ("year", "indicator", "unit")
"""What a list of reports may be narrowed to: an indicator year by its id, a code, a unit's name."""


# --- telling reviewers ----------------------------------------------------------------------------------------------


def news_for_reviewers(context: Context, indicator: Indicator, report_ids: Sequence[int]) -> list[Outgoing]:
    """Tell the host's reviewers of new reports of one indicator, in one card however many there are.

    Args:
        context: of the reporter, who is not told.
        indicator: of which.
        report_ids: recorded in this transaction.

    Returns:
        nothing where reviewers get a digest instead, or where the host has no reviewer.
    """
    if context.review_news_at is not None:
        return []
    reviewers = Staff.load(context.session, Role.REVIEWER).of(indicator.host_unit_id)
    people = [one.line_user_id for one in reviewers if one.line_user_id != context.line_user_id]
    reports = list_reports_by_id(context.session, report_ids) if people else []
    if not reports:
        return []
    shown, came = _shown(context.session, indicator, reports), _consequence(context.session, indicator, reports)
    one = in_thai(view.report_card)(shown[0], came) if len(shown) == 1 else None
    messages = one or view.reports_card(shown, indicator.id, came)
    return tell(people, messages, f"reports:{indicator.id}:{max(report_ids)}", Importance.NEWS)


def show_report(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show one report to somebody who may decide of it."""
    person, indicator, report = _reviewed_report(context, understanding)
    shown = _shown(context.session, indicator, [report], person)[0]
    came = _consequence(context.session, indicator, [report])
    return answer(view.report_card(shown, came, is_own=report.reported_by_id == person.member_id))


def list_waiting_reports(context: Context, understanding: Understanding) -> list[Outgoing]:
    """List what waits for the reviewer, of all indicators, or of the one or the unit that was named."""
    context.require_role(REVIEWS)
    person = person_of(context.session, context.member)
    waiting = _named(context, understanding, list_what_waits(context.session, person))
    offset = read_offset(understanding)
    only = {name: str(understanding.slots[name]) for name in _NARROWING if name in understanding.slots}
    return answer(view.waiting_list(waiting_groups(context.session, waiting, person), offset=offset, only=only))


def waiting_groups(session: Session, waiting: Sequence[Waiting], person: Person | None = None) -> list[WaitingGroup]:
    """What waits, with the names that cards show; ``person`` is who looks, None for several."""
    own = person.member_id if person else None
    return [
        WaitingGroup(
            one.indicator.id,
            one.indicator.definition,
            _shown(session, one.indicator, one.reports),
            sum(own is None or report.reported_by_id != own for report in one.reports),
        )
        for one in waiting
    ]


# --- approving ------------------------------------------------------------------------------------------------------


def approve_report(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Approve the report of a card."""
    return _decide(context, [read_id(understanding, "report")], DecisionKind.APPROVED)


def confirm_approve_all(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Read back the reports of one indicator that the reviewer was shown, before they are approved together."""
    indicator, reports = _still_waiting(context, understanding)
    if not reports:
        return promise(decided_view.nothing_to_approve())
    reports = reports[:READ_BACK_ROWS]
    data = postback_data("approve_all", indicator=indicator.id, since=reports[0].id, until=reports[-1].id)
    topics.wait_for_confirmation(context, data, INTENT)
    came = _consequence(context.session, indicator, reports)
    return promise(decided_view.confirm_approval(_shown(context.session, indicator, reports), indicator.id, came))


def approve_all(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Approve the reports that were read back; what came in since is not among them."""
    _, reports = _still_waiting(context, understanding)
    if not reports:
        return promise(decided_view.nothing_to_approve())
    return _decide(context, [report.id for report in reports], DecisionKind.APPROVED)


# --- sending back ---------------------------------------------------------------------------------------------------


def ask_return_reason(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Ask why a report is sent back; the next words of the reviewer are the reason."""
    person, indicator, report = _reviewed_report(context, understanding)
    if report.decision is not None or find_newer(context.session, indicator, report) is not None:
        return promise(
            decided_view.outcome(DecisionKind.RETURNED, _as_it_stands(context.session, indicator, report, person))
        )
    data = postback_data("send_back", report=report.id)
    remember_words(context.session, context.line_user_id, data, context.now)
    return promise(decided_view.ask_reason(_shown(context.session, indicator, [report])[0]))


def send_back(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Send a report back with the reason that was tapped or typed."""
    key = str(understanding.slots.get("reason", ""))
    if key and key not in USUAL_REASONS:
        raise Invalid("postback_unreadable")
    reason = USUAL_REASONS.of(key).thai if key else context.text
    forget_words(context.session, context.line_user_id)
    return _decide(context, [read_id(understanding, "report")], DecisionKind.RETURNED, reason)


# --- parts ----------------------------------------------------------------------------------------------------------


def _decide(
    context: Context, report_ids: Sequence[int], kind: DecisionKind, reason: str | None = None
) -> list[Outgoing]:
    context.require_role(REVIEWS)
    session, person = context.session, person_of(context.session, context.member)
    decided = decide(session, report_ids, kind, person, reason=reason, now=context.now)
    reports = [*decided.decided, *decided.before, *decided.own, *decided.overtaken]
    indicator = get_indicator_by_id(session, reports[0].indicator_year_id)
    words = " ".join((reason or "").split())
    told = promise(decided_view.outcome(kind, _outcome(session, indicator, decided, person), words))
    return [*told, *_tell_reporters(session, indicator, decided.decided, kind, words)]


def _outcome(session: Session, indicator: Indicator, decided: Decided, person: Person) -> Outcome:
    newer = find_newer(session, indicator, decided.overtaken[0]) if decided.overtaken else None
    return Outcome(
        done=_shown(session, indicator, decided.decided),
        before=_shown(session, indicator, decided.before, person),
        own=_shown(session, indicator, decided.own),
        overtaken=_shown(session, indicator, decided.overtaken),
        newer_id=newer.id if newer else None,
        whole=_of(read_results(session, indicator.id), WHOLE) if decided.decided else None,
    )


def _as_it_stands(session: Session, indicator: Indicator, report: Report, person: Person) -> Outcome:
    """What a reviewer is told of a report that needs no word any more."""
    is_decided = report.decision is not None
    stands = Decided(before=[report]) if is_decided else Decided(overtaken=[report])
    return _outcome(session, indicator, stands, person)


def _tell_reporters(
    session: Session, indicator: Indicator, reports: Sequence[Report], kind: DecisionKind, reason: str
) -> list[Outgoing]:
    host = get_unit_name(session, indicator.host_unit_id)
    shown = _shown(session, indicator, reports)
    by_reporter = {one.report.reported_by_id for one in shown if one.report.reported_by_id is not None}
    told = []
    for member_id, line_user_id in sorted(get_line_ids(session, by_reporter).items()):
        theirs = [one for one in shown if one.report.reported_by_id == member_id]
        if kind is DecisionKind.APPROVED:
            messages = decided_view.approved_to_reporter(theirs, host)
        else:
            messages = [message for one in theirs for message in decided_view.returned_to_reporter(one, host, reason)]
        told.append(Outgoing(tuple(messages), to=line_user_id, importance=Importance.NEWS))
    return told


def _reviewed_report(context: Context, understanding: Understanding) -> tuple[Person, Indicator, Report]:
    """The report of a button, for somebody who may decide of it.

    Raises:
        NotFound: ``report_not_found``, also where it is not for this person to decide of.
    """
    context.require_role(REVIEWS)
    person = person_of(context.session, context.member)
    report = get_report(context.session, read_id(understanding, "report"))
    indicator = get_indicator_by_id(context.session, report.indicator_year_id)
    if not may_review(context.session, person, indicator):
        raise NotFound("report_not_found")
    return person, indicator, report


def _still_waiting(context: Context, understanding: Understanding) -> tuple[Indicator, list[Report]]:
    """Of the reports that a button speaks of those that wait still and are not the person's own, oldest first."""
    context.require_role(REVIEWS)
    person = person_of(context.session, context.member)
    indicator = get_indicator_by_id(context.session, read_id(understanding, "indicator"))
    if not may_review(context.session, person, indicator):
        raise NotFound("report_not_found")
    since = read_id(understanding, "since") if "since" in understanding.slots else 0
    until = read_id(understanding, "until")
    waiting = [
        report
        for report in list_waiting(context.session, indicator)
        if since <= report.id <= until and report.reported_by_id != person.member_id
    ]
    return indicator, sorted(waiting, key=lambda report: report.id)


def _named(context: Context, understanding: Understanding, waiting: Sequence[Waiting]) -> list[Waiting]:
    """What waits of the indicator and of the unit that were named, each where one was."""
    slots = understanding.slots
    code, year_id = slots.get("indicator"), read_id(understanding, "year") if "year" in slots else None
    named = [one for one in waiting if code in (None, one.indicator.code) and year_id in (None, one.indicator.id)]
    unit = find_unit(context.session, str(slots["unit"])) if "unit" in slots else None
    if unit is None:
        return named
    of_unit = [
        Waiting(one.indicator, [report for report in one.reports if report.figure.unit == unit.id]) for one in named
    ]
    return [one for one in of_unit if one.reports]


def _consequence(session: Session, indicator: Indicator, reports: Sequence[Report]) -> Consequence:
    before = read_results(session, indicator.id)
    after = fresh_results(session, indicator, if_approved={report.id for report in reports})
    units = {report.figure.unit for report in reports}
    whole = _of(before, WHOLE), _of(after, WHOLE)
    if len(units) > 1 or len(indicator.shares) == 1:
        return Consequence(*whole)
    unit = units.pop()
    return Consequence(*whole, _of(before, unit), _of(after, unit))


def _of(results: Results, unit: int) -> Result:
    return results.get((unit, Standing.APPROVED), Result())


def _shown(
    session: Session, indicator: Indicator, reports: Sequence[Report], person: Person | None = None
) -> list[ShownReport]:
    """Reports with names beside them; ``person`` is who looks, and is told apart from colleagues who decided."""
    if not reports:
        return []
    evidence = list_evidence_of_reports(session, [report.id for report in reports])
    units = get_unit_names(session, {report.figure.unit for report in reports})
    deciders = {report.decided_by_id for report in reports if report.decided_by_id is not None}
    names = _decider_names(session, deciders, person)
    return [
        ShownReport(
            report,
            indicator.definition,
            units[report.figure.unit],
            len(evidence.get(report.id, ())),
            "" if report.decision is None else names.get(report.decided_by_id or 0, _colleague()),
        )
        for report in reports
    ]


def _decider_names(session: Session, member_ids: Collection[int], person: Person | None) -> dict[int, str]:
    """Who decided, by member id: the person, or a colleague by the office."""
    units = get_unit_names_of(session, member_ids) if member_ids else {}
    names = {member: _colleague(unit) for member, unit in units.items()}
    return names | ({person.member_id: either("ท่าน", "you")} if person else {})


def _colleague(unit_name: str = "") -> str:
    return either(f"เพื่อนร่วมงาน{f'จาก{unit_name}' if unit_name else ''}", f"a colleague {unit_name}".strip())
