"""Reporting on an indicator: what is asked, the read-back with its consequence, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from messages.actions import postback, say
from messages.evidence import received
from messages.language import Words, counted, either
from messages.lengths import clip
from messages.limits import MAX_QUICK_REPLIES, MAX_QUICK_REPLY_LABEL, Json
from messages.parts import TONE_INKS, Tone, button, card, headline, line, panel, row, rule, small, stack, tappable, text
from messages.refusals import sentence_of
from messages.report_words import ReportedLine, Whole, figure_words, result_words, short_unit, target_words
from messages.thai import BUDDHIST_ERA, decimal_text, month_and_year, one_line, short_date
from messages.words import CANCEL, CANCEL_LABEL, CONFIRM, CONFIRM_LABEL, MORE_LABEL
from models.errors import Refused
from models.indicator_terms import EvidenceAsked
from models.report_terms import FigureWanted, StepChoice

LIST_ROWS = 10
SHOWN_ROWS = 10
"""Of the rows of a table that are not taken, so many are told with their reasons."""
NOTE = Words("หมายเหตุ", "Note")
ADD_NOTE = Words("เพิ่มหมายเหตุ", "Add a note")
ATTACH = Words("แนบหลักฐาน", "Attach evidence")
PICTURES = Words("เลือกรูป", "Choose pictures")
TAKE_PICTURE = Words("ถ่ายรูป", "Take a picture")
_DUE_INK = TONE_INKS[Tone.DUE]
SKIP = Words("ข้าม", "Skip")
SEE_RESULT = Words("ดูผล", "See the result")
NEXT_STEP = Words("ขั้นต่อไป", "next")
DONE_STEP = Words("รายงานแล้ว", "reported")


@dataclass(frozen=True)
class Named:
    """An indicator as people know it; ``fiscal_year`` is Buddhist, and None where it is the current one."""

    id: int
    code: str
    name: str
    fiscal_year: int | None = None

    @property
    def title(self) -> str:
        """Its code, with its year where that is not the current one."""
        if self.fiscal_year is None:
            return self.code
        return f"{self.code} {either(f'ปีงบ {self.fiscal_year}', f'FY {self.fiscal_year - BUDDHIST_ERA}')}"


@dataclass(frozen=True)
class Choice:
    """A row to tap: its words, what ``report`` carries, and a word beside it."""

    label: str
    params: Mapping[str, str]
    mark: str = ""
    is_likely: bool = False


@dataclass(frozen=True)
class Rejected:
    """A row of a table that cannot be reported, as it was sent, and why."""

    text: str
    refused: Refused


@dataclass(frozen=True)
class ReadBack:
    """A report before it counts.

    Attributes:
        draft: id that ``confirm_report`` carries.
        indicator: of which.
        lines: of each unit that is reported.
        whole: of all units together; None where one unit is the whole.
        due_on: by when it was due, where it is late.
        evidence: how many photos and files belong to it.
        evidence_asked: whether there should be any.
        evidence_of: what should be shown, in the catalog's words.
        note: the reporter's words.
    """

    draft: int
    indicator: Named
    lines: Sequence[ReportedLine]
    whole: Whole
    due_on: date | None = None
    evidence: int = 0
    evidence_asked: EvidenceAsked = EvidenceAsked.NONE
    evidence_of: str = ""
    note: str | None = None


# --- asking ---------------------------------------------------------------------------------------------------------


def which_indicator(
    indicators: Sequence[Named], total: int, offset: int = 0, said: Mapping[str, str] = MappingProxyType({})
) -> list[Json]:
    """Offer the indicators that a person may report on, ten at a time; none is said too.

    Args:
        indicators: of this page.
        total: how many there are.
        offset: how many came before.
        said: what was said of the report already; each row's ``report`` carries it beside ``indicator``.
    """
    if not indicators:
        words = either(
            "ขณะนี้ไม่มีตัวชี้วัดที่ท่านรายงานได้ หากควรมี กรุณาติดต่อหน่วยงานเจ้าภาพตัวชี้วัด",
            "There is no indicator that you may report on. If there should be, please ask its host unit.",
        )
        return [text(words)]
    title = either("จะรายงานตัวชี้วัดใด", "Which indicator do you report on?")
    shown = indicators[:LIST_ROWS]
    body = [line(title, size="lg", bold=True), small(either("แตะหนึ่งรายการ", "Tap one of them"))]
    for each in shown:
        piece = stack([line(each.title, bold=True), small(one_line(each.name), max_lines=2)], margin="md")
        body += [
            rule("md"),
            tappable(piece, postback(clip(each.title, 40), "report", each.title, indicator=each.id, **said)),
        ]
    reached = offset + len(shown)
    more = (
        [button(postback(MORE_LABEL, "report_indicators", MORE_LABEL, offset=reached, **said))]
        if reached < total
        else []
    )
    listed = " / ".join(f"{each.title} {one_line(each.name)}" for each in shown)
    return [card(f"{title}: {listed}", body, more)]


def which_unit(indicator: Named, units: Sequence[Choice]) -> list[Json]:
    """Ask of which unit a report is: by taps, or by its name where there are too many."""
    title = either(f"รายงาน {indicator.title} ของหน่วยงานใด", f"Of which unit do you report {indicator.title}?")
    if len(units) > MAX_QUICK_REPLIES:
        example = short_unit(units[0].label)
        words = either(f"{title} พิมพ์ชื่อหน่วยงาน เช่น {example}", f"{title} Please type the unit's name, such as {example}")
        return [text(words)]
    taps = [
        postback(clip(short_unit(unit.label), MAX_QUICK_REPLY_LABEL), "report", unit.label, **unit.params)
        for unit in units
    ]
    return [text(f"{title} {either('แตะเลือก หรือพิมพ์ชื่อหน่วยงาน', 'Tap one, or type its name')}", taps)]


def which_part(indicator: Named, parts: Sequence[Choice]) -> list[Json]:
    """Ask which part of an indicator is reported."""
    return _choices(either(f"รายงาน {indicator.title} ส่วนใด", f"Which part of {indicator.title} is it?"), "", parts)


def which_step(indicator: Named, unit: str, steps: Sequence[Choice]) -> list[Json]:
    """Ask which step was reached; the next one is first and marked."""
    title = either(f"{indicator.title} ถึงขั้นใดแล้ว", f"Which step has {indicator.title} reached?")
    return _choices(title, unit, sorted(steps, key=lambda step: not step.is_likely))


def which_figure(
    indicator: Named, unit: str, month: date, wanted: FigureWanted, *, is_again: bool = False
) -> list[Json]:
    """Ask for a number; ``is_again`` where what was typed was none."""
    again = either("ยังอ่านตัวเลขไม่ได้ กรุณาพิมพ์ใหม่ ", "That is no figure we can read. ") if is_again else ""
    asked = f"{_number_of(wanted)} ({month_and_year(month)})"
    return [text(f"{again}{indicator.title} {short_unit(unit)}: {asked}")]


def ask_for_evidence(draft: int, evidence_of: str, *, is_required: bool) -> list[Json]:
    """Ask for photos or files before the read-back; ``ข้าม`` is ``skip_evidence``."""
    what = either("แนบรูปหรือไฟล์หลักฐาน", "Please send pictures or files as evidence")
    of = f" ({one_line(evidence_of)})" if evidence_of else ""
    rest = either(" ส่งในแชตนี้ได้เลย หรือข้าม", " here in the chat, or skip this.")
    capped = _capped() if is_required else ""
    return [text(f"{what}{of}{rest}{capped}", [*_pictures(), postback(SKIP, "skip_evidence", SKIP, draft=draft)])]


def ask_for_note() -> list[Json]:
    """Ask for the reporter's own words."""
    return [text(either("พิมพ์หมายเหตุที่จะแนบไปกับรายงาน", "Type the note that goes with the report."))]


