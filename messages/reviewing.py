"""Reports that wait for the host office: the reviewer's cards and the list of all that waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from messages.actions import postback
from messages.indicator_words import (
    LATE,
    NOTE,
    SOURCE_WORDS,
    approving_text,
    evidence_text,
    figure_text,
    period_text,
    year_text,
)
from messages.language import Words, counted, either, in_thai
from messages.lengths import clip
from messages.limits import Json
from messages.parts import (
    GREEN,
    TONE_INKS,
    Tone,
    button,
    card,
    chip,
    line,
    links,
    panel,
    row,
    rule,
    small,
    stack,
    tappable,
    text,
)
from messages.thai import decimal_text, one_line, short_date, short_moment
from messages.words import MORE_LABEL
from models.indicator_reports import DecisionKind, Report
from models.indicator_terms import Definition, Result

LIST_ROWS = 10
READ_BACK_ROWS = 50
"""So many reports are approved at once at most: each is read back."""
SHOWN_NOTE = 200
SHOWN_NAME = 120
SHOWN_ROW = 90
SPOKEN_ROWS = 3

APPROVE = Words("อนุมัติ", "Approve")
SEND_BACK = Words("ส่งกลับแก้ไข", "Send back")
SEE_EVIDENCE = Words("ดูหลักฐาน", "See evidence")
ALL_WAITING_LABEL = Words("ดูทั้งหมดที่รออนุมัติ", "All that wait")


@dataclass(frozen=True)
class ShownReport:
    """A report with the names that a person needs beside it.

    Attributes:
        report: as it stands.
        definition: of its indicator year.
        unit_name: whose figure it is.
        evidence: how many pieces belong to it.
        decided_by: who decided, in words such as ``เพื่อนร่วมงานจากสำนักพัฒนาสังคม``; empty while it waits.
    """

    report: Report
    definition: Definition
    unit_name: str
    evidence: int = 0
    decided_by: str = ""


@dataclass(frozen=True)
class Consequence:
    """What approving makes of the approved results; those of a unit are None where it is not one unit's matter."""

    whole_before: Result
    whole_after: Result
    unit_before: Result | None = None
    unit_after: Result | None = None


@dataclass(frozen=True)
class WaitingGroup:
    """What waits of one indicator for one reviewer.

    Attributes:
        indicator_id: of the indicator year.
        definition: of that year.
        reports: those that wait, oldest first.
        count: how many of them the reviewer may approve, the own ones left out.
    """

    indicator_id: int
    definition: Definition
    reports: Sequence[ShownReport]
    count: int


# --- what waits -----------------------------------------------------------------------------------------------------


def report_card(shown: ShownReport, consequence: Consequence, *, is_own: bool = False) -> list[Json]:
    """Show a report to a reviewer: what was reported, what approving makes of it, and what it rests on.

    Args:
        shown: waiting or decided; only what waits has the two buttons.
        consequence: of approving it.
        is_own: whether the person reported it and may not decide of it.
    """
    report, definition = shown.report, shown.definition
    said = figure_text(definition, report.figure)
    body = [
        _heading(shown),
        small(one_line(definition.name), max_lines=2, margin="xs"),
        panel(
            [
                small(f"{shown.unit_name} {month_of(shown)}", max_lines=2),
                line(said, size="md", bold=True, max_lines=4),
                *([small(_quoted_note(report.note), max_lines=4)] if report.note else []),
            ],
            margin="md",
        ),
        *(line(words, size="xs", margin="sm") for words in consequence_lines(definition, consequence, report.decision)),
        _foundation(shown),
    ]
    if state := _state(shown, is_own=is_own):
        body.append(line(state, size="xs", bold=True, colour=TONE_INKS[_tone(report)], margin="sm"))
    head = either("รายงานรออนุมัติ", "Report to approve") if report.decision is None else either("รายงาน", "Report")
    late = f" {LATE}" if report.is_late else ""
    then = " ".join(consequence_lines(definition, consequence, report.decision)[:1])
    alt_text = f"{head} {definition.code} {shown.unit_name} {month_of(shown)}{late}: {said} {then} {state}"
    return [card(one_line(alt_text), body, _card_footer(report.id, is_decidable=not report.decision and not is_own))]


