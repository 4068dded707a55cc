"""Reminders of reports that are due: what coordinators hear, and what the host sees of its own reminders.

What coordinators hear is in Thai, because one push may go to several of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from messages.actions import postback, say
from messages.indicator_words import due_text, period_text, units_text
from messages.language import counted, either, in_thai
from messages.lengths import clip
from messages.limits import Json
from messages.parts import GREEN, TONE_INKS, button, card, line, row, rule, small, stack, tappable, text
from messages.thai import clock_time, decimal_text, join_words, one_line
from messages.words import CANCEL, CANCEL_LABEL, CONFIRM, CONFIRM_LABEL

LIST_ROWS = 10
SHOWN_UNITS = 20
SHOWN_NAME = 120


@dataclass(frozen=True)
class DueReport:
    """A report that is missing, as one person sees it.

    Attributes:
        code: of the indicator.
        name: of the indicator.
        unit_names: for which the person may report and has not.
        months: of the period.
        due_on: the last day that is in time.
    """

    code: str
    name: str
    unit_names: tuple[str, ...]
    months: tuple[date, ...]
    due_on: date


@dataclass(frozen=True)
class Missing:
    """What has not been reported of an indicator, for its host.

    Attributes:
        code: of the indicator.
        name: of the indicator.
        months: of the period.
        due_on: the last day that is or was in time.
        units: how many units have not reported.
        people: how many coordinators they have.
        without_coordinator: names of those of them that have none.
    """

    code: str
    name: str
    months: tuple[date, ...]
    due_on: date
    units: int
    people: int
    without_coordinator: tuple[str, ...] = ()


@in_thai
def reports_due(due: Sequence[DueReport], today: date) -> list[Json]:
    """Remind a coordinator of all reports that are due, the nearest first.

    Args:
        due: at least one.
        today: in Bangkok.
    """
    rows = sorted(due, key=lambda one: (one.due_on, one.code))
    title = f"ยังไม่ได้รายงาน {decimal_text(len(rows))} ตัวชี้วัด"
    body = [line(title, size="lg", bold=True)]
    for one in rows[:LIST_ROWS]:
        body += [rule("md"), _due_row(one, today)]
    if len(rows) > LIST_ROWS:
        body.append(small(f"และอีก {len(rows) - LIST_ROWS} ตัวชี้วัด", margin="md"))
    spoken = " / ".join(f"{one.code} {_units(one)} {due_text(one.due_on, today)[0]}" for one in rows[:LIST_ROWS])
    return [card(f"{title}: {spoken}", body)]


@in_thai
def reminded_by_host(due: DueReport, host: str, today: date) -> list[Json]:
    """Ask a coordinator, in the host's name, for a report that is missing."""
    words = f"{host} ขอความอนุเคราะห์รายงาน {due.code} {period_text(due.months)}"
    body = [
        line(f"ขอความอนุเคราะห์รายงาน {due.code}", size="lg", bold=True, max_lines=2),
        small(f"จาก {host}", max_lines=2),
        _due_row(due, today),
    ]
    report = say("รายงาน", f"รายงาน {due.code} {due.unit_names[0]}")
    footer = [button(report, is_main=True)]
    return [card(f"{words} {_units(due)} {due_text(due.due_on, today)[0]}", body, footer)]


def confirm_reminder(missing: Missing, indicator_id: int) -> list[Json]:
    """Read back to the host who would be reminded, before anybody is."""
    units = units_text(missing.units)
    people = either(f"{missing.people} คน", counted(missing.people, "coordinator"))
    question = either(
        f"เตือนผู้ประสานงาน {people} ของ {units} ที่ยังไม่รายงาน {missing.code} ใช่หรือไม่",
        f"Remind {people} of {units} without a report on {missing.code}?",
    )
    body = [
        line(question, size="lg", bold=True, max_lines=4),
        small(f"{clip(one_line(missing.name), SHOWN_NAME)} {period_text(missing.months)}", max_lines=3, margin="sm"),
        *([small(_nobody_there(missing), margin="sm")] if missing.without_coordinator else []),
    ]
    months = f"{missing.months[0]:%Y-%m}"
    confirm = postback(CONFIRM_LABEL, "send_reminders", CONFIRM, indicator=indicator_id, period=months)
    footer = [row([button(postback(CANCEL_LABEL, "cancel", CANCEL)), button(confirm, is_main=True)])]
    return [card(f"{question} {_nobody_there(missing)}".strip(), body, footer)]


def reminders_sent(missing: Missing) -> list[Json]:
    """Tell the host that the coordinators are reminded."""
    words = either(
        f"ส่งข้อความเตือน {missing.code} ถึงผู้ประสานงาน {missing.people} คนแล้ว",
        f"{counted(missing.people, 'coordinator')} reminded of {missing.code}.",
    )
    return [text(f"{words} {_nobody_there(missing)}".strip())]


def reminded_before(missing: Missing, at: datetime) -> list[Json]:
    """Tell the host that a reminder went out today already; one a day is enough."""
    words = either(
        f"วันนี้เตือนหน่วยงานที่ยังไม่รายงาน {missing.code} ไปแล้วเมื่อ {clock_time(at)} เตือนได้อีกในวันถัดไป",
        f"Units without a report on {missing.code} were reminded today at {clock_time(at)}. The next time is tomorrow.",
    )
    return [text(words)]


def nobody_to_remind(missing: Missing) -> list[Json]:
    """Tell the host that all have reported, or that none of those who have not has a coordinator."""
    period = period_text(missing.months)
    if not missing.units:
        return [
            text(
                either(
                    f"ทุกหน่วยงานรายงาน {missing.code} {period} แล้ว", f"All units have reported {missing.code}, {period}."
                )
            )
        ]
    nobody = either("ไม่มีผู้ใดที่เตือนได้", "There is nobody to remind.")
    return [text(f"{nobody} {_nobody_there(missing)}".strip())]


def _nobody_there(missing: Missing) -> str:
    names = missing.without_coordinator
    if not names:
        return ""
    more = len(names) - SHOWN_UNITS
    rest = [either(f"อีก {more} หน่วยงาน", f"{more} more")] if more > 0 else []
    listed = join_words([*names[:SHOWN_UNITS], *rest])
    return either(f"ยังไม่มีผู้ประสานงานลงทะเบียน: {listed}", f"No coordinator is registered at: {listed}")


def _due_row(due: DueReport, today: date) -> Json:
    words, tone = due_text(due.due_on, today)
    head = [line(due.code, bold=True) | {"flex": 1}, line("รายงาน", bold=True, colour=GREEN) | {"flex": 0}]
    pieces = [
        row(head),
        small(one_line(due.name), max_lines=2),
        line(_units(due), size="xs", max_lines=2),
        line(f"{period_text(due.months)} {words}", size="xs", bold=True, colour=TONE_INKS[tone]),
    ]
    return tappable(stack(pieces, margin="sm"), say("รายงาน", f"รายงาน {due.code} {due.unit_names[0]}"))


def _units(due: DueReport) -> str:
    if len(due.unit_names) == 1:
        return due.unit_names[0]
    return f"{due.unit_names[0]} และอีก {len(due.unit_names) - 1} หน่วยงาน"
