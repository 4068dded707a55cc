"""Reporting on an indicator: what is asked, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from messages.actions import postback
from messages.indicator_words import period_text, short_unit, short_year_text, step_text
from messages.language import Words, either
from messages.lengths import clip
from messages.limits import MAX_QUICK_REPLIES, MAX_QUICK_REPLY_LABEL, Json
from messages.parts import button, card, line, rule, small, stack, tappable, text
from messages.thai import decimal_text, one_line, percent_text
from messages.words import MORE_LABEL
from models.report_terms import FigureWanted, StepChoice

LIST_ROWS = 10
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
        return f"{self.code} {short_year_text(self.fiscal_year)}"


@dataclass(frozen=True)
class Choice:
    """A row to tap: its words, what ``report`` carries, and a word beside it."""

    label: str
    params: Mapping[str, str]
    mark: str = ""
    is_likely: bool = False


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


def step_choice(step: StepChoice, params: Mapping[str, str]) -> Choice:
    """A step as a row to tap."""
    label = step_text(step.number, step.name)
    mark = str(NEXT_STEP) if step.is_next else str(DONE_STEP) if step.is_done else ""
    share = percent_text(step.percent)
    return Choice(label, params, f"{share} · {mark}" if mark else share, step.is_next)


def which_figure(
    indicator: Named, unit: str, month: date, wanted: FigureWanted, *, is_again: bool = False
) -> list[Json]:
    """Ask for a number; ``is_again`` where what was typed was none."""
    again = either("ยังอ่านตัวเลขไม่ได้ กรุณาพิมพ์ใหม่ ", "That is no figure we can read. ") if is_again else ""
    asked = f"{_number_of(wanted)} ({period_text([month])})"
    return [text(f"{again}{indicator.title} {short_unit(unit)}: {asked}")]


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


# --- parts ------------------------------------------------------------------------------------------------------------


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