def how_to_attach(indicator: Named) -> list[Json]:
    """Say how evidence is added to what was reported."""
    words = either(
        f"ส่งรูปหรือไฟล์หลักฐานของ {indicator.title} ในแชตนี้ได้เลย",
        f"Send the pictures or files for {indicator.title} here in the chat.",
    )
    return [text(words, _pictures())]


def step_skipped(step: int, missing: int, missing_name: str, params: Mapping[str, str]) -> list[Json]:
    """Turn down a step while an earlier one was never reported, and take the reason or the missing step instead."""
    words = either(
        f"ยังไม่เคยรายงานขั้นที่ {missing} {one_line(missing_name)} จึงยังรายงานขั้นที่ {step} ไม่ได้ "
        f"แตะเพื่อรายงานขั้นที่ {missing} ก่อน หรือพิมพ์เหตุผลที่ข้ามขั้น",
        f"Step {missing} ({one_line(missing_name)}) was never reported, so step {step} cannot be yet. "
        f"Tap to report step {missing} first, or type the reason why it is passed over.",
    )
    label = either(f"รายงานขั้นที่ {missing}", f"Report step {missing}")
    return [text(words, [postback(label, "report", label, **params)])]


# --- read-back and outcome --------------------------------------------------------------------------------------------


def read_back(report: ReadBack, *, is_anew: bool = False, rejected: Sequence[Rejected] = ()) -> list[Json]:
    """Show what a report would change before it counts.

    ``ยืนยัน`` is ``confirm_report`` with ``draft``.

    Args:
        report: what is about to be recorded.
        is_anew: whether another report came in between, so that this is not what was confirmed.
        rejected: rows of a table that are left out; they come before, as a text to be corrected and sent again.
    """
    refused = _rejected(report.indicator, rejected)
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


