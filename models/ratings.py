"""Satisfaction (ความพึงพอใจ): one question after an answer, and what follows a bad mark.

A mark may be changed for a day. One of 1 or 2 opens a follow-up, which a better mark or a supervisor closes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Text, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId
from models.errors import Invalid, NotAllowed, NotFound
from models.members import Member
from models.request_history import Deed
from models.requests import RequestEvent, RequestEventKind, RequestState, TrackingRequest, find_own_request
from models.service_facts import uncount

SCORES = range(1, 6)
DISSATISFIED = frozenset({1, 2})
CHANGEABLE_FOR = timedelta(days=1)
ANSWERS_REMEMBERED_FOR = timedelta(days=7)
"""How old an answer may be that a mark without a number is for."""


class RatingFollowUp(Base):
    """A rating of 1 or 2 that the supervisor looks into."""

    __tablename__ = "rating_follow_ups"

    request_id: Mapped[int] = mapped_column(BigId, ForeignKey("requests.id"), primary_key=True, autoincrement=False)
    score: Mapped[int]
    opened_at: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(Text)
    """What the person said of it; kept as long as other texts."""
    words_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    """The supervisor; None where a better mark closed it."""


@dataclass(frozen=True)
class Rated:
    """What became of a mark.

    Attributes:
        number: the person's own request.
        score: the mark that stands.
        before: the mark that stood; None where this is the first one of the answer.
        opens_follow_up: whether the supervisors are to hear of it.
        wants_words: whether the person may say why: a follow-up is open and has no words.
    """

    number: int
    score: int
    before: int | None
    opens_follow_up: bool
    wants_words: bool


# --- marks ----------------------------------------------------------------------------------------------------------


def rate_answer(session: Session, asker_line_id: str, answer_number: int, score: int, deed: Deed) -> Rated:
    """Let a person rate the answer that they got.

    Args:
        session: an open transaction.
        asker_line_id: who rates.
        answer_number: the request whose answer it was; the person's own, or one that theirs was answered with.
        score: 1 to 5; the one that stands already changes nothing.
        deed: the person's tap or words.

    Raises:
        Invalid: ``rating_out_of_range``, ``request_not_answered`` (number), or ``rating_is_final`` (number): it was
            rated more than a day ago.
        NotAllowed: ``request_of_another`` (number): there is no such request of theirs.
    """
    if score not in SCORES:
        raise Invalid("rating_out_of_range")
    own = find_own_request(session, asker_line_id, answer_number)
    if own is None:
        raise NotAllowed("request_of_another", number=answer_number)
    if own.state is not RequestState.ANSWERED:
        raise Invalid("request_not_answered", number=own.number)
    request = session.get_one(TrackingRequest, own.number)
    before = _mark_of_this_answer(request)
    opens_follow_up = False
    if before != score:
        if before is not None and request.rated_at is not None and deed.at > request.rated_at + CHANGEABLE_FOR:
            raise Invalid("rating_is_final", number=own.number)
        _set_mark(session, request, score, deed, is_first=before is None)
        opens_follow_up = _follow_up(session, request, score, deed)
    return Rated(own.number, score, before, opens_follow_up, _wants_words(session, own.number))


def find_last_answered(session: Session, asker_line_id: str, now: datetime) -> int | None:
    """The request of a person that was answered last, within seven days; None where there is none."""
    answered_at = func.coalesce(TrackingRequest.answered_at, TrackingRequest.clock_started_at)
    query = select(TrackingRequest.id).where(
        TrackingRequest.asker_line_id == asker_line_id,
        TrackingRequest.state == RequestState.ANSWERED,
        answered_at >= now - ANSWERS_REMEMBERED_FOR,
    )
    return session.scalar(query.order_by(answered_at.desc(), TrackingRequest.id.desc()).limit(1))


def _mark_of_this_answer(request: TrackingRequest) -> int | None:
    """A mark given before the request was reopened is of another answer: it stands only until this one has its own."""
    is_of_this = request.rated_at is not None and request.rated_at >= request.clock_started_at
    return request.rating if is_of_this else None


def _set_mark(session: Session, request: TrackingRequest, score: int, deed: Deed, *, is_first: bool) -> None:
    _take_out_of_facts(session, request)
    request.rating = score
    if is_first:
        request.rated_at = deed.at
    session.add(
        RequestEvent(
            request_id=request.id,
            kind=RequestEventKind.RATED,
            at=deed.at,
            received_at=deed.received_at,
            recorded_at=deed.now,
            member_id=deed.member_id,
            score=score,
        )
    )


def _take_out_of_facts(session: Session, request: TrackingRequest) -> None:
    """Lock the request, with the facts first as everywhere, and leave it in no fact."""
    uncount(session, request.id)
    session.refresh(request)


# --- follow-ups -----------------------------------------------------------------------------------------------------


def record_words(session: Session, number: int, asker_line_id: str, words: str, now: datetime) -> int:
    """Keep why a person was not satisfied; gives the mark it is about.

    Raises:
        NotFound: ``follow_up_not_found`` (number): no bad mark of this person stands on that request.
    """
    request = session.get(TrackingRequest, number)
    follow_up = session.get(RatingFollowUp, number, populate_existing=True, with_for_update=True)
    is_own = request is not None and request.asker_line_id == asker_line_id
    if follow_up is None or not is_own or _was_made_good(follow_up):
        raise NotFound("follow_up_not_found", number=number)
    follow_up.words, follow_up.words_at = words, now
    return follow_up.score


def close_follow_up(session: Session, number: int, deed: Deed) -> bool:
    """Let a supervisor close a follow-up; False where it was closed before.

    Raises:
        NotFound: ``follow_up_not_found`` (number).
    """
    closed = session.execute(
        update(RatingFollowUp)
        .where(RatingFollowUp.request_id == number, RatingFollowUp.closed_at.is_(None))
        .values(closed_at=deed.now, closed_by_id=deed.member_id)
        .returning(RatingFollowUp.request_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if closed is None and session.get(RatingFollowUp, number) is None:
        raise NotFound("follow_up_not_found", number=number)
    return closed is not None


def find_answering_unit(session: Session, number: int) -> int | None:
    """The unit of the officer who answered; None where the machine did, or the officer's registration is gone."""
    return session.scalar(
        select(Member.unit_id)
        .join(TrackingRequest, TrackingRequest.answered_by_id == Member.id)
        .where(TrackingRequest.id == number)
    )


