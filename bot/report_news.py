"""Telling the host's reviewers of reports that were not made in the chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy.orm import Session

from handlers.context import Context
from handlers.reviewing import news_for_reviewers
from models import outbox
from models.indicators import Indicator
from models.members import Member
from models.service_terms import ServiceTerms
from models.working_time import ServiceCalendar


def tell_reviewers(
    session: Session,
    indicator: Indicator,
    report_ids: Sequence[int],
    reporter: Member,
    review_news: time | None,
    now: datetime,
) -> None:
    """Store what the host's reviewers are told of reports, as in the chat; the worker sends it.

    Args:
        session: the caller's transaction, in which the reports were recorded.
        indicator: of which.
        report_ids: the reports.
        reporter: who reported, and is not told.
        review_news: the hour of the reviewers' digest; None: they hear of each report at once.
        now: the present.
    """
    terms = ServiceTerms(ServiceCalendar(None))
    context = Context(session, now, now, now, reporter.line_user_id, reporter, terms, review_news_at=review_news)
    told = news_for_reviewers(context, indicator, report_ids)
    asker = reporter.line_user_id
    outbox.store_outgoing(session, told, asker=asker, token=None, asked_at=now, inbox_event_id=None, now=now)
