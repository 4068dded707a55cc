"""What each line of a summary says: what, the figure and its state, and why it matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from messages.actions import postback
from messages.indicator_words import (
    MISSING_LABEL,
    NOT_REPORTED,
    approving_text,
    due_text,
    named,
    past_due_text,
    period_text,
    result_text,
    short_unit,
    units_text,
)
from messages.language import Words, counted, either
from messages.lengths import clip
from messages.limits import MAX_FLEX_LABEL, Json
from messages.parts import Tone
from messages.thai import decimal_text, join_words, percent_text, short_date, short_month
from models.indicator_terms import Result
from models.service_kpi import SATISFIED_TARGET, USERS_TARGET, Part, PartFigures, ServiceKPI
from models.shares import Share
from models.summary_terms import Matter, NamedIndicator, Projection, ServiceSummary, SummaryLine

_NAME = 36
_REASON = 60
_NOTHING = "–"
_APPROVE = Words("รออนุมัติ", "to approve")
_MEND = Words("ส่งกลับแก้ไข", "sent back")
_BEHIND = Words("ช้ากว่าแผน", "behind plan")
_MISSING = Words("ค้างรายงาน", "overdue")
_DUE = Words("ใกล้ครบกำหนด", "due soon")
_MOVED = Words("มีผลใหม่", "new result")
_IN_TIME = Words("ถึงเป้า", "on target")
_SERVICE = Words("การให้บริการ", "service")


@dataclass(frozen=True)
class LineWords:
    """A line as it is shown: what at the left, its state in a word at the right, what it rests on below."""

    what: str
    state: str
    tone: Tone
    beside: str = ""
    action: Json | None = None

    @property
    def spoken(self) -> str:
        """The line as it is read out."""
        beside = f" ({self.beside})" if self.beside else ""
        return " ".join(part for part in (self.what, self.state) if part) + beside


def line_words(one: SummaryLine, service: ServiceSummary | None, today: date) -> LineWords:
    """Say one line.

    Args:
        one: of a summary.
        service: of the same summary, for lines about it.
        today: in Bangkok; what is overdue.
    """
    if one.matter in (Matter.SERVICE, Matter.SERVED) and service is not None:
        return _service_line(one, service)
    says = {
        Matter.ANSWER: _answer_line,
        Matter.APPROVE: _approve_line,
        Matter.MEND: _mend_line,
        Matter.BEHIND: _behind_line,
        Matter.MISSING: _missing_line,
        Matter.MOVED: _moved_line,
    }
    say = says.get(one.matter)
    return say(one) if say else _due_line(one, today)


# --- indicators -----------------------------------------------------------------------------------------------------


def _approve_line(one: SummaryLine) -> LineWords:
    what = either(f"{one.count:,} รายงาน", counted(one.count, "report"))
    of = _of_indicators(one.indicators)
    since = either(f"รอตั้งแต่ {short_date(one.since)}", f"since {short_date(one.since)}") if one.since else ""
    return LineWords(what, str(_APPROVE), Tone.DUE, " ".join(part for part in (of, since) if part))


def _behind_line(one: SummaryLine) -> LineWords:
    planned = one.planned or Decimal(0)
    plan = either(f"แผน {percent_text(planned)}", f"planned {percent_text(planned)}")
    if one.percent is None:
        what, gap = _name(one.indicator), str(NOT_REPORTED)
    else:
        what = f"{_name(one.indicator)} {percent_text(one.percent)}"
        short = decimal_text(planned - one.percent)
        gap = either(f"ขาด {short}", f"{short} short")
    beside = " · ".join(part for part in (plan, gap, one.unit) if part)
    return LineWords(what, str(_BEHIND), Tone.LATE, beside, _open(one))


def _missing_line(one: SummaryLine) -> LineWords:
    """One indicator with its units, or several with the one that misses most."""
    due = past_due_text(one.due_on) if one.due_on else ""
    if one.indicators > 1:
        what = either(
            f"{one.indicators:,} ตัวชี้วัด {one.count:,} รายงาน",
            f"{counted(one.indicators, 'indicator')}, {counted(one.count, 'report')}",
        )
        most = either(f"มากสุด {_name(one.indicator)}", f"most: {_name(one.indicator)}")
        return LineWords(what, str(_MISSING), Tone.LATE, f"{most} {due}".strip(), _missing_action(one))
    what = f"{_name(one.indicator)} {units_text(one.count)}" if one.count > 1 else _name(one.indicator)
    beside = " · ".join(part for part in (period_text(one.months), due, _units(one)) if part)
    return LineWords(what, str(_MISSING), Tone.LATE, beside, _missing_action(one))


def _moved_line(one: SummaryLine) -> LineWords:
    turn = _turn(one)
    if one.indicators > 1:
        what = either(f"{one.indicators:,} ตัวชี้วัด", counted(one.indicators, "indicator"))
        return LineWords(what, str(_MOVED), Tone.GOOD, f"{_name(one.indicator)} {turn}", _open(one))
    return LineWords(f"{_name(one.indicator)} {turn}", str(_MOVED), Tone.GOOD, "", _open(one))


def _turn(one: SummaryLine) -> str:
    """From what to what: ``38.1 % → 45.2 %``; the result alone where it is not known what it was."""
    if one.indicator is None:
        return ""
    definition, after = one.indicator.definition, one.after or Result()
    return result_text(definition, after) if one.before is None else approving_text(definition, one.before, after)


def _mend_line(one: SummaryLine) -> LineWords:
    about = " · ".join(part for part in (period_text(one.months), one.unit) if part)
    reason = f"{either('เหตุผล', 'reason')} {clip(one.reason, _REASON)}" if one.reason else ""
    return LineWords(_name(one.indicator), str(_MEND), Tone.DUE, f"{about} {reason}".strip(), _report(one))


def _due_line(one: SummaryLine, today: date) -> LineWords:
    due, tone = due_text(one.due_on, today) if one.due_on else ("", Tone.DUE)
    state = _MISSING if one.matter is Matter.REPORT else _DUE
    whose = one.unit or (f"{units_text(one.count)} {_units(one)}" if one.count > 1 else "")
    beside = " · ".join(part for part in (period_text(one.months), due, whose) if part)
    return LineWords(_name(one.indicator), str(state), tone, beside, _report(one))


def _of_indicators(count: int) -> str:
    return either(f"ของ {count:,} ตัวชี้วัด", f"of {counted(count, 'indicator')}")


def _units(one: SummaryLine) -> str:
    names = [short_unit(name) for name in one.units]
    left = one.count - len(names)
    if left <= 0:
        return join_words(names)
    return f"{either(' ', ', ').join(names)} {either(f'และอีก {left}', f'and {left} more')}"


def _name(indicator: NamedIndicator | None) -> str:
    if indicator is None:
        return ""
    return named(indicator.code, indicator.short or indicator.definition.name, _NAME)


def _open(one: SummaryLine) -> Json | None:
    if one.indicator is None:
        return None
    label = clip(_name(one.indicator), MAX_FLEX_LABEL)
    return postback(label, "indicator", one.indicator.code, year=one.indicator.year_id, unit=one.unit_id)


def _missing_action(one: SummaryLine) -> Json | None:
    if one.indicator is None:
        return None
    return postback(MISSING_LABEL, "indicator_missing", MISSING_LABEL, year=one.indicator.year_id)


def _report(one: SummaryLine) -> Json | None:
    if one.indicator is None:
        return None
    label = either("รายงานผล", "Report")
    return postback(label, "report", f"{label} {one.indicator.code}", indicator=one.indicator.year_id)


# --- service --------------------------------------------------------------------------------------------------------


def service_rows(service: ServiceSummary) -> Iterator[LineWords]:
    """How the secretariat answered, for who heads it: late first, then the four parts, people first."""
    report = service.report
    if service.late_now:
        yield _late_now(service.late_now, service.late_numbers)
    if report.requests:
        yield _part_row(either("รับทราบทัน", "Acknowledged in time"), report.acknowledged, service, Part.ACKNOWLEDGE)
        yield _part_row(either("แจ้งผลทัน", "Answered in time"), report.answered, service, Part.ANSWER)
        yield _satisfied_row(service)
        yield _users_row(service)
    if service.projection is not None:
        yield _projection_row(service.projection)


def _answer_line(one: SummaryLine) -> LineWords:
    return _late_now(one.count, one.requests)


def _late_now(count: int, numbers: tuple[int, ...]) -> LineWords:
    what = either(f"{count:,} คำขอที่ยังไม่แจ้งผล", f"{counted(count, 'request')} not answered")
    shown = " ".join(f"#{number}" for number in numbers)
    more = either(f" และอีก {count - len(numbers)}", f" and {count - len(numbers)} more")
    return LineWords(what, either("เกินกำหนด", "late"), Tone.LATE, shown + (more if count > len(numbers) else ""))


def _service_line(one: SummaryLine, service: ServiceSummary) -> LineWords:
    """The service in one line of a manager's card; the share that is furthest below, else that of the answers."""
    report = service.report
    share = one.share or report.answered.people
    part = one.part if one.matter is Matter.SERVICE else Part.ANSWER
    name = {
        Part.ACKNOWLEDGE: either("รับทราบทัน", "Acknowledged in time"),
        Part.ANSWER: either("แจ้งผลทัน", "Answered in time"),
        None: either("พึงพอใจมากขึ้นไป", "Satisfaction high or above"),
    }[part]
    pieces = [str(_SERVICE), _asked(report)]
    if part is not None:
        pieces.append(_apart(report.acknowledged if part is Part.ACKNOWLEDGE else report.answered))
    beside = " · ".join(pieces)
    if share.percent is None:  # what was asked is not due yet
        return LineWords(f"{name} {_NOTHING}", "", Tone.PLAIN, beside)
    if one.matter is Matter.SERVICE:
        below = either(f"ต่ำกว่า {one.target}", f"below {one.target}")
        return LineWords(f"{name} {_percent(share)}", below, Tone.LATE, beside)
    return LineWords(f"{name} {_percent(share)}", str(_IN_TIME), Tone.GOOD, beside)


