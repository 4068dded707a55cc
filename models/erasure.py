"""Deleting what is kept about a person, on the person's own word."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models import (
    conversations,
    evidence,
    inbox,
    members,
    outbox,
    outbox_upkeep,
    pending,
    ratings,
    report_drafts,
    requests,
)


def erase_person(session: Session, line_user_id: str, now: datetime) -> None:
    """Remove a person's registration, follows, texts, and the photos and files that belong to no report.

    Rows that count (events, deliveries, requests) stay without any text, so that the figures stay true; consents stay
    as the proof of what was agreed. Evidence of a report stays with the report, and no longer tells who sent it.
    """
    conversations.forget_topic(session, line_user_id)
    pending.forget_actions(session, line_user_id)
    requests.forget_questions(session, line_user_id)
    ratings.forget_words(session, line_user_id)
    inbox.forget_person(session, line_user_id)
    outbox.cancel_waiting(session, line_user_id, "person_erased")  # also what waited for the end of quiet hours
    outbox_upkeep.forget_recipient(session, line_user_id)
    member = members.find_member(session, line_user_id)
    if member is not None:
        report_drafts.drop_open_drafts(session, member.id)
        evidence.withdraw_unattached_of(session, member.id, now)
    members.delete_member(session, line_user_id)
