"""The read-back of a report, and its ยืนยัน."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, Messages, promise, read_id
from handlers.reviewing import news_for_reviewers
from messages import report_drafts as view
from messages.actions import postback_data
from messages.lengths import clip
from messages.report_drafts import ReadBack, ReportedLine, Whole
from messages.report_grids import Rejected
from messages.reporting import Named
from models import report_drafts
from models.evidence import (
    attach_to_draft,
    find_unattached,
    list_evidence_of_draft,
    list_reports_with_evidence,
)
from models.evidence_of_reports import prove_reports
from models.indicator_access import REPORTS, person_of
from models.indicator_due import due_on
from models.indicator_reports import Report, ReportSource, counting, list_reports, slot_of
from models.indicator_results import SHORT_OF_WHOLE, result_with, with_others
from models.indicator_terms import EvidenceAsked, Figure, Result, Standing
from models.indicators import Indicator, get_indicator_by_id
from models.outbox import Outgoing
from models.pending import remember_words
from models.periods import fiscal_year_of
from models.report_drafts import Draft
from models.reporting import Line, check_line, hold_indicator, is_overtaken, latest_report_id, record_reports
from models.units import get_unit_name, get_unit_names

INTENT = "report_progress"
LONGEST_NOTE = 500
EVIDENCE_KEPT_FOR = timedelta(days=1)
"""How long what was sent before its report waits for it."""


def named(indicator: Indicator, today: date) -> Named:
    """An indicator as messages name it: with its year where that is not the current one."""
    is_current = indicator.fiscal_year == fiscal_year_of(today)
    return Named(indicator.id, indicator.code, indicator.definition.name, None if is_current else indicator.fiscal_year)


def check_lines(context: Context, indicator: Indicator, lines: Sequence[Line], note: str | None) -> list[Figure]:
    """Complete figures of what the person wants to report; raises as ``models.reporting.check_line``."""
    person = person_of(context.session, context.member)
    today = context.today
    return [check_line(context.session, indicator, person, line, reason=note, today=today) for line in lines]


def start_draft(context: Context, indicator: Indicator, lines: Sequence[Line], note: str | None = None) -> int:
    """Keep what was checked until it is confirmed, with the evidence that waits for it; gives the draft's id."""
    earlier = report_drafts.find_open_draft(context.session, context.member.id, context.now)
    draft_id = report_drafts.create_draft(
        context.session,
        member_id=context.member.id,
        indicator_year_id=indicator.id,
        lines=[line.as_json() for line in lines],
        note=note,
        latest_report_id=latest_report_id(context.session, indicator.id),
        now=context.now,
    )
    if indicator.definition.reporting.evidence is not EvidenceAsked.NONE:
        evidence = find_unattached(context.session, context.member.id, context.now - EVIDENCE_KEPT_FOR)
        if earlier is not None and earlier.indicator_year_id == indicator.id:
            evidence += list_evidence_of_draft(context.session, earlier.id)
        attach_to_draft(context.session, [one.id for one in evidence], draft_id)
    return draft_id


def read_back(
    context: Context, draft_id: int, *, is_anew: bool = False, rejected: Sequence[Rejected] = ()
) -> list[Outgoing]:
    """Show what a draft would change as things stand now, and wait for ยืนยัน; ``rejected`` are rows left out of it."""
    draft = find_open(context, draft_id)
    if isinstance(draft, list):
        return promise(draft)
    indicator = get_indicator_by_id(context.session, draft.indicator_year_id)
    lines = [Line.from_json(line) for line in draft.lines]
    figures = check_lines(context, indicator, lines, draft.note)
    latest = latest_report_id(context.session, indicator.id)
    report_drafts.change_draft(context.session, draft.id, lines=draft.lines, note=draft.note, latest_report_id=latest)
    slots = {"indicator": indicator.code}
    topics.wait_for_confirmation(context, postback_data("confirm_report", draft=draft.id), INTENT, slots)
    shown = _consequence(context, indicator, figures, draft)
    return promise(view.read_back(shown, is_anew=is_anew, rejected=rejected))


