"""The service's own figures: one card that is read in ten seconds, the answer first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from messages.actions import say
from messages.language import Glossary, Words, counted, either
from messages.limits import Json
from messages.parts import RULE, TONE_INKS, Tone, card, headline, line, panel, row, rule, small, stack, text
from messages.thai import BUDDHIST_ERA, day_and_month, decimal_text, month_and_year, short_date, short_moment
from models.periods import Period, PeriodKind
from models.requests import ClockKind
from models.service_kpi import SATISFIED_TARGET, USERS_TARGET, Handled, PartFigures, ServiceKPI
from models.shares import Share, Spread, Tipping

COMMAND = Words("สถิติการให้บริการ", "Service indicator")
_LAST_MONTH = Words("เดือนที่แล้ว", "last month")
_RUNNING = Glossary(
    {
        PeriodKind.DAY: Words("วันนี้", "today"),
        PeriodKind.WEEK: Words("สัปดาห์นี้", "this week"),
        PeriodKind.MONTH: Words("เดือนนี้", "this month"),
        PeriodKind.QUARTER: Words("ไตรมาสนี้", "this quarter"),
        PeriodKind.YEAR: Words("ปีงบประมาณนี้", "this fiscal year"),
    }
)
_NOTHING = "–"
_BAR_HEIGHT = "6px"


@dataclass(frozen=True)
class CutNote:
    """That a month was cut: when, the indicator as it stood under the contract's names, and how much changed since."""

    cut_at: datetime
    figures: Mapping[str, Any]
    corrections: int


@dataclass(frozen=True)
class PartRow:
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
    title = period_title(period, today)
    all_units = either(f"รวมทุกหน่วยงาน ยังไม่แยกเฉพาะ{unit_asked}", f"Of all units; not yet told apart for {unit_asked}.")
    scope = all_units if unit_asked else ""
    if not report.requests:
        words = f"{COMMAND} {title}{either(' ยังไม่มีผู้ติดตามหนังสือ', ': nobody has asked for a letter yet.')}"
        return [text(" ".join(part for part in (words, scope) if part), _taps())]
    rows = list(part_rows(report, acknowledge_minutes, answer_minutes))
    reached = sum(one.tone is Tone.GOOD for one in rows)
    first = either(f"ถึงเป้าหมาย {reached} จาก {len(rows)} ข้อ", f"{reached} of {len(rows)} targets reached")
    tippings = _tippings(period, report)
    details = list(details_of(report, other))
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
    return [card(" / ".join([alt_text, *_spoken_table(report), *notes]), body, quick_replies=_taps())]


# --- the four parts -------------------------------------------------------------------------------------------------


