"""Reporting on an indicator: from one sentence, or step by step with taps, to the read-back."""

from __future__ import annotations

from collections.abc import Mapping

from bot.understanding import Understanding
from handlers import topics
from handlers.context import Context, promise, read_id
from handlers.report_drafts import INTENT, check_lines, named, read_back, start_draft
from handlers.report_said import Said, figure_in, read_line, read_month, said_in_button, said_in_slots, slots_of
from messages import reporting as view
from messages.actions import postback_data
from messages.lengths import clip
from messages.report_evidence import ask_for_evidence
from models.errors import Invalid
from models.indicator_access import REPORTS, list_indicators_to_report, person_of, units_to_report
from models.indicator_reports import counting, list_reports
from models.indicator_terms import EvidenceAsked, Share, Standing
from models.indicators import (
    Indicator,
    find_indicator,
    get_indicator,
    get_indicator_by_id,
)
from models.outbox import Outgoing
from models.pending import remember_words
from models.periods import fiscal_year_of
from models.report_questions import Lacking, figure_wanted, find_lacking, list_parts, list_steps
from models.report_terms import StepChoice
from models.reporting import Line, month_of, require_takes_report
from models.units import get_unit, get_unit_name, get_unit_names

LONGEST_REASON = 500


def report_progress(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Read back a typed report such as "รายงาน 8308 ดินแดง 18 ชุมชน", or ask for what it lacks."""
    context.require_role(REPORTS)
    slots = understanding.slots
    said = said_in_slots(slots)
    if "unit" in slots:
        said["unit"] = str(get_unit(context.session, str(slots["unit"])).id)
    if "indicator" not in slots:
        return _ask_indicator(context, said)
    indicator = _get_indicator(context, str(slots["indicator"]), said)
    return _go_on(context, indicator, said)


def report(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Go on with a report after a tap, which carries what was said so far."""
    context.require_role(REPORTS)
    indicator = get_indicator_by_id(context.session, read_id(understanding, "indicator"))
    return _go_on(context, indicator, said_in_button(understanding.slots), is_guided="guided" in understanding.slots)


def list_reportable(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show more of the indicators that the person may report on."""
    context.require_role(REPORTS)
    return _ask_indicator(context, said_in_button(understanding.slots), read_id(understanding, "offset"))


def tell_figure(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Take the number that was asked for; what is none is asked for again."""
    context.require_role(REPORTS)
    indicator = get_indicator_by_id(context.session, read_id(understanding, "indicator"))
    said = said_in_button(understanding.slots)
    figure = figure_in(context.text)
    if figure is None:
        return _ask_figure(context, indicator, said, is_again=True)
    return _go_on(context, indicator, said | figure, is_guided=True)


def tell_reason(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Take the reason why a step is passed over."""
    context.require_role(REPORTS)
    indicator = get_indicator_by_id(context.session, read_id(understanding, "indicator"))
    reason = clip(" ".join(context.text.split()), LONGEST_REASON)
    return _go_on(context, indicator, said_in_button(understanding.slots), reason=reason or None)


def skip_evidence(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Read back without evidence."""
    context.require_role(REPORTS)
    return read_back(context, read_id(understanding, "draft"))


# --- what is lacking --------------------------------------------------------------------------------------------------


def _go_on(
    context: Context, indicator: Indicator, said: Said, *, reason: str | None = None, is_guided: bool = False
) -> list[Outgoing]:
    """Ask for the next thing that a report lacks, or read it back; who is led is asked for evidence before."""
    if "unit" not in said:
        units = _units(context, indicator)
        if len(units) > 1:
            return _ask_unit(context, indicator, said, units)
        said = said | {"unit": str(units[0])}
    line = read_line(said)
    require_takes_report(context.session, indicator, person_of(context.session, context.member), line.unit)
    lacking = find_lacking(indicator.measure, indicator.shares[line.unit], line)
    if lacking is not None:
        return _ASK[lacking](context, indicator, said)
    try:
        check_lines(context, indicator, [line], reason)
    except Invalid as refused:
        if refused.reason_code != "report_step_skipped":
            raise
        return _ask_reason(context, indicator, said, line, refused)
    draft_id = start_draft(context, indicator, [line], reason)
    return _ask_evidence(context, indicator, draft_id) if is_guided else read_back(context, draft_id)


def _units(context: Context, indicator: Indicator) -> list[int]:
    """The units to choose from; the person's own alone where it is among them, or where there is none."""
    own = context.member.unit_id
    units = units_to_report(context.session, person_of(context.session, context.member), indicator)
    return [own] if own in units or not units else units


def _get_indicator(context: Context, code: str, said: Mapping[str, str]) -> Indicator:
    """In the year of the month that was said, else in the current one, or the latest."""
    today, month = context.today, read_month(said)
    meant = find_indicator(context.session, code, today, fiscal_year_of(month)) if month else None
    return meant or get_indicator(context.session, code, today)


def _ask_indicator(context: Context, said: Said, offset: int = 0) -> list[Outgoing]:
    today, person = context.today, person_of(context.session, context.member)
    indicators = list_indicators_to_report(context.session, person, today)
    shown = [named(indicator, today) for indicator in indicators[offset : offset + view.LIST_ROWS]]
    topics.remember(context, INTENT, slots_of(said), "indicator")
    return promise(view.which_indicator(shown, len(indicators), offset, said))


def _ask_unit(context: Context, indicator: Indicator, said: Said, units: list[int]) -> list[Outgoing]:
    names = get_unit_names(context.session, units)
    choices = [view.Choice(names[unit], _params(indicator, said | {"unit": str(unit)})) for unit in units]
    topics.remember(context, INTENT, slots_of(said) | {"indicator": indicator.code}, "unit")
    return promise(view.which_unit(named(indicator, context.today), choices))


def _ask_part(context: Context, indicator: Indicator, said: Said) -> list[Outgoing]:
    choices = [
        view.Choice(part.name, _params(indicator, said | {"part": part.code})) for part in list_parts(indicator.measure)
    ]
    _remember(context, indicator, said)
    return promise(view.which_part(named(indicator, context.today), choices))


def _ask_step(context: Context, indicator: Indicator, said: Said) -> list[Outgoing]:
    choices = [
        view.step_choice(step, _params(indicator, said | {"step": str(step.number), "guided": "1"}))
        for step in _steps(context, indicator, read_line(said))
    ]
    _remember(context, indicator, said)
    unit = get_unit_name(context.session, int(said["unit"]))
    return promise(view.which_step(named(indicator, context.today), unit, choices))


def _ask_figure(context: Context, indicator: Indicator, said: Said, *, is_again: bool = False) -> list[Outgoing]:
    line = read_line(said)
    kept = {name: value for name, value in said.items() if name in ("unit", "month", "part")}
    waits = postback_data("tell_figure", **_params(indicator, kept))
    remember_words(context.session, context.line_user_id, waits, context.now)
    _remember(context, indicator, kept)
    share = indicator.shares.get(line.unit, Share(line.unit))
    asked = view.which_figure(
        named(indicator, context.today),
        get_unit_name(context.session, line.unit),
        month_of(indicator, line.month, context.today),
        figure_wanted(indicator.measure, share, line.part),
        is_again=is_again,
    )
    return promise(asked)


def _ask_reason(context: Context, indicator: Indicator, said: Said, line: Line, refused: Invalid) -> list[Outgoing]:
    step, missing = int(str(refused.facts["step"])), int(str(refused.facts["missing"]))
    remember_words(
        context.session, context.line_user_id, postback_data("tell_reason", **_params(indicator, said)), context.now
    )
    _remember(context, indicator, said)
    names = {choice.number: choice.name for choice in _steps(context, indicator, line)}
    instead = {name: value for name, value in said.items() if name in ("unit", "month", "part")}
    params = _params(indicator, instead | {"step": str(missing)})
    return promise(view.step_skipped(step, missing, names[missing], params))


def _ask_evidence(context: Context, indicator: Indicator, draft_id: int) -> list[Outgoing]:
    reporting = indicator.definition.reporting
    if reporting.evidence is EvidenceAsked.NONE:
        return read_back(context, draft_id)
    waits = postback_data("skip_evidence", draft=draft_id)
    remember_words(context.session, context.line_user_id, waits, context.now)
    topics.remember(context, INTENT, {"indicator": indicator.code})
    is_required = reporting.evidence is EvidenceAsked.REQUIRED
    return promise(ask_for_evidence(draft_id, reporting.evidence_of, is_required=is_required))


_ASK = {Lacking.PART: _ask_part, Lacking.STEP: _ask_step, Lacking.FIGURE: _ask_figure}


def _steps(context: Context, indicator: Indicator, line: Line) -> list[StepChoice]:
    reports = list_reports(context.session, indicator.id, unit_ids=[line.unit])
    before = [report.figure for report in counting(reports, indicator.measure, Standing.REPORTED)]
    return list_steps(indicator.measure, before, line.part)


def _params(indicator: Indicator, said: Mapping[str, str]) -> dict[str, str]:
    return {"indicator": str(indicator.id), **said}


def _remember(context: Context, indicator: Indicator, said: Mapping[str, str]) -> None:
    slots = slots_of(said) | {"indicator": indicator.code}
    if "unit" in said:
        slots["unit"] = get_unit_name(context.session, int(said["unit"]))
    topics.remember(context, INTENT, slots)
