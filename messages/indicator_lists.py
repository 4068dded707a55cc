"""Lists about indicators, ten rows at a time: units, groups, who has not reported, what is behind plan, one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages.actions import postback
from messages.indicator_words import (
    HOST,
    NOT_REPORTED,
    OWN_LABEL,
    STATE_WORDS,
    UNITS_LABEL,
    WHOLE_LABEL,
    counted_in,
    division_text,
    due_text,
    fraction_text,
    group_text,
    named,
    named_target,
    not_reported_text,
    period_text,
    result_text,
    scope_text,
    target_text,
    units_text,
    until_text,
    year_text,
)
from messages.indicators import params, unit_figure
from messages.language import Words, either
from messages.lengths import clip
from messages.limits import MAX_FLEX_LABEL, Json
from messages.parts import GREEN, TONE_INKS, Tone, button, card, line, row, rule, small, stack, tappable, text
from messages.thai import decimal_text, percent_text, short_date, short_month
from messages.words import MORE_LABEL
from models.indicator_lists import LIST_ROWS, BehindLine, BehindPlan, IndicatorName, OwnIndicator
from models.indicator_terms import PlanState
from models.indicator_views import GroupLine, NotReported, Subject, UnitLine
from models.periods import fiscal_year_of

SHOWN_NAME = 90
_OWN_UNIT = Words("เฉพาะหน่วยงานของฉัน", "My unit only")
_REMIND = Words("เตือนผู้ที่ยังไม่รายงาน", "Remind who has not reported")
MOST_ASKED = 10


@dataclass(frozen=True)
class _Row:
    """A row of a list: what stands at its left and right, what below, and what a tap does.

    ``official`` is said in place of the name where the row is read out.
    """

    name: str
    figure: str
    beside: str
    tone: Tone = Tone.PLAIN
    action: Json | None = None
    official: str = ""

    @property
    def spoken(self) -> str:
        return " ".join(part for part in (self.official or self.name, self.figure, self.beside) if part)


# --- of one indicator -----------------------------------------------------------------------------------------------


def unit_list(subject: Subject, lines: Sequence[UnitLine], offset: int = 0) -> list[Json]:
    """Show the units of an indicator with their results, ten at a time; a tap shows the unit.

    Args:
        subject: of what.
        lines: all of them, best first and those without a report last.
        offset: how many came before.
    """
    shown = lines[offset : offset + LIST_ROWS]
    rows = [_unit_row(subject, one, number) for number, one in enumerate(shown, start=offset + 1)]
    more = postback(MORE_LABEL, "indicator_units", MORE_LABEL, **params(subject), offset=offset + len(shown))
    head = f"{UNITS_LABEL}{either('', ':')} {units_text(len(lines))}"
    return _list(head, [], rows, more if offset + len(shown) < len(lines) else None, of=subject)


def group_list(subject: Subject, lines: Sequence[GroupLine]) -> list[Json]:
    """Show the results by district group, then by division of the Budget Bureau; a tap shows a district group."""
    rows = [_group_row(subject, one) for one in lines]
    if not rows:
        words = either("หน่วยงานของตัวชี้วัดนี้ไม่ได้อยู่ในกลุ่มเขตใด", "The units of this indicator belong to no group.")
        return [text(f"{_title(subject)} {words}")]
    return _list(either("รายกลุ่ม", "By group"), [], rows, of=subject)


def missing_list(missing: NotReported, today: date, offset: int = 0, *, may_remind: bool = False) -> list[Json]:
    """Show the units that have not reported, with how many there are of each group, ten at a time.

    Args:
        missing: all of them.
        today: whether they are late.
        offset: how many came before.
        may_remind: whether the person may let their coordinators be reminded.
    """
    subject, units = missing.subject, missing.units
    when = period_text(missing.period.months) if missing.period else year_text(subject.definition.fiscal_year)
    if not units:
        words = either(f"ทุกหน่วยงานรายงานแล้ว ({when})", f"Every unit has reported ({when}).")
        return [text(f"{words} {_title(subject)}", [_whole(subject)])]
    head = either(
        f"ยังไม่รายงาน {len(units)} จาก {missing.expected} หน่วยงาน", f"{len(units)} of {missing.expected} units missing"
    )
    due = f"{either('', ',')} {due_text(missing.period.due_on, today)[0]}" if missing.period else ""
    shown = units[offset : offset + LIST_ROWS]
    rows = [_missing_row(subject, one, number) for number, one in enumerate(shown, start=offset + 1)]
    more = postback(MORE_LABEL, "indicator_missing", MORE_LABEL, **params(subject), offset=offset + len(shown))
    under = [f"{when}{due}", *_by_group(units)]
    remind = [postback(_REMIND, "remind_units", _REMIND, indicator=subject.year_id)] if may_remind else []
    return _list(head, under, rows, more if offset + len(shown) < len(units) else None, remind, of=subject)


def which_indicator(lines: Sequence[IndicatorName], action: str) -> list[Json]:
    """Ask of which indicator, with those of the person's own unit to choose from.

    Args:
        lines: of the unit, at most ten; none where it takes part in none.
        action: of the postback that a choice gives.
    """
    if not lines:
        words = either(
            "กรุณาระบุตัวชี้วัด โดยพิมพ์รหัสหรือชื่อ เช่น 8308", "Please name an indicator by its code or name, such as 8308."
        )
        return [text(words)]
    question = either("ต้องการดูตัวชี้วัดใด", "Which indicator would you like to see?")
    how = either("เลือกหนึ่งรายการ หรือพิมพ์รหัสหรือชื่อ เช่น 8308", "Choose one, or type a code or name, such as 8308")
    rows = [
        _Row(
            name, "", "", action=postback(clip(name, MAX_FLEX_LABEL), action, one.code, year=one.year_id), official=full
        )
        for one in lines
        for name, full in [_names(one)]
    ]
    return _list(question, [how], rows)


# --- of many --------------------------------------------------------------------------------------------------------


def behind_plan(
    behind: BehindPlan,
    *,
    offset: int = 0,
    unit: str = "",
    unit_id: int | None = None,
    own_unit: int | None = None,
) -> list[Json]:
    """Show what has less than was planned by now, the furthest behind first.

    Args:
        behind: one page.
        offset: how many came before.
        unit: official name of the unit that was asked for; of all units without.
        unit_id: likewise.
        own_unit: id of the person's unit, whose own may be asked for next.
    """
    whose, year = unit or either("ทุกหน่วยงาน", "all units"), year_text(behind.fiscal_year)
    by = either(f"แผนถึงสิ้น {short_month(behind.month)}", f"plan to {short_month(behind.month)}") if behind.month else ""
    under = [part for part in (f"{whose} · {year}", by) if part]
    if not behind.total:
        words = either("ไม่มีตัวชี้วัดที่ช้ากว่าแผน", "Nothing is behind plan.")
        if not behind.planned:
            words = either("ไม่มีตัวชี้วัดที่มีแผนถึงขณะนี้", "No indicator has a plan by now.")
        return [text(f"{words} {' '.join(under)}")]
    missing = behind.not_reported
    head = either(f"ช้ากว่าแผน {behind.total} รายการ", f"{behind.total} behind plan")
    of = either(f"จาก {behind.planned} รายการที่มีแผน", f"of {behind.planned} with a plan")
    without = either(f"ยังไม่มีรายงาน {missing} รายการ", f"{missing} without a report")
    rows = [_behind_row(one, number) for number, one in enumerate(behind.lines, start=offset + 1)]
    reached = offset + len(rows)
    until = f"{behind.month:%Y-%m}" if behind.month else None
    year_of_it = {"fiscal_year": behind.fiscal_year, "until": until}
    more = postback(MORE_LABEL, "behind_plan", MORE_LABEL, **year_of_it, unit=unit_id, offset=reached)
    own = postback(_OWN_UNIT, "behind_plan", _OWN_UNIT, **year_of_it, unit=own_unit)
    under.append(" · ".join([of, *([without] if missing else [])]))
    others = [own] if own_unit and not unit else []
    return _list(head, under, rows, more if reached < behind.total else None, others)


def own_indicators(lines: Sequence[OwnIndicator], unit: str, today: date, offset: int = 0) -> list[Json]:
    """Show the indicators in which the person's unit takes part, what is to be reported first.

    Args:
        lines: all of them.
        unit: official name of the person's unit.
        today: what is overdue.
        offset: how many came before.
    """
    if not lines:
        words = either("ไม่มีตัวชี้วัดที่หน่วยงานของท่านเกี่ยวข้อง", "Your unit takes part in no indicator.")
        return [text(f"{words} {unit}")]
    missing = sum(one.missing is not None for one in lines)
    head = either(f"{OWN_LABEL} {len(lines)} รายการ", f"{OWN_LABEL}: {len(lines)}")
    state = either(f"รอรายงาน {missing} รายการ", f"{missing} to be reported")
    state = state if missing else either("ไม่มีรายการที่รอรายงาน", "nothing to be reported")
    shown = lines[offset : offset + LIST_ROWS]
    rows = [_own_row(one, number, today) for number, one in enumerate(shown, start=offset + 1)]
    reached = offset + len(shown)
    more = postback(MORE_LABEL, "own_indicators", MORE_LABEL, offset=reached) if reached < len(lines) else None
    return _list(head, [unit, state], rows, more)


# --- rows -----------------------------------------------------------------------------------------------------------


def _unit_row(subject: Subject, one: UnitLine, number: int) -> _Row:
    tone = {True: Tone.GOOD, False: Tone.DUE, None: Tone.PLAIN}[one.is_met]
    states = {True: STATE_WORDS[PlanState.REACHED], False: STATE_WORDS[PlanState.UNPLANNED], None: ""}
    action = postback(
        clip(one.name, MAX_FLEX_LABEL), "indicator", one.name, **(params(subject) | {"unit": one.unit, "group": None})
    )
    return _Row(f"{number}. {one.name}", states[one.is_met], unit_figure(subject, one), tone, action)


def _group_row(subject: Subject, one: GroupLine) -> _Row:
    name = group_text(one.district_group) if one.district_group else division_text(one.budget_division or 0)
    expected = one.result.units_expected
    missing = not_reported_text(one.not_reported) if one.not_reported else ""
    made_of = fraction_text(subject.definition, one.result)
    beside = " · ".join(part for part in (made_of, units_text(expected), missing) if part)
    figure = result_text(subject.definition, one.result)
    action = None
    if one.district_group:
        action = postback(name, "indicator", name, **(params(subject) | {"unit": None, "group": one.district_group}))
    return _Row(name, figure, beside, action=action)


def _missing_row(subject: Subject, one: UnitLine, number: int) -> _Row:
    groups = [group_text(one.district_group)] if one.district_group else []
    groups += [division_text(one.budget_division)] if one.budget_division else []
    return _Row(f"{number}. {one.name}", "", " · ".join(groups))


def _by_group(units: Sequence[UnitLine]) -> list[str]:
    groups = Counter(one.district_group for one in units if one.district_group)
    divisions = Counter(one.budget_division for one in units if one.budget_division)
    told = [" ".join(f"{group_text(code)} {count}" for code, count in sorted(groups.items()))]
    told.append(" ".join(f"{division_text(number)}: {count}" for number, count in sorted(divisions.items())))
    return [words for words in told if words]


def _behind_row(one: BehindLine, number: int) -> _Row:
    name, official = _names(one, f"{number}. ")
    planned = either(f"แผน {percent_text(one.planned)}", f"planned {percent_text(one.planned)}")
    gap = str(NOT_REPORTED)
    if one.percent is not None:
        short = decimal_text(one.planned - one.percent)
        reached = either(f"ได้ {percent_text(one.percent)}", f"reached {percent_text(one.percent)}")
        gap = either(f"{reached} ขาด {short}", f"{reached}, {short} short")
    action = postback(clip(name, MAX_FLEX_LABEL), "indicator", one.code, year=one.year_id, unit=one.unit_id)
    return _Row(name, "", f"{gap} · {planned} · {one.unit or one.host}", Tone.LATE, action, official)


def _own_row(one: OwnIndicator, number: int, today: date) -> _Row:
    shown = _beside_target(one)
    part = one.unit or (str(HOST) if one.is_host else str(WHOLE_LABEL))
    due, tone = _due(one, today)
    state = STATE_WORDS[PlanState.REACHED] if one.is_met else ""
    is_past = one.definition.fiscal_year < fiscal_year_of(today)
    year = year_text(one.definition.fiscal_year) if is_past else ""
    beside = " · ".join(words for words in (f"{shown} {state}".strip(), part, year, due) if words)
    name, official = _names(one, f"{number}. ")
    action = postback(clip(name, MAX_FLEX_LABEL), "indicator", one.code, year=one.year_id, unit=one.unit_id)
    return _Row(name, "", beside, tone, action, official)


def _beside_target(one: OwnIndicator) -> str:
    unit_word = counted_in(one.definition)
    target = target_text(one.definition.target, unit_word)
    target = target if one.own_target is None else f"{decimal_text(one.own_target)} {unit_word}".strip()
    held = result_text(one.definition, one.result) if one.result.is_reported else str(NOT_REPORTED)
    return f"{held}{either('', ',')} {named_target(target)}"


def _due(one: OwnIndicator, today: date) -> tuple[str, Tone]:
    if one.due_on is None:
        return "", Tone.PLAIN
    if one.missing is None:
        next_due = short_date(one.due_on)
        return either(f"รายงานแล้ว ครั้งถัดไป {next_due}", f"reported; next due {next_due}"), Tone.GOOD
    months, (due, tone) = period_text(one.missing.months), due_text(one.due_on, today)
    return either(f"ยังไม่รายงาน {months} {due}", f"{months} not reported, {due}"), tone


# --- parts ----------------------------------------------------------------------------------------------------------


def _names(one: IndicatorName | BehindLine | OwnIndicator, number: str = "") -> tuple[str, str]:
    """What a row shows, the short name where there is one, and the official name."""
    official = named(one.code, one.name, SHOWN_NAME)
    return f"{number}{named(one.code, one.short) if one.short else official}", f"{number}{official}"


def _title(subject: Subject, *, is_short: bool = False) -> str:
    pieces = (scope_text(subject.scope), year_text(subject.definition.fiscal_year), until_text(subject.until))
    name = (is_short and subject.short) or subject.definition.name
    return " · ".join([named(subject.definition.code, name, SHOWN_NAME), *(part for part in pieces if part)])


def _whole(subject: Subject) -> Json:
    return postback(WHOLE_LABEL, "indicator", WHOLE_LABEL, year=subject.year_id)


def _list(
    head: str,
    under: Sequence[str],
    rows: Sequence[_Row],
    more: Json | None = None,
    others: Sequence[Json] = (),
    *,
    of: Subject | None = None,
) -> list[Json]:
    title = [small(_title(of, is_short=True))] if of else []
    body = [line(head, size="lg", bold=True), *title, *(small(words) for words in under)]
    for one in rows:
        body += [rule("md"), _drawn(one)]
    footer = [button(action) for action in ([more] if more else []) + list(others)]
    alt_text = " / ".join([head, *([_title(of)] if of else []), *under, *(one.spoken for one in rows)])
    return [card(alt_text, body, footer)]


def _drawn(one: _Row) -> Json:
    name = line(one.name, max_lines=2, colour=GREEN if one.action else "#1B2430") | {"flex": 1}
    pieces = [name]
    if one.figure:
        figure = line(one.figure, size="xs", bold=True, colour=TONE_INKS[one.tone])
        pieces.append(figure | {"flex": 0, "gravity": "center"})
    below = [line(one.beside, size="xs", colour=TONE_INKS[one.tone])] if one.beside else []
    box = stack([row(pieces), *below], margin="sm")
    return tappable(box, one.action) if one.action else box