def part_rows(report: ServiceKPI, acknowledge_minutes: int, answer_minutes: int) -> Iterator[PartRow]:
    """The four parts against their targets; minutes are the promises."""
    missing = report.users_missing
    yield PartRow(
        label=either("ผู้ใช้บริการ", "Users"),
        value=_persons(report.users),
        state=either(f"ขาด {missing} คน", f"{missing} short") if missing else _reaches(USERS_TARGET),
        tone=Tone.DUE if missing else Tone.GOOD,
        filled=min(100, 100 * report.users // USERS_TARGET),
        beside=either(
            f"เป้า {USERS_TARGET} คน · {decimal_text(report.requests)} คำขอ",
            f"target {USERS_TARGET} people · {counted(report.requests, 'request')}",
        ),
    )
    acknowledged = either(f"รับทราบใน {acknowledge_minutes} นาที", f"Acknowledged in {acknowledge_minutes} min")
    yield _time_row(acknowledged, report.acknowledged)
    yield _time_row(either(f"แจ้งผลใน {answer_minutes} นาที", f"Answered in {answer_minutes} min"), report.answered)
    marks = report.satisfied_ratings.of
    beside = f"{_people(report.satisfied)} · {either(f'{decimal_text(marks)} คะแนน', counted(marks, 'mark'))}"
    nobody = either("ยังไม่มีผู้ให้คะแนน", "nobody has rated yet")
    label = either("พึงพอใจมากขึ้นไป", "Satisfaction high or above")
    yield _share_row(label, report.satisfied, SATISFIED_TARGET, beside if marks else nobody)


def _time_row(label: str, part: PartFigures) -> PartRow:
    beside = f"{_people(part.people)} · {either('รายคำขอ', 'of requests')} {_percent(part.requests)}"
    return _share_row(label, part.people, part.target, beside)


def _share_row(label: str, share: Share, target: int, beside: str) -> PartRow:
    if share.percent is None:
        return PartRow(label, _NOTHING, either("ยังไม่มีข้อมูล", "no data yet"), Tone.PLAIN, 0, beside)
    if share.reaches(target):
        return PartRow(label, _percent(share), _reaches(target), Tone.GOOD, int(share.percent), beside)
    return PartRow(
        label, _percent(share), either(f"ต่ำกว่า {target}", f"below {target}"), Tone.LATE, int(share.percent), beside
    )


def _reaches(target: int) -> str:
    return either(f"ถึงเป้า {target}", f"reaches {target}")


def _part(one: PartRow) -> Json:
    label = line(one.label) | {"flex": 1, "gravity": "center"}
    value = line(one.value, size="md", bold=True) | {"flex": 0, "gravity": "center", "margin": "sm"}
    state = line(one.state, size="xs", bold=True, colour=TONE_INKS[one.tone]) | {"align": "end", "gravity": "center"}
    state_box = stack([state]) | {"width": "76px", "flex": 0, "justifyContent": "center"}
    pieces = [row([label, value, state_box]), _bar(one), small(one.beside)]
    return stack(pieces, spacing="xs", margin="md")


def _bar(one: PartRow) -> Json:
    track: Json = {"type": "box", "layout": "vertical", "contents": [], "height": _BAR_HEIGHT, "cornerRadius": "3px"}
    if not one.filled:
        return track | {"backgroundColor": RULE}
    filled = track | {"width": f"{one.filled}%", "backgroundColor": TONE_INKS[one.tone]}
    return track | {"backgroundColor": RULE, "contents": [filled]}


def _spoken(one: PartRow) -> str:
    return f"{one.label} {one.value} {one.state} ({one.beside})"


# --- what the parts are made of -------------------------------------------------------------------------------------

TABLE_HEAD = (
    Words("ตอบโดย", "Answered by"),
    Words("เจ้าหน้าที่", "officers"),
    Words("ระบบ", "system"),
    Words("รวม", "all"),
)
_ACKNOWLEDGED_IN_TIME = Words("รับทราบทัน", "Acknowledged in time")
_ANSWERED_IN_TIME = Words("แจ้งผลทัน", "Answered in time")
_MINUTES_TO_ACKNOWLEDGE = Words("นาทีรับทราบ", "Minutes to acknowledge")
_MINUTES_TO_ANSWER = Words("นาทีแจ้งผล", "Minutes to answer")
_COLUMNS = (Handled.HUMAN, Handled.MACHINE, Handled.ALL)


def _table(report: ServiceKPI) -> Json:
    rows = [_table_row(tuple(map(str, TABLE_HEAD)), is_head=True), *(_table_row(cells) for cells in table_rows(report))]
    return stack(rows, spacing="xs", margin="md")


def table_rows(report: ServiceKPI) -> Iterator[tuple[str, ...]]:
    """What the parts are made of, below ``TABLE_HEAD``: requests, shares in time, minutes."""
    machine = report.requests - report.human_requests
    yield either("คำขอ", "Requests"), *map(decimal_text, (report.human_requests, machine, report.requests))
    for label, part in ((_ACKNOWLEDGED_IN_TIME, report.acknowledged), (_ANSWERED_IN_TIME, report.answered)):
        yield str(label), *map(_percent, (part.human, part.machine, part.requests))
    for label, part in ((_MINUTES_TO_ACKNOWLEDGE, report.acknowledged), (_MINUTES_TO_ANSWER, report.answered)):
        yield str(label), *(_minutes(part.spread(handled)) for handled in _COLUMNS)


def _table_row(cells: tuple[str, ...], *, is_head: bool = False) -> Json:
    first, *rest = cells
    label = small(first) | {"flex": 5}
    values = [
        (small(cell) if is_head else line(cell, size="xs")) | {"flex": 4, "align": "end", "gravity": "center"}
        for cell in rest
    ]
    return row([label, *values])


def _spoken_table(report: ServiceKPI) -> Iterator[str]:
    for label, *values in table_rows(report):
        named = " ".join(f"{name} {value}" for name, value in zip(TABLE_HEAD[1:], values, strict=True))
        yield f"{label}: {named}"


def details_of(report: ServiceKPI, other: ServiceKPI) -> Iterator[str]:
    """How the figures were counted, what waits, and who rated, in sentences."""
    yield either("นาที คือมัธยฐาน/ร้อยละ 95 ใช้เวลาไม่เกิน", "Minutes: the median / what 95% took at most.")
    if report.clock is ClockKind.SERVICE:
        clock = either(
            "นับเวลาราชการสำหรับเจ้าหน้าที่ ทุกนาทีสำหรับระบบ",
            "Counted in office hours for officers, every minute for the system.",
        )
    else:
        clock = either("นับทุกนาที", "Every minute is counted.")
    if other.clock is ClockKind.ELAPSED:
        name = either("หากนับทุกนาที", "If every minute were counted:")
    else:
        name = either("หากนับเวลาราชการ", "If office hours were counted:")
    in_time = _percent(other.acknowledged.people), _percent(other.answered.people)
    figures = either("รับทราบทัน {} แจ้งผลทัน {}", "acknowledged in time {}, answered in time {}.").format(*in_time)
    yield f"{clock} {name} {figures}"
    if report.acknowledged.pending or report.answered.pending:
        pending = decimal_text(report.acknowledged.pending), decimal_text(report.answered.pending)
        yield either(
            f"ยังไม่ครบกำหนด รอรับทราบ {pending[0]} รอแจ้งผล {pending[1]} คำขอ",
            f"Not due yet: {pending[0]} to acknowledge, {pending[1]} to answer.",
        )
    if report.responses.of:
        given, of = decimal_text(report.responses.good), decimal_text(report.responses.of)
        rated = either(f"ตอบแบบประเมิน {given} จาก {of} ครั้ง", f"Rated {given} of {of} times")
        mean = either(" คะแนนเฉลี่ย", ", mean mark")
        mean_score = f"{mean} {decimal_text(report.mean_score)}" if report.mean_score is not None else ""
        yield f"{rated} ({_percent(report.responses)}){mean_score}"


def _tippings(period: Period, report: ServiceKPI) -> list[str]:
    """What would tip the indicator, in sentences; none where the period is over."""
    if not period.is_current:
        return []
    name = _RUNNING[period.kind]
    missing = either(f"ขาดผู้ใช้อีก {report.users_missing} คน", f"{report.users_missing} more users are needed.")
    sentences = [missing] if report.users_missing else []
    parts = ((either("รับทราบ", "acknowledged"), report.acknowledged), (either("แจ้งผล", "answered"), report.answered))
    distances: list[tuple[str, Tipping, int]] = [(word, part.people_tipping, part.target) for word, part in parts]
    left = [
        (tipping.bad_until_below, word, target)
        for word, tipping, target in distances
        if tipping.bad_until_below is not None
    ]
    if left:
        late, word, target = min(left)
        is_other_below = len(left) != len(distances)  # then this one is named
        of_which = f"การ{word}" if is_other_below else ""
        in_which = f" for “{word}”" if is_other_below else ""
        sentences.append(
            either(
                f"อีก {late} เรื่องที่ล่าช้า {of_which}{name}จะต่ำกว่าร้อยละ {target}",
                f"{counted(late, 'late request')} more and {name} falls below {target}%{in_which}.",
            )
        )
    sentences += [
        either(
            f"ต้อง{word}ทันอีก {tipping.good_until_reached} คน จึงถึงร้อยละ {target}",
            f"{_persons(tipping.good_until_reached)} more {word} in time to reach {target}%.",
        )
        for word, tipping, target in distances
        if tipping.good_until_reached is not None
    ]
    return sentences


def _cut_sentence(cut: CutNote) -> str:
    users = cut.figures["users"]["value"]
    acknowledged = _plain(cut.figures["acknowledged_in_time"]["people_percent"])
    answered = _plain(cut.figures["answered_in_time"]["people_percent"])
    satisfied = _plain(cut.figures["satisfied"]["people_percent"])
    then = either(
        f"ยอดขณะนั้น ผู้ใช้ {users} คน รับทราบทัน {acknowledged} แจ้งผลทัน {answered} พึงพอใจ {satisfied}",
        f"Then: {counted(users, 'user')}, acknowledged in time {acknowledged}, answered in time {answered}, "
        f"satisfied {satisfied}.",
    )
    corrected = either(f"แก้ไขภายหลัง {cut.corrections} รายการ", f"corrected since {counted(cut.corrections, 'time')}.")
    unchanged = either("ไม่มีการแก้ไขภายหลัง", "not corrected since.")
    cut_at = either(f"ตัดยอดเมื่อ {short_moment(cut.cut_at)} ", f"Cut on {short_moment(cut.cut_at)}, ")
    return f"{cut_at}{corrected if cut.corrections else unchanged} {then}"


def running_words(kind: PeriodKind) -> str:
    """A period that runs, as it is typed: ``สัปดาห์นี้``."""
    return _RUNNING[kind]


# --- words ----------------------------------------------------------------------------------------------------------


def period_title(period: Period, today: date) -> str:
    """A period with its days: ``เดือนนี้ 1–20 พ.ย. 2569``, ``ตุลาคม 2569``, ``ไตรมาส 4 ปีงบประมาณ 2569``."""
    last = min(period.last, today) if period.is_current else period.last
    year = either(f"ปีงบประมาณ {period.fiscal_year}", f"fiscal year {period.fiscal_year - BUDDHIST_ERA}")
    named = {
        PeriodKind.MONTH: month_and_year(period.first),
        PeriodKind.QUARTER: f"{either('ไตรมาส', 'quarter')} {period.quarter}{either(' ', ', ')}{year}",
        PeriodKind.YEAR: year,
    }
    first = f"{period.first.day}–" if period.first.month == last.month else f"{day_and_month(period.first)} – "
    days = short_date(last) if period.first == last else f"{first}{short_date(last)}"
    if period.is_current:
        return f"{_RUNNING[period.kind]}{either(' ', ', ')}{days}"
    return named.get(period.kind, days)


def _percent(share: Share) -> str:
    return _NOTHING if share.percent is None else f"{decimal_text(share.percent)}%"


def _plain(value: float | None) -> str:
    return _NOTHING if value is None else f"{decimal_text(Decimal(str(value)))}%"


def _people(share: Share) -> str:
    people = either(f"จาก {decimal_text(share.of)} คน", f"of {_persons(share.of)}")
    return f"{decimal_text(share.good)} {people}"


def _persons(count: int) -> str:
    return either(f"{decimal_text(count)} คน", counted(count, "person", "people"))


def _taps() -> list[Json]:
    """The figures of other periods; what a tap says is understood as typed."""
    running = [_RUNNING[kind] for kind in PeriodKind if kind is not PeriodKind.DAY]
    periods = [*running[:2], str(_LAST_MONTH), *running[2:]]
    return [say(period, f"{COMMAND} {period}") for period in periods]


def _minutes(spread: Spread) -> str:
    """Median and 95th percentile in minutes with one decimal."""
    if spread.median is None or spread.p95 is None:
        return _NOTHING
    return "/".join(decimal_text(Decimal(seconds) / 60, 1) for seconds in (spread.median, spread.p95))
