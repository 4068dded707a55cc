"""How long officers took by week, to acknowledge and to answer, against what is promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from messages.charts.frame import (
    DUE_HATCH,
    LEFT,
    RIGHT,
    TOP,
    Chart,
    as_of_text,
    empty_chart,
    framed,
)
from messages.charts.svg import Anchor, Weight, line, polygon, rect, text
from messages.language import either
from messages.parts import DUE, GREEN, INK, LATE, MUTED, PAPER
from messages.thai import day_and_month, decimal_text, percent_text
from models.chart_data import TimesData, WeekTimes
from models.shares import Share, Spread

_X_START = 118
_PANEL = 264
_SIZE = 28
_SHOWN_TIMES = Decimal("1.6")
"""The axis ends at so many times the promise; what took longer is an arrow with its minutes."""


@dataclass(frozen=True)
class _Part:
    name: str
    promise: int
    top: float
    spreads: Sequence[Spread]

    @property
    def bottom(self) -> float:
        return self.top + _PANEL - 94

    def y(self, minutes: Decimal) -> float:
        share = min(Decimal(1), minutes / (self.promise * _SHOWN_TIMES))
        return self.bottom - float(share) * (self.bottom - self.top)


def draw_times(data: TimesData, *, acknowledge_minutes: int, answer_minutes: int) -> Chart:
    """The chart, and what it finds: what share of the latest week that has any was in time.

    Args:
        data: the weeks.
        acknowledge_minutes: the promise.
        answer_minutes: likewise.
    """
    title = either("เวลาที่เจ้าหน้าที่ใช้ รายสัปดาห์", "Minutes officers took, by week")
    told = [week for week in data.weeks if week.acknowledged.of or week.answered.of]
    if not told:
        return empty_chart(title, either("ยังไม่มีคำขอถึงเจ้าหน้าที่", "No request for an officer yet"), data.as_of)
    parts = (
        _Part(
            either(f"รับทราบใน {acknowledge_minutes} นาที", f"Acknowledged in {acknowledge_minutes} min"),
            acknowledge_minutes,
            TOP + 76,
            [week.acknowledge for week in data.weeks],
        ),
        _Part(
            either(f"แจ้งผลใน {answer_minutes} นาที", f"Answered in {answer_minutes} min"),
            answer_minutes,
            TOP + 76 + _PANEL,
            [week.answer for week in data.weeks],
        ),
    )
    latest = told[-1]
    shares = (latest.acknowledged, latest.answered)
    pieces = [piece for part, share in zip(parts, shares, strict=True) for piece in _panel(part, share)]
    pieces += [*_week_words(data.weeks, parts[-1].bottom + 36)]
    finding = _finding(latest)
    note = either("แท่ง = ค่ากลาง · ขีด = ร้อยละ 95 (นาที)", "bar = median · dash = 95% (min)")
    svg = framed(title, finding, pieces, data.as_of, note=note)
    return Chart(svg, _alt_text(title, finding, told, parts, data), title)


# --- drawing --------------------------------------------------------------------------------------------------------


def _panel(part: _Part, share: Share) -> Iterator[str]:
    yield text(LEFT, part.top - 50, part.name, size=32, weight=Weight.SEMIBOLD)
    yield line((LEFT, part.bottom), (RIGHT, part.bottom), stroke=MUTED)
    promise = part.y(Decimal(part.promise))
    step = (RIGHT - _X_START) / len(part.spreads)
    placed = [(spread, _X_START + step * (index + 0.5)) for index, spread in enumerate(part.spreads)]
    for spread, x in placed:
        yield from _column(part, spread, x, step)
    yield line((_X_START - 14, promise), (RIGHT, promise), stroke=INK, width=4, dashes="18 9")
    for spread, x in placed:
        yield from _longest(part, spread, x)
    yield text(_X_START - 22, promise + 10, str(part.promise), size=_SIZE, anchor=Anchor.END, weight=Weight.SEMIBOLD)


def _column(part: _Part, spread: Spread, x: float, step: float) -> Iterator[str]:
    if spread.median is None or spread.p95 is None:
        yield text(x, part.bottom - 12, "–", size=_SIZE, ink=MUTED, anchor=Anchor.MIDDLE)
        return
    median, p95, wide = _minutes(spread.median), _minutes(spread.p95), min(56.0, step * 0.5)
    is_kept = median <= part.promise
    top = part.y(median)
    fill, ink = (GREEN, GREEN) if is_kept else (DUE_HATCH, DUE)
    yield line((x, part.y(p95)), (x, part.bottom), stroke=_ink_of(p95, part), width=4)
    yield rect(x - wide / 2, top, wide, max(3.0, part.bottom - top), fill=fill, stroke=ink)
    if p95 <= part.promise * _SHOWN_TIMES:
        yield line((x - wide / 2, part.y(p95)), (x + wide / 2, part.y(p95)), stroke=_ink_of(p95, part), width=6)


def _longest(part: _Part, spread: Spread, x: float) -> Iterator[str]:
    """The minutes of a 95th percentile beyond the promise, over an arrow where it lies above the axis."""
    p95 = _minutes(spread.p95 or 0)
    if p95 <= part.promise:
        return
    y = part.y(p95)
    if p95 > part.promise * _SHOWN_TIMES:
        yield polygon([(x - 16, y + 18), (x + 16, y + 18), (x, y - 4)], fill=LATE)
    words = decimal_text(p95, 0 if p95 >= 100 else 1)
    yield text(x, y - 10, words, size=_SIZE, ink=LATE, weight=Weight.BOLD, anchor=Anchor.MIDDLE, halo=PAPER)


def _week_words(weeks: Sequence[WeekTimes], y: float) -> Iterator[str]:
    step = (RIGHT - _X_START) / len(weeks)
    for index, week in enumerate(weeks):
        x = _X_START + step * (index + 0.5)
        yield text(x, y, day_and_month(week.monday), size=_SIZE, ink=MUTED, anchor=Anchor.MIDDLE)


def _ink_of(minutes: Decimal, part: _Part) -> str:
    return LATE if minutes > part.promise else MUTED


def _minutes(seconds: int) -> Decimal:
    return Decimal(seconds) / 60


# --- words ----------------------------------------------------------------------------------------------------------


def _finding(week: WeekTimes) -> str:
    acknowledged, answered = _percent(week.acknowledged), _percent(week.answered)
    return either(
        f"สัปดาห์ล่าสุด รับทราบทัน {acknowledged} แจ้งผลทัน {answered}",
        f"Latest week in time: acknowledged {acknowledged}, answered {answered}",
    )


def _percent(share: Share) -> str:
    return "–" if share.percent is None else percent_text(share.percent)


def _alt_text(title: str, finding: str, told: Sequence[WeekTimes], parts: Sequence[_Part], data: TimesData) -> str:
    week = told[-1]
    since = either(f"สัปดาห์ของ {day_and_month(week.monday)}", f"week of {day_and_month(week.monday)}")
    count = either(f"{week.requests:,} คำขอ", f"{week.requests:,} requests")
    spreads = (week.acknowledge, week.answer)
    times = [_part_words(part, spread) for part, spread in zip(parts, spreads, strict=True)]
    return " · ".join([f"{title}: {finding}", f"{since} {count}", *times, as_of_text(data.as_of)])


def _part_words(part: _Part, spread: Spread) -> str:
    if spread.median is None or spread.p95 is None:
        return f"{part.name} –"
    median, p95 = (decimal_text(_minutes(seconds), 1) for seconds in (spread.median, spread.p95))
    return either(
        f"{part.name}: ค่ากลาง {median} นาที ร้อยละ 95 ไม่เกิน {p95} นาที",
        f"{part.name}: median {median} min, 95% within {p95} min",
    )