def step_choice(step: StepChoice, params: Mapping[str, str]) -> Choice:
    """A step as a row to tap."""
    label = f"{either('ขั้นที่', 'Step')} {step.number} {one_line(step.name)}"
    mark = str(NEXT_STEP) if step.is_next else str(DONE_STEP) if step.is_done else ""
    share = f"{decimal_text(step.percent)}{either(' %', '%')}"
    return Choice(label, params, f"{share} · {mark}" if mark else share, step.is_next)


# --- tables -----------------------------------------------------------------------------------------------------------


def which_of_table(indicators: Sequence[Named], rows: int) -> list[Json]:
    """Ask of which indicator a table is; the taps are ``report_table`` with ``indicator``."""
    if not indicators:
        return which_indicator([], 0)
    words = either(f"ตาราง {rows:,} แถวนี้เป็นของตัวชี้วัดใด", f"Of which indicator is this table of {counted(rows, 'row')}?")
    taps = [
        postback(clip(each.title, MAX_QUICK_REPLY_LABEL), "report_table", each.title, indicator=each.id)
        for each in indicators[:MAX_QUICK_REPLIES]
    ]
    return [text(words, taps)]


def table_is_gone() -> list[Json]:
    """The table was sent more than ten minutes ago, or the person spoke of something else since."""
    words = either(
        "ไม่มีตารางที่รออยู่แล้ว กรุณาส่งตารางอีกครั้ง", "The table is not remembered any more. Please send it once more."
    )
    return [text(words)]


def nothing_taken(indicator: Named, rejected: Sequence[Rejected]) -> list[Json]:
    """Not one row of a table can be reported."""
    words = either("ไม่มีแถวใดบันทึกได้", "Not one row can be recorded.")
    return [text(f"{indicator.title}: {words}"), *_rejected(indicator, rejected)]


# --- evidence ---------------------------------------------------------------------------------------------------------


def attached(indicator: Named, unit: str, count: int) -> list[Json]:
    """Say to which report what was sent belongs now, and how much evidence that has."""
    words = either(
        f"แนบเป็นหลักฐานของ {indicator.title} {short_unit(unit)} แล้ว รวม {count} รายการ",
        f"Attached to {indicator.title} {short_unit(unit)}: {counted(count, 'piece')} of evidence",
    )
    return [text(words)]


def which_report(choices: Sequence[tuple[int, Named, str]], file_name: str | None = None) -> list[Json]:
    """Ask to which waiting report what was sent belongs, ``evidence_of`` with ``report``; without any, say what to do.

    Args:
        choices: report id, its indicator and unit, the newest first.
        file_name: of what was sent; a photo has none.
    """
    kept = received(file_name)[0]["text"]
    if not choices:
        words = either(
            "หลักฐานนี้รอไว้หนึ่งวัน กรุณารายงานผล เช่น รายงาน 8308 18 จาก 22 แล้วหลักฐานจะแนบไปด้วย",
            "It waits for a day. Please report, for example Report 8308 18 of 22, and it will go with it.",
        )
        return [text(f"{kept}\n{words}")]
    taps = []
    for report_id, indicator, unit in choices[:MAX_QUICK_REPLIES]:
        label = f"{indicator.title} {short_unit(unit)}"
        taps.append(postback(clip(label, MAX_QUICK_REPLY_LABEL), "evidence_of", label, report=report_id))
    words = either("หลักฐานนี้เป็นของรายงานใด", "Of which report is it?")
    return [text(f"{kept}\n{words}", taps)]


def nothing_to_attach() -> list[Json]:
    """What was sent was attached or taken back already, or its day is over."""
    words = either(
        "ไม่มีหลักฐานที่รอแนบแล้ว กรุณาส่งรูปหรือไฟล์ใหม่อีกครั้ง",
        "No evidence is waiting any more. Please send the picture or file again.",
    )
    return [text(words)]


# --- parts ------------------------------------------------------------------------------------------------------------


def _rejected(indicator: Named, rejected: Sequence[Rejected]) -> list[Json]:
    """The reasons, and the rows once more by themselves, so that they can be copied, corrected and sent again."""
    if not rejected:
        return []
    shown = rejected[:SHOWN_ROWS]
    title = either(f"ไม่รับ {len(rejected):,} แถว", f"{counted(len(rejected), 'row')} not taken")
    reasons = [f"{one_line(each.text)}: {sentence_of(each.refused)}" for each in shown]
    if len(rejected) > len(shown):
        more = len(rejected) - len(shown)
        reasons.append(either(f"และอีก {more:,} แถว", f"and {counted(more, 'more row')}"))
    told = [text("\n".join([title, *reasons]))]
    if len(rejected) > 1:
        again = either(f"รายงาน {indicator.code}", f"Report {indicator.code}")
        told.append(text("\n".join([again, *(one_line(each.text) for each in rejected)])))
    return told


