"""Cards of indicators: the result first, then what it rests on and where to look further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from messages.actions import postback
from messages.indicator_words import (
    DECISION_WORDS,
    EVIDENCE_LABEL,
    GROUPS_LABEL,
    HOST,
    LATE,
    MISSING_LABEL,
    NOT_REPORTED,
    SOURCE_WORDS,
    STATE_TONES,
    STATE_WORDS,
    UNITS_LABEL,
    WHOLE_LABEL,
    amount_text,
    counted_in,
    evidence_text,
    figure_text,
    fraction_text,
    named,
    named_target,
    not_reported_text,
    own_target_text,
    points_text,
    result_text,
    scope_text,
    short_unit,
    step_text,
    target_text,
    until_text,
    year_text,
)
from messages.language import either
from messages.lengths import clip
from messages.limits import Json
from messages.parts import (
    NOTHING_WRITTEN,
    TONE_INKS,
    Bar,
    Step,
    StepState,
    Tone,
    bars,
    button,
    card,
    headline,
    line,
    links,
    panel,
    row,
    rule,
    small,
    stack,
    timeline,
)
from messages.thai import decimal_text, month_initials, one_line, percent_text, short_moment, short_month
from models.indicator_terms import PlanState
from models.indicator_views import IndicatorCard, PartLine, ScopeKind, StepLine, Subject, TrendPoint, UnitLine
from models.report_views import ReportLine

SHOWN_NAME = 160
SHOWN_NOTE = 80


def indicator_card(
    shown: IndicatorCard, reports: Sequence[ReportLine] = (), *, waiting: int | None = None
) -> list[Json]:
    """Show an indicator, or some units of it.

    Args:
        shown: what there is to say.
        reports: the unit's last, newest first, for those who may see them.
        waiting: how many reports wait to be decided of; None for those who may not know.
    """
    first, tone = _answer(shown)
    official = named(shown.definition.code, shown.definition.name, SHOWN_NAME)
    title = named(shown.definition.code, shown.short) if shown.short else official
    facts = _facts(shown, waiting)
    trend = _trend_words(shown)
    body = [
        headline(first, tone),
        line(title, bold=True, max_lines=2, margin="sm"),
        small(_of_what(shown)),
        stack([line(words) for words in facts], margin="sm"),
        *_pictures(shown, trend),
        *_reports(shown, reports),
        *(small(words, margin="sm") for words in _sources(shown)),
    ]
    ladder = [*map(_spoken_part, shown.parts), *_spoken_steps(shown.steps)]
    told = [_spoken_report(shown, report) for report in reports]
    spoken = [*facts, *ladder, *([trend] if trend else []), *_spoken_ranks(shown), *told, *_sources(shown)]
    alt_text = " / ".join([f"{first} {official}", _of_what(shown), *spoken])
    return [card(alt_text, body, _buttons(shown, reports))]


# --- what is said ---------------------------------------------------------------------------------------------------


def _answer(shown: IndicatorCard) -> tuple[str, Tone]:
    state, tone = STATE_WORDS[shown.state], STATE_TONES[shown.state]
    if shown.reported.is_reported:
        return f"{result_text(shown.definition, shown.reported)} {state}", tone
    return (f"{NOT_REPORTED} {state}" if shown.state is PlanState.BEHIND else str(NOT_REPORTED)), tone


def _of_what(shown: IndicatorCard) -> str:
    year = year_text(shown.definition.fiscal_year)
    if not shown.is_current_year:
        year += either(" ไม่ใช่ปีปัจจุบัน", ", not the current one")
    return " · ".join(part for part in (scope_text(shown.scope), year, until_text(shown.until)) if part)


def _facts(shown: IndicatorCard, waiting: int | None) -> list[str]:
    """What the result is made of and held against, two matters a line."""
    reported = shown.reported
    made_of = "" if shown.parts else fraction_text(shown.definition, reported)
    held_against = named_target(_target_words(shown))
    lines = [
        (made_of, held_against),
        (_planned(shown), _approved(shown) if reported.is_reported else ""),
        (_evaluated(shown), _waiting(waiting)),
        (_counts(shown) if len(shown.units) > 1 else "",),
    ]
    told = (" · ".join(part for part in line if part) for line in lines)
    return [words for words in told if words]


def _planned(shown: IndicatorCard) -> str:
    if shown.planned is None:
        return ""
    return either(f"แผนถึงขณะนี้ {percent_text(shown.planned)}", f"planned by now {percent_text(shown.planned)}")


def _evaluated(shown: IndicatorCard) -> str:
    if shown.evaluated is None:
        return ""
    percent, score = shown.evaluated.percent, shown.evaluated.score
    figures = [] if percent is None else [percent_text(percent)]
    figures += [] if score is None else [points_text(score)]
    return f"{either('ผลประเมิน', 'evaluated')} {' '.join(figures) or NOTHING_WRITTEN}"


def _target_words(shown: IndicatorCard) -> str:
    whole = target_text(shown.definition.target, counted_in(shown.definition))
    if shown.own_target is None:
        return whole
    own = f"{decimal_text(shown.own_target)} {counted_in(shown.definition)}".strip()
    return either(f"{own} (ภาพรวม {whole})", f"{own} (of all units: {whole})")


def _approved(shown: IndicatorCard) -> str:
    if not shown.approved.is_reported:
        return either("ยังไม่มีส่วนที่อนุมัติแล้ว", "nothing approved yet")
    approved = result_text(shown.definition, shown.approved)
    if approved == result_text(shown.definition, shown.reported):
        return either("อนุมัติแล้วตามที่รายงาน", "approved as reported")
    return either(f"อนุมัติแล้ว {approved}", f"approved {approved}")


def _counts(shown: IndicatorCard) -> str:
    missing, of = len(shown.not_reported), len(shown.units)
    if shown.definition.measure["kind"] == "pass_count":  # a member passes or not; the target is that of all
        return not_reported_text(missing) if missing else ""
    met = either(
        f"ถึงเป้าของหน่วยงาน {shown.met_count} จาก {of} หน่วยงาน", f"{shown.met_count} of {of} units reached their targets"
    )
    return f"{met} · {not_reported_text(missing)}" if missing else met


def _waiting(waiting: int | None) -> str:
    return either(f"รออนุมัติ {waiting} รายงาน", f"{waiting} waiting for approval") if waiting else ""


def _sources(shown: IndicatorCard) -> Iterator[str]:
    if shown.latest is not None:
        month, at = short_month(shown.latest.month), short_moment(shown.latest.reported_at)
        source = SOURCE_WORDS[shown.latest.source]
        yield either(f"ผลถึง {month} รายงานล่าสุด {at} {source}", f"Figures to {month}; last report {at}, {source}.")
    yield f"{HOST}{either('', ':')} {shown.host}"


# --- pictures -------------------------------------------------------------------------------------------------------


def _pictures(shown: IndicatorCard, trend: str) -> list[Json]:
    pieces: list[Json] = []
    if shown.parts:
        pieces.append(panel([_part(part) for part in shown.parts], margin="md"))
    if shown.steps:
        pieces.append(timeline(_ladder(shown.steps)))
    elif trend:
        pieces += [bars(_bars(shown.trend)), small(trend)]
    if shown.best:
        pieces += [rule("md"), *_ranks(shown)]
    return pieces


def _bars(trend: Sequence[TrendPoint]) -> list[Bar]:
    heights = [_height(point) for point in trend]
    top = max([Decimal(100) if trend[-1].percent is not None else Decimal(1), *(one or Decimal() for one in heights)])
    return [
        Bar(month_initials(point.month), None if height is None else int(height * 100 / top))
        for point, height in zip(trend, heights, strict=True)
    ]


def _height(point: TrendPoint) -> Decimal | None:
    return point.value if point.percent is None else point.percent


def _trend_words(shown: IndicatorCard) -> str:
    """The first and the last figure; empty where there is no way from one to another."""
    told = [point for point in shown.trend if _height(point) is not None]
    if len(told) < 2:
        return ""
    return " → ".join(f"{short_month(point.month)} {_point(shown, point)}" for point in (told[0], told[-1]))


def _point(shown: IndicatorCard, point: TrendPoint) -> str:
    if point.percent is not None:
        return percent_text(point.percent)
    return f"{decimal_text(point.value or Decimal())} {counted_in(shown.definition)}".strip()


def _part(part: PartLine) -> Json:
    state, tone = _part_state(part)
    name = line(part.name) | {"flex": 1}
    value = line(state, size="xs", bold=True, colour=TONE_INKS[tone]) | {"flex": 0, "gravity": "center"}
    return stack([row([name, value]), small(_part_figures(part))], spacing="xs")


def _part_state(part: PartLine) -> tuple[str, Tone]:
    if part.value is None:
        return str(NOT_REPORTED), Tone.PLAIN
    if part.is_met is None:
        return "", Tone.PLAIN
    state = PlanState.REACHED if part.is_met else PlanState.UNPLANNED
    return STATE_WORDS[state], STATE_TONES[state]


def _part_figures(part: PartLine) -> str:
    if part.target is None:
        figure = NOTHING_WRITTEN if part.value is None else decimal_text(part.value)
        weight = decimal_text(part.weight) if part.weight is not None else NOTHING_WRITTEN
        return either(f"{figure} น้ำหนัก {weight}", f"{figure}, weight {weight}")
    value = NOTHING_WRITTEN if part.value is None else amount_text(part.value, part.target.measured_in, part.counted_in)
    target = named_target(target_text(part.target, part.counted_in))
    return f"{value}{either('', ',')} {target}"


def _spoken_part(part: PartLine) -> str:
    return f"{one_line(part.name)} {_part_figures(part)} {_part_state(part)[0]}".strip()


def _ladder(steps: Sequence[StepLine]) -> list[Step]:
    """What is done, the highest step reached, and what is to come; where steps have weights each has its own state."""
    reached = [number for number, step in enumerate(steps) if step.is_reached]
    current = reached[-1] if reached and steps[0].weight is None else None
    return [
        Step(
            clip(f"{number + 1}. {one_line(step.name)}", 80),
            StepState.CURRENT if number == current or _is_begun(step) else _state(step),
            _step_figure(step),
        )
        for number, step in enumerate(steps)
    ]


def _state(step: StepLine) -> StepState:
    return StepState.DONE if step.is_reached else StepState.TO_COME


def _is_begun(step: StepLine) -> bool:
    return step.weight is not None and bool(step.percent) and not step.is_reached


def _step_figure(step: StepLine) -> str:
    if step.weight is None:
        return percent_text(step.percent or Decimal())
    done = NOTHING_WRITTEN if step.percent is None else percent_text(step.percent)
    return either(f"{done} ของ {decimal_text(step.weight)}", f"{done} of {decimal_text(step.weight)}")


def _spoken_steps(steps: Sequence[StepLine]) -> Iterator[str]:
    reached = [(number, step) for number, step in enumerate(steps, start=1) if step.is_reached]
    if reached:
        number, step = reached[-1]
        yield f"{either('ถึง', '')}{step_text(number, step.name)} ({number}/{len(steps)})"
    elif steps:
        yield either(f"ยังไม่ถึงขั้นใด จาก {len(steps)} ขั้น", f"None of {len(steps)} steps is reached.")


def _ranks(shown: IndicatorCard) -> list[Json]:
    pieces = [_rank_head(either("ดีที่สุด", "First")), *(_rank(shown, one) for one in shown.best)]
    if shown.last:
        pieces += [_rank_head(either("ท้ายสุด", "Last")), *(_rank(shown, one) for one in shown.last)]
    return [stack(pieces, margin="sm")]


def _rank_head(words: str) -> Json:
    return small(words, margin="sm")


def _rank(shown: IndicatorCard, one: UnitLine) -> Json:
    name = line(short_unit(one.name), max_lines=1) | {"flex": 1}
    tone = {True: Tone.GOOD, False: Tone.DUE, None: Tone.PLAIN}[one.is_met]
    figure = line(unit_figure(shown.subject, one), size="xs", colour=TONE_INKS[tone]) | {"flex": 0, "gravity": "center"}
    return row([name, figure])


def _spoken_ranks(shown: IndicatorCard) -> Iterator[str]:
    for words, ones in ((either("ดีที่สุด", "First:"), shown.best), (either("ท้ายสุด", "Last:"), shown.last)):
        if ones:
            yield f"{words} " + ", ".join(f"{short_unit(one.name)} {unit_figure(shown.subject, one)}" for one in ones)


def unit_figure(subject: Subject, one: UnitLine) -> str:
    """A unit's result with its own target beside, in one line: ``81.82 % (18/22 เป้า 20)``."""
    if not one.result.is_reported:
        return str(NOT_REPORTED)
    result = result_text(subject.definition, one.result)
    numerator, denominator = one.result.numerator, one.result.denominator
    known = numerator is not None and denominator is not None and one.result.percent is not None
    counts = [f"{decimal_text(numerator or 0)}/{decimal_text(denominator or 0)}"] if known else []
    if one.target is not None:
        counts.append(own_target_text(one.target))
    return f"{result} ({' '.join(counts)})" if counts else result