def _part_row(label: str, figures: PartFigures, service: ServiceSummary, part: Part) -> LineWords:
    late = figures.requests.of - figures.requests.good
    late_words = either(f"ล่าช้า {late:,} คำขอ", f"{late:,} late") if late else ""
    pieces = (_people(figures.people), late_words, _apart(figures), _compared(figures.people, service, part))
    return _share_row(label, figures.people, figures.target, " · ".join(piece for piece in pieces if piece))


def _satisfied_row(service: ServiceSummary) -> LineWords:
    share = service.report.satisfied
    label = either("พึงพอใจมากขึ้นไป", "Satisfaction high or above")
    pieces = (_people(share), _compared(share, service, None)) if share.of else ()
    nobody = either("ยังไม่มีผู้ให้คะแนน", "nobody has rated yet")
    return _share_row(label, share, SATISFIED_TARGET, " · ".join(piece for piece in pieces if piece) or nobody)


def _users_row(service: ServiceSummary) -> LineWords:
    report, before = service.report, service.before
    what = either(f"ผู้ใช้บริการ {report.users:,} คน", f"{counted(report.users, 'person', 'people')} asked")
    requests = either(f"{report.requests:,} คำขอ", counted(report.requests, "request"))
    is_met = report.users >= USERS_TARGET
    state = either(f"เป้า {USERS_TARGET}", f"target {USERS_TARGET}")
    beside = f"{requests} · {_users_before(before)}" if before else requests
    return LineWords(what, str(_IN_TIME) if is_met else state, Tone.GOOD if is_met else Tone.PLAIN, beside)


