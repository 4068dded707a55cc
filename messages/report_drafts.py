"""The read-back of a report with its consequence, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from messages.actions import postback, say
from messages.indicator_words import (
    LATE,
    NOTE,
    becoming_text,
    capped_text,
    counted_in,
    evidence_text,
    figure_text,
    named_target,
    own_target_text,
    past_due_text,
    period_text,
    short_unit,
    target_text,
    units_text,
)
from messages.language import Words, counted, either
from messages.limits import Json
from messages.parts import TONE_INKS, Tone, button, card, headline, line, panel, row, rule, small, stack, text
from messages.report_evidence import ATTACH
from messages.report_grids import Rejected, told_rejected
from messages.reporting import Named
from messages.thai import one_line
from messages.words import CANCEL, CANCEL_LABEL, CONFIRM, CONFIRM_LABEL
from models.indicator_terms import Definition, EvidenceAsked, Figure, Result

ADD_NOTE = Words("เพิ่มหมายเหตุ", "Add a note")
SEE_RESULT = Words("ดูผล", "See the result")
_DUE_INK = TONE_INKS[Tone.DUE]


@dataclass(frozen=True)
class ReportedLine:
    """A unit's figure and what it makes.

    Attributes:
        unit: official name.
        said: the complete figure.
        before: the unit's result without it.
        after: with it.
        target: of the unit, in what is counted; None where it has none of its own.
        replaces: the figure of the same slot whose place it takes.
    """

    unit: str
    said: Figure
    before: Result
    after: Result
    target: Decimal | None = None
    replaces: Figure | None = None


@dataclass(frozen=True)
class Whole:
    """The result of all units together, before and after; ``units`` is how many report."""

    before: Result
    after: Result
    units: int = 1


@dataclass(frozen=True)
class ReadBack:
    """A report before it counts.

    Attributes:
        draft: id that ``confirm_report`` carries.
        indicator: of which.
        definition: of its year.
        lines: of each unit that is reported.
        whole: of all units together; where one unit is the whole, the same as its own.
        due_on: by when it was due, where it is late.
        evidence: how many photos and files belong to it.
        evidence_asked: whether there should be any.
        evidence_of: what should be shown, in the catalog's words.
        note: the reporter's words.
    """

    draft: int
    indicator: Named
    definition: Definition
    lines: Sequence[ReportedLine]
    whole: Whole
    due_on: date | None = None
    evidence: int = 0
    evidence_asked: EvidenceAsked = EvidenceAsked.NONE
    evidence_of: str = ""
    note: str | None = None


def read_back(report: ReadBack, *, is_anew: bool = False, rejected: Sequence[Rejected] = ()) -> list[Json]:
    """Show what a report would change before it counts.

    ``ยืนยัน`` is ``confirm_report`` with ``draft``.

    Args:
        report: what is about to be recorded.
        is_anew: whether another report came in between, so that this is not what was confirmed.
        rejected: rows of a table that are left out; they come before, as a text to be corrected and sent again.
    """
    refused = told_rejected(report.indicator, rejected)
    asked = either("ตรวจสอบก่อนบันทึก", "Please check before it is recorded")
    if is_anew:
        asked = either("มีรายงานอื่นเข้ามาก่อน กรุณาตรวจสอบอีกครั้ง", "Another report came in meanwhile. Please check again")
    said = _what_is_reported(report)
    if rejected:
        said = either(
            f"รับได้ {len(report.lines):,} แถว · ไม่รับ {len(rejected):,} แถว",
            f"{counted(len(report.lines), 'row')} taken · {len(rejected):,} not",
        )
    body = [line(asked, size="xs", bold=True), headline(said)]
    body += [small(f"{report.indicator.title} {one_line(report.indicator.name)}", max_lines=2), rule()]
    rests_on = _rests_on(report)
    body.append(stack([small(words) for words in rests_on], spacing="xs", margin="lg"))
    warnings = _warnings(report)
    if warnings:
        body.append(stack([_due(words) for words in warnings], spacing="xs", margin="md"))
    if report.note:
        body.append(panel([small(str(NOTE)), line(one_line(report.note), max_lines=4)]))
    confirm = postback(CONFIRM_LABEL, "confirm_report", CONFIRM, draft=report.draft)
    cancel = postback(CANCEL_LABEL, "cancel", CANCEL)
    note = [f"{NOTE}: {one_line(report.note)}"] if report.note else []
    alt_text = f"{asked}: {report.indicator.title} {said} · " + " · ".join([*rests_on, *warnings, *note])
    taps = [postback(ADD_NOTE, "add_note", ADD_NOTE, draft=report.draft)]
    if report.evidence_asked is not EvidenceAsked.NONE:
        taps.insert(0, {"type": "cameraRoll", "label": str(ATTACH)})
    return [*refused, card(alt_text, body, [row([button(cancel), button(confirm, is_main=True)])], taps)]


def recorded(report: ReadBack, report_id: int, host: str) -> list[Json]:
    """Say that a report counts, what it makes, and who has to approve it."""
    said = _what_is_reported(report)
    title = either("บันทึกรายงานแล้ว", "Recorded")
    waits = either(f"รอ{host}อนุมัติ", f"Waits for approval by {host}")
    rests_on = [*_results(report), waits]
    warnings = [words for words in (_evidence_missing(report),) if words]
    body = [small(title), headline(said)]
    body += [small(f"{report.indicator.title} {one_line(report.indicator.name)}", max_lines=2)]
    body.append(stack([small(words) for words in rests_on], spacing="xs", margin="md"))
    body += [_due(words) for words in warnings]
    footer = [button(say(SEE_RESULT, either("ตัวชี้วัด", "indicator") + f" {report.indicator.code}"), is_main=True)]
    if report.evidence_asked is not EvidenceAsked.NONE:
        footer.append(button(postback(ATTACH, "attach_evidence", ATTACH, report=report_id)))
    alt_text = f"{title}: {report.indicator.title} {said} · " + " · ".join([*rests_on, *warnings])
    return [card(alt_text, body, footer)]


def recorded_before() -> list[Json]:
    """A second ยืนยัน of the same report."""
    words = either("รายงานนี้บันทึกไปแล้ว ไม่ได้บันทึกซ้ำ", "This report was recorded already; it was not recorded twice.")
    return [text(words)]


def draft_is_over() -> list[Json]:
    """A button of a report that was cancelled, or whose hour is past."""
    words = either(
        "รายงานนี้ถูกยกเลิกหรือเกินหนึ่งชั่วโมงแล้ว จึงไม่ได้บันทึก หากยังต้องการ กรุณารายงานใหม่อีกครั้ง",
        "This report was cancelled or its hour is over, so it was not recorded. If you still want it, please report "
        "again.",
    )
    return [text(words, [say(either("รายงานผล", "Report"))])]


def ask_for_note() -> list[Json]:
    """Ask for the reporter's own words."""
    return [text(either("พิมพ์หมายเหตุที่จะแนบไปกับรายงาน", "Type the note that goes with the report."))]


