"""The host's word on reports: reading back, asking for a reason, and what reviewers and reporters hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from messages.actions import postback, say
from messages.indicator_words import result_text
from messages.language import Glossary, Words, counted, either, in_thai
from messages.lengths import clip
from messages.limits import Json
from messages.parts import TONE_INKS, Tone, button, card, line, panel, row, rule, small, text
from messages.reviewing import (
    LIST_ROWS,
    SHOWN_NOTE,
    SPOKEN_ROWS,
    Consequence,
    ShownReport,
    all_waiting,
    consequence_lines,
    decided_words,
    month_of,
    row_words,
)
from messages.thai import decimal_text, one_line
from messages.words import CANCEL, CANCEL_LABEL, CONFIRM, CONFIRM_LABEL
from models.indicator_reports import DecisionKind
from models.indicator_terms import Result

SHOWN_ROW = 90
REPORT_AGAIN_LABEL = Words("รายงานใหม่", "Report again")
_NEWER_LABEL = Words("ดูรายงานที่ใหม่กว่า", "See the newer one")

USUAL_REASONS = Glossary(
    {
        "evidence_differs": Words("ตัวเลขไม่ตรงหลักฐาน", "Evidence differs"),
        "evidence_missing": Words("ขาดหลักฐาน", "Evidence missing"),
        "wrong_month": Words("เดือนไม่ถูกต้อง", "Wrong month"),
    }
)
"""Why reports are sent back, to be tapped; the reporter reads the Thai."""


@dataclass(frozen=True)
class Outcome:
    """What came of a reviewer's word.

    Attributes:
        done: decided now.
        before: decided before, with who did.
        own: reported by the reviewer.
        overtaken: with a newer report in their place.
        newer_id: the newer report of the first of those, to be shown; None where there is none.
        whole: the approved result of the indicator now.
    """

    done: Sequence[ShownReport] = ()
    before: Sequence[ShownReport] = ()
    own: Sequence[ShownReport] = ()
    overtaken: Sequence[ShownReport] = ()
    newer_id: int | None = None
    whole: Result | None = None


def confirm_approval(shown: Sequence[ShownReport], indicator_id: int, consequence: Consequence) -> list[Json]:
    """Read several reports back before they are approved, each with its figure.

    Args:
        shown: of one indicator, oldest first, at most ``READ_BACK_ROWS``.
        indicator_id: of the indicator year.
        consequence: of approving all of them.
    """
    definition, count = shown[0].definition, len(shown)
    question = either(
        f"อนุมัติ {definition.code} {count} รายงาน ใช่หรือไม่",
        f"Approve {counted(count, 'report')} of {definition.code}?",
    )
    body = [
        small(one_line(definition.name), max_lines=2),
        line(question, size="lg", bold=True, max_lines=3),
        *(line(words, size="xs", margin="sm") for words in consequence_lines(definition, consequence, None)),
        rule("md"),
        *(small(clip(row_words(one), SHOWN_ROW), margin="xs") for one in shown),
    ]
    ids = [one.report.id for one in shown]
    confirm = postback(CONFIRM_LABEL, "approve_all", CONFIRM, indicator=indicator_id, since=min(ids), until=max(ids))
    cancel = postback(CANCEL_LABEL, "cancel", CANCEL)
    spoken = " / ".join(row_words(one) for one in shown[:LIST_ROWS])
    return [card(f"{question} {spoken}", body, [row([button(cancel), button(confirm, is_main=True)])])]


def ask_reason(shown: ShownReport) -> list[Json]:
    """Ask why a report is sent back."""
    said = f"{shown.definition.code} {shown.unit_name} {month_of(shown)}"
    words = either(
        f"ส่งกลับ {said} เพราะเหตุใด กรุณาพิมพ์เหตุผลให้ผู้รายงานทราบ หรือเลือกด้านล่าง",
        f"Why is {said} sent back? Please type the reason for the reporter, or choose one below.",
    )
    reasons = [
        postback(USUAL_REASONS[key], "send_back", USUAL_REASONS[key], report=shown.report.id, reason=key)
        for key in USUAL_REASONS
    ]
    return [text(words, [*reasons, postback(CANCEL, "cancel", CANCEL)])]


def outcome(kind: DecisionKind, came: Outcome, reason: str = "") -> list[Json]:
    """Tell a reviewer what came of a word: what is done, and what others had done before.

    Args:
        kind: approved or returned.
        came: what came of each report.
        reason: as the reporter gets it, where reports were sent back.
    """
    said = [
        *([_done(kind, came, reason)] if came.done else []),
        *(_decided_before(one) for one in came.before[:SPOKEN_ROWS]),
        *([_others(len(came.before) - SPOKEN_ROWS)] if len(came.before) > SPOKEN_ROWS else []),
        *(_overtaken(one) for one in came.overtaken[:SPOKEN_ROWS]),
        *([_own(len(came.own))] if came.own else []),
    ]
    newer = [postback(_NEWER_LABEL, "show_report", report=came.newer_id)] if came.newer_id is not None else []
    return [text("\n".join(said), [*newer, all_waiting()])]


def nothing_to_approve() -> list[Json]:
    """Tell a reviewer that what a button speaks of waits no longer."""
    words = either("รายงานเหล่านี้ไม่รออนุมัติแล้ว", "These reports wait for approval no longer.")
    return [text(words, [all_waiting()])]


@in_thai
def approved_to_reporter(shown: Sequence[ShownReport], host: str) -> list[Json]:
    """Tell a reporter, in Thai, that the host approved; however many reports in one message."""
    count = len(shown)
    rows = "\n".join(f"{one.definition.code} {row_words(one)}" for one in shown[:LIST_ROWS])
    more = f"\nและอีก {count - LIST_ROWS} รายงาน" if count > LIST_ROWS else ""
    title = f"{host} อนุมัติรายงานของท่านแล้ว" + (f" {decimal_text(count)} รายงาน" if count > 1 else "")
    return [text(f"{title}\n{rows}{more}")]


@in_thai
def returned_to_reporter(shown: ShownReport, host: str, reason: str) -> list[Json]:
    """Tell a reporter, in Thai, that the host sent a report back and why."""
    again = say(REPORT_AGAIN_LABEL, f"รายงาน {shown.definition.code} {shown.unit_name}")
    said = f"{shown.definition.code} {row_words(shown)}"
    body = [
        line("ส่งกลับแก้ไข", size="lg", bold=True, colour=TONE_INKS[Tone.DUE]),
        small(f"โดย {host}", max_lines=2),
        panel([line(clip(one_line(reason), SHOWN_NOTE), max_lines=6)], margin="md"),
        small(said, max_lines=4, margin="md"),
    ]
    alt_text = f"{host} ส่งรายงาน {said} กลับแก้ไข เหตุผล: {clip(one_line(reason), SHOWN_NOTE)}"
    return [card(alt_text, body, [button(again, is_main=True)])]


# --- parts ----------------------------------------------------------------------------------------------------------


def _done(kind: DecisionKind, came: Outcome, reason: str) -> str:
    first, count = came.done[0], len(came.done)
    code = first.definition.code
    one = f"{code} {first.unit_name} {month_of(first)}"
    if kind is DecisionKind.RETURNED:
        return either(f"ส่งกลับ {one} แล้ว เหตุผล: {reason}", f"{one} is sent back. Reason: {reason}")
    what = one if count == 1 else either(f"{code} {count} รายงาน", f"{counted(count, 'report')} of {code}")
    now = result_text(first.definition, came.whole) if came.whole is not None else ""
    result = either(f" ผลที่อนุมัติรวม {now}", f" Approved in all: {now}") if now else ""
    return either(f"อนุมัติ {what} แล้ว{result}", f"{what}: approved.{result}")


def _decided_before(shown: ShownReport) -> str:
    return f"{shown.definition.code} {shown.unit_name} {month_of(shown)}: {decided_words(shown)}"


def _others(count: int) -> str:
    return either(f"อีก {count} รายงานมีผู้พิจารณาไปก่อนแล้ว", f"{count} more had been decided before.")


def _overtaken(shown: ShownReport) -> str:
    one = f"{shown.definition.code} {shown.unit_name} {month_of(shown)}"
    return either(f"{one} มีรายงานที่ใหม่กว่าแล้ว กรุณาดูรายงานนั้นแทน", f"{one} has a newer report. Please look at that one.")


def _own(count: int) -> str:
    return either(
        f"{count} รายงานเป็นรายงานของท่านเอง ต้องให้ผู้อื่นอนุมัติ",
        f"{counted(count, 'report')} of your own; somebody else must approve.",
    )