# --- what only some may see -----------------------------------------------------------------------------------------


def _reports(shown: IndicatorCard, reports: Sequence[ReportLine]) -> list[Json]:
    if not reports:
        return []
    lines = [small(_spoken_report(shown, report)) for report in reports]
    return [panel([small(either("รายงานล่าสุด", "Last reports")), *lines], margin="md")]


def _spoken_report(shown: IndicatorCard, report: ReportLine) -> str:
    decision = DECISION_WORDS[report.decision]
    reason = f" ({clip(one_line(report.reason), SHOWN_NOTE)})" if report.reason else ""
    pieces = [
        f"{short_month(report.figure.month)} {figure_text(shown.definition, report.figure)}",
        *([str(LATE)] if report.is_late else []),
        f"{decision}{reason}",
        f"{report.by_unit} {short_moment(report.reported_at)}".strip(),
        *([clip(one_line(report.note), SHOWN_NOTE)] if report.note else []),
        *([evidence_text(report.evidence)] if report.evidence else []),
    ]
    return " · ".join(pieces)


# --- where to look further ------------------------------------------------------------------------------------------


def _buttons(shown: IndicatorCard, reports: Sequence[ReportLine]) -> list[Json]:
    subject = shown.subject
    actions: list[Json] = []
    if shown.scope.kind is ScopeKind.UNIT:
        evidence = next((report for report in reports if report.evidence), None)
        if evidence is not None:
            actions.append(postback(EVIDENCE_LABEL, "report_evidence", EVIDENCE_LABEL, report=evidence.id))
        return [button(one) for one in [*actions, _to_whole(subject)]]
    if len(shown.units) < 2:
        return []
    if shown.not_reported:
        actions.append(postback(MISSING_LABEL, "indicator_missing", MISSING_LABEL, **params(subject)))
    if shown.scope.kind is ScopeKind.WHOLE and any(one.district_group for one in shown.units):
        actions.append(postback(GROUPS_LABEL, "indicator_groups", GROUPS_LABEL, **params(subject)))
    actions.append(postback(UNITS_LABEL, "indicator_units", UNITS_LABEL, **params(subject)))
    if shown.scope.kind is ScopeKind.GROUP:
        actions.append(_to_whole(subject))
    first, *others = actions
    return [button(first), *([links(others)] if others else [])]


def _to_whole(subject: Subject) -> Json:
    only = {name: value for name, value in params(subject).items() if name not in ("unit", "group")}
    return postback(WHOLE_LABEL, "indicator", WHOLE_LABEL, **only)


def params(subject: Subject) -> dict[str, object]:
    """How a button names what it leads to."""
    until = None if subject.until is None else f"{subject.until:%Y-%m}"
    return {"year": subject.year_id, "unit": subject.scope.unit, "group": subject.scope.group, "until": until}