def _users_before(before: ServiceKPI) -> str:
    users, requests = before.users, before.requests
    return either(f"ช่วงก่อน {users:,} คน {requests:,} คำขอ", f"before: {users:,}, {counted(requests, 'request')}")


def _projection_row(projection: Projection) -> LineWords:
    month = short_month(projection.month)
    what = either(
        f"ประมาณ {projection.users:,} คน {projection.requests:,} คำขอ",
        f"About {counted(projection.users, 'person', 'people')}, {counted(projection.requests, 'request')}",
    )
    pace = either(
        f"คาดการณ์ทั้งเดือน {month} จาก {projection.days_past} ใน {projection.days_all} วันทำการ",
        f"expected of {month} as a whole, from {projection.days_past} of {projection.days_all} working days",
    )
    return LineWords(what, either("คาดการณ์", "projection"), Tone.PLAIN, pace)


def _share_row(label: str, share: Share, target: int, beside: str) -> LineWords:
    if share.percent is None:
        return LineWords(f"{label} {_NOTHING}", "", Tone.PLAIN, beside)
    if share.reaches(target):
        return LineWords(f"{label} {_percent(share)}", str(_IN_TIME), Tone.GOOD, beside)
    below = either(f"ต่ำกว่า {target}", f"below {target}")
    return LineWords(f"{label} {_percent(share)}", below, Tone.LATE, beside)


def _asked(report: ServiceKPI) -> str:
    return either(
        f"{report.users:,} คน {report.requests:,} คำขอ",
        f"{counted(report.users, 'person', 'people')}, {counted(report.requests, 'request')}",
    )


def _apart(part: PartFigures) -> str:
    """Officers and machine apart, so that what the machine answered at once hides nobody's delay."""
    human, machine = _percent(part.human), _percent(part.machine)
    return either(f"เจ้าหน้าที่ {human} ระบบ {machine}", f"officers {human}, system {machine}")


def _compared(share: Share, service: ServiceSummary, part: Part | None) -> str:
    """What it was in the period before; empty where nothing was."""
    before = service.before
    if before is None:
        return ""
    parts: dict[Part | None, Share] = {
        Part.ACKNOWLEDGE: before.acknowledged.people,
        Part.ANSWER: before.answered.people,
        None: before.satisfied,
    }
    was = parts[part]
    if was.percent is None or share.percent is None:
        return ""
    if was.percent == share.percent:
        return either("เท่าช่วงก่อน", "as before")
    return either(f"ช่วงก่อน {_percent(was)}", f"before: {_percent(was)}")


def _people(share: Share) -> str:
    people = counted(share.of, "person", "people")
    return either(f"{share.good:,} จาก {share.of:,} คน", f"{share.good:,} of {people}")


def _percent(share: Share) -> str:
    return _NOTHING if share.percent is None else f"{decimal_text(share.percent)}%"