@in_thai
def reports_card(shown: Sequence[ShownReport], indicator_id: int, consequence: Consequence) -> list[Json]:
    """Tell reviewers, in Thai, of several reports that came at once; they are approved together after a read-back."""
    definition, count = shown[0].definition, len(shown)
    late = sum(one.report.is_late for one in shown)
    title = f"{definition.code} รายงานรออนุมัติ {decimal_text(count)} รายงาน"
    body = [
        line(title, size="lg", bold=True),
        small(one_line(definition.name), max_lines=2),
        *(line(words, size="xs", margin="sm") for words in consequence_lines(definition, consequence, None)),
        *([line(f"{LATE} {late} รายงาน", size="xs", bold=True, colour=TONE_INKS[Tone.LATE])] if late else []),
    ]
    for one in shown[:LIST_ROWS]:
        body += [rule("md"), _report_row(one)]
    if count > LIST_ROWS:
        body.append(small(f"และอีก {count - LIST_ROWS} รายงาน", margin="md"))
    ids = [one.report.id for one in shown]
    footer = [
        button(_approve_several(count, indicator_id, max(ids), min(ids)), is_main=True),
        links([all_waiting()]),
    ]
    spoken = " / ".join(row_words(one) for one in shown[:SPOKEN_ROWS])
    return [card(f"{title}: {spoken}", body, footer)]


def waiting_list(
    groups: Sequence[WaitingGroup], *, offset: int = 0, only: Mapping[str, str] = MappingProxyType({})
) -> list[Json]:
    """List the reports that wait for a reviewer, by indicator, ten of them.

    Args:
        groups: those with reports, by code.
        offset: how many reports were shown on earlier pages.
        only: what the list was narrowed to, for the next page: ``year``, ``indicator``, ``unit``.
    """
    rows = [(group, one) for group in groups for one in group.reports]
    page, total = rows[offset : offset + LIST_ROWS], len(rows)
    if not page:
        return [text(either("ไม่มีรายงานที่รออนุมัติ", "No report waits for your approval."))]
    reached = offset + len(page)
    title = either(f"รออนุมัติ {decimal_text(total)} รายงาน", f"{counted(total, 'report')} to approve")
    body = [line(title, size="lg", bold=True)]
    if offset or reached < total:
        body.append(small(f"{either('ลำดับที่', 'Nos.')} {offset + 1}–{reached}"))
    before: WaitingGroup | None = None
    for group, one in page:
        body += [rule("md"), *([] if group is before else [_group_heading(group)]), _report_row(one)]
        before = group
    next_page = postback(MORE_LABEL, "waiting_reports", MORE_LABEL, offset=reached, **only)
    more = [button(next_page)] if reached < total else []
    spoken = " / ".join(f"{group.definition.code} {row_words(one)}" for group, one in page[:SPOKEN_ROWS])
    return [card(f"{title}: {spoken}", body, more)]


@in_thai
def digest(groups: Sequence[WaitingGroup]) -> list[Json]:
    """Tell reviewers, in Thai, once a day what waits for them, by indicator."""
    total = sum(len(group.reports) for group in groups)
    title = f"รายงานรออนุมัติ {decimal_text(total)} รายงาน"
    body = [line(title, size="lg", bold=True)]
    for group in groups[:LIST_ROWS]:
        show = postback(ALL_WAITING_LABEL, "waiting_reports", year=group.indicator_id)
        pieces = [
            line(f"{group.definition.code} {len(group.reports)} รายงาน", bold=True),
            small(one_line(group.definition.name), max_lines=2),
        ]
        body += [rule("md"), tappable(stack(pieces, margin="sm"), show)]
    if len(groups) > LIST_ROWS:
        body.append(small(f"และอีก {len(groups) - LIST_ROWS} ตัวชี้วัด", margin="md"))
    spoken = " / ".join(f"{group.definition.code} {len(group.reports)} รายงาน" for group in groups[:LIST_ROWS])
    return [card(f"{title}: {spoken}", body, [button(all_waiting(), is_main=True)])]


# --- parts ----------------------------------------------------------------------------------------------------------

_SHOW_LABEL = Words("ดูรายงาน", "See report")


def _heading(shown: ShownReport) -> Json:
    report = shown.report
    title = line(shown.definition.code, size="lg", bold=True) | {"flex": 1}
    chips = [chip(str(LATE), Tone.LATE)] if report.is_late else []
    if report.corrects_id is not None:
        chips.append(chip(either("แก้ไข", "Corrected"), Tone.DUE))
    return row([title, *chips]) | {"alignItems": "center"}


def month_of(shown: ShownReport) -> str:
    """The month that a report speaks of."""
    return period_text([shown.report.figure.month])


def _quoted_note(note: str) -> str:
    return f"{NOTE}: {clip(one_line(note), SHOWN_NOTE)}"


def _foundation(shown: ShownReport) -> Json:
    """When it was reported and on what evidence, which a tap shows."""
    words = small(_rests_on(shown), margin="sm")
    if not shown.evidence:
        return words
    see = postback(SEE_EVIDENCE, "report_evidence", SEE_EVIDENCE, report=shown.report.id)
    return tappable(stack([words, line(str(SEE_EVIDENCE), bold=True, colour=GREEN)]), see)


