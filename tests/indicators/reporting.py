"""Reports for tests that need some: recorded as the chat records them, with the reviewers' news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handlers.context import Context
from handlers.reviewing import news_for_reviewers
from models import outbox
from models.indicator_reports import ReportSource
from models.indicators import get_indicator
from models.members import find_member
from models.reporting import Line, complete_line, hold_indicator, record_reports
from models.session import Database
from models.units import get_unit
from models.working_time import BANGKOK


def record(
    database: Database,
    figures: Mapping[str, int],
    *,
    now: datetime,
    reporter: str | None = None,
    code: str = "8308",
    month: date | None = None,
    said: str = "numerator",
    source: ReportSource = ReportSource.CHAT,
    note: str | None = None,
    tell: Any = None,
) -> list[int]:
    """Record figures by unit name; gives the ids. ``tell`` is a context's further values where reviewers hear of it."""
    today = now.astimezone(BANGKOK).date()
    with database.transaction() as session:
        indicator = hold_indicator(session, get_indicator(session, code, today).id)
        of = int if said == "step" else Decimal
        lines = [Line(get_unit(session, unit).id, month, **{said: of(value)}) for unit, value in figures.items()]
        complete = [complete_line(session, indicator, line, reason="-", today=today) for line in lines]
        member = find_member(session, reporter) if reporter else None
        made = {"source": source, "note": note, "at": now, "now": now, "today": today}
        ids = record_reports(session, indicator, complete, member_id=member.id if member else None, **made)
        if tell is not None:
            context = Context(session, now, now, now, reporter or "", member, **tell)
            told = news_for_reviewers(context, indicator, ids)
            outbox.store_outgoing(session, told, asker="", token=None, asked_at=now, inbox_event_id=None, now=now)
    return ids
