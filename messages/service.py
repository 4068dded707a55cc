"""The service's own figures: one card that is read in ten seconds, the answer first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from messages.actions import say
from messages.limits import Json
from messages.parts import RULE, TONE_INKS, Tone, card, headline, line, panel, row, rule, small, stack, text
from messages.thai import (
    BUDDHIST_ERA,
    LONG_MONTHS,
    day_and_month,
    decimal_text,
    short_date,
    short_moment,
)
from models.periods import Period, PeriodKind
from models.requests import ClockKind
from models.service_kpi import SATISFIED_TARGET, USERS_TARGET, Handled, PartFigures, ServiceKPI
from models.shares import Share, Spread, Tipping

COMMAND = "สถิติการให้บริการ"
_TAPS = tuple(say(period, f"{COMMAND} {period}") for period in ("สัปดาห์นี้", "เดือนนี้", "เดือนที่แล้ว", "ไตรมาสนี้", "ปีงบประมาณนี้"))
_RUNNING = {
    PeriodKind.DAY: "วันนี้",
    PeriodKind.WEEK: "สัปดาห์นี้",
    PeriodKind.MONTH: "เดือนนี้",
    PeriodKind.QUARTER: "ไตรมาสนี้",
    PeriodKind.YEAR: "ปีงบประมาณนี้",
}
_NOTHING = "–"
_BAR_HEIGHT = "6px"


@dataclass(frozen=True)
class CutNote:
    """That a month was cut: when, the indicator as it stood under the contract's names, and how much changed since."""

    cut_at: datetime
    figures: Mapping[str, Any]
    corrections: int


@dataclass(frozen=True)
class _Row:
    """One of the four parts as it is shown; ``filled`` is how much of its bar is coloured, 0 to 100."""

    label: str
    value: str
    state: str
    tone: Tone
    filled: int
    beside: str


def service_figures(
    period: Period,
    report: ServiceKPI,
    other: ServiceKPI,
    *,
    acknowledge_minutes: int,
    answer_minutes: int,
    today: date,
    cut: CutNote | None = None,
    unit_asked: str = "",
) -> list[Json]:
    """Show the four parts against their targets, people first, requests beside.

    Args:
        period: of which the figures are.
        report: by the clock that the office goes by.
        other: by the other clock.
        acknowledge_minutes: the promise.
        answer_minutes: likewise.
        today: how far a running period has come.
        cut: where the period is a month that was cut.
        unit_asked: a unit that was named; the figures are of the whole service, and the card says so.
    """
    title = _title(period, today)
    scope = f"รวมทุกหน่วยงาน ยังไม่แยกเฉพาะ{unit_asked}" if unit_asked else ""
    if not report.requests:
        words = f"{COMMAND} {title} ยังไม่มีผู้ติดตามหนังสือ"
        return [text(" ".join(part for part in (words, scope) if part), _TAPS)]
    rows = list(_rows(report, acknowledge_minutes, answer_minutes))
    reached = sum(one.tone is Tone.GOOD for one in rows)
    first = f"ถึงเป้าหมาย {reached} จาก {len(rows)} ข้อ"
    tippings = _tippings(period, report)
    details = list(_details(report, other))
    notes = [*([_cut_sentence(cut)] if cut else []), *([scope] if scope else [])]
    body = [
        headline(first, Tone.GOOD if reached == len(rows) else Tone.DUE),
        small(f"{COMMAND} {title}"),
        *(_part(one) for one in rows),
        *([panel([line(words, bold=True) for words in tippings])] if tippings else []),
        rule("lg"),
        _table(report),
        *(small(words, margin="sm") for words in (*details, *notes)),
    ]
    alt_text = " / ".join([f"{COMMAND} {title}: {first}", *map(_spoken, rows), *tippings, *details])
    return [card(" / ".join([alt_text, *_spoken_table(report), *notes]), body, quick_replies=_TAPS)]


# --- the four parts -------------------------------------------------------------------------------------------------


