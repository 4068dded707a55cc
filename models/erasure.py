"""Deleting what is kept about a person, on the person's own word."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models import conversations, inbox, members, outbox_upkeep, pending, ratings, requests


def erase_person(session: Session, line_user_id: str) -> None:
    """Remove a person's registration, follows and texts.

    Rows that count (events, deliveries, requests) stay without any text, so that the figures stay true; consents stay
    as the proof of what was agreed.
    """
    conversations.forget_topic(session, line_user_id)
    pending.forget_actions(session, line_user_id)
    requests.forget_questions(session, line_user_id)
    ratings.forget_words(session, line_user_id)
    inbox.forget_person(session, line_user_id)
    outbox_upkeep.forget_recipient(session, line_user_id)
    members.delete_member(session, line_user_id)