def forget_words(session: Session, asker_line_id: str) -> None:
    """Empty what a person said of bad answers; the marks stay."""
    own = select(TrackingRequest.id).where(TrackingRequest.asker_line_id == asker_line_id)
    session.execute(
        update(RatingFollowUp)
        .where(RatingFollowUp.request_id.in_(own))
        .values(words=None)
        .execution_options(synchronize_session=False)
    )


def forget_words_before(session: Session, before: datetime) -> None:
    """Empty what was said of bad answers before an instant; the marks stay."""
    session.execute(
        update(RatingFollowUp)
        .where(RatingFollowUp.words_at < before, RatingFollowUp.words.is_not(None))
        .values(words=None)
        .execution_options(synchronize_session=False)
    )


def _follow_up(session: Session, request: TrackingRequest, score: int, deed: Deed) -> bool:
    """Open, keep or close the follow-up of a new mark; whether it was opened by it."""
    known = session.get(RatingFollowUp, request.id, populate_existing=True, with_for_update=True)
    if score not in DISSATISFIED:
        if known is not None and known.closed_at is None:
            known.closed_at = deed.now
        return False
    if known is None:
        session.add(RatingFollowUp(request_id=request.id, score=score, opened_at=deed.now))
        session.flush()  # it is read back for what the person is asked
        return True
    known.score = score
    is_of_this_answer = known.opened_at >= request.clock_started_at
    if is_of_this_answer and not _was_made_good(known):
        return False
    known.opened_at, known.closed_at, known.closed_by_id = deed.now, None, None
    if not is_of_this_answer:
        known.words = known.words_at = None
    return True


def _was_made_good(follow_up: RatingFollowUp) -> bool:
    return follow_up.closed_at is not None and follow_up.closed_by_id is None


def _wants_words(session: Session, number: int) -> bool:
    follow_up = session.get(RatingFollowUp, number)
    return follow_up is not None and follow_up.closed_at is None and follow_up.words_at is None
