"""Tables of figures: of which indicator one is, and which of its rows cannot be reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from messages.actions import postback
from messages.language import counted, either
from messages.lengths import clip
from messages.limits import MAX_QUICK_REPLIES, MAX_QUICK_REPLY_LABEL, Json
from messages.parts import text
from messages.refusals import sentence_of
from messages.reporting import Named, which_indicator
from messages.thai import one_line
from models.errors import Refused

SHOWN_ROWS = 10
"""Of the rows of a table that are not taken, so many are told with their reasons."""


@dataclass(frozen=True)
class Rejected:
    """A row of a table that cannot be reported, as it was sent, and why."""

    text: str
    refused: Refused


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
    return [text(f"{indicator.title}: {words}"), *told_rejected(indicator, rejected)]


def told_rejected(indicator: Named, rejected: Sequence[Rejected]) -> list[Json]:
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