# --- parts ------------------------------------------------------------------------------------------------------------


def _what_is_reported(report: ReadBack) -> str:
    if len(report.lines) == 1:
        said = figure_text(report.definition, report.lines[0].said)
        return said if report.whole.units == 1 else f"{short_unit(report.lines[0].unit)} {said}"
    return units_text(len(report.lines))


def _results(report: ReadBack) -> list[str]:
    told = [_result_of(report.definition, report.lines[0])] if len(report.lines) == 1 and report.whole.units > 1 else []
    definition = report.definition
    whole = becoming_text(definition, report.whole.before, report.whole.after)
    target = named_target(target_text(definition.target, counted_in(definition)))
    title = either("รวมทุกหน่วยงาน", "All units together") if report.whole.units > 1 else either("ผล", "Result")
    return [*told, f"{title} {whole} ({target})"]


def _result_of(definition: Definition, one: ReportedLine) -> str:
    result = becoming_text(definition, one.before, one.after)
    target = f" ({own_target_text(one.target)})" if one.target is not None else ""
    return f"{short_unit(one.unit)} {result}{target}"


def _rests_on(report: ReadBack) -> list[str]:
    one = report.lines[0]
    months = {each.said.month for each in report.lines}
    said = [*_results(report), period_text([min(months)])]
    if len(report.lines) == 1 and one.replaces is not None:
        before = figure_text(report.definition, one.replaces)
        said.append(either(f"แทนที่รายงานเดิม {before} ของเดือนเดียวกัน", f"Replaces {before} of the same month"))
    if report.evidence:
        said.append(evidence_text(report.evidence))
    return said


def _warnings(report: ReadBack) -> list[str]:
    said = []
    if report.due_on is not None:
        said.append(f"{LATE}{either('', ',')} {past_due_text(report.due_on)}")
    missing = _evidence_missing(report)
    return [*said, missing] if missing else said


def _evidence_missing(report: ReadBack) -> str:
    if report.evidence or report.evidence_asked is EvidenceAsked.NONE:
        return ""
    of = f" ({one_line(report.evidence_of)})" if report.evidence_of else ""
    missing = either(f"ยังไม่มีหลักฐาน{of}", f"No evidence yet{of}")
    return missing + (capped_text() if report.evidence_asked is EvidenceAsked.REQUIRED else "")


def _due(words: str) -> Json:
    return line(words, size="xs", colour=_DUE_INK, bold=True)
