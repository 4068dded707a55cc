"""Summaries: one card that is read in ten seconds on a small phone, the answer first, then the worst."""

from __future__ import annotations

from collections.abc import Sequence

from messages.actions import postback, say
from messages.language import Glossary, Words, counted, either
from messages.limits import Json
from messages.parts import TONE_INKS, Tone, button, card, headline, line, row, small, stack, tappable, text
from messages.reviewing import ALL_WAITING_LABEL
from messages.service import COMMAND, period_title, running_words
from messages.summary_lines import LineWords, line_words, service_rows
from messages.thai import bangkok_date, short_date
from messages.words import ROLE_WORDS
from models.audiences import PARTS_OF_ROLES, SummaryPart
from models.periods import Period, PeriodKind
from models.service_kpi import ServiceKPI
from models.summary_terms import Matter, ServiceSummary, Summary

SUMMARY = Words("สรุป", "Summary")
BEHIND_LABEL = Words("ดูงานที่ช้ากว่าแผน", "What is behind plan")
OWN_INDICATORS_LABEL = Words("ตัวชี้วัดของฉัน", "My indicators")
_KINDS = Glossary(
    {
        PeriodKind.DAY: Words("สรุปรายวัน", "Daily summary"),
        PeriodKind.WEEK: Words("สรุปรายสัปดาห์", "Weekly summary"),
        PeriodKind.MONTH: Words("สรุปรายเดือน", "Monthly summary"),
        PeriodKind.QUARTER: Words("สรุปรายไตรมาส", "Quarterly summary"),
        PeriodKind.YEAR: Words("สรุปรายปี", "Yearly summary"),
    }
)
_ALL_UNITS = Words("ทุกหน่วยงาน", "all units")
_CHART_RATIO = "4:3"


def summary_card(summary: Summary, picture: str | None = None, *, offers_periods: bool = False) -> list[Json]:
    """Show a summary: what must be decided and what is behind, then a line each, then where it can be looked into.

    Args:
        summary: with news, or asked for.
        picture: address of its chart; the card says everything without it, too.
        offers_periods: whether other periods are offered below the chat, where somebody asked.
    """
    first, tone = _headline(summary)
    under = _under(summary)
    rows = _rows(summary)
    left = _left_out(summary)
    notes = [*([left] if left else []), *_notes(summary)]
    body = [
        headline(first, tone),
        small(under),
        *(_row(one) for one in rows),
        *(small(words, margin="md") for words in notes),
    ]
    taps = _periods_to_ask() if offers_periods else []
    message = card(_alt_text(under, first, rows, notes), body, [button(one) for one in _actions(summary)], taps)
    if picture is not None:
        hero = {"type": "image", "url": picture, "size": "full", "aspectRatio": _CHART_RATIO, "aspectMode": "cover"}
        message["contents"]["hero"] = hero
    return [message]


def all_well(summary: Summary) -> list[Json]:
    """Say in one line that a week, or whatever period, passed without anything to tell."""
    nothing = either("ไม่มีเรื่องเกินกำหนดหรือช้ากว่าแผน", "Nothing is late, overdue or behind plan.")
    served = _served_in_time(summary.service) if summary.service else ""
    return [text(" ".join(part for part in (f"{_under(summary)}{either('', '.')}", nothing, served) if part))]


def not_for_role() -> list[Json]:
    """Tell somebody without a summary who has one, and what can be asked instead."""
    tellers = [ROLE_WORDS.of(role) for role in PARTS_OF_ROLES]
    thai, english = ([getattr(one, name) for one in tellers] for name in ("thai", "english"))
    words = either(
        f"สรุปมีไว้สำหรับ{' '.join(thai)} ท่านถามได้ว่า ตัวชี้วัด 8308 งานที่ช้ากว่าแผน หรือคำขอของฉัน",
        f"Summaries are for: {', '.join(english)}. You may ask: KPI 8308 result, Behind plan, or My requests.",
    )
    asks = (
        Words("ตัวชี้วัดที่ช้ากว่าแผน", "Behind plan"),
        Words("คำขอของฉัน", "My requests"),
    )
    return [text(words, [say(one) for one in asks])]


def _periods_to_ask() -> list[Json]:
    """Taps that ask for the summary of each running period; what a tap says is understood as typed."""
    return [say(running_words(kind), f"{SUMMARY}{either('', ' ')}{running_words(kind)}") for kind in PeriodKind]


# --- first lines ----------------------------------------------------------------------------------------------------


def _headline(summary: Summary) -> tuple[str, Tone]:
    """The answer: what is to be decided, what is behind; of the service how it fared."""
    if summary.parts == {SummaryPart.SERVICE} and summary.service is not None:
        return _service_headline(summary.service)
    if SummaryPart.DUE in summary.parts and not summary.parts & {SummaryPart.OVERVIEW, SummaryPart.INDICATORS}:
        return _due_headline(summary)
    said: list[str] = []
    decisions = summary.decisions
    if decisions:
        said.append(either(f"ต้องตัดสินใจ {decisions} เรื่อง", f"{decisions} to decide"))
    if summary.behind:
        said.append(either(f"ช้ากว่าแผน {summary.behind:,}", f"{summary.behind:,} behind plan"))
    if any(one.matter is Matter.SERVICE for one in summary.lines):
        said.append(either("การให้บริการต่ำกว่าเป้า", "service below target"))
    missing = sum(one.indicators for one in summary.lines if one.matter is Matter.MISSING)
    if len(said) < 2 and missing:
        said.append(either(f"ค้างรายงาน {missing} ตัวชี้วัด", f"{counted(missing, 'indicator')} overdue"))
    if said:
        return " · ".join(said[:2]), Tone.DUE if decisions and not summary.behind else Tone.LATE
    return either("เรียบร้อย ไม่มีเรื่องเกินกำหนด", "All is well, nothing is overdue"), Tone.GOOD


