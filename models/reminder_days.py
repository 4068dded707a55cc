"""The working days on which coordinators are reminded of a report that is due."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from models.working_time import ServiceCalendar

WORKING_DAYS_BEFORE = 3
LONGEST_LOOK_AHEAD = timedelta(days=31)
"""No row of holidays puts three working days further apart than this."""
_ONE_DAY = timedelta(days=1)


class Stage(StrEnum):
    """Which of the two reminders of a report it is."""

    SOON = "soon"  # three working days before
    DUE = "due"  # on the day, or on the last working day before it


def reminder_stage(calendar: ServiceCalendar, due_on: date, today: date) -> Stage | None:
    """The reminder that a day is for; None before the first, after the due day, and on days without service.

    A reminder whose own day the clock slept through is for the working days after it, so it comes late, not never.

    >>> office = ServiceCalendar(None)
    >>> friday = date(2026, 12, 4)
    >>> [reminder_stage(office, friday, date(2026, 12, day)) for day in (1, 3, 4)]
    [<Stage.SOON: 'soon'>, <Stage.SOON: 'soon'>, <Stage.DUE: 'due'>]
    >>> reminder_stage(office, date(2026, 12, 5), friday)  # a Saturday is told of on the Friday before
    <Stage.DUE: 'due'>
    """
    if not calendar.is_working_day(today) or not today <= due_on <= today + LONGEST_LOOK_AHEAD:
        return None
    last = due_on
    while not calendar.is_working_day(last):  # ends: today is a working day, and not after it
        last -= _ONE_DAY
    if today == last:
        return Stage.DUE
    return Stage.SOON if calendar.working_days_between(today, last) <= WORKING_DAYS_BEFORE else None