def _choices(title: str, unit: str, choices: Sequence[Choice]) -> list[Json]:
    body = [line(title, size="lg", bold=True), *([small(unit)] if unit else [])]
    for choice in choices:
        pieces = [line(choice.label, bold=choice.is_likely), *([small(choice.mark)] if choice.mark else [])]
        action = postback(clip(choice.label, 40), "report", choice.label, **choice.params)
        body += [rule("md"), tappable(stack(pieces, margin="md"), action)]
    listed = " / ".join(f"{choice.label} {choice.mark}".strip() for choice in choices)
    return [card(f"{title} {unit}".strip() + f": {listed}", body)]


def _number_of(wanted: FigureWanted) -> str:
    of, among, counted_in = one_line(wanted.of), one_line(wanted.among), wanted.counted_in
    if wanted.is_score:
        return either("ได้กี่คะแนน", "how many points")
    if not of:
        return either(f"ได้กี่{counted_in}", f"how many {counted_in}").strip()
    if wanted.denominator is not None:
        known = decimal_text(wanted.denominator)
        return either(f"{of} กี่{counted_in} จาก {known}", f"{of}: how many of {known}")
    return either(
        f"{of} กี่{counted_in} จาก{among}กี่{counted_in} พิมพ์ เช่น 18 จาก 22",
        f"{of}: how many, and how many {among} altogether, such as 18 of 22",
    )


def _what_is_reported(report: ReadBack) -> str:
    if len(report.lines) == 1:
        one = report.lines[0]
        return f"{short_unit(one.unit)} {figure_words(one.said, one.words)}"
    return either(f"{len(report.lines):,} หน่วยงาน", counted(len(report.lines), "unit"))


def _results(report: ReadBack) -> list[str]:
    told = [_result_of(report.lines[0])] if len(report.lines) == 1 and report.whole.units > 1 else []
    whole = result_words(report.whole.before, report.whole.after, report.whole.counted_in)
    title = either("รวมทุกหน่วยงาน", "All units together") if report.whole.units > 1 else either("ผล", "Result")
    return [*told, f"{title} {whole} ({target_words(report.whole.target, report.whole.counted_in)})"]


def _result_of(one: ReportedLine) -> str:
    result = result_words(one.before, one.after, one.words.counted_in)
    target = f" ({either('เป้า', 'target')} {decimal_text(one.target)})" if one.target is not None else ""
    return f"{short_unit(one.unit)} {result}{target}"


def _rests_on(report: ReadBack) -> list[str]:
    one = report.lines[0]
    months = {each.said.month for each in report.lines}
    said = [f"{either('เดือน', 'Month:')} {month_and_year(month)}" for month in sorted(months)[:1]]
    said = [*_results(report), *said]
    if len(report.lines) == 1 and one.replaces is not None:
        before = figure_words(one.replaces, one.words)
        said.append(either(f"แทนที่รายงานเดิม {before} ของเดือนเดียวกัน", f"Replaces {before} of the same month"))
    if report.evidence:
        said.append(either(f"หลักฐาน {report.evidence} รายการ", counted(report.evidence, "piece") + " of evidence"))
    return said


def _warnings(report: ReadBack) -> list[str]:
    said = []
    if report.due_on is not None:
        day = short_date(report.due_on)
        said.append(either(f"ส่งหลังกำหนด ({day})", f"Late: it was due on {day}"))
    missing = _evidence_missing(report)
    return [*said, missing] if missing else said


def _evidence_missing(report: ReadBack) -> str:
    if report.evidence or report.evidence_asked is EvidenceAsked.NONE:
        return ""
    of = f" ({one_line(report.evidence_of)})" if report.evidence_of else ""
    missing = either(f"ยังไม่มีหลักฐาน{of}", f"No evidence yet{of}")
    return missing + (_capped() if report.evidence_asked is EvidenceAsked.REQUIRED else "")


def _capped() -> str:
    return either(" หากไม่มีหลักฐาน ผลนับได้ไม่เกิน 99.99 %", ". Without evidence the result is 99.99% at most")


def _pictures() -> list[Json]:
    return [{"type": "cameraRoll", "label": str(PICTURES)}, {"type": "camera", "label": str(TAKE_PICTURE)}]


def _due(words: str) -> Json:
    return line(words, size="xs", colour=_DUE_INK, bold=True)
