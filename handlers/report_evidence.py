"""To which report a photo or file belongs that somebody sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, promise, read_id
from handlers.report_drafts import EVIDENCE_KEPT_FOR, INTENT, named, read_back
from messages import report_evidence as view
from messages.thai import bangkok_date
from models.conversations import find_topic
from models.errors import NotFound
from models.evidence import attach_to_draft, find_unattached, list_evidence_of_reports
from models.evidence_of_reports import prove_reports
from models.indicator_access import REPORTS
from models.indicator_reports import Report, list_reports_waiting_of
from models.indicators import get_indicator_by_id
from models.outbox import Outgoing
from models.report_drafts import find_open_draft
from models.report_views import get_report
from models.units import get_unit_name

REPORT = "report"
"""Slot of a topic: the report that evidence would be for."""
ANNOUNCED = "announced"
"""Slot of a topic: the person said that evidence comes."""


def place(context: Context, evidence_id: int, file_name: str | None) -> list[Outgoing]:
    """Let what was just sent belong to the draft that waits, to the report it was announced for, or ask.

    Each picture of an album comes by itself, and finds its way by itself; what waits from before goes along.
    """
    session, person = context.session, context.member.id
    waiting = [one.id for one in find_unattached(session, person, context.now - EVIDENCE_KEPT_FOR)]
    draft = find_open_draft(session, person, context.now)
    if draft is not None:
        attach_to_draft(session, [evidence_id, *waiting], draft.id)
        return read_back(context, draft.id)
    reports = list_reports_waiting_of(session, person, context.now - EVIDENCE_KEPT_FOR)
    meant = _announced(context, reports) or _only_of_today(context, reports)
    if meant is not None:
        return _attach(context, meant, [evidence_id, *waiting])
    indicators = {one.id: get_indicator_by_id(session, one.indicator_year_id) for one in reports}
    today = context.today
    choices = [(one.id, named(indicators[one.id], today), get_unit_name(session, one.figure.unit)) for one in reports]
    return promise(view.which_report(choices, file_name))


def expects_evidence(context: Context) -> bool:
    """Whether a file is evidence even where it is a table: a draft waits, or the person said that it would come."""
    if find_open_draft(context.session, context.member.id, context.now) is not None:
        return True
    topic = find_topic(context.session, context.line_user_id, context.now)
    return topic is not None and ANNOUNCED in topic.slots


def attach_evidence(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Say how evidence is added to a report; what the person sends next belongs to it."""
    context.require_role(REPORTS)
    report = _own(context, read_id(understanding, "report"))
    indicator = get_indicator_by_id(context.session, report.indicator_year_id)
    topics.remember(context, INTENT, {"indicator": indicator.code, REPORT: report.id, ANNOUNCED: True})
    return promise(view.how_to_attach(named(indicator, context.today)))


def evidence_of(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Attach what waits to the tapped report."""
    context.require_role(REPORTS)
    report = _own(context, read_id(understanding, "report"))
    waiting = [one.id for one in find_unattached(context.session, context.member.id, context.now - EVIDENCE_KEPT_FOR)]
    return _attach(context, report, waiting) if waiting else promise(view.nothing_to_attach())


def _attach(context: Context, report: Report, evidence_ids: Collection[int]) -> list[Outgoing]:
    session = context.session
    prove_reports(session, evidence_ids, [report.id], context.now)
    indicator = get_indicator_by_id(session, report.indicator_year_id)
    topics.remember(context, INTENT, {"indicator": indicator.code, REPORT: report.id})
    count = len(list_evidence_of_reports(session, [report.id]).get(report.id, []))
    unit = get_unit_name(session, report.figure.unit)
    return promise(view.attached(named(indicator, context.today), unit, count))


def _own(context: Context, report_id: int) -> Report:
    report = get_report(context.session, report_id)
    if report.reported_by_id != context.member.id:
        raise NotFound("report_not_found")
    return report


def _announced(context: Context, reports: Sequence[Report]) -> Report | None:
    topic = find_topic(context.session, context.line_user_id, context.now)
    announced = topic.slots.get(REPORT) if topic is not None else None
    return next((report for report in reports if report.id == announced), None)


def _only_of_today(context: Context, reports: Sequence[Report]) -> Report | None:
    """The report of today that waits, where there is no other to choose from."""
    of_today = [report for report in reports if bangkok_date(report.reported_at) == context.today]
    return of_today[0] if len(of_today) == 1 else None