def _rows(report: ServiceKPI, acknowledge_minutes: int, answer_minutes: int) -> Iterator[_Row]:
    missing = report.users_missing
    yield _Row(
        label="ผู้ใช้บริการ",
        value=f"{decimal_text(report.users)} คน",
        state=f"ขาด {missing} คน" if missing else f"ถึงเป้า {USERS_TARGET}",
        tone=Tone.DUE if missing else Tone.GOOD,
        filled=min(100, 100 * report.users // USERS_TARGET),
        beside=f"เป้า {USERS_TARGET} คน · {decimal_text(report.requests)} คำขอ",
    )
    yield _time_row(f"รับทราบใน {acknowledge_minutes} นาที", report.acknowledged)
    yield _time_row(f"แจ้งผลใน {answer_minutes} นาที", report.answered)
    ratings = report.satisfied_ratings
    beside = f"{_people(report.satisfied)} · {decimal_text(ratings.of)} คะแนน" if ratings.of else "ยังไม่มีผู้ให้คะแนน"
    yield _share_row("พึงพอใจมากขึ้นไป", report.satisfied, SATISFIED_TARGET, beside)


def _time_row(label: str, part: PartFigures) -> _Row:
    return _share_row(label, part.people, part.target, f"{_people(part.people)} · รายคำขอ {_percent(part.requests)}")


def _share_row(label: str, share: Share, target: int, beside: str) -> _Row:
    if share.percent is None:
        return _Row(label, _NOTHING, "ยังไม่มีข้อมูล", Tone.PLAIN, 0, beside)
    if share.reaches(target):
        return _Row(label, _percent(share), f"ถึงเป้า {target}", Tone.GOOD, int(share.percent), beside)
    return _Row(label, _percent(share), f"ต่ำกว่า {target}", Tone.LATE, int(share.percent), beside)


def _part(one: _Row) -> Json:
    label = line(one.label) | {"flex": 1, "gravity": "center"}
    value = line(one.value, size="md", bold=True) | {"flex": 0, "gravity": "center", "margin": "sm"}
    state = line(one.state, size="xs", bold=True, colour=TONE_INKS[one.tone]) | {"align": "end", "gravity": "center"}
    state_box = stack([state]) | {"width": "76px", "flex": 0, "justifyContent": "center"}
    pieces = [row([label, value, state_box]), _bar(one), small(one.beside)]
    return stack(pieces, spacing="xs", margin="md")


def _bar(one: _Row) -> Json:
    track: Json = {"type": "box", "layout": "vertical", "contents": [], "height": _BAR_HEIGHT, "cornerRadius": "3px"}
    if not one.filled:
        return track | {"backgroundColor": RULE}
    filled = track | {"width": f"{one.filled}%", "backgroundColor": TONE_INKS[one.tone]}
    return track | {"backgroundColor": RULE, "contents": [filled]}


def _spoken(one: _Row) -> str:
    return f"{one.label} {one.value} {one.state} ({one.beside})"


# --- what the parts are made of -------------------------------------------------------------------------------------

_HEAD = ("ตอบโดย", "เจ้าหน้าที่", "ระบบ", "รวม")
_COLUMNS = (Handled.HUMAN, Handled.MACHINE, Handled.ALL)


def _table(report: ServiceKPI) -> Json:
    rows = [_table_row(_HEAD, is_head=True), *(_table_row(cells) for cells in _cells(report))]
    return stack(rows, spacing="xs", margin="md")


def _cells(report: ServiceKPI) -> Iterator[tuple[str, ...]]:
    machine = report.requests - report.human_requests
    yield "คำขอ", *map(decimal_text, (report.human_requests, machine, report.requests))
    for label, part in (("รับทราบทัน", report.acknowledged), ("แจ้งผลทัน", report.answered)):
        yield label, *map(_percent, (part.human, part.machine, part.requests))
    for label, part in (("นาทีรับทราบ", report.acknowledged), ("นาทีแจ้งผล", report.answered)):
        yield label, *(_minutes(part.spread(handled)) for handled in _COLUMNS)


def _table_row(cells: tuple[str, ...], *, is_head: bool = False) -> Json:
    first, *rest = cells
    label = small(first) | {"flex": 5}
    values = [
        (small(cell) if is_head else line(cell, size="xs")) | {"flex": 4, "align": "end", "gravity": "center"}
        for cell in rest
    ]
    return row([label, *values])


def _spoken_table(report: ServiceKPI) -> Iterator[str]:
    for label, *values in _cells(report):
        named = " ".join(f"{name} {value}" for name, value in zip(_HEAD[1:], values, strict=True))
        yield f"{label}: {named}"


def _details(report: ServiceKPI, other: ServiceKPI) -> Iterator[str]:
    yield "นาที คือมัธยฐาน/ร้อยละ 95 ใช้เวลาไม่เกิน"
    counted = "เวลาราชการสำหรับเจ้าหน้าที่ ทุกนาทีสำหรับระบบ" if report.clock is ClockKind.SERVICE else "ทุกนาที"
    name = "หากนับทุกนาที" if other.clock is ClockKind.ELAPSED else "หากนับเวลาราชการ"
    yield (
        f"นับ{counted} {name} รับทราบทัน {_percent(other.acknowledged.people)} แจ้งผลทัน {_percent(other.answered.people)}"
    )
    if report.acknowledged.pending or report.answered.pending:
        yield (
            f"ยังไม่ครบกำหนด รอรับทราบ {decimal_text(report.acknowledged.pending)} "
            f"รอแจ้งผล {decimal_text(report.answered.pending)} คำขอ"
        )
    if report.responses.of:
        mean = f" คะแนนเฉลี่ย {decimal_text(report.mean_score)}" if report.mean_score is not None else ""
        yield (
            f"ตอบแบบประเมิน {decimal_text(report.responses.good)} จาก {decimal_text(report.responses.of)} ครั้ง "
            f"({_percent(report.responses)}){mean}"
        )


def _tippings(period: Period, report: ServiceKPI) -> list[str]:
    """What would tip the indicator, in sentences; none where the period is over."""
    if not period.is_current:
        return []
    name = _RUNNING[period.kind]
    sentences = [f"ขาดผู้ใช้อีก {report.users_missing} คน"] if report.users_missing else []
    parts = (("รับทราบ", report.acknowledged), ("แจ้งผล", report.answered))
    distances: list[tuple[str, Tipping, int]] = [(word, part.people_tipping, part.target) for word, part in parts]
    left = [
        (tipping.bad_until_below, word, target)
        for word, tipping, target in distances
        if tipping.bad_until_below is not None
    ]
    if left:
        late, word, target = min(left)
        of_which = "" if len(left) == len(distances) else f"การ{word}"  # where the other one is below already
        sentences.append(f"อีก {late} เรื่องที่ล่าช้า {of_which}{name}จะต่ำกว่าร้อยละ {target}")
    sentences += [
        f"ต้อง{word}ทันอีก {tipping.good_until_reached} คน จึงถึงร้อยละ {target}"
        for word, tipping, target in distances
        if tipping.good_until_reached is not None
    ]
    return sentences


def _cut_sentence(cut: CutNote) -> str:
    then = (
        f"ยอดขณะนั้น ผู้ใช้ {cut.figures['users']['value']} คน "
        f"รับทราบทัน {_plain(cut.figures['acknowledged_in_time']['people_percent'])} "
        f"แจ้งผลทัน {_plain(cut.figures['answered_in_time']['people_percent'])} "
        f"พึงพอใจ {_plain(cut.figures['satisfied']['people_percent'])}"
    )
    changed = f"แก้ไขภายหลัง {cut.corrections} รายการ" if cut.corrections else "ไม่มีการแก้ไขภายหลัง"
    return f"ตัดยอดเมื่อ {short_moment(cut.cut_at)} {changed} {then}"


# --- words ----------------------------------------------------------------------------------------------------------


def _title(period: Period, today: date) -> str:
    last = min(period.last, today) if period.is_current else period.last
    named = {
        PeriodKind.MONTH: f"{LONG_MONTHS[period.first.month - 1]} {period.first.year + BUDDHIST_ERA}",
        PeriodKind.QUARTER: f"ไตรมาส {period.quarter} ปีงบประมาณ {period.fiscal_year}",
        PeriodKind.YEAR: f"ปีงบประมาณ {period.fiscal_year}",
    }
    first = f"{period.first.day}–" if period.first.month == last.month else f"{day_and_month(period.first)} – "
    days = short_date(last) if period.first == last else f"{first}{short_date(last)}"
    if period.is_current:
        return f"{_RUNNING[period.kind]} {days}"
    return named.get(period.kind, days)


def _percent(share: Share) -> str:
    return _NOTHING if share.percent is None else f"{decimal_text(share.percent)}%"


def _plain(value: float | None) -> str:
    return _NOTHING if value is None else f"{decimal_text(Decimal(str(value)))}%"


def _people(share: Share) -> str:
    return f"{decimal_text(share.good)} จาก {decimal_text(share.of)} คน"


def _minutes(spread: Spread) -> str:
    """Median and 95th percentile in minutes with one decimal."""
    if spread.median is None or spread.p95 is None:
        return _NOTHING
    return "/".join(decimal_text(Decimal(seconds) / 60, 1) for seconds in (spread.median, spread.p95))