def _due_headline(summary: Summary) -> tuple[str, Tone]:
    matters = [one.matter for one in summary.lines]
    overdue, mend, due = (matters.count(one) for one in (Matter.REPORT, Matter.MEND, Matter.DUE))
    said = [
        *([either(f"เกินกำหนดรายงาน {overdue}", f"{overdue} overdue")] if overdue else []),
        *([either(f"ต้องแก้ไข {mend}", f"{mend} to mend")] if mend else []),
        *([either(f"ใกล้ครบกำหนด {due}", f"{due} due soon")] if due else []),
    ]
    if not said:
        return either("ไม่มีรายการที่ต้องรายงาน", "Nothing to be reported"), Tone.GOOD
    return " · ".join(said), Tone.LATE if overdue else Tone.DUE


def _service_headline(service: ServiceSummary) -> tuple[str, Tone]:
    late = max(service.late_answered, service.late_acknowledged)
    said = [
        *([either(f"ล่าช้า {late} คำขอ", counted(late, "late request"))] if late else []),
        *([either(f"ค้างเกินกำหนด {service.late_now}", f"{service.late_now} open and late")] if service.late_now else []),
    ]
    if said:
        return " · ".join(said[:2]), Tone.LATE
    if not service.report.requests:
        return either("ไม่มีผู้ติดตามหนังสือ", "Nobody asked for a letter"), Tone.PLAIN
    return either("รับทราบและแจ้งผลทันทุกคำขอ", "Every request was answered in time"), Tone.GOOD


def _under(summary: Summary) -> str:
    """Of what it is: the period with its days, and whose matters."""
    today = bangkok_date(summary.as_of)
    is_current = summary.first <= today <= summary.last
    title = period_title(Period(summary.kind, summary.first, summary.last, is_current), today)
    named = f"{SUMMARY}{either('', ': ')}{title}" if is_current else f"{_KINDS[summary.kind]}{either(' ', ': ')}{title}"
    whose = "" if summary.parts == {SummaryPart.SERVICE} else summary.unit or str(_ALL_UNITS)
    return " · ".join(part for part in (named, whose) if part)


# --- lines ----------------------------------------------------------------------------------------------------------


def _rows(summary: Summary) -> list[LineWords]:
    today = bangkok_date(summary.as_of)
    own = [line_words(one, summary.service, today) for one in summary.lines]
    if summary.service is not None and SummaryPart.OVERVIEW not in summary.parts:
        return [*service_rows(summary.service), *own]
    return own


def _row(one: LineWords) -> Json:
    what = line(one.what, bold=True, max_lines=2) | {"flex": 1}
    state = line(one.state, size="xs", bold=True, colour=TONE_INKS[one.tone]) | {"align": "end", "gravity": "center"}
    state_box = stack([state]) | {"width": "76px", "flex": 0, "justifyContent": "flex-start"}
    pieces = [row([what, state_box]), *([small(one.beside)] if one.beside else [])]
    piece = stack(pieces, margin="md")
    return tappable(piece, one.action) if one.action else piece


def _left_out(summary: Summary) -> str:
    count = summary.left_out
    return either(f"อีก {count:,} เรื่อง", f"{counted(count, 'more matter')}") if count else ""


def _notes(summary: Summary) -> list[str]:
    cut = summary.cut
    if cut is None:
        return []
    return [
        either(
            f"ไตรมาส {cut.quarter} ตัดยอดเมื่อ {short_date(cut.cut_at)} ตัวเลขข้างต้นเป็นปัจจุบัน",
            f"Quarter {cut.quarter} was cut on {short_date(cut.cut_at)}; the figures above are of now.",
        )
    ]


def _alt_text(under: str, first: str, rows: Sequence[LineWords], notes: Sequence[str]) -> str:
    return " / ".join([f"{under}: {first}", *(one.spoken for one in rows), *notes])


def _served_in_time(service: ServiceSummary) -> str:
    report: ServiceKPI = service.report
    if not report.requests:
        return ""
    return either(
        f"{report.requests:,} คำขอ รับทราบและแจ้งผลทันทั้งหมด", f"{counted(report.requests, 'request')}, all in time."
    )


# --- taps -----------------------------------------------------------------------------------------------------------


def _actions(summary: Summary) -> list[Json]:
    """At most three, the likeliest first."""
    actions = []
    if SummaryPart.INDICATORS in summary.parts and any(one.matter is Matter.APPROVE for one in summary.lines):
        actions.append(postback(ALL_WAITING_LABEL, "waiting_reports", ALL_WAITING_LABEL))
    if summary.behind:
        actions.append(_behind_action(summary))
    if SummaryPart.DUE in summary.parts:
        actions.append(postback(OWN_INDICATORS_LABEL, "own_indicators", OWN_INDICATORS_LABEL))
    if SummaryPart.SERVICE in summary.parts:
        actions.append(say(COMMAND, f"{COMMAND} {_period_said(summary)}".strip()))
    return actions[:3]


def _behind_action(summary: Summary) -> Json:
    until = f"{summary.plan_month:%Y-%m}" if summary.plan_month else None
    unit = summary.audience.overview_unit_id
    return postback(BEHIND_LABEL, "behind_plan", BEHIND_LABEL, fiscal_year=summary.fiscal_year, until=until, unit=unit)


def _period_said(summary: Summary) -> str:
    """The running period as it is typed; empty where it is over, as a tap may come much later."""
    is_current = summary.first <= bangkok_date(summary.as_of) <= summary.last
    return running_words(summary.kind) if is_current else ""