def confirm_report(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Record a confirmed draft once; where another report took its slot meanwhile, read it back anew."""
    context.require_role(REPORTS)
    draft = find_open(context, read_id(understanding, "draft"))
    if isinstance(draft, list):
        return promise(draft)
    indicator = hold_indicator(context.session, draft.indicator_year_id)
    figures = check_lines(context, indicator, [Line.from_json(line) for line in draft.lines], draft.note)
    if is_overtaken(context.session, indicator, figures, draft.latest_report_id):
        # Where a double tap recorded it between our two looks, what overtook the draft is itself.
        still_open = find_open(context, draft.id)
        return promise(still_open) if isinstance(still_open, list) else read_back(context, draft.id, is_anew=True)
    shown = _consequence(context, indicator, figures, draft)
    if not report_drafts.take_draft(context.session, draft.id, context.now):
        return promise(view.recorded_before())
    report_ids = record_reports(
        context.session,
        indicator,
        figures,
        member_id=context.member.id,
        source=ReportSource.CHAT if len(figures) == 1 else ReportSource.GRID,
        note=draft.note,
        at=context.asked_at,
        now=context.now,
        today=context.today,
    )
    evidence = [one.id for one in list_evidence_of_draft(context.session, draft.id)]
    prove_reports(context.session, evidence, report_ids, context.now)
    return _after_recording(context, indicator, report_ids, shown)


def add_note(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Ask for the reporter's own words."""
    draft = find_open(context, read_id(understanding, "draft"))
    if isinstance(draft, list):
        return promise(draft)
    waits = postback_data("tell_note", draft=draft.id)
    remember_words(context.session, context.line_user_id, waits, context.now)
    return promise(view.ask_for_note())


def tell_note(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Take the reporter's own words, and read back anew."""
    draft = find_open(context, read_id(understanding, "draft"))
    if isinstance(draft, list):
        return promise(draft)
    note = clip(" ".join(context.text.split()), LONGEST_NOTE) or draft.note
    report_drafts.change_draft(
        context.session, draft.id, lines=draft.lines, note=note, latest_report_id=draft.latest_report_id
    )
    return read_back(context, draft.id)


def find_open(context: Context, draft_id: int) -> Draft | Messages:
    """A draft of the person's that waits, else what to say instead."""
    draft = report_drafts.find_draft(context.session, draft_id, context.member.id, context.now)
    if draft is not None and draft.is_recorded:
        return view.recorded_before()
    return view.draft_is_over() if draft is None or draft.is_over else draft


def _after_recording(
    context: Context, indicator: Indicator, report_ids: Sequence[int], shown: ReadBack
) -> list[Outgoing]:
    """What is said once reports are recorded: to the reporter here; who decides of them is told here as well."""
    topics.remember(context, INTENT, {"indicator": indicator.code, "report": report_ids[-1]})
    host = get_unit_name(context.session, indicator.host_unit_id)
    news = news_for_reviewers(context, indicator, report_ids)
    return [*promise(view.recorded(shown, report_ids[-1], host)), *news]


# --- the consequence --------------------------------------------------------------------------------------------------


def _consequence(context: Context, indicator: Indicator, figures: Sequence[Figure], draft: Draft) -> ReadBack:
    session, measure, reporting = context.session, indicator.measure, indicator.definition.reporting
    today = context.today
    indicator = with_others(session, indicator)
    reports = list_reports(session, indicator.id)
    counted = counting(reports, measure, Standing.REPORTED)
    units = get_unit_names(session, {figure.unit for figure in figures})
    replaced = {slot_of(one.figure, measure): one.figure for one in counted}
    evidence = len(list_evidence_of_draft(session, draft.id))
    is_capped = _is_capped(context, indicator, counted, figures, evidence)

    def after(*units: int) -> Result:
        return _capped(result_with(indicator, reports, figures, units or None), is_capped)

    is_alone = len(figures) == 1  # of a table only the whole is told
    lines = [
        ReportedLine(
            unit=units[figure.unit],
            said=figure,
            before=result_with(indicator, reports, [], [figure.unit]) if is_alone else Result(),
            after=after(figure.unit) if is_alone else Result(),
            target=indicator.shares[figure.unit].target,
            replaces=replaced.get(slot_of(figure, measure)),
        )
        for figure in figures
    ]
    whole = Whole(
        before=result_with(indicator, reports, []),
        after=after(),
        units=len(indicator.shares),
    )
    due = min(due_on(indicator, figure.month) for figure in figures)
    return ReadBack(
        draft=draft.id,
        indicator=named(indicator, today),
        definition=indicator.definition,
        lines=lines,
        whole=whole,
        due_on=due if today > due else None,
        evidence=evidence,
        evidence_asked=reporting.evidence,
        evidence_of=reporting.evidence_of,
        note=draft.note,
    )


def _is_capped(
    context: Context, indicator: Indicator, counted: Sequence[Report], figures: Collection[Figure], evidence: int
) -> bool:
    if indicator.definition.reporting.evidence is not EvidenceAsked.REQUIRED:
        return False
    slots = {slot_of(figure, indicator.measure) for figure in figures}
    kept = [report.id for report in counted if slot_of(report.figure, indicator.measure) not in slots]
    return not evidence or len(list_reports_with_evidence(context.session, kept)) < len(kept)


def _capped(result: Result, is_capped: bool) -> Result:
    if not is_capped or result.percent is None:
        return result
    return replace(result, percent=min(result.percent, Decimal(SHORT_OF_WHOLE)))