def _rests_on(shown: ShownReport) -> str:
    report = shown.report
    proof = evidence_text(shown.evidence) or either("ไม่มีหลักฐานแนบ", "no evidence")
    return f"{SOURCE_WORDS[report.source]}{either('เมื่อ ', ', ')}{short_moment(report.reported_at)} · {proof}"


def _state(shown: ShownReport, *, is_own: bool) -> str:
    if shown.report.decision is not None:
        return decided_words(shown)
    if is_own:
        return either("ท่านเป็นผู้รายงาน จึงต้องให้ผู้อื่นอนุมัติ", "You reported this; somebody else must approve it.")
    return ""


def _tone(report: Report) -> Tone:
    return Tone.GOOD if report.decision is DecisionKind.APPROVED else Tone.DUE


def decided_words(shown: ShownReport) -> str:
    """Who decided of a report, what and when, with the reason where it was sent back."""
    report = shown.report
    on = f"{either('เมื่อ ', ' on ')}{short_date(report.decided_at)}" if report.decided_at else ""
    if report.decision is DecisionKind.APPROVED:
        return either(f"{shown.decided_by} อนุมัติแล้ว{on}", f"Approved by {shown.decided_by}{on}")
    why = clip(one_line(report.reason or ""), SHOWN_NOTE)
    return either(f"{shown.decided_by} ส่งกลับแก้ไขแล้ว{on} ({why})", f"Sent back by {shown.decided_by}{on} ({why})")


def consequence_lines(definition: Definition, came: Consequence, decision: DecisionKind | None) -> list[str]:
    """From what to what the approved results go; nothing of what was decided already."""
    if decision is not None:
        return []
    of_unit = either("ผลที่อนุมัติของหน่วยงาน", "Approved, this unit")
    of_all = either("ผลที่อนุมัติรวม", "Approved in all")
    pairs = [(of_unit, came.unit_before, came.unit_after), (of_all, came.whole_before, came.whole_after)]
    return [
        f"{name}: {approving_text(definition, before, after)}"
        for name, before, after in pairs
        if before is not None and after is not None
    ]


def _card_footer(report_id: int, *, is_decidable: bool) -> list[Json]:
    if not is_decidable:
        return [links([all_waiting()])]
    approve = postback(APPROVE, "approve_report", APPROVE, report=report_id)
    send_back = postback(SEND_BACK, "return_report", SEND_BACK, report=report_id)
    return [row([button(send_back), button(approve, is_main=True)]), links([all_waiting()])]


def all_waiting() -> Json:
    """The tap to the list of all that waits for the person."""
    return postback(ALL_WAITING_LABEL, "waiting_reports", ALL_WAITING_LABEL)


def _approve_several(count: int, indicator_id: int, until: int, since: int | None = None) -> Json:
    label = either(f"อนุมัติทั้งหมด {count} รายงาน", f"Approve all {count}")
    return postback(label, "confirm_approve_all", label, indicator=indicator_id, since=since, until=until)


def _group_heading(group: WaitingGroup) -> Json:
    definition = group.definition
    pieces = [
        line(f"{definition.code} {year_text(definition.fiscal_year)}", bold=True, margin="sm"),
        small(clip(one_line(definition.name), SHOWN_NAME), max_lines=2),
    ]
    if group.count > 1:
        count, until = min(group.count, READ_BACK_ROWS), max(one.report.id for one in group.reports)
        pieces.append(links([_approve_several(count, group.indicator_id, until)]))
    return stack(pieces)


def _report_row(shown: ShownReport) -> Json:
    report = shown.report
    marks = [chip(str(LATE), Tone.LATE)] if report.is_late else []
    name = line(shown.unit_name, max_lines=2) | {"flex": 1}
    machine = SOURCE_WORDS[report.source] if report.source.is_machine else ""
    rests_on = " · ".join(part for part in (month_of(shown), evidence_text(shown.evidence), machine) if part)
    pieces = [
        row([name, *marks]) | {"alignItems": "center"},
        line(figure_text(shown.definition, report.figure), size="xs", bold=True, max_lines=2),
        small(rests_on, max_lines=1),
    ]
    said = clip(f"{_SHOW_LABEL} {shown.definition.code} {shown.unit_name}", SHOWN_NAME)
    return tappable(stack(pieces, margin="sm"), postback(_SHOW_LABEL, "show_report", said, report=report.id))


def row_words(shown: ShownReport) -> str:
    """A report in one line: unit, month, and what was reported."""
    late = f" ({LATE})" if shown.report.is_late else ""
    return f"{shown.unit_name} {month_of(shown)}{late} {figure_text(shown.definition, shown.report.figure)}"
